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
    growing,
    hiring,
    insuring,
    registering,
    subsidies,
    support,
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
from app.vocabulary.telling import due, keywords, must, note, partly, stop
from app.wording import Words
from app.workflow.retirement_age import MEASURES

HIRED = Is("for_whom", "employer")
SELF = ~HIRED
FLEXIBLE, GRADUATE = SELF & Is("flow", "flexible"), SELF & Is("flow", "graduate")
UNEMPLOYED = SELF & Is("flow", "unemployed")
INSURES = FLEXIBLE & ~Is("work_type", "with-employees")
WORKS = INSURES | HIRED
IN_SCHOOL = graduates.IN_SCHOOL
RECENT = Is("graduated", "two-years")
NEWLY = Is("degree_within", "two-years")
FIVE_YEARS = Is("graduated", "two-years", "five-years")
HARD = Is("status", "minimum-living", "disabled", "long-term", "age-40-50", "zero-family")
OLD_COVER = registering.OVERLAPS & WORKS
PAID_BEFORE = (OLD_COVER & Is("old_cover", "employer")) | UNEMPLOYED
OWN_WILL, LESS_THAN_A_YEAR = Is("left_reason", "own-will"), Is("insured_years", "0")
BENEFIT = UNEMPLOYED & ~OWN_WILL & ~LESS_THAN_A_YEAR

INSURANCE_SUBSIDY = INSURES & Is("flexible_wants", "subsidy") & (NEWLY | HARD)
STATUS = HARD & ((INSURES & Is("flexible_wants", "subsidy") & ~NEWLY) | UNEMPLOYED)
FUND = INSURES & Is("flexible_wants", "fund")
NO_GRADUATE = Is("graduated", "never")
GRADUATED = GRADUATE & ~IN_SCHOOL & ~NO_GRADUATE
FILE = (GRADUATED & Is("graduate_wants", "file")) | (HIRED & Is("hire_wants", "file"))
HOUSEHOLD = GRADUATED & Is("graduate_wants", "household")
FITS_FIRM = (RECENT & Is("firm", "small")) | (FIVE_YEARS & subsidies.NEAR_PEOPLE)
JOB_SUBSIDY = GRADUATED & Is("graduate_wants", "job-subsidy") & FITS_FIRM
NO_HARDSHIP = Is("student_hardship", "none")
SEARCH_GRANT = GRADUATE & IN_SCHOOL & ~NO_HARDSHIP
TRAINEE = GRADUATED & Is("graduate_wants", "trainee")
RENT = GRADUATED & Is("graduate_wants", "rent") & Is("newcomer", "yes")
DESTINATION = GRADUATED | (INSURANCE_SUBSIDY & NEWLY)
CARD = (SELF & Is("wanted", "card")) | (HIRED & Is("hire_wants", "card"))
SKILL, RENTAL = SELF & Is("wanted", "skill"), SELF & Is("wanted", "rental")
STARTS = (FLEXIBLE | GRADUATE) & Is("wanted", "start-up")
LOAN = (FLEXIBLE | GRADUATE) & Is("wanted", "loan")
PERMIT = SELF & registering.NOT_LOCAL & Is("permit", "yes")
EDUCATION = GRADUATE | (INSURANCE_SUBSIDY & NEWLY)
PAYEE = INSURANCE_SUBSIDY | JOB_SUBSIDY | SEARCH_GRANT | RENT | SKILL | STARTS | BENEFIT
# Nobody works before 16; at 80 the record is looked after at the counter.
BIRTHDAY = kinds.Date(past_days=80 * 365, ahead_days=-10 * 365)

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
        ("hired", "刚被单位录用", "I was hired by an employer"),
        ("unemployed", "失业了", "I am out of work"),
    ),
    choose("sex", "性别", "Sex").one_of(("1", "男", "Male"), ("2", "女", "Female")),
    ask("born_on", "哪天出生？", "Date of birth", BIRTHDAY),
    *registering.situation_questions(SELF, FLEXIBLE, WORKS),
    *graduates.time_questions(GRADUATE, FLEXIBLE),
    hardship.status_question(SELF),
    *unemployment.end_questions(UNEMPLOYED),
    choose("flexible_wants", "还想办什么？", "What else?", applies=INSURES).any_of(
        ("subsidy", "社会保险补贴", "Insurance subsidy"),
        ("fund", "自愿缴存住房公积金", "Voluntary housing fund"),
    ),
    *graduates.wish_questions(GRADUATED),
    choose("hire_wants", "还要给员工办什么？", "What else?", applies=HIRED).any_of(
        ("file", "档案接收", "Receive the file"), ("card", "社保卡", "Social security card")
    ),
    choose("wanted", "还需要这些吗？", "Any of these too?", applies=SELF).any_of(
        ("card", "社会保障卡", "Social security card"),
        ("skill", "技能提升补贴", "Skill subsidy"),
        ("start-up", "创业补贴", "Start-up grants"),
        ("loan", "创业担保贷款", "Start-up loan"),
        ("rental", "公租房或租赁补贴", "Public rental home"),
    ),
)

