"""`python -m tests.bench.listener`: the worker's own engine, which only says when it had a job."""

import asyncio
import signal
import sys
import time

import uvloop

from app.cases.portal import open_portal
from app.settings import load_settings
from app.worker.engine import work


async def run(payload: tuple[str, ...]) -> None:
    """Say which job this is, and when it arrived."""
    sys.stdout.write(f"had {payload[1]} {time.time():.6f}\n")
    sys.stdout.flush()


async def main() -> None:
    """Listen until told to stop."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    portal = open_portal(load_settings())
    print("listening", flush=True)
    await work(portal, run, stopping)


if __name__ == "__main__":
    uvloop.run(main())
