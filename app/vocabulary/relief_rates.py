"""Rates of relief and of help for older people by date and county."""

from datetime import date
from decimal import Decimal

from app.vocabulary.benefit_rates import IN_2016, SOURCE_2016
from app.vocabulary.common_parameters import (
    A_MONTH,
    HUANGYAN,
    JIAOJIANG,
    LINHAI,
    PERCENT,
    TAIZHOU,
    TIMES_THE_LINE,
    WENLING,
    XIANJU,
    YUHUAN,
    ZHEJIANG,
)
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words

MINIMUM_LIVING_RULE = Rule(
    "taizhou-minimum-living",
    Words("台州市最低生活保障有关规定", "Taizhou rules on the minimum living guarantee"),
    "第三方转载，待确认",
    "C",
)
DESTITUTE_RULE = Rule(
    "destitute-support",
    Words("特困人员救助供养有关规定", "Rules on support in extreme hardship"),
    "台政办发〔2021〕52号第四部分第八节：不低于低保标准1.3倍",
    "A",
    date(2021, 12, 10),
)
TEMPORARY_RULE = Rule(
    "zhejiang-temporary-relief",
    Words("浙江省临时救助办法", "Zhejiang measures on temporary relief"),
    "浙政发〔2015〕35号",
    "C",
)
OLD_AGE_RULE = Rule(
    "taizhou-old-age-allowance",
    Words("台州市高龄津贴有关规定", "Taizhou rules on the old-age allowance"),
    "2024年第三方汇总，待确认",
    "C",
)
ELDERLY_CARE_RULE = Rule(
    "zhejiang-elderly-care-subsidy",
    Words("浙江省养老服务补贴制度实施办法", "Zhejiang measures on the elderly care subsidy"),
    "2022年1月1日起施行",
    "B",
    date(2022, 1, 1),
)
VOUCHER_RULE = Rule(
    "care-voucher-2026",
    Words("养老服务消费补贴", "Care consumption voucher"),
    "2026年1月1日至12月31日；杭州网2026年2月3日",
    "B",
    date(2026, 1, 1),
)

NEAR_MULTIPLE = Parameter(
    "near-poverty-multiple",
    Words("低保边缘家庭的收入上限", "Income limit of families near the minimum"),
    (
        Amount(Decimal("1.5"), TIMES_THE_LINE, ZHEJIANG, IN_2016, SOURCE_2016, "C"),
        Amount(None, TIMES_THE_LINE, TAIZHOU, date(2022, 1, 1), "台州现行倍数未查到", "U"),
    ),
)
DESTITUTE_MULTIPLE = Parameter(
    "destitute-multiple",
    Words("特困人员基本生活标准（最低）", "Least basic living in extreme hardship"),
    (
        Amount(
            Decimal("1.3"),
            TIMES_THE_LINE,
            TAIZHOU,
            date(2021, 12, 10),
            "台政办发〔2021〕52号第四部分第八节",
            "A",
        ),
    ),
)
# Hangzhou's rule stands for nobody else; in Taizhou the county decides, and no scale was found.
TEMPORARY_MULTIPLE = Parameter(
    "temporary-relief-multiple",
    Words("临时救助每人最多", "Temporary relief for each person at most"),
    (
        Amount(
            Decimal(6),
            TIMES_THE_LINE,
            "3301",
            date(2017, 5, 1),
            "新华社2017年5月：杭州市临时救助办法（外地示例）",
            "B",
        ),
        Amount(None, TIMES_THE_LINE, TAIZHOU, date(2016, 1, 1), "台州标准未查到，由县定", "U"),
    ),
)

_COUNTY_TABLE = "2024年台州各县（市、区）高龄津贴汇总（第三方）"
_OLD_AGE_FROM = date(2024, 1, 1)
FIRST_STEP = 80


