"""Pages of questions: every submit saves, errors lose nothing, nobody overwrites unseen."""

import httpx
import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.page_reader import Reader
from tests.residents.people import NEIGHBOUR, sign_in
from tests.residents.steps import HOME, ready_draft, today_fields

ID = "331002199003070022"


@pytest.fixture
async def draft(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    return await ready_draft(client, database, portal)


async def test_right_answers_are_kept_where_others_are_wrong(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/mover")
    page = await reader.send("保存并继续", 422, mover_name="林满", mover_id="331002199003070023")
    assert len(page.errors()) == 1
    assert dict(page.form("保存并继续").fields)["mover_id"] == "331002199003070023"
    assert page.html.partition("<title>")[2].strip().startswith("错误：")
    hub = await reader.open(here)
    assert "进行中" in hub.text
    page = await reader.open(f"{here}/pages/mover")
    fields = dict(page.form("保存并继续").fields)
    assert fields["mover_name"] == "林满"
    assert fields["mover_id"] == ""


async def test_saving_for_later_goes_back_to_the_list(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/mover")
    hub = await reader.send("先保存，以后再填", mover_name="林满")
    assert hub.address == here
    assert "进行中" in hub.text


async def test_the_last_page_leads_back_to_the_list_and_others_to_the_next(
    draft: tuple[Reader, str], portal: Portal
) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/mover")
    page = await reader.send("保存并继续", mover_name="林满", mover_id=ID)
    assert page.title == "新家"
    page = await reader.send("保存并继续", **{**HOME, **today_fields(portal)})
    assert page.address == f"{here}/pages/room/1"
    await reader.open(f"{here}/pages/room/2")
    page = await reader.send("保存并继续", room_use="书房")
    assert page.address == here


async def test_a_form_that_was_opened_before_a_change_shows_both_and_keeps_what_was_typed(
    draft: tuple[Reader, str], client: httpx.AsyncClient
) -> None:
    reader, here = draft
    old = (await reader.open(f"{here}/pages/mover")).form("保存并继续")
    await reader.send("保存并继续", mover_name="林满", mover_id=ID)
    page = await reader.post(
        f"{here}/pages/mover", old.filled(mover_name="林小满", mover_id=ID), 409
    )
    assert "已保存的：林满" in page.text
    assert "您刚填的：林小满" in page.text
    assert dict(page.form().fields)["mover_name"] == "林小满"
    assert "tz-not-saved" in page.html
    await reader.send("用我刚填的内容保存")
    page = await reader.open(f"{here}/pages/mover")
    assert dict(page.form().fields)["mover_name"] == "林小满"


async def test_pressing_twice_is_the_same_as_once(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    old = (await reader.open(f"{here}/pages/mover")).form("保存并继续")
    sent = old.filled(mover_name="林满", mover_id=ID)
    first = await reader.post(f"{here}/pages/mover", sent)
    second = await reader.post(f"{here}/pages/mover", sent)
    assert first.address == second.address == f"{here}/pages/home"


async def test_changes_on_another_page_disturb_nobody(
    draft: tuple[Reader, str], portal: Portal
) -> None:
    reader, here = draft
    old = (await reader.open(f"{here}/pages/mover")).form("保存并继续")
    await reader.open(f"{here}/pages/room/1")
    await reader.send("保存并继续", room_use="卧室")
    page = await reader.post(f"{here}/pages/mover", old.filled(mover_name="林满", mover_id=ID))
    assert page.title == "新家"


async def test_without_scripts_the_townships_of_a_county_come_by_a_button(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/home")
    page = await reader.send("更新乡镇", **{"new_home-county": "331002", "note": "三楼"})
    form = page.form("保存并继续")
    assert "331002001" in form.choices["new_home-township"]
    assert dict(form.fields)["note"] == "三楼"


async def test_a_rule_across_questions_stands_at_its_question(
    draft: tuple[Reader, str], portal: Portal
) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/home")
    page = await reader.send("保存并继续", 422, **{**HOME, **today_fields(portal), "note": "有猫"})
    assert page.errors() == ["请不要写猫。"]


@pytest.mark.parametrize(
    "typed",
    ["\x00", "长" * 3000, "😀", "<script>alert(1)</script>", "1e999", "' OR 1=1 --", "\u202e倒"],
)
async def test_odd_text_is_a_sentence_or_an_answer_never_a_failure(
    draft: tuple[Reader, str], typed: str
) -> None:
    reader, here = draft
    form = (await reader.open(f"{here}/pages/room/1")).form("保存并继续")
    answer = await reader.client.post(
        f"{here}/pages/room/1", data=dict(form.filled(room_use=typed, beds=typed))
    )
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


async def test_files_and_unknown_fields_in_a_text_form_are_ignored_or_mended(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    form = (await reader.open(f"{here}/pages/room/1")).form("保存并继续")
    answer = await reader.client.post(
        f"{here}/pages/room/1",
        data={**dict(form.fields), "resident_id": "1", "state": "submitted"},
        files={"room_use": ("x.txt", b"x")},
    )
    assert answer.status_code == 422


async def test_pages_and_items_that_are_not_asked_are_not_found(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    for address in ("pages/flying", "pages/room/3", "pages/room/0", "pages/room", "papers/x"):
        assert (await reader.client.get(f"{here}/{address}")).status_code == 404


async def test_a_changed_situation_takes_away_what_no_longer_applies(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/room/2")
    await reader.send("保存并继续", room_use="书房")
    await reader.open(f"{here}/situation/2")
    page = await reader.send("继续", rooms="1")
    assert page.title == "您的情况"
    assert (await reader.client.get(f"{here}/pages/room/2")).status_code == 404
    hub = await reader.open(here)
    assert "第2间房" not in hub.text


async def test_anothers_draft_is_not_found(
    draft: tuple[Reader, str], client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    _, here = draft
    await sign_in(client, database, portal, NEIGHBOUR)
    for address in ("", "/consent", "/facts", "/pages/mover", "/papers/lease", "/check", "/delete"):
        assert (await client.get(here + address)).status_code == 404


async def test_a_session_that_has_ended_leads_back_to_the_same_page(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    await reader.open(f"{here}/pages/mover")
    async with database.transaction() as session:
        await session.execute(text("UPDATE sessions SET seen_at = now() - interval '2 hours'"))
    answer = await reader.client.get(f"{here}/pages/mover")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")
    assert reader.page is not None
    form = reader.page.form("保存并继续")
    lost = await reader.post(form.action, form.filled(mover_name="林满", mover_id=ID), 401)
    assert "登录" in lost.text


async def test_a_draft_can_be_deleted_once_somebody_is_sure(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    page = await reader.open(f"{here}/delete")
    assert "不能恢复" in page.text
    page = await reader.send("删除草稿")
    assert page.address == "/"
    assert (await reader.client.get(here)).status_code == 404


async def test_a_write_without_the_token_changes_nothing(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    answer = await reader.client.post(f"{here}/pages/room/1", data={"room_use": "卧室"})
    assert answer.status_code == 403
    page = await reader.open(f"{here}/pages/room/1")
    assert dict(page.form("保存并继续").fields)["room_use"] == ""
