"""What somebody may get, with the published amounts, the reasons and what would change them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue import load
from app.forms.answers import Answer, Answers
from app.forms.specimen import specimen_answer
from app.vocabulary.benefit import Facts, all_of, any_of, below, none_of
from app.vocabulary.common_parameters import MINIMUM_LIVING_LINE
from app.vocabulary.relief_rates import OLD_AGE_STEPS
from app.vocabulary.requirement import Amount, Parameter
from app.workflow.benefit_soundness import benefit_faults
from app.workflow.entitlement import (
    Entitlement,
    amount_words,
    entitlement,
    fact_questions,
    open_questions,
    what_can_i_get,
)

TODAY = date(2026, 11, 23)
CITY = load()
BENEFITS = tuple(CITY.benefits.values())
NOBODY: dict[str, Answer] = {
    "home_county": "331002",
    "age_years": 40,
    "young_child": "no",
    "disability_grade": "none",
    "relief_status": "none",
    "income_per_head": 6000,
    "people": 3,
    "without_support": "no",
    "hardship": "none",
    "troubles": [],
    "paid_already": [],
}
DISABLED: dict[str, Answer] = {
    **NOBODY,
    "disability_grade": "1",
    "disability_class": "limb",
    "self_care": "total",
    "cared_at": "home",
    "income_own": 6000,
}


def found(benefit: str, day: date = TODAY, base: Any = NOBODY, **changes: Answer) -> Entitlement:
    return entitlement(CITY.benefits[benefit], Answers({**base, **changes}, day))


def money(benefit: str, day: date = TODAY, base: Any = NOBODY, **changes: Answer) -> Decimal | None:
    result = found(benefit, day, base, **changes)
    return result.money.value if result.money else None


@pytest.mark.parametrize(
    ("born", "yuan"),
    [
        ("2022-01", 300),
        ("2022-02", 600),
        ("2022-12", 3600),
        ("2023-12", 7200),
        ("2024-01", 7500),
        ("2024-12", 10800),
        ("2025-01", 10800),
        ("2025-06", 10800),
    ],
)
def test_the_childcare_subsidy_counts_months_from_2025(born: str, yuan: int):
    """育儿补贴制度实施方案 (2025): 300 yuan a month from January 2025, with its examples."""
    day = date(2025, 1, 20) if born < "2023" else TODAY
    day = max(day, date.fromisoformat(f"{born}-28"))
    result = found("childcare-subsidy", day, young_child="yes", child_born=born)
    assert result.verdict == "yes"
    assert result.money is not None
    assert result.money.value == yuan
    assert result.money.promised
    words = amount_words(result)
    assert words is not None
    assert words.zh == f"{yuan}元（到3周岁合计）"


def test_the_childcare_subsidy_ends_with_the_month_of_the_third_birthday():
    child: dict[str, Answer] = {"young_child": "yes", "child_born": "2023-11"}
    assert found("childcare-subsidy", date(2026, 11, 30), **child).verdict == "yes"
    assert found("childcare-subsidy", date(2026, 12, 1), **child).verdict == "no"
    assert found("childcare-subsidy").verdict == "no"
    assert found("childcare-subsidy", **{**child, "home_county": "other"}).verdict == "no"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"relief_status": "minimum"}, "yes"),
        ({"relief_status": "near"}, "yes"),
        ({"income_per_head": 1561}, "yes"),
        ({"income_per_head": 1562}, "no"),
        ({"income_own": 1561}, "yes"),
        ({"income_own": 1561, "age_years": 60}, "no"),
        ({"relief_status": "destitute"}, "no"),
        ({"relief_status": "orphan"}, "no"),
        ({"relief_status": "minimum", "paid_already": ["injury"]}, "no"),
        ({"relief_status": "minimum", "home_county": "other"}, "no"),
        ({"relief_status": "minimum", "disability_grade": "uncertified"}, "no"),
    ],
)
def test_the_living_subsidy_is_312_30_at_a_line_of_1041(changes: dict[str, Answer], verdict: str):
    """30 % of the line (Zhejiang 2016); 1,041 from 1 December 2022."""
    result = found("disability-living-subsidy", base=DISABLED, **changes)
    assert result.verdict == verdict
    if verdict == "yes":
        assert result.money is not None
        assert result.money.value == Decimal("312.30")
    else:
        assert result.money is None


@pytest.mark.parametrize(
    ("changes", "yuan"),
    [
        ({}, "500"),
        ({"self_care": "basic"}, "250"),
        ({"self_care": "partly"}, "125"),
        ({"cared_at": "institution"}, "750"),
        ({"self_care": "basic", "cared_at": "institution"}, "375"),
        ({"self_care": "partly", "cared_at": "institution"}, "187.50"),
        ({"disability_grade": "4", "disability_class": "mind"}, "500"),
        ({"disability_grade": "2"}, "500"),
        ({"disability_grade": "3"}, None),
        ({"self_care": "able"}, None),
        ({"paid_already": ["injury"]}, None),
    ],
)
def test_the_nursing_subsidy_has_three_steps_and_more_in_an_institution(
    changes: dict[str, Answer], yuan: str | None
):
    """500 / 250 / 125 a month (guidance line of September 2021), half as much again when placed."""
    expected = Decimal(yuan) if yuan else None
    assert money("disability-nursing-subsidy", base=DISABLED, **changes) == expected


@pytest.mark.parametrize(
    ("county", "age", "yuan"),
    [
        ("331002", 79, None),
        ("331002", 80, 60),
        ("331002", 90, 100),
        ("331003", 95, 60),
        ("331003", 100, 500),
        ("331082", 80, 60),
        ("331082", 90, 100),
        ("331082", 100, 800),
        ("331082", 110, 1000),
        ("331083", 90, 80),
        ("331083", 100, 500),
        ("331081", 99, 100),
        ("331081", 100, 800),
        ("331024", 101, 800),
        ("331022", 80, 60),
        ("331004", 80, 60),
        ("331023", 85, 60),
    ],
)
def test_the_old_age_allowance_follows_age_and_county(county: str, age: int, yuan: int | None):
    """The county table quoted for 2024; for Luqiao and Tiantai only the floor was found."""
    result = found("old-age-allowance", home_county=county, age_years=age)
    assert (result.money.value if result.money else None) == yuan
    assert result.money is None or not result.money.promised


def test_a_county_whose_rate_was_not_found_is_to_be_confirmed():
    for county, age in (("331002", 100), ("331004", 95), ("331022", 92)):
        result = found("old-age-allowance", home_county=county, age_years=age)
        assert (result.verdict, result.money) == ("yes", None)
        words = amount_words(result)
        assert words is not None
        assert words.zh == "待主管部门确认"


def test_no_amount_is_named_where_nothing_can_be_had():
    assert amount_words(found("old-age-allowance", age_years=50)) is None
    assert amount_words(found("new-disability-certificate", disability_grade="uncertified")) is None


def test_what_a_newspaper_told_in_2021_is_no_promise_today():
    result = found("disability-nursing-subsidy", base=DISABLED)
    words = amount_words(result)
    assert words is not None
    assert words.zh == "待主管部门确认；按2021-09-23起的标准参考为500元/月"
    then = found("disability-nursing-subsidy", date(2021, 10, 1), DISABLED)
    assert then.money is not None
    assert then.money.promised


def test_income_never_counts_for_the_old_age_allowance():
    assert {question.id for question in CITY.benefits["old-age-allowance"].questions} == {
        "home_county",
        "age_years",
    }


@pytest.mark.parametrize(
    ("changes", "yuan"),
    [
        ({"income_per_head": 1000, "people": 3}, 123),
        ({"income_per_head": 0, "people": 1}, 1041),
        ({"income_per_head": 1040, "people": 4}, 4),
        ({"income_per_head": 1041}, None),
        ({"income_per_head": 0, "home_county": "other"}, None),
        ({"income_per_head": 0, "relief_status": "minimum"}, None),
    ],
)
def test_the_minimum_living_guarantee_fills_the_gap_for_every_member(
    changes: dict[str, Answer], yuan: int | None
):
    assert money("minimum-living", **changes) == yuan


def test_extreme_hardship_is_at_least_1353_30():
    """At least 1.3 times the line (the city's plan)."""
    result = found("destitute-support", age_years=70, without_support="yes")
    assert result.money is not None
    assert (result.money.value, result.money.bound) == (Decimal("1353.30"), "at-least")
    words = amount_words(result)
    assert words is not None
    assert words.zh == "待主管部门确认；按2022-12-01起的标准参考为至少1353.30元/月"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"age_years": 60}, "yes"),
        ({"age_years": 15}, "yes"),
        ({"age_years": 16}, "no"),
        ({"disability_grade": "3", "disability_class": "mind"}, "yes"),
        ({"disability_grade": "4", "disability_class": "mind"}, "no"),
        ({"disability_grade": "2", "disability_class": "limb"}, "yes"),
        ({"disability_grade": "3", "disability_class": "limb"}, "no"),
        ({"disability_grade": "1", "disability_class": "sight"}, "yes"),
        ({"disability_grade": "2", "disability_class": "sight"}, "no"),
        ({"age_years": 60, "without_support": "no"}, "no"),
    ],
)
def test_who_counts_as_unable_is_the_national_list(changes: dict[str, Answer], verdict: str):
    assert found("destitute-support", **{"without_support": "yes", **changes}).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "yuan"),
    [
        ({"self_care": "total"}, 500),
        ({"self_care": "basic"}, 250),
        ({"self_care": "partly"}, 125),
        ({"self_care": "partly", "age_years": 85}, 125),
        ({"self_care": "able", "age_years": 85}, 125),
        ({"self_care": "able", "age_years": 79}, None),
        ({"self_care": "total", "age_years": 59}, None),
        ({"self_care": "total", "cared_at": "institution"}, None),
        ({"self_care": "total", "relief_status": "near"}, None),
    ],
)
def test_the_elderly_care_subsidy_hangs_on_the_nursing_steps(
    changes: dict[str, Answer], yuan: int | None
):
    given = {"age_years": 70, "relief_status": "minimum", "cared_at": "home", **changes}
    assert money("elderly-care-subsidy", **given) == yuan


