"""Whoever writes a declaration that does not fit is told so at the start: which file, and what."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue import CatalogueError, Parameter, build
from app.forms.conditions import Is
from app.forms.questions import YES_NO, Address, Page, Question, Repeated
from app.vocabulary.joining import step
from app.vocabulary.life_event import AbsoluteDeadline, LifeEvent, Stage
from app.vocabulary.public_service import (
    CompetentAuthority,
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    told,
)
from app.vocabulary.requests import answer, produced
from app.vocabulary.requirement import Amount
from app.wording import Words
from tests.test_catalogue import FIRST, SECOND, catalogue_of, event_with, module_of, page_with
from tests.workflow.declared import (
    CHILD,
    REGISTER,
    RULE,
    NameSent,
    Number,
    Step,
    ask_question,
    make_event,
    make_service,
    name_asked,
)

PETS = Repeated("pets", "how_many", Words("第{n}只", "Pet {n}"))
CONTRADICTION = Is("here", "yes") & Is("here", "no")
NEEDS_FIRST = Step(SECOND, name_asked, requires=(FIRST,))
NAMED = step(FIRST, name=answer("mother"))


class Counted(Message):
    """A request with a number."""

    count: int = told("数", "Count")


COUNT = make_service("count", request=Counted)


def of(*steps: Step[Any], **details: Any) -> LifeEvent:
    """The life event of the tests with these steps."""
    return make_event(*(steps or (Step(FIRST, name_asked),)), **details)


def asked_once(question: Question, **details: Any) -> LifeEvent:
    """The life event whose county is asked like this."""
    return event_with(page_with(question, **details), county="where")


def due(counted_from: str) -> AbsoluteDeadline:
    """A deadline counted from a question."""
    words = Words("一", "One")
    return AbsoluteDeadline("due", words, (FIRST,), counted_from, RULE, words, months=1)


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        # Steps that wait for each other, and for what never comes.
        (of(Step(FIRST, name_asked, requires=(FIRST,))), "these wait for each other: first"),
        (
            of(Step(FIRST, name_asked, unless=(SECOND,)), NEEDS_FIRST),
            "these wait for each other: first, second",
        ),
        (
            of(Step(FIRST, name_asked, barrier=(SECOND,)), NEEDS_FIRST),
            "these wait for each other: first, second",
        ),
        (of(Step(FIRST, name_asked, unless=(SECOND,))), "needs 'second', which is not in the plan"),
        (
            of(Step(FIRST, name_asked), Step(SECOND, name_asked, barrier=(FIRST,))),
            "has a barrier, but the life event has no intake",
        ),
        # What requests are filled from.
        (
            of(NAMED, step(SECOND, name=produced(FIRST, "number"))),
            "field 'name': 'first' is not among what the step requires or uses",
        ),
        (
            of(NAMED, step(SECOND, requires=(FIRST,), name=produced(FIRST, "size"))),
            "field 'name': 'first' does not produce 'size'",
        ),
        (of(step(FIRST)), "field 'name': is not said where it comes from and is no question"),
        (of(step(FIRST, name=answer("truth"))), "cannot take the answer to 'truth'"),
        (of(step(COUNT, count=answer("mother"))), "cannot take the answer to 'mother'"),
        (of(step(FIRST, name=answer("child_name"))), "'child_name', which is asked once per child"),
        # Groups.
        (of(Step(FIRST, name_asked, each=PETS)), "repeats 'pets', which is not one of the event's"),
        (
            of(step(FIRST, each=PETS, name=answer("child_name")), groups=(CHILD, PETS)),
            "'child_name', which is asked once per child",
        ),
        (of(groups=(CHILD, CHILD)), "group 'child': stands twice"),
        (
            of(groups=(CHILD, replace(PETS, count="child_name"))),
            "group 'pets': 'child_name' is no question for a number",
        ),
        # What is asked twice, too early, or never.
        (
            event_with(Page("mother", Words("又", "Again"), (ask_question("q", YES_NO),))),
            "page 'mother': the id is used twice",
        ),
        (event_with(page_with(ask_question("csrf_token", YES_NO))), "is taken by the portal"),
        (event_with(page_with(ask_question("for_whom", YES_NO))), "is taken by the portal"),
        (
            event_with(page_with(ask_question("q", YES_NO, applies=Is("late", "yes")))),
            "looks at 'late', which is not asked before",
        ),
        (
            event_with(page_with(ask_question("q", YES_NO), applies=CONTRADICTION)),
            "page 'extra': never applies, for 'here' has only one answer",
        ),
        (
            event_with(page_with(ask_question("q", YES_NO), applies=Is("here", "no"))),
            "page 'extra': never applies, for the guidance stops where 'here' is so",
        ),
        (
            of(Step(FIRST, name_asked), Step(SECOND, name_asked, applies=CONTRADICTION)),
            "step 'second': never applies, for 'here' has only one answer",
        ),
        # The county of the desks.
        (of(county=""), "county: '' is not the id of a question"),
        (
            replace(
                asked_once(ask_question("where", Address())),
                pages=(
                    *make_event().pages,
                    page_with(ask_question("where", Address()), each=CHILD),
                ),
            ),
            "county: 'where' is asked once per child",
        ),
        (
            asked_once(ask_question("where", Address(), optional=True)),
            "county: 'where' is not asked of everybody",
        ),
        (
            asked_once(ask_question("where", Address()), applies=Is("soldier", "yes")),
            "county: 'where' is not asked of everybody",
        ),
        (
            asked_once(ask_question("where", Address(elsewhere=True))),
            "may lie elsewhere, where there is no desk; ask for a place here, or add stop(",
        ),
        # Days and words.
        (of(deadlines=(due("mother"),)), "'mother' is not the id of a date question"),
        (of(deadlines=(due("born"), due("born"))), "deadline 'due': stands twice"),
        (of(title=Words("搬家", "")), "the English text is missing"),
        (
            of(lead=CompetentAuthority("county-hall", Words("县政府", ""))),
            "authority 'county-hall'.name: the English text is missing",
        ),
        (of(version="2b"), "version '2b': has to be a whole number"),
        (of(minutes=0), "minutes: 0 is no time"),
        # Values of another kind, over which the other checks would stumble.
        (of(title="搬家"), "title is a text, but has to be a Words"),
        (of(pages=page_with(ask_question("q", YES_NO))), "a comma may be missing in (…,)"),
        (replace(of(), steps=(FIRST,)), "steps, number 1 is a PublicService (first), but has to"),
        (of(Step(FIRST, name_asked, requires=SECOND)), "requires is a PublicService (second)"),
        (of(Step(FIRST, name_asked, applies="yes")), "has to be a condition such as Is(…)"),
    ],
)
def test_a_life_event_is_refused_with_its_file_and_what_is_wrong(event, fault):
    with pytest.raises(CatalogueError) as refused:
        catalogue_of(event, FIRST, SECOND, COUNT)
    told_of = [line for line in refused.value.faults if fault in line]
    assert told_of, refused.value.faults
    assert all(line.startswith("app/lifeevents/moving.py: ") for line in told_of)


def line(value: int, first: date, last: date | None = None) -> Amount:
    """A value of a fee."""
    return Amount(Decimal(value), Words("元", "yuan"), "3310", first, "某文件", "A", last)


def fee(*lines: Amount) -> PublicService[Any, Any]:
    """The first service with a fee of these values."""
    return make_service("first", fee_amount=Parameter("fee", Words("费用", "Fee"), lines))


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (make_service("first", request=Number), "first' request: Number is not a Message"),
        (make_service("first", request="Number"), "request is a text, but has to be a class"),
        (
            make_service("first", produces=Output("x", Words("果", "x"), NameSent)),
            "output: NameSent is not a Result",
        ),
        (make_service("first", promised=Limit(21)), "promises 21 working days where the law"),
        (make_service("first", promised=Limit(-1)), "a limit of -1 working days is none"),
        (make_service("first", rules=()), "says no rule"),
        (make_service("first", rules=RULE), "rules is a Rule (a-rule), but has to be a tuple"),
        (make_service("first", path="/first?who=me"), "the path '/first?who=me' holds more than"),
        (
            make_service(
                "first", supplement_reasons=(Reason("blurred", Words("糊", "Blurred"), RULE, "x"),)
            ),
            "reason 'blurred': 'x' is none of its papers",
        ),
        (fee(), "parameter 'fee': has no line"),
        (
            fee(line(1, date(2020, 1, 1)), line(2, date(2020, 1, 1))),
            "two lines for 3310 begin on 2020-01-01",
        ),
        (
            fee(line(1, date(2020, 1, 1), date(2025, 1, 1)), line(2, date(2024, 1, 1))),
            "the line of 2020-01-01 for 3310 ends on 2025-01-01, when that of 2024-01-01 has begun",
        ),
        (
            fee(line(1, date(2020, 1, 1), date(2019, 1, 1))),
            "the line of 2020-01-01 ends before it begins",
        ),
        (make_service("people-register"), "'people-register' is declared in"),
    ],
)
def test_a_service_is_refused_with_its_file_and_what_is_wrong(service, fault):
    with pytest.raises(CatalogueError) as refused:
        catalogue_of(of(), *({FIRST.id: FIRST} | {service.id: service}).values())
    told_of = [line for line in refused.value.faults if fault in line]
    assert told_of, refused.value.faults
    assert all(line.startswith("app/services/town_hall.py: ") for line in told_of)


def test_a_value_that_follows_an_open_one_contradicts_nothing():
    lines = (line(1, date(2020, 1, 1)), line(2, date(2024, 1, 1), date(2025, 12, 31)))
    service = fee(*lines, line(3, date(2026, 1, 1)))
    assert catalogue_of(of(), service).services == {"first": service}


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({}, "life event 'moving' is declared in app/lifeevents/a.py already"),
        (
            {"id": "other", "stage": Stage("home", Words("家", "At home"), 7)},
            "stage 'home' has other words or another place in app/lifeevents/a.py",
        ),
    ],
)
def test_two_life_events_that_do_not_go_together_are_told_by_both_files(second, fault):
    with pytest.raises(CatalogueError) as refused:
        build(
            [module_of("app.lifeevents.a", of()), module_of("app.lifeevents.b", of(**second))],
            [module_of("app.services.town_hall", FIRST, REGISTER)],
        )
    assert f"app/lifeevents/b.py: {fault}" in refused.value.faults
