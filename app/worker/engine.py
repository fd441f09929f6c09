"""The job engine of one worker: one queue per authority, reconnected whenever the database went."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.models import Job as EngineJob

from app.cases.job_queue import INBOX_QUEUE, queue_of, read_payload
from app.cases.portal import Portal
from app.database import connect
from app.telemetry import describe_error, job_ended, log

LOG = log(__name__)

BATCH = 10
# Jobs of a worker that died are picked up again after this time.
HEARTBEAT = timedelta(seconds=12)
# How often to look without having been told; notices of new jobs come at once.
LOOK_EVERY = timedelta(seconds=5)
INBOX_AT_ONCE = 20
PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)

Runner = Callable[[tuple[str, ...]], Awaitable[None]]


async def work(portal: Portal, run: Runner, stopping: asyncio.Event) -> None:
    """Do jobs until `stopping` is set; a lost database is waited for, not died of."""
    failures = 0
    while not stopping.is_set():
        try:
            await _work_connected(portal, run, stopping)
            failures = 0
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, RuntimeError) as error:
            failures += 1
            pause = PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS)) - 1]
            LOG.warning("engine.interrupted", reason=type(error).__name__, retry_after=pause)
            await asyncio.sleep(pause)


async def _work_connected(portal: Portal, run: Runner, stopping: asyncio.Event) -> None:
    connection = await connect(portal.settings.database_url)
    try:
        engine = PgQueuer.from_asyncpg_connection(connection)
        for authority in portal.catalogue.authorities:
            _serve(engine, queue_of(authority), portal.settings.calls_at_once, run)
        _serve(engine, INBOX_QUEUE, INBOX_AT_ONCE, run)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        await _until_lost(engine, portal, stopping, lost)
    finally:
        await connection.close(timeout=2)


async def _until_lost(
    engine: PgQueuer, portal: Portal, stopping: asyncio.Event, lost: asyncio.Event
) -> None:
    """Run the engine until it is told to stop or its connection is gone."""
    running = asyncio.create_task(
        engine.qm.run(
            batch_size=BATCH,
            dequeue_timeout=LOOK_EVERY,
            heartbeat_timeout=HEARTBEAT,
            max_concurrent_tasks=max(portal.settings.worker_concurrency, 2 * BATCH),
        )
    )
    waits = [asyncio.create_task(stopping.wait()), asyncio.create_task(lost.wait())]
    try:
        await asyncio.wait([running, *waits], return_when=asyncio.FIRST_COMPLETED)
        if lost.is_set() and not stopping.is_set():
            running.cancel()
            raise ConnectionResetError("the engine's connection was lost")
        engine.qm.shutdown.set()
        await running
    finally:
        for wait in waits:
            wait.cancel()
        if not running.done():
            running.cancel()
        await asyncio.gather(running, *waits, return_exceptions=True)


def _serve(engine: PgQueuer, queue: str, at_once: int, run: Runner) -> None:
    @engine.qm.entrypoint(queue, concurrency_limit=at_once, accepts_context=False)
    async def job(engine_job: EngineJob) -> None:
        try:
            await run(read_payload(engine_job.payload))
        except Exception as error:
            job_ended(queue, "failed")
            LOG.warning("job.failed", queue=queue, **describe_error(error))
        else:
            job_ended(queue, "done")
