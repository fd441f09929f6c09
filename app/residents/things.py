"""A life event before anything is filled in: what it is, for whom, whether it can be done here."""

from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.cases import drafting
from app.cases.case_store import CaseLine, my_cases
from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.forms.answers import Answers
from app.forms.asking import FOR_WHOM
from app.forms.questions import Choice, Option, Question
from app.identity.cookies import give_token
from app.identity.people import ResidentPrincipal, Session
from app.identity.principals import AnyVisitor, SignedInResident
from app.identity.sessions import keep
from app.pages import view_of
from app.residents import guidance
from app.residents.controls import summary
from app.residents.introducing import introduction
from app.residents.rounds import window_of, windows_of
from app.residents.showing import SentForm, see, show, text_of, texts
from app.vocabulary.case_states import CaseState
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.eligibility import next_guidance_question, outcome

router = APIRouter(include_in_schema=False)

FOR_WHOM_TITLE = Words("这次为谁办？", "Who is this for?")
CHOOSE_WHOM = Words("请选择为谁办。", "Choose who this is for.")


@router.get("/things/{event_id}")
async def introduce(
    request: Request,
    event_id: str,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """What it is, what to bring, how long it takes, and when it is taken in."""
    event = guidance.event_of(portal, event_id)
    return show(
        request,
        visit,
        "introduction.html",
        event=event,
        intro=introduction(event),
        windows=await windows_of(session, portal, event),
    )


@router.get("/things/{event_id}/for")
async def ask_for_whom(
    request: Request, event_id: str, visit: AnyVisitor, portal: ThePortal
) -> Response:
    """Who it is for."""
    event = guidance.event_of(portal, event_id)
    answers = guidance.kept_answers(portal, visit.kept, event)
    return _for_whom_page(request, visit, event, answers.text(FOR_WHOM))


@router.post("/things/{event_id}/for")
async def keep_for_whom(
    form: SentForm,
    request: Request,
    event_id: str,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep who it is for and go on to the questions."""
    event = guidance.event_of(portal, event_id)
    chosen = text_of(form, FOR_WHOM)
    if chosen not in {value for value, _, _ in event.for_whom}:
        return _for_whom_page(request, visit, event, chosen, error=CHOOSE_WHOM)
    answers = guidance.kept_answers(portal, visit.kept, event).with_values({FOR_WHOM: chosen})
    return await _keep_and_go_on(session, portal, visit, event, answers)


@router.get("/things/{event_id}/can-i")
async def begin_questions(event_id: str, visit: AnyVisitor, portal: ThePortal) -> Response:
    """To the first question that has no answer yet."""
    event = guidance.event_of(portal, event_id)
    return see(_next_address(event, guidance.kept_answers(portal, visit.kept, event)))


@router.get("/things/{event_id}/can-i/{number}")
async def ask(
    request: Request, event_id: str, number: int, visit: AnyVisitor, portal: ThePortal
) -> Response:
    """One question."""
    event = guidance.event_of(portal, event_id)
    answers = guidance.kept_answers(portal, visit.kept, event)
    guidance.question_at(event, number, answers)
    return _question_page(request, visit, event, number, answers)


@router.post("/things/{event_id}/can-i/{number}")
async def answer(
    form: SentForm,
    request: Request,
    event_id: str,
    number: int,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep one answer and go on."""
    event = guidance.event_of(portal, event_id)
    answers = guidance.kept_answers(portal, visit.kept, event)
    question = guidance.question_at(event, number, answers)
    reading = guidance.read_one(question, texts(form), answers)
    if reading.corrections:
        return _question_page(request, visit, event, number, answers, reading)
    return await _keep_and_go_on(session, portal, visit, event, reading.onto(answers))


@router.get("/things/{event_id}/outcome")
async def show_outcome(
    request: Request,
    event_id: str,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """What can be done here, in whole, in part, or elsewhere."""
    event = guidance.event_of(portal, event_id)
    answers = guidance.kept_answers(portal, visit.kept, event)
    reached = outcome(event, answers)
    if reached.kind == "undecided":
        return see(_next_address(event, answers))
    return show(
        request,
        visit,
        "outcome.html",
        event=event,
        reached=reached,
        answered=guidance.asked_before(event, answers, view_of(request).lang),
        is_signed_in=isinstance(visit.principal, ResidentPrincipal),
        running=await _running(session, visit, event),
        window=await window_of(session, portal, event, answers),
    )


@router.post("/things/{event_id}/start")
async def start(
    form: SentForm,
    request: Request,
    event_id: str,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Open a draft with the answers given so far, unless one is open already."""
    event = guidance.event_of(portal, event_id)
    answers = guidance.kept_answers(portal, visit.kept, event)
    if outcome(event, answers).kind in {"undecided", "stop"}:
        return see(f"/things/{event.id}/outcome")
    resident_id = visit.principal.resident_id
    mine = await my_cases(session, resident_id)
    open_drafts = [
        line for line in mine if line.state is CaseState.DRAFT and line.life_event == event.id
    ]
    if open_drafts and not text_of(form, "new"):
        return show(request, visit, "open_drafts.html", event=event, drafts=open_drafts)
    whom = answers.text(FOR_WHOM)
    number = await drafting.start_draft(
        session, portal, resident_id, event.id, answers.values, whom
    )
    kept = {**visit.kept.get(guidance.KEPT, {})}
    kept.pop(event.id, None)
    await keep(session, portal, visit, **{guidance.KEPT: kept or None})
    return see(f"/drafts/{number}/consent")


async def _running(session: AsyncSession, visit: Session[Any], event: LifeEvent) -> list[CaseLine]:
    """Cases of the same life event that are being worked on, so that nobody applies twice."""
    if not isinstance(visit.principal, ResidentPrincipal):
        return []
    mine = await my_cases(session, visit.principal.resident_id)
    return [
        line for line in mine if line.state is CaseState.RUNNING and line.life_event == event.id
    ]


def _next_address(event: LifeEvent, answers: Answers) -> str:
    if event.for_whom and not answers.has(FOR_WHOM) and not _asked_in_guidance(event):
        return f"/things/{event.id}/for"
    question = next_guidance_question(event, answers)
    if question is None:
        return f"/things/{event.id}/outcome"
    return f"/things/{event.id}/can-i/{guidance.number_of(event, question)}"


def _asked_in_guidance(event: LifeEvent) -> bool:
    return any(question.id == FOR_WHOM for question in event.guidance)


async def _keep_and_go_on(
    session: AsyncSession,
    portal: Portal,
    visit: Session[Any],
    event: LifeEvent,
    answers: Answers,
) -> Response:
    kept = guidance.sealed_answers(portal, visit.kept, event, answers.values)
    token, _ = await keep(session, portal, visit, **kept)
    response = see(_next_address(event, answers))
    if token:
        give_token(response, portal.settings, "resident", token)
    return response


def _for_whom_page(
    request: Request,
    visit: Session[Any],
    event: LifeEvent,
    chosen: str,
    error: Words | None = None,
) -> Response:
    options = tuple(Option(value, label, hint) for value, label, hint in event.for_whom)
    question = Question(FOR_WHOM, FOR_WHOM_TITLE, Choice(options))
    asked, _ = guidance.as_control(event, question, Answers({FOR_WHOM: chosen}))
    return show(
        request,
        visit,
        "question.html",
        status=422 if error else 200,
        event=event,
        asked=asked,
        asked_as=None,
        is_newer_form=False,
        error=error,
        errors=({"href": f"#{FOR_WHOM}", "message": error},) if error else (),
        caption=event.title,
        back=f"/things/{event.id}",
        action=f"/things/{event.id}/for",
        unsent=None,
    )


def _question_page(
    request: Request,
    visit: Session[Any],
    event: LifeEvent,
    number: int,
    answers: Answers,
    reading: Any = None,
) -> Response:
    asked, corrections = guidance.as_control(event, event.guidance[number - 1], answers, reading)
    earlier = guidance.before(event, number, answers)
    first = f"/things/{event.id}" if _asked_in_guidance(event) else f"/things/{event.id}/for"
    return show(
        request,
        visit,
        "question.html",
        status=422 if corrections else 200,
        event=event,
        asked=asked,
        asked_as=None,
        is_newer_form=False,
        error=asked.error,
        errors=summary(corrections),
        caption=event.title,
        back=f"/things/{event.id}/can-i/{earlier}" if earlier else first,
        action=f"/things/{event.id}/can-i/{number}",
        unsent=None,
    )
