"""Employment: working for oneself, leaving university, being hired, or being out of work."""

from app.forms import questions as kinds
from app.forms.conditions import Is
from app.services import employment as work
from app.services import hardship_status as hardship
from app.services import household_move as move
from app.services import housing_fund as fund
from app.services import insurance_record as insurance
from app.services import social_security as card
from app.services import unemployment
from app.services.employment import (
    graduates,
    hiring,
    housing,
    insuring,
    jobs,
    personnel_file,
    registering,
    rental,
    skills,
    starting_up,
    subsidies,
)
from app.services.employment.outcomes import OUTCOMES
from app.services.employment.situations import (
    AT_WORK,
    BENEFIT,
    CARD,
    DESTINATION,
    DRAWS_BENEFIT,
    EDUCATION,
    FILE,
    FIVE_YEARS,
    FLEXIBLE,
    FROM_ABROAD,
    FUND,
    GRADUATE,
    GRADUATED,
    HARD,
    HIRED,
    HOUSEHOLD,
    IN_SCHOOL,
    INSURANCE_SUBSIDY,
    INSURES,
    JOB_SUBSIDY,
    LEFT_A_JOB,
    LESS_THAN_A_YEAR,
    LOAN,
    MEDICAL,
    NEAR_SUBSIDY,
    NEW,
    NEWLY,
    OF_40_OR_50,
    OLD_COVER,
    OWN_WILL,
    PAID_BY_MONTH,
    PAYEE,
    PENSION,
    PERMIT,
    RENT,
    RENTAL,
    SEARCH_GRANT,
    SELF,
    SETTLES,
    SKILL,
    STARTS,
    STARTS_ALONE,
    STATUS,
    TOO_YOUNG,
    TRAINEE,
    UNEMPLOYED,
    VOUCHER,
    WANTS_FILE,
    WANTS_INSURANCE_SUBSIDY,
    WANTS_JOB_SUBSIDY,
    WANTS_RENT,
    WANTS_TRAINEESHIP,
    WORKS,
)
from app.services.person_register import PERSON_REGISTER
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, held, page
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import account, answer, applicant, first_of, produced, said, when
from app.vocabulary.telling import due, keywords, must
from app.vocabulary.work_rates import UNEMPLOYMENT_REGULATION
from app.wording import Words

# Nobody works before 13; at 90 the record is looked after at the counter.
BIRTHDAY = kinds.Date(past_days=90 * 365, ahead_days=-13 * 365)

FOR_WHOM = (
    ("self", Words("我给自己办", "For myself"), words.SIGN_IN),
    (
        "employer",
        Words("我是单位经办人，给新员工办", "I file for somebody we hired"),
        Words("一次办一位新员工", "One new employee at a time"),
    ),
)

GUIDANCE = (
    common.county_question("work_county", "在哪个县（市、区）办？", "In which county?"),
    choose("flow", "您现在是哪种情况？", "What is your situation?", applies=SELF).one_of(
        ("flexible", "自己干，或在平台上接单", "I work for myself or on a platform"),
        ("graduate", "高校毕业生（含毕业年度在校生）", "I leave or left university"),
        ("hired", "在单位上班（含刚被录用）", "I work for an employer"),
        ("unemployed", "失业了", "I am out of work"),
    ),
    choose("sex", "性别", "Sex").one_of(("1", "男", "Male"), ("2", "女", "Female")),
    ask("born_on", "哪天出生？", "Date of birth", BIRTHDAY),
    *registering.situation_questions(SELF, FLEXIBLE, INSURES, WORKS),
    *graduates.time_questions(GRADUATE),
    *unemployment.end_questions(UNEMPLOYED | LEFT_A_JOB, UNEMPLOYED, BENEFIT),
    choose("flexible_wants", "还想办什么？", "What else?", applies=INSURES).any_of(
        ("subsidy", "社会保险补贴", "Insurance subsidy"),
        ("fund", "自愿缴存住房公积金", "Voluntary housing fund"),
        ("file", "档案接收", "Have my file received"),
    ),
    graduates.wish_question(GRADUATED),
    graduates.work_question(WANTS_JOB_SUBSIDY | WANTS_RENT),
    graduates.looking_question(WANTS_TRAINEESHIP),
    *housing.settling_questions(WANTS_RENT, SETTLES),
    choose("hire_wants", "还要给员工办什么？", "What else?", applies=HIRED).any_of(
        ("file", "档案接收", "Receive the file"), ("card", "社保卡", "Social security card")
    ),
    choose("wanted", "还需要这些吗？", "Any of these too?", applies=SELF).any_of(
        ("card", "社会保障卡", "Social security card"),
        ("skill", "技能提升补贴（12个月内拿到证书）", "Skill subsidy, for a new certificate"),
        ("start-up", "创业补贴", "Start-up grants"),
        ("loan", "创业担保贷款", "Start-up loan"),
        ("rental", "公租房或租赁补贴", "Public rental home"),
    ),
    graduates.degree_question(FLEXIBLE & (WANTS_INSURANCE_SUBSIDY | STARTS)),
    hardship.status_question(UNEMPLOYED | WANTS_INSURANCE_SUBSIDY | STARTS),
    graduates.firm_question("firm", WANTS_JOB_SUBSIDY & AT_WORK),
    graduates.firm_question("startup_firm", STARTS),
    personnel_file.place_question(WANTS_FILE),
)

