"""Which app may call what, and how often."""

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.database import Database
from app.partner_api.callers import Quota
from app.partner_api.openapi import description
from tests.partner_api.conftest import App, register
from tests.partner_api.moving import new_case

SCOPES = ("life-events:read", "cases:write", "cases:read")
NUMBER = "TZ-0000-0000-0000"
CALLS = (
    ("GET", "/life-events", "life-events:read"),
    ("GET", "/life-events/moving-house", "life-events:read"),
    ("GET", "/life-events/moving-house/form", "life-events:read"),
    ("GET", "/life-events/moving-house/rounds", "life-events:read"),
    ("GET", "/cases", "cases:read"),
    ("GET", f"/cases/{NUMBER}", "cases:read"),
    ("GET", f"/cases/{NUMBER}/timeline", "cases:read"),
    ("POST", "/cases", "cases:write"),
    ("POST", f"/cases/{NUMBER}/submission", "cases:write"),
    ("PUT", f"/cases/{NUMBER}/papers/lease", "cases:write"),
)


def test_every_operation_stands_in_the_matrix(app: FastAPI):
    described = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in description()["paths"].items()
        if path.startswith("/api/v1")
        for method in operations
    }
    listed = {
        (method, path.replace(NUMBER, "{number}").replace("moving-house", "{event_id}"))
        for method, path, _ in CALLS
    }
    assert {(m, p.replace("/lease", "/{paper_id}")) for m, p in listed} == described


@pytest.mark.parametrize(("method", "path", "scope"), CALLS)
async def test_only_the_right_scope_gets_past(
    client, database: Database, reference: str, method: str, path: str, scope: str
):
    body = {"json": new_case(reference)} if path == "/cases" and method == "POST" else {}
    for name in SCOPES:
        app = await register(database, client, f"app-{name.replace(':', '-')}", name)
        answer = await app.call(method, path, **body)
        if name == scope:
            assert answer.status_code not in {401, 403}, answer.text
        else:
            assert answer.status_code == 403
            assert answer.json()["type"].endswith(":not-allowed")


@pytest.mark.parametrize(("method", "path", "_scope"), CALLS)
@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic b3RwOg==", "bearer otp_\u00e9".encode()],
)
async def test_without_a_key_nobody_gets_in(client, method: str, path: str, _scope: str, header):
    headers = {} if header is None else {"authorization": header}
    body = {"json": new_case("x")} if (method, path) == ("POST", "/cases") else {}
    answer = await client.request(
        method, f"/api/v1{path}", headers={**headers, "idempotency-key": "12345678"}, **body
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_key_that_was_taken_back_is_worth_nothing(family_app: App, database: Database):
    assert (await family_app.call("GET", "/life-events")).status_code == 200
    async with database.transaction() as session:
        await session.execute(text("UPDATE partner_apps SET active = false"))
    assert (await family_app.call("GET", "/life-events")).status_code == 401


async def test_too_many_calls_are_told_when_to_come_back(app: FastAPI, family_app: App):
    app.state.partner_quota = Quota(per_minute=12)
    answers = [await family_app.call("GET", "/life-events") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 5
    assert answers[-1].json()["type"].endswith(":too-many")


def test_a_quota_fills_again_with_time():
    now = [0.0]
    quota = Quota(per_minute=60, clock=lambda: now[0])
    assert [quota.take("a") for _ in range(10)] == [0] * 10
    assert quota.take("a") == 1
    assert quota.take("b") == 0
    now[0] += 1
    assert (quota.take("a"), quota.take("a")) == (0, 1)
    now[0] += 3600
    assert [quota.take("a") for _ in range(11)] == [0] * 10 + [1]


async def test_only_json_is_read(family_app: App, reference: str):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"):
        refused = await family_app.call(
            "POST", "/cases", content=b"{}", headers={"content-type": kind}
        )
        assert refused.status_code == 415


async def test_a_large_body_is_refused(family_app: App, reference: str):
    sent = new_case(reference, answers={"note": "x" * 600_000})
    refused = await family_app.call("POST", "/cases", json=sent)
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
