"""Every way in which a department can misbehave ends in the right state, with each effect once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.cases.case_store import progress
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.supplementing import PointAnswer, answer_supplement, open_supplement
from app.vocabulary.case_states import Happening, StepState
from tests.database_template import drop_database, make_database
from tests.faults.city import City, two_free_ports

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("departments")]


@pytest.fixture(scope="module")
async def city(
    tmp_path_factory: pytest.TempPathFactory, server_url: str, database_template: str
) -> AsyncIterator[City]:
    folder: Path = tmp_path_factory.mktemp("city")
    database = await make_database(server_url, database_template, "departments")
    async with City(folder, database, two_free_ports()) as city:
        city.open("app.worker")
        yield city
    await drop_database(server_url, database)


async def cases(city: City) -> int:
    async with city.database.transaction() as session:
        return int(await session.scalar(text("SELECT count(*) FROM submissions")) or 0)


async def ask_again(city: City, number: str) -> None:
    """What an officer does about a step that is stuck, once the department is back."""
    async with city.database.transaction() as session:
        case_id = await session.scalar(
            text("SELECT id FROM cases WHERE number = :n"), {"n": number}
        )
        case = await lock_case(session, case_id)
        (stuck,) = [step for step in case.steps if step.state is StepState.STUCK]
        again = Move(stuck.key, Happening.TRIED_AGAIN, "officer:test")
        await move(session, city.portal, case, again)


FAULTS: dict[str, dict[str, Any]] = {
    "slow": {"kind": "slow", "seconds": 0.4},
    "500": {"kind": "error-500", "next": 2},
    "effect, then 500": {"kind": "effect-then-500", "next": 2},
    "hangs": {"kind": "hang", "seconds": 5, "next": 1},
    "drips": {"kind": "drip", "seconds": 5, "next": 1},
    "garbage": {"kind": "garbage", "next": 2},
    "down": {"kind": "down", "next": 3},
    "hangs up": {"kind": "closed", "next": 3},
    "asks for time": {"kind": "rate-limit", "seconds": 1, "next": 2},
    "calls back twice": {"kind": "duplicate-callbacks"},
    "calls back before it answers": {"kind": "early-callback"},
    "calls back late": {"kind": "late-callback", "seconds": 20},
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_case_completes_whatever_the_departments_do(city: City, fault: str) -> None:
    city.fault_everywhere(FAULTS[fault])
    before = await cases(city)
    await city.submit_births(1)
    states = await city.settle()
    assert set(states) == {"done"}
    await city.check_invariants(before + 1)
    city.fault_everywhere()


async def test_a_department_that_asks_for_a_supplement_gets_it_and_goes_on(city: City) -> None:
    city.fault_everywhere(mode="supplement", callback_seconds=0.5)
    before = await cases(city)
    (number,) = await city.submit_births(1)
    async with city.database.transaction() as session:
        resident = await session.scalar(
            text("SELECT resident_id FROM cases WHERE number = :n"), {"n": number}
        )
    answered = 0
    for _ in range(300):
        async with city.database.transaction() as session:
            seen = await progress(session, city.portal, number, resident)
            for line in seen.supplements:
                asked = await open_supplement(session, city.portal, number, resident, line.id)
                answers = [PointAnswer(words="已经补上") for _ in asked.points]
                await answer_supplement(session, city.portal, asked, resident, answers)
                answered += 1
        if all(step.state is StepState.DONE for step in seen.steps):
            break
        await asyncio.sleep(0.2)
    assert answered >= len(seen.steps)
    assert {step.state for step in seen.steps} == {StepState.DONE}
    await city.check_invariants(before + 1)
    city.fault_everywhere()


async def test_what_a_department_never_understands_becomes_a_task_for_a_person(
    city: City,
) -> None:
    """An authority that is down for good stops one step, not the others."""
    city.fault("tax", faults=[{"kind": "error-500"}])
    (number,) = await city.submit_births(1)
    for _ in range(300):
        async with city.database.transaction() as session:
            stuck = await session.scalar(
                text("SELECT count(*) FROM steps WHERE state = 'stuck' AND authority_id = 'tax'")
            )
            open_tasks = await session.scalar(
                text("SELECT count(*) FROM tasks WHERE kind = 'unblock' AND state = 'open'")
            )
        if stuck:
            break
        await asyncio.sleep(0.2)
    assert stuck == 1
    assert open_tasks == 1
    assert set(await city.states()) <= {"done", "stuck"}
    city.fault("tax", faults=[])
    await ask_again(city, number)
    assert set(await city.settle()) == {"done"}
