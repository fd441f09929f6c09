"""What people at work, out of work or starting out may get, for the page that tells it."""

from decimal import ROUND_HALF_UP, Decimal

from app.forms.conditions import AnyOf, Is, Not
from app.services.employment.housing import RENT_RULE
from app.services.employment.skills import SKILL_RULE
from app.services.employment.subsidies import FUND_RULE, GRADUATE_RULE
from app.vocabulary import benefit_facts as facts
from app.vocabulary import work_facts as work
from app.vocabulary.benefit import Benefit, Facts, Truth, needs
from app.vocabulary.startup_rates import START_UP, START_UP_RULE
from app.vocabulary.work_rates import (
    BENEFIT_RATE,
    FLEXIBLE_SHARE,
    JOB_SUBSIDY,
    MINIMUM_WAGE,
    RENT_GRANT,
    SEARCH_GRANT,
    SKILL_SUBSIDY,
    UNEMPLOYMENT_REGULATION,
)
from app.wording import Words

EVENT = "employment"
YUAN, A_YEAR = Words("元", "yuan"), Words("元/年", "yuan a year")
_HARD = AnyOf((facts.CERTIFIED, Is("relief_status", "minimum")))
_FROM_40 = 40


def monthly_benefit(known: Facts) -> Decimal | None:
    """The share of the minimum wage, only where the share in force was found."""
    share, wage = known.rate(BENEFIT_RATE), known.rate(MINIMUM_WAGE)
    if share is None or wage is None or not known.used[BENEFIT_RATE.id].current:
        return None
    return (wage * share / 100).quantize(Decimal(1), ROUND_HALF_UP)


def _is_hard_to_employ(known: Facts) -> Truth:
    """Disabled, on relief or long out of work; from 40 on the age and the sex may do it."""
    if {"disability_grade", "relief_status", "work_now"} & known.open:
        return None
    if _HARD.holds(known.answers) or work.OUT_FOR_LONG.holds(known.answers):
        return True
    age = known.number("age_years")
    return None if age is None or age >= _FROM_40 else False


def _gets_insurance_subsidy(known: Facts) -> Truth:
    """A graduate of two years, or somebody hard to employ."""
    if work.TWO_YEARS.holds(known.answers):
        return True
    hard = _is_hard_to_employ(known)
    return None if hard is not True and "graduated_within" in known.open else hard


def _is_in_hardship(known: Facts) -> Truth:
    """On relief or disabled; whether there is a student loan is not asked here."""
    if {"disability_grade", "relief_status"} & known.open:
        return None
    return True if _HARD.holds(known.answers) else None


def _is_insured_long_enough(known: Facts) -> Truth:
    """Of who lost work it is known; of the others the insurance has the months."""
    told = known.answers.text("lost_work")
    return None if "lost_work" in known.open or not told else told != "0"


def _may_start_up(known: Facts) -> Truth:
    """A graduate of five years or a student, else a key group such as people hard to employ."""
    if work.STUDENT.holds(known.answers) or work.FIVE_YEARS.holds(known.answers):
        return True
    hard = _is_hard_to_employ(known)
    return None if hard is not True and "graduated_within" in known.open else hard


def _job_rate(known: Facts) -> Decimal | None:
    return known.rate(JOB_SUBSIDY["near" if work.NEAR_PEOPLE.holds(known.answers) else "small"])


def _skill_rate(known: Facts) -> Decimal | None:
    rate = SKILL_SUBSIDY.get(known.answers.text("new_certificate"))
    return known.rate(rate) if rate else None


def _rent_rate(known: Facts) -> Decimal | None:
    rate = RENT_GRANT.get(known.answers.text("new_here"))
    return known.rate(rate) if rate else None


