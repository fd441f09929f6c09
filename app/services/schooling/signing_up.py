"""Education: signing a child up for school or kindergarten (E1)."""

from datetime import date

from app.forms.conditions import Is
from app.forms.identifiers import birthday_of, resident_id_problem
from app.services.schooling.basis import (
    COMPULSORY_EDUCATION,
    JIAOJIANG_2025,
    LEAST_AGE,
    NO_CERTIFICATE_NEEDED,
    SCHOOL_ONE_THING,
    is_old_enough,
)
from app.services.schooling.categories import table_for
from app.services.schooling.checks import HOUSEHOLD_BOOK, PUPIL_REGISTER_ID
from app.services.schooling.offer import ForChild, number_of, offer
from app.services.schooling.schools import catchment_school
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Result, StandInRefusal, Ticket, told
from app.wording import Words


class SignUp(ForChild):
    """E1: the child, its guardians, its home and what the family wishes."""

    document_type: str = told("证件类型", "Kind of document", default="resident-id")
    child_sex: str = told("性别", "Sex", sensitive=True, default="")
    child_born: date | None = told("出生日期", "Born on", sensitive=True, default=None)
    child_ethnicity: str = told("民族", "Ethnicity", sensitive=True, default="")
    child_nationality: str = told("国籍", "Nationality", default="")
    health_notes: str = told("健康状况、特异体质", "Health notes", sensitive=True, default="")
    home_address: str = told("现住址", "Home", sensitive=True)
    township: str = told("学区所在乡镇（街道）", "Township of the catchment", default="")
    guardian_name: str = told("监护人姓名", "Guardian", sensitive=True, min_length=2)
    guardian_document: str = told("监护人证件号码", "Document", sensitive=True, min_length=5)
    guardian_relation: str = told("与儿童关系", "Relation")
    guardian_mobile: str = told("监护人手机", "Mobile", sensitive=True)
    guardian_register: str = told("监护人户籍", "Guardian's register", sensitive=True, default="")
    guardian_employer: str = told("工作单位", "Employer", default="")
    guardian_employer_code: str = told("单位代码", "Employer's code", default="")
    second_name: str = told("监护人2姓名", "Second guardian", sensitive=True, default="")
    second_document: str = told("监护人2证件号码", "Document", sensitive=True, default="")
    second_relation: str = told("监护人2与儿童关系", "Relation", default="")
    second_mobile: str = told("监护人2手机", "Mobile", sensitive=True, default="")
    second_register: str = told("监护人2户籍", "Register", sensitive=True, default="")
    second_employer: str = told("监护人2工作单位", "Employer", default="")
    second_employer_code: str = told("监护人2单位代码", "Employer's code", default="")
    second_signature: str = told("监护人2授权签名", "Consent of the second", default="")
    agent_relation: str = told("代办人与监护人的关系", "Who acts for the guardian", default="")
    category: str = told("报名类别", "Category")
    contest_reason: str = told("对类别的意见", "Why another category", default="")
    former_school: str = told("毕业小学（幼儿园）", "Former school", default="")
    former_county: str = told("毕业小学所在地", "County of it", default="")
    pupil_number: str = told("全国学籍号", "Pupil number", sensitive=True, default="")
    private_wish_1: str = told("民办第一志愿", "First private wish", default="")
    private_wish_2: str = told("民办第二志愿", "Second private wish", default="")
    public_school: str = told("学区公办学校代码", "Public school by the map", default="")
    accept_elsewhere: bool = told("服从调剂", "Accepts a place elsewhere")
    bind: bool = told("多胞胎、同胞捆绑", "Children are bound", default=False)
    sibling_school: str = told("哥哥姐姐就读学校", "Older sibling's school", default="")


class PupilEntry(Result):
    """E1: the number of the sign-up, and where it leads by what was stated."""

    registration_number: str = told("报名号", "Registration number", min_length=6)
    category: str = told("报名类别代码", "Category")
    category_name: str = told("报名类别", "Category in words")
    catchment_school: str = told("学区公办学校", "Public school of the catchment", default="")
    school_county: str = told(
        "小学学籍所在县（市、区）", "County of the primary school", default=""
    )
    signed_up_on: date = told("报名日期", "Signed up on")


