"""Human resources: the status of people who are hard to employ."""

from datetime import date

from app.forms.conditions import Condition
from app.forms.questions import Page, Question, Text
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import Output, PublicService, Result, Ticket, post_to, told
from app.vocabulary.requirement import Rule
from app.wording import Words

HARDSHIP_RULE = Rule(
    "employment-promotion-law-52",
    Words("中华人民共和国就业促进法", "Employment Promotion Law"),
    "第五十二条",
    "U",
    date(2008, 1, 1),
)


def hardship_page(applies: Condition) -> Page:
    """The number of the certificate of hardship."""
    return page("hardship", "就业困难人员", "Hard to employ", applies=applies).asks(
        ask(
            "hardship_number",
            "低保证、残疾人证等证件号码（没有的不填）",
            "Number of the certificate, if there is one",
            Text(longest=40),
            optional=True,
            sensitive=True,
        ),
    )


def status_question(applies: Condition) -> Question:
    """The classes of people who are hard to employ."""
    return choose(
        "status", "属于下面的情况吗？", "Does any apply?", applies=applies, sensitive=True
    ).any_of(
        ("minimum-living", "低保家庭", "Minimum living guarantee"),
        ("disabled", "残疾人", "Disabled"),
        ("long-term", "失业一年以上", "Out of work for a year or more"),
        ("age-40-50", "女满40、男满50周岁", "Woman of 40, man of 50 or more"),
        ("zero-family", "零就业家庭", "Nobody in the family works"),
    )


class HardToEmploy(AboutPerson):
    """J18: which classes of hardship."""

    status: list[str] = told("困难类别", "Classes", sensitive=True, min_length=1)
    hardship_number: str = told("证件号码", "Number of the certificate", sensitive=True, default="")
    registration_number: str = told("失业登记编号", "Registration", default="")


class Status(Result):
    """The status is recognised."""

    status_number: str = told("认定编号", "Number", min_length=6)
    recognised_on: date = told("认定日期", "Recognised on")


def status_recognised(request: HardToEmploy, ticket: Ticket) -> Status:
    """Recognised."""
    number = f"KN{request.county}{ticket.number % 10**8:08d}"
    return Status(status_number=number, recognised_on=ticket.today)


STATUS_PROOF = paper(
    "hard-to-employ-proof",
    "就业困难情形证明",
    "Proof of the hardship",
    "低保、残疾信息能共享的不用上传。",
    "Not needed where registers hold it.",
    register="relief-register",
    commitment=True,
)

RECOGNISE_HARDSHIP = PublicService(
    id="recognise-hardship",
    title=Words("就业困难人员认定", "Status of people hard to employ"),
    summary=Words("认定后可以享受社保补贴和就业帮扶。", "The basis of subsidies and help."),
    authority=HUMAN_RESOURCES,
    request=HardToEmploy,
    produces=Output("hardship-status", Words("困难人员认定", "Status"), Status),
    path="/hardship-statuses",
    call=post_to("/hardship-statuses", Status),
    stand_in=status_recognised,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(HARDSHIP_RULE,),
    channel="desk",
    evidence=(STATUS_PROOF,),
    supplement_reasons=(
        reason(
            "class-unproven",
            "没有核对到困难情形，请补充证明。",
            "The hardship was not found: please prove it.",
            HARDSHIP_RULE,
            STATUS_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "not-hard-to-employ",
            "不属于就业困难人员范围。",
            "Not among the classes of hardship.",
            HARDSHIP_RULE,
        ),
    ),
    checklist=points(
        ("困难情形属实", "The hardship is real"),
    ),
)
