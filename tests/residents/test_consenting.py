"""Consent is given register by register; what was found is checked, never forced on anybody."""

import httpx
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.page_reader import Reader
from tests.residents.people import MOTHER
from tests.residents.steps import found, ready_draft

BOTH = {"register-test-people": "yes", "register-test-children": "yes"}
TICKS = {"sensitive": "yes", "child": "yes"}


async def agreed(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    """A draft whose registers are being asked."""
    return await ready_draft(client, database, portal, **BOTH, **TICKS)


async def test_every_register_needs_a_choice_and_sensitive_data_a_tick_of_its_own(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await ready_draft(client, database, portal)
    page = await reader.open(f"{here}/consent")
    assert "搬家公安" in page.text
    assert "姓名、身份证号、电话" in page.text
    page = await reader.send("保存并继续", 422, **BOTH)
    assert len(page.errors()) == 2
    assert "敏感信息" in page.errors()[1]
    page = await reader.send("保存并继续", 422, **{"register-test-people": None})
    assert page.errors()[0].startswith("请选择“同意”")


async def test_one_press_chooses_yes_everywhere_but_saves_nothing(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await ready_draft(client, database, portal)
    await reader.open(f"{here}/consent")
    page = await reader.send("下面几项都选“同意”")
    assert "还没有保存" in page.text
    async with database.transaction() as session:
        states = await session.scalars(text("SELECT state FROM register_answers"))
        assert set(states) == {"declined"}
    page = await reader.send("保存并继续", **TICKS)
    assert page.title == "核对部门带出的信息"


async def test_a_register_that_is_asked_fills_its_card_by_itself(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    page = await reader.open(f"{here}/facts")
    assert page.text.count("正在查询") == 2
    assert "刷新，看看查到没有" in page.html
    await found(database, portal, "test-people", {"full_name": "林满", "phone": "13800000001"})
    card = await client.get(f"{here}/facts/test-people", headers={"hx-request": "true"})
    assert "林满" in card.text
    assert "138****0001" in card.text
    assert "hx-trigger" not in card.text.partition("facts-next")[0]
    assert "全部没问题" in card.text
    waiting = await client.get(f"{here}/facts/test-children", headers={"hx-request": "true"})
    assert 'hx-trigger="every 2s"' in waiting.text


async def test_what_is_right_is_filled_in_and_not_asked_again(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    await found(
        database, portal, "test-people",
        {"full_name": "林满", "id_number": MOTHER["id_number"]},
    )  # fmt: skip
    await found(database, portal, "test-children", {})
    await reader.open(f"{here}/facts")
    hub = await reader.send("全部没问题")
    assert "搬家的人 已由部门共享数据带出 已完成" in hub.text
    page = await reader.open(f"{here}/pages/mover")
    assert "来源：搬家公安" in page.text
    assert "331002********0022" in page.text
    assert "mover_id" not in page.form("保存并继续").choices
    assert all(name != "mover_id" for name, _ in page.form("保存并继续").fields)


async def test_a_locked_answer_cannot_be_smuggled_in(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    await found(
        database, portal, "test-people",
        {"full_name": "林满", "id_number": MOTHER["id_number"]},
    )  # fmt: skip
    await reader.open(f"{here}/pages/mover")
    await reader.send("保存并继续", mover_name="林满", mover_id="331002198811110016")
    page = await reader.open(f"{here}/pages/mover")
    assert "331002********0022" in page.text


async def test_what_is_wrong_needs_words_and_stops_nobody(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    await found(database, portal, "test-people", {"full_name": "林慢"})
    await reader.open(f"{here}/facts")
    page = await reader.send("提交说明", 422)
    assert page.errors() == ["请写下哪里不对。"]
    page = await reader.send("提交说明", note="名字错了")
    assert "名字错了" in page.text
    page = await reader.open(f"{here}/pages/mover")
    assert dict(page.form("保存并继续").fields)["mover_name"] == ""


async def test_a_paper_that_a_register_may_spare_is_being_looked_up_not_open(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    hub = await reader.open(here)
    assert "查到就不用上传 正在查询" in hub.text
    assert "大约还需 8 分钟" in hub.text  # what the introduction says
    await found(database, portal, "test-people", {"full_name": "林满"})
    await found(database, portal, "test-children", {})
    assert "正在查询" not in (await reader.open(here)).text


async def test_nobody_has_to_wait_for_a_register(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    page = await reader.open(f"{here}/facts")
    page = await reader.send("不等了")
    assert "您选择自己填写、上传" in page.text
    async with database.transaction() as session:
        await session.execute(text("UPDATE register_answers SET state = 'unavailable'"))
    page = await reader.open(f"{here}/facts")
    assert "暂时查不了，改为您自己填写" in page.text


async def test_a_register_that_knows_nothing_is_said_plainly(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = await agreed(client, database, portal)
    async with database.transaction() as session:
        await session.execute(text("UPDATE register_answers SET state = 'none'"))
    page = await reader.open(f"{here}/facts")
    assert "没有查到您的信息" in page.text
    assert (
        await client.get(f"{here}/facts/unknown", headers={"hx-request": "1"})
    ).status_code == 404
