"""Claim, call, record: each is a moment of its own, and nobody's late write changes anything."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.applying import withdraw
from app.cases.fulfilment import ClaimedStep, claim_step, record
from app.cases.portal import Portal
from app.cases.sweeping import sweep
from app.cases.timeline import first_break
from app.database import Database
from app.settings import Settings
from app.vocabulary.public_service import Accepted, Completed, Delivery, Refused, Unavailable
from app.workflow.retries import FAILURES_TO_OPEN
from tests.cases.moving_cases import Submitted, a_case, jobs, kinds, states, step_id
from tests.residents.people import make_portal

DONE = Completed("R-1", {"entry": "M1"})


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


async def claimed(session: AsyncSession, portal: Portal, case: Submitted) -> ClaimedStep:
    claim = await claim_step(session, portal, await step_id(session, case, "move-household"))
    assert claim is not None
    return claim


async def answered(
    session: AsyncSession, portal: Portal, case: Submitted, delivery: Delivery
) -> None:
    claim = await claimed(session, portal, case)
    assert await record(session, portal, claim, delivery)


async def make_due(session: AsyncSession, step: UUID | None = None) -> None:
    await session.execute(
        text("UPDATE steps SET due_at = now() - interval '1 hour' WHERE due_at IS NOT NULL")
    )


async def test_a_claim_has_all_that_the_call_needs(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    claim = await claimed(session, portal, case)
    assert claim.case_file.answers.text("mover_name") == "林满"
    assert claim.errand.case_number == case.number
    assert claim.errand.idempotency_key == f"{claim.id}.0"
    assert (claim.fence, claim.attempts) == (1, 1)


async def test_a_result_opens_the_desks_behind_it(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    await answered(session, portal, case, DONE)
    assert await states(session, case) == {
        "move-household": "done",
        "register-room:1": "at-desk",
        "register-room:2": "at-desk",
    }
    tasks = (await session.execute(text("SELECT * FROM tasks ORDER BY id"))).all()
    assert [(task.kind, task.state, task.county) for task in tasks] == [
        ("decide", "open", "331002")
    ] * 2
    assert tasks[0].applicant_hint == "林*"
    assert await first_break(session, case.case_id) is None


async def test_a_refusal_ends_what_hangs_on_it(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    await answered(session, portal, case, Refused("地址不对", "第一条"))
    assert set((await states(session, case)).values()) == {"refused", "not-possible"}
    assert await session.scalar(text("SELECT state FROM cases")) == "refused"
    assert (await kinds(session, case))[-1] == "case-closed"


async def test_an_accepted_step_waits_as_a_row(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    await answered(session, portal, case, Accepted("R-2"))
    assert (await states(session, case))["move-household"] == "with-department"
    assert await claim_step(session, portal, await step_id(session, case, "move-household")) is None
    await make_due(session)
    again = await claimed(session, portal, case)
    assert again.errand.idempotency_key == f"{again.id}.0"
    assert await record(session, portal, again, DONE)
    assert (await states(session, case))["move-household"] == "done"


async def test_a_late_worker_changes_nothing(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    frozen = await claimed(session, portal, case)
    await make_due(session)
    second = await claimed(session, portal, case)
    assert await record(session, portal, second, DONE)
    before = await kinds(session, case)
    assert not await record(session, portal, frozen, Refused("zu spät"))
    assert await kinds(session, case) == before
    assert (await states(session, case))["move-household"] == "done"


async def test_only_one_of_twenty_gets_the_claim(database: Database, portal: Portal) -> None:
    async with database.transaction() as session:
        case = await a_case(session, portal)
        step = await step_id(session, case, "move-household")

    async def try_it() -> bool:
        async with database.transaction() as session:
            return await claim_step(session, portal, step) is not None

    assert sum(await asyncio.gather(*(try_it() for _ in range(20)))) == 1


async def test_an_unreachable_department_is_asked_again_and_told_once(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    for _ in range(3):
        await answered(session, portal, case, Unavailable("no answer"))
        await make_due(session)
    assert (await states(session, case))["move-household"] == "ready"
    assert (await kinds(session, case)).count("unavailable") == 1


async def test_after_the_last_try_a_person_is_asked(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    for _ in range(len(portal.settings.retry_seconds) + 1):
        await answered(session, portal, case, Unavailable("no answer"))
        await session.execute(text("DELETE FROM authority_health"))
        await make_due(session)
    assert (await states(session, case))["move-household"] == "stuck"
    kind, authority = (
        await session.execute(text("SELECT kind, authority_id FROM tasks WHERE state = 'open'"))
    ).one()
    assert (kind, authority) == ("unblock", "test-police")


async def test_what_cannot_be_mended_by_asking_again_goes_to_a_person_at_once(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    await answered(session, portal, case, Unavailable("status 422", permanent=True))
    assert (await states(session, case))["move-household"] == "stuck"


async def test_a_department_that_keeps_failing_is_left_alone_and_then_tried_again(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    step = await step_id(session, case, "move-household")
    for _ in range(FAILURES_TO_OPEN):
        await answered(session, portal, case, Unavailable("no answer"))
        await make_due(session)
    attempts = await session.scalar(text("SELECT max(attempts) FROM steps"))
    assert await claim_step(session, portal, step) is None
    assert await session.scalar(text("SELECT max(attempts) FROM steps")) == attempts
    await session.execute(text("UPDATE authority_health SET open_until = now()"))
    await answered(session, portal, case, DONE)
    assert await session.scalar(text("SELECT failures FROM authority_health")) == 0


async def test_the_sweep_finds_every_step_whose_job_was_lost(
    session: AsyncSession, portal: Portal
) -> None:
    await a_case(session, portal)
    await session.execute(text("DELETE FROM pgqueuer"))
    assert await sweep(session) == 0
    await make_due(session)
    assert await sweep(session) == 1
    assert await jobs(session) == 1
    assert await sweep(session) == 0
    assert await jobs(session) == 1


async def test_a_call_under_way_survives_the_withdrawal_and_is_recorded(
    session: AsyncSession, portal: Portal
) -> None:
    case = await a_case(session, portal)
    claim = await claimed(session, portal, case)
    await withdraw(session, portal, case.number, case.resident_id)
    assert (await states(session, case))["move-household"] == "ready"
    assert await record(session, portal, claim, DONE)
    assert await states(session, case) == {
        "move-household": "done",
        "register-room:1": "withdrawn",
        "register-room:2": "withdrawn",
    }
    assert await session.scalar(text("SELECT state FROM cases")) == "partly"


async def test_nothing_is_sent_after_a_withdrawal(session: AsyncSession, portal: Portal) -> None:
    case = await a_case(session, portal)
    step = await step_id(session, case, "move-household")
    await withdraw(session, portal, case.number, case.resident_id)
    assert await claim_step(session, portal, step) is None
