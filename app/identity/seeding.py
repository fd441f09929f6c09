"""Puts the demo city's officers and partner apps into the tables; running it again adds nothing."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import Portal
from app.demo_city import PARTNER_APPS, officers_for
from app.identity.partner_keys import key_hash
from app.identity.tables import OfficerRow, PartnerAppRow


async def seed_people(session: AsyncSession, portal: Portal) -> None:
    """Add the demo officers and apps that are missing. Does nothing outside demo mode."""
    if not portal.settings.is_demo:
        return
    await session.execute(
        insert(OfficerRow)
        .values(
            [
                {
                    "id": officer.id,
                    "name": officer.name,
                    "authority_id": officer.authority,
                    "county": officer.county or "",
                    "title_zh": officer.title.zh,
                    "title_en": officer.title.en,
                }
                for officer in officers_for(portal.catalogue.services.values())
            ]
        )
        .on_conflict_do_nothing()
    )
    await session.execute(
        insert(PartnerAppRow)
        .values(
            [
                {
                    "id": app.id,
                    "name": app.name.zh,
                    "key_hash": key_hash(app.key),
                    "scopes": list(app.scopes),
                }
                for app in PARTNER_APPS
            ]
        )
        .on_conflict_do_nothing()
    )
