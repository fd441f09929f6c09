"""Points, placement of a disabled child, delay of entry, and help for a child at risk (E10–E12)."""

from datetime import date
from typing import Literal

from app.services.schooling.basis import (
    CHILD_RESCUE_LINE,
    COMPULSORY_EDUCATION,
    POINTS_EXAMPLE,
    SPECIAL_EDUCATION,
)
from app.services.schooling.offer import COUNTY, ForChild, ForFamily, number_of, offer
from app.vocabulary.authorities import CIVIL_AFFAIRS, EDUCATION
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Message, Result, StandInRefusal, Ticket, told
from app.wording import Words

# The sandbox's own arithmetic, for no table of Taizhou was found: a point a month insured.
_POINTS_FOR = {"degree": 60, "college": 40, "skilled": 30, "owner": 20, "volunteer": 10}


class PointsRequest(ForFamily):
    """E10: what points are given for; months and permit come from the checks before it."""

    points_number: str = told("积分申请号", "Number of the application", default="")
    points_told: int | None = told("已核定积分", "Points approved before", default=None, ge=0)
    points_for: list[str] = told("可加分的情况", "What gives points", default_factory=list)
    permit_since: date | None = told("居住证签发日期", "Permit issued on", default=None)
    insured_months: int = told("截止日参保月数", "Months insured", default=0)


class PointsApproved(Result):
    """E10: the points, and the rank where the county publishes one."""

    points: int = told("积分", "Points", ge=0)
    rank: int | None = told("排名", "Rank", default=None)
    approved_on: date = told("核定日期", "Approved on")


def points_approved(request: PointsRequest, ticket: Ticket) -> PointsApproved:
    """Points approved before stay; else the sandbox adds up (no table was found)."""
    reckoned = request.insured_months + sum(_POINTS_FOR.get(one, 0) for one in request.points_for)
    told_before = request.points_told if request.points_number else None
    return PointsApproved(
        points=reckoned if told_before is None else told_before, approved_on=ticket.today
    )


POINTS_PROOF = paper(
    "points-proof",
    "学历、技能、志愿服务等加分证明",
    "Diploma, skill or volunteer records",
    "联网查得到的不用交。",
    "Not needed where it can be looked up.",
    optional=True,
)
APPROVE_POINTS = offer(
    "approve-entry-points",
    Words("积分申请与核定", "Points for entry"),
    Words(
        "用积分的县（市、区）按分数排序；积分办法待主管部门确认。",
        "Counties that use points rank by them; the table is to be confirmed.",
    ),
    EDUCATION,
    PointsRequest,
    Words("积分核定结果", "Points"),
    PointsApproved,
    points_approved,
    rules=(POINTS_EXAMPLE,),
    channel="desk",
    evidence=(POINTS_PROOF,),
    supplement_reasons=(
        reason(
            "points-unproven",
            "加分情况没有核对上，请补充证明。",
            "What gives points was not found: please prove it.",
            POINTS_EXAMPLE,
            POINTS_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "no-permit-nor-insurance",
            "没有居住证，也没有达到参保月数，不能申请积分。",
            "Neither a permit nor enough months insured: no points can be asked for.",
            POINTS_EXAMPLE,
        ),
    ),
    checklist=points(("居住证、参保结果已看", "Permit and insurance were looked at")),
)

Plan = Literal["ordinary", "special", "satellite", "home"]


class PlacementRequest(ForChild):
    """E11: the child, what it needs and what the family wishes."""

    disability_number: str = told("残疾人证号", "Certificate", sensitive=True, default="")
    support_needs: list[str] = told("便利需求", "Support", sensitive=True, default_factory=list)
    placement_wish: Plan = told("希望的安置方式", "Wish", sensitive=True, default="ordinary")
    home_address: str = told("现住址", "Home", sensitive=True, default="")


class PlacementPlan(Result):
    """E11: how the child goes to school: ordinary class, special school, satellite or at home."""

    plan: Plan = told("安置方式", "Placement", sensitive=True)
    school_name: str = told("安置学校", "School", default="")
    planned_on: date = told("评估日期", "Decided on")


def placement_planned(request: PlacementRequest, ticket: Ticket) -> PlacementPlan:
    """The experts follow the family's wish."""
    name = "" if request.placement_wish == "ordinary" else "演示特殊教育学校"
    return PlacementPlan(plan=request.placement_wish, school_name=name, planned_on=ticket.today)


