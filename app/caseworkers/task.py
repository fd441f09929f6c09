"""The page of one task: look, take, ask, decide; whoever was slower is told what happened."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response

from app.cases import claiming, deciding
from app.cases.data_reads import Purpose
from app.cases.desks import Desk
from app.cases.outputs import OutputCorrection, OutputNotRight
from app.cases.portal import Portal, ThePortal
from app.cases.reviewing import TaskView, open_task, service_of
from app.caseworkers import task_forms
from app.caseworkers.posts import TheDesk, TheForm, number_of, see, show
from app.caseworkers.task_words import Typed, task_words
from app.database import Transaction
from app.errors import NotAllowed, NotFound, PortalError
from app.identity.principals import OfficerPrincipal, Session, SignedInOfficer
from app.integration.file_storage import FileStore
from app.vocabulary.public_service import PublicService
from app.wording import Words

router = APIRouter(prefix="/desk/tasks/{task_id}", include_in_schema=False)


@dataclass(frozen=True)
class AtTask:
    """An officer in front of one task: what every route here works with."""

    task_id: UUID
    request: Request
    visit: Session[OfficerPrincipal]
    desk: Desk
    portal: Portal
    session: AsyncSession

    async def service(self) -> PublicService[Any, Any]:
        """The service of the task. Raises NotFound for the work of others."""
        return await service_of(self.session, self.portal, self.desk, self.task_id)

    async def look(self, purpose: Purpose = "review") -> TaskView:
        """The task with its case; that it was read is noted."""
        return await open_task(self.session, self.portal, self.desk, self.task_id, purpose)

    async def page(
        self, status: int = 200, typed: Typed | None = None, purpose: Purpose = "review"
    ) -> Response:
        """The page as things stand now, with what was typed."""
        view = await self.look(purpose)
        if purpose == "reveal" and not view.is_mine:
            raise NotAllowed(_TAKE_FIRST)
        words = task_words(self.portal, view, purpose, typed or Typed())
        return show(
            self.request,
            self.visit,
            "task.html",
            status=status,
            task=words,
            errors=words["errors"],
        )

    async def do(
        self, act: Coroutine[Any, Any, object], form: FormData | None = None, then: str = ""
    ) -> Response:
        """Do it and go on; where it is refused, say why on the page, with what was typed.

        Acts refuse before they write, so that the page is read in the same transaction.
        """
        typed = {} if form is None else task_forms.values(form)
        ticked = [] if form is None else task_forms.ticked(form)
        try:
            await act
        except NotFound:
            raise
        except OutputNotRight as wrong:
            return await self.page(wrong.status, Typed(typed, ticked, wrong.corrections))
        except PortalError as refusal:
            return await self.page(refusal.status, Typed(typed, ticked, refusal=refusal))
        return see(then or f"/desk/tasks/{self.task_id}")


async def at_task(
    task_id: UUID,
    request: Request,
    visit: SignedInOfficer,
    desk: TheDesk,
    portal: ThePortal,
    session: Transaction,
) -> AtTask:
    """Who stands where; a coroutine, because FastAPI makes a plain class in a thread."""
    return AtTask(task_id, request, visit, desk, portal, session)


At = Annotated[AtTask, Depends(at_task)]


@router.get("")
async def show_task(at: At) -> Response:
    """The task on one screen."""
    return await at.page()


@router.post("/claim")
async def take(at: At) -> Response:
    """Take it."""
    return await at.do(claiming.claim(at.session, at.desk, at.task_id))


@router.post("/release")
async def give_back(at: At) -> Response:
    """Give it back to the queue."""
    return await at.do(claiming.release(at.session, at.desk, at.task_id), then="/desk/queue")


@router.post("/reveal")
async def reveal(at: At) -> Response:
    """Show what is masked, once, noted with its purpose."""
    return await at.page(purpose="reveal")


@router.post("/accept")
async def accept(at: At, form: TheForm) -> Response:
    """Accept the application."""
    fence = number_of(form, "fence")
    return await at.do(deciding.accept(at.session, at.portal, at.desk, at.task_id, fence), form)


@router.post("/supplement")
async def ask_to_mend(at: At, form: TheForm) -> Response:
    """Ask the applicant to mend all the points at once."""
    service = await at.service()

    async def ask() -> None:
        points = task_forms.points(form, service)
        reason = task_forms.plain(form, "again")
        fence = number_of(form, "fence")
        await deciding.ask_applicant(
            at.session, at.portal, at.desk, at.task_id, fence, points, reason
        )

    return await at.do(ask(), form)


@router.post("/grant")
async def grant(at: At, form: TheForm) -> Response:
    """Grant, with the output that was typed."""
    corrections: tuple[OutputCorrection, ...] = task_forms.corrections(form, await at.service())

    async def decide() -> None:
        if corrections:
            raise OutputNotRight(corrections)
        fence = number_of(form, "fence")
        typed = task_forms.output_values(form)
        await deciding.grant(at.session, at.portal, at.desk, at.task_id, fence, typed)

    return await at.do(decide(), form)


@router.post("/refuse")
async def refuse(at: At, form: TheForm) -> Response:
    """Refuse, with reason and rule."""
    service = await at.service()

    async def decide() -> None:
        reason, rule = task_forms.refusal(form, service)
        fence = number_of(form, "fence")
        await deciding.refuse(at.session, at.portal, at.desk, at.task_id, fence, reason, rule)

    return await at.do(decide(), form)


@router.post("/retry")
async def retry(at: At, form: TheForm) -> Response:
    """Send a stuck step to its department once more."""
    fence = number_of(form, "fence")
    return await at.do(deciding.try_again(at.session, at.portal, at.desk, at.task_id, fence), form)


@router.get("/papers/{file_id}")
async def hand_out(at: At, file_id: UUID) -> Response:
    """A paper of this step as a download; that it was read is noted."""
    view = await at.look("paper")
    paper = next((paper for paper in view.papers if paper.id == file_id), None)
    path = None if paper is None else FileStore.of(at.portal.settings).path(paper.blob)
    if paper is None or path is None or not path.is_file():
        raise NotFound
    return FileResponse(
        path,
        media_type=paper.media_type,
        filename=paper.name,
        content_disposition_type="attachment",
        headers={"cache-control": "no-store", "x-content-type-options": "nosniff"},
    )


_TAKE_FIRST = Words("请先领取，再查看完整信息。", "Take it first to see it in full.")
