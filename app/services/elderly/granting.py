"""Help for older people: old-age allowance, care assessment, care subsidy, care vouchers."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from app.forms.conditions import All, Condition, Is
from app.forms.identifiers import age_on
from app.forms.questions import CreditCode, Page, SharedFrom, Text
from app.services.elderly.running import ALLOWANCE_GRANT, CARE_GRANT, VOUCHER_GRANT
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.benefit_rates import CARE_LEVELS, NURSING_STEPS
from app.vocabulary.common_papers import (
    CARE_ASSESSMENT,
    CARE_REGISTER_ID,
    OWN_PAPERS,
    RELIEF_PROOF,
)
from app.vocabulary.common_rules import EXCLUDED_TIME
from app.vocabulary.declaring import ask, choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    ExcludedTime,
    Message,
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.relief_rates import (
    ELDERLY_CARE_80,
    ELDERLY_CARE_RULE,
    OLD_AGE_RULE,
    OLD_AGE_STEPS,
    VOUCHER_HOME_CAP,
    VOUCHER_INSTITUTION_CAP,
    VOUCHER_RULE,
)
from app.vocabulary.requirement import Parameter
from app.wording import Words

Level = Literal["able", "partly", "basic", "total"]
ALLOWANCE_AGE, CARE_AGE = 80, 60


class Elder(Message):
    """The older person, and how to reach them."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    contact_name: str = told("联系人", "Whom to contact", sensitive=True)
    contact_phone: str = told("联系电话", "Phone", sensitive=True)
    contact_way: str = told("沟通方式", "How to reach the person", default="")
    agent_relation: str = told("代办人关系", "Who helps", default="")
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")


class PaidElder(Elder):
    """The same, with the account that is paid to."""

    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)


