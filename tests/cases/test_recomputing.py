"""A new line reckons all grants again: killed anywhere, by many at once, each exactly once."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.locked import lock_case
from app.cases.moving import note
from app.cases.portal import Portal
from app.cases.rate_watch import changed_parameters, hang_on, hang_together, notice
from app.cases.recomputing import (
    open_ones,
    open_recomputation,
    progress_of,
    recompute_chunk,
    work_through,
)
from app.cases.timeline import first_break
from app.database import Database
from app.settings import Settings
from tests.cases.granted_cases import LINE, LIVING, NURSING, Kind, city_portal, line_of, many_grants

MOST_KILLS = 15
DAY, NEW_YEAR = date(2026, 11, 28), date(2027, 1, 1)
POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}
CARE: dict[str, Any] = {
    "disability_grade": "1",
    "disability_class": "limb",
    "self_care": "basic",
    "cared_at": "home",
    "paid_already": [],
}
SUBSIDY, NURSED = Kind(LIVING, POOR), Kind(NURSING, CARE)


def family(income: int, people: int) -> Kind:
    """A family on the minimum living guarantee."""
    facts = {"relief_status": "none", "income_per_head": income, "people": people}
    return Kind("grant-minimum-living", facts)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return city_portal(settings)


async def one(session: AsyncSession, grant: UUID) -> Any:
    found = await session.execute(text("SELECT * FROM grants WHERE id = :id"), {"id": grant})
    return found.one()


async def changes(session: AsyncSession, grant: UUID) -> list[Any]:
    found = await session.execute(
        text("SELECT * FROM reckonings WHERE grant_id = :id AND changed"), {"id": grant}
    )
    return list(found)


async def test_one_change_of_the_line_moves_every_grant_that_hangs_on_it(
    session: AsyncSession, portal: Portal
):
    poor, nursed, kept = await many_grants(session, portal, [SUBSIDY, NURSED, family(700, 3)], DAY)
    line = line_of("1100", NEW_YEAR)
    assert await notice(session, portal, DAY, line) == []
    opened = await notice(session, portal, date(2026, 11, 30), line_of("1100", date(2026, 11, 29)))
    assert len(opened) == 1
    await recompute_chunk(session, portal, opened[0], proposed=line_of("1100", date(2026, 11, 29)))
    now = await progress_of(session, opened[0])
    assert (now.cause, now.total, now.processed, now.failed, now.pending) == (
        f"parameter:{LINE}",
        2,
        2,
        0,
        0,
    )
    family_ = await one(session, kept)
    assert (family_.amount, family_.to_confirm) == (Decimal("1200.00"), None)
    subsidy = await one(session, poor)
    # The share of 30 % is not confirmed, so the new amount is told and not granted.
    assert (subsidy.amount, subsidy.to_confirm) == (Decimal("312.30"), Decimal("330.00"))
    assert (await one(session, nursed)).reckoned_on == DAY
    told = (await changes(session, kept))[0]
    assert (told.before, told.after) == (Decimal("1023.00"), Decimal("1200.00"))
    assert told.explanation["rule"]["title"][0] == "台州市最低生活保障有关规定"
    assert told.explanation["from"] == "2026-11-29"
    value = told.explanation["values"][0]
    assert (value["was"], value["value"], value["source"]) == ("1041", "1100", "台民发〔测试〕1号")


async def test_a_value_that_is_reckoned_with_is_not_noticed_again(
    session: AsyncSession, portal: Portal
):
    await many_grants(session, portal, [SUBSIDY, family(700, 3)], DAY)
    line = line_of("1100", DAY)
    opened = await notice(session, portal, DAY, line)
    assert await notice(session, portal, DAY, line) == opened
    await recompute_chunk(session, portal, opened[0], proposed=line)
    assert await notice(session, portal, DAY, line) == []
    assert await changed_parameters(session, portal, DAY) == (LINE,)


async def test_every_month_all_are_asked_again_once(session: AsyncSession, portal: Portal):
    (nursed,) = await many_grants(session, portal, [NURSED], DAY)
    assert await notice(session, portal, DAY) == []
    opened = await notice(session, portal, date(2026, 12, 2))
    assert [(await progress_of(session, each)).cause for each in opened] == ["month:2026-12"]
    await recompute_chunk(session, portal, opened[0])
    assert (await one(session, nursed)).reckoned_on == date(2026, 12, 2)
    assert await changes(session, nursed) == []
    assert await notice(session, portal, date(2026, 12, 3)) == []


async def test_an_age_that_is_reached_counts_from_the_next_month(
    session: AsyncSession, portal: Portal
):
    ninety = Kind("pay-old-age-allowance", {}, born="1936-12-15")
    (grant,) = await many_grants(session, portal, [ninety], DAY)
    for day in (date(2026, 12, 1), date(2027, 1, 1)):
        for each in await notice(session, portal, day):
            await recompute_chunk(session, portal, each)
    found = await one(session, grant)
    assert (found.amount, found.to_confirm) == (Decimal("60.00"), Decimal("100.00"))


async def test_a_grant_that_cannot_be_reckoned_fails_alone_and_may_be_tried_again(
    session: AsyncSession, portal: Portal
):
    grants = await many_grants(session, portal, [SUBSIDY, SUBSIDY, SUBSIDY], DAY)
    await session.execute(
        text("UPDATE grants SET sealed_facts = 'x' || sealed_facts WHERE id = :id"),
        {"id": grants[1]},
    )
    opened = await hang_on(session, portal, LINE, DAY)
    assert opened is not None
    await recompute_chunk(session, portal, opened)
    now = await progress_of(session, opened)
    assert (now.total, now.processed, now.failed, now.pending) == (3, 2, 1, 0)
    broken = await one(session, grants[1])
    assert (broken.state, broken.why, broken.amount) == (
        "in-question",
        "unreadable",
        Decimal("312.30"),
    )
    await session.execute(
        text("UPDATE grants SET sealed_facts = substr(sealed_facts, 2) WHERE id = :id"),
        {"id": grants[1]},
    )
    again = await open_recomputation(session, "desk:anna:1", DAY, "state = 'in-question'")
    assert again is not None
    await recompute_chunk(session, portal, again)
    now = await progress_of(session, again)
    assert (now.total, now.processed, now.failed) == (1, 1, 0)
    assert (await one(session, grants[1])).state == "running"


async def test_its_rows_are_fixed_in_pieces_and_none_is_left_out(
    session: AsyncSession, portal: Portal
):
    grants = await many_grants(session, portal, [SUBSIDY] * 7 + [NURSED] * 4, DAY)
    opened = await open_recomputation(session, "month:x", DAY, "true", piece=3)
    assert opened is not None
    assert (await progress_of(session, opened)).total == 11
    taken = await session.scalars(text("SELECT grant_id FROM reckonings ORDER BY grant_id"))
    assert list(taken) == sorted(grants)


async def test_a_parameter_that_nothing_hangs_on_opens_nothing(
    session: AsyncSession, portal: Portal
):
    await many_grants(session, portal, [NURSED], DAY)
    assert await hang_on(session, portal, LINE, DAY) is None
    assert await hang_on(session, portal, "no-such-thing", DAY) is None
    assert await open_ones(session) == []
    assert await hang_together(session) == {
        "disability-nursing-basic": ("disability-nursing-subsidy",)
    }


async def test_a_grant_whose_case_somebody_is_at_waits_for_the_next_round(
    database: Database, portal: Portal
):
    async with database.transaction() as session:
        grants = await many_grants(session, portal, [SUBSIDY, SUBSIDY], DAY)
        opened = await hang_on(session, portal, LINE, DAY)
        assert opened is not None
        case = await session.scalar(
            text("SELECT case_id FROM grants WHERE id = :id"), {"id": grants[0]}
        )
    async with database.transaction() as elsewhere:
        await lock_case(elsewhere, case)
        assert await work_through(database, portal, opened) == 1
        async with database.transaction() as session:
            assert (await progress_of(session, opened)).pending == 1
    assert await work_through(database, portal, opened) == 1
    async with database.transaction() as session:
        now = await progress_of(session, opened)
        ended = await open_ones(session)
    assert (now.processed, now.pending, ended) == (2, 0, [])


async def test_the_history_of_a_case_with_several_grants_stays_whole(
    session: AsyncSession, portal: Portal
):
    kinds = [family(100 * place, 2) for place in range(9)]
    grants = await many_grants(session, portal, kinds, DAY, cases=2)
    line = line_of("1100", DAY)
    opened = await notice(session, portal, DAY, line)
    while (await recompute_chunk(session, portal, opened[0], proposed=line, chunk=4)).size:
        pass
    cases = await session.scalars(
        text("SELECT DISTINCT case_id FROM grants WHERE id = ANY(:ids)"), {"ids": grants}
    )
    for case in list(cases):
        assert await first_break(session, case) is None
        version = await session.scalar(
            text("SELECT version FROM cases WHERE id = :id"), {"id": case}
        )
        assert version in {4, 5}


def anybody(chance: random.Random) -> Kind:
    """Somebody who is granted something, or whose facts leave it open."""
    county = chance.choice(("331002", "331003", "331082"))
    kind = chance.choice(("living", "nursing", "minimum", "old", "open"))
    if kind == "living":
        status = {"relief_status": chance.choice(("near", "minimum"))}
        return Kind(LIVING, {**POOR, **status}, county=county)
    if kind == "nursing":
        levels = {"self_care": chance.choice(("total", "basic", "partly"))}
        return Kind(NURSING, {**CARE, **levels}, county=county)
    if kind == "minimum":
        return family(chance.randrange(0, 1000), chance.randrange(1, 7))
    if kind == "old":
        born = f"{chance.randrange(1930, 1946)}-05-01"
        return Kind("pay-old-age-allowance", {}, born=born, county=county)
    return Kind(LIVING, {"paid_already": []}, county=county)


def expected(kind: Kind, line: int) -> tuple[str, Decimal | None, Decimal | None]:
    """State, granted amount and amount to be confirmed, reckoned without the engine.

    The line of 1041 was granted; the new one is confirmed, the share of 30 % is not.
    """
    if kind.service == LIVING:
        if "relief_status" not in kind.facts:
            return "in-question", Decimal("312.30"), None
        new = (Decimal(line) * 30 / 100).quantize(Decimal("0.01"))
        return "running", Decimal("312.30"), None if new == Decimal("312.30") else new
    assert kind.service == "grant-minimum-living"
    income, people = kind.facts["income_per_head"], kind.facts["people"]
    assert isinstance(income, int)
    assert isinstance(people, int)
    return "running", Decimal((line - income) * people), None


async def watch_invariant(database: Database, recomputation: UUID, seen: list[int]) -> None:
    """Look again and again, from outside, that nothing is ever missing or counted twice."""
    while True:
        async with database.transaction() as session:
            row = (
                await session.execute(
                    text("""
                        SELECT total, processed, failed, pending,
                               count(*) FILTER (WHERE state = 'pending') AS really_pending,
                               count(*) FILTER (WHERE state = 'failed') AS really_failed,
                               count(*) AS really
                        FROM recomputations JOIN reckonings ON recomputation_id = id
                        WHERE id = :id GROUP BY id
                    """),
                    {"id": recomputation},
                )
            ).one()
        assert row.processed + row.failed + row.pending == row.total == row.really
        assert (row.pending, row.failed) == (row.really_pending, row.really_failed)
        seen.append(row.pending)
        if row.pending == 0:
            return
        await asyncio.sleep(0.005)


async def kill_somebody(database: Database, chance: random.Random) -> int:
    """End the connection of whoever is at work, in the middle of whatever it is; out: how many."""
    async with database.transaction() as session:
        killed = await session.scalars(
            text("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND xact_start IS NOT NULL ORDER BY random() LIMIT 1
            """)
        )
        count = sum(killed)
    await asyncio.sleep(chance.random() * 0.02)
    return count


