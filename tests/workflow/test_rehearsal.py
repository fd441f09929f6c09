from dataclasses import replace

from app.vocabulary.public_service import StandInRefusal
from app.workflow.rehearsal import rehearse
from tests.workflow.declared import (
    CHILD,
    TODAY,
    NameSent,
    Step,
    child_asked,
    make_case,
    make_event,
    make_service,
    name_asked,
)

FIRST = make_service("first")
SECOND = make_service("second")


def name_from_first(case):
    return NameSent(name=case.output(FIRST).number)


def test_a_later_step_sees_what_an_earlier_one_made():
    event = make_event(
        Step(SECOND, name_from_first, requires=(FIRST,), each=CHILD),
        Step(FIRST, child_asked, each=CHILD),
    )
    played = list(rehearse(event, make_case().answers, TODAY))
    assert [(item.step.service.id, item.subject) for item in played] == [
        ("first", 0),
        ("first", 1),
        ("second", 0),
        ("second", 1),
    ]
    assert [item.request.name for item in played] == ["陈一", "陈二", "陈一-1", "陈二-2"]
    assert "child_name" in played[0].noticed


def test_what_cannot_be_built_or_is_refused_is_said():
    refusing = replace(FIRST, stand_in=lambda request, ticket: StandInRefusal("不符合"))
    event = make_event(Step(refusing, name_asked), Step(SECOND, name_from_first, uses=(refusing,)))
    first, second = rehearse(event, make_case().answers, TODAY)
    assert first.refusal.reason == "不符合"
    assert isinstance(second.problem, AttributeError)
