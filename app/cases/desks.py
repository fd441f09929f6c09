"""Whose work a desk sees: the one permission that every question about tasks carries."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Boolean, ColumnElement, literal_column

from app.cases.portal import Portal
from app.cases.tables import Task


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose work an officer sees: of one authority, in one county or ("") the whole city."""

    officer_id: str
    authority_id: str
    county: str

    @property
    def values(self) -> dict[str, str]:
        """What OF_DESK and IS_OWN ask for."""
        return {
            "officer": self.officer_id,
            "authority": self.authority_id,
            "county": self.county,
        }


# Literals, not parameters, so that PostgreSQL sees that the partial indexes fit.
UNDONE = literal_column("tasks.state IN ('open', 'claimed', 'paused')", Boolean)
RUNNING = literal_column("tasks.state IN ('open', 'claimed')", Boolean)
WAITING = literal_column("tasks.state = 'paused'", Boolean)
BY_THE_HOUR = literal_column("tasks.promised_at IS NOT NULL", Boolean)
FREE = literal_column("(tasks.state = 'open' OR tasks.claimed_until < now())", Boolean)


def has_hours(portal: Portal, desk: Desk) -> bool:
    """Whether this desk promises anything by the hour, so that it has to be looked for."""
    services = portal.catalogue.services_of(desk.authority_id)
    return any(service.promised.hours is not None for service in services)


def of_desk(desk: Desk) -> list[ColumnElement[bool]]:
    """The tasks that this desk may see."""
    mine = [Task.authority_id == desk.authority_id]
    return [*mine, Task.county == desk.county] if desk.county else mine


def is_own(desk: Desk) -> ColumnElement[bool]:
    """The tasks that this officer has taken."""
    return Task.officer_id == desk.officer_id


# The same two as text, for what officers do all day: putting such a statement together anew costs
# three times what sending it does. Their values are `Desk.values`.
OF_DESK: Final = "tasks.authority_id = :authority AND (:county = '' OR tasks.county = :county)"
IS_OWN: Final = "tasks.officer_id = :officer"
