"""All life events, services, registers and benefits of the city, found by walking their folders.

Everything is checked on the way; a new file in `app/lifeevents` or `app/services` is enough to be
in here.
"""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Any, TypeVar

from app.errors import Misdeclared
from app.forms.asking import FOR_WHOM
from app.forms.soundness import text_faults
from app.vocabulary.benefit import Benefit, Screening
from app.vocabulary.granting import Grant
from app.vocabulary.life_event import LifeEvent, Stage
from app.vocabulary.public_service import CompetentAuthority, PublicService, SharedRegister
from app.vocabulary.requirement import Parameter
from app.workflow.benefit_soundness import benefit_faults
from app.workflow.grant_soundness import grant_faults
from app.workflow.needing import asking_only_what_is_used
from app.workflow.parameter_soundness import parameter_faults
from app.workflow.shape_soundness import shape_faults
from app.workflow.soundness import event_faults, id_faults, register_faults, service_faults

Service = PublicService[Any, Any]
Register = SharedRegister[Any, Any]
T = TypeVar("T")

LIFE_EVENTS = "app.lifeevents"
SERVICES = "app.services"


class CatalogueError(Misdeclared):
    """Declarations that do not fit; every line names a file and what is wrong with it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the city offers, by id. `declared_in` says in which file an id is declared.

    `life_events` are the editions that are offered; those that are `superseded`, by id and version,
    are there for the cases that run under them.
    """

    life_events: Mapping[str, LifeEvent]
    services: Mapping[str, Service]
    registers: Mapping[str, Register]
    benefits: Mapping[str, Benefit]
    screenings: Mapping[str, Screening]
    authorities: Mapping[str, CompetentAuthority]
    stages: tuple[Stage, ...]
    declared_in: Mapping[str, str]
    superseded: Mapping[tuple[str, str], LifeEvent] = field(default_factory=dict)

    @property
    def editions(self) -> tuple[LifeEvent, ...]:
        """Every edition that is declared."""
        return (*self.life_events.values(), *self.superseded.values())

    def events_at(self, stage: Stage) -> tuple[LifeEvent, ...]:
        """The life events of one stage of life, by title."""
        found = [event for event in self.life_events.values() if event.stage == stage]
        return tuple(sorted(found, key=lambda event: event.title.zh))

    def granted_by(self, service: str) -> Grant | None:
        """What a service grants that goes on, if it is still offered and does."""
        offered = self.services.get(service)
        return offered.grants if offered else None

    def edition(self, event_id: str, version: str) -> LifeEvent | None:
        """Exactly this edition of a life event, or None where it is not declared any more."""
        offered = self.life_events.get(event_id)
        if offered is not None and offered.version == version:
            return offered
        return self.superseded.get((event_id, version))

    def is_ahead(self, event_id: str, version: str) -> bool:
        """Whether a version is newer than the one offered: other processes know it already.

        Only versions that are whole numbers tell.
        """
        offered = self.life_events.get(event_id)
        known = offered is not None and offered.version.isdecimal() and version.isdecimal()
        return offered is not None and known and int(version) > int(offered.version)

    def in_words_of(self, event_id: str, version: str) -> LifeEvent | None:
        """The edition in whose words a case is shown: its own, else the one that is offered."""
        return self.edition(event_id, version) or self.life_events.get(event_id)

    def services_of(self, authority: str) -> tuple[Service, ...]:
        """The services of one authority."""
        return tuple(
            service for service in self.services.values() if service.authority.id == authority
        )

    def events_with(self, service: str) -> tuple[LifeEvent, ...]:
        """The life events that have a service in their plan."""
        return tuple(
            event
            for event in self.life_events.values()
            if any(step.service.id == service for step in event.steps)
        )


@cache
def load() -> Catalogue:
    """The city's catalogue, read and checked once per process.

    Raises CatalogueError where a declaration does not fit.
    """
    return build(modules_of(LIFE_EVENTS), modules_of(SERVICES))


