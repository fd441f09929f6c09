"""The rounds of an authority's life events, and announcing a new one."""

from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.cases.desks import Desk
from app.cases.portal import Portal, ThePortal
from app.cases.round_lists import numbers_of
from app.cases.round_words import (
    round_title,
    state_words,
    window_words,
)
from app.cases.rounds import open_round, rounds_of
from app.caseworkers import round_forms as forms
from app.caseworkers.posts import TheDesk, TheForm, see, show
from app.database import Transaction
from app.errors import NotFound
from app.identity.people import OfficerPrincipal, Session
from app.identity.principals import SignedInOfficer
from app.vocabulary.life_event import LifeEvent

router = APIRouter(prefix="/desk/rounds", include_in_schema=False)

WRONG_STATUS: Final = 422
SHOWN_FOR: Final = timedelta(days=800)


@router.get("")
async def list_rounds(
    request: Request,
    visit: SignedInOfficer,
    desk: TheDesk,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """All rounds of this desk, and the form to announce one."""
    return await _list_page(request, visit, desk, portal, session)


@router.post("")
async def announce(
    request: Request,
    visit: SignedInOfficer,
    desk: TheDesk,
    portal: ThePortal,
    session: Transaction,
    form: TheForm,
) -> Response:
    """Announce a new round."""
    asked = _new_page(portal, desk)
    reading = forms.read(asked, form, portal.today())
    if reading.corrections:
        return await _list_page(request, visit, desk, portal, session, reading)
    new = forms.new_round(reading)
    event = portal.catalogue.life_events[new.life_event]
    round_id = await open_round(
        session,
        portal,
        event,
        new.county,
        new.kind,
        new.year,
        new.opens_at,
        new.closes_at,
        visit.principal.actor,
        wave=await _next_wave(session, portal, event, new),
    )
    return see(f"/desk/rounds/{round_id}")


def _new_page(portal: Portal, desk: Desk) -> Any:
    # Any: a page of questions, made anew for the day.
    events = forms.has_intake(portal, desk.authority_id)
    if not events:
        raise NotFound
    return forms.new_round_page(events, desk.county or "", portal.today())


async def _next_wave(
    session: AsyncSession, portal: Portal, event: LifeEvent, new: forms.NewRound
) -> int:
    """One more than the rounds of that year so far: a second one is supplementary."""
    earlier = portal.now() - SHOWN_FOR
    found = await rounds_of(session, [event.id], earlier, new.county, new.kind)
    return max((one.wave for one in found if one.year == new.year), default=0) + 1


async def _list_page(
    request: Request,
    visit: Session[OfficerPrincipal],
    desk: Desk,
    portal: Portal,
    session: AsyncSession,
    reading: Any = None,
) -> Response:
    # Any: forms.corrections.Reading or nothing.
    asked = _new_page(portal, desk)
    events = [event.id for event in forms.has_intake(portal, desk.authority_id)]
    now = portal.now()
    found = await rounds_of(session, events, now - SHOWN_FOR, desk.county or None)
    numbers = await numbers_of(session, [one.id for one in found])
    lines = [
        {
            "href": f"/desk/rounds/{one.id}",
            "event": portal.catalogue.life_events[one.life_event].title,
            "title": round_title(portal, one),
            "window": window_words(one),
            "state": state_words(one, now),
            "numbers": numbers[one.id],
        }
        for one in found
    ]
    typed = reading.typed if reading else {"year": str(portal.today().year)}
    corrections = reading.corrections if reading else ()
    return show(
        request,
        visit,
        "rounds.html",
        status=WRONG_STATUS if corrections else 200,
        lines=lines,
        controls=forms.controls(asked, typed, corrections),
        errors=[{"href": f"#{one.input}", "message": one.message} for one in corrections],
    )
