"""Checks that registers answer: household, real estate, residence permit and insurance (E2–E5)."""

from datetime import date
from typing import Literal

from app.forms.conditions import Is
from app.services.schooling.basis import (
    JIAOJIANG_2025,
    RESIDENCE_PERMIT_RULE,
    cut_off,
    months_between,
)
from app.services.schooling.offer import ForChild, ForFamily, offer
from app.vocabulary.authorities import HUMAN_RESOURCES, NATURAL_RESOURCES, PUBLIC_SECURITY
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import choice
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import Result, Ticket, told
from app.wording import Words

# Registers that hold these facts already; their demo records answer in the sandbox too.
PUPIL_REGISTER_ID = "school-age-register"
REAL_ESTATE_REGISTER_ID = "real-estate-register"
PERMIT_REGISTER_ID = "residence-permit-register"
INSURANCE_RECORD_ID = "social-insurance-record"

OWNERS = choice(
    ("parents", "父母一方或双方", "A parent or both"),
    ("grandparents", "祖父母或外祖父母", "Grandparents of either side"),
    ("others", "其他人", "Somebody else"),
)
USES = choice(
    ("dwelling", "住宅", "Dwelling"), ("commercial", "商住、办公或其他", "Commercial or other")
)
Owner = Literal["parents", "grandparents", "others"]
Use = Literal["dwelling", "commercial"]


class Checked(Result):
    """A check that has ended, whether it found something or not."""

    found: bool = told("是否查到", "Found")
    checked_on: date = told("核验日期", "Checked on")


class HouseholdCheck(ForChild):
    """E2: the child and the register as it was stated."""

    register_address: str = told("户籍地址", "Register", sensitive=True, default="")
    register_county: str = told("户籍县（市、区）", "County of register", default="")
    register_township: str = told("户籍乡镇（街道）", "Township of register", default="")
    household_number: str = told("户号", "Household number", sensitive=True, default="")
    household_head: str = told("户主", "Head", sensitive=True, default="")
    relation_to_head: str = told("与户主关系", "Relation to the head", default="")
    moved_in_on: date | None = told("迁入（登记）日期", "Registered since", default=None)
    guardian_document: str = told("监护人证件号码", "Guardian", sensitive=True, default="")


class HouseholdFound(Checked):
    """E2: where the child is registered, and since when."""

    county: str = told("户籍县（市、区）", "County of register", default="")
    township: str = told("户籍乡镇（街道）", "Township of register", default="")
    since: date | None = told("迁入（登记）日期", "Registered since", default=None)


def household_checked(request: HouseholdCheck, ticket: Ticket) -> HouseholdFound:
    """A demo family's register decides; of others what was stated is found, if it was complete."""
    held = ticket.records.get(PUPIL_REGISTER_ID)
    known = held is None or held.get("household_number") == request.household_number
    if not (known and request.register_county and request.moved_in_on):
        return HouseholdFound(found=False, checked_on=ticket.today)
    return HouseholdFound(
        found=True,
        checked_on=ticket.today,
        county=request.register_county,
        township=request.register_township,
        since=request.moved_in_on,
    )


HOUSEHOLD_BOOK = paper(
    "pupil-household-book",
    "户口簿（首页、户主页和孩子页）",
    "Household book: cover, head's and child's page",
    "系统里核对得上就不用交。",
    "Not needed where the register agrees.",
    register=PUPIL_REGISTER_ID,
    optional=True,
)
CHECK_HOUSEHOLD = offer(
    "check-household-register",
    Words("户籍信息核验", "Household register check"),
    Words("查孩子的户籍地和登记日期。", "Where the child is registered, and since when."),
    PUBLIC_SECURITY,
    HouseholdCheck,
    Words("户籍核验结果", "Household as found"),
    HouseholdFound,
    household_checked,
    rules=(NO_REPEAT_ASKING, JIAOJIANG_2025),
    evidence=(HOUSEHOLD_BOOK,),
    supplement_reasons=(
        reason(
            "register-differs",
            "户籍信息与所填不一致，请补充户口簿。",
            "The register differs from the form: please add the household book.",
            NO_REPEAT_ASKING,
            HOUSEHOLD_BOOK,
        ),
    ),
    refusal_reasons=(
        reason(
            "registered-late",
            "户籍登记日期晚于截止日。",
            "Registered after the cut-off day.",
            JIAOJIANG_2025,
        ),
        reason(
            "false-address",
            "户籍地址不实，属于违反承诺（待主管部门确认）。",
            "The address is false: a breach of the promise (to be confirmed).",
            NO_REPEAT_ASKING,
        ),
    ),
    checklist=points(
        ("户籍地、登记日期与户口簿一致", "Register and day agree with the book"),
        ("与户主关系已核对", "The relation to the head was checked"),
    ),
)


