"""Which services a case needs, per child or person, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.vocabulary.case_file import CaseFile, step_key
from app.vocabulary.case_states import StepState
from app.vocabulary.life_event import LifeEvent, Step
from app.workflow.deadlines import expected_days
from app.workflow.transitions import StepNow, settle

# How a service is done where configuration says so: (service id, county code) -> "system", "desk".
ChannelOf = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One service of the plan. Items (children) are counted from 0 in `subject`.

    `requires`, `uses` and `unless` are keys of other steps of this plan; what is not in the plan is
    not waited for. `held` waits for its round. `state` is where it stands right after submitting.
    """

    key: str
    step: Step[Any]
    subject: int | None
    requires: tuple[str, ...]
    uses: tuple[str, ...]
    channel: str
    state: StepState
    unless: tuple[str, ...] = ()
    held: bool = False


def planned_services(event: LifeEvent, case: CaseFile) -> tuple[tuple[Step[Any], int | None], ...]:
    """The steps that apply, once per item where a step is repeated, in declared order."""
    chosen: list[tuple[Step[Any], int | None]] = []
    for step in event.steps:
        if step.each is None:
            if step.applies.holds(case.answers):
                chosen.append((step, None))
            continue
        group = step.each
        chosen += [
            (step, index)
            for index in range(group.how_many(case.answers))
            if step.applies.holds(case.answers.item(group.id, index))
        ]
    return tuple(chosen)


def plan(
    event: LifeEvent, case: CaseFile, county: str, channel_of: ChannelOf
) -> tuple[PlannedStep, ...]:
    """The plan of a case that is submitted now: every step with what it waits for.

    `county` is the six-digit code whose desks handle it.
    """
    chosen = planned_services(event, case)
    keys = {step_key(step.service.id, subject) for step, subject in chosen}
    subjects = {step.service.id: _subjects(chosen, step.service.id) for step, _ in chosen}

    def in_plan(services: tuple[Any, ...], subject: int | None) -> tuple[str, ...]:
        found: list[str] = []
        for service in services:
            own = step_key(service.id, subject)
            if own in keys:
                found.append(own)
            else:
                found += [step_key(service.id, other) for other in subjects.get(service.id, ())]
        return tuple(found)

    steps = []
    for step, subject in chosen:
        service = step.service
        steps.append(
            PlannedStep(
                key=step_key(service.id, subject),
                step=step,
                subject=subject,
                requires=in_plan(step.requires, subject),
                uses=in_plan(step.uses, subject),
                channel=channel_of(service.id, county) or service.channel,
                state=StepState.WAITING,
                unless=in_plan(step.unless, subject),
                held=bool(step.barrier),
            )
        )
    by_key = {
        step.key: StepNow(
            step.key,
            step.state,
            step.channel,
            step.requires,
            unless=step.unless,
            held=step.held,
        )
        for step in steps
    }
    opened = {change.key: change.after for change in settle(by_key)}
    return tuple(
        replace(planned, state=opened.get(planned.key, planned.state)) for planned in steps
    )


def longest_path_days(steps: tuple[PlannedStep, ...], default: int) -> int:
    """Working days until the last step is due by its promise, along what waits for what.

    `default` stands for a service whose promise is not known. Time that no limit counts, and that
    nobody knows beforehand, is left out.
    """
    until: dict[str, int] = {}
    by_key = {planned.key: planned for planned in steps}

    def days(key: str) -> int:
        if key not in until:
            planned = by_key[key]
            before = max((days(needed) for needed in planned.requires), default=0)
            until[key] = before + expected_days(planned.step.service, default)
        return until[key]

    return max((days(key) for key in by_key), default=0)


def _subjects(
    chosen: tuple[tuple[Step[Any], int | None], ...], service: str
) -> tuple[int | None, ...]:
    return tuple(subject for step, subject in chosen if step.service.id == service)
