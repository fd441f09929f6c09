"""Temporary relief: for sudden hardship, within 24 hours where it is urgent."""

from datetime import date
from decimal import Decimal

from app.forms.conditions import Condition, Is
from app.forms.questions import Number, Page
from app.services.relief.township import Applicant
from app.vocabulary.authorities import TOWNSHIP
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Limit,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.relief_rates import (
    TEMPORARY_RULE,
)
from app.wording import Words

URGENT = Is("urgent", "yes")
HARDSHIP_PROOF = paper(
    "hardship-papers",
    "困难情况材料（病历、事故证明等）",
    "Papers on the hardship: records of illness, accident and the like",
    "说明为什么需要救助；急难的可以后补。",
    "They say why help is needed; in an emergency they may follow.",
    defer_working_days=10,
    commitment=True,
)


class Emergency(Applicant):
    """What happened, to how many people, and whether help is needed at once."""

    hardship: str = told("急难类型", "Kind of hardship", sensitive=True)
    relief_text: str = told("困难情况", "What has happened", sensitive=True, default="")
    urgent: bool = told("是否紧急", "Needed at once")
    basis: str = told("申请地依据", "Why here")
    spent: Decimal | None = told("已花费（元）", "Spent (yuan)", sensitive=True, default=None)
    account_holder: str = told("户名", "Account holder", default="")
    account_bank: str = told("开户行", "Bank", default="")
    account_number: str = told("账号", "Account number", sensitive=True, default="")


class EmergencyHelp(Result):
    """The help that was given; the county fixes the amount."""

    decision_number: str = told("救助编号", "Number", min_length=6)
    helped_on: date = told("救助日期", "Helped on")
    way: str = told("救助方式", "How")


def emergency_helped(request: Emergency, ticket: Ticket) -> EmergencyHelp:
    """Urgent cases are helped first and papers follow."""
    return EmergencyHelp(
        decision_number=f"LS{request.county}{ticket.number % 10**8:08d}",
        helped_on=ticket.today,
        way="先行救助，手续后补" if request.urgent else "按核定金额发放（待县里核定）",
    )


MORE_PAPERS = reason(
    "hardship",
    "困难情况材料不全，请补充；不影响先行救助。",
    "The papers are not complete; help is given all the same.",
    TEMPORARY_RULE,
    HARDSHIP_PROOF,
)
SAME_CAUSE = reason(
    "same-cause",
    "同一原因已经救助过。",
    "Helped for the same cause already.",
    TEMPORARY_RULE,
)
NO_HARDSHIP = reason(
    "no-hardship",
    "经核实不属于急难情形；可以申请低保等其他救助。",
    "It is no sudden hardship; other relief may be applied for.",
    TEMPORARY_RULE,
)
GIVE_URGENT_RELIEF = PublicService(
    id="give-urgent-relief",
    title=Words("紧急临时救助", "Urgent temporary relief"),
    summary=Words(
        "马上就要帮助的，24小时内先救助，周末和节假日不顺延，手续后补。",
        "Help that is needed at once: within 24 hours, on weekends too; papers follow.",
    ),
    authority=TOWNSHIP,
    request=Emergency,
    produces=Output("urgent-relief", Words("紧急临时救助", "Urgent relief"), EmergencyHelp),
    path="/urgent-relief",
    call=post_to("/urgent-relief", EmergencyHelp),
    stand_in=emergency_helped,
    promised=Limit(None, "杭州市2024年办事指南：紧急情况24小时内（外地示例）", hours=24),
    statutory=NOT_FOUND,
    rules=(TEMPORARY_RULE, RELIEF_MEASURES),
    channel="desk",
    evidence=(*OWN_PAPERS, HARDSHIP_PROOF),
    supplement_reasons=(MORE_PAPERS,),
    refusal_reasons=(SAME_CAUSE, NO_HARDSHIP),
    checklist=points(
        ("已打电话或上门核实", "Called or visited"),
        ("已先行救助，手续10个工作日内补齐", "Helped first; papers follow within 10 working days"),
    ),
)
GIVE_TEMPORARY_RELIEF = PublicService(
    id="give-temporary-relief",
    title=Words("临时救助", "Temporary relief"),
    summary=Words(
        "遇到意外、重病等急难的家庭或个人，乡镇（街道）核实后救助；金额由县里定。",
        "For sudden hardship, after a check by the township; the county fixes the amount.",
    ),
    authority=TOWNSHIP,
    request=Emergency,
    produces=Output("temporary-relief", Words("临时救助", "Temporary relief"), EmergencyHelp),
    path="/temporary-relief",
    call=post_to("/temporary-relief", EmergencyHelp),
    stand_in=emergency_helped,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(TEMPORARY_RULE, RELIEF_MEASURES),
    channel="desk",
    evidence=(*OWN_PAPERS, HARDSHIP_PROOF),
    supplement_reasons=(MORE_PAPERS,),
    refusal_reasons=(SAME_CAUSE, NO_HARDSHIP),
    checklist=points(
        ("困难情况已核实", "The hardship was looked into"),
        ("小额救助可由乡镇（街道）直接决定", "Small sums may be decided by the township"),
    ),
)


def emergency_page(applies: Condition) -> Page:
    """What happened, why here, and whether help is needed now."""
    return page("emergency", "急难情况", "The hardship", applies=applies, sensitive=True).asks(
        choose("hardship", "发生了什么？", "What has happened?").one_of(
            ("fire", "火灾", "Fire"),
            ("traffic", "交通事故", "Traffic accident"),
            ("illness", "突发重病", "Sudden serious illness"),
            ("spending", "低保、低边家庭的支出突然增加", "A shock of spending on relief"),
            ("other", "其他急难", "Something else"),
        ),
        choose("basis", "为什么在这里申请？", "Why here?").one_of(
            ("register", "户口在这里", "Registered here"),
            ("permit", "有浙江省居住证", "Zhejiang residence permit"),
            ("happened", "困难发生在这里", "It happened here"),
        ),
        ask(
            "spent",
            "已经花了多少钱？",
            "How much was spent?",
            Number(0, 9_999_999, Words("元", "yuan"), 2),
            optional=True,
        ),
    )
