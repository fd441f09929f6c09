"""Which category a child is in: tables of rules, read once, and `classify` with its reasons."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from app.forms import divisions
from app.services.schooling.basis import STAGES
from app.services.schooling.facts import FACTS, Facts, in_words
from app.vocabulary.requirement import TO_BE_CONFIRMED, Grade
from app.wording import Words

Op = Literal["is", "in", "by", "at_least"]
OPS = ("is", "in", "by", "at_least")
# What a value may stand for: the county of the table, its cut-off day, and that day some years
# earlier for full priority.
SYMBOLS = ("$county", "$cut_off", "$full")
ADDRESSES = ("register", "home", "residence")
# The insurance of the whole city's level, beside the counties'.
CITY_LEVEL = "city"


class TableFault(ValueError):
    """A table of categories that cannot be used; the message names file, row and reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition on one child: what is known, what is wanted, and whether that holds."""

    field: str
    op: Op
    fact: Any
    wanted: Any
    holds: bool

    @property
    def words(self) -> Words:
        """What was found and, where it is not enough, what is wanted and missing."""
        return in_words(self.field, self.op, self.fact, self.wanted, holds=self.holds)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a category: field, operator, value."""

    field: str
    op: Op
    value: Any

    def judged(self, facts: Facts, symbols: Mapping[str, Any]) -> Finding:
        """Whether the fact is as the condition wants it, and what is missing."""
        fact = facts.get(self.field)
        wanted = _resolved(self.value, symbols)
        holds = fact is not None and _holds(self.op, fact, wanted)
        return Finding(self.field, self.op, fact, wanted, holds)


@dataclass(frozen=True, slots=True)
class Category:
    """One class of children of a county: who is in it and who comes first within it."""

    code: str
    name: Words
    priority: int
    needs: tuple[Term, ...]
    alternatives: tuple[tuple[Term, ...], ...]
    manual_proof: bool
    catchment: tuple[str, ...]
    tie: tuple[str, ...]

    def judged(self, facts: Facts, symbols: Mapping[str, Any]) -> "Tried":
        """Whether the child is in it; of alternatives the one that holds, else the nearest."""
        needs = tuple(term.judged(facts, symbols) for term in self.needs)
        chosen: tuple[Finding, ...] = ()
        if self.alternatives:
            each = [
                tuple(term.judged(facts, symbols) for term in group) for group in self.alternatives
            ]
            chosen = min(each, key=lambda group: sum(not one.holds for one in group))
        found = (*needs, *chosen)
        return Tried(self, all(one.holds for one in found), found)


@dataclass(frozen=True, slots=True)
class Tried:
    """A category as one child was judged by it."""

    category: Category
    holds: bool
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What does not hold."""
        return tuple(one for one in self.findings if not one.holds)


@dataclass(frozen=True, slots=True)
class Classified:
    """The category of a child, or None; with every category that was tried before it."""

    category: Category | None
    tried: tuple[Tried, ...]

    @property
    def why(self) -> Words:
        """One sentence: by which facts it is this category, or what is nearest and missing."""
        if self.category is not None:
            because = [one.words for one in self.tried[-1].findings]
            zh = "；".join(words.zh for words in because)
            en = "; ".join(words.en for words in because)
            name = self.category.name
            return Words(
                f"{name.zh}：{zh}。" if zh else f"{name.zh}。",
                f"{name.en}: {en}." if en else f"{name.en}.",
            )
        return Words(f"没有符合的类别。{self.lacking.zh}", f"No category fits. {self.lacking.en}")

    @property
    def lacking(self) -> Words:
        """What is missing for the nearest category that was not reached; empty if nothing is."""
        failed = [one for one in self.tried if not one.holds and one.category.code != "preference"]
        if not failed:
            return Words("", "")
        nearest = min(failed, key=lambda one: (len(one.missing), one.category.priority))
        zh = "；".join(one.words.zh for one in nearest.missing)
        en = "; ".join(one.words.en for one in nearest.missing)
        name = nearest.category.name
        return Words(f"离“{name.zh}”还差：{zh}。", f"Missing for “{name.en}”: {en}.")


@dataclass(frozen=True, slots=True)
class Table:
    """The categories of one county and stage, in order of priority, with their source."""

    county: str
    stage: str
    categories: tuple[Category, ...]
    cut_off_day: tuple[int, int]
    full_priority_years: int
    points: bool
    source: str
    grade: Grade

    @property
    def confirmed(self) -> bool:
        """Whether the source is good enough to be shown as law."""
        return self.grade in {"A", "B"}

    @property
    def told(self) -> Words:
        """The source, with the remark that it is to be confirmed where it is."""
        if self.confirmed:
            return Words(self.source, "Published source")
        if TO_BE_CONFIRMED.zh in self.source:
            return Words(self.source, TO_BE_CONFIRMED.en)
        return Words(f"{self.source}（{TO_BE_CONFIRMED.zh}）", TO_BE_CONFIRMED.en)

    def symbols(self, year: int) -> dict[str, Any]:
        """What the symbols of the values stand for in one year of entry."""
        month, day = self.cut_off_day
        return {
            "$county": self.county,
            "$cut_off": date(year, month, day),
            "$full": date(year - self.full_priority_years, month, day),
        }

    def category(self, code: str) -> Category | None:
        """The category of this code, or None."""
        return next((one for one in self.categories if one.code == code), None)


def classify(table: Table, facts: Facts, year: int) -> Classified:
    """The first category whose conditions the facts meet, with what was found on the way.

    Pure: a fact that is not there meets no condition.
    """
    symbols = table.symbols(year)
    tried: list[Tried] = []
    for category in table.categories:
        one = category.judged(facts, symbols)
        tried.append(one)
        if one.holds:
            return Classified(category, tuple(tried))
    return Classified(None, tuple(tried))


def table_for(county: str, stage: str) -> Table | None:
    """The table of a county and stage, or None where there is none."""
    return tables().get((county, stage))


@cache
def tables() -> Mapping[tuple[str, str], Table]:
    """Every table by county and stage, checked. Raises TableFault."""
    held = files("app.services.schooling").joinpath("data/categories.toml")
    return {(one.county, one.stage): one for one in read_tables(held.read_text("utf-8"))}


@cache
def evidence() -> Mapping[str, tuple[str, ...]]:
    """Ids of the services that prove each fact."""
    held = files("app.services.schooling").joinpath("data/categories.toml")
    told = tomllib.loads(held.read_text("utf-8"))["evidence"]
    return {field: (ids,) if isinstance(ids, str) else tuple(ids) for field, ids in told.items()}


def read_tables(text: str, name: str = "categories.toml") -> tuple[Table, ...]:
    """Tables from TOML. Raises TableFault with file, row and reason where one is wrong."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise TableFault(f"{name}: {broken}") from None
    proven = held.get("evidence", {})
    found: dict[tuple[str, str], Table] = {}
    for number, row in enumerate(held.get("table", ()), 1):
        where = f"{name}: table {number}"
        try:
            made = list(_tables_of(row, proven, where))
        except KeyError as missing:
            raise TableFault(f"{where}: {missing.args[0]!r} is missing") from None
        for table in made:
            if found.setdefault((table.county, table.stage), table) is not table:
                raise TableFault(f"{where}: {table.county} {table.stage} stands twice")
    return tuple(found.values())


