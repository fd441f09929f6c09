"""J12: the employer insures somebody who was hired; the contract and what the law asks of it."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition, Is
from app.forms.questions import Check, CreditCode, Date, Number, Page, SharedFrom, Text, Tick
from app.services.employment.situations import HIRED
from app.services.employment.workers import Entry, entry, lasts, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.common_parameters import ZHEJIANG
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.work_rates import MINIMUM_WAGE, value_on
from app.wording import Words

LABOUR_LAW = Rule(
    "labour-contract-law-19",
    Words("中华人民共和国劳动合同法", "Labour Contract Law"),
    "第十九条",
    "U",
    date(2008, 1, 1),
)
HIRING_RULE = Rule(
    "social-insurance-law-58",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第五十八条",
    "U",
    date(2011, 7, 1),
)
WAGE_RULE = Rule(
    "zhejiang-minimum-wage",
    Words("浙江省最低工资标准", "Zhejiang's minimum wages"),
    "2024年1月1日起",
    "B",
    date(2024, 1, 1),
)
DAYS_TO_INSURE = 30
FIXED = Is("contract_kind", "fixed")


def most_probation(kind: str, first: date, last: date | None) -> int:
    """Months of probation that the law allows: none below 3 months, then 1, 2 or 6 (Art. 19)."""
    if kind == "open" or last is None:
        return 0 if kind == "task" else 6
    for most, length in ((0, 3), (1, 12), (2, 36)):
        if not lasts(first, last, length):
            return most
    return 6


def _probation_fits(answers: Answers) -> bool:
    last = answers.date("contract_to") if answers.has("contract_to") else None
    most = most_probation(answers.text("contract_kind"), answers.date("contract_from"), last)
    return answers.number("probation") <= most


def least_wage(day: date) -> Decimal:
    """The lowest step of the province: below it no wage is lawful, whichever step a county chose.

    Minimum wages only rise, so an older step never turns away who keeps today's.
    """
    return value_on(MINIMUM_WAGE, day, ZHEJIANG) or Decimal(0)


def _pays_the_minimum(answers: Answers) -> bool:
    return answers.number("monthly_wage") >= least_wage(answers.today)


def contract_pages(
    applies: Condition,
    known: SharedFrom,
    kinds: tuple[Check, ...] = (),
    terms: tuple[Check, ...] = (),
) -> tuple[Page, ...]:
    """The employer (as the record of who files has it), the contract, the post and the wage.

    The clerk of an employer is asked for the authority; `kinds` and `terms` are checks of the kind
    and of the term.
    """

    def of(fact: str) -> SharedFrom:
        return SharedFrom(known.register, fact)

    return (
        page("employer", "用人单位", "The employer", applies=applies).asks(
            ask("employer", "单位名称", "Employer", Text(longest=60), shared=of("employer")),
            ask(
                "employer_code",
                "统一社会信用代码",
                "Credit code",
                CreditCode(),
                shared=of("employer_code"),
            ),
            ask(
                "clerk_authorised",
                "我是这家单位的社保经办人，已得到单位授权。",
                "I handle insurance for this employer and am authorised to.",
                Tick(),
                applies=HIRED,
            ),
            ask("post", "岗位", "Post", Text(longest=40)),
            ask(
                "monthly_wage",
                "月工资",
                "Monthly wage",
                Number(1, 1_000_000, Words("元", "yuan"), decimals=2),
                sensitive=True,
            ).hinted(
                "2024年最低工资：天台、仙居、三门2010元，其余2260元（档次待确认）",
                "Minimum of 2024: 2,010 in Tiantai, Xianju, Sanmen, else 2,260 (to be confirmed)",
            ),
            check("monthly_wage", _pays_the_minimum).says(
                "低于浙江省最低工资标准（最低一档2010元），请核对。",
                "This is below Zhejiang's minimum wage (2,010 in its lowest step).",
            ),
        ),
        page("contract", "劳动合同", "The contract", applies=applies).asks(
            choose("contract_kind", "合同类型", "Kind of contract").one_of(
                ("fixed", "固定期限", "For a fixed term"),
                ("open", "无固定期限", "Without an end"),
                ("task", "以完成一定工作任务为期限", "For a certain task"),
            ),
            ask("contract_from", "从哪天开始？", "From which day?", Date(3650, ahead_days=60)),
            *kinds,
        ),
        page("contract-terms", "合同期限和试用期", "Term and probation", applies=applies).asks(
            ask(
                "contract_to",
                "到哪天为止？",
                "Until which day?",
                Date(3650, ahead_days=7300),
                applies=FIXED,
            ),
            ask("probation", "试用期几个月？", "Probation", number(0, 6, "个月", "months")).hinted(
                "没有试用期的填0", "0 for none"
            ),
            check("contract_to", lambda it: it.date("contract_from") < it.date("contract_to")).says(
                "结束日期要晚于开始日期。", "The end must lie after the start."
            ),
            check("probation", _probation_fits).says(
                "试用期超过了法定上限：3个月以下的合同不能约定，1年以下最多1个月，"
                "3年以下最多2个月，其余最多6个月。",
                "Longer than the law allows: none below 3 months of contract, 1 month below a "
                "year, 2 below three years, else 6.",
            ),
            *terms,
        ),
    )


class Hire(AboutPerson):
    """J12: who was hired, under which contract and for what wage."""

    employer: str = told("用人单位", "Employer", min_length=1)
    employer_code: str = told("单位统一社会信用代码", "Employer's code", min_length=18)
    clerk_name: str = told("单位经办人", "Employer's clerk", default="")
    clerk_mobile: str = told("经办人手机", "Clerk's mobile", sensitive=True, default="")
    clerk_authorised: bool = told("经办人已得到单位授权", "The clerk is authorised")
    contract_kind: Literal["fixed", "open", "task"] = told("合同类型", "Kind of contract")
    contract_from: date = told("合同开始", "From")
    contract_to: date | None = told("合同结束", "Until", default=None)
    probation: int = told("试用期（月）", "Probation (months)", ge=0, le=6)
    post: str = told("岗位", "Post")
    monthly_wage: Decimal = told("月工资（元）", "Monthly wage (yuan)", sensitive=True, gt=0)


def hire_insured(request: Hire, ticket: Ticket) -> Entry | StandInRefusal:
    """Insured where wage and contract keep the law."""
    if not request.clerk_authorised:
        return StandInRefusal("经办人没有得到单位授权。", "社会保险法第五十八条")
    if request.monthly_wage < least_wage(ticket.today):
        return StandInRefusal("月工资低于最低工资标准。", "浙江省最低工资标准")
    if request.contract_to is not None and request.contract_to <= request.contract_from:
        return StandInRefusal("合同结束日期有误。", "劳动合同法")
    return entry("ZY", request, ticket)


CONTRACT = paper(
    "labour-contract",
    "劳动合同",
    "Labour contract",
    "核对岗位、期限和工资。",
    "Shows post, term and wage.",
)

INSURE_HIRE = offer(
    "insure-hired-employee",
    Words("单位参保职工增员", "Insuring a new employee"),
    Words("单位给新员工参加社会保险。", "The employer insures somebody who was hired."),
    Hire,
    Output("hire-insured", Words("职工参保登记", "Insured"), Entry),
    hire_insured,
    (HIRING_RULE, LABOUR_LAW, WAGE_RULE),
    evidence=(CONTRACT,),
    fee=Words(
        "登记不收费；社会保险费由单位和职工按月缴纳，税务征收", "No fee; contributions are monthly"
    ),
    supplement_reasons=(
        reason(
            "contract-incomplete",
            "劳动合同缺页或没有盖章，请补充。",
            "The contract lacks pages or the seal: please complete it.",
            LABOUR_LAW,
            CONTRACT,
        ),
    ),
    refusal_reasons=(
        reason(
            "clerk-not-authorised",
            "经办人没有得到单位授权。",
            "The clerk is not authorised by the employer.",
            HIRING_RULE,
        ),
        reason(
            "below-minimum-wage",
            "月工资低于当地最低工资标准。",
            "The wage is below the local minimum.",
            WAGE_RULE,
        ),
        reason(
            "insured-elsewhere",
            "同一月份已在其他单位参保。",
            "Insured by another employer for the same months.",
            HIRING_RULE,
        ),
        reason(
            "employer-inactive",
            "单位没有参保登记，或状态不正常。",
            "The employer is not registered, or not in good standing.",
            HIRING_RULE,
        ),
    ),
    checklist=points(
        ("单位状态正常，经办人已授权", "Employer in good standing, clerk authorised"),
        ("合同期限、试用期合法，工资不低于最低工资", "Term, probation and wage are lawful"),
        ("原单位已停保", "The old cover is closed"),
    ),
)