def modules_of(package: str) -> tuple[ModuleType, ...]:
    """Every module of a package, imported, by name. Raises CatalogueError where one cannot be."""
    found = []
    for name in sorted(part.name for part in pkgutil.iter_modules(import_module(package).__path__)):
        full = f"{package}.{name}"
        try:
            found.append(import_module(full))
        except Exception as broken:
            where = _broken_at(broken, (package, SERVICES)) or _file(full)
            reason = f"cannot be imported: {type(broken).__name__}: {broken}"
            raise CatalogueError([f"{where}: {reason}"]) from broken
    return tuple(found)


def _broken_at(broken: Exception, packages: Iterable[str]) -> str:
    """The file and line of a declaration that cannot be imported: the innermost in `packages`.

    A life event may be sound and import a service that is not.
    """
    folders = {folder: name for name in packages for folder in import_module(name).__path__}
    lines = [(frame.filename, frame.lineno) for frame in extract_tb(broken.__traceback__)]
    if isinstance(broken, SyntaxError):
        lines.append((broken.filename or "", broken.lineno))
    for filename, line in reversed(lines):
        for folder, name in folders.items():
            if Path(filename).is_relative_to(folder):
                inside = Path(filename).relative_to(folder)
                return f"{Path(*name.split('.')) / inside}, line {line}"
    return ""


def build(life_events: Iterable[ModuleType], services: Iterable[ModuleType]) -> Catalogue:
    """A catalogue of what these modules declare. Raises CatalogueError where it does not fit."""
    events = _declared(life_events, LifeEvent)
    offered = _declared(services, PublicService)
    registers = _declared(services, SharedRegister)
    benefits = _declared(services, Benefit)
    screenings = _declared(services, Screening)
    current = [(file, event) for file, event in events if not event.superseded]
    parameters = _declared(services, Parameter)
    if misshapen := _shape_faults(events, [*offered, *registers, *benefits, *parameters]):
        raise CatalogueError(misshapen)
    by_id = {event.id: event for _, event in current}
    faults = [
        *_twice(current, "life event"),
        *_edition_faults(events, by_id),
        *_twice(offered, "service"),
        *_twice(registers, "register"),
        *_twice(_one_of_each(offered, registers), "service or register"),
        *_twice(benefits, "benefit"),
        *_twice(screenings, "screening"),
        *(f"{file}: {fault}" for file, event in events for fault in event_faults(event)),
        *(f"{file}: {fault}" for file, service in offered for fault in service_faults(service)),
        *(f"{file}: {fault}" for file, held in registers for fault in register_faults(held)),
        *(f"{file}: {fault}" for file, one in benefits for fault in benefit_faults(one, by_id)),
        *_grant_faults(offered, benefits),
        *_parameter_faults(parameters, offered),
        *_stage_faults(current),
        *_screening_faults(screenings, {benefit.id for _, benefit in benefits}),
        *_reference_faults(events, offered, registers),
        *_paper_reference_faults(events, offered, registers),
        *_paper_faults(offered),
        *_authority_faults([*offered, *registers], events),
    ]
    if faults:
        raise CatalogueError(faults)
    return Catalogue(
        life_events={name: asking_only_what_is_used(event) for name, event in by_id.items()},
        superseded={
            (event.id, event.version): asking_only_what_is_used(event)
            for _, event in events
            if event.superseded
        },
        services={service.id: service for _, service in offered},
        registers={register.id: register for _, register in registers},
        benefits={benefit.id: benefit for _, benefit in benefits},
        screenings={screening.id: screening for _, screening in screenings},
        authorities=_authorities([*offered, *registers], events),
        stages=tuple(
            sorted({event.stage for event in by_id.values()}, key=lambda stage: stage.order)
        ),
        declared_in={
            **{event.id: file for file, event in current},
            **{service.id: file for file, service in offered},
            **{register.id: file for file, register in registers},
        },
    )