def born_on(document_type: str, number: str, told_day: date | None, today: date) -> date | None:
    """The day of birth: from a resident ID number, else as it was told."""
    if document_type == "resident-id" and resident_id_problem(number, today) is None:
        return birthday_of(number)
    return told_day


def signed_up(request: SignUp, ticket: Ticket) -> PupilEntry | StandInRefusal:
    """Every child of age is signed up; nothing else stands in the way, no vaccination either."""
    born = born_on(request.document_type, request.child_document, request.child_born, ticket.today)
    if born is not None and not is_old_enough(born, request.stage, request.year):
        return StandInRefusal(
            f"到{request.year}年8月31日不满{LEAST_AGE[request.stage]}周岁，请到年龄后再报名。",
            COMPULSORY_EDUCATION.reference,
        )
    table = table_for(request.county, request.stage)
    category = table.category(request.category) if table else None
    school = catchment_school(request.stage, request.township) if request.township else None
    is_pupil_number = request.pupil_number[:1].upper() in {"G", "L"}
    return PupilEntry(
        registration_number=number_of("BM", request.county, ticket),
        category=request.category,
        category_name=category.name.zh if category else "待核定",
        catchment_school=school.name.zh if school else "",
        school_county=request.former_county if is_pupil_number else "",
        signed_up_on=ticket.today,
    )


GUARDIANS_ID = paper(
    "guardians-identity",
    "监护人身份证",
    "The guardian's identity card",
    "由公安系统核对；查不到的，才要您上传。",
    "Public security checks it; only where nothing is found you upload it.",
    register=PUPIL_REGISTER_ID,
    optional=True,
)
AUTHORITY_TO_ACT = paper(
    "authority-to-act",
    "委托书（本人或监护人签名）",
    "Power of attorney, signed by the person or the guardian",
    "帮办人员代为报名要有监护人委托。",
    "Who helps needs the guardian's authority.",
    applies=Is("for_whom", "helper"),
)
TWICE = reason(
    "signed-up-twice",
    "这个孩子已经报过名，一个孩子只能报一次。",
    "This child is signed up already; once is enough.",
    JIAOJIANG_2025,
)
UNDER_AGE = reason(
    "under-age",
    "到8月31日不到入学年龄。",
    "Under age on 31 August.",
    COMPULSORY_EDUCATION,
)
SIGN_UP_PUPIL = offer(
    "sign-up-pupil",
    Words("新生信息采集、报名登记", "Signing up for school"),
    Words(
        "报名不分先后，窗口期内都一样；预防接种证不是报名条件。",
        "Within the window it does not matter when; no vaccination proof is needed to sign up.",
    ),
    EDUCATION,
    SignUp,
    Words("报名登记", "Sign-up"),
    PupilEntry,
    signed_up,
    rules=(SCHOOL_ONE_THING, COMPULSORY_EDUCATION, NO_CERTIFICATE_NEEDED),
    evidence=(GUARDIANS_ID, HOUSEHOLD_BOOK, AUTHORITY_TO_ACT),
    supplement_reasons=(
        reason(
            "form-unclear",
            "报名信息不完整或有矛盾，请补充说明。",
            "The sign-up is incomplete or contradicts itself: please explain.",
            SCHOOL_ONE_THING,
        ),
        reason(
            "false-address",
            "所填地址与核验结果不一致，请说明；不实的按违反承诺处理（待主管部门确认）。",
            "The address differs from what was found: please explain; a false one breaks the "
            "promise (to be confirmed).",
            SCHOOL_ONE_THING,
            HOUSEHOLD_BOOK,
        ),
    ),
    refusal_reasons=(
        UNDER_AGE,
        TWICE,
        reason(
            "too-late",
            "报名窗口已结束，请等补报名（东阳等地按放弃处理，外地示例）。",
            "The window is closed; please wait for the supplementary round.",
            JIAOJIANG_2025,
        ),
    ),
    checklist=points(
        ("年龄符合", "Of age"),
        ("没有重复报名", "Not signed up twice"),
        ("报名人是监护人", "Signed up by a guardian"),
    ),
)
