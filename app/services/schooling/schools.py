"""The schools of the city: which take whom and how many, as a new round starts with them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.forms import divisions
from app.services.schooling.basis import STAGES
from app.services.schooling.categories import TableFault
from app.vocabulary.intake import Place
from app.wording import Words

PUBLIC, PRIVATE = "public", "private"


@dataclass(frozen=True, slots=True)
class School:
    """One school: its county and stage, its places by year, and the townships that it serves."""

    code: str
    name: Words
    kind: str
    stage: str
    county: str
    places: Mapping[int, int]
    townships: tuple[str, ...]

    def places_in(self, year: int) -> int:
        """Places of that year; of a year not published yet, those of the last one known."""
        known = [one for one in self.places if one <= year]
        return self.places[max(known) if known else min(self.places)]


def places(county: str, stage: str, year: int) -> tuple[Place, ...]:
    """What a new round of a county, stage and year starts with."""
    return tuple(
        Place(
            one.code,
            one.name,
            one.places_in(year),
            {"kind": one.kind, "townships": list(one.townships), "demo": True},
        )
        for one in of_county(county, stage)
    )


def of_county(county: str, stage: str) -> tuple[School, ...]:
    """The schools of a county and stage, in the order of the file."""
    return _by_county().get((county, stage), ())


def catchment_school(stage: str, township: str) -> School | None:
    """The public school of that stage that takes a township's children, or None."""
    return next((one for one in of_county(township[:6], stage) if township in one.townships), None)


def school(code: str) -> School | None:
    """The school of this code, or None."""
    return next((one for one in schools() if one.code == code), None)


@cache
def schools() -> tuple[School, ...]:
    """Every school of the city, checked. Raises TableFault."""
    held = files("app.services.schooling").joinpath("data/schools.toml")
    return read_schools(held.read_text("utf-8"))


@cache
def _by_county() -> Mapping[tuple[str, str], tuple[School, ...]]:
    found: dict[tuple[str, str], list[School]] = {}
    for one in schools():
        found.setdefault((one.county, one.stage), []).append(one)
    return {key: tuple(held) for key, held in found.items()}


def read_schools(text: str, name: str = "schools.toml") -> tuple[School, ...]:
    """Schools from TOML. Raises TableFault with file, row and reason where one is wrong."""
    try:
        rows = tomllib.loads(text)["school"]
    except (tomllib.TOMLDecodeError, KeyError) as broken:
        raise TableFault(f"{name}: {broken}") from None
    found: dict[str, School] = {}
    taken: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows, 1):
        where = f"{name}: school {number} {row.get('code', '?')!r}"
        try:
            one = _school(row, where)
        except KeyError as missing:
            raise TableFault(f"{where}: {missing.args[0]!r} is missing") from None
        if found.setdefault(one.code, one) is not one:
            raise TableFault(f"{where}: the code stands twice")
        for township in one.townships:
            other = taken.setdefault((one.stage, township), one.code)
            if other != one.code:
                raise TableFault(f"{where}: {township} belongs to {other!r} already")
    return tuple(found.values())


def _school(row: Mapping[str, Any], where: str) -> School:
    one = School(
        row["code"],
        Words(row["zh"], row["en"]),
        row["kind"],
        row["stage"],
        row["county"],
        {int(year): int(total) for year, total in row["places"].items()},
        tuple(row.get("townships", ())),
    )
    if divisions.county(one.county) is None or one.stage not in STAGES:
        raise TableFault(f"{where}: its county or stage is not known")
    if one.kind not in {PUBLIC, PRIVATE} or bool(one.townships) != (one.kind == PUBLIC):
        raise TableFault(f"{where}: a public school has townships, a private one has none")
    if not one.places or min(one.places.values()) < 0:
        raise TableFault(f"{where}: its places are missing or below zero")
    for code in one.townships:
        held = divisions.township(code)
        if held is None or held.county != one.county:
            raise TableFault(f"{where}: {code!r} is no township of its county")
    return one
