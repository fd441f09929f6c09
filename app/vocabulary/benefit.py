"""Benefits, declared: whom they are for, what they pay, and what both hang on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answer, Answers
from app.forms.conditions import Condition
from app.forms.questions import Question
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words

# True, False, or None: it hangs on a fact that is not told or a value that was not found.
Truth = bool | None
Bound = Literal["exact", "at-most", "at-least"]


@dataclass(frozen=True, slots=True)
class Used:
    """A value that a benefit hangs on; `current`: it is the one in force, not an older one."""

    parameter: Parameter
    amount: Amount | None
    current: bool

    @property
    def confirmed(self) -> bool:
        """Whether it may be promised to anyone."""
        return self.current and self.amount is not None and self.amount.confirmed


@dataclass(slots=True)
class Facts:
    """What is known of somebody on a day in a place; it notes which values were used.

    `open` are the questions that apply and have no answer. `proposed` are parameters that stand
    for those of the same id, to see what a new value would do.
    """

    answers: Answers
    area: str
    open: frozenset[str] = frozenset()
    proposed: Mapping[str, Parameter] = field(default_factory=dict)
    used: dict[str, Used] = field(default_factory=dict)

    def rate(self, parameter: Parameter) -> Decimal | None:
        """The value for the day and place; an older one where today's was not found, or None."""
        parameter = self.proposed.get(parameter.id, parameter)
        found = parameter.last_known(self.answers.today, self.area)
        in_force = parameter.on(self.answers.today, self.area)
        self.used[parameter.id] = Used(parameter, found, found is not None and found is in_force)
        return found.value if found else None

    def number(self, question: str) -> Decimal | None:
        """A number that was answered, or None."""
        if not self.answers.has(question):
            return None
        return Decimal(str(self.answers.number(question)))


Judge = Callable[[Facts], Truth]
Reckon = Callable[[Facts], Decimal | None]


def fits(condition: Condition) -> Judge:
    """Whether a condition holds; None while one of its questions is open."""

    def judge(facts: Facts) -> Truth:
        if condition.questions & facts.open:
            return None
        return condition.holds(facts.answers)

    return judge


def below(question: str, limit: Reckon) -> Judge:
    """Whether a number is below a limit that hangs on parameters."""

    def judge(facts: Facts) -> Truth:
        if question in facts.open:
            return None
        value, most = facts.number(question), limit(facts)
        if value is None:
            return False
        return None if most is None else value < most

    return judge


def any_of(*judges: Judge) -> Judge:
    """At least one holds; it is enough that one is known to."""

    def judge(facts: Facts) -> Truth:
        unknown = False
        for one in judges:
            truth = one(facts)
            if truth:
                return True
            unknown = unknown or truth is None
        return None if unknown else False

    return judge


def all_of(*judges: Judge) -> Judge:
    """Every one holds; it is enough that one is known not to."""

    def judge(facts: Facts) -> Truth:
        truths = [one(facts) for one in judges]
        if False in truths:
            return False
        return None if None in truths else True

    return judge


def none_of(judge: Judge) -> Judge:
    """It is known not to hold."""

    def other(facts: Facts) -> Truth:
        truth = judge(facts)
        return None if truth is None else not truth

    return other


def share_of(parameter: Parameter, share: Parameter, per: int = 1) -> Reckon:
    """A multiple of a parameter (`per` 100: a percentage), in yuan and fen; None if not found."""

    def reckon(facts: Facts) -> Decimal | None:
        base, times = facts.rate(parameter), facts.rate(share)
        return None if base is None or times is None else round(base * times / per, 2)

    return reckon


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a benefit needs, in plain words, and what to do where it is missing."""

    id: str
    judge: Judge
    rule: Rule
    what: Words
    otherwise: Words


@dataclass(frozen=True, slots=True)
class Needing:
    """A need that still lacks its words."""

    id: str
    judge: Judge
    rule: Rule

    def says(self, zh: str, en: str, otherwise_zh: str, otherwise_en: str) -> Need:
        """What is needed, and what is said where it is not so."""
        what, otherwise = Words(zh, en), Words(otherwise_zh, otherwise_en)
        return Need(self.id, self.judge, self.rule, what, otherwise)


def needs(name: str, rule: Rule, judge: Judge | Condition) -> Needing:
    """Something that a benefit needs, with `.says(…)`."""
    return Needing(name, judge if callable(judge) else fits(judge), rule)


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something that a person may get.

    `questions` are the facts it looks at, in the order in which they are asked; conditions of later
    ones look at earlier ones. `reckon` gives its amount in `unit` (None: nothing is paid out, or
    the county decides); `bound` says whether that is the amount, at most or at least it. Of two
    that share `one_of`, only the higher is paid. `starts` is the life event in which it is applied
    for, `presets` the answers that it begins with.
    """

    id: str
    title: Words
    summary: Words
    questions: tuple[Question, ...]
    needs: tuple[Need, ...]
    starts: str
    presets: Mapping[str, Answer] = field(default_factory=dict)
    reckon: Reckon | None = None
    unit: Words = field(default=Words("元/月", "yuan a month"))
    bound: Bound = "exact"
    one_of: str | None = None
    # What never changes, and what only rises, is not proposed as a change that would help.
    settled: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()
    # More words by which somebody looks for it, beside title and summary.
    keywords: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that it follows."""
        return tuple(dict.fromkeys(need.rule for need in self.needs))


@dataclass(frozen=True, slots=True)
class Screening:
    """Some benefits that are looked at together on one page, in this order.

    Each is shown and may be applied for whatever the answers say; `decides` tells who decides,
    `phone` whom to call at once.
    """

    id: str
    title: Words
    summary: Words
    decides: Words
    benefits: tuple[Benefit, ...]
    phone: str = "12345"
