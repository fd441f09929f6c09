"""Mending what an authority asked for: all points at once, only what was asked is open."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from app.cases import evidence_intake
from app.cases.evidence_intake import KeptPaper
from app.cases.portal import Portal, ThePortal
from app.cases.supplementing import (
    LONGEST_TEXT,
    OpenSupplement,
    PointAnswer,
    answer_supplement,
    open_supplement,
)
from app.database import Database, Transaction
from app.errors import Conflict, NotFound, PortalError
from app.identity.people import ResidentPrincipal, Session
from app.identity.principals import SignedInResident
from app.identity.sessions import keep
from app.integration.file_storage import MOST_BYTES, FileStore
from app.residents.papers import file_line
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

router = APIRouter(prefix="/cases/{number}/supplements/{supplement_id}", include_in_schema=False)

KEPT = "mending"
MEND_OR_SAY = Words(
    "请上传材料，或在“说明情况”里写明为什么没有。",
    "Send a file, or explain in words why there is none.",
)
TOO_LONG = Words(f"最多 {LONGEST_TEXT} 个字，请精简。", f"At most {LONGEST_TEXT} characters.")


async def the_supplement(
    number: str,
    supplement_id: UUID,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> OpenSupplement:
    """The open request of this resident's case. Raises NotFound and Conflict."""
    resident_id = visit.principal.resident_id
    return await open_supplement(session, portal, number, resident_id, supplement_id)


TheSupplement = Annotated[OpenSupplement, Depends(the_supplement)]


@dataclass(frozen=True, slots=True)
class PointView:
    """One point as its part of the form: the officer's words, what was sent and said so far."""

    number: int
    text: str
    evidence: Words | None
    files: tuple[Any, ...]
    words: str
    error: Words | None


