"""What families in hardship may get: amounts and conditions for the page that tells it."""

from decimal import Decimal

from app.forms.conditions import Between, Is, Not
from app.vocabulary import benefit_facts as facts
from app.vocabulary.benefit import (
    Benefit,
    Facts,
    all_of,
    any_of,
    below,
    fits,
    needs,
    none_of,
    share_of,
)
from app.vocabulary.common_parameters import MINIMUM_LIVING_LINE
from app.vocabulary.relief_rates import (
    DESTITUTE_MULTIPLE,
    DESTITUTE_RULE,
    MINIMUM_LIVING_RULE,
    NEAR_MULTIPLE,
    TEMPORARY_MULTIPLE,
    TEMPORARY_RULE,
)
from app.wording import Words

EVENT = "relief-and-care"
FAMILY_FACTS = (facts.HOME, facts.AGE, facts.RELIEF, facts.PER_HEAD, facts.PEOPLE)
REGISTERED = needs("registered", MINIMUM_LIVING_RULE, facts.LOCAL).says(
    "户口在台州", "Registered in Taizhou", "请在户籍地申请。", "Please apply where registered."
)
NOT_YET = needs("not-yet", MINIMUM_LIVING_RULE, facts.NO_RELIEF).says(
    "还没有低保、低边、特困等身份",
    "No relief status yet",
    "已经有救助身份。",
    "There is a relief status already.",
)


def _line(known: Facts) -> Decimal | None:
    return known.rate(MINIMUM_LIVING_LINE)


def _gap(known: Facts) -> Decimal | None:
    """The line less the income per head, for every member."""
    line, income, people = (
        _line(known),
        known.number("income_per_head"),
        known.number("people"),
    )
    if line is None or income is None or people is None:
        return None
    return max(Decimal(0), line - income) * people


NEAR_LIMIT = share_of(MINIMUM_LIVING_LINE, NEAR_MULTIPLE)
MINIMUM_LIVING = Benefit(
    id="minimum-living",
    title=Words("最低生活保障（低保）", "Minimum living guarantee"),
    summary=Words(
        "按月补足家庭人均收入与低保标准的差额。", "The family's gap to the line, each month."
    ),
    questions=FAMILY_FACTS,
    needs=(
        REGISTERED,
        NOT_YET,
        needs("below-the-line", MINIMUM_LIVING_RULE, below("income_per_head", _line)).says(
            "家庭人均收入低于低保标准，财产符合规定",
            "Income per head below the line, property within the rules",
            "收入不低于低保标准。",
            "The income is not below the line.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["minimum"]},
    keywords=("低保", "低保金", "低收入"),
    reckon=_gap,
    settled=facts.SETTLED,
    rising=facts.RISING,
)
NEAR_MINIMUM = Benefit(
    id="near-minimum-living",
    title=Words("低保边缘家庭认定", "Being near the minimum"),
    summary=Words(
        "不发低保金，但可以享受医疗、教育等专项救助。",
        "No monthly payment, but relief for medical care, education and more.",
    ),
    questions=FAMILY_FACTS,
    needs=(
        REGISTERED,
        NOT_YET,
        needs("above-the-line", MINIMUM_LIVING_RULE, none_of(below("income_per_head", _line))).says(
            "家庭人均收入不低于低保标准",
            "Income per head not below the line",
            "收入低于低保标准，可以申请低保。",
            "Below the line: apply for the minimum living guarantee.",
        ),
        needs("near-the-line", MINIMUM_LIVING_RULE, below("income_per_head", NEAR_LIMIT)).says(
            "家庭人均收入在低边标准以内（台州的倍数待确认）",
            "Income per head within the multiple (Taizhou's is to be confirmed)",
            "收入超过低边标准。",
            "The income is above it.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["minimum"]},
    keywords=("低保", "低保金", "低收入"),
    settled=facts.SETTLED,
    rising=facts.RISING,
)
# The national list of lost ability: 60 and more, under 16, severe disability by class and grade.
_UNABLE = any_of(
    fits(facts.OLD),
    fits(Between("age_years", at_most=15)),
    all_of(fits(facts.OF_MIND), fits(Is("disability_grade", "1", "2", "3"))),
    all_of(fits(Is("disability_class", "limb")), fits(Is("disability_grade", "1", "2"))),
    all_of(fits(Is("disability_class", "sight")), fits(Is("disability_grade", "1"))),
)
DESTITUTE_SUPPORT = Benefit(
    id="destitute-support",
    title=Words("特困人员救助供养", "Support in extreme hardship"),
    summary=Words(
        "基本生活费不低于低保标准的1.3倍，另按自理能力安排照料。",
        "Basic living at least 1.3 times the line, and care by ability.",
    ),
    questions=(
        facts.HOME,
        facts.AGE,
        facts.DISABILITY,
        facts.DISABILITY_CLASS,
        facts.RELIEF,
        facts.SUPPORT,
    ),
    needs=(
        REGISTERED,
        needs("not-destitute-yet", DESTITUTE_RULE, Not(Is("relief_status", "destitute"))).says(
            "还不是特困人员", "Not recognised yet", "已经是特困人员。", "Recognised already."
        ),
        needs("unable", DESTITUTE_RULE, _UNABLE).says(
            "60周岁以上、不满16周岁，或者重度残疾",
            "60 or more, under 16, or severely disabled",
            "有劳动能力的，可以申请低保。",
            "Who is able to work may apply for the minimum living guarantee.",
        ),
        needs("without-support", DESTITUTE_RULE, Is("without_support", "yes")).says(
            "没有收入，也没有人能赡养、抚养",
            "No income and nobody able to support",
            "有收入或有人赡养、抚养。",
            "There is income or somebody able to support.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["destitute"]},
    keywords=("特困", "五保"),
    reckon=share_of(MINIMUM_LIVING_LINE, DESTITUTE_MULTIPLE),
    bound="at-least",
    settled=facts.SETTLED,
    rising=facts.RISING,
)
TEMPORARY_RELIEF = Benefit(
    id="temporary-relief",
    title=Words("临时救助", "Temporary relief"),
    summary=Words(
        "遇到急难就可以申请，紧急的24小时内先救助；户口不在这里也可以。",
        "For sudden hardship, within 24 hours if urgent; wherever you are registered.",
    ),
    questions=(facts.HOME, facts.HARDSHIP),
    needs=(
        needs("hardship", TEMPORARY_RULE, Is("hardship", "accident", "illness", "spending")).says(
            "遇到意外、重病等急难",
            "Sudden hardship",
            "没有遇到急难。",
            "No sudden hardship.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["temporary"]},
    keywords=("急难救助", "应急", "大病", "火灾"),
    reckon=share_of(MINIMUM_LIVING_LINE, TEMPORARY_MULTIPLE),
    bound="at-most",
    unit=Words("元/人", "yuan for each person"),
    settled=facts.SETTLED,
)
