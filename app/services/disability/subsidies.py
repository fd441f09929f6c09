"""The two disability subsidies: living subsidy in hardship, nursing subsidy when severe."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Is
from app.forms.questions import BankAccount, CreditCode, Date, Page, SharedFrom, Text
from app.services.disability.certificate import Holder
from app.services.disability.register import (
    AUTHORITY_TO_ACT,
    GUARDIANSHIP,
    HELD_CERTIFICATE,
    MIND,
    Grade,
)
from app.services.disability.running import LIVING_GRANT, NURSING_GRANT
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.benefit_rates import (
    CARE_LEVELS,
    LIVING_RULE,
    NURSING_RULE,
    income_limit,
    living_subsidy,
    nursing_subsidy,
)
from app.vocabulary.common_papers import CARE_ASSESSMENT, CARE_REGISTER_ID, OWN_PAPERS, RELIEF_PROOF
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Limit,
    Output,
    PublicService,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

LEVEL = Literal["total", "basic", "partly", "able"]
IN_INSTITUTION = Is("care_place", "institution")
SEVERE = Is("grade", "1", "2")
# Township and federation have ten days each; what civil affairs has of its own was not found.
PLACE_LIMIT = Limit(None, "安徽宿州埇桥区流程图：全程承诺20个工作日，民政环节没有写（外地示例）")


class SubsidyClaim(Holder):
    """What both subsidies need: certificate, other benefits, account."""

    certificate_number: str = told("残疾人证号", "Certificate number", sensitive=True)
    valid_until: date | None = told("残疾人证有效期至", "Certificate valid until", default=None)
    township: str = told("乡镇（街道）代码", "Township code")
    relief: str = told("救助身份", "Relief status", sensitive=True)
    other_benefits: list[str] = told("其他补贴", "Other benefits", sensitive=True, default=[])
    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)
    account_reason: str = told("用监护人账户的原因", "Why the guardian's account", default="")


class LivingClaim(SubsidyClaim):
    """D7: the family's income, unless the relief status says enough."""

    review_number: str = told("残联复核编号", "The federation's review", default="")
    own_income: Decimal | None = told("本人月收入", "Own income", sensitive=True, default=None)
    per_head: Decimal | None = told("人均月收入", "Per head", sensitive=True, default=None)
    check_number: str = told("核对编号", "Number of the income check", default="")
    working_age: bool = told("劳动年龄段", "Of working age")


class NursingClaim(SubsidyClaim):
    """D8: grade and class, how much care is needed, and where it is given."""

    review_number: str = told("残联复核编号", "The federation's review", default="")
    grade: Grade = told("残疾等级", "Grade", sensitive=True)
    classes: list[str] = told("残疾类别", "Classes", sensitive=True, min_length=1)
    care_level: LEVEL = told("自理能力", "Ability to care for oneself", sensitive=True)
    care_assessed_on: date | None = told("评估日期", "Assessed on", default=None)
    care_place: Literal["home", "institution"] = told("护理方式", "Where care is given")
    institution_name: str = told("机构名称", "Institution", default="")
    institution_code: str = told("机构统一社会信用代码", "Its credit code", default="")
    contract_from: date | None = told("协议开始", "Contract from", default=None)
    contract_to: date | None = told("协议到期", "Contract until", default=None)


