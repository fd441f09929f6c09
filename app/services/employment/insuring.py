"""J2, J3 and J4: pension and medical insurance of who works, and paying the contributions."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition
from app.forms.questions import BankAccount, Month, Page, SameAs, Tick
from app.services.employment.registering import OLD_COVER_RULE, PERMIT_PROOF
from app.services.employment.situations import PENSION
from app.services.employment.workers import Entry, entry, offer
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HEALTHCARE_SECURITY, TAX
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Output, Result, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.work_rates import BASE_LEAST, BASE_MOST, PENSION_RATE
from app.wording import Words

PENSION_RULE = Rule(
    "social-insurance-law-10",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第十条、第十二条",
    "B",
    date(2011, 7, 1),
)
MEDICAL_RULE = Rule(
    "social-insurance-law-23",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第二十三条",
    "U",
    date(2011, 7, 1),
)
OPEN_TO_ALL = Rule(
    "register-open-insurance",
    Words(
        "中共中央办公厅、国务院办公厅关于进一步保障和改善民生的意见",
        "Central opinion on people's livelihood",
    ),
    "2025年3月2日：取消在就业地参保的户籍限制",
    "B",
    date(2025, 3, 2),
)
LEAST_BASE, MOST_BASE = (float(one.amounts[0].value or 0) for one in (BASE_LEAST, BASE_MOST))


def _is_own(answers: Answers) -> bool:
    return answers.parts("debit_account").get("holder") == answers.text("person_name")


def cover_pages(applies: Condition) -> tuple[Page, ...]:
    """Which insurances, on which base, from when; and the account that is debited."""
    return (
        page("cover", "参保", "Insurance", applies=applies).asks(
            choose("insurances", "参加哪些保险？", "Which insurances?").some_of(
                ("pension", "职工基本养老保险", "Employees' pension insurance"),
                ("medical", "职工基本医疗保险", "Employees' medical insurance"),
            ),
            choose("pay_cycle", "多久缴一次？", "How often is it paid?").one_of(
                ("month", "每月", "Every month"),
                ("quarter", "每季度", "Every quarter"),
                ("half-year", "每半年", "Every half-year"),
                ("year", "每年", "Every year"),
            ),
            ask(
                "first_month",
                "从哪个月开始缴？",
                "From which month?",
                Month(past_months=0, ahead_months=12),
            ).hinted("从本月起，不能补缴以前的月份", "From this month on; not for months before"),
        ),
        page("base", "养老缴费基数", "Pension base", applies=All((applies, PENSION))).asks(
            ask(
                "base_percent",
                "养老缴费基数选平均工资的百分之几？",
                "Pension base, % of the average wage",
                number(LEAST_BASE, MOST_BASE, "%", "%"),
            ).hinted(
                "60%到300%，保险费是基数的20%（待确认）；可选档次以社保公布为准",
                "60 to 300 %, of which 20 % is paid (to be confirmed); in the steps published",
            ),
        ),
        page("debit", "扣款账户", "Account that is debited", applies=applies).asks(
            ask(
                "debit_account",
                "扣款账户",
                "The account",
                BankAccount(),
                suggested=(SameAs("person_name"),),
            ),
            ask(
                "debit_agreed",
                "我同意银行按选定的周期从这个账户代扣社会保险费。",
                "The bank may debit contributions from this account in the cycle chosen.",
                Tick(),
            ),
            check("debit_account", _is_own).says(
                "户名要是本人，请换一个账户。", "The account must be your own."
            ),
        ),
    )


class Pension(AboutPerson):
    """J2: the base, the cycle and the first month."""

    base_percent: int = told("缴费基数档次（%）", "Base (%)", ge=LEAST_BASE, le=MOST_BASE)
    pay_cycle: Literal["month", "quarter", "half-year", "year"] = told("缴费周期", "Cycle")
    first_month: date = told("起缴年月", "First month")
    employment_number: str = told("就业登记编号", "Entry of employment", default="")


class Medical(AboutPerson):
    """J3: on one's own or with an employer, and the first month."""

    kind: Literal["flexible", "employee"] = told("参保方式", "How one is insured")
    first_month: date = told("起缴年月", "First month")
    employer: str = told("用人单位", "Employer", default="")
    employer_code: str = told("单位统一社会信用代码", "Employer's code", default="")
    employment_number: str = told("就业登记编号", "Entry of employment", default="")


def _not_before_this_month(first: date, today: date) -> StandInRefusal | None:
    if first < today.replace(day=1):
        return StandInRefusal("起缴月份早于本月，不能补缴。", "灵活就业参保规定")
    return None


def pension_enrolled(request: Pension, ticket: Ticket) -> Entry | StandInRefusal:
    """From this month on; months before are not paid back."""
    return _not_before_this_month(request.first_month, ticket.today) or entry(
        "YLCB", request, ticket
    )


