"""Public pages of rounds: when applications are taken, how places are given, the masked list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import PlainTextResponse, Response

from app.cases.case_store import Progress
from app.cases.portal import Portal, ThePortal
from app.cases.round_entries import closed_now, entries_of_case
from app.cases.round_lists import listed_entries, published_keys
from app.cases.round_words import (
    OPEN,
    history,
    round_title,
    state_words,
    whole_title,
    window_words,
)
from app.cases.rounds import Round, find_round, meant_round, moment_words, rounds_of
from app.database import Transaction
from app.errors import NotFound, PortalError
from app.forms.answers import Answers
from app.identity.principals import AnyVisitor, Public
from app.residents.progress_view import EnteredRound
from app.residents.showing import show
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.draw import entries_text
from app.workflow.plan import planned_services
from app.workflow.rounds import entries

router = APIRouter(include_in_schema=False)

SHOWN_FOR: Final = timedelta(days=200)
LINES: Final = 100
PLACE_COLUMNS: Final = (
    {"label": Words("名称", "Name")},
    {"label": Words("代码", "Code")},
    {"label": Words("名额", "Places"), "numeric": True},
)
ENTRY = Words("报名", "Entry")
COMMITMENT = Words("密数的校验值", "Commitment to the secret")
DIGITS = Words("公证数字", "Notary's digits")
SECRET = Words("密数", "Secret")
SEED = Words("种子", "Seed")


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in a list."""

    id: UUID
    title: Words
    window: Words
    state: Words
    colour: str

    @property
    def is_open(self) -> bool:
        """Whether applications are taken now."""
        return self.state == OPEN


def round_line(portal: Portal, round_: Round, now: datetime) -> RoundLine:
    """A round as a line of a list."""
    state, colour = state_words(round_, now)
    return RoundLine(round_.id, round_title(portal, round_), window_words(round_), state, colour)


async def windows_of(
    session: AsyncSession, portal: Portal, event: LifeEvent
) -> tuple[RoundLine, ...]:
    """The rounds of a life event that are worth telling, open ones first; () without an intake."""
    if event.intake is None:
        return ()
    now = portal.now()
    found = await rounds_of(session, [event.id], now - SHOWN_FOR)
    ordered = sorted(found, key=lambda one: (not one.is_open(now), one.county, one.kind))
    return tuple(round_line(portal, one, now) for one in ordered)


async def window_of(
    session: AsyncSession, portal: Portal, event: LifeEvent, answers: Answers
) -> RoundLine | None:
    """The round that these answers are about, or None where none is announced or needed."""
    if event.intake is None or not answers.has(event.intake.divided_by):
        return None
    found = await meant_round(session, portal, event, answers)
    return round_line(portal, found, portal.now()) if found else None


def proof(round_: Round) -> list[dict[str, Words | str]]:
    """The numbers of the draw that are public at this moment."""
    numbers = (
        (COMMITMENT, round_.commitment),
        (DIGITS, round_.notary_digits),
        (SECRET, round_.secret),
        (SEED, round_.seed),
    )
    return [{"key": title, "value": value} for title, value in numbers if value]


def commands(round_: Round, key: str) -> tuple[str, ...]:
    """What to type to check the commitment, the seed and one lot; () before it is allotted."""
    if not round_.seed or not round_.places:
        return ()
    code = round_.places[0].code
    return (
        f'printf %s "{round_.secret}" | sha256sum',
        f'printf %s "{round_.secret}|{round_.notary_digits}|$(cat entries.txt)" | sha256sum',
        f'printf %s "{round_.seed}:{code}:{key}" | sha256sum',
    )


async def entered_round(
    session: AsyncSession, portal: Portal, case: Progress
) -> EnteredRound | None:
    """The round that a case entered, as its own page tells it; None where there is none."""
    event = portal.catalogue.in_words_of(case.life_event, case.definition)
    if event is None or event.intake is None:
        return None
    round_, own = await entries_of_case(session, portal, case.id)
    if round_ is None:
        return None
    closes = moment_words(round_.closes_at)
    label = event.intake.entry.label if event.intake.entry and len(own) > 1 else ENTRY
    return EnteredRound(
        href=f"/rounds/{round_.id}",
        title=whole_title(portal, round_),
        closes=Words(f"报名截止：{closes.zh}", f"Sign-up ends: {closes.en}"),
        entries=tuple(
            {
                "label": label.filled(n=number),
                "key": entry.key,
                "why": entry.why,
                "by_hand": entry.by_hand,
                "left": entry.state == "withdrawn",
            }
            for number, entry in enumerate(own, start=1)
        ),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """The round that an application would enter now, or why it cannot."""

    line: RoundLine | None
    problem: PortalError | None


NO_WINDOW = Window(None, None)


async def window_for(
    session: AsyncSession, portal: Portal, case: CaseFile, event: LifeEvent
) -> Window:
    """The window of an application that is about to be sent; empty where it needs none."""
    if event.intake is None or not entries(planned_services(event, case)):
        return NO_WINDOW
    found = await meant_round(session, portal, event, case.answers)
    if found is None or not found.is_open(portal.now()):
        return Window(None, closed_now(portal, event.county_of(case.answers), found))
    return Window(round_line(portal, found, portal.now()), None)


@router.get("/rounds")
async def list_rounds(
    request: Request, visit: AnyVisitor, portal: ThePortal, session: Transaction
) -> Response:
    """All rounds by life event."""
    groups = [
        (event, await windows_of(session, portal, event))
        for event in portal.catalogue.life_events.values()
        if event.intake
    ]
    return show(request, visit, "rounds.html", groups=groups)


@router.get("/rounds/{round_id}")
async def show_round(
    request: Request,
    round_id: UUID,
    visit: AnyVisitor,
    portal: ThePortal,
    session: Transaction,
    after: Annotated[str, Query(max_length=20)] = "",
    key: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """One round: its window, how places are given, and the list once there is one."""
    round_ = await find_round(session, round_id)
    event = portal.catalogue.life_events.get(round_.life_event)
    if event is None or event.intake is None:
        raise NotFound
    wanted = "".join(key.upper().split())
    lines = await listed_entries(session, round_.id, after, wanted, LINES)
    state, colour = state_words(round_, portal.now())
    return show(
        request,
        visit,
        "round.html",
        round=round_,
        event=event,
        title=whole_title(portal, round_),
        window=window_words(round_),
        state=state,
        colour=colour,
        list_columns=[{"label": column} for column in event.intake.columns],
        lines=[line.columns for line in lines],
        place_columns=PLACE_COLUMNS,
        place_rows=[(place.name, place.code, place.total) for place in round_.places],
        proof=proof(round_),
        sources=event.intake.sources(round_.county, round_.kind),
        history=history(round_),
        commands=commands(round_, lines[0].key if lines else ""),
        key=wanted,
        is_first=not after,
        next_url=f"/rounds/{round_.id}?after={lines[-1].key}" if len(lines) == LINES else None,
    )


@router.get("/rounds/{round_id}/entries.txt", dependencies=[Public])
async def list_entries(round_id: UUID, session: Transaction) -> Response:
    """The closed list of entries exactly as it went into the seed."""
    round_ = await find_round(session, round_id)
    if not round_.seed:
        raise NotFound
    return PlainTextResponse(entries_text(await published_keys(session, round_.id)))