@pytest.mark.parametrize(
    ("day", "place", "yuan"),
    [
        (date(2025, 8, 1), "home", 500),
        (date(2025, 8, 1), "institution", 800),
        (date(2026, 8, 1), "home", 800),
        (date(2026, 8, 1), "institution", 800),
        (date(2025, 6, 30), "home", None),
        (date(2027, 1, 1), "home", None),
    ],
)
def test_care_vouchers_run_from_day_to_day(day: date, place: str, yuan: int | None):
    given: dict[str, Answer] = {"age_years": 70, "self_care": "basic", "cared_at": place}
    result = found("care-voucher", day, **given)
    assert result.verdict == ("no" if yuan is None else "yes")
    assert (result.money.value if result.money else None) == yuan
    if day.year == 2026:
        assert result.money is not None
        assert (result.money.bound, result.money.promised) == ("at-most", True)


def test_whether_some_help_is_moderate_loss_is_left_to_the_assessment():
    given: dict[str, Answer] = {"age_years": 70, "self_care": "partly", "cared_at": "home"}
    assert found("care-voucher", **given).verdict == "maybe"
    given["self_care"] = "basic"
    assert found("care-voucher", **given, relief_status="destitute").verdict == "no"
    assert found("care-voucher", **{**given, "paid_already": ["home-bed"]}).verdict == "no"


