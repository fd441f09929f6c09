"""Places for all at once: by category and rule, bound together, never by who came first."""

import random
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.schooling.allocation import APART, COLUMNS, allot
from app.vocabulary.intake import Allotment, Entrant
from tests.services.pupils import (
    CHECKED,
    COUNTY,
    OTHER_TOWNSHIP,
    SEED,
    TOWNSHIP,
    entrant,
    home,
    insured,
    private,
    public,
    registered,
    round_of,
)

LONG_AGO = "2021-03-25"
DELAYED = {"delay-school-entry": {"delay_number": "YH3310021", "delayed_until": 2028}}


def schools_of(found: dict[str, Allotment]) -> dict[str, str]:
    return {key: one.given["school_code"] for key, one in found.items()}


def test_the_category_comes_before_the_day_and_the_day_before_the_ticket():
    found = allot(
        round_of(public("A", 2, TOWNSHIP)),
        (
            entrant("WORK", insured(40), accept_elsewhere="no"),
            entrant("LATER", registered("2022-01-01"), accept_elsewhere="no"),
            entrant("EARLIER", registered("2021-01-01"), accept_elsewhere="no"),
        ),
    )
    assert schools_of(found) == {"EARLIER": "A", "LATER": "A", "WORK": ""}
    assert found["WORK"].by_hand
    assert "不接受调剂" in found["WORK"].why.zh
    assert "户籍类" in found["EARLIER"].why.zh
    assert found["EARLIER"].given["priority"] < found["WORK"].given["priority"]


def test_within_the_register_class_an_own_home_in_the_same_catchment_comes_first():
    found = allot(
        round_of(public("A", 1, TOWNSHIP), public("B", 5, OTHER_TOWNSHIP)),
        (
            entrant("ONLY", registered("2020-01-01")),
            entrant("BOTH", registered("2022-01-01"), home("2019-01-01")),
        ),
    )
    assert schools_of(found) == {"BOTH": "A", "ONLY": "B"}
    assert "调剂" in found["ONLY"].why.zh


def test_a_child_with_a_home_goes_where_the_home_is_and_one_without_where_it_lives():
    found = allot(
        round_of(public("A", 5, TOWNSHIP), public("B", 5, OTHER_TOWNSHIP)),
        (
            entrant("HOME", home("2019-01-01", OTHER_TOWNSHIP)),
            entrant("WORK", insured(13), township=OTHER_TOWNSHIP),
        ),
    )
    assert schools_of(found) == {"HOME": "B", "WORK": "B"}


def test_who_has_an_older_sibling_there_comes_first_within_the_category():
    sibling = {
        "check-parent-child-relation": {**CHECKED, "found": True, "sibling_found": True},
    }
    found = allot(
        round_of(public("A", 1, TOWNSHIP)),
        (
            entrant("FIRST", registered("2020-01-01")),
            entrant("YOUNGER", registered("2022-01-01"), sibling, sibling_school="A"),
        ),
    )
    assert schools_of(found) == {"FIRST": "", "YOUNGER": "A"}


def test_twins_who_do_not_fit_go_elsewhere_together_and_the_last_place_to_the_next():
    twins = [
        entrant(key, registered("2020-01-01"), bound_to="T1", bind="yes") for key in ("T1", "T2")
    ]
    single = entrant("Z", registered("2022-01-01"))
    here, there = public("A", 1, TOWNSHIP), public("B", 2, OTHER_TOWNSHIP)
    found = allot(round_of(here, there), (*twins, single))
    assert schools_of(found) == {"T1": "B", "T2": "B", "Z": "A"}
    nowhere = allot(round_of(here, public("B", 1, OTHER_TOWNSHIP)), (*twins, single))
    assert schools_of(nowhere) == {"T1": "", "T2": "", "Z": "A"}
    assert nowhere["T1"].by_hand
    assert "捆绑" in nowhere["T1"].why.zh


def test_twins_who_are_not_bound_are_placed_each_on_its_own():
    twins = [
        entrant(key, registered("2020-01-01"), bound_to="T1", bind="no") for key in ("T1", "T2")
    ]
    found = allot(round_of(public("A", 1, TOWNSHIP), public("B", 1, OTHER_TOWNSHIP)), tuple(twins))
    assert sorted(schools_of(found).values()) == ["A", "B"]


