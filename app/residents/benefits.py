"""What somebody can get: a few facts without signing in, then every benefit with its reasons."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.errors import NotFound
from app.forms.answers import Answer, Answers
from app.forms.corrections import Reading
from app.forms.fields import typed_from
from app.forms.questions import Page, Question
from app.forms.reading import read_page
from app.identity.cookies import give_token
from app.identity.principals import AnyVisitor
from app.identity.sessions import keep
from app.pages import view_of
from app.residents import guidance
from app.residents.benefit_words import Course, course, shown, told_lines
from app.residents.controls import control, summary
from app.residents.explaining import reasons
from app.residents.showing import AnySession, Sent, SentForm, see, show, texts
from app.vocabulary.benefit import Benefit, Screening
from app.wording import Words
from app.workflow.entitlement import (
    fact_questions,
    what_can_i_get,
)
from app.workflow.uses import why_benefits_ask

router = APIRouter(include_in_schema=False)

KEPT = "benefits"
TITLE = Words("我能领什么", "What can I get")


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


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Some benefits that are asked about together, and where their pages are.

    `screening`: a fixed few, which are all shown open and may all be applied for.
    """

    base: str
    title: Words
    benefits: tuple[Benefit, ...]
    screening: Screening | None = None

    def course(self, portal: Portal, kept: Mapping[str, Any]) -> Course:
        """The pages of its facts, with what this visit told so far."""
        return course(fact_questions(self.benefits), _held(portal, kept))


def everything(portal: Portal) -> Inquiry:
    """All benefits of the city."""
    return Inquiry("/benefits", TITLE, tuple(portal.catalogue.benefits.values()))


def screening(portal: Portal, screening_id: str) -> Inquiry:
    """A fixed few. Raises NotFound."""
    found = portal.catalogue.screenings.get(screening_id)
    if found is None:
        raise NotFound
    return Inquiry(f"/screenings/{found.id}", found.title, found.benefits, found)


def _result(request: Request, visit: AnySession, portal: Portal, inquiry: Inquiry) -> Response:
    """What may be applied for, or on to the first page that is not filled in."""
    taken = inquiry.course(portal, visit.kept)
    if not taken.complete:
        return see(f"{inquiry.base}/questions/{len(taken.pages)}")
    language = view_of(request).lang
    found = what_can_i_get(inquiry.benefits, taken.answers)
    found_words = [shown(one, taken, portal, language) for one in found]
    return show(
        request,
        visit,
        "benefits.html",
        inquiry=inquiry,
        groups={kind: [one for one in found_words if one.verdict == kind] for kind in _KINDS},
        told=told_lines((one.id for page in taken.pages for one in page), taken, language),
        events=portal.catalogue.life_events,
        today=taken.answers.today,
    )


_KINDS = ("yes", "maybe", "no")


async def _keep(
    form: SentForm,
    request: Request,
    number: int,
    visit: AnySession,
    portal: Portal,
    session: AsyncSession,
    inquiry: Inquiry,
) -> Response:
    """Keep what one page told and go on."""
    taken = inquiry.course(portal, visit.kept)
    reading = read_facts(_page(taken, number), texts(form), taken.answers)
    if reading.corrections:
        return _questions(request, visit, portal, number, taken, inquiry, reading)
    told = {**_held(portal, visit.kept).values, **reading.values}
    sealed = base64.b64encode(portal.cipher.seal(told, KEPT)).decode()
    after = course(fact_questions(inquiry.benefits), Answers(told, portal.today()))
    more = number < len(after.pages) and not after.complete
    response = see(f"{inquiry.base}/questions/{number + 1}" if more else inquiry.base)
    token, _ = await keep(session, portal, visit, **{KEPT: sealed})
    if token:
        give_token(response, portal.settings, "resident", token)
    return response


@router.get("/benefits")
async def show_benefits(request: Request, visit: AnyVisitor, portal: ThePortal) -> Response:
    """Everything that may be applied for, or on to the first page that is not filled in."""
    return _result(request, visit, portal, everything(portal))


