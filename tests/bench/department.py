"""`python -m tests.bench.department`: a department that takes 20 ms for everything and forgets it.

It answers each service of a birth with what that service's stand-in makes of the specimen.
"""

import asyncio
import os
from typing import Final, cast

import orjson
import uvloop

from app.catalogue import load
from app.forms.specimen import specimen
from app.vocabulary.public_service import StandInRefusal, Ticket
from app.workflow.rehearsal import rehearse
from tests.bench.material import SITUATION, city_today
from tests.bench.ports import DEPARTMENT_PORT

THINKS_SECONDS: Final = 0.02
HEAD_END: Final = b"\r\n\r\n"


def replies() -> dict[bytes, bytes]:
    """The answer to each service, by the path it is asked under."""
    event, today = load().life_events["birth"], city_today()
    found = {}
    for played in rehearse(event, specimen(event, today, SITUATION), today):
        service = played.step.service
        assert played.request is not None, played.problem
        made = service.stand_in(played.request, Ticket("bench.0", today, 1))
        assert not isinstance(made, StandInRefusal)
        output = made.model_dump(mode="json")
        body = orjson.dumps({"status": "completed", "reference": "BENCH", "output": output})
        found[f"/{service.authority.id}{service.path}".encode()] = _answer(200, body)
    return found


def _answer(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


class Counter:
    """How many calls were answered, and how many different steps they were for."""

    def __init__(self) -> None:
        self.calls = 0
        self.keys: set[bytes] = set()

    def told(self) -> bytes:
        """Both figures."""
        return _answer(200, orjson.dumps({"calls": self.calls, "steps": len(self.keys)}))


class Department(asyncio.Protocol):
    """One connection of a caller."""

    def __init__(self, counter: Counter, known: dict[bytes, bytes]) -> None:
        self.counter, self.known = counter, known
        self.received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.received += data
        end = self.received.find(HEAD_END)
        if end < 0:
            return
        head = bytes(self.received[:end])
        needed = end + len(HEAD_END) + int(_header(head, b"content-length") or 0)
        if len(self.received) < needed:
            return
        del self.received[:needed]
        path = head.split(b" ", 2)[1]
        if path == b"/calls":
            self.transport.write(self.counter.told())
            return
        self.counter.calls += 1
        self.counter.keys.add(_header(head, b"idempotency-key"))
        answer = self.known.get(path) or _answer(404, b"{}")
        asyncio.get_running_loop().call_later(THINKS_SECONDS, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


def _header(head: bytes, name: bytes) -> bytes:
    _, found, after = head.lower().partition(b"\r\n" + name + b":")
    return after.partition(b"\r\n")[0].strip() if found else b""


async def serve() -> None:
    """Answer on loopback until ended."""
    counter, known = Counter(), replies()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Department(counter, known), "127.0.0.1", DEPARTMENT_PORT
    )
    print(f"Department with {len(known)} services, process {os.getpid()}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
