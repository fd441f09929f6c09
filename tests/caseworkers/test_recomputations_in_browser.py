"""Grants reckoned again, in a real browser: at the desk and on the resident's page."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from app.cases.portal import open_portal
from app.cases.rate_watch import notice
from app.cases.recomputing import work_through
from app.database import open_database
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal, ResidentPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings, with_demo_keys
from app.wording import Words
from tests.browser import (
    DESK,
    PHONE,
    assert_no_console_errors,
    check_accessible,
    horizontal_overflow,
    open_browser,
    open_page,
    serve,
    small_targets,
)
from tests.cases.granted_cases import (
    DISABLED,
    LIVING,
    WANG,
    Kind,
    a_case,
    line_of,
    many_grants,
    walk,
)

pytestmark = pytest.mark.slow
POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}
LIN = OfficerPrincipal("lin", "林", "civil-affairs", "331002", Words("经办员", "Officer"))


@dataclass(frozen=True)
class Site:
    """A running portal, the cookies of an officer and a resident, and the resident's case."""

    url: str
    officer: tuple[str, str]
    resident: tuple[str, str]
    number: str

    def sign_in(self, page: Page, cookie: tuple[str, str]) -> None:
        name, value = cookie
        page.context.add_cookies([{"name": name, "value": value, "url": self.url}])


@pytest.fixture
def site(fresh_database_url: str, tmp_path: Path) -> Iterator[Site]:
    settings = with_demo_keys(Settings(database_url=fresh_database_url, var_folder=tmp_path))
    officer, resident, number = asyncio.run(_fill(settings))
    app = create_app(settings)
    with serve(app) as url:
        yield Site(
            url,
            (cookie_name(settings, "officer"), officer),
            (cookie_name(settings), resident),
            number,
        )


async def _fill(settings: Settings) -> tuple[str, str, str]:
    """A resident's grants and others', reckoned again by a new line; one cannot be read."""
    portal, database = open_portal(settings), open_database(settings)
    async with database.transaction() as session:
        session.add(OfficerRow(id="lin", name="林", authority_id="civil-affairs", county="331002"))
        case = await a_case(session, portal, "disability-aid", DISABLED)
        await walk(session, portal, case)
        broken, *_ = await many_grants(session, portal, [Kind(LIVING, POOR)] * 3, date(2026, 11, 1))
        await session.execute(
            text("UPDATE grants SET sealed_facts = 'x' || sealed_facts WHERE id = :id"),
            {"id": broken},
        )
        officer, _ = await open_session(session, portal, LIN)
        principal = ResidentPrincipal(case.resident_id, WANG.name)
        resident, _ = await open_session(session, portal, principal)
    day = portal.today()
    line = line_of("1100", day)
    async with database.transaction() as session:
        opened = await notice(session, portal, day, line)
    for one in opened:
        await work_through(database, portal, one, proposed=line)
    await database.close()
    return officer, resident, case.number


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_are_accessible_and_fit(site: Site, viewport: dict[str, int]):
    with open_browser() as browser, open_page(browser, viewport) as (page, console):
        for cookie, place in (
            (site.officer, "/desk"),
            (site.officer, "/desk/recomputations"),
            (site.officer, "/desk/recomputations?lang=en"),
            (site.resident, f"/cases/{site.number}"),
        ):
            site.sign_in(page, cookie)
            page.goto(site.url + place)
            check_accessible(page)
            assert horizontal_overflow(page) == 0, place
            assert small_targets(page) == [], place
        assert_no_console_errors(console)


def test_the_desk_tries_again_without_scripts(site: Site):
    with open_browser() as browser:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        site.sign_in(page, site.officer)
        page.goto(f"{site.url}/desk")
        page.get_by_role("link", name="待遇重新核定的进度和待核对的待遇").click()
        expect(page.get_by_text("资料读不出来，要对照原件")).to_be_visible()
        page.get_by_role("button", name="全部再核一次").click()
        expect(page.get_by_text("已经排上重新核对")).to_be_visible()
        context.close()
