"""Refuses writes that another site made this browser send (cross-site request forgery)."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from app.errors import NotAllowed
from app.identity.people import Session, SomeBody
from app.settings import Settings
from app.wording import Words

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_FIELD = "csrf_token"  # noqa: S105 - the field's name
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - the header's name
OWN_FETCH_SITES = frozenset({"same-origin", "none"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class Forged(NotAllowed):
    """The write did not come from one of our own pages, or its page is too old."""

    code = "not-from-our-page"
    todo = Words(
        "请返回原来的页面，刷新后再提交一次；用微信打开的，请换手机浏览器打开。",
        "Go back to the page, reload it and send it again; outside apps, use a normal browser.",
    )

    def __init__(self) -> None:
        super().__init__(
            Words(
                "无法确认这次提交来自本网站的页面，所以没有处理。",
                "We could not make sure that this came from our own page, so nothing was done.",
            )
        )


async def check_origin(
    request: Request, visit: Session[SomeBody], settings: Settings, *, is_live: bool
) -> None:
    """Let a write pass that our own page made. Raises Forged for any other.

    Fetch Metadata first, Origin where it is missing (OWASP CSRF cheat sheet), and always the
    token of a live session. Without one there is nothing to abuse, but one of the two headers, or
    the token of the ended session, must still say where the write comes from.
    """
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        from_us = site in OWN_FETCH_SITES
    elif origin is not None:
        from_us = origin in {_origin(settings.base_url), _origin(str(request.base_url))}
    else:
        from_us = await _token_fits(request, visit.csrf)
    if not from_us or (is_live and not await _token_fits(request, visit.csrf)):
        raise Forged


async def read_sent_form(request: Request) -> None:
    """Read a form that is being sent, before anything is asked of the database.

    A slow phone then holds no connection. Whoever reads the form later gets the same one.
    """
    if request.method not in SAFE_METHODS and _is_form(request):
        await request.form()


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith(FORM_TYPES)


async def _token_fits(request: Request, expected: str) -> bool:
    sent = request.headers.get(TOKEN_HEADER)
    if sent is None and _is_form(request):
        value = (await request.form()).get(TOKEN_FIELD)
        sent = value if isinstance(value, str) else None
    return sent is not None and hmac.compare_digest(
        sent.encode(errors="replace"), expected.encode()
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
