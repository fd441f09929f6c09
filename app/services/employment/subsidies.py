"""J9 and J11: the subsidy for those who insure themselves, and the job-search grant."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.moments import months_between
from app.forms.questions import BankAccount, Month, Page, SameAs
from app.services.employment.situations import (
    INSURANCE_SUBSIDY,
    JOB_SUBSIDY,
    NEW,
    NEWLY,
    track_of,
)
from app.services.employment.workers import Grant, grant, offer, promised
from app.vocabulary.about_people import PaidToPerson
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.declaring import ask, check, page
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.work_rates import (
    FLEXIBLE_MONTHS,
    FLEXIBLE_SHARE,
    JOB_SUBSIDY_MONTHS,
    RENT_GRANT_MONTHS,
    UNTIL_RETIREMENT,
    months_of,
)
from app.vocabulary.work_rates import SEARCH_GRANT as SEARCH_GRANT_RATE
from app.wording import Words
from app.workflow.retirement_age import statutory_month

FUND_RULE = Rule(
    "zhejiang-employment-funds",
    Words("浙江省就业补助资金管理有关规定", "Zhejiang rules on employment funds"),
    "2025年1月22日起施行",
    "B",
    date(2025, 1, 22),
)
GRADUATE_RULE = Rule(
    "zhejiang-graduate-policies",
    Words("浙江省高校毕业生就业创业政策", "Zhejiang's policies for graduates"),
    "2023—2025年",
    "C",
)
DEADLINE_RULE = Rule(
    "flexible-subsidy-deadline",
    Words("灵活就业社会保险补贴申领期限（杭州示例）", "Deadline of the subsidy (Hangzhou's)"),
    "符合条件次月起至次年12月底",
    "C",
)
YEARS_TO_CLAIM = 1


def payee_page(applies: Condition) -> Page:
    """Where subsidies are paid to."""
    return page("payee", "收款账户", "Account for payments", applies=applies).asks(
        ask(
            "payee_account",
            "补贴和待遇的收款账户",
            "The account",
            BankAccount(),
            suggested=(SameAs("person_name"),),
        ).hinted("要是本人的，建议用社保卡账户", "Your own, best the social security card's"),
        check("payee_account", _is_own).says(
            "户名要是本人，请换一个账户。", "The account must be your own."
        ),
    )


def _is_own(answers: Answers) -> bool:
    return answers.parts("payee_account").get("holder") == answers.text("person_name")


def longest_subsidy(answers: Answers) -> int:
    """Months for which a subsidy is paid at most; near retirement the hardship one until then."""
    if not INSURANCE_SUBSIDY.holds(answers):
        rate = JOB_SUBSIDY_MONTHS if JOB_SUBSIDY.holds(answers) else RENT_GRANT_MONTHS
        return months_of(rate, answers.today)
    if NEWLY.holds(answers):
        return months_of(FLEXIBLE_MONTHS["graduate"], answers.today)
    usual = months_of(FLEXIBLE_MONTHS["hardship"], answers.today)
    retires = statutory_month(track_of(answers), answers.date("born_on"))
    left = months_between(answers.date("subsidy_from"), retires)
    return left if left < months_of(UNTIL_RETIREMENT, answers.today) else usual


def _is_not_too_long(answers: Answers) -> bool:
    months = months_between(answers.date("subsidy_from"), answers.date("subsidy_to")) + 1
    return months <= longest_subsidy(answers)


def _is_paid_here(answers: Answers) -> bool:
    """Who begins to pay with this form cannot ask for months before that."""
    begins = NEW.holds(answers) and INSURANCE_SUBSIDY.holds(answers) and answers.has("first_month")
    return not begins or answers.date("subsidy_from") >= answers.date("first_month")


def months_page(applies: Condition) -> Page:
    """Which months a subsidy is asked for."""
    return page("months", "申请补贴的月份", "Months of the subsidy", applies=applies).asks(
        ask(
            "subsidy_from",
            "从哪个月？",
            "From which month?",
            Month(past_months=36, ahead_months=12),
        ),
        ask("subsidy_to", "到哪个月？", "Until which month?", Month(36, ahead_months=60)).hinted(
            "没有领过补贴的月份；先缴费、后补贴",
            "Months not subsidised before; they are paid first",
        ),
        check("subsidy_from", _is_paid_here).says(
            "不能早于起缴月份：还没有缴费的月份没有补贴。",
            "Not before your first month: what was not paid is not subsidised.",
        ),
        check("subsidy_to", lambda it: it.date("subsidy_from") <= it.date("subsidy_to")).says(
            "结束月份不能早于开始月份。", "The end cannot lie before the start."
        ),
        check("subsidy_to", _is_not_too_long).says(
            "超过了最长期限（一般3年；距退休不足5年的困难人员可到退休）。",
            "Longer than allowed: 3 years, or until retirement for people hard to employ near it.",
        ),
    )


class FlexibleSubsidy(PaidToPerson):
    """J9: on which ground, and for which months that were paid."""

    ground: Literal["graduate", "hardship"] = told("申请依据", "Ground")
    subsidy_from: date = told("起始月", "From")
    subsidy_to: date = told("终止月", "Until")
    employment_number: str = told("就业登记编号", "Entry of employment", default="")
    status_number: str = told("困难人员认定编号", "Status", default="")
    destination_number: str = told("去向核验编号", "Destination", default="")


def claim_until(first: date) -> date:
    """The last day to claim: the end of the year after (Hangzhou's; Taizhou's was not found)."""
    return date(first.year + YEARS_TO_CLAIM, 12, 31)


def flexible_granted(request: FlexibleSubsidy, ticket: Ticket) -> Grant | StandInRefusal:
    """In time, and without an amount, for Taizhou's share was not found."""
    if claim_until(request.subsidy_from) < ticket.today:
        return StandInRefusal("已超过申领期限。", "灵活就业社会保险补贴申领期限")
    return grant("BT", request, ticket)


