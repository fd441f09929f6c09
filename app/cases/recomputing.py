"""Reckoning running grants again, chunk by chunk: whatever is killed, each grant counts once.

A recomputation fixes its grants when it is opened, one row each. A chunk locks some hundred of
them with their cases, and one transaction writes grants, rows, histories and counters together. So
`processed + failed + pending = total` at every commit, and any number of workers may take part.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.explaining import explain
from app.cases.granting import seal_of
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.timeline import Chain, Entry
from app.database import Database
from app.telemetry import describe_error, log
from app.vocabulary.case_states import CaseHappening
from app.vocabulary.granting import Grant
from app.vocabulary.requirement import Parameter
from app.workflow.entitlement import NOTHING_PROPOSED
from app.workflow.reckoning import (
    UNREADABLE,
    Reckoned,
    Standing,
    held_from_json,
    next_standing,
    reckon,
)

LOG = log(__name__)
CHUNK, PIECE = 250, 10_000
FIRST = UUID(int=0)
Proposed = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a recomputation is; always processed + failed + pending = total."""

    id: UUID
    cause: str
    day: date
    total: int
    processed: int
    failed: int
    pending: int


async def open_recomputation(
    session: AsyncSession,
    cause: str,
    day: date,
    which: str,
    values: Mapping[str, Any] | None = None,
    piece: int = PIECE,
) -> UUID | None:
    """Fix the grants to be reckoned again; out: its id, or None where there are none.

    `which` is a condition of ours on `grants`, with its values. One that is open already for the
    same cause is the answer then: its rows are reckoned by whatever is in force when they are.
    Rows are written in pieces, so that no statement outlasts its time.
    """
    recomputation = new_id()
    opening = {"id": recomputation, "cause": cause, "day": day}
    if await session.scalar(_OPEN, opening) is None:
        found = await session.scalar(_OPEN_ALREADY, {"cause": cause})
        return UUID(str(found)) if found else None
    taking = text(_TAKE_UP.format(which=which))
    total, last = 0, FIRST
    while True:
        asked = {"id": recomputation, "after": last, "piece": piece, **(values or {})}
        taken = (await session.execute(taking, asked)).one()
        if not taken.size:
            break
        total, last = total + taken.size, UUID(taken.last)
    if not total:
        await session.execute(_NOTHING, {"id": recomputation})
        return None
    await session.execute(_TOTAL, {"id": recomputation, "total": total})
    return recomputation


async def progress_of(session: AsyncSession, recomputation: UUID) -> Progress:
    """How far it is."""
    row = (await session.execute(_PROGRESS, {"id": recomputation})).one()
    return Progress(*row)


async def open_ones(session: AsyncSession) -> list[UUID]:
    """Recomputations that are not at their end, oldest first."""
    return list(await session.scalars(_ALL_OPEN))


@dataclass(frozen=True, slots=True)
class Chunk:
    """How many grants were reckoned, and the last of them."""

    size: int
    last: UUID | None


async def recompute_chunk(
    session: AsyncSession,
    portal: Portal,
    recomputation: UUID,
    after: UUID | None = None,
    proposed: Proposed = NOTHING_PROPOSED,
    chunk: int = CHUNK,
) -> Chunk:
    """Reckon the next grants behind `after` that nobody else is at, with two statements.

    None taken from the very beginning on while grants are pending means that others hold them:
    come back later.
    """
    asked = {"id": recomputation, "chunk": chunk, "after": after or FIRST}
    rows = (await session.execute(_CHUNK, asked)).all()
    if not rows:
        return Chunk(0, None)
    writing = _Writing(portal, proposed, portal.now())
    for row in rows:
        writing.take(row)
    await session.execute(_WRITE, writing.values(recomputation))
    if writing.broken is not None:
        LOG.warning("grants.unreadable", job=str(recomputation), **describe_error(writing.broken))
    return Chunk(len(rows), rows[-1].grant_id)


async def work_through(
    database: Database,
    portal: Portal,
    recomputation: UUID,
    go_on: Callable[[], bool] = lambda: True,
    proposed: Proposed = NOTHING_PROPOSED,
    chunk: int = CHUNK,
) -> int:
    """Reckon chunk after chunk, each in a transaction of its own, until none is left for us.

    `go_on` is asked before each. Out: how many were reckoned here.
    """
    reckoned, after = 0, None
    while go_on():
        async with database.transaction() as session:
            done = await recompute_chunk(session, portal, recomputation, after, proposed, chunk)
        if not done.size and after is None:
            break
        reckoned, after = reckoned + done.size, done.last
        await asyncio.sleep(0)
    return reckoned


