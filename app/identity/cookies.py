"""The session's cookie: an opaque token that no script and no other site can read or send."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.settings import Settings

PLAIN_NAME = "session"
LONGEST_TOKEN = 64


def cookie_name(settings: Settings) -> str:
    """`__Host-…` over https, so that no sub-domain can plant one; a plain name on loopback."""
    return f"__Host-{PLAIN_NAME}" if _over_https(settings) else PLAIN_NAME


def read_token(connection: HTTPConnection, settings: Settings) -> str | None:
    """The token that the browser sent, or None where it cannot be one of ours."""
    token = connection.cookies.get(cookie_name(settings), "")
    return token if 0 < len(token) <= LONGEST_TOKEN and token.isascii() else None


def give_token(response: Response, settings: Settings, token: str) -> None:
    """Set the cookie for as long as the browser is open; the row decides when it ends."""
    response.set_cookie(
        cookie_name(settings),
        token,
        path="/",
        secure=_over_https(settings),
        httponly=True,
        samesite="lax",
    )


def take_token(response: Response, settings: Settings) -> None:
    """Remove the cookie."""
    response.delete_cookie(
        cookie_name(settings),
        path="/",
        secure=_over_https(settings),
        httponly=True,
        samesite="lax",
    )


def _over_https(settings: Settings) -> bool:
    return settings.base_url.startswith("https://")
