from app.catalogue import load
from app.forms.conditions import Is
from app.forms.questions import YES_NO, Page, SharedFrom, Tick
from app.vocabulary.requests import answer, fact, filled
from app.wording import Words
from app.workflow.uses import in_plan, why, why_benefits_ask, why_looked_up
from tests.workflow.declared import (
    CHILD,
    REGISTER,
    RULE,
    NameSent,
    Step,
    ask_question,
    child_asked,
    make_event,
    make_paper,
    make_service,
    name_asked,
)

BOOK = make_paper("book", register="people-register")
SOLDIERS = make_paper("soldiers-pass", applies=Is("soldier", "yes"))
CERTIFY = make_service("certify", BOOK)
REGISTER_CHILD = make_service("register-child", BOOK, SOLDIERS)
PROMISE = Page(
    "promise",
    Words("承诺", "Promise"),
    (
        ask_question("has_promise", YES_NO),
        ask_question("promise", Tick(), applies=Is("has_promise", "yes")),
    ),
    applies=Is("soldier", "yes"),
)
EVENT = make_event(
    Step(CERTIFY, name_asked, applies=Is("here", "yes")),
    Step(REGISTER_CHILD, child_asked, requires=(CERTIFY,), each=CHILD),
)


def uses(asked, event=EVENT):
    return {(use.service.id if use.service else "", use.purpose) for use in why(event, asked)}


def test_every_question_and_paper_says_who_needs_it_and_what_for():
    assert uses("mother") == {("certify", "request"), ("", "look-up")}
    assert uses("child_name") == {("register-child", "request")}
    assert uses("book") == {("certify", "paper"), ("register-child", "paper")}
    assert uses("born") == {("", "deadline")}
    assert uses("home") == {("", "county")}
    assert uses("unused") == set()


def test_what_decides_says_on_what():
    assert ("certify", "decision") in uses("here")
    assert ("", "outcome") in uses("here")
    assert uses("how_many") == {("register-child", "decision")}
    assert uses("soldier") == {("register-child", "decision"), ("", "outcome"), ("", "requirement")}


def test_a_question_that_only_opens_others_says_for_whom_those_are_asked():
    asked = ask_question("mother_known", YES_NO)
    mother = Page(
        "mother",
        Words("母亲", "Mother"),
        (ask_question("mother", YES_NO),),
        applies=Is("mother_known", "yes"),
    )
    event = make_event(
        Step(CERTIFY, filled(NameSent, name=answer("mother"))),
        guidance=(asked,),
        pages=(mother,),
        asks=(),
        outcomes=(),
        groups=(),
    )
    assert uses("mother_known", event) == {("certify", "questions")}


def test_what_is_only_ticked_is_a_promise_and_says_under_which_rules():
    assert uses("truth") == {("", "declaration")}
    event = make_event(Step(CERTIFY, name_asked), pages=(*EVENT.pages, PROMISE))
    assert ("", "declaration") in uses("promise", event)
    assert why(event, "promise")[0].rules == (RULE,)


def test_a_register_says_whom_its_facts_serve():
    shared = ask_question("mother", YES_NO, shared=SharedFrom("people-register", "number"))
    event = make_event(
        Step(make_service("told"), filled(NameSent, name=fact(REGISTER, "number"))),
        Step(make_service("asked"), filled(NameSent, name=answer("mother"))),
        Step(make_service("shown", BOOK), filled(NameSent, name=answer("home"))),
        Step(make_service("other"), filled(NameSent, name=answer("home"))),
        pages=(Page("mother", Words("母亲", "Mother"), (shared, ask_question("home", YES_NO))),),
    )
    served = {use.service.id for use in why_looked_up(event, "people-register")}
    assert served == {"told", "asked", "shown"}


def test_in_a_draft_only_what_is_planned_is_told_and_what_decides():
    told = why(EVENT, "book")
    assert {use.service.id for use in in_plan(told, {"certify"})} == {"certify"}
    assert in_plan(why(EVENT, "here"), set()) != ()
    assert in_plan(told, set()) == told


def test_everything_the_city_asks_says_who_needs_it_and_under_which_rule():
    city = load()
    for event in city.life_events.values():
        asked = [question.id for question in event.questions]
        papers = [paper.id for step in event.steps for paper in step.service.evidence]
        for name in (*asked, *papers):
            assert why(event, name), (event.id, name)
            assert all(use.rules for use in why(event, name)), (event.id, name)
        for ask in event.asks:
            assert why_looked_up(event, ask.register.id), (event.id, ask.register.id)
    for benefit in city.benefits.values():
        for question in benefit.questions:
            found = why_benefits_ask(city.benefits.values(), question.id)
            assert benefit.title in {use.title for use in found}
            assert all(use.rules for use in found)
