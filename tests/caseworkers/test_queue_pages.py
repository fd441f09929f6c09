"""The workbench and the queue as officers see them."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.cases.ids import new_case_number
from app.database import Database
from tests.cases.many_tasks import fill_desks
from tests.caseworkers.conftest import COUNTY, at_desk

ROW_LINK = re.compile(r'<a href="(/desk/tasks/[0-9a-f-]{36})">')
TICK = re.compile(r'name="task" value="([0-9a-f-]{36})"')
LARGEST_PAGE_BYTES = 60_000


@pytest.fixture
async def full(app: FastAPI, database: Database) -> None:
    async with database.transaction() as session:
        await fill_desks(session, "test-schools", 400, (COUNTY, "331004"))


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def test_a_queue_page_is_two_statements_and_small(
    full: None, anna: httpx.AsyncClient, statements: list[str]
):
    statements.clear()
    shown = await anna.get("/desk/queue", headers={"accept-encoding": "identity"})
    assert shown.status_code == 200
    assert len(statements) == 2  # the session, the page
    assert len(ROW_LINK.findall(shown.text)) == 50
    assert len(shown.content) <= LARGEST_PAGE_BYTES
    assert "未领取" in shown.text
    assert "等待申请人补正" in shown.text


async def test_pages_are_turned_forward_and_back(full: None, anna: httpx.AsyncClient):
    first = (await anna.get("/desk/queue?who=open")).text
    onward = _link(first, "下一页")
    second = (await anna.get(onward)).text
    assert not set(ROW_LINK.findall(first)) & set(ROW_LINK.findall(second))
    back = (await anna.get(_link(second, "上一页"))).text
    assert ROW_LINK.findall(back) == ROW_LINK.findall(first)
    assert "who=open" in onward


async def test_the_filter_is_a_plain_form_and_by_script_only_the_list_changes(
    full: None, anna: httpx.AsyncClient
):
    whole = (await anna.get("/desk/queue?risk=overdue&order=latest")).text
    assert '<select class="govuk-select" id="risk" name="risk"' in whole
    assert 'aria-sort="descending"' in whole
    assert "已超期" in whole
    part = (await anna.get("/desk/queue?risk=overdue", headers={"hx-request": "true"})).text
    assert "<html" not in part
    assert '<div id="queue">' in part
    restored = await anna.get(
        "/desk/queue?risk=overdue",
        headers={"hx-request": "true", "hx-history-restore-request": "true"},
    )
    assert "<html" in restored.text


@pytest.mark.parametrize(
    "address",
    [
        "/desk/queue?who=boss",
        "/desk/queue?risk=never",
        "/desk/queue?after=x",
        "/desk/queue?taken=x",
    ],
)
async def test_an_address_that_makes_no_sense_gets_a_sentence(
    anna: httpx.AsyncClient, address: str
):
    shown = await anna.get(address)
    assert shown.status_code in {400, 422}
    assert "<h1" in shown.text


async def test_an_empty_queue_and_an_empty_filter_say_different_things(anna: httpx.AsyncClient):
    assert "没有待办" in (await anna.get("/desk/queue")).text
    assert "清除筛选" in (await anna.get("/desk/queue?risk=today")).text


async def test_ticked_tasks_are_taken_together_and_the_rest_is_told(
    full: None, app: FastAPI, anna: httpx.AsyncClient
):
    shown = (await anna.get("/desk/queue?who=open")).text
    chosen = TICK.findall(shown)[:5]
    async with at_desk(app, "ben") as ben:
        await ben.post(f"/desk/tasks/{chosen[0]}/claim")
    answer = await anna.post(
        "/desk/queue/claim", data={"task": [*chosen, "nonsense"], "back": "/desk/queue?who=open"}
    )
    assert answer.headers["location"] == "/desk/queue?who=open&taken=4&missed=1"
    told = (await anna.get(answer.headers["location"])).text
    assert "领取了 4 件" in told
    assert "有 1 件已被同事领取" in told
    mine = (await anna.get("/desk/queue?who=mine")).text
    assert set(chosen[1:]) <= {link.rsplit("/", 1)[1] for link in ROW_LINK.findall(mine)}


async def test_the_way_back_is_always_ours(full: None, anna: httpx.AsyncClient):
    answer = await anna.post("/desk/queue/claim", data={"back": "https://evil.example/"})
    assert answer.headers["location"] == "/desk/queue?taken=0&missed=0"


async def test_the_workbench_counts_and_gives_the_next_task(
    full: None, anna: httpx.AsyncClient, statements: list[str]
):
    statements.clear()
    shown = (await anna.get("/desk")).text
    assert len(statements) == 2
    assert 'href="/desk/queue?risk=overdue"' in shown
    assert 'href="/desk/queue?who=mine"' in shown
    taken = await anna.post("/desk/next")
    assert taken.headers["location"].startswith("/desk/tasks/")


async def test_with_nothing_left_the_next_task_is_a_sentence(anna: httpx.AsyncClient):
    answer = await anna.post("/desk/next")
    assert answer.headers["location"] == "/desk?none=1"
    assert "没有待领取的办件" in (await anna.get("/desk?none=1")).text


async def test_other_counties_and_authorities_are_not_in_the_queue(full: None, app: FastAPI):
    async with at_desk(app) as anna, at_desk(app, "paul") as paul, at_desk(app, "city") as city:
        annas = set(ROW_LINK.findall((await anna.get("/desk/queue")).text))
        cities = (await city.get("/desk/queue")).text
        assert annas
        assert "没有待办" in (await paul.get("/desk/queue")).text
        assert "路桥区" in cities
        assert "椒江区" in cities
        theirs = await paul.post(f"{annas.pop()}/claim")
        assert theirs.status_code == 404


async def test_a_resident_has_no_desk(app: FastAPI):
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as nobody:
        for place in ("/desk", "/desk/queue", "/desk/search"):
            answer = await nobody.get(place)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/desk/sign-in")


async def test_a_case_is_found_by_its_number(
    full: None, anna: httpx.AsyncClient, database: Database
):
    number = new_case_number()
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE tasks SET case_number = :number WHERE case_number = 'TZ-MANY-2'"),
            {"number": number},
        )
    found = (await anna.get("/desk/queue", params={"number": number.lower()})).text
    assert len(ROW_LINK.findall(found)) == 1
    assert number in found


def _link(page: str, words: str) -> str:
    found = re.search(
        r'href="([^"]+)"[^>]*rel="(?:next|prev)"[^>]*>(?:(?!</a>).)*' + words, page, re.DOTALL
    )
    assert found, words
    return found.group(1).replace("&amp;", "&")
