"""Human resources: when somebody retires, and the choice of an earlier or a later month."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition, Holds, Is
from app.forms.moments import month_in_words, months_between
from app.forms.questions import Date, Month, Page, Question
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, check, choose, page
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
from app.wording import Words
from app.workflow import retirement_age as ages

EARLY, LATE = Is("flexible", "early"), Is("flexible", "late")
BY_AGE = frozenset({"normal", "officer"})
ASKED = frozenset({"sex", "born_on", "kind"})


def track_of(answers: Answers) -> ages.Track | None:
    """Whose old retirement age: of a woman the one that goes with her post, once she has said."""
    if answers.text("sex") == "1":
        return "man"
    chosen: dict[str, ages.Track] = {"50": "woman-50", "55": "woman-55"}
    return chosen.get(answers.text("base_age"))


def statutory_month(answers: Answers) -> date | None:
    """The month of the statutory age; None where somebody retires for another reason."""
    track = track_of(answers)
    if track is None or answers.text("kind") not in BY_AGE:
        return None
    return ages.statutory_month(track, answers.date("born_on"))


def retires_in(answers: Answers) -> date | None:
    """The month of retirement: the one that was chosen, else that of the statutory age."""
    for chosen in ("early_month", "late_month"):
        if answers.has(chosen):
            return answers.date(chosen)
    return statutory_month(answers)


def _age(answers: Answers) -> tuple[int, int] | None:
    month = statutory_month(answers)
    return None if month is None else ages.age_in(month, answers.date("born_on"))


def _choice(answers: Answers) -> tuple[date, date] | None:
    track = track_of(answers)
    if track is None or answers.text("kind") != "normal":
        return None
    born = answers.date("born_on")
    return ages.earliest_month(track, born), ages.latest_month(track, born)


def _least(answers: Answers) -> int | None:
    month = retires_in(answers)
    return None if month is None else ages.least_months(month)


def _in_years(months: int) -> Words:
    years, rest = divmod(months, ages.MONTHS_A_YEAR)
    zh, en = f"{years}年", f"{years} years"
    return Words(f"{zh}{rest}个月", f"{en} and {rest} months") if rest else Words(zh, en)


def _old(age: tuple[int, int]) -> Words:
    zh = f"{age[0]}周岁" + (f"零{age[1]}个月" if age[1] else "")
    return Words(zh, f"{age[0]} years and {age[1]} months")


def _from_to(choice: tuple[date, date]) -> Words:
    first, last = (month_in_words(month) for month in choice)
    return Words(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


STATUTORY_MONTH = Reckoning(
    "statutory-month",
    Words("法定退休年月", "Statutory month of retirement"),
    ASKED,
    statutory_month,
    month_in_words,
    ages.MEASURES,
)
STATUTORY_AGE = Reckoning(
    "statutory-age",
    Words("那时的年龄（法定退休年龄）", "Age in that month"),
    ASKED,
    _age,
    _old,
    ages.MEASURES,
)
FREE_CHOICE = Reckoning(
    "free-choice",
    Words("弹性退休可选的月份", "Months that can be chosen"),
    ASKED,
    _choice,
    _from_to,
    ages.FLEXIBLE_RULE,
)
LEAST_YEARS = Reckoning(
    "least-years",
    Words("退休当年的最低缴费年限", "Least time paid, in the year of retirement"),
    ASKED,
    _least,
    _in_years,
    ages.MEASURES,
)
# How long before the first month that can be chosen the portal takes applications: our proposal,
# for Zhejiang's own lead time was not found (another province: 2 months).
OPENS_MONTHS_BEFORE = 12


def _too_early(answers: Answers) -> bool:
    """The first month that could be chosen is more than a year away."""
    track = track_of(answers)
    if track is None:
        return False
    first = ages.earliest_month(track, answers.date("born_on"))
    return months_between(answers.today, first) > OPENS_MONTHS_BEFORE


TOO_EARLY = (Is("sex", "1") & Holds(frozenset({"sex", "born_on"}), _too_early)) | Holds(
    frozenset({"sex", "born_on", "base_age"}), _too_early
)
RECKONINGS = (STATUTORY_MONTH, STATUTORY_AGE, FREE_CHOICE, LEAST_YEARS)


def paid_months(answers: Answers) -> int:
    """Months paid to the pension as they were filled in, deemed ones among them."""
    return int(answers.number("pension_years")) * 12 + int(answers.number("pension_months"))


def has_paid_enough(answers: Answers) -> bool:
    """Whether the least time of the year of retirement is paid; true where no month is known."""
    month = retires_in(answers)
    return month is None or paid_months(answers) >= ages.least_months(month)


def _fits_early(answers: Answers) -> bool:
    track = track_of(answers)
    if track is None:
        return True
    month, born = answers.date("early_month"), answers.date("born_on")
    return ages.earliest_month(track, born) <= month < ages.statutory_month(track, born)


def _paid_enough(answers: Answers) -> bool:
    return paid_months(answers) >= ages.least_months(answers.date("early_month"))


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
    month = answers.date("late_month")
    notice = ages.in_force(ages.NOTICE_LATE, month)
    return _told_in_time(answers.date("agreed_on"), month, notice)


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
        ).hinted("要提前至少1个月签", "At least 1 month before"),
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
            "书面协议要比原定退休月份早至少1个月；请核对日期。",
            "The agreement must be a month before; please check the day.",
        ),
    )


class FlexibleChoice(AboutPerson):
    """R15: the month that is chosen beside the statutory one, and when it was told or agreed."""

    choice: Literal["early", "late"] = told("提前或延迟", "Earlier or later")
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
    notice = ages.NOTICE_EARLY if early else ages.NOTICE_LATE
    months = ages.in_force(notice, request.chosen_month)
    if not _told_in_time(request.notice_on, request.chosen_month, months):
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
    applies=EARLY,
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
