"""Cases of the real catalogue whose services have granted something that goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.applying import submit
from app.cases.case_files import load_case_file
from app.cases.case_store import find_or_add_resident
from app.cases.drafts import load_draft
from app.cases.granting import seal_of
from app.cases.ids import new_case_number, new_id
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal, open_portal
from app.cases.request_facts import request_of
from app.forms.answers import Answer
from app.forms.specimen import specimen
from app.settings import Settings
from app.vocabulary.case_file import Person
from app.vocabulary.case_states import Happening, StepState
from app.vocabulary.common_parameters import A_MONTH_EACH, MINIMUM_LIVING_LINE, TAIZHOU
from app.vocabulary.public_service import Result, Ticket
from app.vocabulary.requirement import Amount, Parameter
from app.workflow.reckoning import Held, reckon
from tests.cases.moving_cases import Submitted

LINE = "minimum-living-line"
LIVING, NURSING = "claim-disability-living-subsidy", "claim-disability-nursing-subsidy"
WANG = Person("王小样", "331002196003070029", "13800000003")
DISABLED: dict[str, Answer] = {
    "for_whom": "self",
    "age": "60-or-more",
    "classes": ["limb"],
    "register": "here",
    "certificate": "valid",
    "certificate_item": "keep",
    "grade": "1",
    "relief": "minimum",
    "other_benefits": [],
    "care_place": "home",
    "care_level": "total",
    "wanted": ["living", "nursing"],
    "person_name": WANG.name,
    "person_id": WANG.id_number,
    "certificate_number": f"{WANG.id_number}41",
}


def city_portal(settings: Settings) -> Portal:
    """A portal with the city's whole catalogue."""
    return open_portal(settings)


def line_of(yuan: str, day: date, grade: str = "A") -> dict[str, Parameter]:
    """The minimum living line with one more value, as a proposal."""
    value = Amount(
        Decimal(yuan),
        A_MONTH_EACH,
        TAIZHOU,
        day,
        "台民发〔测试〕1号",
        grade,  # type: ignore[arg-type]
    )
    amounts = (*MINIMUM_LIVING_LINE.amounts, value)
    return {LINE: replace(MINIMUM_LIVING_LINE, amounts=amounts)}


async def a_case(
    session: AsyncSession, portal: Portal, event: str, answers: Mapping[str, Answer]
) -> Submitted:
    """A submitted case of a real life event; what is not told is a specimen."""
    today = portal.today()
    told = specimen(portal.catalogue.life_events[event], today, answers).values
    resident = await find_or_add_resident(session, portal, WANG)
    number = await drafting.start_draft(
        session, portal, resident, event, dict(told), str(told["for_whom"])
    )
    draft = await load_draft(session, portal, number, resident)
    await submit(session, portal, draft, draft.case_file(today), draft.revision)
    return Submitted(number, draft.case_id, resident)


async def decide(
    session: AsyncSession, portal: Portal, case: Submitted, step: str, **output: Any
) -> None:
    """A department's step is done with this output."""
    locked = await lock_case(session, case.case_id)
    at_desk = locked.step(step).state is StepState.AT_DESK
    happened = Happening.GRANTED if at_desk else Happening.COMPLETED
    done = Move(step, happened, "officer:anna", {"output": output})
    await move(session, portal, locked, done)


async def walk(
    session: AsyncSession, portal: Portal, case: Submitted, **outputs: Mapping[str, Any]
) -> None:
    """Every step is done as the stand-ins would; `outputs` (by step, "_" for "-") change one."""
    begun = (StepState.READY, StepState.AT_DESK)
    while True:
        locked = await lock_case(session, case.case_id)
        step = next((one for one in locked.steps if one.state in begun), None)
        if step is None:
            return
        service = portal.catalogue.services[step.service_id]
        event = portal.catalogue.life_events[locked.life_event]
        file = await load_case_file(session, portal, case.case_id)
        request = request_of(event, service.id, file, step.subject)
        assert request is not None, f"{service.id} has no request"
        result = service.stand_in(request, Ticket("key", portal.today(), 7))
        assert isinstance(result, Result), result
        output = {**result.model_dump(mode="json"), **outputs.get(step.key.replace("-", "_"), {})}
        await decide(session, portal, case, step.key, **output)


