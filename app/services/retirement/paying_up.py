"""R10: paying the years that are missing, and carrying the land scheme over."""

from datetime import date

from app.forms.answers import Answers
from app.forms.conditions import AnyOf, Condition
from app.forms.questions import Page, Text
from app.services.retirement.application import SOCIAL_INSURANCE_LAW
from app.services.retirement.years import OtherPlace
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HEALTHCARE_SECURITY, HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, number, page
from app.vocabulary.life_event import Reckoning
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import TO_BE_CONFIRMED, Amount, Parameter, Rule
from app.wording import Words
from app.workflow.retirement_age import MEASURES


def pay_up_page(medical_short: Condition, land: Condition) -> Page:
    """What is to be paid for medical cover, and the land scheme; pension months are reckoned."""
    return page(
        "pay-up", "补缴", "Paying what is missing", applies=AnyOf((medical_short, land))
    ).asks(
        ask(
            "medical_gap",
            "职工医保还差几个月？",
            "Months missing for medical cover",
            number(1, 360, "个月", "months"),
            applies=medical_short,
        ).hinted("拿不准的先估，以医保核定为准", "Estimate it; the authority decides"),
        choose("medical_cover", "补缴哪些？", "Which cover?", applies=medical_short).some_of(
            ("hospital", "住院统筹", "Hospital"),
            ("outpatient", "门诊统筹", "Outpatient"),
            ("account", "个人账户", "Personal account"),
        ),
        ask(
            "land_scheme_number",
            "被征地农民保障编号",
            "Number in the land scheme",
            Text(longest=40),
            applies=land,
        ).hinted("在参保凭证上；找不到的问12333", "On your slip of the scheme; or ask 12333"),
    )


class MissingYears(AboutPerson):
    """R10: how many months are missing, as reckoned from what is paid and the month."""

    pension_gap: int = told("缺少月数", "Months missing", ge=0, le=240)
    pension_years: int = told("养老保险缴费满年数", "Full years paid", ge=0, le=60)
    pension_months: int = told("另有月数", "And months", ge=0, le=11)
    employer: str = told("用人单位", "Employer", default="")


class PaidUp(Result):
    """The missing months are paid; the amount is the insurance's to say."""

    receipt_number: str = told("补缴凭证号", "Receipt number", min_length=6)
    paid_on: date = told("到账日期", "Paid on")
    months: int = told("补缴月数", "Months paid", ge=0)
    amount_yuan: float | None = told("补缴金额（元）", "Amount (yuan)", default=None)


def months_paid(request: MissingYears, ticket: Ticket) -> PaidUp:
    """Booked without an amount: no rate was found."""
    number = f"BJ{request.county}{ticket.number % 10**8:08d}"
    return PaidUp(receipt_number=number, paid_on=ticket.today, months=request.pension_gap)


FEE = Words(
    "应补缴的社会保险费，金额由社保机构核定，向税务部门缴纳",
    "The contributions due; the insurance sets the amount, the tax service takes it",
)

PAY_MISSING_PENSION_YEARS = PublicService(
    id="pay-missing-pension-years",
    title=Words("养老保险费补缴", "Paying missing pension years"),
    summary=Words(
        "年限不够的，补足以后再核准退休。",
        "Missing years are paid before the right is confirmed.",
    ),
    authority=HUMAN_RESOURCES,
    request=MissingYears,
    produces=Output("pension-paid-up", Words("补缴凭证", "Receipt"), PaidUp),
    path="/missing-pension-years",
    call=post_to("/missing-pension-years", PaidUp),
    stand_in=months_paid,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW, MEASURES),
    fee=FEE,
    refusal_reasons=(
        reason(
            "not-allowed-at-once",
            "按规定不能一次性补足，请继续按月缴费。",
            "Paying all at once is not allowed here: please go on month by month.",
            SOCIAL_INSURANCE_LAW,
        ),
    ),
    checklist=points(
        ("缺少的月数核对无误", "The missing months are right"),
    ),
    answers="later",
)


class LandScheme(AboutPerson):
    """R10: a land-lost farmer's place in the land scheme."""

    land_scheme_number: str = told("被征地农民保障编号", "Number in the land scheme", min_length=1)


class Moved(Result):
    """The entitlement is carried over into the employees' scheme."""

    entry_number: str = told("转入编号", "Entry number", min_length=6)
    moved_on: date = told("转入日期", "Moved on")


