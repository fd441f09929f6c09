"""What a person answered, read by type; a plain mapping of question ids to JSON values."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

# What an answer is once it was read: text, number, yes/no, several choices, or named parts.
Answer = str | int | float | bool | list[str] | dict[str, str] | list[dict[str, Any]]


_MONTH = "2026-03"


def as_day(kept: object) -> date:
    """The date of a kept day or moment; of a kept month its first. Raises ValueError."""
    text = str(kept)[:10]
    return date.fromisoformat(f"{text}-01" if len(text) == len(_MONTH) else text)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one case, or of one item (one child) on top of its case.

    `values` maps question ids to answers; a repeated group's id maps to a list of such mappings.
    `today` is the day on which conditions are judged.
    """

    values: Mapping[str, Answer]
    today: date = field(default_factory=lambda: date(1970, 1, 1))

    def has(self, question: str) -> bool:
        """Whether there is an answer that is not empty."""
        return self.values.get(question) not in (None, "", [], {})

    def get(self, question: str) -> Answer | None:
        """The answer as it is kept, or None."""
        return self.values.get(question)

    def text(self, question: str) -> str:
        """A text answer; empty where there is none."""
        value = self.values.get(question)
        return "" if value is None else str(value)

    def number(self, question: str) -> float:
        """A number. Raises KeyError where there is none, ValueError where it is not a number."""
        return float(cast("str", self.values[question]))

    def date(self, question: str) -> date:
        """The date (of a day, a moment, or the first of a month). Raises KeyError for none."""
        return as_day(self.values[question])

    def moment(self, question: str) -> datetime:
        """The local date and time. Raises KeyError where there is none."""
        return datetime.fromisoformat(str(self.values[question]))

    def ticked(self, question: str) -> bool:
        """Whether a declaration was ticked or a yes/no question answered yes."""
        return self.values.get(question) in (True, "yes")

    def parts(self, question: str) -> dict[str, str]:
        """The named parts of an address, an account or an identity document; empty where none."""
        value = self.values.get(question)
        return {key: str(part) for key, part in value.items()} if isinstance(value, dict) else {}

    def several(self, question: str) -> tuple[str, ...]:
        """The chosen options; empty where none."""
        value = self.values.get(question)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    def items(self, group: str) -> tuple["Answers", ...]:
        """Every item of a repeated group, each seen on top of the case's own answers."""
        count = len(cast("list[Any]", self.values.get(group) or []))
        return tuple(self.item(group, index) for index in range(count))

    def item(self, group: str, index: int) -> "Answers":
        """One item of a repeated group (counted from 0), on top of the case's own answers."""
        kept = cast("list[dict[str, Answer]]", self.values.get(group) or [])
        own = kept[index] if index < len(kept) else {}
        return Answers(ChainMap(own, cast("dict[str, Answer]", self.values)), self.today)

    def with_values(self, values: Mapping[str, Answer]) -> "Answers":
        """These answers with `values` on top."""
        return Answers({**self.values, **values}, self.today)

    def with_item(self, group: str, index: int, values: Mapping[str, Answer]) -> "Answers":
        """These answers with `values` on top of one item of a repeated group."""
        kept = [
            dict(item) for item in cast("list[dict[str, Answer]]", self.values.get(group) or [])
        ]
        kept.extend({} for _ in range(index + 1 - len(kept)))
        kept[index] = {**kept[index], **values}
        return Answers({**self.values, group: cast("Answer", kept)}, self.today)
