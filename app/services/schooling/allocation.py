"""Places for all at once: special placement, the private draw, then by category and rule.

Pure, and blind to when anybody signed up: entrants are put in order by what is proven and by the
tickets of the draw, so the order in which they come in cannot matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.forms.showing import masked_name
from app.services.schooling.basis import FULL_YEAR
from app.services.schooling.categories import CITY_LEVEL, Category, Classified, classify, table_for
from app.services.schooling.special import DELAY_ENTRY, PLACE_DISABLED_PUPIL
from app.services.schooling.standing import Known, catchment, proven
from app.services.schooling.verifying import CHECK_RELATION
from app.vocabulary.intake import Allotment, Entrant, Place, RoundFacts
from app.wording import Words
from app.workflow.draw import ticket

COLUMNS = (
    Words("报名编号", "Entry"),
    Words("儿童", "Child"),
    Words("类别", "Category"),
    Words("学校", "School"),
    Words("方式", "How"),
)
# Listed for whom the list must not tell apart: placed by experts, delayed, not decided yet.
APART = ("另行告知", "由教育部门另行告知", "－")
MANNERS = {
    "private": Words("民办电脑派位", "Private draw"),
    "catchment": Words("学区内分配", "In the catchment"),
    "elsewhere": Words("县内调剂", "Elsewhere in the county"),
    "special": Words("专家评估安置", "Placed by experts"),
    "delayed": Words("延缓入学", "Delayed"),
    "none": Words("统筹安排", "To be arranged"),
}


@dataclass(slots=True)
class Child:
    """One entrant while places are given."""

    entrant: Entrant
    known: Known
    found: Classified | None
    township: str
    wishes: tuple[str, ...]
    place: Place | None = None
    manner: str = ""
    drawn: dict[str, Any] = field(default_factory=dict)
    reasons: list[Words] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.entrant.key

    @property
    def answers(self) -> Answers:
        return self.entrant.case.answers

    @property
    def category(self) -> Category | None:
        return self.found.category if self.found else None

    @property
    def is_open(self) -> bool:
        return not self.manner


@dataclass(frozen=True, slots=True)
class Unit:
    """Children who stay together, or one child; drawn and placed as one."""

    children: tuple[Child, ...]

    @property
    def key(self) -> str:
        """The key under which it draws: the smallest of its children's."""
        return min(child.key for child in self.children)

    def give(self, place: Place | None, manner: str) -> None:
        """Give every child of it the same place."""
        for child in self.children:
            child.place, child.manner = place, manner


