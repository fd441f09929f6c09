"""Childcare support for a child under three whose other papers are done: subsidy and place."""

from app.forms import questions as kinds
from app.forms.answers import Answers
from app.forms.conditions import Is
from app.services import childcare
from app.services import household_register as household
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.declaring import ask, check, choose, held, page
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import account, answer, when
from app.vocabulary.telling import keywords, stop
from app.wording import Words

CHILD = kinds.Repeated("child", "number_of_children", Words("第{n}个孩子", "Child {n}"), most=3)
BY_FATHER = Is("for_whom", "father")
SUBSIDY = Is("wanted", "subsidy") & Is("registered", "here")
PLACE = Is("wanted", "place")
NOTHING = ~(SUBSIDY | PLACE)
THREE_YEARS = 3 * 366

GUIDANCE = (
    choose("number_of_children", "几个孩子不满3周岁？", "How many children are under 3?").one_of(
        ("1", "一个", "One"), ("2", "两个", "Two"), ("3", "三个", "Three")
    ),
    choose("registered", "孩子的户口在哪里？", "Where is the child registered?").one_of(
        ("here", "在台州", "In Taizhou"), ("elsewhere", "在其他地方", "Elsewhere")
    ),
    choose("wanted", "想办什么？", "What is wanted?").some_of(
        ("subsidy", "育儿补贴", "Childcare subsidy"),
        ("place", "入托意向登记", "Wish for a childcare place"),
    ),
)
OUTCOMES = (
    stop(NOTHING, words.PASSED_ON, childcare.SUBSIDY_PLAN).because(
        "育儿补贴在孩子的户籍地申领。", "The subsidy is claimed where the child is registered."
    ),
)


def is_on_record(answers: Answers) -> bool:
    """The number says the same birthday."""
    return answers.text("child_id")[6:14] == answers.text("born_on").replace("-", "")


PARENTS = tuple(
    page(
        parent,
        f"{zh}信息",
        f"The {en}",
        applies=Is("for_whom", parent),
    ).asks(
        ask(
            f"{parent}_name",
            f"{zh}姓名",
            f"{en.capitalize()}'s name",
            kinds.PersonName(),
            shared=held(household.FAMILY_REGISTER),
        ),
        ask(
            f"{parent}_document",
            f"{zh}证件",
            f"{en.capitalize()}'s identity document",
            kinds.IdentityDocument(),
            shared=held(household.FAMILY_REGISTER),
        ),
        ask(f"{parent}_mobile", f"{zh}手机号", f"{en.capitalize()}'s mobile", kinds.Mobile()),
    )
    for parent, zh, en in (("mother", "母亲", "mother"), ("father", "父亲", "father"))
)
PAGES = (
    *PARENTS,
    page("child", "孩子的信息", "The child", each=CHILD, sensitive=True).asks(
        ask("child_name", "孩子姓名", "Child's name", kinds.PersonName()),
        ask("child_id", "孩子身份证号", "Child's ID number", kinds.ResidentId()),
        ask("born_on", "出生日期", "Born on", kinds.Date(past_days=THREE_YEARS)),
        check("born_on", is_on_record).says(
            "与身份证号上的出生日期不同，请核对。",
            "This is not the birthday in the number; please check.",
        ),
    ),
    household.child_address_page(),
    childcare.subsidy_page(SUBSIDY, None, CHILD),
    childcare.place_page(PLACE),
)

USUAL = {
    **account("subsidy_account"),
    "citizen_id": answer("child_id"),
    "claimant_document": common.of_one(BY_FATHER, "father", "mother", "document"),
    "claimant_name": common.of_one(BY_FATHER, "father", "mother", "name"),
    "county": answer("child_address", "county"),
    "from_month_of_age": answer("from_month"),
    "guardian_mobile": common.of_one(BY_FATHER, "father", "mother", "mobile"),
    "guardian_name": common.of_one(BY_FATHER, "father", "mother", "name"),
    "relation": when(BY_FATHER, "father", "mother"),
    "township": answer("child_address", "township"),
}

CHILDCARE_SUPPORT = LifeEvent(
    id="childcare-support",
    version="1",
    title=Words("育儿补贴和托育一件事", "Childcare subsidy and places"),
    summary=Words(
        "给3周岁以内的孩子领育儿补贴、登记入托意向。",
        "The subsidy and a wish for a place, for children under 3.",
    ),
    result=Words(
        "补贴发到账户，有合适的托位会联系您。",
        "The subsidy is paid to your account; you are called when a place is free.",
    ),
    stage=words.FAMILY,
    lead=HEALTH_COMMISSION,
    audience=Words("3周岁以内孩子的父母", "Parents of children under 3"),
    for_whom=(
        ("mother", Words("我是孩子的母亲", "I am the mother"), words.SIGN_IN),
        ("father", Words("我是孩子的父亲", "I am the father"), words.SIGN_IN),
    ),
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(look_up(household.FAMILY_REGISTER, applicant=when(BY_FATHER, "father", "mother")),),
    pages=PAGES,
    steps=plan(
        USUAL,
        step(childcare.CLAIM_CHILDCARE_SUBSIDY, applies=SUBSIDY, each=CHILD),
        step(childcare.REQUEST_CHILDCARE_PLACE, applies=PLACE, each=CHILD),
    ),
    county="child_address",
    declarations=common.declarations(minors=True),
    rules=(rules.ONE_THING, childcare.SUBSIDY_PLAN, rules.NO_REPEAT_ASKING),
    other_ways=words.OTHER_WAYS,
    keywords=keywords("育儿补贴 托育 托儿所 入托 三岁 childcare subsidy nursery"),
    minutes=5,
    groups=(CHILD,),
)
