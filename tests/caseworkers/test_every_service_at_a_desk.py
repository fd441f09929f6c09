"""Every service of the city can be worked at a desk: seen, granted on its form, told in English."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.allotting import advance_round
from app.cases.applying import submit
from app.cases.case_files import load_case_file
from app.cases.drafts import load_draft
from app.cases.outputs import output_fields
from app.cases.portal import CITY_TIME, Portal
from app.cases.request_facts import request_of
from app.cases.rounds import announce_missing
from app.catalogue import load
from app.database import Database
from app.forms.answers import Answers
from app.forms.specimen import situations
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.sessions import open_session
from app.identity.tables import OfficerRow
from app.main import create_app
from app.settings import Settings
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import Message, PublicService, Result, Ticket
from app.wording import Words
from app.workflow.plan import planned_services
from tests.passing_time import days_pass
from tests.residents.people import add_resident

CITY = load()
EVENTS = list(CITY.life_events.values())
MOST_SITUATIONS = 60
NUMBER = re.compile("[0-9]{6}")


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    at_desks = dict.fromkeys(CITY.services, "desk")
    chosen = settings.model_copy(update={"desk_services": at_desks})
    return create_app(chosen, database, parts=("app.identity", "app.caseworkers"))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
async def test_a_whole_life_event_is_worked_through_at_desks(
    app: FastAPI, database: Database, event: LifeEvent
):
    portal: Portal = app.state.portal
    async with database.transaction() as session:
        case_id = await submitted(session, portal, event)
    worked = await work_all(app, database, case_id)
    if event.intake:
        await give_places(database, portal, case_id)
        worked += await work_all(app, database, case_id)
    async with database.transaction() as session:
        rows = await session.execute(
            text("SELECT key, state FROM steps WHERE case_id = :id"), {"id": case_id}
        )
        assert {row.state for row in rows} <= {"done", "not-needed"}, rows
        state = await session.scalar(
            text("SELECT state FROM cases WHERE id = :id"), {"id": case_id}
        )
    assert state == "completed"
    assert worked >= len(event.steps) // 5
    assert worked > 1


async def work_all(app: FastAPI, database: Database, case_id: UUID) -> int:
    """Work every open task of the case; out: how many there were."""
    worked = 0
    while task := await next_task(database, case_id):
        await work(app, database, task)
        worked += 1
    return worked


async def give_places(database: Database, portal: Portal, case_id: UUID) -> None:
    """The window of the case's round ends, and places are given."""
    async with database.transaction() as session:
        await session.execute(
            text("""
                UPDATE rounds SET closes_at = now() - interval '1 second'
                WHERE id IN (SELECT round_id FROM round_entries WHERE case_id = :id)
            """),
            {"id": case_id},
        )
    done = 1
    while done:
        async with database.transaction() as session:
            done = await advance_round(session, portal)


async def submitted(session: AsyncSession, portal: Portal, event: LifeEvent) -> UUID:
    """A submitted case in the situation that needs the most services."""
    # Made-up children all have one number, and nobody enters a round twice.
    some = (
        found
        for found in islice(situations(event, portal.today()), MOST_SITUATIONS)
        if not event.intake or not event.intake.entry or event.intake.entry.how_many(found) == 1
    )
    answers = max(some, key=lambda found: len(services_of(event, found, portal.today())))
    now = portal.now()
    day = timedelta(days=1)
    await announce_missing(session, portal, event, now - day, now + day, "officer:1")
    resident = await add_resident(session, portal)
    number = await drafting.start_draft(
        session, portal, resident, event.id, dict(answers.values), ""
    )
    draft = await load_draft(session, portal, number, resident)
    await submit(session, portal, draft, draft.case_file(portal.today()), draft.revision)
    return draft.case_id


def services_of(event: LifeEvent, answers: Answers, today: date) -> tuple[object, ...]:
    case = CaseFile("TZ-TEST", Person("王小样", "331002199003070020"), answers, today)
    return planned_services(event, case)


async def next_task(database: Database, case_id: UUID) -> Any:
    """The oldest open task of the case with its step."""
    async with database.transaction() as session:
        return (
            await session.execute(
                text("""
                    SELECT tasks.id, tasks.case_id, tasks.authority_id, tasks.service_id,
                           cases.life_event, steps.subject
                    FROM tasks JOIN steps ON steps.id = tasks.step_id
                    JOIN cases ON cases.id = tasks.case_id
                    WHERE tasks.case_id = :id AND tasks.state = 'open'
                    ORDER BY tasks.id LIMIT 1
                """),
                {"id": case_id},
            )
        ).one_or_none()


