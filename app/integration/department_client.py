"""The transport to departments: one client each, one deadline a call, every failure a value."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson
from standardwebhooks import Webhook

from app.settings import Settings, UnusableSettings
from app.vocabulary.public_service import (
    Delivery,
    F,
    Message,
    PublicService,
    R,
    SharedRegister,
    Unavailable,
)

LARGEST_REPLY_BYTES = 256 * 1024
CONNECTIONS_PER_AUTHORITY = 10
LONGEST_RETRY_AFTER_SECONDS = 24 * 3600.0
_TRY_AGAIN = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Errand:
    """What goes with a request: whose step it is, and the key that makes repeating it harmless."""

    case_number: str
    step_key: str
    idempotency_key: str
    attempt: int
    correlation: str
    round: int = 0
    evidence: Sequence[Mapping[str, Any]] = ()
    supplement: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a register holds about the person."""

    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NothingHeld:
    """The register answered: it holds nothing."""


class _Stopped(Exception):
    """Ends a call with the value that stands for what went wrong."""

    def __init__(self, delivery: Unavailable) -> None:
        super().__init__(delivery.why)
        self.delivery = delivery


@dataclass(frozen=True, slots=True)
class _Line:
    """An authority's address and its own small pool of connections.

    httpx without its client: there are no cookies, redirects or logins here, and leaving them out
    saves a quarter of what a call costs.
    """

    url: str
    transport: httpx.AsyncHTTPTransport
    timeout: dict[str, float | None]

    @asynccontextmanager
    async def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """The reply, its body still to be read; closed at the end of the block."""
        timeout = {"timeout": self.timeout}
        request = httpx.Request(
            "POST", self.url + path, headers=headers, content=body, extensions=timeout
        )
        reply = await self.transport.handle_async_request(request)
        try:
            yield reply
        finally:
            await reply.aclose()


@dataclass(slots=True)
class DepartmentClients:
    """The lines to all authorities of one process; opened on first use, closed together."""

    settings: Settings
    _lines: dict[str, _Line] = field(default_factory=dict)
    _tls: ssl.SSLContext | None = None

    async def deliver(self, service: PublicService[R, Any], request: R, errand: Errand) -> Delivery:
        """Send one request of a service and read the answer. Never raises for what a department
        does: the answer is Completed, Accepted, Refused or Unavailable, within the deadline.
        """
        callback = f"{self.settings.base_url}/api/departments/callbacks"
        envelope = {
            "case": errand.case_number,
            "step": errand.step_key,
            "round": errand.round,
            "callback": callback,
            "evidence": list(errand.evidence),
        }
        if errand.supplement:
            envelope["supplement"] = list(errand.supplement)
        channel = _Channel(self, service.authority.id, errand, envelope)
        try:
            async with asyncio.timeout(self.settings.call_deadline_seconds):
                return await service.call(request, channel)
        except _Stopped as stopped:
            return stopped.delivery
        except (TimeoutError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            return _went_wrong(error)
        except UnusableSettings:
            return Unavailable("nobody has told us the department's address", permanent=True)

    async def look_up(
        self, register: SharedRegister[R, F], request: R, errand: Errand
    ) -> Found | NothingHeld | Unavailable:
        """Ask a shared register; the facts come back as its declared type reads them."""
        envelope = {"case": errand.case_number, "purpose": register.purpose.zh}
        channel = _Channel(self, register.authority.id, errand, envelope)
        try:
            async with asyncio.timeout(self.settings.call_deadline_seconds):
                reply = await channel.post(register.path, request)
            if reply.get("status") == "none":
                return NothingHeld()
            facts = register.facts.model_validate(reply["facts"])
            return Found(facts.model_dump(mode="json"))
        except _Stopped as stopped:
            return stopped.delivery
        except (TimeoutError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            return _went_wrong(error)
        except UnusableSettings:
            return Unavailable("nobody has told us the register's address", permanent=True)

    def line(self, authority_id: str) -> _Line:
        """The authority's own line. Raises UnusableSettings where its address is not known."""
        if authority_id not in self._lines:
            url = self.settings.department_url(authority_id)
            # One for all: each would hold every certificate authority of the world.
            self._tls = self._tls or httpx.create_ssl_context(trust_env=False)
            limits = httpx.Limits(
                max_connections=CONNECTIONS_PER_AUTHORITY,
                max_keepalive_connections=CONNECTIONS_PER_AUTHORITY,
            )
            transport = httpx.AsyncHTTPTransport(verify=self._tls, limits=limits, trust_env=False)
            timeout = httpx.Timeout(self.settings.call_deadline_seconds).as_dict()
            self._lines[authority_id] = _Line(url, transport, timeout)
        return self._lines[authority_id]

    async def close(self) -> None:
        """Close every connection."""
        for line in self._lines.values():
            await line.transport.aclose()
        self._lines.clear()


@dataclass(frozen=True, slots=True)
class _Channel:
    """One call to one department, as a service's file sees it."""

    clients: DepartmentClients
    authority_id: str
    errand: Errand
    envelope: Mapping[str, Any]

    async def post(self, path: str, request: Message) -> Mapping[str, Any]:
        body = orjson.dumps({**self.envelope, "request": request.model_dump(mode="json")})
        line = self.clients.line(self.authority_id)
        async with line.post(path, body, self._headers(body)) as reply:
            if not reply.is_success:
                raise _Stopped(_failed(reply))
            return _object(await _bounded(reply))

    def _headers(self, body: bytes) -> dict[str, str]:
        message_id = f"{self.errand.idempotency_key}.{self.errand.attempt}"
        now = datetime.now(UTC)
        key = self.clients.settings.department_key(self.authority_id)
        return {
            "accept": "application/json",
            "content-type": "application/json",
            "idempotency-key": self.errand.idempotency_key,
            "x-correlation-id": self.errand.correlation,
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(key).sign(message_id, now, body.decode()),
        }


def _went_wrong(error: Exception) -> Unavailable:
    if isinstance(error, TimeoutError):
        return Unavailable("no answer within the deadline")
    if isinstance(error, httpx.HTTPError):
        return Unavailable(f"connection failed: {type(error).__name__}")
    return Unavailable("an answer that we cannot read")


async def _bounded(reply: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in reply.aiter_bytes():
        body += piece
        if len(body) > LARGEST_REPLY_BYTES:
            raise _Stopped(Unavailable("an answer longer than we take"))
    return bytes(body)


def _object(body: bytes) -> Mapping[str, Any]:
    content = orjson.loads(body)
    if not isinstance(content, dict):
        raise _Stopped(Unavailable("an answer that is not an object"))
    return content


def _failed(reply: httpx.Response) -> Unavailable:
    status = reply.status_code
    again = status in _TRY_AGAIN or status >= httpx.codes.INTERNAL_SERVER_ERROR
    return Unavailable(
        f"answered with status {status}",
        retry_after=_retry_after(reply.headers.get("retry-after")) if again else None,
        permanent=not again,
    )


def _retry_after(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)
