"""Brings a round to its end: closes it, waits for the barrier, allots once, starts what waited.

Each act is a chunk in one transaction of its own; killed anywhere, the next worker goes on.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_files import load_case_files
from app.cases.locked import lock_case
from app.cases.moving import start_held
from app.cases.portal import Portal
from app.cases.rounds import COLUMNS, Round, round_from
from app.telemetry import describe_error, log
from app.vocabulary.case_states import StepState
from app.vocabulary.intake import Allotment, Entrant
from app.vocabulary.life_event import LifeEvent
from app.workflow.draw import seed
from app.workflow.rounds import entrants_of, watched_services

LOG = log(__name__)

READ_AT_ONCE: Final = 200
GIVEN_AT_ONCE: Final = 50
# What the barrier waits for: whatever is neither final nor with a person. A step that waits for
# another is waited for there.
UNDER_WAY: Final = [StepState.READY, StepState.WITH_DEPARTMENT, StepState.SUPPLEMENT]

_DUE = text(f"""
    SELECT {COLUMNS}, sealed_secret FROM rounds
    WHERE state <> 'given' AND closes_at <= now()
      AND NOT (id = ANY(:not_these))
    ORDER BY closes_at LIMIT 1 FOR UPDATE SKIP LOCKED
""")  # noqa: S608 - fixed columns
_CLOSE = text("UPDATE rounds SET state = 'closed' WHERE id = :id")
_PENDING = text("""
    SELECT steps.service_id, count(*) AS number
    FROM round_entries AS entry
    JOIN steps ON steps.case_id = entry.case_id
      AND (steps.subject IS NULL OR steps.subject IS NOT DISTINCT FROM entry.subject)
    WHERE entry.round_id = :id AND entry.state = 'entered'
      AND steps.service_id = ANY(:watched) AND steps.state = ANY(:states)
    GROUP BY steps.service_id
""")
# Held, so that whoever withdraws now waits: the seed hangs on exactly these keys.
_ENTRIES = text("""
    SELECT entry.key, entry.case_id, entry.subject,
        (SELECT coalesce(array_agg(DISTINCT steps.service_id), '{}') FROM steps
         WHERE steps.case_id = entry.case_id AND steps.service_id = ANY(:watched)
           AND (steps.subject IS NULL OR steps.subject IS NOT DISTINCT FROM entry.subject)
           AND steps.state IN ('waiting', 'at-desk', 'stuck')) AS undecided
    FROM round_entries AS entry
    WHERE entry.round_id = :id AND entry.state = 'entered' ORDER BY entry.key
    FOR UPDATE OF entry
""")
_ALLOT = text("""
    UPDATE round_entries AS entry SET
        state = 'allotted', by_hand = row.by_hand, listed = row.listed,
        sealed_given = decode(row.sealed, 'base64')
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        key text, by_hand boolean, listed jsonb, sealed text)
    WHERE entry.round_id = :id AND entry.key = row.key AND entry.state = 'entered'
""")
_TELL = text("""
    UPDATE rounds SET state = 'allotted', secret = :secret, seed = :seed, allotted_at = now()
    WHERE id = :id
""")
_TO_GIVE = text("""
    SELECT case_id, array_agg(coalesce(subject, -1)) AS subjects,
           array_agg(coalesce(subject, -1)) FILTER (WHERE by_hand) AS by_hand
    FROM round_entries WHERE round_id = :id AND state = 'allotted'
    GROUP BY case_id ORDER BY case_id LIMIT :chunk
""")
_GIVEN = text("""
    UPDATE round_entries SET state = 'given'
    WHERE round_id = :id AND case_id = ANY(:cases) AND state = 'allotted'
