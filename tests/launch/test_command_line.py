"""What the person at the keyboard is told when the portal cannot start."""

import os
import socket
import subprocess
import sys

import pytest

from app.settings import PROJECT_FOLDER


@pytest.fixture
def launch(tmp_path):
    def run(*words: str, **choices: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PORTAL_VAR_FOLDER": str(tmp_path), **choices}
        return subprocess.run(
            [sys.executable, "-m", "app.launch", *words],
            cwd=PROJECT_FOLDER,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("variable", ["PORTAL_PORT", "PORTAL_SANDBOX_PORT"])
def test_a_taken_port_is_named_with_the_variable_that_changes_it(launch, free_port, variable):
    ports = {"PORTAL_PORT": str(free_port()), "PORTAL_SANDBOX_PORT": str(free_port())}
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(ports[variable])))
        other.listen()
        ended = launch("run", **ports)
    assert ended.returncode == 1
    assert f"Port {ports[variable]} is in use" in ended.stderr
    assert f"{variable}=" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("word", ["run", "migrate"])
def test_a_database_that_is_away_is_a_sentence(launch, free_port, word):
    ports = {"PORTAL_PORT": str(free_port()), "PORTAL_SANDBOX_PORT": str(free_port())}
    ended = launch(word, DATABASE_URL=f"postgresql://p@127.0.0.1:{free_port()}/p", **ports)
    assert ended.returncode == 1
    assert "The database does not answer" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_unsafe_settings_are_all_named_and_nothing_starts(launch):
    ended = launch("run", PORTAL_MODE="production", DATABASE_URL="")
    assert ended.returncode == os.EX_CONFIG
    assert len(ended.stderr.strip().splitlines()) == 5


BROKEN = """\
\"\"\"A service whose file was saved too early.\"\"\"

PROMISED = Limit(3, "sooner or later")
"""


@pytest.mark.parametrize(
    "program", ["app.main", "app.worker", "app.sandbox", "app.launch.editions", "app.launch seed"]
)
def test_a_file_that_is_broken_is_a_sentence_with_its_line(tmp_path, program):
    (tmp_path / "too_early.py").write_text(BROKEN)
    with_it = (
        "import runpy, sys, app.services\n"
        "app.services.__path__.append(sys.argv.pop(1))\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", with_it, str(tmp_path), *program.split()],
        cwd=PROJECT_FOLDER,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == os.EX_CONFIG, ended.stderr
    assert ended.stderr.strip() == (
        "app/services/too_early.py, line 3: cannot be imported: "
        "NameError: name 'Limit' is not defined"
    )
