"""Days and hours by which a step is promised and by which it must be done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.cases.portal import CITY_TIME
from app.vocabulary.public_service import PublicService
from app.workflow.deadlines import (
    add_working_days,
    expected_days,
    first_day_after,
    working_days_between,
)
from app.workflow.holidays import is_working_day

# 行政许可法 Art. 42: 20 working days from acceptance. The model where an item's own limit was not
# found; pages say "to be confirmed" beside it.
GENERAL_LIMIT_DAYS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The promised and the statutory day of one step; None where no limit runs.

    `promised_at` is the hour, for a promise in hours.
    """

    promised_on: date | None
    statutory_on: date | None
    promised_at: datetime | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """As the columns of a step's row."""
        return {
            "promised_on": self.promised_on,
            "statutory_on": self.statutory_on,
            "promised_at": self.promised_at,
        }


def limits_of(service: PublicService[Any, Any], opened: datetime) -> Limits:
    """The limits of a step of `service` that is opened now; days are counted from tomorrow.

    Excluded time has none. A notice is due on the first day on which somebody can say how it went.
    """
    today = opened.astimezone(CITY_TIME).date()
    if service.excluded:
        return Limits(_due_after_waiting(service, today), None)
    statutory = service.statutory.working_days
    longest = GENERAL_LIMIT_DAYS if statutory is None else statutory
    last = add_working_days(today, longest)
    if service.promised.hours is not None:
        by = opened + timedelta(hours=service.promised.hours)
        return Limits(by.astimezone(CITY_TIME).date(), last, by)
    promised = service.promised.working_days
    return Limits(add_working_days(today, longest if promised is None else promised), last)


def _due_after_waiting(service: PublicService[Any, Any], opened_on: date) -> date | None:
    """The first working day after what the service has to wait for; None where it need not."""
    if service.not_before is None:
        return None
    day = first_day_after(service.not_before, opened_on)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def day_for_a_desk(limits: Limits, today: date) -> date:
    """The day by which a queue is ordered, for a step without a limit too."""
    return limits.promised_on or add_working_days(today, GENERAL_LIMIT_DAYS)


def moved_by_excluded(
    due: date | None, service: PublicService[Any, Any], opened_on: date, today: date
) -> date | None:
    """A case's day moved on by what a special procedure took beyond what was known before."""
    if due is None or service.excluded is None:
        return due
    longer = working_days_between(opened_on, today) - expected_days(service, 0)
    return add_working_days(due, max(0, longer))


def moved_by_pause(due: date | None, paused_on: date, today: date) -> date | None:
    """A day moved on by the working days during which the clock stood still."""
    if due is None:
        return None
    return add_working_days(due, working_days_between(paused_on, today))
