"""Work and insurance for disabled people: employment help, contributions that are paid for them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.conditions import Condition
from app.forms.divisions import counties
from app.forms.questions import YES_NO, Choice, Number, Option, Page, Text
from app.services.disability.certificate import Holder
from app.services.disability.register import HELD_CERTIFICATE, ZHEJIANG_ONE_THING
from app.services.disability.running import MEDICAL_GRANT, PENSION_GRANT
from app.vocabulary.authorities import (
    DISABLED_PERSONS_FEDERATION,
    HEALTHCARE_SECURITY,
    HUMAN_RESOURCES,
)
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words


class WorkHelp(Holder):
    """D9: what somebody of working age can and wants to do."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    work_state: Literal["jobless", "working", "own"] = told("就业状况", "Work now")
    work_wish: Literal["firm", "home", "own", "sheltered"] = told("就业意向", "Work wished")
    skills: str = told("技能", "Skills", default="")
    training: bool = told("愿意参加培训", "Would like training")


class WorkRecord(Result):
    """The registration and who will call."""

    record_number: str = told("登记编号", "Number of the record", min_length=6)
    registered_on: date = told("登记日期", "Registered on")
    kind: str = told("登记类型", "Kind of record")


def work_recorded(request: WorkHelp, ticket: Ticket) -> WorkRecord:
    """Who has no work is registered as unemployed, who has as employed."""
    return WorkRecord(
        record_number=f"JY{request.county}{ticket.number % 10**8:08d}",
        registered_on=ticket.today,
        kind="失业登记" if request.work_state == "jobless" else "就业登记",
    )


def work_page(applies: Condition) -> Page:
    """Work now, work wished, skills, training."""
    return page("work", "就业意向", "Work", applies=applies).asks(
        choose("work_state", "现在有工作吗？", "Do you have work now?").one_of(
            ("jobless", "没有", "No"),
            ("working", "在单位上班", "Employed"),
            ("own", "自己做事或灵活就业", "Self-employed"),
        ),
        choose("work_wish", "想做哪种工作？", "Which work do you wish?").one_of(
            ("firm", "到单位上班", "With an employer"),
            ("home", "居家就业", "From home"),
            ("own", "自主创业", "A business of one's own"),
            ("sheltered", "残疾人之家辅助性就业", "Sheltered work"),
        ),
        ask("skills", "会什么技能？", "Which skills?", Text(longest=100), optional=True),
        ask("training", "愿意参加免费培训吗？", "Would you like free training?", YES_NO),
    )


HELP_INTO_WORK = PublicService(
    id="help-disabled-into-work",
    title=Words("残疾人就业帮扶", "Employment help for disabled people"),
    summary=Words(
        "做就业或失业登记，推荐岗位和培训。",
        "Registers as employed or unemployed, offers jobs and training.",
    ),
    authority=DISABLED_PERSONS_FEDERATION,
    request=WorkHelp,
    produces=Output("work-record", Words("就业帮扶登记", "Employment help"), WorkRecord),
    path="/employment-help",
    call=post_to("/employment-help", WorkRecord),
    stand_in=work_recorded,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ZHEJIANG_ONE_THING,),
    evidence=(HELD_CERTIFICATE,),
    refusal_reasons=(reason("age", "不在劳动年龄内。", "Not of working age.", ZHEJIANG_ONE_THING),),
    checklist=points(("已与人社部门信息共享", "Shared with human resources")),
)


