"""The home page: search, life events by stage of life, and what is open for who signed in."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.cases.case_store import CaseLine, my_cases
from app.cases.portal import Portal, ThePortal
from app.catalogue import Catalogue
from app.database import Transaction
from app.identity.people import ResidentPrincipal
from app.identity.principals import AnyVisitor
from app.residents.search import LONGEST_QUERY, found, found_benefits
from app.residents.showing import show
from app.vocabulary.benefit import Benefit
from app.vocabulary.case_states import CaseState
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

router = APIRouter(include_in_schema=False)

MOST_LINES = 3


@router.get("/")
async def home(
    request: Request,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
    q: Annotated[str, Query()] = "",
) -> Response:
    """Where everything starts."""
    query = q.strip()[:LONGEST_QUERY]
    events = tuple(portal.catalogue.life_events.values())
    lines: list[CaseLine] = []
    if isinstance(visit.principal, ResidentPrincipal):
        lines = await my_cases(session, visit.principal.resident_id)
    hits = found(events, query) if query else ()
    benefits = tuple(portal.catalogue.benefits.values())
    return show(
        request,
        visit,
        "home.html",
        query=query,
        hits=hits,
        items=found_benefits(benefits, query) if query else (),
        single=single_items(portal.catalogue),
        screenings=tuple(portal.catalogue.screenings.values()),
        stages=[(stage, portal.catalogue.events_at(stage)) for stage in portal.catalogue.stages],
        titles=titles(portal),
        has_benefits=bool(portal.catalogue.benefits),
        waiting=[line for line in lines if line.needs_you],
        drafts=_first(line for line in lines if line.state is CaseState.DRAFT),
        running=_first(
            line for line in lines if line.state is CaseState.RUNNING and not line.needs_you
        ),
        ended=_first(line for line in lines if line.state.is_final),
    )


@router.get("/help")
async def help_page(request: Request, visit: AnyVisitor) -> Response:
    """How to get help, from a person too."""
    return show(request, visit, "help.html")


@router.get("/accessibility")
async def accessibility(request: Request, visit: AnyVisitor) -> Response:
    """What works for whom, what does not yet."""
    return show(request, visit, "accessibility.html")


@router.get("/privacy")
async def privacy(request: Request, visit: AnyVisitor, portal: ThePortal) -> Response:
    """What is kept, why, who sees it."""
    return show(
        request, visit, "privacy.html", registers=tuple(portal.catalogue.registers.values())
    )


def single_items(catalogue: Catalogue) -> list[tuple[LifeEvent, list[Benefit]]]:
    """What can be applied for alone, by the life event in which that is done."""
    found = []
    for stage in catalogue.stages:
        for event in catalogue.events_at(stage):
            own = [one for one in catalogue.benefits.values() if one.starts == event.id]
            found += [(event, own)] if own else []
    return found


def _first(lines: Iterable[CaseLine]) -> list[CaseLine]:
    return list(islice(lines, MOST_LINES))


class Titles(dict[str, Words]):
    """Titles by id; the id itself for what is offered no more."""

    def __missing__(self, life_event: str) -> Words:
        return Words(life_event, life_event)


def titles(portal: Portal) -> Titles:
    """Titles of the life events by id."""
    return Titles({event.id: event.title for event in portal.catalogue.life_events.values()})
