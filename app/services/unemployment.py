"""Human resources: benefit in unemployment, from registering to its end."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import Page, Question, Text
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.life_event import Reckoning
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words

UNEMPLOYMENT_REGULATION = Rule(
    "unemployment-insurance-regulation",
    Words("失业保险条例", "Regulations on unemployment insurance"),
    "第十四条、第十五条",
    "B",
    date(1999, 1, 22),
)


class BenefitEnd(AboutPerson):
    """Why the benefit ends: work was taken up, or a pension is drawn."""

    end_reason: Literal["work", "pension"] = told("停发原因", "Why it ends")
    from_day: date = told("停发起始日", "From")


class BenefitEnded(Result):
    """The benefit has ended; unused months are kept."""

    end_number: str = told("停发编号", "Number of the end", min_length=6)
    ended_on: date = told("停发日期", "Ended on")


def benefit_ended(request: BenefitEnd, ticket: Ticket) -> BenefitEnded:
    """Ended from the day named."""
    number = f"SYT{request.county}{ticket.number % 10**8:08d}"
    return BenefitEnded(end_number=number, ended_on=request.from_day)


END_UNEMPLOYMENT_BENEFIT = PublicService(
    id="end-unemployment-benefit",
    title=Words("失业保险金停发", "End of unemployment benefit"),
    summary=Words(
        "重新就业或开始领养老金的，失业保险金停发，不用另外申报。",
        "With a new job or a pension the benefit ends; nothing else is to be filed.",
    ),
    authority=HUMAN_RESOURCES,
    request=BenefitEnd,
    produces=Output("benefit-ended", Words("停发登记", "Ended"), BenefitEnded),
    path="/benefit-ends",
    call=post_to("/benefit-ends", BenefitEnded),
    stand_in=benefit_ended,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(UNEMPLOYMENT_REGULATION,),
    refusal_reasons=(
        reason(
            "no-benefit",
            "没有查到正在领取的失业保险金。",
            "No benefit is being drawn.",
            UNEMPLOYMENT_REGULATION,
        ),
    ),
    checklist=points(
        ("停发日期核对无误", "The day is right"),
    ),
)


BENEFIT_RATE = Parameter(
    "unemployment-benefit-rate",
    Words("失业保险金占最低工资的比例", "Benefit as a share of the minimum wage"),
    (
        Amount(
            None,
            Words("%", "%"),
            "3310",
            date(2024, 1, 1),
            "没有查到台州市现行比例（杭州2024年为90%）",
            "U",
        ),
    ),
)


def _months(id_: str, zh: str, en: str, months: int) -> Parameter:
    source = "失业保险条例第十七条"
    amount = Amount(Decimal(months), Words("个月", "months"), "", date(1999, 1, 22), source, "B")
    return Parameter(id_, Words(zh, en), (amount,))


# The longest time by years paid: from 1 to under 5, from 5 to under 10, 10 and more.
LONGEST: Mapping[str, Parameter] = {
    "1-5": _months("benefit-1-5", "缴费1至5年的最长期限", "Longest, 1 to 5 years", 12),
    "5-10": _months("benefit-5-10", "缴费5至10年的最长期限", "Longest, 5 to 10 years", 18),
    "10": _months("benefit-10", "缴费10年以上的最长期限", "Longest, 10 years and more", 24),
}


def longest_benefit(years: str, day: date) -> int | None:
    """Months for which the benefit is paid at most; None with less than a year of insurance."""
    parameter = LONGEST.get(years)
    amount = parameter.on(day) if parameter else None
    return int(amount.value) if amount is not None and amount.value is not None else None


def _reckoned(answers: Answers) -> int | None:
    if answers.text("left_reason") == "own-will":
        return None
    return longest_benefit(answers.text("insured_years"), answers.today)


LONGEST_TIME = Reckoning(
    "longest-benefit",
    Words("失业保险金最多可以领", "Benefit is paid for at most"),
    frozenset({"left_reason", "insured_years"}),
    _reckoned,
    lambda months: Words(f"{months}个月", f"{months} months"),
    UNEMPLOYMENT_REGULATION,
)


def wish_page(applies: Condition) -> Page:
    """Which work is looked for."""
    return page("wish", "求职意向", "Work you look for", applies=applies).asks(
        ask("job_wish", "想找什么工作？", "Which work?", Text(longest=60)),
        ask("skills", "会什么技能？", "Your skills", Text(longest=100), optional=True),
    )


def end_questions(applies: Condition) -> tuple[Question, Question]:
    """Why work ended, and for how long unemployment insurance was paid."""
    return (
        choose("left_reason", "为什么离职？", "Why did work end?", applies=applies).one_of(
            ("ended", "合同到期，单位不续签", "The contract ended"),
            ("dismissed", "被单位解除", "Dismissed"),
            ("closed", "单位破产、关闭", "The employer closed"),
            ("own-will", "自己辞职", "By my own will"),
            ("other", "其他", "Something else"),
        ),
        choose("insured_years", "失业保险缴了多久？", "How long insured?", applies=applies).one_of(
            ("1-5", "满1年不满5年", "1 to under 5 years"),
            ("5-10", "满5年不满10年", "5 to under 10 years"),
            ("10", "10年以上", "10 years or more"),
            ("0", "不满1年", "Less than a year"),
        ),
    )


class Unemployed(AboutPerson):
    """J16: since when and why work ended, and what is looked for."""

    mobile: str = told("手机号", "Mobile", sensitive=True)
    former_employer: str = told("原单位", "Last employer", default="")
    left_on: date = told("离职日期", "Left on")
    left_reason: Literal["ended", "dismissed", "closed", "own-will", "other"] = told(
        "离职原因", "Why it ended"
    )
    job_wish: str = told("求职意向", "Work looked for")
    skills: str = told("技能", "Skills", default="")


class Registered(Result):
    """The person is registered as out of work."""

    registration_number: str = told("失业登记编号", "Registration", min_length=6)
    registered_on: date = told("登记日期", "Registered on")


def unemployed_registered(request: Unemployed, ticket: Ticket) -> Registered | StandInRefusal:
    """Registered once work has ended."""
    if request.left_on > ticket.today:
        return StandInRefusal("还没有离职，离职以后再登记。", "失业保险条例")
    number = f"SYDJ{request.county}{ticket.number % 10**8:08d}"
    return Registered(registration_number=number, registered_on=ticket.today)


END_PROOF = paper(
    "end-of-contract",
    "解除或终止劳动关系证明",
    "Proof that the contract ended",
    "核对离职时间和原因。",
    "Shows when and why work ended.",
    commitment=True,
)

REGISTER_UNEMPLOYED = PublicService(
    id="register-unemployment",
    title=Words("失业登记", "Unemployment registration"),
    summary=Words("登记后可以领失业金、享受就业服务。", "The basis of benefit and services."),
    authority=HUMAN_RESOURCES,
    request=Unemployed,
    produces=Output("unemployment-entry", Words("失业登记", "Entry"), Registered),
    path="/unemployment-entries",
    call=post_to("/unemployment-entries", Registered),
    stand_in=unemployed_registered,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(UNEMPLOYMENT_REGULATION,),
    evidence=(END_PROOF,),
    supplement_reasons=(
        reason(
            "end-unproven",
            "没有查到离职信息，请补充证明。",
            "The end was not found: please prove it.",
            UNEMPLOYMENT_REGULATION,
            END_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "still-at-work",
            "查到您仍在单位参保。",
            "You are still insured by an employer.",
            UNEMPLOYMENT_REGULATION,
        ),
    ),
    checklist=points(
        ("原单位已停保", "The old cover is closed"),
    ),
)


class BenefitClaim(PaidToPerson):
    """J17: why work ended, how long was paid, and where the benefit goes."""

    registration_number: str = told("失业登记编号", "Registration", min_length=6)
    left_reason: Literal["ended", "dismissed", "closed", "own-will", "other"] = told(
        "离职原因", "Why it ended"
    )
    insured_years: Literal["0", "1-5", "5-10", "10"] = told("失业保险缴费年限", "Years paid")


class Benefit(Result):
    """The benefit is granted; its amount is the authority's to say."""

    benefit_number: str = told("待遇核定编号", "Number of the benefit", min_length=6)
    granted_on: date = told("核定日期", "Granted on")
    months: int = told("最多领取月数", "Months at most", ge=0, le=24)
    monthly_yuan: Decimal | None = told("月标准（元）", "A month (yuan)", default=None)


