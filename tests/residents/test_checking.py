"""Checking and submitting: told what follows, sent once, never sent unseen."""

import httpx
import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.page_reader import Reader
from tests.residents.steps import fill_form, give_papers, ready_draft


@pytest.fixture
async def draft(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    """A draft with everything filled in."""
    reader, here = await ready_draft(client, database, portal)
    await fill_form(reader, portal)
    await give_papers(reader)
    return reader, here


async def test_everything_is_shown_masked_with_a_way_to_change_it(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    page = await reader.open(f"{here}/check")
    assert "331002********0022" in page.text
    assert "138****0001" in page.text
    assert "台州市椒江区海门街道东山社区 2 幢" in page.text
    assert "房间（第2间房）" in page.text
    assert "一寸照片 以后补交" in page.text
    assert "户口登记 不用提交，办理中产生" in page.text
    assert page.links()["修改 姓名"] == f"{here}/pages/mover?back=check"
    await reader.open(page.links()["修改 姓名"])
    back = await reader.send("保存并继续", mover_name="林小满")
    assert back.address == f"{here}/check"
    assert "林小满" in back.text


async def test_what_is_missing_is_named_and_nothing_is_sent(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await ready_draft(client, database, portal)
    page = await reader.open(f"{here}/check")
    assert "还差这些" in page.text
    assert "确认并提交" not in page.text
    form = page.form()
    refused = await reader.post(f"{here}/check", form.filled(truth="yes"), 422)
    assert "还没有完成：新家" in refused.errors()
    assert "还没有完成：租房合同" in refused.errors()


async def test_submitting_takes_four_statements_beside_begin_and_commit(
    draft: tuple[Reader, str], statements: list[str]
) -> None:
    reader, here = draft
    form = (await reader.open(f"{here}/check")).form("确认并提交")
    statements.clear()
    answer = await reader.client.post(f"{here}/check", data=dict(form.filled(truth="yes")))
    assert answer.status_code == 303
    assert len(statements) <= 4, statements


async def test_pressing_twice_gives_the_same_number_and_one_case(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    form = (await reader.open(f"{here}/check")).form("确认并提交")
    first = await reader.post(f"{here}/check", form.filled(truth="yes"))
    second = await reader.post(f"{here}/check", form.filled(truth="yes"))
    assert first.title == second.title == "已提交"
    assert first.address == second.address
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM steps")) == 3
        assert await session.scalar(text("SELECT count(*) FROM submissions")) == 1


async def test_what_changed_after_the_page_was_opened_is_looked_at_again_first(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    form = (await reader.open(f"{here}/check")).form("确认并提交")
    await reader.open(f"{here}/pages/room/1")
    await reader.send("保存并继续", room_use="厨房")
    page = await reader.post(f"{here}/check", form.filled(truth="yes"), 409)
    assert "还没有提交" in page.text
    assert "厨房" in page.text
    assert ("truth", "yes") in page.form("确认并提交").fields
    sent = await reader.send("确认并提交")
    assert sent.title == "已提交"


async def test_the_back_button_after_submitting_shows_the_progress(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    await reader.open(f"{here}/check")
    await reader.send("确认并提交", truth="yes")
    number = here.rsplit("/", 1)[1]
    for page in ("", "/check", "/pages/mover", "/papers/lease", "/consent", "/delete"):
        answer = await reader.client.get(here + page)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{number}")


async def test_how_each_paper_is_given_goes_with_the_case(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    await reader.open(f"{here}/check")
    await reader.send("确认并提交", truth="yes")
    async with database.transaction() as session:
        evidence = await session.scalar(text("SELECT evidence FROM submissions"))
    assert {key: how["how"] for key, how in evidence.items()} == {
        "lease": "file",
        "photo": "deferred",
        "no-debts": "commitment",
        "id-card": "file",
        "entry": "produced",
    }
    assert evidence["photo"]["due"]
    assert len(evidence["lease"]["files"]) == 1


async def test_a_draft_whose_situation_now_stops_it_cannot_be_sent(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    await reader.open(f"{here}/situation/1")
    await reader.send("继续", home="boat")
    hub = await reader.open(here)
    assert "暂时不能在网上办" in hub.text
    page = await reader.open(f"{here}/check")
    assert "确认并提交" not in page.text
    refused = await reader.post(f"{here}/check", page.form().filled(truth="yes"), 422)
    assert any("不能在网上办" in error for error in refused.errors())