RECORD = held(insurance.SOCIAL_INSURANCE_RECORD)
PAGES = (
    *hiring.contract_pages(jobs.HAS_CONTRACT, RECORD, (jobs.HAS_TERM,), (jobs.LONG_ENOUGH,)),
    *registering.worker_pages(held(PERSON_REGISTER), held(PERSON_REGISTER, "local_address")),
    *registering.work_pages(NEW | STARTS_ALONE),
    registering.former_job_page(LEFT_A_JOB | UNEMPLOYED, RECORD),
    *insuring.cover_pages(NEW),
    *graduates.education_pages(EDUCATION),
    graduates.destination_page(DESTINATION),
    hardship.hardship_page(STATUS | SEARCH_GRANT),
    unemployment.wish_page(UNEMPLOYED),
    *jobs.trainee_pages(TRAINEE),
    subsidies.months_page(PAID_BY_MONTH),
    *housing.rent_pages(RENT),
    housing.voucher_page(VOUCHER),
    rental.rental_page(RENTAL),
    *move.move_pages(HOUSEHOLD),
    personnel_file.file_page(FILE),
    skills.skill_page(SKILL),
    skills.skill_insurance_page(SKILL),
    *starting_up.startup_pages(STARTS, LOAN),
    fund.opening_page(FUND),
    page("card", "社会保障卡", "The card", applies=CARD).asks(card.CARD_BANK),
    subsidies.payee_page(PAYEE),
)

# What departments call what the form asks under another name, or what a sibling service produces.
USUAL = {
    **account("payee_account"),
    "bank": answer("card_bank"),
    "clerk_mobile": applicant("mobile"),
    "clerk_name": applicant("name"),
    "county": answer("work_county"),
    "destination_number": produced(work.CHECK_DESTINATION, "entry_number"),
    "employment_number": produced(work.REGISTER_WORK, "entry_number"),
    "ethnicity": answer("person_ethnicity"),
    "kind": when(NEAR_SUBSIDY, "near", "small"),
    "home": answer("person_home"),
    "household": answer("person_register"),
    "works": when(AT_WORK, "insured", "own"),
    "person_id": first_of(answer("person_id"), answer("person_document")),
    "post_to": answer("person_home"),
    "registration_number": produced(unemployment.REGISTER_UNEMPLOYED, "registration_number"),
    "started_on": first_of(answer("started_on"), answer("contract_from")),
    "status_number": produced(hardship.RECOGNISE_HARDSHIP, "status_number"),
    "work": first_of(answer("work"), answer("post")),
}
CLOSED, REGISTERED = (work.CLOSE_OLD_COVER,), (work.REGISTER_WORK,)
CHECKED = (work.CHECK_DESTINATION,)
OUT_OF_WORK = (unemployment.REGISTER_UNEMPLOYED,)

