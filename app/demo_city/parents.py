"""Demo people by story: parents of newborns, with what the registers know of them."""

from collections.abc import Mapping
from typing import Any

from app.demo_city.kinds import (
    HUANGYAN,
    JIAOJIANG,
    LINHAI,
    SANMEN,
    WENLING,
    YUHUAN,
    DaysAgo,
    DemoResident,
    demo_credit_code,
    demo_id,
    place,
    registered,
)
from app.wording import Words


def _household(address: Mapping[str, str], head: str, number: str) -> dict[str, Any]:
    return {
        "household_address": dict(address),
        "household_head": head,
        "household_number": number,
    }


def _birth(institution: str, order: int, *children: tuple[str, DaysAgo, int, int, int]) -> Any:
    """A hospital's record; each child is sex, moment, weeks, grams, centimetres."""
    sex, birth_time, weeks, weight, length = zip(*children, strict=True)
    return {
        "number_of_children": str(len(children)),
        "institution": institution,
        "birth_order": order,
        "sex": list(sex),
        "birth_time": list(birth_time),
        "weeks": list(weeks),
        "weight": list(weight),
        "length": list(length),
    }


def _couple(
    wife: dict[str, Any],
    husband: dict[str, Any],
    household: dict[str, Any],
    birth: dict[str, Any],
    marriage: str,
    insurance: dict[str, str] | None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What registers know of a married couple: the wife's records and the husband's."""
    common: dict[str, Any] = {
        "birth-record": birth,
        "marriage-register": {"certificate_number": marriage},
    }
    if insurance:
        common["maternity-insurance"] = insurance
    return (
        {**common, "family-register": {"own": wife, "spouse": husband, "household": household}},
        {**common, "family-register": {"own": husband, "spouse": wife, "household": household}},
    )


_CHEN_ID, _LIN_ID = demo_id(JIAOJIANG, "19940412", 226), demo_id(JIAOJIANG, "19920830", 117)
_CHEN_HOME = place(JIAOJIANG, "331002002", "演示路 18 号 2 单元 601 室")
_CHEN, _LIN = _couple(
    registered("陈雨桐", _CHEN_ID, "01", _CHEN_HOME),
    registered("林浩然", _LIN_ID, "01", _CHEN_HOME),
    _household(_CHEN_HOME, "林浩然", "100200318"),
    _birth("椒江演示妇幼保健院", 1, ("2", DaysAgo(8, "09:26"), 39, 3280, 50)),
    "J331002-2022-000518",
    {"employer": "台州演示缝纫机有限公司", "employer_code": demo_credit_code("91331002MA2DEM001")},
)
_WANG_ID, _ZHAO_ID = demo_id(LINHAI, "19911105", 348), demo_id(LINHAI, "19890219", 233)
_WANG_HOME = place(LINHAI, "331082001", "演示巷 7 号")
_WANG, _ZHAO = _couple(
    registered("王思琪", _WANG_ID, "01", _WANG_HOME),
    registered("赵天宇", _ZHAO_ID, "01", _WANG_HOME),
    _household(_WANG_HOME, "赵天宇", "108200707"),
    _birth(
        "临海演示人民医院",
        2,
        ("1", DaysAgo(12, "23:51"), 37, 2650, 47),
        ("2", DaysAgo(11, "00:04"), 37, 2480, 46),
    ),
    "J331082-2018-001207",
    {"employer": "临海演示灯饰有限公司", "employer_code": demo_credit_code("91331082MA2DEM002")},
)
_HUANG_ID, _ZHOU_ID = demo_id(WENLING, "19900707", 511), demo_id("330106", "19930316", 402)
_HUANG_HOME = place(WENLING, "331081001", "演示大道 256 号")
_ZHOU, _HUANG = _couple(
    registered("周晓雯", _ZHOU_ID, "01", place("other", "", "浙江省杭州市西湖区演示街 3 号")),
    registered("黄志远", _HUANG_ID, "01", _HUANG_HOME),
    _household(_HUANG_HOME, "黄志远", "108100256"),
    _birth("温岭演示妇幼保健院", 1, ("1", DaysAgo(20, "14:40"), 40, 3550, 51)),
    "J330106-2023-002231",
    None,
)
_XU_ID = demo_id(HUANGYAN, "19980921", 264)
_XU_HOME = place(HUANGYAN, "331003002", "演示新村 12 幢 303 室")
_GU_ID, _LI_ID = demo_id(LINHAI, "19930520", 286), demo_id(LINHAI, "19911212", 295)
_GU_HOME = place(LINHAI, "331082002", "演示小区 5 幢 1102 室")
_GU, _LI = _couple(
    registered("古丽娜尔·阿不都拉", _GU_ID, "05", _GU_HOME),
    registered("李㛃𬱖", _LI_ID, "01", _GU_HOME),
    _household(_GU_HOME, "李㛃𬱖", "108200502"),
    _birth("台州演示恩泽医院", 1, ("2", DaysAgo(5, "06:12"), 38, 3010, 49)),
    "J331082-2021-000333",
    {"employer": "临海演示制药有限公司", "employer_code": demo_credit_code("91331082MA2DEM003")},
)
_LIU_ID, _HE_ID = demo_id("340802", "19950630", 388), demo_id(YUHUAN, "19940101", 319)
_HE_HOME = place(YUHUAN, "331083001", "演示东路 66 号")
_LIU, _HE = _couple(
    registered("刘芳", _LIU_ID, "01", place("other", "", "安徽省安庆市迎江区演示路 9 号")),
    registered("何建军", _HE_ID, "01", _HE_HOME),
    _household(_HE_HOME, "何建军", "108300066"),
    _birth("玉环演示人民医院", 1, ("1", DaysAgo(40, "17:05"), 39, 3400, 50)),
    "J331083-2024-000146",
    {"employer": "玉环演示阀门有限公司", "employer_code": demo_credit_code("91331083MA2DEM004")},
)

PARENTS = (
    DemoResident(
        "chen-yutong",
        "陈雨桐",
        _CHEN_ID,
        "13800576001",
        JIAOJIANG,
        Words("椒江妈妈，一个女儿，资料都能共享", "Mother of one in Jiaojiang; all data shared"),
        _CHEN,
    ),
    DemoResident(
        "lin-haoran",
        "林浩然",
        _LIN_ID,
        "13800576002",
        JIAOJIANG,
        Words("陈雨桐的丈夫", "Chen Yutong's husband"),
        _LIN,
    ),
    DemoResident(
        "wang-siqi",
        "王思琪",
        _WANG_ID,
        "13800576003",
        LINHAI,
        Words("临海妈妈，龙凤胎跨午夜出生", "Mother of twins in Linhai, born around midnight"),
        _WANG,
    ),
    DemoResident(
        "zhao-tianyu",
        "赵天宇",
        _ZHAO_ID,
        "13800576004",
        LINHAI,
        Words("双胞胎的爸爸", "The twins' father"),
        _ZHAO,
    ),
    DemoResident(
        "huang-zhiyuan",
        "黄志远",
        _HUANG_ID,
        "13800576005",
        WENLING,
        Words("温岭爸爸，妻子在杭州参保", "Father in Wenling; his wife is insured in Hangzhou"),
        _HUANG,
    ),
    DemoResident(
        "zhou-xiaowen",
        "周晓雯",
        _ZHOU_ID,
        "13800576006",
        WENLING,
        Words("黄志远的妻子，杭州户籍", "Huang Zhiyuan's wife, registered in Hangzhou"),
        _ZHOU,
    ),
    DemoResident(
        "xu-jingyi",
        "徐静怡",
        _XU_ID,
        "13800576007",
        HUANGYAN,
        Words("黄岩未婚妈妈，孩子随她落户", "Unmarried mother in Huangyan; the child follows her"),
        {
            "family-register": {
                "own": registered("徐静怡", _XU_ID, "01", _XU_HOME),
                "household": _household(_XU_HOME, "徐静怡", "100301203"),
            },
            "birth-record": _birth(
                "黄岩演示妇幼保健院", 1, ("1", DaysAgo(15, "11:33"), 39, 3190, 50)
            ),
        },
    ),
    DemoResident(
        "gulnar",
        "古丽娜尔·阿不都拉",
        _GU_ID,
        "13800576008",
        LINHAI,
        Words(
            "名字有间隔点，丈夫名字有生僻字，父母民族不同",
            "Middle-dot name, husband with rare characters, two ethnicities",
        ),
        _GU,
    ),
    DemoResident(
        "li-jie-di",
        "李㛃𬱖",
        _LI_ID,
        "13800576009",
        LINHAI,
        Words("名字有生僻字的爸爸", "Father with rare characters in his name"),
        _LI,
    ),
    DemoResident(
        "wu-min",
        "吴敏",
        demo_id(SANMEN, "19960208", 422),
        "13800576010",
        SANMEN,
        Words(
            "三门妈妈，系统里查不到资料，全部自己上传", "Nothing is held: she uploads everything"
        ),
    ),
    DemoResident(
        "liu-fang",
        "刘芳",
        _LIU_ID,
        "13800576011",
        YUHUAN,
        Words("安徽户籍的妈妈，孩子随玉环的爸爸", "Mother from Anhui; child joins the father"),
        _LIU,
    ),
    DemoResident(
        "he-jianjun",
        "何建军",
        _HE_ID,
        "13800576012",
        YUHUAN,
        Words("刘芳的丈夫，孩子出生已40天", "Liu Fang's husband; the child is 40 days old"),
        _HE,
    ),
)
