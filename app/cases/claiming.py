"""Taking work from the queue: one officer has a task at a time, for as long as they work on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from app.cases.desks import (
    BY_THE_HOUR,
    FREE,
    IS_OWN,
    OF_DESK,
    RUNNING,
    Desk,
    has_hours,
    is_own,
    of_desk,
)
from app.cases.portal import Portal
from app.cases.tables import Task
from app.errors import Conflict, NotFound, PortalError
from app.vocabulary.case_states import TaskState
from app.wording import Words

LEASE: Final = timedelta(minutes=10)
MOST_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """A task that is now an officer's, until when unless they go on working, and its fence."""

    task_id: UUID
    until: datetime
    fence: int


class Taken(Conflict):
    """Another officer has the task."""

    code = "taken"
    todo = Words("可以先办队列里的下一件。", "You can take the next one in the queue.")


async def claim(session: AsyncSession, desk: Desk, task_id: UUID) -> Claim:
    """Make a task this officer's, with one guarded statement; again, it only lasts longer.

    Raises NotFound, Taken while another officer works on it, Conflict where it needs nobody.
    """
    wanted = {**desk.values, "task": task_id, "lease": LEASE}
    row = (await session.execute(_CLAIM, wanted)).one_or_none()
    if row is None:
        raise await _why_not(session, desk, task_id)
    return Claim(row.id, row.claimed_until, row.fence)


_CLAIM = text(f"""
    WITH free AS (
        SELECT id FROM tasks
        WHERE id = :task AND {OF_DESK} AND {RUNNING} AND ({FREE} OR {IS_OWN})
        FOR UPDATE SKIP LOCKED
    )
    UPDATE tasks SET
        state = 'claimed', officer_id = :officer,
        claimed_until = now() + CAST(:lease AS interval),
        fence = fence + CASE WHEN state = 'claimed' AND {IS_OWN} THEN 0 ELSE 1 END
    FROM free WHERE tasks.id = free.id
    RETURNING tasks.id, claimed_until, fence
""")  # noqa: S608 - put together from our own constants


async def claim_many(
    session: AsyncSession, desk: Desk, task_ids: Sequence[UUID]
) -> tuple[UUID, ...]:
    """Claim those of the tasks that are free, at most a page; out: which ones that were."""
    ids = list(dict.fromkeys(task_ids))[:MOST_AT_ONCE]
    free = _seen(desk).where(Task.id.in_(ids), RUNNING, or_(FREE, is_own(desk)))
    rows = await session.execute(_taking(desk, free.order_by(Task.id)))
    return tuple(row.id for row in rows)


async def claim_next(session: AsyncSession, portal: Portal, desk: Desk) -> Claim | None:
    """Claim the free task that is nearest to its promised day; None where there is none.

    What is promised by the hour goes first. Officers who ask at the same moment get different ones.
    """
    free = _seen(desk).where(RUNNING, FREE)
    row = None
    if has_hours(portal, desk):
        by_hour = free.where(BY_THE_HOUR).order_by(Task.promised_at, Task.id).limit(1)
        row = (await session.execute(_taking(desk, by_hour))).one_or_none()
    if row is None:
        nearest = free.order_by(Task.promised_on, Task.id).limit(1)
        row = (await session.execute(_taking(desk, nearest))).one_or_none()
    return Claim(row.id, row.claimed_until, row.fence) if row else None


async def release(session: AsyncSession, desk: Desk, task_id: UUID) -> None:
    """Give an own task back to the queue. Raises Conflict where it is not theirs any more."""
    released = await session.scalar(
        update(Task)
        .where(Task.id == task_id, Task.state == TaskState.CLAIMED, is_own(desk))
        .values(state=TaskState.OPEN, officer_id=None, claimed_until=None, fence=Task.fence + 1)
        .returning(Task.id)
    )
    if released is None:
        raise Conflict(
            Words("这一件已经不在您名下。", "This task is not yours any more."),
            Words("请回到队列。", "Go back to the queue."),
        )


def _seen(desk: Desk) -> Select[*tuple[Any, ...]]:
    """The ids of what this desk may see."""
    return select(Task.id).where(*of_desk(desk))


def _taking(desk: Desk, free: Select[*tuple[Any, ...]]) -> ReturningUpdate[*tuple[Any, ...]]:
    """Take the tasks that `free` finds; the fence rises where they change hands."""
    locked = free.with_for_update(skip_locked=True).cte("free")
    return (
        update(Task)
        .where(Task.id == locked.c.id)
        .values(
            state=TaskState.CLAIMED,
            officer_id=desk.officer_id,
            claimed_until=func.now() + LEASE,
            fence=Task.fence
            + case((and_(Task.state == TaskState.CLAIMED, is_own(desk)), 0), else_=1),
        )
        .returning(Task.id, Task.claimed_until, Task.fence)
    )


async def _why_not(session: AsyncSession, desk: Desk, task_id: UUID) -> PortalError:
    """Why a task could not be claimed."""
    found = await session.scalar(select(Task.state).where(*of_desk(desk), Task.id == task_id))
    match found:
        case None:
            return NotFound()
        case TaskState.DONE:
            return Conflict(Words("这一件已经办完了。", "This one is done already."), Taken.todo)
        case TaskState.PAUSED:
            return Conflict(
                Words("这一件正在等申请人补正。", "This one is waiting for the applicant."),
                Taken.todo,
            )
    return Taken(Words("这一件刚被同事领取。", "A colleague has just taken this one."))
