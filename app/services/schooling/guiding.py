"""What school and kindergarten entry have in common: first questions, outcomes, sources, steps."""

from app.forms.conditions import Condition, Holds, Is
from app.forms.questions import Choice, Date, Option, Question
from app.services.schooling import checks, pages, placing, signing_up, verifying
from app.services.schooling.basis import COMPULSORY_EDUCATION, COUNTY_PLACEMENT, JIAOJIANG_2025
from app.services.schooling.choosing import ENTRY_YEAR
from app.vocabulary.common_questions import county_question
from app.vocabulary.common_words import COUNTER, GO_ON, SIGN_IN
from app.vocabulary.declaring import ask, choose
from app.vocabulary.joining import Service, step
from app.vocabulary.life_event import Stage, Step
from app.vocabulary.requests import (
    Sources,
    allotted,
    answer,
    first_of,
    produced,
    reckoned,
    when,
)
from app.vocabulary.telling import note, stop
from app.wording import Words

CHILD = pages.CHILD
EDUCATION_STAGE = Stage("education", Words("教育", "Education"), 2)
HELPER, NOT_HELPER = Is("for_whom", "helper"), Is("for_whom", "parent", "guardian")
SEVERAL = Is("number_of_children", "2", "3", "4")
REGISTERED = Is("register_status", "here", "here-late", "elsewhere")
HERE = Is("register_status", "here", "here-late")
TITLED, UNTITLED = Is("home_status", "own", "own-late", "shared"), verifying.UNTITLED
CERTAIN_TITLE = Is("home_status", "own", "own-late")
BY_PAPERS = UNTITLED | verifying.SHARED_TITLE
UNDER_AGE = Holds(frozenset({"stage", "born_on"}), pages.under_age)

FOR_WHOM = (
    ("parent", Words("我是孩子的父亲或母亲", "I am a parent"), SIGN_IN),
    (
        "guardian",
        Words("我是孩子的其他监护人", "I am another guardian"),
        Words("需要监护关系证明", "You need proof of guardianship"),
    ),
    (
        "helper",
        Words("我是村（社区）帮办人员", "I help from the village or community"),
        Words("需要监护人签名的委托书", "You need a power of attorney of the guardian"),
    ),
)


def county_and_children(stage: Question, most_years: int) -> tuple[Question, ...]:
    """Where, which stage, how many children, born when."""
    return (
        county_question(
            "study_county", "孩子要在哪里上学？", "In which county will the child study?"
        ),
        stage,
        choose("number_of_children", "一起给几个孩子报名？", "How many children?")
        .one_of(
            ("1", "一个", "One"),
            ("2", "两个（双胞胎等）", "Two, such as twins"),
            ("3", "三个", "Three"),
            ("4", "四个", "Four"),
        )
        .hinted("同一年、同一学段的孩子", "In the same year and stage"),
        ask(
            "born_on",
            "孩子哪天出生？",
            "When was the child born?",
            Date(past_days=most_years * 366, ahead_days=-1),
        ).hinted("几个孩子填最小的", "Of several, the youngest"),
    )


def register_and_home() -> tuple[Question, ...]:
    """Register and home, as they decide the category."""
    return (
        choose("register_status", "孩子的户口在哪里？", "Where is the child registered?")
        .one_of(
            ("here", "在就读的县（市、区），满一年", "In the county of study, a year or more"),
            ("here-late", "在就读的县（市、区），不满一年", "There, for less than a year"),
            ("elsewhere", "在别处", "Elsewhere"),
            ("none", "没有内地户口", "No mainland register"),
        )
        .hinted("算到入学当年8月31日", "On 31 August of the year of entry"),
        choose("home_status", "父母或祖辈在那里有住房吗？", "Is there a home of the family there?")
        .one_of(
            ("own", "有，产权全归家里，是住宅，满一年", "Yes: whole title, dwelling, a year"),
            ("own-late", "有，登记不满一年", "Yes, registered for less than a year"),
            ("untitled", "有，还没有房产证", "Yes, without a title yet"),
            ("shared", "产权不足100%或不是住宅", "A share below 100%, or no dwelling"),
            ("none", "没有", "No"),
        )
        .hinted("祖辈包括外祖父母；有几套只选一套", "Grandparents of either side; choose one home"),
    )