def test_an_open_check_holds_the_place_as_if_proven_and_a_person_decides():
    stated = {
        "register_address": {"county": COUNTY, "township": TOWNSHIP, "detail": "某路1号"},
        "moved_in_on": "2020-01-01",
    }
    found = allot(
        round_of(public("A", 1, TOWNSHIP)),
        (
            entrant("OPEN", undecided=("check-household-register",), **stated),
            entrant("DONE", registered("2021-01-01"), accept_elsewhere="no"),
        ),
    )
    assert schools_of(found) == {"OPEN": "A", "DONE": ""}
    assert found["OPEN"].by_hand
    assert "人工" in found["OPEN"].why.zh


def test_a_check_that_found_nothing_is_not_replaced_by_what_was_stated():
    stated = {
        "register_address": {"county": COUNTY, "township": TOWNSHIP, "detail": "某路1号"},
        "moved_in_on": "2020-01-01",
    }
    nothing = {"check-household-register": {**CHECKED, "found": False}}
    found = allot(round_of(public("A", 1, TOWNSHIP)), (entrant("E", nothing, **stated),))
    assert schools_of(found) == {"E": ""}
    assert found["E"].by_hand
    assert "没有符合的类别" in found["E"].why.zh


def test_who_contests_the_category_is_decided_by_a_person_with_the_place_held():
    contested = entrant("E", registered(LONG_AGO), contest_reason="房产证刚办好")
    found = allot(round_of(public("A", 1, TOWNSHIP)), (contested,))
    assert schools_of(found) == {"E": "A"}
    assert found["E"].by_hand


def test_a_delay_removes_the_child_and_experts_place_outside_the_capacity():
    ordinary = {"place-disabled-pupil": {"plan": "ordinary", "planned_on": "2027-06-01"}}
    special = {
        "place-disabled-pupil": {
            "plan": "special",
            "school_name": "演示特殊教育学校",
            "planned_on": "2027-06-01",
        }
    }
    delayed = {"delay-school-entry": {**DELAYED["delay-school-entry"], "decided_on": "2027-06-01"}}
    found = allot(
        round_of(public("A", 1, TOWNSHIP)),
        (
            entrant("LATE", registered("2020-01-01"), delayed),
            entrant("CLASS", registered("2020-01-01"), ordinary),
            entrant("SCHOOL", registered("2020-01-01"), special),
            entrant("OTHER", registered("2024-01-01")),
        ),
    )
    assert schools_of(found) == {"LATE": "", "CLASS": "A", "SCHOOL": "", "OTHER": "A"}
    assert found["SCHOOL"].given["school_name"] == "演示特殊教育学校"
    assert not found["LATE"].by_hand
    for key in ("LATE", "CLASS", "SCHOOL"):
        assert found[key].listed[2:] == APART


def test_the_public_list_is_masked_and_as_wide_as_its_columns():
    found = allot(round_of(public("A", 1, TOWNSHIP)), (entrant("E", registered(LONG_AGO)),))
    assert found["E"].listed == ("E", "林*满", "户籍类", "公办A", "学区内分配")
    assert len(found["E"].listed) == len(COLUMNS)


def test_points_rank_where_the_county_uses_them():
    where = {"study_county": "331081", "township": "331081001"}

    def points(number: int) -> dict[str, Any]:
        return {"approve-entry-points": {"points": number, "approved_on": "2027-05-01"}}

    found = allot(
        round_of(public("A", 1, "331081001"), county="331081"),
        (
            entrant("LESS", insured(60, "331081"), points(110), **where),
            entrant("MORE", insured(13, "331081"), points(140), **where),
            entrant("FEW", insured(13, "331081"), points(90), **where),
        ),
    )
    assert schools_of(found) == {"MORE": "A", "LESS": "", "FEW": ""}
    assert "还差10分" in found["FEW"].why.zh


def lot(place: str, key: str) -> str:
    """The published formula, written down again."""
    return sha256(f"{SEED}:{place}:{key}".encode()).hexdigest()


def test_anybody_can_reckon_the_draw_again_from_the_published_formula():
    keys = [f"R{number:03d}" for number in range(20)]
    wishes = tuple(entrant(key, registered(LONG_AGO), private_wish_1="M") for key in keys)
    found = allot(round_of(private("M", 6), public("A", 30, TOWNSHIP)), wishes)
    expected = sorted(keys, key=lambda key: lot("M", key))
    assert {key for key, one in found.items() if one.given["school_code"] == "M"} == set(
        expected[:6]
    )
    for position, key in enumerate(expected, 1):
        assert found[key].given["position"] == position
        assert found[key].given["ticket"] == lot("M", key)
        assert found[key].given["admitted"] == (position <= 6)
    assert {found[key].given["school_code"] for key in expected[6:]} == {"A"}


