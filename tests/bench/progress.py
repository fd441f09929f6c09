"""The progress page of a case under way: the page, and the poll of it that finds nothing new."""

import asyncio

import httpx
from sqlalchemy import text

from tests.bench import counting
from tests.bench.fan_out import department, worker
from tests.bench.loading import Order, Unexpected, get, put_load
from tests.bench.material import (
    Browser,
    complete_draft,
    copies,
    settle,
    sign_in,
    submitted,
)
from tests.bench.measuring import REPEATS, Line, Measured, against_floor, at_most
from tests.bench.ports import WEB_PORT
from tests.bench.stage import Stage
from tests.bench.submitting import looking

BAR, MOST_STATEMENTS = 0.35, 3
CASES = 8
SECONDS = 2.0
NOT_MODIFIED = 304


async def progress(stage: Stage) -> list[Line]:
    """Eight people look at cases that wait for a desk, half of their steps done."""
    browser = await sign_in(stage)
    draft = await complete_draft(stage, browser)
    ready = await copies(stage, draft, CASES)
    await submitted(stage, browser, ready)
    await until_at_desk(stage)
    await settle(stage)
    paths = [f"/cases/{one.number}" for one in ready]
    pages = [looking(browser, path) for path in paths]
    counted = await counting.statements(stage, pages[0], pages[1])
    ours, floors, polled, bare_polls = [], [], [], []
    async with stage.web() as web, stage.floor() as floor:
        polls = await _polls(browser, paths)
        first = await put_load(web, stage.postmaster, Order(pages, 200, seconds=1))
        size = round(first.bytes_each)
        bare = [get(f"/progress/{one.number}?size={size}") for one in ready]
        versions = [get(f"/version/{one.number}") for one in ready]
        await put_load(floor, stage.postmaster, Order(bare, 200, seconds=0.5))
        for _ in range(REPEATS):
            for server, requests, expected, kept in (
                (floor, bare, 200, floors),
                (web, pages, 200, ours),
                (floor, versions, NOT_MODIFIED, bare_polls),
                (web, polls, NOT_MODIFIED, polled),
            ):
                order = Order(requests, expected, seconds=SECONDS)
                kept.append((await put_load(server, stage.postmaster, order)).sample)
    counted_poll = await counting.statements(stage, polls[0], polls[1])
    line = against_floor("progress page", Measured(tuple(ours)), Measured(tuple(floors)), BAR)
    measured, floor_polls = Measured(tuple(polled)), Measured(tuple(bare_polls))
    return [
        line,
        at_most(
            "progress page, statements",
            len(counted.work),
            MOST_STATEMENTS,
            "besides begin and commit",
            f"{size / 1000:.1f} kB before compression; all that was sent: {counted.summary}",
        ),
        Line(
            "progress page unchanged (304)",
            measured.text,
            floor_polls.text,
            floor_polls.cpu / measured.cpu,
            note=f"ratio of CPU; all that was sent: {counted_poll.summary}",
            foreign=measured.foreign,
        ),
    ]


async def until_at_desk(stage: Stage) -> None:
    """Let a worker do what departments' systems do, until every case waits for a person."""
    async with department(stage), worker(stage):
        for _ in range(1200):
            async with stage.database.transaction() as session:
                left = await session.scalar(
                    text("SELECT count(*) FROM steps WHERE state IN ('ready', 'with-department')")
                )
            if not left:
                return
            await asyncio.sleep(0.1)
    raise Unexpected(f"{left} steps were not done by the worker.")


async def _polls(browser: Browser, paths: list[str]) -> list[bytes]:
    """The same pages asked for as whoever has seen them asks."""
    requests = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{WEB_PORT}", trust_env=False) as http:
        for path in paths:
            answer = await http.get(path, headers={"cookie": browser.headers["cookie"]})
            requests.append(looking(browser, path, if_none_match=answer.headers["etag"]))
    return requests
