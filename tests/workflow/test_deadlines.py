from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.conditions import ALWAYS
from app.vocabulary.public_service import Limit
from app.wording import Words
from app.workflow.deadlines import (
    LimitClock,
    Pause,
    absolute_deadlines,
    add_months,
    add_working_days,
    risk,
    working_days_between,
)
from app.workflow.holidays import calendar_ends, is_estimated, is_working_day
from tests.workflow.declared import Step, child_asked, make_case, make_event, make_service

HEARING = Words("听证", "Hearing")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 9, 20), True),  # a Sunday that is worked instead
        (date(2026, 2, 14), True),  # a Saturday that is worked instead
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_the_state_council_s_calendar_is_kept(day, works):
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a worked Saturday
    ],
)
def test_the_count_begins_the_day_after(start, days, due):
    assert add_working_days(start, days) == due


def test_days_beyond_the_published_calendar_are_weekdays_and_said_to_be_estimated():
    beyond = calendar_ends() + timedelta(days=1)
    assert is_estimated(beyond)
    assert not is_estimated(calendar_ends())
    weekdays = sum((beyond + timedelta(days=ahead)).weekday() < 5 for ahead in range(365))
    assert working_days_between(calendar_ends(), calendar_ends() + timedelta(days=365)) == weekdays


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_adding_and_counting_fit_each_other(start, days):
    due = add_working_days(start, days)
    assert working_days_between(start, due) == days
    assert working_days_between(due, start) == -days
    assert days == 0 or is_working_day(due)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 10, 31), 13, date(2027, 11, 30)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_end_with_the_month_where_the_day_is_missing(day, months, later):
    assert add_months(day, months) == later


def clock(*pauses, days=5):
    return LimitClock(date(2026, 11, 2), Limit(days), tuple(pauses))


def test_a_limit_is_due_after_its_working_days():
    due = clock().due(date(2026, 11, 3))
    assert due is not None
    assert (due.day, due.estimated) == (date(2026, 11, 9), False)


def test_a_closed_pause_moves_the_due_day_on():
    pause = Pause(date(2026, 11, 4), HEARING, until=date(2026, 11, 6))
    assert clock(pause).due(date(2026, 11, 20)).day == date(2026, 11, 11)


def test_an_open_pause_moves_it_day_by_day_and_is_never_late():
    standing = clock(Pause(date(2026, 11, 4), HEARING))
    assert standing.is_paused
    assert standing.due(date(2026, 11, 4)).day == date(2026, 11, 9)
    assert standing.due(date(2026, 11, 18)).day == date(2026, 11, 23)
    assert standing.risk(date(2026, 12, 30)) == "fine"


def test_a_pause_after_the_due_day_changes_nothing():
    late = Pause(date(2026, 11, 16), HEARING, until=date(2026, 11, 20))
    assert clock(late).due(date(2026, 11, 23)).day == date(2026, 11, 9)


def test_a_limit_without_a_figure_is_never_due():
    assert clock(days=None).due(date(2026, 11, 3)) is None
    assert clock(days=None).risk(date(2030, 1, 1)) == "fine"


def test_a_limit_into_a_year_without_calendar_is_estimated():
    assert LimitClock(date(2026, 12, 30), Limit(5)).due(date(2026, 12, 30)).estimated


@pytest.mark.parametrize(
    ("today", "how_near"),
    [
        (date(2026, 11, 10), "overdue"),
        (date(2026, 11, 9), "today"),
        (date(2026, 11, 6), "soon"),
        (date(2026, 11, 5), "soon"),
        (date(2026, 11, 4), "fine"),
    ],
)
def test_risk_rises_as_the_day_comes_near(today, how_near):
    assert risk(date(2026, 11, 9), today) == how_near
    assert clock().risk(today) == how_near


def test_a_month_after_the_birth_is_told_once_for_twins():
    event = make_event(Step(make_service("register"), child_asked))
    [told] = absolute_deadlines(event, make_case().answers)
    assert (told.day, told.days_left, told.passed, told.item) == (
        date(2026, 11, 30),
        7,
        False,
        None,
    )
    assert told.consequence.en == "Then say why"


def test_twins_born_around_midnight_have_a_day_each():
    event = make_event(Step(make_service("register"), child_asked))
    born = [{"born": "2026-10-01"}, {"born": "2026-09-30"}]
    told = absolute_deadlines(event, make_case(child=born).answers)
    assert [(item.day, item.item, item.passed) for item in told] == [
        (date(2026, 10, 30), 1, True),
        (date(2026, 11, 1), 0, True),
    ]


def test_nothing_is_due_before_the_date_is_known():
    event = make_event(Step(make_service("register"), child_asked))
    assert absolute_deadlines(event, make_case(child=[{}]).answers) == ()


@pytest.mark.parametrize(
    ("length", "day"),
    [
        ({"months": -3}, date(2026, 7, 31)),
        ({"days": -1, "months": 0}, date(2026, 10, 30)),
        ({"months": 1, "year_end": 1}, date(2027, 12, 31)),
        ({"months": 3, "year_end": 0}, date(2027, 12, 31)),
    ],
)
def test_a_day_can_lie_before_or_at_the_end_of_a_year(length, day):
    event = make_event(Step(make_service("register"), child_asked))
    moved = replace(event.deadlines[0], **length)
    told = absolute_deadlines(replace(event, deadlines=(moved,)), make_case().answers)
    assert [item.day for item in told] == [day]


def test_a_day_is_told_only_where_it_applies():
    event = make_event(Step(make_service("register"), child_asked))
    other = replace(event.deadlines[0], applies=~ALWAYS)
    assert absolute_deadlines(replace(event, deadlines=(other,)), make_case().answers) == ()
