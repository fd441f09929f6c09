"""The whole portal as people run it, web, worker and departments, for journeys in a browser."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from app.settings import PROJECT_FOLDER
from tests.browser import open_browser
from tests.database_template import drop_database, make_database

START_SECONDS = 90
WELCOME = "Ctrl-C"


@pytest.fixture(scope="session")
def portal_address(
    server_url: str, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """`make run` on a database of its own; out: its address."""
    folder = tmp_path_factory.mktemp("portal")
    database = asyncio.run(make_database(server_url, database_template, "journeys"))
    port, sandbox_port = free_port(), free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "DATABASE_URL": database,
        "PORTAL_VAR_FOLDER": str(folder),
        "PORTAL_PORT": str(port),
        "PORTAL_SANDBOX_PORT": str(sandbox_port),
    }
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "app.launch", "run"],
        cwd=PROJECT_FOLDER,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/ready", process, folder / "log")
        wait_for_welcome(process, folder / "log")
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()
        asyncio.run(drop_database(server_url, database))


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the address answers; fail with the log where it never does."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    pytest.fail("the portal did not start:\n" + log.read_text(errors="replace")[-4000:])


def wait_for_welcome(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the demo's people are there: the portal says so when it welcomes us."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if WELCOME in log.read_text(errors="replace"):
            return
        time.sleep(0.2)
    pytest.fail("nobody was welcomed:\n" + log.read_text(errors="replace")[-4000:])


@pytest.fixture(scope="module")
def browser(portal_address: str) -> Iterator[Browser]:
    """One Chromium for the journeys of a file; skipped where there is none.

    It comes after the portal and ends with the file: while it is open, nothing else may run an
    event loop in this thread.
    """
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def photo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo as a phone takes it."""
    path = tmp_path_factory.mktemp("photos") / "照片.jpg"
    Image.effect_noise((1600, 1200), 40).convert("RGB").save(path, quality=90)
    return path