class Round:
    """One round while it is worked out: free places, and the order of those who want them."""

    def __init__(self, facts: RoundFacts, entrants: Iterable[Entrant]) -> None:
        self.facts = facts
        self.free = {place.code: place.total for place in facts.places}
        self.public = [one for one in facts.places if one.detail.get("kind") == "public"]
        self.private = [one for one in facts.places if one.detail.get("kind") == "private"]
        self.table = table_for(facts.county, facts.kind)
        self.serves = {
            township: place
            for place in reversed(self.public)
            for township in place.detail.get("townships", ())
        }
        known = {entrant.key: self._child(entrant) for entrant in entrants}
        self.children = [known[key] for key in sorted(known)]

    def _child(self, entrant: Entrant) -> Child:
        year, answers = self.facts.year, entrant.case.answers
        known = proven(entrant.case, entrant.undecided, year)
        found = classify(self.table, known.facts, year) if self.table else None
        addresses = found.category.catchment if found and found.category else ("residence",)
        wishes = tuple(answers.text(one) for one in ("private_wish_1", "private_wish_2"))
        return Child(
            entrant,
            known,
            found,
            catchment(known, addresses, self.facts.county),
            tuple(dict.fromkeys(wish for wish in wishes if wish)),
        )

    def units(self) -> list[Unit]:
        """The children still open, twins and siblings who asked for it together."""
        together: dict[str, list[Child]] = {}
        for child in self.children:
            if child.is_open:
                bound = child.answers.ticked("bind") and child.category is not None
                name = child.entrant.bound_to if bound else child.key
                together.setdefault(name, []).append(child)
        return [Unit(tuple(children)) for children in together.values()]

    def set_apart(self) -> None:
        """Delay removes a child; experts' placement is outside the places of the round."""
        for child in self.children:
            case = child.entrant.case
            if case.output(DELAY_ENTRY) is not None:
                child.manner = "delayed"
                continue
            plan = case.output(PLACE_DISABLED_PUPIL)
            if plan is None:
                continue
            child.manner = "special"
            if not plan.school_name:
                child.place = self.serves.get(child.township)

    def draw(self) -> None:
        """Private schools: all first wishes, then second ones, each place by its tickets."""
        for wish in (0, 1):
            for place in self.private:
                wanting = [
                    unit
                    for unit in self.units()
                    if all(
                        len(child.wishes) > wish
                        and child.wishes[wish] == place.code
                        and self._may_draw(child)
                        for child in unit.children
                    )
                ]
                self._draw_for(place, wanting)

    def _draw_for(self, place: Place, wanting: Sequence[Unit]) -> None:
        lots = sorted((ticket(self.facts.seed, place.code, unit.key), unit.key) for unit in wanting)
        by_key = {unit.key: unit for unit in wanting}
        for position, (lot, key) in enumerate(lots, 1):
            unit = by_key[key]
            admitted = len(unit.children) <= self.free[place.code]
            for child in unit.children:
                child.drawn = {
                    "drawn_for": place.code,
                    "drawn_for_name": place.name.zh,
                    "admitted": admitted,
                    "position": position,
                    "ticket": lot,
                }
            if admitted:
                self.free[place.code] -= len(unit.children)
                unit.give(place, "private")

    def _may_draw(self, child: Child) -> bool:
        """Who meets the public conditions here, or has a parent insured for a full year."""
        facts = child.known.facts
        insured_here = facts.get("insured_county") in {self.facts.county, CITY_LEVEL}
        return child.category is not None or (
            insured_here and facts.get("insured_months", 0) >= FULL_YEAR
        )

    def order(self, unit: Unit, place: Place) -> tuple[Any, ...]:
        """Who comes before whom at a place: category, older sibling there, tie-break, ticket.

        Bound children stand where the last of them would stand alone.
        """
        lot = ticket(self.facts.seed, place.code, unit.key)
        return max(self._standing(child, place) for child in unit.children), lot

    def _standing(self, child: Child, place: Place) -> tuple[Any, ...]:
        category = child.category
        assert category is not None
        facts = child.known.facts
        return (
            category.priority,
            not self._has_sibling_at(child, place),
            tuple(_rank(facts, key) for key in category.tie),
        )

    @staticmethod
    def _has_sibling_at(child: Child, place: Place) -> bool:
        if child.answers.text("sibling_school") != place.code:
            return False
        checked = child.entrant.case.output(CHECK_RELATION)
        if checked is None:
            return CHECK_RELATION.id in child.entrant.undecided
        return checked.sibling_found

    def give_catchment_places(self) -> None:
        """Each public school: its catchment's children in order, as long as there are places."""
        wanting: dict[str, list[Unit]] = {}
        for unit in self.units():
            served = [self.serves.get(child.township) for child in unit.children]
            first = served[0]
            same = first is not None and all(one is first for one in served)
            if first and same and all(child.category for child in unit.children):
                wanting.setdefault(first.code, []).append(unit)
        for place in self.public:
            for unit in sorted(wanting.get(place.code, ()), key=lambda one: self.order(one, place)):
                if len(unit.children) <= self.free[place.code]:
                    self.free[place.code] -= len(unit.children)
                    unit.give(place, "catchment")

    def give_places_elsewhere(self) -> None:
        """Who accepts it, in order, where there is room: a sibling's school, else the emptiest."""
        county = Place(self.facts.county, Words("", ""), 0)
        waiting = [
            unit
            for unit in self.units()
            if all(
                child.category and child.answers.ticked("accept_elsewhere")
                for child in unit.children
            )
        ]
        for unit in sorted(waiting, key=lambda one: self.order(one, county)):
            roomy = [one for one in self.public if self.free[one.code] >= len(unit.children)]
            if roomy:
                place = min(
                    roomy,
                    key=lambda one: (
                        not any(self._has_sibling_at(child, one) for child in unit.children),
                        -self.free[one.code],
                        one.code,
                    ),
                )
                self.free[place.code] -= len(unit.children)
                unit.give(place, "elsewhere")


def _rank(facts: Mapping[str, Any], key: str) -> tuple[int, float]:
    """How a fact ranks in a tie-break: the earliest day, the most with "-", yes before no."""
    value = facts.get(key.removeprefix("-"))
    if value is None:
        return 1, 0.0
    if isinstance(value, date):
        return 0, float(value.toordinal())
    return 0, float(-value if key.startswith("-") or isinstance(value, bool) else value)


