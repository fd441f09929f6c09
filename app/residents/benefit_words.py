"""Benefits in words: amounts with reasons, values with dates, what would change them."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.cases.portal import Portal
from app.forms.answers import Answers
from app.forms.questions import Question
from app.forms.showing import display
from app.vocabulary.benefit import Benefit, Truth, Used
from app.vocabulary.requirement import TO_BE_CONFIRMED, Rule
from app.wording import Words
from app.workflow.entitlement import Entitlement, Reason, amount_words

MOST_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One fact with its answer as it reads; `page` counts from 1."""

    question: Question
    answer: str
    page: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value that counted: as it reads, since when, from which source."""

    title: Words
    words: Words
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Why:
    """One need with its rule, the facts that were looked at and the values that counted."""

    holds: Truth
    words: Words
    rule: Rule
    facts: tuple[Told, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A benefit as the result shows it.

    `amount` is None where nothing is paid out; `others` are values behind the amount alone.
    """

    benefit: Benefit
    verdict: str
    amount: Words | None
    missing: tuple[Words, ...]
    why: tuple[Why, ...]
    others: tuple[Value, ...]
    change: Words | None
    instead: Words | None


@dataclass(frozen=True, slots=True)
class Course:
    """The pages of facts for these answers; `answers` are those that are asked and told."""

    pages: tuple[tuple[Question, ...], ...]
    answers: Answers
    complete: bool

    def page_of(self, question: str) -> int:
        """The number of the page that asks it, counted from 1."""
        places = enumerate(self.pages, start=1)
        return next(number for number, page in places if question in {one.id for one in page})


def course(questions: Iterable[Question], held: Answers) -> Course:
    """Which facts are asked on which page, at most five on each.

    A fact that hangs on another stands on a later page, so that no script is needed. What was told
    for a fact that is not asked any more does not count.
    """
    left = list(questions)
    known = Answers({}, held.today)
    pages: list[tuple[Question, ...]] = []
    while page := tuple(one for one in left if one.applies.holds(known))[:MOST_A_PAGE]:
        pages.append(page)
        told = {one.id: held.values[one.id] for one in page if _is_told(one, held)}
        known = known.with_values(told)
        if len(told) < len(page):
            return Course(tuple(pages), known, complete=False)
        left = [one for one in left if one not in page]
    return Course(tuple(pages), known, complete=True)


def _is_told(question: Question, held: Answers) -> bool:
    return held.has(question.id) or (question.optional and question.id in held.values)


def told_lines(questions: Iterable[str], taken: Course, language: str) -> tuple[Told, ...]:
    asked = {one.id: one for page in taken.pages for one in page}
    return tuple(
        Told(asked[one], display(asked[one], taken.answers, language), taken.page_of(one))
        for one in questions
        if one in asked
    )


def _value(used: Used) -> Value:
    amount = used.amount
    if amount is None or amount.value is None:
        return Value(used.parameter.title, TO_BE_CONFIRMED, "", confirmed=False)
    figure = f"{amount.value:,}"
    since = f"{amount.from_day:%Y-%m-%d}"
    words = Words(
        f"{figure} {amount.unit.zh}（{since}起）", f"{figure} {amount.unit.en} (from {since})"
    )
    return Value(used.parameter.title, words, amount.source, used.confirmed)


def _why(reason: Reason, taken: Course, language: str) -> Why:
    return Why(
        holds=reason.holds,
        words=reason.words,
        rule=reason.need.rule,
        facts=told_lines(reason.facts, taken, language),
        values=tuple(_value(used) for used in reason.used),
    )


def _change(found: Entitlement, language: str) -> Words | None:
    """The nearest change that would turn the result."""
    flip = found.nearest
    if flip is None:
        return None
    label, to = flip.question.label, flip.words(language)
    if flip.to == "yes":
        return Words(
            f"“{label.zh}”的回答如果是“{to}”，就可以申请。",
            f"If the answer to “{label.en}” were “{to}”, it could be applied for.",
        )
    return Words(
        f"“{label.zh}”的回答如果变成“{to}”，就不再符合。",
        f"If the answer to “{label.en}” became “{to}”, it would no longer be given.",
    )


def shown(found: Entitlement, taken: Course, portal: Portal, language: str) -> Shown:
    behind_needs = {used.parameter.id for reason in found.reasons for used in reason.used}
    higher = portal.catalogue.benefits.get(found.lower_than or "")
    return Shown(
        benefit=found.benefit,
        verdict=found.verdict,
        amount=amount_words(found),
        missing=tuple(reason.words for reason in found.missing),
        why=tuple(_why(reason, taken, language) for reason in found.reasons),
        others=tuple(_value(used) for used in found.used if used.parameter.id not in behind_needs),
        change=_change(found, language),
        instead=higher.title if higher else None,
    )
