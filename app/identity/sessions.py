"""Sessions are rows: opened, looked up with one statement, rotated, listed and ended."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import Portal
from app.identity.people import OfficerPrincipal, ResidentPrincipal, Session, SomeBody, Visitor
from app.identity.tables import OfficerRow, SessionRow
from app.wording import Words

TOKEN_BYTES = 32
NAME_PURPOSE = "session"

# OWASP Session Management: idle and absolute limits, shorter for staff.
LIFETIMES: Mapping[str, timedelta] = {
    "visitor": timedelta(hours=24),
    "resident": timedelta(hours=12),
    "officer": timedelta(hours=9),
}
IDLE_LIMITS: Mapping[str, timedelta] = {
    "visitor": timedelta(hours=24),
    "resident": timedelta(minutes=30),
    "officer": timedelta(minutes=20),
}
# What an ended session had typed is kept this long for the same person.
KEPT_AFTER_END = timedelta(hours=24)

_LOOK_UP = text("""
WITH found AS (
    SELECT s.*, o.name AS officer_name, o.authority_id, o.county, o.title_zh, o.title_en,
           s.ends_at > now()
           AND s.seen_at > now() - CASE s.kind
               WHEN 'visitor' THEN make_interval(secs => :idle_visitor)
               WHEN 'resident' THEN make_interval(secs => :idle_resident)
               ELSE make_interval(secs => :idle_officer) END
           AND (s.kind <> 'officer' OR o.active) AS alive
    FROM sessions s LEFT JOIN officers o ON o.id = s.officer_id
    WHERE s.token_hash = :id
), idle AS (
    SELECT s.token_hash FROM sessions s JOIN found f ON f.token_hash = s.token_hash
    WHERE f.alive AND :in_use AND f.seen_at < now() - interval '1 minute'
    FOR UPDATE OF s SKIP LOCKED
), seen AS (
    UPDATE sessions SET seen_at = now() WHERE token_hash IN (SELECT token_hash FROM idle)
)
SELECT * FROM found
""").columns(kept=JSONB)


@dataclass(frozen=True, slots=True)
class FoundSession:
    """What a cookie led to: a live session, or one that has ended and whose it was."""

    session: Session[SomeBody]
    alive: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of a person's open sessions as they see it in a list."""

    reference: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


NOBODY: Session[SomeBody] = Session(b"", Visitor())


def token_id(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).digest()


