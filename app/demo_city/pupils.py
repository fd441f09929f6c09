"""Demo people by story: parents whose children begin school or kindergarten next autumn."""

from collections.abc import Mapping
from typing import Any

from app.demo_city.kinds import (
    JIAOJIANG,
    WENLING,
    ChildDocument,
    DemoResident,
    YearsBefore,
    demo_credit_code,
    demo_id,
    place,
)
from app.wording import Words


def _document(number: str) -> dict[str, str]:
    return {"type": "resident-id", "number": number}


def _family(
    household: str,
    head: str,
    address: Mapping[str, str],
    parents: tuple[tuple[str, str, str], ...],
    *children: tuple[str, str, ChildDocument, YearsBefore],
) -> dict[str, Any]:
    """What the register knows: parents by name, number, relation; children by stage and name."""
    stages, names, documents, since = zip(*children, strict=True)
    found: dict[str, Any] = {
        "stages": list(stages),
        "child_name": list(names),
        "child_document": list(documents),
        "child_ethnicity": ["01"] * len(children),
        "relation_to_head": ["child"] * len(children),
        "moved_in_on": list(since),
        "register_address": dict(address),
        "household_number": household,
        "household_head": head,
    }
    for role, (name, number, relation) in zip(("guardian", "second"), parents, strict=False):
        found |= {
            f"{role}_name": name,
            f"{role}_document": _document(number),
            f"{role}_relation": relation,
            f"{role}_register": dict(address),
        }
    return found


_YE_ID, _PAN_ID = demo_id(JIAOJIANG, "19890316", 217), demo_id(JIAOJIANG, "19901022", 224)
_YE_HOME = place(JIAOJIANG, "331002001", "演示书院路 10 号 3 幢 201 室")
_YE_CHILDREN = (
    ("primary", "叶知远", ChildDocument(JIAOJIANG, 6, "0312", 311), YearsBefore(6, "03-25")),
    ("primary", "叶知夏", ChildDocument(JIAOJIANG, 6, "0312", 322), YearsBefore(6, "03-25")),
    ("kindergarten", "叶知秋", ChildDocument(JIAOJIANG, 3, "0520", 308), YearsBefore(3, "06-02")),
)
_FATHER, _MOTHER = ("叶明轩", _YE_ID, "father"), ("潘晓琳", _PAN_ID, "mother")
_YE_ESTATE = {
    "home_owner_name": "叶明轩、潘晓琳",
    "home_owner": "parents",
    "home_place": _YE_HOME,
    "title_number": "浙（2018）台州椒江不动产权第0018821号",
    "unit_number": "331002001001GB00118F00030201",
    "home_use": "dwelling",
    "home_share": 100,
    "home_since": "2018-06-11",
}
_TAO_ID = demo_id("520103", "19930718", 246)
_TAO_HOME = place("other", "", "贵州省贵阳市南明区演示路 12 号")

PUPILS_PARENTS = (
    DemoResident(
        "ye-mingxuan",
        "叶明轩",
        _YE_ID,
        "13800576041",
        JIAOJIANG,
        Words(
            "椒江爸爸，双胞胎明年上小学，小儿子上幼儿园，房户一致",
            "Father in Jiaojiang: twins begin school, the youngest kindergarten; own home",
        ),
        {
            "school-age-register": _family(
                "100200771", "叶明轩", _YE_HOME, (_FATHER, _MOTHER), *_YE_CHILDREN
            ),
            "real-estate-register": _YE_ESTATE,
        },
    ),
    DemoResident(
        "pan-xiaolin",
        "潘晓琳",
        _PAN_ID,
        "13800576042",
        JIAOJIANG,
        Words("叶明轩的妻子", "Ye Mingxuan's wife"),
        {
            "school-age-register": _family(
                "100200771", "叶明轩", _YE_HOME, (_MOTHER, _FATHER), *_YE_CHILDREN
            ),
            "real-estate-register": _YE_ESTATE,
        },
    ),
    DemoResident(
        "tao-yan",
        "陶燕",
        _TAO_ID,
        "13800576043",
        WENLING,
        Words(
            "贵州来温岭务工的妈妈，一个孩子明年上小学，有居住证和社保",
            "Mother from Guizhou who works in Wenling: one child begins school; permit, insurance",
        ),
        {
            "school-age-register": _family(
                "520100445",
                "陶燕",
                _TAO_HOME,
                (("陶燕", _TAO_ID, "mother"),),
                (
                    "primary",
                    "陶子轩",
                    ChildDocument("520103", 6, "0708", 335),
                    YearsBefore(6, "08-01"),
                ),
            ),
            "residence-permit-register": {
                "permit_number": "JZZ331081202400771",
                "permit_issued": YearsBefore(3, "03-05"),
                "permit_until": YearsBefore(-2, "03-04"),
            },
            "social-insurance-record": {
                "pension_years": 3,
                "pension_months": 2,
                "medical_years": 3,
                "medical_months": 2,
                "paid_from": "2023-09",
                "employer": "温岭演示鞋业有限公司",
                "employer_code": demo_credit_code("91331081MA2DEM007"),
            },
        },
    ),
)
