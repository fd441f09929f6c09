"""Counts the statements that one request sends, as the driver sees them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from app.database import open_database
from app.main import create_app
from tests.bench.stage import Stage

AROUND = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True, slots=True)
class Sent:
    """The statements of one request, in order."""

    statements: tuple[str, ...]

    @property
    def work(self) -> tuple[str, ...]:
        """Without those that begin and end the transaction."""
        return tuple(one for one in self.statements if not one.upper().startswith(AROUND))

    @property
    def summary(self) -> str:
        """How often which kind."""
        first = Counter(" ".join(one.split()[:2]) for one in self.statements)
        return ", ".join(f"{count} x {words}" for words, count in first.items())


async def statements(stage: Stage, first: bytes, request: bytes) -> Sent:
    """Send prepared requests to the app in this process and note what the second one sends.

    Before, a connection asks once about the types it meets.
    """
    database = open_database(stage.settings, "bench-counting")
    sent: list[str] = []

    def listen(dbapi_connection: Any, _record: object) -> None:
        # The driver tells of what is sent past SQLAlchemy, and of BEGIN and COMMIT.
        dbapi_connection.driver_connection.add_query_logger(
            lambda record: sent.append(record.query)
        )

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine.sync_engine, "connect", listen)
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    app = create_app(stage.settings, database)
    try:
        await _call(app, first)
        sent.clear()
        await _call(app, request)
    finally:
        await database.close()
    return Sent(tuple(" ".join(one.split()) for one in sent))


async def _call(app: Any, request: bytes) -> None:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    headers = [tuple(part.encode() for part in line.split(": ", 1)) for line in lines]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 400:
            raise AssertionError(f"{method} {path} was answered with {message['status']}")

    await app(scope, receive, send)