UNEMPLOYMENT_BENEFIT = Benefit(
    id="unemployment-benefit",
    title=Words("失业保险金", "Unemployment benefit"),
    summary=Words(
        "缴费满1年、不是自己辞职、在找工作的；缴费1至5年最多领12个月，5至10年18个月，10年以上24个月。",
        "After a year of insurance, not by own will; for 12, 18 or 24 months by the years paid.",
    ),
    questions=(facts.HOME, facts.AGE, work.WORK, work.LOST),
    needs=(
        needs("out-of-work", UNEMPLOYMENT_REGULATION, work.OUT_OF_WORK).says(
            "失业了，已经或愿意办失业登记、找工作",
            "Out of work, registered and looking for work",
            "失业以后可以申请。",
            "When out of work.",
        ),
        needs("a-year-paid", UNEMPLOYMENT_REGULATION, Not(Is("lost_work", "0"))).says(
            "失业保险缴费满1年",
            "A year of unemployment insurance paid",
            "缴费不满1年的不能领。",
            "Not with less than a year.",
        ),
        needs("not-own-will", UNEMPLOYMENT_REGULATION, Not(Is("lost_work", "own-will"))).says(
            "不是自己辞职",
            "Work did not end by own will",
            "自己辞职的不能领；离职原因登记有误的，请单位更正。",
            "Not by own will; a wrong reason is corrected by the employer.",
        ),
    ),
    starts=EVENT,
    presets={"flow": "unemployed"},
    reckon=monthly_benefit,
    settled=work.SETTLED,
)
FLEXIBLE_SUBSIDY = Benefit(
    id="flexible-work-subsidy",
    title=Words("灵活就业社会保险补贴", "Insurance subsidy for flexible workers"),
    summary=Words(
        "先自己缴费，再按实缴的一部分补贴，全国规定不超过三分之二；一般最长3年。",
        "A share of what you paid, at most two thirds; usually for up to three years.",
    ),
    questions=(
        facts.AGE,
        work.WORK,
        work.GRADUATED,
        facts.DISABILITY,
        facts.RELIEF,
    ),
    needs=(
        needs("flexible", FUND_RULE, work.FLEXIBLE).says(
            "以灵活就业身份登记并缴社保",
            "Registered and paying as a flexible worker",
            "自己登记并缴费以后可以申请。",
            "After registering and paying for oneself.",
        ),
        needs("ground", FUND_RULE, _gets_insurance_subsidy).says(
            "毕业2年内的高校毕业生，或就业困难人员（残疾、低保、长期失业、女40男50以上、零就业家庭）",
            "A graduate of two years, or hard to employ (disabled, on relief, long out of work, a "
            "woman from 40 or a man from 50, nobody in the family at work)",
            "只给毕业2年内的高校毕业生和就业困难人员。",
            "Only for graduates of two years and people hard to employ.",
        ),
    ),
    starts=EVENT,
    presets={"flow": "flexible", "flexible_wants": ["subsidy"]},
    reckon=lambda known: known.rate(FLEXIBLE_SHARE),
    unit=Words("%（占实缴的保险费）", "% of what was paid"),
    bound="at-most",
    settled=work.SETTLED,
)
JOB_SUBSIDY_BENEFIT = Benefit(
    id="graduate-job-benefit",
    title=Words("高校毕业生就业补贴", "Job subsidy for graduates"),
    summary=Words(
        "毕业2年内在中小微企业，或5年内在养老、家政、现代农业企业；合同满1年，最长3年。",
        "Within 2 years in small firms, 5 in care, household service or farming; up to 3 years.",
    ),
    questions=(facts.AGE, work.WORK, work.GRADUATED, work.FIRM),
    needs=(
        needs("employed", GRADUATE_RULE, work.EMPLOYED).says(
            "在单位上班，合同满1年，单位已参保，工资不超过上限（待确认）",
            "Employed for a year or more, insured, with a wage below the cap (to be confirmed)",
            "到单位就业以后可以申请。",
            "Once employed.",
        ),
        needs("graduate", GRADUATE_RULE, work.FIVE_YEARS).says(
            "毕业5年内的高校毕业生",
            "A graduate of the last five years",
            "毕业超过5年的不能享受。",
            "Not after five years.",
        ),
        needs(
            "firm",
            GRADUATE_RULE,
            AnyOf((work.NEAR_PEOPLE, work.SMALL_FIRM & work.TWO_YEARS)),
        ).says(
            "养老、家政、现代农业企业；毕业2年内的，其他中小微企业也可以",
            "A firm in care, household service or farming; within two years any small firm",
            "单位类别或毕业时间不符合。",
            "The firm or the time since graduation does not fit.",
        ),
    ),
    starts=EVENT,
    presets={
        "flow": "graduate",
        "graduate_wants": ["job-subsidy"],
        "graduate_work": "insured",
    },
    reckon=_job_rate,
    unit=A_YEAR,
    settled=work.SETTLED,
)
SEARCH_BENEFIT = Benefit(
    id="job-search-benefit",
    title=Words("高校毕业生一次性求职补贴", "One-off job-search grant"),
    summary=Words(
        "毕业年度有困难的在校生，离校以前申请。",
        "For students in hardship, before they leave school.",
    ),
    questions=(facts.AGE, work.WORK, facts.DISABILITY, facts.RELIEF),
    needs=(
        needs("student", FUND_RULE, work.STUDENT).says(
            "毕业年度还在校",
            "In the last year at university",
            "只能在毕业年度、离校以前申请。",
            "Only in the last year, before leaving school.",
        ),
        needs("hardship", FUND_RULE, _is_in_hardship).says(
            "低保家庭、残疾，或有助学贷款",
            "On relief, disabled, or with a student loan",
            "只给困难毕业生。",
            "Only for students in hardship.",
        ),
    ),
    starts=EVENT,
    presets={"flow": "graduate", "graduated": "not-yet"},
    reckon=lambda known: known.rate(SEARCH_GRANT),
    unit=YUAN,
    settled=work.SETTLED,
)
SKILL_BENEFIT = Benefit(
    id="skill-benefit",
    title=Words("技能提升补贴", "Skill subsidy"),
    summary=Words(
        "拿到职业技能等级证书12个月内申领；同一工种同一等级一次，不与培训补贴同享。",
        "Within 12 months of a certificate; once for a trade and grade, not beside training aid.",
    ),
    questions=(facts.AGE, work.WORK, work.LOST, work.CERTIFICATE),
    needs=(
        needs("certificate", SKILL_RULE, work.HAS_CERTIFICATE).says(
            "12个月内拿到五级、四级或三级证书",
            "A certificate of grade 5, 4 or 3 in the last 12 months",
            "拿到证书12个月内来申请。",
            "Within 12 months of a certificate.",
        ),
        needs("insured", SKILL_RULE, _is_insured_long_enough).says(
            "失业保险缴满12个月，在职或正在领失业金",
            "12 months of unemployment insurance, at work or on benefit",
            "缴满12个月以后可以申请。",
            "After 12 months of insurance.",
        ),
    ),
    starts=EVENT,
    presets={"wanted": ["skill"]},
    reckon=_skill_rate,
    unit=YUAN,
    settled=work.SETTLED,
)
START_UP_BENEFIT = Benefit(
    id="start-up-benefit",
    title=Words("创业补贴、场租补贴、创业担保贷款", "Start-up grants and loan"),
    summary=Words(
        "一次性创业补贴、社保补贴、带动就业补贴、场租补贴和贷款贴息；台州标准待确认。",
        "One-off grant, insurance, people employed, rent, and a loan with relief.",
    ),
    questions=(facts.AGE, work.WORK, work.GRADUATED, facts.DISABILITY, facts.RELIEF),
    needs=(
        needs("business", START_UP_RULE, AnyOf((work.BUSINESS, work.STUDENT))).says(
            "已经（或准备）登记办企业",
            "A business is registered, or about to be",
            "登记办企业以后可以申请。",
            "After registering a business.",
        ),
        needs("group", START_UP_RULE, _may_start_up).says(
            "在校生、毕业5年内的高校毕业生，或就业困难等重点人群",
            "A student, a graduate of five years, or of a key group such as people hard to employ",
            "只给在校生、毕业5年内的高校毕业生和重点人群。",
            "Only for students, graduates of five years and key groups.",
        ),
    ),
    starts=EVENT,
    presets={"flow": "flexible", "work_type": "with-employees", "wanted": ["start-up", "loan"]},
    reckon=lambda known: known.rate(START_UP),
    unit=YUAN,
    settled=work.SETTLED,
)
RENT_BENEFIT = Benefit(
    id="graduate-rent-benefit",
    title=Words("人才租房补贴", "Rent grant for graduates"),
    summary=Words(
        "首次来台州就业、没有住房的高校毕业生，最长3年；不与房票同享，夫妻按高的一方。",
        "For graduates new to Taizhou without a home, up to 3 years; not beside the voucher; of a "
        "couple the higher.",
    ),
    questions=(facts.AGE, work.WORK, work.GRADUATED, work.NEW_HERE),
    needs=(
        needs("at-work", RENT_RULE, AnyOf((work.EMPLOYED, work.BUSINESS))).says(
            "在台州就业（单位已参保）或创业",
            "At work here and insured, or in business",
            "就业或创业以后可以申请。",
            "Once at work or in business.",
        ),
        needs("new-here", RENT_RULE, work.IS_NEW_HERE).says(
            "2020年7月25日后首次来台州，本人和配偶没有住房",
            "New to Taizhou after 25 July 2020, without a home",
            "不是首次来台州，或者有住房。",
            "Not new here, or with a home.",
        ),
    ),
    starts=EVENT,
    presets={"flow": "graduate", "graduate_wants": ["rent"], "newcomer": "yes", "owns_home": "no"},
    reckon=_rent_rate,
    unit=A_YEAR,
    settled=work.SETTLED,
)
