"""Running grants as pure values: what a new line moves, what it leaves, what it never promises."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue import Service, load
from app.forms.answers import Answer, Answers
from app.forms.questions import Choice, Choices
from app.services.disability.running import LIVING_GRANT, NURSING_GRANT, REVIEWED
from app.services.disability.subsidies import NursingClaim, SubsidyDecision
from app.services.elderly.running import ALLOWANCE_GRANT, CARE_GRANT, VOUCHER_GRANT
from app.services.relief.running import DESTITUTE_GRANT, MINIMUM_GRANT
from app.vocabulary.benefit_rates import NURSING_STEPS
from app.vocabulary.granting import Grant, asked, found
from app.vocabulary.relief_rates import OLD_AGE_STEPS, VOUCHER_HOME_CAP
from app.vocabulary.requirement import Amount, Parameter
from app.workflow.entitlement import entitlement
from app.workflow.grant_soundness import grant_faults
from app.workflow.reckoning import (
    Held,
    Standing,
    first_standing,
    next_standing,
    read_facts,
    reckon,
)
from tests.cases.granted_cases import LINE, line_of

TODAY, NEW_YEAR = date(2026, 11, 28), date(2027, 1, 1)
CITY = load()
OLD, AT_HOME = {"age_years": "1940-05-01"}, {"home_county": "331002"}
HELD: dict[str, tuple[Grant, Held]] = {
    "living": (
        LIVING_GRANT,
        Held({**AT_HOME, "relief_status": "near", "paid_already": []}, {"age_years": "1970-05-01"}),
    ),
    "nursing": (
        NURSING_GRANT,
        Held(
            {
                **AT_HOME,
                "disability_grade": "1",
                "disability_class": "limb",
                "self_care": "basic",
                "cared_at": "home",
                "paid_already": [],
            },
            {"age_years": "1970-05-01"},
        ),
    ),
    "minimum": (
        MINIMUM_GRANT,
        Held({**AT_HOME, "relief_status": "none", "income_per_head": 700.5, "people": 3}, OLD),
    ),
    "destitute": (DESTITUTE_GRANT, Held({**AT_HOME, "relief_status": "none"}, OLD)),
    "old-age": (ALLOWANCE_GRANT, Held(AT_HOME, OLD)),
    "care": (
        CARE_GRANT,
        Held(
            {**AT_HOME, "self_care": "total", "cared_at": "home", "relief_status": "minimum"}, OLD
        ),
    ),
    "voucher": (
        VOUCHER_GRANT,
        Held(
            {
                "self_care": "total",
                "cared_at": "home",
                "relief_status": "minimum",
                "paid_already": [],
            },
            OLD,
        ),
    ),
}


def amounts(day: date = TODAY, proposed: Any = None) -> dict[str, Decimal | None]:
    """What each of these grants comes to."""
    return {
        name: reckon(grant, held, day, proposed or {}).amount
        for name, (grant, held) in HELD.items()
    }


def proposal(parameter: Parameter, yuan: str, area: str = "3310") -> dict[str, Parameter]:
    """One more value of a parameter, from today on."""
    known = parameter.amounts[0]
    value = Amount(Decimal(yuan), known.unit, area, TODAY, "测试文件", "A")
    return {parameter.id: replace(parameter, amounts=(*parameter.amounts, value))}


def moved(proposed: Any) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """The grants whose amounts are others by a proposal."""
    before, after = amounts(), amounts(proposed=proposed)
    return {name: (before[name], after[name]) for name in HELD if before[name] != after[name]}


def test_a_new_line_moves_exactly_what_hangs_on_it():
    assert moved(line_of("1100", TODAY)) == {
        "living": (Decimal("312.30"), Decimal("330.00")),
        "minimum": (Decimal("1021.5"), Decimal("1198.5")),
        "destitute": (Decimal("1353.30"), Decimal("1430.00")),
    }


def test_what_hangs_on_the_line_is_what_the_rules_say_that_they_used():
    hanging = {
        name for name, (grant, held) in HELD.items() if LINE in reckon(grant, held, TODAY).rates
    }
    assert hanging == {"living", "minimum", "destitute"}


def test_near_poverty_and_temporary_relief_are_multiples_of_the_same_line():
    facts: dict[str, Answer] = {
        "home_county": "331002",
        "age_years": 40,
        "relief_status": "none",
        "income_per_head": 1600,
        "people": 3,
        "hardship": "illness",
    }
    answers = Answers(facts, TODAY)
    near = CITY.benefits["near-minimum-living"]
    assert entitlement(near, answers).verdict == "no"
    assert entitlement(near, answers, line_of("1100", TODAY)).verdict == "yes"
    # Of temporary relief Taizhou's multiple was not found: proposed, it follows the line.
    multiple = proposal(
        next(
            used.parameter
            for used in entitlement(CITY.benefits["temporary-relief"], answers).used
            if used.parameter.id == "temporary-relief-multiple"
        ),
        "6",
    )
    for line, yuan in (("1041", 6246), ("1100", 6600)):
        money = entitlement(
            CITY.benefits["temporary-relief"], answers, {**multiple, **line_of(line, TODAY)}
        ).money
        assert money is not None
        assert (money.value, money.promised) == (yuan, True)


def test_the_nursing_line_moves_the_elderly_care_subsidy_too():
    assert moved(proposal(NURSING_STEPS["total"], "600")) == {
        "care": (Decimal(500), Decimal(600)),
    }
    assert moved(proposal(NURSING_STEPS["basic"], "300")) == {
        "nursing": (Decimal(250), Decimal(300)),
    }


def test_the_old_age_allowance_follows_age_and_register_and_no_income():
    grant, held = HELD["old-age"]
    assert set(reckon(grant, held, TODAY).rates) == {"old-age-allowance-80"}
    assert {question.id for question in grant.benefit.questions} == {"home_county", "age_years"}
    assert moved(proposal(OLD_AGE_STEPS[80], "80")) == {}  # the county has a value of its own
    assert moved(proposal(OLD_AGE_STEPS[80], "80", area="331002")) == {
        "old-age": (Decimal(60), Decimal(80)),
    }
    assert reckon(grant, held, date(2030, 5, 1)).amount == Decimal(100)


def test_the_childcare_subsidy_is_left_out_of_the_income():
    told = next(
        question
        for question in CITY.benefits["minimum-living"].questions
        if question.id == "income_per_head"
    )
    assert told.hint is not None
    assert "育儿补贴不算收入" in told.hint.zh
    grant, held = HELD["minimum"]
    with_child = Held({**held.told, "young_child": "yes", "child_born": "2025-01"}, held.born)
    assert reckon(grant, with_child, TODAY) == reckon(grant, held, TODAY)


@pytest.mark.parametrize(
    "excluded",
    [
        {"relief_status": "destitute"},
        {"paid_already": ["central-care"]},
        {"paid_already": ["home-bed"]},
    ],
)
def test_the_voucher_ends_with_what_excludes_it(excluded: dict[str, Answer]):
    grant, held = HELD["voucher"]
    now = Standing("running", Decimal(800))
    reckoned = reckon(grant, Held({**held.told, **excluded}, held.born), TODAY)
    assert next_standing(grant, now, reckoned).state == "stopped"


def test_the_voucher_ends_with_its_scheme():
    grant, held = HELD["voucher"]
    assert VOUCHER_HOME_CAP.on(NEW_YEAR) is None
    after = next_standing(grant, Standing("running", Decimal(800)), reckon(grant, held, NEW_YEAR))
    assert (after.state, after.amount, after.why) == ("stopped", None, "in-force")


def test_an_unconfirmed_line_is_told_and_nothing_is_granted_by_it():
    grant, held = HELD["living"]
    # The share of 30 % is of grade C itself, so that even a confirmed line promises nothing.
    reckoned = reckon(grant, held, TODAY, line_of("1100", TODAY))
    after = next_standing(grant, Standing("running", Decimal("312.30")), reckoned)
    assert after == Standing("running", Decimal("312.30"), to_confirm=Decimal("330.00"))


def test_a_confirmed_line_is_granted():
    grant, held = HELD["minimum"]
    now = Standing("running", Decimal("1021.50"))
    sure = reckon(grant, held, TODAY, line_of("1100", TODAY, "A"))
    assert next_standing(grant, now, sure) == Standing("running", Decimal("1198.5"))
    unsure = reckon(grant, held, TODAY, line_of("1100", TODAY, "C"))
    assert next_standing(grant, now, unsure).amount == Decimal("1021.50")


def test_a_floor_never_lowers_what_was_granted():
    grant, held = HELD["destitute"]
    more = Standing("running", Decimal(1500))
    lower = reckon(grant, held, TODAY, line_of("1100", TODAY))
    assert next_standing(grant, more, lower) == Standing("running", Decimal(1500))
    higher = reckon(grant, held, TODAY, line_of("1200", TODAY))
    assert next_standing(grant, more, higher) == Standing("running", Decimal(1560))


def test_an_open_fact_or_value_is_for_a_person_and_never_a_stop():
    grant, held = HELD["living"]
    now = Standing("running", Decimal("312.30"))
    open_ = reckon(grant, Held({"home_county": "331002"}, held.born), TODAY)
    assert next_standing(grant, now, open_) == Standing(
        "in-question", Decimal("312.30"), why="not-known"
    )
    allowance, told = HELD["old-age"]
    hundred = reckon(allowance, Held(told.told, {"age_years": "1926-01-01"}), TODAY)
    assert hundred.amount is None
    assert next_standing(allowance, Standing("running", Decimal(100)), hundred).amount == Decimal(
        100
    )


def test_what_was_decided_otherwise_stays_with_its_person():
    grant, held = HELD["living"]
    reckoned = reckon(grant, held, TODAY)
    begun = first_standing(grant, Decimal(400), reckoned)
    assert (begun.state, begun.why) == ("in-question", "decided-otherwise")
    assert next_standing(grant, begun, reckoned) == begun
    assert first_standing(grant, Decimal("312.30"), reckoned).state == "running"


def test_facts_are_read_from_what_was_sent_and_decided():
    request = NursingClaim.model_construct(
        county="331082",
        person_id="331002195003070020",
        grade="2",
        classes=["hearing", "mental"],
        care_level="total",
        care_place="institution",
        other_benefits=["elderly"],
    )
    output = SubsidyDecision.model_construct(monthly_yuan=Decimal(750))
    held = read_facts(NURSING_GRANT, NURSING_GRANT.facts, request, output)
    assert held.told == {
        "home_county": "331082",
        "disability_grade": "2",
        "disability_class": "mind",
        "self_care": "total",
        "cared_at": "institution",
        "paid_already": [],
    }
    assert held.on(date(2026, 3, 6)).number("age_years") == 75
    assert held.on(date(2026, 3, 7)).number("age_years") == 76


def granting() -> Iterator[Service]:
    """Every service that grants something that goes on."""
    yield from (service for service in CITY.services.values() if service.grants)


def test_every_fact_of_a_choice_is_one_that_is_offered():
    for service in granting():
        assert service.grants is not None
        kinds = {one.id: one.kind for one in service.grants.benefit.questions}
        for name, source in service.grants.facts.items():
            kind = kinds[name]
            if isinstance(kind, Choice | Choices) and source.means:
                offered = {option.value for option in kind.options}
                assert set(source.means.values()) <= offered, (service.id, name)


def test_a_grant_that_does_not_fit_is_refused_at_the_start():
    service = CITY.services["claim-disability-nursing-subsidy"]
    known = set(CITY.benefits)

    def faults(**changes: Any) -> str:
        return " ".join(grant_faults(replace(service, **changes), known))

    assert faults() == ""
    assert "no field 'nothing'" in faults(
        grants=replace(NURSING_GRANT, facts={**NURSING_GRANT.facts, "age_years": asked("nothing")})
    )
    assert "does not ask 'income_own'" in faults(
        grants=replace(NURSING_GRANT, facts={**NURSING_GRANT.facts, "income_own": found("pay_to")})
    )
    assert "no choice 'feet'" in faults(
        grants=replace(
            NURSING_GRANT,
            facts={**NURSING_GRANT.facts, "disability_class": asked("classes", {"limb": "feet"})},
        )
    )
    assert "no county's values" in faults(grants=replace(NURSING_GRANT, facts={}))
    assert "is no amount" in faults(grants=replace(NURSING_GRANT, amount="pay_to"))
    assert "no need ['tall']" in faults(grants=replace(NURSING_GRANT, decided=("tall",)))
    assert "is not declared" in " ".join(grant_faults(service, set()))
    assert "no field 'stopped'" in faults(touches=REVIEWED)
