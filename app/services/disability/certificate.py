"""Disabled persons' federation: the disability certificate, issued or changed after assessment."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Not
from app.forms.questions import Date, Page, Text, Tick
from app.services.disability.register import (
    AUTHORITY_TO_ACT,
    CANCEL,
    CERTIFICATE_MEASURES,
    CHANGE,
    CLASSES,
    DISABILITY_REGISTER,
    DISABILITY_STANDARD,
    GUARDIANSHIP,
    HELD_CERTIFICATE,
    HOLDS,
    MINOR,
    NEW,
    PERMIT,
    PUBLISHED,
    REPLACE,
    ZHEJIANG_DETAIL,
    ZHEJIANG_ONE_THING,
    Grade,
)
from app.services.disability.running import NEW_GRADE
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.declaring import ask, check, choose, held, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
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
from app.wording import Words


class Holder(Message):
    """Who the certificate is about, and the county that decides."""

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


class Application(Holder):
    """D1: what the certificate says beside the finding of the hospital."""

    ethnicity: str = told("民族代码", "Ethnicity code", min_length=2, max_length=2)
    address: str = told("在台州的地址", "Address in Taizhou", sensitive=True)
    other_address: str = told("台州以外的地址", "Outside Taizhou", sensitive=True, default="")
    residence_permit: str = told("居住证号码", "Residence permit", sensitive=True, default="")
    cross_area: bool = told("户籍在外地", "Registered elsewhere")
    marriage: str = told("婚姻状况", "Marriage", sensitive=True, default="")
    education: str = told("文化程度", "Education", default="")
    occupation: str = told("职业", "Occupation", default="")
    cause: str = told("致残原因", "Cause", sensitive=True)
    disabled_since: date = told("致残日期", "Since", sensitive=True)
    classes: list[str] = told("评定类别", "Classes found", sensitive=True, min_length=1)
    grade: Grade = told("评定等级", "Grade found", sensitive=True)
    assessment_number: str = told("评定编号", "Number of the assessment", min_length=6)
    collection: str = told("取证方式", "How it is handed over", default="")
    post_to: str = told("邮寄地址", "Post to", sensitive=True, default="")


class ChangeRequest(Holder):
    """D6: the certificate that is held, why it changes, and the new finding."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    change_reason: str = told("变更原因", "Why it changes")
    ethnicity: str = told("民族代码", "Ethnicity code", min_length=2, max_length=2)
    classes: list[str] = told("评定类别", "Classes found", sensitive=True, min_length=1)
    grade: Grade = told("评定等级", "Grade found", sensitive=True)
    assessment_number: str = told("评定编号", "Number of the assessment", min_length=6)
    collection: str = told("取证方式", "How it is handed over", default="")
    post_to: str = told("邮寄地址", "Post to", sensitive=True, default="")


class Certificate(Result):
    """The certificate: red cover for sight, green for the others."""

    certificate_number: str = told("残疾人证号", "Number", sensitive=True, min_length=20)
    classes: list[str] = told("残疾类别", "Classes", sensitive=True)
    grade: Grade = told("残疾等级", "Grade", sensitive=True)
    cover: Literal["红色", "绿色"] | None = told("封皮颜色", "Colour of the cover", default=None)
    issued_on: date = told("发证日期", "Issued on")
    valid_until: date = told("有效期至", "Valid until")


# The digit of a class in the number; 7 stands for several. The order is that of GB/T 26341.
CLASS_DIGITS = {name: str(place) for place, (name, _, _) in enumerate(CLASSES, start=1)}
SEVERAL = "7"
VALID_DAYS = 3652


def certificate_number(person_id: str, classes: list[str], grade: str) -> str:
    """Twenty characters: ID number, class, grade (common knowledge, no source found)."""
    digit = CLASS_DIGITS[classes[0]] if len(classes) == 1 else SEVERAL
    return f"{person_id}{digit}{grade}"


def certificate_of(person_id: str, classes: list[str], grade: Grade, today: date) -> Certificate:
    """A certificate as a stand-in issues it; valid for ten years (no source found)."""
    return Certificate(
        certificate_number=certificate_number(person_id, classes, grade),
        classes=classes,
        grade=grade,
        cover="红色" if classes == ["sight"] else "绿色",
        issued_on=today,
        valid_until=today + timedelta(days=VALID_DAYS),
    )


def certificate_issued(request: Application | ChangeRequest, ticket: Ticket) -> Certificate:
    """The county reviews the hospital's finding and issues what it says."""
    return certificate_of(request.person_id, request.classes, request.grade, ticket.today)


