"""Private memory of a web process and of a worker after mixed work."""

from tests.bench.fan_out import all_done, department, worker
from tests.bench.loading import Order, put_load
from tests.bench.machine import private_mib
from tests.bench.material import (
    STEPS,
    Browser,
    ReadyDraft,
    complete_draft,
    copies,
    settle,
    sign_in,
    submitted,
    without_desks,
)
from tests.bench.measuring import Line, at_most
from tests.bench.stage import Server, Stage
from tests.bench.submitting import looking

BAR_MIB, BAR_GROWTH = 120, 0.02
ROUNDS = 8
REQUESTS = 2400
CASES = 60


async def memory(stage: Stage) -> list[Line]:
    """MiB that the process shares with nobody, and how they grew over the last half."""
    browser = await sign_in(stage)
    draft = await complete_draft(stage, browser)
    ready = await copies(stage, draft, 2 * CASES)
    await settle(stage)
    async with stage.web() as web:
        sizes = [await _visited(stage, web, browser, ready) for _ in range(ROUNDS)]
    lines = [*_judged("web process", sizes, f"after {REQUESTS:,} requests")]
    sizes = []
    async with department(stage), worker(stage) as working:
        for done, half in enumerate((ready[:CASES], ready[CASES:]), start=1):
            await submitted(stage, browser, half, without_desks(stage))
            await all_done(stage, done * CASES * STEPS)
            sizes.append(private_mib(working.pid))
    return [*lines, *_judged("worker", sizes, f"after {2 * CASES * STEPS:,} calls")]


async def _visited(stage: Stage, web: Server, browser: Browser, ready: list[ReadyDraft]) -> float:
    paths = [f"/drafts/{one.number}{part}" for one in ready[:20] for part in ("", "/check")]
    paths += ["/", "/things/birth", "/help", "/privacy", "/?q=%E5%87%BA%E7%94%9F"] * 10
    requests = [looking(browser, path, accept_encoding="gzip") for path in paths]
    order = Order(requests, 200, seconds=60, most=REQUESTS // ROUNDS)
    await put_load(web, stage.postmaster, order)
    return private_mib(web.pid)


def _judged(name: str, sizes: list[float], after: str) -> list[Line]:
    growth = sizes[-1] / sizes[len(sizes) // 2 - 1] - 1
    course = ", ".join(f"{size:.0f}" for size in sizes)
    return [
        at_most(f"private memory of a {name}", sizes[-1], BAR_MIB, "MiB", f"{after}: {course}"),
        Line(
            f"growth of a {name} in the last half",
            f"{growth:.1%}",
            bar=f"<= {BAR_GROWTH:.0%}",
            met=growth <= BAR_GROWTH,
        ),
    ]
