"""The facts of a step read as words: choices as they were made, places by name, the rest masked."""

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from app.cases.request_facts import Fact, chosen_label, facts_of, request_of
from app.catalogue import load
from app.forms.answers import Answers
from app.forms.specimen import specimen
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.public_service import Message, told

BIRTH = load().life_events["birth"]
TODAY = date(2026, 11, 23)


class Everything(Message):
    """A field of each kind."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True)
    mother_document: str = told("母亲证件", "Mother's document", sensitive=True)
    born_at: datetime = told("出生时间", "Born at", sensitive=True)
    sex: Literal["1", "2"] = told("性别", "Sex")
    ethnicity: str = told("民族", "Ethnicity")
    relation: str = told("关系", "Relation")
    county: str = told("县", "County")
    married: bool = told("已婚", "Married")
    seen_at: datetime = told("查验", "Seen at")
    born_on: date = told("出生日期", "Born on")
    address: dict[str, str] = told("地址", "Address")
    note: str | None = told("备注", "Note", default=None)
    empty: str = told("空", "Empty", default="")
    number: str = told("编号", "Number")


REQUEST = Everything(
    child_name="王小样",
    mother_document="33100219900307002X",
    born_at=datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
    sex="1",
    ethnicity="01",
    relation="mother",
    county="331002",
    married=True,
    seen_at=datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
    born_on=date(2026, 11, 19),
    address={"county": "331002", "detail": "样例路1号"},
    number="1",
)


def facts(*, revealed: bool) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts_of(BIRTH, REQUEST, revealed=revealed)}


def test_choices_places_days_and_answers_read_as_words():
    shown = {name: fact.value.zh for name, fact in facts(revealed=False).items()}
    assert shown["sex"] == "男"
    assert shown["ethnicity"] == "汉族"
    assert shown["relation"] == "母亲"
    assert shown["county"] == "椒江区（331002）"
    assert shown["married"] == "是"
    assert shown["seen_at"] == "2026年11月19日 16:00"
    assert shown["born_on"] == "2026年11月19日"
    assert shown["address"] == "椒江区（331002），样例路1号"
    assert shown["number"] == "1"
    assert not {"note", "empty"} & set(shown)


def test_sensitive_facts_are_masked_until_they_are_revealed():
    masked, revealed = facts(revealed=False), facts(revealed=True)
    assert masked["child_name"].value.zh == "王*样"
    assert masked["mother_document"].value.zh == "331002********002X"
    assert masked["born_at"].value.zh == "（已隐藏）"
    assert revealed["child_name"].value.zh == "王小样"
    assert revealed["mother_document"].value.zh == REQUEST.mother_document
    assert revealed["born_at"].value.zh == "2026年11月19日 16:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [("care", "1"), ("amount", "1"), ("whatever", "none"), ("sex", "3"), ("x", "不是代码")],
)
def test_a_value_whose_words_are_not_certain_stays_as_it_is(field: str, value: str):
    assert chosen_label(BIRTH, field, value) is None


def test_a_request_that_cannot_be_built_any_more_is_none():
    answers = specimen(BIRTH, TODAY)
    case = CaseFile("TZ-TEST", Person("王小样", "331002199003070020"), answers, TODAY)
    service = BIRTH.steps[0].service.id
    assert request_of(BIRTH, service, case, None) is not None
    empty = CaseFile("TZ-TEST", case.applicant, Answers({}, TODAY), TODAY)
    assert request_of(BIRTH, service, empty, None) is None
    assert request_of(BIRTH, "service-of-another-event", case, None) is None
