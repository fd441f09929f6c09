"""What older people may get: amounts and conditions for the page that tells it."""

from decimal import Decimal

from app.forms.conditions import Is, Not
from app.vocabulary import benefit_facts as facts
from app.vocabulary.benefit import Benefit, Facts, Truth, any_of, fits, needs
from app.vocabulary.benefit_rates import NURSING_STEPS
from app.vocabulary.relief_rates import (
    DESTITUTE_NURSING,
    ELDERLY_CARE_80,
    ELDERLY_CARE_RULE,
    OLD_AGE_RULE,
    OLD_AGE_STEPS,
    VOUCHER_HOME_CAP,
    VOUCHER_INSTITUTION_CAP,
    VOUCHER_RULE,
)
from app.wording import Words

EVENT = "relief-and-care"
# Of the nursing and the elderly care subsidy only the higher one is paid (to be confirmed).
HIGHER_CARE = "nursing-or-elderly-care"
REGISTERED = needs("registered", OLD_AGE_RULE, facts.LOCAL).says(
    "户口在台州", "Registered in Taizhou", "请在户籍地申请。", "Please apply where registered."
)


def old_age_step(known: Facts) -> Decimal | None:
    """The county's rate for the age; None under 80 or where the county's value was not found."""
    age = known.number("age_years")
    reached = [] if age is None else [least for least in OLD_AGE_STEPS if age >= least]
    return known.rate(OLD_AGE_STEPS[max(reached)]) if reached else None


def elderly_care(known: Facts) -> Decimal | None:
    """Kind A at home by three steps, from 80 at least 125; B, C and institutions by the county."""
    if not Is("relief_status", "minimum").holds(known.answers):
        return None
    if facts.IN_INSTITUTION.holds(known.answers):
        return known.rate(DESTITUTE_NURSING)
    step = NURSING_STEPS.get(known.answers.text("self_care"))
    rates = [known.rate(step)] if step else []
    if facts.VERY_OLD.holds(known.answers):
        rates.append(known.rate(ELDERLY_CARE_80))
    return max((rate for rate in rates if rate is not None), default=None)


def voucher_cap(known: Facts) -> Decimal | None:
    """The most that a month's voucher takes off, at home or in an institution."""
    in_institution = facts.IN_INSTITUTION.holds(known.answers)
    cap = VOUCHER_INSTITUTION_CAP if in_institution else VOUCHER_HOME_CAP
    in_force = cap.on(known.answers.today, known.area)
    return known.rate(cap) if in_force else None


def _is_poor_enough(known: Facts) -> Truth:
    """On relief or near it; of others the county decides, by a limit that was not found."""
    if "relief_status" in known.open:
        return None
    status = known.answers.text("relief_status")
    return None if status == "none" else status in {"minimum", "near"}


def _is_moderate(known: Facts) -> Truth:
    """From moderate loss of ability on; whether needing some help is that, the assessment says."""
    if "self_care" in known.open:
        return None
    level = known.answers.text("self_care")
    return None if level == "partly" else level in {"basic", "total"}


def _in_force(known: Facts) -> Truth:
    """The voucher runs for a fixed time."""
    return VOUCHER_HOME_CAP.on(known.answers.today, known.area) is not None


