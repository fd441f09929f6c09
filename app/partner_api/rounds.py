"""Rounds of a life event: windows, places, and the numbers of the draw once it is done."""

from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.cases.portal import Portal, ThePortal
from app.cases.round_words import kind_words, state_words
from app.cases.rounds import Round, rounds_of
from app.database import Transaction
from app.partner_api.life_events import EventId, Reader, event_named
from app.partner_api.openapi_words import refusals
from app.partner_api.schemas import InBoth

router = APIRouter(prefix="/api/v1/life-events", tags=["life events"])

TOLD_FOR: Final = timedelta(days=400)


class RoundPlace(BaseModel):
    """Somewhere that takes entrants, with how many."""

    code: str
    name: InBoth
    total: int


class RoundLine(BaseModel):
    """One window of a life event in one county, for one kind and year."""

    id: UUID
    county: Annotated[str, Field(description="six-digit division code")]
    kind: str
    kind_words: InBoth
    year: int
    wave: Annotated[int, Field(description="1; a supplementary round is 2 or more")]
    open: Annotated[bool, Field(description="applications are taken now")]
    state_words: InBoth
    opens_at: datetime
    closes_at: datetime
    places: list[RoundPlace]
    commitment: Annotated[str, Field(description="SHA-256 of the secret, told beforehand")]
    secret: Annotated[str, Field(description="empty until places are given")]
    notary_digits: str
    seed: Annotated[str, Field(description="empty until places are given")]
    url: Annotated[str, Field(description="the public page with the rule and the masked list")]


class Rounds(BaseModel):
    """The rounds of one life event; none where it is taken in at any time."""

    rounds: list[RoundLine]


@router.get(
    "/{event_id}/rounds",
    operation_id="listRounds",
    summary="报名时间和名额 · Rounds: windows, places, the numbers of the draw",
    responses=refusals(401, 403, 404, 422, 429, 503),
)
async def list_rounds(
    event_id: EventId, _app: Reader, portal: ThePortal, session: Transaction
) -> Rounds:
    """Every round of a life event that closes later than about a year ago, the latest first."""
    event = event_named(portal, event_id)
    if event.intake is None:
        return Rounds(rounds=[])
    found = await rounds_of(session, [event.id], portal.now() - TOLD_FOR)
    return Rounds(rounds=[_line(portal, one) for one in found])


def _line(portal: Portal, round_: Round) -> RoundLine:
    event = portal.catalogue.life_events[round_.life_event]
    now = portal.now()
    return RoundLine(
        id=round_.id,
        county=round_.county,
        kind=round_.kind,
        kind_words=InBoth.of(kind_words(event, round_.kind)),
        year=round_.year,
        wave=round_.wave,
        open=round_.is_open(now),
        state_words=InBoth.of(state_words(round_, now)[0]),
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        places=[
            RoundPlace(code=place.code, name=InBoth.of(place.name), total=place.total)
            for place in round_.places
        ],
        commitment=round_.commitment,
        secret=round_.secret,
        notary_digits=round_.notary_digits,
        seed=round_.seed,
        url=f"{portal.settings.base_url}/rounds/{round_.id}",
    )
