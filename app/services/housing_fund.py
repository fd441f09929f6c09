"""Housing provident fund: sealing an account, drawing it at retirement, and opening one freely."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from app.forms.answers import Answers
from app.forms.conditions import Condition
from app.forms.questions import YES_NO, BankAccount, Page, Question, SameAs, Text
from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HOUSING_FUND
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, check, choose, held, number, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Message,
    Output,
    PublicService,
    Result,
    SharedRegister,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Rule
from app.wording import Words

FUND_RULE = Rule(
    "housing-fund-regulation-24",
    Words("住房公积金管理条例", "Regulations on the housing provident fund"),
    "第二十四条",
    "U",
    date(2002, 3, 24),
)


OTHER_CENTRE = Words(
    "请联系账户所在地的公积金中心，电话12329。",
    "Please contact the fund where the account is, telephone 12329.",
)


class FundQuery(Message):
    """Whose account is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class FundFacts(Result):
    """The account, and whether it is sealed."""

    fund_account: str | None = told("公积金账号", "Fund account", default=None, sensitive=True)
    fund_sealed: Literal["yes", "no"] | None = told("已封存", "Sealed", default=None)


def fund_of(_request: FundQuery, record: Mapping[str, Any]) -> FundFacts | None:
    """The demo person's account, or None where there is none."""
    return FundFacts.model_validate(record) if record else None


