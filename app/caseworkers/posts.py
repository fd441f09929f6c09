"""The post of the officer who asks, and what every desk page does at its edges."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.cases.desks import Desk
from app.cases.portal import Portal, portal_of
from app.cases.titles import authority_name
from app.forms.divisions import CITY, name_of
from app.identity.people import OfficerPrincipal, Session
from app.identity.principals import SignedInOfficer
from app.pages import page
from app.wording import Words


async def the_desk(visit: SignedInOfficer) -> Desk:
    """The desk of the officer who is signed in."""
    officer = visit.principal
    return Desk(officer.id, officer.authority_id, officer.county)


async def the_form(request: Request, _visit: SignedInOfficer) -> FormData:
    """The form that was sent; it was read when its token was checked."""
    return await request.form()


TheDesk = Annotated[Desk, Depends(the_desk)]
TheForm = Annotated[FormData, Depends(the_form)]


def post_words(portal: Portal, officer: OfficerPrincipal) -> Words:
    """Where an officer works: authority and county."""
    authority = authority_name(portal, officer.authority_id)
    place = (name_of(officer.county) if officer.county else None) or CITY
    return Words(f"{authority.zh}，{place.zh}", f"{authority.en}, {place.en}")


def leads_rounds(portal: Portal, authority: str) -> bool:
    """Whether this authority announces rounds, so that its pages lead to them."""
    return any(
        event.intake and event.lead.id == authority
        for event in portal.catalogue.life_events.values()
    )


def show(
    request: Request,
    visit: Session[OfficerPrincipal],
    template: str,
    *,
    status: int = 200,
    **words: Any,
) -> Response:
    """A desk page (or a fragment: a file that begins with `_`) for this officer."""
    # Any: a template's words are of every kind.
    return page(
        request,
        f"caseworkers/{template}",
        status=status,
        session=visit,
        post=post_words(portal_of(request), visit.principal),
        leads_rounds=leads_rounds(portal_of(request), visit.principal.authority_id),
        **words,
    )


def see(address: str) -> Response:
    """Send the browser on with a GET, so that reloading sends nothing twice."""
    return RedirectResponse(address, 303)


def text_of(form: FormData, name: str) -> str:
    """One text of a form; empty where it was not sent."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def number_of(form: FormData, name: str) -> int:
    """A number that one of our pages wrote into a form; -1 where it is none of ours."""
    sent = text_of(form, name)
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= 9 else -1  # noqa: PLR2004
