"""Addresses and headers that somebody made up lead nowhere else and break nothing."""

from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from app.cases.portal import Portal
from app.database import Database
from app.demo_city import OFFICERS, RESIDENTS
from app.identity.seeding import seed_people
from app.settings import Settings
from tests.attacks.conftest import HERE, OpenBrowser
from tests.page_reader import read_page

ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r\nLocation: //evil.example",
    "/%09/evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "//evil.example/%2f..",
    "/@evil.example",
    "/\u2028/evil.example",
    "/\u3002evil.example",
    "http://127.0.0.1:8000@evil.example",
    "http://[",
)
STATIC = "/static/js/boot.js"


def leads_to(base: str, address: str) -> str:
    """The site that a browser goes to: it drops tabs and line breaks, and reads \\ as /."""
    read = "".join(sign for sign in address.strip() if sign not in "\t\r\n").replace("\\", "/")
    return urlsplit(urljoin(base, read)).netloc


@pytest.mark.parametrize("place", ["/sign-in", "/desk/sign-in"])
async def test_signing_in_never_leads_to_another_site(
    browser: OpenBrowser, database: Database, portal: Portal, place: str
):
    async with database.transaction() as session:
        await seed_people(session, portal)
    who = RESIDENTS[0].id if place == "/sign-in" else OFFICERS[0].id
    here = urlsplit(HERE).netloc
    for there in ELSEWHERE:
        client = browser()
        answer = await client.post(place, data={"who": who, "next": there})
        assert answer.status_code == 303
        assert leads_to(HERE + place, answer.headers["location"]) == here, there
        page = await client.get(f"{place}/continue", params={"next": there})
        assert leads_to(HERE + place, page.headers["location"]) == here, there


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "///evil.example",
        "/%5Cevil.example",
        "/%5C%5Cevil.example",
        "/%2Fevil.example",
        "/%09/evil.example",
        "/%0A%2Fevil.example",
        "/%252Fevil.example",
    ],
)
async def test_no_link_of_an_odd_address_leads_to_another_site(
    client: httpx.AsyncClient, path: str
):
    answer = await client.get(httpx.URL(HERE, raw_path=path.encode()))
    assert answer.status_code in {400, 404}
    page = read_page(answer)
    here = urlsplit(HERE).netloc
    assert len(page.find("a")) > 3
    for link in page.find("a"):
        address = link.get("href", "")
        assert address.startswith("tel:") or leads_to(HERE, address) == here, address


async def test_where_somebody_says_they_come_from_is_only_a_hint(client: httpx.AsyncClient):
    said = ("http://[", "//evil.example/", "http://a/\\evil", "x" * 9000)
    for value in said:
        for headers in (
            {"referer": value},
            {"hx-current-url": value},
            {"hx-current-url": value, "hx-request": "true"},
        ):
            for method in ("GET", "POST"):
                answer = await client.request(method, "/cases/TZ-0/withdraw", headers=headers)
                assert answer.status_code in {303, 401}, headers
                there = answer.headers.get("location") or answer.headers.get("hx-redirect") or "/"
                assert leads_to(HERE, there) == urlsplit(HERE).netloc
                assert "evil" not in answer.text + there


@pytest.mark.parametrize("place", ["/sign-in", "/desk/sign-in"])
async def test_a_name_of_another_site_that_leads_here_signs_nobody_in(
    browser: OpenBrowser, place: str
):
    """DNS rebinding: such a page is of one origin with what it calls, so its headers look right."""
    client = browser()
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil"):
        headers = {"host": host, "origin": f"http://{host}"}
        assert (await client.get(place, headers=headers)).status_code == 404
        who = RESIDENTS[0].id if place == "/sign-in" else OFFICERS[0].id
        answer = await client.post(place, data={"who": who}, headers=headers)
        assert answer.status_code == 404
        assert not answer.headers.get_list("set-cookie")
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        assert (await client.get(place, headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/nothing-here", 404),
        ("GET", "/cases", 303),
        ("GET", "/desk", 303),
        ("DELETE", "/", 405),
        ("POST", "/cases/TZ-0/withdraw", 401),
        ("GET", "/a%00b", 400),
        ("GET", "/api/v1/cases", 401),
        ("GET", "/api/nothing-here", 404),
        ("POST", "/api/departments/callbacks", 401),
        ("GET", "/health/live", 200),
        ("GET", "/metrics", 200),
        ("GET", STATIC, 200),
        ("GET", "/static/../pyproject.toml", 404),
        ("GET", "/static/..%2f..%2fpyproject.toml", 404),
    ],
)
async def test_every_answer_is_safe_to_show_and_only_files_are_kept_by_caches(
    client: httpx.AsyncClient, method: str, path: str, status: int
):
    answer = await client.request(method, httpx.URL(HERE, raw_path=path.encode()))
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert ("no-store" in answer.headers["cache-control"]) == (path != STATIC)
    assert "server" not in answer.headers


async def test_what_was_searched_for_is_shown_as_text(client: httpx.AsyncClient):
    for typed in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'onclick='x"):
        answer = await client.get("/", params={"q": typed, "lang": typed, "theme": typed})
        assert answer.status_code == 200
        assert typed not in answer.text
        read_page(answer)
    assert "{{7*7}}" in (await client.get("/", params={"q": "{{7*7}}"})).text


async def test_a_planted_cookie_is_not_the_session_of_whoever_signs_in(
    client: httpx.AsyncClient, settings: Settings
):
    planted = "A" * 43
    client.cookies.set("session", planted, domain="127.0.0.1")
    answer = await client.post("/sign-in", data={"who": RESIDENTS[0].id, "next": "/cases"})
    assert answer.headers["location"] == "/cases"
    assert planted not in answer.headers["set-cookie"]
    client.cookies.clear()
    client.cookies.set("session", planted, domain="127.0.0.1")
    assert (await client.get("/cases")).headers["location"].startswith("/sign-in")


async def test_links_to_other_views_of_a_page_lead_to_the_same_page(client: httpx.AsyncClient):
    for path in ("/things/%E6%90%AC%E5%AE%B6", "/nothing%20here/a+b"):
        page = read_page(await client.get(httpx.URL(HERE, raw_path=path.encode())))
        assert page.links()["English"] == f"{path}?lang=en"
