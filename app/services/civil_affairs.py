"""Civil affairs and disabled persons' federation: marriage records and referral of a child."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from app.forms.conditions import Condition, Is, Not
from app.forms.questions import YES_NO, Page, Repeated, Text, Tick
from app.vocabulary.authorities import CIVIL_AFFAIRS, DISABLED_PERSONS_FEDERATION
from app.vocabulary.common_rules import NO_REPEAT_ASKING, REHABILITATION_OPINION
from app.vocabulary.declaring import ask, choose, held, page
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    SharedRegister,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType
from app.wording import Words

ADOPTION = Words("请联系民政部门，电话12349。", "Please contact civil affairs, telephone 12349.")
CONCERN = Is("concern", "hearing", "defect", "hardship", "other")
CONSENTED = CONCERN & Is("referral_consent", "yes")


def support_page(child: Repeated) -> Page:
    """Whether a child needs help, and whether the guardian wants to be contacted."""
    return page("support", "需要帮助的情况", "Help for the child", each=child, sensitive=True).asks(
        choose("concern", "孩子有需要帮助的情况吗？", "Does the child need help?").one_of(
            ("none", "没有", "No"),
            ("hearing", "听力筛查没有通过", "The hearing test was not passed"),
            ("defect", "有先天疾病或缺陷", "A disease or defect from birth"),
            ("hardship", "家庭照顾有困难", "The family has difficulties"),
            ("other", "其他情况", "Something else"),
        ),
        ask(
            "referral_consent",
            "同意转给残联、民政联系您吗？",
            "May the federation and civil affairs contact you?",
            YES_NO,
            applies=CONCERN,
        ),
    )


class Referral(Message):
    """B12: a child who may need help, with the guardian's consent to be contacted."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    concern: Literal["hearing", "defect", "hardship", "other"] = told(
        "需要帮助的情况", "What help is about", sensitive=True
    )
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")


class ReferralEntry(Result):
    """Who will contact the family."""

    referral_number: str = told("转介编号", "Referral number", min_length=6)
    referred_on: date = told("转介日期", "Referred on")
    contact: str = told("联系方式", "Contact")


def referred(request: Referral, ticket: Ticket) -> ReferralEntry:
    """Every referral is taken; hardship goes to civil affairs, the rest to the federation."""
    contact = "民政服务热线 12349" if request.concern == "hardship" else "县（市、区）残疾人联合会"
    number = f"ZJ{request.county}{ticket.number % 10**8:08d}"
    return ReferralEntry(referral_number=number, referred_on=ticket.today, contact=contact)


REFER_CHILD_AT_RISK = PublicService(
    id="refer-child-at-risk",
    title=Words("困境、残疾新生儿转介", "Referral of a child who needs help"),
    summary=Words(
        "经您同意，转给残联和民政，有专人联系您；也可拨打12349。",
        "With your consent the federation and civil affairs contact you; or call 12349.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=Referral,
    produces=Output("referral", Words("转介登记", "Referral"), ReferralEntry),
    path="/referrals",
    call=post_to("/referrals", ReferralEntry),
    stand_in=referred,
    promised=Limit(None, "待主管部门确认"),
    statutory=Limit(None, "待主管部门确认"),
    rules=(REHABILITATION_OPINION,),
    evidence=(
        EvidenceType(
            "screening-report",
            Words("新生儿筛查或诊断报告", "Screening or diagnosis report"),
            Words("让工作人员提前了解情况。", "Lets staff prepare before they call."),
            optional=True,
        ),
    ),
    supplement_reasons=(
        Reason(
            "report",
            Words("请补充筛查或诊断报告。", "Please add the screening or diagnosis report."),
            REHABILITATION_OPINION,
            "screening-report",
        ),
    ),
    checklist=(Words("监护人已同意转介", "The guardian consented to the referral"),),
)


class MarriageQuery(Message):
    """Whose marriage is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class MarriageFacts(Result):
    """The marriage that is registered for the person who asks."""

    certificate_number: str | None = told("结婚证字号", "Certificate number", default=None)


def marriage_of(_request: MarriageQuery, record: Mapping[str, Any]) -> MarriageFacts | None:
    """The demo person's record, or None where no marriage is held."""
    return MarriageFacts.model_validate(record) if record else None


MARRIAGE_REGISTER = SharedRegister(
    id="marriage-register",
    title=Words("婚姻登记信息", "Marriage register"),
    authority=CIVIL_AFFAIRS,
    request=MarriageQuery,
    facts=MarriageFacts,
    path="/marriages/query",
    stand_in=marriage_of,
    purpose=Words(
        "核对父母的婚姻登记，不用您再上传结婚证。",
        "To check the parents' marriage, so that you need not upload the certificate.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)


def marriage_page(married: Condition) -> Page:
    """The parents' marriage, or that the child was born outside one."""
    return page("marriage", "父母的婚姻", "The parents' marriage").asks(
        ask(
            "marriage_number",
            "结婚证字号",
            "Number of the marriage certificate",
            Text(longest=40),
            applies=married,
            shared=held(MARRIAGE_REGISTER, "certificate_number"),
        ),
        ask(
            "outside_marriage",
            "我声明：孩子是非婚生育，所述父母情况属实。",
            "The child was born outside marriage; the parents are as stated.",
            Tick(),
            applies=Not(married),
        ),
    )
