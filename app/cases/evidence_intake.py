"""Takes in papers: opened with name and size, received in pieces, kept once made harmless.

The bytes are in `integration.file_storage`; here is what the case knows of them. Making a paper
harmless takes seconds, so it happens between two transactions: `receive`, then `keep` or `refuse`.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.side_tables import EvidenceFile
from app.errors import Conflict, Invalid, NotFound, TooMany
from app.forms.tidying import tidied
from app.integration.file_storage import MOST_BYTES, CleanFile, FileStore, too_large
from app.wording import Words

MOST_FILES_PER_EVIDENCE = 5
MOST_FILES_PER_CASE = 40
LONGEST_NAME = 120

EMPTY = Words("这个文件是空的。", "This file is empty.")
TAKE_AGAIN = Words("请重新拍照或选择文件。", "Take the photo again or choose the file again.")
ENOUGH = Words(
    f"同一份材料最多 {MOST_FILES_PER_EVIDENCE} 个文件。",
    f"At most {MOST_FILES_PER_EVIDENCE} files for one paper.",
)
REMOVE_ONE = Words(
    "请先删除一个，或把几页合成一个 PDF。", "Remove one first, or put pages into one PDF."
)


_UPLOAD = (
    *(EvidenceFile.id, EvidenceFile.case_id, EvidenceFile.evidence, EvidenceFile.blob),
    *(EvidenceFile.size, EvidenceFile.received, EvidenceFile.state),
)


class WrongOffset(Conflict):
    """A piece does not follow the ones before; `offset` is where to go on."""

    code = "wrong-offset"
    todo = Words("请从已收到的位置继续上传。", "Go on from where the last piece ended.")

    def __init__(self, offset: int) -> None:
        super().__init__(Words("上传的位置对不上。", "The piece is not the next one."))
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Upload:
    """One paper on its way: bytes received of its size. `state`: receiving or kept."""

    id: UUID
    case_id: UUID
    evidence: str
    blob: str
    size: int
    received: int
    state: str

    @property
    def is_whole(self) -> bool:
        """Whether every byte has arrived, so that it can be made harmless."""
        return self.received == self.size


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper that may be handed out: its name as given, type, size in bytes, and blob."""

    id: UUID
    evidence: str
    name: str
    media_type: str
    size: int
    sha256: str
    blob: str


async def open_upload(
    session: AsyncSession,
    portal: Portal,
    case_id: UUID,
    evidence_key: str,
    name: str,
    size: int,
    supplement_id: UUID | None = None,
) -> Upload:
    """Make room for a paper of `size` bytes. Two statements; whose case it is was checked before.

    Raises TooLarge, Invalid for an empty one, TooMany above the limits of a paper or a case.
    """
    if size > MOST_BYTES:
        raise too_large()
    if size <= 0:
        raise Invalid(EMPTY, TAKE_AGAIN)
    counts = (
        await session.execute(
            text(
                "SELECT count(*) AS all_files,"
                " count(*) FILTER (WHERE evidence = :evidence AND state = 'kept'"
                " AND supplement_id IS NOT DISTINCT FROM :supplement_id) AS same"
                " FROM evidence_files WHERE case_id = :case_id"
            ),
            {"case_id": case_id, "evidence": evidence_key, "supplement_id": supplement_id},
        )
    ).one()
    if counts.same >= MOST_FILES_PER_EVIDENCE or counts.all_files >= MOST_FILES_PER_CASE:
        raise TooMany(ENOUGH, REMOVE_ONE)
    upload = Upload(
        new_id(), case_id, evidence_key, _store(portal).new_name(), size, 0, "receiving"
    )
    await session.execute(
        insert(EvidenceFile).values(
            id=upload.id,
            case_id=case_id,
            supplement_id=supplement_id,
            evidence=evidence_key,
            sealed_name=portal.cipher.seal(plain_name(name), f"file:{case_id}"),
            media_type="",
            state="receiving",
            size=size,
            blob=upload.blob,
            created_at=portal.now(),
        )
    )
    return upload


async def find_upload(
    session: AsyncSession, case_id: UUID, file_id: UUID, *, lock: bool = False
) -> Upload:
    """One paper of a case, whatever its state. Raises NotFound."""
    found = select(*_UPLOAD).where(EvidenceFile.id == file_id, EvidenceFile.case_id == case_id)
    if lock:
        found = found.with_for_update()
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise NotFound
    return Upload(*row)


async def receive(
    session: AsyncSession, portal: Portal, case_id: UUID, file_id: UUID, offset: int, piece: bytes
) -> Upload:
    """Take the piece that begins at `offset` bytes. Two statements.

    Raises WrongOffset where it does not follow, TooLarge where it would exceed the size that was
    announced.
    """
    upload = await find_upload(session, case_id, file_id, lock=True)
    if upload.state != "receiving" or offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(piece) > upload.size:
        raise too_large()
    await _store(portal).write(upload.blob, offset, piece)
    received = offset + len(piece)
    await session.execute(
        update(EvidenceFile).where(EvidenceFile.id == file_id).values(received=received)
    )
    return replace(upload, received=received)


