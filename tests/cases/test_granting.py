"""What is granted runs on beside its case; new grades, incomes, places and deaths touch it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.desks import Desk
from app.cases.grant_views import in_question
from app.cases.portal import Portal
from app.cases.recomputing import (
    open_ones,
    open_recomputation,
    progress_of,
    recompute_chunk,
)
from app.cases.timeline import first_break
from app.database import Database
from app.forms.answers import Answer
from app.settings import Settings
from tests.cases.granted_cases import (
    DISABLED,
    WANG,
    a_case,
    city_portal,
    decide,
    grants_of,
    walk,
)
from tests.cases.moving_cases import Submitted

CHANGE: dict[str, Answer] = {**DISABLED, "certificate_item": "keep", "wanted": ["report"]}


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return city_portal(settings)


async def paid(session: AsyncSession, portal: Portal) -> Submitted:
    """Somebody who gets both subsidies."""
    case = await a_case(session, portal, "disability-aid", DISABLED)
    await walk(session, portal, case)
    return case


async def report(
    session: AsyncSession, portal: Portal, changed: str, receiving: Sequence[str]
) -> Submitted:
    """Something has changed, and the county has reviewed it."""
    told: dict[str, Answer] = {**CHANGE, "changed": changed, "receiving": list(receiving)}
    case = await a_case(session, portal, "disability-aid", told)
    await walk(session, portal, case)
    return case


async def reckon_all(session: AsyncSession, portal: Portal) -> list[tuple[int, int, int, int]]:
    """Everything that is open, to its end."""
    found = []
    for one in await open_ones(session):
        await recompute_chunk(session, portal, one)
        now = await progress_of(session, one)
        found.append((now.total, now.processed, now.failed, now.pending))
    return found


async def test_a_decision_becomes_a_running_grant(session: AsyncSession, portal: Portal):
    grants = await grants_of(session, await paid(session, portal))
    subsidy = grants["disability-living-subsidy"]
    assert (subsidy.state, subsidy.amount) == ("running", Decimal("312.30"))
    assert subsidy.rates["minimum-living-line"]["value"] == "1041"
    assert subsidy.since == portal.today().replace(day=1)
    nursing = grants["disability-nursing-subsidy"]
    assert (nursing.state, nursing.amount) == ("running", Decimal(500))
    assert "minimum-living-line" not in nursing.rates
    assert subsidy.person == nursing.person == portal.cipher.index(WANG.id_number)


async def test_a_service_that_grants_nothing_costs_no_statement(
    session: AsyncSession, portal: Portal, statements: list[str]
):
    case = await a_case(
        session, portal, "disability-aid", {**DISABLED, "wanted": ["work"], "age": "18-59"}
    )
    statements.clear()
    await walk(session, portal, case)
    assert not [one for one in statements if "grants" in one]


async def test_what_was_decided_otherwise_than_reckoned_is_for_a_person(
    session: AsyncSession, portal: Portal
):
    case = await a_case(session, portal, "disability-aid", DISABLED)
    await walk(session, portal, case, claim_disability_living_subsidy={"monthly_yuan": "400"})
    subsidy = (await grants_of(session, case))["disability-living-subsidy"]
    assert (subsidy.state, subsidy.why) == ("in-question", "decided-otherwise")
    assert subsidy.amount == Decimal(400)


async def test_the_same_benefit_granted_twice_is_paid_once_until_somebody_has_looked(
    session: AsyncSession, portal: Portal
):
    first, second = await paid(session, portal), await paid(session, portal)
    old = (await grants_of(session, first))["disability-living-subsidy"]
    new = (await grants_of(session, second))["disability-living-subsidy"]
    assert (old.state, old.why) == ("in-question", "granted-again")
    assert new.state == "running"
    assert await open_recomputation(session, "month:x", portal.today(), "true") is not None
    assert await reckon_all(session, portal) == [(4, 2, 2, 0)]
    old = (await grants_of(session, first))["disability-living-subsidy"]
    assert (old.state, old.why) == ("in-question", "granted-again")


async def test_of_two_decisions_at_the_same_moment_the_second_sees_the_first(
    database: Database, portal: Portal
):
    async with database.transaction() as session:
        cases = [await a_case(session, portal, "disability-aid", DISABLED) for _ in range(2)]
    has_granted = asyncio.Event()

    async def granted(case: Submitted) -> None:
        async with database.transaction() as session:
            await walk(session, portal, case)
            if not has_granted.is_set():
                # The other decides while this one is not kept yet.
                has_granted.set()
                await asyncio.sleep(0.5)

    async def granted_afterwards(case: Submitted) -> None:
        await has_granted.wait()
        await granted(case)

    await asyncio.gather(granted(cases[0]), granted_afterwards(cases[1]))
    async with database.transaction() as session:
        found = [(await grants_of(session, case))["disability-living-subsidy"] for case in cases]
    assert [(one.state, one.why) for one in found] == [
        ("in-question", "granted-again"),
        ("running", ""),
    ]


async def test_a_death_stops_everything(session: AsyncSession, portal: Portal):
    case = await paid(session, portal)
    await report(session, portal, "death", ["living", "nursing"])
    assert await reckon_all(session, portal) == [(2, 2, 0, 0)]
    grants = await grants_of(session, case)
    assert {grant.state for grant in grants.values()} == {"stopped"}
    assert {grant.amount for grant in grants.values()} == {None}
    assert await first_break(session, case.case_id) is None
    kinds = await session.scalars(
        text("SELECT kind FROM timeline WHERE case_id = :id ORDER BY seq"), {"id": case.case_id}
    )
    assert list(kinds)[-2:] == ["grant-reckoned", "grant-reckoned"]


async def test_a_death_whose_report_cannot_be_read_is_for_a_person(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    told: dict[str, Answer] = {**CHANGE, "changed": "death", "receiving": ["living", "nursing"]}
    reported = await a_case(session, portal, "disability-aid", told)
    # Since then the edition that the report was written under was thrown away.
    events = {**portal.catalogue.life_events}
    events["disability-aid"] = replace(events["disability-aid"], version="99")
    forgetful = replace(portal, catalogue=replace(portal.catalogue, life_events=events))
    review = {
        "review_number": "FH331002-1",
        "decided_on": "2026-11-28",
        "stopped": ["living", "nursing"],
        "continued": [],
    }
    await decide(session, forgetful, reported, "review-disability-benefits", **review)
    at_desk = Desk("anna", "civil-affairs", "331002")
    seen = {one.benefit_id: one.why for one in await in_question(session, portal, at_desk)}
    assert seen == {
        "disability-living-subsidy": "result-unread",
        "disability-nursing-subsidy": "result-unread",
    }
    # No rule can answer what only a person can: the next month changes nothing.
    await open_recomputation(session, "month:x", portal.today(), "true")
    assert await reckon_all(session, portal) == [(2, 0, 2, 0)]
    grants = await grants_of(session, case)
    assert {(one.state, one.why) for one in grants.values()} == {("in-question", "result-unread")}


async def test_a_grant_that_cannot_take_the_news_is_for_a_person(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    await session.execute(
        text("""
            UPDATE grants SET sealed_facts = :other
            WHERE case_id = :id AND benefit_id = 'disability-living-subsidy'
        """),
        {"id": case.case_id, "other": portal.cipher.seal({}, "another purpose")},
    )
    await report(session, portal, "address", ["living", "nursing"])
    grants = await grants_of(session, case)
    living, nursing = grants["disability-living-subsidy"], grants["disability-nursing-subsidy"]
    assert (living.state, living.why) == ("in-question", "result-unread")
    assert nursing.state == "running"
    assert await reckon_all(session, portal) == [(2, 1, 1, 0)]


async def test_a_changed_income_is_not_reckoned_with_the_old_one(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    await report(session, portal, "income", ["living"])
    assert await reckon_all(session, portal) == [(1, 0, 1, 0)]
    grants = await grants_of(session, case)
    subsidy = grants["disability-living-subsidy"]
    assert (subsidy.state, subsidy.why) == ("in-question", "not-known")
    assert subsidy.amount == Decimal("312.30")
    assert grants["disability-nursing-subsidy"].state == "running"


async def test_a_move_within_the_city_goes_on_in_the_new_county(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    moving: dict[str, Answer] = {
        **DISABLED,
        "certificate_item": "move",
        "wanted": [],
        "receiving": [],
        "local_address": {"county": "331082", "township": "331082001", "detail": "东湖路2号"},
    }
    moved = await a_case(session, portal, "disability-aid", moving)
    await walk(session, portal, moved)
    assert await reckon_all(session, portal) == [(2, 2, 0, 0)]
    grants = await grants_of(session, case)
    assert {(one.state, one.county) for one in grants.values()} == {("running", "331082")}


async def test_a_lower_grade_ends_the_nursing_subsidy_and_not_the_living_subsidy(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    told: dict[str, Answer] = {
        **DISABLED,
        "certificate_item": "change",
        "can_come": "yes",
        "wanted": [],
        "receiving": [],
    }
    changed = await a_case(session, portal, "disability-aid", told)
    await walk(session, portal, changed, assess_disability={"grade": "3", "classes": ["limb"]})
    assert await reckon_all(session, portal) == [(2, 2, 0, 0)]
    grants = await grants_of(session, case)
    nursing = grants["disability-nursing-subsidy"]
    assert (nursing.state, nursing.why) == ("stopped", "severe")
    assert grants["disability-living-subsidy"].state == "running"


async def test_a_cancelled_certificate_stops_all_of_its_benefits(
    session: AsyncSession, portal: Portal
):
    case = await paid(session, portal)
    told: dict[str, Answer] = {**DISABLED, "certificate_item": "cancel", "receiving": []}
    cancelled = await a_case(session, portal, "disability-aid", told)
    await walk(session, portal, cancelled)
    assert await reckon_all(session, portal) == [(2, 2, 0, 0)]
    assert {one.state for one in (await grants_of(session, case)).values()} == {"stopped"}


async def test_a_result_that_touches_nobody_opens_nothing(session: AsyncSession, portal: Portal):
    await report(session, portal, "death", ["living"])
    assert await open_ones(session) == []
