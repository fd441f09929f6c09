from app.forms.answers import Answers
from app.workflow.eligibility import blocking, next_guidance_question, outcome, verdicts
from tests.workflow.declared import TODAY, Step, make_event, make_service, name_asked

EVENT = make_event(Step(make_service("register"), name_asked))


def answered(**answers):
    return Answers(answers, TODAY)


def asked_next(**answers):
    question = next_guidance_question(EVENT, answered(**answers))
    return question.id if question else None


def test_guidance_asks_one_question_after_the_other_and_only_what_applies():
    assert asked_next() == "here"
    assert asked_next(here="yes") == "soldier"
    assert asked_next(here="yes", soldier="no") == "how_many"
    assert asked_next(here="yes", soldier="no", how_many="1") is None


def test_a_stop_is_told_at_once_and_nothing_more_is_asked():
    stopped = outcome(EVENT, answered(here="no"))
    assert stopped.kind == "stop"
    assert "Elsewhere" in [told.what.en for told in stopped.told]
    assert asked_next(here="no") is None


def test_an_answer_still_open_decides_nothing():
    # "partly" follows from not having answered no: silence is not an answer.
    undecided = outcome(EVENT, answered(here="yes"))
    assert (undecided.kind, undecided.told) == ("undecided", ())


def test_guidance_leads_online_or_in_part():
    assert outcome(EVENT, answered(here="yes", soldier="no", how_many="1")).kind == "online"
    partly = outcome(EVENT, answered(here="yes", soldier="yes", how_many="1"))
    assert partly.kind == "partly"
    assert [told.todo.en for told in partly.told] == ["Counter"]


def test_a_verdict_waits_for_its_answers():
    assert verdicts(EVENT, answered()) == ()
    [verdict] = verdicts(EVENT, answered(soldier="no"))
    assert verdict.holds


def test_only_a_rule_that_blocks_ends_the_application():
    [requirement] = blocking(EVENT, answered(soldier="yes"))
    assert requirement.reason.en == "Soldiers go to their unit"
    assert blocking(EVENT, answered(soldier="no")) == ()
