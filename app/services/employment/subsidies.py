"""J9, J10 and J11: subsidies for those who insure themselves, graduates at work, and job search."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Is
from app.forms.questions import BankAccount, CreditCode, Date, Month, Number, Page, Question, Text
from app.services.employment.hiring import CONTRACT
from app.services.employment.workers import (
    YUAN,
    Grant,
    grant,
    granted,
    lasts,
    offer,
    promised,
)
from app.vocabulary.about_people import PaidToPerson
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.life_event import AbsoluteDeadline
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.vocabulary.telling import due
from app.wording import Words
from app.workflow.deadlines import add_months

FUND_RULE = Rule(
    "zhejiang-employment-funds",
    Words("浙江省就业补助资金管理有关规定", "Zhejiang rules on employment funds"),
    "2025年1月22日起施行",
    "B",
    date(2025, 1, 22),
)
GRADUATE_RULE = Rule(
    "zhejiang-graduate-policies",
    Words("浙江省高校毕业生就业创业政策", "Zhejiang's policies for graduates"),
    "2023—2025年",
    "C",
)
DEADLINE_RULE = Rule(
    "flexible-subsidy-deadline",
    Words("灵活就业社会保险补贴申领期限（杭州示例）", "Deadline of the subsidy (Hangzhou's)"),
    "符合条件次月起至次年12月底",
    "C",
)
MONTHLY = Words("元/月", "yuan a month")
FLEXIBLE_SUBSIDY = Parameter(
    "flexible-insurance-subsidy",
    Words("灵活就业社会保险补贴", "Insurance subsidy of flexible workers"),
    (
        Amount(
            None,
            MONTHLY,
            "3310",
            date(2023, 2, 1),
            "没有查到台州市公布的标准；全国规定不超过实缴的三分之二",
            "U",
        ),
    ),
)
GRADUATE_SUBSIDY = Parameter(
    "graduate-job-subsidy",
    Words("高校毕业生就业补贴（养老、家政、现代农业）", "Graduate job subsidy, care and farming"),
    (
        Amount(
            Decimal(10000),
            Words("元/年", "yuan a year"),
            "33",
            date(2023, 1, 1),
            "浙江省高校毕业生政策报道（第三方转载）",
            "C",
        ),
    ),
)
SEARCH_GRANT = Parameter(
    "job-search-grant",
    Words("一次性求职补贴", "One-off job-search grant"),
    (
        Amount(
            None,
            YUAN,
            "33",
            date(2022, 1, 1),
            "没有查到浙江省公布的标准，待主管部门确认",
            "U",
        ),
    ),
)
# The same firms: care, household service and modern farming, where five years count, not two.
NEAR_PEOPLE = Is("firm", "care", "household", "farming")
YEARS_SMALL_FIRM, YEARS_NEAR_PEOPLE = 2, 5


def payee_page(applies: Condition) -> Page:
    """Where subsidies are paid to."""
    return page("payee", "收款账户", "Account for payments", applies=applies).asks(
        ask("payee_account", "补贴和待遇的收款账户", "The account", BankAccount()).hinted(
            "要是本人的，建议用社保卡账户", "Your own, best the social security card's"
        ),
        check("payee_account", _is_own).says(
            "户名要是本人，请换一个账户。", "The account must be your own."
        ),
    )


def _is_own(answers: Answers) -> bool:
    return answers.parts("payee_account").get("holder") == answers.text("person_name")


def months_page(applies: Condition) -> Page:
    """Which months of contributions a subsidy is asked for."""
    return page("months", "申请补贴的月份", "Months of the subsidy", applies=applies).asks(
        ask("subsidy_from", "从哪个月？", "From which month?", Month(past_months=36)),
        ask("subsidy_to", "到哪个月？", "Until which month?", Month(36, ahead_months=12)).hinted(
            "要是已经缴费、没有领过补贴的月份", "Months that were paid and not subsidised before"
        ),
        check("subsidy_to", lambda it: it.date("subsidy_from") <= it.date("subsidy_to")).says(
            "结束月份不能早于开始月份。", "The end cannot lie before the start."
        ),
    )


def _lasts_a_year(answers: Answers) -> bool:
    return lasts(answers.date("job_from"), answers.date("job_until"), 12)


def job_page(applies: Condition) -> Page:
    """The graduate's job: the firm, the contract of a year or more, the wage."""
    return page("job", "就业单位", "The job", applies=applies).asks(
        ask("job_employer", "单位名称", "Employer", Text(longest=60)),
        ask("job_code", "单位统一社会信用代码", "Its credit code", CreditCode()),
        ask("job_from", "劳动合同从哪天开始？", "Contract from", Date(3650)),
        ask("job_until", "到哪天为止？", "Until", Date(3650, ahead_days=7300)).hinted(
            "无固定期限的填10年以后", "Without an end: enter ten years ahead"
        ),
        ask(
            "job_wage",
            "月工资",
            "Monthly wage",
            Number(1, 1_000_000, YUAN, decimals=2),
            sensitive=True,
        ),
        check("job_until", _lasts_a_year).says(
            "就业补贴要求劳动合同满1年。", "The subsidy needs a contract of a year or more."
        ),
    )


