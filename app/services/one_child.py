"""Health commission: the reward for parents of one child, and of those without a child."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from app.forms.conditions import Condition, Is
from app.forms.questions import Page, Text, Tick
from app.vocabulary import benefit_facts
from app.vocabulary.about_people import PaidToPerson
from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.benefit import Benefit, Facts, Truth, all_of, any_of, fits, needs, none_of
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.declaring import ask, choose, held, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Message,
    Output,
    PublicService,
    Result,
    SharedRegister,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Amount, Parameter, Rule
from app.wording import Words
from app.workflow.of_age import OF_AGE

REWARD_RULE = Rule(
    "one-child-parents-reward",
    Words("浙江省人口与计划生育条例", "Zhejiang regulations on population and family planning"),
    "独生子女父母奖励",
    "U",
)
REWARD = Parameter(
    "one-child-parents-reward",
    Words("独生子女父母退休奖励", "Reward for one-child parents at retirement"),
    (
        Amount(
            None,
            Words("元", "yuan"),
            "33",
            date(2021, 11, 25),
            "没有查到浙江省公布的标准，待主管部门确认",
            "U",
        ),
    ),
)


class OneChildQuery(Message):
    """Whose certificate is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class OneChildFacts(Result):
    """The certificate that is held."""

    one_child_number: str | None = told("独生子女父母光荣证号", "Certificate number", default=None)


def certificate_of(_request: OneChildQuery, record: Mapping[str, Any]) -> OneChildFacts | None:
    """The demo person's certificate, or None."""
    return OneChildFacts.model_validate(record) if record else None


ONE_CHILD_REGISTER = SharedRegister(
    id="one-child-register",
    title=Words("独生子女父母光荣证信息", "Certificates of one-child parents"),
    authority=HEALTH_COMMISSION,
    request=OneChildQuery,
    facts=OneChildFacts,
    path="/one-child-certificates/query",
    stand_in=certificate_of,
    purpose=Words(
        "核对独生子女父母光荣证，不用您再上传。", "To check the certificate, instead of a copy."
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
HAS_ONE_CHILD, CHILDLESS = Is("reward_basis", "one-child"), Is("reward_basis", "childless")


def reward_page(applies: Condition) -> Page:
    """One child with a certificate, or no child with a promise."""
    return page("reward", "独生子女父母奖励", "One-child reward", applies=applies).asks(
        choose("reward_basis", "您属于哪一种？", "Which of these are you?", sensitive=True).one_of(
            ("one-child", "独生子女父母", "Parent of one child"),
            ("childless", "终身无子女或孤寡", "Without children"),
        ),
        ask(
            "one_child_number",
            "独生子女父母光荣证号",
            "Number of the certificate",
            Text(longest=40),
            applies=HAS_ONE_CHILD,
            shared=held(ONE_CHILD_REGISTER),
        ),
        ask(
            "childless_promise",
            "我承诺终身没有生育或收养子女，情况属实。",
            "I promise that I never had or adopted a child.",
            Tick(),
            applies=CHILDLESS,
            sensitive=True,
        ),
    )


class RewardClaim(PaidToPerson):
    """R8: on which basis the reward is due, and where it is paid."""

    reward_basis: Literal["one-child", "childless"] = told("依据", "Basis", sensitive=True)
    one_child_number: str = told("光荣证号", "Certificate number", default="")
    pension_number: str = told("养老金核定编号", "Number of the pension", default="")


class RewardDecision(Result):
    """The reward is granted; its amount is the authority's to say."""

    reward_number: str = told("奖励编号", "Reward number", min_length=6)
    granted_on: date = told("核定日期", "Granted on")
    amount_yuan: Decimal | None = told("金额（元）", "Amount (yuan)", default=None)


def reward_granted(request: RewardClaim, ticket: Ticket) -> RewardDecision:
    """Granted with the amount in force, which may not be known."""
    amount = REWARD.on(ticket.today)
    return RewardDecision(
        reward_number=f"DS{request.county}{ticket.number % 10**8:08d}",
        granted_on=ticket.today,
        amount_yuan=amount.value if amount else None,
    )


CERTIFICATE = paper(
    "one-child-certificate",
    "独生子女父母光荣证",
    "Certificate of one-child parents",
    "证明只生育一个子女。",
    "Shows that there is one child.",
    applies=HAS_ONE_CHILD,
    register=ONE_CHILD_REGISTER.id,
    commitment=True,
)

PAY_ONE_CHILD_REWARD = PublicService(
    id="pay-one-child-reward",
    title=Words("城镇独生子女父母奖励金", "Reward for one-child parents"),
    summary=Words(
        "退休时按规定发放；金额待主管部门确认。",
        "Paid at retirement by the rules; the amount is to be confirmed.",
    ),
    authority=HEALTH_COMMISSION,
    request=RewardClaim,
    produces=Output("one-child-reward", Words("奖励金核定", "Reward"), RewardDecision),
    path="/one-child-rewards",
    call=post_to("/one-child-rewards", RewardDecision),
    stand_in=reward_granted,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(REWARD_RULE,),
    evidence=(CERTIFICATE,),
    supplement_reasons=(
        reason(
            "certificate-not-found",
            "没有查到光荣证，请上传证书或作出承诺。",
            "The certificate was not found: please upload it or give a promise.",
            REWARD_RULE,
            CERTIFICATE,
        ),
    ),
    refusal_reasons=(
        reason(
            "more-than-one-child",
            "登记的子女不止一个。",
            "More than one child is registered.",
            REWARD_RULE,
        ),
    ),
    checklist=points(
        ("子女情况属实", "The number of children is right"),
    ),
)


def _unproven(_known: Facts) -> Truth:
    """A promise may stand for the certificate; whether it is taken, the authority says."""
    return None


ONE_CHILD_REWARD = Benefit(
    id="one-child-reward",
    title=Words("独生子女父母奖励金", "Reward for parents of one child"),
    summary=Words(
        "退休时发给独生子女父母和终身无子女的人；浙江的标准待确认。",
        "At retirement, for parents of one child and people without; the rate is to be confirmed.",
    ),
    questions=(benefit_facts.AGE, benefit_facts.RETIRES_AS, benefit_facts.CHILDREN),
    needs=(
        OF_AGE,
        needs("at-retirement", REWARD_RULE, none_of(fits(Is("retires_as", "employee")))).says(
            "和职工退休一起申请",
            "Applied for together with retirement",
            "已经退休、当时没领的，请拨打12345问卫健部门。",
            "Retired already without it? Ask the health commission by 12345.",
        ),
        needs(
            "one-child",
            REWARD_RULE,
            any_of(
                fits(Is("children_born", "one-card", "none")),
                all_of(fits(Is("children_born", "one")), _unproven),
            ),
        ).says(
            "只有一个孩子（有光荣证或作出承诺），或没有孩子",
            "One child (with a certificate or a promise), or none",
            "有两个以上孩子的，不发。",
            "Not with two children or more.",
        ),
    ),
    starts="retirement",
    presets={"wanted": ["reward"]},
    reckon=lambda known: known.rate(REWARD),
    unit=Words("元", "yuan"),
    settled=(*benefit_facts.SETTLED, "retires_as", "children_born"),
    rising=benefit_facts.RISING,
)
