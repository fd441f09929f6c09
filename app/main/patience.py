"""How long and how much the server listens before a request is whole; the rest is hung up on.

The server itself has no such limits, so a few hundred half-open connections could wait for ever.
"""

import asyncio
from typing import ClassVar, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class ImpatientProtocol(HttpToolsProtocol):
    """Closes a connection whose head or body does not arrive in time, or whose head is too long.

    Durations are seconds. A body may take longer the more of it was announced.
    """

    head_seconds: ClassVar[float] = 10
    body_seconds: ClassVar[float] = 30
    slowest_bytes_per_second: ClassVar[int] = 16 * 1024
    longest_head: ClassVar[int] = 64 * 1024

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes: int = 0
    _reads_head: bool = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first head."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._expect(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head is endless."""
        super().data_received(data)
        if self._reads_head:
            self._head_bytes += len(data)
            if self._head_bytes > self.longest_head:
                self._hang_up()

    def on_message_begin(self) -> None:
        """A head begins; on a connection that is kept open, a new one."""
        super().on_message_begin()
        self._reads_head, self._head_bytes = True, 0
        self._expect(self.head_seconds)

    def on_headers_complete(self) -> None:
        """The head is whole; wait for the body."""
        self._reads_head = False
        announced = dict(self.headers).get(b"content-length", b"0")
        size = int(announced) if announced.isdigit() and len(announced) < len("1" * 12) else 0
        self._expect(self.body_seconds + size / self.slowest_bytes_per_second)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole; from here on we are the ones who are waited for."""
        self._stop_waiting()
        super().on_message_complete()

    def _expect(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.abort()