class FlexibleSubsidy(PaidToPerson):
    """J9: on which ground, and for which months that were paid."""

    ground: Literal["graduate", "hardship"] = told("申请依据", "Ground")
    subsidy_from: date = told("起始月", "From")
    subsidy_to: date = told("终止月", "Until")
    employment_number: str = told("就业登记编号", "Entry of employment", default="")
    status_number: str = told("困难人员认定编号", "Status", default="")
    destination_number: str = told("去向核验编号", "Destination", default="")


CERTIFIED_STATUS = paper(
    "hardship-status",
    "就业困难人员认定或毕业证书",
    "Status of hardship, or the diploma",
    "确认属于补贴对象。",
    "Shows that one is entitled.",
    output="recognise-hardship",
    commitment=True,
)
ASKED_TWICE = reason(
    "months-paid-before",
    "这些月份已经领过补贴。",
    "These months were subsidised before.",
    FUND_RULE,
)
TOO_LATE = reason("after-deadline", "已超过申领期限。", "The deadline has passed.", DEADLINE_RULE)
UNKNOWN_AMOUNT = Words("不收费；金额待主管部门确认", "No fee; the amount is to be confirmed")

PAY_FLEXIBLE_SUBSIDY = offer(
    "flexible-insurance-subsidy",
    Words("灵活就业社会保险补贴", "Insurance subsidy for flexible workers"),
    Words(
        "毕业2年内的高校毕业生和就业困难人员，缴费后可以申领；台州标准待确认。",
        "For graduates of two years and people hard to employ; Taizhou's rate to be confirmed.",
    ),
    FlexibleSubsidy,
    Output("flexible-subsidy", Words("社保补贴核定", "Subsidy"), Grant),
    granted("BT"),
    (FUND_RULE, DEADLINE_RULE),
    fee=UNKNOWN_AMOUNT,
    fee_amount=FLEXIBLE_SUBSIDY,
    evidence=(CERTIFIED_STATUS,),
    supplement_reasons=(
        reason(
            "status-unproven",
            "没有核对到身份，请补充证明。",
            "The status was not found: please prove it.",
            FUND_RULE,
            CERTIFIED_STATUS,
        ),
    ),
    refusal_reasons=(TOO_LATE, ASKED_TWICE),
    checklist=points(
        ("以灵活就业身份登记并缴费", "Registered and paid as flexible"),
        ("月份没有重复申领", "Months not claimed before"),
        ("没有超过申领期限", "In time"),
    ),
    answers="later",
)


class JobSubsidy(PaidToPerson):
    """J10: the graduate, the firm's class, the contract and the wage."""

    graduated_on: date = told("毕业日期", "Graduated on")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    firm: Literal["small", "care", "household", "farming"] = told("单位类别", "Class of the firm")
    job_employer: str = told("单位", "Employer")
    job_code: str = told("单位统一社会信用代码", "Employer's code")
    job_from: date = told("合同开始", "From")
    job_until: date = told("合同结束", "Until")
    job_wage: Decimal = told("月工资（元）", "Monthly wage (yuan)", sensitive=True, gt=0)


def job_subsidised(request: JobSubsidy, ticket: Ticket) -> Grant | StandInRefusal:
    """For a contract of a year, within two years of graduation, or five in care and the like."""
    years = YEARS_SMALL_FIRM if request.firm == "small" else YEARS_NEAR_PEOPLE
    if add_months(request.graduated_on, years * 12) < request.job_from:
        return StandInRefusal(f"毕业已超过{years}年。", "浙江省高校毕业生政策")
    if not lasts(request.job_from, request.job_until, 12):
        return StandInRefusal("劳动合同不满1年。", "浙江省高校毕业生政策")
    near = request.firm != "small"
    amount = promised(GRADUATE_SUBSIDY, ticket.today, request.county) if near else None
    return grant("GB", request, ticket, amount)


