"""Supplements: asked once with every point, the clock stands still, answered or over."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import deciding
from app.cases.applying import withdraw
from app.cases.claiming import claim
from app.cases.deadline_watch import watch_once
from app.cases.ids import new_id
from app.cases.locked import lock_case
from app.cases.portal import Portal
from app.cases.supplementing import (
    ANSWER_WORKING_DAYS,
    OpenSupplement,
    PointAnswer,
    answer_supplement,
    answers_of,
    ask,
    lapse,
    open_supplement,
)
from app.cases.timeline import first_break
from app.database import Database
from app.errors import Conflict, NotComplete, NotFound
from app.settings import Settings
from app.vocabulary.public_service import SupplementPoint
from app.workflow.deadlines import add_working_days, working_days_between
from tests.cases.desk_cases import ANNA, MOVE, ROOM, AtDesk, taken
from tests.cases.moving_cases import Submitted, a_case, jobs, kinds, states
from tests.residents.people import NEIGHBOUR, add_resident, make_portal

POINTS = (SupplementPoint("租房合同不清楚，请重传。", "lease"), SupplementPoint("请写明搬家日期。"))
SAID = (PointAnswer("已重传。"), PointAnswer("十一月一日搬的。"))


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


async def asked(session: AsyncSession, portal: Portal) -> tuple[AtDesk, OpenSupplement]:
    at = await taken(session, portal)
    asked_id = await deciding.ask_applicant(session, portal, ANNA, at.task, at.fence, POINTS)
    return at, await read(session, portal, at.case, asked_id)


async def read(
    session: AsyncSession, portal: Portal, case: Submitted, supplement: UUID
) -> OpenSupplement:
    return await open_supplement(session, portal, case.number, case.resident_id, supplement)


async def a_file(session: AsyncSession, asked: OpenSupplement, state: str = "kept") -> UUID:
    file_id = new_id()
    await session.execute(
        text("""
            INSERT INTO evidence_files (id, case_id, supplement_id, evidence, sealed_name,
                                        media_type, state, size, blob)
            VALUES (:id, :case, :supplement, 'point:1', 'x', 'image/png', :state, 1, 'b')
        """),
        {"id": file_id, "case": asked.case_id, "supplement": asked.id, "state": state},
    )
    return file_id


async def test_the_resident_reads_every_point_at_once(session: AsyncSession, portal: Portal):
    at, request = await asked(session, portal)
    assert request.points == POINTS
    assert request.step_key == ROOM
    assert request.due_on == add_working_days(portal.today(), ANSWER_WORKING_DAYS)
    assert (await states(session, at.case))[ROOM] == "supplement"
    task = await session.execute(text("SELECT state FROM tasks WHERE id = :id"), {"id": at.task})
    assert task.scalar() == "paused"
    sealed = await session.scalar(text("SELECT sealed_points FROM supplements"))
    assert "租房合同".encode() not in sealed


async def test_the_days_of_the_pause_are_not_counted(session: AsyncSession, portal: Portal):
    at, request = await asked(session, portal)
    earlier = portal.now() - timedelta(days=9)
    await session.execute(
        text("UPDATE steps SET paused_at = :at WHERE key = :key"), {"at": earlier, "key": ROOM}
    )
    promised = text("SELECT promised_on, paused_at FROM steps WHERE key = :key")
    before = (await session.execute(promised, {"key": ROOM})).one()
    await answer_supplement(session, portal, request, at.case.resident_id, SAID)
    after = (await session.execute(promised, {"key": ROOM})).one()
    lost = working_days_between(portal.today() - timedelta(days=9), portal.today())
    assert lost >= 5
    assert after.promised_on == add_working_days(before.promised_on, lost)
    assert after.paused_at is None
    task = (
        await session.execute(
            text("SELECT state, promised_on, officer_id FROM tasks WHERE id = :id"), {"id": at.task}
        )
    ).one()
    assert task == ("open", after.promised_on, None)


async def test_an_answer_is_kept_with_its_files_and_the_step_goes_back_to_the_desk(
    session: AsyncSession, portal: Portal
):
    at, request = await asked(session, portal)
    file_id = await a_file(session, request)
    said = (PointAnswer("", (file_id,)), PointAnswer(" 十一月一日搬的。 "))
    await answer_supplement(session, portal, request, at.case.resident_id, said)
    assert (await states(session, at.case))[ROOM] == "at-desk"
    assert (await kinds(session, at.case))[-2:] == ["supplement-asked", "supplement-answered"]
    row = (await session.execute(text("SELECT state, sealed_answers FROM supplements"))).one()
    assert row.state == "answered"
    assert answers_of(portal, request.case_id, row.sealed_answers) == [
        {"text": POINTS[0].text, "answer": "", "files": [str(file_id)]},
        {"text": POINTS[1].text, "answer": "十一月一日搬的。", "files": []},
    ]
    assert await first_break(session, at.case.case_id) is None


async def test_each_point_needs_words_or_a_file(session: AsyncSession, portal: Portal):
    at, request = await asked(session, portal)
    with pytest.raises(NotComplete, match="Point 2"):
        await answer_supplement(
            session, portal, request, at.case.resident_id, (SAID[0], PointAnswer("  "))
        )
    assert (await states(session, at.case))[ROOM] == "supplement"


async def test_a_file_of_another_request_or_one_half_sent_is_no_answer(
    session: AsyncSession, portal: Portal
):
    at, request = await asked(session, portal)
    half = await a_file(session, request, "receiving")
    for strange in (half, new_id()):
        with pytest.raises(NotFound):
            await answer_supplement(
                session,
                portal,
                request,
                at.case.resident_id,
                (PointAnswer("", (strange,)), SAID[1]),
            )
    assert (await states(session, at.case))[ROOM] == "supplement"


async def test_another_resident_neither_reads_nor_answers(session: AsyncSession, portal: Portal):
    at, request = await asked(session, portal)
    stranger = await add_resident(session, portal, NEIGHBOUR)
    with pytest.raises(NotFound):
        await open_supplement(session, portal, at.case.number, stranger, request.id)
    with pytest.raises(NotFound):
        await answer_supplement(session, portal, request, stranger, SAID)


async def test_an_answer_that_is_sent_twice_is_taken_once(database: Database, portal: Portal):
    async with database.transaction() as session:
        at, request = await asked(session, portal)

    async def answer() -> bool:
        try:
            async with database.transaction() as session:
                await answer_supplement(session, portal, request, at.case.resident_id, SAID)
        except Conflict:
            return False
        return True

    assert sum(await asyncio.gather(*(answer() for _ in range(6)))) == 1
    async with database.transaction() as session:
        assert (await kinds(session, at.case)).count("supplement-answered") == 1
        with pytest.raises(Conflict, match="answered this already"):
            await read(session, portal, at.case, request.id)


async def test_only_one_request_is_open_and_a_second_round_needs_a_reason(
    session: AsyncSession, portal: Portal
):
    at, request = await asked(session, portal)
    case = await lock_case(session, at.case.case_id)
    with pytest.raises(Conflict):
        await ask(session, portal, case, case.step(ROOM), "officer:anna", POINTS)
    await answer_supplement(session, portal, request, at.case.resident_id, SAID)
    fence = (await claim(session, ANNA, at.task)).fence
    with pytest.raises(NotComplete, match="why"):
        await deciding.ask_applicant(session, portal, ANNA, at.task, fence, POINTS)
    await deciding.ask_applicant(session, portal, ANNA, at.task, fence, POINTS, "图像还是不清楚。")
    rounds = await session.execute(text("SELECT round, reason FROM supplements ORDER BY round"))
    assert [tuple(row) for row in rounds] == [(0, ""), (1, "图像还是不清楚。")]


@pytest.mark.parametrize("points", [(), POINTS * 11])
async def test_a_request_without_points_or_without_end_is_refused(
    session: AsyncSession, portal: Portal, points: tuple[SupplementPoint, ...]
):
    at = await taken(session, portal)
    with pytest.raises(NotComplete):
        await deciding.ask_applicant(session, portal, ANNA, at.task, at.fence, points)


async def test_a_department_asks_the_same_way_and_gets_the_answer_with_the_next_call(
    session: AsyncSession, portal: Portal
):
    case = await a_case(session, portal)
    locked = await lock_case(session, case.case_id)
    asked_id = await ask(
        session, portal, locked, locked.step(MOVE), "department:test-police", POINTS
    )
    before = await jobs(session)
    request = await read(session, portal, case, asked_id)
    await answer_supplement(session, portal, request, case.resident_id, SAID)
    assert (await states(session, case))[MOVE] == "ready"
    assert await jobs(session) == before + 1
    round_ = await session.scalar(text("SELECT round FROM steps WHERE key = :key"), {"key": MOVE})
    assert round_ == 1


async def test_a_request_lapses_on_the_day_after_its_last(session: AsyncSession, portal: Portal):
    at, request = await asked(session, portal)
    await lapse(session, portal, request.id)
    assert (await states(session, at.case))[ROOM] == "supplement"
    await session.execute(
        text("UPDATE supplements SET due_on = :day"), {"day": portal.today() - timedelta(days=1)}
    )
    await watch_once(session, portal)
    assert (await states(session, at.case))[ROOM] == "at-desk"
    assert "supplement-lapsed" in await kinds(session, at.case)
    with pytest.raises(Conflict, match="is over"):
        await answer_supplement(session, portal, request, at.case.resident_id, SAID)
    history = await kinds(session, at.case)
    await lapse(session, portal, request.id)
    assert await kinds(session, at.case) == history


async def test_the_request_of_a_withdrawn_step_takes_no_answer_and_lapses_quietly(
    session: AsyncSession, portal: Portal
):
    at, request = await asked(session, portal)
    await withdraw(session, portal, at.case.number, at.case.resident_id)
    with pytest.raises(Conflict, match="is over"):
        await read(session, portal, at.case, request.id)
    await session.execute(
        text("UPDATE supplements SET due_on = :day"), {"day": portal.today() - timedelta(days=1)}
    )
    await watch_once(session, portal)
    assert await session.scalar(text("SELECT state FROM supplements")) == "lapsed"
    assert (await states(session, at.case))[ROOM] == "withdrawn"
