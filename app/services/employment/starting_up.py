"""J15: grants for who starts a business, and the guaranteed loan."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import AnyOf, Condition, Is
from app.forms.questions import CreditCode, Date, Number, Page
from app.services.employment.situations import STARTS
from app.services.employment.subsidies import ASKED_TWICE, UNKNOWN_AMOUNT
from app.services.employment.workers import Entry, Grant, entered, grant, offer, promised
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.life_event import Reckoning
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Limit, Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.startup_rates import (
    INSURANCE_MONTHS,
    JIAXING,
    LOAN_MOST,
    START_UP,
    START_UP_RULE,
    hires_grant,
    rent_grant,
)
from app.vocabulary.work_rates import YUAN, months_of
from app.wording import Words

LOAN_RULE = Rule(
    "start-up-loan",
    Words("创业担保贷款有关规定", "Rules on guaranteed start-up loans"),
    "嘉兴2025年公布的做法（示例）",
    "B",
)
WANTS_ONE_OFF, WANTS_INSURANCE = Is("startup_wants", "one-off"), Is("startup_wants", "insurance")
WANTS_HIRES, WANTS_RENT_PAID = Is("startup_wants", "hires"), Is("startup_wants", "rent")
HAS_MORE = STARTS & (WANTS_INSURANCE | WANTS_HIRES | WANTS_RENT_PAID)
# Where Taizhou's figure was not found, Jiaxing's stands in, and the page says so.
_MOST_WISHED = float(LOAN_MOST.amounts[0].value or 0)


def _is_insured_enough(answers: Answers) -> bool:
    return answers.number("startup_insured") >= months_of(INSURANCE_MONTHS, answers.today)


def startup_pages(applies: Condition, loan: Condition) -> tuple[Page, ...]:
    """The business and since when; which grants; whom it employs, what it rents; the loan."""
    return (
        page("business", "创办的企业", "The business", applies=AnyOf((applies, loan))).asks(
            ask("startup_code", "统一社会信用代码", "Credit code", CreditCode()),
            ask("startup_on", "哪天登记成立？", "Registered on", Date(past_days=3650)),
            ask(
                "loan_yuan",
                "想贷多少？",
                "Loan wished",
                number(10_000, _MOST_WISHED, "元", "yuan"),
                applies=loan,
            ).hinted(
                "最多50万元（嘉兴示例，台州待确认）", "At most 500,000 (Jiaxing's; to be confirmed)"
            ),
        ),
        page("startup", "申请哪些补贴", "Which grants", applies=applies).asks(
            choose("startup_wants", "申请哪些？", "Which of these?")
            .some_of(
                ("one-off", "一次性创业补贴", "One-off grant"),
                ("insurance", "创业社保补贴", "Insurance grant"),
                ("hires", "带动就业补贴", "Grant for people employed"),
                ("rent", "场租补贴", "Grant for the rent"),
            )
            .hinted(
                "台州的条件待确认；嘉兴的例子：一次性补贴要经营满6个月，带动就业要3人以上",
                "Taizhou's terms are to be confirmed; Jiaxing asks for 6 months in business for "
                "the one-off grant, and for 3 people employed",
            ),
        ),
        page("startup-more", "参保、带动就业和场租", "More on these", applies=HAS_MORE).asks(
            ask(
                "startup_insured",
                "缴社保满几个月了？",
                "Months of insurance paid",
                number(0, 600, "个月", "months"),
                applies=WANTS_INSURANCE,
            ).hinted("满12个月可以申请", "12 months are needed"),
            check("startup_insured", _is_insured_enough).says(
                "创业社保补贴要缴满12个月，到时候再申请。",
                "The insurance grant needs 12 months of insurance; please come back then.",
            ),
            ask(
                "startup_hires",
                "带动就业几人？",
                "People employed",
                number(1, 500, "人", "people"),
                applies=WANTS_HIRES,
            ).hinted("以参保查询为准", "As the insurance knows them"),
            ask(
                "startup_rent",
                "一年租金",
                "Rent a year",
                Number(1, 10_000_000, YUAN, decimals=2),
                applies=WANTS_RENT_PAID,
            ),
            ask(
                "startup_lease_until",
                "租期到哪天？",
                "Lease until",
                Date(past_days=0, ahead_days=7300),
                applies=WANTS_RENT_PAID,
            ),
        ),
    )


class StartUp(PaidToPerson):
    """J15: the business and what is asked for it."""

    startup_code: str = told("统一社会信用代码", "Credit code", min_length=18)
    startup_on: date = told("成立日期", "Registered on")
    startup_wants: list[str] = told("申请的补贴", "Grants applied for", min_length=1)
    startup_insured: int | None = told("缴社保月数", "Months insured", default=None)
    startup_hires: int | None = told("带动就业人数", "People employed", default=None)
    startup_rent: Decimal | None = told("年租金（元）", "Rent a year (yuan)", default=None)
    startup_lease_until: date | None = told("租期止", "Lease until", default=None)
    startup_firm: list[str] = told("企业类别", "Classes of the firm", default=[])
    ground: Literal["student", "graduate", "hardship", "other"] = told("申请身份", "Ground")


def startup_granted(request: StartUp, ticket: Ticket) -> Grant | StandInRefusal:
    """Granted without an amount, for Taizhou's were not found, to the groups and after the time."""
    rule = "创业扶持规定"
    if request.startup_on > ticket.today:
        return StandInRefusal("企业还没有成立。", rule)
    if request.ground == "other":
        return StandInRefusal("不属于重点人群、在校生或毕业5年内的高校毕业生。", rule)
    insured = request.startup_insured or 0
    if "insurance" in request.startup_wants and insured < months_of(INSURANCE_MONTHS, ticket.today):
        return StandInRefusal("创业社保补贴要缴满12个月社保。", rule)
    return grant("CY", request, ticket, promised(START_UP, ticket.today, request.county))