class HomeCheck(ForFamily):
    """E3: the home as it was stated."""

    home_owner_name: str = told("权利人", "Owner", sensitive=True, default="")
    home_owner: Owner = told("权利人与儿童关系", "Owner's relation", default="others")
    title_number: str = told("不动产权证号", "Title number", sensitive=True, default="")
    unit_number: str = told("不动产单元号", "Unit number", sensitive=True, default="")
    home_place: str = told("房产坐落", "Place of the home", sensitive=True, default="")
    home_county: str = told("房产县（市、区）", "County of the home", default="")
    home_township: str = told("房产乡镇（街道）", "Township of the home", default="")
    home_use: Use = told("用途", "Use", default="dwelling")
    home_share: int = told("产权份额（%）", "Share (%)", default=0, ge=0, le=100)
    home_since: date | None = told("登记日期", "Registered on", default=None)


class HomeFound(Checked):
    """E3: whose home it is, what for, which share, since when."""

    county: str = told("房产县（市、区）", "County", default="")
    township: str = told("房产乡镇（街道）", "Township", default="")
    owner: Owner = told("权利人与儿童关系", "Owner's relation", default="others")
    use: Use = told("用途", "Use", default="dwelling")
    share: int = told("份额（%）", "Share (%)", default=0)
    since: date | None = told("登记日期", "Registered on", default=None)


def home_checked(request: HomeCheck, ticket: Ticket) -> HomeFound:
    """A demo family's title decides; of others what was stated is found."""
    held = ticket.records.get(REAL_ESTATE_REGISTER_ID)
    known = held is None or held.get("title_number") == request.title_number
    if not (known and request.title_number and request.home_since):
        return HomeFound(found=False, checked_on=ticket.today)
    return HomeFound(
        found=True,
        checked_on=ticket.today,
        county=request.home_county,
        township=request.home_township,
        owner=request.home_owner,
        use=request.home_use,
        share=request.home_share,
        since=request.home_since,
    )


TITLE = paper(
    "title-deed",
    "不动产权证",
    "Title deed",
    "登记系统查得到就不用交。",
    "Not needed where the register holds it.",
    register=REAL_ESTATE_REGISTER_ID,
    optional=True,
)
SHARE_LACKING = reason(
    "share-or-use",
    "产权份额不足100%，或者不是住宅，不能按房产类报名。",
    "The share is below 100% or it is no dwelling: not in the class of owned homes.",
    JIAOJIANG_2025,
)
AFTER_CUT_OFF = reason(
    "after-cut-off",
    "房产登记（取得）日期晚于截止日。",
    "The home was registered or got after the cut-off day.",
    JIAOJIANG_2025,
)
CHECK_REAL_ESTATE = offer(
    "check-real-estate",
    Words("不动产登记信息查询", "Real-estate check"),
    Words("查房产的权利人、份额、用途和登记日期。", "Owner, share, use and day of the title."),
    NATURAL_RESOURCES,
    HomeCheck,
    Words("不动产查询结果", "Home as found"),
    HomeFound,
    home_checked,
    rules=(NO_REPEAT_ASKING, JIAOJIANG_2025),
    evidence=(TITLE,),
    supplement_reasons=(
        reason(
            "title-differs",
            "登记信息与所填不一致，请补充不动产权证。",
            "The register differs from the form: please add the title deed.",
            NO_REPEAT_ASKING,
            TITLE,
        ),
    ),
    refusal_reasons=(SHARE_LACKING, AFTER_CUT_OFF),
    checklist=points(
        ("权利人是父母或祖父母、外祖父母", "The owner is a parent or grandparent"),
        ("份额、用途、登记日期已核对", "Share, use and day were checked"),
    ),
)


class PermitCheck(ForFamily):
    """E4: the residence permit as it was stated."""

    permit_number: str = told("居住证号", "Permit number", sensitive=True, default="")
    permit_issued: date | None = told("签发日期", "Issued on", default=None)
    permit_until: date | None = told("有效期至", "Valid until", default=None)


class PermitFound(Checked):
    """E4: since when and until when the permit is valid."""

    since: date | None = told("签发日期", "Issued on", default=None)
    until: date | None = told("有效期至", "Valid until", default=None)


def permit_checked(request: PermitCheck, ticket: Ticket) -> PermitFound:
    """A demo person's permit decides; of others what was stated is found."""
    held = ticket.records.get(PERMIT_REGISTER_ID)
    known = held is None or held.get("permit_number") == request.permit_number
    if not (known and request.permit_number and request.permit_issued):
        return PermitFound(found=False, checked_on=ticket.today)
    return PermitFound(
        found=True,
        checked_on=ticket.today,
        since=request.permit_issued,
        until=request.permit_until,
    )