async def grants_of(session: AsyncSession, case: Submitted) -> dict[str, Any]:
    """The grants of a case by benefit."""
    rows = await session.execute(
        text("SELECT * FROM grants WHERE case_id = :id"), {"id": case.case_id}
    )
    return {row.benefit_id: row for row in rows}


@dataclass(frozen=True)
class Kind:
    """Many grants of one service; `facts` are told, `born` says since when ages count."""

    service: str
    facts: Mapping[str, Answer]
    born: str = "1960-03-07"
    county: str = "331002"


_CASES = text("""
    INSERT INTO cases (id, number, life_event, definition, resident_id, state, county, chain)
    SELECT id, number, 'disability-aid', '1', :resident, 'completed', '331002', ''
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(id uuid, number text)
""")
_STEPS = text("""
    INSERT INTO steps (id, case_id, key, service_id, authority_id, position, channel, state,
                       requires, uses)
    SELECT step_id, case_id, service, service, 'civil-affairs', 1, 'desk', 'done', '{}', '{}'
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        step_id uuid, case_id uuid, service text)
""")
_GRANTS = text("""
    INSERT INTO grants (id, case_id, step_id, step_key, service_id, benefit_id, person, county,
                        sealed_facts, amount, state, since, reckoned_on, rates)
    SELECT id, case_id, step_id, service, service, benefit, decode(person, 'hex'), county,
           decode(facts, 'hex'), amount, 'running', :day, :day, rates
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
        id uuid, case_id uuid, step_id uuid, service text, benefit text, person text, county text,
        facts text, amount numeric, rates jsonb)
""")


async def many_grants(
    session: AsyncSession,
    portal: Portal,
    kinds: Sequence[Kind],
    day: date,
    *,
    cases: int | None = None,
) -> list[UUID]:
    """Running grants as they were reckoned on `day`, in as many cases (or fewer: `cases`)."""
    resident = await find_or_add_resident(session, portal, WANG)
    case_rows = [
        {"id": str(new_id()), "number": new_case_number()} for _ in range(cases or len(kinds))
    ]
    rows = [
        _row(portal, kind, case_rows[place % len(case_rows)]["id"], day)
        for place, kind in enumerate(kinds)
    ]
    dumped = orjson.dumps(rows).decode()
    await session.execute(_CASES, {"resident": resident, "rows": orjson.dumps(case_rows).decode()})
    by_key = [dict(row) for row in rows]
    seen: set[tuple[str, str]] = set()
    for place, row in enumerate(by_key):
        if (row["case_id"], row["service"]) in seen:
            row["service"] = f"{row['service']}:{place}"
        seen.add((row["case_id"], row["service"]))
    await session.execute(_STEPS, {"rows": orjson.dumps(by_key).decode()})
    await session.execute(_GRANTS, {"rows": dumped, "day": day})
    return [UUID(row["id"]) for row in rows]


def _row(portal: Portal, kind: Kind, case_id: str, day: date) -> dict[str, Any]:
    grant = portal.catalogue.granted_by(kind.service)
    assert grant is not None
    held = Held({"home_county": kind.county, **kind.facts}, {"age_years": kind.born})
    reckoned = reckon(grant, held, day)
    grant_id = new_id()
    return {
        "id": str(grant_id),
        "case_id": case_id,
        "step_id": str(new_id()),
        "service": kind.service,
        "benefit": grant.benefit.id,
        "person": new_id().hex,
        "county": kind.county,
        "facts": portal.cipher.seal(held.as_json(), seal_of(grant_id)).hex(),
        "amount": str(reckoned.amount) if reckoned.amount is not None else None,
        "rates": reckoned.rates,
    }
