"""A draft whose form has changed, in a real browser: on a phone, with and without scripts."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.cases import drafting
from app.cases.drafts import load_draft
from app.database import open_database
from app.identity.cookies import cookie_name
from app.identity.people import ResidentPrincipal
from app.identity.sessions import open_session
from app.main import create_app
from app.settings import Settings, with_demo_keys
from tests.browser import (
    PHONE,
    assert_no_console_errors,
    check_accessible,
    horizontal_overflow,
    open_browser,
    open_page,
    serve,
    small_targets,
)
from tests.cases.moving_cases import ANSWERS
from tests.residents.editions import NEW, OLD
from tests.residents.moving_house import catalogue
from tests.residents.people import add_resident, make_portal

pytestmark = pytest.mark.slow
PAGES = ("mover", "home", "room:1", "room:2")


@dataclass(frozen=True)
class Site:
    """A portal that offers a newer form, and somebody who filled in the older one."""

    url: str
    cookie: tuple[str, str]
    draft: str

    def sign_in(self, page: Page) -> None:
        name, value = self.cookie
        page.context.add_cookies([{"name": name, "value": value, "url": self.url}])


@pytest.fixture
def site(fresh_database_url: str, tmp_path: Path) -> Iterator[Site]:
    settings = with_demo_keys(Settings(database_url=fresh_database_url, var_folder=tmp_path))
    token, number = asyncio.run(_fill(settings))
    parts = ("app.identity", "app.residents")
    app = create_app(settings, parts=parts, catalogue=catalogue(NEW, OLD))
    with serve(app) as url:
        yield Site(url, (cookie_name(settings), token), f"/drafts/{number}")


async def _fill(settings: Settings) -> tuple[str, str]:
    """Everything filled in under the older edition."""
    portal = make_portal(settings)
    database = open_database(settings)
    async with database.transaction() as session:
        resident = await add_resident(session, portal)
        number = await drafting.start_draft(
            session, portal, resident, "moving-house", {**ANSWERS, "for_whom": "self"}, "self"
        )
        draft = await load_draft(session, portal, number, resident)
        for key in PAGES:
            draft = await drafting.save_page(
                session, portal, draft, draft.revision, key, draft.answers, "done"
            )
        token, _ = await open_session(session, portal, ResidentPrincipal(resident, "林满"))
    await database.close()
    return token, number


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Opened after the site is up: while it is open, this thread cannot run another loop."""
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_changed_is_told_led_to_and_gone_once_saved(
    site: Site, browser: Browser, scripts: bool, tmp_path: Path
) -> None:
    with open_page(browser, PHONE, java_script_enabled=scripts) as (page, console):
        site.sign_in(page)
        page.goto(site.url + site.draft)
        notice = page.get_by_role("region", name="表单有更新")
        expect(notice).to_contain_text("新家：新增“住几楼？”")
        expect(notice.get_by_role("listitem")).to_have_count(1)
        if scripts:
            check_accessible(page)
            assert small_targets(page) == []
        assert horizontal_overflow(page) <= 0
        page.screenshot(path=tmp_path / "hub.png", full_page=True)
        notice.get_by_role("link", name="新家：新增“住几楼？”").click()
        expect(page.locator(".govuk-inset-text").first).to_contain_text(
            "表单有更新：新增“住几楼？”"
        )
        expect(page.get_by_label("联系电话")).to_have_value("13800000001")
        if scripts:
            check_accessible(page)
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        page.get_by_label("住几楼？").fill("3")
        page.get_by_role("button", name="保存并继续").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("搬新家一件事")
        expect(page.get_by_role("region", name="表单有更新")).to_have_count(0)
        assert_no_console_errors(console)
