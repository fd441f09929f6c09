"""J10 and J13: the job subsidy for graduates at work, and a traineeship for those without."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Is
from app.forms.questions import YES_NO, Check, CreditCode, Page, Text
from app.services.employment.hiring import CONTRACT
from app.services.employment.situations import HIRED, JOB_SUBSIDY, NEAR_SUBSIDY
from app.services.employment.subsidies import (
    ASKED_TWICE,
    FUND_RULE,
    GRADUATE_RULE,
    UNKNOWN_AMOUNT,
)
from app.services.employment.workers import Entry, Grant, entered, grant, lasts, offer, promised
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.declaring import ask, page
from app.vocabulary.life_event import AbsoluteDeadline, Reckoning
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.telling import due
from app.vocabulary.work_rates import (
    JOB_CONTRACT_MONTHS,
    JOB_SUBSIDY_GRADUATED,
    JOB_SUBSIDY_MONTHS,
    JOB_WAGE_CAP,
    months_of,
    value_on,
)
from app.vocabulary.work_rates import JOB_SUBSIDY as RATES
from app.wording import Words
from app.workflow.deadlines import add_months

_NO_END = "open"


def _has_a_term(answers: Answers) -> bool:
    """A contract for a task has no term that could be a year; only the subsidy asks for one."""
    return not JOB_SUBSIDY.holds(answers) or answers.text("contract_kind") != "task"


def _lasts_long_enough(answers: Answers) -> bool:
    if not JOB_SUBSIDY.holds(answers) or answers.text("contract_kind") == _NO_END:
        return True
    months = months_of(JOB_CONTRACT_MONTHS, answers.today)
    return lasts(answers.date("contract_from"), answers.date("contract_to"), months)


_TOO_SHORT = Words(
    "就业补贴要求劳动合同满1年。合同不满1年的，请到“您的情况”去掉就业补贴。",
    "The job subsidy needs a contract of a year or more; else take it out under “Your situation”.",
)
HAS_TERM = Check("contract_kind", _has_a_term, _TOO_SHORT)
LONG_ENOUGH = Check("contract_to", _lasts_long_enough, _TOO_SHORT)


class JobSubsidy(PaidToPerson):
    """J10: the graduate, the firm's classes, the contract and the wage."""

    graduated_on: date = told("毕业日期", "Graduated on")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    kind: Literal["near", "small"] = told("补贴类型（只享受一种）", "Which of the two subsidies")
    firm: list[str] = told("单位类别", "Classes of the firm", min_length=1)
    employer: str = told("单位", "Employer")
    employer_code: str = told("单位统一社会信用代码", "Employer's code", min_length=18)
    post: str = told("岗位", "Post", default="")
    contract_kind: Literal["fixed", "open", "task"] = told("合同类型", "Kind of contract")
    contract_from: date = told("合同开始", "From")
    contract_to: date | None = told("合同结束", "Until", default=None)
    probation: int = told("试用期（月）", "Probation (months)", ge=0, le=6, default=0)
    monthly_wage: Decimal = told("月工资（元）", "Monthly wage (yuan)", sensitive=True, gt=0)
    subsidy_from: date = told("申请补贴起始月", "Subsidy from")
    subsidy_to: date = told("申请补贴终止月", "Subsidy until")


def job_subsidised(request: JobSubsidy, ticket: Ticket) -> Grant | StandInRefusal:
    """For a contract of a year, within two years of graduation, or five in care and the like."""
    policy = "浙江省高校毕业生政策"
    limit = months_of(JOB_SUBSIDY_GRADUATED[request.kind], ticket.today)
    if add_months(request.graduated_on, limit) < request.contract_from:
        return StandInRefusal(f"毕业已超过{limit // 12}年。", policy)
    until = request.contract_to
    months = months_of(JOB_CONTRACT_MONTHS, ticket.today)
    ends = request.contract_kind != _NO_END
    if ends and (until is None or not lasts(request.contract_from, until, months)):
        return StandInRefusal("劳动合同不满1年。", policy)
    cap = value_on(JOB_WAGE_CAP, ticket.today, request.county)
    if cap is not None and request.monthly_wage >= cap:
        return StandInRefusal("工资不低于全省平均工资线。", policy)
    rate = RATES[request.kind]
    return grant("GB", request, ticket, promised(rate, ticket.today, request.county))


PAY_JOB_SUBSIDY = offer(
    "graduate-job-subsidy",
    Words("高校毕业生就业补贴", "Job subsidy for graduates"),
    Words(
        "毕业2年内在中小微企业，或5年内在养老、家政、现代农业企业工作的；两种不能同时享受，最长3年。",
        "Within 2 years in small firms, 5 in care, household service or farming; "
        "one of the two, for up to 3 years.",
    ),
    JobSubsidy,
    Output("job-subsidy", Words("就业补贴核定", "Subsidy"), Grant),
    job_subsidised,
    (GRADUATE_RULE, FUND_RULE),
    fee=UNKNOWN_AMOUNT,
    fee_amount=RATES["near"],
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
        reason(
            "not-insured-by-firm",
            "单位还没有给您参保。",
            "The firm has not insured you yet.",
            GRADUATE_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("单位已给本人参保，单位类别属实", "Insured by the firm, whose class is right"),
        ("合同满1年，工资不超上限", "A year's contract, wage below the cap"),
        (
            "两种就业补贴没有同时享受，合计不超过3年",
            "One of the two, three years at most",
        ),
    ),
    answers="later",
)


