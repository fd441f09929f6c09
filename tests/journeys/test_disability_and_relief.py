"""Disability aid, relief and childcare support: from the first question to the last decision."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases import drafting
from app.cases.applying import submit as submit_draft
from app.cases.case_store import find_or_add_resident
from app.cases.drafts import load_draft
from app.cases.portal import Portal
from app.catalogue import load
from app.database import Database
from app.forms.answers import Answer
from app.forms.specimen import specimen
from app.main import create_app
from app.settings import Settings
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.deadlines import add_working_days
from app.workflow.evidence import papers
from app.workflow.plan import planned_services
from tests.caseworkers.test_every_service_at_a_desk import next_task, work
from tests.faults.city import City, two_free_ports
from tests.journeys.whole_forms import fill, give, submit, to_the_hub, to_the_outcome
from tests.lifeevents import test_disability_aid as aid
from tests.lifeevents import test_relief_and_care as relief
from tests.lifeevents.test_retirement import demo_id
from tests.page_reader import Page, Reader
from tests.passing_time import days_pass
from tests.residents.submitted import newest_case

CITY = load()
AT_DESKS = dict.fromkeys(CITY.services, "desk")
HELPED = ["work", "pension", "medical", "device", "home", "care", "small", "relief"]


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    """Residents and officers in one portal, everything decided at desks."""
    chosen = settings.model_copy(update={"desk_services": AT_DESKS})
    parts = ("app.identity", "app.residents", "app.caseworkers")
    return create_app(chosen, database, parts=parts)


@pytest.fixture
def portal(app: FastAPI) -> Portal:
    held: Portal = app.state.portal
    return held


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://portal.test",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        yield client


BORN = {"under-18": 10, "18-59": 40, "60-or-more": 85}


def fitting(today: date, chosen: dict[str, Answer]) -> dict[str, Answer]:
    """The answers with a number of the right age, a day on which hospitals are open, an account."""
    age = str(chosen.get("age", "18-59"))
    number = demo_id("331002", f"{today.year - BORN[age]}0307", 1)
    name = "王小样"
    account: dict[str, str] = {"holder": name, "bank": "样例银行", "number": "100000000001"}
    usual: dict[str, Answer] = {
        "person_name": name,
        "person_id": number,
        "certificate_number": f"{number}42",
        "wish_day": str(add_working_days(today, 3)),
        "benefit_account": account,
        "account_of": "own",
    }
    return {**usual, **chosen}


async def applied(
    client: httpx.AsyncClient, database: Database, portal: Portal, name: str, chosen: Any
) -> tuple[Page, Reader]:
    """From the first question to the receipt; out: the outcome page, the reader on the receipt."""
    event = portal.catalogue.life_events[name]
    answers = specimen(event, portal.today(), fitting(portal.today(), chosen))
    reader = Reader(client)
    told = await to_the_outcome(reader, event, answers)
    here, _ = await to_the_hub(reader, database, portal, event)
    await fill(reader, here, event, answers)
    case = CaseFile("N", Person("样", "331002199003070022"), answers, portal.today())
    found = papers(event, case, planned_services(event, case), (), {})
    await give(reader, here, [paper for paper in found if paper.must_be_given])
    receipt = await submit(reader, here, event)
    assert receipt.address.endswith("/receipt"), receipt.errors() or receipt.text[:600]
    return told, reader


async def decided(app: FastAPI, database: Database) -> dict[str, str]:
    """Officers grant whatever waits, one after another; out: the states of all steps."""
    case_id = await newest_case(database)
    while task := await next_task(database, case_id):
        await work(app, database, task)
    async with database.transaction() as session:
        rows = await session.execute(
            text("SELECT key, state FROM steps WHERE case_id = :id ORDER BY position"),
            {"id": case_id},
        )
        return {row.key: row.state for row in rows}


DISABILITY: dict[str, dict[str, Answer]] = {
    "new, both subsidies": {
        **aid.NEW, "wanted": ["living", "nursing"], "relief": "none", "income_level": "family",
    },
    "a child, by the guardian": {
        **aid.NEW, "age": "under-18", "for_whom": "guardian", "classes": ["mental"],
        "child_wanted": ["rehabilitation", "school"],
    },
    "another grade": {
        "certificate": "valid", "certificate_item": "change", "can_come": "no",
        "receiving": ["living", "nursing", "pension", "medical"],
    },
    "moved here": {**aid.HELD, "certificate_item": "move", "receiving": ["living"]},
    "a death": {
        **aid.HELD, "certificate_item": "cancel", "cancel_reason": "death",
        "for_whom": "guardian", "receiving": ["living"],
    },
    "renewed across areas": {"certificate": "expired", "grade": "2", "register": "lives-here"},
    "lost, and everything else": {"certificate": "lost", "grade": "1", "wanted": HELPED},
}  # fmt: skip


@pytest.mark.parametrize("chosen", DISABILITY.values(), ids=DISABILITY)
async def test_each_way_of_disability_aid_ends_with_everything_done(
    client: httpx.AsyncClient,
    app: FastAPI,
    database: Database,
    portal: Portal,
    chosen: dict[str, Answer],
):
    soon = str(portal.today() + timedelta(days=400))
    whole = {**aid.BASE, "valid_until": soon, **chosen}
    if chosen["certificate"] == "expired":
        whole["valid_until"] = str(portal.today())
    _, reader = await applied(client, database, portal, "disability-aid", whole)
    states = await decided(app, database)
    assert set(states.values()) == {"done"}, states
    page = await reader.open("/cases")
    assert "全部办结" in page.text or "办结" in page.text
    assert ("publish-assessment" in states) == (
        "assess-disability" in states and chosen.get("age") != "under-18"
    )


RELIEF: dict[str, dict[str, Answer]] = {
    "minimum living": {"seeking": ["minimum"]},
    "extreme hardship": {"seeking": ["destitute"]},
    "urgent": {"seeking": ["temporary"], "urgent": "yes", "register": "visiting"},
    "three other kinds": {
        "seeking": ["other"], "relief_need": ["medical", "education", "disaster"],
    },
    "old age": {
        "seeking": ["old-age", "elderly-care", "voucher"], "relief": "minimum",
        "self_care": "basic",
    },
}  # fmt: skip


@pytest.mark.parametrize("chosen", RELIEF.values(), ids=RELIEF)
async def test_each_way_of_relief_ends_with_everything_done(
    client: httpx.AsyncClient,
    app: FastAPI,
    database: Database,
    portal: Portal,
    chosen: dict[str, Answer],
):
    whole = {**relief.BASE, **chosen}
    await applied(client, database, portal, "relief-and-care", whole)
    states = await decided(app, database)
    assert set(states.values()) == {"done"}, states
    if "minimum" in chosen["seeking"]:
        assert list(states) == [*relief.LADDER_IN_ORDER, "grant-minimum-living"]


async def test_childcare_support_ends_with_subsidy_and_place(
    client: httpx.AsyncClient, app: FastAPI, database: Database, portal: Portal
):
    born = portal.today() - timedelta(days=400)
    child = {"born_on": str(born), "child_id": f"331002{born:%Y%m%d}0019"}
    chosen = {"wanted": ["subsidy", "place"], "for_whom": "father", "registered": "here"}
    event = portal.catalogue.life_events["childcare-support"]
    answers = specimen(event, portal.today(), chosen)
    assert answers.items("child")[0].text("child_id")[6:14]
    await applied(client, database, portal, "childcare-support", {**chosen, **child})
    states = await decided(app, database)
    assert states == {"claim-childcare-subsidy:1": "done", "request-childcare-place:1": "done"}


async def test_assessment_and_notice_stop_the_clock_and_the_resident_is_told_why(
    client: httpx.AsyncClient, app: FastAPI, database: Database, portal: Portal
):
    whole = {**aid.BASE, **aid.NEW}
    _, reader = await applied(client, database, portal, "disability-aid", whole)
    case_id = await newest_case(database)
    receipt = reader.page
    assert receipt is not None
    progress = await reader.open(receipt.address.removesuffix("/receipt"))
    assert "“残疾评定”所需时间另算" in progress.text
    before = await promised(database, case_id)
    await work(app, database, await next_task(database, case_id))  # the appointment
    progress = await reader.open(progress.address)
    assert "时限暂停：残疾评定由专家做" in progress.text
    assert "依据：中华人民共和国行政许可法第四十五条" in progress.text
    assert await promised(database, case_id) == before
    await days_pass(database, case_id, 21)
    await work(app, database, await next_task(database, case_id))  # the finding, three weeks later
    assert await promised(database, case_id) > before
    progress = await reader.open(progress.address)
    assert "时限暂停：公示到" in progress.text
    assert "所需时间另算" not in progress.text


async def promised(database: Database, case_id: Any) -> Any:
    async with database.transaction() as session:
        found = "SELECT promised_on FROM cases WHERE id = :id"
        return await session.scalar(text(found), {"id": case_id})


async def test_urgent_relief_has_twenty_four_hours_for_resident_and_officer(
    client: httpx.AsyncClient, database: Database, portal: Portal
):
    whole = {**relief.BASE, "seeking": ["temporary"], "urgent": "yes"}
    told, reader = await applied(client, database, portal, "relief-and-care", whole)
    assert "24小时" in told.text
    receipt = reader.page
    assert receipt is not None
    async with database.transaction() as session:
        row = (
            await session.execute(
                text(
                    "SELECT steps.promised_at - steps.opened_at AS within, tasks.promised_at"
                    " FROM steps JOIN tasks ON tasks.step_id = steps.id"
                )
            )
        ).one()
    assert abs(row.within - timedelta(hours=24)) < timedelta(seconds=5)
    progress = await reader.open(receipt.address.removesuffix("/receipt"))
    assert "最晚" in progress.text


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_everything_completes_against_the_departments_own_systems(
    tmp_path: Any, fresh_database_url: str
):
    """Real processes; notices last their days in the time of the sandbox."""
    systems = dict.fromkeys(CITY.services, "system")
    environment = {"PORTAL_DESK_SERVICES": json.dumps(systems)}
    async with City(tmp_path, fresh_database_url, two_free_ports(), environment) as city:
        city.open("app.worker")
        at_once = city.portal.settings.model_copy(update={"desk_services": systems})
        portal = Portal(city.portal.catalogue, city.portal.cipher, at_once)
        cases = (
            ("disability-aid", {**aid.BASE, **aid.NEW, "wanted": ["living", "nursing", *HELPED]}),
            ("relief-and-care", {**relief.BASE, "seeking": ["minimum", "other"]}),
        )
        for name, chosen in cases:
            event = portal.catalogue.life_events[name]
            answers = specimen(event, portal.today(), fitting(portal.today(), chosen))
            async with city.database.transaction() as session:
                person = Person("王小样", answers.text("person_id"), "13800000001")
                resident = await find_or_add_resident(session, portal, person)
                number = await drafting.start_draft(
                    session, portal, resident, name, answers.values, "self"
                )
                draft = await load_draft(session, portal, number, resident)
                await submit_draft(session, portal, draft, draft.case_file(portal.today()), 0)
        states = await city.settle(120)
        assert set(states) == {"done"}, states
        await city.check_invariants(2)
