"""The sandbox's web application: every department's system under one address, and its controls."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from standardwebhooks import Webhook, WebhookVerificationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app import catalogue
from app.sandbox import controls
from app.sandbox.callbacks import CallbackSender
from app.sandbox.departments import (
    Handled,
    Intake,
    KeyReused,
    Register,
    Service,
    Unreadable,
    handle,
    look_up,
    note_asked,
    read_intake,
    read_object,
    read_request,
    times_asked,
)
from app.sandbox.faults import WITHOUT_EFFECT, Drawn, Fault, control_of, draw
from app.sandbox.ledger import Ledger
from app.settings import Settings, is_loopback
from app.vocabulary.public_service import PublicService

LARGEST_REQUEST_BYTES = 1024 * 1024
LONGEST_HANG_SECONDS = 600
FAILED = {"error-500": 500, "effect-then-500": 500, "down": 503, "rate-limit": 429}


@dataclass(slots=True)
class Sandbox:
    """The parts of the running sandbox; `speed` shortens every wait, 0 leaves them out."""

    settings: Settings
    ledger: Ledger
    sender: CallbackSender
    targets: Mapping[tuple[str, str], Service | Register]

    def wait(self, seconds: float) -> float:
        """Seconds to wait at this speed."""
        return seconds / self.settings.sandbox_speed if self.settings.sandbox_speed else 0.0


class ClosedConnection(Response):
    """Promises more than it sends, so that the server cuts the connection in the middle."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        head = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b'{"sta', "more_body": False})


def make_sandbox(settings: Settings) -> Starlette:
    """The application: /{authority}{path} plays departments, /control and / set them."""
    declared = catalogue.load()
    targets: dict[tuple[str, str], Service | Register] = {
        (service.authority.id, service.path): service for service in declared.services.values()
    }
    targets |= {(held.authority.id, held.path): held for held in declared.registers.values()}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        ledger = Ledger(settings.var_folder / "sandbox" / "ledger.sqlite3")
        sender = CallbackSender(settings, ledger)
        app.state.sandbox = Sandbox(settings, ledger, sender, targets)
        app.state.authorities = declared.authorities
        sending = asyncio.create_task(sender.run())
        try:
            yield
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
            await sender.close()
            ledger.close()

    hosts = [settings.sandbox_host, "127.0.0.1", "localhost", "[::1]"]
    return Starlette(
        routes=[
            Route("/health", health),
            *controls.routes(),
            Route("/{authority}/{path:path}", answer, methods=["POST"]),
        ],
        lifespan=lifespan,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)],
    )


async def health(_request: Request) -> Response:
    """Whether the sandbox is up."""
    return JSONResponse({"status": "ok"})


async def answer(request: Request) -> Response:
    """A request to a department: checked, done once, and answered with the faults that are set."""
    sandbox: Sandbox = request.app.state.sandbox
    authority = request.path_params["authority"]
    target = sandbox.targets.get((authority, f"/{request.path_params['path']}"))
    if target is None:
        raise HTTPException(404, "no department takes requests here")
    body = await _body(request)
    _check_signature(sandbox, request, authority, body)
    key = request.headers.get("idempotency-key", "")
    try:
        if isinstance(target, PublicService):
            intake = read_intake(target, key, body)
            _check_callback(sandbox, intake.callback)
            return await _step(sandbox, request, intake)
        asked = read_request(target.request, read_object(body))
    except Unreadable as refused:
        raise HTTPException(422, str(refused)) from None
    except KeyReused:
        raise HTTPException(422, "this key came with another request") from None

    def prepared(connection: sqlite3.Connection) -> tuple[Drawn, dict[str, Any]]:
        drawn = draw(connection, authority, target.id, key, 0)
        return drawn, look_up(connection, target, asked)

    drawn, facts = await sandbox.ledger.write(prepared)
    return await _played(sandbox, request, drawn.answer, facts)


async def _step(sandbox: Sandbox, request: Request, intake: Intake) -> Response:
    authority = intake.service.authority.id
    speed = sandbox.settings.sandbox_speed

    def done(connection: sqlite3.Connection, drawn: Drawn) -> Handled:
        return handle(connection, intake, control_of(connection, authority), drawn, speed)

    def asked(connection: sqlite3.Connection) -> tuple[Drawn, Handled | None]:
        times = times_asked(connection, intake.key)
        note_asked(connection, intake)
        drawn = draw(connection, authority, intake.service.id, intake.key, times)
        waits = drawn.answer and drawn.answer.kind in {*WITHOUT_EFFECT, "slow"}
        return drawn, None if waits else done(connection, drawn)

    drawn, handled = await sandbox.ledger.write(asked)
    fault = drawn.answer
    if fault and fault.kind == "slow":
        await asyncio.sleep(sandbox.wait(fault.seconds))
        handled = await sandbox.ledger.write(partial(done, drawn=drawn))
        fault = None
    if handled is None:
        return await _played(sandbox, request, fault, {})
    if drawn.plays("early-callback"):
        await sandbox.sender.send_now(handled.callbacks)
    if handled.callbacks:
        sandbox.sender.wake()
    return await _played(sandbox, request, fault, handled.reply)


async def _played(
    sandbox: Sandbox, request: Request, fault: Fault | None, reply: Mapping[str, Any]
) -> Response:
    """The answer, spoiled by `fault`."""
    match fault.kind if fault else None:
        case "slow" if fault:
            await asyncio.sleep(sandbox.wait(fault.seconds))
        case "error-500" | "effect-then-500" | "down" | "rate-limit" as kind if fault:
            hint = {"retry-after": str(round(fault.seconds))} if kind == "rate-limit" else None
            return JSONResponse({"error": kind}, FAILED[kind], hint)
        case "closed":
            return ClosedConnection()
        case "garbage":
            return Response("<html>系统升级中", media_type="text/html")
        case "hang":
            await _hang(request)
        case "drip" if fault:
            pieces = _dripping(reply, sandbox.wait(fault.seconds))
            return StreamingResponse(pieces, media_type="application/json")
    return JSONResponse(dict(reply))


async def _hang(request: Request) -> None:
    """Say nothing until the other side has gone."""
    for _ in range(LONGEST_HANG_SECONDS * 5):
        if await request.is_disconnected():
            return
        await asyncio.sleep(0.2)


async def _dripping(reply: Mapping[str, Any], seconds: float) -> AsyncIterator[bytes]:
    for byte in json.dumps(reply, ensure_ascii=False).encode():
        yield bytes((byte,))
        await asyncio.sleep(seconds)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_REQUEST_BYTES:
                raise HTTPException(413, "the request is larger than 1 MiB")
    except ClientDisconnect:
        raise HTTPException(400, "the request broke off") from None
    return bytes(body)


def _check_signature(sandbox: Sandbox, request: Request, authority: str, body: bytes) -> None:
    webhook = Webhook(sandbox.settings.department_key(authority))
    try:
        webhook.verify(body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        raise HTTPException(401, "the signature does not fit this authority's key") from None


def _check_callback(sandbox: Sandbox, callback: str) -> None:
    """Answers go to the portal or to this machine, wherever a request asks them to be sent."""
    host = urlsplit(callback).hostname or ""
    if not is_loopback(host) and host != urlsplit(sandbox.settings.base_url).hostname:
        raise Unreadable("the callback is not an address of the portal")
