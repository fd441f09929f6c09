"""When a step is due: in working days, in hours, or not at all while its time does not count."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.cases.limits import day_for_a_desk, limits_of, moved_by_excluded
from app.services.disability import ASSESS_DISABILITY, PUBLISH_ASSESSMENT
from app.services.relief import GIVE_TEMPORARY_RELIEF, GIVE_URGENT_RELIEF, PUBLISH_RELIEF
from app.vocabulary.public_service import Limit
from app.workflow.deadlines import expected_days, first_day_after, last_day_of
from app.workflow.soundness import service_faults

# A Friday, five in the afternoon in the city.
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 27)


def test_urgent_relief_is_due_after_24_hours_though_it_is_saturday():
    limits = limits_of(GIVE_URGENT_RELIEF, FRIDAY)
    assert limits.promised_at == datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    assert limits.promised_on == date(2026, 11, 28)
    assert limits_of(GIVE_TEMPORARY_RELIEF, FRIDAY).promised_at is None


def test_what_does_not_count_has_no_limit_and_a_notice_is_due_once_it_is_over():
    assessment = limits_of(ASSESS_DISABILITY, FRIDAY)
    assert (assessment.promised_on, assessment.statutory_on) == (None, None)
    assert day_for_a_desk(assessment, DAY) > DAY
    notice = limits_of(PUBLISH_ASSESSMENT, FRIDAY)
    # Monday to Friday are the five days; Saturday would be allowed, Monday it is due.
    assert (notice.promised_on, notice.statutory_on) == (date(2026, 12, 7), None)


@pytest.mark.parametrize(
    ("service", "last", "first"),
    [
        (PUBLISH_ASSESSMENT, date(2026, 12, 4), date(2026, 12, 5)),
        (PUBLISH_RELIEF, date(2026, 12, 4), date(2026, 12, 5)),
    ],
)
def test_a_notice_lasts_its_days_from_the_day_after_it_was_opened(
    service: Any, last: date, first: date
):
    assert last_day_of(service.not_before, DAY) == last
    assert first_day_after(service.not_before, DAY) == first


def test_a_holiday_makes_a_notice_in_working_days_longer_but_not_one_in_days():
    eve = date(2026, 9, 30)  # before National Day
    assert first_day_after(PUBLISH_RELIEF.not_before, eve) == date(2026, 10, 8)  # type: ignore[arg-type]
    assert first_day_after(PUBLISH_ASSESSMENT.not_before, eve) > date(2026, 10, 8)  # type: ignore[arg-type]


def test_the_case_moves_by_what_nobody_could_know_before():
    due = date(2026, 12, 25)
    assert expected_days(ASSESS_DISABILITY, 20) == 0
    assert expected_days(PUBLISH_ASSESSMENT, 20) == 6
    assert expected_days(GIVE_URGENT_RELIEF, 20) == 1
    in_two_weeks = date(2026, 12, 11)
    assert moved_by_excluded(due, ASSESS_DISABILITY, DAY, in_two_weeks) > due
    assert moved_by_excluded(due, ASSESS_DISABILITY, DAY, DAY) == due
    on_time = date(2026, 12, 7)
    assert moved_by_excluded(due, PUBLISH_ASSESSMENT, DAY, on_time) == due
    assert moved_by_excluded(due, GIVE_URGENT_RELIEF, DAY, in_two_weeks) == due
    assert moved_by_excluded(None, ASSESS_DISABILITY, DAY, in_two_weeks) is None


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (replace(PUBLISH_RELIEF, promised=Limit(5, "x")), "its time does not count"),
        (replace(GIVE_URGENT_RELIEF, promised=Limit(1, "x", hours=24)), "not both"),
        (replace(GIVE_URGENT_RELIEF, promised=Limit(None, "x", hours=0)), "at least one hour"),
    ],
)
def test_limits_that_contradict_each_other_are_refused(service: Any, fault: str):
    assert any(fault in line for line in service_faults(service))