PAY_JOB_SUBSIDY = offer(
    "graduate-job-subsidy",
    Words("高校毕业生就业补贴", "Job subsidy for graduates"),
    Words(
        "毕业2年内到小微企业，或5年内到养老、家政、现代农业企业就业的；金额待确认。",
        "Within 2 years in small firms, 5 in care, household service or farming; "
        "the amount is to be confirmed.",
    ),
    JobSubsidy,
    Output("job-subsidy", Words("就业补贴核定", "Subsidy"), Grant),
    job_subsidised,
    (GRADUATE_RULE, FUND_RULE),
    fee=UNKNOWN_AMOUNT,
    fee_amount=GRADUATE_SUBSIDY,
    evidence=(CONTRACT,),
    refusal_reasons=(
        reason(
            "contract-short",
            "劳动合同不满1年。",
            "The contract is for less than a year.",
            GRADUATE_RULE,
        ),
        reason(
            "wage-above-cap",
            "工资高于规定的上限。",
            "The wage is above the cap.",
            GRADUATE_RULE,
        ),
        reason(
            "graduated-too-long-ago",
            "毕业已超过规定年限。",
            "Graduation is too long ago.",
            GRADUATE_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("单位已给本人参保", "Insured by the firm"),
        ("合同满1年，工资不超上限", "A year's contract, wage below the cap"),
    ),
    answers="later",
)


def job_deadlines(applies: Condition) -> tuple[AbsoluteDeadline, ...]:
    """Until when work has to begin, by the class of the firm."""
    return (
        due(
            "job-subsidy",
            GRADUATE_RULE,
            "graduated_on",
            months=YEARS_SMALL_FIRM * 12,
            applies=All((applies, Is("firm", "small"))),
        ).told(
            "到小微企业就业的补贴",
            "Job subsidy, small firm",
            "毕业2年后就业的不能享受。",
            "Work that begins after two years is not subsidised.",
            PAY_JOB_SUBSIDY,
        ),
        due(
            "job-subsidy-care",
            GRADUATE_RULE,
            "graduated_on",
            months=YEARS_NEAR_PEOPLE * 12,
            applies=All((applies, NEAR_PEOPLE)),
        ).told(
            "到养老、家政、现代农业企业就业的补贴",
            "Job subsidy, care, household service or farming",
            "毕业5年后就业的不能享受。",
            "Work that begins after five years is not subsidised.",
            PAY_JOB_SUBSIDY,
        ),
    )


class SearchGrant(PaidToPerson):
    """J11: a student in the last year, and the class of hardship."""

    school: str = told("学校", "School")
    graduated_on: date = told("预计毕业日期", "Expected graduation")
    hardship: Literal["minimum-living", "disabled", "loan"] = told(
        "困难类别", "Hardship", sensitive=True
    )
    hardship_number: str = told("证件或认定编号", "Its number", sensitive=True, default="")


def search_granted(request: SearchGrant, ticket: Ticket) -> Grant | StandInRefusal:
    """Only before leaving school."""
    if request.graduated_on <= ticket.today:
        return StandInRefusal("要在毕业离校前申请。", "就业补助资金规定")
    return grant("QZ", request, ticket, promised(SEARCH_GRANT, ticket.today, request.county))


HARDSHIP_PROOF = paper(
    "hardship-proof-of-student",
    "低保、残疾或助学贷款证明",
    "Proof of hardship, disability or student loan",
    "确认属于求职补贴对象。",
    "Shows that one is entitled.",
    register="relief-register",
    commitment=True,
)

PAY_SEARCH_GRANT = offer(
    "job-search-grant",
    Words("一次性求职补贴", "One-off job-search grant"),
    Words(
        "毕业年度内有困难的学生，毕业前经学校申请；金额待确认。",
        "For students in hardship, before they leave school; the amount is to be confirmed.",
    ),
    SearchGrant,
    Output("search-grant", Words("求职补贴核定", "Grant"), Grant),
    search_granted,
    (FUND_RULE,),
    EDUCATION,
    fee=UNKNOWN_AMOUNT,
    fee_amount=SEARCH_GRANT,
    evidence=(HARDSHIP_PROOF,),
    supplement_reasons=(
        reason(
            "hardship-unproven",
            "没有核对到困难身份，请补充证明。",
            "The hardship was not found: please prove it.",
            FUND_RULE,
            HARDSHIP_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "already-graduated",
            "已经毕业离校，不能再申请。",
            "School has ended; it is too late.",
            FUND_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("毕业年度在校学生", "Student in the last year"),
    ),
    answers="later",
)


def firm_question(applies: Condition) -> Question:
    """The class of the firm, on which the subsidy hangs."""
    return choose("firm", "单位属于哪一类？", "Which kind of firm?", applies=applies).one_of(
        ("small", "中小微企业", "Small or medium firm"),
        ("care", "养老服务", "Care for the elderly"),
        ("household", "家政服务", "Household service"),
        ("farming", "现代农业", "Modern farming"),
        ("other", "其他单位", "Another employer"),
    )
