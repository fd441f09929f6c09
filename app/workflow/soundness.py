"""Finds what is wrong with a declared life event or service before a case depends on it."""

import re
from collections.abc import Iterator
from typing import Any

from app.forms.asking import FOR_WHOM
from app.forms.conditions import Condition
from app.forms.divisions import ELSEWHERE, county
from app.forms.questions import Address, Choice, Date, DateTime, Month, Question
from app.forms.soundness import Known, form_faults, known_questions, text_faults
from app.vocabulary.life_event import LifeEvent, Step
from app.vocabulary.public_service import (
    CompetentAuthority,
    Message,
    PublicService,
    Result,
    SharedRegister,
)
from app.workflow.reach_soundness import reach_faults
from app.workflow.request_soundness import request_faults
from app.workflow.round_soundness import round_faults

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PATH = re.compile(r"(?:/[A-Za-z0-9._-]+)+")
LONGEST_ID = 60
_ELSEWHERE = (PublicService, SharedRegister, CompetentAuthority)


def id_faults(name: str, what: str) -> Iterator[str]:
    """Whether an id is kebab-case of at most 60 characters."""
    if len(name) > LONGEST_ID or not _ID.fullmatch(name):
        yield f"{what} {name!r}: the id is not kebab-case of at most {LONGEST_ID} characters"


def event_faults(event: LifeEvent) -> Iterator[str]:
    """What is wrong with a life event, one sentence each; nothing where it is sound."""
    yield from id_faults(event.id, "life event")
    yield from text_faults(event, event.id, _ELSEWHERE)
    yield from form_faults(event)
    known = known_questions(event)
    yield from _step_faults(event, known)
    yield from _told_beforehand_faults(event, known)
    yield from _shared_faults(event, known)
    yield from request_faults(event, known)
    yield from round_faults(event, known)
    yield from reach_faults(event, known)
    if not _tells_a_county(known.questions.get(event.county)):
        yield f"county: {event.county!r} is not the id of a question for an address or a county"


def _tells_a_county(question: Question | None) -> bool:
    if question is None or isinstance(question.kind, Address):
        return question is not None
    options = question.kind.options if isinstance(question.kind, Choice) else ()
    codes = {option.value for option in options} - {ELSEWHERE}
    return bool(codes) and all(county(code) for code in codes)


def _step_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    by_service: dict[str, Step[Any]] = {}
    for step in event.steps:
        where = f"step {step.service.id!r}"
        if step.service.id in by_service:
            yield f"{where}: stands twice in the plan"
        by_service[step.service.id] = step
        if not callable(step.request):
            yield f"{where}: its request cannot be called"
        if step.each and step.each not in event.groups:
            yield f"{where}: repeats {step.each.id!r}, which is not one of the event's groups"
        group = step.each.id if step.each else None
        yield from known.faults(step.applies, group, where)
        for paper in step.service.evidence:
            yield from _paper_condition_faults(known, paper.applies, group, f"{where} {paper.id!r}")
    if not event.steps:
        yield "steps: there are none"
    for step in event.steps:
        for needed in (*step.requires, *step.uses, *step.unless, *step.barrier):
            if needed.id not in by_service:
                yield f"step {step.service.id!r}: needs {needed.id!r}, which is not in the plan"
    yield from _circle_faults(event)


def _paper_condition_faults(
    known: Known, condition: Condition, group: str | None, where: str
) -> Iterator[str]:
    """A service's paper may depend on questions that only some life events ask; those must fit."""
    if condition.questions <= known.questions.keys():
        yield from known.faults(condition, group, where)


def _circle_faults(event: LifeEvent) -> Iterator[str]:
    """Steps that wait for each other, found by taking out whatever waits for nothing."""
    waits = {
        step.service.id: {
            needed.id for needed in (*step.requires, *step.uses, *step.unless, *step.barrier)
        }
        for step in event.steps
    }
    while free := [service for service, needed in waits.items() if not needed & waits.keys()]:
        for service in free:
            del waits[service]
    if waits:
        yield f"steps: these wait for each other: {', '.join(sorted(waits))}"


def _told_beforehand_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """Faults of guidance outcomes, requirements, deadlines and look-ups."""
    guiding = {FOR_WHOM} | {question.id for question in event.guidance}
    for index, outcome in enumerate(event.outcomes):
        where = f"outcome {index + 1}"
        yield from known.faults(outcome.when, None, where)
        if stray := sorted(outcome.when.questions - guiding):
            yield f"{where}: looks at {stray}, which the guidance does not ask"
    for requirement in event.requirements:
        yield from known.faults(requirement.condition, None, f"requirement {requirement.id!r}")
    for ask in event.asks:
        yield from known.faults(ask.applies, None, f"look-up {ask.register.id!r}")
    services = {step.service.id for step in event.steps}
    for deadline in event.deadlines:
        where = f"deadline {deadline.id!r}"
        counted = known.questions.get(deadline.counted_from)
        if counted is None or not isinstance(counted.kind, Date | Month | DateTime):
            yield f"{where}: {deadline.counted_from!r} is not the id of a date question"
        if missing := sorted({service.id for service in deadline.services} - services):
            yield f"{where}: is about {missing}, which are not in the plan"
        yield from known.faults(deadline.applies, None, where)
        has_length = deadline.months + deadline.days or deadline.year_end is not None
        if deadline.months * deadline.days < 0 or not has_length:
            yield f"{where}: has no length, or goes both ways"


