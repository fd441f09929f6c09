"""Fills an empty demo database with the people and papers of the demo city."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import Portal, open_portal
from app.cases.rounds import announce_missing
from app.database import open_database
from app.identity.seeding import seed_people
from app.settings import Settings

OPEN_FOR = timedelta(days=14)


async def seed(settings: Settings) -> None:
    """Add what is missing; running it again changes nothing. Does nothing outside demo mode."""
    if not settings.is_demo:
        return
    database = open_database(settings, "seed")
    try:
        async with database.transaction() as session:
            portal = open_portal(settings)
            await seed_people(session, portal)
            await seed_rounds(session, portal)
    finally:
        await database.close()


async def seed_rounds(session: AsyncSession, portal: Portal) -> None:
    """A round that is open now for every county and kind, so that everything can be tried."""
    now = portal.now()
    for event in portal.catalogue.life_events.values():
        await announce_missing(
            session, portal, event, now - timedelta(days=1), now + OPEN_FOR, "portal"
        )
