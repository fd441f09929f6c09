"""The migrations lead up, down and up again, and end where the tables of the code are."""

import asyncio
import os
import subprocess
import sys

import asyncpg
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app.launch.migrating import alembic_config, drift
from app.launch.schema_version import is_current, newest_revision
from app.settings import PROJECT_FOLDER

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def tables_of(url: str) -> list[str]:
    async def asked() -> list[str]:
        connection = await asyncpg.connect(url)
        try:
            return [row["tablename"] for row in await connection.fetch(TABLES)]
        finally:
            await connection.close()

    return asyncio.run(asked())


def test_up_down_and_up_again(fresh_database_url):
    config = alembic_config(fresh_database_url)
    there = tables_of(fresh_database_url)
    assert "pgqueuer" in there
    command.downgrade(config, "base")
    assert tables_of(fresh_database_url) == ["alembic_version"]
    command.upgrade(config, "head")
    assert tables_of(fresh_database_url) == there


def test_tables_and_migrations_agree(fresh_database_url):
    assert drift(fresh_database_url) == ""


def test_whether_a_database_is_current_is_known_without_alembic(fresh_database_url):
    assert asyncio.run(is_current(fresh_database_url))
    command.downgrade(alembic_config(fresh_database_url), "-1")
    assert not asyncio.run(is_current(fresh_database_url))
    scripts = ScriptDirectory.from_config(alembic_config(fresh_database_url))
    assert newest_revision() == scripts.get_current_head()


def test_two_at_once_take_turns(fresh_database_url):
    there = tables_of(fresh_database_url)
    command.downgrade(alembic_config(fresh_database_url), "base")
    environment = {**os.environ, "DATABASE_URL": fresh_database_url}
    words = [sys.executable, "-m", "app.launch", "migrate"]
    both = [subprocess.Popen(words, cwd=PROJECT_FOLDER, env=environment) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert tables_of(fresh_database_url) == there


async def test_the_queue_survives_a_crash(session):
    unlogged = await session.scalars(
        text("SELECT relname FROM pg_class WHERE relname LIKE 'pgqueuer%' AND relpersistence = 'u'")
    )
    assert list(unlogged) == []
