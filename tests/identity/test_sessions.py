"""Sessions: what the cookie is, how long it lives, who ends it."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update

from app.cases.portal import Portal
from app.database import Database
from app.demo_city import RESIDENTS
from app.identity.cookies import cookie_name
from app.identity.people import Visitor
from app.identity.sessions import NOBODY, forget_ended, keep, look_up, open_session, token_id
from app.identity.tables import SessionRow
from app.settings import Settings
from tests.identity.conftest import form_token, open_browser, sign_in

MOTHER, FATHER = RESIDENTS[0], RESIDENTS[1]


async def age(database: Database, minutes: float, column: str = "seen_at") -> None:
    """Let time pass for every session."""
    async with database.transaction() as session:
        earlier = {column: getattr(SessionRow, column) - timedelta(minutes=minutes)}
        await session.execute(update(SessionRow).values(earlier))


async def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(
    browser: httpx.AsyncClient, database: Database
):
    answer = await sign_in(browser, MOTHER.id)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    async with database.transaction() as session:
        row = await session.scalar(select(SessionRow))
    assert row is not None
    assert row.token_hash == token_id(browser.cookies["session"])
    assert browser.cookies["session"].encode() not in row.token_hash
    assert MOTHER.name.encode() not in (row.sealed_name or b"")


def test_over_https_the_cookie_cannot_be_planted_by_a_sub_domain(settings: Settings):
    over_tls = settings.model_copy(update={"public_url": "https://portal.example"})
    assert cookie_name(over_tls) == "__Host-session"
    assert cookie_name(over_tls, "officer") == "__Host-desk"


async def test_one_statement_finds_the_session_and_notes_its_use_once_a_minute(
    browser: httpx.AsyncClient, database: Database, statements: list[str]
):
    await sign_in(browser, MOTHER.id)
    await age(database, 2)
    statements.clear()
    for _ in range(2):
        assert (await browser.get("/mine")).text == MOTHER.name
    assert len(statements) == 2
    async with database.transaction() as session:
        seen_at = await session.scalar(select(SessionRow.seen_at))
        (await browser.get("/mine")).raise_for_status()
        assert await session.scalar(select(SessionRow.seen_at)) == seen_at
        now = await session.scalar(text("SELECT now()"))
    assert now - seen_at < timedelta(seconds=30)


async def test_a_page_that_reads_itself_again_keeps_nobody_signed_in(
    browser: httpx.AsyncClient, database: Database
):
    await sign_in(browser, MOTHER.id)
    await age(database, 20)
    assert (await browser.get("/mine", headers={"hx-request": "true"})).status_code == 200
    await age(database, 11)
    assert (await browser.get("/mine")).status_code == 303


@pytest.mark.parametrize(
    ("who", "desk", "idle_minutes", "longest_hours"),
    [(MOTHER.id, False, 30, 12), ("zhang-min", True, 20, 9)],
)
async def test_a_session_ends_when_idle_and_at_the_end_of_the_day(
    browser: httpx.AsyncClient,
    database: Database,
    who: str,
    desk: bool,
    idle_minutes: int,
    longest_hours: int,
):
    place = "/desk/mine" if desk else "/mine"
    await sign_in(browser, who, desk)
    await age(database, idle_minutes - 0.5)
    assert (await browser.get(place)).status_code == 200
    await age(database, idle_minutes + 0.5)
    assert (await browser.get(place)).status_code == 303
    await sign_in(browser, who, desk)
    await age(database, longest_hours * 60 - 1, "ends_at")
    assert (await browser.get(place)).status_code == 200
    await age(database, 2, "ends_at")
    assert (await browser.get(place)).status_code == 303


async def test_signing_in_gives_a_new_token_and_keeps_what_a_visitor_answered(
    browser: httpx.AsyncClient, portal: Portal, database: Database
):
    async with database.transaction() as session:
        token, _ = await keep(session, portal, NOBODY, can_i={"birth": {"born": "zhejiang"}})
    assert token is not None
    browser.cookies.set("session", token, domain="127.0.0.1")
    await browser.post("/sign-in", data={"who": MOTHER.id, "csrf_token": await form_token(browser)})
    assert browser.cookies["session"] != token
    async with database.transaction() as session:
        assert await look_up(session, portal, token) is None
        found = await look_up(session, portal, browser.cookies["session"])
    assert found is not None
    assert found.session.kept == {"can_i": {"birth": {"born": "zhejiang"}}}


async def test_what_one_resident_kept_does_not_reach_the_next(
    browser: httpx.AsyncClient, portal: Portal, database: Database
):
    await sign_in(browser, MOTHER.id)
    async with database.transaction() as session:
        found = await look_up(session, portal, browser.cookies["session"])
        assert found is not None
        await keep(session, portal, found.session, can_i={"birth": {"born": "abroad"}})
    await browser.post("/sign-in", data={"who": FATHER.id, "csrf_token": await form_token(browser)})
    async with database.transaction() as session:
        found = await look_up(session, portal, browser.cookies["session"])
    assert found is not None
    assert found.session.kept == {}


async def test_a_copied_cookie_is_dead_after_signing_out(browser: httpx.AsyncClient):
    await sign_in(browser, MOTHER.id)
    copied = browser.cookies["session"]
    await browser.post("/sign-out", data={"csrf_token": await form_token(browser)})
    browser.cookies.set("session", copied, domain="127.0.0.1")
    assert (await browser.get("/mine")).status_code == 303


async def test_other_sessions_are_listed_and_ended(app: FastAPI, browser: httpx.AsyncClient):
    await sign_in(browser, MOTHER.id)
    async with open_browser(app) as lost_phone, open_browser(app) as somebody_else:
        await sign_in(lost_phone, MOTHER.id)
        await sign_in(somebody_else, FATHER.id)
        listed = (await browser.get("/me/sessions")).text
        assert listed.count("另一台设备") == 2  # the title and its label
        await browser.post("/me/sessions", data={"csrf_token": await form_token(browser)})
        assert (await lost_phone.get("/mine")).status_code == 303
        assert (await browser.get("/mine")).status_code == 200
        assert (await somebody_else.get("/mine")).status_code == 200


async def test_a_resident_and_an_officer_can_use_one_browser(browser: httpx.AsyncClient):
    await sign_in(browser, MOTHER.id)
    await sign_in(browser, "zhang-min", desk=True)
    assert (await browser.get("/mine")).text == MOTHER.name
    assert (await browser.get("/desk/mine")).text == "张敏 public-security"


async def test_an_officer_who_left_is_out_at_once(browser: httpx.AsyncClient, database: Database):
    await sign_in(browser, "zhang-min", desk=True)
    async with database.transaction() as session:
        await session.execute(text("UPDATE officers SET active = false WHERE id = 'zhang-min'"))
    assert (await browser.get("/desk/mine")).status_code == 303
    assert (await sign_in(browser, "zhang-min", desk=True)).status_code == 403


async def test_rows_of_sessions_long_ended_are_forgotten(portal: Portal, database: Database):
    async with database.transaction() as session:
        await open_session(session, portal, Visitor())
    await age(database, 47 * 60, "ends_at")
    async with database.transaction() as session:
        await forget_ended(session, portal)
        assert len((await session.scalars(select(SessionRow))).all()) == 1
    await age(database, 2 * 60, "ends_at")
    async with database.transaction() as session:
        await forget_ended(session, portal)
        assert (await session.scalars(select(SessionRow))).all() == []


@pytest.mark.parametrize("cookie", ["", "x", "x" * 65, "nobody-has-this-token"])
async def test_a_made_up_cookie_is_nobody(browser: httpx.AsyncClient, cookie: str):
    browser.cookies.set("session", cookie, domain="127.0.0.1")
    assert (await browser.get("/mine")).status_code == 303