FUND_REGISTER = SharedRegister(
    id="housing-fund-register",
    title=Words("住房公积金账户信息", "Housing fund accounts"),
    authority=HOUSING_FUND,
    request=FundQuery,
    facts=FundFacts,
    path="/fund-accounts/query",
    stand_in=fund_of,
    purpose=Words(
        "取得公积金账号和状态，不用您再填写。", "To take account and state, instead of you."
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
HELD = held(FUND_REGISTER)


def _is_own(answers: Answers) -> bool:
    return answers.parts("fund_card").get("holder") == answers.text("person_name")


def place_question(applies: Condition) -> Question:
    """Where the account is: only the fund of Taizhou can be drawn here."""
    return choose(
        "fund_place", "公积金账户在哪里？", "Where is the account?", applies=applies
    ).one_of(("taizhou", "台州", "In Taizhou"), ("elsewhere", "其他地方", "Elsewhere"))


def withdrawal_page(applies: Condition) -> Page:
    """The fund account, and the person's own class I card that it is paid to."""
    return page("fund", "住房公积金提取", "Housing fund", applies=applies).asks(
        ask(
            "fund_account",
            "公积金账号",
            "Fund account",
            Text(longest=30),
            sensitive=True,
            shared=HELD,
        ),
        ask(
            "fund_sealed",
            "账户已经封存了吗？",
            "Is the account sealed already?",
            YES_NO,
            shared=HELD,
        ).hinted("没有封存的，我们先请单位和公积金中心封存", "If not, it is sealed first"),
        ask(
            "fund_card",
            "收款银行卡",
            "Card it is paid to",
            BankAccount(),
            suggested=(SameAs("person_name"),),
        ).hinted("要是本人的一类卡", "Your own card, class I"),
        choose("fund_card_class", "这张卡是一类卡吗？", "Is it a class I card?")
        .one_of(
            ("one", "是一类卡", "Yes, class I"),
            ("other", "是二类、三类卡", "No, class II or III"),
            ("unknown", "不清楚，请帮我核", "I do not know; please check"),
        )
        .hinted(
            "银行柜台开的储蓄卡、社保卡一般是一类卡；可打银行电话问",
            "Cards from a bank's counter and social security cards as a rule; or ask the bank",
        ),
        check("fund_card_class", lambda given: given.text("fund_card_class") != "other").says(
            "公积金只能打到一类卡，请换一张一类卡。",
            "The fund pays to class I cards only: please give another card.",
        ),
        check("fund_card", _is_own).says(
            "户名要是退休人员本人，请换一张卡。", "The card must be the retiree's own."
        ),
    )


class Sealing(AboutPerson):
    """Which account is sealed, because work has ended."""

    fund_account: str = told("公积金账号", "Fund account", sensitive=True, min_length=1)
    employer: str = told("用人单位", "Employer", default="")


class Sealed(Result):
    """The account is sealed."""

    sealing_number: str = told("封存编号", "Sealing number", min_length=6)
    sealed_on: date = told("封存日期", "Sealed on")


def account_sealed(request: Sealing, ticket: Ticket) -> Sealed:
    """Sealed at once."""
    number = f"FC{request.county}{ticket.number % 10**8:08d}"
    return Sealed(sealing_number=number, sealed_on=ticket.today)


SEAL_FUND_ACCOUNT = PublicService(
    id="seal-housing-fund-account",
    title=Words("住房公积金账户封存", "Sealing the housing fund account"),
    summary=Words("停缴并封存账户，之后才能提取。", "Ends paying in, so that it can be drawn."),
    authority=HOUSING_FUND,
    request=Sealing,
    produces=Output("sealed-account", Words("封存登记", "Sealed"), Sealed),
    path="/sealings",
    call=post_to("/sealings", Sealed),
    stand_in=account_sealed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(FUND_RULE,),
    refusal_reasons=(
        reason(
            "fund-arrears",
            "单位还有欠缴的公积金。",
            "The employer owes payments to the fund.",
            FUND_RULE,
        ),
    ),
    checklist=points(
        ("没有欠缴", "Nothing owed"),
    ),
)


class Withdrawal(PaidToPerson):
    """R7: drawing all of the account at retirement."""

    fund_account: str = told("公积金账号", "Fund account", sensitive=True, min_length=1)
    fund_card_class: Literal["one", "other", "unknown"] = told("收款卡类别", "Class of the card")
    approval_number: str = told("退休核准编号", "Approval number", default="")


class Withdrawn(Result):
    """The account is paid out and closed."""

    payment_number: str = told("提取编号", "Payment number", min_length=6)
    paid_on: date = told("办结日期", "Paid on")
    pay_to: str = told("收款户名", "Paid to")


def fund_paid(request: Withdrawal, ticket: Ticket) -> Withdrawn | StandInRefusal:
    """Paid to the person's own card only."""
    if request.account_holder != request.person_name:
        return StandInRefusal("收款卡不是本人的。", "住房公积金管理条例第二十四条")
    if request.fund_card_class == "other":
        return StandInRefusal("收款卡不是一类卡。", "住房公积金管理条例第二十四条")
    number = f"GJ{request.county}{ticket.number % 10**8:08d}"
    return Withdrawn(payment_number=number, paid_on=ticket.today, pay_to=request.account_holder)


WITHDRAW_FUND = PublicService(
    id="withdraw-housing-fund",
    title=Words("离休、退休提取住房公积金", "Drawing the housing fund at retirement"),
    summary=Words(
        "退休核准以后，全部提取并销户。", "After approval all of it is paid and the account closed."
    ),
    authority=HOUSING_FUND,
    request=Withdrawal,
    produces=Output("fund-withdrawn", Words("提取支付", "Payment"), Withdrawn),
    path="/withdrawals",
    call=post_to("/withdrawals", Withdrawn),
    stand_in=fund_paid,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(FUND_RULE,),
    supplement_reasons=(
        reason(
            "card-not-class-one",
            "收款卡不是本人的一类卡，请换一张。",
            "The card is not your own of class I: please give another.",
            FUND_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "loan-open",
            "公积金贷款还没有还清，请先联系公积金中心。",
            "A loan of the fund is still open: please contact the centre.",
            FUND_RULE,
        ),
        reason(
            "not-sealed",
            "账户还没有封存。",
            "The account is not sealed.",
            FUND_RULE,
        ),
    ),
    checklist=points(
        ("退休已核准", "Retirement approved"), ("账户已封存，没有欠缴", "Sealed, nothing owed")
    ),
    answers="later",
)


class Opening(AboutPerson):
    """J22: the base that somebody pays on freely."""

    fund_base: int = told("月缴存额（元）", "Payment a month (yuan)", ge=1)
    mobile: str = told("手机号", "Mobile", sensitive=True)


class Opened(Result):
    """The account is opened."""

    account_number: str = told("公积金账号", "Account", min_length=6, sensitive=True)
    opened_on: date = told("开户日期", "Opened on")


def account_opened(request: Opening, ticket: Ticket) -> Opened:
    """Opened at once."""
    number = f"{request.county}{ticket.number % 10**10:010d}"
    return Opened(account_number=number, opened_on=ticket.today)


def opening_page(applies: Condition) -> Page:
    """How much is paid in a month."""
    return page("fund-opening", "住房公积金", "Housing fund", applies=applies).asks(
        ask(
            "fund_base",
            "每月想缴多少？",
            "How much a month?",
            number(1, 50_000, "元", "yuan"),
        ).hinted("上下限以公积金中心公布为准", "Within the limits that the fund publishes"),
    )


OPEN_FUND_ACCOUNT = PublicService(
    id="open-housing-fund-account",
    title=Words("灵活就业人员自愿缴存住房公积金开户", "Voluntary housing fund account"),
    summary=Words("没有单位也可以缴存公积金。", "The fund is open to people without an employer."),
    authority=HOUSING_FUND,
    request=Opening,
    produces=Output("fund-account", Words("公积金账户", "Fund account"), Opened),
    path="/accounts",
    call=post_to("/accounts", Opened),
    stand_in=account_opened,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(FUND_RULE,),
    refusal_reasons=(
        reason(
            "has-account",
            "已有公积金账户，请办理启封。",
            "There is an account already: please have it unsealed.",
            FUND_RULE,
        ),
    ),
    checklist=points(
        ("没有其他账户", "No other account"),
    ),
)
