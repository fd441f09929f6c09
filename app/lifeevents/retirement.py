"""Retirement: one application for the pension, medical cover, housing fund and what follows."""

from app.forms import questions as kinds
from app.forms.conditions import Answered, Holds, Is
from app.services import housing_fund as fund
from app.services import insurance_record as insurance
from app.services import one_child, retirement, unemployment
from app.services.person_register import PERSON_REGISTER
from app.services.retirement import (
    after,
    application,
    early,
    flexible,
    paying_up,
    pension,
    when_to_retire,
    years,
)
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, held
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import (
    Source,
    account,
    answer,
    applicant,
    first_of,
    produced,
    reckoned,
    rows,
    said,
    when,
)
from app.vocabulary.telling import due, keywords, must, note, partly, stop
from app.wording import Words
from app.workflow import retirement_age as ages

BY_EMPLOYER, BY_AGENT = application.BY_EMPLOYER, application.BY_AGENT
EMPLOYED = application.EMPLOYED
BY_PERSON = ~Is("for_whom", "employer", "agent")
WOMAN = Is("sex", "2")
BY_AGE, NORMAL = Is("kind", "normal", "officer"), Is("kind", "normal")
EARLY, LATE = NORMAL & flexible.EARLY, NORMAL & flexible.LATE
TOO_FEW = Is("years_enough", "no")
RESIDENT = years.RESIDENT
RETIRES = ~RESIDENT
CHOOSES = (EARLY | LATE) & RETIRES
SHORT, LATER = (TOO_FEW & Is("if_short", choice) for choice in ("pay", "later"))
MEDICAL_SHORT = Is("medical_enough", "no") & RETIRES
LAND = Is("background", "land") & RETIRES
SPECIAL, ABILITY = early.SPECIAL & RETIRES, early.ABILITY & RETIRES
NOT_MERGED = Is("elsewhere", "open") & RETIRES
DEEMED = application.DEEMED & RETIRES
WANTS_FUND = Is("wanted", "fund")
FUND = WANTS_FUND & Is("fund_place", "taizhou") & RETIRES
REWARD = Is("wanted", "reward") & RETIRES
EXTRA = Is("wanted", "extra") & RETIRES
CARE = Is("wanted", "care")
ON_BENEFIT = Is("payer", "benefit")

# Nobody retires before 40; the record of a person over 85 is looked after at the counter.
BIRTHDAY = kinds.Date(past_days=85 * 365, ahead_days=-40 * 365)

GUIDANCE = (
    common.county_question(
        "insured_county", "最后在哪里参加职工养老保险？", "Where were you insured last?"
    ),
    application.payer_question(),
    choose("sex", "性别", "Sex").one_of(("1", "男", "Male"), ("2", "女", "Female")),
    ask("born_on", "哪天出生？", "Date of birth", BIRTHDAY).hinted(
        "和身份证一致", "As on the ID card"
    ),
    application.kind_question(),
    early.assessed_question(),
    *application.post_question(WOMAN),
    flexible.flexible_question(NORMAL),
    *years.years_questions(),
    choose("wanted", "还想一起办什么？", "What else would you like?").any_of(
        ("fund", "提取住房公积金", "Draw the housing fund"),
        ("reward", "独生子女父母（或无子女）奖励", "Reward for parents of one child, or of none"),
        ("extra", "职称、劳模、归侨等特殊待遇", "Extra rights by title or honour"),
        ("care", "老年优待和养老服务告知", "To be told of old-age services"),
    ),
    fund.place_question(WANTS_FUND),
)

