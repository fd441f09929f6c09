"""Social relief: which of the eight kinds fits, and who comes to see the family."""

from datetime import date
from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import Page, Text
from app.vocabulary.authorities import TOWNSHIP
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points
from app.vocabulary.public_service import (
    Message,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

KINDS = (
    ("minimum", "最低生活保障（低保）", "Minimum living guarantee"),
    ("destitute", "特困人员救助供养", "Support in extreme hardship"),
    ("temporary", "临时救助（急难）", "Temporary relief"),
    ("medical", "医疗救助", "Medical relief"),
    ("education", "教育救助", "Education relief"),
    ("housing", "住房救助", "Housing relief"),
    ("work", "就业救助", "Work relief"),
    ("disaster", "受灾人员救助", "Disaster relief"),
)
Kind = Literal[
    "minimum", "destitute", "temporary", "medical", "education", "housing", "work", "disaster"
]


class ReliefReferral(Message):
    """Who needs relief, of which kind, in own words, and how to reach them."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    contact_phone: str = told("联系电话", "Phone", sensitive=True)
    relief_need: list[Kind] = told("救助种类", "Kinds of relief", sensitive=True, min_length=1)
    relief_text: str = told("困难情况", "What has happened", sensitive=True, default="")
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")


class ReliefContact(Result):
    """The visit that was arranged."""

    referral_number: str = told("转介编号", "Referral number", min_length=6)
    referred_on: date = told("转介日期", "Referred on")
    contact: str = told("联系方式", "Contact")


def relief_referred(request: ReliefReferral, ticket: Ticket) -> ReliefContact:
    """The township takes every referral and calls."""
    return ReliefContact(
        referral_number=f"JZ{request.county}{ticket.number % 10**8:08d}",
        referred_on=ticket.today,
        contact="乡镇（街道）社会救助窗口；急难请直接拨打12349",
    )


OTHER_KINDS = KINDS[3:]


def referral_page(applies: Condition) -> Page:
    """Which kinds of relief, and what has happened."""
    return page("relief", "需要的救助", "Relief", applies=applies, sensitive=True).asks(
        choose("relief_need", "需要哪些救助？", "Which relief is needed?")
        .some_of(*KINDS)
        .hinted("可以选多项", "Choose all that apply"),
        ask("relief_text", "说说困难", "What has happened?", Text(300, lines=4), optional=True),
    )


def story_page(applies: Condition) -> Page:
    """What has happened, once for every kind of relief."""
    return page("story", "困难情况", "What has happened", applies=applies, sensitive=True).asks(
        ask("relief_text", "说说困难", "What has happened?", Text(300, lines=4), optional=True),
    )


REFER_TO_RELIEF = PublicService(
    id="refer-to-relief",
    title=Words("社会救助转介", "Referral to relief"),
    summary=Words(
        "八项救助可以选多项，乡镇（街道）上门了解情况、转给主管部门、帮您申请。",
        "Eight kinds of relief; the township comes, passes it on and helps to apply.",
    ),
    authority=TOWNSHIP,
    request=ReliefReferral,
    produces=Output("relief-referral", Words("救助转介", "Referral"), ReliefContact),
    path="/relief-referrals",
    call=post_to("/relief-referrals", ReliefContact),
    stand_in=relief_referred,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(RELIEF_MEASURES,),
    checklist=points(
        ("急难情况24小时内先救助", "Urgent hardship: helped within 24 hours"),
        ("已告知可以申请的其他救助", "Told of every other relief that may fit"),
    ),
)
