"""Officers and apps are added from the command line where there are no pages for it."""

import pytest
from sqlalchemy import select

from app.database import Database
from app.identity.partner_keys import key_hash
from app.identity.tables import OfficerRow, PartnerAppRow
from app.launch import registering
from app.settings import Settings


async def test_an_officer_is_added_moved_and_leaves(settings: Settings, database: Database):
    told = await registering.officer(settings, ["zhou", "周明", "public-security", "331002"])
    assert told == "zhou can sign in at /desk."
    await registering.officer(settings, ["zhou", "周明", "public-security", "--leave"])
    async with database.transaction() as session:
        row = (await session.scalars(select(OfficerRow).where(OfficerRow.id == "zhou"))).one()
    assert (row.name, row.authority_id, row.county) == ("周明", "public-security", "")
    assert not row.active


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["zhou", "周明", "public-safety"], "No authority public-safety"),
        (["zhou", "周明", "public-security", "110105"], "No county 110105"),
    ],
)
async def test_who_belongs_nowhere_is_not_added(settings: Settings, words: list[str], why: str):
    with pytest.raises(registering.Unknown, match=why):
        await registering.officer(settings, words)


async def test_an_app_gets_a_key_that_is_shown_once_and_then_another(
    settings: Settings, database: Database
):
    keys = []
    for _ in range(2):
        told = await registering.app(settings, ["clinic", "妇幼助手", "cases:read"])
        keys.append(told.rpartition(" ")[2])
        async with database.transaction() as session:
            app = (await session.scalars(select(PartnerAppRow))).one()
        assert app.key_hash == key_hash(keys[-1])
        assert app.scopes == ["cases:read"]
    assert keys[0] != keys[1]
    with pytest.raises(registering.Unknown, match="No scope everything"):
        await registering.app(settings, ["clinic", "妇幼助手", "everything"])
