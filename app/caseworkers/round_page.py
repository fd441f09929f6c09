"""One round at the desk: its numbers, what the barrier waits for, window, places and digits."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.cases.allotting import pending_checks
from app.cases.portal import Portal, ThePortal
from app.cases.round_lists import numbers_of
from app.cases.round_words import history, state_words, whole_title, window_words
from app.cases.rounds import Round, change_round, find_round, moment_words
from app.cases.titles import service_title
from app.caseworkers import round_forms as forms
from app.caseworkers.posts import TheDesk, TheForm, see, show
from app.database import Transaction
from app.errors import NotFound, PortalError
from app.identity.people import OfficerPrincipal, Session
from app.identity.principals import SignedInOfficer
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

router = APIRouter(prefix="/desk/rounds/{round_id}", include_in_schema=False)

WRONG_STATUS: Final = 422
WINDOW = Words("报名时间改为{window}", "Sign-up changed to {window}")
CLOSED_NOW = Words("提前截止（演示）", "Closed early (demo)")
TOTALS = Words("修改了名额", "Places changed")
DIGITS = Words("登记了公证数字", "Notary's digits entered")


@dataclass(frozen=True, slots=True)
class AtRound:
    """An officer before one round of their own desk."""

    round: Round
    event: LifeEvent
    request: Request
    visit: Session[OfficerPrincipal]
    portal: Portal
    session: AsyncSession

    async def page(
        self,
        status: int = 200,
        reading: Any = None,
        refusal: PortalError | None = None,
    ) -> Response:
        """The round on one screen; `reading` is what was typed for its window."""
        # Any: forms.corrections.Reading or nothing.
        round_, portal = self.round, self.portal
        state, colour = state_words(round_, portal.now())
        pending = await pending_checks(self.session, self.event, round_.id)
        typed = reading.typed if reading else forms.typed_window(round_)
        corrections = reading.corrections if reading else ()
        return show(
            self.request,
            self.visit,
            "round.html",
            status=status,
            round=round_,
            title=whole_title(portal, round_),
            window=window_words(round_),
            state=state,
            colour=colour,
            numbers=(await numbers_of(self.session, [round_.id]))[round_.id],
            pending=[(service_title(portal, name), n) for name, n in pending.items()],
            may_change=round_.state == "open" and portal.now() < round_.closes_at,
            may_close=portal.settings.is_demo and round_.is_open(portal.now()),
            controls=forms.controls(forms.window_page(), typed, corrections),
            history=history(round_),
            refusal=refusal,
            errors=[{"href": f"#{one.input}", "message": one.message} for one in corrections],
        )

    async def do(self, act: Callable[[], Awaitable[None]]) -> Response:
        """Do it and show the round again; where it is refused, say why and keep the rest."""
        try:
            await act()
        except PortalError as refusal:
            return await self.page(refusal.status, refusal=refusal)
        return see(f"/desk/rounds/{self.round.id}")

    async def change(self, what: Words, **changes: Any) -> None:
        """Change the round in the name of this officer."""
        # Any: the named changes of cases.rounds.change_round.
        by = self.visit.principal.actor
        await change_round(self.session, self.portal, self.round, by, what, **changes)


async def at_round(
    round_id: UUID,
    request: Request,
    visit: SignedInOfficer,
    desk: TheDesk,
    portal: ThePortal,
    session: Transaction,
) -> AtRound:
    """The round, where it is one of this desk. Raises NotFound."""
    round_ = await find_round(session, round_id)
    event = portal.catalogue.life_events.get(round_.life_event)
    if event is None or event.lead.id != desk.authority_id:
        raise NotFound
    if desk.county and desk.county != round_.county:
        raise NotFound
    return AtRound(round_, event, request, visit, portal, session)


At = Annotated[AtRound, Depends(at_round)]


@router.get("")
async def show_round(at: At) -> Response:
    """One round: its numbers, what the barrier waits for, and what may be changed."""
    return await at.page()


@router.post("/window")
async def move_window(at: At, form: TheForm) -> Response:
    """Another beginning or end."""
    reading = forms.read(forms.window_page(), form, at.portal.today())
    if reading.corrections:
        return await at.page(WRONG_STATUS, reading)
    opens = forms.moment_of(str(reading.values["opens"]))
    closes = forms.moment_of(str(reading.values["closes"]))
    said = Words(
        f"{moment_words(opens).zh}至{moment_words(closes).zh}",
        f"{moment_words(opens).en} to {moment_words(closes).en}",
    )
    what = Words(WINDOW.zh.format(window=said.zh), WINDOW.en.format(window=said.en))
    return await at.do(lambda: at.change(what, opens_at=opens, closes_at=closes))


@router.post("/close")
async def close(at: At) -> Response:
    """End the window now: only to be tried out, in a demo."""
    if not at.portal.settings.is_demo:
        raise NotFound
    return await at.do(lambda: at.change(CLOSED_NOW, closes_at=at.portal.now()))


@router.post("/places")
async def change_places(at: At, form: TheForm) -> Response:
    """Other numbers of places."""

    async def change() -> None:
        await at.change(TOTALS, totals=forms.read_totals(form, at.round))

    return await at.do(change)


@router.post("/notary")
async def enter_digits(at: At, form: TheForm) -> Response:
    """The digits that a notary gave for the draw."""

    async def change() -> None:
        await at.change(DIGITS, notary_digits=forms.read_digits(form))

    return await at.do(change)
