"""An old worker retires on a phone: what the registers hold need not be typed, and all is done."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.catalogue import load
from app.forms.fields import typed_from
from app.forms.specimen import specimen_answer
from app.workflow.entitlement import fact_questions
from tests.browser import (
    DESK,
    PHONE,
    assert_no_console_errors,
    open_page,
    small_targets,
    small_text,
)
from tests.journeys import walking as walk
from tests.journeys.test_birth import Looking
from tests.journeys.test_retirement import RETIREE, TODAY, answered

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

CITY = load()
EVENT = CITY.life_events["retirement"]
MOST_PAGES = 12
# The phone's text is never smaller than this, nor what is pressed lower.
LEAST_TEXT, LEAST_TARGET = 14, 44


class Caring(Looking):
    """Looks for what old eyes and fingers stumble over, too."""

    def __call__(self, page: Page, name: str) -> None:
        super().__call__(page, name)
        assert small_text(page, LEAST_TEXT) == [], page.url
        assert small_targets(page, LEAST_TARGET) == [], page.url


def typed() -> dict[str, str]:
    """What 郑国强 answers, by input name; several choices with commas between them."""
    answers = answered(
        RETIREE,
        wanted=["fund", "reward"],
        fund_place="taizhou",
        fund_account="331082005061",
        fund_sealed="no",
        phone="13800576031",
    )
    found: dict[str, str] = {"for_whom": "self"}
    for question in EVENT.questions:
        for name, value in typed_from(question, answers.get(question.id)).items():
            found[name] = ",".join(value) if isinstance(value, list) else value
    return found


def anything_else() -> dict[str, str]:
    """An answer to every fact that the city's benefits look at."""
    found: dict[str, str] = {}
    for question in fact_questions(CITY.benefits.values()):
        for name, value in typed_from(question, specimen_answer(question, TODAY)).items():
            found[name] = ",".join(value) if isinstance(value, list) else value
    return found


def decide(page: Page, base: str, number: str) -> None:
    """An officer of human resources grants what stands at the desk."""
    page.goto(f"{base}/desk/sign-in")
    walk.press(page, "用潘丽登录")
    page.goto(f"{base}/desk/queue")
    page.get_by_role("link", name=number).first.click()
    walk.press(page, "领取")
    page.locator("summary", has_text="准予办理").click()
    for tick in page.locator("form[action$='/grant'] input[type=checkbox]").all():
        tick.check()
    walk.press(page, "准予办理，发出结果")


def test_a_self_payer_retires_on_a_phone_and_types_little(
    browser: Browser, portal_address: str
) -> None:
    look = Caring("retirement", scripts=True)
    answers = typed()
    with open_page(browser, PHONE) as (page, console):
        walk.answer_guidance(page, portal_address, EVENT.id, answers, look)
        expect(page.locator("main")).to_contain_text("2026年10月")
        walk.press(page, "登录并开始填写")
        walk.sign_in(page, RETIREE)
        walk.press(page, "开始填写")
        walk.consent(page, look, agree=True)
        hub = f"{portal_address}/drafts/{page.url.split('/drafts/')[1].split('/')[0]}"
        expect(page.get_by_role("button", name="全部没问题")).to_be_visible(timeout=30_000)
        expect(page.locator("main")).to_contain_text("汉族")
        look(page, "r6-facts")
        walk.press(page, "全部没问题")
        look(page, "r7-hub")
        asked = walk.fill_pages(page, hub, answers, look)
        assert "record" not in asked, "the insurance told the years"
        page.goto(hub)
        walk.press(page, "核对并提交")
        look(page, "r11-check")
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
        walk.press(page, "确认并提交")
        expect(page.locator("h1")).to_have_text("已提交")
        look(page, "r12-receipt")
        number = page.url.split("/cases/")[1].split("/")[0]
        walk.press(page, "查看办理进度")
        with open_page(browser, DESK) as (desk, desk_console):
            decide(desk, portal_address, number)
            assert_no_console_errors(desk_console)
        expect(page.locator(".tz-timeline__step--done")).to_have_count(11, timeout=90_000)
        look(page, "r13-progress")
        assert_no_console_errors(console)


def test_what_one_may_get_is_told_without_promising_money(
    browser: Browser, portal_address: str
) -> None:
    look = Caring("benefits", scripts=True)
    told = {
        **anything_else(),
        "home_county": "331082",
        "age_years": "61",
        "young_child": "no",
        "disability_grade": "none",
        "relief_status": "none",
        "retires_as": "man",
        "pension_paid": "21",
        "children_born": "one-card",
        "self_care": "able",
        "income_per_head": "4000",
        "people": "2",
        "without_support": "no",
        "hardship": "none",
    }
    with open_page(browser, PHONE) as (page, console):
        page.goto(f"{portal_address}/benefits")
        for number in range(MOST_PAGES):
            if "/questions/" not in page.url:
                break
            look(page, f"facts-{number}")
            walk.fill(page, told)
            walk.press(page, "继续")
        assert page.url.endswith("/benefits"), page.locator(".govuk-error-summary").inner_text()
        look(page, "result")
        main = page.locator("main")
        for title in ("职工基本养老金", "独生子女父母奖励金"):
            expect(main).to_contain_text(title)
        expect(main).to_contain_text("金额：待主管部门确认")
        assert_no_console_errors(console)