STEPS = plan(
    USUAL,
    step(work.CLOSE_OLD_COVER, applies=OLD_COVER),
    step(
        work.REGISTER_WORK,
        requires=CLOSED,
        applies=WORKS | STARTS_ALONE,
        flow=when(HIRED, "hired", "flexible"),
    ),
    step(work.INSURE_HIRE, requires=(*CLOSED, *REGISTERED), applies=HIRED),
    step(work.ENROL_PENSION, requires=(*CLOSED, *REGISTERED), applies=NEW & PENSION),
    step(
        work.ENROL_MEDICAL,
        requires=(*CLOSED, *REGISTERED, work.INSURE_HIRE),
        applies=(NEW & MEDICAL) | HIRED,
        kind=when(HIRED, "employee", "flexible"),
        first_month=first_of(answer("first_month"), answer("contract_from")),
    ),
    step(
        work.PAY_CONTRIBUTIONS,
        account("debit_account"),
        requires=(work.ENROL_PENSION, work.ENROL_MEDICAL),
        applies=NEW,
        pension_number=produced(work.ENROL_PENSION, "entry_number"),
        medical_number=produced(work.ENROL_MEDICAL, "entry_number"),
    ),
    step(
        unemployment.END_UNEMPLOYMENT_BENEFIT,
        requires=REGISTERED,
        applies=DRAWS_BENEFIT,
        end_reason=said("work"),
        from_day=first_of(answer("started_on"), answer("contract_from")),
    ),
    step(fund.OPEN_FUND_ACCOUNT, requires=REGISTERED, applies=FUND),
    step(unemployment.REGISTER_UNEMPLOYED, applies=UNEMPLOYED),
    step(unemployment.PAY_UNEMPLOYMENT_BENEFIT, requires=OUT_OF_WORK, applies=BENEFIT),
    step(hardship.RECOGNISE_HARDSHIP, requires=OUT_OF_WORK, applies=STATUS),
    step(work.CHECK_DESTINATION, applies=DESTINATION),
    step(
        work.PAY_FLEXIBLE_SUBSIDY,
        requires=(
            *REGISTERED,
            work.PAY_CONTRIBUTIONS,
            hardship.RECOGNISE_HARDSHIP,
            *CHECKED,
        ),
        applies=INSURANCE_SUBSIDY,
        ground=when(NEWLY, "graduate", "hardship"),
    ),
    step(move.MOVE_HOUSEHOLD, requires=CHECKED, applies=HOUSEHOLD),
    step(work.TRANSFER_FILE, requires=CHECKED, applies=FILE),
    step(work.PAY_JOB_SUBSIDY, requires=CHECKED, applies=JOB_SUBSIDY),
    step(work.PAY_SEARCH_GRANT, applies=SEARCH_GRANT, hardship=answer("student_hardship")),
    step(work.FIND_TRAINEESHIP, requires=CHECKED, applies=TRAINEE),
    step(work.PAY_RENT_GRANT, requires=(*CHECKED, *REGISTERED), applies=RENT),
    step(work.GIVE_VOUCHER, requires=(*CHECKED, *REGISTERED), applies=VOUCHER),
    step(card.ISSUE_ADULT_CARD, requires=(work.INSURE_HIRE,), applies=CARD),
    step(work.PAY_SKILL_SUBSIDY, applies=SKILL),
    step(
        work.PAY_START_UP,
        applies=STARTS,
        ground=when(
            GRADUATE & IN_SCHOOL,
            "student",
            when(FIVE_YEARS, "graduate", when(HARD, "hardship", "other")),
        ),
    ),
    step(work.APPLY_START_UP_LOAN, applies=LOAN),
    step(move.ISSUE_RESIDENCE_PERMIT, uses=REGISTERED, applies=PERMIT),
    step(work.APPLY_PUBLIC_RENTAL, applies=RENTAL),
)

