"""J14: the skill subsidy after a certificate."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import Date, Page, Text
from app.services.employment.situations import SKILL
from app.services.employment.subsidies import UNKNOWN_AMOUNT
from app.services.employment.workers import Grant, grant, offer, promised
from app.vocabulary.about_people import PaidToPerson
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.life_event import Reckoning
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Output, StandInRefusal, Ticket, told
from app.vocabulary.requirement import Rule
from app.vocabulary.telling import due
from app.vocabulary.work_rates import (
    SKILL_CLAIM_MONTHS,
    SKILL_INSURED_MONTHS,
    SKILL_SUBSIDY,
    months_of,
)
from app.wording import Words
from app.workflow.deadlines import add_months

SKILL_RULE = Rule(
    "skill-subsidy",
    Words("失业保险支持技能提升有关规定", "Rules on the skill subsidy"),
    "参保职工技能提升补贴；杭人社发〔2017〕275号",
    "B",
)


def _is_recent(answers: Answers) -> bool:
    months = months_of(SKILL_CLAIM_MONTHS, answers.today)
    return add_months(answers.date("skill_issued_on"), months) >= answers.today


def _is_insured(answers: Answers) -> bool:
    least = months_of(SKILL_INSURED_MONTHS, answers.today)
    return answers.number("unemployment_months") >= least


def skill_page(applies: Condition) -> Page:
    """The certificate of the last twelve months, and what excludes the subsidy."""
    return page("skill", "技能证书", "Skill certificate", applies=applies).asks(
        ask("skill_trade", "职业（工种）", "Trade", Text(longest=40)),
        choose("skill_grade", "等级", "Grade").one_of(
            ("5", "五级（初级工）", "Grade 5"),
            ("4", "四级（中级工）", "Grade 4"),
            ("3", "三级（高级工）", "Grade 3"),
        ),
        ask("skill_number", "证书编号", "Number of the certificate", Text(longest=40)),
        ask("skill_issued_on", "发证日期", "Issued on", Date(past_days=3650)).hinted(
            "发证12个月内才能申领", "Claimed within 12 months"
        ),
        check("skill_issued_on", _is_recent).says(
            "证书超过12个月，不能再领；请到“您的情况”去掉技能提升补贴。",
            "After 12 months nothing is paid; please take it out under “Your situation”.",
        ),
    )


def skill_insurance_page(applies: Condition) -> Page:
    """How long unemployment insurance was paid, and what was paid for the certificate before."""
    return page("skill-insurance", "失业保险和补贴", "Insurance", applies=applies).asks(
        ask(
            "unemployment_months",
            "失业保险缴了几个月？",
            "Months of unemployment insurance",
            number(0, 600, "个月", "months"),
        ).hinted(
            "满12个月可以申领（原来要36个月，放宽到哪天待确认）",
            "12 months are needed (36 before; until when is to be confirmed)",
        ),
        check("unemployment_months", _is_insured).says(
            "缴费不满12个月，现在不能领；请到“您的情况”去掉技能提升补贴。",
            "With less than 12 months nothing is paid; take it out under “Your situation”.",
        ),
        choose("skill_before", "这个证书领过补贴吗？", "Was it subsidised before?").one_of(
            ("no", "没有", "No"),
            ("grade", "同工种同等级的技能补贴领过", "Yes, for this trade and grade"),
            ("training", "享受过培训补贴", "Yes, the training"),
        ),
        check("skill_before", lambda it: it.text("skill_before") == "no").says(
            "只能享受一次；请到“您的情况”去掉技能提升补贴。",
            "It is paid only once; please take it out under “Your situation”.",
        ),
    )


class SkillClaim(PaidToPerson):
    """J14: the certificate, how long one is insured, and what was paid before."""

    skill_trade: str = told("工种", "Trade")
    skill_grade: Literal["5", "4", "3"] = told("等级", "Grade")
    skill_number: str = told("证书编号", "Certificate number")
    skill_issued_on: date = told("发证日期", "Issued on")
    unemployment_months: int = told("失业保险缴费月数", "Months insured", ge=0, le=600)
    skill_before: Literal["no", "grade", "training"] = told("以前的补贴", "Paid before")


def skill_granted(request: SkillClaim, ticket: Ticket) -> Grant | StandInRefusal:
    """Within twelve months of the certificate, after twelve months of insurance, and once."""
    rule = "技能提升补贴规定"
    if add_months(request.skill_issued_on, months_of(SKILL_CLAIM_MONTHS, ticket.today)) < (
        ticket.today
    ):
        return StandInRefusal("证书已超过12个月。", rule)
    if request.unemployment_months < months_of(SKILL_INSURED_MONTHS, ticket.today):
        return StandInRefusal("失业保险缴费不满12个月。", rule)
    if request.skill_before == "grade":
        return StandInRefusal("同一工种、同一等级已经领过。", rule)
    if request.skill_before == "training":
        return StandInRefusal("已经享受过培训补贴。", rule)
    parameter = SKILL_SUBSIDY[request.skill_grade]
    return grant("JN", request, ticket, promised(parameter, ticket.today, request.county))


SKILL_PROOF = paper(
    "skill-certificate",
    "职业技能等级证书",
    "Certificate of skill",
    "查不到证书时核对。",
    "For certificates that cannot be looked up.",
    optional=True,
)

PAY_SKILL_SUBSIDY = offer(
    "skill-subsidy",
    Words("职业培训和技能提升补贴", "Training and skill subsidy"),
    Words(
        "取得证书12个月内申领，同一工种同一等级只发一次，不与培训补贴同时享受；金额待确认。",
        "Within 12 months of the certificate, once for a trade and grade, not beside a training "
        "subsidy; the amount is to be confirmed.",
    ),
    SkillClaim,
    Output("skill-grant", Words("技能补贴核定", "Subsidy"), Grant),
    skill_granted,
    (SKILL_RULE,),
    fee=UNKNOWN_AMOUNT,
    fee_amount=SKILL_SUBSIDY["5"],
    evidence=(SKILL_PROOF,),
    supplement_reasons=(
        reason(
            "certificate-not-found",
            "没有查到证书，请上传。",
            "The certificate was not found: please upload it.",
            SKILL_RULE,
            SKILL_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "certificate-too-old",
            "证书已超过12个月。",
            "The certificate is older than 12 months.",
            SKILL_RULE,
        ),
        reason(
            "grade-paid-before",
            "同一工种、同一等级已经领过。",
            "This trade and grade was paid before.",
            SKILL_RULE,
        ),
        reason(
            "training-subsidised",
            "这个证书已经享受过培训补贴。",
            "A training subsidy was paid for this certificate.",
            SKILL_RULE,
        ),
        reason(
            "insured-too-short",
            "失业保险缴费月数不够。",
            "Unemployment insurance was not paid for long enough.",
            SKILL_RULE,
        ),
    ),
    checklist=points(
        ("证书12个月内", "Certificate of the last 12 months"),
        ("同工种同等级没有领过，没有享受培训补贴", "Not paid before, no training subsidy"),
        ("在职或正在领失业金，缴费月数够", "At work or on benefit, insured long enough"),
    ),
    answers="later",
)


def _amount(answers: Answers) -> Words | None:
    rate = SKILL_SUBSIDY[answers.text("skill_grade")].on(answers.today)
    if not SKILL.holds(answers) or rate is None:
        return None
    return Words(
        f"待主管部门确认；参考{rate.value:f}元", f"To be confirmed; {rate.value:f} as an indication"
    )


SKILL_AMOUNT = Reckoning(
    "skill-subsidy-amount",
    Words("技能提升补贴", "Skill subsidy"),
    frozenset({"skill_grade"}),
    _amount,
    lambda words: words,
    SKILL_RULE,
)

DEADLINE = due(
    "skill",
    SKILL_RULE,
    "skill_issued_on",
    months=months_of(SKILL_CLAIM_MONTHS, date(2017, 1, 1)),
    applies=SKILL,
).told(
    "申领技能提升补贴",
    "Claim the skill subsidy",
    "证书超过12个月的不能再领。",
    "After 12 months the certificate counts no more.",
    PAY_SKILL_SUBSIDY,
)
