"""Home, introduction, the questions before the form: open to everybody, no traps."""

import httpx
import pytest

from app.cases.portal import Portal
from app.database import Database
from tests.page_reader import Reader
from tests.residents.people import sign_in
from tests.residents.steps import answer_questions, start_draft


@pytest.mark.parametrize("address", ["/", "/help", "/accessibility", "/privacy"])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_public_pages_read_well(
    client: httpx.AsyncClient, address: str, language: str
) -> None:
    page = await Reader(client).open(f"{address}?lang={language}")
    assert page.root.get("lang") == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize("query", ["搬家", "换房子", "moving", "我要迁户口"])
async def test_an_event_is_found_by_what_people_call_it(
    client: httpx.AsyncClient, query: str
) -> None:
    page = await Reader(client).open(f"/?q={query}")
    assert "找到 1 件" in page.text


async def test_a_search_without_a_hit_says_so_and_names_a_person_and_everything_there_is(
    client: httpx.AsyncClient,
) -> None:
    page = await Reader(client).open("/?q=养猫<script>")
    assert "没有找到“养猫<script>”" in page.text
    assert "相近" not in page.text
    assert "全部事项，都列在下面。" in page.text
    assert page.text.count("搬家一件事") == 1
    assert "12345" in page.text


async def test_an_unknown_event_is_not_found(client: httpx.AsyncClient) -> None:
    for address in ("/things/flying", "/things/flying/for", "/things/flying/can-i/1"):
        assert (await client.get(address)).status_code == 404
    assert (await client.get("/things/moving-house/can-i/9")).status_code == 404


async def test_the_introduction_asks_only_for_what_nobody_can_supply(
    client: httpx.AsyncClient,
) -> None:
    page = await Reader(client).open("/things/moving-house")
    bring, _, rest = page.text.partition("这些一般不用您提交")
    assert "租房合同" in bring
    assert "身份证" not in bring.partition("您要准备的")[2]
    assert "身份证" in rest
    assert "户口登记" in rest
    assert "在“迁移户口”之后" in rest


async def test_an_empty_answer_is_asked_again_with_a_sentence(client: httpx.AsyncClient) -> None:
    reader = Reader(client)
    await reader.open("/things/moving-house/for")
    assert (await reader.send("继续", status=422)).errors() == ["请选择为谁办。"]
    await reader.send("继续", for_whom="self")
    page = await reader.send("继续", status=422)
    assert page.errors() == ["请回答：新家是买的还是租的？"]


async def test_what_stops_is_told_with_where_to_go_and_nothing_more_is_asked(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader = Reader(client)
    await reader.open("/things/moving-house/for")
    await reader.send("继续", for_whom="self")
    page = await reader.send("继续", home="boat")
    assert page.title == "暂时不能在网上办"
    assert "请到派出所窗口" in page.text
    assert "搬家条例 第一条" in page.text
    await sign_in(client, database, portal, keep_visit=True)
    stopped = await reader.post(
        "/things/moving-house/start", [("csrf_token", _token(page.html))], 403
    )
    assert "没有处理" in stopped.text
    page = await reader.open("/things/moving-house/outcome")
    forced = await reader.post("/things/moving-house/start", [("csrf_token", _token(page.html))])
    assert forced.title == "暂时不能在网上办"


async def test_an_answer_can_be_changed_before_the_form(client: httpx.AsyncClient) -> None:
    reader = Reader(client)
    await reader.open("/things/moving-house/for")
    await reader.send("继续", for_whom="self")
    page = await reader.send("继续", home="boat")
    assert "船上" in page.text
    await reader.open("/things/moving-house/can-i/1")
    page = await reader.send("继续", home="bought")
    assert page.title == "有几间房？"


async def test_answers_are_carried_through_signing_in_and_into_the_draft(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader = Reader(client)
    await answer_questions(reader)
    await sign_in(client, database, portal, keep_visit=True)
    page = await start_draft(reader)
    here = "/".join(page.address.split("/")[:3])
    situation = await reader.open(f"{here}/situation")
    assert "租的" in situation.text
    assert "两间" in situation.text
    assert "我自己" in situation.text


async def test_an_open_draft_is_offered_before_a_second_one_is_begun(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader = Reader(client)
    await sign_in(client, database, portal)
    await answer_questions(reader)
    first = await start_draft(reader)
    await answer_questions(reader)
    offered = await start_draft(reader)
    assert offered.title == "您有没填完的申请"
    second = await reader.send("重新开始一份")
    assert second.address != first.address
    home = await reader.open("/")
    assert home.text.count("尚未提交") == 2


async def test_what_needs_a_person_leads_to_signing_in_and_back(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/cases")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fcases"


def _token(html: str) -> str:
    return html.partition('name="csrf-token" content="')[2].partition('"')[0]
