"""J20: public rental homes and the rent subsidy."""

from decimal import Decimal
from typing import Literal

from app.forms.conditions import Condition
from app.forms.questions import Number, Page
from app.services.employment.workers import Entry, entered, offer
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HOUSING
from app.vocabulary.declaring import ask, choose, number, page
from app.vocabulary.offering import points, reason
from app.vocabulary.public_service import Output, told
from app.vocabulary.requirement import Rule
from app.vocabulary.work_rates import YUAN
from app.wording import Words

HOUSING_RULE = Rule(
    "public-rental-measures",
    Words("公共租赁住房管理办法", "Measures on public rental homes"),
    "申请与审核",
    "U",
)


def rental_page(applies: Condition) -> Page:
    """The household, its income, and how it lives."""
    return page("rental", "住房保障", "Public rental home", applies=applies, sensitive=True).asks(
        choose("rental_kind", "想申请哪一种？", "Which do you apply for?").one_of(
            ("home", "公租房", "A public rental home"),
            ("affordable", "保障性租赁住房", "An affordable rental home"),
            ("grant", "租赁补贴", "A rent subsidy"),
        ),
        ask(
            "family_members",
            "家庭几口人？",
            "People in the household",
            number(1, 20, "人", "people"),
        ),
        ask(
            "family_income",
            "家庭月收入合计",
            "Income of the household a month",
            Number(0, 1_000_000, YUAN, decimals=2),
        ),
        choose("family_home", "家里在台州的住房情况", "The household's homes in Taizhou").one_of(
            ("none", "没有自己的住房", "No home of its own"),
            ("small", "有，住得很挤", "One that is too small"),
            ("own", "有", "Yes"),
        ),
    )


class RentalWish(AboutPerson):
    """J20: what is applied for, the household and its income."""

    rental_kind: Literal["home", "affordable", "grant"] = told("申请类型", "Applied for")
    family_members: int = told("家庭人口", "Household", ge=1)
    family_income: Decimal = told("家庭月收入（元）", "Income a month (yuan)", sensitive=True, ge=0)
    family_home: Literal["none", "small", "own"] = told("家庭住房情况", "Homes", sensitive=True)
    home: str = told("现居住地址", "Home", sensitive=True)
    mobile: str = told("手机号", "Mobile", sensitive=True)


APPLY_PUBLIC_RENTAL = offer(
    "public-rental-home",
    Words("公租房、保障性租赁住房、租赁补贴申请", "Public rental homes and rent subsidy"),
    Words(
        "登记后由住建、民政核对家庭收入和住房；标准待确认。",
        "Income and homes are checked first; the lines are to be confirmed.",
    ),
    RentalWish,
    Output("rental-application", Words("住房保障受理", "Application"), Entry),
    entered("GZF"),
    (HOUSING_RULE,),
    HOUSING,
    fee=Words("申请不收费；入住按公布的租金", "No fee; the published rent for a home"),
    refusal_reasons=(
        reason("income-above", "家庭收入高于标准。", "Income is above the line.", HOUSING_RULE),
        reason("housed", "已有住房或已享受保障。", "Housed or supported already.", HOUSING_RULE),
    ),
    checklist=points(
        ("收入和住房已核对", "Income and homes checked"),
    ),
    answers="later",
)
