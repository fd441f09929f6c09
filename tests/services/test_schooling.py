"""Tables of categories and schools, and which category a child is in, with the reasons told."""

from datetime import date
from typing import Any

import pytest

from app.catalogue import load
from app.forms import divisions
from app.services.schooling.basis import (
    JUNIOR,
    KINDERGARTEN,
    PRIMARY,
    STAGES,
    is_old_enough,
    months_between,
    year_of,
)
from app.services.schooling.categories import (
    TableFault,
    classify,
    evidence,
    read_tables,
    table_for,
    tables,
)
from app.services.schooling.facts import FACTS
from app.services.schooling.schools import (
    PRIVATE,
    PUBLIC,
    catchment_school,
    of_county,
    places,
    read_schools,
    schools,
)

YEAR = 2027
LONG_AGO, LATE = date(2021, 3, 25), date(2026, 12, 1)
HOME = {
    "home_county": "331002",
    "home_owner": "grandparents",
    "home_use": "dwelling",
    "home_share": 100,
    "home_since": date(2019, 1, 8),
}


def code(county: str, stage: str, **facts: Any) -> str | None:
    table = table_for(county, stage)
    assert table
    found = classify(table, facts, YEAR).category
    return found.code if found else None


def test_every_county_and_stage_has_a_table_in_order_of_priority():
    counties = {county.code for county in divisions.counties()}
    assert {(one.county, one.stage) for one in tables().values()} == {
        (county, stage) for county in counties for stage in STAGES
    }
    for table in tables().values():
        assert table.cut_off_day == (8, 31)
        assert table.full_priority_years == 1
        assert [one.priority for one in table.categories] == sorted(
            one.priority for one in table.categories
        )
        if not table.confirmed:
            assert "待主管部门确认" in table.told.zh


def test_every_fact_of_the_tables_is_proven_by_a_service_of_the_catalogue():
    named = {service for services in evidence().values() for service in services}
    assert named <= load().services.keys()
    assert evidence().keys() == FACTS.keys()


def test_jiaojiang_has_the_classes_of_2025_and_the_school_roll_only_in_grade_7():
    primary, junior = table_for("331002", PRIMARY), table_for("331002", JUNIOR)
    assert primary
    assert junior
    names = [one.name.zh for one in primary.categories]
    assert names[:4] == ["优待类", "户籍类", "房产类", "经商务工类"]
    assert "学籍类" not in names
    assert "学籍类" in [one.name.zh for one in junior.categories]
    assert primary.grade == "C"


@pytest.mark.parametrize(
    ("county", "stage", "facts", "expected"),
    [
        # The register counts to 31 August, for full priority one year earlier (Jiaojiang 2025).
        ("331002", PRIMARY, {"register_since": date(2026, 8, 31)}, "register"),
        ("331002", PRIMARY, {"register_since": date(2026, 9, 1)}, "arranged"),
        ("331002", PRIMARY, {"register_since": date(2027, 8, 31)}, "arranged"),
        ("331002", PRIMARY, {"register_since": date(2027, 9, 1)}, None),
        ("331002", PRIMARY, {"register_county": "331003", "register_since": LONG_AGO}, None),
        # A home: wholly owned by parents or grandparents, a dwelling, a year before.
        ("331002", PRIMARY, HOME, "property"),
        ("331002", PRIMARY, {**HOME, "home_share": 99}, None),
        ("331002", PRIMARY, {**HOME, "home_use": "commercial"}, None),
        ("331002", PRIMARY, {**HOME, "home_owner": "others"}, None),
        ("331002", PRIMARY, {**HOME, "home_since": date(2026, 9, 1)}, None),
        # A permit that is valid on the cut-off day, or enough months of insurance, or a business.
        (
            "331002",
            PRIMARY,
            {"permit_since": LATE, "permit_until": date(2027, 8, 31)},
            "work",
        ),
        (
            "331002",
            PRIMARY,
            {"permit_since": LATE, "permit_until": date(2027, 8, 30)},
            None,
        ),
        ("331002", PRIMARY, {"insured_county": "331002", "insured_months": 12}, "work"),
        ("331002", PRIMARY, {"insured_county": "city", "insured_months": 12}, "work"),
        ("331002", PRIMARY, {"insured_county": "331081", "insured_months": 30}, None),
        ("331002", PRIMARY, {"insured_county": "331002", "insured_months": 11}, None),
        ("331002", PRIMARY, {"work_county": "331002", "work_since": LATE}, "work"),
        ("331002", JUNIOR, {"school_county": "331002"}, "school-roll"),
        ("331002", PRIMARY, {"school_county": "331002"}, None),
        ("331002", PRIMARY, {"preference": True}, "preference"),
        # Elsewhere the order of the Zhejiang examples: home and register agree come first.
        (
            "331082",
            PRIMARY,
            {
                **HOME,
                "home_county": "331082",
                "register_county": "331082",
                "register_since": LONG_AGO,
                "home_agrees": True,
            },
            "home-register",
        ),
        (
            "331082",
            PRIMARY,
            {"register_county": "331082", "register_since": LONG_AGO},
            "register",
        ),
        # With points: at least a hundred, beside permit, insurance or business.
        (
            "331081",
            PRIMARY,
            {"insured_county": "331081", "insured_months": 24, "points": 100},
            "work",
        ),
        (
            "331081",
            PRIMARY,
            {"insured_county": "331081", "insured_months": 24, "points": 99},
            None,
        ),
        # A kindergarten takes every child that lives there, in the last place.
        ("331002", KINDERGARTEN, {}, "resident"),
    ],
)
def test_the_category_follows_from_the_facts(county, stage, facts, expected):
    here = {"register_county": county} if "register_since" in facts else {}
    assert code(county, stage, **{**here, **facts}) == expected


