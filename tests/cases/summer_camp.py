"""A small life event with places to give: a summer camp with fewer beds than children."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.applying import submit
from app.cases.case_store import find_or_add_resident
from app.cases.drafts import load_draft
from app.cases.portal import Portal
from app.cases.rounds import Round, find_round, open_round
from app.catalogue import Catalogue
from app.forms.conditions import Is
from app.forms.identifiers import id_check_character
from app.forms.questions import YES_NO, Address, Option, Page, PersonName, ResidentId, Tick
from app.forms.questions import Choice as OneOf
from app.integration.field_cipher import FieldCipher
from app.settings import Settings
from app.vocabulary.case_file import Person
from app.vocabulary.intake import Allotment, Entrant, Intake, Place, RoundFacts
from app.vocabulary.joining import plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import Message, Output, Result, told
from app.vocabulary.requests import allotted, produced
from app.wording import Words
from app.workflow.draw import ticket
from tests.cases.moving_cases import Submitted
from tests.workflow.declared import (
    AUTHORITY,
    CHILD,
    RULE,
    Number,
    ask_question,
    make_event,
    make_service,
)


class BedRequest(Message):
    """Which bed a child gets."""

    child_name: str = told("姓名", "Name")
    camp: str = told("营地", "Camp")
    rank: int = told("序号", "Rank")


class Bed(Result):
    """The bed."""

    bed: str = told("床位", "Bed")


class Poor(Result):
    """Whether the family is poor."""

    poor: bool = told("困难", "Poor")


class NoticeRequest(Message):
    """Where to go."""

    bed: str = told("床位", "Bed")


class CheckRequest(Message):
    """Whose family is looked up."""

    child_name: str = told("姓名", "Name")


SIGN_UP = make_service(
    "sign-up", request=CheckRequest, stand_in=lambda request, ticket: Number(number="1")
)
CHECK = make_service(
    "check-family",
    request=CheckRequest,
    produces=Output("poor", Words("核对", "Check"), Poor),
    stand_in=lambda request, ticket: Poor(poor=request.child_name.endswith("贫")),
)
STAY_HOME = make_service(
    "stay-home",
    request=CheckRequest,
    channel="desk",
    stand_in=lambda request, ticket: Number(number="1"),
)
GIVE_BED = make_service(
    "give-bed",
    request=BedRequest,
    produces=Output("bed", Words("床位", "Bed"), Bed),
    stand_in=lambda request, ticket: Bed(bed=f"{request.camp}-{request.rank}"),
)
NOTICE = make_service(
    "notice", request=NoticeRequest, stand_in=lambda request, ticket: Number(number="1")
)


def beds(county: str, kind: str, year: int) -> tuple[Place, ...]:
    return (Place("sea", Words("海边营", "By the sea"), 2, {"kind": kind}),)


def allot(round_: RoundFacts, entrants: tuple[Entrant, ...]) -> Mapping[str, Allotment]:
    """The poor first, then by lot; who is being checked by a person waits for them."""
    place = round_.places[0]

    def before_others(one: Entrant) -> tuple[bool, str]:
        found = one.case.output(CHECK)
        return not (found and found.poor), ticket(round_.seed, place.code, one.key)

    given: dict[str, Allotment] = {}
    for rank, one in enumerate(sorted(entrants, key=before_others), start=1):
        camp = place.code if rank <= place.total else "waiting-list"
        given[one.key] = Allotment(
            {"camp": camp, "rank": rank},
            Words(f"第{rank}位", f"Number {rank}"),
            (one.key, camp),
            by_hand=bool(one.undecided),
        )
    return given


INTAKE = Intake(
    divided_by="age_group",
    entry=CHILD,
    identity="child_id",
    places=beds,
    year_of=lambda day: day.year,
    allot=allot,
    columns=(Words("报名号", "Entry"), Words("营地", "Camp")),
    rule=RULE,
    how=(Words("困难家庭优先，其余抽签，与报名先后无关。", "The poor first, then by lot."),),
)
STEPS = plan(
    {},
    step(SIGN_UP, each=CHILD),
    step(CHECK, requires=(SIGN_UP,), each=CHILD),
    step(STAY_HOME, requires=(SIGN_UP,), applies=Is("stays", "yes"), each=CHILD),
    step(
        GIVE_BED,
        requires=(SIGN_UP,),
        unless=(STAY_HOME,),
        barrier=(CHECK, STAY_HOME),
        each=CHILD,
        camp=allotted("camp"),
        rank=allotted("rank"),
    ),
    step(NOTICE, requires=(GIVE_BED,), each=CHILD, bed=produced(GIVE_BED, "bed")),
)


def make_camp(**details: Any) -> LifeEvent:
    """The life event."""
    groups = (Option(name, Words(name, name)) for name in ("small", "big"))
    counts = (Option(n, Words(n, n)) for n in ("1", "2"))
    given: dict[str, Any] = {
        "id": "summer-camp",
        "guidance": (
            ask_question("age_group", OneOf(tuple(groups))),
            ask_question("how_many", OneOf(tuple(counts))),
        ),
        "outcomes": (),
        "asks": (),
        "pages": (
            Page("home", Words("家", "Home"), (ask_question("home", Address()),)),
            Page(
                "child",
                Words("孩子", "Child"),
                (
                    ask_question("child_name", PersonName()),
                    ask_question("child_id", ResidentId()),
                    ask_question("stays", YES_NO),
                ),
                each=CHILD,
            ),
        ),
        "requirements": (),
        "deadlines": (),
        "declarations": (ask_question("truth", Tick()),),
        "intake": INTAKE,
    }
    return make_event(*STEPS, **{**given, **details})


def camp_portal(settings: Settings, event: LifeEvent | None = None) -> Portal:
    """A portal that knows the camp only."""
    camp = event or make_camp()
    services = (SIGN_UP, CHECK, STAY_HOME, GIVE_BED, NOTICE)
    held = Catalogue(
        life_events={camp.id: camp},
        services={service.id: service for service in services},
        registers={},
        benefits={},
        screenings={},
        authorities={AUTHORITY.id: AUTHORITY},
        stages=(camp.stage,),
        declared_in={},
    )
    return Portal(held, FieldCipher(settings.field_key_bytes()), settings)


async def a_round(session: AsyncSession, portal: Portal, *, days: int = 7) -> Round:
    """A round that opened yesterday and closes in some days."""
    now = portal.now()
    event = portal.catalogue.life_events["summer-camp"]
    round_id = await open_round(
        session, portal, event, "331002", "small", portal.today().year,
        now - timedelta(days=1), now + timedelta(days=days), "officer:1",
    )  # fmt: skip
    return await find_round(session, round_id)


def id_of(number: int) -> str:
    """A made-up ID number of a child."""
    born = date(2016, 1, 1) + timedelta(days=number)
    body = f"331002{born:%Y%m%d}{100 + number % 900}"
    return body + id_check_character(body)


async def signed_up(
    session: AsyncSession,
    portal: Portal,
    *children: tuple[str, int],
    stays: str = "no",
    county: str = "331002",
) -> Submitted:
    """A submitted case for these children: name and a number that makes their ID."""
    person = Person("林满", id_of(5000 + children[0][1]), "13800000001")
    resident_id: UUID = await find_or_add_resident(session, portal, person)
    answers: dict[str, Any] = {
        "age_group": "small",
        "how_many": str(len(children)),
        "home": {"county": county, "township": f"{county}001", "detail": "解放路1号"},
        "child": [
            {"child_name": name, "child_id": id_of(number), "stays": stays}
            for name, number in children
        ],
        "truth": True,
    }
    number = await drafting.start_draft(session, portal, resident_id, "summer-camp", answers, "")
    draft = await load_draft(session, portal, number, resident_id)
    await submit(session, portal, draft, draft.case_file(portal.today()), draft.revision)
    return Submitted(number, draft.case_id, resident_id)


async def close_now(session: AsyncSession, round_: Round) -> None:
    """The window ends."""
    await session.execute(
        text("UPDATE rounds SET closes_at = now() - interval '1 second' WHERE id = :id"),
        {"id": round_.id},
    )
