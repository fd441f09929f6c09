"""Plans: which services, once per child, in which order, what starts at once; and how fast."""

import time
from datetime import date
from statistics import median
from typing import Any

import pytest

from app.catalogue import load
from app.forms.conditions import Is
from app.forms.specimen import situations
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import StepState
from app.vocabulary.life_event import LifeEvent, Step
from app.workflow.eligibility import outcome
from app.workflow.plan import PlannedStep, longest_path_days, plan, planned_services
from tests.workflow.declared import (
    CHILD,
    child_asked,
    make_case,
    make_event,
    make_service,
    name_asked,
)

TODAY = date(2026, 11, 23)
COUNTY = "331002"
REGISTER = make_service("register-child")
INSURE = make_service("insure-child")
GRANT = make_service("grant-family", channel="desk")
LETTER = make_service("letter")
SLOW = make_service("slow", promised=make_service("x").statutory)


def as_declared(_service: str, _county: str) -> None:
    """No configuration: every service in its usual way."""


def planned(event: LifeEvent, case: CaseFile | None = None) -> dict[str, PlannedStep]:
    return {step.key: step for step in plan(event, case or make_case(), COUNTY, as_declared)}


def family(*more: Step[Any]) -> LifeEvent:
    """Each child is registered, then insured; a grant to the family waits for all of them."""
    return make_event(
        Step(REGISTER, child_asked, each=CHILD),
        Step(INSURE, child_asked, (REGISTER,), each=CHILD),
        Step(GRANT, name_asked, (INSURE,), (LETTER,)),
        *more,
    )


def test_twins_get_a_step_each_and_each_waits_for_its_own():
    steps = planned(family())
    assert list(steps) == [
        "register-child:1",
        "register-child:2",
        "insure-child:1",
        "insure-child:2",
        "grant-family",
    ]
    assert steps["insure-child:2"].requires == ("register-child:2",)
    assert steps["insure-child:2"].subject == 1


def test_what_the_family_gets_waits_for_every_child():
    assert planned(family())["grant-family"].requires == ("insure-child:1", "insure-child:2")


def test_a_childs_step_waits_for_what_is_done_once_for_the_family():
    event = make_event(Step(LETTER, name_asked), Step(REGISTER, child_asked, (LETTER,), each=CHILD))
    assert planned(event)["register-child:2"].requires == ("letter",)


def test_only_what_waits_for_nothing_starts_when_the_case_is_submitted():
    states = {key: step.state for key, step in planned(family()).items()}
    assert states == {
        "register-child:1": StepState.READY,
        "register-child:2": StepState.READY,
        "insure-child:1": StepState.WAITING,
        "insure-child:2": StepState.WAITING,
        "grant-family": StepState.WAITING,
    }


def test_a_service_that_is_not_in_this_plan_is_not_waited_for():
    event = make_event(
        Step(LETTER, name_asked, applies=Is("soldier", "yes")),
        Step(GRANT, name_asked, (LETTER,), (LETTER,)),
    )
    civilian = planned(event)
    assert civilian.keys() == {"grant-family"}
    assert (civilian["grant-family"].requires, civilian["grant-family"].uses) == ((), ())
    assert civilian["grant-family"].state is StepState.AT_DESK
    soldier = planned(event, make_case(soldier="yes"))
    assert soldier["grant-family"].requires == soldier["grant-family"].uses == ("letter",)
    assert soldier["grant-family"].state is StepState.WAITING


def test_what_is_only_used_does_not_hold_a_step_back():
    event = make_event(Step(LETTER, name_asked), Step(GRANT, name_asked, (), (LETTER,)))
    assert planned(event)["grant-family"].state is StepState.AT_DESK


def test_a_step_applies_to_the_child_it_is_true_of():
    event = make_event(Step(INSURE, child_asked, each=CHILD, applies=Is("child_name", "陈二")))
    assert list(planned(event)) == ["insure-child:2"]
    chosen = planned_services(event, make_case())
    assert [(step.service.id, subject) for step, subject in chosen] == [("insure-child", 1)]


def test_one_child_makes_one_step_even_where_two_were_filled_in():
    assert "register-child:2" not in planned(family(), make_case(how_many="1"))


def test_configuration_decides_who_does_it_and_the_plan_keeps_that():
    def by_county(service: str, county: str) -> str | None:
        return "desk" if (service, county) == ("register-child", COUNTY) else None

    here = {step.key: step for step in plan(family(), make_case(), COUNTY, by_county)}
    there = {step.key: step for step in plan(family(), make_case(), "331003", by_county)}
    assert here["register-child:1"].state is StepState.AT_DESK
    assert there["register-child:1"].state is StepState.READY
    assert here["grant-family"].channel == there["grant-family"].channel == "desk"


def test_what_another_step_makes_needless_waits_for_it():
    event = make_event(Step(REGISTER, name_asked), Step(LETTER, name_asked, unless=(REGISTER,)))
    spared = planned(event)["letter"]
    assert (spared.unless, spared.state) == (("register-child",), StepState.WAITING)


def test_what_waits_for_its_round_is_held_though_it_needs_nothing():
    event = make_event(Step(REGISTER, name_asked), Step(LETTER, name_asked, barrier=(REGISTER,)))
    held = planned(event)["letter"]
    assert (held.held, held.state) == (True, StepState.WAITING)


def test_the_last_day_is_counted_along_what_waits_for_what():
    """Three days each, one after the other, and beside them one of twenty."""
    assert longest_path_days(tuple(planned(family()).values()), 5) == 9
    assert longest_path_days(tuple(planned(family(Step(SLOW, name_asked))).values()), 5) == 20


MOST_MILLISECONDS = 1.0
REPEATS = 5


@pytest.mark.parametrize("event", load().life_events.values(), ids=lambda event: event.id)
def test_a_plan_is_made_in_a_millisecond(event: LifeEvent):
    """The median over everything that can be done online; of each the best of some, because the
    machine may be busy with something else.
    """
    person = Person("王小样", "331002199003070022")
    cases = [
        CaseFile("N", person, answers, TODAY)
        for answers in situations(event, TODAY)
        if outcome(event, answers).kind != "stop"
    ]
    took = [min(_milliseconds(event, case) for _ in range(REPEATS)) for case in cases]
    assert len(took) > 1
    assert median(took) <= MOST_MILLISECONDS, f"{median(took):.2f} ms, at most {max(took):.2f}"


def _milliseconds(event: LifeEvent, case: CaseFile) -> float:
    began = time.perf_counter()
    plan(event, case, COUNTY, as_declared)
    return (time.perf_counter() - began) * 1000
