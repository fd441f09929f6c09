"""Departments as the sandbox plays them: once per key, later, and asking for supplements."""

from standardwebhooks import Webhook

from app.demo_city import RESIDENTS
from app.integration.department_client import DepartmentClients, Found, NothingHeld
from app.services.birth_certificate import (
    BIRTH_RECORDS,
    REGISTER_FERTILITY,
    BirthRecordQuery,
)
from app.services.childcare import CLAIM_CHILDCARE_SUBSIDY, SubsidyClaim
from app.services.social_security import ISSUE_SOCIAL_SECURITY_CARD
from app.vocabulary.public_service import Accepted, Completed, Refused, Unavailable
from tests.sandbox.running import CARD, CARDS, REQUEST, Portal, Running, errand


async def test_a_department_does_a_step_once_however_often_it_is_asked(
    clients: DepartmentClients, sandbox: Running
):
    asking = errand()
    first = await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    again = await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    assert isinstance(first, Completed)
    assert first == again
    (step,) = sandbox.ledger(asking.case_number)["steps"]
    assert (step["asked"], step["effects"], step["keys"]) == (2, 1, 1)


async def test_a_key_may_not_be_used_for_another_request(
    clients: DepartmentClients, sandbox: Running
):
    asking = errand()
    await clients.deliver(REGISTER_FERTILITY, REQUEST, asking)
    other = REQUEST.model_copy(update={"birth_order": 2})
    refused = await clients.deliver(REGISTER_FERTILITY, other, asking)
    assert isinstance(refused, Unavailable)
    assert refused.permanent
    assert sandbox.effects(asking.case_number) == 1


async def test_the_ledger_shows_a_step_that_was_asked_under_two_ids(
    clients: DepartmentClients, sandbox: Running
):
    first = errand()
    await clients.deliver(REGISTER_FERTILITY, REQUEST, first)
    await clients.deliver(REGISTER_FERTILITY, REQUEST, errand(case_number=first.case_number))
    (twice,) = sandbox.ledger(first.case_number)["effects_twice"]
    assert twice["effects"] == 2


async def test_a_refusal_has_its_reason_and_no_effect(clients: DepartmentClients, sandbox: Running):
    sandbox.set("township", mode="at-once")
    request = SubsidyClaim(
        child_name="林小雨",
        citizen_id="331002202611150027",
        born_on="2026-11-15",
        county="331002",
        township="331002002",
        claimant_name="陈雨桐",
        claimant_document="331002199404122264",
        relation="mother",
        account_holder="别人",
        account_bank="演示银行",
        account_number="6222000000000000",
    )
    asking = errand(step_key="claim-childcare-subsidy:1")
    refused = await clients.deliver(CLAIM_CHILDCARE_SUBSIDY, request, asking)
    assert isinstance(refused, Refused)
    assert refused.reason
    assert sandbox.effects(asking.case_number) == 0


async def test_registers_answer_about_demo_people_only(clients: DepartmentClients):
    mother = next(person for person in RESIDENTS if person.id == "wang-siqi")
    found = await clients.look_up(
        BIRTH_RECORDS, BirthRecordQuery(id_number=mother.id_number), errand()
    )
    assert isinstance(found, Found)
    assert found.facts["sex"] == ["1", "2"]
    unknown = BirthRecordQuery(id_number="331002199003070020")
    assert isinstance(await clients.look_up(BIRTH_RECORDS, unknown, errand()), NothingHeld)
    nothing = next(person for person in RESIDENTS if person.id == "wu-min")
    unheld = BirthRecordQuery(id_number=nothing.id_number)
    assert isinstance(await clients.look_up(BIRTH_RECORDS, unheld, errand()), NothingHeld)


async def test_an_answer_that_comes_later_comes_signed_with_the_key_it_answers(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.set(CARDS, callback_seconds=0.1)
    asking = errand(step_key="issue-social-security-card:1")
    accepted = await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    assert isinstance(accepted, Accepted)
    (body,) = portal.wait_for(asking.idempotency_key, 1)
    assert body["status"] == "completed"
    assert body["reference"] == accepted.reference
    ISSUE_SOCIAL_SECURITY_CARD.produces.fields.model_validate(body["output"])
    headers, _, raw, _ = portal.about(asking.idempotency_key)[0]
    assert headers["x-authority"] == CARDS
    Webhook(sandbox.settings.department_key(CARDS)).verify(raw, headers)
    asked_again = await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    assert isinstance(asked_again, Completed)
    assert asked_again.output == body["output"]
    assert sandbox.effects(asking.case_number) == 1


async def test_before_its_callback_is_due_a_department_repeats_that_it_is_working(
    clients: DepartmentClients, sandbox: Running
):
    sandbox.set(CARDS, callback_seconds=60)
    asking = errand()
    first = await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    assert first == await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    assert isinstance(first, Accepted)


async def test_a_supplement_is_asked_once_and_then_the_step_is_done(
    clients: DepartmentClients, sandbox: Running, portal: Portal
):
    sandbox.set(CARDS, mode="supplement", callback_seconds=0.1)
    asking = errand()
    accepted = await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, asking)
    assert isinstance(accepted, Accepted)
    (body,) = portal.wait_for(asking.idempotency_key, 1)
    assert body["status"] == "supplement"
    assert body["points"][0]["text"]
    assert sandbox.effects(asking.case_number) == 0
    later = errand(
        case_number=asking.case_number,
        idempotency_key=asking.idempotency_key.removesuffix("0") + "1",
        round=1,
        supplement=[{"text": body["points"][0]["text"], "answer": "已补充", "files": []}],
    )
    done = await clients.deliver(ISSUE_SOCIAL_SECURITY_CARD, CARD, later)
    assert isinstance(done, Completed)
    assert done.reference == accepted.reference
    assert sandbox.effects(asking.case_number) == 1
