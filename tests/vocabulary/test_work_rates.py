"""Rates around work with the published vectors, and how good the source of each is."""

from datetime import date
from decimal import Decimal

import pytest

from app.services.employment.workers import promised
from app.vocabulary import startup_rates, work_rates
from app.vocabulary.common_parameters import LINHAI, TAIZHOU, ZHEJIANG
from app.vocabulary.requirement import Parameter
from app.vocabulary.startup_rates import JIAXING, hires_grant, insurance_grant, rent_grant
from app.vocabulary.work_rates import (
    FLEXIBLE_CAP,
    FLEXIBLE_MONTHS,
    FLEXIBLE_SHARE,
    HANGZHOU,
    JOB_SUBSIDY,
    MINIMUM_HOURLY_WAGE,
    MINIMUM_WAGE,
    RENT_GRANT,
    RENT_GRANT_TRACK,
    SEARCH_GRANT,
    SKILL_INSURED_MONTHS,
    SKILL_SUBSIDY,
    SKILL_SUBSIDY_HANGZHOU,
    VOUCHER_AGE,
    VOUCHER_AGE_DOCTOR,
    VOUCHER_CONTRACT,
    longest_benefit,
    rent_a_year,
    unemployment_benefit,
    value_on,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "area", "yuan"),
    [
        # Taizhou in 2015 (copies): 1,245 of 1,660 and 1,148 of 1,530, which is 75 %.
        (date(2015, 6, 1), "331002", 1245),
        (date(2015, 6, 1), "331081", 1245),
        (date(2015, 6, 1), "331022", 1148),
        (date(2015, 6, 1), "331023", 1148),
        (date(2015, 6, 1), "331024", 1148),
        # Hangzhou from 1 January 2024 (press): 90 % of 2,490. Another place's example.
        (date(2024, 1, 1), HANGZHOU, 2241),
        (date(2023, 12, 31), HANGZHOU, None),
        # Taizhou after 2015: the share was not found.
        (date(2016, 1, 1), "331002", None),
        (TODAY, "331002", None),
        (TODAY, "331023", None),
    ],
)
def test_the_benefit_is_a_share_of_the_minimum_wage(day: date, area: str, yuan: int | None):
    """失业保险金 = r × 最低工资; r is 75 % (Taizhou 2015), 90 % (Hangzhou 2024), else not found."""
    assert unemployment_benefit(day, area) == yuan


@pytest.mark.parametrize(
    ("years", "carried", "months"),
    [("0", 0, None), ("1-5", 0, 12), ("5-10", 0, 18), ("10", 0, 24), ("1-5", 20, 24)],
)
def test_the_benefit_lasts_12_18_or_24_months(years: str, carried: int, months: int | None):
    """失业保险条例 Art. 17; unused months carry over, together 24 at most."""
    assert longest_benefit(years, TODAY, carried) == months


@pytest.mark.parametrize(
    ("rate", "area", "value"),
    [
        (MINIMUM_WAGE, ZHEJIANG, 2010),
        (MINIMUM_WAGE, "331002", 2260),
        (MINIMUM_WAGE, "331083", 2260),
        (MINIMUM_WAGE, "331023", 2010),
        (MINIMUM_WAGE, HANGZHOU, 2490),
        (MINIMUM_HOURLY_WAGE, "331002", 22),
        (MINIMUM_HOURLY_WAGE, "331024", 20),
        (FLEXIBLE_SHARE, HANGZHOU, 50),
        (FLEXIBLE_SHARE, TAIZHOU, None),
        (FLEXIBLE_CAP, TAIZHOU, Decimal("66.67")),
        (FLEXIBLE_MONTHS["graduate"], "11", 24),
        (FLEXIBLE_MONTHS["graduate"], TAIZHOU, 36),
        (FLEXIBLE_MONTHS["hardship"], TAIZHOU, 36),
        (JOB_SUBSIDY["near"], TAIZHOU, 10000),
        (JOB_SUBSIDY["small"], TAIZHOU, None),
        (SEARCH_GRANT, TAIZHOU, None),
        (SKILL_SUBSIDY["5"], TAIZHOU, 1000),
        (SKILL_SUBSIDY["4"], TAIZHOU, 1500),
        (SKILL_SUBSIDY["3"], TAIZHOU, 2000),
        (SKILL_SUBSIDY_HANGZHOU["production", "3"], HANGZHOU, 2000),
        (SKILL_SUBSIDY_HANGZHOU["social", "5"], HANGZHOU, 600),
        (SKILL_SUBSIDY_HANGZHOU["social", "4"], HANGZHOU, 900),
        (SKILL_SUBSIDY_HANGZHOU["social", "3"], HANGZHOU, 1200),
        (SKILL_SUBSIDY_HANGZHOU["life", "5"], HANGZHOU, 400),
        (SKILL_SUBSIDY_HANGZHOU["life", "3"], HANGZHOU, 800),
        (SKILL_SUBSIDY_HANGZHOU["life", "3"], TAIZHOU, None),
        (RENT_GRANT["doctor"], TAIZHOU, 12000),
        (RENT_GRANT["master"], TAIZHOU, 9600),
        (RENT_GRANT["bachelor"], TAIZHOU, 6000),
        (RENT_GRANT["technician"], TAIZHOU, 6000),
        (RENT_GRANT["college"], TAIZHOU, 6000),
        (RENT_GRANT_TRACK["doctor"], TAIZHOU, 2000),
        (RENT_GRANT_TRACK["master"], TAIZHOU, 1500),
        (RENT_GRANT_TRACK["bachelor"], TAIZHOU, 800),
        (VOUCHER_AGE_DOCTOR, LINHAI, 45),
        (VOUCHER_AGE, LINHAI, 35),
        (VOUCHER_CONTRACT, LINHAI, 36),
        (VOUCHER_AGE, "331002", None),
    ],
)
def test_each_rate_is_the_one_that_was_found(rate: Parameter, area: str, value: object):
    assert value_on(rate, TODAY, area) == value


