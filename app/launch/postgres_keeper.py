"""Keeps one PostgreSQL server running for as long as anybody holds its folder in use.

Runs as a process of its own with nothing but the standard library, so that the server outlives
neither its users nor a crash of the one that happened to start it. The rules are three locks in
the server's folder, all released by the kernel when a process dies:

* `keeper.lock` is held by the keeper while it lives;
* `users.lock` is shared by everybody who uses the server; the keeper waits for it alone, and
  getting it means that the last user has gone;
* `start.lock` is held while a user comes or goes.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LARGEST_LOG_BYTES: Final = 5_000_000
SHORTEST_LIFE_SECONDS: Final = 5
MOST_QUICK_DEATHS: Final = 4


@dataclass(frozen=True)
class Plan:
    """What to run and as whom; `user` and `group` are None to stay who we are."""

    command: list[str]
    data: str
    user: int | None
    group: int | None


def main(folder: Path) -> int:
    """Run the server planned in `keeper.json` of the folder until its last user has gone.

    Out: 0 after an orderly stop, 1 when the server would not stay up.
    """
    plan = Plan(**json.loads((folder / "keeper.json").read_text()))
    keeper_lock = os.open(folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(keeper_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    alone = threading.Event()
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: alone.set())
    threading.Thread(target=_wait_for_last_user, args=(folder, alone), daemon=True).start()

    quick_deaths = 0
    while not alone.is_set() and quick_deaths < MOST_QUICK_DEATHS:
        started = time.monotonic()
        _run_until(alone, plan, folder)
        lived = time.monotonic() - started
        quick_deaths = quick_deaths + 1 if lived < SHORTEST_LIFE_SECONDS else 0
        alone.wait(0.1 * 2**quick_deaths if quick_deaths else 0)
    return 0 if alone.is_set() else 1


def _wait_for_last_user(folder: Path, alone: threading.Event) -> None:
    users_lock = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users_lock, fcntl.LOCK_EX)
    alone.set()  # the lock stays ours until this process ends: who comes now waits for that


def _run_until(alone: threading.Event, plan: Plan, folder: Path) -> None:
    log = folder / "log"
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(folder / "log.old")
    with log.open("ab") as output:
        server = subprocess.Popen(  # noqa: S603 - the command its user planned
            plan.command,
            cwd=plan.data,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=plan.user,
            group=plan.group,
            extra_groups=None if plan.user is None else [],
            umask=0o077,
        )
    while server.poll() is None:
        if alone.wait(0.5):
            _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    for kind, patience in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        server.send_signal(kind)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    if os.fork():  # whoever started us need not wait for us: init collects what we leave
        os._exit(0)
    sys.exit(main(Path(sys.argv[1])))
