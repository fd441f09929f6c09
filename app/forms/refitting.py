"""Takes answers over to a form whose questions have changed: what still fits stays."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.forms.answers import Answer, Answers
from app.forms.asking import Form, whole_form
from app.forms.fields import FIELDS, read_field, read_value
from app.forms.parts import Problem
from app.forms.questions import Choice, Choices, Question, Tick

_Homes = Mapping[str, tuple[str | None, Question]]


def refitted(
    form: Form, answers: Answers, changed: Collection[str]
) -> tuple[Answers, tuple[str, ...]]:
    """The answers as the form takes them, and the ids of questions whose answers went or shrank.

    Answers to questions that are not `changed` stay as they are. The others are read again; what
    was declared by a tick is declared anew, for the words may be others.
    """
    homes: dict[str, tuple[str | None, Question]] = {
        question.id: (page.each.id if page.each else None, question)
        for page in whole_form(form)
        for question in page.questions
    }
    groups = {page.each.id for page in form.pages if page.each}
    lost: list[str] = []
    kept: dict[str, Any] = {}
    loose: dict[str, Any] = {}
    for key, value in answers.values.items():
        items = _items(value)
        if items is None:
            loose[key] = value
        elif key in groups:
            kept[key] = [_fitting(one, homes, key, changed, answers.today, lost) for one in items]
        else:
            lost += [name for one in items for name in one]
    kept |= _fitting(loose, homes, None, changed, answers.today, lost)
    return Answers(kept, answers.today), tuple(dict.fromkeys(lost))


def _items(value: Any) -> list[dict[str, Any]] | None:
    """The items of a repeated group; None for any other answer."""
    if not isinstance(value, list) or not any(isinstance(one, dict) for one in value):
        return None
    return [one if isinstance(one, dict) else {} for one in value]


def _fitting(
    own: Mapping[str, Any],
    homes: _Homes,
    group: str | None,
    changed: Collection[str],
    today: date,
    lost: list[str],
) -> dict[str, Answer]:
    """The answers of the case, or of one item, that have a question here and fit it."""
    kept: dict[str, Answer] = {}
    for name, value in own.items():
        home, question = homes.get(name, (None, None))
        if question is None or home != group:
            lost += [name] if value not in (None, "", [], {}) else []
            continue
        fits = fit(question, value, today) if name in changed else value
        if fits is not None:
            kept[name] = fits
        if fits is None or (isinstance(fits, list) and fits != value):
            lost.append(name)
    return kept


def fit(question: Question, value: Answer, today: date) -> Answer | None:
    """A kept answer as a changed question takes it, or None where it does not."""
    kind = question.kind
    if isinstance(kind, Tick):
        return None
    if isinstance(kind, Choices):
        offered = {option.value for option in kind.options}
        given = value if isinstance(value, list) else [value]
        value = [one for one in given if isinstance(one, str) and one in offered]
    elif isinstance(kind, Choice) and isinstance(value, list) and len(value) == 1:
        value = value[0]
    read = read_value(question, value, today)
    if isinstance(read, Problem) and FIELDS[type(kind)].parts == ("",):
        # Another kind of input may take the same text: a number that was typed as words.
        read = read_field(replace(question, error=None), {"": _typed(value)}, today)
    return None if isinstance(read, Problem) else read


def _typed(value: Answer) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else ""