@router.get("")
async def show_points(
    request: Request,
    visit: SignedInResident,
    asked: TheSupplement,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """All points at once."""
    papers = await evidence_intake.supplement_papers(session, portal, asked.id)
    return _page(request, visit, portal, asked, papers, _kept_words(portal, visit, asked))


@router.post("", max_body_size=MOST_FORM_BYTES)
async def send_answer(
    form: SentForm,
    request: Request,
    number: str,
    supplement_id: UUID,
    visit: SignedInResident,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Take files of a form without scripts, or send the whole answer."""
    resident_id = visit.principal.resident_id
    try:
        asked = await open_supplement(session, portal, number, resident_id, supplement_id)
    except Conflict:
        return see(f"/cases/{number}")
    words = _typed_words(form, asked)
    here = f"/cases/{number}/supplements/{supplement_id}"
    if removed := text_of(form, "_remove"):
        await keep(session, portal, visit, **_sealed_words(portal, asked, words))
        await _remove(session, portal, asked, removed)
        return see(here)
    if problem := await _take_all(session, request, portal, visit, asked, form, words):
        return problem
    if text_of(form, "_upload"):
        return see(here)
    database: Database = request.app.state.database
    async with database.transaction() as own:
        papers = await evidence_intake.supplement_papers(own, portal, asked.id)
        missing = _missing(asked, papers, words)
        if missing:
            return _page(request, visit, portal, asked, papers, words, missing)
        answers = [
            PointAnswer(words[place], tuple(paper.id for paper in _of(papers, place)))
            for place in _places(asked)
        ]
        await answer_supplement(own, portal, asked, resident_id, answers)
        await keep(own, portal, visit, **{KEPT: None})
    return see(f"/cases/{number}")


@router.post("/points/{place}/uploads")
async def open_upload(
    body: SentPiece,
    request: Request,
    place: int,
    asked: TheSupplement,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Announce a file for one point; answers where its pieces go."""

    async def act() -> Response:
        if place not in _places(asked):
            raise NotFound
        upload = await announce(session, portal, asked.case_id, _key(place), body, asked.id)
        address = f"/cases/{asked.case_number}/supplements/{asked.id}/uploads/{upload.id}"
        content = {"id": str(upload.id), "offset": 0, "url": address}
        return JSONResponse(content, 201, {"location": address})

    return await told(request, act)


@router.patch("/uploads/{file_id}", max_body_size=MOST_PIECE_BODY)
async def add_piece(
    piece: SentPiece,
    request: Request,
    file_id: UUID,
    asked: TheSupplement,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """One piece of a file."""

    async def act() -> Response:
        database: Database = request.app.state.database
        upload = await take_piece(
            session, database, portal, asked.case_id, file_id, offset_of(request), piece
        )
        return JSONResponse({"offset": upload.received, "done": upload.is_whole})

    return await told(request, act)


@router.api_route("/uploads/{file_id}", methods=["GET", "HEAD"])
async def how_far(file_id: UUID, asked: TheSupplement, session: Transaction) -> Response:
    """How many bytes of a file have arrived."""
    upload = await evidence_intake.find_upload(session, asked.case_id, file_id)
    headers = {"upload-offset": str(upload.received), "cache-control": "no-store"}
    return Response(headers=headers)


async def _take_all(
    session: Any,
    request: Request,
    portal: Portal,
    visit: Session[ResidentPrincipal],
    asked: OpenSupplement,
    form: FormData,
    words: Mapping[int, str],
) -> Response | None:
    """Take every file of the form; the page again where one cannot be taken."""
    database: Database = request.app.state.database
    await keep(session, portal, visit, **_sealed_words(portal, asked, words))
    await session.commit()
    for place in _places(asked):
        files = files_of(form, f"file-{place}")
        pressed = text_of(form, "_upload") == f"file-{place}"
        if not files and not pressed:
            continue
        try:
            await take_files(database, portal, asked.case_id, _key(place), files, asked.id)
        except PortalError as refusal:
            sentence = Words(
                refusal.what.zh + refusal.todo.zh, f"{refusal.what.en} {refusal.todo.en}"
            )
            async with database.transaction() as own:
                papers = await evidence_intake.supplement_papers(own, portal, asked.id)
            return _page(
                request, visit, portal, asked, papers, words, {place: sentence}, refusal.status
            )
    return None


async def _remove(session: Any, portal: Portal, asked: OpenSupplement, removed: str) -> None:
    papers = await evidence_intake.supplement_papers(session, portal, asked.id)
    chosen = [paper for paper in papers if str(paper.id) == removed]
    if not chosen:
        raise NotFound
    blob = await evidence_intake.remove(session, portal, asked.case_id, chosen[0].id)
    await session.commit()
    await FileStore.of(portal.settings).remove(blob)


def _places(asked: OpenSupplement) -> range:
    """Numbers of the points, counted from 1."""
    return range(1, len(asked.points) + 1)


def _key(place: int) -> str:
    return f"point-{place}"


def _of(papers: tuple[KeptPaper, ...], place: int) -> list[KeptPaper]:
    return [paper for paper in papers if paper.evidence == _key(place)]


def _typed_words(form: FormData, asked: OpenSupplement) -> dict[int, str]:
    return {place: text_of(form, f"words-{place}").strip() for place in _places(asked)}


def _missing(
    asked: OpenSupplement, papers: tuple[KeptPaper, ...], words: Mapping[int, str]
) -> dict[int, Words]:
    wrong = {
        place: MEND_OR_SAY
        for place in _places(asked)
        if not words[place] and not _of(papers, place)
    }
    return wrong | {place: TOO_LONG for place in words if len(words[place]) > LONGEST_TEXT}


def _sealed_words(
    portal: Portal, asked: OpenSupplement, words: Mapping[int, str]
) -> dict[str, str]:
    """What was typed, kept sealed in the visit until it is sent."""
    held = {str(place): text for place, text in words.items()}
    sealed = portal.cipher.seal({str(asked.id): held}, KEPT)
    return {KEPT: base64.b64encode(sealed).decode()}


def _kept_words(
    portal: Portal, visit: Session[ResidentPrincipal], asked: OpenSupplement
) -> dict[int, str]:
    try:
        sealed = base64.b64decode(visit.kept.get(KEPT) or "")
        held = portal.cipher.open(sealed, KEPT).get(str(asked.id), {}) if sealed else {}
    except (InvalidTag, ValueError):
        held = {}
    return {place: held.get(str(place), "") for place in _places(asked)}


def _page(
    request: Request,
    visit: Session[ResidentPrincipal],
    portal: Portal,
    asked: OpenSupplement,
    papers: tuple[KeptPaper, ...],
    words: Mapping[int, str],
    wrong: Mapping[int, Words] | None = None,
    status: int | None = None,
) -> Response:
    service = portal.catalogue.services[asked.service_id]
    titles = {
        paper.id: paper.title
        for known in portal.catalogue.services.values()
        for paper in known.evidence
    }
    here = f"/cases/{asked.case_number}"
    points = [
        PointView(
            place,
            point.text,
            titles.get(point.evidence or ""),
            tuple(file_line(paper, f"{here}/files/{paper.id}") for paper in _of(papers, place)),
            words.get(place, ""),
            (wrong or {}).get(place),
        )
        for place, point in enumerate(asked.points, start=1)
    ]
    return show(
        request,
        visit,
        "supplement.html",
        status=status or (422 if wrong else 200),
        asked=asked,
        service=service,
        points=points,
        most_bytes=MOST_BYTES,
        longest=LONGEST_TEXT,
        errors=tuple(
            {"href": f"#file-{place}", "message": text} for place, text in (wrong or {}).items()
        ),
        here=f"{here}/supplements/{asked.id}",
        case_url=here,
    )
