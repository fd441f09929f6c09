"""Questions of every kind and a small form of them, for the tests of forms."""

from dataclasses import dataclass, field
from datetime import date

from app.forms.answers import Answers
from app.forms.conditions import Is
from app.forms.questions import (
    YES_NO,
    Address,
    BankAccount,
    BirthCertificateNumber,
    Check,
    Choice,
    Choices,
    CreditCode,
    Date,
    DateTime,
    IdentityDocument,
    Kind,
    Mobile,
    Month,
    Number,
    Option,
    Page,
    PersonName,
    Question,
    Repeated,
    ResidentId,
    Text,
    Tick,
)
from app.wording import Words

TODAY = date(2026, 11, 23)
COLOURS = (Option("red", Words("红", "Red")), Option("blue", Words("蓝", "Blue")))

KINDS: dict[str, Kind] = {
    "text": Text(longest=20),
    "story": Text(longest=50, lines=4),
    "name": PersonName(),
    "id_number": ResidentId(),
    "document": IdentityDocument(),
    "company": CreditCode(),
    "mobile": Mobile(),
    "phone": Mobile(landline=True),
    "certificate": BirthCertificateNumber(),
    "day": Date(past_days=400),
    "month": Month(past_months=24),
    "moment": DateTime(),
    "weeks": Number(20, 45, Words("周", "weeks")),
    "length": Number(20, 65, Words("厘米", "cm"), decimals=1),
    "colour": Choice(COLOURS),
    "colours": Choices(COLOURS),
    "home": Address(),
    "anywhere": Address(elsewhere=True),
    "account": BankAccount(),
    "truth": Tick(),
}


def words(text: str) -> Words:
    return Words(text, text)


def make_question(kind: str, *, optional: bool = False) -> Question:
    return Question(kind, Words(f"样例{kind}", f"Sample {kind}"), KINDS[kind], optional=optional)


def no_answers() -> Answers:
    return Answers({}, TODAY)


@dataclass(frozen=True)
class SmallForm:
    """A form like a life event's, of what the tests need."""

    guidance: tuple[Question, ...] = ()
    pages: tuple[Page, ...] = ()
    declarations: tuple[Question, ...] = ()
    groups: tuple[Repeated, ...] = ()
    for_whom: tuple[tuple[str, Words, Words], ...] = field(default=())


CHILD = Repeated("child", "how_many", Words("第{n}个孩子", "Child {n}"))


def birth_form() -> SmallForm:
    """One to three children, a mother, a father unless he is not declared."""
    children = tuple(Option(str(count), words(str(count))) for count in (1, 2, 3))
    declared = Is("married", "yes")
    return SmallForm(
        guidance=(
            Question("married", Words("父母已婚？", "Are the parents married?"), YES_NO),
            Question("how_many", Words("有几个孩子？", "How many children?"), Choice(children)),
        ),
        pages=(
            Page(
                "parents",
                words("父母"),
                (
                    Question("mother", Words("母亲姓名", "Mother's name"), PersonName()),
                    Question(
                        "father", Words("父亲姓名", "Father's name"), PersonName(), applies=declared
                    ),
                    Question("home", Words("住址", "Address"), Address()),
                ),
            ),
            Page(
                "child",
                words("孩子"),
                (
                    Question("child_name", Words("孩子姓名", "Child's name"), PersonName()),
                    Question("born", Words("出生日期", "Date of birth"), Date(past_days=30)),
                    Question("late", Words("晚报原因", "Why late"), Text(), optional=True),
                ),
                each=CHILD,
                checks=(
                    Check(
                        "child_name",
                        lambda given: (
                            given.text("child_name")[0]
                            in {given.text("mother")[0], given.text("father")[:1]}
                        ),
                        Words("孩子随父姓或母姓。", "The child has a parent's surname."),
                    ),
                ),
            ),
            Page(
                "wedding",
                words("结婚证"),
                (Question("wedding", Words("结婚日期", "Date of wedding"), Date()),),
                applies=declared,
            ),
        ),
        declarations=(Question("truth", Words("以上属实", "All this is true"), Tick()),),
        groups=(CHILD,),
    )


def complete_values() -> dict[str, object]:
    """A whole set of answers of a married couple with twins."""
    return {
        "married": "yes",
        "how_many": "2",
        "mother": "林小青",
        "father": "陈大海",
        "home": {"county": "331002", "township": "331002001", "detail": "中山路1号"},
        "wedding": "2020-05-20",
        "child": [
            {"child_name": "陈一", "born": "2026-11-10"},
            {"child_name": "林二", "born": "2026-11-10"},
        ],
        "truth": True,
    }
