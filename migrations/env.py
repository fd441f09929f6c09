"""Runs the migrations, one process at a time, on the database of the settings."""

import asyncio
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from app.database import Table, make_engine
from app.settings import load_settings

TABLES = (
    "app.cases.tables",
    "app.cases.side_tables",
    "app.cases.round_tables",
    "app.cases.grant_tables",
    "app.identity.tables",
)
ONE_AT_A_TIME = 20_261_123
LONGEST_WAIT_FOR_ANOTHER = "120s"

for module in TABLES:
    if find_spec(module):
        import_module(module)


def database_url() -> str:
    """The database given by the caller of Alembic, else the one of the settings."""
    given: str | None = context.config.attributes.get("database_url")
    return given or load_settings().database_url


def is_ours(_thing: object, name: str | None, kind: str, *_: Any) -> bool:
    """Whether comparing tables and migrations concerns it: the job engine's tables do not."""
    return not (kind == "table" and (name or "").startswith("pgqueuer"))


def number_in_order(
    _context: MigrationContext, _revision: object, directives: list[MigrationScript]
) -> None:
    """Name a new revision by the next number, so that two written at once collide visibly."""
    scripts = ScriptDirectory.from_config(context.config)
    last = max((int(script.revision) for script in scripts.walk_revisions()), default=0)
    for script in directives:
        script.rev_id = f"{last + 1:04d}"


def configure(**choices: Any) -> None:
    context.configure(
        target_metadata=Table.metadata,
        include_object=is_ours,
        process_revision_directives=number_in_order,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
        **choices,
    )


def write_sql() -> None:
    """Print the statements instead of executing them."""
    configure(dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def migrate(connection: Connection) -> None:
    """Wait for our turn, then run what is missing; the lock ends with the connection."""
    connection.execute(text(f"SET lock_timeout = '{LONGEST_WAIT_FOR_ANOTHER}'"))
    connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
    connection.execute(text("SET lock_timeout = '1s'"))
    connection.commit()
    configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def migrate_online() -> None:
    engine = make_engine(database_url(), pool_size=1)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
            await connection.commit()
    finally:
        await engine.dispose()


if context.is_offline_mode():
    write_sql()
else:
    asyncio.run(migrate_online())
