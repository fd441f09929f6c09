"""The facts that one step needs: the fields of its typed request, told by title, masked or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.cases.portal import CITY_TIME
from app.forms.divisions import name_of
from app.forms.moments import day_in_words
from app.forms.questions import Choice
from app.forms.showing import masked_number
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import Message
from app.wording import Words

HIDDEN = Words("（已隐藏）", "(hidden)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a request as an officer sees it.

    `registered` is what a shared register says instead, where it says something else.
    """

    name: str
    title: Words
    value: Words
    sensitive: bool
    registered: Words | None = None


def request_of(
    event: LifeEvent, service_id: str, case: CaseFile, subject: int | None
) -> Message | None:
    """What would be sent to the department for this step; None where it cannot be built.

    A submitted case always gives one, unless its life event was changed since.
    """
    for step in event.steps:
        if step.service.id != service_id:
            continue
        about = case
        if step.each is not None and subject is not None:
            about = case.about(step.each.id, subject)
        try:
            request: Message = step.request(about)
        except (LookupError, ValueError, TypeError):
            return None
        return request
    return None


def group_of(event: LifeEvent, service_id: str) -> str | None:
    """The group of items (children) for each of which a service is done, if it is."""
    groups = (step.each for step in event.steps if step.service.id == service_id)
    return next((group.id for group in groups if group is not None), None)


def facts_of(
    event: LifeEvent, request: Message, registered: Message | None = None, *, revealed: bool
) -> tuple[Fact, ...]:
    """The request's fields with a value, in order; sensitive ones masked unless `revealed`.

    Codes read as the resident chose them, where the event's questions say which words that were.
    `registered` is the same request as shared registers would have it.
    """
    found = []
    for name, info in type(request).model_fields.items():
        value = getattr(request, name)
        if value is None or value == "":
            continue
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        title = Words(info.title or name, str(extra.get("en", info.title or name)))
        sensitive = bool(extra.get("sensitive"))
        hidden = sensitive and not revealed
        other = None if registered is None else getattr(registered, name)
        differs = other is not None and other not in ("", value)
        found.append(
            Fact(
                name,
                title,
                _shown(event, name, value, hidden=hidden),
                sensitive,
                _shown(event, name, other, hidden=hidden) if differs else None,
            )
        )
    return tuple(found)


def _shown(event: LifeEvent, name: str, value: Any, *, hidden: bool) -> Words:
    return _masked(value) if hidden else _told(event, name, value)


def _told(event: LifeEvent, name: str, value: Any) -> Words:
    label = chosen_label(event, name, value) if isinstance(value, str) else None
    return label or _said(value)


def chosen_label(event: LifeEvent, name: str, value: str) -> Words | None:
    """The words of the option that a field's value stands for; None where that is not certain.

    Questions named like the field are looked at first (`ethnicity`: `child_ethnicity`;
    `household_kind`: `household`); a bare number is only read with them.
    """
    related: dict[str, Words] = {}
    others: dict[str, Words] = {}
    for question in event.questions:
        if not isinstance(question.kind, Choice):
            continue
        is_related = f"_{question.id}".endswith(f"_{name}") or f"{name}_".startswith(
            f"{question.id}_"
        )
        found = related if is_related else others
        for option in question.kind.options:
            if option.value == value:
                found[option.label.zh] = option.label
    labels = related or ({} if value.isdigit() else others)
    return next(iter(labels.values())) if len(labels) == 1 else None


def _masked(value: Any) -> Words:
    if not isinstance(value, str):
        return HIDDEN
    shown = masked_number(value)
    return Words(shown, shown)


def _said(value: Any) -> Words:
    """A value in words; codes of places get the name of the place."""
    match value:
        case bool():
            return Words("是", "Yes") if value else Words("否", "No")
        case datetime():
            here = value.astimezone(CITY_TIME) if value.tzinfo else value
            day = day_in_words(here.date())
            return Words(f"{day.zh} {here:%H:%M}", f"{day.en}, {here:%H:%M}")
        case date():
            return day_in_words(value)
        case Message() | Mapping() | list() | tuple():
            return _joined([_said(part) for part in _parts(value) if part not in (None, "")])
    text = str(value)
    place = name_of(text) if text.isdigit() else None
    return Words(f"{place.zh}（{text}）", f"{place.en} ({text})") if place else Words(text, text)


def _parts(value: Message | Mapping[Any, Any] | list[Any] | tuple[Any, ...]) -> list[Any]:
    if isinstance(value, Message):
        return [part for _, part in value]
    return list(value.values()) if isinstance(value, Mapping) else list(value)


def _joined(parts: list[Words]) -> Words:
    return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
