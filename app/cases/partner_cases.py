"""Cases that a third-party app opened for residents whose consent stands; all in the queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import NotFound
from app.vocabulary.case_states import CaseState


@dataclass(frozen=True, slots=True)
class AppCase:
    """Where a case of an app stands. `version` is 0 for a draft; `cursor` continues a list."""

    cursor: UUID
    resident_id: UUID
    number: str
    life_event: str
    state: CaseState
    version: int
    created_at: datetime
    submitted_at: datetime | None
    promised_on: date | None
    closed_at: datetime | None


async def app_cases(
    session: AsyncSession, app_id: str, after: UUID | None, limit: int
) -> list[AppCase]:
    """The app's cases, newest first, continued `after` a cursor; one statement."""
    rows = await session.execute(_LIST, {"app": app_id, "after": after, "limit": limit})
    return [_case(row) for row in rows]


async def app_case(session: AsyncSession, number: str, app_id: str) -> AppCase:
    """One case of the app. Raises NotFound, also where the resident revoked the consent."""
    row = (await session.execute(_ONE, {"app": app_id, "number": number})).one_or_none()
    if row is None:
        raise NotFound
    return _case(row)


def _case(row: object) -> AppCase:
    return AppCase(
        **{name: getattr(row, name) for name in AppCase.__slots__ if name != "state"},
        state=CaseState(getattr(row, "state")),  # noqa: B009 - a row has no type of its own
    )


_COLUMNS = """
    SELECT cases.id AS cursor, cases.resident_id, cases.number, cases.life_event, cases.state,
           cases.version, cases.created_at, cases.submitted_at, cases.promised_on,
           cases.closed_at
    FROM cases
    WHERE cases.partner_app = :app
      AND EXISTS (SELECT FROM consents
                  WHERE consents.kind = 'partner' AND consents.subject = :app
                    AND consents.resident_id = cases.resident_id
                    AND consents.revoked_at IS NULL)
      AND NOT (cases.state = 'draft' AND EXISTS (
            SELECT FROM drafts WHERE drafts.case_id = cases.id AND drafts.expires_at < now()))
"""
_LIST = text(
    _COLUMNS
    + """
      AND (CAST(:after AS uuid) IS NULL OR cases.id < :after)
    ORDER BY cases.id DESC LIMIT :limit
    """
)
_ONE = text(_COLUMNS + " AND cases.number = :number")
