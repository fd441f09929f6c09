"""Childcare: the national childcare subsidy and the wish for a childcare place."""

from datetime import date
from decimal import Decimal
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, Answered, Condition, Is
from app.forms.questions import BankAccount, Page, Repeated, SameAs
from app.vocabulary import benefit_facts as facts
from app.vocabulary.authorities import HEALTH_COMMISSION, TOWNSHIP
from app.vocabulary.benefit import Benefit, Facts, Truth, needs
from app.vocabulary.common_questions import PARENT
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Amount, EvidenceType, Parameter, Rule
from app.wording import Words

SUBSIDY_PLAN = Rule(
    "childcare-subsidy-plan",
    Words("育儿补贴制度实施方案", "Plan of the childcare subsidy system"),
    "2025年7月28日公布",
    "A",
    date(2025, 1, 1),
)
SUBSIDY_MANAGEMENT = Rule(
    "childcare-subsidy-management",
    Words("育儿补贴制度管理规范（试行）", "Rules on running the childcare subsidy (trial)"),
    "国家卫生健康委，2025年",
    "C",
    date(2025, 1, 1),
)
CHILDCARE_FILING = Rule(
    "childcare-institution-filing",
    Words("托育机构登记和备案办法（试行）", "Measures on filing childcare institutions (trial)"),
    "国卫办人口发〔2019〕25号",
    "A",
    date(2019, 12, 19),
)

SUBSIDY_A_YEAR = Parameter(
    "childcare-subsidy-a-year",
    Words("育儿补贴年标准", "Childcare subsidy a year"),
    (
        Amount(
            Decimal(3600),
            Words("元/孩·年", "yuan per child and year"),
            "",
            date(2025, 1, 1),
            "育儿补贴制度实施方案",
            "A",
        ),
    ),
)
SUBSIDY_STARTS = date(2025, 1, 1)
SUBSIDY_YEARS = 3
NOT_FOUND = Limit(None, "待主管部门确认")


class SubsidyClaim(Message):
    """B9: one claim per child, at the child's place of register."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    citizen_id: str = told("孩子身份证号", "Child's ID number", sensitive=True, min_length=18)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    county: str = told("孩子户籍县（市、区）代码", "County of register", pattern=r"^\d{6}$")
    township: str = told("孩子户籍乡镇（街道）代码", "Township of register")
    claimant_name: str = told("申领人姓名", "Claimant")
    claimant_document: str = told("申领人证件号码", "Claimant's document", sensitive=True)
    relation: Literal["mother", "father"] = told("与孩子的关系", "Relation to the child")
    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)


class SubsidyDecision(Result):
    """The township's check of the claim: amount over all years and how it is paid."""

    claim_number: str = told("申领编号", "Claim number", min_length=6)
    decided_on: date = told("核定日期", "Decided on")
    total_yuan: int = told("补贴总额（元）", "Total (yuan)", ge=0, le=20000)
    pay_to: str = told("收款户名", "Paid to")


def subsidy_total(born_on: date) -> Decimal | None:
    """Yuan until the third birthday's month by the plan of 2025; None where no rate is in force.

    Births from 2025 on get three full years; earlier ones a twelfth of a year for each month from
    January 2025 to the month of the third birthday, both counted.
    """
    amount = SUBSIDY_A_YEAR.on(max(born_on, SUBSIDY_STARTS))
    if amount is None or amount.value is None:
        return None
    return _until_three(born_on, amount.value)


def _until_three(born_on: date, a_year: Decimal) -> Decimal:
    if born_on >= SUBSIDY_STARTS:
        return a_year * SUBSIDY_YEARS
    months = _third_birthday(born_on) - (SUBSIDY_STARTS.year * 12 + SUBSIDY_STARTS.month) + 1
    return a_year / 12 * max(0, months)


def _third_birthday(born_on: date) -> int:
    """Its month, counted from the year nought."""
    return (born_on.year + SUBSIDY_YEARS) * 12 + born_on.month


def _in_all(known: Facts) -> Decimal | None:
    """What is paid for the child in all, by the rate of the year."""
    if not known.answers.has("child_born"):
        return None
    a_year = known.rate(SUBSIDY_A_YEAR)
    return None if a_year is None else _until_three(known.answers.date("child_born"), a_year)


def _is_under_three(known: Facts) -> Truth:
    """Until the month of the third birthday; None while the month of birth is not told."""
    if {"young_child", "child_born"} & known.open:
        return None
    if not known.answers.has("child_born"):
        return False
    today = known.answers.today
    return today.year * 12 + today.month <= _third_birthday(known.answers.date("child_born"))


