"""No write is done that another site made the browser send; no reading changes anything."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.cases.portal import Portal
from app.database import Database
from app.identity.people import ResidentPrincipal
from app.identity.principals import declared_principals
from app.main import PARTS, routers
from tests.attacks.conftest import HERE, OpenBrowser
from tests.attacks.test_strangers import TABLES, targets
from tests.attacks.victims import Victim, fingerprints, make_victim
from tests.attacks.visits import officer, signed_in

JSON_AS_TEXT = {"content": b'{"a":"=1"}', "headers": {"content-type": "text/plain"}}
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@pytest.fixture
async def victim(database: Database, portal: Portal) -> Victim:
    return await make_victim(database, portal, "family-app")


def writes(victim: Victim, who: str) -> list[tuple[str, str]]:
    """Method and address of every write of residents or officers."""
    parts = {
        "number": victim.draft,
        "file_id": victim.draft_file,
        "supplement_id": victim.supplement,
        "task_id": victim.task,
        "round_id": victim.task,
        "grant_id": victim.task,
        "register_id": "test-people",
        "paper_id": "lease",
        "page_id": "home",
        "step_key": "move-household",
        "event_id": "moving-house",
        "app_id": "family-app",
        "item": 1,
    }
    found = []
    for router in routers(PARTS):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            of_cases = {"number": victim.mending} if route.path.startswith("/cases") else {}
            if declared_principals(route.dependant) == {who}:
                address = route.path.format_map({"place": 1, **parts, **of_cases})
                found += [(method, address) for method in (route.methods or set()) & UNSAFE]
    return found


@pytest.mark.parametrize("who", ["resident", "officer"])
async def test_no_write_is_done_without_the_pages_own_token(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, who: str
):
    client, attacker = browser(), browser()
    principal: Any = (
        ResidentPrincipal(victim.resident_id, "林满") if who == "resident" else officer("anna")
    )
    await signed_in(client, database, portal, principal)
    await signed_in(attacker, database, portal, principal)
    own, theirs = client.headers.pop("x-csrf-token"), attacker.headers["x-csrf-token"]
    before = await fingerprints(database, [*TABLES, "sessions"])
    for method, address in writes(victim, who):
        tries: list[dict[str, Any]] = [
            {"data": {"who": "x"}},
            {"data": {"csrf_token": theirs}},
            {"data": {"csrf_token": own}, "headers": {"sec-fetch-site": "cross-site"}},
            {"data": {"csrf_token": own}, "headers": {"sec-fetch-site": "same-site"}},
            {"params": {"csrf_token": own}},
            JSON_AS_TEXT,
        ]
        for sent in tries:
            answer = await client.request(method, address, **sent)
            # A form is no piece of a paper, whoever sends it.
            refused = {403, 415} if "/uploads" in address else {403}
            assert answer.status_code in refused, (method, address, sent)
    assert len(writes(victim, who)) > 8
    assert await fingerprints(database, [*TABLES, "sessions"]) == before


async def test_reading_everything_changes_nothing_but_who_read_it(
    browser: OpenBrowser, database: Database, portal: Portal, victim: Victim, app: FastAPI
):
    mother = await signed_in(
        browser(), database, portal, ResidentPrincipal(victim.resident_id, "林满")
    )
    anna = await signed_in(browser(), database, portal, officer("anna"))
    # A desk notes who reads, and goes on holding what it holds.
    watched = [table for table in TABLES if table not in {"data_reads", "tasks"}]
    before = await fingerprints(database, watched)
    for area, visit in (("/drafts", mother), ("/cases", mother), ("/desk", anna)):
        for method, address in targets(victim, area):
            if method == "GET" and not address.endswith("/events"):
                await visit.get(
                    address, params={"verdict": "right", "_remove": "1", "truth": "yes"}
                )
    assert await fingerprints(database, watched) == before


async def test_methods_hidden_in_a_form_are_not_heard(
    client: httpx.AsyncClient, database: Database, portal: Portal, victim: Victim
):
    await signed_in(client, database, portal, ResidentPrincipal(victim.resident_id, "林满"))
    before = await fingerprints(database, TABLES)
    for name in ("x-http-method-override", "x-method-override", "x-http-method"):
        address = f"{HERE}/drafts/{victim.draft}/delete"
        answer = await client.get(address, headers={name: "POST"}, params={"_method": "POST"})
        assert answer.status_code == 200
    assert await fingerprints(database, TABLES) == before