class ContributionAid(Holder):
    """D10 and D11: whose contribution is paid, where, and in which step."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    grade: str = told("残疾等级", "Grade", sensitive=True)
    insured_county: str = told("参保地", "Insured in", pattern=r"^\d{6}$")


class PensionAid(ContributionAid):
    """D10: the step of contribution that was chosen."""

    pension_step: Decimal = told("缴费档次（元/年）", "Step (yuan a year)", ge=0)


class AidDecision(Result):
    """From which year the contribution is paid; the share is fixed by the city."""

    aid_number: str = told("资助编号", "Number of the aid", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    from_year: int = told("从哪一年起", "From the year", ge=2000)


def _granted(kind: str, request: ContributionAid, ticket: Ticket) -> AidDecision:
    return AidDecision(
        aid_number=f"{kind}{request.county}{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        from_year=ticket.today.year + 1,
    )


def pension_granted(request: PensionAid, ticket: Ticket) -> AidDecision | StandInRefusal:
    """For grades 1 and 2, in the yearly batch."""
    if request.grade not in {"1", "2"}:
        return StandInRefusal("代缴只面向重度残疾人（一、二级）。")
    return _granted("YL", request, ticket)


def medical_granted(request: ContributionAid, ticket: Ticket) -> AidDecision:
    """Every certificate holder who is enrolled, in the yearly batch."""
    return _granted("YB", request, ticket)


SEVERE_ONLY = reason(
    "grade",
    "残疾等级不在资助范围内。",
    "The grade is not covered by this aid.",
    ZHEJIANG_ONE_THING,
)
NOT_ENROLLED = reason(
    "not-enrolled",
    "没有在本地参保，请先参保。",
    "Not enrolled here: please enrol first.",
    ZHEJIANG_ONE_THING,
)
AID_CHECKS = points(
    ("已在本地参保", "Enrolled here"), ("没有由单位缴费", "No employer pays contributions")
)
PAY_PENSION_CONTRIBUTION = PublicService(
    id="pay-disabled-pension-contribution",
    title=Words("重度残疾人养老保险费代缴", "Pension contribution paid for you"),
    summary=Words(
        "参加城乡居民养老保险的重度残疾人，由政府代缴或补助；标准待确认。",
        "For the severely disabled in the residents' pension; the share is to be confirmed.",
    ),
    authority=HUMAN_RESOURCES,
    request=PensionAid,
    produces=Output("pension-aid", Words("养老保险费代缴", "Pension contribution"), AidDecision),
    path="/disabled-pension-contributions",
    call=post_to("/disabled-pension-contributions", AidDecision),
    stand_in=pension_granted,
    grants=PENSION_GRANT,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ZHEJIANG_ONE_THING,),
    evidence=(HELD_CERTIFICATE,),
    refusal_reasons=(SEVERE_ONLY, NOT_ENROLLED),
    checklist=AID_CHECKS,
    answers="later",
)
PAY_MEDICAL_AID = PublicService(
    id="pay-disabled-medical-contribution",
    title=Words("残疾人医保缴费资助", "Medical contribution paid for you"),
    summary=Words(
        "参加城乡居民医保的残疾人，个人缴费部分由政府资助；标准待确认。",
        "The personal contribution to the residents' insurance; the share is to be confirmed.",
    ),
    authority=HEALTHCARE_SECURITY,
    request=ContributionAid,
    produces=Output("medical-aid", Words("医保缴费资助", "Medical contribution"), AidDecision),
    path="/disabled-medical-contributions",
    call=post_to("/disabled-medical-contributions", AidDecision),
    stand_in=medical_granted,
    grants=MEDICAL_GRANT,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ZHEJIANG_ONE_THING,),
    evidence=(HELD_CERTIFICATE,),
    refusal_reasons=(SEVERE_ONLY, NOT_ENROLLED),
    checklist=AID_CHECKS,
    answers="later",
)


def insurance_page(applies: Condition, pension: Condition) -> Page:
    """Where the person is insured, and the step of the pension contribution."""
    places = Choice(tuple(Option(county.code, county.name) for county in counties()), as_list=True)
    return page("insurance", "参保情况", "Insurance", applies=applies).asks(
        ask("insured_county", "在哪里参保？", "Where are you insured?", places),
        ask(
            "pension_step",
            "养老保险每年缴费档次",
            "Pension contribution a year",
            Number(0, 20_000, Words("元/年", "yuan a year"), 2),
            applies=pension,
        ),
    )
