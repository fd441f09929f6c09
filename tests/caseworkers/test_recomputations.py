"""Officers see how far grants are reckoned again, and only their own that are in question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases.portal import Portal
from app.cases.rate_watch import notice
from app.cases.recomputing import open_ones, open_recomputation, work_through
from app.database import Database
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings
from app.wording import Words
from tests.cases.granted_cases import LIVING, Kind, line_of, many_grants
from tests.page_reader import Page, read_page

DAY = date(2026, 11, 28)
POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}
OFFICERS = (
    ("lin", "civil-affairs", "331002"),
    ("bao", "civil-affairs", "331082"),
    ("zhang", "public-security", "331002"),
)


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    built = create_app(settings, database, parts=("app.identity", "app.caseworkers"))
    async with database.transaction() as session:
        session.add_all(
            OfficerRow(id=id_, name=id_, authority_id=authority, county=county, title_zh="经办员")
            for id_, authority, county in OFFICERS
        )
    return built


@asynccontextmanager
async def at_desk(app: FastAPI, who: str) -> AsyncIterator[httpx.AsyncClient]:
    portal: Portal = app.state.portal
    database: Database = app.state.database
    _, authority, county = next(officer for officer in OFFICERS if officer[0] == who)
    principal = OfficerPrincipal(who, who, authority, county, Words("经办员", "Officer"))
    async with database.transaction() as session:
        token, visit = await open_session(session, portal, principal)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        client.cookies.set(cookie_name(portal.settings, "officer"), token, domain="127.0.0.1")
        client.headers.update({"sec-fetch-site": "same-origin", "x-csrf-token": visit.csrf})
        yield client


async def page_of(app: FastAPI, who: str, address: str = "/desk/recomputations") -> Page:
    async with at_desk(app, who) as client:
        answer = await client.get(address)
        assert answer.status_code == 200
        return read_page(answer)


async def a_new_line(database: Database, portal: Portal) -> None:
    """Four grants are reckoned again by a new line; one of Linhai cannot be read."""
    kinds = [Kind(LIVING, POOR), Kind(LIVING, POOR), Kind(LIVING, POOR, county="331082")]
    async with database.transaction() as session:
        *_, broken = await many_grants(session, portal, kinds, DAY)
        await session.execute(
            text("UPDATE grants SET sealed_facts = 'x' || sealed_facts WHERE id = :id"),
            {"id": broken},
        )
    line = line_of("1100", DAY)
    async with database.transaction() as session:
        (opened,) = await notice(session, portal, DAY, line)
    await work_through(database, portal, opened, proposed=line)


async def test_progress_is_told_in_numbers_that_add_up(app: FastAPI, database: Database):
    await a_new_line(database, app.state.portal)
    page = await page_of(app, "lin")
    assert "标准变化：最低生活保障标准（低保标准）：原1041，现1100元/人·月" in page.text
    assert "来源：台民发〔测试〕1号" in page.text
    cells = [cell for cell in page.text.split() if cell.isdigit()]
    assert cells[-4:] == ["3", "2", "1", "0"]


async def test_what_is_in_question_is_seen_at_its_own_desk_only(app: FastAPI, database: Database):
    await a_new_line(database, app.state.portal)
    assert "资料读不出来" in (await page_of(app, "bao")).text
    assert "没有要核对的待遇" in (await page_of(app, "lin")).text
    elsewhere = await page_of(app, "zhang")
    assert "还没有重新核定过" in elsewhere.text
    assert "低保" not in elsewhere.text
    assert "待遇重新核定" in (await page_of(app, "lin", "/desk")).text
    assert "待遇重新核定" not in (await page_of(app, "zhang", "/desk")).text


async def test_a_grant_that_was_looked_at_goes_on_until_its_values_change(
    app: FastAPI, database: Database
):
    portal: Portal = app.state.portal
    async with database.transaction() as session:
        grant, _ = await many_grants(session, portal, [Kind(LIVING, POOR)] * 2, DAY)
        await session.execute(
            text("""
                UPDATE grants SET state = 'in-question', why = 'decided-otherwise', amount = 400
                WHERE id = :id
            """),
            {"id": grant},
        )
    for who, status in (("bao", 404), ("zhang", 404), ("lin", 303), ("lin", 409)):
        async with at_desk(app, who) as client:
            answer = await client.post(f"/desk/recomputations/keep/{grant}")
        assert answer.status_code == status, who
    async with database.transaction() as session:
        same = await open_recomputation(session, "month:2026-12", DAY, "true")
    assert same is not None
    assert await work_through(database, portal, same) == 2
    assert await standing(database, grant) == ("running", "400.00", "kept")
    line = line_of("1100", DAY)
    async with database.transaction() as session:
        (opened,) = await notice(session, portal, DAY, line)
    await work_through(database, portal, opened, proposed=line)
    assert await standing(database, grant) == ("in-question", "400.00", "decided-otherwise")


async def standing(database: Database, grant: UUID) -> tuple[str, str, str]:
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("SELECT state, amount, why FROM grants WHERE id = :id"), {"id": grant}
            )
        ).one()
    return row.state, str(row.amount), row.why


async def test_what_is_in_question_is_reckoned_again_by_a_button(app: FastAPI, database: Database):
    await a_new_line(database, app.state.portal)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE grants SET sealed_facts = substr(sealed_facts, 2) WHERE why <> ''")
        )
    for who, opened in (("lin", 0), ("zhang", 0), ("bao", 1)):
        async with at_desk(app, who) as client:
            answer = await client.post("/desk/recomputations/again")
        assert answer.headers["location"] == "/desk/recomputations?again=1"
        async with database.transaction() as session:
            assert len(await open_ones(session)) == opened
    async with database.transaction() as session:
        (again,) = await open_ones(session)
    assert await work_through(database, app.state.portal, again) == 1
    page = await page_of(app, "bao", "/desk/recomputations?again=1")
    assert "已经排上重新核对" in page.text
    assert "没有要核对的待遇" in page.text
    assert "工作人员再核一次" in page.text
