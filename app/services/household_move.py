"""Public security: moving the household for work or study, and the residence permit."""

from datetime import date
from typing import Literal

from app.forms.conditions import All, Condition, Is
from app.forms.questions import Address, Page, Tick
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import PUBLIC_SECURITY
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Limit,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Rule
from app.wording import Words

MOVE_RULE = Rule(
    "zhejiang-household-moves",
    Words("浙江省常住户口登记管理规定", "Zhejiang rules on permanent household registration"),
    "户口迁移",
    "A",
    date(2020, 5, 1),
)
PERMIT_RULE = Rule(
    "residence-permit-regulation",
    Words("居住证暂行条例", "Interim regulations on residence permits"),
    "国务院令第663号",
    "U",
    date(2016, 1, 1),
)


TO_A_HOME = Is("move_to", "home")


def move_pages(applies: Condition) -> tuple[Page, Page]:
    """Into which household: a public collective one, or a home with the consent of its head."""
    kind = page("move", "落户", "Moving the household", applies=applies).asks(
        choose("move_to", "户口落在哪里？", "Into which household?").one_of(
            ("home", "自己或亲友的家庭户", "A family household"),
            ("collective", "人才公共集体户", "The public collective household"),
        ),
    )
    home = page("move-home", "落户地址", "The household", applies=All((applies, TO_A_HOME))).asks(
        ask("move_address", "落户地址", "Address of the household", Address()),
        ask("head_agrees", "户主已同意我落户。", "The head of the household agrees.", Tick()),
    )
    return kind, home


class HouseholdMove(AboutPerson):
    """J7: from where, into which household."""

    household: str = told("现户籍地址", "Register now", sensitive=True, default="")
    move_to: Literal["home", "collective"] = told("落户类型", "Kind of household")
    move_address: str = told("落户地址", "Address", sensitive=True, default="")
    head_agrees: bool = told("户主同意", "The head agrees")
    diploma_number: str = told("毕业证书编号", "Diploma", default="")
    destination_number: str = told("去向核验编号", "Destination", default="")


class HouseholdPage(Result):
    """The person's page in the new household."""

    page_number: str = told("户口簿页编号", "Number of the page", min_length=6)
    moved_on: date = told("迁入日期", "Moved on")


def household_moved(request: HouseholdMove, ticket: Ticket) -> HouseholdPage:
    """Moved as asked."""
    number = f"QY{request.county}{ticket.number % 10**8:08d}"
    return HouseholdPage(page_number=number, moved_on=ticket.today)


DIPLOMA = paper(
    "diploma",
    "毕业证书（学位证书）",
    "Diploma",
    "核对学历；联网查得到的不用上传。",
    "Shows the degree; not needed where it can be looked up.",
    output="check-graduate-destination",
)

MOVE_HOUSEHOLD = PublicService(
    id="move-graduates-household",
    title=Words("户口迁移（高校毕业生落户）", "Moving the household"),
    summary=Words("凭学历和去向登记落户台州。", "Graduates register in Taizhou."),
    authority=PUBLIC_SECURITY,
    request=HouseholdMove,
    produces=Output("household-moved", Words("户口迁入登记", "Moved"), HouseholdPage),
    path="/household-moves",
    call=post_to("/household-moves", HouseholdPage),
    stand_in=household_moved,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(MOVE_RULE,),
    channel="desk",
    evidence=(DIPLOMA,),
    supplement_reasons=(
        reason(
            "head-consent",
            "没有户主同意的材料，请补充。",
            "The head's consent is missing: please add it.",
            MOVE_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "address-not-possible",
            "这个地址不能落户。",
            "Nobody can be registered at this address.",
            MOVE_RULE,
        ),
    ),
    checklist=points(("去向已核验", "Destination checked"), ("户主同意", "The head agrees")),
)


class PermitApplication(AboutPerson):
    """J21: where somebody lives, and how it is proved."""

    home: str = told("现居住地址", "Home", sensitive=True)
    mobile: str = told("手机号", "Mobile", sensitive=True)
    household: str = told("户籍地址", "Register", sensitive=True, default="")


class Permit(Result):
    """The residence permit."""

    permit_number: str = told("居住证号", "Permit number", min_length=6)
    issued_on: date = told("签发日期", "Issued on")


def permit_issued(request: PermitApplication, ticket: Ticket) -> Permit:
    """Issued to who has been registered here for half a year."""
    number = f"JZZ{request.county}{ticket.number % 10**8:08d}"
    return Permit(permit_number=number, issued_on=ticket.today)


HOME_PROOF = paper(
    "proof-of-stay",
    "居住或就业证明",
    "Proof of stay or work",
    "证明在台州居住满半年。",
    "Shows half a year in Taizhou.",
    output="register-employment",
    commitment=True,
)

ISSUE_RESIDENCE_PERMIT = PublicService(
    id="issue-residence-permit",
    title=Words("居住证申领", "Residence permit"),
    summary=Words("在台州登记居住满半年的可以申领。", "After half a year of registered stay."),
    authority=PUBLIC_SECURITY,
    request=PermitApplication,
    produces=Output("residence-permit", Words("居住证", "Residence permit"), Permit),
    path="/residence-permits",
    call=post_to("/residence-permits", Permit),
    stand_in=permit_issued,
    promised=Limit(14, "绍兴等地办事指南：受理7个、制证7个工作日（示例）"),
    statutory=NOT_FOUND,
    rules=(PERMIT_RULE,),
    fee=Words("首次申领不收费", "No fee for a first permit"),
    evidence=(HOME_PROOF,),
    supplement_reasons=(
        reason(
            "stay-unproven",
            "没有核对到居住信息，请补充证明。",
            "The stay was not found: please prove it.",
            PERMIT_RULE,
            HOME_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "less-than-half-a-year",
            "居住登记不满半年。",
            "Registered for less than half a year.",
            PERMIT_RULE,
        ),
    ),
    checklist=points(
        ("居住登记满半年", "Half a year registered"),
    ),
)
