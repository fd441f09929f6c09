"""Rehabilitation, devices, home works, care places and small benefits for disabled people."""

from datetime import date
from typing import Any

from app.forms.conditions import AnyOf, Condition, Is
from app.forms.questions import Page, Text
from app.services.disability.assessment import MEDICAL_RECORDS
from app.services.disability.certificate import Holder
from app.services.disability.register import GUARDIANSHIP, HELD_CERTIFICATE, ZHEJIANG_ONE_THING
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION, EDUCATION
from app.vocabulary.common_rules import REHABILITATION_OPINION
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    CompetentAuthority,
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

CITY_PLAN = Rule(
    "taizhou-public-service-plan",
    Words("台州市公共服务体系建设“十四五”规划", "Taizhou's plan of public services"),
    "台政办发〔2021〕52号",
    "A",
    date(2021, 12, 10),
)
DEVICE, WORKS = Is("wanted", "device"), Is("wanted", "home")
PLACE, SMALL = Is("wanted", "care"), Is("wanted", "small")


class Need(Holder):
    """Which help is needed, in a choice and in own words."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True, default="")
    classes: list[str] = told("残疾类别", "Classes", sensitive=True, min_length=1)
    needs_text: str = told("补充说明", "In own words", sensitive=True, default="")
    address: str = told("住址", "Address", sensitive=True)


class RehabilitationNeed(Need):
    """D12: what the child needs."""

    rehab_kind: str = told("康复项目", "Rehabilitation", sensitive=True)


class DeviceNeed(Need):
    """D13: which device."""

    device: str = told("辅助器具", "Device", sensitive=True)


class WorksNeed(Need):
    """D14: what is to be built at home."""

    home_works: str = told("改造内容", "Works")


class PlaceNeed(Need):
    """D15: day or residential care."""

    care_kind: str = told("托养方式", "Care")


class SmallNeed(Need):
    """D18: which of the small benefits."""

    small_benefits: list[str] = told("小额待遇", "Benefits", min_length=1)


class SchoolNeed(Need):
    """D17: which school is to be found."""

    school_stage: str = told("学段", "Stage of school")


class NeedRecord(Result):
    """The need is on the list; somebody will call."""

    need_number: str = told("登记编号", "Number", min_length=6)
    registered_on: date = told("登记日期", "Registered on")
    next_step: str = told("下一步", "What happens next")


def _recorded(next_step: str) -> Any:
    def stand_in(request: Need, ticket: Ticket) -> NeedRecord:
        """Every need is put on the list."""
        number = f"XQ{request.county}{ticket.number % 10**8:08d}"
        return NeedRecord(need_number=number, registered_on=ticket.today, next_step=next_step)

    return stand_in


def _offer(
    name: str,
    title: Words,
    summary: Words,
    request: type[Message],
    next_step: str,
    rule: Rule,
    evidence: tuple[EvidenceType, ...] = (HELD_CERTIFICATE,),
    authority: CompetentAuthority = DISABLED_PERSONS_FEDERATION,
) -> PublicService[Any, NeedRecord]:
    """A service that puts a need on the list; they differ in what is needed."""
    path = f"/{name}"
    return PublicService(
        id=name,
        title=title,
        summary=summary,
        authority=authority,
        request=request,
        produces=Output(f"{name}-record", Words("需求登记", "Need on the list"), NeedRecord),
        path=path,
        call=post_to(path, NeedRecord),
        stand_in=_recorded(next_step),
        promised=NOT_FOUND,
        statutory=NOT_FOUND,
        rules=(rule,),
        evidence=evidence,
        supplement_reasons=(
            reason(
                "unclear",
                "需求说得不够清楚，请补充。",
                "The need is not clear enough: please tell more.",
                rule,
            ),
        ),
        refusal_reasons=(
            reason(
                "not-covered",
                "不在当年的服务范围内。",
                "Not covered by this year's services.",
                rule,
            ),
        ),
        checklist=points(("需求已入户或电话核实", "Confirmed by a visit or a call")),
    )


CLAIM_REHABILITATION = _offer(
    "claim-child-rehabilitation",
    Words("残疾儿童康复救助", "Rehabilitation aid for children"),
    Words(
        "17周岁以内有康复需要的孩子（年龄待确认），有诊断即可，不一定要残疾人证。",
        "For children up to 17 (age to be confirmed); a diagnosis will do, no certificate needed.",
    ),
    RehabilitationNeed,
    "残联评估后安排定点康复机构",
    REHABILITATION_OPINION,
    (MEDICAL_RECORDS, GUARDIANSHIP),
)
CLAIM_DEVICE = _offer(
    "claim-assistive-device",
    Words("辅助器具适配补贴", "Assistive device"),
    Words(
        "轮椅、助听器、假肢等，评估后适配；补贴标准待确认。",
        "Wheelchairs, hearing aids, limbs; fitted after a check; the grant is to be confirmed.",
    ),
    DeviceNeed,
    "残联安排适配评估",
    ZHEJIANG_ONE_THING,
)
REQUEST_HOME_WORKS = _offer(
    "request-home-access-works",
    Words("家庭无障碍改造", "Accessibility works at home"),
    Words(
        "坡道、扶手、卫生间改造、闪光门铃等，上门看过后设计。",
        "Ramps, handrails, bathrooms, flashing bells; planned after a visit.",
    ),
    WorksNeed,
    "残联上门查看、确定方案",
    CITY_PLAN,
)
REQUEST_CARE_PLACE = _offer(
    "request-disability-care-place",
    Words("残疾人之家和托养服务", "Day and residential care"),
    Words(
        "白天到残疾人之家，或住进托养机构；按评估安排。",
        "By day in a house for disabled people, or in an institution, as assessed.",
    ),
    PlaceNeed,
    "残联、民政评估后安排",
    CITY_PLAN,
)
CLAIM_SMALL_BENEFITS = _offer(
    "claim-small-disability-benefits",
    Words("燃油补贴、公交优待等", "Fuel subsidy, free buses and the like"),
    Words(
        "机动轮椅车燃油补贴、免费乘公交等小额优待；条件和标准待确认。",
        "Fuel for a motor wheelchair, free buses; conditions and rates are to be confirmed.",
    ),
    SmallNeed,
    "残联核对后办理",
    ZHEJIANG_ONE_THING,
)
REFER_TO_SCHOOL = _offer(
    "refer-disabled-pupil",
    Words("残疾学生入学安置", "A school for a disabled pupil"),
    Words(
        "转给教育部门，由专家委员会评估后安排学校；入学报名请走“教育入学一件事”。",
        "Passed on to education, whose experts find a school; sign up with school entry.",
    ),
    SchoolNeed,
    "教育部门联系您，安排评估",
    CITY_PLAN,
    (HELD_CERTIFICATE, GUARDIANSHIP),
    EDUCATION,
)


def needs_page(adults: Condition, rehabilitation: Condition) -> Page:
    """Which rehabilitation, device, works and care are needed."""
    applies = AnyOf((adults, rehabilitation))
    return page("needs", "服务需求", "What is needed", applies=applies).asks(
        choose(
            "rehab_kind", "需要哪种康复？", "Which rehabilitation?", applies=rehabilitation
        ).one_of(
            ("therapy", "康复训练", "Therapy"),
            ("surgery", "手术", "Surgery"),
            ("implant", "人工耳蜗或助听器", "Hearing implant or aid"),
            ("unsure", "不清楚，请评估", "Not known, please assess"),
        ),
        choose("device", "需要哪种辅具？", "Which device?", applies=DEVICE).one_of(
            ("wheelchair", "轮椅", "Wheelchair"),
            ("hearing-aid", "助听器", "Hearing aid"),
            ("limb", "假肢或矫形器", "Artificial limb or brace"),
            ("sight", "助视器或盲杖", "Sight aid or cane"),
            ("other", "其他，请评估", "Something else, please assess"),
        ),
        choose("home_works", "家里要改什么？", "What is to be built?", applies=WORKS).one_of(
            ("ramp", "坡道和门槛", "Ramp and doorstep"),
            ("bathroom", "卫生间和扶手", "Bathroom and handrails"),
            ("bell", "闪光门铃等提示", "Flashing bell and the like"),
            ("other", "其他，请上门看", "Something else, please visit"),
        ),
        choose("care_kind", "想要哪种托养？", "Which care?", applies=PLACE).one_of(
            ("day", "白天到残疾人之家", "By day"),
            ("residential", "住在托养机构", "Residential"),
            ("home", "上门照护", "At home"),
        ),
        ask("needs_text", "还有什么要说的？", "Anything else?", Text(300, lines=4), optional=True),
    )


def small_page(small: Condition, school: Condition) -> Page:
    """Small benefits, and the stage of school."""
    return page("small", "其他", "More", applies=AnyOf((small, school))).asks(
        choose("small_benefits", "要哪些优待？", "Which benefits?", applies=small).some_of(
            ("fuel", "机动轮椅车燃油补贴", "Fuel for a motor wheelchair"),
            ("bus", "免费乘公交", "Free buses"),
        ),
        choose("school_stage", "要上哪个学段？", "Which stage of school?", applies=school).one_of(
            ("kindergarten", "学前", "Kindergarten"),
            ("compulsory", "小学、初中", "Primary or middle school"),
            ("high", "高中、中职", "High school"),
        ),
    )
