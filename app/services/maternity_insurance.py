"""Healthcare security: maternity expenses, maternity allowance, and the insurance record."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import YES_NO, BankAccount, CreditCode, Page, SameAs, Text
from app.vocabulary.authorities import HEALTHCARE_SECURITY
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, check, held, page
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
from app.vocabulary.requirement import Amount, EvidenceType, Parameter, Rule
from app.wording import Words

SOCIAL_INSURANCE_LAW = Rule(
    "social-insurance-law-54-56",
    Words("中华人民共和国社会保险法", "Social Insurance Law"),
    "第五十四条至第五十六条",
    "U",
    date(2011, 7, 1),
)
FAMILY_REGULATION = Rule(
    "zhejiang-population-regulation",
    Words("浙江省人口与计划生育条例", "Zhejiang regulations on population and family planning"),
    "产假",
    "C",
    date(2021, 11, 25),
)

DAYS = Words("天", "days")
LEAVE_SOURCE = "浙江省2025年生育津贴政策解读"
LEAVE_FROM = date(2021, 11, 25)


def _leave(id_: str, zh: str, en: str, days: int) -> Parameter:
    amount = Amount(Decimal(days), DAYS, "33", LEAVE_FROM, LEAVE_SOURCE, "C")
    return Parameter(id_, Words(zh, en), (amount,))


LEAVE_FIRST_CHILD = _leave("leave-first-child", "一孩产假天数", "Leave days, first child", 158)
LEAVE_LATER_CHILD = _leave("leave-later-child", "二孩三孩产假天数", "Leave days, later child", 188)
LEAVE_EXTRA_CHILD = _leave("leave-extra-child", "多胞胎每多一孩", "Each further twin", 15)
LEAVE_DIFFICULT = _leave("leave-difficult-birth", "难产增加天数", "Difficult birth", 15)

NOT_FOUND = Limit(None, "待主管部门确认")


class ExpenseClaim(Message):
    """B8: the costs of the birth, under the cover of the insured parent."""

    mother_name: str = told("母亲姓名", "Mother's name")
    mother_document: str = told("母亲证件号码", "Mother's document number", sensitive=True)
    insured: Literal["mother", "father", "resident"] = told("按谁的保险", "Under whose cover")
    insured_name: str = told("参保人姓名", "Insured person")
    birth_certificate_number: str = told("出生医学证明编号", "Certificate number", sensitive=True)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)


class Payment(Result):
    """A benefit that was granted and ordered to be paid."""

    payment_number: str = told("支付单号", "Payment number", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    pay_to: str = told("收款户名", "Paid to")
    leave_days: int | None = told("津贴天数", "Days of allowance", default=None)


def expenses_reimbursed(request: ExpenseClaim, ticket: Ticket) -> Payment | StandInRefusal:
    """Paid to the mother's own account only."""
    if request.account_holder != request.mother_name:
        return StandInRefusal("收款账户的户名不是母亲本人，请换成母亲的账户。")
    number = f"SYBX{ticket.number % 10**8:08d}"
    return Payment(payment_number=number, decided_on=ticket.today, pay_to=request.account_holder)


HOSPITAL_BILL = EvidenceType(
    "hospital-bill",
    Words("住院分娩的结算单和发票", "Hospital bill and receipts of the birth"),
    Words("计算可以报销的费用。", "To compute what is reimbursed."),
    register="maternity-insurance",
    # Later handing-in by promise (容缺) is 国发〔2022〕5号; the number of days is our proposal.
    defer_working_days=10,
)
CERTIFICATE = EvidenceType(
    "birth-certificate",
    Words("出生医学证明", "Medical certificate of birth"),
    Words("证明孩子的出生和父母。", "Proves the birth and the parents."),
    output="issue-birth-certificate",
)
ACCOUNT_REASON = Reason(
    "account",
    Words(
        "收款账户不是母亲本人的，或者已经注销，请更正。",
        "The account is not the mother's or is closed: please correct it.",
    ),
    SOCIAL_INSURANCE_LAW,
)

REIMBURSE_MATERNITY_EXPENSES = PublicService(
    id="reimburse-maternity-expenses",
    title=Words("生育医疗费用报销", "Maternity expense reimbursement"),
    summary=Words("报销产检和分娩的医疗费用。", "Refunds medical costs of pregnancy and birth."),
    authority=HEALTHCARE_SECURITY,
    request=ExpenseClaim,
    produces=Output("maternity-expenses", Words("生育医疗费用支付", "Payment"), Payment),
    path="/maternity-expenses",
    call=post_to("/maternity-expenses", Payment),
    stand_in=expenses_reimbursed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW,),
    evidence=(CERTIFICATE, HOSPITAL_BILL),
    supplement_reasons=(ACCOUNT_REASON,),
    checklist=(Words("费用没有在医院直接结算", "Not settled with the hospital already"),),
    answers="later",
)


