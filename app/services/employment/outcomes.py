"""Where each situation of work leads: online, in part, or elsewhere, and what is told first."""

from app.forms.conditions import Is
from app.services.employment import hiring, housing, insuring, registering, subsidies
from app.services.employment.personnel_file import FILE_RULE
from app.services.employment.situations import (
    AGAIN,
    AT_WORK,
    DRAWS_BENEFIT,
    EMPLOYED,
    FIVE_YEARS,
    FROM_ABROAD,
    GRADUATE,
    HARD,
    IN_LINHAI,
    IN_SCHOOL,
    INSURANCE_SUBSIDY,
    LESS_THAN_A_YEAR,
    MAY_BE_TOO_OLD,
    NEAR_PEOPLE,
    NEW,
    NEWLY,
    NO_GRADUATE,
    NO_HARDSHIP,
    NO_START_UP,
    NO_WORK,
    NOT_LOCAL,
    NOTHING_MORE,
    OLD_COVER,
    OWN_BUSINESS,
    OWN_WILL,
    PART_TIME,
    RECENT,
    SMALL_FIRM,
    STARTS,
    TOO_OLD,
    TOO_YOUNG,
    TRAINEE,
    UNEMPLOYED,
    VOUCHER,
    WAITING,
    WANTS_FILE,
    WANTS_INSURANCE_SUBSIDY,
    WANTS_JOB_SUBSIDY,
    WANTS_RENT,
    WANTS_TRAINEESHIP,
    WITH_EMPLOYEES,
    WORKS,
)
from app.vocabulary import common_words as words
from app.vocabulary.life_event import Guidance
from app.vocabulary.startup_rates import START_UP_RULE
from app.vocabulary.telling import note, partly, stop
from app.vocabulary.work_rates import UNEMPLOYMENT_REGULATION
from app.wording import Words
from app.workflow.retirement_age import MEASURES