def _old_age(least_age: int, **counties: int) -> Parameter:
    """One step of the county table; elsewhere only the city's floor of 60 yuan was found."""
    floor = Amount(
        Decimal(60) if least_age == FIRST_STEP else None,
        A_MONTH,
        TAIZHOU,
        _OLD_AGE_FROM,
        f"{_COUNTY_TABLE}：80周岁起不低于60元" if least_age == FIRST_STEP else "本县数值未查到",
        "C" if least_age == FIRST_STEP else "U",
    )
    codes = {
        "jiaojiang": JIAOJIANG,
        "huangyan": HUANGYAN,
        "linhai": LINHAI,
        "yuhuan": YUHUAN,
        "wenling": WENLING,
        "xianju": XIANJU,
    }
    return Parameter(
        f"old-age-allowance-{least_age}",
        Words(f"高龄津贴（{least_age}周岁起）", f"Old-age allowance from {least_age}"),
        (
            floor,
            *(
                Amount(Decimal(yuan), A_MONTH, codes[county], _OLD_AGE_FROM, _COUNTY_TABLE, "C")
                for county, yuan in counties.items()
            ),
        ),
    )


# By the age from which each counts; the counties as the table gives them.
OLD_AGE_STEPS = {
    80: _old_age(80, jiaojiang=60, huangyan=60, linhai=60, yuhuan=60, wenling=60, xianju=60),
    90: _old_age(90, jiaojiang=100, huangyan=60, linhai=100, yuhuan=80, wenling=100, xianju=100),
    100: _old_age(100, huangyan=500, linhai=800, yuhuan=500, wenling=800, xianju=800),
    110: _old_age(110, huangyan=500, linhai=1000, yuhuan=500, wenling=800, xianju=800),
}


def _in_2022(name: str, zh: str, en: str, value: str | None, unit: Words) -> Parameter:
    found = Decimal(value) if value else None
    source = "浙江日报2021年9月23日：浙江省养老服务补贴制度实施办法"
    return Parameter(
        name,
        Words(zh, en),
        (Amount(found, unit, ZHEJIANG, date(2022, 1, 1), source, "B" if found else "U"),),
    )


# The three steps at home are those of the disabled people's nursing subsidy (benefit_rates).
ELDERLY_CARE_80 = _in_2022(
    "elderly-care-80", "养老服务补贴（80周岁以上）", "Elderly care from 80", "125", A_MONTH
)
DESTITUTE_NURSING = _in_2022(
    "destitute-nursing", "本地特困人员护理标准", "Nursing rate in extreme hardship", None, A_MONTH
)

_PILOT = "2025年试点通知（媒体转载）"
_NATIONAL = "杭州网2026年2月3日：全国2026年养老服务消费补贴"
_PILOT_DAYS = (date(2025, 7, 1), date(2025, 12, 31))
_YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))


def _voucher(name: str, zh: str, en: str, pilot: int, now: int, unit: Words) -> Parameter:
    return Parameter(
        name,
        Words(zh, en),
        (
            Amount(Decimal(pilot), unit, ZHEJIANG, _PILOT_DAYS[0], _PILOT, "C", _PILOT_DAYS[1]),
            Amount(Decimal(now), unit, "", _YEAR_2026[0], _NATIONAL, "B", _YEAR_2026[1]),
        ),
    )


VOUCHER_HOME_CAP = _voucher(
    "care-voucher-home", "居家养老消费券每月最多", "Voucher at home, at most", 500, 800, A_MONTH
)
VOUCHER_INSTITUTION_CAP = _voucher(
    "care-voucher-institution",
    "机构养老消费券每月最多",
    "Voucher in an institution",
    800,
    800,
    A_MONTH,
)
VOUCHER_HOME_SHARE = _voucher(
    "care-voucher-home-share", "居家养老消费券抵扣比例", "Share at home", 40, 50, PERCENT
)
VOUCHER_INSTITUTION_SHARE = _voucher(
    "care-voucher-institution-share",
    "机构养老消费券抵扣比例",
    "Share in an institution",
    40,
    40,
    PERCENT,
)
