"""Many at once end like one after the other: one case, one decision, nothing lost unseen."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.cases import evidence_intake, supplementing
from app.cases.evidence_intake import Upload
from app.cases.portal import Portal
from app.database import Database
from app.errors import TooMany
from app.identity.people import ResidentPrincipal
from app.integration.file_storage import CleanFile
from tests.attacks.conftest import OpenBrowser
from tests.attacks.victims import Victim, make_victim
from tests.attacks.visits import officer, signed_in
from tests.page_reader import Reader
from tests.residents.steps import fill_form, give_papers, ready_draft

MANY = 20


@pytest.fixture
async def victim(database: Database, portal: Portal) -> Victim:
    return await make_victim(database, portal, "family-app")


async def rows(database: Database, query: str, **named: Any) -> list[Any]:
    async with database.transaction() as session:
        return list(await session.execute(text(query), named))


async def test_twenty_submits_and_a_save_at_once_are_one_case_with_what_was_checked(
    client: httpx.AsyncClient, database: Database, portal: Portal
):
    reader, here = await ready_draft(client, database, portal)
    await fill_form(reader, portal)
    await give_papers(reader)
    save = (await reader.open(f"{here}/pages/home")).form("保存并继续")
    changed = dict(save.filled(note="搬走了"))
    send = (await reader.open(f"{here}/check")).form("确认并提交")
    agreed = dict(send.filled(truth="yes"))
    writes = [client.post(send.action, data=agreed) for _ in range(MANY)]
    saving = client.post(f"{here}/pages/home", data=changed)
    *sent, saved = await asyncio.gather(*writes[:5], *writes[5:], saving)
    number = here.rsplit("/", 1)[1]
    statuses = Counter(answer.status_code for answer in sent)
    # Either the save came first and every submit is told so, or the submit did and it is told.
    assert statuses in ({303: MANY}, {409: MANY}), statuses
    if statuses == {409: MANY}:
        assert saved.status_code == 303
        assert saved.headers["location"].startswith(here)
        again = (await reader.open(f"{here}/check")).form("确认并提交")
        answer = await client.post(again.action, data=dict(again.filled(truth="yes")))
        assert answer.headers["location"] == f"/cases/{number}/receipt"
    else:
        assert {answer.headers["location"] for answer in sent} == {f"/cases/{number}/receipt"}
        assert saved.status_code == 409 or saved.headers["location"] == f"/cases/{number}"
    (counts,) = await rows(
        database,
        "SELECT (SELECT count(*) FROM submissions) AS sent, (SELECT count(*) FROM drafts) AS open,"
        " (SELECT count(*) FROM timeline WHERE kind = 'case-submitted') AS told,"
        " (SELECT count(*) FROM steps WHERE key = 'move-household') AS steps",
    )
    assert tuple(counts) == (1, 0, 1, 1)


async def test_of_twenty_saves_of_one_page_one_is_kept_and_the_others_are_told(
    client: httpx.AsyncClient, database: Database, portal: Portal
):
    reader, here = await ready_draft(client, database, portal)
    form = (await reader.open(f"{here}/pages/mover")).form("保存并继续")
    names = [f"林{sign}满" for sign in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]
    assert len(names) == MANY
    answers = await asyncio.gather(
        *(
            client.post(
                form.action,
                data=dict(form.filled(mover_name=name, mover_id="331002199003070022")),
            )
            for name in names
        )
    )
    kept = [name for name, answer in zip(names, answers, strict=True) if answer.status_code == 303]
    assert len(kept) == 1
    assert {answer.status_code for answer in answers} == {303, 409}
    page = await Reader(client).open(f"{here}/pages/mover")
    assert dict(page.form("保存并继续").fields)["mover_name"] == kept[0]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert kept[0] in lost.text


async def test_a_task_is_decided_once_however_many_decide_or_withdraw(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim
):
    anna = await signed_in(browser(), database, portal, officer("anna"))
    mother = await signed_in(
        browser(), database, portal, ResidentPrincipal(victim.resident_id, "林满")
    )
    task = f"/desk/tasks/{victim.task}"
    fence = {"fence": str(victim.fence)}
    refuse = {**fence, "reason": "地址不对，请改。", "rule": "搬家条例第一条"}
    grant = {**fence, "out-entry": "E-1", "check": "0"}
    answers = await asyncio.gather(
        *(
            anna.post(f"{task}/{act}", data=sent)
            for _ in range(4)
            for act, sent in (("refuse", refuse), ("grant", grant), ("accept", fence))
        ),
        mother.post(f"/cases/{victim.at_desk}/withdraw"),
        mother.post(f"/cases/{victim.at_desk}/withdraw"),
    )
    assert {answer.status_code for answer in answers} <= {303, 409}
    (step,) = await rows(
        database,
        "SELECT steps.state, tasks.state AS task, (SELECT count(*) FROM decisions) AS decisions,"
        " (SELECT count(*) FROM timeline WHERE timeline.case_id = steps.case_id"
        "  AND step_key = steps.key AND kind IN ('granted', 'denied', 'withdrawn')) AS ends"
        " FROM steps JOIN tasks ON tasks.step_id = steps.id WHERE tasks.id = :id",
        id=victim.task,
    )
    assert step.task == "done"
    assert step.ends == 1
    assert (step.decisions, step.state) in {(1, "refused"), (1, "done"), (0, "withdrawn")}
    (case,) = await rows(
        database,
        "SELECT state, (SELECT count(*) FROM steps WHERE case_id = cases.id AND state NOT IN"
        " ('done', 'refused', 'withdrawn', 'not-possible', 'not-needed')) AS open"
        " FROM cases WHERE number = :number",
        number=victim.at_desk,
    )
    assert case.state != "running"
    assert case.open == 0


async def test_a_request_is_answered_or_over_but_never_both(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim
):
    mother = await signed_in(
        browser(), database, portal, ResidentPrincipal(victim.resident_id, "林满")
    )
    await rows(
        database,
        "UPDATE supplements SET due_on = due_on - 30 WHERE id = :id RETURNING id",
        id=victim.supplement,
    )

    async def lapse() -> None:
        async with database.transaction() as session:
            await supplementing.lapse(session, portal, victim.supplement)

    here = f"/cases/{victim.mending}/supplements/{victim.supplement}"
    words = {"words-1": "已经重拍", "words-2": "孩子发烧"}
    told = await asyncio.gather(
        *(mother.post(here, data=words) for _ in range(5)),
        *(lapse() for _ in range(3)),
        mother.post(f"/cases/{victim.mending}/withdraw"),
    )
    assert {one.status_code for one in told if one is not None} <= {303, 409}
    (asked,) = await rows(
        database,
        "SELECT state, (SELECT count(*) FROM timeline WHERE case_id = supplements.case_id AND"
        " kind IN ('supplement-answered', 'supplement-lapsed')) AS ends FROM supplements"
        " WHERE id = :id",
        id=victim.supplement,
    )
    assert asked.ends <= 1
    if asked.ends:
        assert asked.state in {"answered", "lapsed"}


@pytest.mark.parametrize("is_supplement", [False, True])
async def test_announcing_many_papers_first_gets_no_more_of_them_kept(
    database: Database, portal: Portal, victim: Victim, is_supplement: bool
):
    asked = victim.supplement if is_supplement else None
    number = victim.mending if is_supplement else victim.draft
    key = "point-1" if is_supplement else "lease"
    (case,) = await rows(database, "SELECT id FROM cases WHERE number = :n", n=number)
    async with database.transaction() as session:
        uploads = [
            await evidence_intake.open_upload(session, portal, case.id, key, "a.jpg", 4, asked)
            for _ in range(12)
        ]

    async def keep(upload: Upload) -> bool:
        try:
            async with database.transaction() as session:
                await evidence_intake.keep(
                    session, portal, upload, CleanFile("image/jpeg", 4, "0" * 64)
                )
        except TooMany:
            return False
        return True

    kept = sum(await asyncio.gather(*map(keep, uploads)))
    # One was there before.
    assert kept == evidence_intake.MOST_FILES_PER_EVIDENCE - 1
