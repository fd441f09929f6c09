"""Requests fill themselves from answers, outputs and facts, or say at start-up that they cannot."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest

from app.catalogue import load
from app.forms import questions as kinds
from app.forms.answers import Answer, Answers
from app.forms.conditions import Is
from app.forms.questions import Repeated
from app.services.household_register import FAMILY_REGISTER, REGISTER_NEWBORN
from app.services.medical_insurance import ENROL_MEDICAL_INSURANCE
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.declaring import ask, choose, number, page
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent, Reckoning
from app.vocabulary.public_service import Message
from app.vocabulary.requests import (
    Source,
    account,
    answer,
    applicant,
    fact,
    filled,
    first_of,
    holds,
    of_first,
    produced,
    reckoned,
    rows,
    when,
)
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.request_soundness import request_faults
from app.workflow.soundness import event_faults, known_questions
from app.workflow.uses import why

TODAY = date(2026, 11, 23)
BIRTH = load().life_events["birth"]
CHILD = BIRTH.groups[0]
HOME = {"county": "331082", "township": "331082001", "detail": "演示巷7号"}


class Everything(Message):
    """One field of each type."""

    text: str
    whole: int
    part: float
    exact: Decimal
    agreed: bool
    day: date
    moment: datetime
    several: list[str]
    sort: Literal["a", "b"]
    home: str
    paper: str
    perhaps: int | None
    usual: str = "as usual"


ANSWERED: dict[str, Answer] = {
    "text": "字",
    "whole": "2",
    "part": 1.5,
    "exact": 0.1,
    "agreed": "yes",
    "day": "2026-03-27T08:30",
    "moment": "2026-03-27T08:30",
    "several": ["x", "y"],
    "sort": "b",
    "home": HOME,
    "paper": {"type": "passport", "number": "E1234567"},
}


def case_with(**changed: Any) -> CaseFile:
    held = {name: value for name, value in (ANSWERED | changed).items() if value is not None}
    return CaseFile("N", Person("王小样", "331002199003070022", "138"), Answers(held, TODAY), TODAY)


def test_each_field_reads_the_question_of_its_name_as_its_own_type():
    assert filled(Everything)(case_with()).model_dump() == {
        "text": "字",
        "whole": 2,
        "part": 1.5,
        "exact": Decimal("0.1"),
        "agreed": True,
        "day": date(2026, 3, 27),
        "moment": datetime(2026, 3, 27, 8, 30),  # noqa: DTZ001 - local time, as the form asks it
        "several": ["x", "y"],
        "sort": "b",
        "home": "临海市古城街道演示巷7号",
        "paper": "E1234567",
        "perhaps": None,
        "usual": "as usual",
    }


def test_what_was_not_answered_is_an_empty_text_no_or_nothing():
    made = filled(Everything)(case_with(text=None, agreed=None, several=None, perhaps=0, usual="x"))
    assert (made.text, made.agreed, made.several, made.perhaps, made.usual) == (
        "",
        False,
        [],
        0,
        "x",
    )


@pytest.mark.parametrize("field", ["whole", "day", "moment", "part", "exact"])
def test_a_number_or_a_day_that_is_missing_cannot_be_made_up(field: str):
    with pytest.raises(ValueError, match=field):
        filled(Everything)(case_with(**{field: None}))


def test_an_address_outside_the_city_is_its_detail():
    made = filled(Everything)(case_with(home={"county": "other", "township": "", "detail": "杭州"}))
    assert made.home == "杭州"


class Told(Message):
    """Fields whose values come from elsewhere."""

    value: str


def told(source: Source, case: CaseFile) -> str:
    return filled(Told, value=source)(case).value


def test_values_come_from_parts_people_facts_conditions_and_whichever_is_there():
    case = replace(case_with(), facts={"family-register": {"household_head": "林浩然"}})
    is_b, is_a = Is("sort", "b"), Is("sort", "a")
    assert told(answer("home", "county"), case) == "331082"
    assert told(applicant("id_number"), case) == "331002199003070022"
    assert told(fact(FAMILY_REGISTER, "household_head"), case) == "林浩然"
    assert told(when(is_b, "yes", answer("text")), case) == "yes"
    assert told(when(is_a, "yes", answer("text")), case) == "字"
    assert told(first_of(answer("nothing"), answer("text")), case) == "字"
    assert told(first_of(answer("nothing")), case) == ""
    assert filled(Everything, agreed=holds(is_a))(case).agreed is False


def test_an_output_is_that_of_the_same_child_and_empty_until_it_is_there():
    made = {"insured_number": "CX0001", "enrolled_on": "2026-03-27", "year": 2026}
    source = produced(ENROL_MEDICAL_INSURANCE, "insured_number")
    case = case_with()
    first = replace(case, outputs={"enrol-medical-insurance:1": made})
    assert told(source, first.about("child", 0)) == "CX0001"
    assert told(source, first.about("child", 1)) == ""
    assert told(source, first) == ""
    assert told(of_first(CHILD, source), first) == "CX0001"


class Stay(Message):
    """One line of a table."""

    place: str
    since: date


class Stays(Message):
    """A request with a table."""

    stays: list[Stay]
    years: int


STAY = Repeated("stay", "stays", Words("第{n}处", "Place {n}"))
YEARS = Reckoning(
    "years",
    Words("年数", "Years"),
    frozenset({"whole"}),
    lambda answers: int(answers.number("whole")) * 2 or None,
    lambda years: Words(f"{years}年", f"{years} years"),
    Rule("r", Words("规则", "Rule"), "第一条", "U"),
)


def test_a_table_has_a_line_for_each_item_and_a_month_is_its_first_day():
    lines = [{"place": "甲", "since": "2026-03"}, {"place": "乙", "since": "2020-07-09"}]
    case = case_with(stay=lines, stays="2")
    build = filled(Stays, stays=rows(STAY, Stay), years=reckoned(YEARS))
    assert build(case).model_dump() == {
        "stays": [
            {"place": "甲", "since": date(2026, 3, 1)},
            {"place": "乙", "since": date(2020, 7, 9)},
        ],
        "years": 4,
    }
    assert build.questions == {"place", "since", "whole"}


def test_what_a_rule_makes_of_answers_waits_for_all_of_them():
    assert YEARS.of(case_with().answers) == 4
    assert YEARS.of(case_with(whole=None).answers) is None


def test_an_account_is_three_fields():
    paid = account("mother_account")
    case = case_with(mother_account={"holder": "陈雨桐", "bank": "样例银行", "number": "62"})
    assert {name: told(source, case) for name, source in paid.items()} == {
        "account_holder": "陈雨桐",
        "account_bank": "样例银行",
        "account_number": "62",
    }


def test_a_name_that_no_request_has_is_refused_where_it_is_written():
    with pytest.raises(ValueError, match="valeu"):
        filled(Told, valeu=answer("text"))
    with pytest.raises(ValueError, match="citizen"):
        step(ENROL_MEDICAL_INSURANCE, citizen=answer("text"))
    with pytest.raises(ValueError, match="nobodys"):
        plan({"nobodys": answer("text")}, step(ENROL_MEDICAL_INSURANCE))
    with pytest.raises(ValueError, match="role"):
        look_up(FAMILY_REGISTER, role=answer("text"))


def test_a_steps_own_source_goes_before_the_usual_one():
    usual = {"year": answer("usual"), "county": answer("home", "county")}
    (only,) = plan(usual, step(ENROL_MEDICAL_INSURANCE, year=answer("whole")))
    assert only.request.sources["year"].questions == {"whole"}
    assert only.request.sources["county"].questions == {"home"}


def with_source(service: str, **sources: Source) -> LifeEvent:
    """The birth with other sources in one step."""
    steps = tuple(
        replace(item, request=replace(item.request, given={**item.request.given, **sources}))
        if item.service.id == service
        else item
        for item in BIRTH.steps
    )
    return replace(BIRTH, steps=steps)


def faults(event: LifeEvent) -> list[str]:
    return list(request_faults(event, known_questions(event)))


def test_the_requests_of_a_birth_are_sound():
    assert faults(BIRTH) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ({"year": answer("nothing")}, "not asked before"),
        ({"year": answer("child_name")}, "cannot take the answer to 'child_name'"),
        ({"year": answer("insurance_year", "county")}, "cannot take the answer"),
        ({"county": answer("mother_account")}, "cannot take the answer"),
        ({"county": answer("child_address", "street")}, "cannot take the answer"),
        ({"citizen_id": produced(REGISTER_NEWBORN, "number")}, "does not produce 'number'"),
        ({"citizen_id": produced(ENROL_MEDICAL_INSURANCE, "year")}, "not among what the step"),
        ({"county": when(Is("parents", "divorced"), "1", "2")}, "no choice 'divorced'"),
        ({"county": when(Is("nothing", "x"), "1", "2")}, "not asked before"),
        ({"county": fact(FAMILY_REGISTER, "income")}, "does not tell 'income'"),
    ],
)
def test_a_source_that_does_not_fit_is_a_sentence_at_start_up(
    source: dict[str, Source], fault: str
):
    (found,) = faults(with_source("enrol-medical-insurance", **source))
    assert "enrol-medical-insurance" in found
    assert next(iter(source)) in found
    assert fault in found


def test_a_register_that_is_not_asked_has_no_facts():
    event = with_source("enrol-medical-insurance", county=fact(FAMILY_REGISTER, "household_head"))
    assert any("is not asked" in found for found in faults(replace(event, asks=())))


def test_a_value_that_the_field_does_not_take_is_found():
    event = with_source("register-newborn", follows=when(Is("follows", "father"), "dad", "mother"))
    (found,) = faults(event)
    assert "cannot be 'dad'" in found


def test_a_field_without_question_or_source_is_found():
    (enrol,) = (item for item in BIRTH.steps if item.service is ENROL_MEDICAL_INSURANCE)
    event = replace(BIRTH, steps=(step(enrol.service, each=CHILD, applies=enrol.applies),))
    found = [item for item in event_faults(event) if "where it comes from" in item]
    assert [item.split("'")[3] for item in found] == [
        "citizen_id",
        "county",
        "year",
        "guardian_name",
        "guardian_mobile",
    ]


def test_an_answer_of_each_child_cannot_go_into_one_request_about_all():
    event = with_source("pay-maternity-allowance", employer=answer("child_name"))
    (found,) = faults(event)
    assert "asked once per child" in found
    first = with_source("pay-maternity-allowance", employer=of_first(CHILD, answer("child_name")))
    assert faults(first) == []


def test_a_question_tells_exactly_who_is_sent_its_answer():
    sent = {use.service.id for use in why(BIRTH, "card_bank") if use.purpose == "request"}
    assert sent == {"issue-social-security-card"}
    sent = {use.service.id for use in why(BIRTH, "father_document") if use.purpose == "request"}
    assert "pay-maternity-allowance" not in sent
    assert "register-newborn" in sent


def test_a_personal_number_is_sensitive_without_being_told():
    assert ask("mobile", "手机", "Mobile", kinds.Mobile()).sensitive
    assert not ask("years", "几年", "Years", number(0, 9)).sensitive


def test_a_sensitive_page_makes_all_its_questions_so():
    made = page("health", "健康", "Health", sensitive=True).asks(
        choose("well", "好吗？", "Well?").one_of(("yes", "好", "Yes"), ("no", "不好", "No")),
        ask("weeks", "孕周", "Weeks", number(20, 45, "周", "weeks")),
    )
    assert [question.sensitive for question in made.questions] == [True, True]
