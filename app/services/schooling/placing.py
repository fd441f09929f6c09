"""Education: places for all at once, the draw, and the admission notice (E13–E15)."""

from datetime import date

from app.services.schooling.basis import (
    COMPULSORY_EDUCATION,
    COUNTY_PLACEMENT,
    PRIVATE_DRAW,
    SCHOOL_ONE_THING,
    ZHEJIANG_ORDER,
)
from app.services.schooling.offer import ForChild, number_of, offer
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Result, StandInRefusal, Ticket, told
from app.wording import Words


class PlaceRequest(ForChild):
    """E13: what the round proposes for the child, by category and rule."""

    registration_number: str = told("报名号", "Registration number")
    school_code: str = told("学校代码", "School", default="")
    school_name: str = told("学校", "Name of the school", default="")
    category: str = told("核定类别代码", "Category", default="")
    category_name: str = told("核定类别", "Category in words", default="")
    priority: int | None = told("顺序", "Priority", default=None)
    manner: str = told("分配方式", "How it is given", default="")
    reason: str = told("理由", "Why", default="")


class PlaceGiven(Result):
    """E13: the school; of a child drawn by a private school it is that one."""

    school_code: str = told("学校代码", "School", default="")
    school_name: str = told("学校", "Name of the school", min_length=2)
    category_name: str = told("核定类别", "Category", default="")
    decided_on: date = told("决定日期", "Decided on")


def place_given(request: PlaceRequest, ticket: Ticket) -> PlaceGiven | StandInRefusal:
    """As the round proposes; without a school a person has to find one."""
    if not request.school_name:
        why = request.reason or "没有可以分配的学位，由教育部门统筹安排。"
        return StandInRefusal(why, COUNTY_PLACEMENT.reference)
    return PlaceGiven(
        school_code=request.school_code,
        school_name=request.school_name,
        category_name=request.category_name,
        decided_on=ticket.today,
    )


ALLOCATE_PLACE = offer(
    "allocate-school-place",
    Words("学位审核与分配", "Review and allocation of places"),
    Words(
        "报名结束、所有核验有结果后，按类别和规则统一分配，与报名早晚无关。",
        "After the window and all checks, by category and rule; when you signed up is no matter.",
    ),
    EDUCATION,
    PlaceRequest,
    Words("学位分配结果", "Place"),
    PlaceGiven,
    place_given,
    rules=(COMPULSORY_EDUCATION, ZHEJIANG_ORDER, COUNTY_PLACEMENT),
    supplement_reasons=(
        reason(
            "facts-differ",
            "核验结果与所填不一致，请补充说明。",
            "The checks differ from the form: please explain.",
            ZHEJIANG_ORDER,
        ),
    ),
    refusal_reasons=(
        reason(
            "outside-catchment",
            "不在这所学校的学区。",
            "Outside the school's catchment.",
            ZHEJIANG_ORDER,
        ),
        reason(
            "conditions-not-met",
            "到截止日不符合本县（市、区）任何一类条件，请到户籍地入学。",
            "At the cut-off no category here fits: please apply at the place of register.",
            ZHEJIANG_ORDER,
        ),
    ),
    checklist=points(
        ("类别与核验结果一致", "The category agrees with the checks"),
        ("没有超出学位数", "Places are not exceeded"),
        ("捆绑的孩子安排在一起", "Bound children are together"),
    ),
)


class DrawRequest(ForChild):
    """E14: the ticket of the child and what the draw gave."""

    registration_number: str = told("报名号", "Registration number")
    drawn_for: str = told("派位学校代码", "School of the draw", default="")
    drawn_for_name: str = told("派位学校", "Name of the school", default="")
    admitted: bool = told("是否派中", "Admitted", default=False)
    position: int | None = told("派位顺序", "Position", default=None)
    ticket: str = told("随机号", "Ticket", default="")
    reason: str = told("说明", "Why", default="")


