"""Limits in working days, pauses, and days fixed by law."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, Literal

from app.forms.answers import Answers
from app.vocabulary.life_event import AbsoluteDeadline, LifeEvent
from app.vocabulary.public_service import Limit, NotBefore, PublicService
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.holidays import is_estimated, is_working_day

Risk = Literal["overdue", "today", "soon", "fine"]

_DAY = timedelta(days=1)
SOON_WORKING_DAYS = 2
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7
_HOURS_A_DAY = 24


def add_working_days(start: date, days: int) -> date:
    """The day that is `days` working days after `start`; the count begins the day after.

    0 gives `start` itself. Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("working days are counted forward")
    day = start
    while days:
        day += _DAY
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative where `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * ahead) for ahead in range(1, (end - start).days + 1))


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where it is shorter.

    Rule: Civil Code Art. 202: without a corresponding day, the period ends with the month.
    """
    count = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(wait: NotBefore, opened_on: date) -> date:
    """The last day of what a service has to wait for, such as a public notice."""
    if wait.working:
        return add_working_days(opened_on, wait.days)
    return opened_on + _DAY * wait.days


def first_day_after(wait: NotBefore, opened_on: date) -> date:
    """The first day on which the service may be granted."""
    return last_day_of(wait, opened_on) + _DAY


def expected_days(service: PublicService[Any, Any], default: int) -> int:
    """Working days after which a service is expected to be done.

    `default` stands for a promise that is not known. Of excluded time only what is known
    beforehand counts, such as the days of a notice and the one on which it is closed.
    """
    waits = service.not_before
    least = 0
    if waits is not None:
        least = 1 + (waits.days if waits.working else ceil(waits.days * 5 / _DAYS_A_WEEK))
    if service.excluded:
        return least
    limit = service.promised
    if limit.hours is not None:
        return ceil(limit.hours / _HOURS_A_DAY)
    return max(least, default if limit.working_days is None else limit.working_days)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that are not counted, with the reason that the applicant is told.

    `until` is the day on which the clock runs again; None while it still stands.
    """

    since: date
    reason: Words
    until: date | None = None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day of a limit; `estimated` where the holidays until then are not published."""

    day: date
    estimated: bool


@dataclass(frozen=True, slots=True)
class LimitClock:
    """A limit in working days that runs from acceptance and stands still during pauses."""

    accepted_on: date
    limit: Limit
    pauses: tuple[Pause, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still now."""
        return any(pause.until is None for pause in self.pauses)

    def due(self, today: date) -> DueDay | None:
        """The last day of the limit as of `today` (an open pause moves it on day by day).

        None where the limit has no figure.
        """
        if self.limit.working_days is None:
            return None
        day = add_working_days(self.accepted_on, self.limit.working_days)
        for pause in sorted(self.pauses, key=lambda pause: pause.since):
            if pause.since <= day:
                lasted = working_days_between(pause.since, max(pause.since, pause.until or today))
                day = add_working_days(day, lasted)
        return DueDay(day, is_estimated(day))

    def risk(self, today: date) -> Risk:
        """How near the limit is; without a figure, or while the clock stands, it is fine."""
        due = self.due(today)
        return "fine" if due is None or self.is_paused else risk(due.day, today)


def risk(due: date, today: date, soon: int = SOON_WORKING_DAYS) -> Risk:
    """How near a day is: overdue, today, within `soon` working days, or fine."""
    if today > due:
        return "overdue"
    if today == due:
        return "today"
    return "soon" if working_days_between(today, due) <= soon else "fine"


@dataclass(frozen=True, slots=True)
class DeadlineDay:
    """A day fixed by law for one case, or for one item of it (counted from 0).

    It is told as counted, never moved behind a holiday: who keeps it is on the safe side.
    """

    deadline: AbsoluteDeadline
    day: date
    days_left: int
    item: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the day is over."""
        return self.days_left < 0

    @property
    def title(self) -> Words:
        """What has to be done by then."""
        return self.deadline.title

    @property
    def consequence(self) -> Words:
        """What follows when it is missed."""
        return self.deadline.consequence


def absolute_deadlines(event: LifeEvent, answers: Answers) -> tuple[DeadlineDay, ...]:
    """The days fixed by law for these answers, the nearest first; none before the date is known."""
    found = [
        DeadlineDay(deadline, day, (day - answers.today).days, item)
        for deadline in event.deadlines
        if deadline.applies.holds(answers)
        for item, counted_from in _counted_from(event, deadline, answers)
        for day in [_last_day(deadline, counted_from)]
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.item or 0)))


def _last_day(deadline: AbsoluteDeadline, counted_from: date) -> date:
    day = add_months(counted_from, deadline.months) + _DAY * deadline.days
    if deadline.year_end is None:
        return day
    return date(day.year + deadline.year_end, _MONTHS_A_YEAR, 31)


def _counted_from(
    event: LifeEvent, deadline: AbsoluteDeadline, answers: Answers
) -> Iterator[tuple[int | None, date]]:
    """The date from which a deadline counts; per item where the items have different ones."""
    question = deadline.counted_from
    groups = [
        page.each.id
        for page in event.pages
        if page.each and any(asked.id == question for asked in page.questions)
    ]
    if not groups:
        if answers.has(question):
            yield None, answers.date(question)
        return
    days = {
        index: item.date(question)
        for index, item in enumerate(answers.items(groups[0]))
        if item.has(question)
    }
    if len(set(days.values())) == 1:
        yield None, next(iter(days.values()))
    else:
        yield from days.items()
