"""Carries a submitted case to its end: real worker and departments, officers at their desks."""

import asyncio
import time
from uuid import UUID

from sqlalchemy import text

from app.main import create_app
from tests.caseworkers.test_every_service_at_a_desk import next_task, work
from tests.faults.city import FINAL, City

SECONDS = 60


async def to_the_end(city: City, number: str) -> dict[str, str]:
    """Wait for the departments and grant what comes to a desk; out: the state of every step."""
    desks = create_app(city.settings, city.database, parts=("app.identity", "app.caseworkers"))
    desks.state.portal = city.portal
    case_id = await case_of(city, number)
    until = time.monotonic() + SECONDS
    states: dict[str, str] = {}
    while time.monotonic() < until:
        while task := await next_task(city.database, case_id):
            await work(desks, city.database, task)
        states = await states_of(city, case_id)
        if set(states.values()) <= FINAL:
            return states
        await asyncio.sleep(0.2)
    raise AssertionError(f"after {SECONDS} s: {states}\n{city.lines()[-3000:]}")


async def case_of(city: City, number: str) -> UUID:
    """The id of the case of that number."""
    async with city.database.transaction() as session:
        found = await session.scalar(text("SELECT id FROM cases WHERE number = :n"), {"n": number})
    assert isinstance(found, UUID)
    return found


async def states_of(city: City, case_id: UUID) -> dict[str, str]:
    """Every step of a case and how it stands."""
    async with city.database.transaction() as session:
        rows = await session.execute(
            text("SELECT key, state FROM steps WHERE case_id = :id"), {"id": case_id}
        )
        return {row.key: row.state for row in rows}