def test_temporary_relief_needs_no_register_and_names_no_amount():
    result = found("temporary-relief", home_county="other", hardship="illness")
    assert (result.verdict, result.money) == ("yes", None)
    words = amount_words(result)
    assert words is not None
    assert words.zh == "待主管部门确认"


@pytest.mark.parametrize(
    ("day", "county", "line"),
    [
        (date(2018, 12, 1), "331002", 770),
        (date(2018, 12, 1), "331023", 730),
        (date(2018, 12, 31), "331022", 730),
        (date(2022, 12, 1), "331023", 1041),
        (date(2026, 11, 23), "331002", 1041),
        (date(2022, 11, 30), "331002", None),
        (date(2018, 11, 30), "331002", None),
    ],
)
def test_the_line_is_dated_and_by_county(day: date, county: str, line: int | None):
    amount = MINIMUM_LIVING_LINE.on(day, county)
    assert (amount.value if amount else None) == line
    assert amount is None or not amount.confirmed


def test_an_older_value_is_only_an_indication():
    """Between 2019 and November 2022 the line was not found: the one before is told as older."""
    result = found("disability-living-subsidy", date(2020, 5, 1), DISABLED, relief_status="minimum")
    assert result.money is not None
    assert (result.money.value, result.money.promised) == (Decimal("231.00"), False)
    (used,) = (one for one in result.used if one.parameter is MINIMUM_LIVING_LINE)
    assert used.amount is not None
    assert (used.current, used.amount.from_day) == (False, date(2018, 12, 1))


