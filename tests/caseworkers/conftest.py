"""A web app on the small life event with officers at its desks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI

from app.cases.portal import Portal
from app.database import Database
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings
from app.wording import Words
from tests.residents.moving_house import catalogue

COUNTY = "331002"
OFFICERS = (
    ("anna", "安娜", "test-schools", COUNTY),
    ("ben", "本杰明", "test-schools", COUNTY),
    ("carl", "卡尔", "test-schools", "331004"),
    ("city", "全市员", "test-schools", ""),
    ("paul", "保罗", "test-police", COUNTY),
)


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    built = create_app(
        settings, database, parts=("app.identity", "app.caseworkers"), catalogue=catalogue()
    )
    async with database.transaction() as session:
        session.add_all(
            OfficerRow(id=id_, name=name, authority_id=authority, county=county, title_zh="经办员")
            for id_, name, authority, county in OFFICERS
        )
    return built


@pytest.fixture
def portal(app: FastAPI) -> Portal:
    held: Portal = app.state.portal
    return held


@asynccontextmanager
async def at_desk(app: FastAPI, who: str = "anna") -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an officer who is signed in."""
    portal: Portal = app.state.portal
    database: Database = app.state.database
    _, name, authority, county = next(officer for officer in OFFICERS if officer[0] == who)
    principal = OfficerPrincipal(who, name, authority, county, Words("经办员", "Officer"))
    async with database.transaction() as session:
        token, visit = await open_session(session, portal, principal)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as client:
        client.cookies.set(cookie_name(portal.settings, "officer"), token, domain="127.0.0.1")
        client.headers["sec-fetch-site"] = "same-origin"
        client.headers["x-csrf-token"] = visit.csrf
        yield client


@pytest.fixture
async def anna(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with at_desk(app) as client:
        yield client
