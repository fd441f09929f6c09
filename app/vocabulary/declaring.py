"""Short words for declaring what a life event asks: a question is a line or two."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, Condition
from app.forms.questions import (
    Address,
    BankAccount,
    BirthCertificateNumber,
    Check,
    Choice,
    Choices,
    IdentityDocument,
    Kind,
    Mobile,
    Number,
    Option,
    Page,
    Question,
    Repeated,
    ResidentId,
    SharedFrom,
    Suggestion,
)
from app.vocabulary.public_service import SharedRegister
from app.wording import Words

# Answers of these kinds point at one person and are sealed and masked without being told.
PERSONAL = (ResidentId, IdentityDocument, Mobile, Address, BankAccount, BirthCertificateNumber)


def choice(*options: tuple[str, str, str]) -> Choice:
    """A choice from (value, Chinese, English)."""
    return Choice(_options(options))


def _options(options: tuple[tuple[str, str, str], ...]) -> tuple[Option, ...]:
    return tuple(Option(value, Words(zh, en)) for value, zh, en in options)


def number(least: float, most: float, zh: str = "", en: str = "") -> Number:
    """A whole number within bounds, with its unit in both languages if it has one."""
    return Number(least, most, Words(zh, en) if zh else None)


def held(register: SharedRegister[Any, Any], fact: str = "", *, locked: bool = False) -> SharedFrom:
    """Answered by a register's fact, by default the fact that has the question's own id.

    `locked`: shown, and not to be changed here.
    """
    return SharedFrom(register.id, fact, confirm=not locked)


def ask(
    question: str,
    zh: str,
    en: str,
    kind: Kind,
    *,
    applies: Condition = ALWAYS,
    optional: bool = False,
    sensitive: bool = False,
    shared: SharedFrom | None = None,
    suggested: tuple[Suggestion, ...] = (),
) -> Question:
    """A question with its label in both languages; numbers and places of people are sensitive."""
    return Question(
        question,
        Words(zh, en),
        kind,
        applies=applies,
        optional=optional,
        sensitive=sensitive or isinstance(kind, PERSONAL),
        shared=replace(shared, fact=shared.fact or question) if shared else None,
        suggested=suggested,
    )


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question that still lacks its choices."""

    question: Question

    def one_of(self, *options: tuple[str, str, str]) -> Question:
        """Exactly one of these: (value, Chinese, English)."""
        return replace(self.question, kind=choice(*options))

    def any_of(self, *options: tuple[str, str, str]) -> Question:
        """As many of these as one likes, or none."""
        return replace(self.question, kind=Choices(_options(options)), optional=True)

    def some_of(self, *options: tuple[str, str, str]) -> Question:
        """At least one of these."""
        return replace(self.question, kind=Choices(_options(options)))


def choose(
    question: str,
    zh: str,
    en: str,
    *,
    applies: Condition = ALWAYS,
    sensitive: bool = False,
    shared: SharedFrom | None = None,
) -> Choosing:
    """A question with choices of its own: `.one_of(…)`, `.some_of(…)` or `.any_of(…)` follows."""
    asked = ask(question, zh, en, Choice(()), applies=applies, sensitive=sensitive, shared=shared)
    return Choosing(asked)


@dataclass(frozen=True, slots=True)
class Heading:
    """A page that still lacks its questions."""

    page: Page
    sensitive: bool

    def asks(self, *parts: Question | Check) -> Page:
        """The page with these questions, and the checks that look across them."""
        questions = tuple(part for part in parts if isinstance(part, Question))
        if self.sensitive:
            questions = tuple(replace(question, sensitive=True) for question in questions)
        checks = tuple(part for part in parts if isinstance(part, Check))
        return replace(self.page, questions=questions, checks=checks)


def page(
    name: str,
    zh: str,
    en: str,
    *,
    applies: Condition = ALWAYS,
    each: Repeated | None = None,
    sensitive: bool = False,
) -> Heading:
    """One page of questions, which follow: `.asks(…)`. `sensitive`: each of them is."""
    return Heading(Page(name, Words(zh, en), (), applies=applies, each=each), sensitive)


@dataclass(frozen=True, slots=True)
class Checking:
    """A check that still lacks its message."""

    question: str
    holds: Callable[[Answers], bool]

    def says(self, zh: str, en: str) -> Check:
        """What stands at the question when the check fails: what is wrong and what to do."""
        return Check(self.question, self.holds, Words(zh, en))


def check(question: str, holds: Callable[[Answers], bool]) -> Checking:
    """A rule across questions, whose message follows: `.says(…)`."""
    return Checking(question, holds)
