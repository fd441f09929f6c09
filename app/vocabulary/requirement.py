"""Rules, the conditions that cite them, amounts by date of effect, and kinds of evidence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import ALWAYS, Condition
from app.wording import Words

# How far a source can be trusted: A official, B press or standards site, C third-party copy,
# U general knowledge without a source found; C and U are shown as "to be confirmed".
Grade = Literal["A", "B", "C", "U"]

TO_BE_CONFIRMED = Words("待主管部门确认", "To be confirmed by the authority")


@dataclass(frozen=True, slots=True)
class Rule:
    """A published text that something follows (CPSV-AP Rule)."""

    id: str
    title: Words
    reference: str
    grade: Grade
    from_day: date | None = None
    link: str | None = None

    @property
    def confirmed(self) -> bool:
        """Whether the source is good enough to be shown as law."""
        return self.grade in {"A", "B"}


@dataclass(frozen=True, slots=True)
class Amount:
    """One value of a parameter with its days of effect; `value` None means not found."""

    value: Decimal | None
    unit: Words
    area: str
    from_day: date
    source: str
    grade: Grade
    to_day: date | None = None

    @property
    def confirmed(self) -> bool:
        """Whether it may be promised to anyone."""
        return self.value is not None and self.grade in {"A", "B"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """An amount, limit or share fixed by a rule; a change of law adds a line, never edits one."""

    id: str
    title: Words
    amounts: tuple[Amount, ...]

    def on(self, day: date, area: str = "3310") -> Amount | None:
        """The value in force on `day` for the narrowest area that starts the code `area`."""
        in_force = [
            amount
            for amount in self.amounts
            if area.startswith(amount.area)
            and amount.from_day <= day
            and (amount.to_day is None or day <= amount.to_day)
        ]
        return max(in_force, key=lambda amount: (len(amount.area), amount.from_day), default=None)

    def last_known(self, day: date, area: str = "3310") -> Amount | None:
        """The value in force, or where it was not found the last one before that was.

        An older one is only an indication: it is told with its day and source, never promised.
        """
        now = self.on(day, area)
        if now is not None and now.value is not None:
            return now
        before = [
            amount
            for amount in self.amounts
            if amount.value is not None and area.startswith(amount.area) and amount.from_day <= day
        ]
        return max(before, key=lambda amount: (amount.from_day, len(amount.area)), default=None)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of eligibility with its rule.

    When it does not hold, `reason` says why in plain words and `change` what would change that.
    It warns; only where the law blocks is `blocks` set.
    """

    id: str
    rule: Rule
    condition: Condition
    reason: Words
    change: Words
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceType:
    """A kind of paper, or the shared data that stands for it (CPSV-AP Evidence).

    `register` names the shared register whose facts replace the paper, `output` the id of a
    sibling service whose output does; then nobody is asked for it. `defer_working_days` lets it
    follow later (容缺), `commitment` lets a written promise stand for it (告知承诺制).
    `only_if_missed`: never asked for beforehand, only by an officer who misses it.
    """

    id: str
    title: Words
    why: Words
    applies: Condition = ALWAYS
    register: str | None = None
    output: str | None = None
    defer_working_days: int | None = None
    commitment: bool = False
    optional: bool = False
    only_if_missed: bool = False
    alternatives: Words | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What eligibility says of one requirement: it holds, or why not and what would change that."""

    requirement: Requirement
    holds: bool
