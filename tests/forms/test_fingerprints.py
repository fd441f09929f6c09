"""Digests tell two declarations apart where a person or a case could, and nowhere else."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from app.forms.conditions import Holds, Is
from app.forms.fingerprints import fingerprint
from app.forms.questions import YES_NO, Check, Number, Page, Question, Text
from app.settings import PROJECT_FOLDER
from app.wording import Words

ASKED = Question("beds", Words("几张床？", "How many beds?"), Number(0, 9), optional=True)


def above(limit):
    return Holds(frozenset({"beds"}), lambda answers: answers.number("beds") > limit)


def commented(answers):
    """Says something."""
    # and explains it
    return (
        answers.number(
            "beds",
        )
        > 3
    )


def plain(answers):
    return answers.number("beds") > 3


def stricter(answers):
    return answers.number("beds") >= 3


@pytest.mark.parametrize(
    "changed",
    [
        replace(ASKED, label=Words("有几张床？", "How many beds?")),
        replace(ASKED, label=Words("几张床？", "How many beds are there?")),
        replace(ASKED, hint=Words("不算沙发", "Not the sofa")),
        replace(ASKED, kind=Number(0, 8)),
        replace(ASKED, kind=Text()),
        replace(ASKED, optional=False),
        replace(ASKED, applies=Is("home", "rented")),
        replace(ASKED, applies=above(3)),
    ],
)
def test_what_a_person_could_notice_changes_it(changed):
    assert fingerprint(changed) != fingerprint(ASKED)


def test_it_is_the_same_for_the_same_declaration_made_twice():
    assert fingerprint(replace(ASKED)) == fingerprint(ASKED)
    assert fingerprint(above(3)) == fingerprint(above(3))
    assert fingerprint(Is("a", "x") | Is("b", "y")) == fingerprint(Is("a", "x") | Is("b", "y"))


def test_a_value_that_a_function_was_made_with_counts():
    assert fingerprint(above(3)) != fingerprint(above(4))


def test_a_function_counts_by_what_it_does_not_by_how_it_is_laid_out():
    def with_rule(holds):
        page = Page("room", Words("房间", "Room"), (ASKED,))
        return replace(page, checks=(Check("beds", holds, Words("太多", "Too many")),))

    assert fingerprint(with_rule(commented)) == fingerprint(with_rule(plain))
    assert fingerprint(with_rule(commented)) != fingerprint(with_rule(stricter))


def test_what_is_named_counts_by_its_id():
    @dataclass(frozen=True)
    class Office:
        id: str
        phone: str

    old, new = Office("town-hall", "110"), Office("town-hall", "120")
    assert fingerprint((old, 1)) != fingerprint((new, 1))
    assert fingerprint((old, 1), (Office,)) == fingerprint((new, 1), (Office,))
    assert fingerprint((old, 1), (Office,)) != fingerprint((Office("school", "110"), 1), (Office,))


def test_a_word_that_is_new_in_the_vocabulary_changes_nothing_by_its_default():
    @dataclass(frozen=True)
    class Thing:
        id: str

    before = fingerprint(Thing("a"))

    @dataclass(frozen=True)
    class Thing:
        id: str
        until: date | None = None
        parts: tuple[str, ...] = ()

    assert fingerprint(Thing("a")) == before
    assert fingerprint(Thing("a", date(2027, 1, 1))) != before
    assert fingerprint(Decimal("1.5")) != fingerprint(Decimal("1.6"))


def test_what_holds_itself_ends():
    held = []
    held.append(held)
    assert fingerprint(held) == fingerprint(held)
    assert fingerprint(YES_NO)


def test_every_process_comes_to_the_same():
    """Sets and dictionaries of texts have another order in every process."""
    code = (
        "from app.catalogue import load; from app.workflow.editions import digest_of;"
        "print([digest_of(event) for event in load().life_events.values()])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=PROJECT_FOLDER,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
