"""Receipt, progress and the list: what is done, what waits, told again only when it changed."""

import asyncio
import re

import httpx
import pytest

from app.cases.locked import lock_case
from app.cases.moving import note
from app.cases.portal import Portal
from app.cases.version_feed import VersionFeed
from app.database import Database
from app.vocabulary.case_states import Happening
from tests.page_reader import Reader
from tests.residents.people import NEIGHBOUR, sign_in
from tests.residents.steps import answer_questions
from tests.residents.submitted import ask_to_mend, happens, newest_case, submitted_case


@pytest.fixture
async def case(client: httpx.AsyncClient, database: Database, portal: Portal) -> tuple[Reader, str]:
    return await submitted_case(client, database, portal)


async def test_the_receipt_says_number_time_receivers_and_what_comes_next(
    case: tuple[Reader, str],
) -> None:
    reader, number = case
    page = await reader.open(f"/cases/{number}/receipt")
    assert page.title == "已提交"
    assert f"编号 {number}" in page.text
    assert "正在送达 2 个部门" in page.text
    assert "前没有办结的，可以拨打 12345 催办" in page.text
    assert "林*" in page.text
    assert "林满" not in page.text
    assert "<svg" in page.html
    calendar = await reader.client.get(f"/cases/{number}/calendar.ics")
    assert "BEGIN:VEVENT" in calendar.text
    assert "林满" not in calendar.text
    assert all(len(line.encode()) <= 75 for line in calendar.text.split("\r\n"))


