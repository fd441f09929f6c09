"""Departments answer steps: what is kept, what is thanked again, and what is turned away."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from standardwebhooks import Webhook

from app.cases.job_queue import INBOX_QUEUE
from app.database import Database
from app.settings import Settings

ADDRESS = "/api/departments/callbacks"
POLICE = "test-police"
Headers = dict[str, str]


def completed(**changes: Any) -> dict[str, Any]:
    """An answer that a department could give."""
    answer = {
        "key": f"{uuid4()}.0",
        "reference": "MOVE-1",
        "status": "completed",
        "output": {"entry": "E-7"},
    }
    return {**answer, **changes}


def signed(
    settings: Settings,
    body: bytes,
    *,
    sender: str = POLICE,
    key_of: str = "",
    message: str = "m-1",
    seconds_ago: float = 0,
) -> Headers:
    """The headers of a message as `sender` would send it, signed with the key of `key_of`."""
    at = int(time.time() - seconds_ago)
    webhook = Webhook(settings.department_key(key_of or sender))
    signature = webhook.sign(message, datetime.fromtimestamp(at, UTC), body.decode())
    return {
        "content-type": "application/json",
        "x-authority": sender,
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": signature,
    }


async def inbox(database: Database) -> list[Any]:
    async with database.transaction() as session:
        return list(await session.execute(text("SELECT * FROM inbox ORDER BY received_at")))


async def jobs(database: Database) -> int:
    async with database.transaction() as session:
        found = await session.scalar(
            text("SELECT count(*) FROM pgqueuer WHERE entrypoint = :queue"), {"queue": INBOX_QUEUE}
        )
        return int(found or 0)


async def test_an_answer_is_kept_sealed_with_its_job(
    client: httpx.AsyncClient, settings: Settings, database: Database, app: FastAPI
):
    answer = completed()
    body = orjson.dumps(answer)
    thanks = await client.post(ADDRESS, content=body, headers=signed(settings, body))
    assert (thanks.status_code, thanks.json()) == (202, {"status": "kept"})
    (kept,) = await inbox(database)
    assert (kept.sender, kept.message_id, kept.state) == (POLICE, "m-1", "new")
    assert f"{kept.step_id}.{kept.round}" == answer["key"]
    assert b"MOVE-1" not in kept.sealed_body
    opened = app.state.portal.cipher.open(kept.sealed_body, "inbox")
    assert opened["output"] == {"entry": "E-7"}
    assert await jobs(database) == 1


async def test_the_same_message_again_is_thanked_and_changes_nothing(
    client: httpx.AsyncClient, settings: Settings, database: Database, app: FastAPI
):
    body = orjson.dumps(completed())
    other = orjson.dumps(completed(reference="MOVE-2"))
    for sent in (body, body, other):
        thanks = await client.post(ADDRESS, content=sent, headers=signed(settings, sent))
        assert thanks.status_code == 202
    (kept,) = await inbox(database)
    assert app.state.portal.cipher.open(kept.sealed_body, "inbox")["reference"] == "MOVE-1"
    assert await jobs(database) == 1


async def test_twenty_copies_at_once_are_one_message(
    client: httpx.AsyncClient, settings: Settings, database: Database
):
    body = orjson.dumps(completed())
    headers = signed(settings, body)
    answers = await asyncio.gather(
        *(client.post(ADDRESS, content=body, headers=headers) for _ in range(20))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert (len(await inbox(database)), await jobs(database)) == (1, 1)


async def test_two_departments_may_use_the_same_message_id(
    client: httpx.AsyncClient, settings: Settings, database: Database
):
    body = orjson.dumps(completed())
    for sender in (POLICE, "test-schools"):
        headers = signed(settings, body, sender=sender)
        assert (await client.post(ADDRESS, content=body, headers=headers)).status_code == 202
    assert len(await inbox(database)) == 2


def _without(name: str) -> Callable[[Headers], Headers]:
    return lambda headers: {key: value for key, value in headers.items() if key != name}


def _with(**changes: str) -> Callable[[Headers], Headers]:
    return lambda headers: {**headers, **{key.replace("_", "-"): v for key, v in changes.items()}}


FORGERIES: Mapping[str, Callable[[Headers], Headers]] = {
    "no signature": _without("webhook-signature"),
    "no id": _without("webhook-id"),
    "no time": _without("webhook-timestamp"),
    "no sender": _without("x-authority"),
    "unknown sender": _with(x_authority="somebody-else"),
    "another department": _with(x_authority="test-schools"),
    "empty signature": _with(webhook_signature=""),
    "no list": _with(webhook_signature="v1"),
    "other version": lambda h: {
        **h,
        "webhook-signature": h["webhook-signature"].replace("v1,", "v2,"),
    },
    "not base64": _with(webhook_signature="v1,%%%"),
    "cut off": lambda h: {**h, "webhook-signature": h["webhook-signature"][:-4]},
    "only spaces": _with(webhook_signature="   "),
    "other id": _with(webhook_id="m-2"),
    "time is a word": _with(webhook_timestamp="soon"),
    "time is not a number": _with(webhook_timestamp="nan"),
    "time is endless": _with(webhook_timestamp="inf"),
    "other time": lambda h: {**h, "webhook-timestamp": str(int(h["webhook-timestamp"]) - 1)},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_message_leaves_no_trace(
    client: httpx.AsyncClient,
    settings: Settings,
    database: Database,
    forge: Callable[[Headers], Headers],
):
    body = orjson.dumps(completed())
    answer = await client.post(ADDRESS, content=body, headers=forge(signed(settings, body)))
    assert answer.status_code == 401
    assert answer.json()["type"].endswith(":unknown-sender")
    assert await inbox(database) == []


async def test_every_forgery_is_told_the_same(client: httpx.AsyncClient, settings: Settings):
    body = orjson.dumps(completed())
    told = set()
    for forge in FORGERIES.values():
        answer = await client.post(ADDRESS, content=body, headers=forge(signed(settings, body)))
        told.add((answer.json()["detail"], answer.json()["detail_en"]))
    assert len(told) == 1


@pytest.mark.parametrize("seconds_ago", [360, 86_400, -360])
async def test_a_message_from_another_time_is_refused(
    client: httpx.AsyncClient, settings: Settings, database: Database, seconds_ago: float
):
    body = orjson.dumps(completed())
    headers = signed(settings, body, seconds_ago=seconds_ago)
    assert (await client.post(ADDRESS, content=body, headers=headers)).status_code == 401
    assert await inbox(database) == []


@pytest.mark.parametrize("seconds_ago", [240, -240])
async def test_four_minutes_of_difference_are_normal(
    client: httpx.AsyncClient, settings: Settings, seconds_ago: float
):
    body = orjson.dumps(completed())
    headers = signed(settings, body, seconds_ago=seconds_ago)
    assert (await client.post(ADDRESS, content=body, headers=headers)).status_code == 202


async def test_a_body_written_differently_is_another_body(
    client: httpx.AsyncClient, settings: Settings
):
    body = orjson.dumps(completed())
    headers = signed(settings, body)
    answer = await client.post(ADDRESS, content=body.replace(b":", b": "), headers=headers)
    assert answer.status_code == 401


async def test_a_header_given_twice_is_refused(client: httpx.AsyncClient, settings: Settings):
    body = orjson.dumps(completed())
    headers = [*signed(settings, body).items(), ("x-authority", POLICE)]
    assert (await client.post(ADDRESS, content=body, headers=headers)).status_code == 401


UNREADABLE: Mapping[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8 in a string": b'{"key": "\\ud800"}',
    "a list": b"[]",
    "no status": orjson.dumps({"key": f"{uuid4()}.0"}),
    "odd status": orjson.dumps(completed(status="done")),
    "accepted makes no sense here": orjson.dumps(completed(status="accepted")),
    "not our key": orjson.dumps(completed(key="42")),
    "a key with more": orjson.dumps(completed(key=f"{uuid4()}.0 ")),
    "round too large": orjson.dumps(completed(key=f"{uuid4()}.99999")),
    "completed without output": orjson.dumps(completed(output=None)),
    "refused without reason": orjson.dumps(completed(status="refused")),
    "supplement without points": orjson.dumps(completed(status="supplement")),
    "no points": orjson.dumps(completed(status="supplement", points=[])),
    "a number as reference": orjson.dumps(completed(reference=7)),
    "a line break in the reference": orjson.dumps(completed(reference="a\nb")),
    "a null character": orjson.dumps(completed(output={"entry": "\0"})),
    "output is a list": orjson.dumps(completed(output=[])),
    "NaN": b'{"key": NaN}',
    "very deep": b"[" * 20_000,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_refused_in_words(
    client: httpx.AsyncClient, settings: Settings, database: Database, body: bytes
):
    answer = await client.post(ADDRESS, content=body, headers=signed(settings, body))
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert await inbox(database) == []


async def test_a_body_that_is_not_json_by_name_is_refused(
    client: httpx.AsyncClient, settings: Settings
):
    body = orjson.dumps(completed())
    headers = {**signed(settings, body), "content-type": "text/plain"}
    assert (await client.post(ADDRESS, content=body, headers=headers)).status_code == 415


@pytest.mark.parametrize("size", [64 * 1024 + 1, 2_000_000])
async def test_a_large_body_is_refused(client: httpx.AsyncClient, settings: Settings, size: int):
    body = b"x" * size
    answer = await client.post(ADDRESS, content=body, headers=signed(settings, body))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_nothing_of_the_message_is_logged(
    client: httpx.AsyncClient, settings: Settings, capfd: pytest.CaptureFixture[str]
):
    body = orjson.dumps(completed(reference="SECRET-REF", output={"entry": "331002199003071234"}))
    await client.post(ADDRESS, content=body, headers=signed(settings, body))
    bad = orjson.dumps(completed(reference="SECRET-REF", status="SECRET-STATUS"))
    refused = await client.post(ADDRESS, content=bad, headers=signed(settings, bad, message="m-9"))
    written = "".join(capfd.readouterr()) + refused.text
    assert "callback.kept" in written
    assert "SECRET" not in written
    assert "331002199003071234" not in written
