"""R9, R12, R13 and R16: the register, the paper file, the community and old-age services."""

from datetime import date
from typing import Literal

from app.forms.conditions import All, Condition, Is
from app.forms.questions import YES_NO, Address, Mobile, Page, PersonName, SharedFrom, Text
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import CIVIL_AFFAIRS, HUMAN_RESOURCES, PUBLIC_SECURITY, TOWNSHIP
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
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

SOCIAL_MANAGEMENT = Rule(
    "retirees-social-management",
    Words("国有企业退休人员社会化管理有关规定", "Rules on the community's care for retirees"),
    "退休人员社会化管理",
    "U",
)
FILE_RULE = Rule(
    "personnel-files",
    Words("流动人员人事档案管理服务规定", "Rules on personnel files"),
    "档案转递",
    "U",
)
ELDERLY_LAW = Rule(
    "elderly-rights-law",
    Words("中华人民共和国老年人权益保障法", "Law on the rights of the elderly"),
    "社会优待",
    "U",
)


HAS_KIN = Is("has_kin", "yes")


def file_page(applies: Condition) -> Page:
    """Where the paper file goes."""
    return page("file", "档案去向", "The paper file", applies=applies).asks(
        choose("file_handling", "退休后档案怎么处理？", "What becomes of your file?").one_of(
            ("keep", "由部门留存（转存市档案馆）", "Keep it in the city's archive"),
            ("collect", "窗口自取材料", "I collect it at the counter"),
            ("none", "没有档案", "There is no file"),
            ("other", "其他", "Something else"),
        ),
        ask(
            "file_other",
            "请说明怎么处理",
            "What should become of it?",
            Text(longest=60),
            applies=Is("file_handling", "other"),
        ),
        ask("has_kin", "有可以联系的亲属吗？", "Is there a relative to contact?", YES_NO),
    )


def kin_page(applies: Condition) -> Page:
    """The next of kin."""
    return page(
        "kin", "直系亲属", "Next of kin", applies=All((applies, Is("has_kin", "yes")))
    ).asks(
        ask("kin_name", "亲属姓名", "Relative's name", PersonName(), sensitive=True),
        choose("kin_relation", "是您的", "How related").one_of(
            ("spouse", "配偶", "Spouse"),
            ("child", "子女", "Child"),
            ("parent", "父母", "Parent"),
            ("sibling", "兄弟姐妹", "Brother or sister"),
            ("other", "其他亲属", "Other relative"),
        ),
        ask("kin_address", "亲属住址", "Relative's address", Address(elsewhere=True)),
        ask("kin_phone", "亲属电话", "Relative's phone", Mobile(landline=True)),
    )


def homes_page(shared: SharedFrom) -> Page:
    """Where the person is registered (as a register holds it) and lives."""
    return page("homes", "户籍和住址", "Register and home").asks(
        ask(
            "person_register",
            "户籍地址",
            "Registered address",
            Address(elsewhere=True),
            shared=shared,
        ),
        ask(
            "person_home", "现居住地址", "Home address", Address(elsewhere=True), optional=True
        ).hinted("与户籍地址相同可不填", "Leave empty if it is the registered address"),
        ask("community", "所在社区（村）", "Community or village", Text(longest=40), optional=True),
    )


class RegisterQuery(AboutPerson):
    """R9: who is confirmed, and where the person says to be registered."""

    household: str = told("户籍地址", "Register", sensitive=True, default="")


class RegisterFinding(Result):
    """Whether the register agrees."""

    finding_number: str = told("核查编号", "Finding number", min_length=6)
    found_on: date = told("核查日期", "Found on")
    agrees: bool = told("与户籍一致", "Agrees with the register")


def register_agrees(request: RegisterQuery, ticket: Ticket) -> RegisterFinding:
    """A valid number is found."""
    return RegisterFinding(
        finding_number=f"HJ{request.county}{ticket.number % 10**8:08d}",
        found_on=ticket.today,
        agrees=True,
    )


CONFIRM_REGISTER = PublicService(
    id="confirm-household-register",
    title=Words("户籍信息确认", "Confirming the household register"),
    summary=Words("核对身份和户籍，当场出结果。", "Checks identity and register at once."),
    authority=PUBLIC_SECURITY,
    request=RegisterQuery,
    produces=Output("register-finding", Words("户籍核查结果", "Finding"), RegisterFinding),
    path="/register-findings",
    call=post_to("/register-findings", RegisterFinding),
    stand_in=register_agrees,
    promised=Limit(0, "联网核查，当场出结果"),
    statutory=NOT_FOUND,
    rules=(NO_REPEAT_ASKING,),
    checklist=points(
        ("姓名、号码、户籍一致", "Name, number and register agree"),
    ),
)


class FileHandling(AboutPerson):
    """R12: where the file goes."""

    file_handling: Literal["keep", "collect", "other"] = told("档案去向", "Where the file goes")
    file_other: str = told("其他处理方式", "Something else", default="")
    pension_number: str = told("养老金核定编号", "Number of the pension", default="")


