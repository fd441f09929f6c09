"""Made-up answers that fit every question: for rehearsals, examples and tests, never for a case."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.forms.answers import Answer, Answers
from app.forms.asking import Form, walk
from app.forms.divisions import counties
from app.forms.identifiers import credit_code_check, id_check_character
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
    Number,
    PersonName,
    Question,
    ResidentId,
    Text,
    Tick,
)

_ID_17 = "33100219900307002"
_CREDIT_17 = "91331002MA2DT0000"
_NAME = "王小样"
# How far back a made-up day lies, where the question allows it.
_DAYS_AGO = 5


def _id_number() -> str:
    return _ID_17 + id_check_character(_ID_17)


def _day(kind: Date | DateTime, today: date) -> date:
    back = _DAYS_AGO if kind.past_days is None else min(_DAYS_AGO, kind.past_days)
    return today - timedelta(days=max(back, -kind.ahead_days))


def _number(kind: Number, _today: date) -> Answer:
    return float(kind.minimum) if kind.decimals else int(-(-kind.minimum // 1))


def _address(_kind: Address, _today: date) -> Answer:
    county = counties()[0]
    return {"county": county.code, "township": county.townships[0].code, "detail": "样例路1号"}


# `Any` for the kind: each is only ever called with the kind under which it stands here.
_SPECIMENS: Mapping[type[Kind], Callable[[Any, date], Answer]] = {
    Text: lambda kind, _today: ("样例" * kind.shortest)[: max(1, min(kind.longest, kind.shortest))],
    PersonName: lambda _kind, _today: _NAME,
    ResidentId: lambda _kind, _today: _id_number(),
    IdentityDocument: lambda _kind, _today: {"type": "resident-id", "number": _id_number()},
    CreditCode: lambda _kind, _today: _CREDIT_17 + credit_code_check(_CREDIT_17),
    Mobile: lambda _kind, _today: "13800000000",
    BirthCertificateNumber: lambda _kind, _today: "A123456789",
    Date: lambda kind, today: _day(kind, today).isoformat(),
    DateTime: lambda kind, today: f"{_day(kind, today).isoformat()}T08:00",
    Number: _number,
    Choice: lambda kind, _today: kind.options[0].value,
    Choices: lambda kind, _today: [kind.options[0].value],
    Tick: lambda _kind, _today: True,
    Address: _address,
    BankAccount: lambda _kind, _today: {
        "holder": _NAME,
        "bank": "样例银行",
        "number": "100000000001",
    },
}


def specimen_answer(question: Question, today: date) -> Answer:
    """An answer that the question takes on that day."""
    return _SPECIMENS[type(question.kind)](question.kind, today)


def specimen(form: Form, today: date, chosen: Mapping[str, Answer] | None = None) -> Answers:
    """Answers to everything that is asked when the questions in `chosen` are answered like that."""
    own: dict[str, Answer] = {}
    for place in walk(form, own, today):
        for question in place.page.questions:
            if question.applies.holds(place.answers):
                given = (chosen or {}).get(question.id)
                place.own[question.id] = (
                    specimen_answer(question, today) if given is None else given
                )
    return Answers(own, today)


def situations(form: Form, today: date) -> Iterator[Answers]:
    """Specimens in which every choice that can be reached is made once, the simplest first."""
    made: set[tuple[str, str]] = set()
    waiting: deque[dict[str, Answer]] = deque([{}])
    while waiting:
        chosen = waiting.popleft()
        answers = specimen(form, today, chosen)
        yield answers
        for question_id, value, answer in _choices_in(form, answers):
            if (question_id, value) not in made:
                made.add((question_id, value))
                waiting.append({**chosen, question_id: answer})


def _choices_in(form: Form, answers: Answers) -> Iterator[tuple[str, str, Answer]]:
    """Every choice that the questions asked with these answers offer, and the answer it makes."""
    for place in walk(form, dict(answers.values), answers.today):
        for question in place.questions:
            match question.kind:
                case Choice(options=options):
                    yield from ((question.id, option.value, option.value) for option in options)
                case Choices(options=options):
                    yield from ((question.id, option.value, [option.value]) for option in options)
