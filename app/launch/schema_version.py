"""Tells quickly whether a database has the newest tables, so that most starts need no Alembic."""

import re
from typing import Final

import asyncpg

from app.settings import PROJECT_FOLDER

NAME: Final = re.compile(r"\d{4}_\d{2}_\d{2}_(\d{4})_\w+\.py")


async def is_current(database_url: str) -> bool:
    """Whether the newest migration file is the one that the database has seen last."""
    connection = await asyncpg.connect(database_url)
    try:
        seen = await connection.fetch("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return False
    finally:
        await connection.close()
    return [row["version_num"] for row in seen] == [newest_revision()]


def newest_revision() -> str:
    """The highest number among the migration files."""
    files = (PROJECT_FOLDER / "migrations" / "versions").glob("*.py")
    return max(found[1] for file in files if (found := NAME.fullmatch(file.name)))
