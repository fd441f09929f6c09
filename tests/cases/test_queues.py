"""Queues: what an officer sees, in which order, page by page, and how quickly."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.cases.claiming import claim_next
from app.cases.desks import Desk
from app.cases.ids import new_case_number
from app.cases.portal import Portal
from app.cases.queues import PAGE_ROWS, QueueRow, Wanted, count_work, queue_page
from app.catalogue import load
from app.errors import Invalid
from app.integration.field_cipher import FieldCipher
from app.settings import Settings
from tests.cases.many_tasks import COUNTIES, fill_desks
from tests.residents.people import make_portal

MINE = Desk("officer-3", "public-security", COUNTIES[0])
CITY = Desk("officer-3", "public-security", "")
FILTERS = (
    Wanted(),
    Wanted(newest_first=True),
    Wanted(life_event="school"),
    Wanted(service="change-address"),
    Wanted(standing="open"),
    Wanted(standing="mine"),
    Wanted(standing="waiting"),
    Wanted(risk="overdue"),
    Wanted(risk="today"),
    Wanted(risk="soon"),
    Wanted(service="register-newborn", standing="open", risk="soon"),
)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


@pytest.fixture
async def full(session: AsyncSession) -> AsyncSession:
    await fill_desks(session, "public-security", 3_000)
    await fill_desks(session, "township", 300, number="TZ-OTHER")
    return session


async def read_all(
    session: AsyncSession, portal: Portal, desk: Desk, wanted: dict[str, Any]
) -> list[QueueRow]:
    """Every row, page after page, as somebody who presses 下一页."""
    rows: list[QueueRow] = []
    after = ""
    while True:
        page = await queue_page(session, portal, desk, Wanted(**wanted, after=after))
        assert len(page.rows) <= PAGE_ROWS
        rows += page.rows
        if page.next is None:
            return rows
        after = page.next


async def expected(session: AsyncSession, where: str) -> int:
    found = await session.scalar(
        text(f"SELECT count(*) FROM tasks WHERE authority_id = 'public-security' AND {where}")  # noqa: S608
    )
    return int(found or 0)


async def test_an_officer_sees_the_undone_work_of_the_own_authority_and_county(
    full: AsyncSession, portal: Portal
):
    rows = await read_all(full, portal, MINE, {})
    assert len(rows) == await expected(full, f"state <> 'done' AND county = '{MINE.county}'")
    assert {row.county for row in rows} == {MINE.county}
    assert all(row.case_number.startswith("TZ-MANY") for row in rows)


async def test_an_officer_of_the_whole_city_sees_every_county(full: AsyncSession, portal: Portal):
    rows = await read_all(full, portal, CITY, {})
    assert len(rows) == await expected(full, "state <> 'done'") > 2_000
    assert {row.county for row in rows} == set(COUNTIES)


@pytest.mark.parametrize("newest_first", [False, True])
async def test_pages_follow_each_other_without_gap_or_repeat_in_both_directions(
    full: AsyncSession, portal: Portal, newest_first: bool
):
    wanted = {"newest_first": newest_first}
    forward = await read_all(full, portal, MINE, wanted)
    keys = [(row.promised_on, row.task_id) for row in forward]
    assert keys == sorted(set(keys), reverse=newest_first)
    page = await queue_page(full, portal, MINE, Wanted(**wanted))
    assert page.previous is None
    second = await queue_page(full, portal, MINE, Wanted(**wanted, after=page.next or ""))
    back = await queue_page(full, portal, MINE, Wanted(**wanted, before=second.previous or ""))
    assert back.rows == page.rows
    assert back.previous is None
    assert back.next == page.next


async def test_filters_choose_what_they_say(full: AsyncSession, portal: Portal):
    today = portal.today()
    soon = today + timedelta(days=10)

    async def rows(**wanted: Any) -> list[QueueRow]:
        found = await read_all(full, portal, CITY, wanted)
        assert found
        return found

    assert {row.life_event.zh for row in await rows(life_event="school")} == {"school"}
    assert {row.service.zh for row in await rows(service="change-address")} == {"change-address"}
    assert {row.holder for row in await rows(standing="open")} <= {"nobody", "me"}
    assert {row.holder for row in await rows(standing="mine")} == {"me"}
    assert {row.holder for row in await rows(standing="waiting")} == {"resident"}
    assert {row.risk for row in await rows(risk="overdue")} == {"overdue"}
    assert {row.promised_on for row in await rows(risk="today")} == {today}
    assert {row.risk for row in await rows(risk="soon")} == {"soon"}
    assert all(today < row.promised_on < soon for row in await rows(risk="soon"))
    both = await rows(service="change-address", risk="overdue", standing="open")
    assert len(both) == await expected(
        full,
        f"service_id = 'change-address' AND promised_on < '{today}'"
        " AND (state = 'open' OR state = 'claimed' AND claimed_until < now())",
    )


async def test_a_case_is_found_by_its_number_however_it_is_typed(
    full: AsyncSession, portal: Portal
):
    number = new_case_number()
    await full.execute(
        text("UPDATE tasks SET case_number = :n, state = 'open' WHERE case_number = 'TZ-MANY-8'"),
        {"n": number},
    )
    county = COUNTIES[8 % len(COUNTIES)]
    typed = Wanted(number=f" {number.lower().replace('-', ' ')} ")
    there = await queue_page(full, portal, Desk("x", "public-security", county), typed)
    assert [row.case_number for row in there.rows] == [number]
    elsewhere = await queue_page(full, portal, Desk("x", "public-security", COUNTIES[1]), typed)
    other = await queue_page(full, portal, Desk("x", "township", ""), typed)
    assert elsewhere.rows == other.rows == ()
    nonsense = await queue_page(full, portal, CITY, Wanted(number="'; DROP TABLE tasks --"))
    assert nonsense.rows == ()


@pytest.mark.parametrize(
    "cursor", ["x", "2026-11-23", "2026-11-23_x", "_", "2026-13-01_" + "0" * 32]
)
async def test_a_cursor_that_is_not_ours_is_refused_in_a_sentence(
    session: AsyncSession, portal: Portal, cursor: str
):
    with pytest.raises(Invalid, match="page address"):
        await queue_page(session, portal, MINE, Wanted(after=cursor))


async def test_the_workbench_counts_with_one_statement_and_never_far(
    full: AsyncSession, portal: Portal, statements: list[str]
):
    statements.clear()
    counts = await count_work(full, portal, CITY)
    assert len(statements) == 1
    assert counts.open == 1001  # more than a thousand: not counted further
    assert counts.waiting == await expected(full, "state = 'paused'")
    assert counts.overdue == await expected(
        full, f"state IN ('open', 'claimed') AND promised_on < '{portal.today()}'"
    )
    assert counts.mine == await expected(full, "state = 'claimed' AND officer_id = 'officer-3'")


@pytest.mark.parametrize("wanted", FILTERS)
async def test_each_page_is_one_statement(
    full: AsyncSession, portal: Portal, statements: list[str], wanted: Wanted
):
    statements.clear()
    await queue_page(full, portal, MINE, wanted)
    assert len(statements) == 1


async def test_what_is_promised_by_the_hour_stands_first_and_is_taken_first(
    full: AsyncSession, settings: Settings
):
    portal = Portal(load(), FieldCipher(settings.field_key_bytes()), settings)
    desk = Desk("officer-3", "township", "")
    two = (
        await full.scalars(
            text("""
                UPDATE tasks SET promised_on = current_date + 1,
                    promised_at = now() + make_interval(hours => 24 - CAST(ranked.n AS int))
                FROM (SELECT id, row_number() OVER (ORDER BY promised_on DESC, id) AS n
                      FROM tasks WHERE authority_id = 'township' AND state = 'open' LIMIT 2
                     ) AS ranked
                WHERE tasks.id = ranked.id RETURNING tasks.id
            """)
        )
    ).all()
    page = await queue_page(full, portal, desk, Wanted())
    assert {row.task_id for row in page.rows[:2]} == set(two)
    assert [row.risk for row in page.rows[:2]] == ["today", "today"]
    assert page.rows[2].risk == "overdue"
    assert len({row.task_id for row in page.rows}) == len(page.rows)
    taken = await claim_next(full, portal, desk)
    assert taken is not None
    assert taken.task_id == page.rows[0].task_id


@pytest.mark.slow
async def test_every_filter_is_served_by_an_index_among_a_hundred_thousand(
    session: AsyncSession, portal: Portal, sent: list[tuple[str, Any]]
):
    await fill_desks(session, "public-security", 100_000)
    await session.execute(text("ANALYZE tasks"))
    connection = await session.connection()
    for desk in (MINE, CITY):
        middle = await queue_page(session, portal, desk, Wanted(risk="soon"))
        cursors = (Wanted(after=middle.next or ""), Wanted(before=middle.next or ""))
        number = Wanted(number=new_case_number())
        for wanted in (*FILTERS, *cursors, number):
            sent.clear()
            await queue_page(session, portal, desk, wanted)
            statement, values = sent[-1]
            plan = str(
                (await connection.exec_driver_sql(f"EXPLAIN {statement}", values)).scalars().all()
            )
            assert "Seq Scan" not in plan, (desk, wanted, plan)
            assert "Sort" not in plan or wanted.number or "Incremental" in plan, (wanted, plan)
        sent.clear()
        await count_work(session, portal, desk)
        statement, values = sent[-1]
        plan = str(
            (await connection.exec_driver_sql(f"EXPLAIN {statement}", values)).scalars().all()
        )
        assert "Seq Scan" not in plan, plan


@pytest.fixture
def sent(engine: AsyncEngine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its values that was sent since the test began."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        seen.append((statement, values))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine.sync_engine, "before_cursor_execute", note)