OUTCOMES = (
    stop(Is("insured_county", "other"), words.PASSED_ON).because(
        "养老待遇在最后参保地办理；户口在台州的，先把关系转回来。",
        "The pension is granted where you were insured last; accounts can be moved here first.",
    ),
    stop(Is("elsewhere", "drawn"), years.ASK_12333, application.SOCIAL_INSURANCE_LAW).because(
        "已经在别处领养老金的，不能重复领取。", "A pension is drawn elsewhere; nobody draws two."
    ),
    stop(when_to_retire.TOO_EARLY, words.COME_BACK, ages.MEASURES).because(
        "离您可以退休的月份还有一年以上，现在还不能申请。",
        "The month in which you may retire is more than a year away.",
    ),
    stop(early.ABILITY & Is("assessed", "no"), early.ASSESS_FIRST, application.EARLY_RULE).because(
        "要先有劳动能力鉴定结论，才能核准。", "It is approved on a finding of the assessment."
    ),
    stop(EARLY & TOO_FEW & RETIRES, flexible.NOT_EARLIER, ages.FLEXIBLE_RULE).because(
        "提前退休要先缴满最低年限。", "To go earlier the least time must be paid."
    ),
    stop(LATE & ~EMPLOYED, flexible.NOBODY_TO_AGREE, ages.FLEXIBLE_RULE).because(
        "延迟退休要和单位协商一致；没有单位的怎么办，待主管部门确认。",
        "It is agreed with an employer; what holds without one is to be confirmed.",
    ),
    stop(LATER, words.COME_BACK, ages.MEASURES).because(
        "继续缴费，缴满最低年限后再来申请。",
        "Go on paying; apply when the least time is paid.",
    ),
    stop(RESIDENT & when_to_retire.UNDER_60, words.COME_BACK, pension.RESIDENT_RULE).because(
        "居民养老金满60周岁才能领；在这之前可以继续缴职工养老。",
        "The residents' pension is paid from 60 on; until then you can pay on.",
    ),
    partly(WANTS_FUND & Is("fund_place", "elsewhere"), fund.OTHER_CENTRE, fund.FUND_RULE).because(
        "公积金要在账户所在地的中心提取，其余事项在这里办。",
        "The fund is drawn at its own centre; everything else is done here.",
    ),
    partly(RESIDENT, words.GO_ON, pension.RESIDENT_RULE).because(
        "改领居民养老金，不办职工退休；职工医保和公积金另行咨询。",
        "You take the residents' pension; the employees' benefits are not part of it.",
    ),
    note(Is("payer", "employed") & ~BY_EMPLOYER, words.GO_ON).because(
        "单位在缴的，一般由单位申报；您自己申报的，人社部门会和单位核对。",
        "As a rule your employer files; if you do, the authority checks with them.",
    ),
    note(Is("elsewhere", "open"), words.GO_ON, years.TRANSFER_RULE).because(
        "外地的养老保险关系先转到台州，再核准退休；会多花一些时间。",
        "Accounts elsewhere are merged first, which takes longer.",
    ),
    note(SPECIAL, words.REASONS, application.EARLY_RULE).because(
        "工种要在国家名录内、干满规定年限（待主管部门确认），并先在单位公示。",
        "The trade is on the list, long enough (to be confirmed), and made public first.",
    ),
    note(early.ABILITY, words.GO_ON, application.EARLY_RULE).because(
        "够不上退休条件的，人社部门按退职核准，待遇不同。",
        "Where retirement is not reached, leaving (退职) is approved, with other rights.",
    ),
    note(EARLY, words.REASONS, ages.FLEXIBLE_RULE).because(
        "提前退休要缴满当年最低年限，并提前3个月书面告知单位，不需要单位同意。",
        "The least time must be paid, and the employer told in writing 3 months before; "
        "no consent is needed.",
    ),
    note(LATE, words.REASONS, ages.FLEXIBLE_RULE).because(
        "延迟退休要和单位协商一致，提前1个月签书面协议；以后双方同意，可以提前结束。",
        "Both agree in writing a month before, and may agree to end it sooner.",
    ),
    note(Is("years_enough", "unknown"), words.GO_ON, ages.MEASURES).because(
        "人社部门会先核年限；不够的，会告诉您还差多少、怎么补。",
        "The years are checked first; if some are missing you are told how many.",
    ),
    note(ON_BENEFIT, words.GO_ON, unemployment.UNEMPLOYMENT_REGULATION).because(
        "退休核准以后，失业保险金停发，不用另外申报。",
        "After approval the unemployment benefit ends; nothing else is to be filed.",
    ),
)

ENOUGH = Holds(frozenset({"pension_years", "pension_months"}), when_to_retire.has_paid_enough)
HAS_FILE = Is("file_handling", "keep", "collect", "other")
PAGES = (
    common.agent_page(BY_AGENT),
    insurance.employer_page(
        EMPLOYED & RETIRES,
        ask(
            "employer_arrears",
            "单位有欠缴的社保费吗？",
            "Does the employer owe contributions?",
            kinds.YES_NO,
            applies=BY_EMPLOYER,
        ),
    ),
    application.retiree_page(held(PERSON_REGISTER), RETIRES),
    after.homes_page(held(PERSON_REGISTER, "local_address")),
    insurance.record_page(
        RETIRES, when_to_retire.enough_as_said, when_to_retire.short_as_said, DEEMED
    ),
    years.tables_page(NOT_MERGED, DEEMED),
    years.place_page(NOT_MERGED),
    years.period_page(DEEMED),
    flexible.flexible_page(CHOOSES),
    *early.special_pages(SPECIAL),
    early.ability_page(ABILITY),
    paying_up.pay_up_page(MEDICAL_SHORT, LAND),
    fund.withdrawal_page(FUND),
    one_child.reward_page(REWARD),
    pension.extra_page(EXTRA),
    pension.account_page(),
    after.file_page(RETIRES),
    after.kin_page(RETIRES),
)

