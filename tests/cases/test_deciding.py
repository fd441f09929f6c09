"""Decisions: made once, by the officer who holds the task, on a result that can be given out."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import deciding
from app.cases.applying import withdraw
from app.cases.claiming import Taken, claim, release
from app.cases.desks import Desk
from app.cases.outputs import OutputNotRight
from app.cases.portal import Portal
from app.cases.timeline import first_break
from app.database import Database
from app.errors import AlreadyDecided, Conflict, NotComplete, NotFound, PortalError, StaleForm
from app.settings import Settings
from tests.cases.desk_cases import (
    ANNA,
    BEN,
    MOVE,
    POLICE,
    ROOM,
    AtDesk,
    a_stuck_case,
    get_stuck,
    taken,
    task_of,
)
from tests.cases.moving_cases import Submitted, jobs, kinds, states
from tests.residents.people import make_portal

OUTPUT = {"entry": "R-7"}
REASON, RULE = "房间不能住人。", "搬家条例第一条"


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


async def outcome(session: AsyncSession, portal: Portal, case: Submitted, key: str) -> object:
    sealed = await session.scalar(
        text("SELECT sealed_outcome FROM steps WHERE case_id = :case AND key = :key"),
        {"case": case.case_id, "key": key},
    )
    return portal.cipher.open(sealed, f"outcome:{case.case_id}") if sealed else None


async def test_a_grant_ends_the_step_and_keeps_its_output(session: AsyncSession, portal: Portal):
    at = await taken(session, portal)
    await deciding.grant(session, portal, ANNA, at.task, at.fence, OUTPUT)
    assert (await states(session, at.case))[ROOM] == "done"
    assert await outcome(session, portal, at.case, ROOM) == {"output": OUTPUT}
    row = (await session.execute(text("SELECT outcome, rule, officer_id FROM decisions"))).one()
    assert row == ("granted", "搬家条例第一条", "anna")
    task = (
        await session.execute(text("SELECT state, done_at FROM tasks ORDER BY done_at"))
    ).first()
    assert task is not None
    assert task.state == "done"
    assert await first_break(session, at.case.case_id) is None


async def test_a_refusal_carries_its_reason_and_rule(session: AsyncSession, portal: Portal):
    at = await taken(session, portal)
    await deciding.refuse(session, portal, ANNA, at.task, at.fence, f" {REASON} ", RULE)
    assert (await states(session, at.case))[ROOM] == "refused"
    assert await outcome(session, portal, at.case, ROOM) == {"reason": REASON, "rule": RULE}
    sealed = await session.scalar(text("SELECT sealed_reason FROM decisions"))
    assert portal.cipher.open(sealed, f"reason:{at.case.case_id}") == {"reason": REASON}
    assert REASON.encode() not in sealed


@pytest.mark.parametrize(
    ("reason", "rule"), [("", RULE), ("不行", RULE), (REASON, " "), ("x" * 2001, RULE)]
)
async def test_a_refusal_without_reason_or_rule_is_not_one(
    session: AsyncSession, portal: Portal, reason: str, rule: str
):
    at = await taken(session, portal)
    with pytest.raises(NotComplete):
        await deciding.refuse(session, portal, ANNA, at.task, at.fence, reason, rule)
    assert (await states(session, at.case))[ROOM] == "at-desk"


async def test_an_output_that_is_not_complete_decides_nothing(
    session: AsyncSession, portal: Portal
):
    at = await taken(session, portal)
    with pytest.raises(OutputNotRight) as refused:
        await deciding.grant(session, portal, ANNA, at.task, at.fence, {"entry": "  "})
    assert refused.value.corrections[0].message.zh == "请填写登记号。"
    assert await session.scalar(text("SELECT count(*) FROM decisions")) == 0
    await deciding.grant(session, portal, ANNA, at.task, at.fence, OUTPUT)


async def test_deciding_takes_four_statements(
    session: AsyncSession, portal: Portal, statements: list[str]
):
    at = await taken(session, portal)
    statements.clear()
    await deciding.grant(session, portal, ANNA, at.task, at.fence, OUTPUT)
    assert len(statements) == 4, statements
    other = await task_of(session, at.case, "register-room:2")
    fence = (await claim(session, ANNA, other)).fence
    statements.clear()
    await deciding.refuse(session, portal, ANNA, other, fence, REASON, RULE)
    assert len(statements) == 4


async def test_of_two_decisions_at_the_same_moment_one_is_made(database: Database, portal: Portal):
    async with database.transaction() as session:
        at = await taken(session, portal)

    async def decide(grants: bool) -> str:
        try:
            async with database.transaction() as session:
                if grants:
                    await deciding.grant(session, portal, ANNA, at.task, at.fence, OUTPUT)
                else:
                    await deciding.refuse(session, portal, ANNA, at.task, at.fence, REASON, RULE)
        except AlreadyDecided as refusal:
            return refusal.what.zh
        return ""

    said = await asyncio.gather(*(decide(number % 2 == 0) for number in range(8)))
    assert said.count("") == 1
    assert all("决定：" in sentence for sentence in said if sentence)
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM decisions")) == 1
        assert (await states(session, at.case))[ROOM] in {"done", "refused"}
        history = await kinds(session, at.case)
        assert history.count("granted") + history.count("denied") == 1
        assert await first_break(session, at.case.case_id) is None


async def test_two_officers_on_two_steps_of_one_case_do_not_block_each_other_for_good(
    database: Database, portal: Portal
):
    async with database.transaction() as session:
        first = await taken(session, portal, ANNA)
        other = await task_of(session, first.case, "register-room:2")
        fence = (await claim(session, BEN, other)).fence

    async def decide(desk: Desk, at: AtDesk) -> None:
        async with database.transaction() as session:
            await deciding.grant(session, portal, desk, at.task, at.fence, OUTPUT)

    await asyncio.gather(decide(ANNA, first), decide(BEN, AtDesk(first.case, other, fence)))
    async with database.transaction() as session:
        assert set((await states(session, first.case)).values()) == {"done"}
        assert await first_break(session, first.case.case_id) is None


Act = Callable[[AsyncSession, Portal, Desk, AtDesk], Awaitable[object]]
ACTS: dict[str, Act] = {
    "grant": lambda s, p, desk, at: deciding.grant(s, p, desk, at.task, at.fence, OUTPUT),
    "refuse": lambda s, p, desk, at: deciding.refuse(s, p, desk, at.task, at.fence, REASON, RULE),
    "accept": lambda s, p, desk, at: deciding.accept(s, p, desk, at.task, at.fence),
    "try again": lambda s, p, desk, at: deciding.try_again(s, p, desk, at.task, at.fence),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (BEN, Taken),
        (POLICE, NotFound),
        (Desk("anna", "test-schools", "331004"), NotFound),
    ],
    ids=["a colleague", "another authority", "another county"],
)
async def test_only_who_holds_the_task_acts_on_it(
    session: AsyncSession, portal: Portal, act: Act, who: Desk, refusal: type[PortalError]
):
    at = await taken(session, portal)
    with pytest.raises(refusal):
        await act(session, portal, who, at)
    assert (await states(session, at.case))[ROOM] == "at-desk"


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
async def test_an_old_page_cannot_act_after_the_task_changed_hands(
    session: AsyncSession, portal: Portal, act: Act
):
    at = await taken(session, portal)
    await release(session, ANNA, at.task)
    await claim(session, ANNA, at.task)
    with pytest.raises(StaleForm):
        await act(session, portal, ANNA, at)


async def test_what_the_applicant_withdrew_needs_no_decision(session: AsyncSession, portal: Portal):
    at = await taken(session, portal)
    await withdraw(session, portal, at.case.number, at.case.resident_id)
    with pytest.raises(AlreadyDecided, match="no decision"):
        await deciding.grant(session, portal, ANNA, at.task, at.fence, OUTPUT)


async def test_acceptance_is_told_once(session: AsyncSession, portal: Portal):
    at = await taken(session, portal)
    await deciding.accept(session, portal, ANNA, at.task, at.fence)
    assert (await kinds(session, at.case))[-1] == "accepted"
    assert (await states(session, at.case))[ROOM] == "at-desk"
    with pytest.raises(Conflict, match="accepted already"):
        await deciding.accept(session, portal, ANNA, at.task, at.fence)


async def test_a_stuck_step_is_sent_again_or_granted_by_hand(session: AsyncSession, portal: Portal):
    case = await a_stuck_case(session, portal)
    task = await task_of(session, case, MOVE)
    fence = (await claim(session, POLICE, task)).fence
    before = await jobs(session)
    await deciding.try_again(session, portal, POLICE, task, fence)
    assert (await states(session, case))[MOVE] == "ready"
    assert await jobs(session) == before + 1
    await get_stuck(session, portal, case)
    second = await task_of(session, case, MOVE)
    fence = (await claim(session, POLICE, second)).fence
    await deciding.grant(session, portal, POLICE, second, fence, {"entry": "by hand"})
    assert (await states(session, case))[MOVE] == "done"
    assert (await states(session, case))[ROOM] == "at-desk"


async def test_only_a_stuck_step_is_sent_again(session: AsyncSession, portal: Portal):
    at = await taken(session, portal)
    with pytest.raises(Conflict):
        await deciding.try_again(session, portal, ANNA, at.task, at.fence)
