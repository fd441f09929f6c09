"""PostgreSQL from a Python package: a server of our own, on a Unix socket, with nothing to install.

Whoever calls `start` shares one server per folder; the last one to stop it (or to die) ends it.
Run as root, PostgreSQL needs another user and files that user can reach. Both the data and a copy
of the programs then live under /var/lib, so that no permission of an existing folder changes.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from app.launch import postgres_keeper
from app.launch.postgres_files import (
    PostgresDidNotStart,
    explained,
    made_private,
    programs,
    run_once,
    server_home,
    server_user,
    socket_folder,
)

NAME: Final = "portal"
PATIENCE_SECONDS: Final = 60
PID_FILE_LINES: Final = 8
SERVER_CHOICES: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No row and no parameter may reach the log: they are facts about people.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
FOR_TESTS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on"}


@dataclass(frozen=True)
class Server:
    """A share in a running server; `url` is a postgresql:// address of its database."""

    url: str
    folder: Path
    users_lock: int

    def stop(self) -> None:
        """Give the share back; the last one out waits until the server has stopped."""
        with _alone_at_the_door(self.folder):
            fcntl.flock(self.users_lock, fcntl.LOCK_UN)
            ours_was_the_last = not _is_used_by_others(self.users_lock)
            os.close(self.users_lock)
            if ours_was_the_last:
                _wait_until(lambda: not _keeper_lives(self.folder))

    def restart(self) -> None:
        """Stop the server at once, as a crash of the machine's database would; it comes back."""
        before = _postmaster(self.folder)
        if before is not None:
            os.kill(before, signal.SIGINT)
        _wait_until(lambda: _is_ready(self.folder) and _postmaster(self.folder) != before)


def start(var_folder: Path, name: str = "postgres", *, durable: bool = True) -> Server:
    """Start the server of an installation, or take a share in it when it runs already.

    `var_folder` is the installation's own folder, `name` tells its servers apart. A server that is
    not `durable` may lose everything when the machine loses power: for tests only. Takes about a
    second, the first time a few. Raises PostgresDidNotStart.
    """
    folder = server_home(var_folder, name)
    with _alone_at_the_door(folder):
        users_lock = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users_lock, fcntl.LOCK_SH)
        try:
            sockets = socket_folder(folder)
            if not _keeper_lives(folder):
                _start_keeper(folder, sockets, durable=durable)
            _wait_until_ready(folder)
        except BaseException:
            os.close(users_lock)
            raise
    url = f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets), safe='/')}"
    return Server(url, folder, users_lock)


def _start_keeper(folder: Path, sockets: Path, *, durable: bool) -> None:
    installed = programs()
    _clear_remains(folder)
    if not (folder / "data").exists():
        _create(installed, folder)
    user = server_user()
    choices = SERVER_CHOICES | ({} if durable else FOR_TESTS)
    plan = {
        "command": [
            str(installed / "bin" / "postgres"),
            "-D",
            str(folder / "data"),
            "-k",
            str(sockets),
            *(part for key, value in choices.items() for part in ("-c", f"{key}={value}")),
        ],
        "data": str(folder / "data"),
        "user": user.pw_uid if user else None,
        "group": user.pw_gid if user else None,
    }
    (folder / "keeper.json").write_text(json.dumps(plan))
    keeper = Path(postgres_keeper.__file__)
    # -S -E: no site packages and no environment, because the keeper needs neither.
    subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-S", "-E", str(keeper), str(folder)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
    )
    _wait_until(lambda: _keeper_lives(folder))


def _create(installed: Path, folder: Path) -> None:
    """Make the data folder aside and move it into place, so that half a folder is never used."""
    draft = made_private(folder / "data.new")
    options = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    unicode = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    run_once([str(installed / "bin" / "initdb"), "-D", str(draft), "-U", NAME, *options, *unicode])
    run_once(
        [str(installed / "bin" / "postgres"), "--single", "-D", str(draft), "postgres"],
        typed=f"CREATE DATABASE {NAME}\n",
    )
    os.sync()
    draft.rename(folder / "data")


def _clear_remains(folder: Path) -> None:
    """End what a killed keeper left behind: its server, or the mere claim that one is running."""
    data = folder / "data"
    pid_file = data / "postmaster.pid"
    postmaster = _postmaster(folder)
    if postmaster is not None and postmaster in _processes_in(data):
        os.kill(postmaster, signal.SIGINT)
    if not _wait_until(lambda: not _processes_in(data), seconds=20):
        raise PostgresDidNotStart(
            f"Another PostgreSQL is still using {data}: end process {_processes_in(data)[0]}."
        )
    if Path("/proc/self").exists():  # elsewhere PostgreSQL judges its own pid file
        pid_file.unlink(missing_ok=True)


def _processes_in(data: Path) -> list[int]:
    """Processes of a server on this data: each of them works in that folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if entry.readlink() == data:
                found.append(int(entry.parent.name))
    return found


def _postmaster(folder: Path) -> int | None:
    lines = _pid_file(folder)
    return int(lines[0]) if lines else None


def _pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "data" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _is_ready(folder: Path) -> bool:
    lines = _pid_file(folder)
    if len(lines) < PID_FILE_LINES or lines[PID_FILE_LINES - 1].strip() != "ready":
        return False
    try:
        os.kill(int(lines[0]), 0)
    except ProcessLookupError:
        return False
    return True


def _wait_until_ready(folder: Path) -> None:
    _wait_until(lambda: _is_ready(folder) or not _keeper_lives(folder))
    if not _is_ready(folder):
        log = folder / "log"
        last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise PostgresDidNotStart(f"{explained(last)} (see {log})")


def _keeper_lives(folder: Path) -> bool:
    return _is_held(folder / "keeper.lock")


def _is_held(lock: Path) -> bool:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _is_used_by_others(users_lock: int) -> bool:
    """Whether anybody else still has a share; the keeper, wanting it alone, does not count."""
    try:
        fcntl.flock(users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            fcntl.flock(users_lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
    return False


@contextmanager
def _alone_at_the_door(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _wait_until(is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
