"""One task on one screen: what is shown, what is hidden, what officers can do, who was faster."""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.cases import claiming
from app.cases.applying import withdraw
from app.cases.portal import Portal
from app.cases.reviewing import open_task
from app.cases.supplementing import PointAnswer, answer_supplement, open_supplement
from app.caseworkers.suggesting import suggestions
from app.database import Database
from app.integration.file_storage import FileStore
from app.settings import Settings
from tests.cases.desk_cases import (
    MOVE,
    ROOM,
    a_case_at_the_desk,
    a_stuck_case,
    task_of,
)
from tests.cases.moving_cases import Submitted, states
from tests.caseworkers.conftest import at_desk


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


class Desk:
    """A case at the desk with its task."""

    def __init__(self, case: Submitted, task: UUID, database: Database, portal: Portal) -> None:
        self.case, self.task, self.database, self.portal = case, task, database, portal
        self.href = f"/desk/tasks/{task}"

    async def state(self, key: str = ROOM) -> str:
        async with self.database.transaction() as session:
            return (await states(session, self.case))[key]

    async def reads(self) -> list[tuple[str, str]]:
        async with self.database.transaction() as session:
            rows = await session.execute(text("SELECT reader, purpose FROM data_reads ORDER BY id"))
            return [(row.reader, row.purpose) for row in rows]


@pytest.fixture
async def desk(app: FastAPI, portal: Portal, database: Database) -> Desk:
    async with database.transaction() as session:
        case = await a_case_at_the_desk(session, portal)
        return Desk(case, await task_of(session, case, ROOM), database, portal)


@pytest.fixture
async def stuck(app: FastAPI, portal: Portal, database: Database) -> Desk:
    async with database.transaction() as session:
        case = await a_stuck_case(session, portal)
        return Desk(case, await task_of(session, case, MOVE), database, portal)


async def fence_of(client: httpx.AsyncClient, href: str) -> str:
    """The fence that the page of a task carries in its forms."""
    found = re.search(r'name="fence" value="(\d+)"', (await client.get(href)).text)
    assert found
    return found.group(1)


async def taken(client: httpx.AsyncClient, desk: Desk) -> str:
    assert (await client.post(f"{desk.href}/claim")).status_code == 303
    return await fence_of(client, desk.href)


async def test_the_screen_shows_what_the_step_needs_and_nothing_of_other_departments(
    desk: Desk, anna: httpx.AsyncClient, statements: list[str]
):
    statements.clear()
    shown = await anna.get(desk.href)
    assert shown.status_code == 200
    assert len(statements) == 2  # the session, the task with its case
    page = shown.text
    assert "登记房间" in page
    assert "睡觉" in page
    assert desk.case.number in page
    for hidden in ("11010519491231002X", "13800000001", "解放路1号", "租房合同"):
        assert hidden not in page


async def test_opening_a_case_is_noted_once_and_every_reader_by_name(
    desk: Desk, app: FastAPI, anna: httpx.AsyncClient
):
    for _ in range(3):
        await anna.get(desk.href)
    async with at_desk(app, "ben") as ben:
        await ben.get(desk.href)
    assert await desk.reads() == [
        ("officer:anna", "review:register-room"),
        ("officer:ben", "review:register-room"),
    ]


async def test_who_may_not_see_a_task_leaves_no_trace(desk: Desk, app: FastAPI):
    for who in ("carl", "paul"):
        async with at_desk(app, who) as stranger:
            for place in ("", f"/papers/{desk.task}"):
                assert (await stranger.get(desk.href + place)).status_code == 404
            for act in ("claim", "accept", "grant", "refuse", "supplement", "retry", "reveal"):
                answer = await stranger.post(f"{desk.href}/{act}", data={"fence": "0"})
                assert answer.status_code == 404, act
    assert await desk.reads() == []


async def test_what_is_sensitive_is_masked_until_the_holder_asks_and_that_is_noted(
    stuck: Desk, app: FastAPI
):
    async with at_desk(app, "paul") as paul:
        page = (await paul.get(stuck.href)).text
        assert "林满" not in page
        assert "林*" in page
        refused = await paul.post(f"{stuck.href}/reveal")
        assert refused.status_code == 403
        await taken(paul, stuck)
        revealed = await paul.post(f"{stuck.href}/reveal")
        assert "林满" in revealed.text
        assert "显示完整证件信息" not in revealed.text
    assert ("officer:paul", "reveal:move-household") in await stuck.reads()
    assert len(await stuck.reads()) == 2


