"""The questions a life event asks, as values: kinds, questions, and phone pages of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, Condition
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the `value` we keep and the words people see; offered where it `applies`."""

    value: str
    label: Words
    hint: Words | None = None
    applies: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Text:
    """Free text of `shortest` to `longest` characters."""

    longest: int = 100
    shortest: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name: 2–30 characters, rare characters and the middle dot allowed (V-NAME)."""


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A resident ID number, GB 11643 with its check character (V-ID)."""


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """Kind and number of an identity document (V-ID, V-DOC). Parts: `type`, `number`."""


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code, GB 32100 with its check character (V-USCC)."""


@dataclass(frozen=True, slots=True)
class Mobile:
    """A mainland mobile number (V-MOB); with `landline`, a fixed line will do as well."""

    landline: bool = False


@dataclass(frozen=True, slots=True)
class BirthCertificateNumber:
    """One letter and nine digits (V-BC)."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day, by default not in the future; `past_days`/`ahead_days` bound it against today.

    `ahead_days` below zero: it lies at least so many days back.
    """

    past_days: int | None = None
    ahead_days: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, by default not in the future; bounded in months against this month.

    `ahead_months` below zero: it lies at least so many months back.
    """

    past_months: int | None = None
    ahead_months: int = 0


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time to the minute, by default not in the future."""

    past_days: int | None = None
    ahead_days: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds; whole unless `decimals` says otherwise."""

    minimum: float
    maximum: float
    unit: Words | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of the options; `as_list` shows a drop-down where there are many."""

    options: tuple[Option, ...]
    as_list: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of the options."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Division and detail (V-DIV). Parts: `county`, `township`, `detail`.

    With `elsewhere`, a place outside Taizhou may be given: county "other" and the detail alone.
    """

    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account to be paid to (V-BANK). Parts: `holder`, `bank`, `number`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A declaration that must be ticked; the label is the declaration."""


Kind = (
    Text
    | PersonName
    | ResidentId
    | IdentityDocument
    | CreditCode
    | Mobile
    | BirthCertificateNumber
    | Date
    | Month
    | DateTime
    | Number
    | Choice
    | Choices
    | Address
    | BankAccount
    | Tick
)

YES_NO = Choice((Option("yes", Words("是", "Yes")), Option("no", Words("否", "No"))))


@dataclass(frozen=True, slots=True)
class SharedFrom:
    """Where the city already holds an answer: a register's id and the name of its fact.

    `confirm` lets the person correct it; without, it is shown and cannot be changed here. On a
    repeated page a fact that is a list holds one value for each item, in order.
    """

    register: str
    fact: str
    confirm: bool = True


@dataclass(frozen=True, slots=True)
class OfApplicant:
    """Suggests what is known of the person signed in, where the question is about them.

    `fact` is name, id_number or mobile. With `must`, an ID number other than theirs is not right,
    and these words say so.
    """

    fact: Literal["name", "id_number", "mobile"]
    applies: Condition = ALWAYS
    must: Words | None = None

    @property
    def questions(self) -> frozenset[str]:
        """Ids of the questions it looks at."""
        return self.applies.questions


@dataclass(frozen=True, slots=True)
class SameAs:
    """Suggests the answer to another question, for example a name as the holder of an account."""

    question: str
    applies: Condition = ALWAYS

    @property
    def questions(self) -> frozenset[str]:
        """Ids of the questions it looks at."""
        return self.applies.questions | {self.question}


@dataclass(frozen=True, slots=True)
class YearOf:
    """Suggests the year of a date answered before."""

    question: str
    applies: Condition = ALWAYS

    @property
    def questions(self) -> frozenset[str]:
        """Ids of the questions it looks at."""
        return self.applies.questions | {self.question}


@dataclass(frozen=True, slots=True)
class ByRule:
    """Suggests what a rule makes of other answers, once all of `questions` are answered."""

    questions: frozenset[str]
    reckon: Callable[[Answers], str]
    applies: Condition = ALWAYS


Suggestion = OfApplicant | SameAs | YearOf | ByRule


@dataclass(frozen=True, slots=True)
class Question:
    """One question in plain words; its `id` is unique within the life event.

    `suggested` is shown in the input until the page is saved; the first that holds something.
    """

    id: str
    label: Words
    kind: Kind
    hint: Words | None = None
    error: Words | None = None
    applies: Condition = ALWAYS
    optional: bool = False
    sensitive: bool = False
    shared: SharedFrom | None = None
    suggested: tuple[Suggestion, ...] = ()

    def hinted(self, zh: str, en: str) -> "Question":
        """The same question with a hint below its label."""
        return replace(self, hint=Words(zh, en))

    def offered(self, answers: Answers) -> "Question":
        """The same question with only the choices that are offered, given these answers."""
        kind = self.kind
        if not isinstance(kind, Choice | Choices):
            return self
        options = tuple(option for option in kind.options if option.applies.holds(answers))
        if len(options) == len(kind.options):
            return self
        return replace(self, kind=replace(kind, options=options))


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across questions of one page; when it fails, `message` stands at `question`."""

    question: str
    holds: Callable[[Answers], bool]
    message: Words


@dataclass(frozen=True, slots=True)
class Repeated:
    """A group that is asked once per item, for example per child.

    `count` is the id of the question that says how many; `label` has a `{n}` place.
    """

    id: str
    count: str
    label: Words
    most: int = 4

    def how_many(self, answers: Answers) -> int:
        """Number of items, at least 1 and at most `most`."""
        return (
            max(1, min(self.most, int(answers.number(self.count))))
            if answers.has(self.count)
            else 1
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One topic on one phone page: at most five questions, saved on every submit.

    `each` repeats the page once per item of a group.
    """

    id: str
    title: Words
    questions: tuple[Question, ...]
    intro: Words | None = None
    applies: Condition = ALWAYS
    each: Repeated | None = None
    checks: tuple[Check, ...] = field(default=())
    minutes: int = 1
