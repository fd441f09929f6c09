"""Makes databases for tests by copying one that was migrated once."""

import asyncio
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from app.launch.migrating import migrate
from app.settings import PROJECT_FOLDER

ONE_AT_A_TIME = 20_261_124
MOST_TEMPLATES = 4
TEMPLATE_PREFIX = "template_portal_"
TEST_PREFIX = "test_portal_"


def at(url: str, database: str) -> str:
    """The same server's address, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def migrations_fingerprint() -> str:
    """Changes when any migration does."""
    digest = sha256()
    for file in sorted((PROJECT_FOLDER / "migrations" / "versions").glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def migrated_template(url: str) -> str:
    """The name of a migrated database to copy, made by whichever worker comes first."""
    name = TEMPLATE_PREFIX + migrations_fingerprint()
    asyncio.run(_make_template(url, name))
    return name


async def _make_template(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            return
        draft = f"draft_{name}"
        await connection.execute(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{draft}" TEMPLATE template0')
        await asyncio.to_thread(migrate, at(url, draft))
        await connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        await _drop_old(connection)
    finally:
        await connection.close()


async def _drop_old(connection: asyncpg.Connection) -> None:
    """Remove all but the newest templates and the databases of test runs that were killed."""
    templates = await connection.fetch(
        "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY oid DESC",
        TEMPLATE_PREFIX,
    )
    tests = await connection.fetch(
        "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", TEST_PREFIX
    )
    left = [row["datname"] for row in tests if not _is_alive(row["datname"])]
    for name in [row["datname"] for row in templates][MOST_TEMPLATES:] + left:
        with suppress(asyncpg.ObjectInUseError):
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _is_alive(database: str) -> bool:
    host, process = database.removeprefix(TEST_PREFIX).split("_")[:2]
    return host != this_host() or Path(f"/proc/{process}").exists()


def this_host() -> str:
    """Tells the databases of several machines on one server apart."""
    return sha256(os.uname().nodename.encode()).hexdigest()[:6]


async def make_database(url: str, template: str, label: str) -> str:
    """Copy the template; out: the address of the copy."""
    name = f"{TEST_PREFIX}{this_host()}_{os.getpid()}_{label}"
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        await connection.close()
    return at(url, name)


async def drop_database(url: str, copy: str) -> None:
    """Remove a copy, whoever is still connected to it."""
    connection = await asyncpg.connect(url)
    try:
        name = urlsplit(copy).path.removeprefix("/")
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()
