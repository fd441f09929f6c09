"""Reckoning all running grants again after a new minimum living line: grants a second."""

import time
from datetime import date
from typing import Final

from app.cases.rate_watch import notice
from app.cases.recomputing import progress_of, work_through
from tests.bench.machine import spent
from tests.bench.measuring import QUIET, Line, at_least
from tests.bench.stage import Stage
from tests.cases.granted_cases import LIVING, Kind, line_of, many_grants

GRANTS: Final = 10_000
AT_ONCE: Final = 2_000
LEAST_A_SECOND: Final = 1_000
BEFORE, DAY = date(2026, 11, 1), date(2026, 11, 28)


async def recompute(stage: Stage) -> list[Line]:
    """One worker over GRANTS grants, all of which change, histories and explanations included."""
    await fill(stage, GRANTS)
    line = line_of("1100", DAY)
    started = time.perf_counter()
    async with stage.database.transaction() as session:
        (opened,) = await notice(session, stage.portal, DAY, line)
    noticed = time.perf_counter() - started
    before = spent([], stage.postmaster)
    reckoned = await work_through(stage.database, stage.portal, opened, proposed=line)
    used = spent([], stage.postmaster).since(before).as_app()
    async with stage.database.transaction() as session:
        now = await progress_of(session, opened)
    assert (now.total, now.processed, now.failed, now.pending) == (GRANTS, GRANTS, 0, 0)
    by_clock, by_cpu = reckoned / used.at, reckoned / (used.app + used.database)
    busy = used.foreign > QUIET
    note = (
        f"{GRANTS:,} in {used.at:.1f} s, CPU {used.app * 1e6 / reckoned:.0f}"
        f"+{used.database * 1e6 / reckoned:.0f} µs each; noticing and opening {noticed:.2f} s; "
        f"by the clock {by_clock:,.0f}/s" + (", judged by CPU: others were busy" if busy else "")
    )
    rate = by_cpu if busy else by_clock
    return [at_least("grants reckoned again, one worker", rate, LEAST_A_SECOND, "grants/s", note)]


async def fill(stage: Stage, count: int) -> None:
    """That many grants, half living subsidy and half minimum living guarantee, in their cases."""
    kinds = [
        Kind(LIVING, {"relief_status": "near", "paid_already": []})
        if place % 2
        else Kind(
            "grant-minimum-living",
            {"relief_status": "none", "income_per_head": place % 1000, "people": 1 + place % 6},
        )
        for place in range(count)
    ]
    for begin in range(0, count, AT_ONCE):
        async with stage.database.transaction() as session:
            await many_grants(session, stage.portal, kinds[begin : begin + AT_ONCE], BEFORE)