def medical_enrolled(request: Medical, ticket: Ticket) -> Entry | StandInRefusal:
    """The same for who pays alone; an employee is covered from the contract's month."""
    late = _not_before_this_month(request.first_month, ticket.today)
    return (late if request.kind == "flexible" else None) or entry("YBCB", request, ticket)


TWICE = (
    reason(
        "insured-twice",
        "同一月份已在其他地方参保。",
        "Insured elsewhere for the same months.",
        OLD_COVER_RULE,
    ),
    reason(
        "month-passed",
        "起缴月份早于本月，不能补缴。",
        "The first month has passed; nothing is paid back.",
        OLD_COVER_RULE,
    ),
    reason(
        "age-outside-cover",
        "年龄不在参保范围内，或已领取养老待遇。",
        "The age is outside cover, or a pension is drawn.",
        PENSION_RULE,
    ),
)
ENROLLED = points(("没有重复参保", "Not insured twice"), ("起缴月份不早于本月", "No month before"))

ENROL_PENSION = offer(
    "enrol-flexible-pension",
    Words("企业职工基本养老保险参保登记（灵活就业）", "Pension insurance of flexible workers"),
    Words("选定基数和周期，参加职工养老保险。", "You choose base and cycle."),
    Pension,
    Output("pension-enrolment", Words("养老参保登记", "Enrolment"), Entry),
    pension_enrolled,
    (PENSION_RULE, OLD_COVER_RULE),
    evidence=(PERMIT_PROOF,),
    fee=Words(
        "登记不收费；保险费为基数的20%（待主管部门确认）",
        "No fee; contributions are 20 % of the base (to be confirmed)",
    ),
    fee_amount=PENSION_RATE,
    refusal_reasons=TWICE,
    checklist=ENROLLED,
)
ENROL_MEDICAL = offer(
    "enrol-employee-medical",
    Words("职工基本医疗保险参保登记", "Employees' medical insurance"),
    Words("参加职工医保，缴费后按规定享受待遇。", "Cover begins by the rules once paid."),
    Medical,
    Output("medical-enrolment", Words("医保参保登记", "Enrolment"), Entry),
    medical_enrolled,
    (MEDICAL_RULE, OLD_COVER_RULE),
    HEALTHCARE_SECURITY,
    evidence=(PERMIT_PROOF,),
    fee=Words("登记不收费；保险费按规定缴纳", "No fee; contributions by the rules"),
    refusal_reasons=TWICE,
    checklist=ENROLLED,
)


class Contributions(PaidToPerson):
    """J4: which enrolments are paid for, how often, from which account."""

    pay_cycle: Literal["month", "quarter", "half-year", "year"] = told("缴费周期", "Cycle")
    first_month: date = told("起缴年月", "First month")
    base_percent: int | None = told("养老缴费基数档次（%）", "Pension base (%)", default=None)
    pension_number: str = told("养老参保编号", "Pension enrolment", default="")
    medical_number: str = told("医保参保编号", "Medical enrolment", default="")
    debit_agreed: bool = told("已签代扣协议", "Debit agreed")


class Receipt(Result):
    """The debit is set up; what is due is the tax service's to say."""

    receipt_number: str = told("缴费登记编号", "Number of the payment", min_length=6)
    set_up_on: date = told("登记日期", "Set up on")
    first_month: date = told("起缴年月", "First month")


def debit_set_up(request: Contributions, ticket: Ticket) -> Receipt | StandInRefusal:
    """From the person's own account, with the agreement."""
    if not request.debit_agreed or request.account_holder != request.person_name:
        return StandInRefusal("扣款账户不是本人的，或没有签代扣协议。", "社会保险费征缴规定")
    return Receipt(
        receipt_number=f"SBF{request.county}{ticket.number % 10**8:08d}",
        set_up_on=ticket.today,
        first_month=request.first_month,
    )


PAY_CONTRIBUTIONS = offer(
    "pay-social-contributions",
    Words("社会保险费申报缴纳", "Paying social insurance contributions"),
    Words("按选定的周期从您的账户扣缴。", "Debited from your account in the cycle you chose."),
    Contributions,
    Output("contributions-set-up", Words("缴费登记", "Set up"), Receipt),
    debit_set_up,
    (PENSION_RULE,),
    TAX,
    fee=Words("按基数和费率缴纳，金额以税务核定为准", "By base and rate; the tax service says"),
    supplement_reasons=(
        reason(
            "debit-refused",
            "银行没有签约成功，请更换账户。",
            "The bank refused the debit: please give another account.",
            PENSION_RULE,
        ),
    ),
    checklist=points(
        ("账户是本人的，已签约", "Own account, agreed"),
    ),
)
