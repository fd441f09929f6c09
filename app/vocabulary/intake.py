"""Taking in within a window, then giving places to all at once: rounds, entrants, allotments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.forms.questions import Repeated
from app.vocabulary.case_file import CaseFile
from app.vocabulary.requirement import Rule
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that takes entrants, with how many: a school, a course, an estate of flats.

    `detail` is plain JSON that only the rule (`Intake.allot`) understands.
    """

    code: str
    name: Words
    total: int
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round, as the rule sees it: one county, one kind, one year.

    `kind` is the answer to `Intake.divided_by`; `wave` is 1 for the round itself and rises with
    each supplementary one. `seed` is 64 hexadecimal digits that nobody could choose
    (`workflow.draw`).
    """

    county: str
    kind: str
    year: int
    wave: int
    closes_on: date
    seed: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Entrant:
    """One entry of a round. `key` is random and public; it says nothing of when it was filed.

    `case` is seen for this item, with what the checks produced. `undecided` are the ids of
    services of the barrier that are with a person. Entries of one case share `bound_to`, the
    smallest key among them.
    """

    key: str
    case: CaseFile
    undecided: frozenset[str]
    bound_to: str


@dataclass(frozen=True, slots=True)
class Allotment:
    """What the round gives to one entry.

    `given` is plain JSON for the steps behind the barrier (`requests.allotted`), `why` a sentence
    for the family, `listed` the masked row of the public list. `by_hand`: a person decides, and
    `given` is what is proposed.
    """

    given: Mapping[str, Any]
    why: Words
    listed: tuple[str, ...]
    by_hand: bool = False


Allot = Callable[[RoundFacts, tuple[Entrant, ...]], Mapping[str, Allotment]]


def no_sources(_county: str, _kind: str) -> tuple[Words, ...]:
    """Nothing more to say about where a round's data come from."""
    return ()


@dataclass(frozen=True, slots=True)
class Intake:
    """Applications are taken in between two moments; then places are given to all at once.

    `divided_by` is the question that, with the county, says which round is meant; `year_of` tells
    the year's round that a day belongs to. `entry` is the group whose items are entries (None:
    the case is one), `identity` the question whose answer may enter a round only once. `places`
    gives the places that a new round of (county, kind, year) starts with. `allot` is the rule:
    pure, and blind to when somebody applied. `how` tells it in plain sentences, `columns` head the
    public list, `sources` says for (county, kind) where its tables come from.
    """

    divided_by: str
    entry: Repeated | None
    identity: str
    places: Callable[[str, str, int], tuple[Place, ...]]
    year_of: Callable[[date], int]
    allot: Allot
    columns: tuple[Words, ...]
    rule: Rule
    how: tuple[Words, ...]
    sources: Callable[[str, str], tuple[Words, ...]] = no_sources
