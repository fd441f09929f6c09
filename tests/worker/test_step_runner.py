"""One job of a worker, against a department of its own."""

from typing import Any

import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.integration.department_client import DepartmentClients
from app.settings import Settings
from app.worker.step_runner import StepRunner
from tests.cases.moving_cases import Submitted, a_case, states, step_id
from tests.residents.moving_house import POLICE
from tests.residents.people import make_portal
from tests.wire_department import department, says


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


async def submitted(database: Database, portal: Portal) -> tuple[Submitted, tuple[str, str]]:
    async with database.transaction() as session:
        case = await a_case(session, portal)
        return case, ("step", str(await step_id(session, case, "move-household")))


def runner_for(portal: Portal, database: Database, **chosen: Any) -> StepRunner:
    settings = portal.settings.model_copy(update=chosen)
    own = Portal(portal.catalogue, portal.cipher, settings)
    return StepRunner(own, database, DepartmentClients(settings))


async def test_a_job_calls_the_department_once_and_records_what_it_said(
    database: Database, portal: Portal
) -> None:
    case, job = await submitted(database, portal)
    async with department(says()) as wire:
        runner = runner_for(portal, database, department_urls={POLICE.id: wire.url})
        await runner.run(job)
        await runner.run(job)
        await runner.clients.close()
    assert len(wire.asked) == 1
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "done"


async def test_a_step_that_its_workers_die_of_goes_to_a_person(
    database: Database, portal: Portal
) -> None:
    case, job = await submitted(database, portal)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE steps SET attempts = :tried WHERE due_at IS NOT NULL"),
            {"tried": len(portal.settings.retry_seconds) + 1},
        )
    async with department(says()) as wire:
        runner = runner_for(portal, database, department_urls={POLICE.id: wire.url})
        await runner.run(job)
        await runner.clients.close()
    assert wire.asked == []
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "stuck"


async def test_a_department_without_an_address_is_a_matter_for_a_person(
    database: Database, portal: Portal
) -> None:
    case, job = await submitted(database, portal)
    runner = runner_for(portal, database, mode="production", department_urls={})
    await runner.run(job)
    async with database.transaction() as session:
        assert (await states(session, case))["move-household"] == "stuck"


async def test_a_job_that_names_nothing_does_nothing(database: Database, portal: Portal) -> None:
    runner = runner_for(portal, database)
    gone = "01900000-0000-7000-8000-000000000000"
    for payload in (("step", gone), ("register", gone, "test-people"), ("test-police", "m"), ()):
        await runner.run(payload)
