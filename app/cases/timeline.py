"""The append-only history of a case, each entry chained to the one before by its hash."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.tables import Case, TimelineEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `detail` never holds personal data."""

    kind: str
    actor: str
    step_key: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a case's history stands: how many entries, and the hash of the last."""

    case_id: UUID
    length: int
    last: bytes

    def add(self, entries: Sequence[Entry], at: datetime) -> tuple["Chain", list[dict[str, Any]]]:
        """The chain with `entries` at its end, and their rows ready to be written."""
        chain, rows = self, []
        for entry in entries:
            seq = chain.length + 1
            digest = entry_hash(chain.last, chain.case_id, seq, at, entry)
            chain = Chain(self.case_id, seq, digest)
            rows.append(
                {
                    "seq": seq,
                    "at": at.isoformat(),
                    "kind": entry.kind,
                    "step_key": entry.step_key,
                    "actor": entry.actor,
                    "detail": dict(entry.detail),
                    "hash": digest.hex(),
                }
            )
        return chain, rows


def entry_hash(before: bytes, case_id: UUID, seq: int, at: datetime, entry: Entry) -> bytes:
    """SHA-256 over the hash before and the entry in one canonical form."""
    content = {
        "actor": entry.actor,
        "at": at.astimezone(UTC).isoformat(),
        "case": str(case_id),
        "detail": dict(entry.detail),
        "kind": entry.kind,
        "seq": seq,
        "step": entry.step_key,
    }
    return hashlib.sha256(before + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


async def first_break(session: AsyncSession, case_id: UUID) -> int | None:
    """Number of the first entry that does not follow from the one before; None: history is whole.

    A case whose last hash differs from its last entry's breaks one past its end.
    """
    before, seq = b"", 0
    rows = await session.scalars(
        select(TimelineEntry).where(TimelineEntry.case_id == case_id).order_by(TimelineEntry.seq)
    )
    for row in rows:
        seq += 1
        entry = Entry(row.kind, row.actor, row.step_key, row.detail)
        if row.seq != seq or row.hash != entry_hash(before, case_id, seq, row.at, entry):
            return seq
        before = row.hash
    last = await session.scalar(select(Case.chain).where(Case.id == case_id))
    return None if last == before else seq + 1
