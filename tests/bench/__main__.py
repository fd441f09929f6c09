"""`python -m tests.bench [name…]` runs all benches or those named and prints the report."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from app.telemetry import configure_logging
from tests.bench.deciding import claim_and_decide
from tests.bench.fan_out import fan_out
from tests.bench.first_page import first_page
from tests.bench.measuring import Line, written
from tests.bench.memory import memory
from tests.bench.planning import rules
from tests.bench.progress import progress
from tests.bench.queue_pages import queue
from tests.bench.recomputing import recompute
from tests.bench.stage import Stage, durability, postgres, stage
from tests.bench.starting import start
from tests.bench.submitting import submit
from tests.bench.waking import wake

Bench = Callable[[Stage], Awaitable[list[Line]]]
BENCHES: Final[Mapping[str, Bench]] = {
    "start": start,
    "first-page": first_page,
    "rules": rules,
    "submit": submit,
    "progress": progress,
    "queue": queue,
    "decide": claim_and_decide,
    "wake": wake,
    "fan-out": fan_out,
    "recompute": recompute,
    "memory": memory,
}


async def run(names: list[str]) -> list[Line]:
    """Run benches one after the other, each on an empty database of its own."""
    lines: list[Line] = []
    with postgres() as server:
        said = await durability(server.url)
        if {said["synchronous_commit"], said["fsync"]} != {"on"}:
            raise SystemExit(f"This database is not durable: {said}")
        print("PostgreSQL " + ", ".join(f"{name} {value}" for name, value in said.items()))
        for name in names:
            started = time.monotonic()
            async with stage(server, name) as prepared:
                found = await BENCHES[name](prepared)
            print(f"\n{written(found)}", flush=True)
            print(f"    ({name}: {time.monotonic() - started:.0f} s)", flush=True)
            lines += found
    return lines


def main() -> int:
    """Out: 1 where a bar was not met, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHES))
    names = parser.parse_args().names or list(BENCHES)
    if unknown := set(names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    configure_logging("error", "text")
    lines = asyncio.run(run(names))
    judged = [line for line in lines if line.bar]
    missed = [line.name for line in judged if line.met is False]
    silent = [line.name for line in judged if line.met is None]
    print(f"\n{len(judged) - len(missed) - len(silent)} of {len(judged)} bars met.")
    for label, named in (("Not met", missed), ("Not reported", silent)):
        if named:
            print(f"{label}: {'; '.join(named)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