def _shape_faults(
    events: Iterable[tuple[str, LifeEvent]], others: Iterable[tuple[str, Any]]
) -> list[str]:
    """Values of a wrong kind, over which every other check would stumble."""
    looked_at_alone = (PublicService, SharedRegister, Benefit, Parameter)
    return [
        f"{file}: {fault}"
        for file, one in (*events, *others)
        for fault in shape_faults(one, f"{type(one).__name__} {one.id!r}", looked_at_alone)
    ]


def _parameter_faults(
    parameters: Iterable[tuple[str, Parameter]], offered: Iterable[tuple[str, Service]]
) -> Iterator[str]:
    """Dated values of which nobody could say which is in force."""
    fees = ((file, service.fee_amount) for file, service in offered if service.fee_amount)
    once = {id(parameter): (file, parameter) for file, parameter in (*fees, *parameters)}
    for file, parameter in once.values():
        yield from (f"{file}: {fault}" for fault in parameter_faults(parameter))


def _stage_faults(events: Iterable[tuple[str, LifeEvent]]) -> Iterator[str]:
    """Stages of life that share an id and differ would stand on the home page twice."""
    known: dict[str, tuple[Stage, str]] = {}
    for file, event in events:
        stage, first = known.setdefault(event.stage.id, (event.stage, file))
        if stage != event.stage:
            yield f"{file}: stage {stage.id!r} has other words or another place in {first}"


def _screening_faults(
    screenings: Iterable[tuple[str, Screening]], benefits: set[str]
) -> Iterator[str]:
    """Screenings without words, or of benefits that nobody declares."""
    for file, screening in screenings:
        where = f"{file}: screening {screening.id!r}"
        yield from (f"{file}: {fault}" for fault in id_faults(screening.id, "screening"))
        yield from (f"{file}: {fault}" for fault in text_faults(screening, where))
        yield from (
            f"{where}: there is no benefit {one.id!r}"
            for one in screening.benefits
            if one.id not in benefits
        )


def _file(module: str, *, folder: bool = False) -> str:
    return module.replace(".", "/") + ("/__init__.py" if folder else ".py")


def _declared(modules: Iterable[ModuleType], kind: type[T]) -> list[tuple[str, T]]:
    """Every instance of `kind` at the top of the modules, with its file, once each."""
    seen: set[int] = set()
    found = []
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, kind) and id(value) not in seen:
                seen.add(id(value))
                file = _file(module.__name__, folder=hasattr(module, "__path__"))
                found.append((file, value))
    return found


def _twice(declared: Iterable[tuple[str, Any]], what: str) -> Iterator[str]:
    files: dict[str, str] = {}
    for file, value in declared:
        if value.id in files:
            yield f"{file}: {what} {value.id!r} is declared in {files[value.id]} already"
        files.setdefault(value.id, file)


def _one_of_each(
    offered: Iterable[tuple[str, Service]], registers: Iterable[tuple[str, Register]]
) -> list[tuple[str, Any]]:
    """Services and registers, each id once of either: what is left twice, both have."""
    return [
        *{one.id: (file, one) for file, one in offered}.values(),
        *{one.id: (file, one) for file, one in registers}.values(),
    ]


def _edition_faults(
    events: Iterable[tuple[str, LifeEvent]], offered: Mapping[str, LifeEvent]
) -> Iterator[str]:
    """Superseded editions of what nobody offers, and versions that two editions share."""
    known: dict[tuple[str, str], tuple[str, LifeEvent]] = {}
    for file, event in events:
        if event.superseded and event.id not in offered:
            yield f"{file}: life event {event.id!r} is superseded, but no edition of it is offered"
        first, other = known.setdefault((event.id, event.version), (file, event))
        if other is not event and (event.superseded or other.superseded):
            yield f"{file}: version {event.version!r} of {event.id!r} is declared in {first} too"


