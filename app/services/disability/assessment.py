"""Assessment of a disability: the appointment, the hospital's finding and the public notice."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from app.forms.answers import Answers
from app.forms.divisions import counties
from app.forms.questions import Choice, Date, Option, Page
from app.services.disability.certificate import BELOW_STANDARD, FALSE_DATA, OBJECTION, Holder
from app.services.disability.register import (
    ASSESSED,
    AUTHORITY_TO_ACT,
    CERTIFICATE_MEASURES,
    DISABILITY_STANDARD,
    GUARDIANSHIP,
    ZHEJIANG_DETAIL,
    Grade,
)
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.common_rules import EXCLUDED_TIME
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    CompetentAuthority,
    ExcludedTime,
    NotBefore,
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words
from app.workflow.deadlines import add_working_days
from app.workflow.holidays import is_working_day

ASSESSMENT_HOSPITAL = CompetentAuthority(
    "assessment-hospital", Words("残疾评定定点医院", "Designated assessment hospital")
)
NOTICE_WORKING_DAYS = 5
FURTHEST_AHEAD_DAYS = 60

MEDICAL_RECORDS = paper(
    "medical-records",
    "病历或诊断材料",
    "Medical records or diagnosis",
    "医生评定时要看；只给评定人员看。",
    "The assessing doctors need them; nobody else sees them.",
)


def appointment_page() -> Page:
    """Where and when the person would like to be assessed."""
    hospitals = Choice(
        tuple(
            Option(
                county.code,
                Words(f"{county.name.zh}的定点医院", f"Hospital of {county.name.en}"),
            )
            for county in counties()
        ),
        as_list=True,
    )
    return page("appointment", "预约评定", "Appointment", applies=ASSESSED).asks(
        ask("assess_county", "想在哪里评定？", "Where would you like to be assessed?", hospitals),
        ask(
            "wish_day",
            "希望哪天评定？",
            "Which day would suit you?",
            Date(past_days=0, ahead_days=FURTHEST_AHEAD_DAYS),
        ).hinted("60天内的工作日", "A working day within 60 days"),
        choose("half_day", "上午还是下午？", "Morning or afternoon?").one_of(
            ("morning", "上午", "Morning"), ("afternoon", "下午", "Afternoon")
        ),
        check("wish_day", _is_open).says(
            "这一天医院不评定，请选一个工作日。",
            "There are no assessments on that day; please choose a working day.",
        ),
    )


def _is_open(answers: Answers) -> bool:
    return is_working_day(answers.date("wish_day"))


class AppointmentRequest(Holder):
    """Which classes are claimed, and when and where the person can come."""

    classes: list[str] = told("申请残疾类别", "Classes claimed", sensitive=True, min_length=1)
    assess_county: str = told("评定医院所在县（市、区）", "County of the hospital")
    wish_day: date = told("希望日期", "Day wished")
    half_day: Literal["morning", "afternoon"] = told("上午或下午", "Half of the day")
    home_visit: bool = told("需要上门评定", "To be assessed at home", sensitive=True)


class Appointment(Result):
    """The slot that was found."""

    appointment_number: str = told("预约编号", "Appointment number", min_length=6)
    hospital: str = told("评定医院", "Hospital")
    appointed_at: datetime = told("评定时间", "When")
    at_home: bool = told("上门评定", "At home", default=False)


def appointed(request: AppointmentRequest, ticket: Ticket) -> Appointment:
    """The next working day from the one wished, at nine or at two."""
    day = max(request.wish_day, ticket.today)
    while not is_working_day(day):
        day += timedelta(days=1)
    hour = 9 if request.half_day == "morning" else 14
    return Appointment(
        appointment_number=f"PD{request.assess_county}{ticket.number % 10**8:08d}",
        hospital="台州演示残疾评定医院",
        appointed_at=datetime.combine(day, time(hour)),
        at_home=request.home_visit,
    )


BOOK_ASSESSMENT = PublicService(
    id="book-disability-assessment",
    title=Words("残疾评定预约", "Appointment for the assessment"),
    summary=Words(
        "残联核对材料，约好定点医院和时间；来不了的安排上门评定。",
        "Papers are checked, hospital and time arranged; who cannot come is visited.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=AppointmentRequest,
    produces=Output(
        "assessment-appointment",
        Words("评定预约", "Appointment"),
        Appointment,
        at_a_glance=("appointed_at", "hospital"),
    ),
    path="/assessment-appointments",
    call=post_to("/assessment-appointments", Appointment),
    stand_in=appointed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(CERTIFICATE_MEASURES, ZHEJIANG_DETAIL),
    evidence=(*OWN_PAPERS, MEDICAL_RECORDS, GUARDIANSHIP, AUTHORITY_TO_ACT),
    supplement_reasons=(
        reason(
            "records",
            "缺少病历或诊断材料，或者看不清，请补传。",
            "The medical records are missing or cannot be read: please send them again.",
            CERTIFICATE_MEASURES,
            MEDICAL_RECORDS,
        ),
    ),
    refusal_reasons=(
        reason(
            "cancelled-within-a-year",
            "残疾人证注销不满一年，原则上不重新受理。",
            "The certificate was cancelled less than a year ago: not taken in as a rule.",
            CERTIFICATE_MEASURES,
        ),
        FALSE_DATA,
    ),
    checklist=points(
        ("病历与申请类别相符", "The records fit the class claimed"),
        ("需要上门的已安排医生", "Doctors arranged where a visit is needed"),
    ),
)


class AssessmentRequest(Holder):
    """What the hospital is to assess, on which appointment."""

    appointment_number: str = told("预约编号", "Appointment number", min_length=6)
    appointed_at: datetime = told("评定时间", "When")
    classes: list[str] = told("申请残疾类别", "Classes claimed", sensitive=True, min_length=1)
    home_visit: bool = told("需要上门评定", "To be assessed at home", sensitive=True)


class Finding(Result):
    """The hospital's finding by GB/T 26341: classes and grade (1 is the most severe)."""

    assessment_number: str = told("评定编号", "Number of the assessment", min_length=6)
    assessed_on: date = told("评定日期", "Assessed on")
    classes: list[str] = told("评定类别", "Classes found", sensitive=True, min_length=1)
    grade: Grade = told("评定等级", "Grade found", sensitive=True)


