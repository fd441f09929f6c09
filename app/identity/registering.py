"""Keeps officers and partner apps; what is there already is changed."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.identity.partner_keys import key_hash, new_key
from app.identity.tables import OfficerRow, PartnerAppRow

SCOPES: Final = ("life-events:read", "cases:read", "cases:write")


async def keep_officer(
    session: AsyncSession,
    officer_id: str,
    name: str,
    authority_id: str,
    county: str,
    title: str,
    *,
    active: bool = True,
) -> None:
    """Add an officer or change the one of that id; "" is the whole city."""
    values = {
        "name": name,
        "authority_id": authority_id,
        "county": county,
        "title_zh": title,
        "active": active,
    }
    await session.execute(
        insert(OfficerRow)
        .values(id=officer_id, **values)
        .on_conflict_do_update(index_elements=[OfficerRow.id], set_=values)
    )


async def keep_app(session: AsyncSession, app_id: str, name: str, scopes: Sequence[str]) -> str:
    """Add an app or give the one of that id a new key, which is returned and kept nowhere."""
    key = new_key()
    values = {"name": name, "key_hash": key_hash(key), "scopes": list(scopes), "active": True}
    await session.execute(
        insert(PartnerAppRow)
        .values(id=app_id, **values)
        .on_conflict_do_update(index_elements=[PartnerAppRow.id], set_=values)
    )
    return key
