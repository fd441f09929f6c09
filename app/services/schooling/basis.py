"""Rules of school entry with their sources, stages of school, and days that depend on a year."""

from datetime import date, timedelta

from app.vocabulary.requirement import Rule
from app.wording import Words

COMPULSORY_EDUCATION = Rule(
    "compulsory-education-law-11",
    Words("中华人民共和国义务教育法", "Compulsory Education Law"),
    "第十一条、第十二条",
    "U",
    date(2006, 9, 1),
)
SCHOOL_ONE_THING = Rule(
    "school-entry-one-thing",
    Words("教育入学“一件事”（国家首批重点事项）", "School entry, a national one thing"),
    "国发〔2024〕3号重点事项",
    "A",
    date(2024, 1, 9),
)
NO_CERTIFICATE_NEEDED = Rule(
    "school-entry-no-vaccination-proof",
    Words("教育入学“一件事”报名材料要求", "Papers for school entry"),
    "预防接种证不是报名条件，开学后查验",
    "C",
)
JIAOJIANG_2025 = Rule(
    "jiaojiang-admission-2025",
    Words("2025年台州市椒江区招生入学条件", "Jiaojiang admission, 2025"),
    "椒政办发〔2021〕31号等（第三方转载）",
    "C",
    date(2025, 1, 1),
)
ZHEJIANG_ORDER = Rule(
    "zhejiang-admission-order",
    Words("浙江省内义务教育招生顺序（外地示例）", "Order of admission, Zhejiang examples"),
    "东阳2025年等（第三方转载）",
    "C",
)
PRIVATE_DRAW = Rule(
    "private-school-draw",
    Words("民办学校电脑派位录取（外地示例）", "Draw for private schools, Zhejiang examples"),
    "东阳2025年、温州鹿城2022年（第三方转载）",
    "C",
)
POINTS_EXAMPLE = Rule(
    "points-entry-yongkang-2021",
    Words("积分入学（永康2021年，外地示例）", "Points entry, example of Yongkang 2021"),
    "城区公办学校120分、其他100分；台州积分表未查到",
    "C",
)
COUNTY_PLACEMENT = Rule(
    "county-placement",
    Words("户籍不满一年的由县（市、区）统筹安排", "Registered for less than a year"),
    "台州经济开发区2017年（第三方转载）",
    "C",
)
SPECIAL_EDUCATION = Rule(
    "special-education-placement",
    Words("残疾儿童入学评估与安置", "Placement of disabled children"),
    "残疾人教育条例；台州十四五公共服务规划4.2特殊教育",
    "U",
)
RESIDENCE_PERMIT_RULE = Rule(
    "zhejiang-residence-permit",
    Words("浙江省居住证办理要求", "Zhejiang residence permit"),
    "绍兴办事指南（第三方转载）",
    "C",
)
CHILD_RESCUE_LINE = Rule(
    "child-rescue-line-12349",
    Words("台州市“12349”儿童救助保护热线试点", "Child rescue line 12349, Taizhou pilot"),
    "2020年全国试点",
    "B",
    date(2020, 9, 10),
)
PERSONAL_DATA = Rule(
    "personal-information-law-28-31",
    Words("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
    "第二十八条至第三十一条",
    "U",
    date(2021, 11, 1),
)

PRIMARY, JUNIOR, KINDERGARTEN = "primary", "junior", "kindergarten"
STAGES = {
    PRIMARY: Words("小学一年级", "Grade 1"),
    JUNIOR: Words("初中七年级", "Grade 7"),
    KINDERGARTEN: Words("幼儿园小班", "Kindergarten"),
}
# Age in full years on 31 August of the year of entry. Three for kindergarten is unsourced.
LEAST_AGE = {PRIMARY: 6, KINDERGARTEN: 3}
_CUT_OFF = (8, 31)
# Below this many months on the cut-off day an insured parent does not count (Jiaojiang 2025).
FULL_YEAR = 12


def year_of(day: date) -> int:
    """The year of entry that is meant on a day: until 31 August this one, then the next."""
    return day.year if (day.month, day.day) <= _CUT_OFF else day.year + 1


def cut_off(year: int) -> date:
    """The day on which age, register, title and permit are judged."""
    return date(year, *_CUT_OFF)


def is_old_enough(born: date, stage: str, year: int) -> bool:
    """Whether a child has the age by 31 August; for stages without an age limit, always."""
    least = LEAST_AGE.get(stage)
    return least is None or born <= date(year - least, *_CUT_OFF)


def months_between(first: date, last: date) -> int:
    """Full months from the month of `first` to the month of `last`, both counted; at least 0."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
