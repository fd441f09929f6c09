"""What the introduction of a life event tells, gathered from its services."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.forms.conditions import ALWAYS
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import NotBefore, PublicService
from app.vocabulary.requirement import EvidenceType
from app.wording import Words
from app.workflow.deadlines import expected_days


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One thing that is done: by whom, after what. `only_if`: not everybody needs it."""

    title: Words
    by: Words
    after: Words | None
    promise: Words
    fee: Words
    only_if: bool
    per_item: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """`bring` must come from everybody, `bring_if` from some, `shared` need not come at all.

    `days` is the longest promise, in working days.
    """

    flow: tuple[FlowLine, ...]
    bring: tuple[EvidenceType, ...]
    bring_if: tuple[EvidenceType, ...]
    shared: tuple[EvidenceType, ...]
    authorities: int
    days: int
    is_partly_unknown: bool
    fees: tuple[Words, ...]


AT_ONCE = Words("当场办好", "At once")
TO_BE_TOLD = Words("时限待部门确认", "Time to be confirmed")
NOT_COUNTED = Words("所需时间不计入办理时限", "Its time does not count")


def introduction(event: LifeEvent) -> Introduction:
    """Everything the introduction page tells beside the event's own texts."""
    papers = _papers(event)
    services = [step.service for step in event.steps]
    own = [paper for paper in papers.values() if not (paper.register or paper.output)]
    return Introduction(
        flow=tuple(_line(step) for step in event.steps),
        bring=tuple(paper for paper in own if _is_for_everybody(event, paper)),
        bring_if=tuple(paper for paper in own if not _is_for_everybody(event, paper)),
        shared=tuple(paper for paper in papers.values() if paper.register or paper.output),
        authorities=len({service.authority.id for service in services}),
        days=_longest_days(event),
        is_partly_unknown=any(_is_unknown(service) for service in services),
        fees=tuple(dict.fromkeys(service.fee for service in services)),
    )


def _is_unknown(service: PublicService[Any, Any]) -> bool:
    """Whether nobody can say how long it takes."""
    limit = service.promised
    return limit.working_days is None and limit.hours is None and service.not_before is None


def _promise(service: PublicService[Any, Any]) -> Words:
    """How long it takes, as far as it is known, and whether that counts."""
    limit, waits = service.promised, service.not_before
    if waits is not None:
        return waiting_words(waits)
    if service.excluded is not None:
        return NOT_COUNTED
    if limit.hours is not None:
        return Words(f"{limit.hours} 小时内", f"Within {limit.hours} hours")
    if limit.working_days is None:
        return TO_BE_TOLD
    days = limit.working_days
    return Words(f"{days} 个工作日内", f"Within {days} working days") if days else AT_ONCE


def waiting_words(waits: NotBefore) -> Words:
    """How long a service lasts at least, and of which days."""
    zh, en = ("个工作日", "working days") if waits.working else ("天", "days")
    return Words(
        f"{waits.what.zh}{waits.days}{zh}，不计入办理时限",
        f"{waits.what.en}: {waits.days} {en}, which do not count",
    )


def _line(step: Step[Any]) -> FlowLine:
    promise = _promise(step.service)
    return FlowLine(
        title=step.service.title,
        by=step.service.authority.name,
        after=_after(step),
        promise=promise,
        fee=step.service.fee,
        only_if=step.applies is not ALWAYS,
        per_item=step.each is not None,
    )


def _after(step: Step[Any]) -> Words | None:
    titles = [needed.title for needed in step.requires]
    if not titles:
        return None
    return Words(
        "在" + "".join(f"“{title.zh}”" for title in titles) + "之后",
        "after " + ", ".join(f"“{title.en}”" for title in titles),
    )


def _is_for_everybody(event: LifeEvent, paper: EvidenceType) -> bool:
    """Whether nobody can do without it: some step that always runs always needs it."""
    return not paper.optional and any(
        step.applies is ALWAYS and needed.id == paper.id and needed.applies is ALWAYS
        for step in event.steps
        for needed in step.service.evidence
    )


def _papers(event: LifeEvent) -> Mapping[str, EvidenceType]:
    return {
        paper.id: paper
        for step in reversed(event.steps)
        for paper in step.service.evidence
        if not paper.only_if_missed
    }


def _longest_days(event: LifeEvent) -> int:
    """Working days of the longest way through the plan, as far as promises are known."""
    until: dict[str, int] = {}
    steps = {step.service.id: step for step in event.steps}

    def days(service_id: str) -> int:
        if service_id not in until:
            step = steps[service_id]
            before = max((days(needed.id) for needed in step.requires), default=0)
            until[service_id] = before + expected_days(step.service, 0)
        return until[service_id]

    return max(days(service_id) for service_id in steps)
