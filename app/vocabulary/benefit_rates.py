"""Rates of the disability subsidies by date, and what hangs on the minimum living line."""

from datetime import date
from decimal import Decimal

from app.vocabulary.common_parameters import (
    A_MONTH,
    MINIMUM_LIVING_LINE,
    PERCENT,
    TAIZHOU,
    TIMES_THE_LINE,
    ZHEJIANG,
)
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words

LIVING_RULE = Rule(
    "zhejiang-disability-living-subsidy",
    Words("浙江省困难残疾人生活补贴制度", "Zhejiang living subsidy for disabled people"),
    "2016年（媒体转载）",
    "C",
    date(2016, 1, 1),
)
NURSING_RULE = Rule(
    "zhejiang-disability-nursing-subsidy",
    Words("浙江省重度残疾人护理补贴制度", "Zhejiang nursing subsidy for severe disability"),
    "2016年；浙江日报2021年9月23日",
    "B",
    date(2016, 1, 1),
)
CARE_LEVELS = (
    ("total", "生活完全不能自理", "Cannot care for oneself at all"),
    ("basic", "生活基本不能自理", "Can hardly care for oneself"),
    ("partly", "生活部分不能自理", "Needs help with some things"),
    ("able", "能够自理", "Needs no help"),
)
IN_2016 = date(2016, 1, 1)
SOURCE_2016 = "浙江省2016年残疾人两项补贴制度（媒体转载）"


def zhejiang(value: str, unit: Words) -> Amount:
    """A value of the rule of 2016 for the province (its exact first day was not found)."""
    return Amount(Decimal(value), unit, ZHEJIANG, IN_2016, SOURCE_2016, "C")


LIVING_SHARE = Parameter(
    "disability-living-share",
    Words("困难残疾人生活补贴占低保标准的比例", "Living subsidy as a share of the line"),
    (zhejiang("30", PERCENT),),
)
LIVING_INCOME_MULTIPLE = Parameter(
    "disability-living-income-multiple",
    Words("生活补贴的收入上限", "Income limit of the living subsidy"),
    (zhejiang("1.5", TIMES_THE_LINE),),
)
INSTITUTION_PERCENT = Parameter(
    "disability-nursing-institution-percent",
    Words("护理补贴机构托养上浮", "More nursing subsidy in an institution"),
    (zhejiang("50", PERCENT),),
)


def _step(name: str, zh: str, en: str, value: str) -> Parameter:
    """One step of the guidance line; which rate Taizhou pays today was not found."""
    return Parameter(
        f"disability-nursing-{name}",
        Words(f"护理补贴：{zh}", f"Nursing subsidy: {en}"),
        (
            Amount(
                Decimal(value),
                A_MONTH,
                ZHEJIANG,
                date(2021, 9, 23),
                "浙江日报2021年9月23日：全省指导标准",
                "B",
            ),
            Amount(None, A_MONTH, TAIZHOU, date(2022, 1, 1), "台州现行标准未查到", "U"),
        ),
    )


NURSING_STEPS = {
    "total": _step("total", "完全不能自理", "cannot care for oneself", "500"),
    "basic": _step("basic", "基本不能自理", "can hardly care for oneself", "250"),
    "partly": _step("partly", "部分不能自理", "needs some help", "125"),
}


def _value(parameter: Parameter, day: date, area: str) -> Decimal | None:
    found = parameter.last_known(day, area)
    return found.value if found else None


def of_the_line(multiple: Parameter, day: date, area: str, per: int = 1) -> Decimal | None:
    """A share or multiple of the minimum living line in yuan; None where a value was not found."""
    line, times = _value(MINIMUM_LIVING_LINE, day, area), _value(multiple, day, area)
    return None if line is None or times is None else round(line * times / per, 2)


def living_subsidy(day: date, area: str = TAIZHOU) -> Decimal | None:
    """Yuan a month: 30 % of the line (312.30 at 1,041)."""
    return of_the_line(LIVING_SHARE, day, area, per=100)


def income_limit(day: date, area: str = TAIZHOU) -> Decimal | None:
    """Income per head below which the living subsidy is paid, in yuan a month."""
    return of_the_line(LIVING_INCOME_MULTIPLE, day, area)


def nursing_subsidy(
    level: str, day: date, area: str = TAIZHOU, *, in_institution: bool = False
) -> Decimal | None:
    """Yuan a month by how much care is needed; half as much again in an institution."""
    step = NURSING_STEPS.get(level)
    value = _value(step, day, area) if step else None
    more = _value(INSTITUTION_PERCENT, day, area) if in_institution else Decimal(0)
    if value is None or more is None:
        return None
    return round(value * (100 + more) / 100, 2)
