"""What starting a business is helped with: not found for Taizhou; Jiaxing's list as an example."""

from datetime import date
from decimal import Decimal

from app.vocabulary.common_parameters import PERCENT, TAIZHOU, ZHEJIANG
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.vocabulary.work_rates import A_YEAR, MONTHS, YUAN, found, not_found, parameter, value_on
from app.wording import Words

JIAXING = "3304"
IN_2025 = date(2025, 1, 1)
PEOPLE = Words("人", "people")
START_UP_RULE = Rule(
    "zhejiang-start-up-support",
    Words("浙江省就业补助资金管理办法（创业扶持）", "Zhejiang rules on funds: starting up"),
    "浙财社〔2025〕2号；标准由各地定",
    "B",
    date(2025, 1, 22),
)
_SOURCE = "嘉兴市2025年4月公布的就业创业政策（外地例子，不是台州标准）"
_OURS = "没有查到台州市公布的标准"


def _example(name: str, zh: str, en: str, value: str, unit: Words) -> Parameter:
    """Jiaxing's value, and for Taizhou that none was found."""
    here = Amount(None, unit, TAIZHOU, IN_2025, _OURS, "U")
    return parameter(name, zh, en, found(value, unit, JIAXING, IN_2025, _SOURCE, "B"), here)


ONE_OFF = _example("start-up-one-off", "一次性创业补贴（起）", "One-off grant", "5000", YUAN)
ONE_OFF_MONTHS = _example(
    "start-up-one-off-months", "一次性创业补贴要求经营", "In business", "6", MONTHS
)
ONE_OFF_NEAR = _example(
    "start-up-one-off-near",
    "毕业生创办养老、家政、现代农业企业，3年合计",
    "Graduates with a firm in care, household service or farming, over three years",
    "100000",
    YUAN,
)
INSURANCE = _example("start-up-insurance", "一次性创业社保补贴", "Insurance grant", "5000", YUAN)
INSURANCE_GRADUATE = _example(
    "start-up-insurance-graduate",
    "一次性创业社保补贴（毕业5年内）",
    "Insurance grant, graduates",
    "10000",
    YUAN,
)
# The DAG of the event says 12 months for everybody; where the figure comes from was not found.
INSURANCE_MONTHS = parameter(
    "start-up-insurance-months",
    "创业社保补贴要求缴社保",
    "Insured for",
    found("12", MONTHS, ZHEJIANG, IN_2025, "创业社保补贴：缴满12个月（待确认）", "C"),
)
HIRES_LEAST = _example("start-up-hires-least", "带动就业至少", "At least", "3", PEOPLE)
HIRES_FIRST = _example("start-up-hires", "带动3人就业", "For the first three", "2000", A_YEAR)
HIRES_MORE = _example("start-up-hires-more", "每多带动1人", "For each more", "1000", A_YEAR)
HIRES_CAP = _example("start-up-hires-cap", "带动就业补贴最多", "At most", "20000", A_YEAR)
RENT_SHARE = _example("start-up-rent", "场租补贴比例", "Share of the rent", "50", PERCENT)
RENT_CAP = _example("start-up-rent-cap", "场租补贴最多", "At most", "10000", A_YEAR)
YEARLY_MONTHS = _example(
    "start-up-yearly-months", "带动就业和场租补贴最长", "Longest", "36", MONTHS
)
LOAN_MOST = _example("start-up-loan-most", "创业担保贷款最多", "Loan at most", "500000", YUAN)
GRADUATED_MONTHS = parameter(
    "start-up-graduated",
    "按高校毕业生申请创业扶持，毕业不超过",
    "Graduates of at most",
    found("60", MONTHS, ZHEJIANG, date(2023, 1, 1), "毕业5年以内（第三方转载）", "C"),
)
START_UP = parameter(
    "start-up-grants",
    "创业补贴",
    "Start-up grants",
    not_found(YUAN, IN_2025, f"{_OURS}（嘉兴例子：一次性5000元起）"),
)


def insurance_grant(*, graduate: bool, day: date, area: str) -> Decimal | None:
    """The one-off insurance grant: Jiaxing 5,000, of graduates 10,000; None where not found."""
    return value_on(INSURANCE_GRADUATE if graduate else INSURANCE, day, area)


def hires_grant(people: int, day: date, area: str) -> Decimal | None:
    """A year's grant for people employed: Jiaxing 2,000 for 3, 1,000 for each more, cap 20,000."""
    rates = (HIRES_LEAST, HIRES_FIRST, HIRES_MORE, HIRES_CAP)
    least, first, more, most = (value_on(rate, day, area) for rate in rates)
    if least is None or first is None or more is None or most is None:
        return None
    return min(first + more * (people - least), most) if people >= least else Decimal(0)


def rent_grant(rent_a_year: Decimal, day: date, area: str) -> Decimal | None:
    """A year's grant for the rent: Jiaxing half of it, at most 10,000; None where not found."""
    share, most = value_on(RENT_SHARE, day, area), value_on(RENT_CAP, day, area)
    if share is None or most is None:
        return None
    return min(round(rent_a_year * share / 100, 2), most)
