"""Pages of the desk: the workbench and the queue, where work is found and taken."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.cases.claiming import claim_many, claim_next
from app.cases.grant_views import granting_services
from app.cases.portal import ThePortal
from app.cases.queues import RiskFilter, Standing, Wanted, count_work, queue_page
from app.caseworkers.posts import TheDesk, TheForm, see, show, text_of
from app.caseworkers.queue_words import (
    QUEUE,
    FilterOptions,
    count_cards,
    filter_options,
    queue_words,
)
from app.database import Transaction
from app.identity.principals import SignedInOfficer
from app.identity.sign_in import local_path
from app.pages import piece, view_of
from app.pages.viewing import Language

router = APIRouter(prefix="/desk", include_in_schema=False)


class QueueAddress(BaseModel):
    """What the address of a queue page says."""

    event: str = Field("", max_length=200)
    service: str = Field("", max_length=200)
    who: Standing = ""
    risk: RiskFilter = ""
    number: str = Field("", max_length=200)
    order: Literal["", "latest"] = ""
    after: str = Field("", max_length=100)
    before: str = Field("", max_length=100)
    taken: int = Field(0, ge=0, le=50)
    missed: int = Field(0, ge=0, le=50)

    def wanted(self) -> Wanted:
        """What is to be shown."""
        return Wanted(
            life_event=self.event,
            service=self.service,
            standing=self.who,
            risk=self.risk,
            number=self.number,
            newest_first=self.order == "latest",
            after=self.after,
            before=self.before,
        )


def filter_bar(lang: Language, offered: FilterOptions, wanted: Wanted) -> Markup:
    """The filters of a queue as they are chosen.

    They are kept, because all officers of an authority share them and they cost a third of a page;
    but not with a number in them, which only concerns who typed it.
    """
    draw = _drawn if wanted.number else _kept
    return draw(lang, offered, replace(wanted, after="", before=""))


def _drawn(lang: Language, offered: FilterOptions, wanted: Wanted) -> Markup:
    return piece(lang, "caseworkers/_queue_filters.html", offered=offered, wanted=wanted)


_kept = lru_cache(maxsize=256)(_drawn)


@router.get("")
async def show_workbench(
    request: Request,
    session: Transaction,
    portal: ThePortal,
    visit: SignedInOfficer,
    desk: TheDesk,
    none: str = "",
) -> Response:
    """How much there is to do, each number with its queue."""
    counts = await count_work(session, portal, desk)
    return show(
        request,
        visit,
        "workbench.html",
        cards=count_cards(counts),
        nothing_left=bool(none),
        grants_here=bool(granting_services(portal, desk)),
    )


@router.post("/next")
async def take_next(session: Transaction, portal: ThePortal, desk: TheDesk) -> Response:
    """Take the free task that is nearest to its promised day."""
    taken = await claim_next(session, portal, desk)
    return see(f"/desk/tasks/{taken.task_id}" if taken else "/desk?none=1")


@router.get("/queue")
async def show_queue(
    request: Request,
    session: Transaction,
    portal: ThePortal,
    visit: SignedInOfficer,
    desk: TheDesk,
    asked: Annotated[QueueAddress, Query()],
) -> Response:
    """One page of the queue; a filter that is changed by script gets the list alone."""
    wanted = asked.wanted()
    found = await queue_page(session, portal, desk, wanted)
    lang = view_of(request).lang
    part = "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
    return show(
        request,
        visit,
        "_queue.html" if part else "queue.html",
        queue=queue_words(found, wanted, lang),
        filters="" if part else filter_bar(lang, filter_options(portal, desk), wanted),
        taken=asked.taken,
        missed=asked.missed,
    )


@router.post("/queue/claim")
async def take_chosen(session: Transaction, desk: TheDesk, form: TheForm) -> Response:
    """Take the ticked tasks; those that somebody else took meanwhile are counted."""
    back = local_path(text_of(form, "back"), QUEUE)
    chosen = _ids(form.getlist("task"))
    got = await claim_many(session, desk, chosen)
    mark = "&" if "?" in back else "?"
    return see(f"{back}{mark}taken={len(got)}&missed={len(chosen) - len(got)}")


@router.get("/search")
async def search(_visit: SignedInOfficer) -> Response:
    """The search for a case number stands above the queue."""
    return see(f"{QUEUE}#number")


def _ids(sent: Sequence[object]) -> list[UUID]:
    """The ids among what was ticked; anything else is left out."""
    found = []
    for value in sent[:50]:
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return found
