"""The worker's calls to departments that take 20 ms, with everything on the same two cores."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import pairwise

import httpx
import orjson
from sqlalchemy import text

from tests.bench.loading import Unexpected
from tests.bench.machine import Spent, spent
from tests.bench.material import (
    NO_DESKS,
    STEPS,
    ReadyDraft,
    complete_draft,
    copies,
    settle,
    sign_in,
    submitted,
    without_desks,
)
from tests.bench.measuring import QUIET, REPEATS, Line, Measured, Sample
from tests.bench.ports import DEPARTMENT_PORT
from tests.bench.stage import Server, Stage, last_lines

BAR = 250
CASES = 100
WORKERS = 2
WAITING = 100_000
# The bar of "a million waiting steps change nothing": what may be lost to them.
KEPT = 0.9
SHARE_TO_WARM = 0.1
STUCK_SECONDS = 30
HTTPX_CALLS = 400
CALLS_URL = f"http://127.0.0.1:{DEPARTMENT_PORT}/calls"


async def fan_out(stage: Stage) -> list[Line]:
    """Calls a second of a worker on each core, and again while a hundred thousand steps wait."""
    browser = await sign_in(stage)
    draft = await complete_draft(stage, browser)
    ready = await copies(stage, draft, 2 * CASES)
    async with department(stage) as target:
        floor = await _httpx_alone(target)
        await submitted(stage, browser, ready[:CASES], without_desks(stage))
        await settle(stage)
        empty = await drained(stage, target, CASES)
        await let_wait(stage, ready[0], WAITING)
        await submitted(stage, browser, ready[CASES:], without_desks(stage))
        await settle(stage)
        full = await drained(stage, target, CASES)
    ratio = empty.cpu / full.cpu
    # What others took of the machine is no fault of the workers: their rate on the share they had.
    share = 1 - empty.foreign
    rate = empty.rate if share > 1 - QUIET else empty.rate / share
    note = f"{WORKERS} workers beside the department, the database and the bench"
    if rate != empty.rate:
        note = f"{note}; {rate:,.0f}/s on two free cores, which is judged: others were busy"
    return [
        Line(
            "fan-out to a 20 ms department",
            empty.text,
            f"httpx alone, ten at a time: {floor.text}",
            bar=f">= {BAR} calls/s",
            met=rate >= BAR,
            note=note,
            foreign=empty.foreign,
        ),
        Line(
            f"the same, {WAITING:,} steps waiting",
            full.text,
            ratio=ratio,
            bar=f">= {KEPT} of the same without them, by CPU",
            met=ratio >= KEPT,
            foreign=full.foreign,
        ),
    ]


@asynccontextmanager
async def department(stage: Stage) -> AsyncIterator[Server]:
    """The department that every authority's address leads to."""
    path = "/calls"
    async with stage.program("tests.bench.department", DEPARTMENT_PORT, path) as target:
        yield target


@asynccontextmanager
async def worker(stage: Stage, name: str = "") -> AsyncIterator[Server]:
    """One worker whose departments are all the bench's."""
    urls = {
        authority: f"http://127.0.0.1:{DEPARTMENT_PORT}/{authority}"
        for authority in stage.portal.catalogue.authorities
    }
    choices = {
        "PORTAL_DEPARTMENT_URLS": orjson.dumps(urls).decode(),
        "PORTAL_DESK_SERVICES": orjson.dumps(NO_DESKS).decode(),
    }
    async with stage.program("app.worker", log_name=f"app.worker{name}", **choices) as started:
        yield started


async def drained(stage: Stage, target: Server, cases: int) -> Measured:
    """Let workers do all the jobs of `cases` submitted cases; out: their steady repeats."""
    expected = cases * STEPS
    async with httpx.AsyncClient(trust_env=False) as client:
        begun = (await _calls(client))["steps"]
        marks = [
            begun + round(expected * (SHARE_TO_WARM + (0.95 - SHARE_TO_WARM) * part / REPEATS))
            for part in range(REPEATS + 1)
        ]
        readings = []
        async with AsyncExitStack() as started:
            workers = [
                await started.enter_async_context(worker(stage, str(number or "")))
                for number in range(WORKERS)
            ]
            for mark in marks:
                done = await _until(client, mark)
                pids = [one.pid for one in workers]
                used = spent(pids, stage.postmaster, [target.pid])
                readings.append((time.perf_counter(), done, used))
            await all_done(stage, begun + expected)
    return Measured(
        tuple(
            Sample(after[1] - before[1], after[0] - before[0], after[2].since(before[2]))
            for before, after in pairwise(readings)
        )
    )


async def all_done(stage: Stage, steps: int) -> None:
    """Wait until that many steps were called for and every case has come to its end."""
    async with httpx.AsyncClient(trust_env=False) as client:
        await _until(client, steps)
    await _all_closed(stage)


async def let_wait(stage: Stage, ready: ReadyDraft, count: int) -> None:
    """Add steps that a department has accepted and will answer some day."""
    async with stage.database.transaction() as session:
        await session.execute(_WAIT, {"case_id": ready.case_id, "count": count})


async def _calls(client: httpx.AsyncClient) -> dict[str, int]:
    found: dict[str, int] = (await client.get(CALLS_URL)).json()
    return found


async def _until(client: httpx.AsyncClient, steps: int) -> int:
    """Wait until that many steps were called for; out: how many they are now."""
    last, since = -1, time.monotonic()
    while True:
        done = (await _calls(client))["steps"]
        if done >= steps:
            return done
        if done != last:
            last, since = done, time.monotonic()
        elif time.monotonic() - since > STUCK_SECONDS:
            raise Unexpected(f"{done} of {steps} steps were called.\n{last_lines('app.worker')}")
        await asyncio.sleep(0.02)


async def _all_closed(stage: Stage) -> None:
    """Make sure that what was called was also recorded: every case has come to its end."""
    for _ in range(100):
        async with stage.database.transaction() as session:
            running = await session.scalar(
                text("SELECT count(*) FROM cases WHERE state = 'running'")
            )
        if not running:
            return
        await asyncio.sleep(0.1)
    raise Unexpected(f"{running} cases are still running.\n{last_lines('app.worker')}")


async def _httpx_alone(target: Server) -> Measured:
    """What the client alone manages: no database, no rules, ten calls at a time."""
    url = f"http://127.0.0.1:{DEPARTMENT_PORT}/nothing"
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=10)
    samples = []
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def call(count: int) -> None:
            for _ in range(count):
                await client.post(url, content=b"x" * 1000)

        for _ in range(REPEATS):
            before, started = spent([], target.pid), time.perf_counter()
            await asyncio.gather(*(call(HTTPX_CALLS // 10) for _ in range(10)))
            used = spent([], target.pid).since(before)
            alone = Spent(used.own, 0.0, used.database, used.everybody, used.at)
            samples.append(Sample(HTTPX_CALLS, time.perf_counter() - started, alone))
    return Measured(tuple(samples))


_WAIT = text("""
    INSERT INTO steps (id, case_id, key, service_id, authority_id, position, channel, state,
                       requires, uses, due_at, opened_at, promised_on, statutory_on)
    SELECT gen_random_uuid(), :case_id, 'waits:' || n, 'enrol-medical-insurance',
           'healthcare-security', 100, 'system', 'with-department', '{}', '{}',
           now() + make_interval(secs => 3600 + n), now(), current_date + 10, current_date + 20
    FROM generate_series(1, :count) AS n
""")
