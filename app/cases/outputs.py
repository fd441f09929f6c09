"""The form of a service's output, made from its result type, and what an officer typed into it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from app.errors import NotComplete
from app.forms.tidying import TOO_LONG, in_ascii, tidied
from app.vocabulary.public_service import Result
from app.wording import Words

Kind = Literal["text", "date", "datetime", "number", "tick", "choice", "several"]
LONGEST_TEXT: Final = 200
LONGEST_NUMBER: Final = 20


@dataclass(frozen=True, slots=True)
class OutputField:
    """One field of the form: its name, title and kind; `options` are the values of a choice."""

    name: str
    title: Words
    kind: Kind
    optional: bool
    sensitive: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputCorrection:
    """One field to mend, with a sentence of what to do."""

    name: str
    message: Words


class OutputNotRight(NotComplete):
    """The output cannot be given out as it was typed."""

    code = "output-not-right"

    def __init__(self, corrections: tuple[OutputCorrection, ...]) -> None:
        super().__init__(
            Words("办理结果还没有填写正确。", "The result is not filled in correctly yet."),
            Words("请按提示修改。", "Change what is marked."),
        )
        self.corrections = corrections


def output_fields(model: type[Result]) -> tuple[OutputField, ...]:
    """The form of a result type, in the order of its fields."""
    return tuple(_field(name, info) for name, info in model.model_fields.items())


def read_output(model: type[Result], typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed as the output to keep (JSON values). Raises OutputNotRight.

    Dates come as year, month and day in `name-year`, `name-month`, `name-day`, moments with
    `name-hour` and `name-minute`, as the date components send them.
    """
    fields = {field.name: field for field in output_fields(model)}
    values = {name: _typed(field, typed) for name, field in fields.items()}
    found = {
        name: OutputCorrection(name, value)
        for name, value in values.items()
        if isinstance(value, Words)
    }
    sent = {name: value for name, value in values.items() if value is not None}
    try:
        read = model.model_validate(sent)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_input=False):
            name = str(error["loc"][0]) if error["loc"] else next(iter(fields))
            found.setdefault(name, OutputCorrection(name, _message(fields[name], error)))
    if found:
        raise OutputNotRight(tuple(found[name] for name in fields if name in found))
    return read.model_dump(mode="json")


def _field(name: str, info: FieldInfo) -> OutputField:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    title = info.title or name
    plain, optional = _without_none(info.annotation)
    kind, options = _kind(plain)
    return OutputField(
        name=name,
        title=Words(title, str(extra.get("en", title))),
        kind=kind,
        optional=optional or not info.is_required(),
        sensitive=bool(extra.get("sensitive")),
        options=options,
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    # Any: annotations are types, unions and literals alike.
    if get_origin(annotation) is Union or isinstance(annotation, type(int | str)):
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return rest[0], len(rest) < len(get_args(annotation))
    return annotation, False


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return "choice", tuple(str(option) for option in get_args(annotation))
    if get_origin(annotation) in {list, tuple}:
        return "several", ()
    return _KINDS.get(annotation, "text"), ()


_KINDS: Final[Mapping[Any, Kind]] = {
    date: "date",
    datetime: "datetime",
    int: "number",
    float: "number",
    Decimal: "number",
    bool: "tick",
}
# Several values are typed one after the other with a comma, a semicolon or 、 between them.
_BETWEEN: Final = re.compile(r"\s*[、，,；;]\s*")
_DATE_PARTS: Final = ("year", "month", "day")
_TIME_PARTS: Final = ("hour", "minute")


def _typed(field: OutputField, typed: Mapping[str, str]) -> str | bool | list[str] | Words | None:
    """The value as pydantic reads it; None where nothing was typed, words for what is odd."""
    if field.kind == "tick":
        return typed.get(field.name) == "yes"
    if field.kind in {"date", "datetime"}:
        return _moment(field, typed)
    value = tidied(typed.get(field.name, ""))
    if isinstance(value, Words):
        return value
    if field.kind == "several":
        return [one for one in _BETWEEN.split(value[:LONGEST_TEXT]) if one]
    if field.kind == "number":
        return in_ascii(value)[:LONGEST_NUMBER] + "?" * (len(value) > LONGEST_NUMBER) or None
    return TOO_LONG if len(value) > LONGEST_TEXT else value or None


def _moment(field: OutputField, typed: Mapping[str, str]) -> str | None:
    names = _DATE_PARTS if field.kind == "date" else _DATE_PARTS + _TIME_PARTS
    parts = [in_ascii(typed.get(f"{field.name}-{name}", "")).strip()[:4] for name in names]
    if not any(parts):
        return None
    day = f"{parts[0]:0>4}-{parts[1]:0>2}-{parts[2]:0>2}"
    return day if field.kind == "date" else f"{day}T{parts[3]:0>2}:{parts[4]:0>2}:00+08:00"


def _message(field: OutputField, error: ErrorDetails) -> Words:
    zh, en = field.title.zh, field.title.en
    kind = error["type"]
    if kind == "missing":
        return Words(f"请填写{zh}。", f"Enter: {en}.")
    if kind == "value_error":
        said = str(error.get("ctx", {}).get("error", ""))
        return Words(said or f"请核对{zh}。", f"{en}: {said}" if said else f"Check: {en}.")
    for start, words in _MESSAGES.items():
        if kind.startswith(start):
            limits = error.get("ctx", {})
            return words(zh, en, limits)
    return Words(f"请核对{zh}，现在的内容不能作为结果。", f"Check: {en}.")


_Say = Callable[[str, str, Mapping[str, Any]], Words]
_MESSAGES: Final[Mapping[str, _Say]] = {
    "date": lambda zh, en, _: Words(
        f"{zh}请填真实的日期，例如 2026 11 23。",
        f"{en}: enter a real date, for example 2026 11 23.",
    ),
    "string_too_short": lambda zh, en, limits: Words(
        f"{zh}至少 {limits['min_length']} 个字符，请核对。",
        f"{en}: at least {limits['min_length']} characters.",
    ),
    "string_too_long": lambda zh, en, limits: Words(
        f"{zh}最多 {limits['max_length']} 个字符，请缩短。",
        f"{en}: at most {limits['max_length']} characters.",
    ),
    "string_pattern": lambda zh, en, _: Words(
        f"{zh}的格式不对，请照原件填写。", f"{en}: copy it exactly from the document."
    ),
    "int": lambda zh, en, _: Words(f"{zh}请填整数。", f"{en}: enter a whole number."),
    "float": lambda zh, en, _: Words(f"{zh}请填数字。", f"{en}: enter a number."),
    "decimal": lambda zh, en, _: Words(f"{zh}请填数字。", f"{en}: enter a number."),
    "finite": lambda zh, en, _: Words(f"{zh}请填数字。", f"{en}: enter a number."),
    "greater_than_equal": lambda zh, en, limits: Words(
        f"{zh}不能小于 {limits['ge']}。", f"{en}: not less than {limits['ge']}."
    ),
    "greater_than": lambda zh, en, limits: Words(
        f"{zh}要大于 {limits['gt']}。", f"{en}: more than {limits['gt']}."
    ),
    "less_than_equal": lambda zh, en, limits: Words(
        f"{zh}不能大于 {limits['le']}。", f"{en}: not more than {limits['le']}."
    ),
    "less_than": lambda zh, en, limits: Words(
        f"{zh}要小于 {limits['lt']}。", f"{en}: less than {limits['lt']}."
    ),
    "literal": lambda zh, en, _: Words(f"请选择{zh}。", f"Choose: {en}."),
}
