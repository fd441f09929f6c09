"""Gives every test worker a migrated database of its own and keeps tests off the network."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.database import Database, make_engine
from app.launch import embedded_postgres
from app.launch.postgres_files import ROOT_HOME
from app.settings import PROJECT_FOLDER, Settings, with_demo_keys
from tests.database_template import drop_database, make_database, migrated_template

copies = count(1)

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A PostgreSQL server that may create databases: TEST_DATABASE_URL, or the embedded one."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    server = embedded_postgres.start(PROJECT_FOLDER / "var", "test-postgres", durable=False)
    yield server.url
    server.stop()


@pytest.fixture
def server_folder(tmp_path: Path) -> Iterator[Path]:
    """A var folder for tests that start embedded servers of their own; all of it is removed."""
    yield tmp_path
    for kept in tmp_path.rglob("installation-id"):
        for folder in ROOT_HOME.glob(f"{kept.read_text()}-*"):
            shutil.rmtree(folder)


@pytest.fixture
def own_server(server_folder: Path) -> Iterator[embedded_postgres.Server]:
    """A server of one test, which may `restart` it."""
    server = embedded_postgres.start(server_folder, "own", durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def database_template(server_url: str) -> str:
    """The name of a migrated, empty database."""
    return migrated_template(server_url)


@pytest.fixture(scope="session")
def database_url(server_url: str, database_template: str) -> Iterator[str]:
    """This worker's own migrated database, for the whole run."""
    copy = asyncio.run(make_database(server_url, database_template, "worker"))
    yield copy
    asyncio.run(drop_database(server_url, copy))


@pytest.fixture
def fresh_database_url(server_url: str, database_template: str) -> Iterator[str]:
    """A migrated database for one test, for what runs in processes of its own."""
    copy = asyncio.run(make_database(server_url, database_template, str(next(copies))))
    yield copy
    asyncio.run(drop_database(server_url, copy))


@pytest.fixture(scope="session")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The pool on this worker's database, with limits like those of a real process."""
    engine = make_engine(
        database_url,
        server_settings={"statement_timeout": "20s", "lock_timeout": "5s", "timezone": "UTC"},
    )
    yield engine
    await engine.dispose()


@pytest.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session whose work is undone after the test, even what it commits."""
    async with engine.connect() as connection:
        outer = await connection.begin()
        async with AsyncSession(
            connection,
            expire_on_commit=False,
            autoflush=False,
            join_transaction_mode="create_savepoint",
        ) as session:
            yield session
        await outer.rollback()


@pytest.fixture
async def database(engine: AsyncEngine) -> AsyncIterator[Database]:
    """The database for tests that commit in several sessions; every table is emptied after it."""
    yield Database.of(engine)
    async with engine.begin() as connection:
        tables = await connection.scalars(
            text(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
        )
        if names := ", ".join(tables):
            await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Demo settings on this worker's database; files go to the test's own folder."""
    return with_demo_keys(Settings(database_url=database_url, var_folder=tmp_path))


@pytest.fixture(scope="session", autouse=True)
def stay_on_this_machine() -> Iterator[None]:
    """Make every connection to another machine fail: a test that needs one is not a test."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise OSError(f"A test tried to reach {address[0]}.")
        original(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Asks the system for a port of this machine that nobody uses."""

    def ask() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return ask
