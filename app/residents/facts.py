"""What a register told, in words: the titles of its fields and their values, masked."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.cases.portal import CITY_TIME
from app.forms import divisions
from app.forms.answers import Answers
from app.forms.identifiers import DOCUMENT_TYPES
from app.forms.moments import day_in_words
from app.forms.questions import Question, Text
from app.forms.showing import display, masked_number
from app.vocabulary.public_service import SharedRegister
from app.wording import Words

_DIGITS_TO_MASK = 8
_BETWEEN = Words("、", ", ")


def fact_titles(register: SharedRegister[Any, Any]) -> tuple[Words, ...]:
    """Which facts a register tells, without their values."""
    return tuple(_title(name, field) for name, field in register.facts.model_fields.items())


def fact_lines(
    register: SharedRegister[Any, Any],
    facts: Mapping[str, Any],
    questions: Iterable[Question] = (),
) -> tuple[tuple[Words, Words], ...]:
    """Title and value of each fact that is there, in the order of the declaration.

    A fact that answers one of the `questions` reads as its answer does.
    """
    asked = {
        question.shared.fact: question
        for question in questions
        if question.shared and question.shared.register == register.id
    }
    lines = []
    for name, field in register.facts.model_fields.items():
        value = facts.get(name)
        if value in (None, "", [], {}):
            continue
        sensitive = bool((field.json_schema_extra or {}).get("sensitive"))
        words = value_words(value, sensitive=sensitive)
        if name in asked and not isinstance(asked[name].kind, Text):
            words = _as_answer(asked[name], value)
        elif (
            coded := (field.json_schema_extra or {}).get("codes", {}).get(str(value))
        ) is not None:
            words = Words(*coded)
        lines.append((_title(name, field), words))
    return tuple(lines)


def _as_answer(question: Question, value: Any) -> Words:
    values = value if isinstance(value, list) else [value]
    zh, en = (
        [display(question, Answers({question.id: one}), language) for one in values]
        for language in ("zh", "en")
    )
    return Words(_BETWEEN.zh.join(zh), _BETWEEN.en.join(en))


def field_lines(model: type[Any], values: Mapping[str, Any]) -> tuple[tuple[Words, Words], ...]:
    """Title and value of each field of a result that is there."""
    lines = []
    for name, field in model.model_fields.items():
        value = values.get(name)
        if value not in (None, "", [], {}):
            sensitive = bool((field.json_schema_extra or {}).get("sensitive"))
            lines.append((_title(name, field), value_words(value, sensitive=sensitive)))
    return tuple(lines)


def value_words(value: Any, *, sensitive: bool = False) -> Words:
    """A JSON value as people read it: dates as dates, codes as names, long numbers masked."""
    # Any: a register's or a department's answer.
    if isinstance(value, bool):
        return Words("是", "Yes") if value else Words("否", "No")
    if isinstance(value, list):
        several = [value_words(item, sensitive=sensitive) for item in value]
        return Words(
            _BETWEEN.zh.join(item.zh for item in several),
            _BETWEEN.en.join(item.en for item in several),
        )
    if isinstance(value, dict):
        return _parts_words(value)
    text = str(value)
    if moment := _moment_words(text):
        return moment
    if sensitive and sum(sign.isdigit() for sign in text) >= _DIGITS_TO_MASK:
        text = masked_number(text)
    return Words(text, text)


def _parts_words(parts: Mapping[str, Any]) -> Words:
    if "county" in parts:
        names = [divisions.name_of(str(parts.get(name, ""))) for name in ("county", "township")]
        detail = str(parts.get("detail", ""))
        return Words(
            "".join(name.zh for name in names if name) + detail,
            ", ".join([detail, *(name.en for name in reversed(names) if name)]),
        )
    kind = DOCUMENT_TYPES.get(str(parts.get("type", "")))
    rest = [
        masked_number(str(part)) if key == "number" else str(part)
        for key, part in parts.items()
        if key != "type" and part
    ]
    zh = ([kind.zh] if kind else []) + rest
    en = ([kind.en] if kind else []) + rest
    return Words(" ".join(zh), " ".join(en))


def _moment_words(text: str) -> Words | None:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(CITY_TIME) if moment.tzinfo else moment
        day = day_in_words(moment.date())
    except ValueError:
        return None
    if len(text) == len(date.min.isoformat()):
        return day
    return Words(f"{day.zh} {moment:%H:%M}", f"{day.en} {moment:%H:%M}")


def _title(name: str, field: Any) -> Words:
    # Any: pydantic's FieldInfo.
    extra = field.json_schema_extra or {}
    return Words(field.title or name, str(extra.get("en") or name))
