"""Relief and care for older people, and childcare support: plans, guidance, requests, amounts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue import load
from app.demo_city import OFFICERS
from app.demo_city.helped import HELPED
from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.fields import read_value
from app.forms.specimen import specimen
from app.lifeevents.childcare_support import CHILDCARE_SUPPORT
from app.lifeevents.disability_aid import DISABILITY_AID
from app.lifeevents.relief_and_care import RELIEF_AND_CARE
from app.services.elderly.granting import (
    CareClaim,
    PaidElder,
    VoucherClaim,
    allowance_granted,
    care_granted,
    voucher_given,
)
from app.services.relief.emergency import (
    GIVE_TEMPORARY_RELIEF,
    GIVE_URGENT_RELIEF,
    Emergency,
    emergency_helped,
)
from app.services.relief.granting import Grant, destitute_granted, minimum_granted
from app.services.relief.township import PUBLISH_RELIEF
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.public_service import StandInRefusal, Ticket
from app.workflow.eligibility import outcome
from app.workflow.plan import plan
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
ID, OLD_ID = "331002199003070020", "331024194203101574"
TICKET = Ticket("key", TODAY, 7)
BASE: dict[str, Answer] = {
    "for_whom": "self",
    "age": "60-or-more",
    "over_80": "yes",
    "register": "here",
    "relief": "none",
    "urgent": "no",
    "assessed": "no",
    "projects": [],
}
LADDER_IN_ORDER = ("check-family-income", "verify-relief", "publish-relief")
LADDER = set(LADDER_IN_ORDER)


def made_answers(event: Any = RELIEF_AND_CARE, **chosen: Answer) -> Answers:
    base = BASE if event is RELIEF_AND_CARE else {}
    return specimen(event, TODAY, {**base, **chosen})


def planned(event: Any = RELIEF_AND_CARE, **chosen: Answer) -> dict[str, Any]:
    case = CaseFile("TZ-TEST", Person("王小样", ID), made_answers(event, **chosen), TODAY)
    return {step.key: step for step in plan(event, case, "331002", lambda *_: "system")}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"seeking": ["minimum"]}, LADDER | {"grant-minimum-living"}),
        ({"seeking": ["destitute"]}, LADDER | {"grant-destitute-support"}),
        ({"seeking": ["minimum"], "register": "visiting"}, set()),
        ({"seeking": ["minimum"], "relief": "near"}, set()),
        ({"seeking": ["temporary"], "register": "visiting"}, {"give-temporary-relief"}),
        ({"seeking": ["temporary"], "urgent": "yes"}, {"give-urgent-relief"}),
        ({"seeking": ["temporary"], "register": "lives-here"}, {"give-temporary-relief"}),
        ({"seeking": ["old-age"]}, {"pay-old-age-allowance"}),
        ({"seeking": ["old-age"], "over_80": "no"}, set()),
        ({"seeking": ["elderly-care"]}, {"assess-care-need", "pay-elderly-care-subsidy"}),
        ({"seeking": ["elderly-care"], "assessed": "yes"}, {"pay-elderly-care-subsidy"}),
        ({"seeking": ["elderly-care"], "age": "18-59"}, set()),
        ({"seeking": ["voucher"]}, {"assess-care-need", "give-care-voucher"}),
        ({"seeking": ["voucher"], "relief": "destitute"}, set()),
        ({"seeking": ["adaptation"]}, {"adapt-elderly-home"}),
        ({"seeking": ["adaptation"], "age": "18-59"}, set()),
        ({"seeking": ["other"]}, {"refer-to-relief"}),
        (
            {"seeking": ["elderly-care", "voucher"]},
            {"assess-care-need", "pay-elderly-care-subsidy", "give-care-voucher"},
        ),
    ],
)
def test_each_need_has_its_services(chosen: dict[str, Answer], expected: set[str]):
    assert set(planned(**chosen)) == expected
    kind = outcome(RELIEF_AND_CARE, made_answers(**chosen)).kind
    assert (kind == "stop") == (not expected)


def test_the_relief_ladder_is_income_township_notice_county():
    steps = planned(seeking=["minimum", "destitute"])
    assert steps["verify-relief"].requires == ("check-family-income",)
    assert steps["publish-relief"].requires == ("verify-relief",)
    assert steps["grant-minimum-living"].requires == ("verify-relief", "publish-relief")
    assert steps["grant-destitute-support"].requires == ("verify-relief", "publish-relief")
    notice = PUBLISH_RELIEF.not_before
    assert notice is not None
    assert (notice.days, notice.working) == (7, False)
    assert PUBLISH_RELIEF.excluded is not None
    promised = {key: step.step.service.promised.working_days for key, step in steps.items()}
    assert (promised["verify-relief"], promised["grant-minimum-living"]) == (15, 5)


def test_who_is_in_urgent_need_is_told_at_once_where_to_call():
    told = outcome(RELIEF_AND_CARE, made_answers(seeking=["temporary"], urgent="yes")).told
    assert any("12349" in guidance.what.zh for guidance in told)
    assert GIVE_URGENT_RELIEF.promised.hours == 24
    assert "24小时" in GIVE_URGENT_RELIEF.promised.source
    assert GIVE_TEMPORARY_RELIEF.promised.working_days is None


def test_nobody_is_asked_for_income_who_asks_for_the_allowance():
    answers = made_answers(seeking=["old-age"])
    asked = {
        question.id for place in places(RELIEF_AND_CARE, answers) for question in place.questions
    }
    assert "benefit_account" in asked
    assert not {"own_income", "member_name", "owned", "self_care", "hardship"} & asked


def test_one_assessment_serves_subsidy_and_voucher():
    answers = made_answers(seeking=["elderly-care", "voucher"], relief="minimum", self_care="basic")
    answers = answers.with_values({"person_id": OLD_ID})
    sent = {step.step.service.id: step for step in rehearse(RELIEF_AND_CARE, answers, TODAY)}
    for service in ("pay-elderly-care-subsidy", "give-care-voucher"):
        request = sent[service].request
        assert isinstance(request, CareClaim | VoucherClaim)
        assert request.level == "basic"
        assert sent[service].refusal is None


PERSON = {
    "person_name": "蒋阿根",
    "person_id": OLD_ID,
    "contact_name": "蒋阿根",
    "contact_phone": "13800000000",
    "county": "331024",
    "township": "331024001",
    "address": "样例路1号",
}
ACCOUNT = {"account_holder": "蒋阿根", "account_bank": "样例银行", "account_number": "1"}


def paid(made: Any) -> Decimal | None:
    return None if isinstance(made, StandInRefusal) else made.monthly_yuan


@pytest.mark.parametrize(
    ("per_head", "people", "yuan"), [("1000", 3, "123"), ("0", 1, "1041"), ("1041", 2, None)]
)
def test_the_minimum_living_fills_the_gap(per_head: str, people: int, yuan: str | None):
    grant = Grant.model_validate(
        {
            **PERSON,
            **ACCOUNT,
            "proposal_number": "CS0000001",
            "notice_number": "GS0000001",
            "people": people,
            "per_head": per_head,
        }
    )
    assert paid(minimum_granted(grant, TICKET)) == (Decimal(yuan) if yuan else None)
    assert paid(destitute_granted(grant, TICKET)) == Decimal("1353.30")


def test_urgent_help_comes_before_papers():
    emergency = {**PERSON, "hardship": "fire", "basis": "register"}
    urgent = emergency_helped(Emergency.model_validate({**emergency, "urgent": True}), TICKET)
    later = emergency_helped(Emergency.model_validate({**emergency, "urgent": False}), TICKET)
    assert "先行救助" in urgent.way
    assert "先行救助" not in later.way


def old(id_number: str = OLD_ID, **changes: Any) -> dict[str, Any]:
    without_address = {name: value for name, value in PERSON.items() if name != "address"}
    return {**without_address, **ACCOUNT, "person_id": id_number, **changes}


def test_the_allowance_follows_age_and_county():
    def allowance(**changes: Any) -> Decimal | None:
        return paid(allowance_granted(PaidElder.model_validate(old(**changes)), TICKET))

    assert allowance() == 60
    assert allowance(id_number="331024193203101575") == 100
    assert allowance(id_number=ID) is None
    assert allowance(id_number="331002192203101571", county="331002") is None


@pytest.mark.parametrize(
    ("changes", "yuan"),
    [
        ({"level": "total"}, 500),
        ({"level": "partly"}, 125),
        ({"level": "able"}, 125),
        ({"level": "able", "id_number": "331024196003101572"}, None),
        ({"level": "total", "id_number": ID}, None),
        ({"level": "total", "relief": "near"}, None),
        ({"level": "total", "cared_at": "institution"}, None),
    ],
)
def test_the_care_subsidy_of_poor_families(changes: dict[str, Any], yuan: int | None):
    usual = {"relief": "minimum", "cared_at": "home"}
    claim = CareClaim.model_validate(old(**{**usual, **changes}))
    assert paid(care_granted(claim, TICKET)) == yuan


@pytest.mark.parametrize(
    ("changes", "day", "yuan"),
    [
        ({}, TODAY, 800),
        ({"cared_at": "institution"}, TODAY, 800),
        ({"level": "able"}, TODAY, None),
        ({"relief": "destitute"}, TODAY, None),
        ({"projects": ["home-bed"]}, TODAY, None),
        ({}, date(2025, 9, 1), 500),
        ({}, date(2027, 1, 1), None),
    ],
)
def test_vouchers_run_from_day_to_day(changes: dict[str, Any], day: date, yuan: int | None):
    usual = {"level": "basic", "relief": "none", "cared_at": "home"}
    given = {**old(**{**usual, **changes})}
    for name in ACCOUNT:
        del given[name]
    claim = VoucherClaim.model_validate(given)
    assert paid(voucher_given(claim, Ticket("key", day, 7))) == yuan


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"wanted": ["subsidy"]}, {"claim-childcare-subsidy:1"}),
        ({"wanted": ["place"], "registered": "elsewhere"}, {"request-childcare-place:1"}),
        ({"wanted": ["subsidy"], "registered": "elsewhere"}, set()),
        (
            {"wanted": ["subsidy", "place"], "number_of_children": "2"},
            {
                "claim-childcare-subsidy:1",
                "claim-childcare-subsidy:2",
                "request-childcare-place:1",
                "request-childcare-place:2",
            },
        ),
    ],
)
def test_childcare_support_stands_on_its_own(chosen: dict[str, Answer], expected: set[str]):
    assert set(planned(CHILDCARE_SUPPORT, **chosen)) == expected


def test_a_father_claims_for_a_child_of_two():
    answers = made_answers(CHILDCARE_SUPPORT, for_whom="father", wanted=["subsidy"])
    answers = answers.with_item("child", 0, {"born_on": "2024-10-05"})
    (played,) = rehearse(CHILDCARE_SUPPORT, answers, TODAY)
    assert played.refusal is None
    assert played.request is not None
    assert played.request.model_dump()["relation"] == "father"


def test_a_birthday_must_be_that_of_the_number():
    (check,) = (
        c for page in CHILDCARE_SUPPORT.pages for c in page.checks if c.question == "born_on"
    )
    number: dict[str, Answer] = {"child_id": "331002202410050011"}
    assert check.holds(Answers({**number, "born_on": "2024-10-05"}, TODAY))
    assert not check.holds(Answers({**number, "born_on": "2024-10-06"}, TODAY))


@pytest.mark.parametrize("event", [DISABILITY_AID, RELIEF_AND_CARE, CHILDCARE_SUPPORT])
def test_every_authority_of_the_plan_has_an_officer(event: Any):
    needed = {step.service.authority.id for step in event.steps}
    assert needed <= {officer.authority for officer in OFFICERS if officer.county is None}


@pytest.mark.parametrize("person", HELPED, ids=lambda person: person.id)
@pytest.mark.parametrize("event", [DISABILITY_AID, RELIEF_AND_CARE], ids=lambda event: event.id)
def test_registers_answer_with_what_questions_can_take(person: Any, event: Any):
    asks = {ask.register.id: ask for ask in event.asks}
    taken = 0
    for role in ("self", "guardian"):
        case = CaseFile(
            "TZ", Person(person.name, person.id_number), Answers({"for_whom": role}, TODAY), TODAY
        )
        for question in event.questions:
            if question.shared is None or question.shared.register not in person.records:
                continue
            ask = asks[question.shared.register]
            facts = ask.register.stand_in(
                ask.request(case), person.records_on(TODAY)[ask.register.id]
            )
            fact = facts.model_dump(mode="json")[question.shared.fact] if facts else None
            if fact is not None:
                assert read_value(question, fact, TODAY) == fact, question.id
                taken += 1
    assert taken >= 4


def test_what_can_be_started_begins_with_answers_of_its_event():
    city = load()
    for benefit in city.benefits.values():
        guidance = {question.id for question in city.life_events[benefit.starts].guidance}
        assert benefit.presets.keys() <= guidance
