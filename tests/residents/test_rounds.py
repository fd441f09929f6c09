"""Windows, lists and draws as residents see them; the camp of tests/cases gives the places."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256

import httpx
import pytest
from fastapi import FastAPI

from app.cases.drafting import start_draft
from app.cases.portal import Portal
from app.database import Database
from app.main import create_app
from app.settings import Settings
from tests.cases.summer_camp import a_round, camp_portal, close_now, id_of, signed_up
from tests.cases.test_rounds import checked, to_its_end
from tests.page_reader import Reader
from tests.residents.people import sign_in


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return camp_portal(settings)


@pytest.fixture
def app(settings: Settings, database: Database, portal: Portal) -> FastAPI:
    made = create_app(settings, database, parts=("app.identity", "app.residents"))
    made.state.portal = portal
    return made


@pytest.fixture
async def reader(app: FastAPI) -> AsyncIterator[Reader]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://portal.test",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        yield Reader(client)


async def a_ready_draft(database: Database, portal: Portal, reader: Reader, number: int) -> str:
    """A resident with a draft that lacks nothing but the declarations."""
    parent = {"name": "林满", "id_number": id_of(7000 + number), "mobile": "13800000001"}
    resident = await sign_in(reader.client, database, portal, parent)
    answers = {
        "age_group": "small",
        "how_many": "1",
        "home": {"county": "331002", "township": "331002001", "detail": "解放路1号"},
        "child": [{"child_name": "陈一", "child_id": id_of(number), "stays": "no"}],
    }
    async with database.transaction() as session:
        return await start_draft(session, portal, resident, "summer-camp", answers, "")


async def test_without_a_window_everything_can_be_filled_in_and_nothing_sent(
    database: Database, portal: Portal, reader: Reader
) -> None:
    told = await reader.open("/things/summer-camp")
    assert "报名时间还没有公布" in told.text
    number = await a_ready_draft(database, portal, reader, 1)
    page = await reader.open(f"/drafts/{number}/check")
    assert "还没有公布" in page.text
    assert "您填的内容都保存着" in page.text
    sent = page.form().filled(truth="yes")
    refused = await reader.post(f"/drafts/{number}/check", sent, status=409)
    assert "现在不能提交" in refused.text


async def test_the_window_is_told_before_sending_and_the_number_after(
    database: Database, portal: Portal, reader: Reader
) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
    told = await reader.open("/things/summer-camp")
    assert "正在报名" in told.text
    number = await a_ready_draft(database, portal, reader, 1)
    page = await reader.open(f"/drafts/{number}/check")
    assert "早报晚报都一样" in page.text
    receipt = await reader.send("确认并提交", truth="yes")
    assert receipt.address.endswith("/receipt")
    assert re.search(r"报名.{0,3}[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.text)
    progress = await reader.open(f"/cases/{number}")
    assert "统一分配" in progress.text
    assert progress.links()["分配办法、名额和公布的名单"] == f"/rounds/{round_.id}"


async def test_anybody_can_read_the_masked_list_and_do_the_draw_again(
    database: Database, portal: Portal, reader: Reader
) -> None:
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
        cases = [await signed_up(session, portal, (f"陈{n}", n)) for n in range(3)]
    page = await reader.open(f"/rounds/{round_.id}")
    assert round_.commitment in page.text
    assert "困难家庭优先" in page.text
    hidden = await reader.client.get(f"/rounds/{round_.id}/entries.txt")
    assert hidden.status_code == 404
    async with database.transaction() as session:
        for case in cases:
            await checked(session, portal, case, False)
        await close_now(session, round_)
    async with database.transaction() as session:
        await to_its_end(session, portal)
    page = await reader.open(f"/rounds/{round_.id}")
    assert "陈" not in page.text
    assert page.text.count("sea") >= 3
    entries = (await reader.client.get(f"/rounds/{round_.id}/entries.txt")).text
    secret = re.search(r"密数 ([0-9a-f]{64})", page.text)
    seed = re.search(r"种子 ([0-9a-f]{64})", page.text)
    assert secret is not None
    assert seed is not None
    assert sha256(secret[1].encode()).hexdigest() == round_.commitment
    assert sha256(f"{secret[1]}||{entries}".encode()).hexdigest() == seed[1]
    one = entries.split(",")[0]
    found = await reader.open(f"/rounds/{round_.id}?key={one.lower()}")
    assert one in found.text
    assert "没有这个报名号" in (await reader.open(f"/rounds/{round_.id}?key=0000-0000")).text


async def test_rounds_are_listed_and_strange_addresses_are_not_found(
    database: Database, portal: Portal, reader: Reader
) -> None:
    assert "还没有公布" in (await reader.open("/rounds")).text
    async with database.transaction() as session:
        await a_round(session, portal)
    assert "椒江区" in (await reader.open("/rounds")).text
    gone = await reader.client.get("/rounds/01a22238-bf05-752a-9e38-94298af6739e")
    assert gone.status_code == 404
    assert (await reader.client.get("/rounds/x")).status_code in {400, 404}


@pytest.mark.parametrize("sent", ["/rounds?x=1", "/rounds"])
async def test_the_list_of_rounds_needs_nobody_signed_in(reader: Reader, sent: str) -> None:
    assert (await reader.client.get(sent)).status_code == 200
