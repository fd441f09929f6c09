"""Relief at the township: the check of the family, and the notice in the village."""

from datetime import date, timedelta
from decimal import Decimal

from app.vocabulary.authorities import TOWNSHIP
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.common_rules import EXCLUDED_TIME, RELIEF_MEASURES
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    ExcludedTime,
    Limit,
    Message,
    NotBefore,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.relief_rates import (
    MINIMUM_LIVING_RULE,
)
from app.wording import Words

NINGBO = "宁波市民政局2022年低保办事指南（外地示例）"
NOTICE_DAYS = 7


class Applicant(Message):
    """Who applies, and how to reach them."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    guardian_name: str = told("监护人姓名", "Guardian", sensitive=True, default="")
    guardian_document: str = told("监护人证件号码", "Document", sensitive=True, default="")
    guardian_relation: str = told("监护关系", "Guardian's relation", default="")
    guardian_mobile: str = told("监护人电话", "Guardian's phone", sensitive=True, default="")
    agent_relation: str = told("代办人关系", "Who helps", default="")
    contact_name: str = told("联系人", "Whom to contact", sensitive=True)
    contact_phone: str = told("联系电话", "Phone", sensitive=True)
    contact_way: str = told("沟通方式", "How to reach the person", default="")
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")
    address: str = told("住址", "Address", sensitive=True)


class TownshipCheck(Applicant):
    """What the township verifies before the county decides."""

    seeking: list[str] = told("申请的救助", "Relief asked for", sensitive=True)
    check_number: str = told("核对编号", "Number of the income check", min_length=6)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)
    people: int = told("家庭人数", "People", ge=1)
    owned: list[str] = told("家庭财产", "Property", sensitive=True, default=[])
    without_support: bool | None = told("无赡养抚养人", "Nobody to support", default=None)
    unable: str = told("劳动能力情况", "Ability to work", sensitive=True, default="")
    relief_text: str = told("困难情况", "What has happened", sensitive=True, default="")


class Verified(Result):
    """The township's proposal after visit, neighbours and data."""

    proposal_number: str = told("初审编号", "Number of the proposal", min_length=6)
    people: int = told("家庭人数", "People", ge=1)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)


def verified(request: TownshipCheck, ticket: Ticket) -> Verified:
    """The demo township finds what was checked."""
    return Verified(
        proposal_number=f"CS{request.county}{ticket.number % 10**8:08d}",
        people=request.people,
        per_head=request.per_head,
    )


FORM = paper(
    "relief-form",
    "浙江省社会救助申请表（含授权和承诺）",
    "Zhejiang relief form with authority and promise",
    "在网上填写即可；纸质表由村（社区）代填。",
    "Filled in here; on paper the village helps.",
    optional=True,
)
NOT_POOR = reason(
    "income",
    "家庭人均收入高于规定标准。",
    "The income per head is above the limit.",
    RELIEF_MEASURES,
)
PROPERTY = reason(
    "property",
    "家庭财产超过规定。",
    "The family's property is above what the rules allow.",
    RELIEF_MEASURES,
)
MEMBERS = reason(
    "members",
    "家庭成员或收入没有填全，请补充。",
    "Members or income are not complete: please add them.",
    RELIEF_MEASURES,
)
VERIFY_RELIEF = PublicService(
    id="verify-relief",
    title=Words("乡镇（街道）救助初审", "The township's check for relief"),
    summary=Words(
        "上门看望、邻里了解、数据核对，提出初审意见。",
        "A visit, neighbours and data; then a proposal.",
    ),
    authority=TOWNSHIP,
    request=TownshipCheck,
    produces=Output("relief-proposal", Words("初审意见", "Proposal"), Verified),
    path="/relief-checks",
    call=post_to("/relief-checks", Verified),
    stand_in=verified,
    promised=Limit(15, f"{NINGBO}：初审15个工作日"),
    statutory=NOT_FOUND,
    rules=(MINIMUM_LIVING_RULE, RELIEF_MEASURES),
    channel="desk",
    evidence=(*OWN_PAPERS, FORM),
    supplement_reasons=(MEMBERS,),
    refusal_reasons=(NOT_POOR, PROPERTY),
    checklist=points(
        ("已上门，已走访邻里", "Visited, neighbours asked"),
        ("育儿补贴没有算进收入", "The childcare subsidy was not counted"),
    ),
)


class NoticeOfRelief(Applicant):
    """What hangs in the village or community: who applies, the proposal, and no more."""

    proposal_number: str = told("初审编号", "Number of the proposal", min_length=6)
    people: int = told("家庭人数", "People", ge=1)


class ReliefNotice(Result):
    """When the notice hung; a person says that nobody objected."""

    notice_number: str = told("公示编号", "Number of the notice", min_length=6)
    published_on: date = told("公示开始", "Published on")
    ends_on: date = told("公示结束", "Ends on")


def relief_published(request: NoticeOfRelief, ticket: Ticket) -> ReliefNotice:
    """Seven days from the day after publication; nobody objects."""
    return ReliefNotice(
        notice_number=f"GS{request.county}{ticket.number % 10**8:08d}",
        published_on=ticket.today,
        ends_on=ticket.today + timedelta(days=NOTICE_DAYS),
    )


PUBLISH_RELIEF = PublicService(
    id="publish-relief",
    title=Words("救助初审公示", "Public notice of the proposal"),
    summary=Words(
        "初审意见在村（社区）公示7天，不算在办理时限内。",
        "The proposal hangs in the village or community for 7 days, which do not count.",
    ),
    authority=TOWNSHIP,
    request=NoticeOfRelief,
    produces=Output("relief-notice", Words("公示结果", "Notice"), ReliefNotice),
    path="/relief-notices",
    call=post_to("/relief-notices", ReliefNotice),
    stand_in=relief_published,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    excluded=ExcludedTime(
        Words("公示的时间不计入办理时限", "The days of the notice do not count"), EXCLUDED_TIME
    ),
    not_before=NotBefore(
        Words("公示", "Public notice"),
        NOTICE_DAYS,
        working=False,
        source=f"{NINGBO}：公示7天（待主管部门确认）",
    ),
    rules=(MINIMUM_LIVING_RULE, RELIEF_MEASURES),
    channel="desk",
    refusal_reasons=(
        reason(
            "objection",
            "公示期内有人提出异议，查实后不符合条件。",
            "Somebody objected during the notice and was found to be right.",
            RELIEF_MEASURES,
        ),
    ),
    checklist=points(
        ("在村（社区）公示栏和乡镇公示满7天", "Published in village and township for 7 days"),
        ("没有公开与救助无关的信息", "Nothing was published that relief does not need"),
        ("没有异议；有异议的已核实", "No objection, or it was looked into"),
    ),
)