LEASE = paper(
    "business-lease",
    "经营场所租赁合同",
    "Lease of the business",
    "申请场租补贴时核对租期和租金。",
    "Shows term and rent.",
    applies=WANTS_RENT_PAID,
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
    (START_UP_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=START_UP,
    evidence=(LEASE,),
    supplement_reasons=(
        reason(
            "lease-unclear",
            "租赁合同看不清或不完整，请补充。",
            "The lease is unclear or incomplete: please complete it.",
            START_UP_RULE,
            LEASE,
        ),
    ),
    refusal_reasons=(
        reason(
            "months-too-few",
            "经营或参保月数不够。",
            "The business or its insurance is too young.",
            START_UP_RULE,
        ),
        reason(
            "no-key-group",
            "不属于重点人群、在校生或毕业5年内的高校毕业生。",
            "Not of a key group, a student or a graduate of five years.",
            START_UP_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("正常经营并参保，月数够", "In business and insured for long enough"),
        ("带动就业人数以参保查询为准", "People employed as the insurance knows them"),
    ),
    answers="later",
)


def _example(answers: Answers) -> Words | None:
    """What Jiaxing would pay, told as what it is: another place's example, never a promise."""
    if not STARTS.holds(answers):
        return None
    parts: list[Words] = []
    if WANTS_HIRES.holds(answers) and answers.has("startup_hires"):
        hires = hires_grant(int(answers.number("startup_hires")), answers.today, JIAXING)
        parts.append(Words(f"带动就业每年{hires:f}元", f"for people employed {hires:f} a year"))
    if WANTS_RENT_PAID.holds(answers) and answers.has("startup_rent"):
        paid = Decimal(str(answers.number("startup_rent")))
        rent = rent_grant(paid, answers.today, JIAXING)
        parts.append(Words(f"场租每年{rent:f}元", f"for the rent {rent:f} a year"))
    zh, en = "、".join(one.zh for one in parts), ", ".join(one.en for one in parts)
    return Words(
        "台州标准待主管部门确认" + (f"（外地例子，不是承诺：嘉兴{zh}）" if parts else ""),
        "Taizhou's rates are to be confirmed" + (f" (Jiaxing, as an example: {en})" if en else ""),
    )


START_UP_EXAMPLE = Reckoning(
    "start-up-example",
    Words("创业补贴", "Start-up grants"),
    frozenset({"wanted", "startup_wants"}),
    _example,
    lambda words: words,
    START_UP_RULE,
)


class LoanWish(AboutPerson):
    """J15: the business and how much is wished."""

    startup_code: str = told("统一社会信用代码", "Credit code", min_length=18)
    startup_on: date = told("成立日期", "Registered on")
    loan_yuan: int = told("申请金额（元）", "Amount wished (yuan)", ge=1)
    mobile: str = told("手机号", "Mobile", sensitive=True)


APPLY_START_UP_LOAN = offer(
    "start-up-loan",
    Words("创业担保贷款", "Guaranteed start-up loan"),
    Words("经人社审核后，由银行放款，按规定贴息。", "Checked here, paid by a bank, with relief."),
    LoanWish,
    Output("loan-checked", Words("贷款资格审核", "Checked"), Entry),
    entered("DK"),
    (LOAN_RULE,),
    fee=Words(
        "审核不收费；贷款利息和贴息以银行合同为准", "No fee; interest by the bank's contract"
    ),
    refusal_reasons=(
        reason("loan-open", "有未还清的创业贷款。", "An earlier loan is still open.", LOAN_RULE),
    ),
    checklist=points(("企业正常经营", "In business"), ("没有逾期贷款", "No overdue loan")),
    answers="later",
    promised=Limit(None, "待主管部门确认"),
)