PHOTO = paper(
    "bareheaded-photo",
    "两寸免冠白底近照",
    "Two-inch photo, bareheaded, white ground",
    "印在残疾人证上；纸质办理要三张。",
    "It is printed on the certificate; on paper three are needed.",
)
PHOTO_WRONG = reason(
    "photo",
    "照片不合格（要两寸、免冠、白底），请重传。",
    "The photo does not fit (two inches, bareheaded, white ground): please send it again.",
    CERTIFICATE_MEASURES,
    PHOTO,
)
GUARDIAN_MISSING = reason(
    "guardian-papers",
    "监护人身份或监护关系证明不全，请补充。",
    "The guardian's papers are not complete: please add them.",
    CERTIFICATE_MEASURES,
    GUARDIANSHIP,
)
FALSE_DATA = reason(
    "false-data",
    "身份或户籍信息不真实，不予受理。",
    "Identity or register are not true: not accepted.",
    CERTIFICATE_MEASURES,
)
BELOW_STANDARD = reason(
    "below-standard",
    "评定结果没有达到国家残疾标准。有异议的可以申请重新评定。",
    "The finding is below the national standard. You may ask for a second assessment.",
    DISABILITY_STANDARD,
)
OBJECTION = reason(
    "objection",
    "公示期内有人提出异议，需要重新评定后再办。",
    "Somebody objected during the notice: a second assessment comes first.",
    CERTIFICATE_MEASURES,
)
CARD_LIMIT = Limit(10, "四川岳池县办事指南：10个工作日内审核（外地示例）")
PRINTED_RESULT = Words("残疾人证", "Disability certificate")

