"""Finds what is wrong with what a service says it grants, stops or has reckoned again."""

from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.forms.questions import Choice, Choices, Number, Question
from app.vocabulary.benefit import Benefit
from app.vocabulary.granting import FactFrom, Grant, Touches
from app.vocabulary.public_service import PublicService
from app.vocabulary.requests import wanted_types

Service = PublicService[Any, Any]


def grant_faults(service: Service, benefits: Container[str]) -> Iterator[str]:
    """What is wrong with a service's grant and what it touches, one sentence each.

    `benefits` are the ids of those that are declared.
    """
    where = f"service {service.id!r}"
    if service.grants is not None:
        yield from _granted_faults(service, service.grants, benefits, f"{where} grants")
    if service.touches is not None:
        yield from _touched_faults(service, service.touches, benefits, f"{where} touches")


def _granted_faults(
    service: Service, grant: Grant, benefits: Container[str], where: str
) -> Iterator[str]:
    output = service.produces.fields.model_fields
    yield from _benefit_faults(grant.benefit, benefits, where)
    yield from _person_faults(service, grant.person, where)
    questions = {question.id: question for question in grant.benefit.questions}
    yield from _facts_faults(service, grant.facts, questions, where)
    if missing := sorted(questions.keys() & {"home_county"} - grant.facts.keys()):
        yield f"{where}: without {missing[0]!r} no county's values can be found"
    if unknown := set(grant.decided) - {need.id for need in grant.benefit.needs}:
        yield f"{where}: {grant.benefit.id!r} has no need {sorted(unknown)}"
    for name in (grant.amount, grant.since):
        if name is not None and name not in output:
            yield f"{where}: the output has no field {name!r}"
    if grant.amount in output and Decimal not in wanted_types(output[grant.amount]):
        yield f"{where}: {grant.amount!r} is no amount of money"


def _touched_faults(
    service: Service, touches: Touches, benefits: Container[str], where: str
) -> Iterator[str]:
    output = service.produces.fields.model_fields
    yield from _person_faults(service, touches.person, where)
    if not touches.benefits:
        yield f"{where}: no benefit"
    for benefit in touches.benefits:
        yield from _benefit_faults(benefit, benefits, where)
    lists = [name for name in (touches.stops_in, touches.again_in) if name is not None]
    if bool(lists) is not bool(touches.named):
        yield f"{where}: lists in the output need names, and names need a list"
    yield from (
        f"{where}: the output has no field {name!r}" for name in lists if name not in output
    )
    questions = {one.id: one for benefit in touches.benefits for one in benefit.questions}
    unsettled = {name for names in touches.unsettles.values() for name in names}
    yield from (f"{where}: no benefit asks {name!r}" for name in sorted(unsettled - set(questions)))
    if touches.because is not None and touches.because not in service.request.model_fields:
        yield f"{where}: the request has no field {touches.because!r}"
    yield from _facts_faults(service, touches.facts, questions, where)


def _benefit_faults(benefit: Benefit, benefits: Container[str], where: str) -> Iterator[str]:
    if benefit.id not in benefits:
        yield f"{where}: benefit {benefit.id!r} is not declared in app/services"


def _person_faults(service: Service, name: str, where: str) -> Iterator[str]:
    if name not in service.request.model_fields:
        yield f"{where}: the request has no field {name!r} with the ID number"


def _facts_faults(
    service: Service,
    facts: Mapping[str, FactFrom],
    questions: Mapping[str, Question],
    where: str,
) -> Iterator[str]:
    for name, source in facts.items():
        question = questions.get(name)
        if question is None:
            yield f"{where}: the benefit does not ask {name!r}"
            continue
        model = service.request if source.of == "request" else service.produces.fields
        if source.said is None and source.name not in model.model_fields:
            yield f"{where}: the {source.of} has no field {source.name!r}"
        if source.ages and not isinstance(question.kind, Number):
            yield f"{where}: {name!r} is no number, so it cannot be an age"
        answers = [*source.means.values(), *([source.said] if source.said is not None else [])]
        if isinstance(question.kind, (Choice, Choices)):
            offered = {option.value for option in question.kind.options}
            for answer in answers:
                given = answer if isinstance(answer, list) else [answer]
                yield from (
                    f"{where}: {name!r} has no choice {o!r}" for o in given if o not in offered
                )