def _tables_of(row: Mapping[str, Any], proven: Mapping[str, Any], where: str) -> Iterator[Table]:
    month, _, day = row["cut_off"].partition("-")
    if row["grade"] not in {"A", "B", "C", "U"}:
        raise TableFault(f"{where}: grade {row['grade']!r} is none of A, B, C, U")
    categories = tuple(
        _category(one, proven, f"{where}, category {one.get('code', '?')!r}")
        for one in row["category"]
    )
    codes = [one.code for one in categories]
    priorities = [one.priority for one in categories]
    if len(set(codes)) < len(codes) or priorities != sorted(set(priorities)):
        raise TableFault(f"{where}: codes or priorities stand twice or are not in order")
    for county in row["counties"]:
        if divisions.county(county) is None:
            raise TableFault(f"{where}: {county!r} is no county of Taizhou")
        for stage in row["stages"]:
            if stage not in STAGES:
                raise TableFault(f"{where}: {stage!r} is no stage")
            yield Table(
                county,
                stage,
                categories,
                (int(month), int(day)),
                int(row["full_priority_years"]),
                bool(row["points"]),
                str(row["source"]),
                cast("Grade", row["grade"]),
            )


def _category(row: Mapping[str, Any], proven: Mapping[str, Any], where: str) -> Category:
    if strange := sorted(set(row["catchment"]) - set(ADDRESSES)):
        raise TableFault(f"{where}: {strange} is no address")
    if strange := sorted({key.removeprefix("-") for key in row["tie"]} - FACTS.keys()):
        raise TableFault(f"{where}: {strange} in its tie-break is no fact")
    return Category(
        row["code"],
        Words(row["zh"], row["en"]),
        int(row["priority"]),
        tuple(_term(one, proven, where) for one in row["all"]),
        tuple(tuple(_term(one, proven, where) for one in group) for group in row.get("any", ())),
        bool(row["manual_proof"]),
        tuple(row["catchment"]),
        tuple(row["tie"]),
    )


def _term(row: Mapping[str, Any], proven: Mapping[str, Any], where: str) -> Term:
    field, op, value = row["field"], row["op"], row["value"]
    fact = FACTS.get(field)
    if fact is None:
        raise TableFault(f"{where}: {field!r} is no fact")
    if field not in proven:
        raise TableFault(f"{where}: nothing proves {field!r}")
    if op not in OPS or (op == "by" and fact.kind is not date):
        raise TableFault(f"{where}: {field!r} cannot be compared by {op!r}")
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.startswith("$"):
            if one not in SYMBOLS:
                raise TableFault(f"{where}: {one!r} stands for nothing")
        elif type(one) is not fact.kind:
            raise TableFault(f"{where}: {field!r} cannot be {one!r}")
    return Term(field, op, tuple(value) if isinstance(value, list) else value)


def _resolved(value: Any, symbols: Mapping[str, Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(symbols.get(one, one) for one in value)
    return symbols.get(value, value) if isinstance(value, str) else value


def _holds(op: Op, fact: Any, wanted: Any) -> bool:
    match op:
        case "is":
            return bool(fact == wanted)
        case "in":
            return fact in wanted
        case "by":
            return bool(fact <= wanted)
        case "at_least":
            return bool(fact >= wanted)
