"""A load generator in a process of its own: prepared requests over kept connections.

It reads one JSON object from standard input and writes one to standard output, see `Order` and
`Answered` in `tests.bench.loading`.
"""

import asyncio
import sys
import time
from collections import Counter
from itertools import cycle, islice
from typing import Any, cast

import orjson
import uvloop

HEAD_END = b"\r\n\r\n"


class Run:
    """What all connections of one order share: the requests that are left, and what came back."""

    def __init__(self, requests: list[bytes], repeat: bool, most: int, seconds: float) -> None:
        self.requests = islice(cycle(requests) if repeat else requests, most or None)
        self.until = time.perf_counter() + seconds
        self.milliseconds: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.bytes = 0
        self.last_answer = 0.0
        self.sample = b""

    def next(self) -> bytes | None:
        """The next request, or None when there are no more or the time is over."""
        return None if time.perf_counter() >= self.until else next(self.requests, None)


class Connection(asyncio.Protocol):
    """One browser: sends the next request as soon as the last one is answered."""

    transport: asyncio.Transport

    def __init__(self, run: Run) -> None:
        self.run = run
        self.closed = asyncio.get_running_loop().create_future()
        self.received = bytearray()
        self.needed = 0
        self.status = 0
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(error)

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.needed and not self._read_head():
            return
        if len(self.received) >= self.needed:
            now = time.perf_counter()
            run = self.run
            run.milliseconds.append((now - self.sent_at) * 1000)
            run.statuses[self.status] += 1
            run.bytes += self.needed
            run.last_answer = now
            run.sample = run.sample or bytes(self.received[:600])
            self._send()

    def _read_head(self) -> bool:
        end = self.received.find(HEAD_END)
        if end < 0:
            return False
        head = bytes(self.received[:end]).lower()
        if b"transfer-encoding" in head:
            raise ValueError("an answer of unknown length")
        self.status = int(head[9:12])
        _, found, after = head.partition(b"content-length:")
        length = int(after.partition(b"\r\n")[0]) if found else 0
        self.needed = end + len(HEAD_END) + length
        return True

    def _send(self) -> None:
        request = self.run.next()
        if request is None:
            self.transport.close()
            return
        self.received.clear()
        self.needed = 0
        self.sent_at = time.perf_counter()
        self.transport.write(request)


async def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Open the connections and keep each of them busy until the order is done."""
    requests = [text.encode("latin-1") for text in order["requests"]]
    run = Run(requests, order["repeat"], order["most"], order["seconds"])
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    busy: list[Connection] = []
    for _ in range(order["connections"]):
        _, connection = await loop.create_connection(
            lambda: Connection(run), "127.0.0.1", order["port"]
        )
        busy.append(connection)
    await asyncio.wait_for(
        asyncio.gather(*(connection.closed for connection in busy)), order["seconds"] + 30
    )
    return {
        "milliseconds": run.milliseconds,
        "statuses": dict(run.statuses),
        "bytes": run.bytes,
        "seconds": max(run.last_answer - started, 1e-9),
        "sample": run.sample.decode("latin-1"),
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(
        orjson.dumps(
            uvloop.run(carry_out(orjson.loads(sys.stdin.buffer.read()))),
            option=orjson.OPT_NON_STR_KEYS,
        )
    )