class _Writing:
    """Everything that one chunk changes, gathered and then written at once."""

    def __init__(self, portal: Portal, proposed: Proposed, at: datetime) -> None:
        self.portal = portal
        self.proposed = proposed
        self.at = at
        self.grants: list[dict[str, Any]] = []
        self.chains: dict[UUID, Chain] = {}
        self.entries: list[dict[str, Any]] = []
        self.failed = 0
        self.broken: Exception | None = None
        # Of people with the same facts the rules say the same; many have them.
        self.alike: dict[bytes, Reckoned] = {}

    def take(self, row: Any) -> None:
        """Reckon one grant."""
        # Any: a row of _CHUNK.
        now = Standing(row.state, row.amount, row.to_confirm, row.why)
        reckoned: Reckoned | None = None
        grant = self.portal.catalogue.granted_by(row.service_id)
        if row.ends:
            after = Standing("stopped", None, why="ended")
        elif row.state == "stopped":
            after = now
        elif grant is None or grant.benefit.id != row.benefit_id:
            after = Standing("in-question", row.amount, row.to_confirm, UNREADABLE)
        else:
            after, reckoned = self._reckon(grant, row, now)
        failed = after.state == "in-question"
        changed = (after.state, after.amount, after.to_confirm) != (
            now.state,
            now.amount,
            now.to_confirm,
        )
        self.failed += failed
        self.grants.append(
            {
                "id": str(row.grant_id),
                "state": after.state,
                "amount": _figure(after.amount),
                "to_confirm": _figure(after.to_confirm),
                "why": after.why,
                "reckoned_on": row.day,
                "rates": reckoned.rates if reckoned else None,
                "result": "failed" if failed else "done",
                "changed": changed,
                "before": _figure(now.amount),
                "after": _figure(after.amount if after.to_confirm is None else after.to_confirm),
                "explanation": self._explained(row, reckoned, after) if changed else {},
            }
        )
        if changed:
            self._tell(row, after)

    def _reckon(self, grant: Grant, row: Any, now: Standing) -> tuple[Standing, Reckoned | None]:
        """The grant by today's rules; one that cannot be read is for a person."""
        try:
            kept = self.portal.cipher.open(row.sealed_facts, seal_of(row.grant_id))
            held = held_from_json(kept)
            alike = orjson.dumps([row.service_id, sorted(held.on(row.day).values.items())])
            if alike not in self.alike:
                self.alike[alike] = reckon(grant, held, row.day, self.proposed)
            reckoned = self.alike[alike]
        except Exception as error:
            # Whatever it is: one grant must never keep the others of its chunk from being reckoned.
            self.broken = self.broken or error
            return Standing("in-question", now.amount, now.to_confirm, UNREADABLE), None
        return next_standing(grant, now, reckoned, row.rates), reckoned

    def _explained(self, row: Any, reckoned: Reckoned | None, after: Standing) -> dict[str, Any]:
        service = self.portal.catalogue.services.get(row.service_id)
        rules = service.rules if service else ()
        return explain(row.cause, rules, row.rates, reckoned, after)

    def _tell(self, row: Any, after: Standing) -> None:
        """One line in the history of the grant's case; what it is worth stands elsewhere."""
        chain = self.chains.get(row.case_id) or Chain(row.case_id, row.version, row.chain)
        detail = {"benefit": row.benefit_id, "to": after.state}
        entry = Entry(CaseHappening.GRANT_RECKONED, "portal", row.step_key, detail)
        chain, entries = chain.add([entry], self.at)
        self.chains[row.case_id] = chain
        self.entries += [{"case_id": str(row.case_id), **entry} for entry in entries]

    def values(self, recomputation: UUID) -> dict[str, Any]:
        """What _WRITE asks for."""
        return {
            "id": recomputation,
            "at": self.at,
            "size": len(self.grants),
            "processed": len(self.grants) - self.failed,
            "failed": self.failed,
            "grants": orjson.dumps(self.grants).decode(),
            "entries": orjson.dumps(self.entries).decode(),
            "cases": orjson.dumps(
                [
                    {"id": str(case), "version": chain.length, "chain": chain.last.hex()}
                    for case, chain in self.chains.items()
                ]
            ).decode(),
        }