def assessed(request: AssessmentRequest, ticket: Ticket) -> Finding | StandInRefusal:
    """The demo hospital finds grade 2 in the classes claimed, on the appointed day."""
    return Finding(
        assessment_number=f"PJ{request.county}{ticket.number % 10**8:08d}",
        assessed_on=request.appointed_at.date(),
        classes=request.classes,
        grade="2",
    )


ASSESS_DISABILITY = PublicService(
    id="assess-disability",
    title=Words("残疾评定", "Assessment of the disability"),
    summary=Words(
        "定点医院按国家标准评定类别和等级；评定的时间不算在办理时限内。",
        "The hospital finds class and grade by the national standard; its days do not count.",
    ),
    excluded=ExcludedTime(
        Words(
            "残疾评定由专家做，等预约和评定的时间不计入办理时限",
            "Experts assess; the time until they have does not count",
        ),
        EXCLUDED_TIME,
    ),
    authority=ASSESSMENT_HOSPITAL,
    request=AssessmentRequest,
    produces=Output("disability-finding", Words("残疾评定结果", "Finding"), Finding),
    path="/assessments",
    call=post_to("/assessments", Finding),
    stand_in=assessed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(DISABILITY_STANDARD, CERTIFICATE_MEASURES),
    fee=Words("按医院规定收取评定费（待确认）", "As the hospital charges (to be confirmed)"),
    evidence=(MEDICAL_RECORDS,),
    supplement_reasons=(
        reason(
            "no-show",
            "没有按预约时间参加评定，请回复一个方便的时间重新安排。",
            "Nobody came to the appointment: please answer with a day that suits you.",
            CERTIFICATE_MEASURES,
        ),
        reason(
            "records",
            "缺少病历或诊断材料，或者看不清，请补传。",
            "The medical records are missing or cannot be read: please send them again.",
            CERTIFICATE_MEASURES,
            MEDICAL_RECORDS,
        ),
    ),
    refusal_reasons=(BELOW_STANDARD,),
    checklist=points(
        ("两名以上评定人员签名（待确认）", "Signed by two assessors (to be confirmed)"),
        ("结论写明类别和等级", "Class and grade are stated"),
    ),
    answers="later",
)


class NoticeRequest(Holder):
    """What is published: name, class and grade; never for minors."""

    classes: list[str] = told("评定类别", "Classes found", sensitive=True, min_length=1)
    grade: Grade = told("评定等级", "Grade found", sensitive=True)
    assessment_number: str = told("评定编号", "Number of the assessment", min_length=6)
    township: str = told("乡镇（街道）代码", "Township code")
    notice_consent: bool = told("本人同意公示", "Consent to the notice")


class Notice(Result):
    """When the notice ran; a person says that nobody objected."""

    notice_number: str = told("公示编号", "Number of the notice", min_length=6)
    published_on: date = told("公示开始", "Published on")
    ends_on: date = told("公示结束", "Ends on")


def published(request: NoticeRequest, ticket: Ticket) -> Notice:
    """Five working days from the day after publication; nobody objects."""
    return Notice(
        notice_number=f"GS{request.county}{ticket.number % 10**8:08d}",
        published_on=ticket.today,
        ends_on=add_working_days(ticket.today, NOTICE_WORKING_DAYS),
    )


PUBLISH_ASSESSMENT = PublicService(
    id="publish-assessment",
    title=Words("评定结果公示", "Public notice of the finding"),
    summary=Words(
        "公示5个工作日，不算在办理时限内；未成年人不公示。",
        "Published for 5 working days, which do not count; minors are never published.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=NoticeRequest,
    produces=Output("assessment-notice", Words("公示结果", "Notice"), Notice),
    path="/assessment-notices",
    call=post_to("/assessment-notices", Notice),
    stand_in=published,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    excluded=ExcludedTime(
        Words("公示的时间不计入办理时限", "The days of the notice do not count"), EXCLUDED_TIME
    ),
    not_before=NotBefore(
        Words("公示", "Public notice"),
        NOTICE_WORKING_DAYS,
        source="四川岳池县办事指南：公示5个工作日（外地示例，待主管部门确认）",
    ),
    rules=(CERTIFICATE_MEASURES,),
    channel="desk",
    refusal_reasons=(OBJECTION,),
    checklist=points(
        ("不是未成年人", "Not a minor"),
        ("公示满5个工作日", "Published for 5 working days"),
        ("没有异议；有异议的转重新评定", "No objection; else a second assessment"),
    ),
)
