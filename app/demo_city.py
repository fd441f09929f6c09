"""Demo people by story, demo officers and demo partner apps; every number is made up but valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.forms.identifiers import credit_code_check, id_check_character
from app.vocabulary.authorities import (
    CIVIL_AFFAIRS,
    DISABLED_PERSONS_FEDERATION,
    HEALTH_COMMISSION,
    HEALTHCARE_SECURITY,
    HUMAN_RESOURCES,
    PUBLIC_SECURITY,
    TAX,
    TOWNSHIP,
)
from app.vocabulary.public_service import CompetentAuthority
from app.wording import Words

JIAOJIANG, HUANGYAN, SANMEN = "331002", "331003", "331022"
WENLING, LINHAI, YUHUAN = "331081", "331082", "331083"


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """A moment some days before today; `at` is the local time as HH:MM."""

    days: int
    at: str

    def on(self, today: date) -> str:
        """The moment as an answer keeps it, for example 2026-03-27T08:30."""
        return f"{today - timedelta(days=self.days)}T{self.at}"


@dataclass(frozen=True, slots=True)
class DemoResident:
    """A person to be in the demo: `records` holds what each shared register (its id) knows."""

    id: str
    name: str
    id_number: str
    mobile: str
    county: str
    story: Words
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def records_on(self, today: date) -> dict[str, dict[str, Any]]:
        """The records with every DaysAgo counted from `today`."""
        return {
            register: {name: _dated(fact, today) for name, fact in record.items()}
            for register, record in self.records.items()
        }


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """A department's officer; `county` is a six-digit code, None for the whole city."""

    id: str
    name: str
    authority: str
    county: str | None
    title: Words


@dataclass(frozen=True, slots=True)
class DemoPartner:
    """A third-party app of the demo with its API key and scopes."""

    id: str
    name: Words
    scopes: tuple[str, ...]
    key: str


def _dated(fact: Any, today: date) -> Any:
    match fact:
        case DaysAgo():
            return fact.on(today)
        case list() | tuple():
            return [_dated(part, today) for part in fact]
        case _:
            return fact


def demo_id(county: str, birthday: str, sequence: int) -> str:
    """A valid ID number of nobody: county, YYYYMMDD, three-digit sequence (odd: male)."""
    body = f"{county}{birthday}{sequence:03d}"
    return body + id_check_character(body)


def demo_credit_code(first_17: str) -> str:
    """A valid credit code of no organisation."""
    return first_17 + credit_code_check(first_17)


def _person(
    name: str, id_number: str, ethnicity: str, register: Mapping[str, str]
) -> dict[str, Any]:
    document = {"type": "resident-id", "number": id_number}
    return {
        "name": name,
        "document": document,
        "ethnicity": ethnicity,
        "register": dict(register),
    }