async def test_a_task_held_by_a_colleague_is_shown_read_only_with_until_when(
    desk: Desk, app: FastAPI, anna: httpx.AsyncClient
):
    await taken(anna, desk)
    async with at_desk(app, "ben") as ben:
        page = (await ben.get(desk.href)).text
        assert "同事已领取" in page
        assert re.search(r"\d\d:\d\d 前由他办理", page)
        assert 'name="fence"' not in page
        late = await ben.post(f"{desk.href}/claim")
        assert late.status_code == 409
        assert "刚被同事领取" in late.text


async def test_working_on_a_task_keeps_it(desk: Desk, anna: httpx.AsyncClient):
    fence = await taken(anna, desk)
    async with desk.database.transaction() as session:
        await session.execute(text("UPDATE tasks SET claimed_until = now() + interval '1 min'"))
    assert await fence_of(anna, desk.href) == fence
    async with desk.database.transaction() as session:
        left = await session.scalar(
            text("SELECT claimed_until - now() FROM tasks WHERE id = :id"), {"id": desk.task}
        )
    assert left.total_seconds() > 9 * 60


async def test_accepting_and_granting(desk: Desk, anna: httpx.AsyncClient):
    fence = await taken(anna, desk)
    assert (await anna.post(f"{desk.href}/accept", data={"fence": fence})).status_code == 303
    page = (await anna.get(desk.href)).text
    assert "已受理" in page
    assert 'id="accept"' not in page
    granted = await anna.post(
        f"{desk.href}/grant", data={"fence": fence, "out-entry": "R-1", "check": []}
    )
    assert granted.headers["location"] == desk.href
    assert await desk.state() == "done"
    done = (await anna.get(desk.href)).text
    assert "这一件已经办完" in done
    assert "R-1" in done


