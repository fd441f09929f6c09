"""Lets days pass for a submitted case, as if its steps had been opened earlier."""

from uuid import UUID

from sqlalchemy import text

from app.database import Database


async def days_pass(database: Database, case_id: UUID, days: int) -> None:
    """Everything under way was opened so many days earlier, and is promised as much earlier."""
    async with database.transaction() as session:
        await session.execute(
            text("""
                UPDATE steps SET opened_at = opened_at - make_interval(days => :days),
                                 promised_on = promised_on - :days
                WHERE case_id = :id AND ended_at IS NULL AND opened_at IS NOT NULL
            """),
            {"id": case_id, "days": days},
        )
