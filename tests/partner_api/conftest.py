"""The app of a test: the real one, on this worker's database, without a server in between."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.database import Database
from app.main import create_app
from app.settings import Settings
from tests.residents.moving_house import catalogue

PARTS = ("app.identity", "app.partner_api")


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    """The app with a small life event of no real city."""
    return create_app(settings, database, PARTS, catalogue())


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who calls the app."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        yield client
