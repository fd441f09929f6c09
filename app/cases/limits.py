"""Days by which a step is promised and by which it must be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.vocabulary.public_service import PublicService
from app.workflow.deadlines import add_working_days, working_days_between

# 行政许可法 Art. 42: 20 working days from acceptance. The model where an item's own limit was not
# found; pages say "to be confirmed" beside it.
GENERAL_LIMIT_DAYS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The promised and the statutory day of one step."""

    promised_on: date
    statutory_on: date

    @property
    def columns(self) -> dict[str, Any]:
        """As the columns of a step's row."""
        return {"promised_on": self.promised_on, "statutory_on": self.statutory_on}


def limits_of(service: PublicService[Any, Any], today: date) -> Limits:
    """The limits of a step of `service` that is opened today; counted from tomorrow."""
    statutory = service.statutory.working_days
    longest = GENERAL_LIMIT_DAYS if statutory is None else statutory
    promised = service.promised.working_days
    return Limits(
        add_working_days(today, longest if promised is None else promised),
        add_working_days(today, longest),
    )


def moved_by_pause(due: date | None, paused_on: date, today: date) -> date | None:
    """A day moved on by the working days during which the clock stood still."""
    if due is None:
        return None
    return add_working_days(due, working_days_between(paused_on, today))
