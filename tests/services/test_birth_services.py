"""Stand-ins of the services of a birth: valid numbers, repeatable answers, honest refusals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from app.forms.identifiers import (
    birth_certificate_problem,
    birthday_of,
    is_male,
    resident_id_problem,
)
from app.services.birth_certificate import ISSUE_BIRTH_CERTIFICATE, BirthCertificateRequest
from app.services.childcare import CLAIM_CHILDCARE_SUBSIDY, SubsidyClaim, subsidy_total
from app.services.civil_affairs import REFER_CHILD_AT_RISK, Referral
from app.services.household_register import (
    REGISTER_NEWBORN,
    FamilyQuery,
    HouseholdEntry,
    NewbornRegistration,
    citizen_id,
    family_of,
)
from app.services.maternity_insurance import (
    PAY_MATERNITY_ALLOWANCE,
    AllowanceClaim,
    leave_days,
)
from app.services.tax_payment import CONTRIBUTION
from app.vocabulary.public_service import StandInRefusal, Ticket

TODAY = date(2026, 11, 23)
BORN_AT = "2026-11-15T09:26"


def ticket(number: int = 7) -> Ticket:
    return Ticket("key.0", TODAY, number)


def newborn(**changed: Any) -> NewbornRegistration:
    return NewbornRegistration.model_validate(
        {
            "child_name": "林小雨",
            "sex": "2",
            "born_at": BORN_AT,
            "certificate_number": "W000000007",
            "ethnicity": "01",
            "native_place": "浙江临海",
            "mother_name": "陈雨桐",
            "mother_document": "331002199404122264",
            "father_name": "林浩然",
            "father_document": "",
            "married": True,
            "follows": "mother",
            "county": "331002",
            "township": "331002002",
            "address": "演示路18号",
            "household_kind": "family",
            "household_head": "林浩然",
            "household_number": "100200318",
            "relation_to_head": "child",
            **changed,
        }
    )


@pytest.mark.parametrize("number", [0, 1, 7, 498, 499, 123_456_789])
@pytest.mark.parametrize("sex", ["1", "2"])
@pytest.mark.parametrize("county", ["331002", "331083"])
def test_the_identity_number_fits_child_and_county(number: int, sex: str, county: str):
    made = citizen_id(county, date(2026, 2, 28), sex, number)
    assert resident_id_problem(made, TODAY) is None
    assert made[:6] == county
    assert birthday_of(made) == date(2026, 2, 28)
    assert is_male(made) is (sex == "1")


def test_consecutive_tickets_tell_twins_apart():
    made = {citizen_id("331002", TODAY, "1", number) for number in range(499)}
    assert len(made) == 499


def test_the_same_request_and_ticket_give_the_same_entry():
    first = REGISTER_NEWBORN.stand_in(newborn(), ticket())
    assert first == REGISTER_NEWBORN.stand_in(newborn(), ticket())
    assert first != REGISTER_NEWBORN.stand_in(newborn(), ticket(8))


def test_an_officer_cannot_enter_a_mistyped_identity_number():
    entry = REGISTER_NEWBORN.stand_in(newborn(), ticket())
    assert isinstance(entry, HouseholdEntry)
    typed = entry.model_dump(mode="json")
    wrong = typed["citizen_id"][:-1] + ("1" if typed["citizen_id"][-1] != "1" else "2")
    with pytest.raises(ValidationError):
        HouseholdEntry.model_validate({**typed, "citizen_id": wrong})


def certificate(**changed: Any) -> BirthCertificateRequest:
    return BirthCertificateRequest.model_validate(
        {
            "child_name": "林小雨",
            "sex": "2",
            "born_at": BORN_AT,
            "institution": "演示医院",
            "weeks": 39,
            "weight_g": 3280,
            "length_cm": 50,
            "mother_name": "陈雨桐",
            "mother_document": "331002199404122264",
            "father_name": "林浩然",
            "father_document": "",
            "post_to": "",
            **changed,
        }
    )


def test_a_certificate_has_a_valid_number():
    made = ISSUE_BIRTH_CERTIFICATE.stand_in(certificate(), ticket(123_456_789_012))
    assert not isinstance(made, StandInRefusal)
    assert birth_certificate_problem(made.certificate_number) is None


def test_a_surname_of_neither_parent_is_refused_with_the_rule():
    made = ISSUE_BIRTH_CERTIFICATE.stand_in(certificate(child_name="王小雨"), ticket())
    assert isinstance(made, StandInRefusal)
    assert "2012" in made.rule


def test_a_name_with_a_middle_dot_needs_no_surname_in_front():
    request = certificate(child_name="阿迪力·买买提", mother_name="古丽娜尔·阿不都拉")
    assert not isinstance(ISSUE_BIRTH_CERTIFICATE.stand_in(request, ticket()), StandInRefusal)


@pytest.mark.parametrize(
    ("born_on", "total"),
    [
        (date(2021, 12, 31), 0),
        (date(2022, 1, 15), 300),
        (date(2022, 12, 1), 3600),
        (date(2023, 12, 31), 7200),
        (date(2024, 1, 1), 7500),
        (date(2025, 1, 1), 10800),
        (date(2026, 11, 15), 10800),
    ],
)
def test_the_subsidy_follows_the_published_examples(born_on: date, total: int):
    assert subsidy_total(born_on) == Decimal(total)


def claim(holder: str) -> SubsidyClaim:
    return SubsidyClaim(
        child_name="林小雨",
        citizen_id=citizen_id("331002", date(2026, 11, 15), "2", 7),
        born_on=date(2026, 11, 15),
        county="331002",
        township="331002002",
        claimant_name="陈雨桐",
        claimant_document="331002199404122264",
        relation="mother",
        account_holder=holder,
        account_bank="演示银行",
        account_number="6222000000000000",
    )


def test_the_subsidy_is_paid_to_child_or_claimant_only():
    granted = CLAIM_CHILDCARE_SUBSIDY.stand_in(claim("陈雨桐"), ticket())
    assert not isinstance(granted, StandInRefusal)
    assert granted.total_yuan == 10800
    assert isinstance(CLAIM_CHILDCARE_SUBSIDY.stand_in(claim("别人"), ticket()), StandInRefusal)


@pytest.mark.parametrize(
    ("order", "children", "difficult", "days"),
    [(1, 1, False, 158), (2, 1, False, 188), (3, 1, False, 188), (1, 2, False, 173),
     (1, 1, True, 173), (2, 3, True, 233)],
)  # fmt: skip
def test_leave_days_add_up(order: int, children: int, difficult: bool, days: int):
    assert leave_days(date(2026, 11, 15), order, children, difficult) == days


def test_no_days_are_promised_for_births_before_the_rule():
    assert leave_days(date(2020, 1, 1), 1, 1, difficult=False) is None


def test_the_allowance_goes_to_the_mother():
    request = AllowanceClaim(
        mother_name="陈雨桐",
        mother_document="331002199404122264",
        employer="演示公司",
        employer_code="91331002MA2DEM0010",
        born_on=date(2026, 11, 15),
        birth_order=1,
        children=1,
        difficult_birth=False,
        account_holder="林浩然",
        account_bank="演示银行",
        account_number="6222000000000000",
    )
    assert isinstance(PAY_MATERNITY_ALLOWANCE.stand_in(request, ticket()), StandInRefusal)


def test_an_amount_that_was_not_found_is_not_made_up():
    amount = CONTRIBUTION.on(TODAY)
    assert amount is not None
    assert amount.value is None
    assert not amount.confirmed


def test_hardship_is_referred_to_civil_affairs():
    request = Referral(
        child_name="林小雨",
        born_on=date(2026, 11, 15),
        concern="hardship",
        guardian_name="陈雨桐",
        guardian_mobile="13800576001",
        county="331002",
        township="331002002",
    )
    made = REFER_CHILD_AT_RISK.stand_in(request, ticket())
    assert not isinstance(made, StandInRefusal)
    assert "12349" in made.contact


def test_the_family_register_puts_each_parent_in_their_place():
    record = {"own": {"name": "林浩然"}, "spouse": {"name": "陈雨桐"}}
    facts = family_of(FamilyQuery(id_number="x", applicant="father"), record)
    assert facts is not None
    assert (facts.father_name, facts.mother_name) == ("林浩然", "陈雨桐")
    his = FamilyQuery(id_number="331002199202020036", applicant="mother")
    told = family_of(his, record)
    assert told is not None
    assert told.mother_name == "陈雨桐"
    assert family_of(FamilyQuery(id_number="x", applicant="father"), {}) is None
