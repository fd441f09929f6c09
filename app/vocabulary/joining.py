"""Short words for which services a life event joins, what they are sent, and what is looked up."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.forms.conditions import ALWAYS, Condition
from app.forms.questions import Repeated
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import Ask, Step
from app.vocabulary.public_service import PublicService, R, SharedRegister
from app.vocabulary.requests import Filled, Source, Sources, about_applicant, filled

Service = PublicService[Any, Any]


def step(
    service: PublicService[R, Any],
    *sends: Sources,
    requires: tuple[Service, ...] = (),
    uses: tuple[Service, ...] = (),
    applies: Condition = ALWAYS,
    each: Repeated | None = None,
    unless: tuple[Service, ...] = (),
    barrier: tuple[Service, ...] = (),
    request: Callable[[CaseFile], R] | None = None,
    **fields: Source,
) -> Step[R]:
    """One service of the plan, and where its request's fields come from (`requests.filled`).

    `request` replaces all that by a function, for what cannot be said field by field. Raises
    ValueError for a name that is no field of the request.
    """
    how = request or filled(service.request, *sends, **fields)
    return Step(service, how, requires, uses, applies, each, unless, barrier)


def plan(usual: Sources, *steps: Step[Any]) -> tuple[Step[Any], ...]:
    """The steps of a life event; `usual` says where fields come from that several requests share.

    A step's own sources go first. Raises ValueError for a name in `usual` that no request has.
    """
    known = {name for step in steps for name in step.service.request.model_fields}
    if stray := sorted(usual.keys() - known):
        raise ValueError(f"no request has a field {', '.join(stray)}")
    return tuple(
        replace(step, request=step.request.with_usual(usual))
        if isinstance(step.request, Filled)
        else step
        for step in steps
    )


def look_up(
    register: SharedRegister[R, Any], applies: Condition = ALWAYS, **fields: Source
) -> Ask[R]:
    """One look-up in a shared register, made for the person signed in.

    Raises ValueError for a name that is no field of the request.
    """
    return Ask(register, about_applicant(register.request, **fields), applies)
