"""Plays a life event through with its services' stand-ins, without any department."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.forms.noticing import watched
from app.vocabulary.case_file import ROUND, CaseFile, Person, step_key
from app.vocabulary.intake import RoundFacts
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import Message, PublicService, StandInRefusal, Ticket
from app.workflow.plan import planned_services
from app.workflow.rounds import entrants_of, entries

_APPLICANT = Person("王小样", "331002199003070020", "13800000000")


@dataclass(frozen=True, slots=True)
class Played:
    """One step as it was played: what was asked for, which answers that took, what came of it.

    `problem` is the error where the request could not be built or the stand-in could not answer.
    """

    step: Step[Any]
    subject: int | None
    request: Message | None
    noticed: frozenset[str]
    refusal: StandInRefusal | None = None
    problem: Exception | None = None


def rehearse(event: LifeEvent, answers: Answers, today: date) -> Iterator[Played]:
    """Every step that applies to these answers, each with the outputs of those before it.

    What cannot be built or is refused is said in the result, never raised. What needs a step that
    was refused is left out, as it would never be begun, and so is what is not needed any more. A
    round is played with the entries of this case alone.
    """
    case = CaseFile("REHEARSAL", _APPLICANT, answers, today)
    outputs: dict[str, Mapping[str, Any]] = {}
    without: set[tuple[str, int | None]] = set()
    for step, subject in in_order(event, case):
        spared = any(step_key(other.id, subject) in outputs for other in step.unless)
        if spared or _is_blocked(step, subject, without):
            without.add((step.service.id, subject))
            continue
        seen, notes = watched(
            answers if subject is None or step.each is None else answers.item(step.each.id, subject)
        )
        if step.barrier and step_key(ROUND, subject) not in outputs:
            outputs |= _allotted(event, replace(case, outputs=outputs))
        group = step.each.id if step.each else None
        file = replace(case, answers=seen, outputs=outputs, subject=subject, group=group)
        key = step_key(step.service.id, subject)
        request: Message | None = None
        try:
            request = step.request(file)
            made = step.service.stand_in(request, Ticket(key, today, len(outputs) + 1))
        except (LookupError, ValueError, TypeError, AttributeError) as problem:
            yield Played(step, subject, request, frozenset(notes.noticed), problem=problem)
            continue
        refusal = made if isinstance(made, StandInRefusal) else None
        if isinstance(made, StandInRefusal):
            without.add((step.service.id, subject))
        else:
            outputs[key] = made.model_dump(mode="json")
        yield Played(step, subject, request, frozenset(notes.noticed), refusal)


def _is_blocked(step: Step[Any], subject: int | None, without: set[tuple[str, int | None]]) -> bool:
    """Whether something it requires has no result: for its own item, or for any where it has none.

    The same rule as in `plan`: a requirement is met by the same item, else by every one.
    """
    return any(
        needed.id == service and (subject is None or item in {None, subject})
        for needed in step.requires
        for service, item in without
    )


def _allotted(event: LifeEvent, case: CaseFile) -> dict[str, Mapping[str, Any]]:
    """What a round with the entries of this case alone would give to each item, as outputs."""
    intake = event.intake
    assert intake is not None
    subjects = entries(planned_services(event, case))
    keys = [f"E{number}" for number, _ in enumerate(subjects)]
    county, kind = event.county_of(case.answers), case.answers.text(intake.divided_by)
    year = intake.year_of(case.today)
    entrants = entrants_of(event, case, dict(zip(keys, subjects, strict=True)))
    facts = RoundFacts(
        county, kind, year, 1, case.today, "0" * 64, intake.places(county, kind, year)
    )
    found = intake.allot(facts, entrants)
    return {
        step_key(ROUND, subject): found[key].given
        for key, subject in zip(keys, subjects, strict=True)
    }


def _waits_for(step: Step[Any]) -> tuple[PublicService[Any, Any], ...]:
    """Everything that a step stands behind, hard or soft."""
    return (*step.requires, *step.uses, *step.unless, *step.barrier)


def in_order(event: LifeEvent, case: CaseFile) -> Iterator[tuple[Step[Any], int | None]]:
    """The planned steps so that each stands behind what it requires or uses."""
    left = list(planned_services(event, case))
    while left:
        names = {step.service.id for step, _ in left}
        free = [
            (step, subject)
            for step, subject in left
            if names.isdisjoint(needed.id for needed in _waits_for(step))
        ]
        if not free:
            return
        yield from free
        left = [planned for planned in left if planned not in free]
