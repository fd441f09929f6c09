"""Submitted cases of a resident: receipt, progress that fills itself, the list of all."""

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Query, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from app.cases import case_store
from app.cases.evidence_intake import kept_paper
from app.cases.ids import read_case_number
from app.cases.portal import ThePortal
from app.cases.titles import life_event_title
from app.cases.version_feed import VersionFeed
from app.database import Transaction
from app.identity.people import ResidentPrincipal, Session
from app.identity.principals import SignedInResident
from app.pages import view_of
from app.residents.calendar import calendar_entry
from app.residents.home import titles
from app.residents.papers import attachment
from app.residents.progress_view import progress_view
from app.residents.rounds import entered_round
from app.residents.showing import is_fragment, see, show

router = APIRouter(include_in_schema=False)

LINES = 20
NO_CONTENT, NOT_MODIFIED = 204, 304
PING_SECONDS = 15.0
# A stream is opened again after this many pings, so that whoever signed out stops hearing of it.
MOST_PINGS = 40
RETRY_MILLISECONDS = 3_000


@router.get("/cases")
async def list_cases(
    request: Request,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
    before: Annotated[UUID | None, Query()] = None,
    q: Annotated[str, Query()] = "",
) -> Response:
    """All drafts and cases, newest first; or straight to the one whose number was typed."""
    if number := read_case_number(q[:40]):
        return see(f"/cases/{number}")
    lines = await case_store.my_cases(session, visit.principal.resident_id, before, LINES)
    return show(
        request,
        visit,
        "cases.html",
        lines=lines,
        titles=titles(portal),
        query=q,
        next_url=f"/cases?before={lines[-1].cursor}" if len(lines) == LINES else None,
        is_first=before is None,
    )


@router.get("/cases/{number}")
async def show_progress(
    request: Request,
    number: str,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
    seen: Annotated[int, Query()] = -1,
) -> Response:
    """How a case stands; the same address gives the part that fills itself."""
    if (asked := request.headers.get("if-none-match")) or seen >= 0:
        version = await case_store.version(session, number, visit.principal.resident_id)
        if seen == version:
            return Response(status_code=NO_CONTENT)
        if asked == _tag(request, visit, portal.today().isoformat(), version):
            return Response(status_code=NOT_MODIFIED, headers={"etag": asked})
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    entered = await entered_round(session, portal, case)
    view = progress_view(portal, case, entered)
    tag = _tag(request, visit, portal.today().isoformat(), case.version)
    template = "_progress_alone.html" if is_fragment(request) else "progress.html"
    return show(request, visit, template, headers={"etag": tag}, case=case, view_of_case=view)


@router.get("/cases/{number}/events")
async def events(
    request: Request, number: str, visit: SignedInResident, session: Transaction
) -> Response:
    """A stream of version numbers and nothing else."""
    version = await case_store.version(session, number, visit.principal.resident_id)
    feed = _feed(request)
    if feed.is_full:
        return Response(status_code=NO_CONTENT)  # the browser asks no more; the page polls instead
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return EventSourceResponse(_stream(feed, number, version), headers=headers)


@router.get("/cases/{number}/receipt")
async def receipt(
    request: Request,
    number: str,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """What was sent, when, to whom, what comes next; to keep and to print."""
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    entered = await entered_round(session, portal, case)
    view = progress_view(portal, case, entered)
    services = [portal.catalogue.services[step.service_id] for step in case.steps]
    return show(
        request,
        visit,
        "receipt.html",
        case=case,
        view_of_case=view,
        receivers=list({s.authority.id: s.authority for s in services}.values()),
        qr=_qr(f"{portal.settings.base_url}/cases/{case.number}"),
        name=visit.principal.masked,
    )


@router.get("/cases/{number}/calendar.ics")
async def calendar(
    number: str,
    request: Request,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """The expected day as a calendar entry; nothing personal in it."""
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    words = life_event_title(portal, case.life_event, case.definition)
    title = words.in_language(view_of(request).lang)
    entry = calendar_entry(case, title, portal.settings.base_url, portal.now())
    headers = {
        "content-disposition": f'attachment; filename="{case.number}.ics"',
        "cache-control": "no-store",
    }
    return Response(entry, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/cases/{number}/files/{file_id}")
async def hand_out(
    number: str,
    file_id: UUID,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """A paper of a submitted case back to its owner."""
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    return attachment(portal, await kept_paper(session, portal, case.id, file_id))


@router.get("/my")
async def mine(_visit: SignedInResident) -> Response:
    """The header's link to one's own things."""
    return RedirectResponse("/cases", 303)


def _tag(request: Request, visit: Session[ResidentPrincipal], today: str, version: int) -> str:
    """What the page depends on beside its template: version, day, language, look, session."""
    shown = view_of(request)
    part = "part" if is_fragment(request) else "page"
    things = f"{version} {today} {shown} {part} {visit.csrf_token}"
    return f'"{hashlib.sha256(things.encode()).hexdigest()[:24]}"'


def _feed(request: Request) -> VersionFeed:
    """The feed of this process, made when the first page asks for it."""
    state = request.app.state
    if getattr(state, "version_feed", None) is None:
        state.version_feed = VersionFeed(state.database)
    feed: VersionFeed = state.version_feed
    return feed


async def _stream(feed: VersionFeed, number: str, version: int) -> AsyncIterator[bytes]:
    pings = 0
    async for newest in feed.follow(number, version, PING_SECONDS):
        if newest is None:
            pings += 1
            if pings > MOST_PINGS:
                return
            yield format_sse_event(comment="ping")
        else:
            yield format_sse_event(data_str=str(newest), id=str(newest), retry=RETRY_MILLISECONDS)


def _qr(address: str) -> Markup:
    """The address as an SVG without style or script."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, light="#fff", svgclass="tz-qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno from our own address
