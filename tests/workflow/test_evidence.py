from datetime import date

import pytest

from app.forms.conditions import Is
from app.workflow.evidence import papers
from app.workflow.plan import planned_services
from tests.workflow.declared import (
    CHILD,
    REGISTER,
    Step,
    child_asked,
    make_case,
    make_event,
    make_paper,
    make_service,
    name_asked,
)

BOOK = make_paper("book", register="people-register", defer_working_days=3)
CERTIFICATE = make_paper("certificate", output="certify")
SOLDIERS = make_paper("soldiers-pass", applies=Is("soldier", "yes"))

CERTIFY = make_service("certify", BOOK)
REGISTER_CHILD = make_service("register-child", BOOK, CERTIFICATE, SOLDIERS)


def event_of(*steps):
    return make_event(*steps)


BOTH = event_of(
    Step(CERTIFY, name_asked, applies=Is("here", "yes")),
    Step(REGISTER_CHILD, child_asked, requires=(CERTIFY,), each=CHILD),
)


def needed(event, case, states=None, consented=("people-register",)):
    planned = planned_services(event, case)
    return {paper.id: paper for paper in papers(event, case, planned, consented, states or {})}


def test_a_paper_of_two_services_is_asked_for_once():
    book = needed(BOTH, make_case())["book"]
    assert [service.id for service in book.services] == ["certify", "register-child"]
    assert book.items == (0, 1)
    assert book.supply == "upload"
    assert book.must_be_given


@pytest.mark.parametrize(
    ("state", "consented", "supply"),
    [
        ("found", True, "shared"),
        ("found", False, "upload"),
        ("asked", True, "awaited"),
        ("consented", True, "awaited"),
        ("none", True, "upload"),
        ("unavailable", True, "upload"),
        ("declined", True, "upload"),
    ],
)
def test_a_register_replaces_a_paper_only_with_consent_and_an_answer(state, consented, supply):
    registers = ["people-register"] if consented else []
    book = needed(BOTH, make_case(), {"people-register": state}, registers)["book"]
    assert book.supply == supply
    assert book.register == (None if supply == "upload" else "people-register")


def test_what_a_sibling_step_makes_is_never_asked_for():
    paper = needed(BOTH, make_case())["certificate"]
    assert (paper.supply, paper.output, paper.must_be_given) == ("produced", "certify", False)


def test_it_is_asked_for_where_the_sibling_step_is_not_in_the_plan():
    paper = needed(BOTH, make_case(here="no"))["certificate"]
    assert (paper.supply, paper.output) == ("upload", None)


def test_a_paper_is_only_needed_in_its_situation():
    assert "soldiers-pass" not in needed(BOTH, make_case())
    assert needed(BOTH, make_case(soldier="yes"))["soldiers-pass"].must_be_given


def test_a_paper_may_follow_later_only_if_everybody_agrees():
    assert needed(BOTH, make_case())["book"].defer_until == date(2026, 11, 26)
    strict = make_service("strict", make_paper("book", register="people-register"))
    event = event_of(Step(CERTIFY, name_asked), Step(strict, name_asked))
    assert needed(event, make_case())["book"].defer_until is None


def test_a_promise_is_enough_only_if_it_is_for_everybody():
    promised = make_paper("proof", commitment=True)
    one = event_of(Step(make_service("one", promised), name_asked))
    assert needed(one, make_case())["proof"].commitment
    two = event_of(
        Step(make_service("one", promised), name_asked),
        Step(make_service("two", make_paper("proof")), name_asked),
    )
    assert not needed(two, make_case())["proof"].commitment


def test_a_paper_that_one_service_insists_on_is_not_optional():
    event = event_of(
        Step(make_service("one", make_paper("proof", optional=True)), name_asked),
        Step(make_service("two", make_paper("proof")), name_asked),
    )
    assert not needed(event, make_case())["proof"].optional


def test_the_register_is_one_that_the_event_asks():
    event = make_event(Step(CERTIFY, name_asked), asks=())
    states = {REGISTER.id: "found"}
    assert needed(event, make_case(), states)["book"].supply == "upload"
