"""The app of a test: the real one, on this worker's database, without a server in between."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.cases.partner_consents import give_partner_consent
from app.database import Database
from app.identity.partner_keys import key_hash, new_key
from app.identity.tables import PartnerAppRow
from app.main import create_app
from app.settings import Settings
from tests.residents.moving_house import catalogue
from tests.residents.people import add_resident

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


@dataclass(frozen=True)
class App:
    """A registered app with its key, calling the interface."""

    id: str
    key: str
    http: httpx.AsyncClient

    async def call(
        self, method: str, path: str, *, key: str | None = "", **sent: Any
    ) -> httpx.Response:
        """One call; `key` is the Idempotency-Key, new where it is "", absent where it is None."""
        headers = {"authorization": f"Bearer {self.key}", **sent.pop("headers", {})}
        if method == "POST" and key is not None:
            headers["idempotency-key"] = key or uuid4().hex
        return await self.http.request(method, f"/api/v1{path}", headers=headers, **sent)


async def register(database: Database, http: httpx.AsyncClient, name: str, *scopes: str) -> App:
    """An app that the portal knows."""
    key = new_key()
    async with database.transaction() as session:
        row = PartnerAppRow(id=name, name=name, key_hash=key_hash(key), scopes=list(scopes))
        session.add(row)
    return App(name, key, http)


@pytest.fixture
async def family_app(database: Database, client: httpx.AsyncClient) -> App:
    """An app with every scope."""
    scopes = ("life-events:read", "cases:write", "cases:read")
    return await register(database, client, "family-app", *scopes)


@pytest.fixture
async def mother(app: FastAPI, database: Database) -> UUID:
    """A resident; out: her id."""
    async with database.transaction() as session:
        return await add_resident(session, app.state.portal)


@pytest.fixture
async def reference(database: Database, family_app: App, mother: UUID) -> str:
    """The mother lets the family app act for her."""
    async with database.transaction() as session:
        return str(await give_partner_consent(session, mother, family_app.id))
