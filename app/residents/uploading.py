"""Takes papers in from a browser: in pieces that survive a lost line, or as one plain file."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, Response

from app.cases import evidence_intake
from app.cases.evidence_intake import Upload
from app.cases.portal import Portal
from app.database import Database
from app.errors import Invalid, PortalError, WrongType
from app.identity.csrf import FORM_TYPES
from app.identity.large_bodies import refuse_unknown_sender
from app.integration.file_storage import FileStore, read_piece
from app.pages import view_of
from app.wording import Words

PIECE_BYTES = 1_000_000
MOST_ANNOUNCEMENT_BYTES = 4_000
# A whole file of 20 MB with the rest of its form.
MOST_FORM_BYTES = 21_000_000
# One piece; the browser sends 512 kB.
MOST_PIECE_BODY = 5_000_000

NO_FILE = Words("请先拍照或选择文件，再上传。", "Take a photo or choose a file first.")
NOT_READ = Words("没有看懂这次上传。", "This upload could not be read.")


async def sent_piece(request: Request) -> bytes:
    """The bytes of one piece, read before any transaction opens.

    Raises WrongType for a form, SignInNeeded for a large piece of nobody.
    """
    if request.headers.get("content-type", "").startswith(FORM_TYPES):
        raise WrongType(NOT_READ)
    await refuse_unknown_sender(request)
    return await read_piece(request.stream())


SentPiece = Annotated[bytes, Depends(sent_piece)]


async def announce(
    session: AsyncSession,
    portal: Portal,
    case_id: UUID,
    evidence_key: str,
    body: bytes,
    supplement_id: UUID | None = None,
) -> Upload:
    """Make room for the file that a script announces as `{"name", "size", "type"}`."""
    name, size = _announced(body)
    return await evidence_intake.open_upload(
        session, portal, case_id, evidence_key, name, size, supplement_id
    )


async def take_piece(
    session: AsyncSession,
    database: Database,
    portal: Portal,
    case_id: UUID,
    file_id: UUID,
    offset: int,
    piece: bytes,
) -> Upload:
    """Take one piece; the last one makes the paper whole, and it is made harmless and kept.

    The session is committed here: nobody holds a connection while a picture is decoded.
    """
    upload = await evidence_intake.receive(session, portal, case_id, file_id, offset, piece)
    await session.commit()
    if upload.is_whole:
        await _finish(database, portal, upload)
    return upload


async def take_files(
    database: Database,
    portal: Portal,
    case_id: UUID,
    evidence_key: str,
    files: Sequence[UploadFile],
    supplement_id: UUID | None = None,
) -> None:
    """Take the whole files of a plain form, each in transactions of its own.

    The request's own transaction is over before. Raises Invalid without any file.
    """
    if not files:
        raise Invalid(NO_FILE, NO_FILE)
    for file in files:
        async with database.transaction() as own:
            upload = await evidence_intake.open_upload(
                own,
                portal,
                case_id,
                evidence_key,
                file.filename or "",
                file.size or 0,
                supplement_id,
            )
            offset = 0
            while piece := await file.read(PIECE_BYTES):
                upload = await evidence_intake.receive(
                    own, portal, case_id, upload.id, offset, piece
                )
                offset += len(piece)
        await _finish(database, portal, upload)


def files_of(form: FormData, name: str) -> list[UploadFile]:
    """The files of a form under that name."""
    found = [value for value in form.getlist(name) if isinstance(value, UploadFile)]
    return [file for file in found if file.filename]


def offset_of(request: Request) -> int:
    """Where the piece begins, in bytes, as its header says; -1 where it does not."""
    text = request.headers.get("upload-offset", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(10**12)) else -1


async def told(request: Request, act: Callable[[], Coroutine[Any, Any, Response]]) -> Response:
    """The answer of `act`, or its refusal as a sentence for the script that asked."""
    try:
        return await act()
    except PortalError as refusal:
        language = view_of(request).lang
        sentence = refusal.what.in_language(language) + refusal.todo.in_language(language)
        return JSONResponse({"detail": sentence, "code": refusal.code}, refusal.status)


async def _finish(database: Database, portal: Portal, upload: Upload) -> None:
    """Make a whole paper harmless and keep it, or forget it and say why."""
    store = FileStore.of(portal.settings)
    try:
        clean = await store.make_harmless(upload.blob)
        async with database.transaction() as session:
            await evidence_intake.keep(session, portal, upload, clean)
    except PortalError:
        async with database.transaction() as session:
            await evidence_intake.refuse(session, upload)
        await store.remove(upload.blob)
        raise


def _announced(body: bytes) -> tuple[str, int]:
    try:
        said = orjson.loads(body[: MOST_ANNOUNCEMENT_BYTES + 1])
        name, size = said["name"], said["size"]
    except (ValueError, KeyError, TypeError):
        raise Invalid(NOT_READ) from None
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool):
        raise Invalid(NOT_READ)
    return name, size
