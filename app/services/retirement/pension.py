"""R5, R11, R14 and R17: computing and paying the pension, extra rights, or the residents' one."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import BankAccount, Page, SameAs, Text
from app.services.retirement.application import AUTHORITY, IDENTITY_CARD, SOCIAL_INSURANCE_LAW
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
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
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words
from app.workflow.deadlines import add_months
from app.workflow.retirement_age import in_force

YEARS = Words("周岁", "years")
EXTRA_RULE = Rule(
    "extra-retirement-rights",
    Words("退休人员特殊待遇有关规定", "Rules on extra rights of pensioners"),
    "职称、荣誉、归侨",
    "U",
)
RESIDENT_RULE = Rule(
    "resident-pension-2014",
    Words(
        "国务院关于建立统一的城乡居民基本养老保险制度的意见",
        "State Council opinion on the residents' pension",
    ),
    "国发〔2014〕8号",
    "U",
    date(2014, 2, 21),
)
RESIDENT_AGE = Parameter(
    "resident-pension-age",
    Words("城乡居民养老金领取年龄", "Age of the residents' pension"),
    (Amount(Decimal(60), YEARS, "", date(2014, 2, 21), "国发〔2014〕8号（原文未核对）", "U"),),
)
# Said of the month, without a figure: how long it takes was not found.
BY_BATCH = Limit(None, "按月成批核定，从核准的次月起发放；时限待主管部门确认")


def account_page() -> Page:
    """Where the pension is paid to: the person's own card or account."""
    return page("account", "养老金账户", "Account for the pension").asks(
        choose("account_kind", "养老金发到哪里？", "Where is it paid to?").one_of(
            ("card", "本人社保卡", "My social security card"),
            ("debit", "本人银行卡", "My bank card"),
        ),
        ask(
            "pension_account",
            "账户",
            "The account",
            BankAccount(),
            suggested=(SameAs("person_name"),),
        ).hinted("要是本人的、正在使用的账户", "Your own account, in use"),
        check("pension_account", _is_own).says(
            "户名要是退休人员本人，请换一个账户。", "The account must be the retiree's own."
        ),
    )


def _is_own(answers: Answers) -> bool:
    return answers.parts("pension_account").get("holder") == answers.text("person_name")


class PensionAccount(PaidToPerson):
    """R14: the account or card that is activated for the pension."""

    account_kind: Literal["card", "debit"] = told("账户种类", "Kind of account")


class ActiveAccount(Result):
    """The account can be paid to."""

    entry_number: str = told("账户登记号", "Entry number", min_length=6)
    active_on: date = told("启用日期", "Active on")


def account_activated(request: PensionAccount, ticket: Ticket) -> ActiveAccount | StandInRefusal:
    """Only the person's own account."""
    if request.account_holder != request.person_name:
        return StandInRefusal("户名不是退休人员本人。", "社会保险法")
    number = f"ZH{request.county}{ticket.number % 10**8:08d}"
    return ActiveAccount(entry_number=number, active_on=ticket.today)


NOT_OWN = reason(
    "account-not-own",
    "账户不是本人的，或已经停用，请更换。",
    "The account is not your own or is closed: please give another.",
    SOCIAL_INSURANCE_LAW,
)

ACTIVATE_PENSION_ACCOUNT = PublicService(
    id="activate-pension-account",
    title=Words("养老金发放账户（社保卡）登记", "Account for the pension"),
    summary=Words(
        "登记并启用收养老金的社保卡或银行卡。", "Enters and activates the card that is paid to."
    ),
    authority=HUMAN_RESOURCES,
    request=PensionAccount,
    produces=Output("pension-account", Words("发放账户", "Account"), ActiveAccount),
    path="/pension-accounts",
    call=post_to("/pension-accounts", ActiveAccount),
    stand_in=account_activated,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW,),
    supplement_reasons=(NOT_OWN,),
    checklist=points(
        ("户名与本人一致，账户可用", "Own account, in use"),
    ),
)


