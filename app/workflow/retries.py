"""When to ask a department again: quick, then minutes, then hours, then a person."""

from collections.abc import Sequence

# Seconds before attempt 2, 3, …; after the last one a person takes over.
RETRY_SECONDS: tuple[float, ...] = (1, 5, 30, 300, 900, 3600, 3600, 3600, 7200, 7200, 14400)

# Failures in a row after which a department is left alone for a while, and how long at most.
FAILURES_TO_OPEN = 8
LONGEST_REST_SECONDS = 300.0


def wait_before_next(
    attempts: int, chance: float, asked_for: float | None, schedule: Sequence[float] = RETRY_SECONDS
) -> float | None:
    """Seconds to wait after `attempts` tries (from 1), or None when it is time for a person.

    `chance` in [0, 1) spreads the waits over the whole interval (full jitter, at least a tenth of
    it); `asked_for` is the department's own Retry-After in seconds and is never undercut.
    """
    if attempts > len(schedule):
        return None
    wait = schedule[attempts - 1] * max(0.1, chance)
    return max(wait, asked_for or 0.0)


def rest_after(failures: int, longest: float = LONGEST_REST_SECONDS) -> float:
    """Seconds for which a department is not called after `failures` failures in a row."""
    if failures < FAILURES_TO_OPEN:
        return 0.0
    return min(longest, 5.0 * 2.0 ** min(failures - FAILURES_TO_OPEN, 10))
