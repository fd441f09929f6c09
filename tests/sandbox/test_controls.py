"""What the sandbox refuses, how it is set, and what it tells nobody."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.integration.department_client import DepartmentClients
from app.services.birth_certificate import (
    REGISTER_FERTILITY,
)
from app.services.tax_payment import PAY_MEDICAL_CONTRIBUTION
from tests.sandbox.running import HEALTH, REQUEST, Running, errand, post, signed


def test_requests_without_the_right_signature_are_not_heard(sandbox: Running):
    path = f"/{HEALTH}{REGISTER_FERTILITY.path}"
    assert post(sandbox, path, b"{}").status_code == 401
    other = signed(sandbox, "tax", b"{}", "a.0")
    assert post(sandbox, path, b"{}", **other).status_code == 401


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1]",
        b"{",
        b'{"case": "TZ"}',
        b'{"case": "T", "step": "s", "callback": "http://127.0.0.1/", "request": {"married": 3}}',
        b'{"case": "TZ", "step": "s", "callback": "http://192.0.2.1/", "request": '
        + REQUEST.model_dump_json().encode()
        + b"}",
    ],
    ids=["empty", "list", "broken", "nothing", "fields", "callback-elsewhere"],
)
def test_requests_that_do_not_fit_are_refused_without_repeating_them(
    sandbox: Running, content: bytes
):
    path = f"/{HEALTH}{REGISTER_FERTILITY.path}"
    reply = post(sandbox, path, content, **signed(sandbox, HEALTH, content, f"{uuid4()}.0"))
    assert reply.status_code == 422
    assert "陈雨桐" not in reply.text


def test_an_oversized_request_is_refused(sandbox: Running):
    path = f"/{HEALTH}{REGISTER_FERTILITY.path}"
    assert post(sandbox, path, b"x" * (1024 * 1024 + 1)).status_code == 413


def test_there_is_nothing_at_other_addresses(sandbox: Running):
    assert post(sandbox, "/nobody/nothing", b"{}").status_code == 404
    assert httpx.get(f"{sandbox.url}/health", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("nobody", {}, 404),
        (HEALTH, {"mode": "sometimes"}, 422),
        (HEALTH, {"faults": [{"kind": "slow", "probability": 2}]}, 422),
        (HEALTH, {"unknown": 1}, 422),
    ],
)
def test_settings_that_do_not_fit_are_refused(
    sandbox: Running, path: str, content: dict[str, Any], status: int
):
    url = f"{sandbox.url}/control/authorities/{path}"
    assert httpx.put(url, json=content, trust_env=False).status_code == status


def test_another_sites_page_cannot_set_the_sandbox(sandbox: Running):
    url = f"{sandbox.url}/controls/{HEALTH}"
    form = {"kind": "down"}
    assert httpx.post(url, data=form, trust_env=False).status_code == 403
    elsewhere = {"origin": "http://evil.example"}
    assert httpx.post(url, data=form, headers=elsewhere, trust_env=False).status_code == 403
    reset = httpx.post(f"{sandbox.url}/control/reset", data=form, trust_env=False)
    assert reset.status_code == 415


def test_the_page_sets_a_fault_without_a_script(sandbox: Running):
    shown = httpx.get(sandbox.url, trust_env=False)
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "<script" not in shown.text
    assert f'action="/controls/{PAY_MEDICAL_CONTRIBUTION.authority.id}"' in shown.text
    form = {
        "mode": "later",
        "callback_seconds": "5",
        "kind": "slow",
        "probability": "0.5",
        "next": "",
        "seconds": "7",
        "seed": "x",
    }
    own = {"origin": sandbox.url}
    saved = httpx.post(f"{sandbox.url}/controls/tax", data=form, headers=own, trust_env=False)
    assert saved.status_code == 303
    kept = sandbox.control("tax")
    assert kept["mode"] == "later"
    assert kept["faults"] == [
        {"kind": "slow", "probability": 0.5, "next": None, "seconds": 7.0, "service": None}
    ]


async def test_nothing_personal_is_told_by_the_account_or_the_log(
    clients: DepartmentClients, sandbox: Running
):
    asking = errand()
    await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    told = json.dumps(sandbox.ledger(asking.case_number), ensure_ascii=False)
    written = sandbox.errors.read_text()
    for personal in (REQUEST.mother_name, REQUEST.mother_document, REQUEST.address):
        assert personal not in told + written
