"""Signing in at an OpenID Connect service, and every answer of it that must not be believed."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import text

from app.database import Database
from app.demo_city import RESIDENTS
from app.identity.seeding import seed_people
from app.main import create_app
from app.settings import Settings
from tests.identity.conftest import open_browser
from tests.identity.conftest import router as pages_to_protect
from tests.identity.issuer import Issuer, running_issuer

MOTHER = RESIDENTS[0]


@pytest.fixture
def issuer(free_port: Callable[[], int]) -> Iterator[Issuer]:
    with running_issuer(free_port()) as running:
        running.claims = {"sub": "r-1", "name": MOTHER.name, "id_number": MOTHER.id_number}
        yield running


@pytest.fixture
async def client(
    settings: Settings, database: Database, issuer: Issuer
) -> AsyncIterator[httpx.AsyncClient]:
    chosen = settings.model_copy(
        update={"oidc_issuer": issuer.url, "oidc_client_id": "portal", "oidc_client_secret": "s"}
    )
    app = create_app(chosen, database, parts=("app.identity",))
    app.include_router(pages_to_protect)
    async with database.transaction() as session:
        await seed_people(session, app.state.portal)
    async with open_browser(app) as browser:
        yield browser


async def go(client: httpx.AsyncClient, place: str = "/mine") -> str:
    """Follow our own redirects up to the service's page; out: its address."""
    answer = await client.get(place)
    for _ in range(2):
        answer = await client.get(answer.headers["location"])
    address: str = answer.headers["location"]
    return address


async def test_a_resident_signs_in_and_comes_back(client: httpx.AsyncClient, issuer: Issuer):
    address = await go(client, "/mine?a=1")
    assert urlsplit(address).path == "/authorize"
    code, state = issuer.code_for(address)
    before = client.cookies["session"]
    back = await client.get("/sign-in/back", params={"code": code, "state": state})
    assert back.headers["location"] == "/mine?a=1"
    assert client.cookies["session"] != before
    assert (await client.get("/mine")).text == MOTHER.name


async def test_an_officer_is_known_by_the_subject(client: httpx.AsyncClient, issuer: Issuer):
    issuer.claims = {"sub": "zhang-min"}
    code, state = issuer.code_for(await go(client, "/desk/mine"))
    back = await client.get("/desk/sign-in/back", params={"code": code, "state": state})
    assert back.headers["location"] == "/desk/mine"
    assert (await client.get("/desk/mine")).text == "张敏 public-security"


async def test_an_officer_without_a_post_is_told_so(client: httpx.AsyncClient, issuer: Issuer):
    issuer.claims = {"sub": "nobody"}
    code, state = issuer.code_for(await go(client, "/desk/mine"))
    back = await client.get("/desk/sign-in/back", params={"code": code, "state": state})
    assert back.status_code == 403
    assert "没有岗位" in back.text


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-app"},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"name": None},
        {"id_number": 5},
    ],
)
async def test_a_token_that_does_not_fit_signs_nobody_in(
    client: httpx.AsyncClient, issuer: Issuer, lie: dict[str, Any]
):
    issuer.lies = lie
    await expect_refusal(client, *issuer.code_for(await go(client)))


async def test_a_token_signed_by_somebody_else_signs_nobody_in(
    client: httpx.AsyncClient, issuer: Issuer
):
    issuer.signs_with = RSAKey.generate_key(2048)
    await expect_refusal(client, *issuer.code_for(await go(client)))


async def test_an_answer_that_we_did_not_ask_for_signs_nobody_in(
    client: httpx.AsyncClient, issuer: Issuer
):
    code, state = issuer.code_for(await go(client))
    await expect_refusal(client, code, state + "x")
    client.cookies.clear()
    await expect_refusal(client, code, state)


async def test_a_code_of_another_browser_signs_nobody_in(client: httpx.AsyncClient, issuer: Issuer):
    theirs, _ = issuer.code_for(await go(client))
    _, mine = issuer.code_for(await go(client))
    await expect_refusal(client, theirs, mine)


async def test_a_silent_service_is_told_in_a_sentence(
    client: httpx.AsyncClient, issuer: Issuer, database: Database
):
    issuer.is_down = True
    answer = await client.get("/sign-in/go")
    assert answer.status_code == 403
    async with database.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM sessions")) == 0


async def expect_refusal(client: httpx.AsyncClient, code: str, state: str) -> None:
    back = await client.get("/sign-in/back", params={"code": code, "state": state})
    assert back.status_code == 403
    assert "重新登录" in back.text or "再登录一次" in back.text
    assert (await client.get("/mine")).status_code == 303