class DrawRecord(Result):
    """E14: admitted or not; the public place is given up only with an admission."""

    admitted: bool = told("是否派中", "Admitted")
    school_name: str = told("民办学校", "Private school", default="")
    position: int | None = told("派位顺序", "Position", default=None)
    ticket: str = told("随机号", "Ticket", default="")
    recorded_on: date = told("登记日期", "Recorded on")


def draw_recorded(request: DrawRequest, ticket: Ticket) -> DrawRecord:
    """Recorded as drawn; not being drawn is a result, no refusal."""
    return DrawRecord(
        admitted=request.admitted,
        school_name=request.drawn_for_name if request.admitted else "",
        position=request.position,
        ticket=request.ticket,
        recorded_on=ticket.today,
    )


RECORD_DRAW = offer(
    "draw-private-school",
    Words("民办学校电脑派位", "Draw for private schools"),
    Words(
        "随机号由公开的种子算出，任何人都能重算；派中后不再保留公办学位。",
        "Tickets come from a public seed and anybody can reckon them again; who is drawn gives up "
        "the public place.",
    ),
    EDUCATION,
    DrawRequest,
    Words("派位结果", "Result of the draw"),
    DrawRecord,
    draw_recorded,
    rules=(PRIVATE_DRAW,),
    fee=Words(
        "派位不收费；民办学校学费由学校公布", "The draw is free; the school has its own fees"
    ),
    supplement_reasons=(
        reason(
            "wish-unclear",
            "民办志愿有误，请核对。",
            "A private wish is wrong: please check.",
            PRIVATE_DRAW,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-in-pool",
            "不符合民办学校招生范围。",
            "Not among those whom private schools may admit.",
            PRIVATE_DRAW,
        ),
    ),
    checklist=points(("种子和报名名单已公布", "Seed and list of entries are published")),
)


class NoticeRequest(ForChild):
    """E15: the accepted pupil."""

    registration_number: str = told("报名号", "Registration number")
    school_name: str = told("录取学校", "School", min_length=2)
    child_sex: str = told("性别", "Sex", sensitive=True, default="")
    guardian_name: str = told("监护人", "Guardian", sensitive=True)
    guardian_mobile: str = told("监护人手机", "Mobile", sensitive=True)
    home_address: str = told("现住址", "Home", sensitive=True, default="")
    health_notes: str = told("健康状况、特异体质", "Health notes", sensitive=True, default="")
    pupil_number: str = told("原学籍号", "Former pupil number", sensitive=True, default="")


class AdmissionNotice(Result):
    """E15: the notice, and the national number of the pupil."""

    notice_number: str = told("录取通知书编号", "Notice", min_length=6)
    school_name: str = told("录取学校", "School")
    pupil_number: str = told("全国学籍号", "National pupil number", default="")
    issued_on: date = told("签发日期", "Issued on")


def notice_issued(request: NoticeRequest, ticket: Ticket) -> AdmissionNotice:
    """The notice at once; the number is G and the ID number (unsourced), an old one stays."""
    number = request.pupil_number
    if not number and request.stage == "primary":
        number = f"G{request.child_document}"
    return AdmissionNotice(
        notice_number=number_of("LQ", request.county, ticket),
        school_name=request.school_name,
        pupil_number=number,
        issued_on=ticket.today,
    )


ISSUE_NOTICE = offer(
    "issue-admission-notice",
    Words("录取通知和学籍注册", "Admission notice and pupil record"),
    Words(
        "发电子录取通知书；开学后建立全国学籍。",
        "An electronic notice; the pupil record follows when the term begins.",
    ),
    EDUCATION,
    NoticeRequest,
    Words("录取通知书", "Admission notice"),
    AdmissionNotice,
    notice_issued,
    rules=(COMPULSORY_EDUCATION, SCHOOL_ONE_THING),
    supplement_reasons=(
        reason(
            "record-differs",
            "学籍信息不一致，请核对孩子的姓名和证件号。",
            "The record differs: please check the child's name and number.",
            SCHOOL_ONE_THING,
        ),
    ),
    checklist=points(("学校与分配结果一致", "The school is the one allocated")),
)
