"""Which papers a case needs, who needs them and why: nothing is asked for twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from app.forms.specimen import situations
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import PublicService
from app.vocabulary.requests import Filled
from app.vocabulary.requirement import EvidenceType, Rule
from app.workflow.deadlines import add_working_days
from app.workflow.rehearsal import rehearse

Supply = Literal["shared", "produced", "awaited", "upload"]
Planned = Sequence[tuple[Step[Any], int | None]]


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """One paper for the whole case, with everybody who needs it.

    `supply` says where it comes from: "shared" by `register`, "produced" by the sibling service
    `output`, "awaited" while the register has not answered, else "upload". `items` are the items
    (counted from 0) it is about; empty: the case. `defer_until` is the last day if it may follow
    later, `commitment` whether a written promise will do.
    """

    evidence: EvidenceType
    services: tuple[PublicService[Any, Any], ...]
    items: tuple[int, ...]
    supply: Supply
    optional: bool
    commitment: bool
    defer_until: date | None = None
    register: str | None = None
    output: str | None = None

    @property
    def id(self) -> str:
        """The id of the kind of paper."""
        return self.evidence.id

    @property
    def must_be_given(self) -> bool:
        """Whether the person has to do something about it before submitting."""
        return self.supply == "upload" and not self.optional


def papers(
    event: LifeEvent,
    case: CaseFile,
    planned: Planned,
    consented: Collection[str],
    register_states: Mapping[str, str],
) -> tuple[NeededPaper, ...]:
    """The papers of a case, each once, in the order of the plan.

    `planned` is `plan.planned_services(event, case)`, `consented` the registers that may be asked,
    `register_states` what became of that by register id: "found" counts as shared, "consented" and
    "asked" as awaited, anything else as nothing. A register that the event does not ask, and facts
    that somebody said are wrong, must not be given as "found".
    """
    asked = {ask.register.id for ask in event.asks}
    states = {
        register: state
        for register, state in register_states.items()
        if register in asked and register in consented
    }
    services = {step.service.id for step, _ in planned}
    needs: dict[str, list[tuple[EvidenceType, PublicService[Any, Any], int | None]]] = {}
    for step, subject in planned:
        answers = case.answers
        if step.each is not None and subject is not None:
            answers = answers.item(step.each.id, subject)
        for paper in step.service.evidence:
            if not paper.only_if_missed and paper.applies.holds(answers):
                needs.setdefault(paper.id, []).append((paper, step.service, subject))
    return tuple(_paper(need, states, services, case.today) for need in needs.values())


def _paper(
    need: Sequence[tuple[EvidenceType, PublicService[Any, Any], int | None]],
    states: Mapping[str, str],
    services: Collection[str],
    today: date,
) -> NeededPaper:
    """One paper out of everybody's need of it; the strictest need decides."""
    kinds = [paper for paper, _, _ in need]
    supply, register, output = _supply(kinds, states, services)
    defers = [paper.defer_working_days for paper in kinds if not paper.optional] or [
        paper.defer_working_days for paper in kinds
    ]
    known = [days for days in defers if days is not None]
    return NeededPaper(
        evidence=kinds[0],
        services=tuple({service.id: service for _, service, _ in need}.values()),
        items=tuple(sorted({item for _, _, item in need if item is not None})),
        supply=supply,
        optional=all(paper.optional for paper in kinds),
        commitment=all(paper.commitment for paper in kinds),
        defer_until=add_working_days(today, min(known)) if len(known) == len(defers) else None,
        register=register,
        output=output,
    )


def _supply(
    kinds: Sequence[EvidenceType], states: Mapping[str, str], services: Collection[str]
) -> tuple[Supply, str | None, str | None]:
    """Where a paper comes from, and the register or service that gives it."""
    registers = [paper.register for paper in kinds if paper.register]
    for register in registers:
        if states.get(register) == "found":
            return "shared", register, None
    for paper in kinds:
        if paper.output in services:
            return "produced", None, paper.output
    for register in registers:
        if states.get(register) in {"consented", "asked"}:
            return "awaited", register, None
    return "upload", None, None


@dataclass(frozen=True, slots=True)
class Use:
    """One service that uses an answer or a paper, under which rules, and what for.

    "request": it is sent to the authority; "decision": it decides whether the service or one of its
    papers is needed; "paper": the service needs this paper.
    """

    service: PublicService[Any, Any]
    purpose: Literal["request", "decision", "paper"]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules under which the service works."""
        return self.service.rules


def why(event: LifeEvent, asked: str) -> tuple[Use, ...]:
    """Who uses the question or paper `asked`, and what for; empty where nobody does.

    Found by reading the conditions and where requests take their fields from; a step that builds
    its request by a function is watched in every situation that the event's choices can make.
    Nothing is declared a second time.
    """
    return _uses(_Held(event)).get(asked, ())


class _Held:
    """A life event as a key of the cache: equal by identity, for declarations are never changed."""

    def __init__(self, event: LifeEvent) -> None:
        self.event = event

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.event is self.event

    def __hash__(self) -> int:
        return id(self.event)


# Requests do not depend on the day beyond its being after the dates answered.
_REHEARSED_ON = date(2026, 1, 15)


@lru_cache(maxsize=64)
def _uses(held: _Held) -> dict[str, tuple[Use, ...]]:
    found: dict[str, dict[tuple[str, str], Use]] = {}
    for name, use in (*_declared_uses(held.event), *_watched_uses(held.event)):
        found.setdefault(name, {}).setdefault((use.service.id, use.purpose), use)
    return {name: tuple(uses.values()) for name, uses in found.items()}


def _declared_uses(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What papers, conditions and the sources of requests say."""
    for step in event.steps:
        service = step.service
        for paper in service.evidence:
            yield paper.id, Use(service, "paper")
            yield from ((name, Use(service, "decision")) for name in paper.applies.questions)
        yield from ((name, Use(service, "decision")) for name in step.applies.questions)
        if isinstance(step.request, Filled):
            yield from ((name, Use(service, "request")) for name in step.request.questions)


def _watched_uses(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What requests look at that a function builds, in every situation."""
    if all(isinstance(step.request, Filled) for step in event.steps):
        return
    for answers in situations(event, _REHEARSED_ON):
        for played in rehearse(event, answers, _REHEARSED_ON):
            yield from ((name, Use(played.step.service, "request")) for name in played.noticed)
