"""The page that says how far running grants are reckoned again, and which a person must look at."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.cases.explaining import value_words
from app.cases.grant_keeping import keep_grant
from app.cases.grant_views import (
    InQuestion,
    RecomputationLine,
    granting_services,
    in_question,
    newest_recomputations,
    try_again,
)
from app.cases.portal import Portal, ThePortal
from app.caseworkers.posts import TheDesk, see, show
from app.database import Transaction
from app.forms.divisions import name_of
from app.forms.moments import day_in_words
from app.identity.principals import SignedInOfficer
from app.wording import Words
from app.workflow.reckoning import AGAIN, NOT_KNOWN, OTHERWISE, RESULT_UNREAD, UNREADABLE

router = APIRouter(prefix="/desk/recomputations", include_in_schema=False)

HERE = "/desk/recomputations"
WHY: Mapping[str, Words] = {
    NOT_KNOWN: Words("有事实或标准不清楚，要问本人或主管部门", "A fact or a value is not known"),
    OTHERWISE: Words("决定的金额与按规则核算的不同", "Decided otherwise than the rules reckon"),
    UNREADABLE: Words("资料读不出来，要对照原件", "Its facts cannot be read: see the papers"),
    AGAIN: Words("同一个人又核定了一次，请查重复", "Granted again to the same person"),
    RESULT_UNREAD: Words(
        "与此人有关的一项办理结果读不出来，请查还该不该发",
        "A result about this person cannot be read: see whether it still goes on",
    ),
}
CAUSES: Mapping[str, Words] = {
    "month": Words("每月例行核对", "Monthly check"),
    "desk": Words("工作人员再核一次", "Tried again by staff"),
    "parameter": Words("标准变化", "A changed value"),
    "service": Words("办理结果", "A result"),
}
ANOTHER = Words("其他原因", "Another reason")


@router.get("")
async def show_recomputations(
    request: Request,
    session: Transaction,
    portal: ThePortal,
    visit: SignedInOfficer,
    desk: TheDesk,
    again: str = "",
    kept: str = "",
) -> Response:
    """How far the last ones are, and what is in question at this desk."""
    grants_here = bool(granting_services(portal, desk))
    lines = await newest_recomputations(session) if grants_here else []
    open_ones = await in_question(session, portal, desk) if grants_here else []
    return show(
        request,
        visit,
        "recomputations.html",
        rows=[_row(portal, line) for line in lines],
        in_question=[_open_row(portal, one) for one in open_ones],
        tried_again=bool(again),
        kept=bool(kept),
    )


@router.post("/again")
async def reckon_again(session: Transaction, portal: ThePortal, desk: TheDesk) -> Response:
    """Reckon what is in question at this desk once more."""
    await try_again(session, portal, desk)
    return see(f"{HERE}?again=1")


@router.post("/keep/{grant_id}")
async def keep(grant_id: UUID, session: Transaction, portal: ThePortal, desk: TheDesk) -> Response:
    """It was looked at and goes on as decided."""
    await keep_grant(session, portal, desk, grant_id)
    return see(f"{HERE}?kept=1")


def _row(portal: Portal, line: RecomputationLine) -> list[Any]:
    # Any: a cell is words or a number.
    done = Words("已完成", "Finished") if line.ended_at else Words("进行中", "Under way")
    return [
        cause_words(portal, line),
        day_in_words(line.day),
        line.total,
        line.processed,
        line.failed,
        line.pending,
        done,
    ]


def cause_words(portal: Portal, line: RecomputationLine) -> Words:
    """What set it off: the value, the service, the month."""
    kind, _, name = line.cause.partition(":")
    said = CAUSES.get(kind, ANOTHER)
    if kind == "parameter":
        value = value_words(line.told) if line.told else Words(name, name)
        return Words(f"{said.zh}：{value.zh}", f"{said.en}: {value.en}")
    service = portal.catalogue.services.get(name.split(":")[0])
    if kind == "service" and service is not None:
        return Words(f"{said.zh}：{service.title.zh}", f"{said.en}: {service.title.en}")
    return Words(f"{said.zh} {name}", f"{said.en} {name}") if kind == "month" else said


def _open_row(portal: Portal, one: InQuestion) -> tuple[UUID, list[Any]]:
    benefit = portal.catalogue.benefits.get(one.benefit_id)
    return one.id, [
        one.case_number,
        benefit.title if benefit else Words(one.benefit_id, one.benefit_id),
        WHY.get(one.why, ANOTHER),
        name_of(one.county) or Words(one.county or "—", one.county or "—"),
        day_in_words(one.reckoned_on),
    ]
