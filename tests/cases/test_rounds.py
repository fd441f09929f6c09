"""Rounds: nobody gains by being early, and nothing is given before everything is known."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.allotting import advance_round, pending_checks
from app.cases.applying import submit, withdraw
from app.cases.case_files import load_case_file
from app.cases.drafts import load_draft
from app.cases.fulfilment import ClaimedStep, claim_step, record
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal
from app.cases.round_entries import entries_of_case
from app.cases.rounds import change_round, find_round, meant_round, open_round
from app.cases.timeline import first_break
from app.database import Database
from app.errors import Conflict
from app.forms.answers import Answer, Answers
from app.settings import Settings
from app.vocabulary.case_states import Happening
from app.vocabulary.intake import Allotment, Entrant, RoundFacts
from app.vocabulary.public_service import Completed, Unavailable
from app.wording import Words
from app.workflow.soundness import event_faults
from tests.cases.moving_cases import Submitted, kinds, states, step_id
from tests.cases.summer_camp import (
    CHECK,
    GIVE_BED,
    INTAKE,
    a_round,
    camp_portal,
    close_now,
    make_camp,
    signed_up,
)

MORE = Words("名额改了", "More places")


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return camp_portal(settings)


async def claimed(session: AsyncSession, portal: Portal, case: Submitted, key: str) -> ClaimedStep:
    """A worker takes the step; what a test does in one transaction is due at once."""
    await session.execute(text("UPDATE steps SET due_at = now() WHERE due_at > now()"))
    claim = await claim_step(session, portal, await step_id(session, case, key))
    assert claim is not None, key
    return claim


async def answer(
    session: AsyncSession, portal: Portal, case: Submitted, key: str, **output: object
) -> None:
    """The department answers one step."""
    claim = await claimed(session, portal, case, key)
    await record(session, portal, claim, Completed("R", output))


async def checked(session: AsyncSession, portal: Portal, case: Submitted, *poor: bool) -> None:
    """Signed up and checked, child after child."""
    for number, is_poor in enumerate(poor, start=1):
        await answer(session, portal, case, f"sign-up:{number}", number="1")
        await answer(session, portal, case, f"check-family:{number}", poor=is_poor)


async def to_its_end(session: AsyncSession, portal: Portal) -> int:
    """The worker looks again until nothing is left to do; out: how often it found something."""
    acts = 0
    while await advance_round(session, portal):
        acts += 1
        assert acts < 50
    return acts


def test_the_camp_is_sound() -> None:
    assert list(event_faults(make_camp())) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"intake": None}, "no intake"),
        ({"divided_by": "home"}, "question with choices"),
        ({"identity": "child_name"}, "identity number"),
        ({"entry": None}, "repeat the intake's entry"),
        ({"how": ()}, "words that say how"),
    ],
)
def test_an_intake_that_cannot_work_is_refused_with_a_sentence(changed, said) -> None:
    intake = None if "intake" in changed else replace(INTAKE, **changed)
    faults = list(event_faults(make_camp(intake=intake)))
    assert any(said in fault for fault in faults), faults


def test_an_identity_that_may_be_left_out_is_refused_with_a_sentence() -> None:
    camp = make_camp()
    home, child = camp.pages
    asked = tuple(
        replace(one, optional=True) if one.id == INTAKE.identity else one for one in child.questions
    )
    faults = list(event_faults(replace(camp, pages=(home, replace(child, questions=asked)))))
    assert any("may be left out" in fault for fault in faults), faults


async def test_outside_a_window_nothing_is_sent_and_nothing_lost(
    session: AsyncSession, portal: Portal
) -> None:
    with pytest.raises(Conflict) as refused:
        await signed_up(session, portal, ("陈一", 1))
    assert "还没有公布" in refused.value.what.zh
    round_ = await a_round(session, portal)
    await close_now(session, round_)
    with pytest.raises(Conflict) as late:
        await signed_up(session, portal, ("陈二", 2))
    assert "已在" in late.value.what.zh
    assert "补录" in late.value.todo.zh


async def test_nobody_enters_twice_unless_the_first_was_withdrawn(
    session: AsyncSession, portal: Portal
) -> None:
    await a_round(session, portal)
    first = await signed_up(session, portal, ("陈一", 1))
    with pytest.raises(Conflict) as twice:
        async with session.begin_nested():
            await signed_up(session, portal, ("陈二", 2), ("陈一", 1))
    assert "不能重复报名" in twice.value.what.zh
    await withdraw(session, portal, first.number, first.resident_id)
    await signed_up(session, portal, ("陈二", 3), ("陈一", 1))


async def test_a_child_is_signed_up_in_one_county_a_year(
    session: AsyncSession, portal: Portal
) -> None:
    event = portal.catalogue.life_events["summer-camp"]
    now = portal.now()
    await a_round(session, portal)
    await open_round(
        session, portal, event, "331004", "small", portal.today().year,
        now - timedelta(days=1), now + timedelta(days=7), "officer:1",
    )  # fmt: skip
    first = await signed_up(session, portal, ("陈一", 1))
    with pytest.raises(Conflict) as twice:
        async with session.begin_nested():
            await signed_up(session, portal, ("陈一", 1), county="331004")
    assert "不能重复报名" in twice.value.what.zh
    await withdraw(session, portal, first.number, first.resident_id)
    await signed_up(session, portal, ("陈一", 1), county="331004")


async def test_what_was_sent_in_time_may_be_sent_again_after_the_close(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    case = await signed_up(session, portal, ("陈一", 1))
    sent = await load_draft(session, portal, case.number, case.resident_id)
    await close_now(session, round_)
    file = await load_case_file(session, portal, case.case_id)
    assert await submit(session, portal, sent, file, sent.revision) == case.number


async def test_places_wait_for_the_window_and_for_every_check(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    event = portal.catalogue.life_events["summer-camp"]
    early = await signed_up(session, portal, ("陈一", 1))
    late = await signed_up(session, portal, ("陈二", 2))
    await checked(session, portal, early, False)
    assert (await states(session, early))["give-bed:1"] == "waiting"
    assert await advance_round(session, portal) == 0

    await close_now(session, round_)
    assert await to_its_end(session, portal) == 1
    assert (await find_round(session, round_.id)).state == "closed"
    assert await pending_checks(session, event, round_.id) == {"sign-up": 1}
    await answer(session, portal, late, "sign-up:1", number="1")
    assert await pending_checks(session, event, round_.id) == {"check-family": 1}
    assert await advance_round(session, portal) == 0

    await answer(session, portal, late, "check-family:1", poor=True)
    await to_its_end(session, portal)
    after = await find_round(session, round_.id)
    assert after.state == "given"
    for case in (early, late):
        assert (await states(session, case))["give-bed:1"] == "ready"
        assert "round-allotted" in await kinds(session, case)
        assert await first_break(session, case.case_id) is None
    claim = await claimed(session, portal, late, "give-bed:1")
    request = event.steps[3].request(claim.case_file)
    assert (request.camp, request.rank) == ("sea", 1)


async def test_the_seed_can_be_checked_by_anybody(session: AsyncSession, portal: Portal) -> None:
    round_ = await a_round(session, portal)
    await change_round(session, portal, round_, "officer:1", MORE, notary_digits="271828")
    for number in range(3):
        case = await signed_up(session, portal, (f"陈{number}", number))
        await checked(session, portal, case, False)
    assert (round_.secret, round_.seed) == ("", "")
    await close_now(session, round_)
    await to_its_end(session, portal)
    told = await find_round(session, round_.id)
    rows = (await session.execute(text("SELECT key, listed FROM round_entries ORDER BY key"))).all()
    assert sha256(told.secret.encode()).hexdigest() == round_.commitment == told.commitment
    keys = ",".join(row.key for row in rows)
    assert sha256(f"{told.secret}|271828|{keys}".encode()).hexdigest() == told.seed
    lots = sorted(rows, key=lambda row: sha256(f"{told.seed}:sea:{row.key}".encode()).hexdigest())
    assert [row.listed[1] for row in lots] == ["sea", "sea", "waiting-list"]


async def test_a_check_with_a_person_opens_the_place_at_a_desk(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    case = await signed_up(session, portal, ("陈一", 1))
    await answer(session, portal, case, "sign-up:1", number="1")
    claim = await claimed(session, portal, case, "check-family:1")
    await record(session, portal, claim, Unavailable("broken", permanent=True))
    assert (await states(session, case))["check-family:1"] == "stuck"
    await close_now(session, round_)
    await to_its_end(session, portal)
    assert (await states(session, case))["give-bed:1"] == "at-desk"
    found, (own,) = await entries_of_case(session, portal, case.case_id)
    assert found is not None
    assert own.by_hand
    assert own.why is not None
    task = (await session.execute(text("SELECT * FROM tasks WHERE kind = 'decide'"))).one()
    assert task.service_id == GIVE_BED.id


async def test_who_may_stay_home_needs_no_place(session: AsyncSession, portal: Portal) -> None:
    round_ = await a_round(session, portal)
    case = await signed_up(session, portal, ("陈一", 1), stays="yes")
    await checked(session, portal, case, False)
    await close_now(session, round_)
    await to_its_end(session, portal)
    assert (await states(session, case))["give-bed:1"] == "waiting"
    locked = await lock_case(session, case.case_id)
    granted = Move("stay-home:1", Happening.GRANTED, "officer:1", {"output": {"number": "1"}})
    await move(session, portal, locked, granted)
    assert (await states(session, case)) == {
        "sign-up:1": "done",
        "check-family:1": "done",
        "stay-home:1": "done",
        "give-bed:1": "not-needed",
        "notice:1": "not-needed",
    }
    assert await session.scalar(text("SELECT state FROM cases")) == "completed"


async def test_two_officers_at_one_round_overwrite_nothing(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    later = round_.closes_at + timedelta(days=1)
    await change_round(session, portal, round_, "officer:1", MORE, totals={"sea": 5})
    await change_round(session, portal, round_, "officer:2", MORE, closes_at=later)
    await change_round(session, portal, round_, "officer:3", MORE, notary_digits="27")
    now = await find_round(session, round_.id)
    assert (now.places[0].total, now.closes_at, now.notary_digits) == (5, later, "27")
    assert now.opens_at == round_.opens_at


async def test_whoever_enters_holds_the_round_open_and_whoever_looks_does_not(
    database: Database, portal: Portal
) -> None:
    event = portal.catalogue.life_events["summer-camp"]
    where: dict[str, Answer] = {"home": {"county": "331002"}, "age_group": "small"}
    answers = Answers(where, portal.today())
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
        await close_now(session, round_)
    for entering, acts in ((True, 0), (False, 1)):
        async with database.transaction() as looking, database.transaction() as working:
            found = await meant_round(looking, portal, event, answers, entering=entering)
            assert found is not None
            assert found.id == round_.id
            assert await advance_round(working, portal) == acts


async def test_a_rule_that_fails_for_one_round_keeps_no_other_waiting(
    session: AsyncSession, settings: Settings
) -> None:
    def allot(facts: RoundFacts, entrants: tuple[Entrant, ...]) -> Mapping[str, Allotment]:
        if facts.county == "331002":
            raise ZeroDivisionError
        return INTAKE.allot(facts, entrants)

    event = make_camp(intake=replace(INTAKE, allot=allot))
    portal = camp_portal(settings, event)
    broken = await a_round(session, portal)
    elsewhere = await open_round(
        session, portal, event, "331082", "small", portal.today().year,
        broken.opens_at, broken.closes_at, "officer:1",
    )  # fmt: skip
    await close_now(session, broken)
    await close_now(session, await find_round(session, elsewhere))
    await to_its_end(session, portal)
    assert (await find_round(session, broken.id)).state == "closed"
    assert (await find_round(session, elsewhere)).state == "given"


async def test_a_closed_round_is_not_changed_any_more(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    await change_round(session, portal, round_, "officer:1", MORE, totals={"sea": 5})
    changed = await find_round(session, round_.id)
    assert changed.places[0].total == 5
    assert [line["zh"] for line in changed.history] == ["公布了这一轮", "名额改了"]
    await close_now(session, round_)
    with pytest.raises(Conflict):
        await change_round(session, portal, changed, "officer:1", MORE, totals={"sea": 9})


async def test_a_case_withdrawn_after_closing_gets_nothing(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal)
    stays = await signed_up(session, portal, ("陈一", 1))
    leaves = await signed_up(session, portal, ("陈二", 2))
    await checked(session, portal, stays, False)
    await checked(session, portal, leaves, False)
    await close_now(session, round_)
    assert await advance_round(session, portal) == 1
    await withdraw(session, portal, leaves.number, leaves.resident_id)
    await to_its_end(session, portal)
    assert (await states(session, leaves))["give-bed:1"] == "withdrawn"
    assert (await states(session, stays))["give-bed:1"] == "ready"


async def test_many_workers_give_each_place_once(database: Database, portal: Portal) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
        cases = [await signed_up(session, portal, (f"陈{n}", n)) for n in range(8)]
        for case in cases:
            await checked(session, portal, case, False)
        await close_now(session, round_)

    async def one_worker() -> None:
        for _ in range(12):
            async with database.transaction() as session:
                await advance_round(session, portal)

    await asyncio.gather(*(one_worker() for _ in range(4)))
    async with database.transaction() as session:
        assert (await find_round(session, round_.id)).state == "given"
        placed = await session.scalars(
            text("SELECT listed ->> 1 FROM round_entries WHERE state = 'given'")
        )
        assert sorted(placed) == ["sea"] * 2 + ["waiting-list"] * 6
        for case in cases:
            assert (await kinds(session, case)).count("round-allotted") == 1
            assert await first_break(session, case.case_id) is None


async def test_what_was_allotted_is_in_the_case_file(session: AsyncSession, portal: Portal) -> None:
    round_ = await a_round(session, portal)
    case = await signed_up(session, portal, ("陈一", 1), ("陈二", 2))
    await checked(session, portal, case, True, False)
    await close_now(session, round_)
    await to_its_end(session, portal)
    file = await load_case_file(session, portal, case.case_id)
    ranks = [file.about("child", number).allotted["rank"] for number in (0, 1)]
    assert ranks == [1, 2]
    assert file.about("child", 0).output(CHECK) is not None


async def test_the_promised_day_counts_from_the_end_of_the_window(
    session: AsyncSession, portal: Portal
) -> None:
    round_ = await a_round(session, portal, days=30)
    await signed_up(session, portal, ("陈一", 1))
    promised = await session.scalar(text("SELECT promised_on FROM cases"))
    assert promised > round_.closes_at.date()
    assert promised > portal.today() + timedelta(days=30)
