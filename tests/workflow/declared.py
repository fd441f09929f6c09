"""A small life event of two services and a register, for the tests of the rules."""

from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.forms.conditions import Is
from app.forms.questions import (
    YES_NO,
    Address,
    Date,
    Option,
    Page,
    PersonName,
    Question,
    Repeated,
    Tick,
)
from app.forms.questions import Choice as OneOf
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import (
    AbsoluteDeadline,
    Ask,
    Guidance,
    LifeEvent,
    Stage,
    Step,
)
from app.vocabulary.public_service import (
    CompetentAuthority,
    Limit,
    Message,
    Output,
    PublicService,
    Result,
    SharedRegister,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType, Requirement, Rule
from app.wording import Words

TODAY = date(2026, 11, 23)
CHILD = Repeated("child", "how_many", Words("第{n}个孩子", "Child {n}"))
AUTHORITY = CompetentAuthority("town-hall", Words("镇政府", "Town hall"))
RULE = Rule("a-rule", Words("某条例", "Some rule"), "第一条", "A", TODAY)


class NameSent(Message):
    """What both services are sent."""

    name: str = told("姓名", "Name", min_length=2)


class Number(Result):
    """What both services give."""

    number: str = told("编号", "Number")


def number_given(request: NameSent, ticket: Any) -> Number:
    return Number(number=f"{request.name}-{ticket.number}")


def make_paper(name: str, **details: Any) -> EvidenceType:
    text = Words(f"材料{name}", f"Paper {name}")
    return EvidenceType(name, text, Words("核对用。", "To check."), **details)


def make_service(name: str, *papers: EvidenceType, **details: Any) -> PublicService[Any, Any]:
    given: dict[str, Any] = {
        "id": name,
        "title": Words(f"事项{name}", f"Service {name}"),
        "summary": Words("办理", "Does it"),
        "authority": AUTHORITY,
        "request": NameSent,
        "produces": Output(f"{name}-result", Words("结果", "Result"), Number),
        "path": f"/{name}",
        "call": post_to(f"/{name}", Number),
        "stand_in": number_given,
        "promised": Limit(3, "某文件", confirmed=True),
        "statutory": Limit(20, "某文件", confirmed=True),
        "rules": (RULE,),
        "evidence": papers,
    }
    return PublicService(**{**given, **details})


REGISTER: SharedRegister[Any, Any] = SharedRegister(
    id="people-register",
    title=Words("人口登记", "Register of people"),
    authority=AUTHORITY,
    request=NameSent,
    facts=Number,
    path="/people-register",
    stand_in=lambda request, record: None,
    purpose=Words("核对身份", "To check who you are"),
    rule=RULE,
)


def ask_question(name: str, kind: Any, **details: Any) -> Question:
    return Question(name, Words(f"问题{name}", f"Question {name}"), kind, **details)


def name_asked(case: CaseFile) -> NameSent:
    return NameSent(name=case.answers.text("mother"))


def child_asked(case: CaseFile) -> NameSent:
    return NameSent(name=case.answers.text("child_name"))


def make_event(*steps: Step[Any], **details: Any) -> LifeEvent:
    given: dict[str, Any] = {
        "id": "moving",
        "version": "1",
        "title": Words("搬家一件事", "Moving"),
        "summary": Words("搬家", "Moving"),
        "result": Words("办好", "Done"),
        "stage": Stage("home", Words("安居", "Home"), 1),
        "lead": AUTHORITY,
        "audience": Words("居民", "Residents"),
        "for_whom": (),
        "guidance": (
            ask_question("here", YES_NO),
            ask_question("soldier", YES_NO, applies=Is("here", "yes")),
            ask_question(
                "how_many",
                OneOf(tuple(Option(n, Words(n, n)) for n in ("1", "2"))),
                applies=Is("here", "yes"),
            ),
        ),
        "outcomes": (
            Guidance(
                Is("here", "no"),
                "stop",
                Words("不在本市", "Elsewhere"),
                Words("去那里", "Go there"),
            ),
            Guidance(
                ~Is("soldier", "no"), "partly", Words("部分", "In part"), Words("窗口", "Counter")
            ),
        ),
        "asks": (Ask(REGISTER, name_asked),),
        "pages": (
            Page(
                "mother",
                Words("母亲", "Mother"),
                (
                    ask_question("mother", PersonName()),
                    ask_question("home", Address()),
                    ask_question("unused", YES_NO, optional=True),
                ),
            ),
            Page(
                "child",
                Words("孩子", "Child"),
                (ask_question("child_name", PersonName()), ask_question("born", Date())),
                each=CHILD,
            ),
        ),
        "steps": steps,
        "county": "home",
        "declarations": (ask_question("truth", Tick()),),
        "rules": (RULE,),
        "requirements": (
            Requirement(
                "no-soldier",
                RULE,
                Is("soldier", "no"),
                Words("军人到部队办理", "Soldiers go to their unit"),
                Words("退役后可办", "After service"),
                blocks=True,
            ),
        ),
        "deadlines": (
            AbsoluteDeadline(
                "one-month",
                Words("一个月内", "Within a month"),
                tuple(step.service for step in steps[:1]),
                "born",
                RULE,
                Words("过期要说明", "Then say why"),
                months=1,
            ),
        ),
        "groups": (CHILD,),
    }
    return LifeEvent(**{**given, **details})


def make_case(**answers: Any) -> CaseFile:
    given: dict[str, Any] = {
        "here": "yes",
        "soldier": "no",
        "how_many": "2",
        "mother": "林小青",
        "child": [
            {"child_name": "陈一", "born": "2026-10-31"},
            {"child_name": "陈二", "born": "2026-10-31"},
        ],
    }
    person = Person("林小青", "331002199003070022")
    return CaseFile("N", person, Answers({**given, **answers}, TODAY), TODAY)