# What departments call what the form asks under another name, or what a sibling service produces.
APPROVED = (
    retirement.CONFIRM_PENSION_RIGHT,
    retirement.APPROVE_SPECIAL_WORK,
    retirement.APPROVE_LOST_ABILITY,
)
PENSION = account("pension_account")


def approval(name: str) -> Source:
    """A field of whichever approval there is."""
    return first_of(*(produced(service, name) for service in APPROVED))


USUAL = {
    **PENSION,
    "agent_name": when(BY_AGENT, applicant("name"), ""),
    "approval_number": approval("approval_number"),
    "arrears": answer("employer_arrears"),
    "clerk_mobile": when(BY_EMPLOYER, applicant("mobile"), ""),
    "clerk_name": when(BY_EMPLOYER, applicant("name"), ""),
    "county": answer("insured_county"),
    "filed_by": when(BY_EMPLOYER, "employer", "person"),
    "home": first_of(answer("person_home"), answer("person_register")),
    "household": answer("person_register"),
    "paid_up_months": produced(retirement.PAY_MISSING_PENSION_YEARS, "months"),
    "pension_gap": reckoned(when_to_retire.PENSION_GAP),
    "pension_number": produced(retirement.COMPUTE_PENSION, "decision_number"),
    "statutory_month": reckoned(when_to_retire.STATUTORY_MONTH),
    "township": first_of(
        answer("person_home", "township"),
        when(Answered("person_home"), "", answer("person_register", "township")),
    ),
}
CHOSEN = first_of(answer("early_month"), answer("late_month"))
BEFORE_RIGHT = (
    retirement.REGISTER_FLEXIBLE_CHOICE,
    retirement.TRANSFER_PENSION_ACCOUNT,
    retirement.PAY_MISSING_PENSION_YEARS,
    retirement.MOVE_LAND_SCHEME,
)
PAID = (retirement.COMPUTE_PENSION,)

STEPS = plan(
    USUAL,
    step(retirement.CONFIRM_REGISTER),
    step(
        retirement.TRANSFER_PENSION_ACCOUNT,
        applies=NOT_MERGED,
        places=rows(years.PLACE, years.OtherPlace),
    ),
    step(retirement.PAY_MISSING_PENSION_YEARS, applies=SHORT),
    step(retirement.MOVE_LAND_SCHEME, applies=LAND),
    step(
        retirement.REGISTER_FLEXIBLE_CHOICE,
        applies=CHOOSES,
        choice=when(EARLY, "early", "late"),
        chosen_month=CHOSEN,
        notice_on=first_of(answer("notice_on"), answer("agreed_on")),
    ),
    step(
        retirement.CONFIRM_PENSION_RIGHT,
        requires=BEFORE_RIGHT,
        applies=BY_AGE & RETIRES,
        retires_in=first_of(CHOSEN, reckoned(when_to_retire.STATUTORY_MONTH)),
        choice_number=produced(retirement.REGISTER_FLEXIBLE_CHOICE, "choice_number"),
    ),
    step(
        retirement.APPROVE_SPECIAL_WORK,
        requires=BEFORE_RIGHT,
        applies=SPECIAL,
        jobs=rows(early.JOB, early.SpecialJob),
    ),
    step(retirement.APPROVE_LOST_ABILITY, requires=BEFORE_RIGHT, applies=ABILITY),
    step(
        retirement.RECOGNISE_DEEMED_YEARS,
        requires=APPROVED,
        applies=DEEMED,
        periods=rows(years.PERIOD, years.DeemedPeriod),
    ),
    step(retirement.CONFIRM_EXTRA_RIGHTS, requires=APPROVED, applies=EXTRA),
    step(
        retirement.COMPUTE_PENSION,
        requires=(
            *APPROVED,
            retirement.RECOGNISE_DEEMED_YEARS,
            retirement.CONFIRM_EXTRA_RIGHTS,
        ),
        applies=RETIRES,
        paid_from=approval("paid_from"),
        deemed_months=produced(retirement.RECOGNISE_DEEMED_YEARS, "months"),
        extra_rights=produced(retirement.CONFIRM_EXTRA_RIGHTS, "recognised"),
    ),
    step(retirement.ACTIVATE_PENSION_ACCOUNT, requires=PAID, applies=RETIRES),
    step(retirement.PAY_MISSING_MEDICAL_YEARS, requires=APPROVED, applies=MEDICAL_SHORT),
    step(
        retirement.CHANGE_MEDICAL_TO_RETIREE,
        requires=(*APPROVED, retirement.PAY_MISSING_MEDICAL_YEARS),
        applies=RETIRES,
        places=when(NOT_MERGED, rows(years.PLACE, years.OtherPlace), ""),
        receipt_number=produced(retirement.PAY_MISSING_MEDICAL_YEARS, "receipt_number"),
    ),
    step(fund.SEAL_FUND_ACCOUNT, applies=FUND & Is("fund_sealed", "no")),
    step(
        fund.WITHDRAW_FUND,
        account("fund_card"),
        requires=(*APPROVED, fund.SEAL_FUND_ACCOUNT),
        applies=FUND,
    ),
    step(one_child.PAY_ONE_CHILD_REWARD, requires=PAID, applies=REWARD),
    step(
        unemployment.END_UNEMPLOYMENT_BENEFIT,
        requires=APPROVED,
        applies=ON_BENEFIT & RETIRES,
        end_reason=said("pension"),
        from_day=approval("paid_from"),
    ),
    step(retirement.HANDLE_FILE, requires=PAID, applies=HAS_FILE & RETIRES),
    step(retirement.HAND_OVER_TO_COMMUNITY, requires=PAID, applies=RETIRES),
    step(retirement.CLAIM_RESIDENT_PENSION, applies=RESIDENT),
    step(
        retirement.OFFER_OLD_AGE_SERVICES,
        requires=(*PAID, retirement.CLAIM_RESIDENT_PENSION),
        applies=CARE,
    ),
)

