"""What becomes a running grant when a step is done, and what its result does to running ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_files import load_case_file
from app.cases.ids import new_id
from app.cases.locked import LockedCase, LockedStep
from app.cases.portal import Portal
from app.cases.request_facts import request_of
from app.catalogue import Service
from app.telemetry import log
from app.vocabulary.benefit import Benefit
from app.vocabulary.case_file import CaseFile
from app.vocabulary.granting import Grant, Touches
from app.vocabulary.public_service import Message, Result
from app.workflow.reckoning import (
    AGAIN,
    UNREADABLE,
    Held,
    Standing,
    first_standing,
    held_from_json,
    read_facts,
    reckon,
)

LOG = log(__name__)
# What reading a request that was declared otherwise than it is can raise.
UNFIT = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step that has just been done, with what its department decided."""

    step: LockedStep
    output: Mapping[str, Any]


def goes_on(portal: Portal, service_id: str) -> bool:
    """Whether a result of this service concerns grants at all; nearly none does."""
    service = portal.catalogue.services[service_id]
    return service.grants is not None or service.touches is not None


async def keep_grants(
    session: AsyncSession, portal: Portal, case: LockedCase, done: Sequence[DoneStep]
) -> None:
    """Write the grants of steps that are done, in their own transaction, and what they touch.

    One statement reads the case, one or two more write. What cannot be read becomes a grant that
    a person has to look at; a decision is never lost for it.
    """
    file = await load_case_file(session, portal, case.id)
    for one in done:
        service = portal.catalogue.services[one.step.service_id]
        event = portal.catalogue.edition(case.life_event, case.definition)
        subject = one.step.subject
        request = None if event is None else request_of(event, service.id, file, subject)
        if service.grants is not None:
            new = _granted(service, service.grants, file, request, one.output)
            await _write_grant(session, portal, case, one.step, service.grants, new)
        if service.touches is not None and request is None:
            LOG.error("grant.untouched", step=str(one.step.id), service=service.id)
        elif service.touches is not None and request is not None:
            output = service.produces.fields.model_validate(one.output)
            await _touch(session, portal, one.step, service, request, output)


@dataclass(frozen=True, slots=True)
class _New:
    """A grant before it has a row."""

    held: Held
    standing: Standing
    person: str
    since: date
    rates: Mapping[str, Any]


def _granted(
    service: Service,
    grant: Grant,
    file: CaseFile,
    request: Message | None,
    told: Mapping[str, Any],
) -> _New:
    """The grant as it begins; one that cannot be read is for a person to look at."""
    try:
        if request is None:
            raise LookupError(service.id)
        output = service.produces.fields.model_validate(told)
        held = read_facts(grant, grant.facts, request, output)
        reckoned = reckon(grant, held, file.today)
        return _New(
            held=held,
            standing=first_standing(grant, _decimal(told, grant.amount), reckoned),
            person=str(getattr(request, grant.person)),
            since=getattr(output, grant.since) if grant.since else file.today,
            rates=reckoned.rates,
        )
    except UNFIT as error:
        LOG.warning("grant.unreadable", service=service.id, reason=type(error).__name__)
        standing = Standing("in-question", _decimal(told, grant.amount), why=UNREADABLE)
        return _New(Held({}, {}), standing, "", file.today, {})


def _decimal(told: Mapping[str, Any], name: str | None) -> Decimal | None:
    """An amount of the output as it was kept."""
    value = told.get(name) if name else None
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


async def _write_grant(
    session: AsyncSession,
    portal: Portal,
    case: LockedCase,
    step: LockedStep,
    grant: Grant,
    new: _New,
) -> None:
    grant_id = new_id()
    await session.execute(
        _WRITE,
        {
            "id": grant_id,
            "case": case.id,
            "step": step.id,
            "key": step.key,
            "service": step.service_id,
            "benefit": grant.benefit.id,
            "person": portal.cipher.index(new.person.upper()) if new.person else b"",
            "county": case.county,
            "facts": portal.cipher.seal(new.held.as_json(), seal_of(grant_id)),
            "amount": new.standing.amount,
            "state": new.standing.state,
            "why": new.standing.why,
            "since": new.since,
            "today": portal.today(),
            "rates": dict(new.rates),
            "again": AGAIN,
        },
    )


