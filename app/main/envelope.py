"""The outermost layers around the app: correlation, log line, measures, and a limit on crowds.

All are plain ASGI: nothing is buffered and a client that hangs up leaks nothing.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.main.refusals import tell
from app.telemetry import (
    REQUEST_SECONDS,
    REQUESTS_RUNNING,
    REQUESTS_TURNED_AWAY,
    STREAMS_OPEN,
    correlated,
    describe_error,
    log,
    read_correlation,
)
from app.wording import Words

CORRELATION_HEADER: Final = "x-correlation-id"
NO_ROUTE: Final = "(none)"
HUNG_UP: Final = 499
FAILED: Final = 500
NOT_COUNTED: Final = ("/static/", "/health/", "/metrics")
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log_ = log("app.main")


class Envelope:
    """Gives a request its correlation id, writes one line about it and measures it.

    An error that nobody answered for ends here: it is logged without its message. HEAD is GET
    without the body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with correlated(read_correlation(Headers(scope=scope).get(CORRELATION_HEADER))) as number:
            await self._answer(scope, receive, send, number)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        started = time.perf_counter()
        method = scope["method"]
        is_head = method == "HEAD"
        inner = {**scope, "method": "GET"} if is_head else scope
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[CORRELATION_HEADER] = number
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        trouble: Mapping[str, str] = {}
        try:
            await self.app(inner, receive, send_on)
        except ClientDisconnect:
            status = status or HUNG_UP
        except Exception as error:
            trouble = describe_error(error)
            status = FAILED
        finally:
            _write_down(inner, method, status or HUNG_UP, time.perf_counter() - started, trouble)


class Guard:
    """Turns away what cannot be served: too many at once, unreadable addresses, oversized bodies.

    `most_at_once` requests run side by side in this process; the next one is told to come back
    rather than made to wait. A stream of events counts only until it has begun.
    """

    def __init__(self, app: ASGIApp, most_at_once: int) -> None:
        self.app = app
        self.most_at_once = most_at_once
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(NOT_COUNTED):
            await self.app(scope, receive, send)
        elif _is_unreadable(scope):
            await tell(Request(scope), 400, what=_UNREADABLE)(scope, receive, send)
        elif self.running >= self.most_at_once:
            REQUESTS_TURNED_AWAY.inc()
            answer = tell(Request(scope), 503, what=_CROWDED, retry_after_seconds=2)
            await answer(scope, receive, send)
        else:
            await self._admit(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = _Place(self)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                kind = headers.get("content-type", "")
                if message["status"] == _TOO_LARGE and kind.startswith("text/plain"):
                    place.restyled = True
                    await tell(Request(scope), _TOO_LARGE)(scope, receive, send)
                if kind.startswith("text/event-stream"):
                    place.becomes_a_stream()
            if not place.restyled:
                await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            place.leave()


class _Place:
    """One admitted request."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.restyled = False
        self.is_stream = False
        guard.running += 1
        REQUESTS_RUNNING.inc()

    def becomes_a_stream(self) -> None:
        self._give_back()
        self.is_stream = True
        STREAMS_OPEN.inc()

    def leave(self) -> None:
        if self.is_stream:
            STREAMS_OPEN.dec()
        else:
            self._give_back()

    def _give_back(self) -> None:
        self.guard.running -= 1
        REQUESTS_RUNNING.dec()


def route_of(scope: Mapping[str, Any]) -> str:
    """The template of the route that answered, such as /cases/{number}; never the address typed."""
    context = scope.get("fastapi", {}).get("effective_route_context")
    path = getattr(context, "path", None) or getattr(scope.get("route"), "path", None)
    if path is None and scope["path"].startswith("/static/"):
        return "/static"
    return path or NO_ROUTE


def _write_down(
    scope: Scope, method: str, status: int, seconds: float, trouble: Mapping[str, str]
) -> None:
    route = route_of(scope)
    known_method = method if method in METHODS else "OTHER"
    REQUEST_SECONDS.labels(known_method, route, str(status)).observe(seconds)
    fields = {
        "method": known_method,
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
    if trouble:
        log_.error("request.failed", **fields, **trouble)
    elif not route.startswith(NOT_COUNTED) and route != "/static":
        log_.info("request", **fields)


def _is_unreadable(scope: Scope) -> bool:
    """Whether the address holds characters that no address of ours can hold, such as NUL."""
    query = scope.get("query_string", b"")
    return b"%00" in query or any(sign < " " or sign == "\x7f" for sign in scope["path"])


_TOO_LARGE = 413
_UNREADABLE = Words("地址中有不能识别的字符。", "The address holds characters that cannot be read.")
_CROWDED = Words(
    "现在办事的人很多，您填写的内容都还在。",
    "Very many people are using the service right now; what you filled in is kept.",
)
