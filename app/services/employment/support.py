"""J15, J19 and J20: the start-up loan, the rent grant for graduates, and public rental homes."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import YES_NO, Number, Page
from app.services.employment.subsidies import UNKNOWN_AMOUNT
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
from app.vocabulary.authorities import HOUSING
from app.vocabulary.declaring import ask, choose, number, page
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Limit, Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words

LOAN_RULE = Rule(
    "start-up-loan",
    Words("创业担保贷款有关规定", "Rules on guaranteed start-up loans"),
    "嘉兴2025年公布的做法（示例）",
    "B",
)
RENT_RULE = Rule(
    "taizhou-graduate-rent",
    Words("台州市高校毕业生租房补贴有关规定", "Taizhou's rent grant for graduates"),
    "2024年（第三方转载）",
    "C",
)
HOUSING_RULE = Rule(
    "public-rental-measures",
    Words("公共租赁住房管理办法", "Measures on public rental homes"),
    "申请与审核",
    "U",
)
A_YEAR = Words("元/年", "yuan a year")


def _rent(degree: str, zh: str, en: str, yuan: int) -> Parameter:
    source = "台州大学生租房补贴报道（第三方转载）"
    amount = Amount(Decimal(yuan), A_YEAR, "3310", date(2024, 1, 1), source, "C")
    return Parameter(f"rent-grant-{degree}", Words(zh, en), (amount,))


RENT_GRANT = {
    "doctor": _rent("doctor", "博士租房补贴", "Rent grant, doctor", 12000),
    "master": _rent("master", "硕士租房补贴", "Rent grant, master", 9600),
    "bachelor": _rent("bachelor", "本科租房补贴", "Rent grant, bachelor", 6000),
    "technician": _rent("technician", "技师租房补贴", "Rent grant, technician", 6000),
}


def rent_page(applies: Condition) -> Page:
    """What excludes the grant: a home in Taizhou, or the housing voucher."""
    return page("rent", "租房补贴", "Rent grant", applies=applies).asks(
        ask("owns_home", "您或配偶在台州有住房吗？", "Do you own a home in Taizhou?", YES_NO),
        ask("has_voucher", "领过人才房票吗？", "Did you take the housing voucher?", YES_NO),
        ask(
            "spouse_claims", "配偶也在申请租房补贴吗？", "Does your spouse claim it?", YES_NO
        ).hinted("夫妻按高的一方享受", "Of a couple the higher one is paid"),
    )


class RentClaim(PaidToPerson):
    """J19: the degree, and what would exclude the grant."""

    degree: Literal["college", "bachelor", "master", "doctor", "technician"] = told(
        "最高学历", "Degree"
    )
    school: str = told("毕业院校", "School", default="")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    owns_home: bool = told("在台州有住房", "Owns a home in Taizhou")
    has_voucher: bool = told("领过房票", "Took the voucher")
    spouse_claims: bool = told("配偶也申请", "Spouse claims too")


def rent_granted(request: RentClaim, ticket: Ticket) -> Grant | StandInRefusal:
    """For newcomers without a home, and not beside the voucher."""
    if request.owns_home:
        return StandInRefusal("本人或配偶在台州有住房。", "台州租房补贴规定")
    if request.has_voucher:
        return StandInRefusal("租房补贴和房票不能同时享受。", "台州租房补贴规定")
    parameter = RENT_GRANT.get(request.degree)
    amount = promised(parameter, ticket.today, request.county) if parameter else None
    return grant("ZF", request, ticket, amount)


LEASE = paper(
    "lease-of-home",
    "租房合同",
    "Lease of the home",
    "核对租住地址和期限。",
    "Shows address and term.",
    defer_working_days=10,
)

PAY_RENT_GRANT = offer(
    "graduate-rent-grant",
    Words("人才租房补贴", "Rent grant for graduates"),
    Words(
        "新来台州就业创业、没有住房的毕业生；最多3年，标准待确认。",
        "For graduates new to Taizhou without a home, up to 3 years; rates to be confirmed.",
    ),
    RentClaim,
    Output("rent-grant", Words("租房补贴核定", "Rent grant"), Grant),
    rent_granted,
    (RENT_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=RENT_GRANT["bachelor"],
    evidence=(LEASE,),
    supplement_reasons=(
        reason(
            "lease-incomplete", "租房合同不完整，请补充。", "Complete the lease.", RENT_RULE, LEASE
        ),
    ),
    refusal_reasons=(
        reason("owns-a-home", "在台州已有住房。", "A home is owned in Taizhou.", RENT_RULE),
        reason(
            "voucher-taken",
            "已领房票，不能同时享受租房补贴。",
            "The voucher was taken; both are not paid.",
            RENT_RULE,
        ),
        reason("not-new-here", "不是首次来台州就业。", "Not new to Taizhou.", RENT_RULE),
    ),
    checklist=points(
        ("在台州参保就业", "At work and insured here"),
        ("没有住房，没有领房票", "No home, no voucher"),
    ),
    answers="later",
)


def rental_page(applies: Condition) -> Page:
    """The household, its income, and how it lives."""
    return page("rental", "住房保障", "Public rental home", applies=applies, sensitive=True).asks(
        choose("rental_kind", "想申请哪一种？", "Which do you apply for?").one_of(
            ("home", "公租房", "A public rental home"),
            ("affordable", "保障性租赁住房", "An affordable rental home"),
            ("grant", "租赁补贴", "A rent subsidy"),
        ),
        ask(
            "family_members",
            "家庭几口人？",
            "People in the household",
            number(1, 20, "人", "people"),
        ),
        ask(
            "family_income",
            "家庭月收入合计",
            "Income of the household a month",
            Number(0, 1_000_000, YUAN, decimals=2),
        ),
    )


class RentalWish(AboutPerson):
    """J20: what is applied for, the household and its income."""

    rental_kind: Literal["home", "affordable", "grant"] = told("申请类型", "Applied for")
    family_members: int = told("家庭人口", "Household", ge=1)
    family_income: Decimal = told("家庭月收入（元）", "Income a month (yuan)", sensitive=True, ge=0)
    home: str = told("现居住地址", "Home", sensitive=True)
    mobile: str = told("手机号", "Mobile", sensitive=True)


APPLY_PUBLIC_RENTAL = offer(
    "public-rental-home",
    Words("公租房、保障性租赁住房、租赁补贴申请", "Public rental homes and rent subsidy"),
    Words("登记后由住建、民政核对家庭收入和住房。", "Income and homes are checked first."),
    RentalWish,
    Output("rental-application", Words("住房保障受理", "Application"), Entry),
    entered("GZF"),
    (HOUSING_RULE,),
    HOUSING,
    fee=Words("申请不收费；入住按公布的租金", "No fee; the published rent for a home"),
    refusal_reasons=(
        reason("income-above", "家庭收入高于标准。", "Income is above the line.", HOUSING_RULE),
        reason("housed", "已有住房或已享受保障。", "Housed or supported already.", HOUSING_RULE),
    ),
    checklist=points(
        ("收入和住房已核对", "Income and homes checked"),
    ),
    answers="later",
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
