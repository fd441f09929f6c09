"""Health commission, children's health: immunisation certificate and parenting guidance."""

from datetime import date, datetime
from typing import Literal

from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType, Rule
from app.wording import Words

VACCINE_LAW = Rule(
    "vaccine-law-47",
    Words("中华人民共和国疫苗管理法", "Vaccine Administration Law"),
    "第四十七条",
    "B",
    date(2019, 12, 1),
)
PUBLIC_HEALTH_RULE = Rule(
    "basic-public-health-services",
    Words("国家基本公共卫生服务规范", "National rules on basic public health services"),
    "0—6岁儿童健康管理",
    "U",
)

SHANGYU = "绍兴市上虞区2020年公布的做法（外地示例）"
NOT_FOUND = Limit(None, "待主管部门确认")


class ImmunisationRequest(Message):
    """B3: child and guardian for the immunisation file."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    born_at: datetime = told("出生时间", "Born at", sensitive=True)
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)
    address: str = told("居住地址", "Home address", sensitive=True)


class ImmunisationCertificate(Result):
    """The immunisation certificate and where the first doses are given."""

    certificate_number: str = told("预防接种证编号", "Certificate number", min_length=6)
    issued_on: date = told("办证日期", "Issued on")


def immunisation_issued(request: ImmunisationRequest, ticket: Ticket) -> ImmunisationCertificate:
    """No unit may refuse a certificate, so neither does the stand-in."""
    number = f"JZ{request.born_at:%Y%m}{ticket.number % 10**8:08d}"
    return ImmunisationCertificate(certificate_number=number, issued_on=ticket.today)


ISSUE_IMMUNISATION_CERTIFICATE = PublicService(
    id="issue-immunisation-certificate",
    title=Words("预防接种证办理", "Immunisation certificate"),
    summary=Words(
        "出生后一个月内办理，首次接种时领取。",
        "Within a month of birth; handed over at the first dose.",
    ),
    authority=HEALTH_COMMISSION,
    request=ImmunisationRequest,
    produces=Output(
        "immunisation-certificate",
        Words("预防接种证", "Immunisation certificate"),
        ImmunisationCertificate,
    ),
    path="/immunisation-certificates",
    call=post_to("/immunisation-certificates", ImmunisationCertificate),
    stand_in=immunisation_issued,
    promised=Limit(0, SHANGYU),
    statutory=NOT_FOUND,
    rules=(VACCINE_LAW,),
    evidence=(
        EvidenceType(
            "proof-of-birth",
            Words("出生医学证明或出院记录", "Birth certificate or hospital record"),
            Words("确认孩子的出生信息。", "To confirm the birth."),
            register="birth-record",
            output="issue-birth-certificate",
            optional=True,
        ),
    ),
    checklist=(Words("孩子与监护人信息完整", "Child and guardian complete"),),
)


class GuidanceRegistration(Message):
    """B10: child and guardian, so that the health centre can call and visit."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    born_at: datetime = told("出生时间", "Born at", sensitive=True)
    certificate_number: str = told("出生医学证明编号", "Birth certificate number", sensitive=True)
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)
    address: str = told("居住地址", "Home address", sensitive=True)


class HealthFile(Result):
    """The child's health file at the health centre."""

    file_number: str = told("儿童健康档案编号", "Child health file number", min_length=6)
    registered_on: date = told("登记日期", "Registered on")


def guidance_registered(request: GuidanceRegistration, ticket: Ticket) -> HealthFile:
    """A file is opened for every child at once."""
    number = f"ET{request.born_at:%Y}{ticket.number % 10**8:08d}"
    return HealthFile(file_number=number, registered_on=ticket.today)


REGISTER_PARENTING_GUIDANCE = PublicService(
    id="register-parenting-guidance",
    title=Words("科学育儿指导服务登记", "Parenting guidance registration"),
    summary=Words(
        "建立儿童健康档案，社区医生会联系您做新生儿访视。",
        "Opens a health file; the health centre contacts you for the first visits.",
    ),
    authority=HEALTH_COMMISSION,
    request=GuidanceRegistration,
    produces=Output("child-health-file", Words("儿童健康档案", "Child health file"), HealthFile),
    path="/parenting-guidance",
    call=post_to("/parenting-guidance", HealthFile),
    stand_in=guidance_registered,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(PUBLIC_HEALTH_RULE,),
    checklist=(Words("联系电话可用", "The phone number works"),),
)