CERTIFIED_STATUS = paper(
    "hardship-status",
    "就业困难人员认定或毕业证书",
    "Status of hardship, or the diploma",
    "确认属于补贴对象。",
    "Shows that one is entitled.",
    output="recognise-hardship",
    commitment=True,
)
ASKED_TWICE = reason(
    "months-paid-before",
    "这些月份已经领过补贴。",
    "These months were subsidised before.",
    FUND_RULE,
)
TOO_LATE = reason("after-deadline", "已超过申领期限。", "The deadline has passed.", DEADLINE_RULE)
UNKNOWN_AMOUNT = Words("不收费；金额待主管部门确认", "No fee; the amount is to be confirmed")

PAY_FLEXIBLE_SUBSIDY = offer(
    "flexible-insurance-subsidy",
    Words("灵活就业社会保险补贴", "Insurance subsidy for flexible workers"),
    Words(
        "毕业2年内的高校毕业生和就业困难人员，缴费后可以申领，人社核定、财政拨付；最多实缴的三分之二，台州标准待确认。",
        "For graduates of two years and people hard to employ; at most two thirds of what was "
        "paid, Taizhou's rate to be confirmed.",
    ),
    FlexibleSubsidy,
    Output("flexible-subsidy", Words("社保补贴核定", "Subsidy"), Grant),
    flexible_granted,
    (FUND_RULE, DEADLINE_RULE),
    fee=UNKNOWN_AMOUNT,
    fee_amount=FLEXIBLE_SHARE,
    evidence=(CERTIFIED_STATUS,),
    supplement_reasons=(
        reason(
            "status-unproven",
            "没有核对到身份，请补充证明。",
            "The status was not found: please prove it.",
            FUND_RULE,
            CERTIFIED_STATUS,
        ),
    ),
    refusal_reasons=(TOO_LATE, ASKED_TWICE),
    checklist=points(
        ("以灵活就业身份登记并缴费", "Registered and paid as flexible"),
        ("月份没有重复申领", "Months not claimed before"),
        ("没有超过申领期限", "In time"),
    ),
    answers="later",
)


class SearchGrant(PaidToPerson):
    """J11: a student in the last year, and the class of hardship."""

    school: str = told("学校", "School")
    graduated_on: date = told("预计毕业日期", "Expected graduation")
    hardship: Literal["minimum-living", "disabled", "loan"] = told(
        "困难类别", "Hardship", sensitive=True
    )
    hardship_number: str = told("证件或认定编号", "Its number", sensitive=True, default="")


def search_granted(request: SearchGrant, ticket: Ticket) -> Grant | StandInRefusal:
    """Only before leaving school."""
    if request.graduated_on <= ticket.today:
        return StandInRefusal("要在毕业离校前申请。", "就业补助资金规定")
    return grant("QZ", request, ticket, promised(SEARCH_GRANT_RATE, ticket.today, request.county))


HARDSHIP_PROOF = paper(
    "hardship-proof-of-student",
    "低保、残疾或助学贷款证明",
    "Proof of hardship, disability or student loan",
    "确认属于求职补贴对象。",
    "Shows that one is entitled.",
    register="relief-register",
    commitment=True,
)

PAY_SEARCH_GRANT = offer(
    "job-search-grant",
    Words("一次性求职补贴", "One-off job-search grant"),
    Words(
        "毕业年度内有困难的学生，毕业前经学校申请；金额待确认。",
        "For students in hardship, before they leave school; the amount is to be confirmed.",
    ),
    SearchGrant,
    Output("search-grant", Words("求职补贴核定", "Grant"), Grant),
    search_granted,
    (FUND_RULE,),
    EDUCATION,
    fee=UNKNOWN_AMOUNT,
    fee_amount=SEARCH_GRANT_RATE,
    evidence=(HARDSHIP_PROOF,),
    supplement_reasons=(
        reason(
            "hardship-unproven",
            "没有核对到困难身份，请补充证明。",
            "The hardship was not found: please prove it.",
            FUND_RULE,
            HARDSHIP_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "already-graduated",
            "已经毕业离校，不能再申请。",
            "School has ended; it is too late.",
            FUND_RULE,
        ),
        ASKED_TWICE,
    ),
    checklist=points(
        ("毕业年度在校学生", "Student in the last year"),
    ),
    answers="later",
)
