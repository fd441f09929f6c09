"""An app sends a paper of a draft: received in pieces, made harmless, then kept."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import JSONResponse, Response

from app.cases.evidence_intake import Upload, keep, open_upload, receive, refuse, remove
from app.cases.ids import read_case_number
from app.cases.partner_cases import app_case
from app.cases.portal import Portal, ThePortal
from app.database import Database
from app.errors import Conflict, NotFound, PortalError
from app.identity.principals import PartnerPrincipal
from app.integration.file_storage import CleanFile, FileStore, too_large
from app.partner_api.applications import kept_application
from app.partner_api.callers import Caller
from app.partner_api.openapi_words import refusals
from app.partner_api.schemas import KeptPaper
from app.vocabulary.case_states import CaseState
from app.wording import Words

LARGEST_BYTES = 20 * 1024 * 1024
PIECE_BYTES = 1024 * 1024

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Writer = Annotated[PartnerPrincipal, Caller("cases:write")]


class SizeNeeded(PortalError):
    """The size of a paper has to be announced."""

    status = 400
    code = "size-needed"
    todo = Words("请给出 Content-Length。", "Send Content-Length.")

    def __init__(self) -> None:
        super().__init__(Words("不知道文件有多大。", "The size of the file is not known."))


@router.put(
    "/{number}/papers/{paper_id}",
    max_body_size=LARGEST_BYTES,
    response_model=KeptPaper,
    operation_id="putPaper",
    summary="上传材料 · Give a paper of a draft as one JPEG, PNG or PDF file",
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "the file's bytes, at most 20 MB; its kind is read from the content",
            "content": {
                kind: {"schema": {}} for kind in ("application/pdf", "image/jpeg", "image/png")
            },
        }
    },
)
async def put_paper(
    number: Annotated[str, Path(max_length=40, description="case number")],
    paper_id: Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9_-]+$")],
    request: Request,
    app: Writer,
    portal: ThePortal,
) -> Response:
    """Give a paper. What was given for it before is replaced, so sending again is harmless."""
    database: Database = request.app.state.database
    upload, before = await _begin(database, portal, app, number, paper_id, _size(request))
    await _receive(database, portal, upload, request.stream())
    clean = await _cleaned(database, portal, upload)
    blobs = []
    async with database.transaction() as session:
        await keep(session, portal, upload, clean)
        blobs = [await remove(session, portal, upload.case_id, old) for old in before]
    for blob in blobs:
        await FileStore.of(portal.settings).remove(blob)
    kept = KeptPaper(
        paper=paper_id, media_type=clean.media_type, size=clean.size, sha256=clean.sha256
    )
    return JSONResponse(kept.model_dump(mode="json"), headers={"cache-control": "no-store"})


def _size(request: Request) -> int:
    announced = request.headers.get("content-length", "")
    if not (announced.isascii() and announced.isdigit()):
        raise SizeNeeded
    if int(announced) > LARGEST_BYTES:
        raise too_large()
    return int(announced)


async def _begin(
    database: Database,
    portal: Portal,
    app: PartnerPrincipal,
    number: str,
    paper_id: str,
    size: int,
) -> tuple[Upload, list[UUID]]:
    """Room for the paper, and the files that it replaces."""
    async with database.transaction() as session:
        read = read_case_number(number)
        found = await app_case(session, read or "", app.app_id)
        if found.state is not CaseState.DRAFT:
            raise Conflict(
                Words("这件事已经提交，不能再改材料。", "The case was submitted; it cannot change.")
            )
        application = await kept_application(session, portal, found.number, found.resident_id)
        papers = {paper.id: paper for paper in application.state.papers}
        if paper_id not in papers:
            raise NotFound(
                Words("按现有答案不需要这份材料。", "With these answers this paper is not needed.")
            )
        before = [file.id for file in application.draft.files_of(paper_id)]
        name = f"{papers[paper_id].evidence.title.zh}"
        upload = await open_upload(session, portal, application.draft.case_id, paper_id, name, size)
        return upload, before


async def _receive(
    database: Database, portal: Portal, upload: Upload, chunks: AsyncIterator[bytes]
) -> None:
    offset, piece = 0, bytearray()
    async for chunk in chunks:
        piece += chunk
        if len(piece) >= PIECE_BYTES:
            offset = await _take(database, portal, upload, offset, bytes(piece))
            piece.clear()
    if piece:
        await _take(database, portal, upload, offset, bytes(piece))


async def _take(
    database: Database, portal: Portal, upload: Upload, offset: int, piece: bytes
) -> int:
    async with database.transaction() as session:
        taken = await receive(session, portal, upload.case_id, upload.id, offset, piece)
    return taken.received


async def _cleaned(database: Database, portal: Portal, upload: Upload) -> CleanFile:
    """The paper made harmless; what cannot be taken is forgotten."""
    try:
        return await FileStore.of(portal.settings).make_harmless(upload.blob)
    except PortalError:
        async with database.transaction() as session:
            await refuse(session, upload)
        raise
