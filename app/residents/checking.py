"""Check everything, then submit: the last page before an application leaves the resident."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.cases.applying import submit
from app.cases.drafts import LoadedDraft
from app.cases.form_state import FilledPage, FormState, form_state, shared_value
from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.errors import StaleForm
from app.forms.corrections import DECLARATIONS, Reading
from app.forms.fields import typed_from
from app.forms.questions import Page, Question
from app.forms.reading import read_page
from app.forms.showing import display
from app.identity.people import Session
from app.identity.principals import SignedInResident
from app.pages import view_of
from app.residents import guidance
from app.residents.at_hand import AnyDraft, OpenDraft, unsent
from app.residents.controls import control, summary
from app.residents.explaining import reasons
from app.residents.hub import (
    LATER_WORDS,
    PROMISED,
    hub,
    open_tasks_of,
)
from app.residents.news_lines import news_of
from app.residents.places import is_asked_for, page_address, page_title
from app.residents.question_pages import source_of
from app.residents.rounds import NO_WINDOW, Window, window_for
from app.residents.showing import SentForm, see, show, text_of, texts
from app.vocabulary.case_file import CaseFile
from app.wording import Words
from app.workflow.deadlines import absolute_deadlines
from app.workflow.eligibility import blocking, outcome, reckoned, verdicts
from app.workflow.evidence import NeededPaper
from app.workflow.plan import planned_services, services_planned
from app.workflow.uses import in_plan, why

router = APIRouter(prefix="/drafts/{number}/check", include_in_schema=False)

CHANGED_STATUS, WRONG_STATUS = 409, 422
REVISION = "_revision"
DECLARED = Words("承诺与授权", "Declarations")
STILL_OPEN = Words("还没有完成：{title}", "Not done yet: {title}")
STOPPED = Words("按您的情况，这件事不能在网上办。", "In your situation this cannot be done online.")
CHANGED = Words(
    "您打开这一页之后，申请内容有变化，还没有提交。请再核对一次，然后提交。",
    "The application changed after you opened this page; it was not sent. Check it again.",
)
UPLOADED = Words("已上传 {n} 个文件", "{n} files uploaded")
DIFFERS = Words(
    "与登记信息不一致，工作人员会核对", "Differs from the register; an officer will check"
)
NOT_GIVEN = Words("没有上传", "Not uploaded")


@dataclass(frozen=True, slots=True)
class Receiver:
    """What one authority receives: for which services, which data, for what fee."""

    name: Words
    services: tuple[Words, ...]
    data: tuple[Words, ...]
    fees: tuple[Words, ...]


@router.get("")
async def check(
    request: Request,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Everything on one page."""
    state = form_state(draft)
    window = await window_for(session, portal, state.case, draft.life_event)
    return _page(request, visit, portal, state, window=window)