def benefit_granted(request: BenefitClaim, ticket: Ticket) -> Benefit | StandInRefusal:
    """After a year of insurance and not by own will; for 12, 18 or 24 months."""
    if request.left_reason == "own-will":
        return StandInRefusal("本人意愿中断就业的，不能领取。", "失业保险条例第十四条")
    months = longest_benefit(request.insured_years, ticket.today)
    if months is None:
        return StandInRefusal("失业保险缴费不满1年。", "失业保险条例第十四条")
    if request.account_holder != request.person_name:
        return StandInRefusal("收款账户不是本人的，请更换。")
    return Benefit(
        benefit_number=f"SYJ{request.county}{ticket.number % 10**8:08d}",
        granted_on=ticket.today,
        months=months,
    )


PAY_UNEMPLOYMENT_BENEFIT = PublicService(
    id="pay-unemployment-benefit",
    title=Words("失业保险金申领", "Unemployment benefit"),
    summary=Words(
        "缴费满1年、非本人意愿失业的可以领；台州标准待确认，医保费由基金缴纳。",
        "After a year of insurance, not by own will; the rate is to be confirmed.",
    ),
    authority=HUMAN_RESOURCES,
    request=BenefitClaim,
    produces=Output("unemployment-benefit", Words("失业保险金核定", "Benefit"), Benefit),
    path="/unemployment-benefits",
    call=post_to("/unemployment-benefits", Benefit),
    stand_in=benefit_granted,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(UNEMPLOYMENT_REGULATION,),
    fee=Words("不收费；每月金额待主管部门确认", "No fee; the monthly amount is to be confirmed"),
    fee_amount=BENEFIT_RATE,
    refusal_reasons=(
        reason(
            "by-own-will",
            "本人意愿离职的，不能领取失业保险金。",
            "Work ended by own will.",
            UNEMPLOYMENT_REGULATION,
        ),
        reason(
            "less-than-a-year",
            "失业保险缴费不满12个月。",
            "Fewer than 12 months were paid.",
            UNEMPLOYMENT_REGULATION,
        ),
    ),
    checklist=points(
        ("已失业登记，有求职要求", "Registered and looking for work"),
    ),
    answers="later",
)
