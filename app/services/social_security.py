"""Human resources and social security: a newborn's social security card."""

from datetime import date
from decimal import Decimal

from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import choose
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
from app.vocabulary.requirement import Amount, EvidenceType, Parameter, Rule
from app.wording import Words

CARD_RULE = Rule(
    "social-security-card-rule",
    Words("中华人民共和国社会保障卡管理办法", "Measures on the social security card"),
    "人社部发〔2011〕47号",
    "U",
    date(2011, 4, 20),
)
NOT_FOUND = Limit(None, "待主管部门确认")
FIRST_CARD = Parameter(
    "social-security-card-first",
    Words("首次申领社会保障卡", "First social security card"),
    (
        Amount(
            Decimal(0),
            Words("元", "yuan"),
            "33",
            date(2025, 7, 1),
            "外省2025年收费公告（示例）：首次申领免费",
            "C",
        ),
    ),
)


CARD_BANK = choose("card_bank", "社保卡合作银行", "Bank of the card").one_of(
    ("icbc", "中国工商银行", "ICBC"),
    ("abc", "中国农业银行", "Agricultural Bank of China"),
    ("boc", "中国银行", "Bank of China"),
    ("ccb", "中国建设银行", "China Construction Bank"),
    ("psbc", "中国邮政储蓄银行", "Postal Savings Bank"),
    ("rural", "浙江农商银行", "Zhejiang rural commercial bank"),
)


class CardApplication(Message):
    """B7: who gets the card, from which bank, where it is sent; no photo under 7 years."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    citizen_id: str = told("孩子身份证号", "Child's ID number", sensitive=True, min_length=18)
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_document: str = told("监护人证件号码", "Guardian's document", sensitive=True)
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)
    bank: str = told("合作银行", "Card bank")
    post_to: str = told("邮寄地址", "Post to", sensitive=True)


class Card(Result):
    """The card and its electronic form."""

    card_number: str = told("社会保障卡卡号", "Card number", sensitive=True, min_length=9)
    made_on: date = told("制卡日期", "Made on")
    bank: str = told("发卡银行", "Issuing bank")


def card_made(request: CardApplication, ticket: Ticket) -> Card:
    """A card is made for every child with an identity number."""
    number = f"K{ticket.number % 10**8:08d}"
    return Card(card_number=number, made_on=ticket.today, bank=request.bank)


ISSUE_SOCIAL_SECURITY_CARD = PublicService(
    id="issue-social-security-card",
    title=Words("社会保障卡申领", "Social security card"),
    summary=Words(
        "给孩子办社保卡，看病和领补贴都能用，7岁以下不用照片。",
        "A card for medical care and benefits; no photo is needed under 7 years.",
    ),
    authority=HUMAN_RESOURCES,
    request=CardApplication,
    produces=Output("social-security-card", Words("社会保障卡", "Social security card"), Card),
    path="/social-security-cards",
    call=post_to("/social-security-cards", Card),
    stand_in=card_made,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(CARD_RULE,),
    fee=Words("首次申领不收费（待主管部门确认）", "No fee for a first card (to be confirmed)"),
    fee_amount=FIRST_CARD,
    evidence=(
        EvidenceType(
            "child-household-page",
            Words("孩子的户口簿页", "The child's household page"),
            Words("确认孩子的身份号码和户籍。", "Confirms the child's number and register."),
            output="register-newborn",
        ),
        EvidenceType(
            "guardianship-proof",
            Words("监护关系证明", "Proof of guardianship"),
            Words("证明您是孩子的监护人。", "Shows that you are the child's guardian."),
            output="issue-birth-certificate",
            alternatives=Words(
                "出生医学证明或户口簿都可以。",
                "The birth certificate or the household book will do.",
            ),
        ),
    ),
    supplement_reasons=(
        Reason(
            "post-address",
            Words(
                "邮寄地址不完整，请补全。", "The post address is incomplete: please complete it."
            ),
            CARD_RULE,
        ),
    ),
    refusal_reasons=(
        Reason(
            "has-card",
            Words("孩子已经有社会保障卡。", "The child has a social security card already."),
            CARD_RULE,
        ),
    ),
    checklist=(Words("没有重复申领", "No card was issued before"),),
    answers="later",
)


class AdultCardApplication(Message):
    """J6: a card for a grown-up: who, from which bank, where it is sent."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("证件号码", "Document number", sensitive=True, min_length=5)
    county: str = told("经办地代码", "County that handles it", pattern=r"^\d{6}$")
    mobile: str = told("手机号", "Mobile", sensitive=True)
    bank: str = told("合作银行", "Card bank")
    post_to: str = told("邮寄地址", "Post to", sensitive=True, default="")


def adult_card_made(request: AdultCardApplication, ticket: Ticket) -> Card:
    """A card is made for whoever has none."""
    number = f"K{ticket.number % 10**8:08d}"
    return Card(card_number=number, made_on=ticket.today, bank=request.bank)


PHOTO = EvidenceType(
    "card-photo",
    Words("一寸白底证件照", "Photo on white ground"),
    Words("印在社保卡上；公安能共享照片的不用上传。", "Printed on the card; shared where held."),
    register="person-register",
)

ISSUE_ADULT_CARD = PublicService(
    id="issue-adult-social-security-card",
    title=Words("社会保障卡申领（成年人）", "Social security card for adults"),
    summary=Words("参保、领补贴都用得上，寄到家。", "For insurance and payments, sent home."),
    authority=HUMAN_RESOURCES,
    request=AdultCardApplication,
    produces=Output("adult-card", Words("社会保障卡", "Social security card"), Card),
    path="/adult-cards",
    call=post_to("/adult-cards", Card),
    stand_in=adult_card_made,
    promised=Limit(15, "新乡市办事指南（外地示例）"),
    statutory=NOT_FOUND,
    rules=(CARD_RULE,),
    fee=Words("首次申领不收费（待主管部门确认）", "No fee for a first card (to be confirmed)"),
    fee_amount=FIRST_CARD,
    evidence=(PHOTO,),
    supplement_reasons=(
        Reason(
            "photo-unfit",
            Words("照片不符合要求，请重新上传。", "The photo does not fit: please send another."),
            CARD_RULE,
            "card-photo",
        ),
    ),
    refusal_reasons=(
        Reason(
            "has-card-already",
            Words("您已经有社会保障卡。", "You have a card already."),
            CARD_RULE,
        ),
    ),
    checklist=(Words("没有重复申领", "No card was issued before"),),
    answers="later",
)
