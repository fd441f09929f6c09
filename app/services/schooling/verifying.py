"""Checks in which papers count: untitled homes, work, custody, relation, preference (E3, E6–E9)."""

from datetime import date
from typing import Literal

from app.forms.conditions import Is
from app.services.schooling.basis import COMPULSORY_EDUCATION, JIAOJIANG_2025, ZHEJIANG_ORDER
from app.services.schooling.checks import (
    PUPIL_REGISTER_ID,
    SHARE_LACKING,
    Checked,
    HomeFound,
    Owner,
    Use,
)
from app.services.schooling.offer import ForChild, ForFamily, offer
from app.vocabulary.authorities import (
    CIVIL_AFFAIRS,
    HEALTH_COMMISSION,
    HUMAN_RESOURCES,
    NATURAL_RESOURCES,
)
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.offering import paper, points, reason
from app.vocabulary.public_service import CompetentAuthority, Ticket, told
from app.wording import Words

VETERANS = CompetentAuthority(
    "veterans-affairs",
    Words("退役军人事务等优待认定部门", "Veterans affairs and other bodies of preference"),
)
UNTITLED = Is("home_status", "untitled")
SHARED_TITLE = Is("home_status", "shared")
NOT_ONE_REGISTER = Is("guardianship", "not-on-register")
BY_COURT = Is("guardianship", "court")
DIVORCED = Is("parents", "divorced")


class HomePapers(ForFamily):
    """E3 by papers: a home without a title yet, a shared title or one that is no dwelling."""

    home_owner_name: str = told("权利人", "Owner", sensitive=True, default="")
    home_owner: Owner = told("权利人与儿童关系", "Owner's relation", default="others")
    home_place: str = told("房产坐落", "Place of the home", sensitive=True, default="")
    home_county: str = told("房产县（市、区）", "County of the home", default="")
    home_township: str = told("房产乡镇（街道）", "Township of the home", default="")
    untitled_kind: str = told("凭什么材料", "Which paper", default="")
    untitled_number: str = told("合同、协议或许可编号", "Its number", sensitive=True, default="")
    untitled_on: date | None = told("材料日期", "Its day", default=None)
    title_number: str = told("不动产权证号", "Title number", sensitive=True, default="")
    home_use: Use = told("用途", "Use", default="dwelling")
    home_share: int = told("产权份额（%）", "Share (%)", default=100, ge=0, le=100)
    home_since: date | None = told("登记日期", "Registered on", default=None)


def papers_verified(request: HomePapers, ticket: Ticket) -> HomeFound:
    """What was stated, with the day of the paper where there is no title yet."""
    since = request.untitled_on or request.home_since
    if since is None or not request.home_county:
        return HomeFound(found=False, checked_on=ticket.today)
    return HomeFound(
        found=True,
        checked_on=ticket.today,
        county=request.home_county,
        township=request.home_township,
        owner=request.home_owner,
        use=request.home_use,
        share=request.home_share,
        since=since,
    )


UNTITLED_PROOF = paper(
    "untitled-home-proof",
    "购房合同和付款（契税）凭证、拆迁协议或建房许可",
    "Contract with proof of payment or deed tax, demolition agreement or building permit",
    "还没有不动产权证，任选一种。",
    "There is no title yet; one of these will do.",
    applies=UNTITLED,
    defer_working_days=10,
)
SHARED_PROOF = paper(
    "shared-title-proof",
    "不动产权证和共有人情况说明",
    "Title deed, and who the other owners are",
    "份额不足100%或不是住宅的，由人工核定。",
    "With a share below 100% or no dwelling a person decides.",
    applies=SHARED_TITLE,
)
VERIFY_HOME_PAPERS = offer(
    "verify-home-papers",
    Words("无证、共有房产人工核定", "Untitled or shared home"),
    Words(
        "没有房产证、份额不足或商住的房子，由工作人员看材料核定。",
        "A home without a title, with a shared one or no dwelling: a person looks at the papers.",
    ),
    NATURAL_RESOURCES,
    HomePapers,
    Words("房产核定结果", "Home as verified"),
    HomeFound,
    papers_verified,
    rules=(JIAOJIANG_2025,),
    channel="desk",
    evidence=(UNTITLED_PROOF, SHARED_PROOF),
    supplement_reasons=(
        reason(
            "papers-incomplete",
            "合同、付款凭证不齐或看不清，请补充。",
            "Contract or proof of payment is missing or unclear: please add it.",
            JIAOJIANG_2025,
            UNTITLED_PROOF,
        ),
    ),
    refusal_reasons=(SHARE_LACKING,),
    checklist=points(
        ("材料真实、日期在截止日之前", "The papers are genuine and dated before the cut-off"),
        ("权利人、份额、用途已核对", "Owner, share and use were checked"),
    ),
)


