"""Conditions on answers, as values that can be evaluated, combined and explained."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.forms.answers import Answers


class Condition(Protocol):
    """Whether something applies, given what has been answered so far."""

    @property
    def questions(self) -> frozenset[str]:
        """Ids of the questions it looks at."""
        ...

    def holds(self, answers: Answers, /) -> bool:
        """True when it applies; an unanswered question makes a condition on it false."""
        ...

    def __hash__(self) -> int: ...


class Combinable:
    """Gives conditions `&`, `|` and `~`."""

    def __and__(self: Condition, other: Condition) -> "All":
        return All((self, other))

    def __or__(self: Condition, other: Condition) -> "AnyOf":
        return AnyOf((self, other))

    def __invert__(self: Condition) -> "Not":
        return Not(self)


@dataclass(frozen=True, slots=True)
class Always(Combinable):
    """Applies to everybody."""

    questions: frozenset[str] = frozenset()

    def holds(self, _answers: Answers) -> bool:
        return True


ALWAYS = Always()


@dataclass(frozen=True, slots=True, init=False)
class Is(Combinable):
    """The answer to `question` is one of `values` (for several choices: contains one of them)."""

    question: str
    values: tuple[str, ...]

    def __init__(self, question: str, *values: str) -> None:
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "values", values)

    @property
    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.question)
        if isinstance(given, str):
            return given in self.values
        if given is None:
            return False
        if isinstance(given, list):
            return any(value in self.values for value in given)
        if isinstance(given, bool):
            return ("yes" if given else "no") in self.values
        return str(given) in self.values


@dataclass(frozen=True, slots=True)
class Answered(Combinable):
    """`question` has an answer."""

    question: str

    @property
    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def holds(self, answers: Answers) -> bool:
        return answers.has(self.question)


@dataclass(frozen=True, slots=True)
class Between(Combinable):
    """The number answered to `question` is within the bounds given (inclusive)."""

    question: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def holds(self, answers: Answers) -> bool:
        if not answers.has(self.question):
            return False
        number = answers.number(self.question)
        above = self.at_least is None or number >= self.at_least
        return above and (self.at_most is None or number <= self.at_most)


@dataclass(frozen=True, slots=True)
class DaysSince(Combinable):
    """Days from the date answered to `question` until today are within the bounds (inclusive)."""

    question: str
    at_least: int | None = None
    at_most: int | None = None

    @property
    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def holds(self, answers: Answers) -> bool:
        if not answers.has(self.question):
            return False
        days = (answers.today - answers.date(self.question)).days
        above = self.at_least is None or days >= self.at_least
        return above and (self.at_most is None or days <= self.at_most)


@dataclass(frozen=True, slots=True)
class Holds(Combinable):
    """A named predicate over several answers, for what the other conditions cannot say."""

    questions: frozenset[str]
    predicate: Callable[[Answers], bool]

    def holds(self, answers: Answers) -> bool:
        return all(answers.has(question) for question in self.questions) and self.predicate(answers)


@dataclass(frozen=True, slots=True)
class All(Combinable):
    """Every part holds."""

    parts: tuple[Condition, ...]
    # Asked for again and again while the catalogue is checked, so worked out once.
    questions: frozenset[str] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        looked_at = frozenset().union(*(part.questions for part in self.parts))
        object.__setattr__(self, "questions", looked_at)
        object.__setattr__(self, "_hash", hash((type(self), self.parts)))

    def __hash__(self) -> int:
        return self._hash

    def holds(self, answers: Answers) -> bool:
        # A page judges thousands: plain loops take half as long as all() and any() with generators.
        for part in self.parts:  # noqa: SIM110
            if not part.holds(answers):
                return False
        return True


@dataclass(frozen=True, slots=True)
class AnyOf(Combinable):
    """At least one part holds."""

    parts: tuple[Condition, ...]
    # Asked for again and again while the catalogue is checked, so worked out once.
    questions: frozenset[str] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        looked_at = frozenset().union(*(part.questions for part in self.parts))
        object.__setattr__(self, "questions", looked_at)
        object.__setattr__(self, "_hash", hash((type(self), self.parts)))

    def __hash__(self) -> int:
        return self._hash

    def holds(self, answers: Answers) -> bool:
        for part in self.parts:  # noqa: SIM110
            if part.holds(answers):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Not(Combinable):
    """The part does not hold."""

    part: Condition

    @property
    def questions(self) -> frozenset[str]:
        return self.part.questions

    def holds(self, answers: Answers) -> bool:
        return not self.part.holds(answers)
