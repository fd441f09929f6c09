"""Retirement, each way from the first question to the last decision, as people do it over HTTP.

The whole portal runs: web, worker and departments. Officers sign in and grant what is at a desk.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from app.catalogue import load
from app.demo_city import RESIDENTS
from app.forms.answers import Answer, Answers
from app.forms.specimen import specimen
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.deadlines import add_months
from app.workflow.evidence import papers
from app.workflow.plan import planned_services
from app.workflow.retirement_age import statutory_month
from tests.journeys.whole_forms import fill, give, submit, to_the_outcome
from tests.lifeevents import test_retirement as retiring
from tests.page_reader import Page, Reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

EVENT = load().life_events["retirement"]
RETIREE, CLERK = "郑国强", "毛丽娜"
OFFICER = "潘丽"
SECONDS = 90
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture
async def browser(portal_address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with new_browser(portal_address) as client:
        yield client


def new_browser(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=address,
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
        trust_env=False,
        timeout=30,
    )


def answered(name: str, **chosen: Answer) -> Answers:
    """A whole form; who files for themselves is the demo person of that name."""
    person = next(one for one in RESIDENTS if one.name == name)
    own = {"holder": retiring.NAME, "bank": "演示银行", "number": "100000000000001"}
    base = {**retiring.BASE, "insured_county": "331082", "pension_account": own, "fund_card": own}
    if chosen.get("for_whom", "self") == "self" and "person_id" not in chosen:
        own = {**own, "holder": person.name}
        base |= {
            "person_name": person.name,
            "person_id": person.id_number,
            "pension_account": own,
            "fund_card": own,
        }
    return specimen(EVENT, TODAY, {**base, **chosen})


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("N", Person("样", "331002199003070022"), answers, TODAY)


async def filled(reader: Reader, name: str, answers: Answers) -> tuple[str, Page]:
    """All but sending it; out: the draft's address, and what the outcome told."""
    told = await to_the_outcome(reader, EVENT, answers)
    assert "可以在网上" in told.title, told.text
    await reader.open(f"/sign-in?next=/things/{EVENT.id}/outcome")
    await reader.send(f"用{name}登录")
    page = await reader.send("开始填写")
    here = "/".join(page.address.split("/")[:3])
    if page.address.endswith("/consent"):
        form = page.form("保存并继续")
        refused = {one: "no" for one in form.choices if "register-" in one}
        await reader.send("保存并继续", **refused)
    await fill(reader, here, EVENT, answers)
    case = case_of(answers)
    needed = papers(EVENT, case, planned_services(EVENT, case), (), {})
    await give(reader, here, [paper for paper in needed if paper.must_be_given])
    return here, told


async def sent(reader: Reader, here: str) -> str:
    """Submit; out: the case's number."""
    receipt = await submit(reader, here, EVENT)
    assert receipt.address.endswith("/receipt"), receipt.errors() or receipt.text[:600]
    return here.rsplit("/", 1)[1]


@asynccontextmanager
async def officer_at_work(address: str, number: str) -> AsyncIterator[tuple[Reader, list[str]]]:
    """An officer of human resources, and the tasks of a case that stand at the desk now."""
    async with new_browser(address) as client:
        officer = Reader(client)
        await officer.open("/desk/sign-in")
        await officer.send(f"用{OFFICER}登录")
        queue = await officer.open("/desk/queue")
        yield (
            officer,
            [link.get("href", "") for link in queue.find("a") if number in (link.text or "")],
        )


async def granted(address: str, number: str) -> int:
    """Whatever of this case stands at the desk now is granted; out: how much that was."""
    async with officer_at_work(address, number) as (officer, tasks):
        for task in tasks:
            await officer.open(task)
            page = await officer.send("领取")
            checks = page.form("准予办理").choices.get("check", [])
            done = await officer.send("准予办理", check=checks)
            assert done.errors() == [], done.errors()
        return len(tasks)


async def refused(address: str, number: str, why: str) -> Page:
    """What stands at the desk is refused for a usual reason; out: the task as it was seen."""
    for _ in range(SECONDS):
        async with officer_at_work(address, number) as (officer, tasks):
            if tasks:
                await officer.open(tasks[0])
                task = await officer.send("领取")
                done = await officer.send("不予办理", phrase=why, rule="社会保险法第十六条")
                assert done.errors() == [], done.errors()
                return task
        await asyncio.sleep(1)
    raise AssertionError(f"nothing of {number} came to the desk")


