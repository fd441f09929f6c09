"""Whoever asks for what is not theirs finds nothing and changes nothing, on every route there is.

The routes are read from the app, so that a new one is attacked without anybody thinking of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.cases.portal import Portal
from app.database import Database
from app.identity.people import ResidentPrincipal
from app.main import PARTS, routers
from tests.attacks.conftest import OpenBrowser
from tests.attacks.victims import Victim, fingerprints, make_victim
from tests.attacks.visits import officer, signed_in
from tests.partner_api.conftest import App, register
from tests.residents.people import NEIGHBOUR

TABLES = (
    *("cases", "drafts", "submissions", "steps", "tasks", "decisions", "timeline", "inbox"),
    *("supplements", "evidence_files", "register_answers", "consents", "data_reads", "residents"),
    "idempotent_calls",
)
# What an address names that belongs to somebody; the rest of its parts name things of the city.
OWNED = ("{number}", "{file_id}", "{supplement_id}", "{task_id}")
FORM = {"who": "x", "fence": "1", "reason": "不行不行", "rule": "第一条", "_revision": "1"}


@pytest.fixture
async def partner(database: Database, client: httpx.AsyncClient) -> App:
    return await register(database, client, "family-app", "cases:write", "cases:read")


@pytest.fixture
async def victim(database: Database, portal: Portal, partner: App) -> Victim:
    return await make_victim(database, portal, partner.id)


def targets(victim: Victim, area: str) -> Iterator[tuple[str, str]]:
    """Method and address of every route below `area` that names something of the victim's."""
    for router in routers(PARTS):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            path = route.path
            if not path.startswith(area) or not any(part in path for part in OWNED):
                continue
            for method in sorted(set(route.methods or ()) - {"HEAD"}):
                for filled in addresses(path, victim):
                    yield method, filled


def addresses(path: str, victim: Victim) -> Iterator[str]:
    """The route's address with what is really there."""
    numbers = {
        "/drafts": [(victim.draft, victim.draft_file)],
        "/cases": [(victim.mending, victim.mending_file), (victim.mending, victim.case_file)],
        "/api": [(victim.by_app, victim.draft_file), (victim.at_desk, victim.draft_file)],
        "/desk": [("", victim.case_file)],
    }
    for number, file in numbers["/" + path.split("/")[1]]:
        parts = {
            "number": number,
            "file_id": file,
            "supplement_id": victim.supplement,
            "task_id": victim.task,
            "register_id": "test-people",
            "paper_id": "lease",
            "page_id": "room" if "{item}" in path else "home",
            "step_key": "move-household",
        }
        yield path.format_map({"item": 1, "place": 1, **parts})


def body(method: str, address: str) -> dict[str, Any]:
    """What is sent there: nothing, a form, or bytes where papers are taken."""
    if method == "GET" or address.endswith("/submission"):
        return {}
    return {"content": b"x"} if "/uploads" in address or method != "POST" else {"data": FORM}


