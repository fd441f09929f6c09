"""Human resources: benefit in unemployment, from registering to its end."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import Page, Question, Text, Tick
from app.vocabulary import work_rates
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, number, page
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
from app.vocabulary.work_rates import (
    BENEFIT_RATE,
    MINIMUM_WAGE,
    longest_benefit,
    unemployment_benefit,
)
from app.wording import Words

UNEMPLOYMENT_REGULATION = work_rates.UNEMPLOYMENT_REGULATION


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


def _carried(answers: Answers) -> int:
    return int(answers.number("carried_months")) if answers.has("carried_months") else 0


def _reckoned(answers: Answers) -> int | None:
    if answers.text("left_reason") == "own-will":
        return None
    return longest_benefit(answers.text("insured_years"), answers.today, _carried(answers))


LONGEST_TIME = Reckoning(
    "longest-benefit",
    Words("失业保险金最多可以领", "Benefit is paid for at most"),
    frozenset({"left_reason", "insured_years"}),
    _reckoned,
    lambda months: Words(f"{months}个月", f"{months} months"),
    UNEMPLOYMENT_REGULATION,
)


def _amount(answers: Answers) -> Words | None:
    """Nothing is promised: Taizhou's share of the minimum wage was not found."""
    if _reckoned(answers) is None:
        return None
    value = unemployment_benefit(answers.today, answers.text("work_county"))
    if value is not None:
        return Words(f"每月{value:f}元（以核定为准）", f"{value:f} yuan a month (as decided)")
    return Words(
        "待主管部门确认（最低工资的一定比例：台州2015年是75%，杭州2024年是90%，都不是台州现在的标准）",
        "To be confirmed (a share of the minimum wage: 75 % in Taizhou in 2015, 90 % in Hangzhou "
        "in 2024; neither is Taizhou's of today)",
    )


MONTHLY_AMOUNT = Reckoning(
    "benefit-amount",
    Words("失业保险金每月", "Benefit a month"),
    frozenset({"left_reason", "insured_years", "work_county"}),
    _amount,
    lambda words: words,
    UNEMPLOYMENT_REGULATION,
)


def wish_page(applies: Condition) -> Page:
    """Which work is looked for."""
    return page("wish", "求职意向", "Work you look for", applies=applies).asks(
        ask("job_wish", "想找什么工作？", "Which work?", Text(longest=60)),
        ask("skills", "会什么技能？", "Your skills", Text(longest=100), optional=True),
        ask(
            "training_wish",
            "想参加什么培训？",
            "Training you wish",
            Text(longest=60),
            optional=True,
        ),
        ask(
            "seeks_work",
            "我正在找工作，愿意接受职业介绍和职业培训。",
            "I am looking for work and accept placement and training.",
            Tick(),
        ),
    )


def end_questions(
    left: Condition, out_of_work: Condition, drawing: Condition
) -> tuple[Question, ...]:
    """Why work ended; of who is out of work also how long was paid and what was not used up."""
    return (
        choose("left_reason", "为什么离职？", "Why did work end?", applies=left).one_of(
            ("ended", "合同到期，单位不续签", "The contract ended"),
            ("dismissed", "被单位解除", "Dismissed"),
            ("closed", "单位破产、关闭", "The employer closed"),
            ("own-will", "自己辞职", "By my own will"),
            ("other", "其他", "Something else"),
        ),
        choose(
            "insured_years", "失业保险缴了多久？", "How long insured?", applies=out_of_work
        ).one_of(
            ("1-5", "满1年不满5年", "1 to under 5 years"),
            ("5-10", "满5年不满10年", "5 to under 10 years"),
            ("10", "10年以上", "10 years or more"),
            ("0", "不满1年", "Less than a year"),
        ),
        ask(
            "carried_months",
            "以前的失业金还有几个月没领？",
            "Months of an earlier benefit not used?",
            number(0, 24, "个月", "months"),
            applies=drawing,
        ).hinted("没有的填0；合并计算，最多24个月", "0 for none; added, up to 24 months together"),
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
    training_wish: str = told("培训意愿", "Training wished", default="")
    seeks_work: bool = told("有求职要求", "Looks for work")


class Registered(Result):
    """The person is registered as out of work."""

    registration_number: str = told("失业登记编号", "Registration", min_length=6)
    registered_on: date = told("登记日期", "Registered on")


def unemployed_registered(request: Unemployed, ticket: Ticket) -> Registered | StandInRefusal:
    """Registered once work has ended."""
    if request.left_on > ticket.today:
        return StandInRefusal("还没有离职，离职以后再登记。", "失业保险条例")
    if not request.seeks_work:
        return StandInRefusal("没有求职要求的，不办失业登记。", "失业保险条例第十四条")
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
    carried_months: int = told("以前没领完的月数", "Unused months", ge=0, le=24, default=0)


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
    months = longest_benefit(request.insured_years, ticket.today, request.carried_months)
    if months is None:
        return StandInRefusal("失业保险缴费不满1年。", "失业保险条例第十四条")
    if request.account_holder != request.person_name:
        return StandInRefusal("收款账户不是本人的，请更换。")
    return Benefit(
        benefit_number=f"SYJ{request.county}{ticket.number % 10**8:08d}",
        granted_on=ticket.today,
        months=months,
        monthly_yuan=_promised(ticket.today, request.county),
    )


def _promised(day: date, county: str) -> Decimal | None:
    """A month's benefit, where both the share and the wage are confirmed."""
    amounts = (BENEFIT_RATE.on(day, county), MINIMUM_WAGE.on(day, county))
    confirmed = all(amount is not None and amount.confirmed for amount in amounts)
    return unemployment_benefit(day, county) if confirmed else None


PAY_UNEMPLOYMENT_BENEFIT = PublicService(
    id="pay-unemployment-benefit",
    title=Words("失业保险金申领", "Unemployment benefit"),
    summary=Words(
        "缴费满1年、非本人意愿失业的可以领；最多12、18或24个月；标准待确认，领取期间医保由基金缴（待确认）。",
        "After a year of insurance, not by own will; for 12, 18 or 24 months at most; rate and "
        "medical cover to be confirmed.",
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
        reason(
            "back-at-work",
            "已经重新就业，失业保险金停发。",
            "Work was taken up, which ends the benefit.",
            UNEMPLOYMENT_REGULATION,
        ),
    ),
    checklist=points(
        ("已失业登记，有求职要求", "Registered and looking for work"),
        ("缴费满1年，不是本人意愿中断就业", "A year paid, not by own will"),
        ("没有重新就业，没有领取养老金", "Not back at work, no pension drawn"),
    ),
    answers="later",
)
