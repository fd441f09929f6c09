"""What a person, an officer and an app of the demo are; every number is made up but valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.forms.identifiers import credit_code_check, id_check_character
from app.services.schooling.basis import year_of
from app.wording import Words

JIAOJIANG, HUANGYAN, LUQIAO, SANMEN = "331002", "331003", "331004", "331022"
TIANTAI, XIANJU = "331023", "331024"
WENLING, LINHAI, YUHUAN = "331081", "331082", "331083"


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """A moment some days before today; `at` is the local time as HH:MM."""

    days: int
    at: str

    def on(self, today: date) -> str:
        """The moment as an answer keeps it, for example 2026-03-27T08:30."""
        return f"{today - timedelta(days=self.days)}T{self.at}"


@dataclass(frozen=True, slots=True)
class ChildDocument:
    """The document of a child who is so many years old on 31 August of the coming entry year.

    The ID number is of the county; `birthday` is MMDD, before 31 August.
    """

    county: str
    years: int
    birthday: str
    sequence: int

    def on(self, today: date) -> dict[str, str]:
        """The document as the register holds it."""
        born = f"{year_of(today) - self.years}{self.birthday}"
        return {"type": "resident-id", "number": demo_id(self.county, born, self.sequence)}


@dataclass(frozen=True, slots=True)
class YearsBefore:
    """A day so many years before the coming entry year; `day` is MM-DD."""

    years: int
    day: str

    def on(self, today: date) -> str:
        """The day as a register holds it."""
        return f"{year_of(today) - self.years}-{self.day}"


@dataclass(frozen=True, slots=True)
class DemoResident:
    """A person to be in the demo: `records` holds what each shared register (its id) knows."""

    id: str
    name: str
    id_number: str
    mobile: str
    county: str
    story: Words
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def records_on(self, today: date) -> dict[str, dict[str, Any]]:
        """The records with every day and age counted from `today`."""
        return {
            register: {name: _dated(fact, today) for name, fact in record.items()}
            for register, record in self.records.items()
        }


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """A department's officer; `county` is a six-digit code, None for the whole city."""

    id: str
    name: str
    authority: str
    county: str | None
    title: Words


@dataclass(frozen=True, slots=True)
class DemoPartner:
    """A third-party app of the demo with its API key and scopes."""

    id: str
    name: Words
    scopes: tuple[str, ...]
    key: str


def _dated(fact: Any, today: date) -> Any:
    match fact:
        case DaysAgo() | ChildDocument() | YearsBefore():
            return fact.on(today)
        case list() | tuple():
            return [_dated(part, today) for part in fact]
        case _:
            return fact


def demo_id(county: str, birthday: str, sequence: int) -> str:
    """A valid ID number of nobody: county, YYYYMMDD, three-digit sequence (odd: male)."""
    body = f"{county}{birthday}{sequence:03d}"
    return body + id_check_character(body)


def demo_credit_code(first_17: str) -> str:
    """A valid credit code of no organisation."""
    return first_17 + credit_code_check(first_17)


def registered(
    name: str, id_number: str, ethnicity: str, register: Mapping[str, str]
) -> dict[str, Any]:
    """A person as the family register knows them."""
    document = {"type": "resident-id", "number": id_number}
    return {
        "name": name,
        "document": document,
        "ethnicity": ethnicity,
        "register": dict(register),
    }


def place(county: str, township: str, detail: str) -> dict[str, str]:
    """An address by its parts."""
    return {"county": county, "township": township, "detail": detail}