ISSUE_DISABILITY_CERTIFICATE = PublicService(
    id="issue-disability-certificate",
    title=Words("残疾人证新办", "New disability certificate"),
    summary=Words(
        "评定和公示结束后由县级残联审核发证；评定、公示的时间不算在内。",
        "Issued by the county after assessment and notice, whose days do not count.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Application,
    produces=Output("disability-certificate", PRINTED_RESULT, Certificate),
    path="/certificates",
    call=post_to("/certificates", Certificate),
    stand_in=certificate_issued,
    promised=CARD_LIMIT,
    statutory=NOT_FOUND,
    rules=(CERTIFICATE_MEASURES, ZHEJIANG_DETAIL, ZHEJIANG_ONE_THING),
    channel="desk",
    evidence=(*OWN_PAPERS, PHOTO, GUARDIANSHIP, AUTHORITY_TO_ACT, PERMIT),
    fee=Words(
        "证件免费；评定费按医院规定（待确认）",
        "The certificate is free; the assessment as the hospital charges (to be confirmed)",
    ),
    supplement_reasons=(PHOTO_WRONG, GUARDIAN_MISSING),
    refusal_reasons=(BELOW_STANDARD, OBJECTION, FALSE_DATA),
    checklist=points(
        ("评定结论与申请类别相符", "The finding agrees with the class claimed"),
        ("公示期满无异议（未成年人不公示）", "Notice over without objection (none for minors)"),
        ("户籍在本县（市、区），或跨区域代收", "Registered here, or collected for another county"),
    ),
)
CHANGE_DISABILITY_CERTIFICATE = PublicService(
    id="change-disability-certificate",
    title=Words("残疾类别或等级变更", "Change of class or grade"),
    summary=Words(
        "重新评定后换发新证；补贴随后重新核定。",
        "A new certificate after a new assessment; benefits are reckoned again afterwards.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=ChangeRequest,
    produces=Output("changed-certificate", PRINTED_RESULT, Certificate),
    path="/certificate-changes",
    call=post_to("/certificate-changes", Certificate),
    stand_in=certificate_issued,
    touches=NEW_GRADE,
    promised=CARD_LIMIT,
    statutory=NOT_FOUND,
    rules=ISSUE_DISABILITY_CERTIFICATE.rules,
    channel="desk",
    evidence=(*OWN_PAPERS, HELD_CERTIFICATE, PHOTO, GUARDIANSHIP, AUTHORITY_TO_ACT),
    fee=ISSUE_DISABILITY_CERTIFICATE.fee,
    supplement_reasons=(PHOTO_WRONG, GUARDIAN_MISSING),
    refusal_reasons=(BELOW_STANDARD, OBJECTION, FALSE_DATA),
    checklist=ISSUE_DISABILITY_CERTIFICATE.checklist,
)


def statistics_page() -> Page:
    """Optional answers that the certificate's register keeps for statistics."""

    return page("about", "个人情况（可不填）", "About the person (optional)", applies=NEW).asks(
        *(
            replace(question, optional=True)
            for question in (
                choose(
                    "marriage", "婚姻状况", "Marriage", sensitive=True, applies=Not(MINOR)
                ).one_of(
                    ("single", "未婚", "Single"),
                    ("married", "已婚", "Married"),
                    ("divorced", "离婚", "Divorced"),
                    ("widowed", "丧偶", "Widowed"),
                ),
                choose("education", "文化程度", "Education").one_of(
                    ("none", "未上过学", "None"),
                    ("primary", "小学", "Primary school"),
                    ("middle", "初中", "Middle school"),
                    ("high", "高中或中专", "High school"),
                    ("college", "大专及以上", "College"),
                ),
                ask("occupation", "职业", "Occupation", Text(longest=30), applies=Not(MINOR)),
            )
        )
    )


def held_page() -> Page:
    """The certificate that is held, and why it is replaced, changed, moved or cancelled."""
    book = held(DISABILITY_REGISTER)
    return page("certificate", "残疾人证", "The certificate", applies=HOLDS).asks(
        ask(
            "certificate_number",
            "残疾人证号",
            "Certificate number",
            Text(longest=22, shortest=20),
            sensitive=True,
            shared=book,
        ).hinted("20位：身份证号加两位数字", "20 characters: the ID number and two digits"),
        ask(
            "valid_until",
            "有效期至",
            "Valid until",
            Date(past_days=3660, ahead_days=3660),
            shared=book,
        ),
        choose("replace_reason", "补办原因", "Why is it replaced?", applies=REPLACE).one_of(
            ("lost", "遗失", "Lost"), ("damaged", "损坏", "Damaged")
        ),
        choose("change_reason", "变更原因", "Why does it change?", applies=CHANGE).one_of(
            ("worse", "残疾加重", "It became worse"),
            ("better", "经康复减轻", "It became better"),
            ("more", "增加了残疾类别", "Another class was added"),
            ("disputed", "对原评定有异议", "The first finding is disputed"),
        ),
        choose("cancel_reason", "注销原因", "Why is it cancelled?", applies=CANCEL).one_of(
            ("recovered", "已康复", "Recovered"),
            ("death", "持证人去世", "The holder has died"),
            ("own-wish", "本人不再需要", "No longer wanted"),
        ),
        check("valid_until", _is_as_told).says(
            "这一天已经过了；请回到前面的问题，选“已到期或快到期”，先换领。",
            "That day is over; please go back, choose “expired or about to” and renew it first.",
        ),
        check("cancel_reason", _somebody_else_applies).says(
            "持证人去世的，请由家人办理：回到“为谁办”，选监护人或家人。",
            "After a death the family applies: go back to who it is for and choose family.",
        ),
        check("certificate_number", _belongs_to_the_person).says(
            "残疾人证号应以本人身份证号开头，请核对。",
            "The number begins with the person's ID number; please check.",
        ),
    )


def _is_as_told(answers: Answers) -> bool:
    """A certificate that was said to be valid is."""
    return answers.text("certificate") != "valid" or answers.date("valid_until") >= answers.today


def _somebody_else_applies(answers: Answers) -> bool:
    return answers.text("cancel_reason") != "death" or answers.text("for_whom") != "self"


def _belongs_to_the_person(answers: Answers) -> bool:
    return answers.text("certificate_number").upper().startswith(answers.text("person_id"))


def disability_page() -> Page:
    """Cause and day, as the certificate's register keeps them."""
    return page("disability", "残疾情况", "The disability", applies=NEW, sensitive=True).asks(
        choose("cause", "致残原因", "What caused it?").one_of(
            ("birth", "先天或遗传", "From birth"),
            ("illness", "疾病", "Illness"),
            ("work", "工伤", "Work"),
            ("traffic", "交通事故", "Traffic"),
            ("other", "其他或不清楚", "Something else or not known"),
        ),
        ask("disabled_since", "致残日期", "Since when?", Date()).hinted(
            "不清楚的填大概日期", "A rough date will do"
        ),
    )


def notice_page() -> Page:
    """Consent to the public notice; never asked for minors, who are not published."""
    return page("notice", "评定结果公示", "Public notice", applies=PUBLISHED).asks(
        ask(
            "notice_consent",
            "我同意评定结果公示5个工作日。",
            "I agree that the finding is published for 5 working days.",
            Tick(),
        )
    )
