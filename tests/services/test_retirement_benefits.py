"""What one may get at retirement: verdicts by age, years and family, and never a made-up amount."""

from datetime import date

import pytest

from app.catalogue import load
from app.forms.answers import Answer, Answers
from app.services.retirement.benefits import DIVISORS
from app.workflow.entitlement import Entitlement, amount_words, entitlement, what_can_i_get

TODAY = date(2026, 11, 23)
CITY = load()
ONES = ("employee-pension", "resident-pension", "one-child-reward")
MAN: dict[str, Answer] = {
    "home_county": "331082",
    "age_years": 61,
    "retires_as": "man",
    "pension_paid": 21,
    "children_born": "one-card",
}


def found(benefit: str, day: date = TODAY, **changes: Answer) -> Entitlement:
    return entitlement(CITY.benefits[benefit], Answers({**MAN, **changes}, day))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "yes"),
        # At 60 it hangs on the birthday, and on going earlier by choice.
        ({"age_years": 60}, "maybe"),
        ({"age_years": 58}, "no"),
        ({"age_years": 51, "retires_as": "woman-50"}, "yes"),
        ({"age_years": 51, "retires_as": "woman-55"}, "no"),
        ({"age_years": 48}, "no"),
        ({"pension_paid": 15}, "yes"),
        ({"pension_paid": 14}, "no"),
        ({"retires_as": "resident"}, "no"),
        ({"retires_as": "employee"}, "no"),
    ],
)
def test_the_employees_pension_hangs_on_age_years_and_not_being_drawn(
    changes: dict[str, Answer], verdict: str
):
    assert found("employee-pension", **changes).verdict == verdict


@pytest.mark.parametrize(
    ("day", "years", "verdict"),
    [
        (date(2029, 12, 31), 15, "yes"),
        (date(2030, 1, 1), 15, "maybe"),
        (date(2031, 1, 1), 15, "no"),
        (date(2031, 1, 1), 16, "yes"),
        (date(2039, 1, 1), 19, "no"),
        (date(2039, 1, 1), 20, "yes"),
    ],
)
def test_the_least_years_are_those_of_the_day(day: date, years: int, verdict: str):
    """Full years are told, so up to eleven months more may be paid: 15 may be 15 and a half."""
    assert found("employee-pension", day, age_years=66, pension_paid=years).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"pension_paid": 3}, "yes"),
        ({"pension_paid": 0}, "yes"),
        ({"pension_paid": 21}, "no"),
        ({"pension_paid": 3, "age_years": 59}, "no"),
        ({"pension_paid": 3, "home_county": "other"}, "no"),
        ({"pension_paid": 3, "retires_as": "resident"}, "no"),
    ],
)
def test_the_residents_pension_is_for_those_of_60_without_the_other(
    changes: dict[str, Answer], verdict: str
):
    assert found("resident-pension", **changes).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "yes"),
        ({"children_born": "none"}, "yes"),
        ({"children_born": "one"}, "maybe"),
        ({"children_born": "more"}, "no"),
        ({"age_years": 55}, "no"),
        ({"retires_as": "employee"}, "no"),
    ],
)
def test_the_one_child_reward_comes_with_retirement(changes: dict[str, Answer], verdict: str):
    assert found("one-child-reward", **changes).verdict == verdict


@pytest.mark.parametrize("benefit", ONES)
def test_no_amount_is_promised_that_was_not_found(benefit: str):
    changes: dict[str, Answer] = {"pension_paid": 3} if benefit == "resident-pension" else {}
    result = found(benefit, **changes)
    words = amount_words(result)
    assert words is not None
    assert words.zh == "待主管部门确认"
    assert result.money is None
    assert result.unconfirmed


def test_the_divisors_are_told_with_the_word_that_they_have_no_source():
    values = {track: int(one.amounts[0].value or 0) for track, one in DIVISORS.items()}
    assert values == {"man": 139, "woman-55": 170, "woman-50": 195}
    told = {used.parameter.id for used in found("employee-pension").unconfirmed}
    assert {"pension-divisor-60", "pension-average-wage", "pension-share-a-year"} <= told


def test_paying_on_is_the_change_that_would_help():
    nearest = found("employee-pension", pension_paid=10).nearest
    assert nearest is not None
    assert (nearest.question.id, nearest.answer, nearest.to) == ("pension_paid", 15, "yes")


def test_the_young_are_not_asked_about_retirement():
    young = Answers({"home_county": "331082", "age_years": 40}, TODAY)
    asked = {
        question.id
        for one in what_can_i_get([CITY.benefits[name] for name in ONES], young)
        for question in one.benefit.questions
        if question.applies.holds(young)
    }
    assert asked == {"home_county", "age_years"}