def _ids(declared: Iterable[tuple[str, Any]]) -> set[str]:
    return {value.id for _, value in declared}


def _reference_faults(
    events: list[tuple[str, LifeEvent]],
    offered: list[tuple[str, Service]],
    registers: list[tuple[str, Register]],
) -> Iterator[str]:
    """What is referred to and declared nowhere."""
    services, held = _ids(offered), _ids(registers)
    for file, event in events:
        for step in event.steps:
            if step.service.id not in services:
                yield f"{file}: service {step.service.id!r} is not declared in app/services"
        for ask in event.asks:
            if ask.register.id not in held:
                yield f"{file}: register {ask.register.id!r} is not declared in app/services"


def _grant_faults(
    offered: list[tuple[str, Service]], benefits: list[tuple[str, Benefit]]
) -> Iterator[str]:
    """What services grant or touch that does not fit the benefits."""
    known = _ids(benefits)
    for file, service in offered:
        yield from (f"{file}: {fault}" for fault in grant_faults(service, known))


def _paper_reference_faults(
    events: list[tuple[str, LifeEvent]],
    offered: list[tuple[str, Service]],
    registers: list[tuple[str, Register]],
) -> Iterator[str]:
    """Papers whose register, service or questions are declared nowhere."""
    services, held = _ids(offered), _ids(registers)
    for file, service in offered:
        joined = [
            event
            for _, event in events
            if any(step.service.id == service.id for step in event.steps)
        ]
        asked = {question.id for event in joined for question in event.questions} | {FOR_WHOM}
        for paper in service.evidence:
            where = f"{file}: paper {paper.id!r} of {service.id!r}"
            if paper.register and paper.register not in held:
                yield f"{where}: there is no register {paper.register!r}"
            if paper.output and paper.output not in services:
                yield f"{where}: there is no service {paper.output!r}"
            if joined and (missing := sorted(paper.applies.questions - asked)):
                yield f"{where}: looks at {missing}, which no life event with it asks"


def _paper_faults(offered: list[tuple[str, Service]]) -> Iterator[str]:
    """Papers of several services under one id must be one paper, for it is asked for once."""
    titles: dict[str, tuple[str, str]] = {}
    for file, service in offered:
        for paper in service.evidence:
            first_file, title = titles.setdefault(paper.id, (file, paper.title.zh))
            if title != paper.title.zh:
                yield f"{file}: paper {paper.id!r} has another title in {first_file}"


def _authority_faults(
    declared: Iterable[tuple[str, Service | Register]], events: Iterable[tuple[str, LifeEvent]]
) -> Iterator[str]:
    """Authorities that share an id and differ, and paths that two things of one authority share."""
    bodies: dict[str, tuple[CompetentAuthority, str]] = {}
    paths: dict[tuple[str, str], str] = {}
    named = [*((file, one.authority) for file, one in declared), *((f, e.lead) for f, e in events)]
    for file, body in named:
        first, elsewhere = bodies.setdefault(body.id, (body, file))
        if first != body:
            yield (
                f"{file}: authority {body.id!r} is declared differently in {elsewhere}; "
                "both should import one from app/vocabulary/authorities.py"
            )
        yield from (f"{file}: {fault}" for fault in id_faults(body.id, "authority"))
        yield from (f"{file}: {fault}" for fault in text_faults(body, f"authority {body.id!r}"))
    for file, value in declared:
        body = value.authority
        if paths.setdefault((body.id, value.path), value.id) != value.id:
            yield f"{file}: {value.id!r} has the path of {paths[body.id, value.path]!r}"


def _authorities(
    declared: Iterable[tuple[str, Service | Register]], events: Iterable[tuple[str, LifeEvent]]
) -> dict[str, CompetentAuthority]:
    bodies = [value.authority for _, value in declared] + [event.lead for _, event in events]
    return {body.id: body for body in sorted(bodies, key=lambda body: body.id)}
