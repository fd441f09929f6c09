"""Health commission: fertility registration, birth certificate, and hospital birth records."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from app.forms.conditions import Condition, DaysSince, Is
from app.forms.questions import Page, Repeated, Text
from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, held, number, page
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    SharedRegister,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType, Rule
from app.wording import Words

FERTILITY_RULE = Rule(
    "fertility-registration-opinion",
    Words("关于完善生育登记制度的指导意见", "Opinion on improving fertility registration"),
    "国家卫生健康委，2021年12月",
    "B",
)
CERTIFICATE_RULE = Rule(
    "zhejiang-birth-certificate-rule",
    Words(
        "浙江省《出生医学证明》管理规定",
        "Zhejiang rule on the medical certificate of birth",
    ),
    "浙卫发〔2012〕96号",
    "C",
    date(2012, 1, 1),
)

SHANGYU = "绍兴市上虞区2020年公布的做法（外地示例）"
NOT_FOUND = Limit(None, "待主管部门确认")
HOSPITAL = Words(
    "请先到出生医院的证明签发窗口领取，再回来办其余事项。",
    "Please get the certificate at the hospital of birth, then come back for the rest.",
)
NAMED_BODY = Words(
    "请到出生地卫生健康部门指定的机构；可拨打12345，请帮办人员上门。",
    "Please go to the body named by the local health commission; 12345 arranges a visit.",
)

PARENTS_IDENTITY = EvidenceType(
    "parents-identity",
    Words("父母的居民身份证或户口簿", "Parents' ID cards or household book"),
    Words("核对孩子父母的身份。", "To check who the parents are."),
    register="family-register",
    alternatives=Words(
        "没有居民身份证的，用护照等其他身份证件。",
        "Without an ID card: a passport or another identity document.",
    ),
)
MARRIAGE_CERTIFICATE = EvidenceType(
    "marriage-certificate",
    Words("结婚证", "Marriage certificate"),
    Words("核对父母的婚姻登记。", "To check that the parents are married to each other."),
    applies=Is("parents", "married"),
    register="marriage-register",
    commitment=True,
)


class FertilityRegistration(Message):
    """B1: who the parents are and which child it is."""

    mother_name: str = told("母亲姓名", "Mother's name")
    mother_document: str = told("母亲证件号码", "Mother's document number", sensitive=True)
    father_name: str = told("父亲姓名", "Father's name")
    father_document: str = told("父亲证件号码", "Father's document number", sensitive=True)
    married: bool = told("父母是否已婚", "Parents married to each other")
    birth_order: int = told("第几个孩子", "Birth order", ge=1, le=20)
    marriage_number: str = told("结婚证字号", "Marriage certificate number", default="")
    address: str = told("母亲现住地址", "Mother's home address", sensitive=True)
    father_address: str = told("父亲现住地址", "Father's home", sensitive=True, default="")


class FertilityEntry(Result):
    """The entry in the fertility register."""

    registration_number: str = told("生育登记编号", "Registration number", min_length=6)
    registered_on: date = told("登记日期", "Registered on")


def fertility_registered(_request: FertilityRegistration, ticket: Ticket) -> FertilityEntry:
    """The department enters every registration at once."""
    number = f"SY{ticket.today:%Y}{ticket.number % 10**8:08d}"
    return FertilityEntry(registration_number=number, registered_on=ticket.today)


REGISTER_FERTILITY = PublicService(
    id="register-fertility",
    title=Words("生育登记", "Fertility registration"),
    summary=Words(
        "登记生育情况，产前产后都可以办；没登记不影响其他事项。",
        "Can be done before or after the birth; nothing else waits for it.",
    ),
    authority=HEALTH_COMMISSION,
    request=FertilityRegistration,
    produces=Output(
        "fertility-registration", Words("生育登记服务单", "Fertility registration"), FertilityEntry
    ),
    path="/fertility-registrations",
    call=post_to("/fertility-registrations", FertilityEntry),
    stand_in=fertility_registered,
    promised=Limit(0, "浙江省2017年起当场登记的做法"),
    statutory=NOT_FOUND,
    rules=(FERTILITY_RULE, NO_REPEAT_ASKING),
    evidence=(PARENTS_IDENTITY, MARRIAGE_CERTIFICATE),
    supplement_reasons=(
        Reason(
            "marriage-differs",
            Words(
                "婚姻登记信息没有核对上，请上传结婚证照片。",
                "The marriage record does not match: please upload the marriage certificate.",
            ),
            evidence="marriage-certificate",
        ),
    ),
    checklist=(Words("父母身份与婚姻情况一致", "Parents' identity and marriage agree"),),
)


class BirthCertificateRequest(Message):
    """B2: what is printed on the certificate; nothing can be changed after printing."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    sex: Literal["1", "2"] = told("性别（1男 2女）", "Sex (1 male, 2 female)", sensitive=True)
    born_at: datetime = told("出生时间", "Born at", sensitive=True)
    institution: str = told("出生机构", "Place of birth")
    weeks: int = told("孕周", "Weeks of gestation", sensitive=True, ge=20, le=45)
    weight_g: int = told("体重（克）", "Weight (g)", sensitive=True, ge=300, le=7000)
    length_cm: int = told("身长（厘米）", "Length (cm)", sensitive=True, ge=20, le=65)
    mother_name: str = told("母亲姓名", "Mother's name")
    mother_document: str = told("母亲证件号码", "Mother's document number", sensitive=True)
    father_name: str = told("父亲姓名", "Father's name")
    father_document: str = told("父亲证件号码", "Father's document number", sensitive=True)
    agent_relation: str = told("代办人与父母的关系", "How the agent is related", default="")
    post_to: str = told("邮寄地址", "Post to", sensitive=True)


