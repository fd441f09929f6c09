"""Retries: quick, then minutes, then hours, then a person; never sooner than we were told."""

from hypothesis import given
from hypothesis import strategies as st

from app.workflow.retries import (
    FAILURES_TO_OPEN,
    LONGEST_REST_SECONDS,
    RETRY_SECONDS,
    rest_after,
    wait_before_next,
)

chances = st.floats(0, 0.999)


@given(st.integers(1, len(RETRY_SECONDS)), chances)
def test_a_wait_is_spread_but_never_zero_and_never_longer_than_its_interval(
    attempts: int, chance: float
) -> None:
    wait = wait_before_next(attempts, chance, None)
    assert wait is not None
    assert 0 < wait <= RETRY_SECONDS[attempts - 1]


@given(st.integers(1, len(RETRY_SECONDS)), chances, st.floats(0, 86_400))
def test_a_department_that_asks_for_time_gets_it(
    attempts: int, chance: float, asked_for: float
) -> None:
    wait = wait_before_next(attempts, chance, asked_for)
    assert wait is not None
    assert wait >= asked_for


def test_after_the_last_try_a_person_takes_over() -> None:
    assert wait_before_next(len(RETRY_SECONDS) + 1, 0.5, None) is None
    assert sum(RETRY_SECONDS) > 8 * 3600


def test_a_department_that_keeps_failing_is_left_alone_for_longer_and_longer() -> None:
    rests = [rest_after(failures) for failures in range(1, 60)]
    assert rests[: FAILURES_TO_OPEN - 1] == [0.0] * (FAILURES_TO_OPEN - 1)
    assert rests == sorted(rests)
    assert rests[FAILURES_TO_OPEN - 1] > 0
    assert rests[-1] == LONGEST_REST_SECONDS
