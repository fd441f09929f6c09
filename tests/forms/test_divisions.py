from app.forms import divisions
from app.wording import Words


def test_taizhou_has_nine_counties_and_136_townships():
    counts = {county.code: len(county.townships) for county in divisions.counties()}
    assert counts == {
        "331002": 12,
        "331003": 19,
        "331004": 12,
        "331022": 10,
        "331023": 15,
        "331024": 20,
        "331081": 17,
        "331082": 19,
        "331083": 12,
    }


def test_every_township_lies_in_its_county_and_has_a_code_of_its_own():
    townships = [part for county in divisions.counties() for part in county.townships]
    assert len({part.code for part in townships}) == 136
    for county in divisions.counties():
        assert all(part.county == county.code and part.name for part in county.townships)


def test_names_are_found_by_code():
    assert divisions.name_of("331082") == Words("临海市", "Linhai City")
    assert divisions.name_of("331002001") == Words("海门街道", "海门街道")
    assert divisions.name_of("other") == divisions.ELSEWHERE_NAME
    assert divisions.name_of("330100") is None
    assert divisions.townships("330100") == ()
    assert divisions.township("330100001") is None