class BirthCertificate(Result):
    """The medical certificate of birth."""

    certificate_number: str = told(
        "出生医学证明编号", "Certificate number", sensitive=True, pattern=r"^[A-Z]\d{9}$"
    )
    issued_on: date = told("签发日期", "Issued on")
    issued_by: str = told("签发机构", "Issued by")


def has_a_parents_surname(child: str, *parents: str) -> bool:
    """The rule of 2012; an empty name is a parent who is not declared.

    Names with a middle dot or in Latin letters follow customs without a surname in front.
    """
    declared = [name for name in parents if name]
    is_free = any("·" in name or name.isascii() for name in (child, *declared) if name)
    return is_free or child[:1] in {name[0] for name in declared}


def certificate_issued(
    request: BirthCertificateRequest, ticket: Ticket
) -> BirthCertificate | StandInRefusal:
    """Issued at once, if the surname is the mother's or the father's."""
    if not has_a_parents_surname(request.child_name, request.mother_name, request.father_name):
        return StandInRefusal(
            "孩子的姓与父母双方都不同，请到签发机构窗口办理。", "浙卫发〔2012〕96号"
        )
    return BirthCertificate(
        certificate_number=f"{'WXYZ'[ticket.number % 4]}{ticket.number % 10**9:09d}",
        issued_on=ticket.today,
        issued_by=request.institution,
    )


ISSUE_BIRTH_CERTIFICATE = PublicService(
    id="issue-birth-certificate",
    title=Words("出生医学证明首次签发", "Birth certificate, first issue"),
    summary=Words(
        "由孩子出生的助产机构签发，签发后内容不能改。",
        "Issued by the hospital of birth; nothing on it can be changed afterwards.",
    ),
    authority=HEALTH_COMMISSION,
    request=BirthCertificateRequest,
    produces=Output(
        "birth-certificate", Words("出生医学证明", "Medical certificate of birth"), BirthCertificate
    ),
    path="/birth-certificates",
    call=post_to("/birth-certificates", BirthCertificate),
    stand_in=certificate_issued,
    promised=Limit(0, SHANGYU),
    statutory=NOT_FOUND,
    rules=(CERTIFICATE_RULE, NO_REPEAT_ASKING),
    evidence=(
        PARENTS_IDENTITY,
        EvidenceType(
            "late-issue-explanation",
            Words("超期办理的情况说明", "Explanation of the delay"),
            Words(
                "出生满30天后首次签发要说明原因。", "A first issue after 30 days needs a reason."
            ),
            applies=DaysSince("born_on", at_least=31),
        ),
        EvidenceType(
            "undeclared-father-statement",
            Words("未申报父亲信息的书面声明", "Statement that no father is declared"),
            Words("只登记母亲信息时需要。", "Needed when only the mother is entered."),
            applies=Is("parents", "father-not-declared"),
        ),
        EvidenceType(
            "power-of-attorney",
            Words("授权委托书", "Power of attorney"),
            Words("证明父母委托您办理。", "Shows that the parents asked you to act."),
            applies=Is("for_whom", "agent"),
        ),
    ),
    supplement_reasons=(
        Reason(
            "explanation-unclear",
            Words("请写明超过30天才办理的原因。", "Please explain why more than 30 days passed."),
            CERTIFICATE_RULE,
            "late-issue-explanation",
        ),
    ),
    refusal_reasons=(
        Reason(
            "surname",
            Words(
                "孩子的姓与父母双方都不同，请到窗口办理。",
                "The surname is neither parent's: please come to the counter.",
            ),
            CERTIFICATE_RULE,
        ),
        Reason(
            "issued-before",
            Words(
                "该孩子已签发过出生医学证明。", "A certificate was issued for this child before."
            ),
            CERTIFICATE_RULE,
        ),
    ),
    checklist=(
        Words("与医院出生记录一致", "Agrees with the hospital's birth record"),
        Words("姓名用字已定，姓随父或母", "Name settled; surname of father or mother"),
    ),
)


