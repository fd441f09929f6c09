"""J5, J13, J14 and J15: the personnel file, traineeship, skills, and starting a business."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import AnyOf, Condition, Is
from app.forms.questions import YES_NO, CreditCode, Date, Number, Page, Text
from app.services.employment.subsidies import ASKED_TWICE, FUND_RULE, UNKNOWN_AMOUNT
from app.services.employment.workers import (
    YUAN,
    Entry,
    Grant,
    entered,
    grant,
    offer,
    promised,
)
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.declaring import ask, choose, number, page
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Limit, Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words
from app.workflow.deadlines import add_months

FILE_RULE = Rule(
    "personnel-file-service-rules",
    Words("流动人员人事档案管理服务规定", "Rules on personnel files"),
    "档案接收和转递",
    "U",
)
SKILL_RULE = Rule(
    "skill-subsidy",
    Words("失业保险支持技能提升有关规定", "Rules on the skill subsidy"),
    "参保职工技能提升补贴",
    "B",
)
MONTHS_TO_CLAIM = 12
_SOURCE = "人力社保部门技能提升补贴标准（杭州转发）：五级、四级、三级"


def _skill(grade: str, zh: str, en: str, yuan: int) -> Parameter:
    amount = Amount(Decimal(yuan), YUAN, "33", date(2017, 1, 1), _SOURCE, "C")
    return Parameter(f"skill-subsidy-{grade}", Words(zh, en), (amount,))


# Hangzhou changed its own steps by kind of trade in August 2024; Taizhou's were not found.
SKILL_SUBSIDY = {
    "5": _skill("5", "初级工（五级）技能补贴", "Skill subsidy, grade 5", 1000),
    "4": _skill("4", "中级工（四级）技能补贴", "Skill subsidy, grade 4", 1500),
    "3": _skill("3", "高级工（三级）技能补贴", "Skill subsidy, grade 3", 2000),
}
START_UP = Parameter(
    "start-up-grants",
    Words("创业补贴", "Start-up grants"),
    (
        Amount(
            None,
            YUAN,
            "3310",
            date(2025, 1, 1),
            "没有查到台州市公布的标准（嘉兴示例：一次性5000元起）",
            "U",
        ),
    ),
)


def file_page(applies: Condition) -> Page:
    """Where the file is, where it goes, and how: never in the person's own hands."""
    return page("personnel-file", "人事档案", "The personnel file", applies=applies).asks(
        choose("file_place", "档案现在在哪里？", "Where is the file now?").one_of(
            ("school", "毕业院校", "At the university"),
            ("centre", "其他公共就业人才机构", "At another public centre"),
            ("employer", "原单位", "With the last employer"),
        ),
        ask("file_holder", "存档单位名称", "Name of who keeps it", Text(longest=60)),
        choose("file_way", "怎么转过来？", "How does it come?").one_of(
            ("post", "机要通信", "By confidential post"),
            ("courier", "由存档单位派人送", "Brought by who keeps it"),
        ),
    )


class FileTransfer(AboutPerson):
    """J5: who keeps the file, and how it comes."""

    file_place: Literal["school", "centre", "employer"] = told("档案所在地", "Where it is")
    file_holder: str = told("存档单位", "Who keeps it")
    file_way: Literal["post", "courier"] = told("转递方式", "How it comes")
    mobile: str = told("手机号", "Mobile", sensitive=True)
    destination_number: str = told("去向核验编号", "Destination", default="")
    hire_number: str = told("职工参保编号", "Insured as employee", default="")


TRANSFER_FILE = offer(
    "receive-personnel-file",
    Words("档案接收、转递", "Receiving the personnel file"),
    Words("开调档函，由原单位密封转来。", "The file is called for and comes sealed."),
    FileTransfer,
    Output("file-received", Words("档案接收登记", "File received"), Entry),
    entered("RSDA"),
    (FILE_RULE,),
    promised=Limit(5, "跨省转递（第三方转载，示例）"),
    supplement_reasons=(
        reason(
            "no-seal-strip",
            "档案没有密封条，退回原单位重新密封。",
            "The seal strip is missing: the file goes back to be sealed.",
            FILE_RULE,
        ),
        reason(
            "no-straddling-stamp",
            "封口没有骑缝章，退回补盖。",
            "The straddling stamp is missing: the file goes back.",
            FILE_RULE,
        ),
        reason(
            "no-list-of-contents",
            "档案没有目录清单，退回补充。",
            "The list of contents is missing: the file goes back.",
            FILE_RULE,
        ),
        reason(
            "no-transfer-notice",
            "没有档案转递通知单，请存档单位补寄。",
            "The transfer notice is missing: please have it sent.",
            FILE_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-sealed-file",
            "档案没有密封。",
            "The file was not sealed.",
            FILE_RULE,
        ),
        reason(
            "carried-by-the-person",
            "档案由本人携带，不能接收。",
            "The person carried the file; it cannot be taken.",
            FILE_RULE,
        ),
    ),
    checklist=points(
        ("密封、骑缝章齐全", "Sealed, with stamps"), ("目录和转递单齐全", "List and notice there")
    ),
    answers="later",
)


