"""The same call twice is done once and answered the same."""

import asyncio
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text
from sqlalchemy import table as sql_table

from app.cases.idempotent_calls import GivenAnswer, recall, remember
from app.database import Database
from tests.partner_api.conftest import App, register
from tests.partner_api.moving import ANSWERS, new_case


async def cases(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(select(func.count()).select_from(sql_table("cases"))) or 0)


@pytest.mark.parametrize("key", [None, "short", "x" * 129, "mit Leerzeichen", "\t12345678"])
async def test_a_call_without_a_usable_key_is_refused(
    family_app: App, reference: str, database: Database, key: str | None
):
    refused = await family_app.call("POST", "/cases", key=key, json=new_case(reference))
    assert refused.status_code == 400
    assert refused.json()["type"].endswith(":idempotency-key-needed")
    assert await cases(database) == 0


async def test_the_same_call_again_is_answered_the_same(
    family_app: App, reference: str, database: Database
):
    sent = new_case(reference)
    first = await family_app.call("POST", "/cases", key="call-0001", json=sent)
    again = await family_app.call("POST", "/cases", key="call-0001", json=sent)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await cases(database) == 1


async def test_the_order_of_fields_does_not_make_another_call(
    family_app: App, reference: str, database: Database
):
    sent = new_case(reference)
    turned = dict(reversed(sent.items()))
    for body in (sent, turned):
        made = await family_app.call("POST", "/cases", key="call-0002", json=body)
        assert made.status_code == 201
    assert await cases(database) == 1


async def test_the_key_of_another_call_is_refused(family_app: App, reference: str):
    await family_app.call("POST", "/cases", key="call-0003", json=new_case(reference))
    other = new_case(reference, answers={**ANSWERS, "rooms": "1", "room": [{"room_use": "x"}]})
    refused = await family_app.call("POST", "/cases", key="call-0003", json=other)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(":key-used-for-another-call")


async def test_twenty_at_once_make_one_case(family_app: App, reference: str, database: Database):
    sent = new_case(reference)
    answers = await asyncio.gather(
        *(family_app.call("POST", "/cases", key="call-0004", json=sent) for _ in range(20))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert any(answer.status_code == 201 for answer in answers)
    assert await cases(database) == 1
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert all(answer.json()["type"].endswith(":still-running") for answer in waiting)
    assert all(answer.headers["retry-after"] == "1" for answer in waiting)
    late = await family_app.call("POST", "/cases", key="call-0004", json=sent)
    assert late.status_code == 201


async def test_a_running_call_is_told_as_running(app: FastAPI, database: Database, family_app: App):
    portal = app.state.portal
    async with database.transaction() as session:
        assert await recall(session, portal, family_app.id, "call-0005", b"f") is None
        sent = new_case(str(uuid4()))
        told = await family_app.call("POST", "/cases", key="call-0005", json=sent)
    assert told.status_code == 409


async def test_a_refused_call_leaves_its_key_free(
    family_app: App, reference: str, database: Database
):
    wrong = new_case(reference, answers={**ANSWERS, "mover_name": "1"})
    refused = await family_app.call("POST", "/cases", key="call-0006", json=wrong)
    assert refused.status_code == 422
    right = await family_app.call("POST", "/cases", key="call-0006", json=new_case(reference))
    assert right.status_code == 201


async def test_two_apps_may_use_the_same_key(
    family_app: App, reference: str, database: Database, mother
):
    other = await register(database, family_app.http, "other-app", "cases:write", "cases:read")
    made = await family_app.call("POST", "/cases", key="call-0007", json=new_case(reference))
    theirs = await other.call("POST", "/cases", key="call-0007", json=new_case(reference))
    assert (made.status_code, theirs.status_code) == (201, 422)
    assert "errors" in theirs.json()


async def test_after_a_day_the_key_is_forgotten(app: FastAPI, database: Database):
    portal = app.state.portal
    answer = GivenAnswer(201, {}, {"number": "x"})
    for key in ("old-1", "old-2"):
        async with database.transaction() as session:
            await remember(session, portal, "an-app", key, b"f", answer)
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE idempotent_calls SET created_at = now() - interval '25 hours'")
        )
    async with database.transaction() as session:
        assert await recall(session, portal, "an-app", "old-1", b"another") is None
        await remember(session, portal, "an-app", "old-1", b"another", answer)
    async with database.transaction() as session:
        left = await session.scalars(text("SELECT key FROM idempotent_calls"))
        assert list(left) == ["old-1"]


async def test_the_kept_answer_is_sealed(family_app: App, reference: str, database: Database):
    made = await family_app.call("POST", "/cases", json=new_case(reference))
    async with database.transaction() as session:
        sealed = await session.scalar(text("SELECT sealed_answer FROM idempotent_calls"))
    assert made.json()["number"].encode() not in sealed
