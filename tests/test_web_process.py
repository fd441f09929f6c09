"""The web process as operators meet it: how it starts, refuses, listens and ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable

import pytest
import uvicorn

from app.database import Database
from app.main import create_app
from app.main.patience import ImpatientProtocol
from app.settings import PROJECT_FOLDER, Settings
from tests.residents.moving_house import catalogue


class VeryImpatient(ImpatientProtocol):
    """Waits a tenth of a second where the portal waits ten."""

    head_seconds = 0.3
    body_seconds = 0.3
    slowest_bytes_per_second = 1000


@pytest.fixture
async def port(
    settings: Settings, database: Database, free_port: Callable[[], int]
) -> AsyncIterator[int]:
    """A real server on loopback."""
    app = create_app(settings, database, ("app.identity", "app.partner_api"), catalogue())
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            loop="uvloop",
            http=VeryImpatient,
            ws="none",
            log_config=None,
            lifespan="off",
        )
    )
    serving = asyncio.create_task(server.serve())
    await _until(lambda: server.started)
    yield port
    server.should_exit = True
    await serving


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def say(port: int, *pieces: bytes, pause: float = 0) -> tuple[bytes, float]:
    """Send pieces and read until the other side closes; out: the answer, and after how long."""
    started = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        async with asyncio.timeout(10):
            answer = await reader.read()
    except ConnectionError:
        pass
    finally:
        writer.close()
    return answer, time.monotonic() - started


HEAD = b"POST /api/departments/callbacks HTTP/1.1\r\nhost: x\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"G",),
        (HEAD,),
        (HEAD + b"content-length: 10\r\n\r\n", b"abc"),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nab",),
    ],
    ids=["silence", "one letter", "half a head", "half a body", "half a chunk"],
)
async def test_half_a_request_is_hung_up_on(port: int, pieces: tuple[bytes, ...]):
    _, seconds = await say(port, *pieces)
    assert 0.25 < seconds < 3


async def test_a_head_sent_letter_by_letter_is_hung_up_on(port: int):
    letters = [bytes([letter]) for letter in HEAD]
    _, seconds = await say(port, *letters, pause=0.05)
    assert seconds < 5


async def test_an_endless_head_is_hung_up_on(port: int):
    answer, _ = await say(port, HEAD + b"x: ", *[b"y" * 50_000] * 4)
    assert b"200" not in answer[:15]


async def test_whole_requests_on_one_connection_are_all_answered(port: int):
    one = b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n"
    last = b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    answer, _ = await say(port, one, one, last, pause=0.1)
    assert answer.count(b"HTTP/1.1 200") == 3


async def test_a_large_body_has_the_time_it_needs(port: int):
    head = HEAD + b"content-length: 4000\r\nconnection: close\r\n\r\n"
    answer, seconds = await say(port, head, *[b"x" * 800] * 5, pause=0.15)
    assert answer.startswith(b"HTTP/1.1 401")
    assert seconds > 0.6


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        HEAD + b"content-length: -1\r\n\r\n",
        HEAD + b"content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
async def test_garbage_gets_no_page(port: int, garbage: bytes):
    answer, seconds = await say(port, garbage)
    assert b"HTTP/1.1 200" not in answer
    assert seconds < 5


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.main"],
        cwd=PROJECT_FOLDER,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_unusable_settings_are_named_and_nothing_starts():
    refused = start({"PORTAL_HOST": "0.0.0.0"})  # noqa: S104 - that is what it must refuse
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == os.EX_CONFIG
    assert "PORTAL_HOST" in said
    assert "Traceback" not in said


async def test_it_starts_without_a_database_and_ends_when_told(
    free_port: Callable[[], int], tmp_path
):
    port = free_port()
    web = start(
        {
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "PORTAL_PORT": str(port),
            "PORTAL_VAR_FOLDER": str(tmp_path),
            "PORTAL_DATABASE_PATIENCE_SECONDS": "0",
        }
    )
    request = b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    try:
        for _ in range(300):
            try:
                answer, _ = await say(port, request)
                break
            except OSError:
                await asyncio.sleep(0.1)
        assert answer.startswith(b"HTTP/1.1 200")
        ready, _ = await say(port, request.replace(b"live", b"ready"))
        assert ready.startswith(b"HTTP/1.1 503")
    finally:
        web.send_signal(signal.SIGTERM)
        said, _ = web.communicate(timeout=20)
    assert "database.away" in said
    assert "Traceback" not in said