class BirthRecordQuery(Message):
    """Which parent asks for the hospital's record of a birth."""

    id_number: str = told("查询人身份证号", "ID number of the parent", sensitive=True)


class BirthRecordFacts(Result):
    """What the midwifery institution recorded; lists hold one entry per child of the birth."""

    number_of_children: str | None = told("孩子数", "Number of children", default=None)
    institution: str | None = told("出生机构", "Place of birth", default=None)
    birth_order: int | None = told("第几个孩子", "Birth order", default=None)
    sex: list[str] = told("性别", "Sex", default=[], sensitive=True)
    birth_time: list[str] = told("出生时间", "Born at", default=[], sensitive=True)
    weeks: list[int] = told("孕周", "Weeks of gestation", default=[], sensitive=True)
    weight: list[int] = told("体重（克）", "Weight (g)", default=[], sensitive=True)
    length: list[int] = told("身长（厘米）", "Length (cm)", default=[], sensitive=True)


def birth_record_of(
    _request: BirthRecordQuery, record: Mapping[str, Any]
) -> BirthRecordFacts | None:
    """The demo person's record, or None where the hospital's system holds nothing."""
    return BirthRecordFacts.model_validate(record) if record else None


BIRTH_RECORDS = SharedRegister(
    id="birth-record",
    title=Words("助产机构出生记录", "Hospital birth records"),
    authority=HEALTH_COMMISSION,
    request=BirthRecordQuery,
    facts=BirthRecordFacts,
    path="/birth-records/query",
    stand_in=birth_record_of,
    purpose=Words(
        "取得孩子的出生时间、性别、体重等，不用您再填。",
        "To take time of birth, sex and weight from the hospital, so that you need not type them.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
    about_child=True,
)


def birth_page(issued_now: Condition) -> Page:
    """The hospital, where a certificate is issued now, and which child it is."""
    return page("birth", "出生情况", "The birth").asks(
        ask(
            "institution",
            "出生的医院",
            "Hospital of birth",
            Text(longest=60),
            applies=issued_now,
            shared=held(BIRTH_RECORDS, locked=True),
        ),
        ask(
            "birth_order",
            "这是母亲的第几个孩子？",
            "The mother's how-manieth child?",
            number(1, 20),
            shared=held(BIRTH_RECORDS),
        ).hinted("多胞胎填第一个孩子的次序", "For twins, count the first of them"),
    )


def at_birth_page(applies: Condition, child: Repeated) -> Page:
    """What the certificate says of a child's body."""
    recorded = held(BIRTH_RECORDS, locked=True)
    return page(
        "child-health", "出生时的体格", "At birth", applies=applies, each=child, sensitive=True
    ).asks(
        ask("weeks", "孕周", "Weeks of gestation", number(20, 45, "周", "weeks"), shared=recorded),
        ask("weight", "体重", "Weight", number(300, 7000, "克", "g"), shared=recorded),
        ask("length", "身长", "Length", number(20, 65, "厘米", "cm"), shared=recorded),
    )
