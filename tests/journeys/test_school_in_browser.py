"""A father signs his twins up on a phone; a desk closes the round; both get one school."""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, PHONE, assert_no_console_errors, open_page
from tests.journeys import walking as walk
from tests.journeys.test_birth import Looking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

FATHER, OFFICER = "叶明轩", "鲍洁"


def answers(today: date) -> dict[str, str]:
    """What he answers, by input name; all else the registers hold."""
    year = today.year + (today.month > 8)
    return {
        "for_whom": "parent",
        "study_county": "331002",
        "stage": "primary",
        "number_of_children": "2",
        "born_on-year": str(year - 6),
        "born_on-month": "3",
        "born_on-day": "12",
        "register_status": "here",
        "home_status": "own",
        "guardianship": "on-register",
        "parents": "married",
        "second_guardian": "yes",
        "home_address-county": "331002",
        "home_address-township": "331002001",
        "home_address-detail": "演示书院路 10 号 3 幢 201 室",
        "guardian_mobile": "13800576011",
        "second_mobile": "13800576012",
        "second_signature": "潘晓琳",
        "second_consent": "yes",
        "accept_elsewhere": "yes",
        "bind": "yes",
    }


def close_the_round(page: Page, base: str) -> str:
    """The officer of education ends the window of Jiaojiang; out: the public page of the round."""
    page.goto(f"{base}/desk/sign-in")
    walk.press(page, f"用{OFFICER}登录")
    page.goto(f"{base}/desk/rounds")
    page.get_by_role("link", name="教育入学一件事：椒江区").filter(has_text="小学").first.click()
    public = page.get_by_role("link", name="居民看到的页面").get_attribute("href") or ""
    page.locator("summary", has_text="现在就截止").click()
    walk.press(page, "现在截止")
    expect(page.locator("main")).not_to_contain_text("正在报名")
    return base + public


def test_twins_are_signed_up_on_a_phone_and_placed_together(
    browser: Browser, portal_address: str
) -> None:
    look = Looking("school", scripts=True)
    told = answers(date.today())  # noqa: DTZ011 - the day of the machine that runs the portal
    with open_page(browser, PHONE) as (page, console):
        walk.answer_guidance(page, portal_address, "school-entry", told, look)
        expect(page.locator("main")).to_contain_text("正在报名")
        walk.press(page, "登录并开始填写")
        walk.sign_in(page, FATHER)
        walk.press(page, "开始填写")
        walk.consent(page, look, agree=True)
        hub = f"{portal_address}/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        walk.press(page, "全部没问题")
        asked = walk.fill_pages(page, hub, told, look)
        assert "child-1" not in asked, "the register told who the children are"
        page.goto(hub)
        look(page, "hub")
        walk.press(page, "核对并提交")
        look(page, "check")
        expect(page.locator("main")).to_contain_text("早报晚报都一样")
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
        walk.press(page, "确认并提交")
        expect(page.locator("h1")).to_have_text("已提交")
        look(page, "receipt")
        walk.press(page, "查看办理进度")
        expect(page.locator("main")).to_contain_text("统一分配")
        look(page, "waiting")
        with open_page(browser, DESK) as (desk, desk_console):
            public = close_the_round(desk, portal_address)
            look(desk, "desk")
            assert_no_console_errors(desk_console)
        expect(page.locator(".tz-timeline__step--done")).to_have_count(12, timeout=120_000)
        look(page, "placed")
        expect(page.locator("#round")).to_contain_text("椒江演示第一小学")
        page.goto(public)
        look(page, "list")
        expect(page.locator("#list")).to_contain_text("叶*")
        expect(page.locator("main")).not_to_contain_text("叶知远")
        page.locator("summary", has_text="怎样自己核对抽签").click()
        look(page, "draw")
        assert_no_console_errors(console)
