"""The form changed while somebody was filling it in: they are told what, look again, and send."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.vocabulary.life_event import LifeEvent, Step
from app.wording import Words
from tests.page_reader import Page, Reader
from tests.residents.editions import FLOOR, NEW, with_page, with_question
from tests.residents.moving_house import MOVE, MOVING, catalogue, request_move
from tests.residents.steps import answer_questions, fill_form, give_papers, ready_draft

NOTICE = "表单有更新"


@pytest.fixture
def publish(app: FastAPI) -> Callable[..., Portal]:
    """A newer edition goes out while the web app has visitors."""

    def do(event: LifeEvent, version: str = "2") -> Portal:
        before: Portal = app.state.portal
        offered = catalogue(replace(event, version=version), replace(MOVING, superseded=True))
        app.state.portal = replace(before, catalogue=offered)
        return app.state.portal

    return do


@pytest.fixture
async def filled(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    """A draft with everything filled in."""
    reader, here = await ready_draft(client, database, portal)
    await fill_form(reader, portal)
    await give_papers(reader)
    return reader, here


def notice(page: Page) -> str:
    """The words of the notice; empty where there is none."""
    for box in page.root.iter("div"):
        if box.get("aria-labelledby") == "news-title":
            return " ".join("".join(box.itertext()).split())
    return ""


async def sent(database: Database) -> str | None:
    async with database.transaction() as session:
        found = await session.scalar(text("SELECT definition FROM submissions"))
        return str(found) if found else None


async def test_nothing_is_told_where_nothing_changed(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    assert notice(await reader.open(here)) == ""
    publish(MOVING)
    hub = await reader.open(here)
    assert notice(hub) == ""
    assert "核对并提交" in hub.links()


async def test_a_new_question_is_told_looked_at_and_sent(
    filled: tuple[Reader, str], publish: Callable[..., Portal], database: Database
) -> None:
    reader, here = filled
    publish(NEW)
    hub = await reader.open(here)
    assert hub.title == "搬新家一件事"
    assert "新家：新增“住几楼？”" in notice(hub)
    assert "搬家的人" not in notice(hub)
    assert hub.links()["新家：新增“住几楼？”"] == f"{here}/pages/home"
    assert "核对并提交" not in hub.links()

    check = await reader.open(f"{here}/check")
    assert "新增“住几楼？”" in notice(check)
    assert "确认并提交" not in check.text

    page = await reader.open(f"{here}/pages/home")
    assert "表单有更新：新增“住几楼？”" in page.text
    assert ("new_home-detail", "东山社区 2 幢") in page.form("保存并继续").fields
    again = await reader.send("保存并继续", status=422)
    assert "住几楼" in again.errors()[0]
    hub = await reader.send("保存并继续", floor="3")
    assert hub.address == here
    assert notice(hub) == ""
    await reader.open(f"{here}/check")
    receipt = await reader.send("确认并提交", truth="yes")
    assert receipt.title == "已提交"
    assert await sent(database) == "2"


async def test_other_words_are_looked_at_again_though_nothing_is_missing(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    publish(with_question(MOVING, "room", "room_use", label=Words("用途", "Its use")))
    hub = await reader.open(here)
    for item in ("1", "2"):
        assert hub.links()[f"房间（第{item}间房）：“用途”有变化"] == f"{here}/pages/room/{item}"
    assert "有更新" in hub.text
    await reader.open(f"{here}/pages/room/1")
    page = await reader.send("保存并继续")
    assert page.title == "房间（第2间房）"
    assert "核对并提交" in (await reader.send("保存并继续")).links()


async def test_a_form_opened_before_the_change_does_not_count_as_looked_at(
    filled: tuple[Reader, str], publish: Callable[..., Portal], database: Database
) -> None:
    """The second tab: what was typed into the older form is kept in the newer one, not saved."""
    reader, here = filled
    await reader.open(f"{here}/pages/home")
    publish(with_question(MOVING, "home", "phone", label=Words("您的电话", "Your phone")))
    page = await reader.send("保存并继续", status=409, **{"new_home-detail": "西山社区 9 幢"})
    assert "这一页刚刚更新，还没有保存" in page.text
    assert "您的电话" in page.text
    assert ("new_home-detail", "西山社区 9 幢") in page.form("保存并继续").fields
    assert "“您的电话”有变化" in notice(await reader.open(here))
    reader.page = page
    hub = await reader.send("保存并继续")
    assert notice(hub) == ""
    again = await reader.open(f"{here}/pages/home")
    assert ("new_home-detail", "西山社区 9 幢") in again.form("保存并继续").fields


async def test_a_check_page_opened_before_the_change_sends_nothing(
    filled: tuple[Reader, str], publish: Callable[..., Portal], database: Database
) -> None:
    reader, here = filled
    await reader.open(f"{here}/check")
    publish(with_question(MOVING, "home", "phone", label=Words("您的电话", "Your phone")))
    page = await reader.send("确认并提交", status=422, truth="yes")
    assert "“您的电话”有变化" in notice(page)
    assert any("新家" in error for error in page.errors())
    assert await sent(database) is None


async def test_a_check_page_opened_before_a_change_of_services_is_checked_again(
    filled: tuple[Reader, str], publish: Callable[..., Portal], database: Database
) -> None:
    """Nothing has to be filled in again, but who receives the data is otherwise."""
    reader, here = filled
    await reader.open(f"{here}/check")
    publish(replace(MOVING, steps=(Step(MOVE, request_move),)))
    page = await reader.send("确认并提交", status=409, truth="yes")
    assert "不再一起办理“登记房间”" in notice(page)
    assert await sent(database) is None
    assert (await reader.send("确认并提交", truth="yes")).title == "已提交"


async def test_a_page_that_is_gone_says_so_and_leads_back(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    await reader.open(f"{here}/pages/room/2")
    publish(replace(MOVING, pages=MOVING.pages[:2], steps=(Step(MOVE, request_move),), groups=()))
    page = await reader.send("保存并继续", status=409)
    assert "这一页现在不用填了" in page.text
    hub = await reader.open(here)
    assert "“这间房做什么用？”：不再需要填写" in notice(hub)
    assert "不再一起办理“登记房间”" in notice(hub)
    assert "核对并提交" in hub.links()


async def test_a_changed_question_before_the_form_is_confirmed_there(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    home, rooms = MOVING.guidance
    clearer = replace(rooms, label=Words("有几间卧室？", "How many bedrooms?"))
    old_tab = await reader.open(f"{here}/situation/2")
    publish(replace(MOVING, guidance=(home, clearer)))
    hub = await reader.open(here)
    assert hub.links()["您的情况：“有几间卧室？”有变化"] == f"{here}/situation/2"
    situation = await reader.open(f"{here}/situation")
    assert "有几间卧室？ 有更新" in situation.text
    reader.page = old_tab
    page = await reader.send("继续", status=409, rooms="1")
    assert "这个问题刚刚更新" in page.text
    assert "您的情况" in notice(await reader.open(here))
    await reader.open(f"{here}/situation/2")
    await reader.send("继续", rooms="2")
    hub = await reader.open(here)
    assert notice(hub) == ""
    assert "核对并提交" in hub.links()


async def test_an_answer_that_fits_no_more_is_told_and_given_anew(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    fewer = with_page(
        MOVING,
        "room",
        lambda page: replace(page, questions=(replace(FLOOR, id="room_use"),)),
    )
    publish(fewer)
    hub = await reader.open(here)
    assert "“住几楼？”：以前的回答不适用了，已去掉，请重新填写" in notice(hub)
    assert "有 1 项" not in notice(hub)
    link = hub.links()["“住几楼？”：以前的回答不适用了，已去掉，请重新填写"]
    await reader.open(link)
    await reader.send("保存并继续", room_use="1")
    hub = await reader.send("保存并继续", room_use="2")
    assert "请重新填写" not in notice(hub)


async def test_a_register_newly_asked_waits_for_a_choice(
    client: httpx.AsyncClient, database: Database, portal: Portal, publish: Callable[..., Portal]
) -> None:
    publish(replace(MOVING, asks=MOVING.asks[:1]), version="2")
    reader, here = await ready_draft(client, database, portal)
    await fill_form(reader, portal)
    await give_papers(reader)
    publish(MOVING, version="3")
    hub = await reader.open(here)
    link = "新增查询“测试学籍库”，请选择是否同意"
    assert hub.links()[link] == f"{here}/consent"
    assert "核对并提交" not in hub.links()
    await reader.open(f"{here}/consent")
    await reader.send(
        "保存并继续", **{"register-test-people": "no", "register-test-children": "no"}
    )
    hub = await reader.open(here)
    assert link not in hub.links()
    assert "核对并提交" in hub.links()


async def test_it_is_told_in_english_too(
    filled: tuple[Reader, str], publish: Callable[..., Portal]
) -> None:
    reader, here = filled
    publish(with_question(NEW, "home", "phone", label=Words("您的电话", "Your phone")))
    hub = await reader.open(f"{here}?lang=en")
    assert "The new home: “Your phone” has changed, “Which floor?” is new" in hub.text


async def test_the_page_of_another_draft_is_not_moved_by_strangers(
    filled: tuple[Reader, str], publish: Callable[..., Portal], database: Database
) -> None:
    reader, here = filled
    publish(NEW)
    reader.client.cookies.clear()
    answer = await reader.client.get(here)
    assert answer.status_code in {303, 401, 404}
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT definition FROM cases")) == "1"


async def test_a_question_answered_before_signing_in_is_asked_again_in_its_new_words(
    client: httpx.AsyncClient, publish: Callable[..., Portal]
) -> None:
    reader = Reader(client)
    await answer_questions(reader)
    home, rooms = MOVING.guidance
    clearer = replace(home, label=Words("新家是买的、租的还是别的？", "Bought, rented, other?"))
    publish(replace(MOVING, guidance=(clearer, rooms)))
    page = await reader.open("/things/moving-house/outcome")
    assert page.title == "新家是买的、租的还是别的？"
    page = await reader.send("继续", home="rented")
    assert page.address == "/things/moving-house/outcome"
