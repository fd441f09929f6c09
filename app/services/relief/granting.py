"""Granting relief: the county decides on the township's proposal; what the family owns."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import YES_NO, BankAccount, Page
from app.services.relief.running import DESTITUTE_GRANT, MINIMUM_GRANT
from app.services.relief.township import MEMBERS, NINGBO, NOT_POOR, PROPERTY, Applicant
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.common_parameters import MINIMUM_LIVING_LINE
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Limit,
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.relief_rates import (
    DESTITUTE_MULTIPLE,
    DESTITUTE_RULE,
    MINIMUM_LIVING_RULE,
)
from app.wording import Words


class Grant(Applicant):
    """What the county decides on: the proposal, its notice, and where it is paid to."""

    notice_number: str = told("公示编号", "Number of the notice", min_length=6)
    proposal_number: str = told("初审编号", "Number of the proposal", min_length=6)
    people: int = told("家庭人数", "People", ge=1)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)
    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)


class Granted(Result):
    """What is paid each month, from the month after the decision."""

    decision_number: str = told("决定编号", "Number of the decision", min_length=6)
    decided_on: date = told("决定日期", "Decided on")
    status: Literal["minimum", "near", "destitute"] = told("救助身份", "Relief status")
    monthly_yuan: Decimal = told("每月金额（元）", "Yuan a month", ge=0)


def _granted(kind: str, request: Grant, ticket: Ticket, status: str, yuan: Decimal) -> Granted:
    return Granted.model_validate(
        {
            "decision_number": f"{kind}{request.county}{ticket.number % 10**8:08d}",
            "decided_on": ticket.today,
            "status": status,
            "monthly_yuan": yuan,
        }
    )


def minimum_granted(request: Grant, ticket: Ticket) -> Granted | StandInRefusal:
    """The line less the income per head, for every member; above the line nothing is paid."""
    line = MINIMUM_LIVING_LINE.last_known(ticket.today, request.county)
    if line is None or line.value is None or request.per_head >= line.value:
        return StandInRefusal("家庭人均收入不低于低保标准。", RELIEF_MEASURES.reference)
    gap = (line.value - request.per_head) * request.people
    return _granted("DB", request, ticket, "minimum", round(gap, 2))


def destitute_granted(request: Grant, ticket: Ticket) -> Granted | StandInRefusal:
    """At least 1.3 times the line for basic living; the nursing rate was not found."""
    line = MINIMUM_LIVING_LINE.last_known(ticket.today, request.county)
    times = DESTITUTE_MULTIPLE.on(ticket.today, request.county)
    if line is None or line.value is None or times is None or times.value is None:
        return StandInRefusal("现行标准待确认，暂不能核定。")
    return _granted("TK", request, ticket, "destitute", round(line.value * times.value, 2))


DECISION = points(
    ("初审意见和公示结果齐全", "Proposal and notice are complete"),
    ("决定后次月起发", "Paid from the month after the decision"),
    ("不批准的，三日内书面说明理由（外地示例）", "A refusal is told in writing with reasons"),
)
ACCOUNT_WRONG = reason(
    "account",
    "收款账户有误，请更正。",
    "The account is wrong: please correct it.",
    RELIEF_MEASURES,
)
GRANT_MINIMUM_LIVING = PublicService(
    id="grant-minimum-living",
    title=Words("最低生活保障（低保）", "Minimum living guarantee"),
    summary=Words(
        "收入低于低保标准的家庭，按月补足差额；县民政局决定。",
        "The family's gap to the line is paid each month; decided by county civil affairs.",
    ),
    authority=CIVIL_AFFAIRS,
    request=Grant,
    produces=Output("minimum-living", Words("低保决定", "Decision"), Granted),
    path="/minimum-living",
    call=post_to("/minimum-living", Granted),
    stand_in=minimum_granted,
    grants=MINIMUM_GRANT,
    promised=Limit(5, f"{NINGBO}：县级5个工作日，全程23个工作日"),
    statutory=NOT_FOUND,
    rules=(MINIMUM_LIVING_RULE, RELIEF_MEASURES),
    channel="desk",
    supplement_reasons=(MEMBERS, ACCOUNT_WRONG),
    refusal_reasons=(NOT_POOR, PROPERTY),
    checklist=DECISION,
)
GRANT_DESTITUTE_SUPPORT = PublicService(
    id="grant-destitute-support",
    title=Words("特困人员救助供养", "Support in extreme hardship"),
    summary=Words(
        "无劳动能力、无收入、无人赡养抚养的，发基本生活费并安排照料。",
        "For who cannot work, has no income and nobody to support them.",
    ),
    authority=CIVIL_AFFAIRS,
    request=Grant,
    produces=Output("destitute-support", Words("特困认定决定", "Decision"), Granted),
    path="/destitute-support",
    call=post_to("/destitute-support", Granted),
    stand_in=destitute_granted,
    grants=DESTITUTE_GRANT,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(DESTITUTE_RULE, RELIEF_MEASURES),
    channel="desk",
    supplement_reasons=(MEMBERS, ACCOUNT_WRONG),
    refusal_reasons=(
        reason(
            "supported",
            "有人有能力赡养或抚养。",
            "Somebody is able to support the person.",
            DESTITUTE_RULE,
        ),
        PROPERTY,
    ),
    checklist=DECISION,
)


def means_page(applies: Condition, destitute: Condition) -> Page:
    """What the family owns, and for extreme hardship who could support the person."""
    return page("means", "家庭财产", "Property", applies=applies, sensitive=True).asks(
        choose("owned", "家里有下面的财产吗？", "Does the family own one of these?").any_of(
            ("homes", "两套以上住房", "More than one home"),
            ("car", "汽车", "A car"),
            ("company", "公司或店铺", "A company or a shop"),
            ("savings", "较多存款或有价证券", "Large savings or securities"),
        ),
        ask(
            "without_support",
            "没有人有能力赡养或抚养？",
            "Is nobody able to support the person?",
            YES_NO,
            applies=destitute,
        ),
        choose("unable", "属于哪种情况？", "Which applies?", applies=destitute).one_of(
            ("old", "60周岁及以上", "60 or more"),
            ("young", "不满16周岁", "Under 16"),
            ("mind", "智力、精神残疾一至三级", "Grade 1 to 3 of mind"),
            ("limb", "肢体残疾一、二级", "Grade 1 or 2 of limb"),
            ("sight", "视力残疾一级", "Grade 1 of sight"),
        ),
    )


def relief_account_page(applies: Condition) -> Page:
    """Where relief is paid to."""
    return page("account", "收款账户", "Account", applies=applies).asks(
        ask("benefit_account", "收款账户", "Account", BankAccount()).hinted(
            "本人或监护人的账户", "The person's or the guardian's"
        )
    )
