"""Demo people by story: with a disability, looking after somebody who has one, old or in need."""

from typing import Any

from app.demo_city.kinds import HUANGYAN, TIANTAI, XIANJU, DemoResident, demo_id, place
from app.wording import Words


def _known(name: str, id_number: str, home: dict[str, str]) -> dict[str, Any]:
    """A person as the population register knows them."""
    return {"name": name, "id_number": id_number, "ethnicity": "01", "register": home}


_DONG_ID = demo_id(HUANGYAN, "19790416", 135)
_DONG_HOME = place(HUANGYAN, "331003001", "演示桥路 8 号")
_LUO_ID, _CHILD_ID = demo_id(TIANTAI, "19901128", 224), demo_id(TIANTAI, "20190705", 319)
_LUO_HOME = place(TIANTAI, "331023001", "演示山村 15 号")
_JIANG_ID = demo_id(XIANJU, "19420310", 157)
_JIANG_HOME = place(XIANJU, "331024001", "演示溪边 2 号")

HELPED = (
    DemoResident(
        "dong-jianping",
        "董建平",
        _DONG_ID,
        "13800576021",
        HUANGYAN,
        Words(
            "黄岩肢体一级残疾人，低保边缘家庭，有残疾人证",
            "Grade 1 limb disability in Huangyan, family near the minimum, holds a certificate",
        ),
        {
            "person-register": {"own": _known("董建平", _DONG_ID, _DONG_HOME)},
            "disability-register": {
                "certificate_number": f"{_DONG_ID}41",
                "valid_until": "2031-03-31",
            },
            "relief-register": {"relief_status": "near", "since": "2024-02-01"},
            "care-assessment-register": {
                "care_level": "basic",
                "care_assessed_on": "2026-05-18",
            },
        },
    ),
    DemoResident(
        "luo-xuemei",
        "罗雪梅",
        _LUO_ID,
        "13800576022",
        TIANTAI,
        Words(
            "天台妈妈，七岁的孩子还没办残疾人证，由她代办",
            "Mother in Tiantai; she applies for her child of 7, who has no certificate yet",
        ),
        {
            "person-register": {
                "own": _known("罗雪梅", _LUO_ID, _LUO_HOME),
                "ward": _known("罗小山", _CHILD_ID, _LUO_HOME),
                "relation": "parent",
            }
        },
    ),
    DemoResident(
        "jiang-agen",
        "蒋阿根",
        _JIANG_ID,
        "13800576023",
        XIANJU,
        Words(
            "仙居84岁老人，低保家庭，部分不能自理",
            "Aged 84 in Xianju, on the minimum living guarantee, needs some help",
        ),
        {
            "person-register": {"own": _known("蒋阿根", _JIANG_ID, _JIANG_HOME)},
            "relief-register": {"relief_status": "minimum", "since": "2021-08-01"},
            "care-assessment-register": {
                "care_level": "partly",
                "care_assessed_on": "2026-03-09",
            },
        },
    ),
)
