"""Finds what is wrong with how requests are filled, before any of them is sent."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from app.forms.composites import ACCOUNT_PARTS, ADDRESS_PARTS, DOCUMENT_PARTS
from app.forms.conditions import Answered
from app.forms.questions import (
    Address,
    BankAccount,
    Choice,
    Choices,
    Date,
    DateTime,
    IdentityDocument,
    Kind,
    Month,
    Number,
    Tick,
)
from app.forms.soundness import Known
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.requests import Asked, Filled, Source, wanted_types

_PARTS: dict[type[Kind], tuple[str, ...]] = {
    Address: ADDRESS_PARTS,
    IdentityDocument: DOCUMENT_PARTS,
    BankAccount: ACCOUNT_PARTS,
}


def request_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """What is wrong with the requests of a life event's steps and look-ups, one sentence each.

    Only requests that say their sources (`requests.Filled`) can be looked into.
    """
    for step in event.steps:
        if isinstance(step.request, Filled):
            group = step.each.id if step.each else None
            awaited = _awaited(event, step)
            where = f"step {step.service.id!r}"
            yield from _filled_faults(event, known, step.request, group, awaited, where)
    for ask in event.asks:
        if isinstance(ask.request, Filled):
            where = f"look-up {ask.register.id!r}"
            yield from _filled_faults(event, known, ask.request, None, set(), where)


def _awaited(event: LifeEvent, step: Step[Any]) -> set[str]:
    """The services that this step waits for, or takes if ready, directly or through others."""
    steps = {other.service.id: other for other in event.steps}
    found: set[str] = set()
    left = [step]
    while left:
        one = left.pop()
        for service in (*one.requires, *one.uses, *one.unless, *one.barrier):
            if service.id not in found and service.id in steps:
                found.add(service.id)
                left.append(steps[service.id])
    return found


def _filled_faults(
    event: LifeEvent,
    known: Known,
    request: Filled[Any],
    group: str | None,
    awaited: set[str],
    where: str,
) -> Iterator[str]:
    for name, source in request.sources.items():
        field = request.message.model_fields[name]
        place = f"{where}: field {name!r}"
        if name not in request.given and name not in known.questions:
            if field.is_required():
                yield f"{place}: is not said where it comes from and is no question; say it"
            continue
        for condition, own in source.decides:
            yield from known.faults(condition, own or group, place)
        for asked in source.answers:
            yield from known.faults(Answered(asked.question), asked.group or group, place)
            question = known.questions.get(asked.question)
            if question and not _fits(question.kind, asked, field):
                yield f"{place}: cannot take the answer to {asked.question!r}"
        yield from _source_faults(event, source, awaited, place)
        allowed = _literals(field)
        for text in source.constants:
            if allowed and text not in allowed:
                yield f"{place}: cannot be {text!r}"


def _source_faults(
    event: LifeEvent, source: Source, awaited: set[str], place: str
) -> Iterator[str]:
    """Outputs that do not exist or are not waited for, facts that are not asked or not told."""
    for service, output in source.outputs:
        if service.id not in awaited:
            yield f"{place}: {service.id!r} is not among what the step requires or uses"
        if output not in service.produces.fields.model_fields:
            yield f"{place}: {service.id!r} does not produce {output!r}"
    looked_up = {ask.register.id for ask in event.asks}
    for register, fact in source.facts:
        if register.id not in looked_up:
            yield f"{place}: register {register.id!r} is not asked"
        if fact not in register.facts.model_fields:
            yield f"{place}: register {register.id!r} does not tell {fact!r}"


def _literals(field: FieldInfo) -> frozenset[str]:
    """The texts that a field takes, where only some are taken."""
    kinds = [kind for kind in wanted_types(field) if get_origin(kind) is Literal]
    return frozenset(str(text) for kind in kinds for text in get_args(kind))


def _fits(kind: Kind, asked: Asked, field: FieldInfo) -> bool:
    """Whether an answer of this kind can become what the field asks for."""
    wanted = next(wanted_types(field))
    if asked.part is not None:
        return asked.part in _PARTS.get(type(kind), ())
    if allowed := _literals(field):
        return not allowed.isdisjoint(_offered(kind))
    if get_origin(wanted) is list:
        return isinstance(kind, Choices)
    fitting = _FITTING.get(wanted)
    return fitting(kind) if fitting else not isinstance(kind, Tick | Choices | BankAccount)


def _offered(kind: Kind) -> frozenset[str]:
    options = kind.options if isinstance(kind, Choice) else ()
    return frozenset(option.value for option in options)


def _is_number(kind: Kind) -> bool:
    offered = _offered(kind)
    return isinstance(kind, Number) or (bool(offered) and all(map(str.isdigit, offered)))


# Which kinds of question can become which type.
_FITTING: Mapping[Any, Callable[[Kind], bool]] = {
    bool: lambda kind: isinstance(kind, Tick) or _offered(kind) == {"yes", "no"},
    int: lambda kind: _is_number(kind) and not (isinstance(kind, Number) and kind.decimals),
    float: _is_number,
    Decimal: _is_number,
    date: lambda kind: isinstance(kind, Date | Month | DateTime),
    datetime: lambda kind: isinstance(kind, DateTime),
}
