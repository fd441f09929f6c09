"""Retirement age: the published table, and what must hold for every birthday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.moments import months_between
from app.workflow.deadlines import add_months
from app.workflow.retirement_age import (
    LEAST_PAID,
    TRACKS,
    age_in,
    delay,
    earliest_month,
    latest_month,
    least_months,
    may_retire_early,
    may_retire_late,
    old_month,
    statutory_month,
)

birthdays = st.dates(date(1940, 1, 1), date(2010, 12, 31))
tracks = st.sampled_from(TRACKS)
MOST = {"man": 36, "woman-55": 36, "woman-50": 60}


# The tables published with the decision of 13 September 2024.
@pytest.mark.parametrize(
    ("track", "born", "age", "month"),
    [
        ("man", "1964-12", (60, 0), "2024-12"),
        ("man", "1965-01", (60, 1), "2025-02"),
        ("man", "1965-04", (60, 1), "2025-05"),
        ("man", "1965-05", (60, 2), "2025-07"),
        ("man", "1966-11", (60, 6), "2027-05"),
        ("man", "1970-12", (61, 6), "2032-06"),
        ("man", "1976-08", (62, 11), "2039-07"),
        ("man", "1976-09", (63, 0), "2039-09"),
        ("man", "1990-03", (63, 0), "2053-03"),
        ("woman-55", "1969-12", (55, 0), "2024-12"),
        ("woman-55", "1970-01", (55, 1), "2025-02"),
        ("woman-55", "1981-08", (57, 11), "2039-07"),
        ("woman-55", "1981-09", (58, 0), "2039-09"),
        ("woman-50", "1974-12", (50, 0), "2024-12"),
        ("woman-50", "1975-01", (50, 1), "2025-02"),
        ("woman-50", "1975-02", (50, 1), "2025-03"),
        ("woman-50", "1975-03", (50, 2), "2025-05"),
        ("woman-50", "1984-10", (54, 11), "2039-09"),
        ("woman-50", "1984-11", (55, 0), "2039-11"),
    ],
)
def test_the_statutory_month_is_that_of_the_table(track, born, age, month):
    birthday = date.fromisoformat(f"{born}-15")
    found = statutory_month(track, birthday)
    assert f"{found:%Y-%m}" == month
    assert age_in(found, birthday) == age


@pytest.mark.parametrize(
    ("year", "months"),
    [(2024, 180), (2029, 180), (2030, 186), (2031, 192), (2035, 216), (2039, 240), (2050, 240)],
)
def test_the_least_time_paid_rises_half_a_year_a_year(year, months):
    assert least_months(date(year, 1, 1)) == least_months(date(year, 12, 1)) == months


def test_every_amount_of_the_least_time_has_a_source():
    assert all(amount.source and amount.confirmed for amount in LEAST_PAID.amounts)


# The same law reckoned another way: birth months are counted off one by one, as in the tables
# beside the decision. After every `step` cohorts the delay grows by a month, up to `most`.
FIRST_COHORT = {"man": (1965, 1, 60), "woman-55": (1970, 1, 55), "woman-50": (1975, 1, 50)}
STEPS = {"man": 4, "woman-55": 4, "woman-50": 2}


def by_the_table(track: str, year: int, month: int) -> tuple[int, int, int]:
    """Delay, year and month of retirement of a cohort, walked to from the first of the table."""
    at_year, at_month, old_age = FIRST_COHORT[track]
    late, in_step = 1, 0
    if (year, month) < (at_year, at_month):
        return 0, year + old_age, month
    while (at_year, at_month) != (year, month):
        at_year, at_month = (at_year + 1, 1) if at_month == 12 else (at_year, at_month + 1)
        in_step += 1
        if in_step == STEPS[track] and late < MOST[track]:
            late, in_step = late + 1, 0
    retires_year, retires_month = year + old_age, month
    for _ in range(late):
        retires_month += 1
        if retires_month > 12:
            retires_year, retires_month = retires_year + 1, 1
    return late, retires_year, retires_month


@given(tracks, birthdays)
def test_the_formula_agrees_with_a_table_counted_off_month_by_month(track, born):
    late, year, month = by_the_table(track, born.year, born.month)
    assert delay(track, born) == late
    assert statutory_month(track, born) == date(year, month, 1)


@pytest.mark.parametrize("track", TRACKS)
def test_every_cohort_of_fifty_years_agrees_with_the_table(track):
    for months in range(50 * 12):
        born = add_months(date(1950, 1, 1), months)
        late, year, month = by_the_table(track, born.year, born.month)
        assert (delay(track, born), statutory_month(track, born)) == (late, date(year, month, 1))


@given(tracks, birthdays, birthdays)
def test_who_is_born_later_never_retires_earlier(track, one, other):
    first, second = min(one, other), max(one, other)
    assert delay(track, first) <= delay(track, second)
    assert statutory_month(track, first) <= statutory_month(track, second)


@given(tracks, birthdays)
def test_the_delay_is_between_nothing_and_the_most(track, born):
    assert 0 <= delay(track, born) <= MOST[track]
    assert months_between(old_month(track, born), statutory_month(track, born)) == delay(
        track, born
    )


@given(tracks, birthdays)
def test_a_month_more_of_age_delays_by_a_month_at_most(track, born):
    born = born.replace(day=1)
    assert 0 <= delay(track, add_months(born, 1)) - delay(track, born) <= 1


@given(tracks, birthdays)
def test_the_choice_is_at_most_three_years_and_never_below_the_old_age(track, born):
    earliest, statutory = earliest_month(track, born), statutory_month(track, born)
    assert old_month(track, born) <= earliest <= statutory
    assert months_between(earliest, statutory) <= 36
    assert months_between(statutory, latest_month(track, born)) == 36


def test_a_man_of_1976_may_go_at_60_with_20_years_less_a_little():
    born = date(1976, 9, 9)
    assert earliest_month("man", born) == date(2036, 9, 1)
    assert may_retire_early("man", born, date(2036, 9, 1), 222)
    assert not may_retire_early("man", born, date(2036, 9, 1), 221)
    assert not may_retire_early("man", born, date(2036, 8, 1), 240)
    assert not may_retire_early("man", born, statutory_month("man", born), 240)
    assert may_retire_late("man", born, date(2042, 9, 1))
    assert not may_retire_late("man", born, date(2042, 10, 1))
