"""Pages of signing in, carrying on, signing out, and of one's own sessions."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from app.cases.portal import ThePortal
from app.database import Transaction
from app.demo_city import RESIDENTS, officers_for
from app.errors import NotFound
from app.identity.cookies import kind_at
from app.identity.demo_sign_in import DemoSignIn, demo_only
from app.identity.openid import finish_with_provider, start_with_provider, uses_provider
from app.identity.principals import AnyVisitor, Public, SignedInResident
from app.identity.sessions import end_mine, my_sessions
from app.identity.sign_in import HOMES, Pending, admit, leave, local_path, unsent_of
from app.pages.rendering import page

router = APIRouter(include_in_schema=False)

NextPath = Annotated[str | None, Query(alias="next")]
TypedNext = Annotated[str, Form(alias="next")]
Typed = Annotated[str, Form()]


@router.get("/sign-in")
async def choose_resident(
    request: Request, portal: ThePortal, _visit: AnyVisitor, next_path: NextPath = None
) -> Response:
    """Sign in as a resident: at the sign-in service, or in demo mode from a list."""
    there = local_path(next_path, HOMES["resident"])
    if uses_provider(portal):
        return RedirectResponse(f"/sign-in/go?{urlencode({'next': there})}", 303)
    demo_only(request, portal)
    return page(request, "identity/sign_in.html", people=RESIDENTS, next_path=there)


@router.post("/sign-in")
async def sign_in_resident(
    request: Request,
    transaction: Transaction,
    portal: ThePortal,
    visit: AnyVisitor,
    who: Typed = "",
    next_path: TypedNext = "",
) -> Response:
    """Be that demo resident from now on."""
    demo_only(request, portal)
    pending = Pending("resident", local_path(next_path, HOMES["resident"]))
    known = await DemoSignIn().identify({"who": who}, pending)
    return await admit(transaction, portal, request, visit, known, pending.next_path)


@router.get("/desk/sign-in")
async def choose_officer(
    request: Request, portal: ThePortal, _visit: AnyVisitor, next_path: NextPath = None
) -> Response:
    """Sign in as an officer: at the sign-in service, or in demo mode from a list."""
    there = local_path(next_path, HOMES["officer"])
    if uses_provider(portal):
        return RedirectResponse(f"/desk/sign-in/go?{urlencode({'next': there})}", 303)
    demo_only(request, portal)
    return page(
        request,
        "identity/desk_sign_in.html",
        people=officers_for(portal.catalogue.services.values()),
        authorities=portal.catalogue.authorities,
        next_path=there,
    )


@router.post("/desk/sign-in")
async def sign_in_officer(
    request: Request,
    transaction: Transaction,
    portal: ThePortal,
    visit: AnyVisitor,
    who: Typed = "",
    next_path: TypedNext = "",
) -> Response:
    """Be that demo officer from now on."""
    demo_only(request, portal)
    pending = Pending("officer", local_path(next_path, HOMES["officer"]))
    known = await DemoSignIn(officers_for(portal.catalogue.services.values())).identify(
        {"who": who}, pending
    )
    return await admit(transaction, portal, request, visit, known, pending.next_path)


@router.get("/sign-in/go", dependencies=[Public])
@router.get("/desk/sign-in/go", dependencies=[Public])
async def go_to_provider(
    request: Request, portal: ThePortal, next_path: NextPath = None
) -> Response:
    """To the sign-in service, if this installation has one."""
    if not uses_provider(portal):
        raise NotFound
    kind = kind_at(request.url.path)
    return await start_with_provider(request, Pending(kind, local_path(next_path, HOMES[kind])))


@router.get("/sign-in/back", dependencies=[Public])
@router.get("/desk/sign-in/back", dependencies=[Public])
async def come_back(request: Request) -> Response:
    """Where the sign-in service sends people back to."""
    return await finish_with_provider(request)


@router.get("/sign-in/continue")
@router.get("/desk/sign-in/continue")
async def carry_on(
    request: Request, portal: ThePortal, visit: AnyVisitor, next_path: NextPath = None
) -> Response:
    """Offer to send again what could not be sent because the session had ended."""
    there = local_path(next_path, HOMES[kind_at(request.url.path)])
    unsent = unsent_of(portal, visit)
    if unsent is None:
        return RedirectResponse(there, 303)
    return page(request, "identity/carry_on.html", unsent_form=unsent, next_path=there)


@router.post("/sign-out")
@router.post("/desk/sign-out")
async def sign_out(
    request: Request, transaction: Transaction, portal: ThePortal, visit: AnyVisitor
) -> Response:
    """End this session."""
    return await leave(transaction, portal, request, visit)


@router.get("/me/sessions")
async def list_sessions(
    request: Request, transaction: Transaction, portal: ThePortal, visit: SignedInResident
) -> Response:
    """Where I am signed in."""
    lines = await my_sessions(transaction, portal, visit)
    return page(request, "identity/sessions.html", lines=lines)


@router.post("/me/sessions")
async def end_sessions(
    transaction: Transaction, visit: SignedInResident, reference: Typed = ""
) -> Response:
    """End one of my other sessions, or all of them."""
    await end_mine(transaction, visit, reference or None)
    return RedirectResponse("/me/sessions", 303)
