"""A person at the keyboard has grants reckoned again, and is told how that went."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.portal import Portal, open_portal
from app.cases.rate_watch import hang_on
from app.cases.recomputing import recompute_chunk
from app.database import Database
from app.launch import recomputing
from app.settings import Settings
from tests.cases.granted_cases import LINE, LIVING, Kind, many_grants

POOR: dict[str, Any] = {"relief_status": "near", "paid_already": []}
DAY = date(2026, 11, 28)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return open_portal(settings)


async def test_the_counts_are_printed_and_add_up(
    settings: Settings, portal: Portal, database: Database
):
    async with database.transaction() as session:
        await many_grants(session, portal, [Kind(LIVING, POOR)] * 3, DAY)
    said: list[str] = []
    await recomputing.recompute(settings, [LINE, "--day", "2026-11-20"], said.append)
    assert said == [
        f"parameter:{LINE} on 2026-11-20: total 3, processed 3, failed 0, pending 0",
    ]


async def test_one_that_was_broken_off_goes_on_where_it_was(
    settings: Settings, portal: Portal, database: Database
):
    async with database.transaction() as session:
        await many_grants(session, portal, [Kind(LIVING, POOR)] * 5, DAY)
        opened = await hang_on(session, portal, LINE, DAY)
        assert opened is not None
    async with database.transaction() as session:
        await recompute_chunk(session, portal, opened, chunk=2)
    said: list[str] = []
    await recomputing.recompute(settings, [LINE], said.append)
    assert said == [f"parameter:{LINE} on {DAY}: total 5, processed 5, failed 0, pending 0"]


async def test_what_cannot_be_done_is_said(settings: Settings, portal: Portal, database: Database):
    async with database.transaction() as session:
        await many_grants(session, portal, [Kind(LIVING, POOR)], DAY)
    with pytest.raises(recomputing.NotPossible, match=f"Grants hang on: .*{LINE}"):
        await recomputing.recompute(settings, ["no-such-thing"], print)
    tomorrow = portal.today() + timedelta(days=1)
    with pytest.raises(recomputing.NotPossible, match="has not come yet"):
        await recomputing.recompute(settings, [LINE, "--day", tomorrow.isoformat()], print)
