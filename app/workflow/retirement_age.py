"""When somebody may retire: statutory age, earlier or later by choice, and least years paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.moments import months_between
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words
from app.workflow.deadlines import add_months

# Whose old retirement age: a man's 60, a woman's 55 (manager, technical), a woman's 50 (worker).
Track = Literal["man", "woman-55", "woman-50"]
TRACKS: tuple[Track, ...] = ("man", "woman-55", "woman-50")
MONTHS_A_YEAR = 12

STARTS = date(2025, 1, 1)
DECISION = Rule(
    "retirement-age-decision",
    Words(
        "全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定",
        "Decision on raising the statutory retirement age step by step",
    ),
    "2024年9月13日通过",
    "B",
    STARTS,
)
MEASURES = Rule(
    "retirement-age-measures",
    Words(
        "国务院关于渐进式延迟法定退休年龄的办法",
        "State Council measures on raising the statutory retirement age",
    ),
    "第一条、第二条",
    "B",
    STARTS,
)
FLEXIBLE_RULE = Rule(
    "flexible-retirement-measures",
    Words("实施弹性退休制度暂行办法", "Interim measures on flexible retirement"),
    "2025年1月1日起施行",
    "C",
    STARTS,
)

MONTHS = Words("个月", "months")
SOURCE = "全国人大常委会决定、国务院办法第一条"


def _since_2025(id_: str, zh: str, en: str, months: int) -> Parameter:
    amount = Amount(Decimal(months), MONTHS, "", STARTS, SOURCE, "B")
    return Parameter(id_, Words(zh, en), (amount,))


@dataclass(frozen=True, slots=True)
class Transition:
    """How one old age rises: a month for every `step` months from January 2025, to `most`."""

    old_age: Parameter
    step: Parameter
    most: Parameter


def _transition(track: str, zh: str, en: str, old: int, step: int, most: int) -> Transition:
    return Transition(
        _since_2025(f"old-age-{track}", f"{zh}原法定退休年龄", f"Old age, {en}", old),
        _since_2025(f"step-{track}", f"{zh}每延迟1个月的间隔", f"Months a step, {en}", step),
        _since_2025(f"most-{track}", f"{zh}最多延迟", f"Most delay, {en}", most),
    )


TRANSITIONS: dict[Track, Transition] = {
    "man": _transition("man", "男职工", "men", 60 * 12, 4, 36),
    "woman-55": _transition("woman-55", "原55周岁女职工", "women of 55", 55 * 12, 4, 36),
    "woman-50": _transition("woman-50", "原50周岁女职工", "women of 50", 50 * 12, 2, 60),
}

FIRST_RISE, LAST_RISE, RISE_A_YEAR, MONTHS_BEFORE = 2030, 2039, 6, 180
LEAST_PAID = Parameter(
    "pension-least-months",
    Words("按月领取基本养老金最低缴费年限", "Least time paid for a monthly pension"),
    (
        Amount(
            Decimal(MONTHS_BEFORE),
            MONTHS,
            "",
            date(2011, 7, 1),
            "社会保险法第十六条；国务院办法第二条",
            "A",
            date(FIRST_RISE - 1, 12, 31),
        ),
        *(
            Amount(
                Decimal(MONTHS_BEFORE + RISE_A_YEAR * (year - FIRST_RISE + 1)),
                MONTHS,
                "",
                date(year, 1, 1),
                "国务院办法第二条：2030年起每年提高6个月，到20年",
                "A",
                date(year, 12, 31) if year < LAST_RISE else None,
            )
            for year in range(FIRST_RISE, LAST_RISE + 1)
        ),
    ),
)


def _flexible(id_: str, zh: str, en: str, months: int) -> Parameter:
    amount = Amount(Decimal(months), MONTHS, "", STARTS, "实施弹性退休制度暂行办法", "C")
    return Parameter(id_, Words(zh, en), (amount,))


MOST_BY_CHOICE = _flexible("flexible-most", "弹性退休最长", "Most by choice", 36)
NOTICE_EARLY = _flexible("flexible-notice-early", "提前退休告知期", "Notice, earlier", 3)
NOTICE_LATE = _flexible("flexible-notice-late", "延迟退休协议期", "Agreement, later", 1)


def in_force(parameter: Parameter, day: date) -> int:
    """A parameter as a whole number on a day; before its first day, its first value.

    Raises ValueError where no value was found.
    """
    amount = parameter.on(max(day, parameter.amounts[0].from_day))
    if amount is None or amount.value is None:
        raise ValueError(f"{parameter.id} has no value on {day}")
    return int(amount.value)


def old_month(track: Track, born: date) -> date:
    """The first day of the month of retirement under the rule before 2025."""
    months = in_force(TRANSITIONS[track].old_age, STARTS)
    return add_months(born.replace(day=1), months)


def delay(track: Track, born: date) -> int:
    """Months by which the statutory age rises for somebody of this birthday (MEASURES Art. 1)."""
    rises, since = TRANSITIONS[track], months_between(STARTS, old_month(track, born))
    if since < 0:
        return 0
    step, most = in_force(rises.step, STARTS), in_force(rises.most, STARTS)
    return min(since // step + 1, most)


def statutory_month(track: Track, born: date) -> date:
    """The first day of the month in which the statutory age is reached."""
    return add_months(old_month(track, born), delay(track, born))


def earliest_month(track: Track, born: date) -> date:
    """The first month that can be chosen: 3 years before, never below the old age (FLEXIBLE)."""
    statutory = statutory_month(track, born)
    chosen = add_months(statutory, -in_force(MOST_BY_CHOICE, statutory))
    return max(chosen, old_month(track, born))


def latest_month(track: Track, born: date) -> date:
    """The last month to which retirement can be put off by agreement: 3 years later."""
    statutory = statutory_month(track, born)
    return add_months(statutory, in_force(MOST_BY_CHOICE, statutory))


def age_in(month: date, born: date) -> tuple[int, int]:
    """Years and months of age reached in a month."""
    years, months = divmod(months_between(born, month), MONTHS_A_YEAR)
    return years, months


def least_months(month: date) -> int:
    """Months that must have been paid (with deemed ones) to retire in that month: 180 to 240."""
    return in_force(LEAST_PAID, month)


def may_retire_early(track: Track, born: date, month: date, paid: int) -> bool:
    """Whether an earlier month can be chosen with so many months paid."""
    in_time = earliest_month(track, born) <= month < statutory_month(track, born)
    return in_time and paid >= least_months(month)


def may_retire_late(track: Track, born: date, month: date) -> bool:
    """Whether a later month can be agreed on."""
    return statutory_month(track, born) < month <= latest_month(track, born)
