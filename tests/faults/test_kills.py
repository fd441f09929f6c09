"""Processes are killed, frozen and restarted in the middle; every effect happens exactly once."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.launch import embedded_postgres
from app.launch.migrating import migrate
from tests.faults.city import City

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("city")]
BIRTHS = 6


@pytest.fixture
async def city(
    tmp_path: Path, fresh_database_url: str, free_port: Callable[[], int]
) -> AsyncIterator[City]:
    async with City(tmp_path, fresh_database_url, (free_port(), free_port())) as city:
        city.open()
        yield city


async def test_a_worker_that_is_killed_loses_nothing_and_does_nothing_twice(city: City) -> None:
    city.fault_everywhere({"kind": "slow", "probability": 0.5, "seconds": 0.3})
    numbers = await city.submit_births(BIRTHS)
    for _ in range(4):
        worker = city.start("app.worker")
        await asyncio.sleep(3.0)
        worker.kill()
        worker.wait()
    city.start("app.worker")
    states = await city.settle()
    assert set(states) == {"done"}
    await city.check_invariants(len(numbers))


async def test_a_queue_emptied_by_hand_loses_no_case(city: City) -> None:
    city.fault_everywhere({"kind": "slow", "probability": 1, "seconds": 0.2})
    numbers = await city.submit_births(BIRTHS)
    city.start("app.worker")
    for _ in range(5):
        await asyncio.sleep(0.7)
        async with city.database.transaction() as session:
            await session.execute(text("TRUNCATE pgqueuer"))
    assert set(await city.settle()) == {"done"}
    await city.check_invariants(len(numbers))


async def test_a_worker_that_was_only_frozen_repeats_nothing(city: City) -> None:
    city.fault_everywhere({"kind": "slow", "probability": 1, "seconds": 0.5})
    numbers = await city.submit_births(BIRTHS)
    frozen = city.start("app.worker")
    await _until_called(city)
    frozen.send_signal(signal.SIGSTOP)
    city.start("app.worker")
    await asyncio.sleep(30)
    frozen.send_signal(signal.SIGCONT)
    assert set(await city.settle()) == {"done"}
    await asyncio.sleep(1)
    await city.check_invariants(len(numbers))


async def test_a_web_process_killed_right_after_submitting_loses_nothing(city: City) -> None:
    numbers = await city.submit_births(1)
    city.processes[1].kill()
    city.processes[1].wait()
    city.start_web()
    city.start("app.worker")
    assert set(await city.settle()) == {"done"}
    await city.check_invariants(len(numbers))


async def test_a_database_that_is_restarted_is_found_again(
    tmp_path: Path, own_server: embedded_postgres.Server, free_port: Callable[[], int]
) -> None:
    await asyncio.to_thread(migrate, own_server.url)
    async with City(tmp_path, own_server.url, (free_port(), free_port())) as city:
        city.open("app.worker")
        city.fault_everywhere({"kind": "slow", "probability": 1, "seconds": 0.3})
        await city.submit_births(2)
        await _until_called(city)
        await asyncio.to_thread(own_server.restart)
        city.wait_for(f"{city.settings.base_url}/health/ready")
        assert set(await city.settle()) == {"done"}
        await city.check_invariants(2)


async def _until_called(city: City) -> None:
    """Until at least one department has done something."""
    for _ in range(200):
        if city.ledger()["effects"]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"no department was ever called\n{city.lines()[-4000:]}")
