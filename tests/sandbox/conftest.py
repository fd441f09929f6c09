"""A sandbox and a portal for the tests of this folder."""

import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.integration.department_client import DepartmentClients
from tests.sandbox.running import Portal, Running


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            portal.received.append((headers, json.loads(body), body, time.time()))
            self.send_response(portal.answers.pop(0) if portal.answers else 202)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    portal.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield portal
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, portal: Portal) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("sandbox"), portal)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def calm(sandbox: Running) -> None:
    sandbox.reset()


@pytest.fixture
async def clients(sandbox: Running) -> AsyncIterator[DepartmentClients]:
    opened = DepartmentClients(sandbox.settings)
    yield opened
    await opened.close()
