"""A form as JSON Schema 2020-12, for apps that fill it in and check it before sending."""

from collections.abc import Callable, Mapping
from typing import Any

from app.forms import divisions
from app.forms.asking import Form, whole_form
from app.forms.composites import LONGEST_ADDRESS, LONGEST_BANK
from app.forms.conditions import (
    ALWAYS,
    All,
    Answered,
    AnyOf,
    Between,
    Condition,
    DaysSince,
    Is,
    Not,
)
from app.forms.identifiers import DOCUMENT_TYPES, LONGEST_LATIN_NAME, SHORTEST_NAME
from app.forms.questions import (
    Address,
    BankAccount,
    BirthCertificateNumber,
    Choice,
    Choices,
    CreditCode,
    Date,
    DateTime,
    IdentityDocument,
    Kind,
    Mobile,
    Month,
    Number,
    Option,
    Page,
    PersonName,
    Question,
    Repeated,
    ResidentId,
    Text,
    Tick,
)
from app.wording import Words

Schema = dict[str, Any]  # any JSON Schema keyword may stand in it

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RESIDENT_ID = "^[0-9]{17}[0-9Xx]$"
_MOBILE = "^1[3-9][0-9]{9}$"
_PHONE = "^(1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})$"


def json_schema(form: Form, title: Words | None = None) -> Schema:
    """The whole form as one JSON object: question ids as names, groups as arrays of objects.

    `x-en` holds the English of a title, `x-applies-to` the condition under which a field is asked,
    `x-page` its page. Only fields that everybody is asked are `required`.
    """
    properties: Schema = {}
    required: list[str] = []
    groups: dict[str, Repeated] = {}
    for page in whole_form(form):
        into, needed = properties, required
        if page.each:
            groups[page.each.id] = page.each
            array = properties.setdefault(page.each.id, _array(page.each))
            into, needed = array["items"]["properties"], array["items"]["required"]
        for question in page.questions:
            into[question.id] = _property(question, page)
            if not question.optional and question.applies == ALWAYS and page.applies == ALWAYS:
                needed.append(question.id)
    return {
        "$schema": DIALECT,
        **(_titled(title) if title else {}),
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _titled(words: Words) -> Schema:
    return {"title": words.zh, "x-en": words.en}


def _array(group: Repeated) -> Schema:
    items = {"type": "object", "additionalProperties": False, "required": [], "properties": {}}
    label = Words(group.label.zh.format(n=""), group.label.en.format(n="").strip())
    return {
        **_titled(label),
        "type": "array",
        "maxItems": group.most,
        "x-count": group.count,
        "items": items,
    }


def _property(question: Question, page: Page) -> Schema:
    described: Schema = {**_titled(question.label), **_KINDS[type(question.kind)](question.kind)}
    if question.hint:
        described |= {"description": question.hint.zh, "x-description-en": question.hint.en}
    if question.sensitive:
        described["x-sensitive"] = True
    if question.shared:
        described["x-shared-from"] = question.shared.register
    conditions = [item for item in (page.applies, question.applies) if item != ALWAYS]
    if conditions:
        described["x-applies-to"] = in_words_of_json(
            conditions[0] if len(conditions) == 1 else All(tuple(conditions))
        )
    return described | {"x-page": page.id}


def in_words_of_json(condition: Condition) -> Schema:
    """A condition as JSON: `{"question", "is"}`, `{"all"}`, `{"any"}`, `{"not"}` and bounds.

    What cannot be said is `{"depends-on": [question ids]}`.
    """
    match condition:
        case Is() | Answered() | Between() | DaysSince():
            return {"question": condition.question} | _asked_of(condition)
        case All() | AnyOf():
            name = "all" if isinstance(condition, All) else "any"
            return {name: [in_words_of_json(part) for part in condition.parts]}
        case Not():
            return {"not": in_words_of_json(condition.part)}
    return {"depends-on": sorted(condition.questions)}


def _asked_of(condition: Is | Answered | Between | DaysSince) -> Schema:
    """What a condition asks of its question's answer."""
    match condition:
        case Is():
            return {"is": list(condition.values)}
        case Answered():
            return {"answered": True}
    bounds = {"at-least": condition.at_least, "at-most": condition.at_most}
    held = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"days-since" if isinstance(condition, DaysSince) else "between": held}


