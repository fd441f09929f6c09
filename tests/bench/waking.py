"""From the commit of a job to the worker that has it."""

import asyncio
import time
from uuid import UUID

import asyncpg

from app.cases.ids import new_id
from app.cases.job_queue import Job, enqueue
from tests.bench.loading import Unexpected
from tests.bench.measuring import Line, at_most, percentile
from tests.bench.stage import VAR, Stage

BAR_P50, BAR_P99 = 10, 50
JOBS = 300
PAUSE_SECONDS = 0.02


async def wake(stage: Stage) -> list[Line]:
    """Latency through the real engine in a process of its own, one job at a time."""
    floor = await _notified(stage)
    committed: dict[UUID, float] = {}
    authorities = sorted(stage.portal.catalogue.authorities)
    async with stage.program("tests.bench.listener"):
        await _listening()
        for number in range(JOBS):
            job_id = new_id()
            async with stage.database.transaction() as session:
                authority = authorities[number % len(authorities)]
                await enqueue(session, [Job.step(job_id, authority, 0)])
            committed[job_id] = time.time()
            await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.sleep(1)
        had = _had()
    if missing := committed.keys() - had.keys():
        raise Unexpected(f"{len(missing)} of {JOBS} jobs did not arrive.")
    waits = sorted((had[job] - committed[job]) * 1000 for job in committed)
    beside = _told("a bare engine of one statement", floor)
    name = "commit until the worker has it"
    return [
        at_most(f"{name}, p50", percentile(waits, 0.5), BAR_P50, "ms", beside),
        at_most(f"{name}, p99", percentile(waits, 0.99), BAR_P99, "ms", beside),
    ]


def _told(name: str, waits: list[float]) -> str:
    return f"{name}: p50 {percentile(waits, 0.5):.2f}, p99 {percentile(waits, 0.99):.2f} ms"


def _had() -> dict[UUID, float]:
    """When the listener had each job."""
    lines = (VAR / "tests.bench.listener.log").read_text().splitlines()
    pairs = [line.split() for line in lines if line.startswith("had ")]
    return {UUID(job): float(at) for _, job, at in pairs}


async def _listening() -> None:
    for _ in range(600):
        if "listening" in (VAR / "tests.bench.listener.log").read_text():
            await asyncio.sleep(1)  # the engine looks once on its own before it waits
            return
        await asyncio.sleep(0.05)
    raise Unexpected("The listener did not start.")


async def _notified(stage: Stage) -> list[float]:
    """Milliseconds from a commit until a connection that was told of it has taken the row."""
    url = stage.settings.database_url
    sender, listener = await asyncpg.connect(url), await asyncpg.connect(url)
    await sender.execute("CREATE TABLE bare_jobs (id bigserial PRIMARY KEY, taken boolean)")
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    waits = []
    try:
        await listener.add_listener("bare_jobs", lambda *_: told.set())
        for _ in range(JOBS):
            told.clear()
            await sender.execute("INSERT INTO bare_jobs (taken) VALUES (false); NOTIFY bare_jobs")
            committed = loop.time()
            await told.wait()
            assert await listener.fetchval(_TAKE) is not None
            waits.append((loop.time() - committed) * 1000)
            await asyncio.sleep(PAUSE_SECONDS)
    finally:
        await sender.close()
        await listener.close()
    return sorted(waits)


_TAKE = """
    UPDATE bare_jobs SET taken = true
    WHERE id = (SELECT id FROM bare_jobs WHERE NOT taken ORDER BY id LIMIT 1
                FOR UPDATE SKIP LOCKED)
    RETURNING id
"""
