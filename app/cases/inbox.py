"""Messages from departments: kept first, in the order of arrival, and made sense of by a job."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.job_queue import Job, enqueue
from app.cases.portal import Portal
from app.cases.side_tables import InboxMessage
from app.errors import Invalid
from app.wording import Words

_ENDLESS_NUMBER = Words("有一个数字太大。", "It holds a number that is too large.")
_STEP_KEY = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([0-9]{1,4})"
)


def read_step_key(key: str) -> tuple[UUID, int] | None:
    """The step and the round that an idempotency key of ours names; None for any other text."""
    found = _STEP_KEY.fullmatch(key)
    return (UUID(found[1]), int(found[2])) if found else None


async def keep(
    session: AsyncSession, portal: Portal, sender: str, message_id: str, body: Mapping[str, Any]
) -> bool:
    """Keep a message whose signature was checked, and enqueue the job that handles it.

    In: the authority's id, its own id for the message, the body with our idempotency key as `key`.
    Out: whether it is new. The same id again changes nothing, whatever the body says now. Two
    statements; raises ValueError where the key is not one of ours, Invalid where the body holds a
    number of more than 64 bits.
    """
    named = read_step_key(body["key"])
    if named is None:
        raise ValueError("not a key of ours")
    try:
        sealed = portal.cipher.seal(dict(body), "inbox")
    except TypeError:
        raise Invalid(_ENDLESS_NUMBER) from None
    kept = await session.scalar(
        insert(InboxMessage)
        .values(
            sender=sender,
            message_id=message_id,
            step_id=named[0],
            round=named[1],
            sealed_body=sealed,
        )
        .on_conflict_do_nothing()
        .returning(InboxMessage.message_id)
    )
    if kept is None:
        return False
    await enqueue(session, [Job.inbox(sender, message_id)])
    return True
