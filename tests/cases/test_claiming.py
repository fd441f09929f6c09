"""Two officers never hold one task, whatever they press at the same moment."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app.cases.claiming import LEASE, Taken, claim, claim_many, claim_next, release
from app.cases.desks import Desk
from app.cases.portal import Portal
from app.database import Database
from app.errors import Conflict, NotFound
from app.settings import Settings
from tests.cases.many_tasks import fill_desks
from tests.residents.people import make_portal

COUNTY = "331002"
ANNA = Desk("anna", "public-security", COUNTY)
BEN = Desk("ben", "public-security", COUNTY)


def colleague(number: int) -> Desk:
    return Desk(f"officer-{number}", "public-security", COUNTY)


@pytest.fixture
async def free(database: Database) -> list[UUID]:
    """The ids of thirty free tasks in the order of their promise."""
    async with database.transaction() as session:
        await fill_desks(session, "public-security", 30, (COUNTY,))
        await session.execute(
            text("UPDATE tasks SET state = 'open', officer_id = NULL, claimed_until = NULL")
        )
        found = await session.scalars(text("SELECT id FROM tasks ORDER BY promised_on, id"))
        return list(found)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


async def holder(database: Database, task: UUID) -> tuple[str, str | None, int]:
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("SELECT state, officer_id, fence FROM tasks WHERE id = :id"), {"id": task}
            )
        ).one()
        return row.state, row.officer_id, row.fence


async def take(database: Database, desk: Desk, task: UUID) -> str:
    try:
        async with database.transaction() as session:
            await claim(session, desk, task)
    except Taken:
        return ""
    return desk.officer_id


async def test_of_twenty_officers_who_claim_one_task_at_once_one_gets_it(
    database: Database, free: list[UUID]
):
    task = free[0]
    tries = [take(database, colleague(number), task) for number in range(20)]
    winners = [who for who in await asyncio.gather(*tries) if who]
    assert len(winners) == 1
    assert await holder(database, task) == ("claimed", winners[0], 1)


async def test_of_twenty_officers_who_want_the_next_each_gets_another(
    database: Database, portal: Portal, free: list[UUID]
):
    async def want(number: int) -> UUID | None:
        async with database.transaction() as session:
            got = await claim_next(session, portal, colleague(number))
            await asyncio.sleep(0.02)  # hold the row while the others look
            return got.task_id if got else None

    got = [task for task in await asyncio.gather(*map(want, range(20))) if task]
    assert len(got) == len(set(got)) == 20
    assert set(got) <= set(free[:28])  # the nearest promises, in spite of the race


async def test_bulk_claims_that_overlap_share_the_tasks_without_waiting_for_each_other(
    database: Database, free: list[UUID]
):
    async def grab(desk: Desk, tasks: list[UUID]) -> tuple[UUID, ...]:
        async with database.transaction() as session:
            return await claim_many(session, desk, tasks)

    annas, bens = await asyncio.gather(
        grab(ANNA, free[:20]), grab(BEN, list(reversed(free[10:30])))
    )
    assert not set(annas) & set(bens)
    assert set(annas) | set(bens) == set(free)


async def test_a_claim_is_one_statement_and_lasts_ten_minutes(
    database: Database, free: list[UUID], statements: list[str]
):
    async with database.transaction() as session:
        await session.execute(text("SELECT 1"))
        statements.clear()
        got = await claim(session, ANNA, free[0])
        assert len(statements) == 1
        now = await session.scalar(text("SELECT now()"))
    assert got.until - now == LEASE == timedelta(minutes=10)


async def test_claiming_again_keeps_the_fence_and_a_takeover_raises_it(
    database: Database, free: list[UUID]
):
    async with database.transaction() as session:
        first = await claim(session, ANNA, free[0])
        again = await claim(session, ANNA, free[0])
        assert first.fence == again.fence == 1
        with pytest.raises(Taken):
            await claim(session, BEN, free[0])
        await session.execute(
            text("UPDATE tasks SET claimed_until = now() - interval '1 s' WHERE id = :id"),
            {"id": free[0]},
        )
        taken_over = await claim(session, BEN, free[0])
        assert taken_over.fence == 2
        with pytest.raises(Conflict):
            await release(session, ANNA, free[0])


async def test_a_released_task_is_free_for_others(database: Database, free: list[UUID]):
    async with database.transaction() as session:
        await claim(session, ANNA, free[0])
        await release(session, ANNA, free[0])
    assert await holder(database, free[0]) == ("open", None, 2)
    assert await take(database, BEN, free[0]) == "ben"


@pytest.mark.parametrize(
    "stranger",
    [Desk("anna", "township", COUNTY), Desk("anna", "public-security", "331004")],
)
async def test_work_of_others_does_not_exist(
    database: Database, portal: Portal, free: list[UUID], stranger: Desk
):
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await claim(session, stranger, free[0])
        assert await claim_many(session, stranger, free) == ()
        assert await claim_next(session, portal, stranger) is None
    assert await holder(database, free[0]) == ("open", None, 0)


@pytest.mark.parametrize(("state", "said"), [("done", "done already"), ("paused", "waiting")])
async def test_what_needs_nobody_cannot_be_claimed(
    database: Database, free: list[UUID], state: str, said: str
):
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE tasks SET state = :state WHERE id = :id"), {"state": state, "id": free[0]}
        )
        with pytest.raises(Conflict, match=said):
            await claim(session, ANNA, free[0])