async def keep(session: AsyncSession, portal: Portal, upload: Upload, clean: CleanFile) -> None:
    """Note that a paper was made harmless; while the case is a draft it stands in it as given.

    Four statements. Raises TooMany where others of the same paper came first: all of them may have
    been announced before one was kept.
    """
    await _lock_draft(session, upload.case_id)
    if await session.scalar(_IS_ENOUGH, {"id": upload.id, "most": MOST_FILES_PER_EVIDENCE}):
        raise TooMany(ENOUGH, REMOVE_ONE)
    await session.execute(
        update(EvidenceFile)
        .where(EvidenceFile.id == upload.id, EvidenceFile.state == "receiving")
        .values(
            state="kept",
            media_type=clean.media_type,
            size=clean.size,
            received=clean.size,
            sha256=clean.sha256,
        )
    )
    await _note_in_draft(session, portal, upload.case_id, upload.evidence)


async def refuse(session: AsyncSession, upload: Upload) -> None:
    """Forget a paper that could not be taken; the store has thrown it away already."""
    await session.execute(delete(EvidenceFile).where(EvidenceFile.id == upload.id))


async def remove(session: AsyncSession, portal: Portal, case_id: UUID, file_id: UUID) -> str:
    """Take a paper out again; gives its blob, to be removed once this is committed.

    Raises NotFound. What was submitted cannot be removed: its caller offers drafts and open
    supplements only.
    """
    await _lock_draft(session, case_id)
    upload = await find_upload(session, case_id, file_id, lock=True)
    await session.execute(delete(EvidenceFile).where(EvidenceFile.id == file_id))
    await _note_in_draft(session, portal, case_id, upload.evidence)
    return upload.blob


async def kept_paper(
    session: AsyncSession, portal: Portal, case_id: UUID, file_id: UUID
) -> KeptPaper:
    """A paper to hand out to somebody who was found to have a right to it. Raises NotFound."""
    row = (
        await session.execute(
            select(EvidenceFile).where(
                EvidenceFile.id == file_id,
                EvidenceFile.case_id == case_id,
                EvidenceFile.state == "kept",
            )
        )
    ).scalar_one_or_none()
    if row is None:
        raise NotFound
    name = portal.cipher.open(row.sealed_name, f"file:{case_id}")
    return KeptPaper(row.id, row.evidence, name, row.media_type, row.size, row.sha256, row.blob)


async def supplement_papers(
    session: AsyncSession, portal: Portal, supplement_id: UUID
) -> tuple[KeptPaper, ...]:
    """The papers sent for one supplement so far, in the order of arrival."""
    rows = await session.scalars(
        select(EvidenceFile)
        .where(EvidenceFile.supplement_id == supplement_id, EvidenceFile.state == "kept")
        .order_by(EvidenceFile.id)
    )
    return tuple(
        KeptPaper(
            row.id,
            row.evidence,
            portal.cipher.open(row.sealed_name, f"file:{row.case_id}"),
            row.media_type,
            row.size,
            row.sha256,
            row.blob,
        )
        for row in rows
    )


def plain_name(name: str) -> str:
    """A file's name as it is shown to its owner: no folders, no odd signs, not endless."""
    text_only = tidied(name[:1000].replace("\\", "/").rsplit("/", 1)[-1])
    if isinstance(text_only, Words) or not text_only:
        return "文件"
    stem, dot, ending = text_only.rpartition(".")
    if len(text_only) <= LONGEST_NAME or not dot:
        return text_only[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + "." + ending


async def _lock_draft(session: AsyncSession, case_id: UUID) -> None:
    """Two papers that arrive at once note themselves one after the other, so that none is lost.

    A submitted case has no draft any more; then the case itself is locked.
    """
    await session.execute(_LOCK, {"id": case_id})


async def _note_in_draft(
    session: AsyncSession, portal: Portal, case_id: UUID, evidence_key: str
) -> None:
    await session.execute(
        _NOTE, {"case_id": case_id, "evidence": evidence_key, "now": portal.now()}
    )


_LOCK = text("""
    WITH draft AS (SELECT case_id FROM drafts WHERE case_id = :id FOR UPDATE)
    SELECT id FROM cases
    WHERE id = :id AND NOT EXISTS (SELECT FROM draft) FOR NO KEY UPDATE OF cases
""")

_IS_ENOUGH = text("""
    SELECT count(*) >= :most FROM evidence_files AS other, evidence_files AS own
    WHERE own.id = :id AND other.case_id = own.case_id AND other.evidence = own.evidence
      AND other.supplement_id IS NOT DISTINCT FROM own.supplement_id
      AND other.state = 'kept' AND other.id <> own.id
""")

_NOTE = text("""
    WITH kept AS (
        SELECT jsonb_agg(id ORDER BY id) AS files FROM evidence_files
        WHERE case_id = :case_id AND evidence = :evidence AND state = 'kept'
          AND supplement_id IS NULL
    )
    UPDATE drafts SET
        revision = revision + 1, updated_at = :now,
        evidence = CASE
            WHEN kept.files IS NOT NULL THEN evidence
                || jsonb_build_object(CAST(:evidence AS text),
                                      jsonb_build_object('how', 'file', 'files', kept.files))
            WHEN evidence #>> ARRAY[CAST(:evidence AS text), 'how'] = 'file'
                THEN evidence - CAST(:evidence AS text)
            ELSE evidence END
    FROM kept
    WHERE drafts.case_id = :case_id
""")


def _store(portal: Portal) -> FileStore:
    return FileStore.of(portal.settings)
