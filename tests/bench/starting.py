"""From starting a web process to its first answer."""

import time
from statistics import median

from tests.bench.machine import spent
from tests.bench.measuring import REPEATS, Line
from tests.bench.ports import FLOOR_PORT, WEB_PORT
from tests.bench.stage import Stage, answers

BAR_SECONDS = 2


async def start(stage: Stage) -> list[Line]:
    """Seconds until the home page is answered, and the CPU seconds it took."""
    ours = [
        await _first_answer(stage, "app.main", WEB_PORT, "/", PORTAL_PORT=str(WEB_PORT))
        for _ in range(REPEATS)
    ]
    bare = [
        await _first_answer(stage, "tests.bench.floors", FLOOR_PORT, "/health/live")
        for _ in range(REPEATS)
    ]
    seconds = median(wall for wall, _ in ours)
    return [
        Line(
            "start until the first page",
            f"{seconds:.2f} s, {median(cpu for _, cpu in ours):.2f} CPU s",
            f"bare FastAPI app: {median(wall for wall, _ in bare):.2f} s,"
            f" {median(cpu for _, cpu in bare):.2f} CPU s",
            bar=f"<= {BAR_SECONDS} s",
            met=seconds <= BAR_SECONDS,
        )
    ]


async def _first_answer(
    stage: Stage, module: str, port: int, path: str, **choices: str
) -> tuple[float, float]:
    started = time.perf_counter()
    async with stage.program(module, **choices) as server:
        await answers(port, path)
        seconds = time.perf_counter() - started
        return seconds, spent([server.pid], stage.postmaster).app
