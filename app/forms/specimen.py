"""Made-up answers that fit every question: for rehearsals, examples and tests, never for a case."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.forms.answers import Answer, Answers
from app.forms.asking import Form, Place, walk, whole_form
from app.forms.composites import LONGEST_ADDRESS
from app.forms.conditions import All, AnyOf, Condition, Is, Not
from app.forms.divisions import ELSEWHERE, counties
from app.forms.identifiers import LONGEST_NAME, credit_code_check, id_check_character
from app.forms.questions import (
    Address,
    BankAccount,
    BirthCertificateNumber,
    Check,
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
    Page,
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
    """Some days ago; of days that all lie far back, the one in the middle."""
    if kind.ahead_days < 0 and kind.past_days is not None:
        return today - timedelta(days=(kind.past_days - kind.ahead_days) // 2)
    back = _DAYS_AGO if kind.past_days is None else min(_DAYS_AGO, kind.past_days)
    return today - timedelta(days=max(back, -kind.ahead_days))


def _month(today: date, ahead: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return f"{year:04d}-{month + 1:02d}"


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
    Month: lambda kind, today: _month(today, min(0, kind.ahead_months)),
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
    not_asked = {group.id for group in form.groups}
    for place in walk(form, own, today):
        not_asked.discard(place.group or "")
        for asked in place.page.questions:
            if asked.applies.holds(place.answers):
                question = asked.offered(place.answers)
                given = (chosen or {}).get(question.id)
                place.own[question.id] = (
                    specimen_answer(question, today)
                    if given is None or not _is_offered(question.kind, given)
                    else given
                )
        for name in sorted({rule.question for rule in place.page.checks} - (chosen or {}).keys()):
            _try_to_fit(place, name, today)
    return Answers({name: own[name] for name in own if name not in not_asked}, today)


def _is_offered(kind: Kind, given: Answer) -> bool:
    """Whether a choice is among those offered; what was chosen elsewhere may not be."""
    if not isinstance(kind, Choice | Choices):
        return True
    offered = {option.value for option in kind.options}
    return offered.issuperset(given if isinstance(given, list) else [str(given)])


def _try_to_fit(place: Place, name: str, today: date) -> None:
    """Where rules across questions fail at a number or a day, take one that they let through."""
    question = next(one for one in place.page.questions if one.id == name)
    first = place.own.get(name)
    if first is None or not isinstance(question.kind, Number | Date | Month):
        return
    rules = [check for check in place.page.checks if check.question == name]
    for value in (first, *_variants(question.kind, today)):
        place.own[name] = value
        if all(_fits(place, rule) for rule in rules):
            return
    place.own[name] = first


def _fits(place: Place, rule: Check) -> bool:
    try:
        return rule.holds(place.answers)
    except (LookupError, ValueError):
        return False


def situations(form: Form, today: date) -> Iterator[Answers]:
    """Specimens in which every choice that can be reached is made once, the simplest first.

    Dates, numbers, texts, names, documents and addresses take nearer and farther values in turn.
    Questions that no single choice leads to are aimed at by what their conditions say.
    """
    made: set[tuple[str, str]] = set()
    asked: set[str] = set()
    waiting: deque[dict[str, Answer]] = deque([{}])
    aims = _aims(form, asked)
    while waiting or (aim := next(aims, None)):
        chosen = waiting.popleft() if waiting else aim or {}
        answers = specimen(form, today, chosen)
        yield answers
        for place in walk(form, dict(answers.values), today):
            for question in place.questions:
                asked.add(question.id)
                for variant in _variants(question.kind, today):
                    if (question.id, str(variant)) not in made:
                        made.add((question.id, str(variant)))
                        waiting.append({**chosen, question.id: variant})


def _aims(form: Form, asked: Collection[str]) -> Iterator[dict[str, Answer]]:
    """For each question that was not asked so far, answers that its conditions want."""
    known = {one.id: (page, one) for page in whole_form(form) for one in page.questions}
    for name in known:
        if name not in asked:
            yield _wanted(name, known)


def _wanted(name: str, known: Mapping[str, tuple[Page, Question]]) -> dict[str, Answer]:
    """What has to be answered so that a question is asked."""
    page, question = known[name]
    return {**_aim(page.applies, known), **_aim(question.applies, known)}


def _aim(condition: Condition, known: Mapping[str, tuple[Page, Question]]) -> dict[str, Answer]:
    """Answers under which a condition would hold, as far as it compares choices."""
    match condition:
        case All(parts=parts):
            return {key: value for part in parts for key, value in _aim(part, known).items()}
        case AnyOf(parts=parts):
            return _aim(parts[0], known)
        case Is(question=name, values=values) if name in known:
            return {**_wanted(name, known), name: _as_kept(known[name][1], values[0])}
        case Not(part=Is(question=name, values=values)) if name in known:
            kind = known[name][1].kind
            options = kind.options if isinstance(kind, Choice | Choices) else ()
            others = [option.value for option in options if option.value not in values]
            return {name: _as_kept(known[name][1], others[0])} if others else {}
    return {}


def _as_kept(question: Question, value: str) -> Answer:
    return [value] if isinstance(question.kind, Choices) else value


def combinations(form: Form, today: date, questions: Collection[str]) -> Iterator[Answers]:
    """Specimens with every combination of answers to a few questions, as far as they are asked."""
    wanted = [
        (question, page.each is not None)
        for page in whole_form(form)
        for question in page.questions
        if question.id in questions
    ]
    yield from _branches(form, today, {}, wanted)


def _branches(
    form: Form, today: date, chosen: Mapping[str, Answer], left: list[tuple[Question, bool]]
) -> Iterator[Answers]:
    """What follows from the answers chosen so far; a question that is not asked is not varied."""
    answers = specimen(form, today, chosen)
    if not left:
        yield answers
        return
    (question, repeated), later = left[0], left[1:]
    tried = _worth_trying(question, today)
    if not tried or not (repeated or question.id in answers.values):
        yield from _branches(form, today, chosen, later)
        return
    for given in tried:
        yield from _branches(form, today, {**chosen, question.id: given}, later)


def _worth_trying(question: Question, today: date) -> tuple[Answer, ...]:
    """The variants of one question; nothing chosen among several is an answer too."""
    nothing: tuple[Answer, ...] = ([],) if question.optional else ()
    chosen = nothing if isinstance(question.kind, Choices) else ()
    return (*chosen, *_variants(question.kind, today))


def _variants(kind: Kind, today: date) -> Iterator[Answer]:
    """The answers worth trying beside the specimen."""
    match kind:
        case Choice(options=options):
            yield from (option.value for option in options)
        case Choices(options=options):
            yield from ([option.value] for option in options)
        case Date() | DateTime():
            time = "T08:00" if isinstance(kind, DateTime) else ""
            yield from (f"{day.isoformat()}{time}" for day in _days(kind, today))
        case Month():
            yield from _months(kind, today)
        case Number(maximum=most, decimals=decimals):
            yield float(most) if decimals else int(most)
        case Text(longest=longest):
            yield "长" * longest
        case PersonName():
            yield "长" * LONGEST_NAME
        case IdentityDocument():
            yield {"type": "passport", "number": "E12345678"}
        case Address(elsewhere=True):
            yield {"county": ELSEWHERE, "township": "", "detail": "长" * LONGEST_ADDRESS}


def _months(kind: Month, today: date) -> Iterator[str]:
    """The last month that is taken and, where there is one, the first."""
    yield _month(today, kind.ahead_months)
    if kind.past_months is not None:
        yield _month(today, -kind.past_months)


def _days(kind: Date | DateTime, today: date) -> Iterator[date]:
    """Days around which limits lie: today, and more than a month, a quarter and a year ago.

    Where all of these are too late, five days from the nearest to the farthest that is taken.
    """
    for ago in (0, 32, 92, 367):
        if ago >= -kind.ahead_days and (kind.past_days is None or ago <= kind.past_days):
            yield today - timedelta(days=ago)
    if kind.ahead_days < 0 and kind.past_days is not None:
        nearest, span = -kind.ahead_days, kind.past_days + kind.ahead_days
        yield from (today - timedelta(days=nearest + span * part // 4) for part in range(5))