OUTCOMES = (
    stop(Is("work_county", "other"), words.PASSED_ON).because(
        "在台州以外工作的，到当地办理。", "Work outside Taizhou is registered there."
    ),
    stop(SELF & Is("flow", "hired"), registering.ASK_EMPLOYER, hiring.HIRING_RULE).because(
        "录用由用人单位申报参保，不用您自己办。",
        "Your employer registers and insures you; you need not.",
    ),
    stop(registering.TOO_YOUNG, words.COUNTER, registering.EMPLOYMENT_RULE).because(
        "还没有年满16周岁。", "Under 16 years of age."
    ),
    stop(WORKS & Is("old_cover", "pension"), words.COUNTER, insuring.PENSION_RULE).because(
        "已经在领养老金的，不能再参加职工养老和医疗保险。",
        "Who draws a pension cannot join these insurances again.",
    ),
    stop(WORKS & registering.TOO_OLD, words.COUNTER, MEASURES).because(
        "已到法定退休年龄，不能再新参保；可以办“职工退休一件事”。",
        "The statutory age is reached; please see “Retirement”.",
    ),
    stop(
        FLEXIBLE & Is("work_type", "with-employees") & ~Is("wanted", "start-up", "loan"),
        registering.AS_EMPLOYER,
    ).because(
        "有雇员的，要以单位身份参保，不算灵活就业。", "With employees you insure as an employer."
    ),
    stop(GRADUATE & NO_GRADUATE, words.COUNTER).because(
        "没有高校毕业证书的，请选“自己干”或“失业”，或到窗口咨询。",
        "Without a degree please choose another situation, or come to the counter.",
    ),
    stop(GRADUATE & IN_SCHOOL & NO_HARDSHIP, words.COME_BACK, subsidies.FUND_RULE).because(
        "在校期间只有困难毕业生的求职补贴可以申请，其余的毕业以后再办。",
        "In school only the grant for students in hardship is open; the rest follows.",
    ),
    partly(FLEXIBLE & Is("work_type", "with-employees"), registering.AS_EMPLOYER).because(
        "有雇员的以单位身份参保；创业补贴和贷款在这里办。",
        "You insure as an employer; grants and loan are applied for here.",
    ),
    partly(UNEMPLOYED & OWN_WILL, words.GO_ON, unemployment.UNEMPLOYMENT_REGULATION).because(
        "自己辞职的不能领失业金，可以办失业登记、享受就业服务。",
        "Who left by own will gets no benefit, but can register and be helped.",
    ),
    partly(
        UNEMPLOYED & LESS_THAN_A_YEAR, words.GO_ON, unemployment.UNEMPLOYMENT_REGULATION
    ).because(
        "失业保险缴费不满1年的不能领失业金，可以办失业登记。",
        "With less than a year of insurance there is no benefit, but you can register.",
    ),
    note(OLD_COVER, words.GO_ON, registering.OLD_COVER_RULE).because(
        "要先停掉原来的参保；同一月份重复缴的会退回，不能补缴以前的月份。",
        "The old cover is closed first; what is paid twice is refunded, nothing is paid back.",
    ),
    note(
        WORKS & Is("old_cover", "benefit"), words.GO_ON, unemployment.UNEMPLOYMENT_REGULATION
    ).because("就业登记后，失业保险金停发。", "The unemployment benefit ends with the new work."),
)