class FileEntry(Result):
    """Where the file is now."""

    file_number: str = told("档案编号", "File number", min_length=6)
    handled_on: date = told("办理日期", "Handled on")


def file_handled(request: FileHandling, ticket: Ticket) -> FileEntry:
    """Handled as wished."""
    number = f"DA{request.county}{ticket.number % 10**8:08d}"
    return FileEntry(file_number=number, handled_on=ticket.today)


HANDLE_FILE = PublicService(
    id="handle-retirees-file",
    title=Words("退休人员档案流转", "The retiree's paper file"),
    summary=Words("按您的选择留存或领取档案。", "The file is kept or handed out as you choose."),
    authority=HUMAN_RESOURCES,
    request=FileHandling,
    produces=Output("retirees-file", Words("档案流转登记", "File entry"), FileEntry),
    path="/retirees-files",
    call=post_to("/retirees-files", FileEntry),
    stand_in=file_handled,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(FILE_RULE,),
    supplement_reasons=(
        reason(
            "file-not-arrived",
            "档案还没有移交，请联系存档单位。",
            "The file has not arrived: please ask who keeps it.",
            FILE_RULE,
        ),
    ),
    checklist=points(
        ("档案已移交", "The file has arrived"),
    ),
)


class Handover(AboutPerson):
    """R13: which township and community, and whom to contact."""

    township: str = told("乡镇（街道）代码", "Township code", default="")
    home: str = told("现居住地址", "Home", sensitive=True)
    community: str = told("社区（村）", "Community", default="")
    household: str = told("户籍地址", "Register", sensitive=True, default="")
    phone: str = told("联系电话", "Phone", sensitive=True)
    kin_name: str = told("亲属姓名", "Relative", sensitive=True, default="")
    kin_relation: str = told("与本人关系", "Relation", default="")
    kin_phone: str = told("亲属电话", "Relative's phone", sensitive=True, default="")
    kin_address: str = told("亲属住址", "Relative's address", sensitive=True, default="")


class HandoverEntry(Result):
    """The community that looks after the retiree."""

    handover_number: str = told("移交编号", "Handover number", min_length=6)
    handed_on: date = told("移交日期", "Handed over on")


def handed_over(request: Handover, ticket: Ticket) -> HandoverEntry:
    """Taken in by the township of the home."""
    number = f"SH{request.county}{ticket.number % 10**8:08d}"
    return HandoverEntry(handover_number=number, handed_on=ticket.today)


HAND_OVER_TO_COMMUNITY = PublicService(
    id="hand-over-to-community",
    title=Words("退休人员社会化管理", "Hand-over to the community"),
    summary=Words(
        "由您居住地的街道、社区提供服务和联系。",
        "The township and community of your home look after you.",
    ),
    authority=TOWNSHIP,
    request=Handover,
    produces=Output("handover", Words("社会化管理登记", "Hand-over"), HandoverEntry),
    path="/handovers",
    call=post_to("/handovers", HandoverEntry),
    stand_in=handed_over,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(SOCIAL_MANAGEMENT,),
    supplement_reasons=(
        reason(
            "community-unclear",
            "居住的社区不清楚，请补充。",
            "The community is unclear: please complete it.",
            SOCIAL_MANAGEMENT,
        ),
    ),
    checklist=points(
        ("居住地址属实", "The home is right"),
    ),
)


class CareOffer(AboutPerson):
    """R16: who may be offered old-age services, and where."""

    born_on: date = told("出生日期", "Born on", sensitive=True)
    home: str = told("现居住地址", "Home", sensitive=True)
    phone: str = told("联系电话", "Phone", sensitive=True)


class CareEntry(Result):
    """The person is on the list; what is due later is offered without an application."""

    entry_number: str = told("登记编号", "Entry number", min_length=6)
    entered_on: date = told("登记日期", "Entered on")


def care_entered(request: CareOffer, ticket: Ticket) -> CareEntry:
    """Entered at once."""
    number = f"YLF{request.county}{ticket.number % 10**8:08d}"
    return CareEntry(entry_number=number, entered_on=ticket.today)


OFFER_OLD_AGE_SERVICES = PublicService(
    id="offer-old-age-services",
    title=Words("老年优待和养老服务告知（浙里养）", "Old-age services"),
    summary=Words(
        "登记以后，到龄的优待和高龄津贴会主动告知您。",
        "Once entered, you are told of services and allowances when their age comes.",
    ),
    authority=CIVIL_AFFAIRS,
    request=CareOffer,
    produces=Output("old-age-entry", Words("养老服务登记", "Entry"), CareEntry),
    path="/old-age-entries",
    call=post_to("/old-age-entries", CareEntry),
    stand_in=care_entered,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ELDERLY_LAW,),
    checklist=points(
        ("本人愿意接收告知", "The person wishes to be told"),
    ),
)
