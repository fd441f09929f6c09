"""Pages of questions: saved on every submit, right answers kept even where others are wrong."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import orjson
from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.cases import drafting
from app.cases.draft_moving import current_draft
from app.cases.drafts import LoadedDraft
from app.cases.form_state import (
    CHANGED,
    FilledPage,
    FormState,
    form_state,
    locked_questions,
    shared_value,
)
from app.cases.portal import CITY_TIME, Portal, ThePortal
from app.database import Transaction
from app.errors import Conflict, NotFound, StaleForm
from app.forms.answers import Answers
from app.forms.corrections import Correction, Reading
from app.forms.fields import input_names, typed_from
from app.forms.moments import day_in_words
from app.forms.questions import Question
from app.forms.reading import read_page
from app.forms.showing import display
from app.forms.suggesting import not_the_applicants, suggested_answer
from app.identity.people import Session
from app.identity.principals import SignedInResident
from app.pages import view_of
from app.residents.at_hand import OpenDraft, unsent
from app.residents.controls import Control, control, summary
from app.residents.explaining import reasons
from app.residents.hub import back_to
from app.residents.news_lines import page_news
from app.residents.places import page_address, page_title
from app.residents.showing import ASKED, Sent, SentForm, see, show, text_of, texts
from app.vocabulary.case_file import CaseFile
from app.wording import Words
from app.workflow.editions import page_mark
from app.workflow.plan import services_planned
from app.workflow.uses import in_plan, why

router = APIRouter(prefix="/drafts/{number}/pages/{page_id}", include_in_schema=False)

SEEN = "_seen"
NO_SUCH_PAGE = Words(
    "这一页现在不用填了，刚才的内容没有保存。",
    "This page is not asked any more; what you just sent was not saved.",
)
BACK_TO_LIST = Words(
    "表单有更新，或者别的回答改过了。请回到办理清单接着填。",
    "The form or another answer has changed. Go back to the list and go on there.",
)
SUGGESTED = Words("按已有信息填好，请核对", "Filled from what we know; please check")


@router.get("")
async def first_item(
    request: Request, page_id: str, visit: SignedInResident, draft: OpenDraft, portal: ThePortal
) -> Response:
    """A page of questions about the case."""
    return _page(request, visit, portal, draft, _find(form_state(draft), page_id, None))


@router.get("/{item}")
async def one_item(
    request: Request,
    page_id: str,
    item: int,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
) -> Response:
    """A page of questions about one item, counted from 1."""
    return _page(request, visit, portal, draft, _find(form_state(draft), page_id, item))


@router.post("")
async def save_first(
    form: SentForm,
    request: Request,
    page_id: str,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Save a page about the case."""
    return await _save(session, request, visit, portal, draft, page_id, None, form)