REQUIREMENTS = (
    must("sixteen", registering.EMPLOYMENT_RULE, ~TOO_YOUNG, blocks=True).otherwise(
        "还没有年满16周岁。", "Under 16.", "满16周岁再来办。", "Please come back at 16."
    ),
    must("a-year-insured", UNEMPLOYMENT_REGULATION, ~(LESS_THAN_A_YEAR | OWN_WILL)).otherwise(
        "失业金要缴费满1年，且不是自己辞职。",
        "The benefit needs a year of insurance and an end not by own will.",
        "离职原因登记有误的，请单位更正。",
        "If the reason was recorded wrongly, ask the employer to correct it.",
    ),
    must(
        "forty-or-fifty", hardship.HARDSHIP_RULE, ~Is("status", "age-40-50") | OF_40_OR_50
    ).otherwise(
        "还没有到女40、男50周岁。",
        "Not yet 40 (women) or 50 (men).",
        "请去掉这一项；有别的困难情形的照选。",
        "Please take this class out; another one may apply.",
    ),
)

DEADLINES = (
    due(
        "insure-hire",
        hiring.HIRING_RULE,
        "contract_from",
        days=hiring.DAYS_TO_INSURE,
        applies=HIRED,
    ).told(
        "给新员工办参保",
        "Insure the new employee",
        "超过30天没有办的，由社保机构核定应缴的保险费。",
        "Later the insurance itself sets what is owed.",
        work.INSURE_HIRE,
    ),
    due(
        "flexible-subsidy",
        subsidies.DEADLINE_RULE,
        "subsidy_from",
        year_end=subsidies.YEARS_TO_CLAIM,
        applies=INSURANCE_SUBSIDY,
    ).told(
        "申领灵活就业社保补贴",
        "Claim the insurance subsidy",
        "过期不再受理（杭州的期限，台州待确认）。",
        "Later it is not taken (Hangzhou's day; Taizhou's is to be confirmed).",
        work.PAY_FLEXIBLE_SUBSIDY,
    ),
    *jobs.job_deadlines(JOB_SUBSIDY),
    due("search-grant", subsidies.FUND_RULE, "graduated_on", days=-1, applies=SEARCH_GRANT).told(
        "申请求职补贴",
        "Apply for the job-search grant",
        "毕业离校后不能再申请。",
        "After leaving school it is too late.",
        work.PAY_SEARCH_GRANT,
    ),
    skills.DEADLINE,
)

EMPLOYMENT = LifeEvent(
    id="employment",
    version="2",
    title=Words("就业一件事", "Employment"),
    summary=Words(
        "灵活就业、毕业生、新录用、失业，登记、参保、补贴一次办。",
        "Registering, insuring and subsidies for work of every kind, and for losing it.",
    ),
    result=Words(
        "就业或失业登记好了，社会保险接上了，能领的补贴发到您的账户。",
        "Work is registered, insurance goes on, and what is due is paid to your account.",
    ),
    stage=words.WORK,
    lead=HUMAN_RESOURCES,
    audience=Words(
        "灵活就业人员、高校毕业生、失业人员和招用人员的单位",
        "Self-employed people, graduates, people out of work, and employers who hire",
    ),
    for_whom=FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(PERSON_REGISTER, SELF & ~FROM_ABROAD, asking_as=said("self")),
        look_up(insurance.SOCIAL_INSURANCE_RECORD, jobs.HAS_CONTRACT | LEFT_A_JOB | UNEMPLOYED),
    ),
    pages=PAGES,
    steps=STEPS,
    county="work_county",
    declarations=common.declarations(),
    rules=(
        rules.ONE_THING,
        rules.NO_REPEAT_ASKING,
        registering.EMPLOYMENT_RULE,
        registering.OLD_COVER_RULE,
    ),
    requirements=REQUIREMENTS,
    deadlines=DEADLINES,
    other_ways=words.OTHER_WAYS,
    keywords=keywords(
        "就业 失业 灵活就业 毕业生 录用 参保 社保 补贴 失业金 档案 落户 创业 employment job"
    ),
    minutes=12,
    reckonings=(
        unemployment.LONGEST_TIME,
        unemployment.MONTHLY_AMOUNT,
        jobs.JOB_SUBSIDY_AMOUNT,
        housing.RENT_AMOUNT,
        skills.SKILL_AMOUNT,
        starting_up.START_UP_EXAMPLE,
    ),
)
