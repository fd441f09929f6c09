"""Rounds at the desk: who leads the event announces, changes what may be changed, and sees why."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases.portal import Portal
from app.cases.rounds import change_round, find_round
from app.database import Database
from app.errors import Conflict
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings
from app.wording import Words
from tests.cases.summer_camp import a_round, camp_portal, close_now, signed_up
from tests.caseworkers.conftest import cookie_name
from tests.page_reader import Reader

OFFICERS = {
    "lead": ("town-hall", "331002"),
    "elsewhere": ("town-hall", "331004"),
    "city": ("town-hall", ""),
    "police": ("police", "331002"),
}


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return camp_portal(settings)


@pytest.fixture
async def app(settings: Settings, database: Database, portal: Portal) -> FastAPI:
    made = create_app(settings, database, parts=("app.identity", "app.caseworkers"))
    made.state.portal = portal
    async with database.transaction() as session:
        session.add_all(
            OfficerRow(id=id_, name=id_, authority_id=authority, county=county, title_zh="经办员")
            for id_, (authority, county) in OFFICERS.items()
        )
    return made


@asynccontextmanager
async def at_desk(app: FastAPI, who: str = "lead") -> AsyncIterator[Reader]:
    portal: Portal = app.state.portal
    authority, county = OFFICERS[who]
    principal = OfficerPrincipal(who, who, authority, county, Words("经办员", "Officer"))
    async with app.state.database.transaction() as session:
        token, _ = await open_session(session, portal, principal)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://127.0.0.1:8000",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        client.cookies.set(cookie_name(portal.settings, "officer"), token)
        yield Reader(client)


def moment(name: str, day: object, hour: int = 9) -> dict[str, str]:
    year, month, number = str(day).split("-")
    return {
        f"{name}__year": year,
        f"{name}__month": month,
        f"{name}__day": number,
        f"{name}__hour": str(hour),
        f"{name}__minute": "0",
    }


async def test_a_round_is_announced_and_a_second_one_is_supplementary(
    app: FastAPI, portal: Portal
) -> None:
    today = portal.today()
    window = moment("opens", today - timedelta(days=1)) | moment("closes", today + timedelta(9))
    async with at_desk(app) as reader:
        await reader.open("/desk/rounds")
        page = await reader.send(
            "公布", what="summer-camp/small", county="331002", year=str(today.year), **window
        )
        assert page.address.startswith("/desk/rounds/")
        assert "正在报名" in page.text
        await reader.open("/desk/rounds")
        again = await reader.send(
            "公布", what="summer-camp/small", county="331002", year=str(today.year), **window
        )
        assert "补录" in again.title


async def test_a_window_that_ends_before_it_begins_is_told_with_what_was_typed(
    app: FastAPI, portal: Portal
) -> None:
    today = portal.today()
    wrong = moment("opens", today + timedelta(9)) | moment("closes", today + timedelta(2))
    async with at_desk(app) as reader:
        await reader.open("/desk/rounds")
        page = await reader.send(
            "公布",
            status=422,
            what="summer-camp/small",
            county="331002",
            year=str(today.year),
            **wrong,
        )
        assert page.errors() == ["截止时间要晚于开始时间，请核对。"]
        assert page.form("公布").filled()[-1][1] == "0"


async def test_places_digits_and_a_longer_window_are_kept_with_a_public_account(
    app: FastAPI, portal: Portal, database: Database
) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
        await signed_up(session, portal, ("陈一", 1))
    async with at_desk(app) as reader:
        page = await reader.open(f"/desk/rounds/{round_.id}")
        assert "服务" in page.text or "sign-up" in page.text
        await reader.send("保存名额", total__sea="7")
        await reader.send("保存公证数字", digits="27 18")
        refused = await reader.send("保存公证数字", status=422, digits="二七")
        assert "只填数字" in refused.text
        page = await reader.send(
            "保存报名时间",
            **moment("opens", portal.today() - timedelta(1)),
            **moment("closes", portal.today() + timedelta(20)),
        )
        assert "修改了名额" in page.text
    async with database.transaction() as session:
        changed = await find_round(session, round_.id)
    assert (changed.places[0].total, changed.notary_digits) == (7, "2718")
    assert changed.closes_at > round_.closes_at


@pytest.mark.parametrize("who", ["elsewhere", "police"])
async def test_others_do_not_find_it(
    app: FastAPI, portal: Portal, database: Database, who: str
) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
    async with at_desk(app, who) as reader:
        assert (await reader.client.get(f"/desk/rounds/{round_.id}")).status_code == 404
    async with at_desk(app, "city") as reader:
        await reader.open(f"/desk/rounds/{round_.id}")
    async with at_desk(app, "police") as reader:
        assert (await reader.client.get("/desk/rounds")).status_code == 404
        assert "报名和分配" not in (await reader.open("/desk")).html


async def test_a_demo_may_close_early_and_production_never(
    app: FastAPI, portal: Portal, database: Database, settings: Settings
) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
    strict = replace(portal, settings=settings.model_copy(update={"mode": "production"}))
    async with database.transaction() as session:
        with pytest.raises(Conflict):
            await change_round(
                session, strict, round_, "officer:1", Words("早", "early"), closes_at=portal.now()
            )
    async with at_desk(app) as reader:
        await reader.open(f"/desk/rounds/{round_.id}")
        page = await reader.send("现在截止")
        assert "已截止，正在核验" in page.text
        late = await reader.post(
            f"/desk/rounds/{round_.id}/places",
            [*page.form().fields, ("total-sea", "9")] if page.find("form") else [],
            status=409,
        )
        assert "不能再改" in late.text
    async with database.transaction() as session:
        await close_now(session, round_)
        assert await session.scalar(text("SELECT places -> 0 -> 'total' FROM rounds")) == 2
