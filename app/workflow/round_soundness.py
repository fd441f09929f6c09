"""Finds what is wrong with a declared intake before anybody applies within it."""

from collections.abc import Iterator

from app.forms.questions import Choice, IdentityDocument, ResidentId
from app.forms.soundness import Known
from app.vocabulary.life_event import LifeEvent


def round_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """What is wrong with the intake and the barriers of a life event, one sentence each."""
    held = [step for step in event.steps if step.barrier]
    intake = event.intake
    if intake is None:
        for step in held:
            yield f"step {step.service.id!r}: has a barrier, but the life event has no intake"
        return
    if not held:
        yield "intake: no step has a barrier, so nothing would ever wait for the round"
    for step in held:
        if step.each != intake.entry:
            yield f"step {step.service.id!r}: has a barrier, so it has to repeat the intake's entry"
    dividing = known.questions.get(intake.divided_by)
    if dividing is None or not isinstance(dividing.kind, Choice):
        yield f"intake: {intake.divided_by!r} is not the id of a question with choices"
    identity = known.questions.get(intake.identity)
    if identity is None or not isinstance(identity.kind, ResidentId | IdentityDocument):
        yield f"intake: {intake.identity!r} is not the id of a question for an identity number"
    elif identity.optional:
        yield f"intake: {intake.identity!r} may be left out, and whoever does would be one person"
    if not intake.columns or not intake.how:
        yield "intake: the public list needs columns, and words that say how places are given"