class WorkCheck(ForFamily):
    """E6: the licence or the labour contract."""

    work_kind: str = told("经商或务工", "Business or work", default="")
    licence_code: str = told("统一社会信用代码", "Credit code", default="")
    employer_name: str = told("企业（个体户）名称", "Name of the business", default="")
    work_place: str = told("经营（工作）地址", "Where", sensitive=True, default="")
    work_county: str = told("所在县（市、区）", "County", default="")
    work_since: date | None = told("成立日期或合同开始日期", "Since", default=None)


class WorkFound(Checked):
    """E6: in which county and since when the business runs or the contract holds."""

    county: str = told("所在县（市、区）", "County", default="")
    since: date | None = told("开始日期", "Since", default=None)


def work_checked(request: WorkCheck, ticket: Ticket) -> WorkFound:
    """A licence or contract with its day and county is found."""
    if request.work_since is None or not request.work_county:
        return WorkFound(found=False, checked_on=ticket.today)
    return WorkFound(
        found=True,
        checked_on=ticket.today,
        county=request.work_county,
        since=request.work_since,
    )


CONTRACT = paper(
    "labour-contract",
    "劳动合同",
    "Labour contract",
    "凭劳动合同报名的要交；营业执照查得到，不用交。",
    "Needed with a contract; a licence can be looked up.",
    applies=Is("work_kind", "contract"),
)
CHECK_WORK = offer(
    "check-business-or-contract",
    Words("营业执照、劳动合同核验", "Business licence or labour contract"),
    Words("核对父母一方在这里经商或务工。", "That a parent has a business or works here."),
    HUMAN_RESOURCES,
    WorkCheck,
    Words("经商务工核验结果", "Business or work as found"),
    WorkFound,
    work_checked,
    rules=(JIAOJIANG_2025, ZHEJIANG_ORDER),
    channel="desk",
    evidence=(CONTRACT,),
    supplement_reasons=(
        reason(
            "contract-unclear",
            "劳动合同不完整或看不清，请补充。",
            "The contract is incomplete or unclear: please add it.",
            JIAOJIANG_2025,
            CONTRACT,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-active",
            "截止日执照已注销或合同已结束。",
            "The licence or the contract had ended at the cut-off.",
            JIAOJIANG_2025,
        ),
    ),
    checklist=points(("截止日执照或合同有效", "Licence or contract valid at the cut-off")),
)


class MarriageCheck(ForFamily):
    """E7: the guardians' marriage or divorce, and who has custody."""

    second_name: str = told("另一方姓名", "The other's name", sensitive=True, default="")
    second_document: str = told("另一方证件号码", "Document", sensitive=True, default="")
    parents: str = told("父母婚姻状况", "The parents' marriage", sensitive=True)
    custodian: str = told("抚养人", "Who has custody", sensitive=True, default="")


class MarriageFound(Checked):
    """E7: the marriage as registered; who has custody after a divorce."""

    status: str = told("婚姻状况", "Status", sensitive=True, default="")
    custodian: str = told("抚养人", "Custody", sensitive=True, default="")


def marriage_checked(request: MarriageCheck, ticket: Ticket) -> MarriageFound:
    """The register agrees with what was stated."""
    return MarriageFound(
        found=True,
        checked_on=ticket.today,
        status=request.parents,
        custodian=request.custodian,
    )


CUSTODY = paper(
    "custody-paper",
    "离婚协议或判决书（写明抚养权）",
    "Divorce agreement or judgment on custody",
    "父母离婚的，按抚养一方的户籍报名。",
    "After a divorce the register of the parent with custody counts.",
    applies=DIVORCED,
)
CHECK_MARRIAGE = offer(
    "check-guardians-marriage",
    Words("婚姻登记信息核验", "Marriage or divorce check"),
    Words("核对父母婚姻；离婚的核对抚养权。", "The parents' marriage, and custody if divorced."),
    CIVIL_AFFAIRS,
    MarriageCheck,
    Words("婚姻核验结果", "Marriage as found"),
    MarriageFound,
    marriage_checked,
    rules=(NO_REPEAT_ASKING,),
    evidence=(CUSTODY,),
    supplement_reasons=(
        reason(
            "custody-unclear",
            "材料没有写明抚养权，请补充协议全文或判决书。",
            "Custody is not stated: please add the whole agreement or the judgment.",
            NO_REPEAT_ASKING,
            CUSTODY,
        ),
    ),
    checklist=points(("抚养一方与报名监护人一致", "The guardian has custody")),
)


class RelationCheck(ForChild):
    """E8: child and guardian, and an older sibling at school where that is claimed."""

    guardian_name: str = told("监护人姓名", "Guardian's name", sensitive=True)
    guardian_document: str = told("监护人证件号码", "Document", sensitive=True)
    guardian_relation: str = told("监护人与儿童关系", "Relation", default="")
    sibling_document: str = told("哥哥姐姐证件号码", "Older sibling", sensitive=True, default="")
    sibling_school: str = told("哥哥姐姐就读学校", "Their school", default="")


