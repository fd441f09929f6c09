"""What holds for every life event of the catalogue; a new one is tested by being there."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import jsonschema_rs
import pytest

from app.catalogue import load
from app.forms.answers import Answers
from app.forms.asking import places
from app.forms.fields import read_value
from app.forms.noticing import watched
from app.forms.parts import Problem
from app.forms.questions import Tick
from app.forms.reading import complete, pruned, read_document
from app.forms.schema import json_schema
from app.forms.showing import display
from app.forms.specimen import combinations, situations, specimen_answer
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import Happening, StepState
from app.workflow.deadlines import absolute_deadlines
from app.workflow.eligibility import next_guidance_question, outcome, verdicts
from app.workflow.evidence import papers
from app.workflow.plan import plan, planned_services
from app.workflow.rehearsal import in_order, rehearse
from app.workflow.transitions import StepNow, case_state, change, settle, withdraw
from app.workflow.uses import why

TODAY = date(2026, 11, 23)
PERSON = Person("王小样", "331002199003070022")

every_event = pytest.mark.parametrize("event", load().life_events.values(), ids=lambda e: e.id)


def online(event):
    """The situations in which guidance does not end the online path, found once for all tests."""
    return online_of(event.id)


@cache
def online_of(event_id):
    event = load().life_events[event_id]
    return [given for given in situations(event, TODAY) if outcome(event, given).kind != "stop"]


def case_of(answers):
    return CaseFile("N", PERSON, answers, TODAY)


@every_event
def test_every_question_takes_an_answer_shows_it_and_says_when_it_is_missing(event):
    for question in event.questions:
        answer = read_value(question, specimen_answer(question, TODAY), TODAY)
        assert answer is not None, question.id
        assert not isinstance(answer, Problem), question.id
        for language in ("zh", "en"):
            assert display(question, Answers({question.id: answer}, TODAY), language)
        assert isinstance(read_value(question, None, TODAY), Problem) != question.optional


@every_event
def test_nothing_but_rules_across_questions_stands_against_a_filled_form(event):
    for answers in online(event):
        rules = {check.message for page in event.pages for check in page.checks}
        assert [item for item in complete(event, answers) if item.message not in rules] == []
        assert pruned(event, answers).values == answers.values


@every_event
def test_an_app_can_send_what_the_schema_describes(event):
    schema = json_schema(event, event.title)
    jsonschema_rs.meta.validate(schema)
    json.dumps(schema)
    check = jsonschema_rs.Draft202012Validator(schema)
    for answers in online(event)[:40]:
        assert check.is_valid(json.loads(json.dumps(answers.values)))
        reading = read_document(event, dict(answers.values), Answers({}, TODAY))
        assert reading.values == answers.values


@every_event
def test_every_situation_has_a_plan_that_can_be_carried_out(event):
    """Whatever the form takes, each step's request can be built and its department can answer."""
    for answers in online(event):
        case = case_of(answers)
        assert len(list(in_order(event, case))) == len(planned_services(event, case)) > 0
        stuck = [item for item in rehearse(event, answers, TODAY) if item.problem]
        assert [(item.step.service.id, item.problem) for item in stuck] == []


@every_event
def test_every_step_is_taken_in_some_situation(event):
    taken = {
        step.service.id
        for answers in online(event)
        for step, _ in planned_services(event, case_of(answers))
    }
    assert taken == {step.service.id for step in event.steps}


@every_event
def test_every_outcome_of_the_guidance_can_be_reached(event):
    for guidance in event.outcomes:
        assert any(
            guidance in outcome(event, pruned(event, answers)).told
            for answers in combinations(event, TODAY, guidance.when.questions)
        ), guidance.what.zh


@every_event
def test_guidance_comes_to_an_end(event):
    answers = Answers({}, TODAY)
    asked = []
    while question := next_guidance_question(event, answers):
        asked.append(question.id)
        answers = answers.with_values({question.id: specimen_answer(question, TODAY)})
    assert len(asked) == len(set(asked)) <= len(event.guidance)
    assert outcome(event, answers).kind != "undecided"