class SubsidyDecision(Result):
    """What is paid each month; no amount where the rate in force is not confirmed."""

    decision_number: str = told("核定编号", "Number of the decision", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    monthly_yuan: Decimal = told("每月金额（元）", "Yuan a month", ge=0)
    paid_from: date = told("起发月份", "Paid from")
    pay_to: str = told("收款户名", "Paid to")


def _decision(
    kind: str, request: SubsidyClaim, ticket: Ticket, monthly: Decimal
) -> SubsidyDecision:
    return SubsidyDecision(
        decision_number=f"{kind}{request.county}{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        monthly_yuan=monthly,
        paid_from=ticket.today.replace(day=1),
        pay_to=request.account_holder,
    )


def _is_poor(request: LivingClaim, day: date) -> bool:
    limit = income_limit(day, request.county)
    if request.relief in {"minimum", "near"}:
        return True
    if limit is None:
        return False
    by_family = request.per_head is not None and request.per_head < limit
    by_own = request.own_income is not None and request.own_income < limit
    return by_family or (request.working_age and by_own)


def _has_expired(request: SubsidyClaim, ticket: Ticket) -> bool:
    """A certificate whose time is over stops both subsidies."""
    return request.valid_until is not None and request.valid_until < ticket.today


def living_checked(request: LivingClaim, ticket: Ticket) -> SubsidyDecision | StandInRefusal:
    """30 % of the minimum living line, to who is poor and not kept in another way."""
    if _has_expired(request, ticket):
        return StandInRefusal(EXPIRED.text.zh, LIVING_RULE.title.zh)
    if request.relief in {"destitute", "orphan"} or "injury" in request.other_benefits:
        return StandInRefusal(
            "已享受特困、孤儿保障或工伤护理费，不能同时领取。", LIVING_RULE.title.zh
        )
    if not _is_poor(request, ticket.today):
        return StandInRefusal("家庭人均收入和本人收入都超过规定标准。", LIVING_RULE.title.zh)
    monthly = living_subsidy(ticket.today, request.county)
    if monthly is None:
        return StandInRefusal("现行低保标准待确认，暂不能核定。")
    return _decision("SB", request, ticket, monthly)


def nursing_checked(request: NursingClaim, ticket: Ticket) -> SubsidyDecision | StandInRefusal:
    """By how much care is needed, half as much again in an institution."""
    if _has_expired(request, ticket):
        return StandInRefusal(EXPIRED.text.zh, NURSING_RULE.title.zh)
    of_mind = {"intellectual", "mental"} & set(request.classes)
    if request.grade not in {"1", "2"} and not of_mind:
        return StandInRefusal("残疾等级不在护理补贴范围内。", NURSING_RULE.title.zh)
    if "injury" in request.other_benefits:
        return StandInRefusal("已享受工伤护理费，不能同时领取。", NURSING_RULE.title.zh)
    if request.care_level == "able":
        return StandInRefusal("评估结果为能够自理，不需要长期照护。", NURSING_RULE.title.zh)
    in_institution = request.care_place == "institution"
    monthly = nursing_subsidy(
        request.care_level, ticket.today, request.county, in_institution=in_institution
    )
    if monthly is None:
        return StandInRefusal("现行护理补贴标准待确认，暂不能核定。")
    return _decision("HB", request, ticket, monthly)


ACCOUNT_PROOF = paper(
    "guardian-account-proof",
    "使用监护人账户的说明",
    "Why the guardian's account is used",
    "补贴原则上发到本人账户。",
    "Benefits go to the person's own account as a rule.",
    applies=Is("account_of", "guardian"),
)
PLACEMENT = paper(
    "placement-contract",
    "托养协议（残联、民政认可）",
    "Contract with the institution, approved",
    "住机构的补贴上浮，要有经认可的协议。",
    "More is paid in an institution, with an approved contract.",
    applies=IN_INSTITUTION,
)
NOT_OWN_ACCOUNT = reason(
    "account",
    "收款账户户名不是本人或监护人，请更正。",
    "The account is neither the person's nor the guardian's: please correct it.",
    LIVING_RULE,
)
EXPIRED = reason(
    "certificate-expired",
    "残疾人证已过期，请先换领。",
    "The certificate has expired: please renew it first.",
    LIVING_RULE,
)
DOUBLE = reason(
    "double-benefit",
    "已享受不能同时领取的待遇。",
    "Another benefit that excludes this one is paid already.",
    LIVING_RULE,
)
ELSEWHERE = reason(
    "registered-elsewhere",
    "户籍不在本县（市、区），请到户籍地申请。",
    "Registered elsewhere: please apply at the place of register.",
    LIVING_RULE,
)
COMMON_PAPERS = (*OWN_PAPERS, HELD_CERTIFICATE, GUARDIANSHIP, AUTHORITY_TO_ACT, ACCOUNT_PROOF)
FLOW = points(
    ("乡镇（街道）初审并公示", "The township has checked and published it"),
    ("县残联复核残疾人证", "The federation has checked the certificate"),
    ("没有重复或互斥的待遇", "No benefit twice, none that excludes this one"),
)

CLAIM_LIVING_SUBSIDY = PublicService(
    id="claim-disability-living-subsidy",
    title=Words("困难残疾人生活补贴", "Living subsidy for disabled people in hardship"),
    summary=Words(
        "每月为低保标准的30%；乡镇（街道）初审、残联复核、民政核定。",
        "30% of the minimum living line each month; township, federation, civil affairs.",
    ),
    authority=CIVIL_AFFAIRS,
    request=LivingClaim,
    produces=Output("living-subsidy", Words("生活补贴核定", "Living subsidy"), SubsidyDecision),
    path="/disability-living-subsidies",
    call=post_to("/disability-living-subsidies", SubsidyDecision),
    stand_in=living_checked,
    grants=LIVING_GRANT,
    promised=PLACE_LIMIT,
    statutory=NOT_FOUND,
    rules=(LIVING_RULE,),
    channel="desk",
    evidence=(*COMMON_PAPERS, RELIEF_PROOF),
    supplement_reasons=(NOT_OWN_ACCOUNT,),
    refusal_reasons=(
        reason(
            "income",
            "家庭人均收入和本人收入都超过低保标准的1.5倍。",
            "Both the family's and the own income are above 1.5 times the line.",
            LIVING_RULE,
        ),
        DOUBLE,
        EXPIRED,
        ELSEWHERE,
    ),
    checklist=FLOW,
)
CLAIM_NURSING_SUBSIDY = PublicService(
    id="claim-disability-nursing-subsidy",
    title=Words("重度残疾人护理补贴", "Nursing subsidy for severe disability"),
    summary=Words(
        "按自理能力分三档，经批准住机构的上浮50%。",
        "Three steps by ability to care for oneself; half as much again in an institution.",
    ),
    authority=CIVIL_AFFAIRS,
    request=NursingClaim,
    produces=Output("nursing-subsidy", Words("护理补贴核定", "Nursing subsidy"), SubsidyDecision),
    path="/disability-nursing-subsidies",
    call=post_to("/disability-nursing-subsidies", SubsidyDecision),
    stand_in=nursing_checked,
    grants=NURSING_GRANT,
    promised=PLACE_LIMIT,
    statutory=NOT_FOUND,
    rules=(NURSING_RULE,),
    channel="desk",
    evidence=(*COMMON_PAPERS, CARE_ASSESSMENT, PLACEMENT),
    supplement_reasons=(
        NOT_OWN_ACCOUNT,
        reason(
            "assessment",
            "自理能力评估已过期或没有，请补做评估。",
            "The assessment of ability is missing or too old: please have it done.",
            NURSING_RULE,
            CARE_ASSESSMENT,
        ),
    ),
    refusal_reasons=(
        reason(
            "grade",
            "残疾等级不在范围内（一、二级，或智力、精神三、四级）。",
            "Only grades 1 and 2, or 3 and 4 for intellectual or mental disability.",
            NURSING_RULE,
        ),
        reason(
            "able",
            "评估结果为能够自理。",
            "The assessment says that no long care is needed.",
            NURSING_RULE,
        ),
        DOUBLE,
        EXPIRED,
        ELSEWHERE,
    ),
    checklist=FLOW,
)


def nursing_pages(applies: Condition) -> tuple[Page, Page]:
    """How much care is needed, and the institution where there is one."""
    known = SharedFrom(CARE_REGISTER_ID, "")

    def ends_later(answers: Answers) -> bool:
        return answers.date("contract_to") > answers.date("contract_from")

    return (
        page("care", "自理能力", "Ability to care for oneself", applies=applies).asks(
            choose(
                "care_level",
                "评估结果是哪一种？",
                "What did the assessment say?",
                sensitive=True,
                shared=known,
            ).one_of(*CARE_LEVELS),
            ask(
                "care_assessed_on",
                "哪天评估的？",
                "When was that?",
                Date(past_days=3660),
                shared=known,
            ),
        ),
        page(
            "institution", "托养机构", "The institution", applies=All((applies, IN_INSTITUTION))
        ).asks(
            ask("institution_name", "机构名称", "Name", Text(longest=60, shortest=4)),
            ask("institution_code", "统一社会信用代码", "Unified social credit code", CreditCode()),
            ask("contract_from", "协议从哪天开始？", "Contract from", Date(ahead_days=366)),
            ask("contract_to", "协议到哪天为止？", "Contract until", Date(ahead_days=3660)),
            check("contract_to", ends_later).says(
                "到期日要晚于开始日，请核对。", "The end must be after the beginning."
            ),
        ),
    )


def account_page(applies: Condition, guardian: Condition) -> Page:
    """Where benefits are paid to: the person's account, or the guardian's with a reason."""

    def holder_fits(answers: Answers) -> bool:
        whose = "guardian_name" if answers.text("account_of") == "guardian" else "person_name"
        return answers.parts("benefit_account").get("holder") == answers.text(whose)

    return page("account", "收款账户", "Account", applies=applies).asks(
        choose("account_of", "用谁的账户？", "Whose account?", applies=guardian).one_of(
            ("own", "本人的", "The person's"), ("guardian", "监护人的", "The guardian's")
        ),
        ask(
            "account_reason",
            "为什么用监护人的账户？",
            "Why the guardian's account?",
            Text(longest=100),
            applies=Is("account_of", "guardian"),
        ),
        ask("benefit_account", "补贴收款账户", "Account for benefits", BankAccount()).hinted(
            "建议用社保卡账户", "Best the social security card's"
        ),
        check("benefit_account", holder_fits).says(
            "户名与所选的人不一致，请换账户。",
            "The account is not in that person's name; please choose another.",
        ),
    )


NURSING_BY_GRADE = SEVERE | MIND
