"""An app applies for a resident who lets it, and sees where the case stands."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text
from sqlalchemy import table as sql_table

from app.cases.partner_consents import give_partner_consent, revoke_partner_consent
from app.cases.portal import Portal
from app.database import Database
from tests.partner_api.conftest import App, register
from tests.partner_api.moving import ANSWERS, EVIDENCE, new_case, photo
from tests.residents.people import NEIGHBOUR, add_resident
from tests.residents.steps import found

PNG_NAMES = ("lease", "id-card")


async def draft_of(app: App, reference: str, **changes: Any) -> dict[str, Any]:
    made = await app.call("POST", "/cases", json=new_case(reference, **changes))
    assert made.status_code == 201, made.text
    return made.json()


async def give_papers(app: App, number: str) -> None:
    for paper in PNG_NAMES:
        given = await app.call("PUT", f"/cases/{number}/papers/{paper}", content=photo())
        assert given.status_code == 200, given.text


async def submitted(app: App, reference: str) -> dict[str, Any]:
    number = (await draft_of(app, reference))["number"]
    await give_papers(app, number)
    sent = await app.call("POST", f"/cases/{number}/submission")
    assert sent.status_code == 201, sent.text
    return sent.json()


async def count(database: Database, table: str) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(select(func.count()).select_from(sql_table(table))) or 0)


async def test_a_draft_says_what_is_missing(family_app: App, reference: str):
    draft = await draft_of(family_app, reference)
    assert draft["state"] == "draft"
    assert [fault["pointer"] for fault in draft["missing"]] == [
        "/evidence/lease",
        "/evidence/id-card",
    ]
    assert "租房合同" in draft["missing"][0]["detail"]
    assert draft["url"].endswith(f"/drafts/{draft['number']}")


async def test_a_complete_application_is_submitted_with_its_papers(
    family_app: App, reference: str, database: Database
):
    case = await submitted(family_app, reference)
    assert case["state"] == "running"
    states = {step["key"]: step["state"] for step in case["steps"]}
    assert states == {
        "move-household": "ready",
        "register-room:1": "waiting",
        "register-room:2": "waiting",
    }
    assert case["steps"][0]["authority"]["id"] == "test-police"
    assert case["promised_on"]
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT * FROM cases"))).one()
        actor = await session.scalar(text("SELECT actor FROM timeline WHERE seq = 1"))
    assert (row.channel, row.partner_app, actor) == ("api", "family-app", "app:family-app")


async def test_nothing_is_kept_of_an_application_that_cannot_be_submitted(
    family_app: App, reference: str, database: Database
):
    refused = await family_app.call("POST", "/cases", json=new_case(reference, submit=True))
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(":not-complete")
    assert refused.json()["errors"][0]["pointer"] == "/evidence/lease"
    assert await count(database, "cases") == 0


async def test_submitting_a_submitted_case_again_changes_nothing(
    family_app: App, reference: str, database: Database
):
    case = await submitted(family_app, reference)
    steps = await count(database, "steps")
    again = await family_app.call("POST", f"/cases/{case['number']}/submission")
    assert again.status_code == 201
    assert again.json()["version"] == case["version"]
    assert await count(database, "steps") == steps


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"mover_name": "林满1"}, "/answers/mover_name"),
        ({"mover_id": "331002199003070023"}, "/answers/mover_id"),
        ({"new_home": {"county": "331002", "township": "331003001"}}, "/answers/new_home"),
        (
            {"room": [{"room_use": "卧室"}, {"room_use": "书房", "beds": 99}]},
            "/answers/room/1/beds",
        ),
        ({"room": [{"room_use": "x"}] * 3}, "/answers/room"),
        ({"surprise": 1}, "/answers/surprise"),
        ({"note": "猫"}, "/answers/note"),
        ({"phone": "\0"}, "/answers/phone"),
        ({"phone": 10**400}, "/answers/phone"),
        ({"truth": "true"}, "/answers/truth"),
        ({"moved_on": "2999-01-01T00:00"}, "/answers/moved_on"),
        ({"mover_name": ["林满"]}, "/answers/mover_name"),
    ],
)
async def test_a_wrong_answer_is_told_where_it_stands(
    family_app: App, reference: str, change: dict[str, Any], pointer: str
):
    sent = new_case(reference, answers={**ANSWERS, **change})
    refused = await family_app.call("POST", "/cases", json=sent)
    assert refused.status_code == 422
    faults = refused.json()["errors"]
    assert any(fault["pointer"].startswith(pointer) for fault in faults), faults
    assert all(fault["detail"] and fault["detail_en"] for fault in faults)


async def test_what_was_typed_is_not_repeated(family_app: App, reference: str):
    sent = new_case(reference, answers={**ANSWERS, "mover_id": "331002199003070099"})
    refused = await family_app.call("POST", "/cases", json=sent)
    assert "331002199003070099" not in refused.text


async def test_half_a_character_is_refused(family_app: App, reference: str):
    sent = orjson.dumps(new_case(reference, answers={"note": "NOTE"}))
    body = sent.replace(b"NOTE", rb"\ud83d")
    refused = await family_app.call(
        "POST",
        "/cases",
        content=body,
        headers={"content-type": "application/json"},
    )
    assert refused.status_code in {400, 422}


async def test_what_the_guidance_stops_is_not_submitted(family_app: App, reference: str):
    draft = await draft_of(family_app, reference, answers={**ANSWERS, "home": "boat"})
    await give_papers(family_app, draft["number"])
    refused = await family_app.call("POST", f"/cases/{draft['number']}/submission")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith(":not-online")
    assert "船" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("evidence", "pointer"),
    [
        ({"lease": {"how": "commitment"}}, "/evidence/lease/how"),
        ({"photo": {"how": "commitment"}}, "/evidence/photo/how"),
        ({"no-debts": {"how": "deferred"}}, "/evidence/no-debts/how"),
        ({"entry": {"how": "deferred"}}, "/evidence/entry"),
        ({"nothing": {"how": "deferred"}}, "/evidence/nothing"),
    ],
)
async def test_a_paper_is_given_only_as_the_rules_allow(
    family_app: App, reference: str, evidence: dict[str, Any], pointer: str
):
    refused = await family_app.call("POST", "/cases", json=new_case(reference, evidence=evidence))
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [pointer]


async def test_registers_are_asked_when_the_resident_agreed(
    family_app: App, reference: str, database: Database
):
    draft = await draft_of(family_app, reference, registers=["test-people"])
    assert draft["registers"] == [{"id": "test-people", "state": "consented"}]
    early = await family_app.call("POST", f"/cases/{draft['number']}/submission")
    assert early.status_code == 422
    given = await family_app.call("PUT", f"/cases/{draft['number']}/papers/lease", content=photo())
    assert given.status_code == 200
    waiting = await family_app.call("POST", f"/cases/{draft['number']}/submission")
    assert waiting.status_code == 409
    assert waiting.json()["type"].endswith(":registers-not-answered")
    assert waiting.headers["retry-after"] == "5"
    async with database.transaction() as session:
        consents = await session.execute(
            text("SELECT kind, channel FROM consents WHERE kind <> 'partner' ORDER BY kind")
        )
        assert [tuple(row) for row in consents] == [
            ("register", "app:family-app"),
            ("sensitive", "app:family-app"),
        ]


async def test_what_only_a_register_may_say_outranks_what_the_app_sent(
    family_app: App, reference: str, database: Database, app: FastAPI
):
    portal: Portal = app.state.portal
    asked = ["test-people", "test-children"]
    number = (await draft_of(family_app, reference, registers=asked))["number"]
    await family_app.call("PUT", f"/cases/{number}/papers/lease", content=photo())
    registered = "331002198811110016"
    await found(database, portal, "test-people", {"full_name": "林圆", "id_number": registered})
    waiting = await family_app.call("POST", f"/cases/{number}/submission")
    assert waiting.json()["type"].endswith(":registers-not-answered")
    await found(database, portal, "test-children", {})
    sent = await family_app.call("POST", f"/cases/{number}/submission")
    assert sent.status_code == 201, sent.text
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT * FROM submissions"))).one()
    answers = portal.cipher.open(row.sealed_content, f"submission:{row.case_id}")["answers"]
    assert answers["mover_id"] == registered
    assert answers["mover_name"] == "林满"  # the app's own; the officer sees both


async def test_a_register_that_is_not_asked_here_is_refused(family_app: App, reference: str):
    sent = new_case(reference, registers=["test-people", "secrets"])
    refused = await family_app.call("POST", "/cases", json=sent)
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/registers/1"]


async def test_without_consent_nothing_is_made(family_app: App, database: Database):
    refused = await family_app.call("POST", "/cases", json=new_case(str(uuid4())))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/resident_reference"
    assert await count(database, "cases") == 0


async def test_a_consent_given_to_another_app_is_worth_nothing(
    client: httpx.AsyncClient, database: Database, reference: str
):
    other = await register(database, client, "other-app", "cases:write", "cases:read")
    refused = await other.call("POST", "/cases", json=new_case(reference))
    assert refused.status_code == 422


async def test_after_revoking_nothing_is_seen_or_done(
    family_app: App, reference: str, mother: UUID, database: Database
):
    case = await submitted(family_app, reference)
    draft = await draft_of(family_app, reference)
    async with database.transaction() as session:
        await revoke_partner_consent(session, mother, family_app.id)
    number = case["number"]
    for method, path in (
        ("GET", f"/cases/{number}"),
        ("GET", f"/cases/{number}/timeline"),
        ("POST", f"/cases/{draft['number']}/submission"),
        ("PUT", f"/cases/{draft['number']}/papers/lease"),
    ):
        assert (await family_app.call(method, path, content=b"")).status_code in {404, 413}, path
    assert (await family_app.call("GET", "/cases")).json()["cases"] == []
    refused = await family_app.call("POST", "/cases", json=new_case(reference))
    assert refused.status_code == 422


async def test_another_app_sees_nothing(
    family_app: App, client: httpx.AsyncClient, mother: UUID, reference: str, database: Database
):
    case = await submitted(family_app, reference)
    other = await register(database, client, "other-app", "cases:write", "cases:read")
    async with database.transaction() as session:
        await give_partner_consent(session, mother, other.id)
    for path in (f"/cases/{case['number']}", f"/cases/{case['number']}/timeline"):
        assert (await other.call("GET", path)).status_code == 404
    assert (await other.call("POST", f"/cases/{case['number']}/submission")).status_code == 404
    assert (await other.call("GET", "/cases")).json() == {"cases": [], "next": None}


@pytest.mark.parametrize(
    "number", ["TZ-1", "x", "TZ-0000-0000-0001", "%F0%9F%98%80", "..", "' OR 1"]
)
async def test_a_number_that_is_none_is_not_found(family_app: App, number: str):
    assert (await family_app.call("GET", f"/cases/{number}")).status_code == 404


async def test_the_list_goes_on_where_it_ended(
    family_app: App, reference: str, app: FastAPI, database: Database
):
    async with database.transaction() as session:
        neighbour = await add_resident(session, app.state.portal, NEIGHBOUR)
        second = str(await give_partner_consent(session, neighbour, family_app.id))
    made = [(await draft_of(family_app, who))["number"] for who in (reference, second) * 3]
    seen: list[str] = []
    after = ""
    while True:
        page = (await family_app.call("GET", f"/cases?limit=4{after}")).json()
        seen += [line["number"] for line in page["cases"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=1", "limit=1e9"])
async def test_an_odd_page_is_refused_in_words(family_app: App, query: str):
    refused = await family_app.call("GET", f"/cases?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"]


async def test_nothing_new_costs_nothing(family_app: App, reference: str, database: Database):
    case = await submitted(family_app, reference)
    path = f"/cases/{case['number']}"
    first = await family_app.call("GET", path)
    same = await family_app.call("GET", path, headers={"if-none-match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    async with database.transaction() as session:
        await session.execute(text("UPDATE cases SET version = version + 1"))
    newer = await family_app.call("GET", path, headers={"if-none-match": first.headers["etag"]})
    assert newer.status_code == 200


async def test_the_status_holds_nothing_that_anybody_wrote(family_app: App, reference: str):
    case = await submitted(family_app, reference)
    number = case["number"]
    seen = (await family_app.call("GET", f"/cases/{number}")).text
    seen += (await family_app.call("GET", f"/cases/{number}/timeline")).text
    seen += (await family_app.call("GET", "/cases")).text
    for secret in ("林满", "331002199003070022", "13800000001", "中山路", "书房"):
        assert secret not in seen


async def test_the_history_is_told_without_names(family_app: App, reference: str):
    case = await submitted(family_app, reference)
    path = f"/cases/{case['number']}/timeline"
    whole = (await family_app.call("GET", path)).json()
    assert whole["entries"][0]["kind"] == "case-submitted"
    assert {entry["by"] for entry in whole["entries"]} == {"app", "portal"}
    assert whole["next"] is None
    first = (await family_app.call("GET", f"{path}?limit=1")).json()
    rest = (await family_app.call("GET", f"{path}?after={first['next']}")).json()
    assert first["entries"] + rest["entries"] == whole["entries"]


async def test_ten_submissions_at_once_are_one(family_app: App, reference: str, database: Database):
    draft = await draft_of(family_app, reference)
    await give_papers(family_app, draft["number"])
    path = f"/cases/{draft['number']}/submission"
    answers = await asyncio.gather(*(family_app.call("POST", path) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert await count(database, "submissions") == 1
    assert await count(database, "steps") == 3


@pytest.mark.parametrize(
    "file",
    [b"", b"<html><script>alert(1)</script>", b"\xff\xd8\xff" + b"0" * 100, b"%PDF-1.7 broken"],
    ids=["empty", "html", "broken photo", "broken pdf"],
)
async def test_a_paper_that_is_none_is_refused(
    family_app: App, reference: str, database: Database, file: bytes
):
    number = (await draft_of(family_app, reference))["number"]
    refused = await family_app.call("PUT", f"/cases/{number}/papers/lease", content=file)
    assert refused.status_code in {415, 422}
    assert await count(database, "evidence_files") == 0


async def test_a_paper_given_again_replaces_the_first(
    family_app: App, reference: str, database: Database
):
    number = (await draft_of(family_app, reference))["number"]
    for width in (50, 60, 60):
        path = f"/cases/{number}/papers/lease"
        assert (await family_app.call("PUT", path, content=photo(width))).status_code == 200
    assert await count(database, "evidence_files") == 1


async def test_a_paper_too_large_is_refused_unread(family_app: App, reference: str):
    number = (await draft_of(family_app, reference))["number"]
    refused = await family_app.call(
        "PUT",
        f"/cases/{number}/papers/lease",
        content=b"x",
        headers={"content-length": str(25 * 1024 * 1024)},
    )
    assert refused.status_code == 413


async def test_what_is_not_asked_for_is_not_taken(family_app: App, reference: str):
    sent = {**new_case(reference), "state": "completed", "partner_app": "other"}
    refused = await family_app.call("POST", "/cases", json=sent)
    assert refused.status_code == 422
    assert {fault["pointer"] for fault in refused.json()["errors"]} == {"/state", "/partner_app"}


async def test_evidence_that_is_named_is_noted(family_app: App, reference: str, database: Database):
    await draft_of(family_app, reference)
    async with database.transaction() as session:
        kept = await session.scalar(text("SELECT evidence FROM drafts"))
    assert set(kept) == set(EVIDENCE)
    assert kept["photo"]["due"] > "2026"
