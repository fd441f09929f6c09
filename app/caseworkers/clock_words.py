"""The clock of a task in words: until when, what is left, what does not count or is too early."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.cases.portal import CITY_TIME
from app.cases.reviewing import TaskView
from app.caseworkers.queue_words import (
    COLOURS,
    by_the_hour_words,
    days_left_words,
    excluded_words,
)
from app.forms.moments import day_in_words
from app.vocabulary.public_service import ExcludedTime, Limit
from app.wording import Words
from app.workflow.deadlines import first_day_after, last_day_of, risk

TO_BE_CONFIRMED: Final = Words("（待主管部门确认）", " (to be confirmed)")


def left(view: TaskView, today: date) -> Words:
    """How much of the promised time is left; for excluded time, until when it lasts."""
    if view.promised_at is not None:
        return by_the_hour_words(view.promised_at)
    if view.service.excluded is not None and view.promised_on > today:
        return excluded_words(view.promised_on)
    return days_left_words((view.promised_on - today).days)


def colour(view: TaskView, today: date) -> str:
    if view.promised_at is not None:
        return COLOURS["overdue" if view.promised_at < datetime.now(CITY_TIME) else "today"]
    if view.service.excluded is not None and view.promised_on > today:
        return "grey"
    return COLOURS[risk(view.promised_on, today)]


def too_early(view: TaskView, today: date) -> Words | None:
    """That it cannot be granted yet, and from when on it can."""
    wait = view.service.not_before
    if wait is None:
        return None
    opened_on = view.opened_at.astimezone(CITY_TIME).date()
    first = first_day_after(wait, opened_on)
    if today >= first:
        return None
    last, day = day_in_words(last_day_of(wait, opened_on)), day_in_words(first)
    return Words(
        f"{wait.what.zh}到{last.zh}为止，最早{day.zh}可以办结。有异议的，现在就可以不予办理。",
        f"{wait.what.en} until {last.en}; it can be finished from {day.en}. "
        "If somebody objects it can be refused now.",
    )


def clock(view: TaskView, today: date, *, running: bool) -> list[Mapping[str, Any]]:
    excluded = view.service.excluded
    if excluded is not None:
        rows = _excluded(view, excluded)
    else:
        promised = day_in_words(view.promised_on)
        if view.promised_at is not None:
            promised = moment_words(view.promised_at)
        note = _source(view.service.promised)
        rows = [{"key": Words("承诺办结", "Promised by"), "value": promised, "note": note}]
    if view.statutory_on:
        rows.append(
            {
                "key": Words("法定期限", "By law until"),
                "value": day_in_words(view.statutory_on),
                "note": _source(view.service.statutory),
            }
        )
    if view.paused_at:
        since = day_in_words(view.paused_at.astimezone(CITY_TIME).date())
        rows.append(
            {
                "key": Words("时限暂停", "Clock stopped"),
                "value": Words(f"{since.zh}起", f"since {since.en}"),
                "note": Words("等申请人补正，不计入时限。", "Waiting for the applicant."),
            }
        )
    elif running:
        rows.append({"key": Words("剩余", "Left"), "value": left(view, today), "note": None})
    return rows


def _excluded(view: TaskView, excluded: ExcludedTime) -> list[Mapping[str, Any]]:
    """Why the clock does not run, and from when on it can be finished."""
    rows: list[Mapping[str, Any]] = [
        {
            "key": Words("特别程序", "Special procedure"),
            "value": Words("不计入办理时限", "Its time does not count"),
            "note": Words(
                f"{excluded.why.zh}（{excluded.rule.title.zh}{excluded.rule.reference}）",
                f"{excluded.why.en} ({excluded.rule.title.en} {excluded.rule.reference})",
            ),
        }
    ]
    wait = view.service.not_before
    if wait is not None:
        opened_on = view.opened_at.astimezone(CITY_TIME).date()
        value = day_in_words(first_day_after(wait, opened_on))
        note = Words(wait.source, wait.source) if wait.source else None
        rows.append(
            {"key": Words("最早可办结", "Can be finished from"), "value": value, "note": note}
        )
    return rows


def _source(limit: Limit) -> Words | None:
    """Where a limit comes from; one without a confirmed source says so."""
    if limit.confirmed or TO_BE_CONFIRMED.zh.strip("（）") in limit.source:
        return Words(limit.source, limit.source)
    return Words(f"{limit.source}{TO_BE_CONFIRMED.zh}", f"{limit.source}{TO_BE_CONFIRMED.en}")


def moment_words(at: datetime) -> Words:
    """A day with its hour, in the city."""
    here = at.astimezone(CITY_TIME)
    day = day_in_words(here.date())
    return Words(f"{day.zh} {here:%H:%M}", f"{day.en}, {here:%H:%M}")
