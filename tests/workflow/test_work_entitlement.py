"""What people at work, out of work or starting out may get, and what is never promised them."""

from datetime import date
from decimal import Decimal

import pytest

from app.catalogue import load
from app.forms.answers import Answer, Answers
from app.workflow.entitlement import Entitlement, amount_words, entitlement

TODAY = date(2026, 11, 23)
CITY = load()
SOMEBODY: dict[str, Answer] = {
    "home_county": "331002",
    "age_years": 30,
    "disability_grade": "none",
    "relief_status": "none",
    "graduated_within": "no",
    "new_certificate": "no",
    "new_here": "no",
}
EMPLOYED: dict[str, Answer] = {**SOMEBODY, "work_now": "employed"}
LOST: dict[str, Answer] = {**SOMEBODY, "work_now": "unemployed", "lost_work": "5-10"}
ALONE: dict[str, Answer] = {**SOMEBODY, "work_now": "flexible"}


def found(benefit: str, told: dict[str, Answer], **changes: Answer) -> Entitlement:
    return entitlement(CITY.benefits[benefit], Answers({**told, **changes}, TODAY))


@pytest.mark.parametrize(
    ("benefit", "told", "changes", "verdict"),
    [
        ("unemployment-benefit", LOST, {}, "yes"),
        ("unemployment-benefit", LOST, {"lost_work": "0"}, "no"),
        ("unemployment-benefit", LOST, {"lost_work": "own-will"}, "no"),
        ("unemployment-benefit", EMPLOYED, {}, "no"),
        ("flexible-work-subsidy", ALONE, {"graduated_within": "two-years"}, "yes"),
        ("flexible-work-subsidy", ALONE, {"graduated_within": "five-years"}, "no"),
        ("flexible-work-subsidy", ALONE, {"disability_grade": "3"}, "yes"),
        ("flexible-work-subsidy", ALONE, {"relief_status": "minimum"}, "yes"),
        ("flexible-work-subsidy", ALONE, {}, "no"),
        ("flexible-work-subsidy", ALONE, {"age_years": 45}, "maybe"),
        ("flexible-work-subsidy", EMPLOYED, {"disability_grade": "3"}, "no"),
        ("graduate-job-benefit", EMPLOYED,
         {"graduated_within": "two-years", "firm_class": "small"}, "yes"),
        ("graduate-job-benefit", EMPLOYED,
         {"graduated_within": "five-years", "firm_class": "small"}, "no"),
        ("graduate-job-benefit", EMPLOYED,
         {"graduated_within": "five-years", "firm_class": "near"}, "yes"),
        ("graduate-job-benefit", EMPLOYED, {}, "no"),
        ("job-search-benefit", {**SOMEBODY, "work_now": "student"},
         {"relief_status": "minimum"}, "yes"),
        ("job-search-benefit", {**SOMEBODY, "work_now": "student"}, {}, "maybe"),
        ("job-search-benefit", EMPLOYED, {"relief_status": "minimum"}, "no"),
        ("skill-benefit", LOST, {"new_certificate": "3"}, "yes"),
        ("skill-benefit", LOST, {"new_certificate": "3", "lost_work": "0"}, "no"),
        ("skill-benefit", EMPLOYED, {"new_certificate": "3"}, "maybe"),
        ("skill-benefit", EMPLOYED, {}, "no"),
        ("start-up-benefit", {**SOMEBODY, "work_now": "student"}, {}, "yes"),
        ("start-up-benefit", {**SOMEBODY, "work_now": "business"},
         {"graduated_within": "five-years"}, "yes"),
        ("start-up-benefit", {**SOMEBODY, "work_now": "business"}, {}, "no"),
        ("graduate-rent-benefit", EMPLOYED,
         {"graduated_within": "two-years", "new_here": "master"}, "yes"),
        ("graduate-rent-benefit", EMPLOYED, {"graduated_within": "two-years"}, "no"),
    ],
)  # fmt: skip
def test_who_may_get_what(
    benefit: str, told: dict[str, Answer], changes: dict[str, Answer], verdict: str
):
    assert found(benefit, told, **changes).verdict == verdict


@pytest.mark.parametrize(
    ("benefit", "told", "changes", "words"),
    [
        ("unemployment-benefit", LOST, {}, "待主管部门确认"),
        ("flexible-work-subsidy", ALONE, {"disability_grade": "3"}, "待主管部门确认"),
        ("graduate-job-benefit", EMPLOYED,
         {"graduated_within": "two-years", "firm_class": "near"},
         "待主管部门确认；按2023-01-01起的标准参考为10000元/年"),
        ("graduate-job-benefit", EMPLOYED,
         {"graduated_within": "two-years", "firm_class": "small"}, "待主管部门确认"),
        ("skill-benefit", LOST, {"new_certificate": "4"},
         "待主管部门确认；按2017-01-01起的标准参考为1500元"),
        ("graduate-rent-benefit", EMPLOYED,
         {"graduated_within": "two-years", "new_here": "doctor"},
         "待主管部门确认；按2024-01-01起的标准参考为12000元/年"),
        ("start-up-benefit", {**SOMEBODY, "work_now": "student"}, {}, "待主管部门确认"),
    ],
)  # fmt: skip
def test_no_amount_is_promised(
    benefit: str, told: dict[str, Answer], changes: dict[str, Answer], words: str
):
    result = found(benefit, told, **changes)
    assert result.money is None or not result.money.promised
    said = amount_words(result)
    assert said is not None
    assert said.zh == words


def test_the_ratio_of_2015_is_shown_with_its_day_and_not_reckoned_with():
    result = found("unemployment-benefit", LOST)
    assert result.money is None
    ratio = next(one for one in result.used if one.parameter.id == "unemployment-benefit-rate")
    assert ratio.amount is not None
    assert (ratio.amount.value, ratio.current, ratio.confirmed) == (Decimal(75), False, False)
    assert ratio.amount.from_day == date(2015, 1, 1)


def test_the_old_are_not_asked_about_work():
    for question in CITY.benefits["unemployment-benefit"].questions:
        asked = question.applies.holds(Answers({"age_years": 70}, TODAY))
        assert asked == (question.id in {"home_county", "age_years"})
