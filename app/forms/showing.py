"""How an answer reads when it is shown again, for example before it is submitted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.forms import divisions
from app.forms.answers import Answer, Answers, as_day
from app.forms.identifiers import DOCUMENT_TYPES
from app.forms.moments import day_in_words, month_in_words
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
    Question,
    ResidentId,
    Tick,
)
from app.wording import Words

_ID_LENGTH = 18
_MOBILE_LENGTH = 11
_LONG_ENOUGH_FOR_FOUR = 10
_SHORT_NAME = 2
_TICKED = Words("已勾选", "Ticked")
_NOT_TICKED = Words("未勾选", "Not ticked")


def masked_number(number: str) -> str:
    """A number with its middle hidden: an ID 331002********1234, a mobile 138****0001.

    Other numbers show four characters at each end, short ones only the first and the last.
    """
    if len(number) == _ID_LENGTH:
        shown = (6, 4)
    elif len(number) == _MOBILE_LENGTH and number.isdigit():
        shown = (3, 4)
    else:
        shown = (4, 4) if len(number) > _LONG_ENOUGH_FOR_FOUR else (1, 1)
    first, last = shown
    hidden = len(number) - first - last
    return number[:first] + "*" * hidden + number[-last:] if hidden > 0 else "*" * len(number)


def masked_name(name: str) -> str:
    """A name with its middle hidden: 张*, 欧*娜, A****a; of two characters the first stays."""
    if len(name) <= _SHORT_NAME:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def display(question: Question, answers: Answers, language: str, *, masked: bool = True) -> str:
    """The answer to `question` in `language` ("zh" or "en"); empty where there is none.

    Numbers of people, accounts and phones are masked unless `masked` is off. Does not raise for an
    answer of another shape than the question's kind: it is shown as text.
    """
    answer = answers.get(question.id)
    if answer is None or not answers.has(question.id):
        return ""
    show = _SHOWN.get(type(question.kind))
    if show is None:
        return str(answer)
    try:
        return show(question.kind, answer, language, masked)
    except (ValueError, TypeError, AttributeError):
        return str(answer)


def _number_shown(_kind: Kind, answer: Answer, _language: str, masked: bool) -> str:
    return masked_number(str(answer)) if masked else str(answer)


def _plain(_kind: Kind, answer: Answer, _language: str, _masked: bool) -> str:
    return str(answer)


def _day(_kind: Date, answer: Answer, language: str, _masked: bool) -> str:
    return day_in_words(date.fromisoformat(str(answer))).in_language(language)


def _month(_kind: Month, answer: Answer, language: str, _masked: bool) -> str:
    return month_in_words(as_day(answer)).in_language(language)


def _moment(_kind: DateTime, answer: Answer, language: str, _masked: bool) -> str:
    day, _, time = str(answer).partition("T")
    return f"{day_in_words(date.fromisoformat(day)).in_language(language)} {time}"


def _number(kind: Number, answer: Answer, language: str, _masked: bool) -> str:
    number = f"{float(str(answer)):.{kind.decimals}f}"
    return f"{number} {kind.unit.in_language(language)}" if kind.unit else number


def _label(options: tuple[Option, ...], value: object, language: str) -> str:
    labels = [option.label.in_language(language) for option in options if option.value == value]
    return labels[0] if labels else str(value)


def _choice(kind: Choice, answer: Answer, language: str, _masked: bool) -> str:
    return _label(kind.options, answer, language)


def _choices(kind: Choices, answer: Answer, language: str, _masked: bool) -> str:
    chosen = answer if isinstance(answer, list) else [answer]
    between = ", " if language == "en" else "、"
    return between.join(_label(kind.options, value, language) for value in chosen)


def _tick(_kind: Tick, answer: Answer, language: str, _masked: bool) -> str:
    return (_TICKED if answer is True else _NOT_TICKED).in_language(language)


def _named(answer: Answer) -> Mapping[str, Any]:
    if not isinstance(answer, dict):
        raise TypeError("not an answer of named parts")
    return answer


def _address(_kind: Address, answer: Answer, language: str, _masked: bool) -> str:
    parts = _named(answer)
    codes = [parts.get("county", ""), parts.get("township", "")]
    if codes[0] == divisions.ELSEWHERE:
        return str(parts.get("detail", ""))
    names = [name.in_language(language) for code in codes if (name := divisions.name_of(code))]
    if language == "en":
        return ", ".join([str(parts.get("detail", "")), *reversed(names), divisions.CITY.en])
    return divisions.CITY.zh + "".join(names) + str(parts.get("detail", ""))


def _document(_kind: IdentityDocument, answer: Answer, language: str, masked: bool) -> str:
    parts = _named(answer)
    kind = DOCUMENT_TYPES.get(parts.get("type", ""), Words("", ""))
    number = str(parts.get("number", ""))
    return f"{kind.in_language(language)} {masked_number(number) if masked else number}".strip()


def _account(_kind: BankAccount, answer: Answer, language: str, masked: bool) -> str:
    parts = _named(answer)
    number = str(parts.get("number", ""))
    shown = [parts.get("holder"), parts.get("bank"), masked_number(number) if masked else number]
    return (", " if language == "en" else "，").join(str(part) for part in shown if part)


# `Any` for the kind: each is only ever called with the kind under which it stands here.
_SHOWN: Mapping[type[Kind], Callable[[Any, Answer, str, bool], str]] = {
    ResidentId: _number_shown,
    Mobile: _number_shown,
    BirthCertificateNumber: _number_shown,
    CreditCode: _plain,
    Date: _day,
    Month: _month,
    DateTime: _moment,
    Number: _number,
    Choice: _choice,
    Choices: _choices,
    Tick: _tick,
    Address: _address,
    IdentityDocument: _document,
    BankAccount: _account,
}
