"""What a worker does by the clock: the sweep for lost jobs, the watches over days and values."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.allotting import advance_round
from app.cases.deadline_watch import watch_once
from app.cases.forgetting import forget_drafts
from app.cases.portal import Portal
from app.cases.rate_watch import notice
from app.cases.recomputing import open_ones, work_through
from app.cases.sweeping import sweep
from app.database import Database
from app.identity.sessions import forget_ended
from app.integration.file_storage import FileStore
from app.telemetry import describe_error, log

LOG = log(__name__)
# How often to look for a recomputation that somebody has opened.
RECOMPUTE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Periodic:
    """The periodic work of one worker; every worker may do it, doing it twice does nothing."""

    portal: Portal
    database: Database

    async def run(self, stopping: asyncio.Event) -> None:
        """Sweep and watch until `stopping` is set."""
        settings = self.portal.settings
        await asyncio.gather(
            self._every(settings.sweep_seconds, self._sweep, stopping),
            self._every(settings.watch_seconds, self._watch, stopping),
            self._every(settings.watch_seconds, self._forget, stopping),
            self._every(settings.rounds_seconds, self._rounds, stopping),
            self._every(settings.watch_seconds, self._notice, stopping),
            self._recompute(stopping),
        )

    async def _sweep(self, session: AsyncSession) -> int:
        return await sweep(session, self.portal.settings.sweep_overdue_seconds)

    async def _watch(self, session: AsyncSession) -> int:
        return await watch_once(session, self.portal)

    async def _rounds(self, session: AsyncSession) -> int:
        return await advance_round(session, self.portal)

    async def _forget(self, session: AsyncSession) -> int:
        await forget_ended(session, self.portal)
        return await forget_drafts(session, FileStore.of(self.portal.settings))

    async def _notice(self, session: AsyncSession) -> int:
        for recomputation in await notice(session, self.portal):
            LOG.info("recomputation.open", job=str(recomputation))
        return 0

    async def _recompute(self, stopping: asyncio.Event) -> None:
        """Take part in whatever recomputation is open, until `stopping` is set."""
        while not stopping.is_set():
            waiting: list[UUID] = []
            try:
                async with self.database.transaction() as session:
                    waiting = await open_ones(session)
            except Exception as error:
                LOG.warning("periodic.interrupted", **describe_error(error))
            for one in waiting:
                await self._work_on(one, stopping)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), RECOMPUTE_SECONDS)

    async def _work_on(self, recomputation: UUID, stopping: asyncio.Event) -> None:
        """Take part in one; whatever breaks it keeps no other from going on."""
        try:
            reckoned = await work_through(
                self.database, self.portal, recomputation, lambda: not stopping.is_set()
            )
            LOG.info("recomputation.worked", job=str(recomputation), count=reckoned)
        except Exception as error:
            LOG.warning("periodic.interrupted", job=str(recomputation), **describe_error(error))

    async def _every(
        self,
        seconds: float,
        act: Callable[[AsyncSession], Awaitable[int]],
        stopping: asyncio.Event,
    ) -> None:
        """Act now and then every `seconds`; after a round that found work, a second later."""
        while not stopping.is_set():
            found = 0
            try:
                async with self.database.transaction() as session:
                    found = await act(session)
            except Exception as error:
                LOG.warning("periodic.interrupted", **describe_error(error))
            if found:
                LOG.info("periodic.found", kind=act.__name__.strip("_"), count=found)
            try:
                await asyncio.wait_for(stopping.wait(), 1.0 if found else seconds)
            except TimeoutError:
                continue