def test_months_of_insurance_were_36_before_they_were_eased():
    assert value_on(SKILL_INSURED_MONTHS, date(2018, 6, 1)) == 36
    assert value_on(SKILL_INSURED_MONTHS, TODAY) == 12


@pytest.mark.parametrize(
    ("people", "yuan"), [(2, 0), (3, 2000), (4, 3000), (21, 20000), (90, 20000)]
)
def test_jiaxing_pays_for_people_employed_and_taizhou_is_not_known(people: int, yuan: int):
    """Jiaxing 2025: 2,000 a year for three, 1,000 for each more, 20,000 at most."""
    assert hires_grant(people, TODAY, JIAXING) == yuan
    assert hires_grant(people, TODAY, TAIZHOU) is None


@pytest.mark.parametrize(("rent", "yuan"), [("8000", 4000), ("20000", 10000), ("36000", 10000)])
def test_jiaxing_pays_half_the_rent_up_to_10000(rent: str, yuan: int):
    assert rent_grant(Decimal(rent), TODAY, JIAXING) == yuan
    assert rent_grant(Decimal(rent), TODAY, TAIZHOU) is None


def test_jiaxing_pays_graduates_twice_for_insurance():
    assert insurance_grant(graduate=False, day=TODAY, area=JIAXING) == 5000
    assert insurance_grant(graduate=True, day=TODAY, area=JIAXING) == 10000
    assert insurance_grant(graduate=True, day=TODAY, area=TAIZHOU) is None


def test_who_was_selected_is_paid_by_the_month():
    yearly, monthly = rent_a_year("master", TODAY), rent_a_year("master", TODAY, selected=True)
    assert yearly is not None
    assert monthly is not None
    assert (yearly.value, yearly.unit.zh) == (9600, "元/年")
    assert (monthly.value, monthly.unit.zh) == (1500, "元/月")
    assert rent_a_year("nothing", TODAY) is None


MONEY = ("元", "元/月", "元/年", "元/小时", "%")


def parameters() -> list[Parameter]:
    found: list[Parameter] = []
    for module in (work_rates, startup_rates):
        for held in vars(module).values():
            found += [held] if isinstance(held, Parameter) else []
            if isinstance(held, dict):
                found += [one for one in held.values() if isinstance(one, Parameter)]
    return found


def test_every_rate_has_a_day_a_source_and_a_grade():
    assert len(parameters()) > 60
    for rate in parameters():
        for amount in rate.amounts:
            assert amount.source
            assert amount.grade in {"A", "B", "C", "U"}
            assert (amount.value is None) is (amount.grade == "U"), rate.id


def test_in_taizhou_no_money_of_another_place_is_promised():
    """Only the province's wage step, which nobody is paid, is confirmed for Taizhou's counties."""
    for rate in parameters():
        if rate.amounts[0].unit.zh in MONEY:
            assert promised(rate, TODAY, "331002") is None, rate.id
