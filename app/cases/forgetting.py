"""What is promised to be forgotten: drafts after their thirty days, with every paper."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.integration.file_storage import FileStore

CHUNK = 50

_OVER = text("""
    SELECT drafts.case_id,
           array(SELECT blob FROM evidence_files AS files WHERE files.case_id = drafts.case_id)
               AS blobs
    FROM drafts JOIN cases ON cases.id = drafts.case_id AND cases.state = 'draft'
    WHERE drafts.expires_at < now() ORDER BY drafts.expires_at LIMIT :chunk
    FOR UPDATE OF drafts SKIP LOCKED
""")
_DELETE = text("""
    WITH gone AS (
        DELETE FROM cases WHERE id = :case_id AND state = 'draft' RETURNING id
    ), drafts_gone AS (DELETE FROM drafts USING gone WHERE case_id = gone.id),
    answers_gone AS (DELETE FROM register_answers USING gone WHERE case_id = gone.id),
    files_gone AS (DELETE FROM evidence_files USING gone WHERE case_id = gone.id),
    consents_gone AS (DELETE FROM consents USING gone WHERE case_id = gone.id),
    reads_gone AS (DELETE FROM data_reads USING gone WHERE case_id = gone.id),
    reminders_gone AS (DELETE FROM reminders USING gone WHERE case_id = gone.id)
    SELECT id FROM gone
""")


async def delete_unsent(session: AsyncSession, case_id: UUID) -> bool:
    """Delete a draft with all that belongs to it; False where it was submitted meanwhile.

    The papers themselves are the caller's to remove.
    """
    return (await session.execute(_DELETE, {"case_id": case_id})).first() is not None


async def forget_drafts(session: AsyncSession, files: FileStore) -> int:
    """Delete one chunk of drafts whose days are over; returns how many.

    Papers go first: nobody can read such a draft any more, and a crash in between leaves rows
    that the next round finds again, never papers without a row.
    """
    over = (await session.execute(_OVER, {"chunk": CHUNK})).all()
    for draft in over:
        for blob in draft.blobs:
            await files.remove(blob)
        await delete_unsent(session, draft.case_id)
    return len(over)
