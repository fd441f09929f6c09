"""Healthcare security: enrolling a newborn in the resident medical insurance."""

from datetime import date, timedelta

from app.forms.answers import Answers
from app.forms.questions import YearOf
from app.vocabulary.authorities import HEALTHCARE_SECURITY
from app.vocabulary.common_rules import TAIZHOU_RESIDENT_INSURANCE
from app.vocabulary.declaring import ask, check, number
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType
from app.wording import Words

# Cover counts from the day of birth where the contribution is paid within so many days.
DAYS_TO_PAY = 90
NOT_FOUND = Limit(None, "待主管部门确认")


class Enrolment(Message):
    """B5: the child, by citizen identity number, and the place and year of cover."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    citizen_id: str = told("孩子身份证号", "Child's ID number", sensitive=True, min_length=18)
    county: str = told("参保地代码", "Place of cover", pattern=r"^\d{6}$")
    year: int = told("参保年度", "Year of cover", ge=2000, le=2100)
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)


class EnrolmentEntry(Result):
    """The child's entry among the insured."""

    insured_number: str = told("参保登记号", "Enrolment number", min_length=6)
    enrolled_on: date = told("参保登记日期", "Enrolled on")
    year: int = told("参保年度", "Year of cover")


def enrolled(request: Enrolment, ticket: Ticket) -> EnrolmentEntry:
    """Every child with an identity number is enrolled at once."""
    number = f"CX{request.county}{ticket.number % 10**8:08d}"
    return EnrolmentEntry(insured_number=number, enrolled_on=ticket.today, year=request.year)


ENROL_MEDICAL_INSURANCE = PublicService(
    id="enrol-medical-insurance",
    title=Words("城乡居民基本医疗保险参保登记", "Resident medical insurance enrolment"),
    summary=Words(
        "给孩子参加居民医保，缴费后生效。", "Enrols the child; cover starts with the payment."
    ),
    authority=HEALTHCARE_SECURITY,
    request=Enrolment,
    produces=Output("insurance-enrolment", Words("参保登记", "Enrolment"), EnrolmentEntry),
    path="/enrolments",
    call=post_to("/enrolments", EnrolmentEntry),
    stand_in=enrolled,
    promised=Limit(0, "绍兴市上虞区2020年公布的做法（外地示例）"),
    statutory=NOT_FOUND,
    rules=(TAIZHOU_RESIDENT_INSURANCE,),
    evidence=(
        EvidenceType(
            "child-household-page",
            Words("孩子的户口簿页", "The child's household page"),
            Words("确认孩子的身份号码和户籍。", "Confirms the child's number and register."),
            output="register-newborn",
        ),
    ),
    refusal_reasons=(
        Reason(
            "insured-elsewhere",
            Words("孩子已在其他地方参保。", "The child is insured elsewhere already."),
            TAIZHOU_RESIDENT_INSURANCE,
        ),
    ),
    checklist=(Words("没有重复参保", "Not insured twice"),),
)


def _is_year_of_birth(answers: Answers) -> bool:
    """The year of birth, or the next where the 90 days reach into it."""
    born = answers.date("born_on")
    last_day = born + timedelta(days=DAYS_TO_PAY)
    return int(answers.number("insurance_year")) in {born.year, last_day.year}


YEAR_OF_COVER = ask(
    "insurance_year",
    "参保年度",
    "Year of cover",
    number(2000, 2100),
    suggested=(YearOf("born_on"),),
).hinted(
    "填孩子出生的年份；在孩子落户的县（市、区）参保",
    "The year of birth; cover is in the county of register",
)
NEWBORNS_YEAR = check("insurance_year", _is_year_of_birth).says(
    "请填孩子出生的年份；出生后90天跨年的可填下一年。",
    "Enter the year of birth, or the next if the 90 days reach into it.",
)
