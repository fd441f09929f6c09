"""Whether a life event can be done online as a whole, in part or elsewhere, and why."""

from dataclasses import dataclass
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, AnyOf, Condition, Not
from app.forms.questions import Question
from app.vocabulary.life_event import Guidance, LifeEvent, Reckoning
from app.vocabulary.requirement import Requirement, Verdict
from app.wording import Words

Path = Literal["online", "partly", "stop", "undecided"]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a rule makes of the answers, in words."""

    reckoning: Reckoning
    words: Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guidance answers lead to, with everything that is told about it.

    "stop" ends the online path, "partly" leaves services out, "undecided" waits for more answers.
    `reckoned` is what rules make of the answers, as far as they are given.
    """

    kind: Path
    told: tuple[Guidance, ...] = ()
    reckoned: tuple[Reckoned, ...] = ()


def next_guidance_question(event: LifeEvent, answers: Answers) -> Question | None:
    """The next guidance question to ask, or None: all that apply are answered, or it has ended."""
    if any(guidance.outcome == "stop" for guidance in _told(event, answers)):
        return None
    waiting = _open(event, answers)
    found = next((question for question in event.guidance if question.id in waiting), None)
    return found.offered(answers) if found else None


def outcome(event: LifeEvent, answers: Answers) -> Outcome:
    """Where the guidance answers lead; a stop is told as soon as it is certain."""
    told, found = _told(event, answers), reckoned(event, answers)
    kinds = {guidance.outcome for guidance in told}
    if "stop" in kinds:
        return Outcome("stop", told, found)
    if _open(event, answers):
        return Outcome("undecided", told, found)
    return Outcome("partly" if "partly" in kinds else "online", told, found)


def reckoned(event: LifeEvent, answers: Answers) -> tuple[Reckoned, ...]:
    """What the event's rules make of these answers; nothing where a rule says nothing."""
    values = [(reckoning, reckoning.of(answers)) for reckoning in event.reckonings]
    return tuple(
        Reckoned(reckoning, reckoning.says(value))
        for reckoning, value in values
        if value is not None
    )


def _open(event: LifeEvent, answers: Answers) -> frozenset[str]:
    """The guidance questions that apply and have no answer; "none" answers an optional one."""
    return frozenset(
        question.id
        for question in event.guidance
        if not answers.has(question.id)
        and not (question.optional and question.id in answers.values)
        and question.applies.holds(answers)
    )


def _told(event: LifeEvent, answers: Answers) -> tuple[Guidance, ...]:
    waiting = _open(event, answers)
    return tuple(
        guidance for guidance in event.outcomes if _is_certain(guidance.when, answers, waiting)
    )


def _is_certain(condition: Condition, answers: Answers, waiting: frozenset[str]) -> bool:
    """Whether a condition holds whatever the questions still waiting will be answered."""
    match condition:
        case Not():
            return condition.questions.isdisjoint(waiting) and condition.holds(answers)
        case All():
            return all(_is_certain(part, answers, waiting) for part in condition.parts)
        case AnyOf():
            return any(_is_certain(part, answers, waiting) for part in condition.parts)
    return condition.holds(answers)


def verdicts(event: LifeEvent, answers: Answers) -> tuple[Verdict, ...]:
    """What each requirement says of these answers; those whose questions are open are left out."""
    return tuple(
        Verdict(requirement, requirement.condition.holds(answers))
        for requirement in event.requirements
        if _can_be_judged(requirement, answers)
    )


def blocking(event: LifeEvent, answers: Answers) -> tuple[Requirement, ...]:
    """The requirements that fail and, by law, end the application."""
    return tuple(
        verdict.requirement
        for verdict in verdicts(event, answers)
        if verdict.requirement.blocks and not verdict.holds
    )


def _can_be_judged(requirement: Requirement, answers: Answers) -> bool:
    return all(answers.has(question) for question in requirement.condition.questions)
