"""Whatever a department does on the wire ends as a value, within the deadline."""

import asyncio
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import orjson
import pytest
from standardwebhooks import Webhook

from app.integration.department_client import (
    LARGEST_REPLY_BYTES,
    DepartmentClients,
    Errand,
    Found,
    NothingHeld,
)
from app.settings import Settings, with_demo_keys
from app.vocabulary.public_service import Accepted, Completed, Delivery, Refused, Unavailable
from tests.residents.moving_house import MOVE, PEOPLE, POLICE, MoveRequest, WhoAsks
from tests.wire_department import (
    DONE,
    Behaviour,
    WireDepartment,
    department,
    drips,
    hangs,
    never_ends,
    says,
    sends,
)

DEADLINE = 0.5
ERRAND = Errand("TZ-1", "move-household", "0190a.0", 3, "corr-12345678")
REQUEST = MoveRequest(name="林满", county="331002")


def clients_for(url: str) -> DepartmentClients:
    settings = Settings(department_urls={POLICE.id: url}, call_deadline_seconds=DEADLINE)
    return DepartmentClients(with_demo_keys(settings.model_copy(update={"secret_key": "s" * 40})))


async def answer_to(behave: Behaviour) -> tuple[Delivery, WireDepartment, DepartmentClients]:
    async with department(behave) as wire:
        clients = clients_for(wire.url)
        delivery = await clients.deliver(MOVE, REQUEST, ERRAND)
        await clients.close()
        return delivery, wire, clients


async def test_a_request_carries_key_signature_and_envelope() -> None:
    delivery, wire, clients = await answer_to(says())
    assert delivery == Completed("R-1", {"entry": "M1"})
    path, headers, body = wire.asked[0]
    assert path == "/move-household"
    assert headers["idempotency-key"] == "0190a.0"
    assert headers["x-correlation-id"] == "corr-12345678"
    sent = Webhook(clients.settings.department_key(POLICE.id)).verify(body.decode(), headers)
    assert sent["request"] == {"name": "林满", "county": "331002"}
    assert (sent["case"], sent["step"], sent["round"]) == ("TZ-1", "move-household", 0)
    assert sent["callback"].endswith("/api/departments/callbacks")


async def test_the_four_kinds_of_answer() -> None:
    accepted, *_ = await answer_to(says({"status": "accepted", "reference": "R-2"}))
    refused, *_ = await answer_to(
        says({"status": "refused", "reason": "地址不对", "rule": "第一条"})
    )
    assert accepted == Accepted("R-2")
    assert refused == Refused("地址不对", "第一条")