RETIRE = Words(
    "可以办“职工退休一件事”；不清楚的拨打12333。",
    "Please see “Retirement”; for advice call 12333.",
)
FLEXIBLE_INSTEAD = Words(
    "请返回改选“自己干，或在平台上接单”。", "Please go back and choose “I work for myself”."
)
ASK_EMPLOYER_FIRST = Words(
    "请单位先办“给新员工办”，参保以后再来申请；被拖延的可拨打12333。",
    "Ask your employer to insure you first, then come back; if they delay, call 12333.",
)
LOOK_FOR_FILE = Words(
    "可到公共就业和人才服务机构查档，电话12333；没有档案的不用办。",
    "A public talent centre can look for it, telephone 12333; without a file nothing is needed.",
)
STOPS: tuple[Guidance, ...] = (
    stop(Is("work_county", "other"), words.PASSED_ON).because(
        "在台州以外工作的，到当地办理。", "Work outside Taizhou is registered there."
    ),
    stop(TOO_YOUNG, words.COUNTER, registering.EMPLOYMENT_RULE).because(
        "还没有年满16周岁。", "Under 16 years of age."
    ),
    stop(WORKS & Is("old_cover", "pension"), words.COUNTER, insuring.PENSION_RULE).because(
        "已经在领养老金的，不能再参加职工养老和医疗保险。",
        "Who draws a pension cannot join these insurances again.",
    ),
    stop(TOO_OLD, RETIRE, MEASURES).because(
        "已到法定退休年龄，不能再新参保，也不办失业登记。",
        "The statutory age is reached: no new insurance and no unemployment registration.",
    ),
    stop(EMPLOYED & NOTHING_MORE, registering.ASK_EMPLOYER, hiring.HIRING_RULE).because(
        "录用由用人单位申报参保，不用您自己办。",
        "Your employer registers and insures you; you need not.",
    ),
    stop(WITH_EMPLOYEES & NO_START_UP & NOTHING_MORE, registering.AS_EMPLOYER).because(
        "有雇员的，要以单位身份参保，不算灵活就业。", "With employees you insure as an employer."
    ),
    stop(
        AGAIN
        & ~Is("flexible_wants", "fund")
        & ~(Is("flexible_wants", "subsidy") & (NEWLY | HARD))
        & ~(Is("flexible_wants", "file") & ~Is("file_place", "none"))
        & NO_START_UP
        & NOTHING_MORE,
        words.COME_BACK,
    ).because(
        "已经登记参保，选的事项现在都不能办。",
        "You are registered and insured already, and nothing that you chose is open.",
    ),
    stop(GRADUATE & NO_GRADUATE, words.COUNTER).because(
        "没有高校毕业证书的，请选“自己干”或“失业”，或到窗口咨询。",
        "Without a degree please choose another situation, or come to the counter.",
    ),
    stop(
        GRADUATE & IN_SCHOOL & NO_HARDSHIP & NO_START_UP & NOTHING_MORE,
        words.COME_BACK,
        subsidies.FUND_RULE,
    ).because(
        "在校期间可以申请困难毕业生求职补贴和创业扶持，其余的毕业以后再办。",
        "In school only the grant for students in hardship and help with a start-up are open.",
    ),
)
PARTS: tuple[Guidance, ...] = (
    partly(EMPLOYED, registering.ASK_EMPLOYER, hiring.HIRING_RULE).because(
        "录用和参保由用人单位申报；您选的其他事项在这里办。",
        "Your employer insures you; what else you chose is done here.",
    ),
    partly(WITH_EMPLOYEES, registering.AS_EMPLOYER).because(
        "有雇员的以单位身份参保；创业补贴和贷款在这里办。",
        "You insure as an employer; grants and loan are applied for here.",
    ),
    partly((UNEMPLOYED | EMPLOYED) & ~NO_START_UP, FLEXIBLE_INSTEAD, START_UP_RULE).because(
        "创业补贴和创业担保贷款给自己办企业的人；登记办企业以后再申请，这次不办。",
        "Start-up grants and loan are for who has a business; please come back with one.",
    ),
    partly(UNEMPLOYED & OWN_WILL, words.GO_ON, UNEMPLOYMENT_REGULATION).because(
        "自己辞职的不能领失业金，可以办失业登记、享受就业服务。",
        "Who left by own will gets no benefit, but can register and be helped.",
    ),
    partly(UNEMPLOYED & LESS_THAN_A_YEAR, words.GO_ON, UNEMPLOYMENT_REGULATION).because(
        "失业保险缴费不满1年的不能领失业金，可以办失业登记。",
        "With less than a year of insurance there is no benefit, but you can register.",
    ),
    partly(WANTS_INSURANCE_SUBSIDY & ~INSURANCE_SUBSIDY, words.GO_ON, subsidies.FUND_RULE).because(
        "社保补贴只给毕业2年内的高校毕业生和就业困难人员，这次不申请。",
        "The insurance subsidy is for graduates of two years and people hard to employ.",
    ),
    partly(
        (WANTS_JOB_SUBSIDY | WANTS_RENT) & WAITING, ASK_EMPLOYER_FIRST, subsidies.GRADUATE_RULE
    ).because(
        "单位参保以后，才能申请就业补贴、租房补贴或房票。",
        "Job subsidy, rent grant and voucher follow the employer's insurance.",
    ),
    partly((WANTS_JOB_SUBSIDY | WANTS_RENT) & NO_WORK, words.COME_BACK).because(
        "就业补贴、租房补贴和房票要先就业（或创业）参保。",
        "Job subsidy, rent grant and voucher need work or a business first.",
    ),
    partly(WANTS_JOB_SUBSIDY & OWN_BUSINESS, FLEXIBLE_INSTEAD, subsidies.FUND_RULE).because(
        "自己干的不享受单位就业补贴；可以申请灵活就业社保补贴、创业补贴。",
        "The job subsidy is for employees; of your own, see insurance subsidy and start-up grants.",
    ),
    partly(
        WANTS_JOB_SUBSIDY & AT_WORK & ~((SMALL_FIRM & RECENT) | (NEAR_PEOPLE & FIVE_YEARS)),
        words.GO_ON,
        subsidies.GRADUATE_RULE,
    ).because(
        "就业补贴要毕业2年内在中小微企业，或5年内在养老、家政、现代农业企业，这次不申请。",
        "The job subsidy needs a small firm within 2 years, or care, household service or farming "
        "within 5.",
    ),
    partly(WANTS_TRAINEESHIP & ~TRAINEE, words.GO_ON, subsidies.FUND_RULE).because(
        "就业见习只给毕业2年内还没有就业的（年限待确认），这次不登记。",
        "A traineeship is for graduates of two years without work (to be confirmed).",
    ),
    partly(
        WANTS_RENT & (Is("newcomer", "no") | Is("owns_home", "yes")),
        words.GO_ON,
        housing.RENT_RULE,
    ).because(
        "租房补贴和房票只给首次来台州、在台州没有住房的毕业生，这次不申请。",
        "Rent grant and voucher are for graduates new to Taizhou without a home here.",
    ),
    partly(WANTS_FILE & Is("file_place", "none"), LOOK_FOR_FILE, FILE_RULE).because(
        "没有档案或不知道在哪里的，这次不转档案。", "Without a known file nothing is transferred."
    ),
)
NOTES: tuple[Guidance, ...] = (
    note(OLD_COVER, words.GO_ON, registering.OLD_COVER_RULE).because(
        "要先停掉原来的参保；同一月份重复参保的不受理，重复缴的会退回，不能补缴以前的月份。",
        "The old cover is closed first; double cover is refused, what is paid twice is refunded, "
        "nothing is paid back.",
    ),
    note(DRAWS_BENEFIT, words.GO_ON, UNEMPLOYMENT_REGULATION).because(
        "就业登记后，失业保险金停发；没领完的月数保留。",
        "The unemployment benefit ends with the new work; unused months are kept.",
    ),
    note(WORKS & NOT_LOCAL, words.GO_ON, insuring.OPEN_TO_ALL).because(
        "户籍不在台州的也可以在就业地参保；台州的具体做法待确认。",
        "Insurance is open whatever the register; how Taizhou does it is to be confirmed.",
    ),
    note(WORKS & FROM_ABROAD, words.GO_ON, registering.EMPLOYMENT_RULE).because(
        "要准备通行证或居留证、就业证明、工作许可。",
        "Please have travel or residence permit, proof of employment and work permit ready.",
    ),
    note(MAY_BE_TOO_OLD, words.GO_ON, MEASURES).because(
        "女职工按岗位有两种法定退休年龄；原来50周岁退休的可能已到年龄，由社保核定。",
        "Women have two statutory ages by their post; if it was 50, yours may be reached.",
    ),
    note(NEW & PART_TIME, words.GO_ON, hiring.WAGE_RULE).because(
        "非全日制有最低小时工资：浙江2024年分24、22、20元三档，台州的档次待确认。",
        "Part-time work has a minimum by the hour: 24, 22 or 20 yuan in Zhejiang (2024).",
    ),
    note(VOUCHER & ~IN_LINHAI, words.GO_ON, housing.VOUCHER_RULE).because(
        "只查到临海的房票；您选的县（市、区）有没有、什么条件，待主管部门确认。",
        "Only Linhai's voucher was found; whether your county has one is to be confirmed.",
    ),
    note(STARTS, words.GO_ON, START_UP_RULE).because(
        "台州的创业补贴标准待确认。外地例子（嘉兴2025年，不是承诺）：一次性5000元起；"
        "社保补贴5000元，毕业5年内10000元；带动3人每年2000元，每多1人加1000元，最多2万元；场租一半，每年最多1万元。",
        "Taizhou's rates are to be confirmed. Jiaxing in 2025, an example and no promise: one-off "
        "from 5,000; insurance 5,000, graduates 10,000; 2,000 a year for 3 people, 1,000 for each "
        "more, at most 20,000; half the rent, at most 10,000 a year.",
    ),
)
OUTCOMES = (*STOPS, *PARTS, *NOTES)
