"""The small scripts in a real browser: nothing typed or uploaded is lost, nothing is sent twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import assert_no_console_errors, open_browser, open_page, serve
from tests.pages.gallery_app import Received, gallery_app

PICTURE = bytes(range(256)) * 5200  # 1.3 MB: three pieces


# While a page is being left it cannot be asked; so it notes what it shows, and presses again.
WATCH_THE_BUTTON = """() => {
  const form = document.querySelector('form[data-tz-keep]')
  const button = form.querySelector('button.govuk-button:not([name])')
  setInterval(() => {
    const line = form.querySelector('.tz-slow')
    const off = button.disabled ? 'disabled' : ''
    const now = [button.textContent.trim(), off, line ? line.textContent : ''].join(' ')
    sessionStorage.setItem('seen', (sessionStorage.getItem('seen') || '') + now)
    if (button.disabled) form.requestSubmit()
  }, 200)
}"""


@dataclass
class Portal:
    """A served gallery and what reached it."""

    address: str
    received: Received


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module; every test opens its own page."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def portal() -> Iterator[Portal]:
    """A gallery of its own for every test."""
    app = gallery_app()
    with serve(app) as address:
        yield Portal(address, app.state.received)
        app.state.received.version = 0


def choose(page: Page, name: str, content: bytes) -> None:
    """Pick one file in the upload field."""
    page.set_input_files("#book", {"name": name, "mimeType": "image/jpeg", "buffer": content})


def kept_on_the_phone(page: Page) -> int:
    """How many forms' typed text this tab holds."""
    keys = "Object.keys(sessionStorage).filter(key => key.startsWith('tz-')).length"
    return int(page.evaluate(keys))


def test_an_upload_goes_on_where_the_line_broke(browser: Browser, portal: Portal) -> None:
    portal.received.breaks = 1
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        choose(page, "户口簿.jpg", PICTURE)
        row = page.locator(".tz-upload__file", has_text="户口簿.jpg")
        expect(row).to_contain_text("已上传", timeout=15_000)
        expect(row.get_by_role("button", name="删除 户口簿.jpg")).to_be_visible()
    size, content = portal.received.uploads["file-1"]
    assert size == len(PICTURE)
    assert bytes(content) == PICTURE


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, console):
        page.goto(f"{portal.address}/gallery")
        choose(page, "大图.jpg", b"0" * 10_000_001)
        expect(page.locator(".tz-upload__file", has_text="大图.jpg")).to_contain_text(
            "每个文件不能超过 10.0 MB"
        )
        assert_no_console_errors(console)
    assert portal.received.uploads == {}


def test_townships_follow_the_county_without_asking_the_server(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, console):
        page.goto(f"{portal.address}/gallery")
        page.select_option("#home-county", label="温岭市")
        expect(page.locator("#home-township option")).to_have_count(18)
        page.select_option("#home-township", label="太平街道")
        page.select_option("#home-county", label="台州市以外")
        expect(page.locator("#home-township")).to_be_hidden()
        assert_no_console_errors(console)


def test_typed_text_survives_a_lost_page_and_is_forgotten_once_sent(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.fill("#name", "林小满")
        page.check("#docs")
        page.reload()
        expect(page.locator("#name")).to_have_value("林小满")
        expect(page.locator("#docs")).to_be_checked()
        expect(page.locator(".tz-slow")).to_contain_text("请核对")
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_url("**/errors/404**")
        # The page after it says that nothing was saved, so the text is still on the phone.
        assert kept_on_the_phone(page) == 1
    assert portal.received.forms[0]["name"] == "林小满"
    assert portal.received.forms[0]["csrf_token"] == "tok-en"


def test_text_kept_on_the_phone_goes_once_an_answer_has_come(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.fill("#name", "林小满")
        page.evaluate("sessionStorage.setItem('tz-sent', 'tz-keep:/gallery:/gallery')")
        page.goto(f"{portal.address}/gallery?answered=1")
        assert kept_on_the_phone(page) == 0
        expect(page.locator("#name")).to_have_value("")


def test_a_second_press_sends_nothing_and_the_button_says_that_it_is_saving(
    browser: Browser, portal: Portal
) -> None:
    portal.received.answer_after_seconds = 4
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.evaluate(WATCH_THE_BUTTON)
        page.get_by_role("button", name="保存并继续").click(no_wait_after=True)
        page.wait_for_url("**/errors/404**")
        seen = page.evaluate("sessionStorage.getItem('seen')")
    assert "正在保存… disabled" in seen
    assert "还在保存" in seen
    assert len(portal.received.forms) == 1


def test_a_named_button_is_sent_although_it_is_disabled(browser: Browser, portal: Portal) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.get_by_role("button", name="先保存，以后再填").click()
        page.wait_for_url("**/errors/404**")
    assert portal.received.forms[0]["_later"] == "1"


def test_sending_waits_while_the_line_is_lost(browser: Browser, portal: Portal) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.fill("#name", "林小满")
        page.context.set_offline(True)
        expect(page.locator("#tz-offline")).to_contain_text("您填写的内容还在")
        page.get_by_role("button", name="保存并继续").click()
        assert portal.received.forms == []
        page.context.set_offline(False)
        page.wait_for_url("**/errors/404**")
    assert [form["name"] for form in portal.received.forms] == ["林小满"]


def test_a_new_version_makes_the_fragment_read_itself_again(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, console):
        page.goto(f"{portal.address}/gallery")
        expect(page.locator("#live")).to_have_text("版本 ?")
        page.wait_for_timeout(300)
        portal.received.version = 7
        expect(page.locator("#live")).to_have_text("版本 7")
        portal.received.version = 8
        expect(page.locator("#live")).to_have_text("版本 8")
        assert_no_console_errors(console)
    assert portal.received.fragments == 2


def test_lists_are_walked_by_keyboard_and_the_keys_can_be_switched_off(
    browser: Browser, portal: Portal
) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{portal.address}/gallery")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.get_by_role("link", name="TZ-261101")).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#r0$"))
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("jk")
        expect(page.locator("#q")).to_have_value("jk")
        page.get_by_role("button", name="使用快捷键").click()
        page.keyboard.press("j")
        expect(page.get_by_role("button", name="使用快捷键")).to_be_focused()
