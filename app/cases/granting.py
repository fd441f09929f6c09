"""What becomes a running grant when a step is done, and what its result does to running ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_files import load_case_file
from app.cases.ids import new_id
from app.cases.locked import LockedCase, LockedStep
from app.cases.portal import Portal
from app.cases.request_facts import request_of
from app.catalogue import Service
from app.forms.identifiers import resident_id_problem
from app.telemetry import describe_error, log
from app.vocabulary.benefit import Benefit
from app.vocabulary.case_file import CaseFile
from app.vocabulary.granting import Grant, Touches
from app.vocabulary.public_service import Message, Result
from app.workflow.reckoning import (
    AGAIN,
    RESULT_UNREAD,
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
        if service.touches is not None:
            try:
                reach = _reach(service, service.touches, request, one.output)
            except UNFIT as error:
                LOG.warning("grant.result-unread", service=service.id, **describe_error(error))
                await _ask_a_person(session, portal, service.touches, file)
            else:
                await _touch(session, portal, one.step, service, reach)


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
    person = portal.cipher.index(new.person.upper()) if new.person else b""
    # Of two decisions at the same moment the second has to see the first.
    await session.execute(_ONE_AT_A_TIME, {"person": person.hex()})
    await session.execute(
        _WRITE,
        {
            "id": grant_id,
            "case": case.id,
            "step": step.id,
            "key": step.key,
            "service": step.service_id,
            "benefit": grant.benefit.id,
            "person": person,
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


_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('grant:' || :person, 0))")
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


@dataclass(frozen=True, slots=True)
class _Reach:
    """A result as it concerns running grants: whose, which end, and what has to be read again."""

    touches: Touches
    request: Message
    output: Result
    person: str
    stops: frozenset[str]
    benefits: frozenset[str]


def _reach(
    service: Service, touches: Touches, request: Message | None, told: Mapping[str, Any]
) -> _Reach:
    """Whom and what a result reaches. Raises one of UNFIT where that cannot be read."""
    if request is None:
        raise LookupError(service.id)
    output = service.produces.fields.model_validate(told)
    stops = {one.id for one in _listed(touches, touches.stops, touches.stops_in, output)}
    again = {one.id for one in _listed(touches, touches.again, touches.again_in, output)}
    person = str(getattr(request, touches.person))
    return _Reach(touches, request, output, person, frozenset(stops), frozenset(stops | again))


async def _ask_a_person(
    session: AsyncSession, portal: Portal, touches: Touches, file: CaseFile
) -> None:
    """Nobody can say what a result ends: a person looks at all that it might.

    Whose grants they are is not known for sure either, so it is everybody whom the case names; one
    look too many costs less than paying on after a death.
    """
    people = set(_id_numbers(file.answers.values, file.today)) or {file.applicant.id_number.upper()}
    await session.execute(
        _QUESTION,
        {
            "people": [portal.cipher.index(one) for one in sorted(people)],
            "benefits": sorted({one.id for one in touches.benefits}),
            "why": RESULT_UNREAD,
        },
    )


def _id_numbers(answer: Any, today: date) -> Iterator[str]:
    """The ID numbers anywhere in an answer, whatever question asked for them."""
    # Any: an answer, or a part of one.
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from _id_numbers(part, today)
    elif isinstance(answer, str) and resident_id_problem(answer.upper(), today) is None:
        yield answer.upper()


async def _touch(
    session: AsyncSession, portal: Portal, step: LockedStep, service: Service, reach: _Reach
) -> None:
    """Open a small recomputation of the grants that a result stops or changes the facts of."""
    person = portal.cipher.index(reach.person.upper())
    asked = {"person": person, "benefits": sorted(reach.benefits)}
    rows = (await session.execute(_TOUCHED, asked)).all()
    if not rows:
        return
    for row in rows:
        if row.benefit_id not in reach.stops:
            await _tell_news(session, portal, reach, row)
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
            {"recomputation": recomputation, "grant": row.id, "ends": row.benefit_id in reach.stops}
            for row in rows
        ],
    )


async def _tell_news(session: AsyncSession, portal: Portal, reach: _Reach, row: Any) -> None:
    """Put the new facts on top of a grant's; one that cannot take them is for a person."""
    # Any: a row of _TOUCHED.
    grant = portal.catalogue.granted_by(row.service_id)
    if grant is None:
        return
    asked = {question.id for question in grant.benefit.questions}
    sources = {name: source for name, source in reach.touches.facts.items() if name in asked}
    try:
        held = held_from_json(portal.cipher.open(row.sealed_facts, seal_of(row.id)))
        held = held.without(_unsettled(reach.touches, reach.request))
        held = held.with_news(read_facts(grant, sources, reach.request, reach.output))
    except (InvalidTag, *UNFIT) as error:
        LOG.warning("grant.result-unread", service=row.service_id, **describe_error(error))
        await session.execute(_QUESTION_ONE, {"id": row.id, "why": RESULT_UNREAD})
        return
    county = str(held.told.get("home_county", row.county))
    facts = portal.cipher.seal(held.as_json(), seal_of(row.id))
    await session.execute(_NEW_FACTS, {"id": row.id, "facts": facts, "county": county})


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
# As _TOUCHED: in the order of their ids, so that no two wait for each other.
_QUESTION = text("""
    UPDATE grants SET state = 'in-question', why = :why
    FROM (SELECT id FROM grants
          WHERE person = ANY(:people) AND benefit_id = ANY(:benefits) AND state <> 'stopped'
          ORDER BY id FOR UPDATE) AS reached
    WHERE grants.id = reached.id
""")
_QUESTION_ONE = text("UPDATE grants SET state = 'in-question', why = :why WHERE id = :id")
_NEW_FACTS = text("UPDATE grants SET sealed_facts = :facts, county = :county WHERE id = :id")
_OPEN = text("""
    INSERT INTO recomputations (id, cause, day, total) VALUES (:id, :cause, :day, :total)
""")
_TAKE_UP = text("""
    INSERT INTO reckonings (recomputation_id, grant_id, ends)
    VALUES (:recomputation, :grant, :ends)
""")
