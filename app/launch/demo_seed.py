"""Fills an empty demo database with the people and papers of the demo city."""

from app.cases.portal import open_portal
from app.database import open_database
from app.identity.seeding import seed_people
from app.settings import Settings


async def seed(settings: Settings) -> None:
    """Add what is missing; running it again changes nothing. Does nothing outside demo mode."""
    if not settings.is_demo:
        return
    database = open_database(settings, "seed")
    try:
        async with database.transaction() as session:
            await seed_people(session, open_portal(settings))
    finally:
        await database.close()
