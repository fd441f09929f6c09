"""The State Council's holidays and make-up working days, as far as they are published."""

from datetime import date
from functools import cache

from chinese_calendar.constants import holidays, workdays

_SATURDAY = 5


@cache
def calendar_ends() -> date:
    """The last day of the last year whose holidays are known; later days are estimated."""
    return date(max(holidays).year, 12, 31)


def is_estimated(day: date) -> bool:
    """Whether the holidays of that day's year are not published yet."""
    return day > calendar_ends()


def is_working_day(day: date) -> bool:
    """Whether offices work that day; beyond the published years every weekday counts as one.

    Rule: the State Council's yearly notice of holidays, make-up Saturdays and Sundays included.
    """
    if day in workdays:
        return True
    return day.weekday() < _SATURDAY and day not in holidays
