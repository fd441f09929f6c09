"""Short words for what a life event tells beforehand: outcomes, requirements, deadlines."""

from dataclasses import dataclass
from typing import Any, Literal

from app.forms.conditions import ALWAYS, Condition
from app.vocabulary.life_event import AbsoluteDeadline, Guidance
from app.vocabulary.public_service import PublicService
from app.vocabulary.requirement import Requirement, Rule
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Turning:
    """An outcome of the guidance that still lacks its reason."""

    when: Condition
    outcome: Literal["stop", "partly", "note"]
    todo: Words
    rule: Rule | None

    def because(self, zh: str, en: str) -> Guidance:
        """The reason in plain words."""
        return Guidance(self.when, self.outcome, Words(zh, en), self.todo, self.rule)


def stop(when: Condition, todo: Words, rule: Rule | None = None) -> Turning:
    """The online path ends here; `.because(…)` says why."""
    return Turning(when, "stop", todo, rule)


def partly(when: Condition, todo: Words, rule: Rule | None = None) -> Turning:
    """Some services are done elsewhere, the rest online; `.because(…)` says why."""
    return Turning(when, "partly", todo, rule)


def note(when: Condition, todo: Words, rule: Rule | None = None) -> Turning:
    """Everything online; `.because(…)` says what is good to know first."""
    return Turning(when, "note", todo, rule)


@dataclass(frozen=True, slots=True)
class Requiring:
    """A requirement that still lacks its words."""

    id: str
    rule: Rule
    condition: Condition
    blocks: bool

    def otherwise(self, zh: str, en: str, change_zh: str, change_en: str) -> Requirement:
        """What is said where it does not hold: why, and what would change that."""
        reason, change = Words(zh, en), Words(change_zh, change_en)
        return Requirement(self.id, self.rule, self.condition, reason, change, self.blocks)


def must(name: str, rule: Rule, condition: Condition, *, blocks: bool = False) -> Requiring:
    """A condition of eligibility, with `.otherwise(…)`; it warns unless the law `blocks`."""
    return Requiring(name, rule, condition, blocks)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that still lacks its services and words."""

    id: str
    rule: Rule
    counted_from: str
    months: int
    days: int
    year_end: int | None
    applies: Condition

    def told(
        self, zh: str, en: str, missed_zh: str, missed_en: str, *services: PublicService[Any, Any]
    ) -> AbsoluteDeadline:
        """Its name, what happens when it is missed, and the services it is about."""
        return AbsoluteDeadline(
            self.id,
            Words(zh, en),
            services,
            self.counted_from,
            self.rule,
            Words(missed_zh, missed_en),
            months=self.months,
            days=self.days,
            year_end=self.year_end,
            applies=self.applies,
        )


def due(
    name: str,
    rule: Rule,
    counted_from: str,
    *,
    months: int = 0,
    days: int = 0,
    year_end: int | None = None,
    applies: Condition = ALWAYS,
) -> Due:
    """A day fixed by law, counted from an answered date; `.told(…)` says the rest.

    Below zero it is counted back, for what has to be done before that date; `year_end=1` is the
    last day of the next year.
    """
    return Due(name, rule, counted_from, months, days, year_end, applies)


def keywords(spaced: str) -> tuple[str, ...]:
    """Words under which the life event is found, from one text with spaces between them."""
    return tuple(spaced.split())
