"""The first life event of the city, applied for by an app from the first call to the last."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.cases.case_store import find_or_add_resident
from app.cases.partner_consents import give_partner_consent
from app.database import Database
from app.demo_city import RESIDENTS
from app.forms.specimen import specimen
from app.main import create_app
from app.settings import Settings
from app.vocabulary.case_file import Person
from tests.partner_api.conftest import register
from tests.partner_api.moving import photo

MOTHER = RESIDENTS[0]
SITUATION = {
    "for_whom": "mother",
    "birth_place": "zhejiang",
    "certificate_issued": "no",
    "special": "none",
    "parents": "married",
    "household": "family",
    "mother_insurance": "employee",
    "wanted": [],
    "number_of_children": "1",
    "concern": "none",
}


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    return create_app(settings, database, ("app.identity", "app.partner_api"))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        yield client


async def test_an_app_applies_for_a_mother_from_the_list_to_the_promised_day(
    app: FastAPI, client: httpx.AsyncClient, database: Database
):
    scopes = ("life-events:read", "cases:write", "cases:read")
    family_app = await register(database, client, "family-app", *scopes)
    async with database.transaction() as session:
        person = Person(MOTHER.name, MOTHER.id_number, MOTHER.mobile)
        resident = await find_or_add_resident(session, app.state.portal, person)
        reference = str(await give_partner_consent(session, resident, family_app.id))

    events = (await family_app.call("GET", "/life-events")).json()["life_events"]
    assert "birth" in {event["id"] for event in events}
    detail = (await family_app.call("GET", "/life-events/birth")).json()
    papers = {paper["id"]: paper for item in detail["joined"] for paper in item["evidence"]}

    answers = dict(
        specimen(
            app.state.portal.catalogue.life_events["birth"], app.state.portal.today(), SITUATION
        ).values
    )
    answers["insurance_year"] = int(answers["born_on"][:4])
    new = {"life_event": "birth", "resident_reference": reference, "answers": answers}
    another = await family_app.call("POST", "/cases", json=new)
    assert "/answers/mother_document/number" in [
        fault["pointer"] for fault in another.json()["errors"]
    ]
    answers["mother_document"] = {"type": "resident-id", "number": MOTHER.id_number}
    early = await family_app.call("POST", "/cases", json=new)
    assert early.status_code == 422
    missing = [fault["pointer"].removeprefix("/evidence/") for fault in early.json()["errors"]]
    assert missing
    assert set(missing) <= set(papers)

    promised = {paper for paper in missing if papers[paper]["commitment_possible"]}
    new["evidence"] = {paper: {"how": "commitment"} for paper in promised}
    new["submit"] = False
    draft = await family_app.call("POST", "/cases", json=new)
    assert draft.status_code == 201, draft.text
    number = draft.json()["number"]
    for paper in set(missing) - promised:
        given = await family_app.call("PUT", f"/cases/{number}/papers/{paper}", content=photo())
        assert given.status_code == 200, given.text
    sent = await family_app.call("POST", f"/cases/{number}/submission")
    assert sent.status_code == 201, sent.text
    case = sent.json()
    assert case["state"] == "running"
    assert case["promised_on"]
    assert {step["service"] for step in case["steps"]} >= {
        "register-fertility",
        "register-newborn",
        "enrol-medical-insurance",
    }
    assert all(step["title"]["zh"] and step["title"]["en"] for step in case["steps"])
