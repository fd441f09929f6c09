"""Finds what is wrong with a declared form before anybody is asked it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from app.forms.asking import Form, whole_form
from app.forms.conditions import All, AnyOf, Combinable, Condition, Is, Not
from app.forms.fields import input_names
from app.forms.questions import (
    Choice,
    Choices,
    Date,
    DateTime,
    Month,
    Number,
    Page,
    Question,
    Repeated,
    Text,
    Tick,
)
from app.wording import Words

MOST_QUESTIONS = 5
LONGEST_LABEL = 40
LONGEST_DECLARATION = 200
_QUESTION_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_PAGE_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
_MARKUP = re.compile(r"<[a-zA-Z/!]")


def text_faults(declared: object, where: str, stop: tuple[type, ...] = ()) -> Iterator[str]:
    """Every text within a declaration that lacks a language, or holds markup or outer spaces.

    Values of the `stop` types are left out: they are looked at on their own.
    """
    if isinstance(declared, Words):
        for language, text in (("Chinese", declared.zh), ("English", declared.en)):
            if not text.strip():
                yield f"{where}: the {language} text is missing"
            elif text != text.strip() or _MARKUP.search(text):
                yield f"{where}: the {language} text has outer spaces or markup"
    elif isinstance(declared, tuple):
        for index, item in enumerate(declared):
            if _parts_of(type(item)) is not None:
                name = getattr(item, "id", None) or getattr(item, "value", None) or index
                yield from text_faults(item, f"{where}[{name}]", stop)
    else:
        for part in _parts_of(type(declared)) or ():
            value = getattr(declared, part)
            if _parts_of(type(value)) is not None and not isinstance(value, stop):
                yield from text_faults(value, f"{where}.{part}", stop)


_PARTS: dict[type, tuple[str, ...] | None] = {}


def _parts_of(kind: type) -> tuple[str, ...] | None:
    """Where texts may stand in a value: the fields of a dataclass, none in a tuple; None: never."""
    if kind not in _PARTS:
        # A condition holds no text, and there are thousands.
        has_parts = is_dataclass(kind) and not issubclass(kind, Combinable)
        inside = tuple(part.name for part in fields(kind)) if has_parts else None
        _PARTS[kind] = () if issubclass(kind, tuple) else inside
    return _PARTS[kind]


class Known:
    """The questions that may be looked at from one place: those asked before it."""

    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self._groups: dict[str, str | None] = {}

    def add(self, question: Question, group: str | None) -> None:
        """From now on `question` (of the items of `group`) has been asked."""
        self.questions[question.id] = question
        self._groups[question.id] = group

    def faults(self, condition: Condition, group: str | None, where: str) -> Iterator[str]:
        """What a condition looks at that is not known at this place, or no choice of a question."""
        for name in sorted(condition.questions):
            if name not in self.questions:
                yield f"{where}: looks at {name!r}, which is not asked before"
            elif self._groups[name] not in {None, group}:
                yield f"{where}: looks at {name!r}, which is asked once per {self._groups[name]}"
        for name, value in _compared(condition):
            question = self.questions.get(name)
            offered = _offered(question) if question else None
            if offered is not None and value not in offered:
                yield f"{where}: {name!r} has no choice {value!r}"


def _compared(condition: Condition) -> Iterator[tuple[str, str]]:
    """Every question and value that a condition compares."""
    match condition:
        case Is():
            yield from ((condition.question, value) for value in condition.values)
        case All() | AnyOf():
            for part in condition.parts:
                yield from _compared(part)
        case Not():
            yield from _compared(condition.part)


def _offered(question: Question) -> frozenset[str] | None:
    """The values that can be answered, where they are known beforehand."""
    kind = question.kind
    if isinstance(kind, Choice | Choices):
        return frozenset(option.value for option in kind.options)
    return frozenset({"yes", "no"}) if isinstance(kind, Tick) else None


def known_questions(form: Form) -> Known:
    """Every question of a form, as steps, papers and deadlines may look at them."""
    known = Known()
    for page in whole_form(form):
        for question in page.questions:
            known.add(question, page.each.id if page.each else None)
    return known


def form_faults(form: Form) -> Iterator[str]:
    """What is wrong with a form, one sentence each; nothing where it is sound."""
    known = Known()
    pages: set[str] = set()
    inputs: dict[str, str] = {}
    groups = {group.id: group for group in form.groups}
    for group in form.groups:
        yield from _group_faults(group, form)
    for page in form.pages:
        asked = len(page.questions)
        if not 1 <= asked <= MOST_QUESTIONS:
            yield f"page {page.id!r}: asks {asked} questions; 1 to {MOST_QUESTIONS} fit a phone"
    for page in whole_form(form):
        where = f"page {page.id!r}"
        if page.id in pages or not _PAGE_ID.fullmatch(page.id):
            yield f"{where}: the id is used twice or is not kebab-case"
        pages.add(page.id)
        yield from _page_faults(page, groups, where)
        group_id = page.each.id if page.each else None
        yield from known.faults(page.applies, group_id, where)
        for question in page.questions:
            place = f"question {question.id!r}"
            if question.id in known.questions or question.id in groups:
                yield f"{place}: the id is used twice"
            for name in input_names(question):
                if inputs.setdefault(name, question.id) != question.id:
                    yield f"{place}: its input {name!r} has the name of another"
            yield from known.faults(question.applies, group_id, place)
            yield from _offering_faults(question, known, group_id, place)
            yield from _question_faults(question, place)
            known.add(question, group_id)


def _offering_faults(
    question: Question, known: Known, group: str | None, where: str
) -> Iterator[str]:
    """Faults of the conditions under which choices are offered."""
    if isinstance(question.kind, Choice | Choices):
        for option in question.kind.options:
            yield from known.faults(option.applies, group, f"{where}: choice {option.value!r}")


def _group_faults(group: Repeated, form: Form) -> Iterator[str]:
    count = known_questions(form).questions.get(group.count)
    if not _QUESTION_ID.fullmatch(group.id):
        yield f"group {group.id!r}: the id is not lower-case letters, digits, _ or -"
    if count is None or not isinstance(count.kind, Number | Choice):
        yield f"group {group.id!r}: {group.count!r} is no question for a number"
    elif isinstance(count.kind, Choice) and not all(
        option.value.isdigit() for option in count.kind.options
    ):
        yield f"group {group.id!r}: the choices of {group.count!r} are not numbers"
    if "{n}" not in group.label.zh or "{n}" not in group.label.en:
        yield f"group {group.id!r}: the label has no {{n}} place"
    if group.most < 1:
        yield f"group {group.id!r}: at most {group.most} items"


def _page_faults(page: Page, groups: dict[str, Repeated], where: str) -> Iterator[str]:
    if page.each and groups.get(page.each.id) != page.each:
        yield f"{where}: repeats {page.each.id!r}, which is not one of the event's groups"
    here = {question.id for question in page.questions}
    for check in page.checks:
        if check.question not in here:
            yield f"{where}: a check stands at {check.question!r}, which is not on the page"


def _question_faults(question: Question, where: str) -> Iterator[str]:
    if not _QUESTION_ID.fullmatch(question.id):
        yield f"{where}: the id is not lower-case letters, digits, _ or -"
    longest = LONGEST_DECLARATION if isinstance(question.kind, Tick) else LONGEST_LABEL
    if len(question.label.zh) > longest:
        yield f"{where}: the label has {len(question.label.zh)} characters, at most {longest} fit"
    yield from _kind_faults(question.kind, where)


def _kind_faults(kind: Any, where: str) -> Iterator[str]:
    match kind:
        case Choice() | Choices():
            values = [option.value for option in kind.options]
            if not values or len(set(values)) < len(values) or "" in values:
                yield f"{where}: its choices are missing, empty or used twice"
        case Number() if kind.minimum > kind.maximum or kind.decimals < 0:
            yield f"{where}: no number fits its bounds"
        case Text() if not 0 <= kind.shortest <= kind.longest:
            yield f"{where}: no text fits its bounds"
        case Date() | DateTime() if (
            kind.past_days is not None and -kind.past_days > kind.ahead_days
        ):
            yield f"{where}: no day fits its bounds"
        case Month() if kind.past_months is not None and -kind.past_months > kind.ahead_months:
            yield f"{where}: no month fits its bounds"
