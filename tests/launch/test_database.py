"""The pool, its transactions and what happens when PostgreSQL goes away."""

import asyncio
from pathlib import Path

import pytest
from fastapi import FastAPI, HTTPException
from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.database import (
    Database,
    Transaction,
    is_outage,
    make_engine,
    open_database,
    plain_url,
    raw_asyncpg,
)


@pytest.fixture
async def notes(engine: AsyncEngine):
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE notes (words text, facts jsonb)"))
    yield "notes"
    async with engine.begin() as connection:
        await connection.execute(text("DROP TABLE notes"))


async def count_notes(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(text("SELECT count(*) FROM notes"))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_spelling_of_the_address_is_understood(scheme):
    assert plain_url(f"{scheme}://h/d?host=/run") == "postgresql://h/d?host=/run"


def test_another_database_is_refused_in_words():
    with pytest.raises(ValueError, match="must start with postgresql://"):
        plain_url("mysql://h/d")


async def test_a_route_commits_before_the_answer_and_rolls_back_a_refusal(database, notes):
    app = FastAPI()
    app.state.database = database

    @app.post("/notes/{words}")
    async def write(words: str, session: Transaction) -> None:
        await session.execute(text("INSERT INTO notes VALUES (:words)"), {"words": words})
        if words == "refused":
            raise HTTPException(409)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://portal") as browser:
        assert (await browser.post("/notes/kept")).status_code == 200
        assert await count_notes(database) == 1
        assert (await browser.post("/notes/refused")).status_code == 409
        assert await count_notes(database) == 1


async def write_with_the_driver(database: Database, words: str, *, then_fail: bool) -> None:
    async with database.transaction() as session:
        raw = await raw_asyncpg(session)
        await raw.execute("INSERT INTO notes VALUES ($1)", words)
        if then_fail:
            raise RuntimeError


async def test_the_drivers_connection_shares_the_sessions_fate(database, notes):
    with pytest.raises(RuntimeError):
        await write_with_the_driver(database, "undone", then_fail=True)
    await write_with_the_driver(database, "done", then_fail=False)
    assert await count_notes(database) == 1


async def test_chinese_facts_survive_jsonb(engine, notes):
    facts = {"姓名": "𠮷·娜孜", "孩子": [1, 2]}
    async with engine.begin() as connection:
        stored = await connection.scalar(select(literal(facts, JSONB)))
    assert stored == facts


async def test_a_lock_held_too_long_ends_with_a_refusal(engine, database_url, notes):
    impatient = make_engine(database_url, server_settings={"lock_timeout": "100ms"})
    async with engine.begin() as holder:
        await holder.execute(text("LOCK TABLE notes"))
        with pytest.raises(DBAPIError, match="lock timeout") as refusal:
            async with impatient.begin() as waiter:
                await waiter.execute(text("SELECT * FROM notes"))
    assert not is_outage(refusal.value)
    await impatient.dispose()


async def test_the_service_heals_when_postgresql_restarts(own_server):
    database = Database.of(make_engine(own_server.url, pool_size=4))
    await database.warm(4)
    await asyncio.to_thread(own_server.restart)
    for _ in range(8):  # twice the pool: every old connection would have its turn
        async with database.transaction() as session:
            assert await session.scalar(text("SELECT 1")) == 1
    await database.close()


async def test_requests_during_a_restart_wait_for_it(own_server):
    database = Database.of(make_engine(own_server.url, pool_size=4, patience_seconds=10))
    await database.warm(4)
    restarting = asyncio.create_task(asyncio.to_thread(own_server.restart))
    answers, cut_off = [], []
    while not restarting.done():
        await asyncio.sleep(0.02)
        try:
            async with database.transaction() as session:
                answers.append(await session.scalar(text("SELECT 1")))
        except DBAPIError as error:
            # A statement that was under way when the server hung up: to be tried again later.
            cut_off.append(error)
    await restarting
    async with database.transaction() as session:
        answers.append(await session.scalar(text("SELECT 1")))
    assert set(answers) == {1}
    assert len(cut_off) <= 1
    assert all(is_outage(error) for error in cut_off), cut_off
    await database.close()


async def hang_up_on(database: Database, engine: AsyncEngine) -> None:
    async with database.transaction() as session:
        process = await session.scalar(text("SELECT pg_backend_pid()"))
        async with engine.begin() as other:
            await other.execute(select(func.pg_terminate_backend(process)))
        await session.execute(text("SELECT 1"))


async def test_a_transaction_cut_in_the_middle_is_an_outage_and_the_next_one_works(
    engine, database_url
):
    database = Database.of(make_engine(database_url, pool_size=2))
    with pytest.raises(DBAPIError) as cut:
        await hang_up_on(database, engine)
    assert is_outage(cut.value)
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await database.close()


async def test_a_server_that_is_away_is_an_outage_after_some_patience(tmp_path: Path):
    away = Database.of(make_engine(f"postgresql:///d?host={tmp_path}", patience_seconds=0.2))
    with pytest.raises(FileNotFoundError) as refusal:
        await away.warm(1)
    assert is_outage(refusal.value)


async def test_limits_of_the_settings_reach_the_server(settings):
    database = open_database(settings)
    async with database.transaction() as session:
        assert await session.scalar(text("SHOW statement_timeout")) == "15s"
        assert await session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s"
        assert await session.scalar(text("SHOW timezone")) == "UTC"
    await database.close()