def subsidy_checked(request: SubsidyClaim, ticket: Ticket) -> SubsidyDecision | StandInRefusal:
    """Granted to children under three; paid to the child's or the claimant's account."""
    total = subsidy_total(request.born_on)
    if not total:
        return StandInRefusal("孩子不在补贴年龄内。", "育儿补贴制度实施方案")
    if request.account_holder not in {request.child_name, request.claimant_name}:
        return StandInRefusal("收款账户既不是孩子的，也不是申领人的，请换账户再申领。")
    return SubsidyDecision(
        claim_number=f"YE{request.county}{ticket.number % 10**8:08d}",
        decided_on=ticket.today,
        total_yuan=int(total),
        pay_to=request.account_holder,
    )


UNCLAIMED = ~Answered("claimant")


def subsidy_page(applies: Condition, two_parents: Condition | None, child: Repeated) -> Page:
    """Who claims and where it is paid to; of two parents either may claim.

    Without `two_parents` nobody is asked: who applies claims.
    """
    who = ask(
        "claimant",
        "由谁申领？",
        "Who claims it?",
        PARENT,
        applies=two_parents or ALWAYS,
        suggested=(SameAs("for_whom", Is("for_whom", "mother", "father")),),
    )
    holders = (
        SameAs("father_name", Is("claimant", "father")),
        SameAs("father_name", Is("for_whom", "father") & UNCLAIMED),
        SameAs("mother_name"),
    )

    def own_account(answers: Answers) -> bool:
        told_one = "mother" if answers.has("mother_name") else "father"
        claimant = answers.text(f"{answers.text('claimant') or told_one}_name")
        children = {item.text("child_name") for item in answers.items(child.id)}
        holder = answers.parts("subsidy_account").get("holder")
        return holder == claimant or children == {holder}

    return page("subsidy", "育儿补贴", "Childcare subsidy", applies=applies).asks(
        *((who,) if two_parents else ()),
        ask(
            "subsidy_account",
            "补贴收款账户",
            "Account for the subsidy",
            BankAccount(),
            suggested=holders if two_parents else (),
        ).hinted(
            "申领人或孩子的账户，建议用社保卡账户",
            "The claimant's or the child's; best the social security card's",
        ),
        check("subsidy_account", own_account).says(
            "户名要是申领人或孩子，请换一个账户。",
            "The account must be the claimant's or the child's.",
        ),
    )


CLAIM_CHILDCARE_SUBSIDY = PublicService(
    id="claim-childcare-subsidy",
    title=Words("育儿补贴申领", "Childcare subsidy"),
    summary=Words(
        "每孩每年3600元，发到3周岁；由户籍地乡镇（街道）初审。",
        "3,600 yuan a year for each child under 3; first checked by the township.",
    ),
    authority=TOWNSHIP,
    request=SubsidyClaim,
    produces=Output("childcare-subsidy", Words("育儿补贴核定", "Subsidy granted"), SubsidyDecision),
    path="/childcare-subsidies",
    call=post_to("/childcare-subsidies", SubsidyDecision),
    stand_in=subsidy_checked,
    promised=Limit(15, "杭州市2023年育儿补助办法（外地示例）"),
    statutory=NOT_FOUND,
    rules=(SUBSIDY_PLAN, SUBSIDY_MANAGEMENT),
    channel="desk",
    evidence=(
        EvidenceType(
            "birth-certificate",
            Words("出生医学证明", "Medical certificate of birth"),
            Words("证明孩子的出生和父母。", "Proves the birth and the parents."),
            output="issue-birth-certificate",
        ),
        EvidenceType(
            "child-household-page",
            Words("孩子的户口簿页", "The child's household page"),
            Words("确认孩子的身份号码和户籍。", "Confirms the child's number and register."),
            output="register-newborn",
        ),
    ),
    supplement_reasons=(
        Reason(
            "account",
            Words(
                "收款账户的户名不符或账户已注销，请更正。",
                "The account is in another name or closed: please correct it.",
            ),
            SUBSIDY_MANAGEMENT,
        ),
    ),
    refusal_reasons=(
        Reason(
            "claimed-before",
            Words("这个孩子已由另一方申领。", "The subsidy for this child was claimed already."),
            SUBSIDY_MANAGEMENT,
        ),
        Reason(
            "not-registered-here",
            Words(
                "孩子的户口不在本地，请到户籍地申领。",
                "The child is not registered here: please claim at the place of register.",
            ),
            SUBSIDY_PLAN,
        ),
    ),
    checklist=(
        Words("孩子不满3周岁，户口在本地", "Child under 3 and registered here"),
        Words("没有重复申领", "Not claimed twice"),
        Words("户名是孩子或申领人", "Account of the child or the claimant"),
    ),
    answers="later",
)