def scheme_moved(request: LandScheme, ticket: Ticket) -> Moved:
    """Carried over."""
    number = f"ZD{request.county}{ticket.number % 10**8:08d}"
    return Moved(entry_number=number, moved_on=ticket.today)


LAND_RULE = Rule(
    "land-lost-farmers-pension",
    Words("浙江省被征地农民基本生活保障有关规定", "Zhejiang rules on land-lost farmers"),
    "转入职工养老保险",
    "U",
)

MOVE_LAND_SCHEME = PublicService(
    id="move-land-scheme-to-pension",
    title=Words("被征地农民保障转入职工养老保险", "Land scheme into the employees' pension"),
    summary=Words(
        "把被征地农民保障折算转入职工养老保险。",
        "Carries the land-lost farmers' scheme over into the employees' pension.",
    ),
    authority=HUMAN_RESOURCES,
    request=LandScheme,
    produces=Output("land-scheme-moved", Words("转入登记", "Carried over"), Moved),
    path="/land-scheme-moves",
    call=post_to("/land-scheme-moves", Moved),
    stand_in=scheme_moved,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(LAND_RULE,),
    fee=FEE,
    refusal_reasons=(
        reason(
            "not-in-scheme",
            "没有查到您参加被征地农民保障的记录。",
            "You are not on record in the land scheme.",
            LAND_RULE,
        ),
    ),
    checklist=points(
        ("保障编号属实", "The number is right"),
    ),
)


class MissingCover(AboutPerson):
    """R10: how many months of medical cover are missing, and of which kinds."""

    medical_gap: int = told("缺少月数", "Months missing", ge=1, le=360)
    medical_cover: list[str] = told("补缴项目", "Kinds of cover", min_length=1)
    approval_number: str = told("退休核准编号", "Approval number", default="")


def cover_paid(request: MissingCover, ticket: Ticket) -> PaidUp:
    """Booked without an amount: no rate was found."""
    number = f"YB{request.county}{ticket.number % 10**8:08d}"
    return PaidUp(receipt_number=number, paid_on=ticket.today, months=request.medical_gap)


MEDICAL_RULE = Rule(
    "social-insurance-law-27",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第二十七条",
    "U",
    date(2011, 7, 1),
)

PAY_MISSING_MEDICAL_YEARS = PublicService(
    id="pay-missing-medical-years",
    title=Words("职工医保缴费年限补缴", "Paying missing years of medical insurance"),
    summary=Words(
        "医保年限不够的，补足以后退休不再缴费。",
        "Missing years of medical insurance are paid once, so that cover goes on.",
    ),
    authority=HEALTHCARE_SECURITY,
    request=MissingCover,
    produces=Output("medical-paid-up", Words("医保补缴凭证", "Receipt"), PaidUp),
    path="/missing-medical-years",
    call=post_to("/missing-medical-years", PaidUp),
    stand_in=cover_paid,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(MEDICAL_RULE,),
    fee=Words(
        "应补缴的医保费，金额由医保部门核定，向税务部门缴纳",
        "The contributions due; the authority sets it, the tax service takes it",
    ),
    refusal_reasons=(
        reason(
            "years-enough",
            "医保年限已经够了，不用补缴。",
            "The years are enough: nothing is to be paid.",
            MEDICAL_RULE,
        ),
    ),
    checklist=points(
        ("缺少的月数按参保地核对", "Missing months by place of cover"),
    ),
    answers="later",
)


def _not_found(name: str, zh: str, en: str) -> Parameter:
    """A figure of Taizhou that was not found; what is usual elsewhere is no rule of Taizhou."""
    unit, unknown = Words("年", "years"), "没有查到台州市规定的年限，待医保部门确认"
    amount = Amount(None, unit, "3310", date(2011, 7, 1), unknown, "U")
    return Parameter(f"medical-least-years-{name}", Words(zh, en), (amount,))


MEDICAL_LEAST = {
    "1": _not_found("men", "职工医保最低缴费年限（男）", "Least years of medical cover, men"),
    "2": _not_found("women", "职工医保最低缴费年限（女）", "Least years of medical cover, women"),
}
ACTUAL_LEAST = _not_found(
    "actual", "其中最低实际缴费年限", "Of these, least years that were really paid"
)


