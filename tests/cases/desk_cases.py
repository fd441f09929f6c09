"""Cases of the small life event that have reached a desk, for tests of officers' work."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.claiming import claim
from app.cases.desks import Desk
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal
from app.vocabulary.case_states import Happening
from tests.cases.moving_cases import Submitted, a_case

COUNTY = "331002"
ANNA = Desk("anna", "test-schools", COUNTY)
BEN = Desk("ben", "test-schools", COUNTY)
POLICE = Desk("paul", "test-police", COUNTY)
ROOM = "register-room:1"
MOVE = "move-household"


@dataclass(frozen=True)
class AtDesk:
    """A case whose step waits at a desk, taken by an officer."""

    case: Submitted
    task: UUID
    fence: int


async def a_case_at_the_desk(session: AsyncSession, portal: Portal) -> Submitted:
    """Its household step is done, so that two rooms wait for a decision."""
    submitted = await a_case(session, portal)
    case = await lock_case(session, submitted.case_id)
    done = Move(MOVE, Happening.COMPLETED, "department:test-police", {"output": {"entry": "M1"}})
    await move(session, portal, case, done)
    return submitted


async def a_stuck_case(session: AsyncSession, portal: Portal) -> Submitted:
    """Its household step could not be delivered, so that a person has to look."""
    submitted = await a_case(session, portal)
    await get_stuck(session, portal, submitted)
    return submitted


async def get_stuck(session: AsyncSession, portal: Portal, submitted: Submitted) -> None:
    """The portal gives up on the household step."""
    case = await lock_case(session, submitted.case_id)
    await move(session, portal, case, Move(MOVE, Happening.GAVE_UP, "portal"))


async def task_of(session: AsyncSession, case: Submitted, key: str) -> UUID:
    """The newest task of a step."""
    found = await session.scalar(
        text("""
            SELECT tasks.id FROM tasks JOIN steps ON steps.id = tasks.step_id
            WHERE steps.case_id = :case AND steps.key = :key ORDER BY tasks.id DESC LIMIT 1
        """),
        {"case": case.case_id, "key": key},
    )
    assert isinstance(found, UUID)
    return found


async def taken(
    session: AsyncSession, portal: Portal, desk: Desk = ANNA, key: str = ROOM
) -> AtDesk:
    """A case at the desk whose task this officer has claimed."""
    case = await a_case_at_the_desk(session, portal)
    task = await task_of(session, case, key)
    return AtDesk(case, task, (await claim(session, desk, task)).fence)