class AllowanceClaim(Message):
    """B8: paid leave of an insured woman worker; days follow birth order and number of children."""

    mother_name: str = told("母亲姓名", "Mother's name")
    mother_document: str = told("母亲证件号码", "Mother's document number", sensitive=True)
    employer: str = told("用人单位名称", "Employer")
    employer_code: str = told("单位统一社会信用代码", "Employer's credit code", min_length=18)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    birth_order: int = told("第几个孩子", "Birth order", ge=1, le=20)
    children: int = told("本次孩子数", "Children of this birth", ge=1, le=4)
    difficult_birth: bool = told("是否难产（含剖宫产）", "Difficult birth", sensitive=True)
    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)


def leave_days(born_on: date, birth_order: int, children: int, difficult: bool) -> int | None:
    """Days of allowance by the parameters in force on the day of birth, or None where none is."""
    base = LEAVE_FIRST_CHILD if birth_order == 1 else LEAVE_LATER_CHILD
    wanted = ((base, 1), (LEAVE_EXTRA_CHILD, children - 1), (LEAVE_DIFFICULT, int(difficult)))
    total = Decimal(0)
    for parameter, times in wanted:
        amount = parameter.on(born_on)
        if amount is None or amount.value is None:
            return None
        total += amount.value * times
    return int(total)


def allowance_granted(request: AllowanceClaim, ticket: Ticket) -> Payment | StandInRefusal:
    """Granted for the days of the rule, to the mother's own account only."""
    if request.account_holder != request.mother_name:
        return StandInRefusal("收款账户的户名不是母亲本人，请换成母亲的账户。")
    return Payment(
        payment_number=f"SYJT{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        pay_to=request.account_holder,
        leave_days=leave_days(
            request.born_on, request.birth_order, request.children, request.difficult_birth
        ),
    )


PAY_MATERNITY_ALLOWANCE = PublicService(
    id="pay-maternity-allowance",
    title=Words("生育津贴申领", "Maternity allowance"),
    summary=Words(
        "按单位上年度月平均工资和产假天数发给参保女职工。",
        "Paid to insured women workers by the employer's average wage and the days of leave.",
    ),
    authority=HEALTHCARE_SECURITY,
    request=AllowanceClaim,
    produces=Output("maternity-allowance", Words("生育津贴支付", "Payment"), Payment),
    path="/maternity-allowances",
    call=post_to("/maternity-allowances", Payment),
    stand_in=allowance_granted,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW, FAMILY_REGULATION),
    evidence=(CERTIFICATE,),
    supplement_reasons=(ACCOUNT_REASON,),
    refusal_reasons=(
        Reason(
            "not-insured",
            Words("分娩时没有参加生育保险。", "Not insured for maternity at the birth."),
            SOCIAL_INSURANCE_LAW,
        ),
    ),
    checklist=(
        Words("用人单位已连续缴费", "The employer has paid without a gap"),
        Words("户名与母亲一致", "Account in the mother's name"),
    ),
    answers="later",
)


class InsuranceQuery(Message):
    """Which parent asks for the mother's maternity insurance."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class InsuranceFacts(Result):
    """The mother's employer as the insurance knows it."""

    employer: str | None = told("用人单位名称", "Employer", default=None)
    employer_code: str | None = told("单位统一社会信用代码", "Employer's code", default=None)


def insurance_of(_request: InsuranceQuery, record: Mapping[str, Any]) -> InsuranceFacts | None:
    """The demo person's record, or None where there is no maternity insurance."""
    return InsuranceFacts.model_validate(record) if record else None


MATERNITY_INSURANCE = SharedRegister(
    id="maternity-insurance",
    title=Words("生育保险参保与结算信息", "Maternity insurance and settlement records"),
    authority=HEALTHCARE_SECURITY,
    request=InsuranceQuery,
    facts=InsuranceFacts,
    path="/maternity-insurance/query",
    stand_in=insurance_of,
    purpose=Words(
        "取得母亲的参保单位和住院结算信息，不用您再填写和上传。",
        "To take the mother's employer and the hospital settlement, instead of papers from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)


def maternity_page(applies: Condition, allowance: Condition) -> Page:
    """Where the benefits are paid to, and what the allowance depends on where she gets one."""
    recorded = held(MATERNITY_INSURANCE)
    return page("maternity", "生育待遇", "Maternity benefits", applies=applies).asks(
        ask(
            "employer",
            "母亲的用人单位",
            "Mother's employer",
            Text(longest=60),
            applies=allowance,
            shared=recorded,
        ),
        ask(
            "employer_code",
            "单位统一社会信用代码",
            "The employer's credit code",
            CreditCode(),
            applies=allowance,
            shared=recorded,
        ),
        ask(
            "difficult_birth",
            "是难产或剖宫产吗？",
            "Was it a difficult birth or a Caesarean?",
            YES_NO,
            applies=allowance,
            sensitive=True,
        ),
        ask(
            "mother_account",
            "母亲的收款账户",
            "The mother's account",
            BankAccount(),
            suggested=(SameAs("mother_name"),),
        ),
        check("mother_account", _is_her_own).says(
            "户名要是母亲本人，请换成母亲的账户。", "The account must be the mother's own."
        ),
    )


def _is_her_own(answers: Answers) -> bool:
    return answers.parts("mother_account").get("holder") == answers.text("mother_name")
