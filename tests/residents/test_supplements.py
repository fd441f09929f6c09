"""Mending: all points at once, only what was asked is open, sent once."""

import httpx
import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.integration.test_file_storage import photo
from tests.page_reader import Page, Reader
from tests.residents.people import NEIGHBOUR, sign_in
from tests.residents.submitted import ask_to_mend, submitted_case


@pytest.fixture
async def asked(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    """A request for two things; out: the reader, the address of the request."""
    reader, number = await submitted_case(client, database, portal)
    supplement = await ask_to_mend(database, portal)
    return reader, f"/cases/{number}/supplements/{supplement}"


async def send_with_file(
    reader: Reader, page: Page, button: str, fields: dict[str, str], status: int = 200
) -> Page:
    form = page.form(button)
    data = {**dict(form.fields), **fields}
    files = {"file-1": ("第二页.jpg", photo(), "image/jpeg")}
    answer = await reader.client.post(form.action, data=data, files=files, follow_redirects=True)
    return reader.read(answer, status)


async def test_all_points_stand_on_one_page_with_the_day(asked: tuple[Reader, str]) -> None:
    reader, address = asked
    page = await reader.open(address)
    assert "1. 合同第二页不清楚，请重拍。" in page.text
    assert "2. 请说明为什么晚搬。" in page.text
    assert "搬家公安需要您补正下面全部内容" in page.text
    assert "租房合同" in page.text


async def test_a_point_without_file_and_words_is_named(asked: tuple[Reader, str]) -> None:
    reader, address = asked
    await reader.open(address)
    page = await reader.send("提交补正", 422, **{"words-2": "孩子发烧了"})
    assert len(page.errors()) == 1
    assert dict(page.form("提交补正").fields)["words-2"] == "孩子发烧了"


async def test_one_submit_sends_files_and_words_and_the_case_goes_on(
    asked: tuple[Reader, str], database: Database
) -> None:
    reader, address = asked
    page = await reader.open(address)
    page = await send_with_file(reader, page, "提交补正", {"words-2": "孩子发烧了"})
    assert page.title.endswith("办理进度")
    assert "正在送到部门" in page.text
    assert "请处理" not in page.text
    async with database.transaction() as session:
        state = await session.scalar(text("SELECT state FROM supplements"))
        round_ = await session.scalar(text("SELECT round FROM steps WHERE key = 'move-household'"))
    assert (state, round_) == ("answered", 1)


async def test_without_scripts_a_file_is_sent_first_and_no_word_is_lost(
    asked: tuple[Reader, str],
) -> None:
    reader, address = asked
    page = await reader.open(address)
    page = await send_with_file(
        reader, page, "提交补正", {"words-2": "孩子发烧了", "_upload": "file-1"}
    )
    assert page.address == address
    assert "第二页.jpg" in page.text
    assert dict(page.form("提交补正").fields)["words-2"] == "孩子发烧了"
    page = await reader.send("删除 第二页.jpg")
    assert "第二页.jpg" not in page.text
    assert dict(page.form("提交补正").fields)["words-2"] == "孩子发烧了"


async def test_pressing_twice_answers_once(asked: tuple[Reader, str]) -> None:
    reader, address = asked
    page = await reader.open(address)
    form = page.form("提交补正")
    sent = form.filled(**{"words-1": "合同丢了", "words-2": "孩子发烧了"})
    first = await reader.post(address, sent)
    second = await reader.post(address, sent)
    assert first.address == second.address


async def test_pieces_of_a_file_go_to_their_point(asked: tuple[Reader, str]) -> None:
    reader, address = asked
    page = await reader.open(address)
    meta = page.html.partition('name="csrf-token" content="')[2].partition('"')[0]
    head, content = {"x-csrf-token": meta}, photo()
    made = await reader.client.post(
        f"{address}/points/2/uploads",
        json={"name": "a.jpg", "size": len(content), "type": "image/jpeg"},
        headers=head,
    )
    assert made.status_code == 201
    done = await reader.client.patch(
        made.json()["url"], content=content, headers={**head, "upload-offset": "0"}
    )
    assert done.json()["done"] is True
    page = await reader.open(address)
    assert "a.jpg" in page.text.partition("2. 请说明")[2]
    none = await reader.client.post(
        f"{address}/points/3/uploads", json={"name": "a", "size": 1, "type": ""}, headers=head
    )
    assert none.status_code == 404


async def test_a_bad_file_is_a_sentence_at_its_point_and_the_words_stay(
    asked: tuple[Reader, str],
) -> None:
    reader, address = asked
    page = await reader.open(address)
    form = page.form("提交补正")
    answer = await reader.client.post(
        form.action,
        data={**dict(form.fields), "words-2": "孩子发烧了"},
        files={"file-1": ("a.jpg", b"<html>", "image/jpeg")},
    )
    page = reader.read(answer, 415)
    assert page.errors()[0].startswith("这个文件不是照片")
    assert dict(page.form("提交补正").fields)["words-2"] == "孩子发烧了"


async def test_anothers_request_is_not_found(
    asked: tuple[Reader, str], client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    _, address = asked
    await sign_in(client, database, portal, NEIGHBOUR)
    assert (await client.get(address)).status_code == 404