REQUIREMENTS = (
    must("years-paid", ages.MEASURES, ENOUGH).otherwise(
        "累计缴费年限不够退休当年的最低年限。",
        "Less than the least time of the year of retirement is paid.",
        "可以补缴、继续缴，或改领居民养老金。",
        "Pay what is missing, go on paying, or take the residents' pension.",
    ),
    must("no-arrears", application.SOCIAL_INSURANCE_LAW, Is("employer_arrears", "no")).otherwise(
        "单位还有欠缴的社会保险费。",
        "The employer owes contributions.",
        "请单位先补缴。",
        "The employer pays them first.",
    ),
    early.MADE_PUBLIC,
)

DEADLINES = (
    # Counted by months, as the measures do: the last day of the third month before.
    due(
        "notice-early",
        ages.FLEXIBLE_RULE,
        "early_month",
        months=-2,
        days=-1,
        applies=flexible.NOTICE_DUE,
    ).told(
        "书面告知单位要提前退休",
        "Written notice of earlier retirement",
        "告知不足3个月的，要改选晚一些的月份。",
        "With less than 3 months a later month has to be chosen.",
        retirement.REGISTER_FLEXIBLE_CHOICE,
    ),
)

RETIREMENT = LifeEvent(
    id="retirement",
    version="2",
    title=Words("职工退休一件事", "Retirement"),
    summary=Words(
        "一张表办齐退休核准、养老金、医保、公积金和社区服务。",
        "One form for approval, pension, medical cover, housing fund and the community.",
    ),
    result=Words(
        "退休核准了，养老金从次月起发到您的账户，医保转为退休人员。",
        "Retirement is approved, the pension is paid from the next month, and cover goes on.",
    ),
    stage=words.OLD_AGE,
    lead=HUMAN_RESOURCES,
    audience=Words(
        "快到退休年龄的职工、灵活就业人员和他们的单位",
        "Employees and self-payers near retirement, and their employers",
    ),
    for_whom=application.FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(PERSON_REGISTER, BY_PERSON, asking_as=said("self")),
        look_up(insurance.SOCIAL_INSURANCE_RECORD, BY_PERSON & RETIRES),
        look_up(fund.FUND_REGISTER, BY_PERSON & FUND),
        look_up(one_child.ONE_CHILD_REGISTER, BY_PERSON & REWARD),
    ),
    pages=PAGES,
    steps=STEPS,
    county="insured_county",
    declarations=common.declarations(),
    rules=(rules.ONE_THING, rules.NO_REPEAT_ASKING, ages.DECISION, ages.MEASURES),
    requirements=REQUIREMENTS,
    deadlines=DEADLINES,
    other_ways=words.OTHER_WAYS,
    keywords=keywords("退休 养老金 退休年龄 延迟退休 弹性退休 公积金提取 retirement pension"),
    minutes=15,
    reckonings=(*when_to_retire.RECKONINGS, paying_up.LEAST_MEDICAL),
    groups=(years.PLACE, years.PERIOD, early.JOB),
)
