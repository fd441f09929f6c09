"""What is known of a child where places are given: facts by name, and how each reads in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.forms import divisions
from app.forms.moments import day_in_words
from app.wording import Words

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact: its type, its name, and the unit of a number."""

    kind: type[Any]
    name: Words
    unit: Words | None = None


MONTHS = Words("个月", "months")
FACTS: Mapping[str, Fact] = {
    "register_county": Fact(str, Words("户籍所在县（市、区）", "county of register")),
    "register_since": Fact(date, Words("户籍登记日期", "registered since")),
    "home_county": Fact(str, Words("房产所在县（市、区）", "county of the home")),
    "home_owner": Fact(str, Words("房产权利人", "owner of the home")),
    "home_use": Fact(str, Words("房产用途", "use of the home")),
    "home_share": Fact(int, Words("产权份额", "share of the title"), Words("%", "%")),
    "home_since": Fact(date, Words("房产登记日期", "title registered on")),
    "home_agrees": Fact(bool, Words("户籍和房产在同一学区", "register and home agree")),
    "permit_since": Fact(date, Words("居住证签发日期", "permit issued on")),
    "permit_until": Fact(date, Words("居住证有效期至", "permit valid until")),
    "insured_county": Fact(str, Words("参保地", "place of insurance")),
    "insured_months": Fact(int, Words("截止日前连续参保", "insured at the cut-off"), MONTHS),
    "work_county": Fact(str, Words("经商务工所在县（市、区）", "county of business or work")),
    "work_since": Fact(date, Words("经商务工开始日期", "business or work since")),
    "school_county": Fact(str, Words("小学学籍所在县（市、区）", "county of the primary school")),
    "preference": Fact(bool, Words("优待对象", "preference status")),
    "points": Fact(int, Words("积分", "points"), Words("分", "points")),
}
_VALUES: Mapping[str, Words] = {
    "parents": Words("父母", "the parents"),
    "grandparents": Words("祖父母或外祖父母", "grandparents"),
    "others": Words("其他人", "others"),
    "dwelling": Words("住宅", "dwelling"),
    "commercial": Words("商住或其他", "commercial or other"),
    "city": Words("台州市本级", "city level"),
}
NOTHING = Words("没有查到", "not found")


def in_words(field: str, op: str, fact: Any, wanted: Any, *, holds: bool) -> Words:
    """What was found and, where it is not enough, what is wanted and how much is missing."""
    known = FACTS[field]
    found = NOTHING if fact is None else _value(fact, known.unit)
    zh, en = f"{known.name.zh}{found.zh}", f"{known.name.en} {found.en}"
    if holds:
        return Words(zh, en)
    need = _wanted(op, wanted, known.unit)
    zh, en = f"{zh}，需要{need.zh}", f"{en}, {need.en} needed"
    if op == "at_least" and isinstance(wanted, int) and isinstance(fact, int | None):
        gap = _value(wanted - (fact or 0), known.unit)
        return Words(f"{zh}，还差{gap.zh}", f"{en}: {gap.en} missing")
    return Words(zh, en)


def _wanted(op: str, wanted: Any, unit: Words | None) -> Words:
    if isinstance(wanted, tuple):
        values = [_value(one, unit) for one in wanted]
        zh, en = "或".join(one.zh for one in values), " or ".join(one.en for one in values)
        return Words(zh, en)
    value = _value(wanted, unit)
    if op == "by":
        return Words(f"不晚于{value.zh}", f"not later than {value.en}")
    if op == "at_least" and isinstance(wanted, date):
        return Words(f"不早于{value.zh}", f"not before {value.en}")
    return value


def _value(value: Any, unit: Words | None) -> Words:
    match value:
        case bool():
            return Words("是", "yes") if value else Words("否", "no")
        case date():
            return day_in_words(value)
        case int():
            return Words(f"{value}{unit.zh}", f"{value} {unit.en}") if unit else _same(str(value))
    text = str(value)
    return _VALUES.get(text) or divisions.name_of(text) or _same(text)


def _same(text: str) -> Words:
    return Words(text, text)
