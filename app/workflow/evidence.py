"""Which papers a case needs and where each comes from: nothing is asked for twice."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import PublicService
from app.vocabulary.requirement import EvidenceType
from app.workflow.deadlines import add_working_days

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
