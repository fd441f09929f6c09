"""`python -m app.worker`: does background work until it is told to stop; run many."""

import asyncio
import os
import signal
import sys

import uvloop

from app.cases.portal import open_portal
from app.database import open_database
from app.errors import Misdeclared
from app.integration.department_client import DepartmentClients
from app.settings import Settings, UnusableSettings, load_settings
from app.telemetry import configure_logging, log, serve_measures
from app.worker.engine import work
from app.worker.periodic import Periodic
from app.worker.step_runner import StepRunner

LOG = log(__name__)


async def serve(settings: Settings, stopping: asyncio.Event) -> None:
    """Work until `stopping` is set; jobs under way are finished first."""
    portal = open_portal(settings)
    database = open_database(settings, "worker")
    clients = DepartmentClients(settings)
    runner = StepRunner(portal, database, clients)
    LOG.info("worker.started")
    try:
        await asyncio.gather(
            work(portal, runner.run, stopping), Periodic(portal, database).run(stopping)
        )
    finally:
        await clients.close()
        await database.close()
        LOG.info("worker.stopped")


async def _main(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, stopping.set)
    await serve(settings, stopping)


def main() -> int:
    """Start one worker; EX_CONFIG (78) when the settings do not allow it."""
    try:
        settings = load_settings()
        settings.refuse_unsafe()
    except UnusableSettings as unusable:
        sys.stderr.write(f"{unusable}\n")
        return os.EX_CONFIG
    configure_logging(settings.log_level, settings.log_format)
    serve_measures(settings.host, settings.worker_metrics_port)
    try:
        uvloop.run(_main(settings))
    except Misdeclared as refusal:
        sys.stderr.write(f"{refusal}\n")
        return os.EX_CONFIG
    return 0


if __name__ == "__main__":
    sys.exit(main())
