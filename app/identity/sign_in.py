"""Signing in and out, and getting people back to where they were with what they had typed."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from cryptography.exceptions import InvalidTag
from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.cases.case_store import find_or_add_resident
from app.cases.portal import Portal, portal_of
from app.database import Database
from app.errors import PortalError
from app.identity.cookies import Kind, give_token, kind_at, take_token
from app.identity.csrf import SAFE_METHODS, TOKEN_FIELD
from app.identity.people import (
    OfficerPrincipal,
    ResidentPrincipal,
    Session,
    SomeBody,
    Visitor,
)
from app.identity.sessions import end_session, find_officer, keep, open_session
from app.pages.rendering import page
from app.vocabulary.case_file import Person
from app.wording import Words

LONGEST_PATH = 500
LARGEST_UNSENT_BYTES = 32_000
UNSENT = "unsent"
SIGNING_IN = "signing_in"
UNSENT_PURPOSE = "unsent"
PLACES: Mapping[Kind, str] = {"resident": "/sign-in", "officer": "/desk/sign-in"}
HOMES: Mapping[Kind, str] = {"resident": "/", "officer": "/desk"}


class SignInFailed(PortalError):
    """The sign-in service said no, or its answer does not fit what we asked."""

    status = 403
    code = "sign-in-failed"
    todo = Words("请再登录一次；仍不行请拨打 12345。", "Sign in again; if it fails, call 12345.")

    def __init__(self, what: Words | None = None) -> None:
        super().__init__(what or Words("这次登录没有成功。", "Signing in did not work this time."))


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that has begun: for whom, where to go after it, and what ties the answer to it."""

    kind: Kind
    next_path: str
    state: str = ""
    nonce: str = ""
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom a provider vouches for: a resident as a person, an officer by id."""

    person: Person | None = None
    officer_id: str | None = None
    provider_session: str | None = None


class SignInProvider(Protocol):
    """A way to sign in: demo people, or a service that speaks OpenID Connect."""

    async def address(self, pending: Pending) -> str:
        """Where to send the browser."""
        ...

    async def identify(self, sent: Mapping[str, str], pending: Pending) -> Identified:
        """Who came back. Raises SignInFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that could not be handled because its session had ended."""

    path: str
    fields: tuple[tuple[str, str], ...]


async def admit(
    session: AsyncSession,
    portal: Portal,
    request: Request,
    visit: Session[SomeBody],
    who: Identified,
    next_path: str,
) -> Response:
    """Open the session of an identified person and send them to where they wanted to go.

    Raises SignInFailed for an officer who has no post here.
    """
    principal = await _principal_of(session, portal, who)
    before = getattr(request.state, "ended_session", None) or visit
    kept = _carried(before, principal)
    token, _ = await open_session(
        session,
        portal,
        principal,
        kept=kept,
        instead_of=before.id,
        provider_session=who.provider_session,
    )
    kind = kind_at(request.url.path)
    carry_on = f"{PLACES[kind]}/continue?{urlencode({'next': next_path})}"
    response = RedirectResponse(carry_on if UNSENT in kept else next_path, 303)
    give_token(response, portal.settings, kind, token)
    return response


async def leave(
    session: AsyncSession, portal: Portal, request: Request, visit: Session[SomeBody]
) -> Response:
    """End the session and its cookie."""
    await end_session(session, visit.id)
    kind = kind_at(request.url.path)
    response = RedirectResponse(PLACES["officer"] if kind == "officer" else "/", 303)
    take_token(response, portal.settings, kind)
    response.headers["clear-site-data"] = '"storage"'
    return response


async def ask_to_sign_in(request: Request) -> Response:
    """The answer to SignInNeeded: to the sign-in page and back, keeping what was typed.

    A form whose session has ended is kept, sealed, with that session: only the same person gets it
    back, on a page that sends it again. Files are not kept.
    """
    kind = kind_at(request.url.path)
    if "hx-request" in request.headers:
        there = _sign_in_address(kind, request.headers.get("hx-current-url"))
        return Response(status_code=401, headers={"hx-redirect": there})
    if request.method in SAFE_METHODS:
        return RedirectResponse(_sign_in_address(kind, str(request.url)), 303)
    ended: Session[SomeBody] | None = getattr(request.state, "ended_session", None)
    # Of somebody who never was signed in nothing is kept, so nothing is read.
    unsent = await _typed(request) if ended else None
    is_kept = (
        unsent is not None and ended is not None and await _keep_unsent(request, ended, unsent)
    )
    return page(
        request,
        "identity/sign_in_again.html",
        status=401,
        session=None,
        is_kept=is_kept,
        sign_in_url=_sign_in_address(kind, request.headers.get("referer")),
    )


def unsent_of(portal: Portal, visit: Session[SomeBody]) -> Unsent | None:
    """The form that waits in this session to be sent again."""
    sealed = visit.kept.get(UNSENT)
    if not sealed:
        return None
    try:
        opened = portal.cipher.open(base64.b64decode(sealed), UNSENT_PURPOSE)
    except (InvalidTag, ValueError):
        return None
    return Unsent(opened["path"], tuple((name, value) for name, value in opened["fields"]))


def local_path(address: str | None, fallback: str) -> str:
    """Path and query of an address of ours, for `next`; `fallback` for anything else."""
    if not address or len(address) > LONGEST_PATH or "\\" in address or not address.isprintable():
        return fallback
    try:
        parts = urlsplit(address)
    except ValueError:
        return fallback
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return fallback
    return address


def _sign_in_address(kind: Kind, came_from: str | None) -> str:
    try:
        parts = urlsplit(came_from or "")
    except ValueError:  # whoever asks may say anything of where they come from
        return PLACES[kind]
    path = local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, HOMES[kind])
    if path == HOMES[kind] or path.startswith(PLACES[kind]):
        return PLACES[kind]
    return f"{PLACES[kind]}?{urlencode({'next': path})}"


async def _principal_of(
    session: AsyncSession, portal: Portal, who: Identified
) -> ResidentPrincipal | OfficerPrincipal:
    if who.person is not None:
        resident_id = await find_or_add_resident(session, portal, who.person)
        return ResidentPrincipal(resident_id, who.person.name)
    officer = await find_officer(session, who.officer_id or "")
    if officer is None:
        raise SignInFailed(
            Words(
                "这个账号还没有岗位，请联系本部门管理员开通。",
                "This account has no post yet; ask your department's administrator for one.",
            )
        )
    return officer


def _carried(
    before: Session[SomeBody], principal: ResidentPrincipal | OfficerPrincipal
) -> dict[str, Any]:
    """What goes on into the new session: a visitor's answers, or one's own unsent form."""
    if isinstance(before.principal, Visitor):
        return {key: value for key, value in before.kept.items() if key != SIGNING_IN}
    same_person = _identity(before.principal) == _identity(principal)
    return {UNSENT: before.kept[UNSENT]} if same_person and UNSENT in before.kept else {}


def _identity(principal: SomeBody) -> object:
    match principal:
        case ResidentPrincipal(resident_id=resident_id):
            return resident_id
        case OfficerPrincipal(id=officer_id):
            return officer_id
    return None


async def _typed(request: Request) -> Unsent | None:
    form: FormData = await request.form()
    fields = [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and name != TOKEN_FIELD
    ]
    size = sum(len(name) + len(value.encode(errors="replace")) for name, value in fields)
    path = local_path(request.url.path, "")
    if not fields or not path or size > LARGEST_UNSENT_BYTES:
        return None
    return Unsent(path, tuple(fields))


async def _keep_unsent(request: Request, ended: Session[SomeBody], unsent: Unsent) -> bool:
    portal = portal_of(request)
    database: Database = request.app.state.database
    content = {"path": unsent.path, "fields": [list(field) for field in unsent.fields]}
    try:
        sealed = portal.cipher.seal(content, UNSENT_PURPOSE)
    except TypeError:  # a lone surrogate: no JSON text can hold it
        return False
    async with database.transaction() as session:
        await keep(session, portal, ended, **{UNSENT: base64.b64encode(sealed).decode()})
    return True
