"""Disabled persons' federation: what the register of certificates holds, and who is who."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from app.forms.conditions import Is
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION
from app.vocabulary.common_papers import PERSON_REGISTER_ID
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.offering import paper
from app.vocabulary.public_service import Message, Result, SharedRegister, told
from app.vocabulary.requirement import Rule
from app.wording import Words

CERTIFICATE_MEASURES = Rule(
    "disability-certificate-measures",
    Words("残疾人证管理办法", "Measures on the disability certificate"),
    "政府网站转载，2021年",
    "B",
)
DISABILITY_STANDARD = Rule(
    "gbt-26341-2010",
    Words("残疾人残疾分类和分级", "Classes and grades of disability"),
    "GB/T 26341—2010",
    "B",
)
ZHEJIANG_DETAIL = Rule(
    "zhejiang-disability-certificate-detail",
    Words("浙江省残疾人证管理细则（试行）", "Zhejiang details on the disability certificate"),
    "浙残联发〔2018〕24号",
    "C",
)
ZHEJIANG_ONE_THING = Rule(
    "zhejiang-disability-one-thing",
    Words("浙江省助残服务“一件事”", "Zhejiang's one thing for disabled people"),
    "浙残联发〔2019〕29号",
    "A",
)

MINOR = Is("age", "under-18")
MIND = Is("classes", "intellectual", "mental")
NEEDS_GUARDIAN = MINOR | MIND
NEW = Is("certificate", "none")
CHANGE = Is("certificate_item", "change") | Is("cross_item", "change")
MOVE = Is("certificate_item", "move") | Is("cross_item", "move")
CANCEL = Is("certificate_item", "cancel") | Is("cross_item", "cancel")
RENEW = Is("certificate", "expired")
REPLACE = Is("certificate", "lost")
HOLDS = Is("certificate", "valid", "expired", "lost")
ASSESSED = NEW | CHANGE
PUBLISHED = ASSESSED & ~MINOR
PRINTED = NEW | CHANGE | RENEW | REPLACE

CLASSES = (
    ("sight", "视力残疾", "Sight"),
    ("hearing", "听力残疾", "Hearing"),
    ("speech", "言语残疾", "Speech"),
    ("limb", "肢体残疾", "Limb"),
    ("intellectual", "智力残疾", "Intellectual"),
    ("mental", "精神残疾", "Mental"),
)
Grade = Literal["1", "2", "3", "4"]


class CertificateQuery(Message):
    """Whose certificate is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class CertificateFacts(Result):
    """The certificate that is held, by the person who asks or by whom they look after."""

    certificate_number: str | None = told("残疾人证号", "Number", default=None, sensitive=True)
    valid_until: date | None = told("有效期至", "Valid until", default=None)


def certificate_held(
    _request: CertificateQuery, record: Mapping[str, Any]
) -> CertificateFacts | None:
    """The demo person's record, or None where no certificate is held."""
    return CertificateFacts.model_validate(record) if record else None


DISABILITY_REGISTER = SharedRegister(
    id="disability-register",
    title=Words("残疾人证信息", "Register of disability certificates"),
    authority=DISABLED_PERSONS_FEDERATION,
    request=CertificateQuery,
    facts=CertificateFacts,
    path="/certificates/query",
    stand_in=certificate_held,
    purpose=Words(
        "取得残疾人证的号码和有效期，不用您再填，也不用上传证件。",
        "To take number and validity of the certificate instead of a copy from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)

GUARDIANSHIP = paper(
    "ward-guardianship-proof",
    "监护关系证明",
    "Proof of guardianship of the person",
    "未成年人和智力、精神残疾人由监护人代办。",
    "A guardian acts for minors and for intellectual or mental disability.",
    applies=NEEDS_GUARDIAN | Is("for_whom", "guardian"),
    register=PERSON_REGISTER_ID,
    alternatives=Words("户口簿上能看出关系的也可以。", "A household book that shows it will do."),
)
AUTHORITY_TO_ACT = paper(
    "authority-to-act",
    "委托书（本人或监护人签名）",
    "Power of attorney, signed by the person or the guardian",
    "帮办人员代办要有委托。",
    "Who helps needs the person's authority.",
    applies=Is("for_whom", "helper"),
)
HELD_CERTIFICATE = paper(
    "disability-certificate",
    "残疾人证",
    "Disability certificate",
    "证明残疾类别、等级和有效期。",
    "Shows class, grade and validity.",
    register=DISABILITY_REGISTER.id,
    output="issue-disability-certificate",
)
PERMIT = paper(
    "residence-permit",
    "浙江省居住证",
    "Zhejiang residence permit",
    "户口不在台州的，凭居住证在居住地申请。",
    "Who is registered elsewhere applies at home with it.",
    applies=Is("register", "lives-here"),
)