PAGES = (
    *hiring.contract_pages(HIRED, held(insurance.SOCIAL_INSURANCE_RECORD)),
    *registering.worker_pages(held(PERSON_REGISTER), held(PERSON_REGISTER, "local_address")),
    *registering.work_pages(INSURES),
    registering.former_job_page(PAID_BEFORE),
    *insuring.cover_pages(INSURES),
    graduates.education_page(EDUCATION),
    graduates.destination_page(DESTINATION),
    hardship.hardship_page(STATUS | SEARCH_GRANT),
    unemployment.wish_page(UNEMPLOYED),
    subsidies.months_page(INSURANCE_SUBSIDY),
    subsidies.job_page(JOB_SUBSIDY),
    support.rent_page(RENT),
    support.rental_page(RENTAL),
    move.move_page(HOUSEHOLD),
    growing.file_page(FILE),
    growing.skill_page(SKILL),
    *growing.startup_pages(STARTS, LOAN),
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
    "hire_number": produced(work.INSURE_HIRE, "entry_number"),
    "home": answer("person_home"),
    "household": answer("person_register"),
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
        applies=WORKS,
        flow=when(HIRED, "hired", "flexible"),
    ),
    step(work.INSURE_HIRE, requires=REGISTERED, applies=HIRED),
    step(work.ENROL_PENSION, requires=REGISTERED, applies=INSURES & insuring.PENSION),
    step(
        work.ENROL_MEDICAL,
        requires=(*REGISTERED, work.INSURE_HIRE),
        applies=(INSURES & insuring.MEDICAL) | HIRED,
        kind=when(HIRED, "employee", "flexible"),
        first_month=first_of(answer("first_month"), answer("contract_from")),
    ),
    step(
        work.PAY_CONTRIBUTIONS,
        account("debit_account"),
        requires=(work.ENROL_PENSION, work.ENROL_MEDICAL),
        applies=INSURES,
        pension_number=produced(work.ENROL_PENSION, "entry_number"),
        medical_number=produced(work.ENROL_MEDICAL, "entry_number"),
    ),
    step(
        unemployment.END_UNEMPLOYMENT_BENEFIT,
        requires=REGISTERED,
        applies=WORKS & Is("old_cover", "benefit"),
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
    step(work.TRANSFER_FILE, requires=(*CHECKED, work.INSURE_HIRE), applies=FILE),
    step(work.PAY_JOB_SUBSIDY, requires=CHECKED, applies=JOB_SUBSIDY),
    step(work.PAY_SEARCH_GRANT, applies=SEARCH_GRANT, hardship=answer("student_hardship")),
    step(work.FIND_TRAINEESHIP, requires=CHECKED, applies=TRAINEE),
    step(work.PAY_RENT_GRANT, requires=CHECKED, applies=RENT),
    step(card.ISSUE_ADULT_CARD, requires=(work.INSURE_HIRE,), applies=CARD),
    step(work.PAY_SKILL_SUBSIDY, applies=SKILL),
    step(
        work.PAY_START_UP,
        applies=STARTS,
        ground=when(FIVE_YEARS | NEWLY, "graduate", when(HARD, "hardship", "other")),
    ),
    step(work.APPLY_START_UP_LOAN, applies=LOAN),
    step(move.ISSUE_RESIDENCE_PERMIT, uses=REGISTERED, applies=PERMIT),
    step(work.APPLY_PUBLIC_RENTAL, applies=RENTAL),
)

REQUIREMENTS = (
    must("sixteen", registering.EMPLOYMENT_RULE, ~registering.TOO_YOUNG, blocks=True).otherwise(
        "还没有年满16周岁。", "Under 16.", "满16周岁再来办。", "Please come back at 16."
    ),
    must(
        "a-year-insured", unemployment.UNEMPLOYMENT_REGULATION, ~(LESS_THAN_A_YEAR | OWN_WILL)
    ).otherwise(
        "失业金要缴费满1年，且不是自己辞职。",
        "The benefit needs a year of insurance and an end not by own will.",
        "离职原因登记有误的，请单位更正。",
        "If the reason was recorded wrongly, ask the employer to correct it.",
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
        "first_month",
        year_end=1,
        applies=INSURANCE_SUBSIDY,
    ).told(
        "申领灵活就业社保补贴",
        "Claim the insurance subsidy",
        "过期不再受理（杭州的期限，台州待确认）。",
        "Later it is not taken (Hangzhou's day; Taizhou's is to be confirmed).",
        work.PAY_FLEXIBLE_SUBSIDY,
    ),
    *subsidies.job_deadlines(JOB_SUBSIDY),
    due("search-grant", subsidies.FUND_RULE, "graduated_on", days=-1, applies=SEARCH_GRANT).told(
        "申请求职补贴",
        "Apply for the job-search grant",
        "毕业离校后不能再申请。",
        "After leaving school it is too late.",
        work.PAY_SEARCH_GRANT,
    ),
    due(
        "skill",
        growing.SKILL_RULE,
        "skill_issued_on",
        months=growing.MONTHS_TO_CLAIM,
        applies=SKILL,
    ).told(
        "申领技能提升补贴",
        "Claim the skill subsidy",
        "证书超过12个月的不能再领。",
        "After 12 months the certificate counts no more.",
        work.PAY_SKILL_SUBSIDY,
    ),
)

EMPLOYMENT = LifeEvent(
    id="employment",
    version="1",
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
        look_up(PERSON_REGISTER, SELF & ~registering.FROM_ABROAD, asking_as=said("self")),
        look_up(insurance.SOCIAL_INSURANCE_RECORD, HIRED),
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
    reckonings=(unemployment.LONGEST_TIME,),
)