def test_first_wishes_are_drawn_before_second_ones():
    found = allot(
        round_of(private("M", 1), private("N", 1), public("A", 9, TOWNSHIP)),
        (
            entrant("FIRST", registered(LONG_AGO), private_wish_1="N"),
            entrant("SECOND", registered(LONG_AGO), private_wish_1="M", private_wish_2="N"),
            entrant("THIRD", registered(LONG_AGO), private_wish_1="M", private_wish_2="N"),
        ),
    )
    assert found["FIRST"].given["school_code"] == "N"
    winner = min(("SECOND", "THIRD"), key=lambda key: lot("M", key))
    loser = ({"SECOND", "THIRD"} - {winner}).pop()
    assert found[winner].given["school_code"] == "M"
    assert found[loser].given["school_code"] == "A"
    assert "未派中" in found[loser].why.zh


def test_bound_twins_draw_once_under_the_smallest_key_and_only_together():
    twins = [
        entrant(key, registered(LONG_AGO), bound_to="A1", bind="yes", private_wish_1="M")
        for key in ("B2", "A1")
    ]
    found = allot(round_of(private("M", 2), public("A", 9, TOWNSHIP)), tuple(twins))
    assert schools_of(found) == {"A1": "M", "B2": "M"}
    assert {one.given["ticket"] for one in found.values()} == {lot("M", "A1")}
    one_place = allot(round_of(private("M", 1), public("A", 9, TOWNSHIP)), tuple(twins))
    assert schools_of(one_place) == {"A1": "A", "B2": "A"}


def test_who_fits_no_class_and_is_not_insured_a_full_year_is_not_in_the_draw():
    found = allot(
        round_of(private("M", 9)),
        (
            entrant("NOBODY", private_wish_1="M"),
            entrant("SHORT", insured(11), private_wish_1="M"),
            entrant("YEAR", insured(12), private_wish_1="M"),
        ),
    )
    assert schools_of(found) == {"NOBODY": "", "SHORT": "", "YEAR": "M"}


