"""Tells pages that their case has changed: one look a second for all of them, not one each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.exc import SQLAlchemyError

from app.database import Database, is_outage

LOOK_SECONDS = 1.0
MOST_STREAMS = 500

_VERSIONS = text("SELECT number, version FROM cases WHERE number = ANY(:numbers)").bindparams(
    bindparam("numbers", type_=ARRAY(TEXT))
)


class VersionFeed:
    """The versions of the cases that somebody is looking at, in this process.

    Runs only while there is somebody; borrows a connection for one statement a look.
    """

    def __init__(self, database: Database, look_seconds: float = LOOK_SECONDS) -> None:
        self.database = database
        self.look_seconds = look_seconds
        self._versions: dict[str, int] = {}
        self._watchers: dict[str, int] = {}
        self._changed = asyncio.Condition()
        self._looking: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether there are as many streams as this process takes."""
        return sum(self._watchers.values()) >= MOST_STREAMS

    async def follow(
        self, number: str, version: int, patience_seconds: float
    ) -> AsyncIterator[int | None]:
        """The version now and each newer one; None where nothing happened for a while."""
        self._watchers[number] = self._watchers.get(number, 0) + 1
        self._versions[number] = max(version, self._versions.get(number, 0))
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        known = version
        try:
            yield known
            while True:
                newer = await self._newer(number, known, patience_seconds)
                known = newer or known
                yield newer
        finally:
            self._leave(number)

    async def _newer(self, number: str, known: int, patience_seconds: float) -> int | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds), self._changed:
                await self._changed.wait_for(lambda: self._versions.get(number, known) > known)
                return self._versions[number]
        return None

    def _leave(self, number: str) -> None:
        left = self._watchers.get(number, 1) - 1
        if left:
            self._watchers[number] = left
            return
        self._watchers.pop(number, None)
        self._versions.pop(number, None)

    async def _look(self) -> None:
        while self._watchers:
            await asyncio.sleep(self.look_seconds)
            try:
                await self._look_once()
            except (SQLAlchemyError, OSError) as error:
                if not is_outage(error):
                    raise

    async def _look_once(self) -> None:
        numbers = list(self._watchers)
        async with self.database.transaction() as session:
            rows = (await session.execute(_VERSIONS, {"numbers": numbers})).all()
        changed = [row for row in rows if row.version > self._versions.get(row.number, 0)]
        if not changed:
            return
        async with self._changed:
            for row in changed:
                if row.number in self._watchers:
                    self._versions[row.number] = row.version
            self._changed.notify_all()
