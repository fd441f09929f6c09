"""The officers' pages in a real browser: by keyboard, on a phone, without scripts, accessible."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.cases.claiming import claim
from app.cases.desks import Desk
from app.cases.portal import Portal
from app.database import open_database
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.integration.field_cipher import FieldCipher
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
from tests.cases.desk_cases import ROOM, a_case_at_the_desk, task_of
from tests.cases.many_tasks import fill_desks
from tests.residents.moving_house import catalogue

pytestmark = pytest.mark.slow
COUNTY = "331002"
ANNA = OfficerPrincipal("anna", "安娜", "test-schools", COUNTY, Words("经办员", "Officer"))


@dataclass(frozen=True)
class Site:
    """A running portal with a full desk, the officer's cookie and a task to decide."""

    url: str
    cookie: tuple[str, str]
    task: str

    def sign_in(self, page: Page) -> None:
        name, value = self.cookie
        page.context.add_cookies([{"name": name, "value": value, "url": self.url}])


@pytest.fixture
def site(fresh_database_url: str, tmp_path: Path) -> Iterator[Site]:
    settings = with_demo_keys(Settings(database_url=fresh_database_url, var_folder=tmp_path))
    token, task = asyncio.run(_fill(settings))
    app = create_app(settings, parts=("app.identity", "app.caseworkers"), catalogue=catalogue())
    with serve(app) as url:
        yield Site(url, (cookie_name(settings, "officer"), token), task)


async def _fill(settings: Settings) -> tuple[str, str]:
    portal = Portal(catalogue(), FieldCipher(settings.field_key_bytes()), settings)
    database = open_database(settings)
    async with database.transaction() as session:
        session.add(OfficerRow(id="anna", name="安娜", authority_id="test-schools", county=COUNTY))
        await fill_desks(session, "test-schools", 150, (COUNTY,))
        case = await a_case_at_the_desk(session, portal)
        task = await task_of(session, case, ROOM)
        await claim(session, Desk("anna", "test-schools", COUNTY), task)
        token, _ = await open_session(session, portal, ANNA)
    await database.close()
    return token, str(task)


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Opened after the site is up: while it is open, this thread cannot run another loop."""
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_desk_pages_are_accessible_and_fit(
    site: Site, browser: Browser, viewport: dict[str, int], tmp_path: Path
):
    with open_page(browser, viewport) as (page, console):
        for place in ("/sign-in", "/desk/sign-in", "/desk/queue"):
            page.goto(site.url + place)
            check_accessible(page)
        site.sign_in(page)
        for place in ("/desk", "/desk/queue", f"/desk/tasks/{site.task}"):
            page.goto(site.url + place)
            page.screenshot(path=tmp_path / f"{place.replace('/', '_')}.png", full_page=True)
            check_accessible(page)
            assert horizontal_overflow(page) == 0, place
            assert small_targets(page) == [], place
        assert_no_console_errors(console)


def test_the_queue_is_worked_by_keyboard(site: Site, browser: Browser):
    with open_page(browser, DESK) as (page, console):
        site.sign_in(page)
        page.goto(f"{site.url}/desk/queue?who=open")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.locator("input[name=task]:checked").count() == 2
        page.keyboard.press("/")
        expect(page.locator("#number")).to_be_focused()
        page.locator("#number").blur()
        page.get_by_role("button", name="领取所选").click()
        expect(page.get_by_text("领取了 2 件")).to_be_visible()
        page.goto(f"{site.url}/desk/queue?who=mine&service=register-room")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/desk/tasks/"))
        assert_no_console_errors(console)


def test_a_filter_changes_only_the_list_and_back_brings_it_back(site: Site, browser: Browser):
    with open_page(browser, DESK) as (page, console):
        site.sign_in(page)
        page.goto(f"{site.url}/desk/queue")
        before = page.locator("#queue tbody tr").first.inner_text()
        page.evaluate("window.stillHere = true")
        page.select_option("#risk", "today")
        expect(page.locator("#queue tbody tr .govuk-tag").first).to_have_text("今天到期")
        assert "risk=today" in page.url
        assert page.evaluate("window.stillHere")
        page.go_back()
        expect(page.locator("#queue tbody tr").first).to_have_text(
            re.compile(re.escape(before.split()[0]))
        )
        assert_no_console_errors(console)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_works_without_scripts(site: Site, browser: Browser, viewport: dict[str, int]):
    with open_page(browser, viewport, java_script_enabled=False) as (page, _):
        site.sign_in(page)
        page.goto(f"{site.url}/desk/queue")
        page.select_option("#risk", "overdue")
        page.get_by_role("button", name="筛选").click()
        assert "risk=overdue" in page.url
        assert "已超期" in page.locator("#queue tbody tr").first.inner_text()
        page.goto(f"{site.url}/desk/tasks/{site.task}")
        assert page.locator("details[name=act][open]").count() == 1
        page.get_by_role("button", name="受理").first.click()
        expect(page.get_by_text("已受理").first).to_be_visible()
        page.fill("#out-entry", "")
        page.get_by_role("button", name="准予办理，发出结果").click()
        expect(page.get_by_role("alert")).to_contain_text("请填写登记号")
        page.fill("#out-entry", "R-9")
        page.get_by_role("button", name="准予办理，发出结果").click()
        expect(page.get_by_text("这一件已经办完")).to_be_visible()
