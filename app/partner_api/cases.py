"""Cases of third-party apps: make one, submit it, and see where it stands."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_store import progress_for_app
from app.cases.idempotent_calls import GivenAnswer
from app.cases.ids import read_case_number
from app.cases.partner_cases import AppCase, app_case, app_cases
from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.errors import NotFound
from app.identity.principals import PartnerPrincipal
from app.partner_api.applications import Application, apply, kept_application, send
from app.partner_api.callers import Caller, json_only
from app.partner_api.case_status import line_of, status_of_case, status_of_draft, timeline_of
from app.partner_api.idempotency import HEADER, IdempotencyKey, once
from app.partner_api.openapi_words import refusals
from app.partner_api.schemas import Cases, CaseStatus, NewCase, Timeline
from app.vocabulary.case_states import CaseState

LARGEST_BODY = 512 * 1024

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Writer = Annotated[PartnerPrincipal, Caller("cases:write")]
Reader = Annotated[PartnerPrincipal, Caller("cases:read")]
Number = Annotated[
    str, Path(max_length=40, description="case number, for example TZ-7K3M-9QX2-4HRC")
]
_MADE: dict[int | str, dict[str, Any]] = {
    201: {
        "description": "Made",
        "headers": {
            "Location": {"schema": {"type": "string"}, "description": "address of the case"},
            "Idempotency-Replayed": {
                "schema": {"type": "string"},
                "description": "true where the same call had been answered before",
            },
        },
    }
}
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "changes with every event"}}


@router.post(
    "",
    status_code=201,
    max_body_size=LARGEST_BODY,
    dependencies=[Depends(json_only)],
    response_model=CaseStatus,
    operation_id="makeCase",
    summary="代居民申请 · Apply for a resident who lets the app",
    openapi_extra={"parameters": [HEADER]},
    responses=_MADE | refusals(400, 401, 403, 409, 413, 415, 422, 429, 503),
)
async def make_case(
    new: Annotated[NewCase, Body()],
    key: IdempotencyKey,
    app: Writer,
    transaction: Transaction,
    portal: ThePortal,
) -> Response:
    """Make a draft and, unless `submit` is false, submit it in the same transaction.

    Nothing is kept of a call that is refused.
    """

    async def do() -> GivenAnswer:
        application = await apply(transaction, portal, app, new)
        if new.submit:
            await send(transaction, portal, app, application)
        return await _made(transaction, portal, app, application)

    return await once(transaction, portal, app, key, new.model_dump(mode="json"), do)


@router.post(
    "/{number}/submission",
    status_code=201,
    max_body_size=0,
    response_model=CaseStatus,
    operation_id="submitCase",
    summary="提交草稿 · Submit a draft of this app",
    openapi_extra={"parameters": [HEADER]},
    responses=_MADE | refusals(400, 401, 403, 404, 409, 413, 422, 429, 503),
)
async def submit_case(
    number: Number,
    key: IdempotencyKey,
    app: Writer,
    transaction: Transaction,
    portal: ThePortal,
) -> Response:
    """Submit a draft once its registers have answered and nothing is missing."""

    async def do() -> GivenAnswer:
        found = await _find(transaction, number, app)
        application = await kept_application(transaction, portal, found.number, found.resident_id)
        if application.draft.is_open:
            await send(transaction, portal, app, application)
        return await _made(transaction, portal, app, application)

    return await once(transaction, portal, app, key, {"submit": number}, do)


@router.get(
    "",
    operation_id="listCases",
    summary="本应用的办件 · The app's cases, newest first",
    responses=refusals(401, 403, 422, 429, 503),
)
async def list_cases(
    app: Reader,
    transaction: Transaction,
    after: Annotated[UUID | None, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Cases:
    """Cases that this app made for residents whose consent stands."""
    found = await app_cases(transaction, app.app_id, after, limit + 1)
    page = found[:limit]
    return Cases(
        cases=[line_of(case) for case in page],
        next=page[-1].cursor if len(found) > limit else None,
    )


@router.get(
    "/{number}",
    operation_id="getCase",
    summary="办件进度 · Where a case stands",
    response_model=CaseStatus,
    responses={
        200: {"headers": _ETAG},
        304: {"description": "Nothing has happened since If-None-Match.", "headers": _ETAG},
        **refusals(401, 403, 404, 422, 429, 503),
    },
)
async def get_case(
    number: Number, request: Request, app: Reader, transaction: Transaction, portal: ThePortal
) -> Response:
    """State, steps, promised days. With If-None-Match it costs one cheap statement."""
    found = await _find(transaction, number, app)
    tag = _tag(found)
    if tag is not None and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag, "cache-control": "private"})
    status = await _status(transaction, portal, app, found)
    headers = {"cache-control": "private, no-cache"} | ({"etag": tag} if tag else {})
    return JSONResponse(status.model_dump(mode="json"), headers=headers)


@router.get(
    "/{number}/timeline",
    operation_id="getTimeline",
    summary="办件经过 · What happened to a case",
    responses=refusals(401, 403, 404, 422, 429, 503),
)
async def get_timeline(
    number: Number,
    app: Reader,
    transaction: Transaction,
    portal: ThePortal,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="`next` of the page before")] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Timeline:
    """The history of a submitted case, oldest first, without who did what by name."""
    found = await progress_for_app(transaction, portal, _read(number), app.app_id)
    return timeline_of(found.timeline, after, limit)


async def _find(session: AsyncSession, number: str, app: PartnerPrincipal) -> AppCase:
    return await app_case(session, _read(number), app.app_id)


def _read(number: str) -> str:
    read = read_case_number(number)
    if read is None:
        raise NotFound
    return read


def _tag(case: AppCase) -> str | None:
    """A draft changes without events, so it has none."""
    return None if case.state is CaseState.DRAFT else f'"{case.number}.{case.version}"'


async def _status(
    session: AsyncSession,
    portal: Portal,
    app: PartnerPrincipal,
    found: AppCase,
    application: Application | None = None,
) -> CaseStatus:
    if found.state is CaseState.DRAFT:
        kept = application or await kept_application(
            session, portal, found.number, found.resident_id
        )
        return status_of_draft(portal, found, kept)
    progress = await progress_for_app(session, portal, found.number, app.app_id)
    return status_of_case(portal, found, progress)


async def _made(
    session: AsyncSession, portal: Portal, app: PartnerPrincipal, application: Application
) -> GivenAnswer:
    found = await app_case(session, application.draft.number, app.app_id)
    status = await _status(session, portal, app, found, application)
    headers = {"location": f"/api/v1/cases/{found.number}"}
    return GivenAnswer(201, headers, status.model_dump(mode="json"))