@router.post("")
async def send(
    form: SentForm,
    request: Request,
    visit: SignedInResident,
    draft: AnyDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Submit, once, however often the button is pressed."""
    receipt = f"/cases/{draft.number}/receipt"
    if not draft.is_open:
        return see(receipt)
    state = form_state(draft)
    reading = read_page(_declarations(draft), texts(form), state.answers)
    window = await window_for(session, portal, state.case, draft.life_event)
    again = partial(_page, request, visit, portal, state, reading, window=window)
    if reading.corrections or not _may_be_sent(state):
        return again(status=WRONG_STATUS)
    if window.problem or text_of(form, REVISION) != str(draft.revision):
        return again(status=CHANGED_STATUS)
    case = replace(state.case, answers=reading.onto(state.answers))
    whole = replace(draft, evidence=state.evidence)
    try:
        await submit(session, portal, whole, case, draft.revision, actor=visit.principal.actor)
    except StaleForm:
        return again(status=CHANGED_STATUS)
    return see(receipt)


def receivers(case: CaseFile, draft: LoadedDraft) -> tuple[Receiver, ...]:
    """Every authority of the plan with what it gets."""
    found: dict[str, Receiver] = {}
    for step, _ in planned_services(draft.life_event, case):
        service = step.service
        known = found.get(service.authority.id, Receiver(service.authority.name, (), (), ()))
        data = tuple(
            Words(field.title or name, str((field.json_schema_extra or {}).get("en", name)))
            for name, field in service.request.model_fields.items()
        )
        found[service.authority.id] = Receiver(
            known.name,
            tuple(dict.fromkeys((*known.services, service.title))),
            tuple(dict.fromkeys((*known.data, *data))),
            tuple(dict.fromkeys((*known.fees, service.fee))),
        )
    return tuple(found.values())


def _may_be_sent(state: FormState) -> bool:
    event, answers = state.draft.life_event, state.answers
    ended = outcome(event, answers).kind == "stop" or blocking(event, answers)
    return state.is_ready and not ended


def _declarations(draft: LoadedDraft) -> Page:
    return Page(DECLARATIONS, DECLARED, draft.life_event.declarations)


def _page(
    request: Request,
    visit: Session[Any],
    portal: Portal,
    state: FormState,
    reading: Reading | None = None,
    status: int = 200,
    window: Window = NO_WINDOW,
) -> Response:
    draft = state.draft
    event = draft.life_event
    language = view_of(request).lang
    answers = state.answers if reading is None else reading.onto(state.answers)
    corrections = reading.corrections if reading and status != CHANGED_STATUS else ()
    planned = services_planned(event, state.case)
    declarations = [
        control(
            question,
            reading.typed if reading else typed_from(question, answers.get(question.id)),
            corrections,
            why=reasons(in_plan(why(event, question.id), planned)),
        )
        for question in event.declarations
        if question.applies.holds(answers)
    ]
    problems = [*(_open_problems(state) if status == WRONG_STATUS else ()), *summary(corrections)]
    return show(
        request,
        visit,
        "check.html",
        status=status,
        draft=draft,
        event=event,
        state=state,
        may_be_sent=_may_be_sent(state) and window.problem is None,
        is_complete=_may_be_sent(state),
        window=window,
        still_open=open_tasks_of(hub(state).groups),
        cards=[_card(portal, state, page, language) for page in state.pages],
        situation=_situation(state, language),
        papers=[_paper_row(state, paper) for paper in state.papers],
        registers=[
            (portal.catalogue.registers[view.register_id], view)
            for view in draft.registers.values()
            if view.is_used and view.register_id in portal.catalogue.registers
        ],
        receivers=receivers(state.case, draft),
        deadlines=absolute_deadlines(event, state.answers),
        doubts=[one.requirement for one in verdicts(event, state.answers) if not one.holds],
        declarations=declarations,
        news=news_of(portal, state),
        changed=CHANGED if status == CHANGED_STATUS and not window.problem else None,
        errors=tuple(problems),
        unsent=unsent(draft),
    )


def _open_problems(state: FormState) -> list[dict[str, Any]]:
    problems = [
        {
            "href": task.href,
            "message": STILL_OPEN.filled(title=task.title.zh)
            if not task.title.en
            else Words(
                STILL_OPEN.zh.format(title=task.title.zh), STILL_OPEN.en.format(title=task.title.en)
            ),
        }
        for task in open_tasks_of(hub(state).groups)
        if not _is_optional(state, task.href)
    ]
    if outcome(state.draft.life_event, state.answers).kind == "stop":
        here = f"/drafts/{state.draft.number}/situation"
        problems.append({"href": here, "message": STOPPED})
    for requirement in blocking(state.draft.life_event, state.answers):
        here = f"/drafts/{state.draft.number}/situation"
        problems.append({"href": here, "message": requirement.reason})
    return problems


def _is_optional(state: FormState, href: str) -> bool:
    optional = {paper.id for paper in state.papers if not paper.must_be_given}
    return href.rsplit("/", 1)[-1] in optional


def _situation(state: FormState, language: Any) -> list[dict[str, Any]]:
    here = f"/drafts/{state.draft.number}/situation"
    asked = guidance.asked_before(state.draft.life_event, state.answers, language)
    rows = [
        {
            "key": before.question.label,
            "value": before.answer,
            "href": f"{here}/{before.number}?back=check",
        }
        for before in asked
    ]
    told = reckoned(state.draft.life_event, state.answers)
    return [*rows, *({"key": one.reckoning.title, "value": one.words} for one in told)]


def _card(portal: Portal, state: FormState, page: FilledPage, language: str) -> dict[str, Any]:
    """One page of questions as a card of rows."""
    draft, place = state.draft, page.place
    address = f"{page_address(f'/drafts/{draft.number}', page)}?back=check"
    rows = []
    for question in place.questions:
        value = display(question, place.answers, language)
        rows.append(
            {
                "key": _row_title(question),
                "value": value,
                "note": _note(portal, draft, page, question),
                "href": address,
            }
        )
    return {"title": page_title(page), "rows": rows}


def _row_title(question: Question) -> Words:
    return Words(question.label.zh.rstrip("？?："), question.label.en.rstrip("?:"))


def _note(portal: Portal, draft: LoadedDraft, page: FilledPage, question: Question) -> Words | None:
    shared = shared_value(question, draft.registers, page.place.item, page.place.answers.today)
    if shared is None:
        return None
    if page.place.answers.get(question.id) != shared:
        return DIFFERS if page.place.answers.has(question.id) else None
    return source_of(portal, draft, question)


def _paper_row(state: FormState, paper: NeededPaper) -> dict[str, Any]:
    draft = state.draft
    how = draft.evidence.get(paper.id, {}).get("how")
    value: Words = NOT_GIVEN
    if how == "file":
        value = UPLOADED.filled(n=len(draft.files_of(paper.id)))
    elif how in {"deferred", "commitment"}:
        value = LATER_WORDS if how == "deferred" else PROMISED
    elif paper.supply == "shared":
        value = Words("不用提交，部门共享", "Not needed: shared by the department")
    elif paper.supply == "produced":
        value = Words("不用提交，办理中产生", "Not needed: made on the way")
    href = f"/drafts/{draft.number}/papers/{paper.id}?back=check"
    return {
        "key": paper.evidence.title,
        "value": value,
        "href": href if is_asked_for(paper, draft) else None,
    }
