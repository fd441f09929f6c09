"""Pages of the joint form of a birth: parents first, so that names can be compared with theirs."""

from datetime import timedelta

from app.forms import questions as kinds
from app.forms.answers import Answers
from app.forms.conditions import Is
from app.forms.questions import Check, Page, Question, SharedFrom
from app.lifeevents.birth.benefit_pages import BENEFIT_PAGES
from app.lifeevents.birth.situations import (
    CHILD,
    FATHER,
    ISSUE_HERE,
    ISSUED,
    PARENT,
    REGISTER_HERE,
)
from app.vocabulary.common_questions import (
    ETHNICITY,
    agent_page,
    choice,
    delivery_page,
    person_pages,
)
from app.wording import Words

NAME = kinds.PersonName()


def family(fact: str) -> SharedFrom:
    """From the household register; the parent may correct it."""
    return SharedFrom("family-register", fact)


def recorded(fact: str) -> SharedFrom:
    """From the hospital's record; cannot be changed here. One value for each child."""
    return SharedFrom("birth-record", fact, confirm=False)


def same_day(answers: Answers) -> bool:
    """Twins may be born on both sides of midnight."""
    return abs(answers.date("birth_time") - answers.date("born_on")) <= timedelta(days=1)


def takes_a_surname(answers: Answers) -> bool:
    """Names with a middle dot or in Latin letters follow customs without a surname in front."""
    names = [answers.text(name) for name in ("child_name", "mother_name", "father_name")]
    free = any("·" in name or name.isascii() for name in names if name)
    return free or names[0][:1] in {name[0] for name in names[1:] if name}


def a_parents_ethnicity(answers: Answers) -> bool:
    parents = ("mother_ethnicity", "father_ethnicity")
    return answers.text("child_ethnicity") in {answers.text(parent) for parent in parents}


PAGES = (
    agent_page(Is("for_whom", "agent")),
    *person_pages("mother", Words("母亲", "Mother"), "family-register"),
    *person_pages("father", Words("父亲", "Father"), "family-register", FATHER),
    Page(
        "marriage",
        Words("父母的婚姻", "The parents' marriage"),
        (
            Question(
                "marriage_number",
                Words("结婚证字号", "Number of the marriage certificate"),
                kinds.Text(longest=40),
                applies=Is("parents", "married"),
                shared=SharedFrom("marriage-register", "certificate_number"),
            ),
            Question(
                "outside_marriage",
                Words(
                    "我声明：孩子是非婚生育，所述父母情况属实。",
                    "The child was born outside marriage; the parents are as stated.",
                ),
                kinds.Tick(),
                applies=~Is("parents", "married"),
            ),
        ),
    ),
    Page(
        "birth",
        Words("出生情况", "The birth"),
        (
            Question(
                "institution",
                Words("出生的医院", "Hospital of birth"),
                kinds.Text(longest=60),
                applies=ISSUE_HERE,
                shared=recorded("institution"),
            ),
            Question(
                "birth_order",
                Words("这是母亲的第几个孩子？", "The mother's how-manieth child?"),
                kinds.Number(1, 20),
                Words("多胞胎填第一个孩子的次序", "For twins, count the first of them"),
                shared=SharedFrom("birth-record", "birth_order"),
            ),
        ),
    ),
    Page(
        "child",
        Words("孩子的信息", "The child"),
        (
            Question("child_name", Words("孩子姓名", "Child's name"), NAME, sensitive=True),
            Question(
                "sex",
                Words("性别", "Sex"),
                choice(("1", "男", "Male"), ("2", "女", "Female")),
                sensitive=True,
                shared=recorded("sex"),
            ),
            Question(
                "birth_time",
                Words("出生时间", "Time of birth"),
                kinds.DateTime(),
                sensitive=True,
                shared=recorded("birth_time"),
            ),
            Question(
                "certificate_number",
                Words("《出生医学证明》编号", "Number of the birth certificate"),
                kinds.BirthCertificateNumber(),
                Words("证书右上角，一个字母加九位数字", "One letter and nine digits, top right"),
                applies=ISSUED,
                sensitive=True,
            ),
        ),
        each=CHILD,
        checks=(
            Check(
                "birth_time",
                same_day,
                Words(
                    "与前面填的出生日期不符，请核对。",
                    "This is not the day of birth given before; please check.",
                ),
            ),
            Check(
                "child_name",
                lambda a: ISSUED.holds(a) or takes_a_surname(a),
                Words(
                    "孩子的姓要随父亲或母亲；随其他姓的请到窗口办理。",
                    "The surname must be a parent's; for another please come to the counter.",
                ),
            ),
        ),
    ),
    Page(
        "child-health",
        Words("出生时的体格", "At birth"),
        (
            Question(
                "weeks",
                Words("孕周", "Weeks of gestation"),
                kinds.Number(20, 45, Words("周", "weeks")),
                sensitive=True,
                shared=recorded("weeks"),
            ),
            Question(
                "weight",
                Words("体重", "Weight"),
                kinds.Number(300, 7000, Words("克", "g")),
                sensitive=True,
                shared=recorded("weight"),
            ),
            Question(
                "length",
                Words("身长", "Length"),
                kinds.Number(20, 65, Words("厘米", "cm")),
                sensitive=True,
                shared=recorded("length"),
            ),
        ),
        each=CHILD,
        applies=ISSUE_HERE,
    ),
    Page(
        "household-address",
        Words("孩子的地址", "The child's address"),
        (
            Question(
                "child_address",
                Words("孩子在台州的地址", "The child's address in Taizhou"),
                kinds.Address(),
                Words(
                    "落户台州的填户口簿地址，不落户的填居住地址",
                    "The household book's address if the child is registered here, else the home's",
                ),
                sensitive=True,
                shared=family("household_address"),
            ),
        ),
    ),
    Page(
        "household",
        Words("落户信息", "The household"),
        (
            Question(
                "follows",
                Words("孩子随谁落户？", "Whose household does the child join?"),
                PARENT,
                applies=Is("parents", "married"),
            ),
            Question(
                "household_head",
                Words("户主姓名", "Head of household"),
                NAME,
                shared=family("household_head"),
            ),
            Question(
                "household_number",
                Words("户号", "Household number"),
                kinds.Text(longest=20, shortest=4),
                Words("户口簿首页上的号码", "On the first page of the book"),
                sensitive=True,
                shared=family("household_number"),
            ),
            Question(
                "relation_to_head",
                Words("孩子与户主的关系", "The child is the head's"),
                choice(
                    ("child", "子女", "Child"),
                    ("grandchild", "孙子女或外孙子女", "Grandchild"),
                    ("other", "其他亲属", "Other relative"),
                ),
            ),
        ),
        applies=REGISTER_HERE,
    ),
    Page(
        "child-register",
        Words("孩子的民族和籍贯", "Ethnicity and native place"),
        (
            Question(
                "child_ethnicity",
                Words("孩子的民族", "Child's ethnicity"),
                ETHNICITY,
                sensitive=True,
            ),
            Question(
                "native_place",
                Words("籍贯", "Native place"),
                kinds.Text(longest=40, shortest=4),
                Words("省和县，例如 浙江临海", "Province and county, for example Zhejiang Linhai"),
            ),
        ),
        each=CHILD,
        applies=REGISTER_HERE,
        checks=(
            Check(
                "child_ethnicity",
                a_parents_ethnicity,
                Words(
                    "孩子的民族要随父亲或母亲，请重新选择。",
                    "The ethnicity must be a parent's; please choose again.",
                ),
            ),
        ),
    ),
    *BENEFIT_PAGES,
    delivery_page(),
)