async def work(app: FastAPI, database: Database, task: Any) -> None:
    """Take the task, look at it, and grant what the department's stand-in would."""
    portal: Portal = app.state.portal
    service = CITY.services[task.service_id]
    async with database.transaction() as session:
        case = await load_case_file(session, portal, task.case_id)
    event = CITY.life_events[task.life_event]
    request = request_of(event, task.service_id, case, task.subject)
    assert request is not None, task.service_id
    output = service.stand_in(request, Ticket(str(task.id), portal.today(), task.id.int % 10**9))
    assert isinstance(output, Result)
    async with officer_of(app, task.authority_id) as desk:
        await desk.post(f"/desk/tasks/{task.id}/claim")
        shown = await desk.get(f"/desk/tasks/{task.id}")
        assert shown.status_code == 200
        check_masked(shown.text, request)
        english = await desk.get(f"/desk/tasks/{task.id}?lang=en")
        assert service.title.en in unescape(english.text)
        fence = re.search(r'name="fence" value="(\d+)"', shown.text)
        assert fence
        if service.not_before is not None:
            assert "最早" in shown.text
        nothing = await desk.post(f"/desk/tasks/{task.id}/grant", data={"fence": fence.group(1)})
        assert nothing.status_code == 422
        sent = {"fence": fence.group(1), **typed(service, output), "check": ticks(service)}
        granted = await desk.post(f"/desk/tasks/{task.id}/grant", data=sent)
        if service.not_before is not None:
            check_kept(granted, service, output)
            await days_pass(database, task.case_id, 2 * service.not_before.days + 7)
            granted = await desk.post(f"/desk/tasks/{task.id}/grant", data=sent)
        assert granted.status_code == 303, granted.text


def check_kept(refused: httpx.Response, service: PublicService[Any, Any], output: Result) -> None:
    """A notice that is not over cannot be finished; what was typed is still there."""
    assert service.not_before is not None
    assert refused.status_code == 409
    assert f"{service.not_before.what.en} lasts until" in unescape(refused.text)
    assert "it can be finished from" in unescape(refused.text)
    for name, value in typed(service, output).items():
        assert f'value="{value}"' in refused.text, name


def check_masked(page: str, request: Message) -> None:
    """No sensitive number stands on the page in full."""
    for name, field in type(request).model_fields.items():
        extra = field.json_schema_extra
        value = getattr(request, name)
        if isinstance(extra, dict) and extra.get("sensitive") and isinstance(value, str):
            assert not NUMBER.search(value) or value not in page, name


def typed(service: PublicService[Any, Any], output: Result) -> dict[str, str]:
    """The output as an officer types it."""
    sent: dict[str, str] = {}
    for field in output_fields(service.produces.fields):
        value = getattr(output, field.name)
        name = f"out-{field.name}"
        match value:
            case None | False:
                continue
            case True:
                sent[name] = "yes"
            case datetime():
                here = value.astimezone(CITY_TIME) if value.tzinfo else value
                sent |= {f"{name}-hour": str(here.hour), f"{name}-minute": str(here.minute)}
                sent |= days(name, here.date())
            case date():
                sent |= days(name, value)
            case list() | tuple():
                sent[name] = "、".join(str(one) for one in value)
            case _:
                sent[name] = str(value)
    return sent


def days(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-year": str(day.year),
        f"{name}-month": str(day.month),
        f"{name}-day": str(day.day),
    }


def ticks(service: PublicService[Any, Any]) -> list[str]:
    return [str(number) for number in range(len(service.checklist))]


@asynccontextmanager
async def officer_of(app: FastAPI, authority: str) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an officer of the whole city at an authority's desk."""
    portal: Portal = app.state.portal
    database: Database = app.state.database
    who = f"officer-{authority}"
    principal = OfficerPrincipal(who, "经办员", authority, "", Words("经办员", "Officer"))
    async with database.transaction() as session:
        if await session.get(OfficerRow, who) is None:
            session.add(OfficerRow(id=who, name="经办员", authority_id=authority, county=""))
        token, visit = await open_session(session, portal, principal)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as client:
        client.cookies.set(cookie_name(portal.settings, "officer"), token, domain="127.0.0.1")
        client.headers.update({"sec-fetch-site": "same-origin", "x-csrf-token": visit.csrf})
        yield client