async def ended(address: str, reader: Reader, number: str) -> Page:
    """Wait until departments and officers are through; out: the progress page."""
    for _ in range(SECONDS):
        page = await reader.open(f"/cases/{number}")
        if "有新进展会自动显示" not in page.text:
            return page
        if not await granted(address, number):
            await asyncio.sleep(1)
    raise AssertionError(page.text)


def steps_of(page: Page) -> dict[str, str]:
    """How every step stands, by the words of its title on the progress page."""
    found = {}
    for step in page.find("li"):
        names = step.get("class", "").split()
        if "tz-timeline__step" in names:
            (title,) = (part for part in step.iter() if part.get("class") == "tz-timeline__title")
            found[(title.text or "").strip()] = names[-1].rpartition("--")[2]
    return found


# A man whose 60th birthday was a month ago: his statutory month lies some months ahead.
BORN = add_months(TODAY.replace(day=18), -60 * 12 - 1)
FILED_FOR = {
    "for_whom": "employer",
    "born_on": str(BORN),
    "person_id": retiring.demo_id("331002", f"{BORN:%Y%m%d}", 117),
}
WAYS = {
    "a self-payer with everything": (
        RETIREE,
        {
            "background": ["service"],
            "period_from": "1985-01",
            "period_to": "1990-06",
            "wanted": ["fund", "reward", "extra", "care"],
            "fund_place": "taizhou",
            "fund_sealed": "no",
        },
    ),
    "the employer files": (
        CLERK,
        {"for_whom": "employer", "file_agrees": "no"},
    ),
    "earlier by choice": (
        CLERK,
        {
            **FILED_FOR,
            "flexible": "early",
            "early_month": f"{add_months(TODAY, 3):%Y-%m}",
            "notice_on": str(TODAY),
        },
    ),
    "later by agreement": (
        CLERK,
        {
            **FILED_FOR,
            "flexible": "late",
            "late_month": f"{add_months(statutory_month('man', BORN), 6):%Y-%m}",
            "agreed_on": str(TODAY),
        },
    ),
    "a relative files after special work": (
        CLERK,
        {"for_whom": "agent", "kind": "special", "special_published": "yes"},
    ),
    "ability lost": (RETIREE, {"kind": "ability"}),
    "work injury": (RETIREE, {"kind": "injury"}),
    "a former officer": (RETIREE, {"kind": "officer"}),
    "years are paid up, and some lie elsewhere": (
        RETIREE,
        {
            "years_enough": "no",
            "paid_about": 13,
            "if_short": "pay",
            "pension_years": 13,
            "elsewhere": "open",
            "background": ["land"],
            "medical_enough": "no",
        },
    ),
    "the residents' pension instead": (
        RETIREE,
        {"years_enough": "no", "paid_about": 3, "if_short": "resident", "wanted": ["care"]},
    ),
    "unemployment benefit ends": (RETIREE, {"payer": "benefit"}),
}


@pytest.mark.parametrize(("name", "chosen"), WAYS.values(), ids=WAYS.keys())
async def test_every_way_to_retire_runs_to_its_end(
    browser: httpx.AsyncClient, portal_address: str, name: str, chosen: dict[str, Answer]
) -> None:
    reader = Reader(browser)
    answers = answered(name, **chosen)
    here, _ = await filled(reader, name, answers)
    number = await sent(reader, here)
    steps = steps_of(await ended(portal_address, reader, number))
    planned = planned_services(EVENT, case_of(answers))
    done = ["提交申请", *(step.service.title.zh for step, _ in planned)]
    assert steps == dict.fromkeys(done, "done")


async def test_who_is_not_sure_is_told_what_is_missing_before_sending_and_when_refused(
    browser: httpx.AsyncClient, portal_address: str
) -> None:
    """13 years and 4 months are 20 months too few; the officer refuses, the rest ends with it."""
    reader = Reader(browser)
    answers = answered(RETIREE, years_enough="unknown", pension_years=13, pension_months=4)
    here, _ = await filled(reader, RETIREE, answers)
    check = await reader.open(f"{here}/check")
    assert "请先看看，可能办不成：累计缴费年限不够退休当年的最低年限。" in check.text
    assert "1年8个月（最低要15年，已缴13年4个月）" in check.text
    assert "从本月起按月缴，最早满年限的月份" in check.text
    number = await sent(reader, here)
    task = await refused(portal_address, number, "years-short")
    assert "按所填年限还差月数 20" in task.text
    steps = steps_of(await ended(portal_address, reader, number))
    assert steps["户籍信息确认"] == "done"
    assert steps["达到法定退休年龄领取基本养老金资格确认"] == "failed"
    assert steps["新增退休人员养老保险待遇核定发放"] == "failed"
