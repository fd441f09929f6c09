"""The public list of a round: masked rows, by entry number."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Listed:
    """One masked row of the public list."""

    key: str
    columns: tuple[str, ...]


# What was allotted stays on the list, also where the family withdrew afterwards: the seed
# hangs on it.
_LISTED = text("""
    SELECT key, listed FROM round_entries
    WHERE round_id = :id AND listed IS NOT NULL AND key > :after
      AND (:wanted = '' OR key = :wanted)
    ORDER BY key LIMIT :limit
""")
_KEYS = text("SELECT key FROM round_entries WHERE round_id = :id AND listed IS NOT NULL")


async def listed_entries(
    session: AsyncSession, round_id: UUID, after: str, wanted: str, limit: int
) -> list[Listed]:
    """Rows behind the key `after`, or the one `wanted`; none before the round is allotted."""
    rows = await session.execute(
        _LISTED, {"id": round_id, "after": after, "wanted": wanted, "limit": limit}
    )
    return [Listed(row.key, tuple(row.listed)) for row in rows]


async def published_keys(session: AsyncSession, round_id: UUID) -> list[str]:
    """The keys that went into the seed."""
    return list(await session.scalars(_KEYS, {"id": round_id}))


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many entries a round has, how many were withdrawn, and how many a person decides."""

    entered: int
    withdrawn: int
    by_hand: int


async def numbers_of(session: AsyncSession, round_ids: Sequence[UUID]) -> dict[UUID, Numbers]:
    """The numbers of several rounds by id, in one statement."""
    rows = await session.execute(_NUMBERS, {"ids": list(round_ids)})
    found = {row.round_id: Numbers(row.entered, row.withdrawn, row.by_hand) for row in rows}
    return {one: found.get(one, Numbers(0, 0, 0)) for one in round_ids}


_NUMBERS = text("""
    SELECT round_id, count(*) FILTER (WHERE state <> 'withdrawn') AS entered,
           count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
           count(*) FILTER (WHERE by_hand) AS by_hand
    FROM round_entries WHERE round_id = ANY(:ids) GROUP BY round_id
""")
