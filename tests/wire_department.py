"""A department for tests that misbehaves on the wire: a real server that writes raw bytes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson

DONE = {"status": "completed", "reference": "R-1", "output": {"entry": "M1"}}
Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class WireDepartment:
    """What it will do next, and what it was sent: (path, headers, body)."""

    behave: Behaviour
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            lines = [line.split(": ", 1) for line in head[1:] if ": " in line]
            headers = {name.lower(): text for name, text in lines}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.asked.append((head[0].split(" ")[1], headers, body))
            await self.behave(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def department(behave: Behaviour) -> AsyncIterator[WireDepartment]:
    """A department on a free port of this machine that answers every request by `behave`."""
    wire = WireDepartment(behave)
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield wire


def says(content: object = DONE, status: str = "200 OK", **headers: str) -> Behaviour:
    """Answer with JSON (or raw bytes) and a status line."""
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    lines = "".join(f"{name.replace('_', '-')}: {text}\r\n" for name, text in headers.items())

    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n{lines}"
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()

    return answer


def sends(raw: bytes) -> Behaviour:
    """Write these bytes and hang up."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return answer


async def hangs(_writer: asyncio.StreamWriter) -> None:
    """Take the request and say nothing for a minute."""
    await asyncio.sleep(60)


async def drips(writer: asyncio.StreamWriter) -> None:
    """A good answer, one byte every 30 ms."""
    body = orjson.dumps(DONE)
    writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n".encode())
    for byte in body:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.03)


async def never_ends(writer: asyncio.StreamWriter) -> None:
    """Chunks without end, as fast as they are taken."""
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
        await writer.drain()
