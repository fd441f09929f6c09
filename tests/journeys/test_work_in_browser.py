"""A delivery rider leaves the factory and insures himself, on a phone of 390 pixels."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from app.workflow.deadlines import add_months
from tests.browser import PHONE, assert_no_console_errors, open_page
from tests.journeys import walking as walk
from tests.journeys.parents import CARD
from tests.journeys.test_birth import Looking, submit

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

NAME = "阮小波"


def rider() -> dict[str, str]:
    """Every answer the rider is asked for, by input name."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    left, next_month = today - timedelta(days=10), add_months(today, 1)
    days = {"left_on": left, "started_on": left + timedelta(days=3)}
    home = {"county": "331002", "township": "331002001", "detail": "演示公寓 2 幢"}
    account = {"holder": NAME, "bank": "中国工商银行台州分行", "number": CARD}
    return {
        **{f"{name}-year": str(day.year) for name, day in days.items()},
        **{f"{name}-month": str(day.month) for name, day in days.items()},
        **{f"{name}-day": str(day.day) for name, day in days.items()},
        **{f"person_home-{part}": value for part, value in home.items()},
        **{f"work_place-{part}": value for part, value in home.items()},
        **{f"debit_account-{part}": value for part, value in account.items()},
        "born_on-year": "1995",
        "born_on-month": "11",
        "born_on-day": "3",
        "first_month-year": str(next_month.year),
        "first_month-month": str(next_month.month),
        "for_whom": "self",
        "work_county": "331002",
        "flow": "flexible",
        "sex": "1",
        "work_type": "platform",
        "registered_before": "no",
        "origin": "china",
        "permit": "no",
        "old_cover": "employer",
        "left_reason": "ended",
        "flexible_wants": "fund",
        "mobile": "13800576033",
        "work": "送外卖",
        "weekly_hours": "50",
        "platform": "演示外卖平台",
        "insurances": "pension,medical",
        "base_percent": "60",
        "pay_cycle": "month",
        "debit_agreed": "yes",
        "fund_base": "500",
    }


def test_a_rider_insures_himself_and_it_comes_to_its_end(
    browser: Browser, portal_address: str, photo_file: Path
) -> None:
    look = Looking("rider", scripts=True)
    with open_page(browser, PHONE) as (page, console):
        walk.answer_guidance(page, portal_address, "employment", rider(), look)
        expect(page.locator("main")).to_contain_text("要先停掉原来的参保")
        walk.press(page, "登录并开始填写")
        walk.sign_in(page, NAME)
        walk.press(page, "开始填写")
        walk.consent(page, look, agree=True)
        hub = f"{portal_address}/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        look(page, "r6-facts")
        walk.press(page, "全部没问题")
        look(page, "r7-hub")
        asked = walk.fill_pages(page, hub, rider(), look)
        assert {"work", "platform", "cover", "debit"} <= asked
        walk.give_papers(page, hub, photo_file, look, scripts=True)
        submit(page, hub, look)
        walk.press(page, "查看办理进度")
        expect(page.locator("main")).to_contain_text("全部办结", timeout=90_000)
        look(page, "r13-progress")
        assert_no_console_errors(console)


def test_what_can_i_get_asks_a_worker_little(browser: Browser, portal_address: str) -> None:
    look = Looking("benefits-at-work", scripts=True)
    told = {
        "home_county": "331002",
        "young_child": "no",
        "age_years": "24",
        "disability_grade": "none",
        "relief_status": "none",
        "income_per_head": "6000",
        "people": "3",
        "without_support": "no",
        "hardship": "none",
        "work_now": "employed",
        "graduated_within": "two-years",
        "firm_class": "near",
        "new_here": "bachelor",
        "new_certificate": "no",
        "retires_as": "man",
        "pension_paid": "enough",
        "children_born": "no",
    }
    with open_page(browser, PHONE) as (page, console):
        page.goto(f"{portal_address}/benefits")
        pages = 0
        while "/questions/" in page.url:
            pages += 1
            look(page, f"questions-{pages}")
            walk.fill(page, told)
            walk.press(page, "继续")
        look(page, "result")
        main = page.locator("main")
        expect(main).to_contain_text("人才租房补贴")
        expect(main).to_contain_text("参考为6000元/年")
        assert pages <= 6
        walk.press(page, "去申请：人才租房补贴")
        look(page, "start")
        assert_no_console_errors(console)
