"""Taizhou's counties and townships by their statistical codes (GB/T 2260 and below)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.wording import Words

CITY = Words("台州市", "Taizhou")
# The code of a place outside Taizhou; only its detail is asked.
ELSEWHERE = "other"
ELSEWHERE_NAME = Words("台州市以外", "Outside Taizhou")


@dataclass(frozen=True, slots=True)
class Township:
    """A township, town or street: 9-digit code and official name."""

    code: str
    name: str

    @property
    def county(self) -> str:
        """The 6-digit code of its county."""
        return self.code[:6]


@dataclass(frozen=True, slots=True)
class County:
    """A county, district or county-level city: 6-digit code, name, townships in code order."""

    code: str
    name: Words
    townships: tuple[Township, ...]


@cache
def _by_code() -> dict[str, County]:
    held = json.loads(files("app.forms").joinpath("data/taizhou_divisions.json").read_bytes())
    return {
        county["code"]: County(
            county["code"],
            Words(county["name"], county["en"]),
            tuple(Township(part["code"], part["name"]) for part in county["townships"]),
        )
        for county in held["counties"]
    }


@cache
def _townships() -> dict[str, Township]:
    return {part.code: part for county in counties() for part in county.townships}


def counties() -> tuple[County, ...]:
    """The 9 counties in code order."""
    return tuple(_by_code().values())


def county(code: str) -> County | None:
    """The county with this 6-digit code, or None."""
    return _by_code().get(code)


def townships(county_code: str) -> tuple[Township, ...]:
    """The townships of a county; empty where there is no such county."""
    found = county(county_code)
    return found.townships if found else ()


def township(code: str) -> Township | None:
    """The township with this 9-digit code, or None."""
    return _townships().get(code)


def name_of(code: str) -> Words | None:
    """The name of a county or township by its code ("other": outside Taizhou), or None."""
    if code == ELSEWHERE:
        return ELSEWHERE_NAME
    if found := county(code):
        return found.name
    part = township(code)
    return Words(part.name, part.name) if part else None