@router.post("/benefits")
async def begin_again(visit: AnyVisitor, portal: ThePortal, session: Transaction) -> Response:
    """Forget what was told and ask again."""
    await keep(session, portal, visit, **{KEPT: None})
    return see("/benefits")


@router.get("/benefits/questions/{number}")
async def ask(request: Request, number: int, visit: AnyVisitor, portal: ThePortal) -> Response:
    """One page of facts."""
    inquiry = everything(portal)
    return _questions(request, visit, portal, number, inquiry.course(portal, visit.kept), inquiry)


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
    return await _keep(form, request, number, visit, portal, session, everything(portal))


@router.get("/screenings/{screening_id}")
async def show_screening(
    request: Request, screening_id: str, visit: AnyVisitor, portal: ThePortal
) -> Response:
    """The result of a screening, or on to its first page that is not filled in."""
    return _result(request, visit, portal, screening(portal, screening_id))


@router.post("/screenings/{screening_id}")
async def screen_again(
    screening_id: str, visit: AnyVisitor, portal: ThePortal, session: Transaction
) -> Response:
    """Forget what was told and ask again."""
    inquiry = screening(portal, screening_id)
    await keep(session, portal, visit, **{KEPT: None})
    return see(inquiry.base)


@router.get("/screenings/{screening_id}/questions/{number}")
async def ask_to_screen(
    request: Request, screening_id: str, number: int, visit: AnyVisitor, portal: ThePortal
) -> Response:
    """One page of the facts of a screening."""
    inquiry = screening(portal, screening_id)
    return _questions(request, visit, portal, number, inquiry.course(portal, visit.kept), inquiry)


@router.post("/screenings/{screening_id}/questions/{number}")
async def answer_to_screen(
    form: SentForm,
    request: Request,
    screening_id: str,
    number: int,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep what one page told and go on."""
    inquiry = screening(portal, screening_id)
    return await _keep(form, request, number, visit, portal, session, inquiry)


@router.get("/benefits/{benefit_id}")
async def show_item(
    request: Request, benefit_id: str, visit: AnyVisitor, portal: ThePortal
) -> Response:
    """One benefit on its own: what it is, what it needs, and where to begin."""
    benefit = portal.catalogue.benefits.get(benefit_id)
    if benefit is None:
        raise NotFound
    event = portal.catalogue.life_events[benefit.starts]
    return show(request, visit, "benefit.html", benefit=benefit, event=event)


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


def _held(portal: Portal, kept: Mapping[str, Any]) -> Answers:
    """What this visit told so far; nothing where it cannot be read any more."""
    sealed = kept.get(KEPT)
    try:
        held = portal.cipher.open(base64.b64decode(sealed), KEPT) if sealed else {}
    except (InvalidTag, ValueError):
        held = {}
    return Answers(held, portal.today())


def _page(taken: Course, number: int) -> tuple[Question, ...]:
    if not 1 <= number <= len(taken.pages):
        raise NotFound
    return taken.pages[number - 1]


def _questions(
    request: Request,
    visit: AnySession,
    portal: Portal,
    number: int,
    taken: Course,
    inquiry: Inquiry,
    reading: Reading | None = None,
) -> Response:
    page = _page(taken, number)
    corrections = reading.corrections if reading else ()
    return show(
        request,
        visit,
        "benefits_questions.html",
        status=422 if corrections else 200,
        inquiry=inquiry,
        number=number,
        asked=[
            control(
                one,
                reading.typed if reading else typed_from(one, taken.answers.get(one.id)),
                corrections,
                why=reasons(why_benefits_ask(portal.catalogue.benefits.values(), one.id)),
            )
            for one in page
        ],
        errors=summary(corrections),
        back=f"{inquiry.base}/questions/{number - 1}" if number > 1 else "/",
    )
