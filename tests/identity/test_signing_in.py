"""Signing in leads back to where one was, with what one had typed, and only for oneself."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from app.catalogue import load
from app.database import Database
from app.demo_city import OFFICERS, RESIDENTS
from app.errors import NotFound
from app.identity.sign_in import local_path
from app.main import create_app
from app.settings import Settings
from tests.identity.conftest import form_token, open_browser, sign_in
from tests.identity.test_sessions import age

MOTHER, FATHER = RESIDENTS[0], RESIDENTS[1]


def next_of(answer: httpx.Response) -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query)["next"][0]


@pytest.mark.parametrize(
    ("place", "sign_in_page"), [("/mine?a=1", "/sign-in"), ("/desk/mine?a=1", "/desk/sign-in")]
)
async def test_who_is_not_signed_in_is_sent_there_and_back(
    browser: httpx.AsyncClient, place: str, sign_in_page: str
):
    answer = await browser.get(place)
    assert answer.status_code == 303
    assert urlsplit(answer.headers["location"]).path == sign_in_page
    assert next_of(answer) == place
    shown = await browser.get(answer.headers["location"])
    assert place in shown.text
    people = RESIDENTS if sign_in_page == "/sign-in" else OFFICERS
    assert all(person.name in shown.text for person in people)
    back = await browser.post(sign_in_page, data={"who": people[0].id, "next": place})
    assert back.headers["location"] == place
    assert people[0].name in (await browser.get(place)).text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "/" + "x" * 600,
        "http:evil.example",
        "https://[",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(elsewhere: str):
    assert local_path(elsewhere, "/") == "/"


async def test_nobody_signs_in_as_somebody_who_is_not_in_the_list(browser: httpx.AsyncClient):
    answer = await sign_in(browser, "nobody")
    assert answer.status_code == 403
    assert "演示人物" in answer.text
    assert (await sign_in(browser, MOTHER.id, desk=True)).status_code == 403
    assert (await sign_in(browser, OFFICERS[0].id)).status_code == 403


async def test_a_form_sent_after_the_session_ended_is_given_back_after_signing_in(
    browser: httpx.AsyncClient, database: Database
):
    await sign_in(browser, MOTHER.id)
    typed = {
        "name": "𬱖宝\n<b>",
        "note": "\n第一行\n第二行 &amp;",
        "csrf_token": await form_token(browser),
    }
    await age(database, 31)
    refused = await browser.post(
        "/mine", data=typed, headers={"referer": "http://127.0.0.1:8000/mine?x=1"}
    )
    assert refused.status_code == 401
    assert "您刚才填写的内容还在" in refused.text
    assert "next=%2Fmine%3Fx%3D1" in refused.text
    assert "𬱖宝" not in refused.text
    back = await browser.post("/sign-in", data={"who": MOTHER.id, "next": "/mine?x=1"})
    assert urlsplit(back.headers["location"]).path == "/sign-in/continue"
    offered = (await browser.get(back.headers["location"])).text
    assert 'action="/mine"' in offered
    sent_again = {**_hidden_fields(offered), "csrf_token": await form_token(browser)}
    assert sent_again["name"] == typed["name"]
    assert sent_again["note"] == typed["note"]
    answer = await browser.post("/mine", data=sent_again)
    assert answer.status_code == 200
    assert "𬱖宝" in answer.text


async def test_somebody_else_does_not_get_what_was_typed(
    browser: httpx.AsyncClient, database: Database
):
    await sign_in(browser, MOTHER.id)
    await age(database, 31)
    await browser.post("/mine", data={"name": "secret"})
    back = await browser.post("/sign-in", data={"who": FATHER.id, "next": "/mine"})
    assert back.headers["location"] == "/mine"
    assert (await browser.get("/sign-in/continue")).status_code == 303


async def test_what_is_kept_lies_sealed_in_the_database(
    browser: httpx.AsyncClient, database: Database
):
    await sign_in(browser, MOTHER.id)
    await age(database, 31)
    assert (await browser.post("/mine", data={"name": "secret"})).status_code == 401
    async with database.engine.connect() as connection:
        rows = (await connection.exec_driver_sql("SELECT kept::text FROM sessions")).scalars()
        held = "".join(rows)
    assert "unsent" in held
    assert "secret" not in held


@pytest.mark.parametrize(
    "data", [{"name": "x" * 40_000}, {}], ids=["too much to keep", "nothing to keep"]
)
async def test_what_cannot_be_kept_is_said_so(
    browser: httpx.AsyncClient, database: Database, data: dict[str, str]
):
    await sign_in(browser, MOTHER.id)
    await age(database, 31)
    answer = await browser.post("/mine", data=data)
    assert answer.status_code == 401
    assert "再提交一次" in answer.text


async def test_a_part_of_a_page_tells_the_page_to_go_and_sign_in(browser: httpx.AsyncClient):
    answer = await browser.get(
        "/mine",
        headers={"hx-request": "true", "hx-current-url": "http://127.0.0.1:8000/cases/TZ-1?a=b"},
    )
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fcases%2FTZ-1%3Fa%3Db"


async def test_demo_sign_in_is_only_for_this_machine(app: FastAPI):
    far = httpx.ASGITransport(app, client=("203.0.113.9", 4711))
    async with httpx.AsyncClient(transport=far, base_url="http://portal.example") as client:
        client.headers["sec-fetch-site"] = "same-origin"
        for place, who in (("/sign-in", MOTHER.id), ("/desk/sign-in", OFFICERS[0].id)):
            assert (await client.get(place)).status_code == NotFound.status
            assert (await client.post(place, data={"who": who})).status_code == NotFound.status


async def test_production_has_no_demo_sign_in(settings: Settings, database: Database):
    addresses = dict.fromkeys(load().authorities, "https://department.example")
    production = settings.model_copy(
        update={
            "mode": "production",
            "public_url": "https://portal.example",
            "department_urls": addresses,
        }
    )
    app = create_app(production, database, parts=("app.identity",))
    async with open_browser(app) as browser:
        assert (await browser.get("/sign-in")).status_code == NotFound.status
        assert (await sign_in(browser, MOTHER.id)).status_code == NotFound.status
        assert (await sign_in(browser, "zhang-min", desk=True)).status_code == NotFound.status


def _hidden_fields(html: str) -> dict[str, str]:
    """The fields of the page as a browser would send them."""
    import html5lib  # noqa: PLC0415 - only this test parses a page

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {area.get("name"): "".join(area.itertext()) for area in tree.iter("textarea")}