class RelationFound(Checked):
    """E8: whether the relation holds, and the sibling's with the same guardians."""

    sibling_found: bool = told("同胞关系是否查到", "Sibling found", default=False)


def relation_checked(request: RelationCheck, ticket: Ticket) -> RelationFound:
    """A demo family's register knows its children; of others the relation is as stated."""
    held = ticket.records.get(PUPIL_REGISTER_ID, {}).get("child_document", ())
    numbers = [str(one.get("number", "")) for one in held]
    return RelationFound(
        found=not numbers or request.child_document in numbers,
        checked_on=ticket.today,
        sibling_found=bool(request.sibling_document),
    )


GUARDIANSHIP = paper(
    "pupil-guardianship-proof",
    "监护关系证明（出生医学证明、法院文书或公证书）",
    "Proof of guardianship: birth certificate, court or notary paper",
    "孩子和监护人不在一个户口上，或由法院、公证指定监护人。",
    "Child and guardian are on different registers, or a court or notary named the guardian.",
    applies=NOT_ONE_REGISTER | BY_COURT,
    alternatives=Words(
        "出生医学证明联网查得到的，工作人员会直接核对。",
        "A birth certificate that can be looked up is checked by staff.",
    ),
    optional=True,
)
COURT_PAPER = paper(
    "guardian-court-paper",
    "指定监护的法院文书或公证书",
    "Court or notary paper that names the guardian",
    "不是父母的监护人要有指定文书。",
    "A guardian who is no parent needs it.",
    applies=BY_COURT,
)
CHECK_RELATION = offer(
    "check-parent-child-relation",
    Words("出生医学证明（亲子关系）核验", "Parent and child check"),
    Words("核对孩子和监护人、兄弟姐妹的关系。", "The child, its guardian and its siblings."),
    HEALTH_COMMISSION,
    RelationCheck,
    Words("亲子关系核验结果", "Relation as found"),
    RelationFound,
    relation_checked,
    rules=(NO_REPEAT_ASKING, COMPULSORY_EDUCATION),
    evidence=(GUARDIANSHIP, COURT_PAPER),
    supplement_reasons=(
        reason(
            "guardian-unproven",
            "监护关系没有核对上，请补充证明。",
            "The guardianship was not found: please prove it.",
            COMPULSORY_EDUCATION,
            GUARDIANSHIP,
        ),
    ),
    refusal_reasons=(
        reason(
            "no-guardian",
            "报名人不是孩子的监护人。",
            "Who signs up is not the child's guardian.",
            COMPULSORY_EDUCATION,
        ),
    ),
    checklist=points(("监护关系属实", "The guardianship is real")),
)

PreferenceKind = Literal["soldier", "fire", "hero", "talent", "police", "other"]


class PreferenceCheck(ForFamily):
    """E9: which preference is claimed, and its number."""

    preference_kind: PreferenceKind = told("优待类别", "Class of preference", sensitive=True)
    preference_number: str = told("证件或文件编号", "Number", sensitive=True, default="")


class PreferenceFound(Checked):
    """E9: whether the status is recognised."""

    kind: str = told("优待类别", "Class", sensitive=True, default="")


def preference_recognised(request: PreferenceCheck, ticket: Ticket) -> PreferenceFound:
    """Recognised where a number is given."""
    return PreferenceFound(
        found=bool(request.preference_number),
        checked_on=ticket.today,
        kind=request.preference_kind,
    )


PREFERENCE_PROOF = paper(
    "preference-certificate",
    "优待对象证件或单位证明",
    "Certificate of the status, or the unit's",
    "系统里查得到的不用交。",
    "Not needed where the status can be looked up.",
    optional=True,
)
RECOGNISE_PREFERENCE = offer(
    "recognise-preference",
    Words("优待对象认定", "Preference status"),
    Words(
        "军人、消防救援、英烈家属、高层次人才、公安英模等。",
        "Soldiers, fire rescue, families of heroes and martyrs, talent, model police.",
    ),
    VETERANS,
    PreferenceCheck,
    Words("优待认定结果", "Preference as found"),
    PreferenceFound,
    preference_recognised,
    rules=(ZHEJIANG_ORDER,),
    channel="desk",
    evidence=(PREFERENCE_PROOF,),
    supplement_reasons=(
        reason(
            "status-unproven",
            "没有核对到优待身份，请补充证件或单位证明。",
            "The status was not found: please add the certificate or the unit's.",
            ZHEJIANG_ORDER,
            PREFERENCE_PROOF,
        ),
    ),
    refusal_reasons=(
        reason("not-preferred", "不属于优待对象。", "No preference status.", ZHEJIANG_ORDER),
    ),
    checklist=points(("身份由主管单位确认", "Confirmed by the body in charge")),
)