CHILDCARE_SUBSIDY = Benefit(
    id="childcare-subsidy",
    title=Words("育儿补贴", "Childcare subsidy"),
    summary=Words(
        "每孩每年3600元，发到3周岁；不交个人所得税，也不算低保收入。",
        "3,600 yuan a year for each child under 3; no tax, and not counted as income.",
    ),
    questions=(facts.HOME, facts.CHILD, facts.CHILD_BORN),
    needs=(
        needs("registered", SUBSIDY_PLAN, facts.LOCAL).says(
            "孩子的户口在台州",
            "The child is registered in Taizhou",
            "请在孩子的户籍地申领。",
            "Please claim where the child is registered.",
        ),
        needs("under-three", SUBSIDY_PLAN, _is_under_three).says(
            "有不满3周岁的孩子",
            "There is a child under 3",
            "没有不满3周岁的孩子。",
            "There is no child under 3.",
        ),
    ),
    starts="childcare-support",
    presets={"wanted": ["subsidy"]},
    keywords=("育儿津贴", "三岁", "生孩子"),
    reckon=_in_all,
    unit=Words("元（到3周岁合计）", "yuan in all until the third birthday"),
    settled=facts.SETTLED,
)


CHILDCARE_PLACE = Benefit(
    id="childcare-place",
    title=Words("托育（入托意向登记）", "A childcare place"),
    summary=Words(
        "给3周岁以内的孩子登记想要的托育方式，有合适的备案机构会联系您；户口在外地也可以。",
        "Says which care is wished for a child under 3; wherever it is registered.",
    ),
    questions=(facts.CHILD, facts.CHILD_BORN),
    needs=(
        needs("under-three", CHILDCARE_FILING, _is_under_three).says(
            "有不满3周岁的孩子",
            "There is a child under 3",
            "没有不满3周岁的孩子。",
            "There is no child under 3.",
        ),
    ),
    starts="childcare-support",
    presets={"wanted": ["place"]},
    settled=facts.SETTLED,
    keywords=("托育", "入托", "托儿所", "托位", "childcare", "nursery"),
)


def place_page(applies: Condition) -> Page:
    """Which care is wished, and from when."""
    return page("place", "入托意向", "Childcare place", applies=applies).asks(
        choose("care", "想要哪种托育？", "Which care do you wish?").one_of(
            ("full-day", "全日托", "Full day"),
            ("half-day", "半日托", "Half day"),
            ("hourly", "计时托", "By the hour"),
            ("temporary", "临时托", "Now and then"),
        ),
        ask(
            "from_month",
            "从几个月大开始？",
            "From which month of age?",
            number(0, 36, "个月", "months"),
        ),
    )


class PlaceWish(Message):
    """B11: which kind of childcare is wished, where and from when."""

    child_name: str = told("孩子姓名", "Child's name", sensitive=True, min_length=2)
    born_on: date = told("出生日期", "Born on", sensitive=True)
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")
    care: Literal["full-day", "half-day", "hourly", "temporary"] = told("托育方式", "Care")
    from_month_of_age: int = told("从几个月大开始", "From month of age", ge=0, le=36)
    guardian_name: str = told("监护人姓名", "Guardian's name")
    guardian_mobile: str = told("监护人手机", "Guardian's mobile", sensitive=True)


class WaitingListEntry(Result):
    """The child's place on the waiting list of its township."""

    waiting_number: str = told("轮候编号", "Waiting number", min_length=6)
    entered_on: date = told("登记日期", "Entered on")


def wish_entered(request: PlaceWish, ticket: Ticket) -> WaitingListEntry:
    """Every wish is entered at once; offers come later from the institutions."""
    number = f"TY{request.county}{ticket.number % 10**8:08d}"
    return WaitingListEntry(waiting_number=number, entered_on=ticket.today)


REQUEST_CHILDCARE_PLACE = PublicService(
    id="request-childcare-place",
    title=Words("入托意向登记", "Wish for a childcare place"),
    summary=Words(
        "登记想要的托育方式和时间，有合适的备案机构会联系您。",
        "Says which care you wish and when; filed institutions nearby will contact you.",
    ),
    authority=HEALTH_COMMISSION,
    request=PlaceWish,
    produces=Output("childcare-wish", Words("入托轮候登记", "Waiting list"), WaitingListEntry),
    path="/childcare-places",
    call=post_to("/childcare-places", WaitingListEntry),
    stand_in=wish_entered,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(CHILDCARE_FILING,),
    fee=Words("登记不收费；入托按机构公示价格", "Free; care at the institution's own price"),
    checklist=(Words("意向与月龄相符", "The wish fits the child's age"),),
)