PUPIL_DISABILITY_CARD = paper(
    "disability-certificate",
    "残疾人证",
    "Disability certificate",
    "没有证的，评估时由专家判断，不影响报名。",
    "Without one the experts judge; it does not stand in the way.",
    register="disability-register",
    optional=True,
)
ASSESSMENT_PAPER = paper(
    "school-readiness-record",
    "病历或康复、评估材料",
    "Medical, rehabilitation or assessment records",
    "帮助专家安排合适的学校和支持。",
    "Helps the experts to find the right school and support.",
    optional=True,
)
PLACE_DISABLED_PUPIL = offer(
    "place-disabled-pupil",
    Words("残疾儿童入学评估与安置", "Placement of a disabled child"),
    Words(
        "由教育、残联、卫健专家评估，安排普通班、特教学校、卫星班或送教上门；不会因残疾拒绝。",
        "Experts find an ordinary class, a special school, a satellite class or teaching at home; "
        "disability is never a reason to refuse.",
    ),
    EDUCATION,
    PlacementRequest,
    Words("安置方案", "Placement"),
    PlacementPlan,
    placement_planned,
    rules=(SPECIAL_EDUCATION, COMPULSORY_EDUCATION),
    channel="desk",
    evidence=(PUPIL_DISABILITY_CARD, ASSESSMENT_PAPER),
    supplement_reasons=(
        reason(
            "records-needed",
            "请补充病历或康复材料，方便专家安排。",
            "Please add medical or rehabilitation records for the experts.",
            SPECIAL_EDUCATION,
            ASSESSMENT_PAPER,
        ),
    ),
    checklist=points(
        ("专家委员会已评估", "The experts have met"),
        ("已听取监护人意见", "The guardians were heard"),
    ),
)


class DelayRequest(ForChild):
    """E12: why the child is to begin later."""

    delay_reason: str = told("延缓原因", "Reason", sensitive=True)


class DelayDecision(Result):
    """E12: granted until which year."""

    delay_number: str = told("延缓入学编号", "Number", min_length=6)
    delayed_until: int = told("延缓到哪年入学", "Year of entry")
    decided_on: date = told("决定日期", "Decided on")


def delay_decided(request: DelayRequest, ticket: Ticket) -> DelayDecision | StandInRefusal:
    """Granted for health, by one year."""
    if request.delay_reason == "other":
        return StandInRefusal("不属于身体状况需要延缓的情形。", COMPULSORY_EDUCATION.reference)
    return DelayDecision(
        delay_number=number_of("YH", request.county, ticket),
        delayed_until=request.year + 1,
        decided_on=ticket.today,
    )


MEDICAL_PROOF = paper(
    "delay-medical-proof",
    "医院诊断证明",
    "Medical proof",
    "因身体状况延缓入学要有医学证明。",
    "A delay for health needs medical proof.",
)
DELAY_ENTRY = offer(
    "delay-school-entry",
    Words("延缓入学申请", "Delay of entry"),
    Words(
        "身体原因可以申请晚一年入学；批准后今年不再分配学位。",
        "For health a child may begin later; once granted no place is given this year.",
    ),
    EDUCATION,
    DelayRequest,
    Words("延缓入学决定", "Delay"),
    DelayDecision,
    delay_decided,
    rules=(COMPULSORY_EDUCATION,),
    channel="desk",
    evidence=(MEDICAL_PROOF,),
    supplement_reasons=(
        reason(
            "medical-proof",
            "诊断证明不清楚，请补充。",
            "The medical proof is unclear: please add it.",
            COMPULSORY_EDUCATION,
            MEDICAL_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-for-health",
            "不属于身体状况需要延缓的情形，应按时入学。",
            "No reason of health: the child begins on time.",
            COMPULSORY_EDUCATION,
        ),
    ),
    checklist=points(("医学证明真实", "The proof is genuine")),
)


class HelpRequest(Message):
    """A child who may need protection, with the guardian's consent to be contacted."""

    child_name: str = told("儿童姓名", "Child's name", sensitive=True, min_length=2)
    child_document: str = told("儿童证件号码", "Document", sensitive=True)
    concern: str = told("需要帮助的情况", "What help is about", sensitive=True)
    guardian_name: str = told("监护人姓名", "Guardian", sensitive=True)
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)
    county: str = told("县（市、区）代码", "County", pattern=COUNTY)


class HelpTicket(Result):
    """The ticket at the hotline."""

    ticket_number: str = told("转介编号", "Ticket", min_length=6)
    referred_on: date = told("转介日期", "Referred on")
    contact: str = told("联系方式", "Contact")


def help_referred(request: HelpRequest, ticket: Ticket) -> HelpTicket:
    """The city's hotline takes it, the county acts."""
    return HelpTicket(
        ticket_number=number_of("BH", request.county, ticket),
        referred_on=ticket.today,
        contact="儿童救助保护热线 12349",
    )


REFER_CHILD_TO_HOTLINE = offer(
    "refer-child-to-hotline",
    Words("困境儿童转介（12349）", "A child who needs help (12349)"),
    Words(
        "经您同意转给12349儿童救助保护热线，由县（市、区）民政联系您；紧急情况请直接拨打12349。",
        "With your consent the child rescue line contacts you; in an emergency call 12349.",
    ),
    CIVIL_AFFAIRS,
    HelpRequest,
    Words("转介登记", "Referral"),
    HelpTicket,
    help_referred,
    rules=(CHILD_RESCUE_LINE,),
    supplement_reasons=(
        reason(
            "unclear", "情况说得不清楚，请补充。", "Please tell more about it.", CHILD_RESCUE_LINE
        ),
    ),
    checklist=points(("监护人已同意转介", "The guardian consented")),
)