""")
_END = text("UPDATE rounds SET state = 'given', given_at = now() WHERE id = :id")


async def advance_round(session: AsyncSession, portal: Portal) -> int:
    """Do the next act of one round whose window is over; out: how much was done.

    A round that waits for its barrier, or whose rule fails, keeps no other from going on, and two
    workers never hold the same one.
    """
    waiting: list[UUID] = []
    while True:
        row = (await session.execute(_DUE, {"not_these": waiting})).one_or_none()
        if row is None:
            return 0
        round_ = round_from(row)
        try:
            async with session.begin_nested():
                done = await _next_act(session, portal, round_, bytes(row.sealed_secret))
        except Exception as error:
            # Whatever it is: it is tried again, after the others.
            LOG.warning("round.interrupted", job=str(round_.id), **describe_error(error))
            done = 0
        if done:
            return done
        waiting.append(round_.id)


async def _next_act(session: AsyncSession, portal: Portal, round_: Round, sealed: bytes) -> int:
    """What this round needs next; 0 where it waits."""
    event = portal.catalogue.life_events.get(round_.life_event)
    if event is None or event.intake is None:
        LOG.warning("round.undeclared", life_event=round_.life_event)
        return 0
    if round_.state == "open":
        await session.execute(_CLOSE, {"id": round_.id})
        return 1
    if round_.state == "allotted":
        return await _give(session, portal, round_)
    if await pending_checks(session, event, round_.id):
        return 0
    return await _allot(session, portal, event, round_, sealed)


async def pending_checks(
    session: AsyncSession, event: LifeEvent, round_id: UUID
) -> Mapping[str, int]:
    """What keeps the barrier closed: by service, steps neither final nor with a person."""
    watched = sorted(watched_services(event))
    rows = await session.execute(
        _PENDING, {"id": round_id, "watched": watched, "states": UNDER_WAY}
    )
    return {row.service_id: row.number for row in rows}


async def _allot(
    session: AsyncSession, portal: Portal, event: LifeEvent, round_: Round, sealed: bytes
) -> int:
    """Apply the rule to all entries at once, and write what each one gets."""
    intake = event.intake
    assert intake is not None
    entrants, cases = await _entrants(session, portal, event, round_.id)
    secret = portal.cipher.open(sealed, f"round:{round_.id}")
    drawn = seed(secret, round_.notary_digits, [entrant.key for entrant in entrants])
    allotted = intake.allot(round_.facts(drawn), entrants)
    if missing := {entrant.key for entrant in entrants} - allotted.keys():
        raise RuntimeError(f"the rule of {event.id} gives nothing to {len(missing)} entries")
    rows = [_row(portal, key, cases[key], allotted[key]) for key in sorted(cases)]
    for start in range(0, len(rows), READ_AT_ONCE):
        part = orjson.dumps(rows[start : start + READ_AT_ONCE]).decode()
        await session.execute(_ALLOT, {"id": round_.id, "rows": part})
    await session.execute(_TELL, {"id": round_.id, "secret": secret, "seed": drawn})
    LOG.info("round.allotted", life_event=event.id, count=len(rows))
    return 1


async def _entrants(
    session: AsyncSession, portal: Portal, event: LifeEvent, round_id: UUID
) -> tuple[tuple[Entrant, ...], dict[str, UUID]]:
    """Every entry as the rule sees it, and the case of each by its key."""
    watched = sorted(watched_services(event))
    found = (await session.execute(_ENTRIES, {"id": round_id, "watched": watched})).all()
    by_case: dict[UUID, list[Any]] = {}
    for row in found:
        by_case.setdefault(row.case_id, []).append(row)
    case_ids = list(by_case)
    entrants: list[Entrant] = []
    for start in range(0, len(case_ids), READ_AT_ONCE):
        files = await load_case_files(session, portal, case_ids[start : start + READ_AT_ONCE])
        for case_id, file in files.items():
            rows = by_case[case_id]
            entrants += entrants_of(
                event,
                file,
                {row.key: row.subject for row in rows},
                {row.subject: row.undecided for row in rows},
            )
    return tuple(sorted(entrants, key=lambda one: one.key)), {row.key: row.case_id for row in found}


def _row(portal: Portal, key: str, case_id: UUID, given: Allotment) -> dict[str, Any]:
    """What one entry gets, sealed like the outcome of a step, so that requests can be built."""
    content = {"output": dict(given.given), "why": [given.why.zh, given.why.en]}
    sealed = portal.cipher.seal(content, f"outcome:{case_id}")
    return {
        "key": key,
        "by_hand": given.by_hand,
        "listed": list(given.listed),
        "sealed": base64.b64encode(sealed).decode(),
    }


async def _give(session: AsyncSession, portal: Portal, round_: Round) -> int:
    """Start the steps of some cases; the round is given when none is left."""
    rows = (await session.execute(_TO_GIVE, {"id": round_.id, "chunk": GIVEN_AT_ONCE})).all()
    for row in rows:
        case = await lock_case(session, row.case_id)
        await start_held(
            session, portal, case, _subjects(row.subjects), _subjects(row.by_hand or [])
        )
    if rows:
        cases = [row.case_id for row in rows]
        await session.execute(_GIVEN, {"id": round_.id, "cases": cases})
        return len(rows)
    await session.execute(_END, {"id": round_.id})
    return 1


def _subjects(numbers: Sequence[int]) -> frozenset[int | None]:
    return frozenset(None if number < 0 else number for number in numbers)