async def test_progress_tells_what_is_done_and_what_waits_for_what(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    page = await reader.open(f"/cases/{number}")
    assert "“迁移户口”办好后自动开始，您不用操作" in page.text
    assert "正在送到部门，不用您操作" in page.text
    await happens(
        database, portal, "move-household", Happening.COMPLETED, {"output": {"entry": "M1"}}
    )
    page = await reader.open(f"/cases/{number}")
    assert "3 件事中已办好 1 件" in page.text
    assert "工作人员正在审核" in page.text
    result = await reader.open(f"/cases/{number}/results/move-household")
    assert result.title == "迁移户口：已办好"
    assert "登记号M1" in result.text


async def test_a_department_that_is_away_is_a_sentence_not_an_error(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    await happens(database, portal, "move-household", Happening.UNAVAILABLE)
    page = await reader.open(f"/cases/{number}")
    assert "我们会自动再送，不用您重新提交" in page.text


async def test_that_an_officer_accepted_is_said_with_its_time(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    moved = {"output": {"entry": "M1"}}
    await happens(database, portal, "move-household", Happening.COMPLETED, moved)
    assert "工作人员正在审核。" in (await reader.open(f"/cases/{number}")).text
    async with database.transaction() as session:
        locked = await lock_case(session, await newest_case(database))
        await note(session, portal, locked, Happening.ACCEPTED, "officer:anna", "register-room:1")
    page = await reader.open(f"/cases/{number}")
    assert re.search(r"工作人员已于 \d+月\d+日 \d\d:\d\d受理，正在审核。", page.text)


async def test_a_second_application_is_told_of_the_first_and_not_stopped(
    case: tuple[Reader, str],
) -> None:
    reader, number = case
    page = await answer_questions(reader)
    assert "您已有一件同样的事正在办理" in page.text
    assert f"/cases/{number}" in page.links().values()
    assert page.form("开始填写")


async def test_progress_takes_three_statements_at_most(
    case: tuple[Reader, str], statements: list[str]
) -> None:
    reader, number = case
    statements.clear()
    answer = await reader.client.get(f"/cases/{number}")
    assert len(statements) <= 2
    statements.clear()
    await reader.client.get(f"/cases/{number}", headers={"if-none-match": '"old"'})
    assert len(statements) <= 3
    assert answer.headers["etag"]


async def test_nothing_is_rendered_again_where_nothing_changed(
    case: tuple[Reader, str], database: Database, portal: Portal, statements: list[str]
) -> None:
    reader, number = case
    first = await reader.client.get(f"/cases/{number}")
    same = {"if-none-match": first.headers["etag"]}
    statements.clear()
    again = await reader.client.get(f"/cases/{number}", headers=same)
    assert (again.status_code, again.content) == (304, b"")
    assert len(statements) <= 2
    part = await reader.client.get(f"/cases/{number}", headers={"hx-request": "true"})
    assert part.text.lstrip().startswith('<div id="progress"')
    seen = part.text.partition("?seen=")[2].partition('"')[0]
    quiet = await reader.client.get(f"/cases/{number}?seen={seen}", headers={"hx-request": "true"})
    assert quiet.status_code == 204
    await happens(database, portal, "move-household", Happening.ACCEPTED)
    assert (await reader.client.get(f"/cases/{number}", headers=same)).status_code == 200
    fresh = await reader.client.get(f"/cases/{number}?seen={seen}", headers={"hx-request": "true"})
    assert fresh.status_code == 200
    assert "受理号 R-1" in fresh.text


async def test_another_language_is_another_page(case: tuple[Reader, str]) -> None:
    reader, number = case
    first = await reader.client.get(f"/cases/{number}")
    english = await reader.client.get(
        f"/cases/{number}?lang=en", headers={"if-none-match": first.headers["etag"]}
    )
    assert english.status_code == 200
    assert "0 of 3 things done" in english.text


async def test_anothers_case_is_not_found_anywhere(
    case: tuple[Reader, str], client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    _, number = case
    await sign_in(client, database, portal, NEIGHBOUR)
    parts = ("", "/receipt", "/events", "/calendar.ics", "/withdraw", "/results/move-household")
    for part in parts:
        answer = await client.get(f"/cases/{number}{part}")
        assert answer.status_code == 404, part
    assert (await client.get("/cases/TZ-0000-0000-0000")).status_code == 404
    lines = await Reader(client).open("/cases")
    assert "还没有办件" in lines.text


async def test_a_typed_number_leads_to_its_case_and_a_mistyped_one_is_said_to_be_wrong(
    case: tuple[Reader, str],
) -> None:
    reader, number = case
    page = await reader.open(f"/cases?q={number.lower().replace('-', ' ')}")
    assert page.title.endswith("办理进度")
    page = await reader.open("/cases?q=TZ-1234")
    assert "没有看懂这个编号" in page.text


async def test_what_waits_for_the_person_stands_first_everywhere(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    asked = await ask_to_mend(database, portal)
    home = await reader.open("/")
    assert home.text.startswith("需要您处理")
    page = await reader.open(f"/cases/{number}")
    assert page.text.index("请处理") < page.text.index("提交申请")
    assert "时限暂停：等您补正期间，不计入办理时限" in page.text
    assert f"/cases/{number}/supplements/{asked}" in page.links().values()


async def test_a_refusal_says_why_and_how_to_object(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    refusal = {"reason": "地址不对。", "rule": "搬家条例第一条"}
    await happens(database, portal, "move-household", Happening.REFUSED, refusal)
    page = await reader.open(f"/cases/{number}/results/move-household")
    assert page.title == "迁移户口：没有办成"
    for words in (
        "地址不对。",
        "搬家条例第一条",
        "行政复议",
        "60 日",
        "行政诉讼",
        "6 个月",
        "待主管部门确认",
    ):
        assert words in page.text
    blocked = await reader.open(f"/cases/{number}/results/register-room:1")
    assert "它要等的事项没有办成：" in blocked.text
    assert "迁移户口" in blocked.links()
    whole = await reader.open(f"/cases/{number}")
    assert "未办成：3 件事办好了 0 件" in whole.text
    assert "hx-trigger" not in whole.html.partition('id="progress"')[2].partition(">")[0]


async def test_withdrawing_says_what_stops_and_what_cannot_be_recalled(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    reader, number = case
    await happens(database, portal, "move-household", Happening.ACCEPTED)
    page = await reader.open(f"/cases/{number}/withdraw")
    stops, _, goes_on = page.text.partition("这些部门已经受理")
    assert "登记房间（第1间房）" in stops
    assert "迁移户口" in goes_on
    form = page.form("确认撤回")
    page = await reader.send("确认撤回")
    assert "您已申请撤回" in page.text
    again = await reader.post(form.action, form.filled())
    assert again.address == f"/cases/{number}"


async def test_a_page_that_is_open_hears_of_a_change_within_a_moment(
    case: tuple[Reader, str], database: Database, portal: Portal
) -> None:
    _, number = case
    feed = VersionFeed(database, look_seconds=0.05)
    heard = feed.follow(number, 4, patience_seconds=10)
    assert await anext(heard) == 4
    await happens(database, portal, "move-household", Happening.ACCEPTED)
    async with asyncio.timeout(5):
        assert await anext(heard) == 5
    await heard.aclose()
    quiet = feed.follow(number, 5, patience_seconds=0.2)
    assert [await anext(quiet), await anext(quiet)] == [5, None]
    await quiet.aclose()
    await asyncio.sleep(0.2)
    assert feed._looking is not None
    assert feed._looking.done()


async def test_many_pages_cost_one_look(
    case: tuple[Reader, str], database: Database, statements: list[str]
) -> None:
    _, number = case
    feed = VersionFeed(database, look_seconds=0.1)
    pages = [feed.follow(number, 4, patience_seconds=1) for _ in range(50)]
    assert [await anext(page) for page in pages] == [4] * 50
    statements.clear()
    await asyncio.gather(*(anext(page) for page in pages))
    assert len(statements) <= 12
    for page in pages:
        await page.aclose()
