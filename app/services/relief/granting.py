"""Granting relief: the township visits and publishes, the county decides; urgent help first."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import Condition, Is
from app.forms.questions import YES_NO, BankAccount, Number, Page, Text
from app.vocabulary.authorities import CIVIL_AFFAIRS, TOWNSHIP
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.common_parameters import MINIMUM_LIVING_LINE
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Limit,
    Message,
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
    TEMPORARY_RULE,
)
from app.wording import Words

NINGBO = "宁波市民政局2022年低保办事指南（外地示例）"


class Applicant(Message):
    """Who applies, and how to reach them."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    guardian_name: str = told("监护人姓名", "Guardian", sensitive=True, default="")
    guardian_document: str = told("监护人证件号码", "Document", sensitive=True, default="")
    guardian_relation: str = told("监护关系", "Guardian's relation", default="")
    guardian_mobile: str = told("监护人电话", "Guardian's phone", sensitive=True, default="")
    agent_relation: str = told("代办人关系", "Who helps", default="")
    contact_name: str = told("联系人", "Whom to contact", sensitive=True)
    contact_phone: str = told("联系电话", "Phone", sensitive=True)
    contact_way: str = told("沟通方式", "How to reach the person", default="")
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")
    address: str = told("住址", "Address", sensitive=True)


class TownshipCheck(Applicant):
    """What the township verifies before the county decides."""

    seeking: list[str] = told("申请的救助", "Relief asked for", sensitive=True)
    check_number: str = told("核对编号", "Number of the income check", min_length=6)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)
    people: int = told("家庭人数", "People", ge=1)
    owned: list[str] = told("家庭财产", "Property", sensitive=True, default=[])
    without_support: bool | None = told("无赡养抚养人", "Nobody to support", default=None)
    unable: str = told("劳动能力情况", "Ability to work", sensitive=True, default="")
    relief_text: str = told("困难情况", "What has happened", sensitive=True, default="")


class Verified(Result):
    """The township's proposal after visit, neighbours, data and notice."""

    proposal_number: str = told("初审编号", "Number of the proposal", min_length=6)
    published_until: date = told("公示至", "Published until")
    people: int = told("家庭人数", "People", ge=1)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)


def verified(request: TownshipCheck, ticket: Ticket) -> Verified:
    """The demo township finds what was checked and hears no objection."""
    return Verified(
        proposal_number=f"CS{request.county}{ticket.number % 10**8:08d}",
        published_until=ticket.today,
        people=request.people,
        per_head=request.per_head,
    )


FORM = paper(
    "relief-form",
    "浙江省社会救助申请表（含授权和承诺）",
    "Zhejiang relief form with authority and promise",
    "在网上填写即可；纸质表由村（社区）代填。",
    "Filled in here; on paper the village helps.",
    optional=True,
)
HARDSHIP_PROOF = paper(
    "hardship-papers",
    "困难情况材料（病历、事故证明等）",
    "Papers on the hardship: records of illness, accident and the like",
    "说明为什么需要救助；急难的可以后补。",
    "They say why help is needed; in an emergency they may follow.",
    defer_working_days=10,
    commitment=True,
)
NOT_POOR = reason(
    "income",
    "家庭人均收入高于规定标准。",
    "The income per head is above the limit.",
    RELIEF_MEASURES,
)
PROPERTY = reason(
    "property",
    "家庭财产超过规定。",
    "The family's property is above what the rules allow.",
    RELIEF_MEASURES,
)
MEMBERS = reason(
    "members",
    "家庭成员或收入没有填全，请补充。",
    "Members or income are not complete: please add them.",
    RELIEF_MEASURES,
)
VERIFY_RELIEF = PublicService(
    id="verify-relief",
    title=Words("乡镇（街道）救助初审", "The township's check for relief"),
    summary=Words(
        "上门看望、邻里了解、数据核对，在村（社区）公示7天后提出意见。",
        "A visit, neighbours and data; a notice of 7 days in the village; then a proposal.",
    ),
    authority=TOWNSHIP,
    request=TownshipCheck,
    produces=Output("relief-proposal", Words("初审意见", "Proposal"), Verified),
    path="/relief-checks",
    call=post_to("/relief-checks", Verified),
    stand_in=verified,
    promised=Limit(15, f"{NINGBO}：初审15个工作日"),
    statutory=NOT_FOUND,
    rules=(MINIMUM_LIVING_RULE, RELIEF_MEASURES),
    channel="desk",
    evidence=(*OWN_PAPERS, FORM),
    supplement_reasons=(MEMBERS,),
    refusal_reasons=(NOT_POOR, PROPERTY),
    checklist=points(
        ("已上门，已走访邻里", "Visited, neighbours asked"),
        ("公示7天无异议", "7 days of notice without objection"),
        ("育儿补贴没有算进收入", "The childcare subsidy was not counted"),
    ),
)


class Grant(Applicant):
    """What the county decides on: the proposal and where it is paid to."""

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


GIVE_TEMPORARY_RELIEF = PublicService(
    id="give-temporary-relief",
    title=Words("临时救助", "Temporary relief"),
    summary=Words(
        "遇到意外、重病等急难的家庭或个人；紧急的24小时内先救助，手续后补。",
        "For sudden hardship; urgent cases are helped within 24 hours, papers follow.",
    ),
    authority=TOWNSHIP,
    request=Emergency,
    produces=Output("temporary-relief", Words("临时救助", "Temporary relief"), EmergencyHelp),
    path="/temporary-relief",
    call=post_to("/temporary-relief", EmergencyHelp),
    stand_in=emergency_helped,
    promised=Limit(1, "杭州市2024年办事指南：紧急情况24小时内（外地示例；节假日不顺延）"),
    statutory=NOT_FOUND,
    rules=(TEMPORARY_RULE, RELIEF_MEASURES),
    channel="desk",
    evidence=(*OWN_PAPERS, HARDSHIP_PROOF),
    supplement_reasons=(
        reason(
            "hardship",
            "困难情况材料不全，请补充；不影响先行救助。",
            "The papers are not complete; help is given all the same.",
            TEMPORARY_RULE,
            HARDSHIP_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "same-cause",
            "同一原因已经救助过。",
            "Helped for the same cause already.",
            TEMPORARY_RULE,
        ),
    ),
    checklist=points(
        ("紧急的已在24小时内救助", "Urgent: helped within 24 hours"),
        ("小额救助可由乡镇（街道）直接决定", "Small sums may be decided by the township"),
    ),
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
        ask("relief_text", "说说困难", "What has happened?", Text(300, lines=4), optional=True),
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


def relief_account_page(applies: Condition) -> Page:
    """Where relief is paid to."""
    return page("account", "收款账户", "Account", applies=applies).asks(
        ask("benefit_account", "收款账户", "Account", BankAccount()).hinted(
            "本人或监护人的账户", "The person's or the guardian's"
        )
    )


URGENT = Is("urgent", "yes")
