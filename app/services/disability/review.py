"""Reckoning the disability benefits again after a change of grade, income, address or a death."""

from datetime import date
from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import Date, Page
from app.services.disability.certificate import Holder
from app.services.disability.register import HELD_CERTIFICATE
from app.services.disability.running import REVIEWED
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.benefit_rates import LIVING_RULE, NURSING_RULE
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

RECEIVING = (
    ("living", "困难残疾人生活补贴", "Living subsidy"),
    ("nursing", "重度残疾人护理补贴", "Nursing subsidy"),
    ("pension", "养老保险代缴", "Pension contribution"),
    ("medical", "医保缴费资助", "Medical contribution"),
)
Cause = Literal["grade", "move", "cancel", "income", "address", "death"]


class Review(Holder):
    """What changed and which benefits are paid now."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    cause: Cause = told("变化原因", "What changed", sensitive=True)
    changed_on: date | None = told("变化日期", "Changed on", default=None)
    grade: str = told("残疾等级", "Grade", sensitive=True, default="")
    receiving: list[str] = told("正在享受的待遇", "Benefits paid now", sensitive=True)


class Reviewed(Result):
    """What becomes of the benefits: stopped, reckoned again, or moved to the new county."""

    review_number: str = told("核定编号", "Number of the review", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    stopped: list[str] = told("停发", "Stopped")
    continued: list[str] = told("继续或重新核定", "Going on or reckoned again")


def reviewed(request: Review, ticket: Ticket) -> Reviewed:
    """A void certificate or a death stops all; anything else is reckoned again."""
    ends = request.cause in {"cancel", "death"}
    return Reviewed(
        review_number=f"FH{request.county}{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        stopped=request.receiving if ends else [],
        continued=[] if ends else request.receiving,
    )


def change_page(applies: Condition) -> Page:
    """What changed, where it is not the certificate."""
    return page("change", "情况变化", "What changed", applies=applies, sensitive=True).asks(
        choose("changed", "哪方面变了？", "What changed?").one_of(
            ("income", "家庭收入", "The family's income"),
            ("address", "住址", "The address"),
            ("death", "领取人去世", "The person has died"),
        ),
        ask("changed_on", "从哪天起？", "Since when?", Date(past_days=3660)),
    )


REVIEW_BENEFITS = PublicService(
    id="review-disability-benefits",
    title=Words("残疾人待遇重新核定", "Disability benefits reckoned again"),
    summary=Words(
        "证件、收入、住址变化后，重新核定或停发补贴，避免多发后退钱。",
        "After a change benefits are reckoned again or stopped, so that nothing is paid back.",
    ),
    authority=CIVIL_AFFAIRS,
    request=Review,
    produces=Output("benefit-review", Words("核定结果", "Result of the review"), Reviewed),
    path="/disability-benefit-reviews",
    call=post_to("/disability-benefit-reviews", Reviewed),
    stand_in=reviewed,
    touches=REVIEWED,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(LIVING_RULE, NURSING_RULE),
    channel="desk",
    evidence=(HELD_CERTIFICATE,),
    supplement_reasons=(
        reason(
            "date",
            "变化的日期不清楚，请补充说明。",
            "The day of the change is not clear: please tell it.",
            LIVING_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "nothing-paid",
            "没有正在发放的待遇。",
            "There is no benefit that is paid now.",
            LIVING_RULE,
        ),
    ),
    checklist=points(
        ("迁移的：迁出地停发、迁入地续发不断档", "Moved: stopped there, going on here"),
        ("去世的：从次月起停发（待确认）", "Died: stopped from next month (to be confirmed)"),
    ),
)