async def test_one_act_stands_open_and_a_finished_task_counts_no_days(
    desk: Desk, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    page = (await anna.get(desk.href)).text
    assert re.findall(r'<details class="tz-act" name="act" id="(\w+)" open>', page) == ["accept"]
    short = await anna.post(f"{desk.href}/refuse", data={"fence": fence, "reason": "不行"})
    assert re.findall(r'id="(\w+)" open>', short.text) == ["refuse"]
    assert "剩余" in page
    await anna.post(f"{desk.href}/grant", data={"fence": fence, "out-entry": "R-1"})
    done = (await anna.get(desk.href)).text
    assert "剩余" not in done
    assert "tz-act" not in done


async def test_the_demo_suggests_a_result_and_production_does_not(
    stuck: Desk, app: FastAPI, settings: Settings
):
    async with at_desk(app, "paul") as paul:
        assert "演示建议值" not in (await paul.get(stuck.href)).text
        fence = await taken(paul, stuck)
        page = (await paul.get(stuck.href)).text
        assert "演示建议值" in page
        entry = re.search(r'name="out-entry"[^>]*value="(M\d+)"', page)
        assert entry
        typed = await paul.post(f"{stuck.href}/grant", data={"fence": fence, "out-entry": ""})
        assert "演示建议值" not in typed.text
    async with stuck.database.transaction() as session:
        desk = claiming.Desk("paul", "test-police", "331002")
        view = await open_task(session, stuck.portal, desk, stuck.task)
    production = replace(stuck.portal, settings=settings.model_copy(update={"mode": "production"}))
    assert suggestions(stuck.portal, view)
    assert suggestions(production, view) == {}


async def test_what_a_register_says_otherwise_stands_beside_the_answer(stuck: Desk, app: FastAPI):
    await hold_facts(stuck, {"test-people": {"full_name": "林圆圆圆"}})
    async with at_desk(app, "paul") as paul:
        await taken(paul, stuck)
        masked = (await paul.get(stuck.href)).text
        assert "与登记信息不一致" in masked
        assert "林圆圆圆" not in masked
        assert "登记为：林圆圆圆" in (await paul.post(f"{stuck.href}/reveal")).text
        await hold_facts(stuck, {"test-people": {"full_name": "林满"}})
        assert "与登记信息不一致" not in (await paul.get(stuck.href)).text


async def hold_facts(desk: Desk, facts: dict[str, dict[str, str]]) -> None:
    """Let registers have told this when the case was submitted."""
    cipher, case_id = desk.portal.cipher, desk.case.case_id
    async with desk.database.transaction() as session:
        sealed = await session.scalar(
            text("SELECT sealed_content FROM submissions WHERE case_id = :id"), {"id": case_id}
        )
        content = cipher.open(sealed, f"submission:{case_id}")
        changed = cipher.seal({**content, "facts": facts}, f"submission:{case_id}")
        await session.execute(
            text("UPDATE submissions SET sealed_content = :content WHERE case_id = :id"),
            {"content": changed, "id": case_id},
        )


async def test_a_grant_that_is_not_complete_keeps_what_was_typed(
    desk: Desk, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    answer = await anna.post(f"{desk.href}/grant", data={"fence": fence, "out-entry": " \x00"})
    assert answer.status_code == 422
    assert 'href="#out-entry"' in answer.text
    assert "<title>错误：" in answer.text
    assert await desk.state() == "at-desk"


async def test_refusing_needs_words_and_a_rule_and_keeps_them_when_refused(
    desk: Desk, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    short = await anna.post(
        f"{desk.href}/refuse", data={"fence": fence, "reason": "不行", "rule": "某条"}
    )
    assert short.status_code == 422
    assert "请写明不予办理的理由" in short.text
    assert "不行" in short.text
    sent = {"fence": fence, "reason": "房间\r\n不能住人。", "rule": "搬家条例第一条"}
    assert (await anna.post(f"{desk.href}/refuse", data=sent)).status_code == 303
    assert await desk.state() == "refused"
    page = (await anna.get(desk.href)).text
    assert "不能住人" in page


async def test_a_chosen_phrase_brings_its_rule(stuck: Desk, app: FastAPI):
    async with at_desk(app, "paul") as paul:
        fence = await taken(paul, stuck)
        sent = {"fence": fence, "phrase": "no", "reason": "", "rule": ""}
        assert (await paul.post(f"{stuck.href}/refuse", data=sent)).status_code == 303
        page = (await paul.get(stuck.href)).text
    assert "地址不对。" in page
    assert "搬家条例第一条" in page


async def test_what_an_officer_typed_survives_that_somebody_else_took_the_task(
    desk: Desk, app: FastAPI, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    async with desk.database.transaction() as session:
        await session.execute(text("UPDATE tasks SET claimed_until = now() - interval '1 s'"))
    async with at_desk(app, "ben") as ben:
        await taken(ben, desk)
    sent = {"fence": fence, "reason": "写了很久的理由。", "rule": "某条"}
    late = await anna.post(f"{desk.href}/refuse", data=sent)
    assert late.status_code == 409
    assert "已由同事接手" in late.text
    assert await desk.state() == "at-desk"


async def test_a_decision_that_came_second_is_told_what_was_decided(
    desk: Desk, app: FastAPI, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    data = {"fence": fence, "out-entry": "R-1"}
    assert (await anna.post(f"{desk.href}/grant", data=data)).status_code == 303
    again = await anna.post(
        f"{desk.href}/refuse", data={"fence": fence, "reason": "不能办理。", "rule": "某条"}
    )
    assert again.status_code == 409
    assert "决定：准予办理" in again.text
    assert await desk.state() == "done"


async def test_all_points_go_out_at_once_and_come_back_with_words_and_papers(
    desk: Desk, anna: httpx.AsyncClient
):
    fence = await taken(anna, desk)
    nothing = await anna.post(f"{desk.href}/supplement", data={"fence": fence})
    assert nothing.status_code == 422
    assert "请写明要补正的内容" in nothing.text
    asked = await anna.post(
        f"{desk.href}/supplement",
        data={
            "fence": fence,
            "own-1": "请重拍房间。",
            "own-2": "请写明面积。",
            "own-evidence-1": "x",
        },
    )
    assert asked.status_code == 303
    page = (await anna.get(desk.href)).text
    assert "请重拍房间。" in page
    assert "时限已暂停" in page
    assert "时限暂停" in page
    async with desk.database.transaction() as session:
        supplement = await session.scalar(text("SELECT id FROM supplements"))
        request = await open_supplement(
            session, desk.portal, desk.case.number, desk.case.resident_id, supplement
        )
        said = (PointAnswer("重拍了。"), PointAnswer("12 平方米"))
        await answer_supplement(session, desk.portal, request, desk.case.resident_id, said)
    page = (await anna.get(desk.href)).text
    assert "12 平方米" in page
    assert "领取这一件" in page
    await taken(anna, desk)
    assert "再次要求补正的理由" in (await anna.get(desk.href)).text


async def test_papers_of_this_step_are_handed_out_as_downloads_and_others_are_not(
    stuck: Desk, app: FastAPI, anna: httpx.AsyncClient
):
    lease = await add_paper(stuck, "lease")
    async with at_desk(app, "paul") as paul:
        page = (await paul.get(stuck.href)).text
        assert "合同.png" in page
        paper = await paul.get(f"{stuck.href}/papers/{lease}")
        assert paper.status_code == 200
        assert paper.headers["content-disposition"].startswith("attachment")
        assert paper.headers["x-content-type-options"] == "nosniff"
        assert paper.content == b"paper"
        assert (await paul.get(f"{stuck.href}/papers/{stuck.task}")).status_code == 404
        fence = await taken(paul, stuck)
        await paul.post(f"{stuck.href}/grant", data={"fence": fence, "out-entry": "M-1"})
    assert ("officer:paul", "paper:move-household") in await stuck.reads()
    async with stuck.database.transaction() as session:
        room = await task_of(session, stuck.case, ROOM)
    assert (await anna.get(f"/desk/tasks/{room}")).status_code == 200
    assert (await anna.get(f"/desk/tasks/{room}/papers/{lease}")).status_code == 404


async def test_a_stuck_step_is_sent_again(stuck: Desk, app: FastAPI):
    async with at_desk(app, "paul") as paul:
        fence = await taken(paul, stuck)
        assert "再送一次" in (await paul.get(stuck.href)).text
        answer = await paul.post(f"{stuck.href}/retry", data={"fence": fence})
        assert answer.status_code == 303
    assert await stuck.state(MOVE) == "ready"


async def test_what_the_applicant_withdrew_says_so(desk: Desk, anna: httpx.AsyncClient):
    fence = await taken(anna, desk)
    async with desk.database.transaction() as session:
        await withdraw(session, desk.portal, desk.case.number, desk.case.resident_id)
    late = await anna.post(f"{desk.href}/grant", data={"fence": fence, "out-entry": "R-1"})
    assert late.status_code == 409
    assert "已经不用办了" in late.text
    assert "申请人撤回" in late.text


@pytest.mark.parametrize("fence", ["", "-1", "x", "9" * 40, "²"])
async def test_a_fence_that_is_none_of_ours_decides_nothing(
    desk: Desk, anna: httpx.AsyncClient, fence: str
):
    await taken(anna, desk)
    answer = await anna.post(f"{desk.href}/grant", data={"fence": fence, "out-entry": "R-1"})
    assert answer.status_code == 409
    assert await desk.state() == "at-desk"


@pytest.mark.parametrize("nonsense", ["a\x00b", "b\u202ec"])
async def test_text_that_cannot_be_kept_is_refused_in_a_sentence(
    desk: Desk, anna: httpx.AsyncClient, nonsense: str
):
    fence = await taken(anna, desk)
    for act, name in (("refuse", "reason"), ("supplement", "own-1")):
        answer = await anna.post(f"{desk.href}/{act}", data={"fence": fence, name: nonsense})
        assert answer.status_code == 422
        assert "无法识别的字符" in answer.text


async def test_granting_from_the_page_is_six_statements(
    desk: Desk, anna: httpx.AsyncClient, statements: list[str]
):
    fence = await taken(anna, desk)
    statements.clear()
    await anna.post(f"{desk.href}/grant", data={"fence": fence, "out-entry": "R-1"})
    assert len(statements) == 6  # the session, the service, and the four of the decision


async def add_paper(desk: Desk, evidence: str) -> UUID:
    """A paper of the case, as the residents' pages would have kept it."""
    portal, case = desk.portal, desk.case
    async with desk.database.transaction() as session:
        file_id = await session.scalar(
            text("""
                INSERT INTO evidence_files (id, case_id, evidence, sealed_name, media_type, state,
                                            size, blob)
                VALUES (gen_random_uuid(), :case, :evidence, :name, 'image/png', 'kept', 5, 'ab12')
                RETURNING id
            """),
            {
                "case": case.case_id,
                "evidence": evidence,
                "name": portal.cipher.seal("合同.png", f"file:{case.case_id}"),
            },
        )
        await session.execute(
            text("""
                UPDATE submissions SET evidence = jsonb_build_object(
                    CAST(:evidence AS text),
                    jsonb_build_object('how', 'file', 'files',
                                       jsonb_build_array(CAST(:file AS text))))
                WHERE case_id = :case
            """),
            {"case": case.case_id, "evidence": evidence, "file": str(file_id)},
        )
    path = FileStore.of(portal.settings).path("ab12")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"paper")
    assert isinstance(file_id, UUID)
    return file_id