async def keep_working(
    database: Database, portal: Portal, recomputation: UUID, line: dict[str, Any]
) -> None:
    """A worker that is started again whenever it was killed."""
    while True:
        with suppress(SQLAlchemyError, OSError):
            await work_through(database, portal, recomputation, proposed=line, chunk=13)
            async with database.transaction() as session:
                if not (await progress_of(session, recomputation)).pending:
                    return
        await asyncio.sleep(0.005)


async def times(session: AsyncSession, statement: str) -> Counter[UUID]:
    """How often each id is found."""
    return Counter(await session.scalars(text(statement)))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_random_grants_killed_anywhere_are_reckoned_once_each(
    database: Database, portal: Portal, seed: int
):
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    kinds = [anybody(chance) for _ in range(400)]
    async with database.transaction() as session:
        grants = await many_grants(session, portal, kinds, DAY, cases=150)
        # What was left open is taken for granted at first, so that the job finds it.
        await session.execute(
            text("UPDATE grants SET amount = 312.30 WHERE service_id = :s"), {"s": LIVING}
        )
    line = line_of("1100", DAY)
    async with database.transaction() as session:
        opened = await notice(session, portal, DAY, line)
    assert len(opened) == 1
    seen: list[int] = []
    watching = asyncio.create_task(watch_invariant(database, opened[0], seen))
    workers = [
        asyncio.create_task(keep_working(database, portal, opened[0], line)) for _ in range(3)
    ]
    killed = 0
    while killed < MOST_KILLS and not all(worker.done() for worker in workers):
        with suppress(DBAPIError, OSError):
            killed += await kill_somebody(database, chance)
        if watching.done() and watching.exception():
            watching = asyncio.create_task(_again(database, opened[0], seen, watching))
    await asyncio.gather(*workers)
    with suppress(DBAPIError):
        await watching
    await watch_invariant(database, opened[0], seen)
    assert killed > 0
    assert seen[-1] == 0
    async with database.transaction() as session:
        rows = {row.id: row for row in await session.execute(text("SELECT * FROM grants"))}
        counted = await times(session, "SELECT grant_id FROM reckonings")
        told = await times(session, "SELECT case_id FROM timeline WHERE kind = 'grant-reckoned'")
        changed = await times(
            session,
            "SELECT case_id FROM reckonings JOIN grants ON grants.id = grant_id WHERE changed",
        )
        for case in told:
            assert await first_break(session, case) is None
    hanging = {LIVING, "grant-minimum-living"}
    for grant, kind in zip(grants, kinds, strict=True):
        row = rows[grant]
        assert counted[grant] == (kind.service in hanging), kind
        if kind.service in hanging:
            assert (row.state, row.amount, row.to_confirm) == expected(kind, 1100), kind
    assert told == changed


