"""Which items of a case enter a round, what its barrier watches, and how the rule sees an entry."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.vocabulary.case_file import CaseFile
from app.vocabulary.intake import Entrant
from app.vocabulary.life_event import LifeEvent, Step


def entries(planned: Iterable[tuple[Step[Any], int | None]]) -> tuple[int | None, ...]:
    """The items (None: the case itself) that stand at a barrier in this plan, in order."""
    return tuple(dict.fromkeys(subject for step, subject in planned if step.barrier))


def watched_services(event: LifeEvent) -> frozenset[str]:
    """Ids of everything that a barrier waits for, directly or because a check requires it."""
    steps = {step.service.id: step for step in event.steps}
    left = [service.id for step in event.steps for service in step.barrier]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name not in found and name in steps:
            found.add(name)
            left += [needed.id for needed in (*steps[name].requires, *steps[name].unless)]
    return frozenset(found)


def entrants_of(
    event: LifeEvent,
    case: CaseFile,
    subjects: Mapping[str, int | None],
    undecided: Mapping[int | None, Collection[str]] | None = None,
) -> tuple[Entrant, ...]:
    """The entries of one case as the rule sees them.

    `subjects` are the items by entry key; `undecided` the services that are with a person, by item.
    """
    intake = event.intake
    group = intake.entry.id if intake and intake.entry else None
    first = min(subjects, default="")
    return tuple(
        Entrant(
            key,
            case if subject is None or group is None else case.about(group, subject),
            frozenset((undecided or {}).get(subject, ())),
            first,
        )
        for key, subject in subjects.items()
    )