async def look_up(
    session: AsyncSession, portal: Portal, token: str, *, in_use: bool = True
) -> FoundSession | None:
    """The session behind a cookie, with one statement, which also notes that it is in use.

    `in_use` is False for requests that a page makes by itself: they do not keep anybody signed in.
    """
    row = (
        (
            await session.execute(
                _LOOK_UP,
                {
                    "id": token_id(token),
                    "in_use": in_use,
                    **{
                        f"idle_{kind}": limit.total_seconds() for kind, limit in IDLE_LIMITS.items()
                    },
                },
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    visit = Session(row["token_hash"], _principal(portal, row), row["csrf"], row["kept"])
    return FoundSession(visit, bool(row["alive"]))


async def open_session(
    session: AsyncSession,
    portal: Portal,
    principal: SomeBody,
    *,
    kept: Mapping[str, Any] | None = None,
    instead_of: bytes = b"",
    provider_session: str | None = None,
) -> tuple[str, Session[SomeBody]]:
    """Open a session; out: the token for the cookie, and the session. The old one is ended.

    Every sign-in and every change of who somebody is comes through here, so that a token never
    outlives the principal it was made for.
    """
    if instead_of:
        await end_session(session, instead_of)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    visit = Session(token_id(token), principal, secrets.token_urlsafe(TOKEN_BYTES), kept or {})
    now = portal.now()
    kind = kind_of(principal)
    await session.execute(
        insert(SessionRow).values(
            token_hash=visit.id,
            kind=kind,
            resident_id=getattr(principal, "resident_id", None),
            officer_id=principal.id if isinstance(principal, OfficerPrincipal) else None,
            csrf=visit.csrf,
            sealed_name=_sealed_name(portal, principal),
            kept=dict(visit.kept),
            provider_session=provider_session,
            created_at=now,
            seen_at=now,
            ends_at=now + LIFETIMES[kind],
        )
    )
    return token, visit


async def keep(
    session: AsyncSession, portal: Portal, visit: Session[SomeBody], **kept: Any
) -> tuple[str | None, Session[SomeBody]]:
    """Keep something in the visit; a value None forgets it.

    Out: a token to set as cookie where the browser had no session yet (else None), the visit.
    """
    merged = {key: value for key, value in {**visit.kept, **kept}.items() if value is not None}
    if not visit.id:
        return await open_session(session, portal, visit.principal, kept=merged)
    await session.execute(
        update(SessionRow).where(SessionRow.token_hash == visit.id).values(kept=merged)
    )
    return None, replace(visit, kept=merged)


async def end_session(session: AsyncSession, session_id: bytes) -> None:
    """End one session now."""
    await session.execute(delete(SessionRow).where(SessionRow.token_hash == session_id))


async def my_sessions(
    session: AsyncSession, portal: Portal, visit: Session[ResidentPrincipal]
) -> list[SessionLine]:
    """The open sessions of a resident, the newest first."""
    now = portal.now()
    rows = await session.execute(
        select(SessionRow.token_hash, SessionRow.created_at, SessionRow.seen_at)
        .where(
            SessionRow.resident_id == visit.principal.resident_id,
            SessionRow.ends_at > now,
            SessionRow.seen_at > now - IDLE_LIMITS["resident"],
        )
        .order_by(SessionRow.seen_at.desc())
    )
    return [
        SessionLine(reference_of(token_hash), created_at, seen_at, token_hash == visit.id)
        for token_hash, created_at, seen_at in rows
    ]


async def end_mine(
    session: AsyncSession, visit: Session[ResidentPrincipal], reference: str | None = None
) -> int:
    """End the resident's session of that reference, or all but this one; out: how many."""
    mine = await session.scalars(
        select(SessionRow.token_hash).where(
            SessionRow.resident_id == visit.principal.resident_id,
            SessionRow.token_hash != visit.id,
        )
    )
    chosen = [one for one in mine if reference is None or reference_of(one) == reference]
    if chosen:
        await session.execute(delete(SessionRow).where(SessionRow.token_hash.in_(chosen)))
    return len(chosen)


async def forget_ended(session: AsyncSession, portal: Portal) -> None:
    """Remove rows of sessions that ended long ago; run now and then."""
    await session.execute(
        delete(SessionRow).where(SessionRow.ends_at < portal.now() - KEPT_AFTER_END)
    )


async def find_officer(session: AsyncSession, officer_id: str) -> OfficerPrincipal | None:
    """The officer of that id, unless they have left their post."""
    row = await session.get(OfficerRow, officer_id)
    if row is None or not row.active:
        return None
    return OfficerPrincipal(
        row.id, row.name, row.authority_id, row.county, Words(row.title_zh, row.title_en)
    )


def kind_of(principal: SomeBody) -> str:
    """The word the row says for a principal."""
    match principal:
        case ResidentPrincipal():
            return "resident"
        case OfficerPrincipal():
            return "officer"
    return "visitor"


def reference_of(session_id: bytes) -> str:
    """A short name of a session for its owner's list; it opens nothing."""
    return hashlib.sha256(b"reference" + session_id).hexdigest()[:16]


def _sealed_name(portal: Portal, principal: SomeBody) -> bytes | None:
    if isinstance(principal, ResidentPrincipal):
        return portal.cipher.seal(principal.name, NAME_PURPOSE)
    return None


def _principal(portal: Portal, row: Mapping[Any, Any]) -> SomeBody:
    resident_id: UUID | None = row["resident_id"]
    if row["kind"] == "resident" and resident_id and row["sealed_name"]:
        return ResidentPrincipal(resident_id, portal.cipher.open(row["sealed_name"], NAME_PURPOSE))
    if row["kind"] == "officer" and row["officer_name"] is not None:
        return OfficerPrincipal(
            row["officer_id"],
            row["officer_name"],
            row["authority_id"],
            row["county"],
            Words(row["title_zh"], row["title_en"]),
        )
    return Visitor()
