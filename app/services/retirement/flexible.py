"""R15: the choice of an earlier or a later month than the statutory one."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition, Holds, Is, Not
from app.forms.moments import months_between
from app.forms.questions import Date, Month, Page, Question
from app.services.retirement.application import EMPLOYED
from app.services.retirement.when_to_retire import paid_months, statutory_month, track_of
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, check, choose, page
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
from app.wording import Words
from app.workflow import retirement_age as ages

NOT_EARLIER = Words(
    "把“想提前或延迟退休吗”改为“到法定年龄就退”，可以继续。",
    "Say that you go at the statutory age, and you can go on.",
)
NOBODY_TO_AGREE = Words(
    "可以改为“到法定年龄就退”，或拨打12333咨询。",
    "Say that you go at the statutory age, or call 12333.",
)
EARLY, LATE = Is("flexible", "early"), Is("flexible", "late")


def _fits_early(answers: Answers) -> bool:
    track = track_of(answers)
    if track is None:
        return True
    month, born = answers.date("early_month"), answers.date("born_on")
    return ages.earliest_month(track, born) <= month < ages.statutory_month(track, born)


def _paid_enough(answers: Answers) -> bool:
    return (paid_months(answers) or 0) >= ages.least_months(answers.date("early_month"))


def _fits_late(answers: Answers) -> bool:
    track = track_of(answers)
    if track is None:
        return True
    return ages.may_retire_late(track, answers.date("born_on"), answers.date("late_month"))


def _told_in_time(notice: date, month: date, most: int) -> bool:
    return months_between(notice, month) >= most


def _early_in_time(answers: Answers) -> bool:
    month = answers.date("early_month")
    notice = ages.in_force(ages.NOTICE_EARLY, month)
    return _told_in_time(answers.date("notice_on"), month, notice)


def _late_in_time(answers: Answers) -> bool:
    """Work goes on past the statutory month only where that was agreed before it."""
    month = statutory_month(answers)
    if month is None:
        return True
    return _told_in_time(answers.date("agreed_on"), month, ages.in_force(ages.NOTICE_LATE, month))


# The notice is still to be given, or was given too late for the month that is chosen.
NOTICE_DUE = Not(Holds(frozenset({"early_month", "notice_on"}), _early_in_time))


def flexible_question(applies: Condition) -> Question:
    """Whether somebody wants to go earlier or later."""
    return choose("flexible", "想提前或延迟退休吗？", "Earlier or later?", applies=applies).one_of(
        ("no", "不，到法定年龄就退", "No, at the statutory age"),
        ("early", "弹性提前", "Earlier"),
        ("late", "弹性延迟", "Later"),
    )


def flexible_page(applies: Condition) -> Page:
    """The month that is chosen, and when the employer was told or agreed. Follows the record."""
    return page("flexible", "弹性退休选择", "The month you choose", applies=applies).asks(
        ask(
            "early_month",
            "选定哪个月提前退休？",
            "In which earlier month?",
            Month(past_months=12, ahead_months=60),
            applies=EARLY,
        ).hinted(
            "最多提前3年，不得早于原来的60、55、50周岁",
            "At most 3 years earlier, not before the old age of 60, 55 or 50",
        ),
        ask(
            "notice_on",
            "哪天书面告知单位的？",
            "When was the employer told in writing?",
            Date(past_days=1200),
            applies=EARLY,
        ).hinted(
            "要提前至少3个月，不需要单位同意；没有单位的填向社保提出的日期",
            "At least 3 months before, no consent is needed; "
            "without an employer, the day you told the insurance",
        ),
        ask(
            "late_month",
            "约定延迟到哪个月退休？",
            "In which later month?",
            Month(past_months=12, ahead_months=60),
            applies=LATE,
        ).hinted("最多延迟3年", "At most 3 years later"),
        ask(
            "agreed_on",
            "哪天和单位签的书面协议？",
            "When was it agreed in writing?",
            Date(past_days=1200),
            applies=LATE,
        ).hinted(
            "要比法定退休年月早至少1个月；协商一致的，以后可以提前结束延迟",
            "At least 1 month before the statutory month; both may agree to end it sooner",
        ),
        check("early_month", _fits_early).says(
            "最多提前3年，且不得早于原法定退休年龄、不晚于法定退休年月；请改月份。",
            "At most 3 years earlier and not before the old retirement age; please change it.",
        ),
        check("early_month", _paid_enough).says(
            "提前退休要先缴满当年的最低缴费年限；请改月份，或改为不提前。",
            "To go earlier the least time of that year must be paid; "
            "please choose a later month, or the statutory one.",
        ),
        check("notice_on", _early_in_time).says(
            "书面告知要比选定的月份早至少3个月；请核对日期，或选晚一些的月份。",
            "The notice must be 3 months before the month; check the day or choose a later month.",
        ),
        check("late_month", _fits_late).says(
            "延迟要晚于法定退休年月，最多3年；请改月份。",
            "It must lie after the statutory month, at most 3 years; please change it.",
        ),
        check("agreed_on", _late_in_time).says(
            "书面协议要比法定退休年月早至少1个月；请核对日期。没有协议的，按法定年龄退休。",
            "It must be agreed a month before the statutory month; please check the day. "
            "Without it retirement is at the statutory age.",
        ),
    )


class FlexibleChoice(AboutPerson):
    """R15: the month that is chosen beside the statutory one, and when it was told or agreed."""

    choice: Literal["early", "late"] = told("提前或延迟", "Earlier or later")
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    base_age: Literal["", "50", "55"] = told("女职工原退休年龄", "Woman's old age", default="")
    born_on: date = told("出生日期", "Born on", sensitive=True)
    statutory_month: date = told("法定退休年月", "Statutory month")
    chosen_month: date = told("选定退休年月", "Chosen month")
    notice_on: date = told("书面告知或协议日期", "Notice or agreement")
    pension_years: int = told("养老保险缴费满年数", "Full years paid", ge=0, le=60)
    pension_months: int = told("另有月数", "And months", ge=0, le=11)
    employer: str = told("用人单位", "Employer", default="")
    employer_code: str = told("单位统一社会信用代码", "Employer's code", default="")


class ChoiceEntry(Result):
    """The choice as it is recorded."""

    choice_number: str = told("弹性退休登记号", "Number of the choice", min_length=6)
    recorded_on: date = told("登记日期", "Recorded on")
    chosen_month: date = told("选定退休年月", "Chosen month")


def _track(request: FlexibleChoice) -> ages.Track:
    if request.sex == "1":
        return "man"
    return "woman-55" if request.base_age == "55" else "woman-50"


def choice_recorded(request: FlexibleChoice, ticket: Ticket) -> ChoiceEntry | StandInRefusal:
    """Recorded where month, notice and years fit the measures."""
    apart = months_between(request.statutory_month, request.chosen_month)
    early = request.choice == "early"
    if (
        not 0
        < (-apart if early else apart)
        <= ages.in_force(ages.MOST_BY_CHOICE, request.chosen_month)
    ):
        return StandInRefusal("选定的月份不在可以选择的3年以内。", "弹性退休暂行办法")
    if early and request.chosen_month < ages.old_month(_track(request), request.born_on):
        return StandInRefusal("选定的月份早于原法定退休年龄。", "弹性退休暂行办法")
    notice = ages.NOTICE_EARLY if early else ages.NOTICE_LATE
    months = ages.in_force(notice, request.chosen_month)
    told_before = request.chosen_month if early else request.statutory_month
    if not _told_in_time(request.notice_on, told_before, months):
        return StandInRefusal(f"书面告知或协议没有提前{months}个月。", "弹性退休暂行办法")
    paid = request.pension_years * ages.MONTHS_A_YEAR + request.pension_months
    if early and paid < ages.least_months(request.chosen_month):
        return StandInRefusal("没有缴满最低缴费年限，不能提前退休。", "弹性退休暂行办法")
    return ChoiceEntry(
        choice_number=f"TX{request.county}{ticket.number % 10**8:08d}",
        recorded_on=ticket.today,
        chosen_month=request.chosen_month,
    )


NOTICE = paper(
    "early-retirement-notice",
    "提前退休书面告知",
    "Written notice of earlier retirement",
    "证明已提前3个月告知单位。",
    "Shows that the employer was told 3 months before.",
    applies=EARLY & EMPLOYED,
)
AGREEMENT = paper(
    "late-retirement-agreement",
    "延迟退休书面协议",
    "Written agreement on later retirement",
    "证明和单位已提前1个月协商一致。",
    "Shows that both agreed a month before.",
    applies=LATE,
)

REGISTER_FLEXIBLE_CHOICE = PublicService(
    id="register-flexible-retirement",
    title=Words("弹性退休选择登记", "Choice of an earlier or later month"),
    summary=Words(
        "登记您选定的退休月份：最多提前或延迟3年。",
        "Records the month you choose: up to 3 years earlier or later.",
    ),
    authority=HUMAN_RESOURCES,
    request=FlexibleChoice,
    produces=Output("flexible-choice", Words("弹性退休登记", "Choice recorded"), ChoiceEntry),
    path="/flexible-retirements",
    call=post_to("/flexible-retirements", ChoiceEntry),
    stand_in=choice_recorded,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ages.DECISION, ages.FLEXIBLE_RULE),
    evidence=(NOTICE, AGREEMENT),
    supplement_reasons=(
        reason(
            "notice-missing",
            "书面告知缺少日期或签收，请补充。",
            "The notice lacks its day or receipt: please complete it.",
            ages.FLEXIBLE_RULE,
            NOTICE,
        ),
        reason(
            "agreement-unsigned",
            "延迟退休协议没有双方签字盖章，请补充。",
            "The agreement is not signed by both: please complete it.",
            ages.FLEXIBLE_RULE,
            AGREEMENT,
        ),
    ),
    refusal_reasons=(
        reason(
            "notice-too-late",
            "书面告知不足3个月，请改选晚一些的月份。",
            "The notice was given less than 3 months before: please choose a later month.",
            ages.FLEXIBLE_RULE,
        ),
        reason(
            "agreement-too-late",
            "延迟退休协议没有比法定退休年月早1个月签，按法定年龄退休。",
            "It was not agreed a month before the statutory month, which therefore stands.",
            ages.FLEXIBLE_RULE,
        ),
        reason(
            "years-short",
            "没有缴满最低缴费年限，不能提前退休。",
            "The least time is not paid: earlier retirement is not possible.",
            ages.FLEXIBLE_RULE,
        ),
        reason(
            "outside-choice",
            "选定的月份早于原法定退休年龄，或超过3年。",
            "The month lies before the old age, or more than 3 years away.",
            ages.FLEXIBLE_RULE,
        ),
    ),
    checklist=points(
        ("选定月份在可选范围内", "The month can be chosen"),
        ("告知或协议日期符合要求", "Notice or agreement in time"),
        ("提前的已缴满最低年限", "Earlier: the least time is paid"),
    ),
)