def _text(kind: Text) -> Schema:
    return {"type": "string", "minLength": max(1, kind.shortest), "maxLength": kind.longest}


def _number(kind: Number) -> Schema:
    described: Schema = {
        "type": "number" if kind.decimals else "integer",
        "minimum": kind.minimum,
        "maximum": kind.maximum,
    }
    return described | ({"x-unit": kind.unit.zh, "x-unit-en": kind.unit.en} if kind.unit else {})


def _options(options: tuple[Option, ...]) -> Schema:
    return {
        "type": "string",
        "enum": [option.value for option in options],
        "x-options": [_option(option) for option in options],
    }


def _option(option: Option) -> Schema:
    described: Schema = {"value": option.value, **_titled(option.label)}
    if option.applies != ALWAYS:
        described["x-applies-to"] = in_words_of_json(option.applies)
    return described


def _choices(kind: Choices) -> Schema:
    return {"type": "array", "uniqueItems": True, "minItems": 1, "items": _options(kind.options)}


def _moment(kind: Date | DateTime, shape: Schema) -> Schema:
    bounds = {"x-past-days": kind.past_days, "x-ahead-days": kind.ahead_days}
    return (
        {"type": "string"} | shape | {key: days for key, days in bounds.items() if days is not None}
    )


def _month(kind: Month) -> Schema:
    bounds = {"x-past-months": kind.past_months, "x-ahead-months": kind.ahead_months}
    return {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"} | {
        key: months for key, months in bounds.items() if months is not None
    }


def _parts(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _name() -> Schema:
    return {"type": "string", "minLength": SHORTEST_NAME, "maxLength": LONGEST_LATIN_NAME}


def _address(kind: Address) -> Schema:
    counties = [county.code for county in divisions.counties()]
    return _parts(
        {
            "county": {
                "type": "string",
                "enum": [*counties, *([divisions.ELSEWHERE] if kind.elsewhere else [])],
            },
            "township": {"type": "string", "pattern": "^(3310[0-9]{5})?$"},
            "detail": {"type": "string", "minLength": 1, "maxLength": LONGEST_ADDRESS},
        },
        ("county", "detail") if kind.elsewhere else ("county", "township", "detail"),
    )


def _document(_kind: IdentityDocument) -> Schema:
    number = {"type": "string", "minLength": 5, "maxLength": 20}
    kinds = {"type": "string", "enum": list(DOCUMENT_TYPES)}
    return _parts({"type": kinds, "number": number}, ("type", "number"))


def _account(_kind: BankAccount) -> Schema:
    bank = {"type": "string", "minLength": 2, "maxLength": LONGEST_BANK}
    number = {"type": "string", "pattern": "^[0-9 -]{12,30}$"}
    return _parts({"holder": _name(), "bank": bank, "number": number}, ("holder", "bank", "number"))


# `Any` for the kind: each is only ever called with the kind under which it stands here.
_KINDS: Mapping[type[Kind], Callable[[Any], Schema]] = {
    Text: _text,
    PersonName: lambda _kind: _name(),
    ResidentId: lambda _kind: {"type": "string", "pattern": _RESIDENT_ID},
    CreditCode: lambda _kind: {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"},
    Mobile: lambda kind: {"type": "string", "pattern": _PHONE if kind.landline else _MOBILE},
    BirthCertificateNumber: lambda _kind: {"type": "string", "pattern": "^[A-Za-z][0-9]{9}$"},
    Date: lambda kind: _moment(kind, {"format": "date"}),
    Month: _month,
    DateTime: lambda kind: _moment(
        kind, {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}
    ),
    Number: _number,
    Choice: lambda kind: _options(kind.options),
    Choices: _choices,
    Tick: lambda _kind: {"type": "boolean", "const": True},
    Address: _address,
    IdentityDocument: _document,
    BankAccount: _account,
}
