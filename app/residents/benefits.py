"""What somebody can get: a few facts without signing in, then every benefit with its reasons."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.errors import NotFound
from app.forms.answers import Answer, Answers
from app.forms.corrections import Reading
from app.forms.fields import typed_from
from app.forms.questions import Page, Question
from app.forms.reading import read_page
from app.forms.showing import display
from app.identity.cookies import give_token
from app.identity.principals import AnyVisitor
from app.identity.sessions import keep
from app.pages import view_of
from app.residents import guidance
from app.residents.controls import control, summary
from app.residents.showing import AnySession, Sent, SentForm, see, show, texts
from app.vocabulary.benefit import Benefit, Truth, Used
from app.vocabulary.requirement import TO_BE_CONFIRMED, Rule
from app.wording import Words
from app.workflow.entitlement import (
    Entitlement,
    Reason,
    amount_words,
    fact_questions,
    what_can_i_get,
)

router = APIRouter(include_in_schema=False)

KEPT = "benefits"
MOST_A_PAGE = 5
TITLE = Words("我能领什么", "What can I get")


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


def read_facts(page: tuple[Question, ...], sent: Sent, held: Answers) -> Reading:
    """Read one page of facts; nothing chosen among several is an answer."""
    reading = read_page(Page("facts", TITLE, page), sent, held)
    wrong = {item.question for item in reading.corrections}
    nothing: dict[str, Answer] = {
        one.id: []
        for one in page
        if one.optional and one.id not in reading.values and one.id not in wrong
    }
    return Reading({**nothing, **reading.values}, reading.corrections, frozenset(), reading.typed)


@router.get("/benefits")
async def show_benefits(request: Request, visit: AnyVisitor, portal: ThePortal) -> Response:
    """Everything that may be applied for, or on to the first page that is not filled in."""
    taken = _course(portal, visit.kept)
    if not taken.complete:
        return see(f"/benefits/questions/{len(taken.pages)}")
    language = view_of(request).lang
    found = what_can_i_get(portal.catalogue.benefits.values(), taken.answers)
    shown = [_shown(one, taken, portal, language) for one in found]
    return show(
        request,
        visit,
        "benefits.html",
        title=TITLE,
        groups={kind: [one for one in shown if one.verdict == kind] for kind in _KINDS},
        told=_told((one.id for page in taken.pages for one in page), taken, language),
        events=portal.catalogue.life_events,
        today=taken.answers.today,
    )


_KINDS = ("yes", "maybe", "no")


@router.post("/benefits")
async def begin_again(visit: AnyVisitor, portal: ThePortal, session: Transaction) -> Response:
    """Forget what was told and ask again."""
    await keep(session, portal, visit, **{KEPT: None})
    return see("/benefits")


@router.get("/benefits/questions/{number}")
async def ask(request: Request, number: int, visit: AnyVisitor, portal: ThePortal) -> Response:
    """One page of facts."""
    return _questions(request, visit, number, _course(portal, visit.kept))


@router.post("/benefits/questions/{number}")
async def answer(
    form: SentForm,
    request: Request,
    number: int,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep what one page told and go on."""
    taken = _course(portal, visit.kept)
    reading = read_facts(_page(taken, number), texts(form), taken.answers)
    if reading.corrections:
        return _questions(request, visit, number, taken, reading)
    told = {**_held(portal, visit.kept).values, **reading.values}
    sealed = base64.b64encode(portal.cipher.seal(told, KEPT)).decode()
    after = course(_facts(portal), Answers(told, portal.today()))
    more = number < len(after.pages) and not after.complete
    response = see(f"/benefits/questions/{number + 1}" if more else "/benefits")
    token, _ = await keep(session, portal, visit, **{KEPT: sealed})
    if token:
        give_token(response, portal.settings, "resident", token)
    return response


@router.post("/benefits/{benefit_id}/start")
async def start(
    benefit_id: str, visit: AnyVisitor, portal: ThePortal, session: Transaction
) -> Response:
    """On to the questions of the life event, with what the benefit already answers of them."""
    benefit = portal.catalogue.benefits.get(benefit_id)
    if benefit is None:
        raise NotFound
    event = guidance.event_of(portal, benefit.starts)
    answers = guidance.kept_answers(portal, visit.kept, event).with_values(benefit.presets)
    kept = guidance.sealed_answers(portal, visit.kept, event, answers.values)
    token, _ = await keep(session, portal, visit, **kept)
    response = see(f"/things/{event.id}/can-i")
    if token:
        give_token(response, portal.settings, "resident", token)
    return response


def _facts(portal: Portal) -> tuple[Question, ...]:
    return fact_questions(portal.catalogue.benefits.values())


def _held(portal: Portal, kept: Mapping[str, Any]) -> Answers:
    """What this visit told so far; nothing where it cannot be read any more."""
    sealed = kept.get(KEPT)
    try:
        held = portal.cipher.open(base64.b64decode(sealed), KEPT) if sealed else {}
    except (InvalidTag, ValueError):
        held = {}
    return Answers(held, portal.today())


def _course(portal: Portal, kept: Mapping[str, Any]) -> Course:
    return course(_facts(portal), _held(portal, kept))


def _page(taken: Course, number: int) -> tuple[Question, ...]:
    if not 1 <= number <= len(taken.pages):
        raise NotFound
    return taken.pages[number - 1]


def _questions(
    request: Request,
    visit: AnySession,
    number: int,
    taken: Course,
    reading: Reading | None = None,
) -> Response:
    page = _page(taken, number)
    corrections = reading.corrections if reading else ()
    return show(
        request,
        visit,
        "benefits_questions.html",
        status=422 if corrections else 200,
        title=TITLE,
        number=number,
        asked=[
            control(
                one,
                reading.typed if reading else typed_from(one, taken.answers.get(one.id)),
                corrections,
            )
            for one in page
        ],
        errors=summary(corrections),
        back=f"/benefits/questions/{number - 1}" if number > 1 else "/",
    )


def _told(questions: Iterable[str], taken: Course, language: str) -> tuple[Told, ...]:
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
        facts=_told(reason.facts, taken, language),
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


def _shown(found: Entitlement, taken: Course, portal: Portal, language: str) -> Shown:
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
