"""Which services a case needs, per child or person, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.forms.answers import Answers
from app.vocabulary.case_file import CaseFile, step_key
from app.vocabulary.case_states import StepState
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import PublicService
from app.workflow.deadlines import expected_days
from app.workflow.transitions import StepNow, settle

Service = PublicService[Any, Any]
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
    items: dict[str, tuple[Answers, ...]] = {}
    for step in event.steps:
        group = step.each
        if group is None:
            if step.applies.holds(case.answers):
                chosen.append((step, None))
            continue
        if group.id not in items:
            count = group.how_many(case.answers)
            items[group.id] = tuple(case.answers.item(group.id, index) for index in range(count))
        chosen += [
            (step, index)
            for index, answers in enumerate(items[group.id])
            if step.applies.holds(answers)
        ]
    return tuple(chosen)


def services_planned(event: LifeEvent, case: CaseFile) -> frozenset[str]:
    """The ids of the services that apply."""
    return frozenset(step.service.id for step, _ in planned_services(event, case))


def plan(
    event: LifeEvent, case: CaseFile, county: str, channel_of: ChannelOf
) -> tuple[PlannedStep, ...]:
    """The plan of a case that is submitted now: every step with what it waits for.

    `county` is the six-digit code whose desks handle it.
    """
    chosen = planned_services(event, case)
    keys: dict[str, list[str]] = {}
    for step, subject in chosen:
        keys.setdefault(step.service.id, []).append(step_key(step.service.id, subject))

    def in_plan(services: tuple[Service, ...], subject: int | None) -> tuple[str, ...]:
        """The same item's step of each service, or all its steps where it is repeated otherwise."""
        found: list[str] = []
        for service in services:
            own, planned = step_key(service.id, subject), keys.get(service.id, [])
            found += [own] if own in planned else planned
        return tuple(found)

    def own(services: tuple[Service, ...], subject: int | None) -> tuple[str, ...]:
        # One child's delay must not make its twin's place needless.
        return tuple(
            key
            for service in services
            for key in keys.get(service.id, ())
            if key in {step_key(service.id, subject), service.id}
        )

    waiting = [
        StepNow(
            step_key(step.service.id, subject),
            StepState.WAITING,
            channel_of(step.service.id, county) or step.service.channel,
            in_plan(step.requires, subject),
            unless=own(step.unless, subject),
            held=bool(step.barrier),
        )
        for step, subject in chosen
    ]
    opened = {change.key: change.after for change in settle({now.key: now for now in waiting})}
    return tuple(
        PlannedStep(
            key=now.key,
            step=step,
            subject=subject,
            requires=now.requires,
            uses=in_plan(step.uses, subject),
            channel=now.channel,
            state=opened.get(now.key, now.state),
            unless=now.unless,
            held=now.held,
        )
        for now, (step, subject) in zip(waiting, chosen, strict=True)
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
