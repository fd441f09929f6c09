"""Papers of a draft: uploaded, to follow later, promised in writing, handed out again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, JSONResponse, Response

from app.cases import drafting, evidence_intake
from app.cases.drafts import DraftFile, LoadedDraft
from app.cases.evidence_intake import KeptPaper
from app.cases.form_state import FormState, form_state
from app.cases.portal import Portal, ThePortal
from app.database import Database, Transaction
from app.errors import NotFound, PortalError
from app.forms.moments import day_in_words
from app.forms.questions import Option
from app.identity.people import Session
from app.identity.principals import SignedInResident
from app.integration.file_storage import MOST_BYTES, FileStore
from app.residents.at_hand import OpenDraft, unsent
from app.residents.explaining import reasons
from app.residents.hub import back_to
from app.residents.showing import SentForm, see, show, text_of
from app.residents.uploading import (
    MOST_FORM_BYTES,
    MOST_PIECE_BODY,
    SentPiece,
    announce,
    files_of,
    offset_of,
    take_files,
    take_piece,
    told,
)
from app.wording import Words
from app.workflow.evidence import NeededPaper
from app.workflow.uses import in_plan, why

router = APIRouter(prefix="/drafts/{number}", include_in_schema=False)

FIELD = "paper"
NOW, DEFERRED, COMMITMENT = "now", "deferred", "commitment"
UPLOAD_NOW = Words("现在上传", "Upload it now")
PROMISE = Words(
    "我书面承诺情况属实，材料不实愿意承担责任",
    "I promise in writing that it is true, and answer for it if it is not",
)
PLEASE_GIVE = Words("请上传这份材料，或选择其他办法。", "Upload this paper, or choose another way.")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One uploaded file in the list of its component."""

    id: UUID
    name: str
    size: int
    state: str
    href: str


@router.get("/papers/{paper_id}")
async def show_paper(
    request: Request, paper_id: str, visit: SignedInResident, draft: OpenDraft
) -> Response:
    """One paper: why, which instead, what is uploaded."""
    return _page(request, visit, draft, _find(form_state(draft), paper_id))