def _figure(amount: Any) -> str | None:
    return None if amount is None else str(amount)


_OPEN_ALREADY = text("SELECT id FROM recomputations WHERE cause = :cause AND ended_at IS NULL")
# Somebody may be opening it at this moment: then theirs is the one.
_OPEN = text("""
    INSERT INTO recomputations (id, cause, day) VALUES (:id, :cause, :day)
    ON CONFLICT (cause) WHERE ended_at IS NULL DO NOTHING RETURNING id
""")
_TAKE_UP = """
    WITH taken AS (
        INSERT INTO reckonings (recomputation_id, grant_id)
        SELECT :id, id FROM grants
        WHERE state <> 'stopped' AND id > :after AND ({which})
        ORDER BY id LIMIT :piece
        RETURNING grant_id
    )
    SELECT count(*) AS size, max(CAST(grant_id AS text)) AS last FROM taken
"""
_TOTAL = text("UPDATE recomputations SET total = :total WHERE id = :id")
_NOTHING = text("DELETE FROM recomputations WHERE id = :id")
_PROGRESS = text("""
    SELECT id, cause, day, total, processed, failed, pending FROM recomputations WHERE id = :id
""")
_ALL_OPEN = text("SELECT id FROM recomputations WHERE ended_at IS NULL ORDER BY id")
# Never waits for a row: what somebody else has is left for the next round, so that no two can wait
# for each other.
_CHUNK = text("""
    SELECT reckonings.grant_id, reckonings.ends, recomputations.cause, recomputations.day,
           grants.case_id, grants.step_key, grants.service_id, grants.benefit_id, grants.amount,
           grants.to_confirm, grants.state, grants.why, grants.rates, grants.sealed_facts,
           cases.version, cases.chain
    FROM reckonings
    JOIN recomputations ON recomputations.id = reckonings.recomputation_id
    JOIN grants ON grants.id = reckonings.grant_id
    JOIN cases ON cases.id = grants.case_id
    WHERE reckonings.recomputation_id = :id AND reckonings.state = 'pending'
      AND reckonings.grant_id > :after
    ORDER BY reckonings.grant_id LIMIT :chunk
    FOR UPDATE OF reckonings, grants, cases SKIP LOCKED
""")
_WRITE = text("""
    WITH row AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(CAST(:grants AS jsonb)) AS row(
            id uuid, state text, amount numeric, to_confirm numeric, why text, reckoned_on date,
            rates jsonb, result text, changed boolean, before numeric, after numeric,
            explanation jsonb)
    ), kept AS (
        UPDATE grants SET
            state = row.state, amount = row.amount, to_confirm = row.to_confirm, why = row.why,
            reckoned_on = row.reckoned_on, rates = coalesce(row.rates, grants.rates)
        FROM row WHERE grants.id = row.id
    ), reckoned AS (
        UPDATE reckonings SET
            state = row.result, changed = row.changed, before = row.before, after = row.after,
            explanation = row.explanation, reckoned_at = :at
        FROM row WHERE reckonings.recomputation_id = :id AND reckonings.grant_id = row.id
    ), history AS (
        INSERT INTO timeline (case_id, seq, at, kind, step_key, actor, detail, hash)
        SELECT row.case_id, row.seq, row.at, row.kind, row.step_key, row.actor, row.detail,
               decode(row.hash, 'hex')
        FROM jsonb_to_recordset(CAST(:entries AS jsonb)) AS row(
            case_id uuid, seq bigint, at timestamptz, kind text, step_key text, actor text,
            detail jsonb, hash text)
    ), told AS (
        UPDATE cases SET version = row.version, chain = decode(row.chain, 'hex')
        FROM jsonb_to_recordset(CAST(:cases AS jsonb)) AS row(
            id uuid, version bigint, chain text)
        WHERE cases.id = row.id
    )
    UPDATE recomputations SET
        processed = processed + CAST(:processed AS bigint),
        failed = failed + CAST(:failed AS bigint),
        ended_at = CASE WHEN pending = CAST(:size AS bigint) THEN now() END
    WHERE id = :id
""")
