"""Writes that other sites make a browser send are refused; our own pages' writes are not."""

from collections.abc import Mapping

import httpx
import pytest
from fastapi import FastAPI

from app.demo_city import RESIDENTS
from tests.identity.conftest import form_token, open_browser, sign_in

MOTHER = RESIDENTS[0]
HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({"origin": HERE}, 200),
        ({"origin": "http://127.0.0.1:8000.evil.example"}, 403),
        ({"origin": "https://127.0.0.1:8000"}, 403),
        ({"origin": "null"}, 403),
        ({}, 200),
    ],
)
async def test_where_a_write_comes_from_decides(
    app: FastAPI, headers: Mapping[str, str], status: int
):
    async with open_browser(app) as browser:
        await sign_in(browser, MOTHER.id)
        data = {"csrf_token": await form_token(browser), "name": "x"}
        del browser.headers["sec-fetch-site"]
        assert (await browser.post("/mine", data=data, headers=headers)).status_code == status


@pytest.mark.parametrize("token", [None, "", "wrong", "\ud800".encode("utf-8", "surrogatepass")])
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": HERE}, {}])
async def test_without_the_pages_token_nothing_is_done(
    browser: httpx.AsyncClient, token: str | bytes | None, headers: Mapping[str, str]
):
    await sign_in(browser, MOTHER.id)
    del browser.headers["sec-fetch-site"]
    data = {"name": "x"} if token is None else {"name": "x", "csrf_token": token}
    answer = await browser.post("/mine", data=data, headers=headers)
    assert answer.status_code == 403
    assert "没有处理" in answer.text


async def test_a_script_sends_the_token_as_a_header(browser: httpx.AsyncClient):
    await sign_in(browser, MOTHER.id)
    token = await form_token(browser)
    answer = await browser.post("/mine", content=b"raw", headers={"x-csrf-token": token})
    assert answer.status_code == 200
    wrong = await browser.post("/mine", content=b"raw", headers={"x-csrf-token": token[:-1]})
    assert wrong.status_code == 403


async def test_the_token_of_another_session_does_not_fit(app: FastAPI, browser: httpx.AsyncClient):
    await sign_in(browser, MOTHER.id)
    async with open_browser(app) as attacker:
        await sign_in(attacker, RESIDENTS[1].id)
        theirs = await form_token(attacker)
    assert (await browser.post("/mine", data={"csrf_token": theirs})).status_code == 403


async def test_nobody_is_signed_in_by_another_site(app: FastAPI):
    async with open_browser(app) as browser:
        browser.headers["sec-fetch-site"] = "cross-site"
        assert (await sign_in(browser, MOTHER.id)).status_code == 403
        del browser.headers["sec-fetch-site"]
        assert (await sign_in(browser, MOTHER.id)).status_code == 403
        assert "session" not in browser.cookies
