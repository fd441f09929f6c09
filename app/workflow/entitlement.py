"""What somebody may get and how much, why, by which values, and what would change it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answer, Answers
from app.forms.noticing import watched
from app.forms.questions import Choice, Choices, Number, Question
from app.forms.showing import display
from app.vocabulary.benefit import Benefit, Bound, Facts, Need, Truth, Used
from app.vocabulary.requirement import TO_BE_CONFIRMED, Parameter
from app.wording import Words

Verdict = Literal["yes", "maybe", "no"]

CITY_AREA = "3310"
HOME_COUNTY = "home_county"
NOTHING_PROPOSED: Mapping[str, Parameter] = {}
# How far another choice counts as being away, where a number counts by its range.
HALFWAY = 0.5


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `promised` only where every value behind it is in force and well sourced."""

    value: Decimal
    unit: Words
    bound: Bound
    promised: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One need: whether it is met (None: not known), by which facts and values."""

    need: Need
    holds: Truth
    facts: tuple[str, ...]
    used: tuple[Used, ...]

    @property
    def words(self) -> Words:
        """What is needed where it is met, else what to do about it."""
        return self.need.otherwise if self.holds is False else self.need.what


@dataclass(frozen=True, slots=True)
class Flip:
    """The nearest change of one answer that turns the result."""

    question: Question
    answer: Answer
    to: Verdict

    def words(self, language: str) -> str:
        """The answer after the change, as it is shown."""
        return display(self.question, Answers({self.question.id: self.answer}), language)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a benefit is for one person on one day.

    `facts` are the questions whose answers counted, `used` the values with date and source.
    `lower_than` is the benefit that is paid instead, because of the two only the higher one is.
    """

    benefit: Benefit
    verdict: Verdict
    reasons: tuple[Reason, ...]
    money: Money | None
    facts: tuple[str, ...]
    used: tuple[Used, ...]
    nearest: Flip | None = None
    lower_than: str | None = None

    @property
    def missing(self) -> tuple[Reason, ...]:
        """The needs that are not met."""
        return tuple(reason for reason in self.reasons if reason.holds is False)

    @property
    def unconfirmed(self) -> tuple[Used, ...]:
        """The values that are to be confirmed before anything is promised."""
        return tuple(used for used in self.used if not used.confirmed)


def fact_questions(benefits: Iterable[Benefit]) -> tuple[Question, ...]:
    """Every fact that these benefits look at, each once, in the order in which they are asked."""
    asked = {question.id: question for benefit in benefits for question in benefit.questions}
    return tuple(asked.values())


def open_questions(benefit: Benefit, answers: Answers) -> frozenset[str]:
    """The facts that are not told and apply, or may apply once an earlier open one is told.

    An empty choice among several is an answer.
    """
    found: set[str] = set()
    for question in benefit.questions:
        told = answers.has(question.id) or (question.optional and question.id in answers.values)
        may_apply = question.applies.holds(answers) or bool(question.applies.questions & found)
        if may_apply and not told:
            found.add(question.id)
    return frozenset(found)


def area_of(answers: Answers) -> str:
    """The division code whose values count: the county of register, else the whole city."""
    told = answers.text(HOME_COUNTY)
    return told if told.startswith(CITY_AREA) else CITY_AREA


def entitlement(
    benefit: Benefit,
    answers: Answers,
    proposed: Mapping[str, Parameter] = NOTHING_PROPOSED,
    *,
    with_change: bool = True,
) -> Entitlement:
    """What `benefit` is for somebody with these answers, on the day of the answers.

    `proposed` replaces parameters by id, to see what a new value does; `with_change` also looks for
    the nearest change of one answer that would turn the result.
    """
    missing = open_questions(benefit, answers)
    reasons = tuple(_reason(benefit, need, answers, missing, proposed) for need in benefit.needs)
    verdict = _verdict(reasons)
    money, facts, used = _money(benefit, answers, missing, proposed)
    seen = {question: None for reason in reasons for question in reason.facts} | facts
    values = {one.parameter.id: one for reason in reasons for one in reason.used} | used
    found = Entitlement(
        benefit=benefit,
        verdict=verdict,
        reasons=reasons,
        money=money if verdict != "no" else None,
        facts=tuple(seen),
        used=tuple(values.values()),
    )
    return replace(found, nearest=_nearest(found, answers, proposed)) if with_change else found


def _reason(
    benefit: Benefit,
    need: Need,
    answers: Answers,
    missing: frozenset[str],
    proposed: Mapping[str, Parameter],
) -> Reason:
    seen, notes = watched(answers)
    facts = Facts(seen, area_of(answers), missing, proposed)
    holds = need.judge(facts)
    noticed = (question.id for question in benefit.questions if question.id in notes.noticed)
    return Reason(need, holds, tuple(noticed), tuple(facts.used.values()))


def _verdict(reasons: Iterable[Reason]) -> Verdict:
    truths = [reason.holds for reason in reasons]
    if False in truths:
        return "no"
    return "maybe" if None in truths else "yes"


def _money(
    benefit: Benefit,
    answers: Answers,
    missing: frozenset[str],
    proposed: Mapping[str, Parameter],
) -> tuple[Money | None, dict[str, None], dict[str, Used]]:
    """The amount, the facts and the values behind it."""
    if benefit.reckon is None:
        return None, {}, {}
    seen, notes = watched(answers)
    facts = Facts(seen, area_of(answers), missing, proposed)
    value = benefit.reckon(facts)
    noticed = {question.id: None for question in benefit.questions if question.id in notes.noticed}
    if value is None:
        return None, noticed, facts.used
    promised = all(one.confirmed for one in facts.used.values())
    return Money(value, benefit.unit, benefit.bound, promised), noticed, facts.used


