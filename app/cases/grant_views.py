"""Running grants and their recomputations as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.desks import Desk
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.recomputing import open_recomputation

MOST_SHOWN = 20
MOST_IN_QUESTION = 50
# The grants of a desk, as Task rows have it too.
OF_DESK = "service_id = ANY(:services) AND (:county = '' OR grants.county = :county)"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of a grant; the explanation is what `explaining.explain` kept."""

    at: datetime
    before: Decimal | None
    after: Decimal | None
    explanation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant of one case, its changes newest first."""

    service_id: str
    benefit_id: str
    state: str
    why: str
    amount: Decimal | None
    to_confirm: Decimal | None
    since: date
    changes: tuple[ChangeView, ...]


# A part of the one statement that reads a case for its page.
GRANTS_PART = """
    (SELECT jsonb_agg(jsonb_build_object(
        'service_id', service_id, 'benefit_id', benefit_id, 'state', grants.state, 'why', why,
        'amount', CAST(amount AS text), 'to_confirm', CAST(to_confirm AS text), 'since', since,
        'changes',
        (SELECT jsonb_agg(jsonb_build_object(
            'at', reckoned_at, 'before', CAST(before AS text), 'after', CAST(after AS text),
            'explanation', explanation) ORDER BY reckoned_at DESC)
         FROM reckonings WHERE reckonings.grant_id = grants.id AND changed)) ORDER BY granted_at)
     FROM grants WHERE grants.case_id = cases.id) AS grants
"""


def grant_from(kept: Mapping[str, Any]) -> GrantView:
    """A grant as GRANTS_PART reads it."""
    return GrantView(
        service_id=kept["service_id"],
        benefit_id=kept["benefit_id"],
        state=kept["state"],
        why=kept["why"],
        amount=_amount(kept["amount"]),
        to_confirm=_amount(kept["to_confirm"]),
        since=date.fromisoformat(kept["since"]),
        changes=tuple(
            ChangeView(
                datetime.fromisoformat(one["at"]),
                _amount(one["before"]),
                _amount(one["after"]),
                one["explanation"],
            )
            for one in kept["changes"] or []
        ),
    )


def _amount(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


@dataclass(frozen=True, slots=True)
class RecomputationLine:
    """One recomputation with its counts: processed + failed + pending = total."""

    id: UUID
    cause: str
    told: Mapping[str, Any]
    day: date
    total: int
    processed: int
    failed: int
    pending: int
    opened_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class InQuestion:
    """A grant that a person of this desk has to look at; nothing of whom it is."""

    id: UUID
    case_number: str
    benefit_id: str
    why: str
    county: str
    reckoned_on: date


def granting_services(portal: Portal, desk: Desk) -> list[str]:
    """The services of a desk that grant something that goes on."""
    offered = portal.catalogue.services_of(desk.authority_id)
    return [service.id for service in offered if service.grants is not None]


async def newest_recomputations(session: AsyncSession) -> list[RecomputationLine]:
    """The last ones, newest first; they count grants and say nothing of anybody."""
    rows = await session.execute(_NEWEST, {"most": MOST_SHOWN})
    return [RecomputationLine(*row) for row in rows]


async def in_question(session: AsyncSession, portal: Portal, desk: Desk) -> list[InQuestion]:
    """The grants of this desk's services and county that a person has to look at."""
    asked = {
        "services": granting_services(portal, desk),
        "county": desk.county,
        "most": MOST_IN_QUESTION,
    }
    return [InQuestion(*row) for row in await session.execute(_IN_QUESTION, asked)]


async def try_again(session: AsyncSession, portal: Portal, desk: Desk) -> UUID | None:
    """Reckon everything again that is in question at this desk; None where nothing is."""
    return await open_recomputation(
        session,
        f"desk:{desk.officer_id}:{new_id()}",
        portal.today(),
        f"state = 'in-question' AND {OF_DESK}",
        {"services": granting_services(portal, desk), "county": desk.county},
    )


_NEWEST = text("""
    SELECT id, cause, told, day, total, processed, failed, pending, opened_at, ended_at
    FROM recomputations ORDER BY id DESC LIMIT :most
""")
_IN_QUESTION = text(f"""
    SELECT grants.id, cases.number, benefit_id, why, grants.county, reckoned_on
    FROM grants JOIN cases ON cases.id = grants.case_id
    WHERE grants.state = 'in-question' AND {OF_DESK}
    ORDER BY grants.id LIMIT :most
""")  # noqa: S608 - our constants