def raised(parameter: Parameter, value: int) -> dict[str, Parameter]:
    newest = replace(
        parameter.amounts[-1], value=Decimal(value), from_day=date(2026, 7, 1), grade="A"
    )
    return {parameter.id: replace(parameter, amounts=(*parameter.amounts, newest))}


def test_one_new_line_moves_every_benefit_that_hangs_on_it():
    poor = Answers({**DISABLED, "income_per_head": 1000, "without_support": "yes"}, TODAY)
    proposed = raised(MINIMUM_LIVING_LINE, 1200)

    def amounts(**given: Any) -> dict[str, Decimal]:
        results = what_can_i_get(BENEFITS, poor, **given)
        return {one.benefit.id: one.money.value for one in results if one.money}

    before, after = amounts(), amounts(proposed=proposed)
    assert {
        name: (before[name], after[name]) for name in before if before[name] != after[name]
    } == {
        "disability-living-subsidy": (Decimal("312.30"), Decimal("360.00")),
        "minimum-living": (Decimal(123), Decimal(600)),
        "destitute-support": (Decimal("1353.30"), Decimal("1560.00")),
    }
    later = entitlement(
        CITY.benefits["disability-living-subsidy"],
        Answers({**DISABLED, "income_per_head": 1700}, TODAY),
        proposed,
    )
    assert later.verdict == "yes"


def test_a_value_that_counts_from_a_later_day_changes_nothing_yet():
    proposed = raised(MINIMUM_LIVING_LINE, 1200)
    poor = Answers({**DISABLED, "relief_status": "minimum"}, date(2026, 6, 30))
    result = entitlement(CITY.benefits["disability-living-subsidy"], poor, proposed)
    assert result.money is not None
    assert result.money.value == Decimal("312.30")


def test_of_nursing_and_elderly_care_only_the_higher_is_paid():
    old = {**DISABLED, "age_years": 85, "relief_status": "minimum", "disability_grade": "1"}
    shown = {one.benefit.id: one for one in what_can_i_get(BENEFITS, Answers(old, TODAY))}
    assert shown["elderly-care-subsidy"].lower_than == "disability-nursing-subsidy"
    assert shown["disability-nursing-subsidy"].lower_than is None
    placed = Answers({**old, "self_care": "able"}, TODAY)
    shown = {one.benefit.id: one for one in what_can_i_get(BENEFITS, placed)}
    assert shown["elderly-care-subsidy"].lower_than is None