# Any round: what every child is, told by few numbers.
CHILDREN = st.lists(
    st.tuples(
        st.sampled_from(["register", "property", "work", "none", "open"]),
        st.integers(0, 6),
        st.sampled_from([TOWNSHIP, OTHER_TOWNSHIP]),
        st.booleans(),
        st.sampled_from(["", "M", "N", "MN"]),
        st.sampled_from(["", "delayed", "special"]),
        st.integers(0, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=24,
)
PLACES = st.tuples(*(st.integers(0, 6) for _ in range(4)))
KEYS = [sha256(str(number).encode()).hexdigest()[:8].upper() for number in range(24)]


def made(children: list[Any]) -> tuple[Entrant, ...]:
    families: dict[int, list[str]] = {}
    for number, child in enumerate(children):
        families.setdefault(child[6], []).append(KEYS[number])
    entrants = []
    for number, (kind, years, township, elsewhere, wish, apart, family, _) in enumerate(children):
        since = f"{2019 + years}-05-01"
        checks: list[dict[str, Any]] = {
            "register": [registered(since, township)],
            "property": [home(since, township)],
            "work": [insured(12 + years)],
            "none": [],
            "open": [],
        }[kind]
        if apart == "delayed":
            checks.append(
                {
                    "delay-school-entry": {
                        **DELAYED["delay-school-entry"],
                        "decided_on": "2027-06-01",
                    }
                }
            )
        if apart == "special":
            plan = {"plan": "ordinary", "planned_on": "2027-06-01"}
            checks.append({"place-disabled-pupil": plan})
        # The whole family says the same about binding.
        together = children[next(n for n, one in enumerate(children) if one[6] == family)][7]
        entrants.append(
            entrant(
                KEYS[number],
                *checks,
                undecided=("check-household-register",) if kind == "open" else (),
                bound_to=min(families[family]),
                township=township,
                accept_elsewhere="yes" if elsewhere else "no",
                bind="yes" if together and len(families[family]) > 1 else "no",
                private_wish_1=wish[:1],
                private_wish_2=wish[1:],
                register_address={"county": COUNTY, "township": township, "detail": "某路"},
                moved_in_on=since,
            )
        )
    return tuple(entrants)


def facts_of(totals: tuple[int, ...]) -> Any:
    a, b, m, n = totals
    return round_of(
        public("A", a, TOWNSHIP), public("B", b, OTHER_TOWNSHIP), private("M", m), private("N", n)
    )


@settings(max_examples=60, deadline=None)
@given(CHILDREN, PLACES, st.randoms(use_true_random=False))
def test_who_signed_up_first_never_matters(children: list[Any], totals: Any, chance: random.Random):
    entrants = list(made(children))
    before = allot(facts_of(totals), tuple(entrants))
    chance.shuffle(entrants)
    numbered = tuple(
        replace(one, case=replace(one.case, number=f"TZ-{place}"))
        for place, one in enumerate(entrants)
    )
    assert allot(facts_of(totals), numbered) == before


@settings(max_examples=80, deadline=None)
@given(CHILDREN, PLACES)
def test_everybody_gets_one_result_and_no_school_more_than_it_can_take(
    children: list[Any], totals: Any
):
    entrants, facts = made(children), facts_of(totals)
    found = allot(facts, entrants)
    assert found.keys() == {one.key for one in entrants}
    for place in facts.places:
        inside = [
            one
            for one in found.values()
            if one.given["school_code"] == place.code and one.given["manner"] != "专家评估安置"
        ]
        assert len(inside) <= place.total
    for one in found.values():
        assert len(one.listed) == len(COLUMNS)
        assert one.why.zh
        assert one.why.en
        if not one.given["school_code"]:
            assert one.by_hand or one.given["manner"] == "延缓入学"
        if one.given.get("admitted"):
            assert one.given["manner"] == "民办电脑派位"
            assert one.given["school_code"] == one.given["drawn_for"]


@settings(max_examples=80, deadline=None)
@given(CHILDREN, PLACES)
def test_nobody_of_a_lower_category_is_in_a_school_that_one_of_a_higher_wanted(
    children: list[Any], totals: Any
):
    entrants, facts = made(children), facts_of(totals)
    found = allot(facts, entrants)
    served = {TOWNSHIP: "A", OTHER_TOWNSHIP: "B"}
    for one in entrants:
        mine = found[one.key].given
        alone = not one.case.answers.ticked("bind")
        out = mine["manner"] in {"县内调剂", "统筹安排"} and mine["category"]
        if not (alone and out):
            continue
        wanted = served[one.case.answers.parts("home_address")["township"]]
        for other in found.values():
            theirs = other.given
            if theirs["school_code"] == wanted and theirs["manner"] == "学区内分配":
                assert theirs["priority"] <= mine["priority"]
            assert not (theirs["school_code"] == wanted and theirs["manner"] == "县内调剂")


@settings(max_examples=80, deadline=None)
@given(CHILDREN, PLACES)
def test_bound_children_are_at_one_school_or_all_without(children: list[Any], totals: Any):
    entrants = made(children)
    found = allot(facts_of(totals), entrants)
    families: dict[str, set[tuple[str, str]]] = {}
    for one in entrants:
        given_ = found[one.key].given
        apart = given_["manner"] in {"延缓入学", "专家评估安置"}
        if one.case.answers.ticked("bind") and given_["category"] and not apart:
            place = (given_["school_code"], given_["manner"])
            families.setdefault(one.bound_to, set()).add(place)
    assert all(len(places) == 1 for places in families.values())


@pytest.mark.slow
def test_a_county_of_five_thousand_is_placed_within_seconds():
    chance = random.Random(7)  # noqa: S311
    kinds = ("register", "property", "work", "open", "none")
    entrants = []
    for number in range(5000):
        kind, township = chance.choice(kinds), chance.choice((TOWNSHIP, OTHER_TOWNSHIP))
        since = date(2016 + chance.randrange(10), 5, 1).isoformat()
        checks = {
            "register": [registered(since, township)],
            "property": [home(since, township)],
            "work": [insured(chance.randrange(40))],
        }.get(kind, [])
        entrants.append(entrant(f"K{number:05d}", *checks, private_wish_1="M", township=township))
    found = allot(facts_of((1500, 1500, 400, 100)), tuple(entrants))
    assert len(found) == 5000
    assert sum(one.given["school_code"] == "M" for one in found.values()) == 400