def _place(county: str, township: str, detail: str) -> dict[str, str]:
    return {"county": county, "township": township, "detail": detail}


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
_CHEN_HOME = _place(JIAOJIANG, "331002002", "演示路 18 号 2 单元 601 室")
_CHEN, _LIN = _couple(
    _person("陈雨桐", _CHEN_ID, "01", _CHEN_HOME),
    _person("林浩然", _LIN_ID, "01", _CHEN_HOME),
    _household(_CHEN_HOME, "林浩然", "100200318"),
    _birth("椒江演示妇幼保健院", 1, ("2", DaysAgo(8, "09:26"), 39, 3280, 50)),
    "J331002-2022-000518",
    {"employer": "台州演示缝纫机有限公司", "employer_code": demo_credit_code("91331002MA2DEM001")},
)
_WANG_ID, _ZHAO_ID = demo_id(LINHAI, "19911105", 348), demo_id(LINHAI, "19890219", 233)
_WANG_HOME = _place(LINHAI, "331082001", "演示巷 7 号")
_WANG, _ZHAO = _couple(
    _person("王思琪", _WANG_ID, "01", _WANG_HOME),
    _person("赵天宇", _ZHAO_ID, "01", _WANG_HOME),
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
_HUANG_HOME = _place(WENLING, "331081001", "演示大道 256 号")
_ZHOU, _HUANG = _couple(
    _person("周晓雯", _ZHOU_ID, "01", _place("other", "", "浙江省杭州市西湖区演示街 3 号")),
    _person("黄志远", _HUANG_ID, "01", _HUANG_HOME),
    _household(_HUANG_HOME, "黄志远", "108100256"),
    _birth("温岭演示妇幼保健院", 1, ("1", DaysAgo(20, "14:40"), 40, 3550, 51)),
    "J330106-2023-002231",
    None,
)
_XU_ID = demo_id(HUANGYAN, "19980921", 264)
_XU_HOME = _place(HUANGYAN, "331003002", "演示新村 12 幢 303 室")
_GU_ID, _LI_ID = demo_id(LINHAI, "19930520", 286), demo_id(LINHAI, "19911212", 295)
_GU_HOME = _place(LINHAI, "331082002", "演示小区 5 幢 1102 室")
_GU, _LI = _couple(
    _person("古丽娜尔·阿不都拉", _GU_ID, "05", _GU_HOME),
    _person("李㛃𬱖", _LI_ID, "01", _GU_HOME),
    _household(_GU_HOME, "李㛃𬱖", "108200502"),
    _birth("台州演示恩泽医院", 1, ("2", DaysAgo(5, "06:12"), 38, 3010, 49)),
    "J331082-2021-000333",
    {"employer": "临海演示制药有限公司", "employer_code": demo_credit_code("91331082MA2DEM003")},
)
_LIU_ID, _HE_ID = demo_id("340802", "19950630", 388), demo_id(YUHUAN, "19940101", 319)
_HE_HOME = _place(YUHUAN, "331083001", "演示东路 66 号")
_LIU, _HE = _couple(
    _person("刘芳", _LIU_ID, "01", _place("other", "", "安徽省安庆市迎江区演示路 9 号")),
    _person("何建军", _HE_ID, "01", _HE_HOME),
    _household(_HE_HOME, "何建军", "108300066"),
    _birth("玉环演示人民医院", 1, ("1", DaysAgo(40, "17:05"), 39, 3400, 50)),
    "J331083-2024-000146",
    {"employer": "玉环演示阀门有限公司", "employer_code": demo_credit_code("91331083MA2DEM004")},
)

RESIDENTS = (
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
                "own": _person("徐静怡", _XU_ID, "01", _XU_HOME),
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


def _officer(
    id_: str, name: str, authority: CompetentAuthority, county: str | None, zh: str, en: str
) -> DemoOfficer:
    return DemoOfficer(id_, name, authority.id, county, Words(zh, en))


OFFICERS = (
    _officer(
        "zhang-min", "张敏", PUBLIC_SECURITY, JIAOJIANG, "椒江户籍民警", "Household, Jiaojiang"
    ),
    _officer("sun-lei", "孙磊", PUBLIC_SECURITY, JIAOJIANG, "椒江户籍民警", "Household, Jiaojiang"),
    _officer("qian-hai", "钱海", PUBLIC_SECURITY, LINHAI, "临海户籍民警", "Household, Linhai"),
    _officer("jin-bo", "金波", PUBLIC_SECURITY, None, "全市户籍民警", "Household, whole city"),
    _officer("ye-qing", "叶青", TOWNSHIP, JIAOJIANG, "椒江街道补贴初审员", "Subsidy, Jiaojiang"),
    _officer("hu-bin", "胡斌", TOWNSHIP, JIAOJIANG, "椒江街道补贴初审员", "Subsidy, Jiaojiang"),
    _officer("ding-yan", "丁燕", TOWNSHIP, None, "全市补贴初审员", "Subsidy, whole city"),
    _officer("luo-jing", "罗静", HEALTHCARE_SECURITY, None, "医保经办员", "Medical insurance"),
    _officer("fang-yuan", "方圆", HEALTH_COMMISSION, None, "卫健经办员", "Health commission"),
    _officer("shen-tao", "沈涛", TAX, None, "税务经办员", "Tax service"),
    _officer("pan-li", "潘丽", HUMAN_RESOURCES, None, "社保卡经办员", "Social security card"),
    _officer("cai-hong", "蔡红", CIVIL_AFFAIRS, None, "民政经办员", "Civil affairs"),
    _officer("yu-hui", "余慧", DISABLED_PERSONS_FEDERATION, None, "残联经办员", "Disabled persons"),
)

PARTNER_APPS = (
    DemoPartner(
        "family-app",
        Words("亲子服务小程序（演示）", "Family app (demo)"),
        ("life-events:read", "cases:read", "cases:write"),
        "demo-family-app-key-for-this-machine-only",
    ),
    DemoPartner(
        "status-board",
        Words("进度查询应用（演示）", "Status app (demo)"),
        ("life-events:read", "cases:read"),
        "demo-status-board-key-for-this-machine-only",
    ),
)