PERMIT = paper(
    "pupil-residence-permit",
    "浙江省居住证",
    "Zhejiang residence permit",
    "系统里核对得上就不用交。",
    "Not needed where the register agrees.",
    applies=Is("work_route", "permit"),
    register=PERMIT_REGISTER_ID,
    optional=True,
)
CHECK_PERMIT = offer(
    "check-residence-permit",
    Words("居住证核验", "Residence permit check"),
    Words("查父母一方的浙江省居住证。", "A parent's Zhejiang residence permit."),
    PUBLIC_SECURITY,
    PermitCheck,
    Words("居住证核验结果", "Permit as found"),
    PermitFound,
    permit_checked,
    rules=(RESIDENCE_PERMIT_RULE, JIAOJIANG_2025),
    evidence=(PERMIT,),
    supplement_reasons=(
        reason(
            "permit-differs",
            "居住证信息没有核对上，请补充居住证照片。",
            "The permit was not found as stated: please add a photo of it.",
            RESIDENCE_PERMIT_RULE,
            PERMIT,
        ),
    ),
    refusal_reasons=(
        reason(
            "permit-expired",
            "居住证已过期或中断。",
            "The permit has expired or was interrupted.",
            JIAOJIANG_2025,
        ),
    ),
    checklist=points(
        ("持有人是监护人", "The holder is a guardian"),
        ("截止日和报名期间有效", "Valid at the cut-off and in the window"),
    ),
)


class InsuranceCheck(ForFamily):
    """E5: where and since when a guardian is insured."""

    insured_county: str = told("参保地", "Insured at", default="")
    insured_kinds: list[str] = told("险种", "Kinds", default_factory=list)
    insured_from: date | None = told("连续参保起始月", "Insured from", default=None)
    insured_until: date | None = told("最后缴费月", "Insured until", default=None)


class InsuranceFound(Checked):
    """E5: months paid without a gap up to the cut-off day, if it goes on as now."""

    county: str = told("参保地", "Insured at", default="")
    months: int = told("到截止日连续月数", "Months by the cut-off", default=0, ge=0)
    since: date | None = told("连续参保起始月", "Insured from", default=None)
    still_paid: bool = told("仍在缴费", "Still paid", default=False)


def insured_months(first: date, last: date | None, year: int) -> int:
    """Months from the first paid one up to the cut-off day of `year`, or to the last paid one."""
    end = cut_off(year)
    return months_between(first, min(last, end) if last else end)


def insurance_checked(request: InsuranceCheck, ticket: Ticket) -> InsuranceFound:
    """Counts what was stated; a demo person with a record is insured from its first month."""
    held = ticket.records.get(INSURANCE_RECORD_ID, {})
    first = request.insured_from
    if paid_from := held.get("paid_from"):
        first = max(first or date.min, date.fromisoformat(f"{paid_from}-01"))
    if first is None or not request.insured_county:
        return InsuranceFound(found=False, checked_on=ticket.today)
    return InsuranceFound(
        found=True,
        checked_on=ticket.today,
        county=request.insured_county,
        months=insured_months(first, request.insured_until, request.year),
        since=first,
        still_paid=request.insured_until is None,
    )


CONTRIBUTIONS = paper(
    "contribution-proof",
    "社会保险缴费证明",
    "Proof of contributions",
    "社保系统查得到就不用交。",
    "Not needed where the record is found.",
    applies=Is("work_route", "insurance"),
    register=INSURANCE_RECORD_ID,
    optional=True,
)
CHECK_INSURANCE = offer(
    "check-social-insurance",
    Words("社会保险参保缴费查询", "Social insurance query"),
    Words("查到截止日连续缴了几个月。", "How many months are paid by the cut-off."),
    HUMAN_RESOURCES,
    InsuranceCheck,
    Words("参保查询结果", "Insurance as found"),
    InsuranceFound,
    insurance_checked,
    rules=(NO_REPEAT_ASKING, JIAOJIANG_2025),
    evidence=(CONTRIBUTIONS,),
    supplement_reasons=(
        reason(
            "months-differ",
            "缴费记录与所填不一致，请补充缴费证明。",
            "The record differs from the form: please add the proof.",
            NO_REPEAT_ASKING,
            CONTRIBUTIONS,
        ),
    ),
    refusal_reasons=(
        reason(
            "months-missing",
            "到截止日参保月数不够，或者在其他地方参保。",
            "Too few months at the cut-off, or insured elsewhere.",
            JIAOJIANG_2025,
        ),
    ),
    checklist=points(("参保地和连续月数已核对", "Place and months were checked")),
)
