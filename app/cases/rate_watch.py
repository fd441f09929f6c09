"""Notices that values in force today are others than those that grants were reckoned with."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.explaining import value_of
from app.cases.granting import UNFIT, seal_of
from app.cases.portal import Portal
from app.cases.recomputing import Proposed, open_recomputation
from app.workflow.entitlement import NOTHING_PROPOSED
from app.workflow.reckoning import Reckoned, held_from_json, reckon

HANGS_ON = "rates ? :parameter"
NOTHING_KNOWN = Reckoned("maybe", None, promised=False, rates={}, broken=None, used=())
_ONE = text(f"""
    SELECT id, service_id, benefit_id, rates, sealed_facts FROM grants
    WHERE state <> 'stopped' AND {HANGS_ON} LIMIT 1
""")  # noqa: S608 - our constant
_TELL = text("UPDATE recomputations SET told = :told WHERE id = :id").bindparams(
    bindparam("told", type_=JSONB)
)

# Grants of one service and county that were reckoned with the same values stand for each other.
_GROUPS = text("""
    WITH alike AS (
        SELECT CAST(min(CAST(id AS text)) AS uuid) AS id
        FROM grants WHERE state = 'running' GROUP BY service_id, county, rates)
    SELECT grants.id, service_id, benefit_id, rates, sealed_facts
    FROM alike JOIN grants ON grants.id = alike.id
""")


async def notice(
    session: AsyncSession,
    portal: Portal,
    today: date | None = None,
    proposed: Proposed = NOTHING_PROPOSED,
) -> list[UUID]:
    """Open a recomputation for every value that has changed, and one for each new month.

    Which grants hang on a value is what the rules said that they used, never a list by hand. One
    worker at a time; done twice it opens nothing twice.
    """
    if not await session.scalar(text("SELECT pg_try_advisory_xact_lock(20261128)")):
        return []
    day = today or portal.today()
    changed = await changed_parameters(session, portal, day, proposed)
    opened = [await hang_on(session, portal, parameter, day, proposed) for parameter in changed]
    opened.append(await _month(session, day))
    return [recomputation for recomputation in opened if recomputation is not None]


async def hang_on(
    session: AsyncSession,
    portal: Portal,
    parameter: str,
    day: date,
    proposed: Proposed = NOTHING_PROPOSED,
) -> UUID | None:
    """Reckon again, as on `day`, all grants whose amount or condition hangs on this parameter."""
    cause = f"parameter:{parameter}"
    found = await open_recomputation(session, cause, day, HANGS_ON, {"parameter": parameter})
    if found is not None:
        told = await _told(session, portal, parameter, day, proposed)
        await session.execute(_TELL, {"id": found, "told": told})
    return found


async def _told(
    session: AsyncSession, portal: Portal, parameter: str, day: date, proposed: Proposed
) -> dict[str, Any]:
    """The value in words, as the rules use it for one of the grants that hang on it."""
    row = (await session.execute(_ONE, {"parameter": parameter})).first()
    if row is None:
        return {}
    used = _reckoned(portal, row, day, proposed).used
    return next((value_of(one, row.rates) for one in used if one.parameter.id == parameter), {})


async def changed_parameters(
    session: AsyncSession, portal: Portal, day: date, proposed: Proposed = NOTHING_PROPOSED
) -> tuple[str, ...]:
    """Ids of the parameters whose values are others now, in the order of their names.

    A grant that today's rules do not judge any more by one of its values hangs on it as well.
    """
    found: dict[str, None] = {}
    for row in await session.execute(_GROUPS):
        found |= dict.fromkeys(_differing(portal, row, day, proposed))
    return tuple(sorted(found))


def _differing(portal: Portal, row: Any, day: date, proposed: Proposed) -> Iterator[str]:
    # Any: a row of _GROUPS.
    now = _reckoned(portal, row, day, proposed).rates
    yield from (name for name, rate in row.rates.items() if name in now and now[name] != rate)


def _reckoned(portal: Portal, row: Any, day: date, proposed: Proposed) -> Reckoned:
    """A grant as the rules are on a day; by no values where it cannot be read."""
    grant = portal.catalogue.granted_by(row.service_id)
    if grant is not None and grant.benefit.id == row.benefit_id:
        with suppress(InvalidTag, *UNFIT):
            kept = portal.cipher.open(row.sealed_facts, seal_of(row.id))
            return reckon(grant, held_from_json(kept), day, proposed)
    return NOTHING_KNOWN


async def _month(session: AsyncSession, day: date) -> UUID | None:
    """Ages rise and schemes end without a value changing: once a month everything is asked."""
    cause = f"month:{day:%Y-%m}"
    done = await session.scalar(
        text("SELECT EXISTS (SELECT FROM recomputations WHERE cause = :cause)"), {"cause": cause}
    )
    if done:
        return None
    first = day.replace(day=1)
    older = await session.scalar(
        text("SELECT EXISTS (SELECT FROM grants WHERE state <> 'stopped' AND reckoned_on < :day)"),
        {"day": first},
    )
    if not older:
        return None
    return await open_recomputation(session, cause, day, "reckoned_on < :first", {"first": first})


async def hang_together(session: AsyncSession) -> dict[str, tuple[str, ...]]:
    """Benefits by the parameter that they were reckoned with, as grants tell it."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = await session.execute(
        text("""
            SELECT DISTINCT parameter, benefit_id
            FROM grants, jsonb_object_keys(rates) AS parameter
            WHERE state <> 'stopped' ORDER BY parameter, benefit_id
        """)
    )
    for row in rows:
        found[row.parameter].append(row.benefit_id)
    return {parameter: tuple(benefits) for parameter, benefits in found.items()}
