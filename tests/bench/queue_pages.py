"""The queue of a desk: a page of fifty among a thousand tasks and among a hundred thousand."""

import gzip

import httpx
from sqlalchemy import text

from tests.bench import counting
from tests.bench.loading import Order, get, put_load
from tests.bench.material import Officer, settle, sign_in_officer
from tests.bench.measuring import QUIET, REPEATS, Line, Measured, against_floor, at_most
from tests.bench.ports import WEB_PORT
from tests.bench.stage import Server, Stage
from tests.cases.many_tasks import fill_desks

BAR, MOST_STATEMENTS, MOST_KB, MOST_GROWTH = 0.40, 2, 60, 1.25
FEW, MANY = 1_000, 100_000
SECONDS = 2.0
DEEP = 5_000
PART = 10_000
AUTHORITY, COUNTY = "public-security", "331002"
QUEUE = "/desk/queue"
# Each of them fills a page of fifty even among a thousand.
ADDRESSES = (QUEUE, f"{QUEUE}?order=latest", f"{QUEUE}?service=register-newborn")


async def queue(stage: Stage) -> list[Line]:
    """First pages in several orders and filters, then pages far behind."""
    officer = await sign_in_officer(stage, "zhang-min")
    async with stage.database.transaction() as session:
        await fill_desks(session, AUTHORITY, FEW)
    await settle(stage)
    counted = await counting.statements(stage, _page(officer, QUEUE), _page(officer, QUEUE))
    async with stage.web() as web, stage.floor() as floor:
        body = await _body(officer)
        few, few_floor = await _measured(stage, web, floor, officer, ADDRESSES, len(body))
        await _fill(stage, MANY - FEW)
        await settle(stage)
        many, many_floor = await _measured(stage, web, floor, officer, ADDRESSES, len(body))
        address = await _deep(stage)
        deep, deep_floor = await _measured(stage, web, floor, officer, (address,), len(body))
        size = len(await _body(officer))
    line = against_floor(f"queue page of 50 of {FEW:,}", few, few_floor, BAR)
    told = f"{len(gzip.compress(body, 5)) / 1000:.1f} kB compressed"
    return [
        line,
        at_most(
            "queue page, statements",
            len(counted.work),
            MOST_STATEMENTS,
            "besides begin and commit and the session's own",
            f"all that was sent: {counted.summary}",
        ),
        at_most("queue page, bytes", max(len(body), size) / 1000, MOST_KB, "kB", told),
        _growth(f"queue page of 50 of {MANY:,}", (many, many_floor), (few, few_floor)),
        _growth(f"the same, {DEEP:,} rows down", (deep, deep_floor), (few, few_floor)),
    ]


async def _fill(stage: Stage, count: int) -> None:
    """Add tasks in parts, for a statement may only take its time."""
    for first in range(0, count, PART):
        async with stage.database.transaction() as session:
            number = f"TZ-PART-{first}"
            await fill_desks(session, AUTHORITY, min(PART, count - first), number=number)


Pair = tuple[Measured, Measured]


def _growth(name: str, among_many: Pair, among_few: Pair) -> Line:
    """p95 among many against p95 among few; the CPU where the machine was not ours alone.

    Each comes with its floor, whose page never changes: what its CPU says of the machine's pace
    then and now is taken out.
    """
    (large, large_floor), (small, small_floor) = among_many, among_few
    pace = large_floor.app_cpu / small_floor.app_cpu
    by_p95 = large.percentile(0.95) / small.percentile(0.95)
    by_cpu = large.cpu / small.cpu / pace
    busy = max(large.foreign, small.foreign) > QUIET
    ratio = by_cpu if busy else by_p95
    return Line(
        name,
        large.text,
        f"among {FEW:,}: {small.text}",
        ratio,
        f"<= {MOST_GROWTH} of that among {FEW:,}",
        ratio <= MOST_GROWTH,
        f"by p95 {by_p95:.2f}, by CPU {by_cpu:.2f}{'; judged by CPU' if busy else ''}",
        large.foreign,
    )


async def _measured(
    stage: Stage,
    web: Server,
    floor: Server,
    officer: Officer,
    addresses: tuple[str, ...],
    size: int,
) -> tuple[Measured, Measured]:
    pages = [_page(officer, address) for address in addresses]
    bare = [get(f"/queue/{AUTHORITY}/{COUNTY}?size={size}")]
    ours, floors = [], []
    for repeat in range(REPEATS + 1):
        seconds = SECONDS if repeat else 0.5
        at_floor = await put_load(floor, stage.postmaster, Order(bare, 200, seconds=seconds))
        answered = await put_load(web, stage.postmaster, Order(pages, 200, seconds=seconds))
        if repeat:  # the first round only warms up
            floors.append(at_floor.sample)
            ours.append(answered.sample)
    return Measured(tuple(ours)), Measured(tuple(floors))


def _page(officer: Officer, address: str) -> bytes:
    return get(address, **officer.headers)


async def _body(officer: Officer) -> bytes:
    """A page of the queue as it is before it is compressed."""
    headers = {"cookie": officer.headers["cookie"], "accept-encoding": "identity"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{WEB_PORT}", trust_env=False) as http:
        return (await http.get(QUEUE, headers=headers)).content


async def _deep(stage: Stage) -> str:
    """The address of the page behind many others."""
    async with stage.database.transaction() as session:
        row = (
            await session.execute(
                text("""
                    SELECT promised_on, id FROM tasks
                    WHERE authority_id = :authority AND county = :county AND state <> 'done'
                    ORDER BY promised_on, id OFFSET :deep LIMIT 1
                """),
                {"authority": AUTHORITY, "county": COUNTY, "deep": DEEP},
            )
        ).one()
    return f"{QUEUE}?after={row.promised_on.isoformat()}_{row.id.hex}"