def allot(facts: RoundFacts, entrants: tuple[Entrant, ...]) -> Mapping[str, Allotment]:
    """What the round gives to each entry, by its key."""
    current = Round(facts, entrants)
    current.set_apart()
    current.draw()
    current.give_catchment_places()
    current.give_places_elsewhere()
    for child in current.children:
        if child.is_open:
            child.manner = "none"
    return {child.key: _allotment(facts, child) for child in current.children}


def _allotment(facts: RoundFacts, child: Child) -> Allotment:
    category = child.category
    school = _school_name(child)
    by_hand = _by_hand(child)
    given = {
        "year": facts.year,
        "school_code": child.place.code if child.place else "",
        "school_name": school.zh,
        "category": category.code if category else "",
        "category_name": category.name.zh if category else "",
        "priority": category.priority if category else None,
        "manner": MANNERS[child.manner].zh,
        **child.drawn,
    }
    why = _why(child, school, by_hand)
    apart = by_hand or child.manner in {"special", "delayed", "none"}
    listed = APART if apart else (given["category_name"], school.zh, given["manner"])
    name = masked_name(child.answers.text("child_name"))
    return Allotment({**given, "reason": why.zh}, why, (child.key, name, *listed), by_hand)


def _school_name(child: Child) -> Words:
    if child.place:
        return child.place.name
    plan = child.entrant.case.output(PLACE_DISABLED_PUPIL)
    if child.manner == "special" and plan and plan.school_name:
        return Words(plan.school_name, plan.school_name)
    return Words("", "")


def _by_hand(child: Child) -> bool:
    """Whether a person decides: something is undecided or contested, or there is no place."""
    if child.manner == "delayed":
        return False
    contested = child.answers.has("contest_reason")
    nowhere = child.manner == "none" or (child.manner == "special" and not _school_name(child).zh)
    return bool(child.entrant.undecided) or contested or nowhere


def _why(child: Child, school: Words, by_hand: bool) -> Words:
    """One sentence for the family: where, by what, and what a person still looks at."""
    because = child.found.why if child.found else Words("没有该县的类别表。", "No table.")
    where = {
        "private": Words(f"{school.zh}派位录取，公办学位不再保留。", f"Drawn by {school.en}."),
        "catchment": Words(f"学区内分配到{school.zh}。", f"{school.en}, in the catchment."),
        "elsewhere": Words(
            f"学区学校学位不够，调剂到{school.zh}。",
            f"The catchment's school is full: {school.en}.",
        ),
        "special": Words(f"按专家评估安排{school.zh}。", f"Placed by experts: {school.en}."),
        "delayed": Words("已批准延缓入学，今年不分配学位。", "Delay granted: no place this year."),
        "none": _nowhere(child),
    }[child.manner]
    parts = [where] if child.manner in {"special", "delayed"} else [where, because]
    if child.drawn and not child.drawn["admitted"]:
        name = child.drawn["drawn_for_name"]
        parts.append(
            Words(
                f"{name}派位第{child.drawn['position']}位，未派中。",
                f"Number {child.drawn['position']} in the private draw: not admitted.",
            )
        )
    if by_hand and child.manner != "none":
        parts.append(_waits_for_a_person(child))
    return Words("".join(one.zh for one in parts), " ".join(one.en for one in parts).strip())


def _waits_for_a_person(child: Child) -> Words:
    if child.entrant.undecided:
        return Words(
            "还有核验由人工决定，学位先保留。",
            "A person still decides about a check; the place is held.",
        )
    if child.answers.has("contest_reason"):
        return Words(
            "您对类别有不同意见，由工作人员核定，学位先保留。",
            "You contest the category: a person decides, and the place is held.",
        )
    return Words("具体学校由教育部门与您商定。", "Education settles the school with you.")


def _nowhere(child: Child) -> Words:
    if child.category is None:
        return Words("由教育部门人工核定。", "A person at education decides.")
    if not child.answers.ticked("accept_elsewhere"):
        return Words(
            "学区学校学位不够，您不接受调剂，由教育部门与您联系、统筹安排。",
            "The catchment's school is full and you accept no other: education will contact you.",
        )
    if child.answers.ticked("bind"):
        return Words(
            "没有能同时安排捆绑孩子的学校，由教育部门统筹安排。",
            "No school has room for the bound children together: education will arrange it.",
        )
    return Words(
        "本县（市、区）学位不够，由教育部门统筹安排。",
        "There are no places left in the county: education will arrange it.",
    )
