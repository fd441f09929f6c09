"""The one place that knows the job engine: a job rides on the transaction that needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import orjson
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import raw_asyncpg


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done soon, named by ids only.

    `entrypoint` is the queue (one per authority, so that its limit of parallel calls is the
    engine's own); `key` keeps a second job for the same thing out while the first one is there.
    """

    entrypoint: str
    payload: tuple[str, ...]
    key: str
    after_seconds: float = 0

    @classmethod
    def step(cls, step_id: UUID, authority_id: str, fence: int, after_seconds: float = 0) -> "Job":
        """Call a department for a step that was last claimed under `fence`."""
        payload = ("step", str(step_id))
        return cls(queue_of(authority_id), payload, f"step:{step_id}:{fence}", after_seconds)

    @classmethod
    def register(
        cls, case_id: UUID, register_id: str, authority_id: str, fence: int = 0, after: float = 0
    ) -> "Job":
        """Ask a shared register for a case."""
        payload = ("register", str(case_id), register_id)
        key = f"register:{case_id}:{register_id}:{fence}"
        return cls(queue_of(authority_id), payload, key, after)

    @classmethod
    def inbox(cls, sender: str, message_id: str, after_seconds: float = 0) -> "Job":
        """Make something of a message that lies in the inbox."""
        key = f"inbox:{sender}:{message_id}:{after_seconds:.0f}"
        return cls(INBOX_QUEUE, (sender, message_id), key, after_seconds)


INBOX_QUEUE = "inbox"


def queue_of(authority_id: str) -> str:
    """The name of the queue whose jobs call this authority."""
    return f"authority:{authority_id}"


def read_payload(payload: bytes | None) -> tuple[str, ...]:
    """The ids a job names."""
    return tuple(orjson.loads(payload or b"[]"))


async def enqueue(session: AsyncSession, jobs: Iterable[Job]) -> int:
    """Put all jobs into the queue with one statement of the session's own transaction.

    They exist exactly when the transaction commits. A job whose key is there already is left out;
    returns how many were put.
    """
    wanted = list(jobs)
    if not wanted:
        return 0
    connection = await raw_asyncpg(session)
    put = await Queries(AsyncpgDriver(connection)).enqueue(
        [job.entrypoint for job in wanted],
        [orjson.dumps(job.payload) for job in wanted],
        [0] * len(wanted),
        [timedelta(seconds=job.after_seconds) for job in wanted],
        [job.key for job in wanted],
        on_conflict="skip",
    )
    return sum(job is not None for job in put)
