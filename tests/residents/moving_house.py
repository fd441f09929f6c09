"""A small life event of no real city, so that the residents' pages are tested on any event."""

from collections.abc import Mapping
from datetime import date
from types import ModuleType
from typing import Any

from app.catalogue import Catalogue, build
from app.forms import questions as kinds
from app.forms.conditions import Is
from app.forms.questions import Check, Choice, Option, Page, Question, Repeated, SharedFrom
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import AbsoluteDeadline, Ask, Guidance, LifeEvent, Stage, Step
from app.vocabulary.public_service import (
    CompetentAuthority,
    Limit,
    Message,
    Output,
    PublicService,
    Reason,
    Result,
    SharedRegister,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import EvidenceType, Rule
from app.wording import Words

POLICE = CompetentAuthority("test-police", Words("搬家公安", "Moving police"))
SCHOOLS = CompetentAuthority("test-schools", Words("搬家教育", "Moving schools"))
RULE = Rule("moving-rule", Words("搬家条例", "Moving rules"), "第一条", "A", date(2020, 1, 1))
ROOM = Repeated("room", "rooms", Words("第{n}间房", "Room {n}"), most=3)


class MoveRequest(Message):
    """Who moves where."""

    name: str = told("姓名", "Name", sensitive=True)
    county: str = told("县", "County")


class Moved(Result):
    """The new entry."""

    entry: str = told("登记号", "Entry number")


class RoomRequest(Message):
    """One room."""

    room: str = told("房间", "Room")


class WhoAsks(Message):
    """Whose record is asked for."""

    id_number: str = told("身份证号", "ID number", sensitive=True)


class PersonFacts(Result):
    """What the register knows."""

    full_name: str | None = told("姓名", "Name", default=None)
    id_number: str | None = told("身份证号", "ID number", default=None, sensitive=True)
    phone: str | None = told("电话", "Phone", default=None, sensitive=True)


def moved(_request: MoveRequest, ticket: Ticket) -> Moved:
    return Moved(entry=f"M{ticket.number}")


def record_of(_request: WhoAsks, record: Mapping[str, Any]) -> PersonFacts | None:
    return PersonFacts.model_validate(record) if record else None


def service(
    name: str, title: str, authority: CompetentAuthority, request: type[Message], **more: Any
) -> PublicService[Any, Any]:
    return PublicService(
        id=name,
        title=Words(title, name),
        summary=Words("为搬家的人办。", "For people who move."),
        authority=authority,
        request=request,
        produces=Output(f"{name}-entry", Words("登记", "Entry"), Moved),
        path=f"/{name}",
        call=post_to(f"/{name}", Moved),
        stand_in=moved,
        promised=Limit(3, "承诺", confirmed=True),
        statutory=Limit(20, "法定"),
        rules=(RULE,),
        **more,
    )


MOVE = service(
    "move-household",
    "迁移户口",
    POLICE,
    MoveRequest,
    evidence=(
        EvidenceType("lease", Words("租房合同", "Lease"), Words("证明住址。", "Proves the home.")),
        EvidenceType(
            "photo",
            Words("一寸照片", "Photo"),
            Words("做证件用。", "For the card."),
            defer_working_days=10,
        ),
        EvidenceType(
            "no-debts",
            Words("水电费结清证明", "No debts"),
            Words("证明没有欠费。", "Shows that nothing is owed."),
            commitment=True,
        ),
        EvidenceType(
            "id-card",
            Words("身份证", "ID card"),
            Words("核对身份。", "To check who you are."),
            register="test-people",
        ),
    ),
    refusal_reasons=(Reason("no", Words("地址不对。", "Wrong address."), RULE),),
)
ROOMS = service(
    "register-room",
    "登记房间",
    SCHOOLS,
    RoomRequest,
    channel="desk",
    evidence=(
        EvidenceType(
            "entry",
            Words("户口登记", "Household entry"),
            Words("证明已经迁入。", "Proves the move."),
            output="move-household",
        ),
    ),
)
PEOPLE = SharedRegister(
    id="test-people",
    title=Words("测试人口库", "Test people"),
    authority=POLICE,
    request=WhoAsks,
    facts=PersonFacts,
    path="/people",
    stand_in=record_of,
    purpose=Words("不用您再填姓名和证件。", "So that you need not type name and document."),
    rule=RULE,
    sensitive=True,
)
CHILDREN = SharedRegister(
    id="test-children",
    title=Words("测试学籍库", "Test pupils"),
    authority=SCHOOLS,
    request=WhoAsks,
    facts=PersonFacts,
    path="/children",
    stand_in=record_of,
    purpose=Words("带出孩子的学籍。", "To take the child's school record."),
    rule=RULE,
    about_child=True,
)


def request_move(case: CaseFile) -> MoveRequest:
    return MoveRequest(
        name=case.answers.text("mover_name"), county=case.answers.parts("new_home")["county"]
    )


def request_room(case: CaseFile) -> RoomRequest:
    return RoomRequest(room=case.answers.text("room_use"))


MOVING = LifeEvent(
    id="moving-house",
    version="1",
    title=Words("搬家一件事", "Moving house"),
    summary=Words("迁户口、登记房间，一次办好。", "Household and rooms in one go."),
    result=Words("一次办好2件事", "Two things at once"),
    stage=Stage("living", Words("安家", "Settling down"), 7),
    lead=POLICE,
    audience=Words("搬到台州的人", "People who move to Taizhou"),
    for_whom=(
        ("self", Words("我自己", "Myself"), Words("本人登录即可", "Sign in")),
        ("parents", Words("我的父母", "My parents"), Words("需要他们同意", "They must agree")),
    ),
    guidance=(
        Question(
            "home",
            Words("新家是买的还是租的？", "Bought or rented?"),
            Choice(
                (
                    Option("bought", Words("买的", "Bought")),
                    Option("rented", Words("租的", "Rented")),
                    Option("boat", Words("船上", "A boat")),
                )
            ),
        ),
        Question(
            "rooms",
            Words("有几间房？", "How many rooms?"),
            Choice(
                (
                    Option("1", Words("一间", "One")),
                    Option("2", Words("两间", "Two")),
                )
            ),
        ),
    ),
    outcomes=(
        Guidance(
            Is("home", "boat"),
            "stop",
            Words("船上不能登记户口。", "A boat cannot be registered."),
            Words("请到派出所窗口。", "Please come to the police station."),
            RULE,
        ),
        Guidance(
            Is("home", "rented"),
            "note",
            Words("租房要带合同。", "A lease is needed."),
            Words("接着往下填即可。", "Simply go on."),
        ),
    ),
    asks=(
        Ask(PEOPLE, lambda case: WhoAsks(id_number=case.applicant.id_number)),
        Ask(CHILDREN, lambda case: WhoAsks(id_number=case.applicant.id_number)),
    ),
    pages=(
        Page(
            "mover",
            Words("搬家的人", "Who moves"),
            (
                Question(
                    "mover_name",
                    Words("姓名", "Name"),
                    kinds.PersonName(),
                    shared=SharedFrom("test-people", "full_name"),
                ),
                Question(
                    "mover_id",
                    Words("身份证号", "ID number"),
                    kinds.ResidentId(),
                    sensitive=True,
                    shared=SharedFrom("test-people", "id_number", confirm=False),
                ),
            ),
        ),
        Page(
            "home",
            Words("新家", "The new home"),
            (
                Question("new_home", Words("新家地址", "New address"), kinds.Address()),
                Question("moved_on", Words("搬家日期", "Moved on"), kinds.Date()),
                Question("phone", Words("联系电话", "Phone"), kinds.Mobile(), sensitive=True),
                Question("note", Words("备注", "Note"), kinds.Text(longest=50), optional=True),
            ),
            checks=(
                Check(
                    "note",
                    lambda answers: "猫" not in answers.text("note"),
                    Words("请不要写猫。", "No cats, please."),
                ),
            ),
        ),
        Page(
            "room",
            Words("房间", "The room"),
            (
                Question("room_use", Words("这间房做什么用？", "Its use?"), kinds.Text()),
                Question(
                    "beds", Words("几张床？", "How many beds?"), kinds.Number(0, 9), optional=True
                ),
            ),
            each=ROOM,
        ),
    ),
    steps=(
        Step(MOVE, request_move),
        Step(ROOMS, request_room, requires=(MOVE,), each=ROOM),
    ),
    county="new_home",
    declarations=(
        Question("truth", Words("以上内容属实。", "All of this is true."), kinds.Tick()),
    ),
    rules=(RULE,),
    deadlines=(
        AbsoluteDeadline(
            "register-in-time",
            Words("迁移登记", "Registration"),
            (MOVE,),
            "moved_on",
            RULE,
            Words("超过一个月要说明原因。", "After a month you must give a reason."),
            months=1,
        ),
    ),
    other_ways=(Words("到任一便民服务中心窗口。", "At any service centre."),),
    keywords=("搬家", "迁户口", "换房子"),
    minutes=8,
    groups=(ROOM,),
)


def catalogue(
    *editions: LifeEvent, services: tuple[PublicService[Any, Any], ...] = ()
) -> Catalogue:
    """A catalogue that holds this event alone, or the editions of it that are given."""
    declared = ModuleType("tests.moving_house")
    offered = {f"SERVICE_{n}": one for n, one in enumerate(services or (MOVE, ROOMS))}
    vars(declared).update(offered, PEOPLE=PEOPLE, CHILDREN=CHILDREN)
    held = ModuleType("tests.lifeevents.moving_house")
    vars(held).update({f"EDITION_{n}": event for n, event in enumerate(editions or (MOVING,))})
    return build([held], [declared])