def _shared_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """Questions answered by a register that is not asked or does not tell, or from no question."""
    for question in known.questions.values():
        looked_at = frozenset().union(*(one.questions for one in question.suggested))
        if stray := sorted(looked_at - known.questions.keys()):
            yield f"question {question.id!r}: suggests from {stray}, which are not asked"
    asked = {ask.register.id: ask.register for ask in event.asks}
    for question in known.questions.values():
        if question.shared is None:
            continue
        register = asked.get(question.shared.register)
        where = f"question {question.id!r}"
        if register is None:
            yield f"{where}: register {question.shared.register!r} is not asked"
        elif question.shared.fact not in register.facts.model_fields:
            yield f"{where}: register {register.id!r} does not tell {question.shared.fact!r}"


def service_faults(service: PublicService[Any, Any]) -> Iterator[str]:
    """What is wrong with a department's service, one sentence each."""
    where = f"service {service.id!r}"
    yield from id_faults(service.id, "service")
    yield from text_faults(service, where)
    yield from message_faults(service.request, Message, f"{where} request")
    yield from message_faults(service.produces.fields, Result, f"{where} output")
    yield from _glance_faults(service, where)
    yield from _path_faults(service.path, where)
    yield from _limit_faults(service, where)
    if not service.rules:
        yield f'{where}: says no rule; one of grade "U" says that none was found'
    papers = {paper.id for paper in service.evidence}
    for reason in (*service.supplement_reasons, *service.refusal_reasons):
        if reason.evidence is not None and reason.evidence not in papers:
            yield f"{where} reason {reason.id!r}: {reason.evidence!r} is none of its papers"
    for what, named in (
        ("paper", [paper.id for paper in service.evidence]),
        ("supplement reason", [reason.id for reason in service.supplement_reasons]),
        ("refusal reason", [reason.id for reason in service.refusal_reasons]),
    ):
        if len(set(named)) < len(named):
            yield f"{where}: a {what} stands twice"
        for name in named:
            yield from id_faults(name, f"{where} {what}")


def _path_faults(path: str, where: str) -> Iterator[str]:
    if not path.startswith("/"):
        yield f"{where}: the path does not begin with /"
    elif not _PATH.fullmatch(path):
        yield f"{where}: the path {path!r} holds more than letters, digits, / . _ and -"


def _glance_faults(service: PublicService[Any, Any], where: str) -> Iterator[str]:
    """Fields told at once that the output does not have, or that nobody may see at once."""
    known = service.produces.fields.model_fields
    for name in service.produces.at_a_glance:
        extra = known[name].json_schema_extra if name in known else None
        if name not in known:
            yield f"{where}: the output has no field {name!r} to be told at a glance"
        elif isinstance(extra, dict) and extra.get("sensitive"):
            yield f"{where}: {name!r} is sensitive and not told at a glance"


def _limit_faults(service: PublicService[Any, Any], where: str) -> Iterator[str]:
    """Limits that contradict each other, the law, or that the time does not count."""
    promised, statutory = service.promised.working_days, service.statutory.working_days
    if promised is not None and statutory is not None and promised > statutory:
        yield f"{where}: promises {promised} working days where the law allows {statutory}"
    for limit in (service.promised, service.statutory):
        if limit.working_days is not None and limit.working_days < 0:
            yield f"{where}: a limit of {limit.working_days} working days is none"
        if limit.working_days is None and limit.hours is None and limit.confirmed:
            yield f"{where}: a limit without a figure cannot be confirmed"
        if limit.hours is not None and (limit.working_days is not None or limit.hours < 1):
            yield f"{where}: a limit counts working days or at least one hour, not both"
    if service.excluded and (promised is not None or statutory is not None):
        yield f"{where}: its time does not count, so it has no limit in working days"
    if service.not_before and service.not_before.days < 1:
        yield f"{where}: it waits for less than a day"


def register_faults(register: SharedRegister[Any, Any]) -> Iterator[str]:
    """What is wrong with a shared register, one sentence each."""
    where = f"register {register.id!r}"
    yield from id_faults(register.id, "register")
    yield from text_faults(register, where)
    yield from message_faults(register.request, Message, f"{where} request")
    yield from message_faults(register.facts, Result, f"{where} facts")
    yield from _path_faults(register.path, where)


def message_faults(model: type[Any], base: type[Any], where: str) -> Iterator[str]:
    """Fields of a request, output or answer that have no title in both languages."""
    if not issubclass(model, base):
        yield f"{where}: {model.__name__} is not a {base.__name__}"
        return
    for name, held in model.model_fields.items():
        extra = held.json_schema_extra
        english = extra.get("en") if isinstance(extra, dict) else None
        if not held.title or not english:
            yield f"{where}: field {name!r} has no title in both languages; declare it with told()"
