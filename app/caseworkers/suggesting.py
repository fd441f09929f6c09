"""In the demo nobody can invent a result, so the service's stand-in suggests one."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from app.cases.portal import CITY_TIME, Portal
from app.cases.reviewing import TaskView
from app.vocabulary.public_service import Message, Result, Ticket

NUMBERS: Final = 10**9
# Short texts (a sex, a code) may stand in any number by chance.
SHORTEST_TOLD: Final = 6
# One part of a day tells nothing: the first of a month is not the sex that is masked as "1".
PARTS_OF_DAYS: Final = ("-year", "-month", "-day", "-hour", "-minute")


def suggestions(portal: Portal, view: TaskView) -> Mapping[str, str]:
    """The result that the department's stand-in would give, by input name; nothing in production.

    What is masked on the page is not given away here: the stand-in then makes up something else.
    """
    if not portal.settings.is_demo or view.request is None or not view.is_mine:
        return {}
    today = portal.today()
    if view.service.not_before is not None:
        # What lasts for days began when the step was opened, and its stand-in counts from there.
        today = view.opened_at.astimezone(CITY_TIME).date()
    ticket = Ticket(str(view.id), today, view.id.int % NUMBERS)
    request, secrets = view.request, _secrets(view.request)
    inputs = _made(view, request, ticket)
    if repeated := {secrets[text]: "" for text in inputs.values() if text in secrets}:
        other = _made(view, request.model_copy(update=repeated), ticket)
        inputs = {name: other.get(name, "") for name in inputs} if other else inputs
    return {
        name: text
        for name, text in inputs.items()
        if name.endswith(PARTS_OF_DAYS) or not _tells(text, secrets)
    }


def _tells(text: str, secrets: Mapping[str, str]) -> bool:
    """Whether a suggestion would show what is masked on the page, alone or within a number."""
    return any(
        secret in text for secret in secrets if len(secret) >= SHORTEST_TOLD or secret == text
    )


def _made(view: TaskView, request: Message, ticket: Ticket) -> dict[str, str]:
    """What the stand-in makes of a request; nothing where it refuses or cannot read it."""
    with suppress(ValueError):
        made = view.service.stand_in(request, ticket)
        return _inputs(made) if isinstance(made, Result) else {}
    return {}


def _secrets(request: Message) -> dict[str, str]:
    """The field of each sensitive text of a request."""
    found = {}
    for name, info in type(request).model_fields.items():
        extra = info.json_schema_extra
        value = getattr(request, name)
        if isinstance(extra, dict) and extra.get("sensitive") and isinstance(value, str):
            found[value] = name
    return found


def _inputs(made: Result) -> dict[str, str]:
    """A result as the inputs of its form hold it."""
    found: dict[str, str] = {}
    for field in type(made).model_fields:
        found |= _input(f"out-{field}", getattr(made, field))
    return found


def _input(name: str, value: Any) -> dict[str, str]:
    # Any: whatever type a result's field has.
    match value:
        case None | False:
            return {}
        case True:
            return {name: "yes"}
        case datetime():
            here = value.astimezone(CITY_TIME) if value.tzinfo else value
            time = {f"{name}-hour": str(here.hour), f"{name}-minute": str(here.minute)}
            return _input(name, here.date()) | time
        case date():
            parts = {"year": value.year, "month": value.month, "day": value.day}
            return {f"{name}-{part}": str(number) for part, number in parts.items()}
    return {name: str(value)}