OLD_AGE_ALLOWANCE = Benefit(
    id="old-age-allowance",
    title=Words("高龄津贴", "Old-age allowance"),
    summary=Words(
        "80周岁当月起按月发放，不看收入；各县（市、区）标准不同。",
        "From the month of the 80th birthday, whatever the income; rates differ by county.",
    ),
    questions=(facts.HOME, facts.AGE),
    needs=(
        REGISTERED,
        needs("eighty", OLD_AGE_RULE, facts.VERY_OLD).says(
            "满80周岁",
            "80 or more",
            "满80周岁的当月可以领。",
            "From the month of the 80th birthday.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["old-age"]},
    keywords=("高龄补贴", "八十岁", "80岁", "尊老金"),
    reckon=old_age_step,
    settled=facts.SETTLED,
    rising=facts.RISING,
)
ELDERLY_CARE_SUBSIDY = Benefit(
    id="elderly-care-subsidy",
    title=Words("养老服务补贴", "Elderly care subsidy"),
    summary=Words(
        "低保、低边等家庭的失能失智老人和80周岁以上老人；用于购买照护服务。",
        "For older people of poor families who need care, or are 80 or more.",
    ),
    questions=(
        facts.HOME,
        facts.AGE,
        facts.DISABILITY,
        facts.CARE_LEVEL,
        facts.CARE_PLACE,
        facts.RELIEF,
    ),
    needs=(
        REGISTERED,
        needs("old", ELDERLY_CARE_RULE, facts.OLD).says(
            "满60周岁", "60 or more", "满60周岁后可以申请。", "From 60 on."
        ),
        needs(
            "needs-care", ELDERLY_CARE_RULE, any_of(fits(facts.NEEDS_CARE), fits(facts.VERY_OLD))
        ).says(
            "失能失智，或者满80周岁",
            "Needs care, or is 80 or more",
            "能够自理的，满80周岁后可以申请。",
            "Without need of care from 80 on.",
        ),
        needs("poor", ELDERLY_CARE_RULE, _is_poor_enough).says(
            "低保、低边家庭；其他较低收入家庭由县里定（待确认）",
            "A family on relief or near it; of others the county decides (to be confirmed)",
            "家庭收入超过规定。",
            "The income is above the limit.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["elderly-care"]},
    keywords=("养老补贴", "照护补贴", "失能老人"),
    reckon=elderly_care,
    one_of=HIGHER_CARE,
    settled=facts.SETTLED,
    rising=facts.RISING,
)
CARE_VOUCHER = Benefit(
    id="care-voucher",
    title=Words("养老服务消费补贴（消费券）", "Care consumption voucher"),
    summary=Words(
        "2026年全年，居家抵扣50%、机构抵扣40%；按月在“民政通”领电子券。",
        "In 2026: 50% off at home, 40% in an institution; an electronic voucher each month.",
    ),
    questions=(
        facts.AGE,
        facts.DISABILITY,
        facts.CARE_LEVEL,
        facts.CARE_PLACE,
        facts.RELIEF,
        facts.OTHERS,
    ),
    needs=(
        needs("in-force", VOUCHER_RULE, _in_force).says(
            "在政策有效期内",
            "While the scheme runs",
            "政策已到期或还没开始（待确认）。",
            "The scheme has ended or not begun (to be confirmed).",
        ),
        needs("old", VOUCHER_RULE, facts.OLD).says(
            "满60周岁", "60 or more", "满60周岁后可以申请。", "From 60 on."
        ),
        needs("moderate", VOUCHER_RULE, _is_moderate).says(
            "经评估为中度及以上失能",
            "Assessed as moderate or more severe loss of ability",
            "没有达到中度失能。",
            "The loss of ability is less than moderate.",
        ),
        needs("not-destitute", VOUCHER_RULE, Not(Is("relief_status", "destitute"))).says(
            "不是特困人员",
            "Not in extreme hardship",
            "特困人员不发消费券。",
            "Not beside support in extreme hardship.",
        ),
        needs("no-project", VOUCHER_RULE, Not(Is("paid_already", "central-care", "home-bed"))).says(
            "没有集中照护补助，也没有家庭养老床位项目",
            "Neither aid for central care nor the project of care beds at home",
            "已享受其中一项，不发消费券。",
            "With one of these no voucher is given.",
        ),
    ),
    starts=EVENT,
    presets={"seeking": ["voucher"]},
    keywords=("养老消费券", "消费券", "照护券"),
    reckon=voucher_cap,
    bound="at-most",
    rising=facts.RISING,
)