def test_the_explanation_names_facts_values_days_sources_and_rules():
    result = found("disability-living-subsidy", base=DISABLED, income_per_head=1500)
    poor = next(reason for reason in result.reasons if reason.need.id == "poor")
    assert poor.holds is True
    assert "income_per_head" in poor.facts
    line = next(one for one in poor.used if one.parameter is MINIMUM_LIVING_LINE)
    assert line.amount is not None
    assert (line.amount.value, line.amount.from_day) == (1041, date(2022, 12, 1))
    assert "2022年12月7日" in line.amount.source
    assert not line.confirmed
    assert poor.need.rule.reference
    assert {one.parameter.id for one in result.used} == {
        "minimum-living-line",
        "disability-living-share",
        "disability-living-income-multiple",
    }
    assert result.unconfirmed


@pytest.mark.parametrize(
    ("benefit", "changes", "question", "answer"),
    [
        ("disability-living-subsidy", {"income_per_head": 1700}, "income_per_head", 1561),
        ("disability-living-subsidy", {"income_per_head": 1500}, "income_per_head", 1562),
        ("disability-nursing-subsidy", {}, "disability_grade", "none"),
        ("minimum-living", {"income_per_head": 1100}, "income_per_head", 1040),
        ("old-age-allowance", {"age_years": 76}, "age_years", 80),
    ],
)
def test_the_nearest_change_that_turns_the_result_is_told(
    benefit: str, changes: dict[str, Answer], question: str, answer: Answer
):
    result = found(benefit, base=DISABLED, **changes)
    assert result.nearest is not None
    assert (result.nearest.question.id, result.nearest.answer) == (question, answer)
    turned = found(benefit, base=DISABLED, **{**changes, question: answer})
    assert turned.verdict == result.nearest.to != result.verdict
    assert result.nearest.words("zh")


def test_nobody_is_told_to_grow_younger_or_to_move():
    for benefit in BENEFITS:
        for age in (30, 65, 85, 101):
            result = found(benefit.id, base=DISABLED, age_years=age)
            if result.nearest is None or result.nearest.question.id == "age_years":
                older = result.nearest is None or float(str(result.nearest.answer)) > age
                assert older
            else:
                assert result.nearest.question.id not in benefit.settled


def test_nothing_told_means_nothing_refused_that_hangs_on_it():
    for one in what_can_i_get(BENEFITS, Answers({}, TODAY)):
        assert one.verdict != "yes", one.benefit.id
        refused = {reason.need.id for reason in one.missing}
        assert refused <= {"in-force"}, one.benefit.id
        assert one.nearest is None


def test_what_is_certain_comes_first():
    verdicts = [one.verdict for one in what_can_i_get(BENEFITS, Answers(DISABLED, TODAY))]
    assert verdicts == sorted(verdicts, key=["yes", "maybe", "no"].index)
    assert verdicts[0] == "yes"


def test_few_questions_are_asked_and_each_has_its_predecessors_before_it():
    asked = fact_questions(BENEFITS)
    near_retirement = {"retires_as", "pension_paid", "children_born"}
    at_work = {
        "work_now",
        "graduated_within",
        "firm_class",
        "new_here",
        "lost_work",
        "new_certificate",
    }
    rest = [one for one in asked if one.id not in near_retirement | at_work]
    assert len(rest) <= 16
    assert len(asked) == len({one.id for one in asked})
    assert len(asked) == len(rest) + len(near_retirement) + len(at_work)
    seen: set[str] = set()
    for question in asked:
        assert question.applies.questions <= seen, question.id
        seen.add(question.id)
    healthy = Answers({"age_years": 30, "disability_grade": "none"}, TODAY)
    subsidy = CITY.benefits["disability-nursing-subsidy"]
    assert {"self_care", "cared_at"}.isdisjoint(open_questions(subsidy, healthy))


def test_an_income_no_more_than_before_never_loses_a_benefit():
    """Monotone: who gets something at an income also gets it, and no less, at a lower one."""
    for benefit in ("disability-living-subsidy", "minimum-living"):
        before: Decimal | None = None
        for income in range(2500, -1, -50):
            value = money(benefit, base=DISABLED, income_per_head=income, income_own=6000)
            assert before is None or (value is not None and value >= before)
            before = value
        assert before is not None


