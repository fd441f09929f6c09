"""A tired mother on an old phone: her child's first disability certificate, and one thing alone."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from app.workflow.deadlines import add_working_days
from tests.browser import PHONE, assert_no_console_errors, open_page
from tests.journeys import walking as walk
from tests.journeys.test_birth import Looking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

MOTHER = "罗雪梅"


def answers() -> dict[str, str]:
    """What she answers, by input name."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    wish, since = add_working_days(today, 5), today - timedelta(days=900)
    days = {"wish_day": wish, "disabled_since": since}
    return {
        **{
            f"{name}-{part}": str(getattr(day, part))
            for name, day in days.items()
            for part in ("year", "month", "day")
        },
        "for_whom": "guardian",
        "age": "under-18",
        "classes": "intellectual",
        "register": "here",
        "certificate": "none",
        "can_come": "yes",
        "child_wanted": "rehabilitation",
        "rehab_kind": "therapy",
        "contact_name": MOTHER,
        "contact_phone": "13800576022",
        "contact_way": "text",
        "guardian_mobile": "13800576022",
        "cause": "birth",
        "assess_county": "331023",
        "half_day": "morning",
        "collection": "electronic",
    }


def test_a_mother_applies_for_her_childs_certificate(
    browser: Browser, portal_address: str, photo_file: Path
) -> None:
    look = Looking("carer", scripts=True)
    with open_page(browser, PHONE) as (page, console):
        page.goto(portal_address)
        look(page, "home")
        walk.answer_guidance(page, portal_address, "disability-aid", answers(), look)
        expect(page.locator("main")).to_contain_text("未成年人的评定结果不公示")
        walk.press(page, "登录并开始填写")
        walk.sign_in(page, MOTHER)
        walk.press(page, "开始填写")
        walk.consent(page, look, agree=True)
        hub = f"{portal_address}/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        look(page, "facts")
        walk.press(page, "全部没问题")
        asked = walk.fill_pages(page, hub, answers(), look)
        assert {"disability", "appointment"} <= asked
        assert not {"person", "notice"} & asked
        walk.give_papers(page, hub, photo_file, look, scripts=True)
        page.goto(hub)
        look(page, "hub-filled")
        walk.press(page, "核对并提交")
        look(page, "check")
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
        walk.press(page, "确认并提交")
        expect(page.locator("h1")).to_have_text("已提交")
        look(page, "receipt")
        walk.press(page, "查看办理进度")
        # The appointment and the hospital's finding come from the departments' systems; the
        # county's review waits at a desk, and nothing is ever published about a child.
        expect(page.locator(".tz-timeline__step--done")).to_have_count(4, timeout=60_000)
        expect(page.locator("main")).not_to_contain_text("公示到")
        look(page, "progress")
        assert_no_console_errors(console)


def test_one_thing_alone_and_the_eight_kinds_of_relief(
    browser: Browser, portal_address: str
) -> None:
    look = Looking("single", scripts=True)
    with open_page(browser, PHONE) as (page, console):
        page.goto(f"{portal_address}/?q=高龄津贴")
        look(page, "search")
        walk.press(page, "高龄津贴")
        look(page, "item")
        walk.press(page, "开始办理")
        look(page, "for-whom")
        page.goto(f"{portal_address}/screenings/relief")
        told = {
            "home_county": "331023",
            "age_years": "37",
            "disability_grade": "none",
            "relief_status": "none",
            "income_per_head": "900",
            "people": "3",
            "without_support": "no",
            "hardship": "illness",
            "troubles": "medical",
        }
        while "/questions/" in page.url:
            look(page, "screening")
            walk.fill(page, told)
            walk.press(page, "继续")
        expect(page.locator("main h3")).to_have_count(8)
        look(page, "screened")
        assert_no_console_errors(console)