@router.post("/{item}")
async def save_item(
    form: SentForm,
    request: Request,
    page_id: str,
    item: int,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Save a page about one item."""
    return await _save(session, request, visit, portal, draft, page_id, item, form)


def _find(state: FormState, page_id: str, item: int | None) -> FilledPage:
    filled = state.page(page_id, None if item is None else item - 1)
    if filled is None:
        raise NotFound
    return filled


async def _save(
    session: AsyncSession,
    request: Request,
    visit: Session[Any],
    portal: Portal,
    draft: LoadedDraft,
    page_id: str,
    item: int | None,
    form: Any,
) -> Response:
    """Keep what is right, show what is not; refuse only what was changed meanwhile."""
    sent = texts(form)
    try:
        filled = _find(form_state(draft), page_id, item)
    except NotFound:
        if ASKED not in sent:
            raise
        raise Conflict(NO_SUCH_PAGE, BACK_TO_LIST) from None
    if text_of(form, "_refresh"):
        return _page(request, visit, portal, draft, filled, typed=sent)
    asked_as = page_mark(draft.life_event, filled.place.page.id)
    if sent.get(ASKED, asked_as if filled.state != CHANGED else "") != asked_as:
        return _page(request, visit, portal, draft, filled, typed=sent, is_newer=True)
    reading, answers = _read(draft, filled, sent)
    now, after = _seen(portal, filled), _after(portal, filled, reading)
    if text_of(form, SEEN) not in {now, ""} and after != now:
        return _changed_meanwhile(request, visit, portal, draft, filled, reading)
    state = "started" if reading.corrections else "done"
    try:
        saved = await drafting.save_page(
            session, portal, draft, draft.revision, filled.key, answers, state
        )
    except StaleForm:
        draft = await current_draft(session, portal, draft.number, draft.resident_id)
        filled = _find(form_state(draft), page_id, item)
        return _changed_meanwhile(request, visit, portal, draft, filled, reading)
    if reading.corrections and not text_of(form, "_later"):
        again = _find(form_state(saved), page_id, item)
        return _page(request, visit, portal, saved, again, reading=reading)
    return see(_following(form_state(saved), filled, form))


def _following(state: FormState, filled: FilledPage, form: Any) -> str:
    here = f"/drafts/{state.draft.number}"
    if text_of(form, "_later"):
        return here
    if text_of(form, "_back") == "check" and state.is_ready:
        return f"{here}/check"
    keys = [page.key for page in state.pages]
    later = state.pages[keys.index(filled.key) + 1 :] if filled.key in keys else ()
    for page in later:
        if page.state != "done":
            return page_address(here, page)
    return here


def _read(draft: LoadedDraft, filled: FilledPage, sent: Sent) -> tuple[Reading, Answers]:
    place = filled.place
    sent = {**_told_meanwhile(draft, filled, sent), **sent}
    reading = read_page(place.page, sent, place.answers, locked_questions(draft))
    answers = reading.onto(draft.answers, place.group, place.item or 0)
    others = not_the_applicants(draft.life_event, answers, asdict(draft.applicant))
    found = [item for item in others if item.page == place.page.id and item.item == place.item]
    return replace(reading, corrections=(*reading.corrections, *found)), answers


def _told_meanwhile(draft: LoadedDraft, filled: FilledPage, sent: Sent) -> Sent:
    """What a register that was found right answers to questions that were not on the page yet.

    They apply only since something else on it was answered; nobody is asked what they confirmed.
    """
    place = filled.place
    found: dict[str, Any] = {}
    for question in place.page.questions:
        asked = question.applies.holds(place.answers) or not sent.keys().isdisjoint(
            input_names(question)
        )
        value = shared_value(question, draft.registers, place.item, place.answers.today)
        if asked or value is None or question.shared is None:
            continue
        if draft.registers[question.shared.register].verdict == "right":
            found |= typed_from(question, value)
    return found


def fingerprint(portal: Portal, values: Any) -> str:
    """Short and keyed: equal for equal answers; says nothing else about them."""
    return portal.cipher.index(orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()).hex()


def _page_values(filled: FilledPage) -> dict[str, Any]:
    own = filled.place.own
    return {q.id: own[q.id] for q in filled.place.page.questions if q.id in own}


def _seen(portal: Portal, filled: FilledPage) -> str:
    return fingerprint(portal, _page_values(filled))


def _after(portal: Portal, filled: FilledPage, reading: Reading) -> str:
    kept = {k: v for k, v in _page_values(filled).items() if k not in reading.dropped}
    return fingerprint(portal, {**kept, **reading.values})


def _page(
    request: Request,
    visit: Session[Any],
    portal: Portal,
    draft: LoadedDraft,
    filled: FilledPage,
    *,
    reading: Reading | None = None,
    typed: Sent | None = None,
    conflict: tuple[tuple[Words, str, str], ...] = (),
    is_newer: bool = False,
) -> Response:
    corrections: tuple[Correction, ...] = reading.corrections if reading else ()
    if reading is None and typed is None and filled.state == "problem":
        corrections = filled.corrections
    typed = reading.typed if reading else typed
    place = filled.place
    controls = _controls(portal, draft, filled, corrections, typed, view_of(request).lang)
    return show(
        request,
        visit,
        "questions.html",
        status=409 if conflict or is_newer else 422 if reading else 200,
        draft=draft,
        event=draft.life_event,
        page=place.page,
        title=page_title(filled),
        controls=controls,
        needs=["cascade"] if any(c.kind == "address" for c in controls) else [],
        seen=_seen(portal, filled),
        asked_as=page_mark(draft.life_event, place.page.id),
        is_newer_form=is_newer,
        changed=page_news(draft, filled),
        back=back_to(request),
        errors=summary(corrections, [c.id for c in controls if c.kind == "known"]),
        is_known_wrong=any(c.kind == "known" and c.error for c in controls),
        conflict=conflict,
        has_secrets=any(question.sensitive for question in place.page.questions),
        unsent=unsent(draft),
    )


def _controls(
    portal: Portal,
    draft: LoadedDraft,
    filled: FilledPage,
    corrections: Iterable[Correction],
    typed: Sent | None,
    language: str,
) -> list[Control]:
    place = filled.place
    locked = locked_questions(draft)
    asked = _asked(filled, typed)
    case = CaseFile(draft.number, draft.applicant, place.answers, place.answers.today, draft.facts)
    planned = services_planned(draft.life_event, case)
    found = []
    for question in asked:
        shared = shared_value(question, draft.registers, place.item, place.answers.today)
        answer = place.answers.get(question.id)
        source = None
        if shared is not None and (answer is None or answer == shared):
            answer, source = shared, source_of(portal, draft, question)
        elif answer is None and filled.key not in draft.pages:
            answer = suggested_answer(question, place.answers, asdict(draft.applicant))
            source = SUGGESTED if answer is not None else None
        known = ""
        if question.id in locked and shared is not None:
            known = display(question, place.answers.with_values({question.id: shared}), language)
        shown = typed
        if shown is None or (shared is not None and shown.keys().isdisjoint(input_names(question))):
            shown = typed_from(question, answer)
        because = () if known else reasons(in_plan(why(draft.life_event, question.id), planned))
        found.append(control(question, shown, corrections, source, known, because))
    return found


def _asked(filled: FilledPage, typed: Sent | None) -> tuple[Question, ...]:
    """The questions that apply; after something was typed, judged with that."""
    place = filled.place
    if typed is None:
        return place.questions
    reading = read_page(place.page, typed, place.answers)
    values = {**place.answers.values, **reading.values}
    for dropped in reading.dropped:
        values.pop(dropped, None)
    after = Answers(values, place.answers.today)
    return replace(place, answers=after).questions


def source_of(portal: Portal, draft: LoadedDraft, question: Question) -> Words | None:
    """Who told the answer, and when."""
    if question.shared is None:
        return None
    register = portal.catalogue.registers[question.shared.register]
    view = draft.registers[register.id]
    by = register.authority.name
    if view.answered_at is None:
        return Words(f"来源：{by.zh}", f"Source: {by.en}")
    day = day_in_words(view.answered_at.astimezone(CITY_TIME).date())
    return Words(f"来源：{by.zh}，{day.zh}", f"Source: {by.en}, {day.en}")


def _changed_meanwhile(
    request: Request,
    visit: Session[Any],
    portal: Portal,
    draft: LoadedDraft,
    filled: FilledPage,
    reading: Reading,
) -> Response:
    """What is saved now beside what was typed; the form keeps what was typed."""
    language = view_of(request).lang
    place = filled.place
    typed = place.answers.with_values(reading.values)
    rows = []
    for question in place.page.questions:
        saved, new = (display(question, held, language) for held in (place.answers, typed))
        if question.id in reading.dropped:
            new = ""
        if saved != new:
            rows.append((question.label, saved, new))
    return _page(request, visit, portal, draft, filled, reading=reading, conflict=tuple(rows))