OUTCOMES = (
    stop(Is("study_county", "other"), COUNTER).because(
        "这里只受理台州各县（市、区）的入学报名，请到就读地报名。",
        "Here you sign up for schools in Taizhou only; please sign up where the child will study.",
    ),
    stop(UNDER_AGE, COUNTER, COMPULSORY_EDUCATION).because(
        "到入学当年8月31日还不到年龄，今年不能报名；到年龄后再来。",
        "Under age on 31 August of the year of entry: please come back when the child is of age.",
    ),
    note(Is("register_status", "here-late"), GO_ON, COUNTY_PLACEMENT).because(
        "户口登记不满一年，由县（市、区）统筹安排学校。",
        "Registered for less than a year: the county arranges the school.",
    ),
    note(BY_PAPERS, GO_ON, JIAOJIANG_2025).because(
        "没有房产证、产权不足100%或商住的房子，由工作人员看材料核定。",
        "Without a title, with a shared one or no dwelling, a person looks at the papers.",
    ),
    note(SEVERAL, GO_ON).because(
        "多胞胎、同胞可以捆绑，一起分到同一所学校；也可以分开。",
        "Twins and siblings may be bound and get one school together, or not.",
    ),
    note(HELPER, GO_ON).because(
        "帮办要上传监护人签名的委托书。", "A helper needs the guardian's power of attorney."
    ),
)

_SCHOOL_TOWNSHIP = when(
    HERE,
    answer("register_address", "township"),
    when(
        TITLED | UNTITLED,
        answer("home_place", "township"),
        answer("home_address", "township"),
    ),
)
USUAL: Sources = {
    "child_born": answer("born_on"),
    "county": answer("study_county"),
    "document_type": answer("child_document", "type"),
    "home_county": answer("home_place", "county"),
    "home_township": answer("home_place", "township"),
    "register_county": answer("register_address", "county"),
    "register_township": answer("register_address", "township"),
    "registration_number": produced(signing_up.SIGN_UP_PUPIL, "registration_number"),
    "township": _SCHOOL_TOWNSHIP,
    "year": first_of(allotted("year"), reckoned(ENTRY_YEAR)),
}
_GIVEN = ("school_code", "school_name", "category", "category_name", "priority", "manner", "reason")
GIVEN: Sources = {name: allotted(name) for name in _GIVEN}
NOTICE: Sources = {"school_name": produced(placing.ALLOCATE_PLACE, "school_name")}
SIGNED_UP = (signing_up.SIGN_UP_PUPIL,)


def common_steps(
    *more: Service, unless: tuple[Service, ...] = (), also: tuple[Service, ...] = ()
) -> tuple[Step, ...]:  # type: ignore[type-arg]
    """Signing up, household and home, places for all at once, and the notice.

    `more` checks stand at the barrier too, `unless` removes a child from it, and the notice waits
    for `also`.
    """
    home = (checks.CHECK_REAL_ESTATE, verifying.VERIFY_HOME_PAPERS)
    return (
        step(signing_up.SIGN_UP_PUPIL, each=CHILD),
        step(checks.CHECK_HOUSEHOLD, requires=SIGNED_UP, applies=REGISTERED, each=CHILD),
        step(checks.CHECK_REAL_ESTATE, requires=SIGNED_UP, applies=CERTAIN_TITLE),
        step(verifying.VERIFY_HOME_PAPERS, requires=SIGNED_UP, applies=BY_PAPERS),
        step(
            placing.ALLOCATE_PLACE,
            GIVEN,
            requires=SIGNED_UP,
            barrier=(checks.CHECK_HOUSEHOLD, *home, *more),
            unless=unless,
            each=CHILD,
        ),
        step(
            placing.ISSUE_NOTICE,
            NOTICE,
            requires=(placing.ALLOCATE_PLACE, *also),
            uses=SIGNED_UP,
            each=CHILD,
        ),
    )


def stage_question(*options: tuple[str, str, str]) -> Question:
    """Which stage; rounds are divided by it."""
    choices = tuple(Option(value, Words(zh, en)) for value, zh, en in options)
    return ask("stage", "上哪个学段？", "Which stage?", Choice(choices))


def is_in(*counties: str) -> Condition:
    """The child will study in one of these counties."""
    return Is("study_county", *counties)
