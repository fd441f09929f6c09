"""Browsers with a live session of somebody."""

from typing import Any

import httpx

from app.cases.portal import Portal
from app.database import Database
from app.identity.cookies import Kind, cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.wording import Words
from tests.caseworkers.conftest import OFFICERS


async def signed_in(
    browser: httpx.AsyncClient, database: Database, portal: Portal, principal: Any
) -> httpx.AsyncClient:
    """The browser with a live session of somebody, who also sends the right form token."""
    kind: Kind = "officer" if isinstance(principal, OfficerPrincipal) else "resident"
    async with database.transaction() as session:
        token, visit = await open_session(session, portal, principal)
    browser.cookies.set(cookie_name(portal.settings, kind), token, domain="127.0.0.1")
    browser.headers["x-csrf-token"] = visit.csrf
    return browser


def officer(who: str) -> OfficerPrincipal:
    id_, name, authority, county = next(one for one in OFFICERS if one[0] == who)
    return OfficerPrincipal(id_, name, authority, county, Words("经办员", "Officer"))
