"""The watch over days: lapsed supplements, promises near or missed, what may be forgotten."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.locked import lock_case
from app.cases.moving import note
from app.cases.portal import Portal
from app.cases.supplementing import lapse
from app.vocabulary.case_states import CaseHappening
from app.workflow.deadlines import add_working_days

CHUNK = 100

_LAPSED = text("""
    SELECT id FROM supplements WHERE state = 'open' AND due_on < :today
    ORDER BY due_on LIMIT :chunk
""")
# Steps whose promised day is near or over and of which this has not been noted yet.
_PROMISED = text("""
    SELECT steps.case_id, steps.key,
           coalesce(steps.promised_at < now(), steps.promised_on < :today) AS over
    FROM steps JOIN cases ON cases.id = steps.case_id AND cases.state = 'running'
    WHERE steps.state IN ('ready', 'with-department', 'at-desk', 'stuck')
      AND steps.promised_on <= :near
      AND NOT EXISTS (
          SELECT FROM reminders WHERE reminders.case_id = steps.case_id
            AND reminders.rule = steps.key || '/' || steps.promised_on ||
                CASE WHEN coalesce(steps.promised_at < now(), steps.promised_on < :today)
                     THEN '/over' ELSE '/near' END)
    ORDER BY steps.promised_on LIMIT :chunk
""")
_NOTED = text("""
    INSERT INTO reminders (case_id, rule)
    SELECT case_id, key || '/' || promised_on || :kind FROM steps
    WHERE case_id = :case_id AND key = :key
    ON CONFLICT DO NOTHING RETURNING case_id
""")
# Answers to apps are kept for a day, handled messages for ninety.
_FORGET = (
    text("""
        DELETE FROM idempotent_calls WHERE (app_id, key) IN (
            SELECT app_id, key FROM idempotent_calls
            WHERE created_at < now() - interval '24 hours' LIMIT :chunk)
    """),
    text("""
        DELETE FROM inbox WHERE (sender, message_id) IN (
            SELECT sender, message_id FROM inbox
            WHERE state = 'done' AND received_at < now() - interval '90 days' LIMIT :chunk)
    """),
)


async def watch_once(session: AsyncSession, portal: Portal) -> int:
    """Do one chunk of everything that came due by today; returns how much that was.

    One worker at a time; run twice it does nothing more, run a day late it catches up.
    """
    if not await session.scalar(text("SELECT pg_try_advisory_xact_lock(20261124)")):
        return 0
    today = portal.today()
    bounds = {"today": today, "near": add_working_days(today, 1), "chunk": CHUNK}
    lapsed = (await session.scalars(_LAPSED, bounds)).all()
    for supplement_id in lapsed:
        await lapse(session, portal, supplement_id)
    promised = (await session.execute(_PROMISED, bounds)).all()
    for row in promised:
        await _note_promise(session, portal, row.case_id, row.key, over=row.over)
    for statement in _FORGET:
        await session.execute(statement, {"chunk": CHUNK})
    return len(lapsed) + len(promised)


async def _note_promise(
    session: AsyncSession, portal: Portal, case_id: UUID, key: str, *, over: bool
) -> None:
    """Say once in the history that a promised day is near or was missed."""
    kind = CaseHappening.DEADLINE_PASSED if over else CaseHappening.DEADLINE_NEAR
    case = await lock_case(session, case_id)
    made = await session.scalar(
        _NOTED, {"case_id": case_id, "key": key, "kind": "/over" if over else "/near"}
    )
    if made is None:
        return
    day = case.step(key).promised_on
    detail = {"promised_on": day.isoformat()} if day else {}
    await note(session, portal, case, kind, "portal", key, detail)