@router.post("/papers/{paper_id}", max_body_size=MOST_FORM_BYTES)
async def give_paper(
    form: SentForm,
    request: Request,
    paper_id: str,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Take the file of a form without scripts, remove one, or keep how the paper is given."""
    state = form_state(draft)
    paper = _find(state, paper_id)
    here = f"/drafts/{draft.number}/papers/{paper.id}"
    back = "?back=check" if text_of(form, "_back") == "check" else ""
    if removed := text_of(form, "_remove"):
        await _remove(session, portal, draft, removed)
        return see(here + back)
    files = files_of(form, FIELD)
    if text_of(form, "_upload") or files:
        database: Database = request.app.state.database
        await session.commit()
        try:
            await take_files(database, portal, draft.case_id, paper.id, files)
        except PortalError as refusal:
            return _page(request, visit, draft, paper, refusal)
        return see(here + back)
    how = text_of(form, "how")
    changed = await _keep_how(session, portal, draft, paper, how)
    if paper.must_be_given and paper.id not in changed.evidence and not text_of(form, "_later"):
        return _page(request, visit, draft, paper, None, PLEASE_GIVE)
    return see(f"/drafts/{draft.number}" + ("/check" if back and state.is_ready else ""))


@router.post("/papers/{paper_id}/uploads")
async def open_upload(
    body: SentPiece,
    request: Request,
    paper_id: str,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Announce a file; answers where its pieces go."""

    async def act() -> Response:
        paper = _find(form_state(draft), paper_id)
        upload = await announce(session, portal, draft.case_id, paper.id, body)
        address = f"/drafts/{draft.number}/uploads/{upload.id}"
        content = {"id": str(upload.id), "offset": 0, "url": address}
        return JSONResponse(content, 201, {"location": address})

    return await told(request, act)


@router.patch("/uploads/{file_id}", max_body_size=MOST_PIECE_BODY)
async def add_piece(
    piece: SentPiece,
    request: Request,
    file_id: UUID,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """One piece of a file."""

    async def act() -> Response:
        database: Database = request.app.state.database
        upload = await take_piece(
            session, database, portal, draft.case_id, file_id, offset_of(request), piece
        )
        return JSONResponse({"offset": upload.received, "done": upload.is_whole})

    return await told(request, act)


@router.api_route("/uploads/{file_id}", methods=["GET", "HEAD"])
async def how_far(file_id: UUID, draft: OpenDraft, session: Transaction) -> Response:
    """How many bytes of a file have arrived."""
    upload = await evidence_intake.find_upload(session, draft.case_id, file_id)
    headers = {"upload-offset": str(upload.received), "cache-control": "no-store"}
    return Response(headers=headers)


@router.get("/files/{file_id}")
async def hand_out(
    file_id: UUID, draft: OpenDraft, portal: ThePortal, session: Transaction
) -> Response:
    """A paper back to its owner."""
    paper = await evidence_intake.kept_paper(session, portal, draft.case_id, file_id)
    return attachment(portal, paper)


def attachment(portal: Portal, paper: KeptPaper) -> Response:
    """A kept paper as a download: never shown in the page, never guessed at."""
    return FileResponse(
        FileStore.of(portal.settings).path(paper.blob),
        media_type=paper.media_type,
        filename=paper.name,
        content_disposition_type="attachment",
        headers={"cache-control": "no-store", "x-content-type-options": "nosniff"},
    )


def file_line(file: DraftFile | KeptPaper, address: str) -> FileLine:
    """A kept file as its component lists it."""
    return FileLine(file.id, file.name, file.size, "ready", address)


def _find(state: FormState, paper_id: str) -> NeededPaper:
    for paper in state.papers:
        if paper.id == paper_id and paper.supply in {"upload", "awaited"}:
            return paper
    raise NotFound


async def _remove(session: Any, portal: Portal, draft: LoadedDraft, removed: str) -> None:
    # Any: the session of this request.
    try:
        file_id = UUID(removed)
    except ValueError:
        raise NotFound from None
    blob = await evidence_intake.remove(session, portal, draft.case_id, file_id)
    await session.commit()
    await FileStore.of(portal.settings).remove(blob)


async def _keep_how(
    session: Any, portal: Portal, draft: LoadedDraft, paper: NeededPaper, how: str
) -> LoadedDraft:
    """Keep that the paper follows later or is promised; a file that is there stays."""
    if draft.evidence.get(paper.id, {}).get("how") == "file":
        return draft
    if how == DEFERRED and paper.defer_until:
        due = paper.defer_until.isoformat()
        return await drafting.set_evidence(
            session, portal, draft, paper.id, {"how": DEFERRED, "due": due}
        )
    if how == COMMITMENT and paper.commitment:
        return await drafting.set_evidence(session, portal, draft, paper.id, {"how": COMMITMENT})
    if how == NOW and paper.id in draft.evidence:
        return await drafting.set_evidence(session, portal, draft, paper.id, None)
    return draft


def _ways(paper: NeededPaper) -> tuple[Option, ...]:
    """Ways to give a paper other than uploading it; empty where there is none."""
    ways = []
    if paper.defer_until:
        day = day_in_words(paper.defer_until)
        ways.append(
            Option(
                DEFERRED,
                Words(f"先提交，{day.zh}前补交", f"Submit now, send it by {day.en}"),
            )
        )
    if paper.commitment:
        ways.append(Option(COMMITMENT, PROMISE))
    return (Option(NOW, UPLOAD_NOW), *ways) if ways else ()


def _page(
    request: Request,
    visit: Session[Any],
    draft: LoadedDraft,
    paper: NeededPaper,
    refusal: PortalError | None = None,
    missing: Words | None = None,
) -> Response:
    problem = missing
    if refusal is not None:
        what, todo = refusal.what, refusal.todo
        problem = what if what == todo else Words(what.zh + todo.zh, f"{what.en} {todo.en}")
    here = f"/drafts/{draft.number}"
    given = draft.evidence.get(paper.id, {}).get("how", NOW)
    return show(
        request,
        visit,
        "paper.html",
        status=refusal.status if refusal else 422 if missing else 200,
        draft=draft,
        event=draft.life_event,
        paper=paper,
        why=reasons(in_plan(why(draft.life_event, paper.id), {one.id for one in paper.services})),
        action=f"{here}/papers/{paper.id}",
        field_id=FIELD,
        files=[
            file_line(file, f"{here}/files/{file.id}")
            for file in draft.files_of(paper.id)
            if file.state == "kept"
        ],
        most_bytes=MOST_BYTES,
        ways=_ways(paper),
        given=given if given in {DEFERRED, COMMITMENT} else NOW,
        problem=problem,
        errors=({"href": f"#{FIELD}", "message": problem},) if problem else (),
        back=back_to(request),
        unsent=unsent(draft),
    )
