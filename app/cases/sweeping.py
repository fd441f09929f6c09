"""The sweep that trusts nobody: whatever is due and has no job gets one, in chunks."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.job_queue import Job, enqueue

CHUNK = 500
# A job normally starts within milliseconds; what is due for longer has probably lost its job.
OVERDUE_SECONDS = 20

_DUE_STEPS = text("""
    SELECT id, authority_id, fence FROM steps
    WHERE state IN ('ready', 'with-department')
      AND due_at < now() - make_interval(secs => :overdue)
      AND NOT EXISTS (SELECT FROM authority_health AS health
                      WHERE health.authority_id = steps.authority_id
                        AND health.open_until > now())
    ORDER BY due_at LIMIT :chunk
""")
_DUE_LOOK_UPS = text("""
    SELECT case_id, register_id, authority_id, fence FROM register_answers
    WHERE state IN ('consented', 'asked') AND due_at < now() - make_interval(secs => :overdue)
    ORDER BY due_at LIMIT :chunk
""")
_DUE_MESSAGES = text("""
    SELECT sender, message_id FROM inbox
    WHERE state = 'new' AND due_at < now() - make_interval(secs => :overdue)
    ORDER BY due_at LIMIT :chunk
""")


async def sweep(session: AsyncSession, overdue_seconds: float = OVERDUE_SECONDS) -> int:
    """Give jobs to at most one chunk each of due steps, look-ups and messages.

    Returns how many had lost theirs. A job that is there already is not doubled, so the sweep may
    run on every worker at once.
    """
    limits = {"overdue": overdue_seconds, "chunk": CHUNK}
    jobs = [
        Job.step(row.id, row.authority_id, row.fence)
        for row in await session.execute(_DUE_STEPS, limits)
    ]
    jobs += [
        Job.register(row.case_id, row.register_id, row.authority_id, row.fence)
        for row in await session.execute(_DUE_LOOK_UPS, limits)
    ]
    jobs += [
        Job.inbox(row.sender, row.message_id)
        for row in await session.execute(_DUE_MESSAGES, limits)
    ]
    return await enqueue(session, jobs)
