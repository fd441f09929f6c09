"""What was granted and changed, on the page of its case: amounts, days, reasons, sources."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases.portal import Portal
from app.cases.rate_watch import notice
from app.cases.recomputing import open_ones, work_through
from app.database import Database
from app.forms.answers import Answer
from app.main import create_app
from app.settings import Settings
from tests.cases.granted_cases import DISABLED, WANG, a_case, line_of, walk
from tests.cases.moving_cases import Submitted
from tests.page_reader import Reader
from tests.residents.people import sign_in

RELIEF: dict[str, Answer] = {
    "for_whom": "self",
    "age": "60-or-more",
    "over_80": "no",
    "register": "here",
    "relief": "none",
    "seeking": ["minimum"],
    "person_name": WANG.name,
    "person_id": WANG.id_number,
}


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    return create_app(settings, database)


@pytest.fixture
async def reader(app: FastAPI, database: Database) -> AsyncIterator[Reader]:
    """王小样, signed in."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        person = {"name": WANG.name, "id_number": WANG.id_number, "mobile": WANG.mobile}
        await sign_in(client, database, app.state.portal, person)
        yield Reader(client)


async def paid(
    database: Database, portal: Portal, event: str, told: dict[str, Answer]
) -> Submitted:
    async with database.transaction() as session:
        case = await a_case(session, portal, event, told)
        await walk(session, portal, case)
    return case


async def new_line(database: Database, portal: Portal, grade: str) -> str:
    """The line rises to 1,100 from today; out: that day."""
    day = portal.today()
    line = line_of("1100", day, grade)
    async with database.transaction() as session:
        opened = await notice(session, portal, day, line)
    for one in opened:
        await work_through(database, portal, one, proposed=line)
    return day.isoformat()


async def test_a_running_grant_is_told_with_its_amount_and_first_day(
    app: FastAPI, database: Database, reader: Reader
):
    case = await paid(database, app.state.portal, "disability-aid", DISABLED)
    page = await reader.open(f"/cases/{case.number}")
    assert "正在享受的待遇" in page.text
    assert "312.30元/月" in page.text
    assert "500.00元/月" in page.text
    assert "发放中" in page.text


async def test_an_unconfirmed_amount_is_told_and_not_promised(
    app: FastAPI, database: Database, reader: Reader
):
    case = await paid(database, app.state.portal, "disability-aid", DISABLED)
    day = await new_line(database, app.state.portal, "C")
    page = await reader.open(f"/cases/{case.number}")
    assert "按新的标准参考为330.00元/月，待主管部门确认；确认以前照原来的发放。" in page.text
    assert f"312.30元/月 → 330.00元/月（待主管部门确认），从{day}起" in page.text
    assert "因为：最低生活保障标准（低保标准）变了" in page.text
    assert (
        f"原1041，现1100元/人·月（{day}起；来源：台民发〔测试〕1号；待主管部门确认）" in page.text
    )
    assert "依据：浙江省困难残疾人生活补贴制度，2016年（媒体转载）" in page.text


async def test_a_confirmed_amount_is_granted(app: FastAPI, database: Database, reader: Reader):
    case = await paid(database, app.state.portal, "relief-and-care", RELIEF)
    async with database.transaction() as session:
        before = await session.scalar(text("SELECT amount FROM grants"))
    day = await new_line(database, app.state.portal, "A")
    async with database.transaction() as session:
        after = await session.scalar(text("SELECT amount FROM grants"))
    assert after > before
    page = await reader.open(f"/cases/{case.number}")
    assert f"{before:,.2f}元/月 → {after:,.2f}元/月，从{day}起" in page.text
    assert "待主管部门确认；确认以前" not in page.text


async def test_a_stop_says_why_and_a_check_says_that_nothing_is_to_be_done(
    app: FastAPI, database: Database, reader: Reader
):
    portal: Portal = app.state.portal
    case = await paid(database, portal, "disability-aid", DISABLED)
    told: dict[str, Answer] = {
        **DISABLED,
        "wanted": ["report"],
        "changed": "income",
        "changed_on": (portal.today() - timedelta(days=3)).isoformat(),
        "receiving": ["living"],
    }
    await paid(database, portal, "disability-aid", told)
    await _work(database, portal)
    page = await reader.open(f"/cases/{case.number}")
    assert "工作人员正在核对" in page.text
    assert "核对完以前照原来的发放，不用您操作。" in page.text
    cancelled: dict[str, Answer] = {**DISABLED, "certificate_item": "cancel", "receiving": []}
    await paid(database, portal, "disability-aid", cancelled)
    await _work(database, portal)
    page = await reader.open(f"/cases/{case.number}")
    assert "已停发" in page.text
    assert "停发，因为：“残疾人证注销”的结果" in page.text
    english = await reader.open(f"/cases/{case.number}?lang=en")
    assert "Stopped" in english.text


async def _work(database: Database, portal: Portal) -> None:
    async with database.transaction() as session:
        waiting = await open_ones(session)
    for one in waiting:
        await work_through(database, portal, one)


async def test_a_case_without_grants_says_nothing_of_them(
    app: FastAPI, database: Database, reader: Reader
):
    told: dict[str, Answer] = {**DISABLED, "wanted": ["device"]}
    async with database.transaction() as session:
        case = await a_case(session, app.state.portal, "disability-aid", told)
    assert "正在享受的待遇" not in (await reader.open(f"/cases/{case.number}")).text