def test_the_reckoning_says_what_was_found_and_how_many_months_are_missing():
    table = table_for("331002", PRIMARY)
    assert table
    found = classify(table, {"insured_county": "331002", "insured_months": 9}, YEAR)
    assert found.category is None
    assert "9个月，需要12个月，还差3个月" in found.why.zh
    assert "3 months missing" in found.why.en
    late = classify(table, {"register_county": "331002", "register_since": LATE}, YEAR)
    assert "2026年12月1日" in late.why.zh
    assert "需要不晚于2026年8月31日" in late.lacking.zh


def test_the_year_of_entry_turns_after_31_august():
    assert year_of(date(2026, 8, 31)) == 2026
    assert year_of(date(2026, 9, 1)) == 2027


@pytest.mark.parametrize(
    ("born", "stage", "fits"),
    [
        (date(2021, 8, 31), PRIMARY, True),
        (date(2021, 9, 1), PRIMARY, False),
        (date(2024, 8, 31), KINDERGARTEN, True),
        (date(2024, 9, 1), KINDERGARTEN, False),
        (date(2020, 1, 1), JUNIOR, True),
    ],
)
def test_a_child_is_of_age_on_31_august(born, stage, fits):
    assert is_old_enough(born, stage, YEAR) is fits


def test_months_are_counted_with_both_ends():
    assert months_between(date(2026, 9, 1), date(2027, 8, 31)) == 12
    assert months_between(date(2026, 9, 1), date(2026, 8, 1)) == 0


A_TABLE = """
[evidence]
points = "approve-entry-points"
[[table]]
counties = ["{county}"]
stages = ["primary"]
cut_off = "08-31"
full_priority_years = 1
points = false
source = "somewhere"
grade = "{grade}"
[[table.category]]
code = "a"
zh = "甲"
en = "A"
priority = 1
manual_proof = true
catchment = ["{catchment}"]
tie = ["{tie}"]
all = [{{ field = "{field}", op = "{op}", value = {value} }}]
"""
RIGHT = {
    "county": "331002",
    "grade": "C",
    "catchment": "home",
    "tie": "-points",
    "field": "points",
    "op": "at_least",
    "value": "1",
}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"county": "320000"}, "'320000' is no county"),
        ({"grade": "Z"}, "grade 'Z'"),
        ({"catchment": "work"}, "is no address"),
        ({"tie": "speed"}, "in its tie-break is no fact"),
        ({"field": "shoe_size"}, "'shoe_size' is no fact"),
        ({"field": "permit_since"}, "nothing proves 'permit_since'"),
        ({"op": "by"}, "cannot be compared by 'by'"),
        ({"op": "like"}, "cannot be compared by 'like'"),
        ({"value": '"$tomorrow"'}, "'$tomorrow' stands for nothing"),
        ({"value": "true"}, "cannot be True"),
        ({"value": '"many"'}, "cannot be 'many'"),
    ],
)
def test_a_wrong_table_is_refused_with_file_row_and_reason(wrong, reason):
    assert read_tables(A_TABLE.format(**RIGHT))
    with pytest.raises(TableFault, match=r"categories\.toml: table 1") as refused:
        read_tables(A_TABLE.format(**{**RIGHT, **wrong}))
    assert reason in str(refused.value)


def test_every_township_belongs_to_one_public_school_of_each_stage():
    for county in divisions.counties():
        for township in county.townships:
            for stage in STAGES:
                assert catchment_school(stage, township.code) is not None
    assert all("演示" in one.name.zh for one in schools())


def test_every_county_has_public_and_private_schools_with_places():
    for county in divisions.counties():
        for stage in STAGES:
            kinds = {one.kind for one in of_county(county.code, stage)}
            assert kinds == {PUBLIC, PRIVATE}
            assert all(one.total > 0 for one in places(county.code, stage, YEAR))


def test_the_places_of_a_year_not_published_are_those_of_the_last_one():
    known = {one.code: one.total for one in places("331002", PRIMARY, 2027)}
    assert {one.code: one.total for one in places("331002", PRIMARY, 2040)} == known


A_SCHOOL = """
[[school]]
code = "P1"
zh = "演示小学"
en = "Demo"
kind = "{kind}"
stage = "primary"
county = "331002"
places = {{ 2027 = {total} }}
townships = ["{township}"]
"""


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "private"}, "a private one has none"),
        ({"total": -1}, "below zero"),
        ({"township": "331003001"}, "no township of its county"),
    ],
)
def test_a_wrong_school_is_refused_with_file_row_and_reason(wrong, reason):
    right = {"kind": "public", "total": 40, "township": "331002001"}
    assert read_schools(A_SCHOOL.format(**right))
    with pytest.raises(TableFault, match=r"schools\.toml: school 1 'P1'") as refused:
        read_schools(A_SCHOOL.format(**{**right, **wrong}))
    assert reason in str(refused.value)
    twice = A_SCHOOL.format(**right) * 2
    with pytest.raises(TableFault, match="stands twice"):
        read_schools(twice)
