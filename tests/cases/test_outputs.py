"""The form of an output: made from its type, read with a sentence for whatever is wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import field_validator

from app.cases.outputs import OutputNotRight, output_fields, read_output
from app.catalogue import load
from app.vocabulary.public_service import Result, told


class Certificate(Result):
    """One field of each kind."""

    number: str = told("编号", "Number", min_length=4, max_length=8, pattern=r"^[A-Z]\d+$")
    issued_on: date = told("发证日期", "Issued on")
    seen_at: datetime | None = told("查验时间", "Seen at", default=None)
    amount: Decimal = told("金额", "Amount", ge=0, le=100)
    count: int = told("数量", "Count", gt=0)
    kind: Literal["first", "again"] = told("类别", "Kind")
    paper: bool = told("需要纸质", "On paper")
    note: str = told("备注", "Note", default="", sensitive=True)

    @field_validator("note")
    @classmethod
    def _is_polite(cls, text: str) -> str:
        if "!" in text:
            raise ValueError("请不要用感叹号。")
        return text


TYPED = {
    "number": " A1234 ",
    "issued_on-year": "2026",
    "issued_on-month": "3",
    "issued_on-day": "7",
    "amount": "12.50",
    "count": "2",
    "kind": "first",
    "paper": "yes",
}


def test_the_form_follows_the_type():
    fields = {field.name: field for field in output_fields(Certificate)}
    assert [field.kind for field in fields.values()] == [
        "text",
        "date",
        "datetime",
        "number",
        "number",
        "choice",
        "tick",
        "text",
    ]
    assert fields["kind"].options == ("first", "again")
    assert fields["seen_at"].optional
    assert fields["note"].optional
    assert fields["note"].sensitive
    assert not fields["number"].optional
    assert (fields["number"].title.zh, fields["number"].title.en) == ("编号", "Number")


def test_what_was_typed_is_kept_as_json():
    seen = {f"seen_at-{part}": value for part, value in SEEN.items()}
    assert read_output(Certificate, {**TYPED, **seen}) == {
        "number": "A1234",
        "issued_on": "2026-03-07",
        "seen_at": "2026-03-07T08:05:00+08:00",
        "amount": "12.50",
        "count": 2,
        "kind": "first",
        "paper": True,
        "note": "",
    }


SEEN = {"year": "2026", "month": "3", "day": "7", "hour": "8", "minute": "5"}


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"number": ""}, "number", "请填写编号。"),
        ({"number": "A1"}, "number", "编号至少 4 个字符，请核对。"),
        ({"number": "A" + "1" * 30}, "number", "编号最多 8 个字符，请缩短。"),
        ({"number": "12345"}, "number", "编号的格式不对，请照原件填写。"),
        ({"issued_on-month": "13"}, "issued_on", "发证日期请填真实的日期，例如 2026 11 23。"),
        ({"issued_on-day": "abc"}, "issued_on", "发证日期请填真实的日期，例如 2026 11 23。"),
        ({"issued_on-year": ""}, "issued_on", "发证日期请填真实的日期，例如 2026 11 23。"),
        ({"seen_at-hour": "25"}, "seen_at", "查验时间请填真实的日期，例如 2026 11 23。"),
        ({"amount": "lots"}, "amount", "金额请填数字。"),
        ({"amount": "NaN"}, "amount", "金额请填数字。"),
        ({"amount": "-1"}, "amount", "金额不能小于 0。"),
        ({"amount": "1e999"}, "amount", "金额不能大于 100。"),
        ({"count": "1.5"}, "count", "数量请填整数。"),
        ({"count": "9" * 5000}, "count", "数量请填整数。"),
        ({"count": "0"}, "count", "数量要大于 0。"),
        ({"kind": "other"}, "kind", "请选择类别。"),
        ({"kind": ""}, "kind", "请填写类别。"),
        ({"note": "好" * 201}, "note", "内容太长了，请精简后再保存。"),
        ({"note": "a\x00b"}, "note", "这里有无法识别的字符，请删掉后重新输入。"),
        ({"number": "A123\ud800"}, "number", "这里有无法识别的字符，请删掉后重新输入。"),
        ({"note": "now!"}, "note", "请不要用感叹号。"),
    ],
)
def test_whatever_is_wrong_gets_a_sentence_in_both_languages(
    wrong: dict[str, str], field: str, said: str
):
    with pytest.raises(OutputNotRight) as refused:
        read_output(Certificate, {**TYPED, **wrong})
    (correction,) = refused.value.corrections
    assert correction.name == field
    assert correction.message.zh == said
    assert correction.message.en


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(OutputNotRight) as refused:
        read_output(Certificate, {})
    assert {found.name for found in refused.value.corrections} == {
        "number",
        "issued_on",
        "amount",
        "count",
        "kind",
    }


@pytest.mark.parametrize("service", load().services.values(), ids=lambda service: service.id)
def test_every_service_of_the_city_has_a_form_for_its_output(service: Any):
    fields = output_fields(service.produces.fields)
    assert fields
    assert all(field.title.zh and field.title.en for field in fields)
