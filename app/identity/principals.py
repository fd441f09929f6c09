"""Who a route is for: each route declares one of these, and the request must match it.

All are coroutines, also where nothing is waited for: FastAPI runs a plain function in a thread.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request

from app.cases.portal import ThePortal
from app.database import Transaction
from app.errors import SignInNeeded
from app.identity.cookies import read_token
from app.identity.csrf import SAFE_METHODS, check_origin, read_sent_form
from app.identity.large_bodies import refuse_unknown_sender
from app.identity.people import (
    OfficerPrincipal,
    PartnerPrincipal,
    ResidentPrincipal,
    Session,
    SomeBody,
    Visitor,
)
from app.identity.sessions import NOBODY, FoundSession, look_up

__all__ = [
    "AnyVisitor",
    "OfficerPrincipal",
    "PartnerPrincipal",
    "Public",
    "ResidentPrincipal",
    "Session",
    "SignedInOfficer",
    "SignedInResident",
    "Visitor",
    "csrf_checked",
    "declared_principals",
    "declares_principal",
]

AnyCallable = TypeVar("AnyCallable", bound=Callable[..., Any])
_DECLARED: dict[Any, str] = {}


def declares_principal(who: str) -> Callable[[AnyCallable], AnyCallable]:
    """Mark a dependency as one that makes sure who is asking; `who` is the word for lists."""

    def mark(dependency: AnyCallable) -> AnyCallable:
        _DECLARED[dependency] = who
        return dependency

    return mark


def declared_principals(dependant: Any) -> set[str]:
    """Who a route is for, found in its tree of dependencies (FastAPI's `route.dependant`)."""
    # Any: FastAPI does not publish the type of its tree.
    call = dependant.call
    found = {_DECLARED[call]} if call in _DECLARED else set()
    return found.union(*(declared_principals(below) for below in dependant.dependencies))


async def the_session(
    request: Request, transaction: Transaction, portal: ThePortal
) -> Session[SomeBody]:
    """The visit of this request, with one statement; a write from elsewhere is refused.

    It is kept as `request.state.session`, from where pages take the name and the form token.
    Raises csrf.Forged, SignInNeeded before a large body of nobody is read.
    """
    await refuse_unknown_sender(request)
    await read_sent_form(request)
    found: FoundSession | None = None
    if token := read_token(request, portal.settings):
        found = await look_up(transaction, portal, token, in_use=_made_by_a_person(request))
    known = found.session if found else NOBODY
    is_live = found is not None and found.alive
    await check_origin(request, known, portal.settings, is_live=is_live)
    visit = known if is_live else NOBODY
    request.state.session = visit
    request.state.ended_session = known if found and not is_live else None
    return visit


TheSession = Annotated[Session[SomeBody], Depends(the_session)]


@declares_principal("public")
async def public() -> None:
    """Anybody; nothing is looked up."""


@declares_principal("visitor")
async def any_visitor(visit: TheSession) -> Session[SomeBody]:
    """Anybody, signed in or not."""
    return visit


@declares_principal("resident")
async def signed_in_resident(visit: TheSession) -> Session[ResidentPrincipal]:
    """A resident who has signed in. Raises SignInNeeded."""
    if not isinstance(visit.principal, ResidentPrincipal):
        raise SignInNeeded
    return cast("Session[ResidentPrincipal]", visit)


@declares_principal("officer")
async def signed_in_officer(visit: TheSession) -> Session[OfficerPrincipal]:
    """An officer who has signed in. Raises SignInNeeded."""
    if not isinstance(visit.principal, OfficerPrincipal):
        raise SignInNeeded
    return cast("Session[OfficerPrincipal]", visit)


def _made_by_a_person(request: Request) -> bool:
    """A page that reads itself again (htmx) keeps nobody signed in; what a person sends does."""
    return request.method not in SAFE_METHODS or "hx-request" not in request.headers


Public = Depends(public)
AnyVisitor = Annotated[Session[SomeBody], Depends(any_visitor)]
SignedInResident = Annotated[Session[ResidentPrincipal], Depends(signed_in_resident)]
SignedInOfficer = Annotated[Session[OfficerPrincipal], Depends(signed_in_officer)]

# Every session dependency checks writes by itself; this is for routers that want to say so.
csrf_checked = the_session
