"""The process that reckons grants again is killed for good, again and again, and loses nothing."""

import asyncio
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.cases.portal import open_portal
from app.cases.timeline import first_break
from app.database import Database, open_database
from app.settings import PROJECT_FOLDER, Settings, with_demo_keys
from tests.cases.granted_cases import LINE, LIVING, Kind, many_grants

pytestmark = [pytest.mark.timeout(240), pytest.mark.slow]
GRANTS = 3_000
# The line of 770 was the last one known until 1,041 came on 1 December 2022.
BEFORE = date(2022, 11, 30)
POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}


def begin(settings: Settings) -> subprocess.Popen[bytes]:
    """The command, as a person would type it."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "PORTAL_VAR_FOLDER": str(settings.var_folder),
        "PORTAL_FIELD_KEY": settings.field_key,
        "PORTAL_SECRET_KEY": settings.secret_key,
    }
    words = [sys.executable, "-m", "app.launch", "recompute", LINE]
    return subprocess.Popen(
        words, cwd=PROJECT_FOLDER, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def counts(database: Database) -> tuple[int, int, int, int] | None:
    """Total, processed, failed, pending; the sum and the rows must always agree with them."""
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("""
                    SELECT total, processed, failed, pending,
                        (SELECT count(*) FROM reckonings WHERE state = 'pending') AS waiting,
                        (SELECT count(*) FROM grants WHERE to_confirm IS NOT NULL) AS moved,
                        (SELECT count(*) FROM timeline WHERE kind = 'grant-reckoned') AS told
                    FROM recomputations
                """)
            )
        ).one_or_none()
    if row is None:
        return None
    assert row.processed + row.failed + row.pending == row.total == GRANTS
    assert (row.waiting, row.moved, row.told) == (row.pending, row.processed, row.processed)
    return row.total, row.processed, row.failed, row.pending


async def until_some_are_done(database: Database, done: int) -> int:
    """Wait until more than `done` are processed; out: how many that are."""
    for _ in range(1200):
        now = await counts(database)
        if now is not None and (now[1] > done or not now[3]):
            return now[1]
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was reckoned within twelve seconds")


async def test_a_command_that_is_killed_goes_on_where_it_was(
    fresh_database_url: str, tmp_path: Path
):
    settings = with_demo_keys(Settings(database_url=fresh_database_url, var_folder=tmp_path))
    portal, database = open_portal(settings), open_database(settings)
    async with database.transaction() as session:
        await many_grants(session, portal, [Kind(LIVING, POOR)] * GRANTS, BEFORE, cases=1_000)
    done = midway = 0
    for _ in range(3):
        command = begin(settings)
        done = await until_some_are_done(database, done)
        command.kill()
        command.communicate()
        now = await counts(database)
        assert now is not None
        if not now[3]:
            break
        midway += 1
    assert midway > 0
    if midway == 3:
        told, wrong = begin(settings).communicate(timeout=120)
        assert f"processed {GRANTS}, failed 0, pending 0" in told.decode(), wrong.decode()
    assert await counts(database) == (GRANTS, GRANTS, 0, 0)
    async with database.transaction() as session:
        cases = await session.scalars(text("SELECT DISTINCT case_id FROM grants LIMIT 50"))
        for case in list(cases):
            assert await first_break(session, case) is None
    await database.close()
