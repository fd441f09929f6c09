"""Finds what is wrong with a declared benefit before anybody is told about it."""

from collections.abc import Iterator, Mapping

from app.forms.questions import Choice, Choices
from app.forms.soundness import Known, text_faults
from app.vocabulary.benefit import Benefit
from app.vocabulary.life_event import LifeEvent
from app.workflow.soundness import id_faults


def benefit_faults(benefit: Benefit, events: Mapping[str, LifeEvent]) -> Iterator[str]:
    """What is wrong with a benefit, one sentence each; `events` are those it can start."""
    where = f"benefit {benefit.id!r}"
    yield from id_faults(benefit.id, "benefit")
    yield from text_faults(benefit, where)
    known = Known()
    for question in benefit.questions:
        yield from known.faults(question.applies, None, f"{where} question {question.id!r}")
        known.add(question, None)
    if not benefit.needs:
        yield f"{where}: needs nothing, so that everybody would get it"
    named = [need.id for need in benefit.needs]
    if len(set(named)) < len(named):
        yield f"{where}: a need stands twice"
    yield from _start_faults(benefit, events, where)


def _start_faults(benefit: Benefit, events: Mapping[str, LifeEvent], where: str) -> Iterator[str]:
    event = events.get(benefit.starts)
    if event is None:
        yield f"{where}: there is no life event {benefit.starts!r} to start"
        return
    guidance = {question.id: question for question in event.guidance}
    for name, value in benefit.presets.items():
        question = guidance.get(name)
        if question is None:
            yield f"{where}: {event.id!r} has no guidance question {name!r} to begin with"
        elif isinstance(question.kind, Choice | Choices):
            values = value if isinstance(value, list) else [value]
            offered = {option.value for option in question.kind.options}
            if isinstance(value, list) is not isinstance(question.kind, Choices):
                yield f"{where}: {name!r} takes one choice, or several, and is given the other"
            yield from (
                f"{where}: {name!r} has no choice {one!r}" for one in values if one not in offered
            )
