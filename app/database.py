"""The connection to PostgreSQL: one pool a process, one transaction a request or job."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Self
from uuid import UUID

import asyncpg
import orjson
from fastapi import Depends, Request
from sqlalchemy import BigInteger, MetaData, Uuid, event, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase

from app.settings import Settings

DRIVER_URL: Final = "postgresql+asyncpg://"
POOL_WAIT_SECONDS: Final = 10
NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
NOT_THERE_YET: Final = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
)


# What the driver says when the server hangs up in the middle of a statement.
LOST_UNDER_WAY: Final = (
    asyncpg.InternalClientError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


class Table(DeclarativeBase):
    """What every table is declared from: the names of its constraints follow one rule."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: TIMESTAMP(timezone=True),
        dict[str, Any]: JSONB,
        int: BigInteger,
        UUID: Uuid,
    }


@dataclass(frozen=True)
class Database:
    """The pool of this process and the sessions that borrow from it."""

    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession]
    _statements: AsyncEngine

    @classmethod
    def of(cls, engine: AsyncEngine) -> Self:
        """The database behind an engine; sessions neither expire nor flush on their own."""
        sessions = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
        # The same pool, seen through other options.
        return cls(engine, sessions, engine.execution_options(isolation_level="AUTOCOMMIT"))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One session in one transaction: committed at the end, rolled back on any error."""
        async with self.sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[AsyncSession]:
        """A session for one statement that is its own transaction: no BEGIN, no COMMIT to send."""
        async with self.sessions(bind=self._statements) as session:
            yield session

    async def warm(self, connections: int) -> None:
        """Open connections before the first request needs them."""
        opened = [await self.engine.connect() for _ in range(connections)]
        for connection in opened:
            await connection.close()

    async def close(self) -> None:
        """Give every connection back to the server."""
        await self.engine.dispose()


def open_database(settings: Settings, name: str = "portal") -> Database:
    """The database of the settings; nothing is connected before the first statement.

    `name` is shown by PostgreSQL as application_name.
    """
    return Database.of(
        make_engine(
            settings.database_url,
            pool_size=settings.pool_size,
            patience_seconds=settings.database_patience_seconds,
            server_settings=session_limits(settings) | {"application_name": name},
        )
    )


def session_limits(settings: Settings) -> dict[str, str]:
    """What PostgreSQL enforces on each of our connections, in its own words."""
    return {
        "statement_timeout": _milliseconds(settings.statement_seconds),
        "lock_timeout": _milliseconds(settings.lock_seconds),
        "idle_in_transaction_session_timeout": _milliseconds(settings.idle_transaction_seconds),
        "timezone": "UTC",
        "jit": "off",
    }


def make_engine(
    url: str,
    *,
    pool_size: int = 8,
    patience_seconds: float = 3,
    server_settings: dict[str, str] | None = None,
) -> AsyncEngine:
    """An engine for a postgresql:// address, with a pool of fixed size.

    No statement is spent on asking whether a connection lives: the driver knows when the server
    hung up, and one lost connection makes the pool replace all of them. A new connection waits
    `patience_seconds` for a server that is just restarting.
    """
    engine = create_async_engine(
        DRIVER_URL,
        async_creator=lambda: connect(url, patience_seconds, server_settings),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_SECONDS,
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "checkout", _replace_if_closed)
    return engine


async def connect(
    url: str, patience_seconds: float = 3, server_settings: dict[str, str] | None = None
) -> asyncpg.Connection:
    """A connection of the driver itself; also what the job engine listens on.

    Raises what asyncpg raises once the patience is over.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + patience_seconds
    pause = 0.05
    while True:
        try:
            return await asyncpg.connect(plain_url(url), server_settings=server_settings)
        except NOT_THERE_YET:
            if loop.time() + pause > until:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, 0.5)


def plain_url(url: str) -> str:
    """The address as PostgreSQL's own tools spell it, whatever driver the operator named."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    return f"postgresql://{rest}"


async def raw_asyncpg(session: AsyncSession) -> asyncpg.Connection:
    """The driver's connection inside the session's transaction, for the job engine and COPY.

    What is done with it is committed or rolled back with the session.
    """
    connection = await session.connection()
    raw: asyncpg.Connection = (await connection.get_raw_connection()).driver_connection
    if not raw.is_in_transaction():
        await connection.execute(text("SELECT 1"))  # SQLAlchemy says BEGIN with the first statement
    return raw


async def open_transaction(request: Request) -> AsyncIterator[AsyncSession]:
    """The transaction of a request, on the Database kept as `app.state.database`."""
    database: Database = request.app.state.database
    async with database.transaction() as session:
        yield session


Transaction = Annotated[AsyncSession, Depends(open_transaction, scope="function")]
"""A route's session: committed before the answer leaves, rolled back when the route raises."""


def is_outage(error: BaseException) -> bool:
    """Whether the database was away, so that trying the same again later is sensible."""
    if isinstance(error, DBAPIError):
        lost = isinstance(error.orig.__cause__ if error.orig else None, LOST_UNDER_WAY)
        return error.connection_invalidated or lost
    return isinstance(error, (PoolTimeout, *NOT_THERE_YET))


def _replace_if_closed(dbapi_connection: Any, _record: object, _proxy: object) -> None:
    # Any: SQLAlchemy's adapter has no public type for what its events hand over.
    if dbapi_connection.driver_connection.is_closed():
        raise InvalidatePoolError


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))
