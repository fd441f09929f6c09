"""Under which editions of their life events cases are running."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_RUNNING = text("""
    SELECT life_event, definition, count(*) AS cases FROM cases WHERE state = 'running'
    GROUP BY life_event, definition ORDER BY life_event, definition
""")


async def editions_in_use(session: AsyncSession) -> Mapping[tuple[str, str], int]:
    """How many cases run under each edition, by life event and version. It reads every case."""
    rows = await session.execute(_RUNNING)
    return {(row.life_event, row.definition): row.cases for row in rows}
