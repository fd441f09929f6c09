"""Every fault of the sandbox over real HTTP, and what is true after asking again."""

import asyncio
import time

import pytest

from app.demo_city import RESIDENTS
from app.integration.department_client import DepartmentClients, Found
from app.services.birth_certificate import (
    BIRTH_RECORDS,
    REGISTER_FERTILITY,
    BirthRecordQuery,
)
from app.services.social_security import ISSUE_SOCIAL_SECURITY_CARD
from app.vocabulary.public_service import Accepted, Completed, Unavailable
from tests.sandbox.running import (
    CARD,
    CARDS,
    HEALTH,
    REQUEST,
    Portal,
    Running,
    errand,
)


@pytest.mark.parametrize(
    ("kind", "done_before"),
    [
        ("error-500", 0),
        ("down", 0),
        ("closed", 0),
        ("rate-limit", 0),
        ("effect-then-500", 1),
        ("garbage", 1),
        ("hang", 1),
        ("drip", 1),
    ],
)
async def test_a_fault_is_no_answer_and_asking_again_takes_effect_once(
    clients: DepartmentClients, sandbox: Running, kind: str, done_before: int
):
    sandbox.play(HEALTH, kind, seconds=3)
    asking = errand()
    failed = await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    assert isinstance(failed, Unavailable)
    assert not failed.permanent
    assert failed.retry_after == (3.0 if kind == "rate-limit" else None)
    assert sandbox.effects(asking.case_number) == done_before
    mended = await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    assert isinstance(mended, Completed)
    assert sandbox.effects(asking.case_number) == 1
    played = sandbox.ledger(asking.case_number)["faults"]
    assert played == [{"authority": HEALTH, "kind": kind, "times": 1}]


async def test_a_slow_department_answers_late_or_too_late(
    clients: DepartmentClients, sandbox: Running
):
    sandbox.play(HEALTH, "slow", seconds=0.4)
    began = time.monotonic()
    assert isinstance(await clients.deliver(REGISTER_FERTILITY, REQUEST, errand()), Completed)
    assert time.monotonic() - began >= 0.4
    sandbox.play(HEALTH, "slow", seconds=30)
    assert isinstance(await clients.deliver(REGISTER_FERTILITY, REQUEST, errand()), Unavailable)


@pytest.mark.parametrize("kind", ["error-500", "down", "closed", "garbage", "hang", "drip"])
async def test_look_ups_meet_faults_too(clients: DepartmentClients, sandbox: Running, kind: str):
    sandbox.play(HEALTH, kind)
    query = BirthRecordQuery(id_number=RESIDENTS[0].id_number)
    assert isinstance(await clients.look_up(BIRTH_RECORDS, query, errand()), Unavailable)
    assert isinstance(await clients.look_up(BIRTH_RECORDS, query, errand()), Found)


async def test_a_fault_may_be_kept_to_one_service(clients: DepartmentClients, sandbox: Running):
    sandbox.play(HEALTH, "error-500", service="birth-record")
    assert isinstance(await clients.deliver(REGISTER_FERTILITY, REQUEST, errand()), Completed)


async def test_duplicate_callbacks_repeat_the_message_and_the_news(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.play(HEALTH, "duplicate-callbacks")
    asking = errand()
    assert isinstance(await clients.deliver(REGISTER_FERTILITY, REQUEST, asking), Accepted)
    bodies = portal.wait_for(asking.idempotency_key, 3)
    assert bodies[0] == bodies[1] == bodies[2]
    ids = [headers["webhook-id"] for headers, *_ in portal.about(asking.idempotency_key)]
    assert len(set(ids)) == 2
    assert sandbox.effects(asking.case_number) == 1


async def test_an_early_callback_overtakes_the_answer(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.play(HEALTH, "early-callback")
    asking = errand()
    reply = await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    assert isinstance(reply, Accepted)
    assert len(portal.about(asking.idempotency_key)) == 1


async def test_a_late_callback_comes_later_than_others(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.play(HEALTH, "late-callback", seconds=1)
    asking = errand()
    began = time.time()
    await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    portal.wait_for(asking.idempotency_key, 1)
    assert portal.about(asking.idempotency_key)[0][3] - began >= 1


async def test_a_callback_is_repeated_until_the_portal_has_it(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.set(CARDS, callback_seconds=0.1)
    portal.answers[:] = [500, 503]
    asking = errand()
    await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    portal.wait_for(asking.idempotency_key, 3)
    ids = {headers["webhook-id"] for headers, *_ in portal.about(asking.idempotency_key)}
    assert len(ids) == 1
    until = time.monotonic() + 5
    while sandbox.ledger(asking.case_number)["callbacks"].get("arrived") != 1:
        assert time.monotonic() < until
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.5)
    assert len(portal.about(asking.idempotency_key)) == 3


async def test_a_power_cut_loses_neither_effects_nor_callbacks_nor_settings(
    sandbox: Running, portal: Portal
):
    sandbox.set(CARDS, callback_seconds=2)
    clients = DepartmentClients(sandbox.settings)
    asking, at_once = errand(), errand()
    await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    before = await clients.deliver(REGISTER_FERTILITY, REQUEST, at_once)
    await clients.close()
    sandbox.restart()
    portal.wait_for(asking.idempotency_key, 1)
    clients = DepartmentClients(sandbox.settings)
    assert await clients.deliver(REGISTER_FERTILITY, REQUEST, at_once) == before
    await clients.close()
    assert sandbox.effects(at_once.case_number) == 1
    assert sandbox.control(CARDS)["callback_seconds"] == 2


async def test_the_same_seed_draws_the_same_faults(clients: DepartmentClients, sandbox: Running):
    steps = [errand() for _ in range(30)]

    async def run() -> list[bool]:
        sandbox.set(HEALTH, seed="a", faults=[{"kind": "error-500", "probability": 0.5}])
        return [
            isinstance(await clients.deliver(REGISTER_FERTILITY, REQUEST, step), Completed)
            for step in steps
        ]

    first = await run()
    sandbox.reset()
    assert await run() == first
    assert 3 < sum(first) < 27
