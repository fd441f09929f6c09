"""Nothing is asked that no step uses, nothing used is lost, nothing produced or held is asked."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.catalogue import LIFE_EVENTS, load, modules_of
from app.forms.answers import Answers
from app.forms.asking import places
from app.forms.conditions import Is
from app.forms.questions import YES_NO, Page, PersonName
from app.forms.reading import complete, pruned
from app.forms.specimen import situations, specimen
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import answer, filled, first_of, produced, when
from app.wording import Words
from app.workflow.eligibility import outcome
from app.workflow.evidence import papers
from app.workflow.needing import asking_only_what_is_used
from app.workflow.plan import planned_services
from app.workflow.rehearsal import rehearse
from app.workflow.soundness import event_faults
from tests.workflow.asked_and_used import Situation
from tests.workflow.declared import TODAY, NameSent, Step, ask_question, make_event, make_service
from tests.workflow.random_events import random_answers, random_events

HOME = {"county": "331002", "township": "331002001", "detail": "东山社区2幢"}
PERSON = Person("王小样", "331002199003070022", "13800000000")
REGISTERS = ("found", "none", "declined", "asked")
AS_DECLARED = {
    event.id: event
    for module in modules_of(LIFE_EVENTS)
    for event in vars(module).values()
    if isinstance(event, LifeEvent)
}
# A random plan is small as it is: making a failing one smaller takes minutes.
quickly = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("N", PERSON, answers, TODAY)


def asked_in(event: LifeEvent, answers: Answers) -> list[str]:
    guiding = [one.id for one in event.guidance if one.applies.holds(answers)]
    return guiding + [one.id for place in places(event, answers) for one in place.questions]


def sent(event: LifeEvent, answers: Answers) -> dict[Any, Any]:
    """What every department would be sent; for a request that cannot be made, why."""
    return {
        (played.step.service.id, played.subject): played.request or str(played.problem)
        for played in rehearse(event, answers, TODAY)
    }


def needed(event: LifeEvent, answers: Answers, state: str) -> dict[str, tuple[str, bool]]:
    case, found = case_of(answers), {ask.register.id: state for ask in event.asks}
    agreed = [] if state == "declined" else list(found)
    planned = planned_services(event, case)
    return {
        paper.id: (paper.supply, paper.optional)
        for paper in papers(event, case, planned, agreed, found)
    }


@given(event=random_events(), data=st.data())
@quickly
def test_random_plans_ask_the_smallest_set(event: LifeEvent, data: st.DataObject) -> None:
    assert list(event_faults(event)) == []
    fitted = asking_only_what_is_used(event)
    everything = Answers({**data.draw(random_answers(event)), "home": HOME}, TODAY)
    declared, answers = pruned(event, everything), pruned(fitted, everything)

    # Nothing is asked that no step uses.
    idle = Situation(fitted, answers).idle()
    assert idle <= never_used(event)
    # Nothing that is used gets lost: the same plan, papers and requests as if all had been asked.
    assert [step.service.id for step, _ in planned_services(fitted, case_of(answers))] == [
        step.service.id for step, _ in planned_services(event, case_of(declared))
    ]
    assert sent(fitted, answers) == sent(event, declared)
    for state in REGISTERS:
        assert needed(fitted, answers, state) == needed(event, declared, state)
    # Nobody is asked more than was declared, nor anything twice.
    asked = asked_in(fitted, answers)
    assert set(asked) <= set(asked_in(event, declared))
    assert len(set(asked)) == len(asked)
    assert pruned(fitted, answers).values == answers.values


def never_used(event: LifeEvent) -> set[str]:
    """What a random event asks for nothing, whichever way its choices fall: left as declared."""
    choices = [one.id for one in event.questions if one.kind == YES_NO]
    serves: set[str] = set()
    for ways in product(("yes", "no"), repeat=len(choices)):
        values = dict.fromkeys(event_texts(event), "答案") | dict(zip(choices, ways, strict=True))
        answers = pruned(event, Answers({**values, "home": HOME}, TODAY))
        serves |= {*asked_in(event, answers)} - Situation(event, answers).idle()
    return {question.id for question in event.questions} - serves


def event_texts(event: LifeEvent) -> set[str]:
    return {one.id for one in event.questions if isinstance(one.kind, PersonName)}


@given(event=random_events(), data=st.data())
@quickly
def test_random_plans_never_ask_for_a_paper_that_a_register_or_a_sibling_gives(
    event: LifeEvent, data: st.DataObject
) -> None:
    answers = pruned(event, Answers({**data.draw(random_answers(event)), "home": HOME}, TODAY))
    planned = planned_services(event, case_of(answers))
    made = {step.service.id for step, _ in planned}
    state = data.draw(st.sampled_from(REGISTERS))
    found = {ask.register.id: state for ask in event.asks}
    agreed = [] if state == "declined" else list(found)
    told = papers(event, case_of(answers), planned, agreed, found)
    assert len({paper.id for paper in told}) == len(told)
    wanted = {
        paper.id
        for step, _ in planned
        for paper in step.service.evidence
        if paper.applies.holds(answers)
    }
    assert {paper.id for paper in told} == wanted
    for paper in told:
        kinds = [
            one
            for step, _ in planned
            for one in step.service.evidence
            if one.id == paper.id and one.applies.holds(answers)
        ]
        spared = any(one.output in made for one in kinds) or (
            state == "found" and any(one.register for one in kinds)
        )
        assert not (spared and paper.supply == "upload")
        if paper.supply == "upload":
            assert paper.must_be_given


CITY = [pytest.param(event, id=event.id) for event in load().life_events.values()]


@pytest.mark.parametrize("event", CITY)
def test_nothing_is_asked_in_any_situation_that_serves_nothing_there(event: LifeEvent) -> None:
    tried = [one for one in situations(event, TODAY) if outcome(event, one).kind != "stop"]
    idle = {name for answers in tried[::4] for name in Situation(event, answers).idle()}
    assert idle == set()


@pytest.mark.parametrize("event", CITY)
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_a_department_needs_is_lost_by_asking_less(
    event: LifeEvent, data: st.DataObject
) -> None:
    """A few random choices at once: the departments are sent what they would be sent otherwise."""
    declared = AS_DECLARED[event.id]
    choices = [one for one in event.questions if hasattr(one.kind, "options")]
    some = data.draw(st.lists(st.sampled_from(choices), max_size=6, unique_by=lambda one: one.id))
    chosen = {
        one.id: data.draw(st.sampled_from([option.value for option in one.kind.options]))
        for one in some
    }
    several = {one.id for one in some if type(one.kind).__name__ == "Choices"}
    chosen = {name: [one] if name in several else one for name, one in chosen.items()}
    everything = specimen(declared, TODAY, chosen)
    if outcome(declared, everything).kind == "stop":
        return
    answers = pruned(event, everything)
    assert Situation(event, answers).idle() == set()
    assert sent(event, answers) == sent(declared, everything)
    assert needed(event, answers, "none") == needed(declared, everything, "none")
    assert outcome(event, answers).kind == outcome(declared, everything).kind
    unfit = {item.question for item in complete(declared, everything)}
    assert {item.question for item in complete(event, answers)} <= unfit


NAME = ask_question("name", PersonName())
OTHER = ask_question("other", PersonName())
WANTS = ask_question("wants", YES_NO)
OTHERS = filled(NameSent, name=answer("other"))


def event_of(*steps: Any, questions: tuple[Any, ...] = (NAME, OTHER)) -> LifeEvent:
    """A life event whose guidance asks what is wanted, and whose pages ask the rest."""
    pages = [Page(f"p-{one.id}", Words("页", "Page"), (one,)) for one in questions]
    event = make_event(
        *steps,
        guidance=(WANTS,),
        outcomes=(),
        requirements=(),
        deadlines=(),
        groups=(),
        asks=(),
        pages=tuple(pages),
    )
    return asking_only_what_is_used(event)


def asked_when(event: LifeEvent, **answers: Any) -> set[str]:
    return set(asked_in(event, Answers(answers, TODAY)))


def test_a_question_is_asked_of_those_whose_plan_uses_it() -> None:
    event = event_of(
        Step(make_service("for-all"), filled(NameSent)),
        Step(
            make_service("wanted"),
            filled(NameSent, name=answer("other")),
            applies=Is("wants", "yes"),
        ),
    )
    assert asked_when(event, wants="no") == {"wants", "name"}
    assert asked_when(event, wants="yes") == {"wants", "name", "other"}


def test_of_two_people_only_the_one_who_acts_is_asked() -> None:
    either = when(Is("wants", "yes"), answer("other"), answer("name"))
    event = event_of(Step(make_service("one"), filled(NameSent, name=either)))
    assert asked_when(event, wants="yes") == {"wants", "other"}
    assert asked_when(event, wants="no") == {"wants", "name"}


def test_what_a_sibling_makes_is_asked_only_where_the_sibling_is_not_planned() -> None:
    makes = make_service("makes")
    event = event_of(
        Step(makes, filled(NameSent), applies=Is("wants", "yes")),
        Step(
            make_service("takes"),
            filled(NameSent, name=first_of(produced(makes, "number"), answer("other"))),
            requires=(makes,),
        ),
    )
    assert asked_when(event, wants="yes") == {"wants", "name"}
    assert asked_when(event, wants="no") == {"wants", "other"}


def test_what_may_not_be_ready_is_asked_all_the_same() -> None:
    makes = make_service("makes")
    event = event_of(
        Step(makes, filled(NameSent)),
        Step(
            make_service("takes"),
            filled(NameSent, name=first_of(produced(makes, "number"), answer("other"))),
            uses=(makes,),
        ),
    )
    assert "other" in asked_when(event, wants="yes")


def test_what_is_not_known_yet_is_taken_to_need_an_answer() -> None:
    late = ask_question("late", YES_NO)
    event = event_of(
        Step(make_service("one"), filled(NameSent), applies=Is("late", "yes")),
        questions=(NAME, late),
    )
    assert {"name", "late"} <= asked_when(event, wants="yes")
    turned = event_of(
        Step(make_service("one"), filled(NameSent), applies=Is("late", "yes")),
        questions=(late, NAME),
    )
    assert "name" not in asked_when(turned, wants="yes", late="no")


def test_a_page_of_which_nothing_is_asked_is_not_shown() -> None:
    event = event_of(
        Step(
            make_service("wanted"),
            filled(NameSent, name=answer("other")),
            applies=Is("wants", "yes"),
        ),
        questions=(OTHER,),
    )
    assert places(event, Answers({"wants": "no"}, TODAY)) == ()
