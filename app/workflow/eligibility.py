"""Whether a life event can be done online as a whole, in part or elsewhere, and why."""

from dataclasses import dataclass
from typing import Literal

from app.forms.answers import Answers
from app.forms.questions import Question
from app.vocabulary.life_event import Guidance, LifeEvent
from app.vocabulary.requirement import Requirement, Verdict

Path = Literal["online", "partly", "stop", "undecided"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guidance answers lead to, with everything that is told about it.

    "stop" ends the online path, "partly" leaves services out, "undecided" waits for more answers.
    """

    kind: Path
    told: tuple[Guidance, ...] = ()


def next_guidance_question(event: LifeEvent, answers: Answers) -> Question | None:
    """The next guidance question to ask, or None: all that apply are answered, or it has ended."""
    for question in event.guidance:
        if not question.applies.holds(answers):
            continue
        if not answers.has(question.id):
            return None if _stops(event, answers) else question
    return None


def outcome(event: LifeEvent, answers: Answers) -> Outcome:
    """Where the guidance answers lead; a stop is told as soon as it is known."""
    told = tuple(guidance for guidance in event.outcomes if guidance.when.holds(answers))
    if any(guidance.outcome == "stop" for guidance in told):
        return Outcome("stop", told)
    if next_guidance_question(event, answers) is not None:
        return Outcome("undecided", told)
    return Outcome("partly" if any(item.outcome == "partly" for item in told) else "online", told)


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


def _stops(event: LifeEvent, answers: Answers) -> bool:
    return any(item.outcome == "stop" and item.when.holds(answers) for item in event.outcomes)
