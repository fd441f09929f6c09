"""Reckons grants again by hand: `python -m app.launch recompute minimum-living-line`."""

import asyncio
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date

from app.cases.portal import open_portal
from app.cases.rate_watch import hang_on, hang_together
from app.cases.recomputing import Progress, progress_of, work_through
from app.database import open_database
from app.settings import Settings

WAIT_SECONDS = 1


class NotPossible(Exception):
    """What was asked for cannot be done; the message says why."""


async def recompute(settings: Settings, words: Sequence[str], say: Callable[[str], None]) -> None:
    """Open a recomputation, or join the one that is open, and work until nothing is pending.

    Broken off, it goes on where it was: by itself if workers run, or by the same command.
    """
    parser = ArgumentParser(prog="python -m app.launch recompute")
    parser.add_argument("parameter", help="for example minimum-living-line")
    parser.add_argument(
        "--day", type=date.fromisoformat, help="by the values of this day (default: today)"
    )
    asked = parser.parse_args(words)
    portal = open_portal(settings)
    day = asked.day or portal.today()
    if day > portal.today():
        raise NotPossible(f"{day} has not come yet: on that day it is done by itself.")
    database = open_database(settings, "launch")
    try:
        async with database.transaction() as session:
            found = await hang_on(session, portal, asked.parameter, day)
            known = await hang_together(session) if found is None else {}
        if found is None:
            names = ", ".join(sorted(known)) or "none"
            raise NotPossible(f"No grant hangs on {asked.parameter!r}. Grants hang on: {names}.")
        while True:
            await work_through(database, portal, found)
            async with database.transaction() as session:
                now = await progress_of(session, found)
            say(_line(now))
            if not now.pending:
                break
            await asyncio.sleep(WAIT_SECONDS)
    finally:
        await database.close()


def _line(now: Progress) -> str:
    return (
        f"{now.cause} on {now.day}: total {now.total}, processed {now.processed}, "
        f"failed {now.failed}, pending {now.pending}"
    )