@every_event
def test_no_paper_is_asked_for_twice_nor_what_a_sibling_step_makes(event):
    found = {ask.register.id: "found" for ask in event.asks}
    for answers in online(event):
        case = case_of(answers)
        planned = planned_services(event, case)
        made = {step.service.id for step, _ in planned}
        needed = papers(event, case, planned, found, found)
        assert len({paper.id for paper in needed}) == len(needed)
        for paper in needed:
            if paper.supply == "upload":
                assert paper.evidence.output not in made
                assert paper.evidence.register not in found


@every_event
def test_days_fixed_by_law_and_requirements_can_be_told_before_submitting(event):
    told = [item for answers in online(event) for item in absolute_deadlines(event, answers)]
    assert {item.deadline.id for item in told} == {deadline.id for deadline in event.deadlines}
    assert all(item.title.zh and item.consequence.zh for item in told)
    judged = {one.requirement.id for answers in online(event) for one in verdicts(event, answers)}
    assert judged == {requirement.id for requirement in event.requirements}


@every_event
def test_every_question_is_asked_somewhere(event):
    asked = {
        question.id
        for answers in online(event)
        for place in places(event, answers)
        for question in place.questions
    }
    for page in event.pages:
        for question in page.questions:
            # What takes several choices at once is looked for among just those.
            looked_at = page.applies.questions | question.applies.questions
            assert question.id in asked or any(
                question in place.questions
                for answers in combinations(event, TODAY, looked_at)
                for place in places(event, answers)
            ), question.id


@every_event
def test_nothing_is_asked_that_nobody_needs(event):
    """A question serves a service, a look-up, a rule, a deadline, another question, the county
    or the round that it is entered into.

    What is ticked is a declaration: it serves as such; what is reckoned from it is told.
    """
    looked_at = {event.county, *(group.count for group in event.groups)}
    looked_at |= {deadline.counted_from for deadline in event.deadlines}
    if event.intake is not None:
        looked_at |= {event.intake.divided_by, event.intake.identity}
    for condition in (
        *(page.applies for page in event.pages),
        *(question.applies for question in event.questions),
        *(item.when for item in event.outcomes),
        *(item.condition for item in event.requirements),
    ):
        looked_at |= condition.questions
    guiding = {question.id for question in event.guidance}
    for answers in online(event):
        before = {name: answers.values[name] for name in guiding & answers.values.keys()}
        seen, notes = watched(Answers(before, TODAY))
        for reckoning in event.reckonings:
            reckoning.of(seen)
        looked_at |= notes.noticed
    for ask in event.asks:
        seen, notes = watched(online(event)[0])
        ask.request(case_of(seen))
        looked_at |= notes.noticed
    idle = [
        question.id
        for question in event.questions
        if not isinstance(question.kind, Tick)
        and question.id not in looked_at
        and not why(event, question.id)
    ]
    assert idle == []


@every_event
def test_withdrawing_is_safe_at_every_moment(event):
    """Whenever somebody withdraws, nothing new begins, and what departments have still ends."""
    for answers in online(event)[:12]:
        case = case_of(answers)
        planned = plan(event, case, event.county_of(answers), lambda *_: None)
        steps = [
            StepNow(step.key, step.state, step.channel, step.requires, unless=step.unless)
            for step in planned
        ]
        moment = {step.key: step for step in steps}
        settle(moment)
        while running := [step for step in moment.values() if not step.state.is_final]:
            after = {step.key: step for step in moment.values()}
            for changed in withdraw(list(after.values())):
                after[changed.key] = replace(after[changed.key], state=changed.after)
            left = {step.state for step in after.values() if not step.state.is_final}
            assert left <= {StepState.WITH_DEPARTMENT}
            for step in [one for one in after.values() if not one.state.is_final]:
                changes = change(list(after.values()), step.key, Happening.COMPLETED)
                assert [one.key for one in changes] == [step.key]
                after[step.key] = replace(after[step.key], state=StepState.DONE)
            assert case_state(step.state for step in after.values()).is_final
            begun = next(
                step
                for step in running
                if step.state in {StepState.READY, StepState.AT_DESK, StepState.WITH_DEPARTMENT}
            )
            happening = {
                StepState.READY: Happening.ACCEPTED,
                StepState.WITH_DEPARTMENT: Happening.COMPLETED,
                StepState.AT_DESK: Happening.GRANTED,
            }[begun.state]
            for changed in change(list(moment.values()), begun.key, happening):
                moment[changed.key] = replace(moment[changed.key], state=changed.after)
