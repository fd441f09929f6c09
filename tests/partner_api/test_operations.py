"""What operators read: how the work stands, by authority, at one cheap statement a scrape."""

from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.cases.watching import MOST_COUNTED, standing
from app.database import Database
from tests.partner_api.conftest import App
from tests.partner_api.test_cases import submitted


async def scraped(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_a_submitted_case_is_seen_waiting(
    client: httpx.AsyncClient, family_app: App, reference: str, database: Database
):
    await submitted(family_app, reference)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE steps SET opened_at = now() - interval '90 s' WHERE state = 'ready'")
        )
    found = await scraped(client)
    assert found["portal_database_reachable",] == 1
    assert found["portal_steps_undelivered", "test-police"] == 1
    assert 80 < found["portal_oldest_undelivered_step_age_seconds", "test-police"] < 600
    assert found["portal_queue_depth", "authority:test-police", "queued"] == 1
    assert found["portal_inbox_new",] == 0


async def test_a_second_scrape_soon_asks_nobody(client: httpx.AsyncClient, engine: AsyncEngine):
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        for _ in range(3):
            await scraped(client)
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
    assert len(statements) == 1


async def test_what_waits_is_counted_by_authority_and_state(database: Database):
    async with database.transaction() as session:
        await session.execute(text(SOME_WORK))
    async with database.transaction() as session:
        now = await standing(session)
    assert now.undelivered == {"tax": 3}
    assert now.with_department == {"tax": 2, "township": 1}
    assert now.tasks == {("township", "open"): 1}
    assert now.newest_steps == {
        ("s", "ready"): 3,
        ("s", "with-department"): 3,
        ("s", "done"): 1,
        ("s", "at-desk"): 1,
    }
    assert now.messages == 1
    assert 3500 < now.oldest_message < 3700
    assert now.breakers_open == {"tax"}
    assert max(now.oldest_undelivered.values()) > 80_000


async def test_counting_reads_an_index_and_stops_at_the_cap(database: Database):
    async with database.transaction() as session:
        await session.execute(text(SOME_WORK))
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        for table, condition in (
            ("steps", "state IN ('ready', 'with-department') ORDER BY due_at"),
            ("tasks", "state IN ('open', 'claimed', 'paused')"),
            ("inbox", "state = 'new' ORDER BY due_at"),
            ("steps", "true ORDER BY id DESC"),
        ):
            plan = "\n".join(
                await session.scalars(
                    text(f"EXPLAIN SELECT 1 FROM {table} WHERE {condition} LIMIT {MOST_COUNTED}")  # noqa: S608
                )
            )
            assert "Index" in plan, plan
            assert "Seq Scan" not in plan, plan


SOME_WORK = """
    WITH resident AS (
        INSERT INTO residents (id, identity_index, sealed_identity)
        VALUES (gen_random_uuid(), 'x', 'x') RETURNING id
    ), one AS (
        INSERT INTO cases (id, number, life_event, definition, resident_id, state)
        SELECT gen_random_uuid(), 'TZ-X', 'birth', '1', id, 'running' FROM resident RETURNING id
    ), work AS (
        INSERT INTO steps (id, case_id, key, service_id, authority_id, position, channel, state,
                           requires, uses, due_at, opened_at)
        SELECT gen_random_uuid(), one.id, 'k' || n, 's', authority, n, 'system', state, '{}', '{}',
               now(), now() - interval '1 day'
        FROM one, (VALUES (1, 'tax', 'ready'), (2, 'tax', 'ready'), (3, 'tax', 'ready'),
                          (4, 'tax', 'with-department'), (5, 'tax', 'with-department'),
                          (6, 'township', 'with-department'), (7, 'township', 'done'),
                          (8, 'township', 'at-desk')) AS step (n, authority, state)
        RETURNING id, case_id, state
    ), desk AS (
        INSERT INTO tasks (id, case_id, step_id, kind, state, authority_id, county, case_number,
                           life_event, service_id, applicant_hint, promised_on)
        SELECT gen_random_uuid(), case_id, id, 'decide', 'open', 'township', '', 'TZ-X', 'birth',
               's', '', now()::date
        FROM work WHERE state = 'at-desk'
    ), message AS (
        INSERT INTO inbox (sender, message_id, step_id, round, sealed_body, received_at)
        VALUES ('tax', 'm', gen_random_uuid(), 0, 'x', now() - interval '1 hour')
    )
    INSERT INTO authority_health (authority_id, open_until)
    VALUES ('tax', now() + interval '1 hour'), ('township', now() - interval '1 hour')
"""
