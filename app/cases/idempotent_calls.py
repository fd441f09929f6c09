"""An app may send the same call twice; it is done once and answered the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import Portal
from app.errors import Conflict, PortalError
from app.wording import Words

PURPOSE = "partner"


class StillRunning(Conflict):
    """The first call with this key has not ended yet."""

    code = "still-running"
    todo = Words("请稍等一两秒，用同样的内容再发一次。", "Wait a second or two and send it again.")
    retry_after_seconds = 1

    def __init__(self) -> None:
        super().__init__(
            Words("同一个请求还在处理。", "A call with this key is still being handled.")
        )


class AnotherBody(PortalError):
    """The key was used for something else."""

    status = 422
    code = "key-used-for-another-call"
    todo = Words("新的请求请用新的 Idempotency-Key。", "Use a new Idempotency-Key for a new call.")

    def __init__(self) -> None:
        super().__init__(
            Words(
                "这个 Idempotency-Key 已用于另一个请求。",
                "This Idempotency-Key was used for another call.",
            )
        )


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered: HTTP status, headers, JSON body."""

    status: int
    headers: Mapping[str, str]
    body: Any


async def recall(
    session: AsyncSession, portal: Portal, app_id: str, key: str, fingerprint: bytes
) -> GivenAnswer | None:
    """The answer that this call was given within 24 hours; None where it is the first.

    The key is ours until the transaction ends. Raises StillRunning where another transaction
    has it, AnotherBody where it stands for a call with another fingerprint. Two statements: what
    the other one wrote is seen only by a statement that begins after the lock was had.
    """
    if not await session.scalar(_LOCK, {"app": app_id, "key": key}):
        raise StillRunning
    row = (await session.execute(_FIND, {"app": app_id, "key": key})).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise AnotherBody
    opened = portal.cipher.open(row.sealed_answer, PURPOSE)
    return GivenAnswer(row.status, opened["headers"], opened["body"])


async def remember(
    session: AsyncSession,
    portal: Portal,
    app_id: str,
    key: str,
    fingerprint: bytes,
    answer: GivenAnswer,
) -> None:
    """Keep the answer for 24 hours, in the transaction that did what it tells of.

    Every call also clears away a few that are older.
    """
    opened = {"headers": dict(answer.headers), "body": answer.body}
    await session.execute(
        _KEEP,
        {
            "app": app_id,
            "key": key,
            "fingerprint": fingerprint,
            "status": answer.status,
            "answer": portal.cipher.seal(opened, PURPOSE),
        },
    )


_LOCK = text(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('idempotent:' || :app || ':' || :key, 0))"
)
_FIND = text("""
    SELECT fingerprint, status, sealed_answer FROM idempotent_calls
    WHERE app_id = :app AND key = :key AND created_at > now() - interval '24 hours'
""")
_KEEP = text("""
    WITH old AS (
        DELETE FROM idempotent_calls WHERE (app_id, key) IN (
            SELECT app_id, key FROM idempotent_calls
            WHERE created_at < now() - interval '24 hours' AND (app_id, key) <> (:app, :key)
            ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED)
    )
    INSERT INTO idempotent_calls (app_id, key, fingerprint, status, sealed_answer)
    VALUES (:app, :key, :fingerprint, :status, :answer)
    ON CONFLICT (app_id, key) DO UPDATE SET
        fingerprint = excluded.fingerprint, status = excluded.status,
        sealed_answer = excluded.sealed_answer, created_at = now()
    WHERE idempotent_calls.created_at < now() - interval '24 hours'
""")
