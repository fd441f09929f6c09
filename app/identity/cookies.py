"""The session's cookie: an opaque token that no script and no other site can read or send.

Officers have a cookie of their own, so that one browser can hold a resident's and an officer's
session without one ending the other.
"""

from collections.abc import Mapping
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.settings import Settings

Kind = Literal["resident", "officer"]
PLAIN_NAMES: Mapping[Kind, str] = {"resident": "session", "officer": "desk"}
DESK = "/desk"
LONGEST_TOKEN = 64


def kind_at(path: str) -> Kind:
    """Whose part of the site a path is in."""
    return "officer" if path == DESK or path.startswith(f"{DESK}/") else "resident"


def cookie_name(settings: Settings, kind: Kind = "resident") -> str:
    """`__Host-…` over https, so that no sub-domain can plant one; a plain name on loopback."""
    plain = PLAIN_NAMES[kind]
    return f"__Host-{plain}" if _over_https(settings) else plain


def read_token(connection: HTTPConnection, settings: Settings) -> str | None:
    """The token that the browser sent, or None where it cannot be one of ours."""
    token = connection.cookies.get(cookie_name(settings, kind_at(connection.url.path)), "")
    return token if 0 < len(token) <= LONGEST_TOKEN and token.isascii() else None


def give_token(response: Response, settings: Settings, kind: Kind, token: str) -> None:
    """Set the cookie for as long as the browser is open; the row decides when it ends."""
    response.set_cookie(
        cookie_name(settings, kind),
        token,
        path="/",
        secure=_over_https(settings),
        httponly=True,
        samesite="lax",
    )


def take_token(response: Response, settings: Settings, kind: Kind) -> None:
    """Remove the cookie."""
    response.delete_cookie(
        cookie_name(settings, kind),
        path="/",
        secure=_over_https(settings),
        httponly=True,
        samesite="lax",
    )


def _over_https(settings: Settings) -> bool:
    return settings.base_url.startswith("https://")