UNUSABLE: dict[str, Behaviour] = {
    "500": says({}, "500 Internal Server Error"),
    "502 with a page": says(b"<html>bad gateway</html>", "502 Bad Gateway"),
    "503": says({}, "503 Service Unavailable"),
    "408": says({}, "408 Request Timeout"),
    "425": says({}, "425 Too Early"),
    "html instead of json": says(b"<html></html>"),
    "empty": says(b""),
    "a list": says([1, 2]),
    "a number": says(b"7"),
    "broken json": says(b'{"status": "completed"'),
    "not utf-8": says(b'{"status": "\xff\xfe"}'),
    "nan": says(b'{"status": NaN}'),
    "deeply nested": says(b"[" * 100_000),
    "no status": says({"reference": "R"}),
    "another status": says({"status": "perhaps"}),
    "completed without output": says({"status": "completed", "reference": "R"}),
    "completed with another output": says(
        {"status": "completed", "reference": "R", "output": {"entry": {"not": "text"}}}
    ),
    "completed without reference": says({"status": "completed", "output": {"entry": "M"}}),
    "refused without a reason": says({"status": "refused"}),
    "200 with an error body": says({"error": "database down"}),
    "too long": says(b" " * (LARGEST_REPLY_BYTES + 1)),
    "never ends": never_ends,
    "hangs": hangs,
    "drips": drips,
    "hangs up at once": sends(b""),
    "half a status line": sends(b"HTTP/1.1 20"),
    "half the headers": sends(b"HTTP/1.1 200 OK\r\ncontent-le"),
    "half the body": sends(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"),
    "not http": sends(b"220 smtp ready\r\n"),
    "a negative length": sends(b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"),
    "two lengths": sends(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}"),
    "a bad chunk": sends(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n"),
    "huge headers": sends(b"HTTP/1.1 200 OK\r\n" + b"a: " + b"b" * 200_000 + b"\r\n\r\n"),
    "a broken encoding": says(b"not gzip", content_encoding="gzip"),
}


@pytest.mark.parametrize("fault", UNUSABLE)
async def test_no_fault_on_the_wire_is_more_than_unavailable_for_now(fault: str) -> None:
    started = time.perf_counter()
    delivery, *_ = await answer_to(UNUSABLE[fault])
    assert isinstance(delivery, Unavailable), fault
    assert not delivery.permanent
    assert time.perf_counter() - started < DEADLINE + 1


@pytest.mark.parametrize(
    "status", ["400 Bad Request", "401 No", "404 Not Found", "422 No", "302 X"]
)
async def test_what_asking_again_would_not_mend_is_for_a_person(status: str) -> None:
    delivery, *_ = await answer_to(says({}, status, location="http://127.0.0.1:1/"))
    assert isinstance(delivery, Unavailable)
    assert delivery.permanent


async def test_a_department_that_asks_for_time_is_heard_in_seconds_and_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    for text, least, most in (("120", 120, 120), (soon, 80, 90), ("-5", 0, 0), ("1e12", 0, 86_400)):
        delivery, *_ = await answer_to(says({}, "429 Too Many", retry_after=text))
        assert isinstance(delivery, Unavailable)
        assert delivery.retry_after is not None
        assert least <= delivery.retry_after <= most
    silly, *_ = await answer_to(says({}, "503 Busy", retry_after="soon"))
    assert silly == Unavailable("answered with status 503")


async def test_nobody_listening_is_unavailable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clients = clients_for(f"http://127.0.0.1:{port}")
    assert isinstance(await clients.deliver(MOVE, REQUEST, ERRAND), Unavailable)
    await clients.close()


async def test_a_slow_department_does_not_hold_up_more_calls_than_its_own() -> None:
    async with department(hangs) as slow, department(says()) as quick:
        clients = clients_for(slow.url)
        waiting = [asyncio.create_task(clients.deliver(MOVE, REQUEST, ERRAND)) for _ in range(30)]
        other = clients_for(quick.url)
        assert isinstance(await other.deliver(MOVE, REQUEST, ERRAND), Completed)
        answers = await asyncio.gather(*waiting)
        assert all(isinstance(answer, Unavailable) for answer in answers)
        await clients.close()
        await other.close()


async def test_a_register_answers_with_facts_nothing_or_not_at_all() -> None:
    asked = WhoAsks(id_number="11010519491231002X")
    replies = {
        "found": {"status": "found", "facts": {"full_name": "林满", "unknown": 1}},
        "none": {"status": "none"},
        "odd": {"status": "found"},
    }
    answers = {}
    for name, reply in replies.items():
        async with department(says(reply)) as wire:
            clients = clients_for(wire.url)
            answers[name] = await clients.look_up(PEOPLE, asked, ERRAND)
            await clients.close()
            assert orjson.loads(wire.asked[0][2])["purpose"] == PEOPLE.purpose.zh
    found = answers["found"]
    assert isinstance(found, Found)
    assert found.facts["full_name"] == "林满"
    assert "unknown" not in found.facts
    assert answers["none"] == NothingHeld()
    assert isinstance(answers["odd"], Unavailable)


def test_the_answer_used_above_is_one_a_department_may_give() -> None:
    assert MOVE.produces.fields.model_validate(DONE["output"])
