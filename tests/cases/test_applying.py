"""Submitting is one transaction of two statements, and happens once."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.cases import drafting
from app.cases.applying import submit, withdraw
from app.cases.case_files import load_case_file
from app.cases.case_store import progress
from app.cases.portal import Portal
from app.cases.timeline import first_break
from app.database import Database
from app.errors import Conflict, NotFound, StaleForm
from app.settings import Settings
from app.vocabulary.case_states import CaseState, StepState
from tests.cases.moving_cases import a_case, a_draft, jobs, kinds, states
from tests.residents.people import make_portal


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """Every statement that SQLAlchemy sent since the test began."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def test_a_case_is_there_with_steps_history_and_the_job_for_what_can_start(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    assert await states(session, case) == {
        "move-household": "ready",
        "register-room:1": "waiting",
        "register-room:2": "waiting",
    }
    assert await kinds(session, case) == ["case-submitted", "opened", "planned", "planned"]
    assert await jobs(session) == 1
    assert await first_break(session, case.case_id) is None
    assert await session.scalar(text("SELECT count(*) FROM drafts")) == 0


async def test_submitting_is_one_statement_beside_the_jobs(
    session: AsyncSession, portal: Portal, statements: list[str]
) -> None:
    draft = await a_draft(session, portal)
    del statements[:]
    await submit(session, portal, draft, draft.case_file(portal.today()), 0)
    assert len(statements) == 1


async def test_what_was_submitted_is_kept_as_it_was(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    case_file = await load_case_file(session, portal, case.case_id)
    assert case_file.answers.text("mover_name") == "林满"
    assert case_file.applicant.name == "林满"
    everything = await session.scalar(
        text(
            "SELECT string_agg(t::text, ' ') FROM (SELECT submissions::text AS t FROM submissions"
            " UNION ALL SELECT cases::text FROM cases UNION ALL SELECT steps::text FROM steps"
            " UNION ALL SELECT timeline::text FROM timeline) AS rows"
        )
    )
    assert "林满" not in everything
    assert "11010519491231002X" not in everything
    assert "林*" in everything


async def test_pressing_twice_gives_the_same_number(session: AsyncSession, portal: Portal) -> None:
    draft = await a_draft(session, portal)
    case_file = draft.case_file(portal.today())
    first = await submit(session, portal, draft, case_file, 0)
    assert await submit(session, portal, draft, case_file, 0) == first
    assert await session.scalar(text("SELECT count(*) FROM steps")) == 3


async def test_a_draft_that_was_changed_meanwhile_is_not_submitted(
    session: AsyncSession, portal: Portal
) -> None:
    draft = await a_draft(session, portal)
    newer = draft.answers.with_values({"note": "改了"})
    await drafting.save_page(session, portal, draft, 0, "home", newer, "done")
    with pytest.raises(StaleForm):
        await submit(session, portal, draft, draft.case_file(portal.today()), 0)
    assert await session.scalar(text("SELECT count(*) FROM steps")) == 0


async def test_eight_at_once_make_one_case(database: Database, portal: Portal) -> None:
    async with database.transaction() as session:
        draft = await a_draft(session, portal)
    case_file = draft.case_file(portal.today())

    async def press() -> str:
        async with database.transaction() as session:
            return await submit(session, portal, draft, case_file, 0)

    numbers = await asyncio.gather(*(press() for _ in range(8)))
    assert set(numbers) == {draft.number}
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM steps")) == 3
        assert await session.scalar(text("SELECT count(*) FROM submissions")) == 1
        assert await jobs(session) == 1


async def test_what_is_rolled_back_leaves_neither_case_nor_job(
    database: Database, portal: Portal
) -> None:
    async with database.transaction() as session:
        draft = await a_draft(session, portal)

    async def submit_and_fail() -> None:
        async with database.transaction() as session:
            await submit(session, portal, draft, draft.case_file(portal.today()), 0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await submit_and_fail()
    async with database.transaction() as session:
        assert await jobs(session) == 0
        assert await session.scalar(text("SELECT state FROM cases")) == "draft"
        assert await session.scalar(text("SELECT count(*) FROM drafts")) == 1


async def test_withdrawing_ends_a_case_that_no_department_has(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    await withdraw(session, portal, case.number, case.resident_id)
    seen = await progress(session, portal, case.number, case.resident_id)
    assert seen.state is CaseState.WITHDRAWN
    assert {step.state for step in seen.steps} == {StepState.WITHDRAWN}
    assert seen.timeline[-1].kind == "case-closed"
    assert await first_break(session, case.case_id) is None
    with pytest.raises(Conflict):
        await withdraw(session, portal, case.number, case.resident_id)


async def test_nobody_elses_case_can_be_seen_or_withdrawn(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    stranger = case.case_id
    with pytest.raises(NotFound):
        await withdraw(session, portal, case.number, stranger)
    with pytest.raises(NotFound):
        await progress(session, portal, case.number, stranger)


async def test_a_changed_history_is_found(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    await session.execute(
        text("UPDATE timeline SET actor = 'officer:x' WHERE case_id = :id AND seq = 2"),
        {"id": case.case_id},
    )
    assert await first_break(session, case.case_id) == 2


async def test_a_shortened_history_is_found(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    await session.execute(
        text("DELETE FROM timeline WHERE case_id = :id AND seq = 4"), {"id": case.case_id}
    )
    assert await first_break(session, case.case_id) == 4
