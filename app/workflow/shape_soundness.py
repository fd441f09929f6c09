"""Finds values of a wrong kind in a declaration: a text for Words, one page where a tuple belongs.

Nothing else can be looked at before, for the other checks take the kinds for granted.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from app.forms.conditions import Condition
from app.wording import Words


def shape_faults(declared: Any, where: str, stop: tuple[type, ...] = ()) -> Iterator[str]:
    """A sentence for each value within a declaration that is of a wrong kind.

    Values of the `stop` types are left out: they are looked at on their own.
    """
    kind: Any = type(declared)
    for name, hint in _hints(kind):
        value = getattr(declared, name)
        if not _plainly(value, hint):
            yield from _value_faults(value, hint, f"{where}: {name}", stop)


def _plainly(value: Any, hint: Any) -> bool:
    """Whether there is nothing to look into: a text where a text belongs, an empty tuple."""
    kind = type(value)
    return (kind is hint and kind in {str, Words}) or (kind is tuple and not value)


@cache
def _hints(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a declaration that say what they take."""
    told = get_type_hints(kind)
    return tuple(
        (part.name, told[part.name])
        for part in fields(kind)
        if told[part.name] is Condition or _known(told[part.name])[0] is not None
    )


@cache
def _known(hint: Any) -> tuple[type | None, Any, bool]:
    """The class that a value must have, what is in the tuple that it must be, and if it may lack.

    None as the class where the type says nothing that could be looked at.
    """
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        some = [one for one in inside if one is not NoneType]
        lacks = len(some) < len(inside)
        kind, item, _ = _known(some[0]) if len(some) == 1 else (None, None, False)
        return kind, item, lacks
    if origin is tuple:
        return tuple, inside[0] if len(inside) > 1 and inside[1] is Ellipsis else None, False
    if origin is type or hint is type:
        return type, None, False
    kind = origin or hint
    looked_at = isinstance(kind, type) and (kind in {str, int, bool} or is_dataclass(kind))
    return (kind if looked_at else None), None, False


def _value_faults(value: Any, hint: Any, where: str, stop: tuple[type, ...]) -> Iterator[str]:
    if hint is Condition:
        if not (hasattr(value, "questions") and hasattr(value, "holds")):
            yield f"{where} is {_called(value)}, but has to be a condition such as Is(…)"
        return
    kind, item, lacks = _known(hint)
    if kind is None or (lacks and value is None):
        return
    if not isinstance(value, kind):
        comma = "; a comma may be missing in (…,)" if kind is tuple else ""
        yield f"{where} is {_called(value)}, but has to be {_article(kind)}{comma}"
    elif item is not None:
        for index, one in enumerate(cast("tuple[Any, ...]", value), start=1):
            yield from _value_faults(one, item, f"{where}, number {index}", stop)
    elif is_dataclass(kind) and not isinstance(value, stop):
        yield from shape_faults(value, where, stop)


def _called(value: Any) -> str:
    name = getattr(value, "id", None)
    return f"{_article(type(value))}{f' ({name})' if isinstance(name, str) else ''}"


def _article(kind: type) -> str:
    name = {"str": "text", "int": "whole number", "type": "class"}.get(kind.__name__, kind.__name__)
    return f"an {name}" if name[0] in "AEIOUaeiou" else f"a {name}"
