"""A large body is read only from somebody who is known: nobody else may fill our disk with it."""

from typing import Final

from starlette.requests import Request

from app.cases.portal import portal_of
from app.database import Database
from app.errors import SignInNeeded
from app.identity.cookies import read_token
from app.identity.csrf import SAFE_METHODS
from app.identity.people import Visitor
from app.identity.sessions import look_up

# What anybody may send before it is known who they are: as much as any other form of the site.
MOST_UNKNOWN_BYTES: Final = 1024 * 1024


async def refuse_unknown_sender(request: Request) -> None:
    """Let small bodies pass, and large ones of residents and officers, also where a session ended.

    Stands before the reading, which comes before the request's own transaction. Large bodies cost
    one statement more. Raises SignInNeeded.
    """
    if request.method in SAFE_METHODS or _is_small(request):
        return
    if getattr(request.state, "sender_is_known", False):
        return
    portal = portal_of(request)
    if token := read_token(request, portal.settings):
        database: Database = request.app.state.database
        async with database.transaction() as session:
            found = await look_up(session, portal, token)
        if found and not isinstance(found.session.principal, Visitor):
            request.state.sender_is_known = True
            return
    raise SignInNeeded


def _is_small(request: Request) -> bool:
    """Whether the head says so; a body that comes in chunks does not say how long it is."""
    if "transfer-encoding" in request.headers:
        return False
    announced = request.headers.get("content-length", "0")
    return announced.isascii() and announced.isdigit() and int(announced) <= MOST_UNKNOWN_BYTES
