"""Days and times as people type them (year, month, day, hour, minute) and as they are kept."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from app.forms.parts import Parts, Problem, text_of
from app.forms.tidying import in_ascii
from app.wording import Words

DAY_PARTS = ("year", "month", "day")
MONTH_PARTS = ("year", "month")
TIME_PARTS = ("hour", "minute")
_PART_NAMES = {
    "year": Words("年", "year"),
    "month": Words("月", "month"),
    "day": Words("日", "day"),
    "hour": Words("时", "hour"),
    "minute": Words("分", "minute"),
}
_FIRST_YEAR = 1850
_NUMBER = re.compile(r"[0-9]{1,4}")
_KEPT_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_KEPT_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_KEPT_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_words(day: date) -> Words:
    """A day as people write it: 2026年3月27日, 27 March 2026."""
    return Words(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def month_in_words(month: date) -> Words:
    """The month of a day: 2026年3月, March 2026."""
    return Words(f"{month.year}年{month.month}月", f"{_MONTHS[month.month - 1]} {month.year}")


def months_between(first: date, second: date) -> int:
    """Whole calendar months from the month of `first` to that of `second`; may be negative."""
    return (second.year - first.year) * len(_MONTHS) + second.month - first.month


def spread_month(value: object) -> Parts | None:
    """A kept month (`2026-03`) as its parts; None where it is not one."""
    found = _KEPT_MONTH.fullmatch(value) if isinstance(value, str) else None
    return dict(zip(MONTH_PARTS, found.groups(), strict=True)) if found else None


def spread_day(value: object) -> Parts | None:
    """A kept day (`2026-03-27`) as its parts; None where it is not one."""
    found = _KEPT_DAY.fullmatch(value) if isinstance(value, str) else None
    return dict(zip(DAY_PARTS, found.groups(), strict=True)) if found else None


def spread_moment(value: object) -> Parts | None:
    """A kept local moment (`2026-03-27T08:30`) as its parts; None where it is not one."""
    found = _KEPT_MOMENT.fullmatch(value) if isinstance(value, str) else None
    return dict(zip(DAY_PARTS + TIME_PARTS, found.groups(), strict=True)) if found else None


def _numbers(parts: Parts, names: tuple[str, ...]) -> dict[str, int] | Problem | None:
    """The parts as numbers; None where all are empty, a Problem at the first that is not right."""
    typed = {
        name: in_ascii(text_of(parts, name)).strip().rstrip("年月日号时点分") for name in names
    }
    if not any(typed.values()):
        return None
    numbers: dict[str, int] = {}
    for name, text in typed.items():
        called = _PART_NAMES[name]
        if not text:
            message = Words(f"还缺“{called.zh}”，请补上。", f"The {called.en} is missing; add it.")
            return Problem(message, name)
        if not _NUMBER.fullmatch(text):
            message = Words(
                f"“{called.zh}”要填数字，例如2026年3月27日。",
                f"The {called.en} must be a number, for example 2026 3 27.",
            )
            return Problem(message, name)
        numbers[name] = int(text)
    return numbers


def _day(numbers: Mapping[str, int]) -> date | Problem:
    if numbers["year"] < _FIRST_YEAR:
        return Problem(
            Words("年份要填四位数，例如2026。", "Enter the year with four digits, like 2026."),
            "year",
        )
    try:
        return date(numbers["year"], numbers["month"], numbers["day"])
    except ValueError:
        message = Words(
            "没有这一天，请核对年月日。", "There is no such day; check year, month and day."
        )
        return Problem(message, "day" if numbers["month"] in range(1, 13) else "month")


def outside(day: date, today: date, past_days: int | None, ahead_days: int) -> Problem | None:
    """What is wrong with a day that is too early or too late, counted in days from `today`."""
    if (day - today).days > ahead_days:
        if ahead_days == 0:
            return Problem(
                Words(
                    "日期不能晚于今天，请核对后重新填写。",
                    "The date cannot be after today; check it and enter it again.",
                ),
                "year",
            )
        last = day_in_words(today + timedelta(days=ahead_days))
        return Problem(
            Words(f"请填写{last.zh}或之前的日期。", f"Enter a date not after {last.en}."), "year"
        )
    if past_days is not None and (today - day).days > past_days:
        first = day_in_words(today - timedelta(days=past_days))
        return Problem(
            Words(f"请填写{first.zh}或之后的日期。", f"Enter a date not before {first.en}."), "year"
        )
    return None


def read_day(
    parts: Parts, today: date, past_days: int | None, ahead_days: int
) -> str | Problem | None:
    """A day as it is kept (`2026-03-27`), a Problem, or None where nothing was typed."""
    numbers = _numbers(parts, DAY_PARTS)
    if numbers is None or isinstance(numbers, Problem):
        return numbers
    day = _day(numbers)
    if isinstance(day, Problem):
        return day
    return outside(day, today, past_days, ahead_days) or day.isoformat()


def read_month(
    parts: Parts, today: date, past_months: int | None, ahead_months: int
) -> str | Problem | None:
    """A month as it is kept (`2026-03`), a Problem, or None where nothing was typed."""
    numbers = _numbers(parts, MONTH_PARTS)
    if numbers is None or isinstance(numbers, Problem):
        return numbers
    month = _day({**numbers, "day": 1})
    if isinstance(month, Problem):
        return month
    ahead = months_between(today, month)
    if ahead > ahead_months:
        last = month_in_words(_month_from(today, ahead_months))
        return Problem(
            Words(f"请填写{last.zh}或之前的月份。", f"Enter a month not after {last.en}."), "year"
        )
    if past_months is not None and -ahead > past_months:
        first = month_in_words(_month_from(today, -past_months))
        return Problem(
            Words(f"请填写{first.zh}或之后的月份。", f"Enter a month not before {first.en}."),
            "year",
        )
    return f"{month:%Y-%m}"


def _month_from(day: date, months: int) -> date:
    year, month = divmod(day.year * len(_MONTHS) + day.month - 1 + months, len(_MONTHS))
    return date(year, month + 1, 1)


def read_moment(
    parts: Parts, today: date, past_days: int | None, ahead_days: int
) -> str | Problem | None:
    """A local moment as it is kept (`2026-03-27T08:30`), a Problem, or None where all is empty."""
    numbers = _numbers(parts, DAY_PARTS + TIME_PARTS)
    if numbers is None or isinstance(numbers, Problem):
        return numbers
    day = _day(numbers)
    if isinstance(day, Problem):
        return day
    try:
        moment = datetime.combine(day, time(numbers["hour"], numbers["minute"]))
    except ValueError:
        message = Words(
            "时间要填0到23时、0到59分。", "Enter an hour from 0 to 23 and a minute from 0 to 59."
        )
        return Problem(message, "hour")
    return outside(day, today, past_days, ahead_days) or moment.strftime("%Y-%m-%dT%H:%M")