async def attack(
    browser: httpx.AsyncClient,
    victim: Victim,
    area: str,
    headers: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Every target once; out: the status of each."""
    told = {}
    for method, address in targets(victim, area):
        answer = await browser.request(method, address, headers=headers, **body(method, address))
        told[f"{method} {address}"] = answer.status_code
        assert "林" not in answer.text
    assert len(told) > 3
    return told


@pytest.mark.parametrize("area", ["/drafts", "/cases"])
async def test_another_resident_finds_nothing(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, area: str
):
    stranger = await make_victim(database, portal, "family-app", NEIGHBOUR)
    theirs = ResidentPrincipal(stranger.resident_id, "王大力")
    visit = await signed_in(browser(), database, portal, theirs)
    before = await fingerprints(database, TABLES)
    told = await attack(visit, victim, area)
    assert {target: status for target, status in told.items() if status != 404} == {}
    assert await fingerprints(database, TABLES) == before


@pytest.mark.parametrize("area", ["/drafts", "/cases"])
async def test_ones_own_number_opens_no_paper_of_others(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, area: str
):
    stranger = await make_victim(database, portal, "family-app", NEIGHBOUR)
    theirs = ResidentPrincipal(stranger.resident_id, "王大力")
    visit = await signed_in(browser(), database, portal, theirs)
    before = await fingerprints(database, TABLES)
    for method, address in targets(victim, area):
        own = address.replace(victim.draft, stranger.draft).replace(
            victim.mending, stranger.mending
        )
        if own.rsplit("/", 1)[0].endswith(("/files", "/uploads")) or "/supplements/" in own:
            answer = await visit.request(method, own, **body(method, own))
            assert answer.status_code == 404, (method, own)
    # A strange paper cannot be taken out, nor sent as an answer to one's own request.
    for removed in (victim.draft_file, victim.case_file, victim.mending_file):
        for own in (
            f"/drafts/{stranger.draft}/papers/lease",
            f"/cases/{stranger.mending}/supplements/{stranger.supplement}",
        ):
            answer = await visit.post(own, data={"_remove": str(removed)})
            assert answer.status_code == 404, own
    assert await fingerprints(database, TABLES) == before


@pytest.mark.parametrize("area", ["/drafts", "/cases", "/desk"])
@pytest.mark.parametrize("who", ["nobody", "wrong-kind"])
async def test_who_is_not_signed_in_is_asked_to(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, who: str, area: str
):
    visit = browser()
    if who == "wrong-kind":
        principal = (
            ResidentPrincipal(victim.resident_id, "林满") if area == "/desk" else officer("anna")
        )
        await signed_in(visit, database, portal, principal)
    before = await fingerprints(database, TABLES)
    told = await attack(visit, victim, area)
    assert set(told.values()) <= {303, 401}
    assert all(status == 303 for target, status in told.items() if target.startswith("GET"))
    assert await fingerprints(database, TABLES) == before


@pytest.mark.parametrize("who", ["carl", "paul"])
async def test_an_officer_of_another_county_or_authority_finds_nothing(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, who: str
):
    visit = await signed_in(browser(), database, portal, officer(who))
    before = await fingerprints(database, TABLES)
    told = await attack(visit, victim, "/desk")
    assert {target: status for target, status in told.items() if status != 404} == {}
    taken = await visit.post("/desk/queue/claim", data={"task": str(victim.task)})
    assert taken.status_code in {200, 303, 409}
    assert await fingerprints(database, TABLES) == before


async def test_a_colleague_may_look_but_not_decide_or_open_papers_of_other_steps(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim
):
    visit = await signed_in(browser(), database, portal, officer("ben"))
    watched = tuple(table for table in TABLES if table != "data_reads")
    before = await fingerprints(database, watched)
    task = f"/desk/tasks/{victim.task}"
    assert (await visit.get(task)).status_code == 200
    for act in ("claim", "accept", "grant", "refuse", "supplement", "retry", "release", "reveal"):
        for fence in (victim.fence, victim.fence - 1, 0):
            answer = await visit.post(f"{task}/{act}", data={**FORM, "fence": str(fence)})
            assert answer.status_code in {403, 409, 422}, act
    for file in (victim.case_file, victim.draft_file, victim.mending_file):
        assert (await visit.get(f"{task}/papers/{file}")).status_code == 404
    assert await fingerprints(database, watched) == before


async def test_an_app_sees_what_it_made_and_nothing_else(
    app: FastAPI, database: Database, client: httpx.AsyncClient, victim: Victim, partner: App
):
    other = await register(database, client, "other-app", "cases:write", "cases:read")
    before = await fingerprints(database, TABLES)
    for caller in (other, partner):
        key = {"authorization": f"Bearer {caller.key}", "idempotency-key": "attack-0001"}
        told = await attack(client, victim, "/api/v1", key)
        strange = {
            target: status
            for target, status in told.items()
            if caller is other or victim.at_desk in target
        }
        assert set(strange.values()) == {404}, strange
    own = await partner.call("GET", f"/cases/{victim.by_app}")
    assert own.status_code == 200
    assert (await other.call("GET", "/cases")).json()["cases"] == []
    after = await fingerprints(database, TABLES)
    assert {table for table in TABLES if after[table] != before[table]} <= {"evidence_files"}


async def test_everybody_finds_their_own(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim
):
    """Otherwise the tests above would prove nothing."""
    mother = await signed_in(
        browser(), database, portal, ResidentPrincipal(victim.resident_id, "林满")
    )
    anna = await signed_in(browser(), database, portal, officer("anna"))
    for area, visit in (("/drafts", mother), ("/cases", mother), ("/desk", anna)):
        for method, address in targets(victim, area):
            if method == "GET" and not address.endswith("/events"):
                status = (await visit.get(address)).status_code
                is_paper_of_another_step = "/desk/" in address and "/papers/" in address
                assert (status == 404) == is_paper_of_another_step, address