def test_every_benefit_says_its_rules_and_can_be_told_in_both_languages():
    for benefit in BENEFITS:
        assert benefit.rules
        assert list(benefit_faults(benefit, CITY.life_events)) == []
        for question in benefit.questions:
            assert specimen_answer(question, TODAY) is not None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"starts": "nowhere"}, "there is no life event 'nowhere'"),
        ({"presets": {"colour": "red"}}, "has no guidance question 'colour'"),
        ({"presets": {"wanted": ["gold"]}}, "'wanted' has no choice 'gold'"),
        ({"presets": {"wanted": "living"}}, "is given the other"),
        ({"needs": ()}, "everybody would get it"),
        ({"id": "Living Subsidy"}, "not kebab-case"),
        ({"questions": ()}, None),
    ],
)
def test_a_benefit_that_does_not_fit_is_refused(changes: dict[str, Any], fault: str | None):
    benefit = replace(CITY.benefits["disability-living-subsidy"], **changes)
    faults = list(benefit_faults(benefit, CITY.life_events))
    assert any(fault in line for line in faults) if fault else faults == []


@pytest.mark.parametrize(
    ("kind", "status", "verdict"),
    [
        *((kind, "minimum", "yes") for kind in ("medical", "education", "housing", "work")),
        ("medical", "near", "yes"),
        ("medical", "destitute", "yes"),
        ("medical", "none", "maybe"),
        ("disaster", "none", "yes"),
    ],
)
def test_the_other_kinds_of_relief_are_screened_and_none_names_an_amount(
    kind: str, status: str, verdict: str
):
    result = found(f"{kind}-relief", relief_status=status, troubles=[kind])
    assert result.verdict == verdict
    assert result.money is None
    assert found(f"{kind}-relief", relief_status=status).verdict == "no"


def test_the_eight_kinds_of_relief_are_screened_together():
    """The eight kinds of 国务院令第649号, on one page; each leads to where it is applied for."""
    screening = CITY.screenings["relief"]
    assert [one.title.zh[:2] for one in screening.benefits] == [
        *("最低", "特困", "受灾", "医疗", "教育", "住房", "就业", "临时")
    ]
    assert len(fact_questions(screening.benefits)) <= 10
    assert "民政" in screening.decides.zh
    kinds = {value for one in screening.benefits for value in one.presets["seeking"]}
    assert kinds == {"minimum", "destitute", "temporary", "other"}


def test_truth_has_three_values():
    facts = Facts(Answers({"a": 1}, TODAY), "3310", frozenset({"b"}))

    def yes(_facts: Facts) -> bool:
        return True

    def no(_facts: Facts) -> bool:
        return False

    def unknown(_facts: Facts) -> None:
        return None

    assert any_of(unknown, yes)(facts) is True
    assert any_of(unknown, no)(facts) is None
    assert any_of(no, no)(facts) is False
    assert all_of(unknown, no)(facts) is False
    assert all_of(unknown, yes)(facts) is None
    assert all_of(yes, yes)(facts) is True
    assert none_of(unknown)(facts) is None
    assert none_of(yes)(facts) is False
    assert below("a", lambda _facts: None)(facts) is None
    assert below("a", lambda _facts: Decimal(1))(facts) is False
    assert below("a", lambda _facts: Decimal(2))(facts) is True
    assert below("b", lambda _facts: Decimal(2))(facts) is None
    assert below("c", lambda _facts: Decimal(2))(facts) is False


def test_the_county_table_is_complete_as_far_as_it_was_found():
    values = {
        (age, amount.area): amount.value
        for age, parameter in OLD_AGE_STEPS.items()
        for amount in parameter.amounts
    }
    assert values[80, "3310"] == 60
    assert all(values[age, "3310"] is None for age in (90, 100, 110))
    assert sum(value is not None for value in values.values()) == 23
    amounts: list[Amount] = [one for step in OLD_AGE_STEPS.values() for one in step.amounts]
    assert not any(amount.confirmed for amount in amounts)
