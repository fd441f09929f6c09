"""What a worker does by itself: notice a changed value and reckon everything that hangs on it."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.settings import Settings
from app.worker.periodic import Periodic
from tests.cases.granted_cases import LIVING, Kind, city_portal, many_grants

POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}
BEFORE = date(2022, 11, 30)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return city_portal(settings)


async def test_a_worker_reckons_again_what_was_reckoned_with_an_older_line(
    database: Database, portal: Portal
) -> None:
    async with database.transaction() as session:
        # The line of 770 was the last one known until 1,041 came on 1 December 2022.
        (grant,) = await many_grants(session, portal, [Kind(LIVING, POOR)], BEFORE)
        amount = await session.scalar(text("SELECT amount FROM grants"))
    assert f"{amount}" == "231.00"
    stopping = asyncio.Event()
    working = asyncio.create_task(Periodic(portal, database).run(stopping))
    row = None
    for _ in range(150):
        row = row or await _reckoned(database)
        await asyncio.sleep(0 if row else 0.2)
    assert row is not None
    stopping.set()
    await working
    assert (f"{row.amount}", f"{row.to_confirm}") == ("231.00", "312.30")
    assert (row.cause, row.total, row.processed, row.pending) == (
        "parameter:minimum-living-line",
        1,
        1,
        0,
    )
    assert grant == row.id


async def _reckoned(database: Database) -> Any:
    async with database.transaction() as session:
        found = await session.execute(
            text("""
                SELECT grants.id, amount, to_confirm, cause, total, processed, pending
                FROM grants, recomputations
                WHERE to_confirm IS NOT NULL AND cause LIKE 'parameter:%'
            """)
        )
        return found.one_or_none()
