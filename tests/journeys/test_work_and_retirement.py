"""Retirement and employment, every flow from the first question to the receipt, over HTTP."""

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from fastapi import FastAPI

from app.cases.portal import Portal
from app.catalogue import load
from app.database import Database
from app.forms.answers import Answer, Answers
from app.forms.specimen import specimen
from app.integration.field_cipher import FieldCipher
from app.main import create_app
from app.settings import Settings
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.deadlines import add_months
from app.workflow.evidence import papers
from app.workflow.plan import planned_services
from app.workflow.retirement_age import statutory_month
from tests.journeys.whole_forms import fill, give, submit, to_the_hub, to_the_outcome
from tests.lifeevents import test_employment as work
from tests.lifeevents import test_retirement as retiring
from tests.page_reader import Page, Reader

PHONE = "13800000001"


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return Portal(load(), FieldCipher(settings.field_key_bytes()), settings)


@pytest.fixture
def app(settings: Settings, database: Database, portal: Portal) -> FastAPI:
    made = create_app(settings, database, parts=("app.identity", "app.residents"))
    made.state.portal = portal
    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://portal.test",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        yield client


async def walked(
    client: httpx.AsyncClient,
    database: Database,
    portal: Portal,
    name: str,
    chosen: dict[str, Answer],
) -> tuple[str, str]:
    """One application from the first question to the receipt; out: outcome and receipt in words."""
    told: list[str] = []
    receipt = await walked_to_receipt(client, database, portal, name, chosen, told)
    return told[0], receipt.text


async def walked_to_receipt(
    client: httpx.AsyncClient,
    database: Database,
    portal: Portal,
    name: str,
    chosen: dict[str, Answer],
    said: list[str] | None = None,
) -> Page:
    """The same; out: the receipt; the outcome of the guidance in words is added to `said`."""
    event = portal.catalogue.life_events[name]
    answers = specimen(event, portal.today(), chosen)
    reader = Reader(client)
    told = await to_the_outcome(reader, event, answers)
    person = {"name": retiring.NAME, "id_number": str(chosen.get("person_id")), "mobile": PHONE}
    signed_in = person if name == "retirement" else None
    here, _ = await to_the_hub(reader, database, portal, event, signed_in)
    await fill(reader, here, event, answers)
    await give(reader, here, needed(portal, name, answers))
    receipt = await submit(reader, here, event)
    assert receipt.address.endswith("/receipt"), receipt.errors() or receipt.text[:600]
    if said is not None:
        said.append(told.text)
    return receipt


def needed(portal: Portal, name: str, answers: Answers) -> list:
    event = portal.catalogue.life_events[name]
    case = CaseFile("N", Person("样", "331002199003070022"), answers, portal.today())
    found = papers(event, case, planned_services(event, case), (), {})
    return [paper for paper in found if paper.must_be_given]


# The forms are filled on the real day, so what must lie near it is counted from it.
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"for_whom": "employer", "payer": "employed"},
        {"background": ["service"], "periods": "2", "period_to": "1990-06", "paid_from": "2000-01"},
        {"kind": "special", "special_jobs": "2", "special_published": "yes"},
        {"years_enough": "no", "if_short": "resident"},
        {"wanted": ["fund", "reward", "extra", "care"], "fund_place": "taizhou"},
    ],
)
async def test_each_way_to_retire_ends_with_a_receipt(
    client: httpx.AsyncClient, database: Database, portal: Portal, chosen: dict[str, Answer]
):
    whole = {**retiring.BASE, "period_from": "1985-01", **chosen}
    told, receipt = await walked(client, database, portal, "retirement", whole)
    if chosen.get("kind") != "special":
        assert "2026年10月" in told
        assert "60周岁零5个月" in told
    assert "受理" in receipt or "提交" in receipt


async def test_a_later_month_is_chosen_as_year_and_month(
    client: httpx.AsyncClient, database: Database, portal: Portal
):
    today = portal.today()
    born = add_months(today.replace(day=18), -60 * 12 - 3)
    later = add_months(statutory_month("man", born), 12)
    number = retiring.demo_id("331002", f"{born:%Y%m%d}", 117)
    chosen = {
        **retiring.BASE,
        "born_on": str(born),
        "person_id": number,
        "payer": "employed",
        "flexible": "late",
        "late_month": f"{later:%Y-%m}",
        "agreed_on": str(add_months(today, -2)),
    }
    told, _ = await walked(client, database, portal, "retirement", chosen)
    assert "提前1个月签书面协议" in told


@pytest.mark.parametrize(
    "chosen",
    [
        {**work.FLEXIBLE, "old_cover": "employer", "flexible_wants": ["subsidy", "fund"],
         "status": ["disabled"]},
        {**work.AGAIN, **work.HARD_UP, "wanted": ["start-up", "loan"]},
        {**work.GRADUATE, "graduate_wants": ["file", "household", "trainee"]},
        {**work.GRADUATE, **work.EMPLOYED_GRADUATE},
        {**work.GRADUATE, **work.VOUCHER},
        {**work.GRADUATE, "graduated": "not-yet", "student_hardship": "loan",
         "graduated_on": "2027-06-30"},
        {**work.HIRED, "hire_wants": ["file", "card"]},
        {**work.UNEMPLOYED, "wanted": ["skill", "rental"]},
    ],
    ids=["flexible", "again", "graduate", "job", "voucher", "student", "hired", "unemployed"],
)  # fmt: skip
async def test_each_flow_of_work_ends_with_a_receipt(
    client: httpx.AsyncClient, database: Database, portal: Portal, chosen: dict[str, Answer]
):
    whole = {**work.BASE, **near_today(portal.today()), **chosen}
    told, _ = await walked(client, database, portal, "employment", whole)
    if "left_reason" in chosen:
        assert "12个月" in told


def near_today(today: date) -> dict[str, Answer]:
    """What must lie near the real day."""
    return {
        "first_month": f"{add_months(today, 1):%Y-%m}",
        "subsidy_from": f"{add_months(today, 1):%Y-%m}",
        "subsidy_to": f"{add_months(today, 1):%Y-%m}",
        "skill_issued_on": str(add_months(today, -3)),
        "graduated_on": str(add_months(today, -5)),
        "contract_from": str(today),
        "contract_to": str(add_months(today, 36)),
    }
