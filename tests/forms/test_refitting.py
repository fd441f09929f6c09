"""Answers are taken over to changed questions as far as they fit, and what went is named."""

from dataclasses import dataclass
from datetime import date

import pytest

from app.forms.answers import Answers
from app.forms.questions import (
    Choice,
    Choices,
    Date,
    Number,
    Option,
    Page,
    Question,
    Repeated,
    Text,
    Tick,
)
from app.forms.refitting import fit, refitted
from app.wording import Words

TODAY = date(2026, 11, 28)
CHILD = Repeated("child", "children", Words("第{n}个孩子", "Child {n}"))


def asked(name, kind=None):
    return Question(name, Words(f"问题{name}", f"Question {name}"), kind or Text())


def options(*values):
    return tuple(Option(value, Words(value, value)) for value in values)


@dataclass(frozen=True)
class AForm:
    pages: tuple[Page, ...]
    for_whom: tuple[tuple[str, Words, Words], ...] = ()
    guidance: tuple[Question, ...] = ()
    declarations: tuple[Question, ...] = ()
    groups: tuple[Repeated, ...] = (CHILD,)


def form(*questions, of_each=()):
    title = Words("页", "Page")
    pages = [Page("one", title, questions)]
    if of_each:
        pages.append(Page("each", title, of_each, each=CHILD))
    return AForm(tuple(pages))


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Choice(options("a", "b")), "b", "b"),
        (Choice(options("a", "b")), "c", None),
        (Choice(options("a", "b")), ["a"], "a"),
        (Choice(options("a", "b")), ["a", "b"], None),
        (Choices(options("a", "b")), ["a", "b"], ["a", "b"]),
        (Choices(options("a", "b")), ["a", "c"], ["a"]),
        (Choices(options("a", "b")), ["c"], None),
        (Choices(options("a", "b")), "b", ["b"]),
        (Number(0, 9), 3, 3),
        (Number(0, 9), 12, None),
        (Number(0, 9), "3", 3),
        (Number(0, 9), "drei", None),
        (Text(longest=3), "三楼", "三楼"),
        (Text(longest=3), "住在三楼", None),
        (Text(), 3, "3"),
        (Text(), {"county": "331002"}, None),
        (Date(), "2026-11-01", "2026-11-01"),
        (Date(past_days=7), "2026-11-01", None),
        (Tick(), True, None),
    ],
)
def test_an_answer_fits_another_question_or_not(kind, before, after):
    assert fit(asked("q", kind), before, TODAY) == after


def test_unchanged_questions_keep_even_what_would_not_be_taken_today():
    """A day that was in time when it was typed is for the person to mend, not for us to drop."""
    held = Answers({"born": "2026-11-01"}, TODAY)
    kept, lost = refitted(form(asked("born", Date(past_days=7))), held, ())
    assert (kept.values, lost) == (held.values, ())


def test_what_has_no_question_any_more_is_named():
    held = Answers({"a": "1", "b": "2", "empty": "", "child": [{"c": "3"}, {"d": "4"}]}, TODAY)
    kept, lost = refitted(form(asked("a"), of_each=(asked("c"),)), held, {"a"})
    assert kept.values == {"a": "1", "child": [{"c": "3"}, {}]}
    assert set(lost) == {"b", "d"}


def test_an_answer_of_the_case_is_none_of_an_item():
    held = Answers({"a": "1", "child": [{"b": "2"}]}, TODAY)
    kept, lost = refitted(form(asked("b"), of_each=(asked("a"),)), held, {"a", "b"})
    assert kept.values == {"child": [{}]}
    assert set(lost) == {"a", "b"}


def test_a_group_that_is_gone_takes_its_answers_along():
    held = Answers({"child": [{"b": "2"}, {"b": "3"}]}, TODAY)
    kept, lost = refitted(form(asked("a")), held, {"a"})
    assert (kept.values, lost) == ({}, ("b",))


def test_choices_that_shrank_are_named_too():
    held = Answers({"many": ["a", "c"]}, TODAY)
    kept, lost = refitted(form(asked("many", Choices(options("a", "b")))), held, {"many"})
    assert (kept.values, lost) == ({"many": ["a"]}, ("many",))
