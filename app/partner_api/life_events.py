"""What there is to apply for: life events, what they join, and their forms."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from app.cases.portal import Portal, ThePortal
from app.errors import NotFound
from app.forms.schema import json_schema
from app.identity.principals import PartnerPrincipal
from app.partner_api.callers import Caller
from app.partner_api.openapi_words import refusals
from app.partner_api.schemas import (
    Authority,
    CitedRule,
    Duration,
    FixedDeadline,
    InBoth,
    Item,
    LifeEventDetail,
    LifeEventLine,
    LifeEvents,
    Paper,
    Register,
    TimeLimit,
)
from app.vocabulary.life_event import AbsoluteDeadline, LifeEvent, Step
from app.vocabulary.public_service import CompetentAuthority, Limit, NotBefore, SharedRegister
from app.vocabulary.requirement import EvidenceType, Rule

SCOPE = "life-events:read"
SCHEMA_TYPE = "application/schema+json"

router = APIRouter(prefix="/api/v1/life-events", tags=["life events"])
Reader = Annotated[PartnerPrincipal, Caller(SCOPE)]
EventId = Annotated[
    str, Path(max_length=80, pattern=r"^[a-z0-9-]+$", description="id, for example birth")
]


@router.get(
    "",
    operation_id="listLifeEvents",
    summary="一件事目录 · All life events",
    responses=refusals(401, 403, 429, 503),
)
async def list_life_events(_app: Reader, portal: ThePortal) -> LifeEvents:
    """Every life event that can be applied for, in the order of life."""
    events = sorted(
        portal.catalogue.life_events.values(), key=lambda event: (event.stage.order, event.id)
    )
    return LifeEvents(life_events=[line_of(event) for event in events])


@router.get(
    "/{event_id}",
    operation_id="getLifeEvent",
    summary="一件事详情 · A life event: items, authorities, limits, fees, evidence",
    responses=refusals(401, 403, 404, 422, 429, 503),
)
async def get_life_event(event_id: EventId, _app: Reader, portal: ThePortal) -> LifeEventDetail:
    """One life event with everything to know before starting."""
    return detail_of(event_named(portal, event_id))


@router.get(
    "/{event_id}/form",
    operation_id="getForm",
    summary="表单结构 · The form as JSON Schema 2020-12",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "JSON Schema of `answers`",
            "content": {SCHEMA_TYPE: {"schema": {"type": "object"}}},
            "headers": {"ETag": {"schema": {"type": "string"}}},
        },
        304: {"description": "The form has not changed since If-None-Match."},
        **refusals(401, 403, 404, 422, 429, 503),
    },
)
async def get_form(
    event_id: EventId, request: Request, _app: Reader, portal: ThePortal
) -> Response:
    """The form of a life event; its ETag is the version of the definition."""
    event = event_named(portal, event_id)
    headers = {"etag": f'"{event.version}"', "cache-control": "private, max-age=60"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(json_schema(event, event.title), headers=headers, media_type=SCHEMA_TYPE)


def event_named(portal: Portal, event_id: str) -> LifeEvent:
    """The life event. Raises NotFound."""
    event = portal.catalogue.life_events.get(event_id)
    if event is None:
        raise NotFound
    return event


def line_of(event: LifeEvent) -> LifeEventLine:
    """A life event as the list shows it."""
    return LifeEventLine(
        id=event.id,
        version=event.version,
        title=InBoth.of(event.title),
        summary=InBoth.of(event.summary),
        stage=event.stage.id,
        lead=authority_of(event.lead),
        items=len(event.steps),
        minutes=event.minutes,
    )


def detail_of(event: LifeEvent) -> LifeEventDetail:
    """A life event with what it joins."""
    return LifeEventDetail(
        **line_of(event).model_dump(),
        audience=InBoth.of(event.audience),
        result=InBoth.of(event.result),
        joined=[_item(step) for step in event.steps],
        registers=[_register(ask.register) for ask in event.asks],
        deadlines=[_deadline(deadline) for deadline in event.deadlines],
        rules=[_rule(rule) for rule in event.rules],
        other_ways=[InBoth.of(way) for way in event.other_ways],
    )


def authority_of(authority: CompetentAuthority) -> Authority:
    """An authority as the interface names it."""
    return Authority(
        id=authority.id,
        name=InBoth.of(authority.name),
        level=authority.level,
        phone=authority.phone,
    )


def _item(step: Step[Any]) -> Item:
    service = step.service
    return Item(
        service=service.id,
        title=InBoth.of(service.title),
        summary=InBoth.of(service.summary),
        authority=authority_of(service.authority),
        requires=[needed.id for needed in step.requires],
        repeated_for=step.each.id if step.each else None,
        promised=_limit(service.promised),
        statutory=_limit(service.statutory),
        excluded=InBoth.of(service.excluded.why) if service.excluded else None,
        lasts_at_least=_duration(service.not_before) if service.not_before else None,
        fee=InBoth.of(service.fee),
        produces=InBoth.of(service.produces.title),
        evidence=[_paper(paper) for paper in service.evidence],
        rules=[_rule(rule) for rule in service.rules],
    )


def _limit(limit: Limit) -> TimeLimit:
    return TimeLimit(
        working_days=limit.working_days,
        hours=limit.hours,
        confirmed=limit.confirmed,
        source=limit.source,
    )


def _duration(wait: NotBefore) -> Duration:
    return Duration(days=wait.days, working=wait.working)


def _rule(rule: Rule) -> CitedRule:
    return CitedRule(
        id=rule.id,
        title=InBoth.of(rule.title),
        reference=rule.reference,
        confirmed=rule.confirmed,
        in_force_from=rule.from_day,
    )


def _paper(paper: EvidenceType) -> Paper:
    return Paper(
        id=paper.id,
        title=InBoth.of(paper.title),
        why=InBoth.of(paper.why),
        register_id=paper.register,
        produced_by=paper.output,
        may_follow_within_working_days=paper.defer_working_days,
        commitment_possible=paper.commitment,
        optional=paper.optional,
    )


def _register(register: SharedRegister[Any, Any]) -> Register:
    return Register(
        id=register.id,
        title=InBoth.of(register.title),
        authority=authority_of(register.authority),
        purpose=InBoth.of(register.purpose),
        sensitive=register.sensitive,
        about_child=register.about_child,
    )


def _deadline(deadline: AbsoluteDeadline) -> FixedDeadline:
    return FixedDeadline(
        id=deadline.id,
        title=InBoth.of(deadline.title),
        counted_from=deadline.counted_from,
        months=deadline.months,
        days=deadline.days,
        consequence=InBoth.of(deadline.consequence),
        rule=_rule(deadline.rule),
    )