class Decided(Result):
    """The decision; what is paid a month, or at most taken off."""

    decision_number: str = told("核定编号", "Number of the decision", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    monthly_yuan: Decimal = told("每月金额（元）", "Yuan a month", ge=0)


def _decided(kind: str, request: Elder, ticket: Ticket, yuan: Decimal) -> Decided:
    number = f"{kind}{request.county}{ticket.number % 10**8:08d}"
    return Decided(decision_number=number, decided_on=ticket.today, monthly_yuan=yuan)


def _rate(parameter: Parameter | None, request: Elder, ticket: Ticket) -> Decimal | None:
    found = parameter.last_known(ticket.today, request.county) if parameter else None
    return found.value if found else None


def allowance_granted(request: PaidElder, ticket: Ticket) -> Decided | StandInRefusal:
    """By age and county; nothing else counts."""
    age = age_on(request.person_id, ticket.today)
    steps = [least for least in OLD_AGE_STEPS if age >= least]
    rate = _rate(OLD_AGE_STEPS[max(steps)], request, ticket) if steps else None
    if rate is None:
        return StandInRefusal("未满80周岁，或本县现行标准待确认。", OLD_AGE_RULE.title.zh)
    return _decided("GL", request, ticket, rate)


NOT_OLD_ENOUGH = reason("age", "年龄未到。", "Not old enough yet.", ELDERLY_CARE_RULE)
ACCOUNT_WRONG = reason(
    "account",
    "收款账户有误，请更正。",
    "The account is wrong: please correct it.",
    ELDERLY_CARE_RULE,
)


def _service(name: str, title: Words, summary: Words, **more: Any) -> PublicService[Any, Any]:
    """A county civil affairs service for older people; nothing was found about its limits."""
    path = f"/{name}"
    return PublicService(
        id=name,
        title=title,
        summary=summary,
        authority=CIVIL_AFFAIRS,
        path=path,
        call=post_to(path, more["produces"].fields),
        promised=NOT_FOUND,
        statutory=NOT_FOUND,
        **more,
    )


PAY_OLD_AGE_ALLOWANCE = _service(
    "pay-old-age-allowance",
    Words("高龄津贴", "Old-age allowance"),
    Words(
        "从满80周岁的当月发到去世的当月，不看收入。",
        "From the month of the 80th birthday to the month of death, whatever the income.",
    ),
    request=PaidElder,
    produces=Output("old-age-allowance", Words("高龄津贴核定", "Allowance"), Decided),
    stand_in=allowance_granted,
    grants=ALLOWANCE_GRANT,
    rules=(OLD_AGE_RULE,),
    evidence=OWN_PAPERS,
    supplement_reasons=(ACCOUNT_WRONG,),
    refusal_reasons=(
        NOT_OLD_ENOUGH,
        reason(
            "registered-elsewhere",
            "户口不在本县（市、区）。",
            "Registered in another county.",
            OLD_AGE_RULE,
        ),
    ),
    checklist=points(("户口在本县，已满80周岁", "Registered here and 80 or more")),
)


class CareQuestion(Elder):
    """What is to be assessed, where the person lives."""

    self_care: Level = told("自述自理能力", "Ability as told", sensitive=True)
    address: str = told("住址", "Address", sensitive=True)


class CareFinding(Result):
    """The assessed ability to care for oneself."""

    assessment_number: str = told("评估编号", "Number of the assessment", min_length=6)
    assessed_on: date = told("评估日期", "Assessed on")
    level: Level = told("自理能力", "Ability", sensitive=True)


def care_assessed(request: CareQuestion, ticket: Ticket) -> CareFinding:
    """The demo assessor finds what was told."""
    return CareFinding(
        assessment_number=f"PG{request.county}{ticket.number % 10**8:08d}",
        assessed_on=ticket.today,
        level=request.self_care,
    )


ASSESS_CARE_NEED = _service(
    "assess-care-need",
    Words("老年人能力评估", "Assessment of ability"),
    Words(
        "上门评估自理能力，养老服务补贴和消费券都用这一次的结果。",
        "At home; subsidy and voucher both use this one result.",
    ),
    request=CareQuestion,
    produces=Output("care-finding", Words("评估结果", "Finding"), CareFinding),
    stand_in=care_assessed,
    rules=(ELDERLY_CARE_RULE, VOUCHER_RULE),
    evidence=OWN_PAPERS,
    excluded=ExcludedTime(
        Words("能力评估由评估员上门做，不计入办理时限", "The assessors' time does not count"),
        EXCLUDED_TIME,
    ),
    fee=Words("首次评估费的抵扣办法待确认", "Whether the first is paid for is to be confirmed"),
    refusal_reasons=(NOT_OLD_ENOUGH,),
    checklist=points(("两名评估员上门（待确认）", "Two assessors at home (to be confirmed)")),
    answers="later",
)


class CareClaim(PaidElder):
    """Ability, place of care, relief status."""

    level: Level = told("自理能力", "Ability", sensitive=True)
    cared_at: Literal["home", "institution"] = told("照护地点", "Where care is given")
    relief: str = told("救助身份", "Relief status", sensitive=True)
    institution_name: str = told("机构名称", "Institution", default="")
    institution_code: str = told("机构统一社会信用代码", "Its credit code", default="")


def care_granted(request: CareClaim, ticket: Ticket) -> Decided | StandInRefusal:
    """Kind A at home by three steps, from 80 at least 125; other kinds by the county."""
    age = age_on(request.person_id, ticket.today)
    if age < CARE_AGE or (request.level == "able" and age < ALLOWANCE_AGE):
        return StandInRefusal("不符合年龄和失能条件。", ELDERLY_CARE_RULE.title.zh)
    if request.relief != "minimum" or request.cared_at == "institution":
        return StandInRefusal("标准由县里确定，待主管部门核定。", ELDERLY_CARE_RULE.title.zh)
    rates = [_rate(NURSING_STEPS.get(request.level), request, ticket)]
    if age >= ALLOWANCE_AGE:
        rates.append(_rate(ELDERLY_CARE_80, request, ticket))
    return _decided("YF", request, ticket, max(rate for rate in rates if rate is not None))


PAY_ELDERLY_CARE = _service(
    "pay-elderly-care-subsidy",
    Words("养老服务补贴", "Elderly care subsidy"),
    Words(
        "低保家庭按自理能力分三档，80周岁以上有基本补贴；其他家庭由县里定。",
        "For families on relief in three steps, from 80 a basic one; else the county decides.",
    ),
    request=CareClaim,
    produces=Output("elderly-care-subsidy", Words("养老服务补贴核定", "Care subsidy"), Decided),
    stand_in=care_granted,
    grants=CARE_GRANT,
    rules=(ELDERLY_CARE_RULE,),
    channel="desk",
    evidence=(*OWN_PAPERS, RELIEF_PROOF, CARE_ASSESSMENT),
    supplement_reasons=(ACCOUNT_WRONG,),
    refusal_reasons=(
        NOT_OLD_ENOUGH,
        reason("income", "家庭收入超过规定。", "The income is above the limit.", ELDERLY_CARE_RULE),
        reason(
            "higher",
            "已领更高的护理补贴，不重复发放（待确认）。",
            "A higher nursing subsidy is paid already (to be confirmed).",
            ELDERLY_CARE_RULE,
        ),
    ),
    checklist=points(
        ("评估结果在有效期内", "The assessment is still valid"),
        ("与护理补贴取高", "The higher of this and the nursing subsidy"),
    ),
)


class VoucherClaim(Elder):
    """Ability, place of care and the voucher's exclusions."""

    level: Level = told("自理能力", "Ability", sensitive=True)
    cared_at: Literal["home", "institution"] = told("照护地点", "Where care is given")
    relief: str = told("救助身份", "Relief status", sensitive=True)
    institution_name: str = told("机构名称", "Institution", default="")
    institution_code: str = told("机构统一社会信用代码", "Its credit code", default="")
    projects: list[str] = told("已享受的项目", "Projects", default=[])


def voucher_given(request: VoucherClaim, ticket: Ticket) -> Decided | StandInRefusal:
    """A voucher for the month while the scheme runs, from moderate loss of ability on."""
    cap = VOUCHER_INSTITUTION_CAP if request.cared_at == "institution" else VOUCHER_HOME_CAP
    in_force = cap.on(ticket.today, request.county)
    if in_force is None or in_force.value is None:
        return StandInRefusal("消费券政策已到期或未开始。", VOUCHER_RULE.title.zh)
    if age_on(request.person_id, ticket.today) < CARE_AGE or request.level == "able":
        return StandInRefusal("不符合年龄和失能条件。", VOUCHER_RULE.title.zh)
    if request.relief == "destitute" or request.projects:
        return StandInRefusal("已享受不能同时领的待遇。", VOUCHER_RULE.title.zh)
    return _decided("XF", request, ticket, in_force.value)


GIVE_CARE_VOUCHER = _service(
    "give-care-voucher",
    Words("养老服务消费补贴（消费券）", "Care consumption voucher"),
    Words(
        "中度及以上失能的老人按月领电子券，抵扣一部分照护费。",
        "For moderate or more severe loss of ability: a voucher off the bill each month.",
    ),
    request=VoucherClaim,
    produces=Output("care-voucher", Words("消费券", "Voucher"), Decided),
    stand_in=voucher_given,
    grants=VOUCHER_GRANT,
    rules=(VOUCHER_RULE,),
    evidence=(*OWN_PAPERS, CARE_ASSESSMENT),
    refusal_reasons=(
        NOT_OLD_ENOUGH,
        reason(
            "excluded",
            "已享受特困供养、集中照护或家庭养老床位项目。",
            "Kept in another way, or in one of the projects already.",
            VOUCHER_RULE,
        ),
    ),
    checklist=points(
        ("评估为中度及以上失能", "Assessed as moderate or more severe"),
        ("按不少于1%抽查到场", "At least 1% are checked on site"),
    ),
)


def ability_pages(applies: Condition, vouchers: Condition) -> tuple[Page, Page]:
    """What the person can do alone, where care is given, and what excludes a voucher."""
    in_institution = Is("cared_at", "institution")
    return (
        page("ability", "自理能力和照护", "Ability and care", applies=applies).asks(
            choose(
                "self_care",
                "能照顾自己吗？",
                "Able to care for oneself?",
                sensitive=True,
                shared=SharedFrom(CARE_REGISTER_ID, "care_level"),
            ).one_of(*CARE_LEVELS),
            choose("cared_at", "在哪里照护？", "Where is care given?").one_of(
                ("home", "在家", "At home"), ("institution", "在养老机构", "In an institution")
            ),
            choose(
                "projects", "已经享受下面的项目吗？", "One of these projects?", applies=vouchers
            ).any_of(
                ("central-care", "集中照护补助", "Aid for central care"),
                ("home-bed", "家庭养老床位项目", "Care beds at home"),
            ),
        ),
        page(
            "institution", "养老机构", "The institution", applies=All((applies, in_institution))
        ).asks(
            ask("institution_name", "机构名称", "Name", Text(longest=60, shortest=4)),
            ask("institution_code", "统一社会信用代码", "Unified social credit code", CreditCode()),
        ),
    )
