"""Demo people by story: at work, looking for work, and about to retire."""

from typing import Any

from app.demo_city.kinds import (
    JIAOJIANG,
    LINHAI,
    WENLING,
    DemoResident,
    demo_credit_code,
    demo_id,
    place,
)
from app.wording import Words


def _known(name: str, id_number: str, home: dict[str, str]) -> dict[str, Any]:
    """A person as the population register knows them."""
    own = {"name": name, "id_number": id_number, "ethnicity": "01", "register": home}
    return {"own": own}


_ZHENG_ID = demo_id(LINHAI, "19660518", 117)
_ZHENG_HOME = place(LINHAI, "331082001", "演示弄 21 号")
_RUAN_ID = demo_id("360121", "19951103", 315)
_RUAN_HOME = place("other", "", "江西省南昌市南昌县演示路 5 号")
_KONG_ID = demo_id(WENLING, "20030609", 226)
_KONG_HOME = place(WENLING, "331081001", "演示坊 9 号")
_MAO_ID = demo_id(JIAOJIANG, "19870902", 208)
_MAO_HOME = place(JIAOJIANG, "331002001", "演示花园 3 幢 501 室")

WORKERS = (
    DemoResident(
        "zheng-guoqiang",
        "郑国强",
        _ZHENG_ID,
        "13800576031",
        LINHAI,
        Words(
            "临海灵活就业人员，刚到退休年龄，有公积金和独生子女证",
            "Self-payer in Linhai who has just reached retirement, with a housing fund",
        ),
        {
            "person-register": _known("郑国强", _ZHENG_ID, _ZHENG_HOME),
            "social-insurance-record": {
                "pension_years": 21,
                "pension_months": 4,
                "medical_years": 21,
                "medical_months": 4,
                "paid_from": "2005-06",
            },
            "housing-fund-register": {"fund_account": "331082005061", "fund_sealed": "no"},
            "one-child-register": {"one_child_number": "浙临独字19930077"},
        },
    ),
    DemoResident(
        "ruan-xiaobo",
        "阮小波",
        _RUAN_ID,
        "13800576033",
        JIAOJIANG,
        Words(
            "江西户籍的外卖骑手，刚离开工厂，要自己参保",
            "Delivery rider from Jiangxi who has just left a factory and insures himself",
        ),
        {
            "person-register": _known("阮小波", _RUAN_ID, _RUAN_HOME),
            "social-insurance-record": {
                "pension_years": 4,
                "pension_months": 2,
                "medical_years": 4,
                "medical_months": 2,
                "paid_from": "2022-08",
                "employer": "台州演示缝纫机有限公司",
                "employer_code": demo_credit_code("91331002MA2DEM001"),
            },
        },
    ),
    DemoResident(
        "kong-lingyi",
        "孔令仪",
        _KONG_ID,
        "13800576034",
        WENLING,
        Words("温岭的应届毕业生，在养老院找到工作", "New graduate in Wenling with a job in care"),
        {"person-register": _known("孔令仪", _KONG_ID, _KONG_HOME)},
    ),
    DemoResident(
        "mao-lina",
        "毛丽娜",
        _MAO_ID,
        "13800576032",
        JIAOJIANG,
        Words(
            "椒江一家缝纫机厂的人事，给职工申报退休和新招员工",
            "Personnel clerk in Jiaojiang: files for those who retire or are hired",
        ),
        {
            "person-register": _known("毛丽娜", _MAO_ID, _MAO_HOME),
            "social-insurance-record": {
                "pension_years": 12,
                "pension_months": 3,
                "medical_years": 12,
                "medical_months": 3,
                "paid_from": "2014-08",
                "employer": "台州演示缝纫机有限公司",
                "employer_code": demo_credit_code("91331002MA2DEM001"),
            },
        },
    ),
)
