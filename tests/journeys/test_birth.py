"""A mother registers a birth once, on a phone or at a desk, with scripts or without."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import (
    DESK,
    PHONE,
    assert_no_console_errors,
    check_accessible,
    horizontal_overflow,
    open_page,
)
from tests.journeys import walking as walk
from tests.journeys.parents import answers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

EVENT = "birth"
ANOTHER_ONE = "重新开始一份"


class Looking:
    """Looks at every page: accessible, no wider than its window; keeps pictures when asked to.

    PORTAL_PICTURES names a folder for the pictures.
    """

    def __init__(self, name: str, *, scripts: bool) -> None:
        self.scripts = scripts
        self.seen = 0
        folder = os.environ.get("PORTAL_PICTURES")
        self.folder = Path(folder) / name if folder else None

    def __call__(self, page: Page, name: str) -> None:
        self.seen += 1
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{self.seen:02d}-{name}.png"
            page.screenshot(path=path, full_page=True)
        if self.scripts:
            assert horizontal_overflow(page) == 0, page.url
            check_accessible(page)


def apply(page: Page, base: str, name: str, look: Looking, *, agree: bool) -> str:
    """From home to the task list; out: its address."""
    page.goto(base)
    look(page, "r0-home")
    walk.answer_guidance(page, base, EVENT, answers(name), look)
    walk.press(page, "登录并开始填写")
    walk.sign_in(page, name)
    walk.press(page, "开始填写")
    if "/consent" not in page.url:  # another journey of this run left a draft of this person
        walk.press(page, ANOTHER_ONE)
    walk.consent(page, look, agree=agree)
    return f"{base}/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"


def submit(page: Page, hub: str, look: Looking) -> None:
    """From the filled list to the receipt."""
    page.goto(hub)
    look(page, "r7-hub-filled")
    walk.press(page, "核对并提交")
    look(page, "r11-check")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    walk.press(page, "确认并提交")
    expect(page.locator("h1")).to_have_text("已提交")
    look(page, "r12-receipt")


def test_a_mother_on_her_phone_fills_in_only_what_nobody_else_knows(
    browser: Browser, portal_address: str
) -> None:
    look = Looking("phone", scripts=True)
    with open_page(browser, PHONE) as (page, console):
        hub = apply(page, portal_address, "陈雨桐", look, agree=True)
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        look(page, "r6-facts")
        walk.press(page, "全部没问题")
        look(page, "r7-hub")
        asked = walk.fill_pages(page, hub, answers("陈雨桐"), look)
        assert "mother-places" not in asked
        submit(page, hub, look)
        walk.press(page, "查看办理进度")
        page.evaluate("window.stayed = true")
        expect(page.locator(".tz-timeline__step--done")).to_have_count(8, timeout=60_000)
        assert page.evaluate("window.stayed"), "the page filled itself without reloading"
        look(page, "r13-progress")
        page.get_by_role("link", name="查看结果").first.click()
        look(page, "r15-result")
        page.goto(portal_address)
        look(page, "r0-home-signed-in")
        expect(page.locator("main")).to_contain_text("正在办理的事")
        assert_no_console_errors(console)


def test_a_mother_without_scripts_and_without_records_gets_as_far(
    browser: Browser, portal_address: str, photo_file: Path
) -> None:
    look = Looking("no-scripts", scripts=False)
    with open_page(browser, PHONE, java_script_enabled=False) as (page, console):
        hub = apply(page, portal_address, "吴敏", look, agree=False)
        walk.fill_pages(page, hub, answers("吴敏"), look)
        walk.give_papers(page, hub, photo_file, look, scripts=False)
        submit(page, hub, look)
        walk.press(page, "查看办理进度")
        look(page, "r13-progress")
        expect(page.locator("main")).to_contain_text("12 件事中已办好")
        assert_no_console_errors(console)


def test_twins_at_a_desk_are_asked_about_one_by_one(browser: Browser, portal_address: str) -> None:
    look = Looking("desk", scripts=True)
    with open_page(browser, DESK) as (page, console):
        hub = apply(page, portal_address, "王思琪", look, agree=True)
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        walk.press(page, "全部没问题")
        asked = walk.fill_pages(page, hub, answers("王思琪"), look)
        assert {"child-1", "child-2"} <= asked
        submit(page, hub, look)
        walk.press(page, "查看办理进度")
        expect(page.locator("main")).to_contain_text("出生登记（户口登记）（第2个孩子）")
        look(page, "r13-progress")
        page.goto(f"{page.url}/withdraw")
        look(page, "withdraw")
        walk.press(page, "确认撤回")
        expect(page.locator("main")).to_contain_text("您已申请撤回")
        assert_no_console_errors(console)


def test_a_photo_is_sent_with_scripts_and_survives_going_back(
    browser: Browser, portal_address: str, photo_file: Path
) -> None:
    look = Looking("photo", scripts=True)
    with open_page(browser, PHONE) as (page, console):
        hub = apply(page, portal_address, "吴敏", look, agree=False)
        walk.give_papers(page, hub, photo_file, look, scripts=True, most=1)
        page.go_back()
        expect(page.locator(".tz-upload__file--ready")).to_have_count(1)
        page.goto(f"{hub}/pages/household")
        page.locator("input[name=household_number]").fill("100200300")
        walk.press(page, "先保存")
        page.go_back()
        expect(page.locator("input[name=household_number]")).to_have_value("100200300")
        assert_no_console_errors(console)
