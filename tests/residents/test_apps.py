"""A resident lets an app act for them on “My apps”, and takes it back."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.database import Database
from app.identity.partner_keys import key_hash
from app.identity.tables import PartnerAppRow
from app.main import create_app
from app.settings import Settings
from tests.residents.moving_house import catalogue
from tests.residents.people import NEIGHBOUR, sign_in

HERE = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
REFERENCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    async with database.transaction() as session:
        for name, scopes in (
            ("family-app", ["cases:write", "cases:read"]),
            ("catalogue-app", ["life-events:read"]),
        ):
            row = PartnerAppRow(
                id=name, name=f"应用 {name}", key_hash=key_hash(name), scopes=scopes
            )
            session.add(row)
    return create_app(settings, database, ("app.identity", "app.residents"), catalogue())


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


async def press(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """Send a form of the page as its button does."""
    page = await client.get("/me/apps")
    token = re.search(r'name="csrf_token" value="([^"]*)"', page.text)
    data = {"csrf_token": token[1] if token else ""}
    return await client.post(path, data=data, headers=HERE)


async def standing(database: Database) -> int:
    async with database.transaction() as session:
        query = "SELECT count(*) FROM consents WHERE kind = 'partner' AND revoked_at IS NULL"
        return int(await session.scalar(text(query)) or 0)


async def test_who_is_not_signed_in_signs_in_first(client: httpx.AsyncClient):
    answer = await client.get("/me/apps")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


async def test_only_apps_that_could_act_are_offered(app, client: httpx.AsyncClient, database):
    await sign_in(client, database, app.state.portal)
    shown = (await client.get("/me/apps")).text
    assert "应用 family-app" in shown
    assert "catalogue-app" not in shown
    assert "代您填写申请" in shown
    assert REFERENCE.search(shown) is None
    english = (await client.get("/me/apps?lang=en")).text
    assert "Let it act for me" in english


async def test_agreeing_shows_the_reference_and_twice_is_once(
    app, client: httpx.AsyncClient, database
):
    await sign_in(client, database, app.state.portal)
    for _ in range(2):
        assert (await press(client, "/me/apps/family-app")).status_code == 303
    shown = (await client.get("/me/apps")).text
    reference = REFERENCE.search(shown)
    async with database.transaction() as session:
        held = await session.scalar(text("SELECT id FROM consents"))
    assert reference
    assert reference[0] == str(held)
    assert await standing(database) == 1


async def test_taking_it_back_ends_it(app, client: httpx.AsyncClient, database):
    await sign_in(client, database, app.state.portal)
    await press(client, "/me/apps/family-app")
    assert (await press(client, "/me/apps/family-app/revoke")).status_code == 303
    assert await standing(database) == 0
    assert REFERENCE.search((await client.get("/me/apps")).text) is None


async def test_nobody_revokes_for_somebody_else(app, client: httpx.AsyncClient, database):
    await sign_in(client, database, app.state.portal)
    await press(client, "/me/apps/family-app")
    await sign_in(client, database, app.state.portal, NEIGHBOUR)
    await press(client, "/me/apps/family-app/revoke")
    assert await standing(database) == 1


@pytest.mark.parametrize("name", ["nothing", "catalogue-app", "%F0%9F%98%80"])
async def test_an_unknown_app_cannot_be_let(app, client: httpx.AsyncClient, database, name: str):
    await sign_in(client, database, app.state.portal)
    assert (await press(client, f"/me/apps/{name}")).status_code == 404
    assert await standing(database) == 0


async def test_another_site_cannot_agree_for_them(app, client: httpx.AsyncClient, database):
    await sign_in(client, database, app.state.portal)
    answer = await client.post(
        "/me/apps/family-app",
        headers={"origin": "http://evil.test", "sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert await standing(database) == 0
