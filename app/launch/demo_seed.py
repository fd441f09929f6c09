"""Fills an empty demo database with the people and papers of the demo city."""

from app.settings import Settings


async def seed(settings: Settings) -> None:
    """Add what is missing; running it again changes nothing. Does nothing outside demo mode."""
    if not settings.is_demo:
        return
