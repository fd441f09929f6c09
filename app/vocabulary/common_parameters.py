"""Amounts that several benefits hang on; one new line here moves all of them."""

from datetime import date
from decimal import Decimal

from app.vocabulary.requirement import Amount, Parameter
from app.wording import Words

A_MONTH_EACH = Words("元/人·月", "yuan per person and month")
A_MONTH = Words("元/月", "yuan a month")
TIMES_THE_LINE = Words("倍低保标准", "times the minimum living line")
PERCENT = Words("%", "%")
TAIZHOU, ZHEJIANG = "3310", "33"
JIAOJIANG, HUANGYAN, LUQIAO = "331002", "331003", "331004"
SANMEN, TIANTAI, XIANJU = "331022", "331023", "331024"
WENLING, LINHAI, YUHUAN = "331081", "331082", "331083"

_HIGHER = (JIAOJIANG, HUANGYAN, LUQIAO, LINHAI, WENLING, YUHUAN)
_UNTIL_2018 = "台州低保标准（第三方转载）"


def _in_2018(county: str) -> Amount:
    """Two steps until one line for the whole city came in 2019."""
    value = Decimal(770) if county in _HIGHER else Decimal(730)
    return Amount(
        value, A_MONTH_EACH, county, date(2018, 12, 1), _UNTIL_2018, "C", date(2018, 12, 31)
    )


MINIMUM_LIVING_LINE = Parameter(
    "minimum-living-line",
    Words("最低生活保障标准（低保标准）", "Minimum living line"),
    (
        *(_in_2018(county) for county in (*_HIGHER, TIANTAI, XIANJU, SANMEN)),
        Amount(
            None,
            A_MONTH_EACH,
            TAIZHOU,
            date(2019, 1, 1),
            "2019年起全市统一；2019年至2022年11月的数值和起算日未查到",
            "U",
            date(2022, 11, 30),
        ),
        Amount(
            Decimal(1041),
            A_MONTH_EACH,
            TAIZHOU,
            date(2022, 12, 1),
            "台州本地媒体2022年12月7日（转载）：每月950元提高到1041元；此后的标准未查到",
            "C",
        ),
    ),
)
