"""Orders load from the generator's process and reads what the servers and the database spent."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson

from app.settings import PROJECT_FOLDER
from tests.bench.machine import spent
from tests.bench.measuring import Sample
from tests.bench.stage import Server


class Unexpected(Exception):
    """A server answered otherwise than the bench needs; the figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to send: over how many connections, for how long, once each or again and again.

    `most` requests are sent at most where it is given. `expected` is the only status that counts
    as done.
    """

    requests: Sequence[bytes]
    expected: int
    connections: int = 8
    seconds: float = 3.0
    repeat: bool = True
    most: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A sample together with how many bytes an answer had, its head included."""

    sample: Sample
    bytes_each: float


async def put_load(server: Server, postmaster: int, order: Order) -> Answered:
    """Carry out an order. Raises Unexpected for any answer of another status."""
    before = spent([server.pid], postmaster)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.load",
        cwd=PROJECT_FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    wanted = {
        "port": server.port,
        "requests": [request.decode("latin-1") for request in order.requests],
        "connections": order.connections,
        "seconds": order.seconds,
        "repeat": order.repeat,
        "most": order.most,
    }
    out, _ = await process.communicate(orjson.dumps(wanted))
    if process.returncode:
        raise Unexpected("The load generator gave up.")
    used = spent([server.pid], postmaster).since(before)
    answer = orjson.loads(out)
    if set(answer["statuses"]) != {str(order.expected)}:
        raise Unexpected(f"Expected {order.expected}: {answer['statuses']}\n{answer['sample']}")
    latencies = tuple(sorted(answer["milliseconds"]))
    sample = Sample(len(latencies), answer["seconds"], used, latencies)
    return Answered(sample, answer["bytes"] / len(latencies))


def get(path: str, **headers: str) -> bytes:
    """A GET as a browser sends it on a kept connection."""
    return _request("GET", path, headers, b"")


def post_form(path: str, fields: dict[str, str], **headers: str) -> bytes:
    """A form as a browser posts it."""
    body = urlencode(fields).encode()
    kind = "application/x-www-form-urlencoded"
    return _request("POST", path, {"content_type": kind, **headers}, body)


def post_json(path: str, content: object) -> bytes:
    """A JSON body."""
    body = orjson.dumps(content)
    return _request("POST", path, {"content_type": "application/json"}, body)


def _request(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
