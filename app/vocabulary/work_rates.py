"""Rates around work by date, place and source: wages, unemployment, subsidies, skills, rent."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.vocabulary.common_parameters import (
    A_MONTH,
    HUANGYAN,
    JIAOJIANG,
    LINHAI,
    LUQIAO,
    PERCENT,
    SANMEN,
    TAIZHOU,
    TIANTAI,
    WENLING,
    XIANJU,
    YUHUAN,
    ZHEJIANG,
)
from app.vocabulary.requirement import Amount, Grade, Parameter, Rule
from app.wording import Words

UNEMPLOYMENT_REGULATION = Rule(
    "unemployment-insurance-regulation",
    Words("失业保险条例", "Regulations on unemployment insurance"),
    "第十四条、第十五条、第十七条",
    "B",
    date(1999, 1, 22),
)
HANGZHOU = "3301"
CHINA = ""
YUAN, A_YEAR = Words("元", "yuan"), Words("元/年", "yuan a year")
MONTHS, AN_HOUR = Words("个月", "months"), Words("元/小时", "yuan an hour")
IN_2015, END_OF_2015, IN_2024 = date(2015, 1, 1), date(2015, 12, 31), date(2024, 1, 1)
# Which step of the minimum wage held where, in 2015; whether it still does was not found.
SECOND_STEP = (JIAOJIANG, HUANGYAN, LUQIAO, LINHAI, WENLING, YUHUAN)
THIRD_STEP = (TIANTAI, XIANJU, SANMEN)


def found(
    value: str,
    unit: Words,
    area: str,
    since: date,
    source: str,
    grade: Grade,
    until: date | None = None,
) -> Amount:
    """A value that was found, for a place, from a day on."""
    return Amount(Decimal(value), unit, area, since, source, grade, until)


def not_found(unit: Words, since: date, source: str, area: str = TAIZHOU) -> Amount:
    """From that day on nothing was found here: older values are an indication at most."""
    return Amount(None, unit, area, since, source, "U")


def parameter(name: str, zh: str, en: str, *amounts: Amount) -> Parameter:
    """A parameter with its title in both languages."""
    return Parameter(name, Words(zh, en), amounts)


def value_on(rate: Parameter, day: date, area: str = TAIZHOU) -> Decimal | None:
    """The value in force on a day in a place, however good its source; None if not found."""
    amount = rate.on(day, area)
    return amount.value if amount else None


def months_of(rate: Parameter, day: date, area: str = TAIZHOU) -> int:
    """A length in months. Raises ValueError where none was found."""
    value = value_on(rate, day, area)
    if value is None:
        raise ValueError(f"{rate.id} has no value on {day}")
    return int(value)


def _wages(unit: Words, second: str, third: str, **dates: date) -> tuple[Amount, ...]:
    """One step of the minimum wage for each county."""
    source = "台州2015年分档（第三方转载）：天台、仙居、三门第三档，其余第二档；现在的档次待确认"
    steps = ((SECOND_STEP, second), (THIRD_STEP, third))
    return tuple(
        Amount(Decimal(value), unit, county, dates["since"], source, "C", dates.get("until"))
        for counties, value in steps
        for county in counties
    )


_STEPS = (
    "浙江省2024年最低工资标准：每月2490、2260、2010元，每小时24、22、20元，各地选定；后来的未查到"
)
MINIMUM_WAGE = parameter(
    "minimum-wage",
    "最低月工资",
    "Minimum monthly wage",
    *_wages(A_MONTH, "1660", "1530", since=IN_2015, until=END_OF_2015),
    found("2010", A_MONTH, ZHEJIANG, IN_2024, f"{_STEPS}（这里是最低一档）", "B"),
    found("2490", A_MONTH, HANGZHOU, IN_2024, "杭州日报2024年5月12日", "B"),
    *_wages(A_MONTH, "2260", "2010", since=IN_2024),
)
MINIMUM_HOURLY_WAGE = parameter(
    "minimum-hourly-wage",
    "非全日制最低小时工资",
    "Minimum hourly wage",
    found("20", AN_HOUR, ZHEJIANG, IN_2024, f"{_STEPS}（这里是最低一档）", "B"),
    *_wages(AN_HOUR, "22", "20", since=IN_2024),
)
BENEFIT_RATE = parameter(
    "unemployment-benefit-rate",
    "失业保险金占最低工资的比例",
    "Benefit as a share of the minimum wage",
    found("90", PERCENT, HANGZHOU, IN_2024, "杭州日报2024年5月12日：2490元的90%为2241元", "B"),
    found(
        "75",
        PERCENT,
        TAIZHOU,
        IN_2015,
        "台州2015年失业金和最低工资（第三方转载，比例由1660元、1245元推算）",
        "C",
        END_OF_2015,
    ),
    not_found(PERCENT, date(2016, 1, 1), "没有查到台州市现行比例（杭州2024年为90%）"),
)


def unemployment_benefit(day: date, area: str) -> Decimal | None:
    """A month's benefit: r times the local minimum wage, in whole yuan; None where r is not found.

    Taizhou 2015: 75 % of 1,660 is 1,245 and of 1,530 it is 1,148; Hangzhou 2024: 90 % of 2,490 is
    2,241. Taizhou's share of today was not found, so that today there is no amount.
    """
    share, wage = value_on(BENEFIT_RATE, day, area), value_on(MINIMUM_WAGE, day, area)
    if share is None or wage is None:
        return None
    return (wage * share / 100).quantize(Decimal(1), ROUND_HALF_UP)


def _longest(name: str, zh: str, en: str, months: str) -> Parameter:
    day, source = date(1999, 1, 22), "失业保险条例第十七条"
    return parameter(name, zh, en, found(months, MONTHS, CHINA, day, source, "B"))


# The longest time by years paid: from 1 to under 5, from 5 to under 10, 10 and more.
LONGEST: Mapping[str, Parameter] = {
    "1-5": _longest("benefit-1-5", "缴费1至5年的最长期限", "Longest, 1 to 5 years", "12"),
    "5-10": _longest("benefit-5-10", "缴费5至10年的最长期限", "Longest, 5 to 10 years", "18"),
    "10": _longest("benefit-10", "缴费10年以上的最长期限", "Longest, 10 years and more", "24"),
}
MOST_TOGETHER = _longest(
    "benefit-together", "与以前没领完的合并计算，最长", "Longest with unused months", "24"
)


def longest_benefit(years: str, day: date, carried: int = 0) -> int | None:
    """Months for which the benefit is paid at most; None with less than a year of insurance.

    Months that were not used before (`carried`) are added, up to 24 together (Art. 17).
    """
    length = LONGEST.get(years)
    if length is None:
        return None
    return min(months_of(length, day) + carried, months_of(MOST_TOGETHER, day))


BASE_LEAST = parameter(
    "pension-base-least",
    "养老保险缴费基数下限（占平均工资）",
    "Least pension base",
    found("60", PERCENT, CHINA, date(2011, 7, 1), "参保通用指南：60%至300%自选", "C"),
)
BASE_MOST = parameter(
    "pension-base-most",
    "养老保险缴费基数上限（占平均工资）",
    "Highest pension base",
    found("300", PERCENT, CHINA, date(2011, 7, 1), "参保通用指南：60%至300%自选", "C"),
)
PENSION_RATE = parameter(
    "flexible-pension-rate",
    "灵活就业人员养老保险费率",
    "Pension rate of flexible workers",
    found("20", PERCENT, CHINA, date(2011, 7, 1), "参保通用指南：个人按缴费基数的20%缴纳", "C"),
)
FLEXIBLE_SHARE = parameter(
    "flexible-insurance-subsidy",
    "灵活就业社保补贴占实缴的比例",
    "Flexible-work subsidy as a share of what was paid",
    found("50", PERCENT, HANGZHOU, date(2023, 2, 1), "杭州就业（转载）：此前每月300元", "C"),
    not_found(
        PERCENT,
        date(2023, 2, 1),
        "没有查到台州市公布的标准；外地例子：杭州实缴的50%，另一城市每月550元（不缴医保400元）",
    ),
)
FLEXIBLE_CAP = parameter(
    "flexible-insurance-subsidy-cap",
    "灵活就业社保补贴最多（占实缴）",
    "Most that the flexible-work subsidy may be",
    found("66.67", PERCENT, CHINA, date(2011, 1, 1), "全国规定：不超过实缴的三分之二（转载）", "C"),
)


def _length(name: str, zh: str, en: str, *amounts: tuple[str, str, str]) -> Parameter:
    """A length in months for each area, with its source (third-party copies)."""
    lines = (found(m, MONTHS, area, date(2023, 1, 1), source, "C") for area, m, source in amounts)
    return parameter(name, zh, en, *lines)


_NATIONAL = "全国规定（第三方转载）"
_GRADUATES = "浙江省高校毕业生政策（第三方转载）"
FLEXIBLE_MONTHS = {
    "graduate": _length(
        "flexible-subsidy-graduate",
        "高校毕业生社保补贴最长",
        "Longest subsidy, graduates",
        (CHINA, "24", f"{_NATIONAL}：最长2年"),
        (ZHEJIANG, "36", f"{_GRADUATES}：最长3年"),
    ),
    "hardship": _length(
        "flexible-subsidy-hardship",
        "就业困难人员社保补贴最长",
        "Longest subsidy, hard to employ",
        (CHINA, "36", f"{_NATIONAL}：最长3年，距法定退休不足5年的可到退休"),
    ),
}
# How near retirement the subsidy goes on until then.
UNTIL_RETIREMENT = _length(
    "flexible-subsidy-until-retirement",
    "距法定退休年龄不足",
    "Nearer to retirement than",
    (CHINA, "60", f"{_NATIONAL}：不足5年的可到退休"),
)
JOB_SUBSIDY = {
    "near": parameter(
        "graduate-job-subsidy",
        "高校毕业生就业补贴（养老、家政、现代农业）",
        "Graduate job subsidy: care, household service, farming",
        found("10000", A_YEAR, ZHEJIANG, date(2023, 1, 1), f"{_GRADUATES}，2023—2025年", "C"),
    ),
    "small": parameter(
        "graduate-job-subsidy-small",
        "高校毕业生就业补贴（中小微企业）",
        "Graduate job subsidy: small and medium firms",
        not_found(A_YEAR, date(2023, 1, 1), "由各县（市、区）定，没有查到（外地例子：每年3000元）"),
    ),
}
JOB_SUBSIDY_GRADUATED = {
    "small": _length(
        "job-subsidy-graduated-small",
        "到中小微企业就业，毕业不超过",
        "Graduated at most, small firms",
        (ZHEJIANG, "24", f"{_GRADUATES}：毕业2年以内"),
    ),
    "near": _length(
        "job-subsidy-graduated-near",
        "到养老、家政、现代农业企业就业，毕业不超过",
        "Graduated at most, care and the like",
        (ZHEJIANG, "60", f"{_GRADUATES}：毕业5年以内"),
    ),
}
JOB_SUBSIDY_MONTHS = _length(
    "job-subsidy-months",
    "高校毕业生就业补贴最长",
    "Longest job subsidy",
    (ZHEJIANG, "36", f"{_GRADUATES}：最长3年，两种不能同时享受"),
)
JOB_CONTRACT_MONTHS = _length(
    "job-subsidy-contract",
    "就业补贴要求的劳动合同期限",
    "Contract that the job subsidy needs",
    (ZHEJIANG, "12", f"{_GRADUATES}：合同满1年"),
)
JOB_WAGE_CAP = parameter(
    "job-subsidy-wage-cap",
    "就业补贴的工资上限",
    "Highest wage for the job subsidy",
    not_found(A_MONTH, date(2023, 1, 1), "低于全省平均工资线；线的数值没有查到", ZHEJIANG),
)
SEARCH_GRANT = parameter(
    "job-search-grant",
    "一次性求职补贴",
    "One-off job-search grant",
    not_found(YUAN, date(2022, 1, 1), "没有查到浙江省公布的标准（有说3000元，没有来源）", ZHEJIANG),
)
_SKILL = "杭人社发〔2017〕275号等：五级、四级、三级1000、1500、2000元；台州标准待确认"
_SKILL_2024 = "杭州2024年8月1日起按职业类别分档（媒体转载）"


def _skill(grade: str, zh: str, en: str, yuan: str) -> Parameter:
    value = found(yuan, YUAN, ZHEJIANG, date(2017, 1, 1), _SKILL, "C")
    return parameter(f"skill-subsidy-{grade}", f"技能提升补贴：{zh}", f"Skill subsidy: {en}", value)


SKILL_SUBSIDY = {
    "5": _skill("5", "五级（初级工）", "grade 5", "1000"),
    "4": _skill("4", "四级（中级工）", "grade 4", "1500"),
    "3": _skill("3", "三级（高级工）", "grade 3", "2000"),
}
_KINDS = {
    "production": ("生产制造类", "production", ("1000", "1500", "2000")),
    "social": ("社会生产类", "social production", ("600", "900", "1200")),
    "life": ("农业、生活服务类", "farming and life services", ("400", "600", "800")),
}
# Hangzhou's steps by kind of trade, an example: which kinds Taizhou tells apart was not found.
SKILL_SUBSIDY_HANGZHOU = {
    (kind, grade): parameter(
        f"skill-subsidy-hangzhou-{kind}-{grade}",
        f"杭州技能提升补贴：{zh}，{grade}级",
        f"Hangzhou's skill subsidy: {en}, grade {grade}",
        found(yuan, YUAN, HANGZHOU, date(2024, 8, 1), _SKILL_2024, "B"),
    )
    for kind, (zh, en, steps) in _KINDS.items()
    for grade, yuan in zip(("5", "4", "3"), steps, strict=True)
}
SKILL_CLAIM_MONTHS = parameter(
    "skill-subsidy-claim",
    "发证后申领期限",
    "Time to claim after the certificate",
    found("12", MONTHS, ZHEJIANG, date(2017, 1, 1), "杭人社发〔2017〕275号：发证12个月内", "B"),
)
SKILL_INSURED_MONTHS = parameter(
    "skill-subsidy-insured",
    "技能提升补贴要求的失业保险缴费月数",
    "Months of unemployment insurance for the skill subsidy",
    found(
        "36",
        MONTHS,
        ZHEJIANG,
        date(2017, 1, 1),
        "杭人社发〔2017〕275号：满36个月",
        "B",
        date(2018, 12, 31),
    ),
    found("12", MONTHS, ZHEJIANG, date(2019, 1, 1), "放宽到12个月；放宽的起止日待确认", "C"),
)
_RENT = "2024年台州大学生租房补贴（第三方转载）"


def _rent(degree: str, zh: str, en: str, year: str) -> Parameter:
    value = found(year, A_YEAR, TAIZHOU, IN_2024, _RENT, "C")
    return parameter(f"rent-grant-{degree}", f"租房补贴：{zh}", f"Rent grant: {en}", value)


# Who left a college in Taizhou is paid like a bachelor.
RENT_GRANT = {
    "doctor": _rent("doctor", "博士", "doctor", "12000"),
    "master": _rent("master", "硕士", "master", "9600"),
    "bachelor": _rent("bachelor", "本科", "bachelor", "6000"),
    "technician": _rent("technician", "技师", "technician", "6000"),
    "college": _rent("college", "台州高校大专", "college in Taizhou", "6000"),
}


def _track(degree: str, zh: str, en: str, month: str) -> Parameter:
    value = found(month, A_MONTH, TAIZHOU, IN_2024, _RENT, "C")
    return parameter(f"rent-grant-track-{degree}", f"选聘人才：{zh}", f"Selected: {en}", value)


RENT_GRANT_TRACK = {
    "doctor": _track("doctor", "博士", "doctor", "2000"),
    "master": _track("master", "硕士", "master", "1500"),
    "bachelor": _track("bachelor", "本科", "bachelor", "800"),
}
RENT_GRANT_MONTHS = parameter(
    "rent-grant-months",
    "租房补贴最长",
    "Longest rent grant",
    found("36", MONTHS, TAIZHOU, IN_2024, f"{_RENT}：最长3年", "C"),
)
_VOUCHER, IN_2023, YEARS = "2023年临海房票（第三方转载）", date(2023, 1, 1), Words("周岁", "years")
VOUCHER_AGE_DOCTOR = parameter(
    "housing-voucher-age-doctor",
    "房票：博士年龄不超过",
    "Voucher: doctors up to",
    found("45", YEARS, LINHAI, IN_2023, _VOUCHER, "C"),
)
VOUCHER_AGE = parameter(
    "housing-voucher-age",
    "房票：其他毕业生年龄不超过",
    "Voucher: others up to",
    found("35", YEARS, LINHAI, IN_2023, _VOUCHER, "C"),
)
VOUCHER_CONTRACT = parameter(
    "housing-voucher-contract",
    "房票：劳动合同至少",
    "Voucher: contract of at least",
    found("36", MONTHS, LINHAI, IN_2023, _VOUCHER, "C"),
)
VOUCHER_AMOUNT = parameter(
    "housing-voucher", "临海房票面额", "Voucher", not_found(YUAN, IN_2023, "没有查到面额", LINHAI)
)


def rent_a_year(degree: str, day: date, *, selected: bool = False) -> Amount | None:
    """What the rent grant is in a year (who was selected for public service: in a month)."""
    rates = RENT_GRANT_TRACK if selected else RENT_GRANT
    rate = rates.get(degree)
    return rate.on(day) if rate else None