def seal_of(grant_id: UUID) -> str:
    """What a grant's facts are sealed for."""
    return f"grant:{grant_id}"


# The same benefit for the same person twice would be paid twice: somebody looks at the older one.
_WRITE = text("""
    WITH older AS (
        UPDATE grants SET state = 'in-question', why = :again
        WHERE person = :person AND person <> ''::bytea AND benefit_id = :benefit
          AND state = 'running'
    )
    INSERT INTO grants (id, case_id, step_id, step_key, service_id, benefit_id, person, county,
                        sealed_facts, amount, state, why, since, reckoned_on, rates)
    VALUES (:id, :case, :step, :key, :service, :benefit, :person, :county, :facts,
            CAST(:amount AS numeric), :state, :why, :since, :today, :rates)
""").bindparams(bindparam("rates", type_=JSONB))


async def _touch(
    session: AsyncSession,
    portal: Portal,
    step: LockedStep,
    service: Service,
    request: Message,
    output: Result,
) -> None:
    """Open a small recomputation of the grants that a result stops or changes the facts of."""
    touches = service.touches
    assert touches is not None
    stops = {one.id for one in _listed(touches, touches.stops, touches.stops_in, output)}
    again = {one.id for one in _listed(touches, touches.again, touches.again_in, output)} - stops
    person = portal.cipher.index(str(getattr(request, touches.person)).upper())
    rows = (
        await session.execute(_TOUCHED, {"person": person, "benefits": sorted(stops | again)})
    ).all()
    if not rows:
        return
    changed = []
    for row in rows:
        grant = portal.catalogue.granted_by(row.service_id)
        if row.benefit_id in stops or grant is None:
            continue
        asked = {question.id for question in grant.benefit.questions}
        sources = {name: source for name, source in touches.facts.items() if name in asked}
        held = held_from_json(portal.cipher.open(row.sealed_facts, seal_of(row.id)))
        held = held.without(_unsettled(touches, request))
        held = held.with_news(read_facts(grant, sources, request, output))
        county = str(held.told.get("home_county", row.county))
        changed.append((row.id, portal.cipher.seal(held.as_json(), seal_of(row.id)), county))
    for grant_id, sealed, county in changed:
        await session.execute(_NEW_FACTS, {"id": grant_id, "facts": sealed, "county": county})
    recomputation = new_id()
    await session.execute(
        _OPEN,
        {
            "id": recomputation,
            "cause": f"service:{service.id}:{step.id}",
            "day": portal.today(),
            "total": len(rows),
        },
    )
    await session.execute(
        _TAKE_UP,
        [
            {"recomputation": recomputation, "grant": row.id, "ends": row.benefit_id in stops}
            for row in rows
        ],
    )


def _unsettled(touches: Touches, request: Message) -> tuple[str, ...]:
    """The facts that no longer hold, by what the request says has changed."""
    if touches.because is None:
        return ()
    return touches.unsettles.get(str(getattr(request, touches.because)), ())


def _listed(
    touches: Touches, always: Sequence[Benefit], listed_in: str | None, output: Result
) -> Sequence[Benefit]:
    """The benefits that are named once for all, or by this result."""
    if listed_in is None:
        return always
    names = getattr(output, listed_in)
    return (*always, *(touches.named[name] for name in names if name in touches.named))


_TOUCHED = text("""
    SELECT id, service_id, benefit_id, county, sealed_facts FROM grants
    WHERE person = :person AND benefit_id = ANY(:benefits) AND state <> 'stopped'
    ORDER BY id FOR UPDATE
""")
_NEW_FACTS = text("UPDATE grants SET sealed_facts = :facts, county = :county WHERE id = :id")
_OPEN = text("""
    INSERT INTO recomputations (id, cause, day, total) VALUES (:id, :cause, :day, :total)
""")
_TAKE_UP = text("""
    INSERT INTO reckonings (recomputation_id, grant_id, ends)
    VALUES (:recomputation, :grant, :ends)
""")