class Traineeship(AboutPerson):
    """J13: a graduate who looks for a place."""

    mobile: str = told("手机号", "Mobile", sensitive=True)
    degree: str = told("学历", "Degree", default="")
    major: str = told("专业", "Major", default="")
    graduated_on: date = told("毕业日期", "Graduated on")


FIND_TRAINEESHIP = offer(
    "find-traineeship",
    Words("就业见习登记", "Traineeship"),
    Words(
        "登记见习意愿，见习基地会联系您，见习期间有生活补助。",
        "Bases contact you; there is an allowance during the traineeship.",
    ),
    Traineeship,
    Output("traineeship", Words("见习登记", "Entry"), Entry),
    entered("JX"),
    (FUND_RULE,),
    fee=UNKNOWN_AMOUNT,
    refusal_reasons=(
        reason(
            "not-a-trainee",
            "已经就业，或不在见习对象范围。",
            "At work already, or not entitled.",
            FUND_RULE,
        ),
    ),
    checklist=points(
        ("没有就业", "Not at work"),
    ),
)


def skill_page(applies: Condition) -> Page:
    """The certificate that was won in the last twelve months."""
    return page("skill", "技能证书", "Skill certificate", applies=applies).asks(
        ask("skill_trade", "职业（工种）", "Trade", Text(longest=40)),
        choose("skill_grade", "等级", "Grade").one_of(
            ("5", "五级（初级工）", "Grade 5"),
            ("4", "四级（中级工）", "Grade 4"),
            ("3", "三级（高级工）", "Grade 3"),
        ),
        ask("skill_number", "证书编号", "Number of the certificate", Text(longest=40)),
        ask("skill_issued_on", "发证日期", "Issued on", Date(past_days=3650)),
        ask(
            "unemployment_months",
            "失业保险缴了几个月？",
            "Months of unemployment insurance",
            number(0, 600, "个月", "months"),
        ).hinted("满12个月可以申领", "12 months are needed"),
    )


class SkillClaim(PaidToPerson):
    """J14: the certificate, and how long one is insured."""

    skill_trade: str = told("工种", "Trade")
    skill_grade: Literal["5", "4", "3"] = told("等级", "Grade")
    skill_number: str = told("证书编号", "Certificate number")
    skill_issued_on: date = told("发证日期", "Issued on")
    unemployment_months: int = told("失业保险缴费月数", "Months insured", ge=0, le=600)


LEAST_MONTHS = 12


def skill_granted(request: SkillClaim, ticket: Ticket) -> Grant | StandInRefusal:
    """Within twelve months of the certificate, after twelve months of insurance."""
    if add_months(request.skill_issued_on, MONTHS_TO_CLAIM) < ticket.today:
        return StandInRefusal("证书已超过12个月。", "技能提升补贴规定")
    if request.unemployment_months < LEAST_MONTHS:
        return StandInRefusal("失业保险缴费不满12个月。", "技能提升补贴规定")
    parameter = SKILL_SUBSIDY[request.skill_grade]
    return grant("JN", request, ticket, promised(parameter, ticket.today, request.county))


SKILL_PROOF = paper(
    "skill-certificate",
    "职业技能等级证书",
    "Certificate of skill",
    "查不到证书时核对。",
    "For certificates that cannot be looked up.",
    optional=True,
)