def amount_words(found: Entitlement) -> Words | None:
    """The amount in words; one that hangs on an unconfirmed value says so and promises nothing.

    None where there is nothing to pay, or nothing to be had.
    """
    if found.benefit.reckon is None or found.verdict == "no":
        return None
    money = found.money
    if money is None:
        return TO_BE_CONFIRMED
    figure = f"{money.value.normalize():f}" if money.value == int(money.value) else f"{money.value}"
    zh = f"{_BOUNDS[money.bound].zh}{figure}{money.unit.zh}"
    en = f"{_BOUNDS[money.bound].en}{figure} {money.unit.en}"
    if money.promised:
        return Words(zh, en)
    dates = [used.amount.from_day for used in found.used if used.amount and not used.confirmed]
    since = f"{max(dates):%Y-%m-%d}" if dates else ""
    return Words(
        f"{TO_BE_CONFIRMED.zh}；按{since}起的标准参考为{zh}",
        f"{TO_BE_CONFIRMED.en}; by the rate of {since} it would be {en}",
    )


_BOUNDS: Mapping[Bound, Words] = {
    "exact": Words("", ""),
    "at-most": Words("最多", "at most "),
    "at-least": Words("至少", "at least "),
}


def what_can_i_get(
    benefits: Iterable[Benefit],
    answers: Answers,
    proposed: Mapping[str, Parameter] = NOTHING_PROPOSED,
) -> tuple[Entitlement, ...]:
    """Every benefit for somebody with these answers: first what is certain, then what may be.

    Of those that share `one_of` the lower ones are marked; within a verdict the declared order
    stays.
    """
    found = [entitlement(benefit, answers, proposed) for benefit in benefits]
    settled = [_beside(one, found) for one in found]
    order = {"yes": 0, "maybe": 1, "no": 2}
    return tuple(sorted(settled, key=lambda one: order[one.verdict]))


def _beside(one: Entitlement, others: Iterable[Entitlement]) -> Entitlement:
    """Marked where another of its group is paid instead; of equal ones the first stays."""
    if one.benefit.one_of is None or one.verdict != "yes" or one.money is None:
        return one
    rivals = [
        other
        for other in others
        if other.benefit.one_of == one.benefit.one_of
        and other.verdict == "yes"
        and other.money is not None
    ]
    best = max(rivals, key=lambda other: other.money.value if other.money else Decimal(0))
    return one if best.benefit.id == one.benefit.id else replace(one, lower_than=best.benefit.id)


def _nearest(
    found: Entitlement, answers: Answers, proposed: Mapping[str, Parameter]
) -> Flip | None:
    """The change of one answer that turns yes into no or no into yes with the least change."""
    if found.verdict == "maybe":
        return None
    wanted: Verdict = "no" if found.verdict == "yes" else "yes"
    flips: list[tuple[float, int, Flip]] = []
    for question in found.benefit.questions:
        if question.id in found.benefit.settled or question.id not in answers.values:
            continue
        if not question.applies.holds(answers):
            continue
        rising = question.id in found.benefit.rising
        for distance, answer in _turning(
            found.benefit, question, answers, proposed, wanted, rising
        ):
            flips.append((distance, len(flips), Flip(question, answer, wanted)))
    return min(flips)[2] if flips else None


def _turns(
    benefit: Benefit,
    answers: Answers,
    proposed: Mapping[str, Parameter],
    wanted: Verdict,
) -> bool:
    return entitlement(benefit, answers, proposed, with_change=False).verdict == wanted


def _turning(
    benefit: Benefit,
    question: Question,
    answers: Answers,
    proposed: Mapping[str, Parameter],
    wanted: Verdict,
    rising: bool,
) -> Iterator[tuple[float, Answer]]:
    """Other answers to one question that turn the result, each with how far away it is."""

    def turns(answer: Answer) -> bool:
        return _turns(benefit, answers.with_values({question.id: answer}), proposed, wanted)

    if isinstance(question.kind, Number):
        yield from _turning_numbers(question.kind, answers.number(question.id), turns, rising)
    for other in _other_choices(question, answers):
        if turns(other):
            yield HALFWAY, other


def _other_choices(question: Question, answers: Answers) -> Iterator[Answer]:
    """Every other choice; of several, each one added or left out."""
    if isinstance(question.kind, Choice):
        now = answers.get(question.id)
        yield from (option.value for option in question.kind.options if option.value != now)
    if isinstance(question.kind, Choices):
        chosen = list(answers.several(question.id))
        for option in question.kind.options:
            if option.value in chosen:
                yield [value for value in chosen if value != option.value]
            else:
                yield [*chosen, option.value]


def _turning_numbers(
    kind: Number, now: float, turns: Callable[[Answer], bool], rising: bool
) -> Iterator[tuple[float, Answer]]:
    """The nearest lower and higher number from which on the result has turned, by halving."""
    steps = 10**kind.decimals

    def answer(at: int) -> Answer:
        return at / steps if kind.decimals else at

    here = round(now * steps)
    for end in (kind.maximum,) if rising else (kind.minimum, kind.maximum):
        stays, turned = here, round(end * steps)
        if turned == here or not turns(answer(turned)):
            continue
        while abs(turned - stays) > 1:
            middle = (stays + turned) // 2
            if turns(answer(middle)):
                turned = middle
            else:
                stays = middle
        yield abs(turned - here) / (kind.maximum - kind.minimum) / steps, answer(turned)
