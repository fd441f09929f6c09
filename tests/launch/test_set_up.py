"""Setting up says what is missing and which command installs it, never a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.launch import set_up
from app.settings import PROJECT_FOLDER


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """An empty project folder to set up."""
    monkeypatch.setattr(set_up, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(set_up, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(set_up, "TOOLS", tmp_path / ".venv" / "tools")
    return tmp_path


def ended(code: int, complaint: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], code, "", complaint)


def test_an_old_python_is_named_with_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert set_up.main() == 1
    assert "sudo apt-get install -y python3" in capsys.readouterr().err


def test_an_old_python_gives_way_to_a_newer_one(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", {"python3.12": "/usr/bin/python3.12"}.get)
    chosen = []
    monkeypatch.setattr("os.execv", lambda program, _: chosen.append(program) or sys.exit(0))
    with pytest.raises(SystemExit):
        set_up.main()
    assert chosen == ["/usr/bin/python3.12"]


def test_debian_without_its_venv_package_is_enough(monkeypatch, elsewhere):
    blocked = elsewhere / "blocked"
    blocked.mkdir()
    (blocked / "ensurepip.py").write_text("raise ImportError('not in this package of Debian')\n")
    monkeypatch.setenv("PYTHONPATH", str(blocked))
    set_up.make_environment()
    assert set_up.succeeds(set_up.PYTHON, "-c", "import sys; assert sys.prefix != sys.base_prefix")


def test_a_working_environment_is_left_alone(elsewhere):
    set_up.make_environment()
    kept = elsewhere / ".venv" / "kept"
    kept.touch()
    set_up.make_environment()
    assert kept.exists()
    set_up.PYTHON.unlink()
    set_up.make_environment()
    assert set_up.PYTHON.exists()


def test_without_any_pip_the_sentence_names_the_package(monkeypatch, elsewhere):
    monkeypatch.setattr(set_up, "succeeds", lambda *_: False)
    with pytest.raises(set_up.CannotSetUp, match="sudo apt-get install -y python3-pip"):
        set_up.pip_command()


def test_without_the_venv_module_the_sentence_names_the_package(monkeypatch, elsewhere):
    monkeypatch.setattr(set_up, "succeeds", lambda *_: False)
    with pytest.raises(set_up.CannotSetUp, match="sudo apt-get install -y python3-venv"):
        set_up.make_environment()


def test_a_missing_system_library_is_named_with_its_package(monkeypatch):
    complaint = "ImportError: libstdc++.so.6: cannot open shared object file: No such file"
    monkeypatch.setattr(set_up, "run", lambda *_, **__: ended(1, complaint))
    with pytest.raises(set_up.CannotSetUp, match=r"sudo apt-get install -y libstdc\+\+6"):
        set_up.check_shared_libraries()


def test_the_installed_packages_find_their_libraries(monkeypatch):
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    set_up.check_shared_libraries()


def test_a_folder_that_cannot_be_written_is_a_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(set_up, "VENV", tmp_path / "file" / ".venv")
    monkeypatch.setattr(set_up, "PYTHON", tmp_path / "file" / ".venv" / "bin" / "python")
    with pytest.raises(set_up.CannotSetUp, match="cannot be made"):
        set_up.make_environment()


def test_uv_goes_where_pip_is_configured_to_go(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/mirror.pem")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    environment = set_up.like_pip([sys.executable, "-m", "pip"])
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/mirror.pem"


def test_make_without_python_says_what_to_install(tmp_path):
    for needed in ("Makefile", "requirements-dev.lock"):
        shutil.copy(PROJECT_FOLDER / needed, tmp_path)
    (tmp_path / "app" / "launch").mkdir(parents=True)
    (tmp_path / "app" / "launch" / "set_up.py").touch()
    said = subprocess.run(
        ["make", "setup", "PYTHON=no-such-python"],  # noqa: S607
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode != 0
    assert "sudo apt-get install -y python3 python3-venv" in said.stdout
