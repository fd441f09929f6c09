"""Submitted cases of the small life event, for tests of the engine."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.applying import submit
from app.cases.drafts import LoadedDraft, load_draft
from app.cases.portal import Portal
from tests.residents.people import add_resident

ANSWERS = {
    "home": "rented",
    "rooms": "2",
    "mover_name": "林满",
    "mover_id": "11010519491231002X",
    "new_home": {"county": "331002", "township": "331002001", "detail": "解放路1号"},
    "moved_on": "2026-11-01",
    "phone": "13800000001",
    "room": [{"room_use": "睡觉"}, {"room_use": "做饭"}],
    "truth": True,
}


@dataclass(frozen=True)
class Submitted:
    """A case that was submitted in a test."""

    number: str
    case_id: UUID
    resident_id: UUID


async def a_draft(session: AsyncSession, portal: Portal) -> LoadedDraft:
    """A complete draft of a resident of its own."""
    resident_id = await add_resident(session, portal)
    number = await drafting.start_draft(
        session, portal, resident_id, "moving-house", ANSWERS, "self"
    )
    return await load_draft(session, portal, number, resident_id)


async def a_case(session: AsyncSession, portal: Portal) -> Submitted:
    """A submitted case: one step ready to be called, two waiting for it at a desk."""
    draft = await a_draft(session, portal)
    number = await submit(session, portal, draft, draft.case_file(portal.today()), draft.revision)
    return Submitted(number, draft.case_id, draft.resident_id)


async def step_id(session: AsyncSession, case: Submitted, key: str) -> UUID:
    """The id of a step."""
    found = await session.scalar(
        text("SELECT id FROM steps WHERE case_id = :id AND key = :key"),
        {"id": case.case_id, "key": key},
    )
    assert isinstance(found, UUID)
    return found


async def states(session: AsyncSession, case: Submitted) -> dict[str, str]:
    """State by step key."""
    rows = await session.execute(
        text("SELECT key, state FROM steps WHERE case_id = :id"), {"id": case.case_id}
    )
    return {row.key: row.state for row in rows}


async def kinds(session: AsyncSession, case: Submitted) -> list[str]:
    """The history: kinds of its entries, in order."""
    rows = await session.scalars(
        text("SELECT kind FROM timeline WHERE case_id = :id ORDER BY seq"), {"id": case.case_id}
    )
    return list(rows)


async def jobs(session: AsyncSession) -> int:
    """How many jobs the engine holds."""
    return int(await session.scalar(text("SELECT count(*) FROM pgqueuer")) or 0)
