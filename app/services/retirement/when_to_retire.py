"""When somebody retires, whether enough is paid by then, and what would make it enough."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.forms.answers import Answers
from app.forms.conditions import Condition, Holds, Is
from app.forms.moments import month_in_words, months_between
from app.services.retirement.pension import RESIDENT_AGE, RESIDENT_RULE
from app.vocabulary.life_event import Reckoning
from app.vocabulary.requirement import Amount, Parameter
from app.wording import Words
from app.workflow import retirement_age as ages
from app.workflow.deadlines import add_months

BY_AGE = frozenset({"normal", "officer"})
ASKED = frozenset({"sex", "born_on", "kind"})
MONTHS_A_YEAR = ages.MONTHS_A_YEAR
OPENS_BEFORE = Parameter(
    "retirement-application-opens",
    Words("退休申请最早提前多久提交", "How long before retirement one can apply"),
    (
        Amount(
            Decimal(12),
            ages.MONTHS,
            "33",
            ages.STARTS,
            "没有查到浙江省的规定（外地示例：提前2个月预约）；12个月是本平台的设定",
            "U",
        ),
    ),
)


def track_of(answers: Answers) -> ages.Track | None:
    """Whose old retirement age: of a woman the one that goes with her post, once she has said."""
    if answers.text("sex") == "1":
        return "man"
    chosen: dict[str, ages.Track] = {"50": "woman-50", "55": "woman-55"}
    return chosen.get(answers.text("base_age"))


def statutory_month(answers: Answers) -> date | None:
    """The month of the statutory age; None where somebody retires for another reason."""
    track = track_of(answers)
    if track is None or answers.text("kind") not in BY_AGE:
        return None
    return ages.statutory_month(track, answers.date("born_on"))


def retires_in(answers: Answers) -> date | None:
    """The month of retirement: the one that was chosen, else that of the statutory age."""
    for chosen in ("early_month", "late_month"):
        if answers.has(chosen):
            return answers.date(chosen)
    return statutory_month(answers)


def paid_months(answers: Answers) -> int | None:
    """Months paid to the pension, deemed ones among them; by a first estimate until filled in."""
    if answers.has("pension_years"):
        more = int(answers.number("pension_months")) if answers.has("pension_months") else 0
        return int(answers.number("pension_years")) * MONTHS_A_YEAR + more
    if answers.has("paid_about"):
        return int(answers.number("paid_about")) * MONTHS_A_YEAR
    return None


def has_paid_enough(answers: Answers) -> bool:
    """Whether the least time of the year of retirement is paid; true where one is not known."""
    month, paid = retires_in(answers), paid_months(answers)
    return month is None or paid is None or paid >= ages.least_months(month)


def enough_as_said(answers: Answers) -> bool:
    """Who says that enough was paid has paid the least time of the year of retirement."""
    return answers.text("years_enough") != "yes" or has_paid_enough(answers)


def short_as_said(answers: Answers) -> bool:
    """Who wants to pay what is missing has something missing."""
    pays = answers.text("years_enough") == "no" and answers.text("if_short") == "pay"
    return not pays or paid_months(answers) is None or shortage(answers) is not None


@dataclass(frozen=True, slots=True)
class Shortage:
    """Who has paid too little: how much is paid, and how much it has to be."""

    paid: int
    least: int

    @property
    def months(self) -> int:
        """How many months are missing."""
        return self.least - self.paid


def shortage(answers: Answers) -> Shortage | None:
    """What is missing for the month of retirement (or now, where there is none); None if enough."""
    paid = paid_months(answers)
    if paid is None:
        return None
    missing = Shortage(paid, ages.least_months(retires_in(answers) or answers.today))
    return missing if missing.months > 0 else None


def soonest_month(answers: Answers) -> date | None:
    """The first month in which enough is paid, paying on from this month; None if it is enough."""
    missing = shortage(answers)
    if missing is None:
        return None
    this_month = answers.today.replace(day=1)
    month = max(this_month, retires_in(answers) or this_month)
    while missing.paid + months_between(this_month, month) < ages.least_months(month):
        month = add_months(month, 1)
    return month


def _resident_month(answers: Answers) -> date | None:
    if shortage(answers) is None:
        return None
    return add_months(
        answers.date("born_on").replace(day=1), ages.in_force(RESIDENT_AGE, answers.today) * 12
    )


def _age(answers: Answers) -> tuple[int, int] | None:
    month = statutory_month(answers)
    return None if month is None else ages.age_in(month, answers.date("born_on"))


def _choice(answers: Answers) -> tuple[date, date] | None:
    track = track_of(answers)
    if track is None or answers.text("kind") != "normal":
        return None
    born = answers.date("born_on")
    return ages.earliest_month(track, born), ages.latest_month(track, born)


def _least(answers: Answers) -> int | None:
    month = retires_in(answers)
    return None if month is None else ages.least_months(month)


def in_years(months: int) -> Words:
    """A number of months as years and months."""
    years, rest = divmod(months, MONTHS_A_YEAR)
    if not years:
        return Words(f"{rest}个月", f"{rest} months")
    zh, en = f"{years}年", f"{years} years"
    return Words(f"{zh}{rest}个月", f"{en} and {rest} months") if rest else Words(zh, en)


def _old(age: tuple[int, int]) -> Words:
    zh = f"{age[0]}周岁" + (f"零{age[1]}个月" if age[1] else "")
    return Words(zh, f"{age[0]} years and {age[1]} months")


def _from_to(choice: tuple[date, date]) -> Words:
    first, last = (month_in_words(month) for month in choice)
    return Words(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def _missing(missing: Shortage) -> Words:
    gap, least, paid = (in_years(it) for it in (missing.months, missing.least, missing.paid))
    return Words(
        f"{gap.zh}（最低要{least.zh}，已缴{paid.zh}）",
        f"{gap.en} (at least {least.en}, paid {paid.en})",
    )


def _agreement(answers: Answers) -> date | None:
    month = statutory_month(answers)
    if month is None or answers.text("flexible") != "late":
        return None
    return add_months(month, -ages.in_force(ages.NOTICE_LATE, month))


STATUTORY_MONTH = Reckoning(
    "statutory-month",
    Words("法定退休年月", "Statutory month of retirement"),
    ASKED,
    statutory_month,
    month_in_words,
    ages.MEASURES,
)
STATUTORY_AGE = Reckoning(
    "statutory-age",
    Words("那时的年龄（法定退休年龄）", "Age in that month"),
    ASKED,
    _age,
    _old,
    ages.MEASURES,
)
FREE_CHOICE = Reckoning(
    "free-choice",
    Words("弹性退休可选的月份", "Months that can be chosen"),
    ASKED,
    _choice,
    _from_to,
    ages.FLEXIBLE_RULE,
)
AGREED_BY = Reckoning(
    "agreed-by",
    Words("延迟退休协议最晚在哪个月签", "Last month for the agreement on a later one"),
    ASKED | {"flexible"},
    _agreement,
    month_in_words,
    ages.FLEXIBLE_RULE,
)
LEAST_YEARS = Reckoning(
    "least-years",
    Words("退休当年的最低缴费年限", "Least time paid, in the year of retirement"),
    ASKED,
    _least,
    in_years,
    ages.MEASURES,
)
# What is missing and the three ways out of it: pay it, pay on, or take the residents' pension.
YEARS_SHORT = Reckoning(
    "years-short",
    Words("养老保险还差", "Still missing for the pension"),
    ASKED,
    shortage,
    _missing,
    ages.MEASURES,
)
SOONEST = Reckoning(
    "soonest-by-paying-on",
    Words("从本月起按月缴，最早满年限的月份", "Paying on from now, enough is paid in"),
    ASKED,
    soonest_month,
    month_in_words,
    ages.MEASURES,
)
RESIDENT_FROM = Reckoning(
    "resident-pension-from",
    Words("改领城乡居民养老金，满60周岁的月份", "For the residents' pension: 60 years old in"),
    ASKED,
    _resident_month,
    month_in_words,
    RESIDENT_RULE,
)
RECKONINGS = (
    STATUTORY_MONTH,
    STATUTORY_AGE,
    FREE_CHOICE,
    AGREED_BY,
    LEAST_YEARS,
    YEARS_SHORT,
    SOONEST,
    RESIDENT_FROM,
)


def _gap(answers: Answers) -> int:
    missing = shortage(answers)
    return missing.months if missing else 0


# For requests: 0 where enough is paid.
PENSION_GAP = Reckoning(
    "pension-gap",
    Words("养老保险还差月数", "Months missing for the pension"),
    ASKED,
    _gap,
    in_years,
    ages.MEASURES,
)


def _too_early(answers: Answers) -> bool:
    """The month in question is too far away: the first that can be chosen, or the statutory one."""
    track = track_of(answers)
    if track is None or answers.text("kind") not in BY_AGE:
        return False
    born = answers.date("born_on")
    only_statutory = answers.text("kind") == "officer" or answers.text("flexible") in {"no", "late"}
    first = (ages.statutory_month if only_statutory else ages.earliest_month)(track, born)
    return months_between(answers.today, first) > ages.in_force(OPENS_BEFORE, answers.today)


def _is_under_60(answers: Answers) -> bool:
    months = ages.in_force(RESIDENT_AGE, answers.today) * MONTHS_A_YEAR
    return add_months(answers.date("born_on"), months) > answers.today


# Of a woman it hangs on the old age that goes with her post too.
TOO_EARLY: Condition = (Is("sex", "1") & Holds(ASKED, _too_early)) | Holds(
    ASKED | {"base_age"}, _too_early
)
UNDER_60 = Holds(frozenset({"born_on"}), _is_under_60)
