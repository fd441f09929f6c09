"""What disabled people may get: amounts and conditions for the page that tells it."""

from decimal import Decimal

from app.forms.conditions import Is, Not
from app.services.disability.register import CERTIFICATE_MEASURES, ZHEJIANG_ONE_THING
from app.vocabulary import benefit_facts as facts
from app.vocabulary.benefit import Benefit, Facts, all_of, any_of, below, fits, needs, share_of
from app.vocabulary.benefit_rates import (
    INSTITUTION_PERCENT,
    LIVING_INCOME_MULTIPLE,
    LIVING_RULE,
    LIVING_SHARE,
    NURSING_RULE,
    NURSING_STEPS,
)
from app.vocabulary.common_parameters import MINIMUM_LIVING_LINE
from app.wording import Words

EVENT = "disability-aid"
# Of the nursing and the elderly care subsidy only the higher one is paid (to be confirmed).
HIGHER_CARE = "nursing-or-elderly-care"
SEVERE = Is("disability_grade", "1", "2")
INCOME_LIMIT = share_of(MINIMUM_LIVING_LINE, LIVING_INCOME_MULTIPLE)

REGISTERED = needs("registered", LIVING_RULE, facts.LOCAL).says(
    "户口在台州", "Registered in Taizhou", "请在户籍地申请。", "Please apply where registered."
)
HOLDER = needs("certificate", CERTIFICATE_MEASURES, facts.CERTIFIED).says(
    "有残疾人证",
    "Holds a disability certificate",
    "先办残疾人证，办好后可以申请。",
    "Get the certificate first, then apply.",
)
NO_INJURY_PAY = needs("no-injury-pay", NURSING_RULE, Not(Is("paid_already", "injury"))).says(
    "没有领工伤生活护理费",
    "No nursing pay for a work injury",
    "与工伤生活护理费不能同时领（待确认）。",
    "Not paid beside nursing pay for a work injury (to be confirmed).",
)
PLACE_FACTS = (facts.HOME, facts.AGE, facts.DISABILITY, facts.DISABILITY_CLASS)


def _nursing(known: Facts) -> Decimal | None:
    """By three steps, half as much again in an institution."""
    step = NURSING_STEPS.get(known.answers.text("self_care"))
    if step is None:
        return None
    value = known.rate(step)
    if not facts.IN_INSTITUTION.holds(known.answers):
        return value
    more = known.rate(INSTITUTION_PERCENT)
    return None if value is None or more is None else round(value * (100 + more) / 100, 2)


LIVING_SUBSIDY = Benefit(
    id="disability-living-subsidy",
    title=Words("困难残疾人生活补贴", "Living subsidy for disabled people in hardship"),
    summary=Words("每月按低保标准的30%发放。", "Each month 30% of the minimum living line."),
    questions=(*PLACE_FACTS, facts.RELIEF, facts.PER_HEAD, facts.OWN_INCOME, facts.OTHERS),
    needs=(
        REGISTERED,
        HOLDER,
        needs(
            "poor",
            LIVING_RULE,
            any_of(
                fits(Is("relief_status", "minimum", "near")),
                below("income_per_head", INCOME_LIMIT),
                all_of(fits(facts.WORKING_AGE), below("income_own", INCOME_LIMIT)),
            ),
        ).says(
            "家庭人均收入低于低保标准的1.5倍；劳动年龄段的，本人收入低于也可以",
            "Income per head below 1.5 times the line; of working age, the own income will do",
            "收入超过低保标准的1.5倍，不发。",
            "Above 1.5 times the line it is not paid.",
        ),
        needs(
            "not-kept-otherwise", LIVING_RULE, Not(Is("relief_status", "destitute", "orphan"))
        ).says(
            "不是特困人员，也没有孤儿保障",
            "Neither in extreme hardship nor kept as an orphan",
            "已享受特困或孤儿保障，不能同时领（待确认）。",
            "Not paid beside those (to be confirmed).",
        ),
        NO_INJURY_PAY,
    ),
    starts=EVENT,
    presets={"wanted": ["living"]},
    keywords=("残疾人生活补贴", "残疾补贴", "两项补贴"),
    reckon=share_of(MINIMUM_LIVING_LINE, LIVING_SHARE, per=100),
    settled=facts.SETTLED,
    rising=facts.RISING,
)
NURSING_SUBSIDY = Benefit(
    id="disability-nursing-subsidy",
    title=Words("重度残疾人护理补贴", "Nursing subsidy for severe disability"),
    summary=Words(
        "按自理能力分三档，经批准住机构的上浮50%。",
        "Three steps by ability; half as much again in an approved institution.",
    ),
    questions=(*PLACE_FACTS, facts.CARE_LEVEL, facts.CARE_PLACE, facts.OTHERS),
    needs=(
        REGISTERED,
        needs(
            "severe",
            NURSING_RULE,
            any_of(fits(SEVERE), all_of(fits(facts.CERTIFIED), fits(facts.OF_MIND))),
        ).says(
            "残疾一、二级，或者三、四级的智力、精神残疾",
            "Grade 1 or 2, or 3 or 4 of intellectual or mental disability",
            "等级不在范围内；残疾加重的可以申请变更等级。",
            "Not of that grade; if it became worse ask for a new assessment.",
        ),
        needs("needs-care", NURSING_RULE, facts.NEEDS_CARE).says(
            "需要长期照护", "Needs long care", "能够自理，不发。", "Not paid without need of care."
        ),
        NO_INJURY_PAY,
    ),
    starts=EVENT,
    presets={"wanted": ["nursing"]},
    keywords=("残疾人护理补贴", "护理补贴", "两项补贴"),
    reckon=_nursing,
    one_of=HIGHER_CARE,
    settled=facts.SETTLED,
    rising=facts.RISING,
)
NEW_CERTIFICATE = Benefit(
    id="new-disability-certificate",
    title=Words("残疾人证", "Disability certificate"),
    summary=Words("评定后免费发证，凭证享受各项补贴和优待。", "Free, after an assessment."),
    questions=(facts.DISABILITY,),
    needs=(
        needs("uncertified", CERTIFICATE_MEASURES, Is("disability_grade", "uncertified")).says(
            "有残疾、还没有证",
            "Disabled and without a certificate",
            "没有残疾，或已经有证。",
            "Not disabled, or held already.",
        ),
    ),
    starts=EVENT,
    presets={"certificate": "none"},
)


def _contribution(name: str, zh: str, en: str, severe_only: bool, wanted: str) -> Benefit:
    holder = (
        needs("severe", ZHEJIANG_ONE_THING, SEVERE).says(
            "残疾一、二级", "Grade 1 or 2", "等级不在范围内。", "Not of that grade."
        )
        if severe_only
        else HOLDER
    )
    return Benefit(
        id=name,
        title=Words(zh, en),
        summary=Words("参保的由政府资助，标准待确认。", "For the enrolled; share to be confirmed."),
        questions=(facts.HOME, facts.DISABILITY),
        needs=(REGISTERED, holder),
        starts=EVENT,
        presets={"wanted": [wanted]},
        settled=facts.SETTLED,
    )


PENSION_CONTRIBUTION = _contribution(
    "disabled-pension-contribution",
    "重度残疾人养老保险费代缴",
    "Pension contribution paid for you",
    True,
    "pension",
)
MEDICAL_CONTRIBUTION = _contribution(
    "disabled-medical-contribution",
    "残疾人医保缴费资助",
    "Medical contribution paid for you",
    False,
    "medical",
)