async def _again(
    database: Database, recomputation: UUID, seen: list[int], before: "asyncio.Task[None]"
) -> None:
    """Watching goes on where a killed connection ended it; a broken invariant does not."""
    error = before.exception()
    if not isinstance(error, DBAPIError | OSError):
        assert error is not None
        raise error
    await watch_invariant(database, recomputation, seen)


async def test_a_line_that_changes_meanwhile_is_reckoned_with_in_the_end(
    database: Database, portal: Portal
):
    kinds = [family(10 * place, 2) for place in range(60)]
    async with database.transaction() as session:
        grants = await many_grants(session, portal, kinds, DAY)
    first, second = line_of("1100", DAY), line_of("1200", DAY)
    async with database.transaction() as session:
        (opened,) = await notice(session, portal, DAY, first)
    async with database.transaction() as session:
        await recompute_chunk(session, portal, opened, proposed=first, chunk=20)
    async with database.transaction() as session:
        assert await notice(session, portal, DAY, second) == [opened]
    await work_through(database, portal, opened, proposed=second, chunk=20)
    async with database.transaction() as session:
        (again,) = await notice(session, portal, DAY, second)
    assert again != opened
    assert await work_through(database, portal, again, proposed=second) == 60
    async with database.transaction() as session:
        assert await notice(session, portal, DAY, second) == []
        for grant, kind in zip(grants, kinds, strict=True):
            income = kind.facts["income_per_head"]
            assert isinstance(income, int)
            assert (await one(session, grant)).amount == Decimal((1200 - income) * 2)
            times = len(await changes(session, grant))
            assert times in {1, 2}


async def test_nothing_personal_is_in_history_or_explanations(
    session: AsyncSession, portal: Portal
):
    (grant,) = await many_grants(session, portal, [family(987, 5)], DAY)
    line = line_of("1100", DAY)
    (opened,) = await notice(session, portal, DAY, line)
    case_id = (await one(session, grant)).case_id
    locked = await lock_case(session, case_id)
    await note(session, portal, locked, "task-claimed", "officer:anna")
    await recompute_chunk(session, portal, opened, proposed=line)
    kept = await session.scalars(
        text("""
            SELECT detail::text FROM timeline WHERE case_id = :case
            UNION ALL SELECT explanation::text FROM reckonings WHERE grant_id = :grant
            UNION ALL SELECT cause FROM recomputations
        """),
        {"case": case_id, "grant": grant},
    )
    for sink in kept:
        assert not [word for word in ("987", "565", "270", "331002", "王小样") if word in sink], (
            sink
        )
