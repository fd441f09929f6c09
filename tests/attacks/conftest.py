"""The whole web app on the small life event, with everybody who could attack it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from fastapi import FastAPI

from app.cases.portal import Portal
from app.database import Database
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings
from tests.caseworkers.conftest import OFFICERS
from tests.residents.moving_house import catalogue

HERE = "http://127.0.0.1:8000"
OpenBrowser = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    built = create_app(settings, database, catalogue=catalogue())
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


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[OpenBrowser]:
    """Opens browsers that know nothing of each other."""
    async with AsyncExitStack() as opened:

        def open_one() -> httpx.AsyncClient:
            # A failure of ours is an answer to look at, as it is over the wire.
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = httpx.AsyncClient(
                transport=transport,
                base_url=HERE,
                headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
            )
            opened.push_async_callback(client.aclose)
            return client

        yield open_one


@pytest.fixture
def client(browser: OpenBrowser) -> httpx.AsyncClient:
    return browser()
