"""A case that is under way keeps the edition it was submitted under, whatever is offered since."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import case_store
from app.cases.applying import submit, withdraw
from app.cases.desks import Desk
from app.cases.drafting import start_draft
from app.cases.drafts import load_draft
from app.cases.portal import Portal
from app.cases.reviewing import TaskView, open_task
from app.database import Database
from app.integration.department_client import DepartmentClients
from app.residents.home import titles
from app.residents.progress_view import progress_view
from app.settings import Settings
from app.worker.step_runner import StepRunner
from tests.cases.moving_cases import ANSWERS, Submitted, kinds, states, step_id
from tests.residents.editions import NEW, OLD
from tests.residents.moving_house import MOVING, POLICE, SCHOOLS
from tests.residents.people import add_resident, make_portal
from tests.wire_department import department, says


@pytest.fixture
def before(settings: Settings) -> Portal:
    """The city as it was when the case was submitted."""
    return make_portal(settings)


@pytest.fixture
def after(settings: Settings) -> Portal:
    """The city since: a newer edition is offered, the older one is kept."""
    return make_portal(settings, OLD, NEW)


@pytest.fixture
def forgetful(settings: Settings) -> Portal:
    """A city that threw the older edition away."""
    return make_portal(settings, NEW)


async def running_case(database: Database, portal: Portal) -> Submitted:
    """Submitted under the edition that this portal offers."""
    async with database.transaction() as session:
        resident = await add_resident(session, portal)
        answers = {**ANSWERS, "floor": 3}
        number = await start_draft(session, portal, resident, "moving-house", answers, "self")
        draft = await load_draft(session, portal, number, resident)
        await submit(session, portal, draft, draft.case_file(portal.today()), draft.revision)
        return Submitted(number, draft.case_id, resident)


async def deliver(database: Database, portal: Portal, case: Submitted) -> list[dict[str, Any]]:
    """The worker does what is ready; out: what the department was sent."""
    async with department(says()) as wire:
        settings = portal.settings.model_copy(update={"department_urls": {POLICE.id: wire.url}})
        own = Portal(portal.catalogue, portal.cipher, settings)
        runner = StepRunner(own, database, DepartmentClients(settings))
        async with database.transaction() as session:
            step = str(await step_id(session, case, "move-household"))
        await runner.run(("step", step))
        await runner.clients.close()
    return [orjson.loads(body) for _, _, body in wire.asked]


async def first_task(session: AsyncSession, portal: Portal, authority: str) -> TaskView:
    task = await session.scalar(
        text("SELECT id FROM tasks WHERE state = 'open' ORDER BY id LIMIT 1")
    )
    assert isinstance(task, UUID)
    return await open_task(session, portal, Desk("olga", authority, "331002"), task)


async def test_a_running_case_is_carried_out_as_it_was_submitted(
    database: Database, before: Portal, after: Portal
) -> None:
    case = await running_case(database, before)
    (sent,) = await deliver(database, after, case)
    assert sent["request"]["county"] == "331002"
    async with database.transaction() as session:
        assert await states(session, case) == {
            "move-household": "done",
            "register-room:1": "at-desk",
            "register-room:2": "at-desk",
        }
        task = await first_task(session, after, SCHOOLS.id)
        assert task.facts is not None
        assert [fact.value.zh for fact in task.facts] in (["睡觉"], ["做饭"])
        assert task.life_event == MOVING.title
        assert [given.how for given in task.evidence] == ["produced"]
        progress = await case_store.progress(session, after, case.number, case.resident_id)
        view = progress_view(after, progress)
        assert view.title == MOVING.title
        assert view.steps[2]["title"].zh == "登记房间（第1间房）"


async def test_a_case_submitted_now_follows_the_newer_edition(
    database: Database, after: Portal
) -> None:
    case = await running_case(database, after)
    async with database.transaction() as session:
        assert await states(session, case) == {
            "register-room:1": "at-desk",
            "register-room:2": "at-desk",
            "move-household": "waiting",
        }
        progress = await case_store.progress(session, after, case.number, case.resident_id)
        assert progress.definition == "2"
        assert progress_view(after, progress).title == NEW.title


async def test_without_its_edition_no_department_is_called_and_a_person_gets_the_step(
    database: Database, before: Portal, forgetful: Portal
) -> None:
    case = await running_case(database, before)
    assert await deliver(database, forgetful, case) == []
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "stuck"
        assert (await kinds(session, case))[-1] == "gave-up"
        task = await first_task(session, forgetful, POLICE.id)
        assert task.facts is None
        assert task.life_event == NEW.title
        progress = await case_store.progress(session, forgetful, case.number, case.resident_id)
        assert len(progress_view(forgetful, progress).steps) == 4


async def test_a_worker_of_the_older_version_leaves_a_newer_case_to_the_others(
    database: Database, before: Portal, after: Portal
) -> None:
    """While a version goes out, workers of both take jobs."""
    case = await running_case(database, after)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE steps SET state = 'ready', due_at = now() WHERE key = 'move-household'")
        )
    assert await deliver(database, before, case) == []
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "ready"
        await session.execute(text("UPDATE steps SET due_at = now() WHERE state = 'ready'"))
        await session.execute(text("DELETE FROM authority_health"))
    (sent,) = await deliver(database, after, case)
    assert sent["request"]["county"] == "3"


async def test_with_its_edition_back_the_person_lets_it_be_tried_again(
    database: Database, before: Portal, after: Portal, forgetful: Portal
) -> None:
    case = await running_case(database, before)
    await deliver(database, forgetful, case)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE steps SET state = 'ready', due_at = now() WHERE state = 'stuck'")
        )
    assert len(await deliver(database, after, case)) == 1
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "done"


async def test_a_case_without_its_edition_can_be_withdrawn(
    database: Database, before: Portal, forgetful: Portal
) -> None:
    case = await running_case(database, before)
    async with database.transaction() as session:
        await withdraw(session, forgetful, case.number, case.resident_id)
    async with database.transaction() as session:
        assert set((await states(session, case)).values()) == {"withdrawn"}


async def test_a_life_event_that_is_offered_no_more_still_shows_its_cases(
    database: Database, before: Portal, settings: Settings
) -> None:
    case = await running_case(database, before)
    elsewhere = make_portal(settings, replace(NEW, id="another-event"))
    async with database.transaction() as session:
        progress = await case_store.progress(session, elsewhere, case.number, case.resident_id)
        assert progress_view(elsewhere, progress).title.zh == "moving-house"
    assert titles(elsewhere)["moving-house"].zh == "moving-house"
    assert await deliver(database, elsewhere, case) == []
