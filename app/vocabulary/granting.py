"""What a service grants that goes on month by month, and what it does to running grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.forms.answers import Answer
from app.vocabulary.benefit import Benefit

PERSON_FIELD = "person_id"


@dataclass(frozen=True, slots=True)
class FactFrom:
    """Where a benefit's fact is read once something was granted: a field of request or output.

    `means` says which answer a value of the field stands for (of several values the first that is
    named here); without it the value stands for itself. `ages`: the field is an ID number and the
    fact the age on the day of reckoning. `said` is a fact that every such grant has.
    """

    name: str = ""
    of: Literal["request", "output"] = "request"
    means: Mapping[str, str] = field(default_factory=dict)
    ages: bool = False
    said: Answer | None = None


def asked(name: str, means: Mapping[str, str] | None = None) -> FactFrom:
    """A field of what the department was sent."""
    return FactFrom(name, means=means or {})


def found(name: str, means: Mapping[str, str] | None = None) -> FactFrom:
    """A field of what the department decided."""
    return FactFrom(name, "output", means or {})


def age_of(name: str = PERSON_FIELD) -> FactFrom:
    """The age on the day, from an ID number in the request."""
    return FactFrom(name, ages=True)


def always(answer: Answer) -> FactFrom:
    """The same for everybody who is granted this."""
    return FactFrom(said=answer)


@dataclass(frozen=True, slots=True)
class Grant:
    """A service's result is a running benefit, reckoned again whenever what it hangs on changes.

    `facts` answer the benefit's questions, `amount` is the output's field with what is paid (None:
    nothing is paid out to the person), `since` the output's field with the first day (None: the day
    of the decision). `decided` are needs that the decision settled for good; they are not judged
    again. `person` is the request's field with the ID number.
    """

    benefit: Benefit
    facts: Mapping[str, FactFrom]
    amount: str | None = None
    since: str | None = None
    decided: tuple[str, ...] = ()
    person: str = PERSON_FIELD


@dataclass(frozen=True, slots=True)
class Touches:
    """What a service's result does to running grants of the same person.

    `stops` end and `again` are reckoned again with the new `facts`. Where the result itself names
    them, `stops_in` and `again_in` are fields of the output that list them in the words of `named`.
    By what the request's field `because` says, `unsettles` names facts that no longer hold and that
    nobody has told anew: such a grant is for a person to look at.
    """

    stops: tuple[Benefit, ...] = ()
    again: tuple[Benefit, ...] = ()
    named: Mapping[str, Benefit] = field(default_factory=dict)
    stops_in: str | None = None
    again_in: str | None = None
    facts: Mapping[str, FactFrom] = field(default_factory=dict)
    because: str | None = None
    unsettles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    person: str = PERSON_FIELD

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """Every benefit that it may touch."""
        return (*self.stops, *self.again, *self.named.values())