def _least_medical(answers: Answers) -> Words | None:
    """The figures for whoever is not sure to have reached them; nothing else is said of them."""
    if answers.text("medical_enough") == "yes":
        return None
    found = [
        parameter.on(answers.today)
        for parameter in (MEDICAL_LEAST[answers.text("sex")], ACTUAL_LEAST)
    ]
    if not all(amount is not None and amount.confirmed for amount in found):
        return TO_BE_CONFIRMED
    least, actual = (amount.value for amount in found if amount is not None)
    return Words(f"{least}年，其中实际缴费{actual}年", f"{least} years, {actual} of them paid")


LEAST_MEDICAL = Reckoning(
    "least-medical-years",
    Words(
        "退休后享受职工医保，台州的最低缴费年限", "Least years for cover as a retiree in Taizhou"
    ),
    frozenset({"sex", "medical_enough"}),
    _least_medical,
    lambda words: words,
    MEDICAL_RULE,
)


class MedicalYears(AboutPerson):
    """R6: the years of medical insurance by place, and what was paid up."""

    medical_years: int = told("医保缴费满年数", "Full years", ge=0, le=60)
    medical_months: int = told("另有月数", "And months", ge=0, le=11)
    places: list[OtherPlace] = told("外地参保情况", "Places elsewhere", default=[])
    approval_number: str = told("退休核准编号", "Approval number", default="")
    receipt_number: str = told("补缴凭证号", "Receipt of what was paid up", default="")


class RetireeCover(Result):
    """Cover as a retiree; where years are short, how many are still to be paid."""

    cover_number: str = told("退休医保登记号", "Number of the cover", min_length=6)
    covered_from: date = told("退休医保待遇起始日", "Covered from")
    months_short: int = told("还差月数（够的填0）", "Months still short (0 for none)", ge=0, le=360)


def cover_changed(request: MedicalYears, ticket: Ticket) -> RetireeCover:
    """Changed; the years that Taizhou asks for were not found, so none are said to be short."""
    number = f"YT{request.county}{ticket.number % 10**8:08d}"
    return RetireeCover(cover_number=number, covered_from=ticket.today, months_short=0)


PAID_UP = paper(
    "medical-receipt",
    "医保补缴凭证",
    "Receipt of what was paid up",
    "核定后还差年限的，补缴以后用来接着办。",
    "Where years are found missing: it shows that they are paid.",
    output="pay-missing-medical-years",
    optional=True,
)

CHANGE_MEDICAL_TO_RETIREE = PublicService(
    id="change-medical-to-retiree",
    title=Words("职工医保缴费年限核定（在职转退休）", "Medical insurance: worker to retiree"),
    summary=Words(
        "核定医保年限，够的转为退休人员，不再缴费。",
        "Counts the years; who has enough is covered as a retiree without paying.",
    ),
    authority=HEALTHCARE_SECURITY,
    request=MedicalYears,
    produces=Output("retiree-cover", Words("退休医保待遇", "Cover as a retiree"), RetireeCover),
    path="/retiree-covers",
    call=post_to("/retiree-covers", RetireeCover),
    stand_in=cover_changed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(MEDICAL_RULE,),
    fee=Words(
        "年限够的不收费；不够的要补缴，金额待核定",
        "No fee with enough years; else contributions that are still to be set",
    ),
    evidence=(PAID_UP,),
    supplement_reasons=(
        reason(
            "medical-years-short",
            "医保年限还差（请写明月数）。补缴后上传凭证，我们接着办；不补缴的请说明。",
            "Months are missing (say how many): pay them, send the receipt, and we go on.",
            MEDICAL_RULE,
            PAID_UP,
        ),
        reason(
            "elsewhere-not-merged",
            "外地的医保年限还没有转入，请先办转移。",
            "Years elsewhere are not merged: please have them transferred.",
            MEDICAL_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "medical-years-not-paid",
            "医保年限不够，又不补缴，不能转为退休人员；可以参加城乡居民医保。",
            "Too few years and not paid up: no cover as a retiree; residents' cover is open.",
            MEDICAL_RULE,
        ),
    ),
    checklist=points(
        ("各地年限已合并", "Years of all places are merged"),
        ("还差年限的，先要求补缴，再转退休", "Where years are missing: ask for payment first"),
    ),
)
