"""Civil affairs: checking what a family earns and owns, with every adult member's authority."""

from datetime import date
from decimal import Decimal

from app.forms.answers import Answers
from app.forms.conditions import All, Condition, Holds, Is
from app.forms.identifiers import age_on
from app.forms.questions import YES_NO, Number, Page, PersonName, Repeated, ResidentId, Tick
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.common_papers import OWN_PAPERS
from app.vocabulary.common_rules import RELIEF_MEASURES
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Message,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requests import Source, rows, when
from app.wording import Words

ADULT = 18
MEMBER = Repeated(
    "member", "number_of_members", Words("第{n}位家庭成员", "Family member {n}"), most=8
)
WITH_FAMILY = Is("lives_with_family", "yes")
YUAN = Words("元/月", "yuan a month")


def _is_adult(answers: Answers) -> bool:
    return age_on(answers.text("member_id"), answers.today) >= ADULT


def _is_somebody_else(answers: Answers) -> bool:
    return answers.text("member_id") != answers.text("person_id")


GROWN_UP = Holds(frozenset({"member_id"}), _is_adult)


def family_pages(applies: Condition) -> tuple[Page, ...]:
    """What the person earns, who lives in the family, and what each earns and authorises."""
    return (
        page("income", "收入", "Income", applies=applies, sensitive=True).asks(
            ask(
                "own_income", "本人月收入", "Own income a month", Number(0, 999_999, YUAN, 2)
            ).hinted("育儿补贴不算收入", "The childcare subsidy does not count"),
            ask("lives_with_family", "和家人一起生活吗？", "Living with family?", YES_NO),
            ask(
                "number_of_members",
                "除本人外还有几位家人？",
                "How many family members beside the person?",
                number(1, 8, "人", "people"),
                applies=WITH_FAMILY,
            ),
        ),
        page(
            "member",
            "家庭成员",
            "Family member",
            applies=All((applies, WITH_FAMILY)),
            each=MEMBER,
            sensitive=True,
        ).asks(
            ask("member_name", "姓名", "Name", PersonName()),
            ask("member_id", "身份证号", "ID number", ResidentId()),
            choose("member_relation", "是本人的", "The person's").one_of(
                ("spouse", "配偶", "Spouse"),
                ("parent", "父母", "Parent"),
                ("child", "子女", "Child"),
                ("sibling", "兄弟姐妹", "Brother or sister"),
                ("other", "其他共同生活的家人", "Somebody else of the family"),
            ),
            choose("member_work", "工作情况", "Work").one_of(
                ("employed", "在单位上班", "Employed"),
                ("own", "个体或务农", "Self-employed or farming"),
                ("none", "没有工作", "Without work"),
                ("school", "在校或学龄前", "At school or younger"),
                ("retired", "退休", "Retired"),
            ),
            ask("member_income", "月收入", "Income a month", Number(0, 999_999, YUAN, 2)).hinted(
                "没有的填0；育儿补贴不算收入", "0 if none; the childcare subsidy does not count"
            ),
            check("member_id", _is_somebody_else).says(
                "这是办事人本人，请填其他家人。",
                "This is the person; please enter the other members.",
            ),
        ),
        page(
            "member-consent",
            "家庭成员授权",
            "Authority of the member",
            applies=All((applies, WITH_FAMILY, GROWN_UP)),
            each=MEMBER,
        ).asks(
            ask(
                "member_consent",
                "这位成年家人已授权民政部门核对其收入和财产。",
                "This adult has authorised civil affairs to check income and property.",
                Tick(),
                sensitive=True,
            )
        ),
    )


class FamilyMember(Message):
    """One member as declared."""

    member_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    member_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    member_relation: str = told("与本人关系", "Relation", sensitive=True)
    member_work: str = told("工作情况", "Work", sensitive=True)
    member_income: Decimal = told("月收入（元）", "Income a month (yuan)", sensitive=True, ge=0)


class IncomeCheck(Message):
    """Whose family, and what everybody declares."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号", "ID number", sensitive=True, min_length=18)
    own_income: Decimal = told("本人月收入（元）", "Own income", sensitive=True, ge=0)
    members: list[FamilyMember] = told("家庭成员", "Members", sensitive=True, default=[])
    county: str = told("县（市、区）代码", "County code", pattern=r"^\d{6}$")
    township: str = told("乡镇（街道）代码", "Township code")


class CheckedIncome(Result):
    """What the check found, in yuan a month."""

    check_number: str = told("核对编号", "Number of the check", min_length=6)
    checked_on: date = told("核对日期", "Checked on")
    people: int = told("家庭人数", "People", ge=1)
    per_head: Decimal = told("人均月收入（元）", "Income per head", sensitive=True, ge=0)


def income_checked(request: IncomeCheck, ticket: Ticket) -> CheckedIncome:
    """The demo check finds what was declared."""
    people = 1 + len(request.members)
    earned = request.own_income + sum(member.member_income for member in request.members)
    return CheckedIncome(
        check_number=f"HD{request.county}{ticket.number % 10**8:08d}",
        checked_on=ticket.today,
        people=people,
        per_head=round(earned / people, 2),
    )


# What the check is sent about the family, where there is one.
MEMBERS = when(WITH_FAMILY, rows(MEMBER, FamilyMember), Source(lambda _case: []))
AUTHORITIES = paper(
    "income-check-authority",
    "家庭成员签名的经济状况核对授权书",
    "Authority of every adult member to check income and property",
    "没有成年家人的授权，不能查收入和财产。",
    "Without it nobody may look into income and property.",
    applies=WITH_FAMILY,
)
CHECK_FAMILY_INCOME = PublicService(
    id="check-family-income",
    title=Words("家庭经济状况核对", "Check of the family's income"),
    summary=Words(
        "民政部门经授权核对全家的收入和财产，不用您开收入证明。",
        "Civil affairs checks income and property as authorised; no proofs are asked.",
    ),
    authority=CIVIL_AFFAIRS,
    request=IncomeCheck,
    produces=Output("checked-income", Words("核对结果", "Result of the check"), CheckedIncome),
    path="/income-checks",
    call=post_to("/income-checks", CheckedIncome),
    stand_in=income_checked,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(RELIEF_MEASURES,),
    evidence=(*OWN_PAPERS, AUTHORITIES),
    supplement_reasons=(
        reason(
            "authority",
            "有成年家庭成员没有签授权书，请补齐。",
            "An adult member has not signed: please add it.",
            RELIEF_MEASURES,
            AUTHORITIES,
        ),
        reason(
            "members",
            "家庭成员填得不全，请补充。",
            "The members are not complete: please add them.",
            RELIEF_MEASURES,
        ),
    ),
    refusal_reasons=(
        reason(
            "no-authority",
            "家庭成员不同意核对，无法认定收入。",
            "A member does not agree to the check, so the income cannot be found.",
            RELIEF_MEASURES,
        ),
    ),
    checklist=points(
        ("成年成员都已授权", "Every adult has authorised the check"),
        ("育儿补贴不计入家庭收入", "The childcare subsidy is not counted"),
    ),
    answers="later",
)
