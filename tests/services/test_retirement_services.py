"""Stand-ins around retirement: what they grant, refuse and leave open."""

from datetime import date
from typing import Any

import pytest

from app.services.housing_fund import WITHDRAW_FUND, Withdrawal
from app.services.one_child import PAY_ONE_CHILD_REWARD, RewardClaim
from app.services.retirement.by_age import CONFIRM_PENSION_RIGHT, ByAge
from app.services.retirement.flexible import REGISTER_FLEXIBLE_CHOICE, FlexibleChoice
from app.services.retirement.pension import (
    CLAIM_RESIDENT_PENSION,
    COMPUTE_PENSION,
    PensionRequest,
    ResidentClaim,
)
from app.services.retirement.years import RECOGNISE_DEEMED_YEARS, DeemedService
from app.vocabulary.public_service import StandInRefusal, Ticket

TODAY = date(2026, 11, 23)
TICKET = Ticket("key", TODAY, 7)
WHO = {"person_name": "郑国强", "person_id": "331082196605181178", "county": "331082"}
YEARS = {"pension_years": 21, "pension_months": 4}
PAID_TO = {"account_holder": "郑国强", "account_bank": "演示银行", "account_number": "1" * 15}


def choice(**changed: Any) -> FlexibleChoice:
    return FlexibleChoice.model_validate(
        {
            **WHO,
            "choice": "early",
            "sex": "1",
            "born_on": "1966-11-18",
            "statutory_month": "2027-05-01",
            "chosen_month": "2027-02-01",
            "notice_on": "2026-11-01",
            "pension_years": 21,
            "pension_months": 0,
            **changed,
        }
    )


def test_a_choice_told_in_time_is_recorded():
    made = REGISTER_FLEXIBLE_CHOICE.stand_in(choice(), TICKET)
    assert not isinstance(made, StandInRefusal)
    assert made.chosen_month == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"notice_on": "2026-12-01"}, "3个月"),
        ({"chosen_month": "2024-04-01", "notice_on": "2024-01-01"}, "3年"),
        ({"chosen_month": "2027-05-01"}, "3年"),
        ({"pension_years": 14, "pension_months": 11}, "最低缴费年限"),
        ({"choice": "late"}, "3年"),
        ({"chosen_month": "2026-10-01", "notice_on": "2026-06-01"}, "早于原法定退休年龄"),
        ({"choice": "late", "chosen_month": "2028-05-01", "notice_on": "2028-05-02"}, "1个月"),
        ({"choice": "late", "chosen_month": "2028-05-01", "notice_on": "2027-05-01"}, "1个月"),
    ],
)
def test_a_choice_against_the_measures_is_refused_with_its_reason(
    changed: dict[str, Any], reason: str
):
    made = REGISTER_FLEXIBLE_CHOICE.stand_in(choice(**changed), TICKET)
    assert isinstance(made, StandInRefusal)
    assert reason in made.reason


def right(**changed: Any) -> ByAge:
    return ByAge.model_validate(
        {
            **WHO,
            "filed_by": "person",
            "phone": "13800000000",
            "sex": "1",
            "born_on": "1966-05-18",
            "file_agrees": "yes",
            "arrears": False,
            "post": "none",
            "kind": "normal",
            "pension_years": 15,
            "pension_months": 0,
            "statutory_month": "2026-10-01",
            "retires_in": "2026-10-01",
            **changed,
        }
    )


@pytest.mark.parametrize(
    ("retires_in", "paid_from"), [("2026-10-01", "2026-12-01"), ("2027-02-01", "2027-03-01")]
)
def test_the_pension_is_paid_from_the_month_after_approval_and_retirement(
    retires_in: str, paid_from: str
):
    made = CONFIRM_PENSION_RIGHT.stand_in(right(retires_in=retires_in), TICKET)
    assert not isinstance(made, StandInRefusal)
    assert made.paid_from == date.fromisoformat(paid_from)


@pytest.mark.parametrize(
    ("year", "years", "months", "granted"),
    [
        (2029, 15, 0, True),
        (2029, 14, 11, False),
        (2030, 15, 5, False),
        (2030, 15, 6, True),
        (2039, 19, 11, False),
        (2039, 20, 0, True),
    ],
)
def test_the_least_time_is_that_of_the_year_of_retirement(
    year: int, years: int, months: int, granted: bool
):
    request = right(retires_in=f"{year}-01-01", pension_years=years, pension_months=months)
    made = CONFIRM_PENSION_RIGHT.stand_in(request, TICKET)
    assert isinstance(made, StandInRefusal) is not granted


def test_deemed_months_count_the_first_and_the_last_and_none_twice():
    periods = [
        {"period_basis": "army", "period_from": "1984-11-01", "period_to": "1987-10-01"},
        {"period_basis": "work", "period_from": "1988-01-01", "period_to": "1988-01-01"},
        {"period_basis": "work", "period_from": "1987-09-01", "period_to": "1987-10-01"},
    ]
    request = DeemedService.model_validate({**WHO, "periods": periods, "paid_from": "1995-01-01"})
    assert RECOGNISE_DEEMED_YEARS.stand_in(request, TICKET).months == 37


def test_amounts_that_were_not_found_are_left_open():
    pension = PensionRequest.model_validate(
        {**WHO, **YEARS, **PAID_TO, "approval_number": "TXHZ000001", "paid_from": "2026-12-01"}
    )
    made = COMPUTE_PENSION.stand_in(pension, TICKET)
    assert not isinstance(made, StandInRefusal)
    assert made.monthly_yuan is None
    claim = RewardClaim.model_validate({**WHO, **PAID_TO, "reward_basis": "one-child"})
    assert PAY_ONE_CHILD_REWARD.stand_in(claim, TICKET).amount_yuan is None


def test_money_goes_to_the_person_alone():
    other = {**WHO, **PAID_TO, "account_holder": "别人"}
    pension = PensionRequest.model_validate(
        {**other, **YEARS, "approval_number": "TXHZ000001", "paid_from": "2026-12-01"}
    )
    account = {"fund_account": "331082005061", "fund_card_class": "one"}
    fund = Withdrawal.model_validate({**other, **account})
    lesser = Withdrawal.model_validate({**WHO, **PAID_TO, **account, "fund_card_class": "other"})
    assert isinstance(WITHDRAW_FUND.stand_in(lesser, TICKET), StandInRefusal)
    assert isinstance(COMPUTE_PENSION.stand_in(pension, TICKET), StandInRefusal)
    assert isinstance(WITHDRAW_FUND.stand_in(fund, TICKET), StandInRefusal)


@pytest.mark.parametrize(("born_on", "granted"), [("1966-11-23", True), ("1966-11-24", False)])
def test_the_residents_pension_begins_at_60(born_on: str, granted: bool):
    claim = ResidentClaim.model_validate(
        {**WHO, **PAID_TO, "born_on": born_on, "phone": "13800000000"}
    )
    made = CLAIM_RESIDENT_PENSION.stand_in(claim, TICKET)
    assert isinstance(made, StandInRefusal) is not granted