class PensionRequest(PaidToPerson):
    """R5: from when, on which years, to which account."""

    approval_number: str = told("退休核准编号", "Approval number", min_length=6)
    paid_from: date = told("待遇起始月", "Pension from")
    pension_years: int = told("养老保险缴费满年数", "Full years paid", ge=0, le=60)
    pension_months: int = told("另有月数", "And months", ge=0, le=11)
    paid_up_months: int = told("已补缴月数", "Months paid up", default=0, ge=0)
    deemed_months: int | None = told("视同缴费月数", "Deemed months", default=None)
    extra_rights: str = told("认定的特殊待遇", "Extra rights found", default="")


class PensionDecision(Result):
    """The pension is computed; the amount is the insurance's to say."""

    decision_number: str = told("待遇核定编号", "Decision number", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    paid_from: date = told("发放起始月", "Paid from")
    monthly_yuan: float | None = told("月养老金（元）", "A month (yuan)", default=None, ge=0)


def pension_computed(request: PensionRequest, ticket: Ticket) -> PensionDecision | StandInRefusal:
    """Paid from the month after approval; no amount, for the local formula was not found."""
    if request.account_holder != request.person_name:
        return StandInRefusal("户名不是退休人员本人。", "社会保险法")
    return PensionDecision(
        decision_number=f"YL{request.county}{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        paid_from=request.paid_from,
    )


COMPUTE_PENSION = PublicService(
    id="compute-pension",
    title=Words("新增退休人员养老保险待遇核定发放", "Computing and paying the pension"),
    summary=Words(
        "按缴费年限和指数核定养老金，从核准的次月起发放。",
        "Computes the pension; it is paid from the month after approval.",
    ),
    authority=HUMAN_RESOURCES,
    request=PensionRequest,
    produces=Output("pension", Words("养老金核定", "Pension decision"), PensionDecision),
    path="/pensions",
    call=post_to("/pensions", PensionDecision),
    stand_in=pension_computed,
    promised=BY_BATCH,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW,),
    supplement_reasons=(NOT_OWN,),
    refusal_reasons=(
        reason(
            "paid-elsewhere",
            "已在其他地方领取养老待遇，不能重复领取。",
            "A pension is paid elsewhere already.",
            SOCIAL_INSURANCE_LAW,
        ),
    ),
    checklist=points(
        ("退休已核准，年限已认定", "Approved, years recognised"),
        ("没有在其他地方领取养老待遇", "No pension is drawn elsewhere"),
    ),
    answers="later",
)


def extra_page(applies: Condition) -> Page:
    """Titles and honours that raise the pension."""
    return page("extra", "特殊待遇", "Extra rights", applies=applies).asks(
        choose("extra_titles", "有哪些职称、荣誉或身份？", "Which of these do you hold?").some_of(
            ("senior-title", "高级职称", "Senior professional title"),
            ("senior-technician", "高级技师", "Senior technician"),
            ("model-worker", "劳动模范", "Model worker"),
            ("senior-expert", "高级专家", "Senior expert"),
            ("returned-chinese", "归侨", "Returned overseas Chinese"),
            ("special-work", "特殊工种一次性补贴", "Lump sum for special work"),
        ),
        ask("extra_certificate", "证书编号", "Number of the certificate", Text(longest=60)).hinted(
            "有几个的，用逗号分开", "Several: with commas between them"
        ),
    )


class ExtraRights(AboutPerson):
    """R11: what is held, and its certificate."""

    extra_titles: list[str] = told("职称、荣誉、身份", "Titles and honours", min_length=1)
    extra_certificate: str = told("证书编号", "Certificate number", min_length=1)


class ExtraFound(Result):
    """What is recognised; nothing is a result too, so that the pension can be computed."""

    finding_number: str = told("确认编号", "Finding number", min_length=6)
    found_on: date = told("确认日期", "Found on")
    recognised: str = told("确认的项目（没有的填“无”）", "Recognised (“无” for none)", min_length=1)


