"""How each kind of question is read from its inputs and how a kept answer goes back into them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.forms import identifiers
from app.forms.answers import Answer
from app.forms.composites import (
    ACCOUNT_PARTS,
    ADDRESS_PARTS,
    DOCUMENT_PARTS,
    read_account,
    read_address,
    read_identity_document,
)
from app.forms.moments import (
    DAY_PARTS,
    MONTH_PARTS,
    TIME_PARTS,
    read_day,
    read_moment,
    read_month,
    spread_day,
    spread_moment,
    spread_month,
)
from app.forms.parts import (
    GONE_WRONG,
    Outcome,
    Parts,
    Problem,
    is_wrong_shape,
    length_problem,
    name_from,
    several_of,
    text_of,
)
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
    PersonName,
    Question,
    ResidentId,
    Text,
    Tick,
)
from app.forms.tidying import compact, in_ascii, tidied
from app.wording import Words

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?:[^0-9]|$))")
_LARGEST = 10**15
_TICKED = frozenset({"yes", "on", "true", "1"})


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of question: its inputs, reading, and the way back.

    `read` gets the kind, the texts of its inputs and today; it gives the answer as it is kept, a
    Problem, or None where nothing was typed. `spread` gives the inputs' texts of a kept answer or
    of a JSON value, None where the value has the wrong shape. They take `Any` for the kind because
    each is only ever called with the kind under which it stands in FIELDS.
    """

    read: Callable[[Any, Parts, date], Outcome]
    spread: Callable[[object], Parts | None]
    parts: tuple[str, ...] = ("",)


def _spread_text(value: object) -> Parts | None:
    return {"": value} if isinstance(value, str) else None


def _spread_named(names: tuple[str, ...]) -> Callable[[object], Parts | None]:
    def spread(value: object) -> Parts | None:
        if not isinstance(value, dict) or not value.keys() <= set(names):
            return None
        return value if all(isinstance(part, str) for part in value.values()) else None

    return spread


def _spread_several(value: object) -> Parts | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return {"": value}


def _spread_tick(value: object) -> Parts | None:
    return {"": "yes" if value else ""} if isinstance(value, bool) else None


def _spread_number(value: object) -> Parts | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) < _LARGEST:  # also true of NaN
        return None
    return {"": format(Decimal(repr(value)), "f")}


def _read_text(kind: Text, parts: Parts, _today: date) -> Outcome:
    text = tidied(text_of(parts), lines=kind.lines > 1)
    if isinstance(text, Words):
        return Problem(text)
    if not text:
        return None
    return length_problem(text, kind.longest, kind.shortest) or text


def _coded(
    problem: Callable[[str, Any, date], Words | None], plain: Callable[[str], str] | None = None
) -> Callable[[Any, Parts, date], Outcome]:
    """Reading of one number or code: tidied, compacted, made plain, checked."""

    def read(kind: Any, parts: Parts, today: date) -> Outcome:
        text = tidied(text_of(parts))
        if isinstance(text, Words):
            return Problem(text)
        code = compact(text)
        code = plain(code) if plain else code
        if not code:
            return Problem(GONE_WRONG) if text else None
        wrong = problem(code, kind, today)
        return Problem(wrong) if wrong else code

    return read


def _read_name(_kind: PersonName, parts: Parts, _today: date) -> Outcome:
    return name_from(text_of(parts))


def _read_day(kind: Date, parts: Parts, today: date) -> Outcome:
    return read_day(parts, today, kind.past_days, kind.ahead_days)


def _read_month(kind: Month, parts: Parts, today: date) -> Outcome:
    return read_month(parts, today, kind.past_months, kind.ahead_months)


def _read_moment(kind: DateTime, parts: Parts, today: date) -> Outcome:
    return read_moment(parts, today, kind.past_days, kind.ahead_days)


def _bounds(kind: Number) -> Words:
    least, most = f"{kind.minimum:g}", f"{kind.maximum:g}"
    unit = kind.unit or Words("", "")
    return Words(
        f"请填写{least}到{most}{unit.zh}之间的数字。",
        f"Enter a number from {least} to {most} {unit.en}".rstrip() + ".",
    )


def _read_number(kind: Number, parts: Parts, _today: date) -> Outcome:
    text = tidied(text_of(parts))
    if isinstance(text, Words):
        return Problem(text)
    if not text:
        return None
    digits = _THOUSANDS.sub("", in_ascii(text).replace(" ", ""))
    if not _NUMBER.fullmatch(digits):
        return Problem(_bounds(kind))
    number = Decimal(digits)
    if number != round(number, kind.decimals):
        message = Words("请填写整数，不要小数。", "Enter a whole number.")
        if kind.decimals:
            message = Words(
                f"最多保留{kind.decimals}位小数，请重新填写。",
                f"Enter at most {kind.decimals} digits after the decimal point.",
            )
        return Problem(message)
    if not kind.minimum <= number <= kind.maximum:
        return Problem(_bounds(kind))
    return float(number) if kind.decimals else int(number)


