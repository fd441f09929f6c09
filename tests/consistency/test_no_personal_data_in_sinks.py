"""Canaries: recognisable people go through the app, also the wrong way; no sink may know them."""

import base64
import io
import logging
from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import text

from app.cases.partner_consents import give_partner_consent
from app.database import Database
from app.main import create_app
from app.settings import Settings
from app.telemetry import configure_logging, measures
from tests.partner_api.conftest import App, register
from tests.partner_api.moving import ANSWERS, new_case
from tests.residents.moving_house import catalogue
from tests.residents.people import add_resident, sign_in

PERSON = {"name": "欧阳金丝雀", "id_number": "331002198502290018", "mobile": "13987654321"}
CANARIES = ("欧阳金丝雀", "331002199003070022", "13987654321", "金丝雀路88号", "金丝雀的房间")
# Tables whose text columns may name residents only sealed, or by number and hint.
SEALED_ONLY = (
    *("residents", "cases", "drafts", "submissions", "steps", "tasks", "timeline", "inbox"),
    *("idempotent_calls", "consents", "sessions", "evidence_files", "register_answers"),
    *("grants", "recomputations", "reckonings"),
)


def spellings(word: str) -> Iterator[str]:
    """How a word could stand in a sink."""
    yield word
    yield quote(word)
    yield base64.b64encode(word.encode()).decode().rstrip("=")[:-1]
    yield word.encode("unicode_escape").decode()
    yield word.encode().hex()


def assert_clean(sink: str, what: str) -> None:
    for word in CANARIES:
        for spelling in spellings(word):
            assert spelling not in sink, f"{what} holds {word}"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything logged, at the most talkative level."""
    stream = io.StringIO()
    handlers, level = logging.getLogger().handlers, logging.getLogger().level
    configure_logging("debug", "json", stream)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    yield stream
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    logging.getLogger().handlers = handlers
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    return create_app(settings, database, catalogue=catalogue())


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
async def family_app(database: Database, client: httpx.AsyncClient) -> App:
    return await register(database, client, "family-app", "cases:write", "cases:read")


def canary_case(reference: str) -> dict:
    answers = {
        **ANSWERS,
        "mover_name": CANARIES[0],
        "phone": CANARIES[2],
        "new_home": {**ANSWERS["new_home"], "detail": CANARIES[3]},
        "room": [{"room_use": CANARIES[4]}, {"room_use": "书房"}],
    }
    return new_case(reference, answers=answers)


async def test_an_app_applies_and_fails_and_no_sink_knows_for_whom(
    app: FastAPI,
    database: Database,
    family_app: App,
    written: io.StringIO,
    capfd: pytest.CaptureFixture[str],
):
    async with database.transaction() as session:
        resident = await add_resident(session, app.state.portal, PERSON)
        reference = str(await give_partner_consent(session, resident, family_app.id))
    sent = canary_case(reference)
    made = await family_app.call("POST", "/cases", json=sent)
    assert made.status_code == 201, made.text
    wrongs = [
        {**sent, "submit": True},
        {**sent, CANARIES[0]: CANARIES[1]},
        {**sent, "answers": {**sent["answers"], CANARIES[0]: CANARIES[2], "mover_id": "x"}},
        {**sent, "life_event": CANARIES[1]},
        {**sent, "answers": CANARIES[0]},
    ]
    told = [await family_app.call("POST", "/cases", json=wrong) for wrong in wrongs]
    told += [
        await family_app.call("GET", f"/cases/{CANARIES[1]}"),
        await family_app.call("GET", f"/cases?after={CANARIES[1]}&q={CANARIES[0]}"),
        await family_app.call("PUT", f"/cases/{made.json()['number']}/papers/{CANARIES[1]}"),
        await family_app.http.get(f"/cases/{CANARIES[1]}?name={CANARIES[0]}"),
    ]
    assert all(answer.status_code >= 300 for answer in told)
    assert_clean(written.getvalue() + "".join(capfd.readouterr()), "the log")
    assert "portal_request_seconds" in measures({}).decode()
    assert_clean(measures({}).decode(), "the measures")
    # A pointer names the field that the caller made up; values are never repeated.
    values_only = [answer for number, answer in enumerate(told) if number not in {1, 2, 8}]
    assert_clean("".join(answer.text for answer in values_only), "a refusal")
    await assert_tables_are_clean(database)


async def test_a_resident_opens_every_page_and_no_log_knows_who(
    app: FastAPI, database: Database, client: httpx.AsyncClient, written: io.StringIO
):
    await sign_in(client, database, app.state.portal, PERSON)
    for path in (
        "/",
        "/cases",
        "/me/apps",
        "/me/sessions",
        "/things/moving-house",
        f"/?q={CANARIES[0]}",
        f"/cases/{CANARIES[1]}",
        f"/drafts/{CANARIES[1]}/pages/{CANARIES[0]}",
        f"/sign-in?next=/{CANARIES[2]}",
    ):
        await client.get(path)
        await client.post(path, data={"name": CANARIES[0], "id": CANARIES[1]})
    assert written.getvalue().count('"request"') > 10
    assert_clean(written.getvalue(), "the log")
    await assert_tables_are_clean(database)


async def assert_tables_are_clean(database: Database) -> None:
    async with database.transaction() as session:
        for table in SEALED_ONLY:
            # Names of tables come from the list above.
            rows = await session.scalars(text(f"SELECT to_jsonb(t)::text FROM {table} t"))  # noqa: S608
            assert_clean("\n".join(rows), f"table {table}")