PAY_SKILL_SUBSIDY = offer(
    "skill-subsidy",
    Words("职业技能提升补贴", "Skill subsidy"),
    Words(
        "取得证书12个月内申领，同一工种同一等级只发一次；金额待确认。",
        "Within 12 months of the certificate, once for a trade and grade; to be confirmed.",
    ),
    SkillClaim,
    Output("skill-grant", Words("技能补贴核定", "Subsidy"), Grant),
    skill_granted,
    (SKILL_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=SKILL_SUBSIDY["5"],
    evidence=(SKILL_PROOF,),
    supplement_reasons=(
        reason(
            "certificate-not-found",
            "没有查到证书，请上传。",
            "The certificate was not found: please upload it.",
            SKILL_RULE,
            SKILL_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "certificate-too-old",
            "证书已超过12个月。",
            "The certificate is older than 12 months.",
            SKILL_RULE,
        ),
        reason(
            "grade-paid-before",
            "同一工种、同一等级已经领过。",
            "This trade and grade was paid before.",
            SKILL_RULE,
        ),
    ),
    checklist=points(
        ("证书12个月内", "Certificate of the last 12 months"),
        ("同工种同等级没有领过", "Not paid before"),
    ),
    answers="later",
)
RENTS = Is("startup_rents", "yes")


def startup_pages(applies: Condition, loan: Condition) -> tuple[Page, ...]:
    """The business: its code and since when; whom it employs and what it rents; the loan wished."""
    return (
        page("business", "创办的企业", "The business", applies=AnyOf((applies, loan))).asks(
            ask("startup_code", "统一社会信用代码", "Credit code", CreditCode()),
            ask("startup_on", "哪天登记成立？", "Registered on", Date(past_days=3650)),
            ask(
                "loan_yuan",
                "想贷多少？",
                "Loan wished",
                number(10_000, 500_000, "元", "yuan"),
                applies=loan,
            ).hinted(
                "最多50万元（嘉兴示例，台州待确认）", "At most 500,000 (Jiaxing's; to be confirmed)"
            ),
        ),
        page("startup", "带动就业和场租", "People and rent", applies=applies).asks(
            ask(
                "startup_hires", "带动就业几人？", "People employed", number(0, 500, "人", "people")
            ),
            ask("startup_rents", "经营场所是租的吗？", "Is the place rented?", YES_NO),
            ask(
                "startup_rent",
                "一年租金",
                "Rent a year",
                Number(1, 10_000_000, YUAN, decimals=2),
                applies=RENTS,
            ),
        ),
    )


class StartUp(PaidToPerson):
    """J15: the business and what is asked for it."""

    startup_code: str = told("统一社会信用代码", "Credit code", min_length=18)
    startup_on: date = told("成立日期", "Registered on")
    startup_hires: int = told("带动就业人数", "People employed", ge=0)
    startup_rent: Decimal | None = told("年租金（元）", "Rent a year (yuan)", default=None)
    ground: Literal["graduate", "hardship", "other"] = told("申请身份", "Ground")


def startup_granted(request: StartUp, ticket: Ticket) -> Grant | StandInRefusal:
    """Granted without an amount: Taizhou's were not found."""
    if request.startup_on > ticket.today:
        return StandInRefusal("企业还没有成立。", "创业扶持规定")
    return grant("CY", request, ticket, promised(START_UP, ticket.today, request.county))


LEASE = paper(
    "business-lease",
    "经营场所租赁合同",
    "Lease of the business",
    "申请场租补贴时核对租期和租金。",
    "Shows term and rent.",
    applies=RENTS,
)

PAY_START_UP = offer(
    "start-up-grants",
    Words("创业补贴、社保补贴、带动就业和场租补贴", "Start-up grants"),
    Words(
        "重点人群、在校生和毕业5年内高校毕业生创业可以申请；台州标准待确认。",
        "For key groups, students and graduates of five years; rates to be confirmed.",
    ),
    StartUp,
    Output("start-up-grant", Words("创业补贴核定", "Grants"), Grant),
    startup_granted,
    (FUND_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=START_UP,
    evidence=(LEASE,),
    supplement_reasons=(
        reason(
            "lease-unclear",
            "租赁合同看不清或不完整，请补充。",
            "The lease is unclear or incomplete: please complete it.",
            FUND_RULE,
            LEASE,
        ),
    ),
    refusal_reasons=(
        reason(
            "months-too-few",
            "经营或参保月数不够。",
            "The business or its insurance is too young.",
            FUND_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("正常经营并参保", "In business and insured"),
    ),
    answers="later",
)
