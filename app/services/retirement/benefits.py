"""What there is to live on after retirement: the employees' pension, or the residents' one."""

from decimal import Decimal

from app.forms.conditions import Is, Not
from app.services.retirement.application import SOCIAL_INSURANCE_LAW
from app.services.retirement.pension import RESIDENT_AGE, RESIDENT_RULE
from app.vocabulary import benefit_facts as facts
from app.vocabulary.benefit import Benefit, Facts, Truth, fits, needs, none_of
from app.vocabulary.requirement import Amount, Parameter
from app.wording import Words
from app.workflow import retirement_age as ages
from app.workflow.of_age import OF_AGE, track_told

EVENT = "retirement"
# General knowledge without a source: told as such, and nothing is reckoned from it.
UNSOURCED = "通行算法，没有查到出处；起始日未查到"
DIVISORS = {
    track: Parameter(
        f"pension-divisor-{age}",
        Words(f"个人账户计发月数（{age}岁退休）", f"Divisor of the own account at {age}"),
        (Amount(Decimal(months), ages.MONTHS, "", ages.STARTS, UNSOURCED, "U"),),
    )
    for track, age, months in (("man", 60, 139), ("woman-55", 55, 170), ("woman-50", 50, 195))
}
SHARE_A_YEAR = Parameter(
    "pension-share-a-year",
    Words("基础养老金每缴1年的比例", "Basic pension for each year paid"),
    (Amount(Decimal(1), Words("%", "%"), "", ages.STARTS, UNSOURCED, "U"),),
)
AVERAGE_WAGE = Parameter(
    "pension-average-wage",
    Words("计发养老金的平均工资", "Average wage for the pension"),
    (
        Amount(
            None,
            Words("元/月", "yuan a month"),
            "33",
            ages.STARTS,
            "没有查到现行标准和地方过渡办法，待人社部门确认",
            "U",
        ),
    ),
)
RESIDENT_BASIC = Parameter(
    "resident-basic-pension",
    Words("城乡居民基础养老金", "Basic part of the residents' pension"),
    (
        Amount(
            None,
            Words("元/月", "yuan a month"),
            "3310",
            ages.STARTS,
            "没有查到台州市现行标准，待人社部门确认",
            "U",
        ),
    ),
)


def _paid_enough(known: Facts) -> Truth:
    """The least time of this year; full years alone leave up to eleven months open."""
    if "pension_paid" in known.open:
        return None
    years, least = known.number("pension_paid"), known.rate(ages.LEAST_PAID)
    if years is None or least is None:
        return False
    paid = years * ages.MONTHS_A_YEAR
    if paid >= least:
        return True
    return None if paid + ages.MONTHS_A_YEAR > least else False


def _is_60(known: Facts) -> Truth:
    age, least = known.number("age_years"), known.rate(RESIDENT_AGE)
    if age is None or least is None:
        return None
    return age >= least


def _pension(known: Facts) -> Decimal | None:
    """Never a figure: the average wage, the index and the own account are the insurance's."""
    track = track_told(known)
    for value in (AVERAGE_WAGE, SHARE_A_YEAR, *((DIVISORS[track],) if track else ())):
        known.rate(value)
    return None


NOT_DRAWN = needs(
    "not-drawn", SOCIAL_INSURANCE_LAW, none_of(fits(Is("retires_as", "employee")))
).says(
    "没有在领职工养老金",
    "No employees' pension is drawn",
    "已经在领职工养老金，不能重复领取。",
    "An employees' pension is drawn already; nobody draws two.",
)
EMPLOYEE_PENSION = Benefit(
    id="employee-pension",
    title=Words("职工基本养老金", "Employees' pension"),
    summary=Words(
        "到龄、缴满最低年限的按月领。通行算法（出处待核）：（平均工资＋本人指数化工资）÷2×缴费年数×1%"
        "＋个人账户÷计发月数＋地方过渡部分。金额由社保机构核定。",
        "Paid monthly. As a rule (no source found): half of average and indexed wage, times years, "
        "times 1%, plus the own account by its divisor, plus local parts. The insurance decides.",
    ),
    questions=(facts.AGE, facts.RETIRES_AS, facts.PENSION_PAID),
    needs=(
        OF_AGE,
        needs("years", ages.MEASURES, _paid_enough).says(
            "缴满今年的最低缴费年限",
            "The least time of this year is paid",
            "缴费年限不够：可以补缴、继续缴，或改领居民养老金。",
            "Too few years: pay them, pay on, or take the residents' pension.",
        ),
        NOT_DRAWN,
    ),
    starts=EVENT,
    presets={"kind": "normal"},
    reckon=_pension,
    settled=(*facts.SETTLED, "retires_as"),
    rising=(*facts.RISING, "pension_paid"),
)
RESIDENT_PENSION = Benefit(
    id="resident-pension",
    title=Words("城乡居民养老金", "Residents' pension"),
    summary=Words(
        "没有职工养老金的，满60周岁按月领；标准待确认。",
        "From 60 on for those without an employees' pension; the rate is to be confirmed.",
    ),
    questions=(facts.HOME, facts.AGE, facts.RETIRES_AS, facts.PENSION_PAID),
    needs=(
        needs("registered", RESIDENT_RULE, facts.LOCAL).says(
            "户口在台州",
            "Registered in Taizhou",
            "请在户籍地申请。",
            "Please apply where registered.",
        ),
        needs("sixty", RESIDENT_RULE, _is_60).says(
            "满60周岁", "60 or more", "满60周岁后可以领。", "From 60 on."
        ),
        needs("no-employee-pension", RESIDENT_RULE, none_of(_paid_enough)).says(
            "职工养老年限不够，或没有缴过",
            "Too few years of the employees' pension, or none",
            "职工养老缴满年限的，领职工养老金。",
            "With enough years the employees' pension is drawn.",
        ),
        needs("no-pension", RESIDENT_RULE, Not(Is("retires_as", "employee", "resident"))).says(
            "没有在领养老金",
            "No pension is drawn",
            "已经在领养老金。",
            "A pension is drawn already.",
        ),
    ),
    starts=EVENT,
    presets={"years_enough": "no", "if_short": "resident"},
    reckon=lambda known: known.rate(RESIDENT_BASIC),
    settled=(*facts.SETTLED, "retires_as"),
    rising=(*facts.RISING, "pension_paid"),
)