def _read_choice(kind: Choice, parts: Parts, _today: date) -> Outcome:
    value = text_of(parts).strip()
    if not value:
        return None
    if any(option.value == value for option in kind.options):
        return value
    return Problem(Words("请从列出的选项中选一个。", "Choose one of the options listed."))


def _read_choices(kind: Choices, parts: Parts, _today: date) -> Outcome:
    given = set(several_of(parts))
    if not given:
        return None
    chosen = [option.value for option in kind.options if option.value in given]
    if len(chosen) < len(given):
        return Problem(Words("请只从列出的选项中选择。", "Choose only from the options listed."))
    return chosen


def _read_tick(_kind: Tick, parts: Parts, _today: date) -> Outcome:
    return True if text_of(parts).strip().lower() in _TICKED else None


FIELDS: Mapping[type[Kind], Field] = {
    Text: Field(_read_text, _spread_text),
    PersonName: Field(_read_name, _spread_text),
    ResidentId: Field(
        _coded(lambda code, _kind, today: identifiers.resident_id_problem(code, today)),
        _spread_text,
    ),
    CreditCode: Field(
        _coded(lambda code, _kind, _today: identifiers.credit_code_problem(code)), _spread_text
    ),
    Mobile: Field(
        _coded(
            lambda code, kind, _today: identifiers.phone_problem(code, landline=kind.landline),
            identifiers.plain_phone,
        ),
        _spread_text,
    ),
    BirthCertificateNumber: Field(
        _coded(lambda code, _kind, _today: identifiers.birth_certificate_problem(code)),
        _spread_text,
    ),
    Date: Field(_read_day, spread_day, DAY_PARTS),
    Month: Field(_read_month, spread_month, MONTH_PARTS),
    DateTime: Field(_read_moment, spread_moment, DAY_PARTS + TIME_PARTS),
    Number: Field(_read_number, _spread_number),
    Choice: Field(_read_choice, _spread_text),
    Choices: Field(_read_choices, _spread_several),
    Tick: Field(_read_tick, _spread_tick),
    Address: Field(read_address, _spread_named(ADDRESS_PARTS), ADDRESS_PARTS),
    IdentityDocument: Field(read_identity_document, _spread_named(DOCUMENT_PARTS), DOCUMENT_PARTS),
    BankAccount: Field(read_account, _spread_named(ACCOUNT_PARTS), ACCOUNT_PARTS),
}


def input_name(question: str, part: str) -> str:
    """The name and id of one input of a question."""
    return f"{question}-{part}" if part else question


def input_names(question: Question) -> tuple[str, ...]:
    """Names of the question's inputs in order; the first is where a summary links to."""
    return tuple(input_name(question.id, part) for part in FIELDS[type(question.kind)].parts)


def read_field(question: Question, parts: Parts, today: date) -> Answer | Problem | None:
    """The answer as it is kept, a Problem, or None where an optional question was left empty."""
    if is_wrong_shape(parts):
        return Problem(GONE_WRONG)
    outcome = FIELDS[type(question.kind)].read(question.kind, parts, today)
    if outcome is None and not question.optional:
        return Problem(missing(question))
    return outcome


def read_value(question: Question, value: object, today: date) -> Answer | Problem | None:
    """The same for a JSON value or a kept answer; None and empty text count as left empty."""
    if value is None:
        return read_field(question, {}, today)
    parts = FIELDS[type(question.kind)].spread(value)
    return Problem(GONE_WRONG) if parts is None else read_field(question, parts, today)


def typed_from(question: Question, answer: Answer | None) -> dict[str, str | list[str]]:
    """The inputs of a question filled with a kept answer, by input name."""
    parts = None if answer is None else FIELDS[type(question.kind)].spread(answer)
    return {input_name(question.id, part): text for part, text in (parts or {}).items()}


def missing(question: Question) -> Words:
    """What to do about a question left empty: its own sentence or one made from its label."""
    if question.error:
        return question.error
    zh, en = question.label.zh.rstrip("：: "), question.label.en.rstrip(": ")
    if zh.endswith(("？", "?")):
        return Words(f"请回答：{zh}", f"Please answer: {en}")
    if isinstance(question.kind, Tick):
        return Words(f"请阅读并勾选：{zh}", f"Please read and tick: {en}")
    if isinstance(question.kind, Choice | Choices):
        return Words(f"请选择“{zh}”。", f"Choose an answer for “{en}”.")
    return Words(f"请填写“{zh}”。", f"Enter “{en}”.")