def extra_found(request: ExtraRights, ticket: Ticket) -> ExtraFound:
    """All that was named."""
    return ExtraFound(
        finding_number=f"TS{request.county}{ticket.number % 10**8:08d}",
        found_on=ticket.today,
        recognised="、".join(request.extra_titles),
    )


HONOUR = paper(
    "honour-certificate",
    "职称、荣誉或身份证书",
    "Certificate of the title or honour",
    "确认可以享受的特殊待遇。",
    "Shows which extra right one has.",
    defer_working_days=10,
)

CONFIRM_EXTRA_RIGHTS = PublicService(
    id="confirm-extra-rights",
    title=Words("退休特殊待遇资格确认", "Extra rights at retirement"),
    summary=Words(
        "核对高级职称、劳模、归侨等，养老金按规定加发。",
        "Checks titles and honours that add to the pension.",
    ),
    authority=HUMAN_RESOURCES,
    request=ExtraRights,
    produces=Output("extra-rights", Words("特殊待遇确认", "Extra rights"), ExtraFound),
    path="/extra-rights",
    call=post_to("/extra-rights", ExtraFound),
    stand_in=extra_found,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(EXTRA_RULE,),
    channel="desk",
    evidence=(HONOUR,),
    supplement_reasons=(
        reason(
            "certificate-unclear",
            "证书看不清，请重新上传。",
            "The certificate is unclear: please send it again.",
            EXTRA_RULE,
            HONOUR,
        ),
    ),
    checklist=points(
        ("证书属实", "The certificate is real"),
        ("没有可确认的，填“无”", "Nothing to recognise: enter “无”"),
    ),
)


class ResidentClaim(PaidToPerson):
    """R17: the residents' pension instead, from 60."""

    born_on: date = told("出生日期", "Born on", sensitive=True)
    phone: str = told("联系电话", "Phone", sensitive=True)
    household: str = told("户籍地址", "Register", sensitive=True, default="")


class ResidentPension(Result):
    """The residents' pension is granted."""

    claim_number: str = told("待遇申领编号", "Claim number", min_length=6)
    granted_on: date = told("核定日期", "Granted on")
    paid_from: date = told("发放起始月", "Paid from")


def resident_granted(request: ResidentClaim, ticket: Ticket) -> ResidentPension | StandInRefusal:
    """Granted from 60 on, paid from the next month."""
    if add_months(request.born_on, in_force(RESIDENT_AGE, ticket.today) * 12) > ticket.today:
        return StandInRefusal("还没有年满60周岁。", "国发〔2014〕8号")
    return ResidentPension(
        claim_number=f"JM{request.county}{ticket.number % 10**8:08d}",
        granted_on=ticket.today,
        paid_from=add_months(ticket.today.replace(day=1), 1),
    )


CLAIM_RESIDENT_PENSION = PublicService(
    id="claim-resident-pension",
    title=Words("城乡居民基本养老保险待遇申领", "Residents' pension"),
    summary=Words(
        "职工养老年限不够的，转到居民养老保险，满60周岁领取。",
        "With too few years: the residents' pension, from the age of 60.",
    ),
    authority=HUMAN_RESOURCES,
    request=ResidentClaim,
    produces=Output("resident-pension", Words("居民养老待遇", "Pension"), ResidentPension),
    path="/resident-pensions",
    call=post_to("/resident-pensions", ResidentPension),
    stand_in=resident_granted,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(RESIDENT_RULE,),
    evidence=(IDENTITY_CARD, AUTHORITY),
    supplement_reasons=(NOT_OWN,),
    refusal_reasons=(
        reason(
            "under-60",
            "还没有年满60周岁。",
            "Not 60 years old yet.",
            RESIDENT_RULE,
        ),
        reason(
            "employee-pension",
            "已经在领职工养老金。",
            "An employees' pension is drawn already.",
            RESIDENT_RULE,
        ),
    ),
    checklist=points(("年满60周岁", "60 years old"), ("没有职工养老待遇", "No other pension")),
)
