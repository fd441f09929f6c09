"""The result of one service, with what to do against a refusal; and withdrawing a case."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.cases import case_store
from app.cases.applying import withdraw
from app.cases.case_store import Progress, StepView
from app.cases.portal import ThePortal
from app.cases.titles import life_event_title
from app.database import Transaction
from app.errors import Conflict, NotFound
from app.identity.principals import SignedInResident
from app.residents.facts import field_lines
from app.residents.progress_view import step_title
from app.residents.showing import see, show
from app.vocabulary.case_states import StepState
from app.vocabulary.requirement import Rule
from app.wording import Words

router = APIRouter(prefix="/cases/{number}", include_in_schema=False)

# General knowledge, without a source found for this city: shown as to be confirmed.
RECONSIDERATION = Rule(
    "administrative-reconsideration-law-20",
    Words("中华人民共和国行政复议法", "Administrative Reconsideration Law"),
    "第二十条",
    "U",
)
LITIGATION = Rule(
    "administrative-litigation-law-46",
    Words("中华人民共和国行政诉讼法", "Administrative Litigation Law"),
    "第四十六条",
    "U",
)
STOPS = frozenset(
    {
        StepState.WAITING,
        StepState.READY,
        StepState.AT_DESK,
        StepState.SUPPLEMENT,
        StepState.STUCK,
    }
)


@router.get("/results/{step_key}")
async def show_result(
    request: Request,
    number: str,
    step_key: str,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """What was granted, or why not, under which rule, and how to object."""
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    step = case.step(step_key)
    if not step.state.is_final:
        return see(f"/cases/{number}")
    service = portal.catalogue.services[step.service_id]
    event = portal.catalogue.in_words_of(case.life_event, case.definition)
    output: Mapping[str, Any] = step.outcome.get("output", {})
    return show(
        request,
        visit,
        "result.html",
        case=case,
        step=step,
        service=service,
        title=step_title(portal.catalogue, event, case, step),
        lines=field_lines(service.produces.fields, output),
        blocked_by=[
            (needed.key, step_title(portal.catalogue, event, case, needed))
            for needed in _blockers(case, step)
        ],
        relied_on=service.checklist,
        reconsideration=RECONSIDERATION,
        litigation=LITIGATION,
    )


@router.get("/withdraw")
async def ask_withdraw(
    request: Request,
    number: str,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """What stops, and what cannot be recalled."""
    case = await case_store.progress(session, portal, number, visit.principal.resident_id)
    if case.state.is_final or case.withdrawal_asked:
        return see(f"/cases/{number}")
    event = portal.catalogue.in_words_of(case.life_event, case.definition)
    titled = [(step, step_title(portal.catalogue, event, case, step)) for step in case.steps]
    return show(
        request,
        visit,
        "withdraw.html",
        case=case,
        life_event=life_event_title(portal, case.life_event, case.definition),
        stops=[title for step, title in titled if step.state in STOPS],
        goes_on=[t for step, t in titled if step.state is StepState.WITH_DEPARTMENT],
        done=[title for step, title in titled if step.state is StepState.DONE],
    )


@router.post("/withdraw")
async def withdraw_case(
    number: str, visit: SignedInResident, portal: ThePortal, session: Transaction
) -> Response:
    """Withdraw; pressing twice is the same."""
    try:
        await withdraw(session, portal, number, visit.principal.resident_id)
    except Conflict:
        await case_store.version(session, number, visit.principal.resident_id)
    return see(f"/cases/{number}")


def _blockers(case: Progress, step: StepView) -> list[StepView]:
    """The steps whose end made this one impossible."""
    if step.state is not StepState.NOT_POSSIBLE:
        return []
    found = []
    for key in step.requires:
        try:
            needed = case.step(key)
        except NotFound:
            continue
        if needed.state.is_final and needed.state is not StepState.DONE:
            found.append(needed)
    return found