def _a_year(answers: Answers) -> Words | None:
    if not JOB_SUBSIDY.holds(answers):
        return None
    near = NEAR_SUBSIDY.holds(answers)
    rate = RATES["near" if near else "small"].on(answers.today, answers.text("work_county"))
    years = months_of(JOB_SUBSIDY_MONTHS, answers.today) // 12
    if rate is None or rate.value is None:
        return Words(
            f"待主管部门确认（由各县、市、区定，最长{years}年）",
            f"To be confirmed (set by the county, for up to {years} years)",
        )
    return Words(
        f"待主管部门确认；参考每年{rate.value:f}元，最长{years}年",
        f"To be confirmed; {rate.value:f} yuan a year as an indication, up to {years} years",
    )


JOB_SUBSIDY_AMOUNT = Reckoning(
    "job-subsidy-amount",
    Words("高校毕业生就业补贴", "Job subsidy for graduates"),
    frozenset({"work_county", "graduate_work", "firm", "graduated"}),
    _a_year,
    lambda words: words,
    GRADUATE_RULE,
)


def job_deadlines(applies: Condition) -> tuple[AbsoluteDeadline, ...]:
    """Until when work has to begin, by the class of the firm."""
    small = All((applies, ~NEAR_SUBSIDY))
    near = All((applies, NEAR_SUBSIDY))
    day = date(2023, 1, 1)
    years = {kind: months_of(rate, day) for kind, rate in JOB_SUBSIDY_GRADUATED.items()}
    return (
        due(
            "job-subsidy", GRADUATE_RULE, "graduated_on", months=years["small"], applies=small
        ).told(
            "到中小微企业就业的补贴",
            "Job subsidy, small firm",
            "毕业2年后就业的不能享受。",
            "Work that begins after two years is not subsidised.",
            PAY_JOB_SUBSIDY,
        ),
        due(
            "job-subsidy-care", GRADUATE_RULE, "graduated_on", months=years["near"], applies=near
        ).told(
            "到养老、家政、现代农业企业就业的补贴",
            "Job subsidy, care, household service or farming",
            "毕业5年后就业的不能享受。",
            "Work that begins after five years is not subsidised.",
            PAY_JOB_SUBSIDY,
        ),
    )


HAS_BASE = Is("trainee_base_found", "yes")


def trainee_pages(applies: Condition) -> tuple[Page, Page]:
    """The base where the traineeship is done, if there is one already."""
    first = page("trainee", "就业见习", "Traineeship", applies=applies).asks(
        ask("trainee_base_found", "找好见习单位了吗？", "Is there a base already?", YES_NO).hinted(
            "没有找好的，见习基地会联系您", "If not, bases will contact you"
        ),
    )
    base = page("trainee-base", "见习单位", "The base", applies=All((applies, HAS_BASE))).asks(
        ask("trainee_base", "见习单位名称", "Name of the base", Text(longest=60)),
        ask(
            "trainee_base_code",
            "见习单位统一社会信用代码",
            "Its credit code",
            CreditCode(),
            optional=True,
        ),
    )
    return first, base


class Traineeship(AboutPerson):
    """J13: a graduate without work, and the base if there is one."""

    mobile: str = told("手机号", "Mobile", sensitive=True)
    degree: str = told("学历", "Degree", default="")
    major: str = told("专业", "Major", default="")
    graduated_on: date = told("毕业日期", "Graduated on")
    trainee_base: str = told("见习单位", "Base", default="")
    trainee_base_code: str = told("见习单位统一社会信用代码", "The base's code", default="")


AGREEMENT = paper(
    "traineeship-agreement",
    "就业见习协议",
    "Traineeship agreement",
    "核对见习单位和期限。",
    "Shows base and term.",
    applies=HAS_BASE,
    defer_working_days=10,
)

FIND_TRAINEESHIP = offer(
    "find-traineeship",
    Words("就业见习登记", "Traineeship"),
    Words(
        "登记见习意愿；见习期间有生活补助，由见习单位发，补贴拨给单位；金额待确认。",
        "There is an allowance, paid by the base, which is subsidised; to be confirmed.",
    ),
    Traineeship,
    Output("traineeship", Words("见习登记", "Entry"), Entry),
    entered("JX"),
    (FUND_RULE,),
    fee=UNKNOWN_AMOUNT,
    evidence=(AGREEMENT,),
    supplement_reasons=(
        reason(
            "agreement-incomplete",
            "见习协议不完整，请补充。",
            "The agreement is incomplete: please complete it.",
            FUND_RULE,
            AGREEMENT,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-a-trainee",
            "已经就业，或不在见习对象范围。",
            "At work already, or not entitled.",
            FUND_RULE,
        ),
    ),
    checklist=points(("没有就业，去向已登记", "Not at work, destination registered")),
)

# Who is asked for employer and contract: the clerk who hires, and a graduate with a job subsidy.
HAS_CONTRACT = HIRED | JOB_SUBSIDY
