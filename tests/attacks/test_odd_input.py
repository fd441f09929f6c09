"""Input that no page of ours and no honest department would send is refused in words."""

import httpx
import orjson
import pytest
from fastapi import FastAPI

from app.cases.portal import Portal
from app.database import Database
from app.identity.people import ResidentPrincipal
from app.settings import Settings
from app.vocabulary.public_service import Accepted, Completed, Refused, read_reply
from tests.attacks.victims import fingerprints, make_victim
from tests.attacks.visits import officer, signed_in
from tests.partner_api.test_callbacks import ADDRESS, completed, signed
from tests.residents.moving_house import Moved


@pytest.mark.parametrize("verdict", ["myself", "right", "wrong"])
async def test_a_register_that_is_not_asked_cannot_be_judged(
    client: httpx.AsyncClient, database: Database, portal: Portal, verdict: str
):
    victim = await make_victim(database, portal, "family-app")
    await signed_in(client, database, portal, ResidentPrincipal(victim.resident_id, "林满"))
    for register in ("nothing", "test-police", "x" * 300):
        answer = await client.post(
            f"/drafts/{victim.draft}/facts/{register}", data={"verdict": verdict, "note": "错"}
        )
        assert answer.status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 30, str(2**64)])
async def test_a_number_that_cannot_be_kept_is_refused_and_its_message_may_come_again(
    client: httpx.AsyncClient, settings: Settings, database: Database, number: str
):
    right = orjson.dumps(completed())
    wrong = right.replace(b'"E-7"', number.encode())
    assert wrong != right
    before = await fingerprints(database, ["inbox"])
    answer = await client.post(ADDRESS, content=wrong, headers=signed(settings, wrong))
    assert answer.status_code == 422
    assert number not in answer.text
    assert await fingerprints(database, ["inbox"]) == before
    again = await client.post(ADDRESS, content=right, headers=signed(settings, right))
    assert again.status_code == 202


@pytest.mark.parametrize("reference", ["a\u0000b", "a\nb", "\u202eb", "x" * 201])
@pytest.mark.parametrize("status", ["completed", "accepted"])
def test_a_reference_that_is_no_line_of_text_is_not_taken(status: str, reference: str):
    reply = {"status": status, "reference": reference, "output": {"entry": "E-7"}}
    with pytest.raises(ValueError, match="no line of text"):
        read_reply(reply, Moved)


def test_ordinary_replies_are_taken_and_endless_reasons_are_cut():
    assert read_reply({"status": "accepted", "reference": 17}, Moved) == Accepted("17")
    done = {"status": "completed", "reference": "台公户〔2026〕1号", "output": {"entry": "E-7"}}
    assert read_reply(done, Moved) == Completed("台公户〔2026〕1号", {"entry": "E-7"})
    refused = read_reply({"status": "refused", "reason": "不" * 100_000}, Moved)
    assert isinstance(refused, Refused)
    assert len(refused.reason) == 4000


@pytest.mark.parametrize(
    "odd", ["\x00", "\ud800", "\U0001f476" * 80, "x" * 200_000, "\u202e", "' OR 1"]
)
async def test_no_text_is_too_odd_for_an_officers_page(
    app: FastAPI, client: httpx.AsyncClient, database: Database, portal: Portal, odd: str
):
    victim = await make_victim(database, portal, "family-app")
    await signed_in(client, database, portal, officer("anna"))
    sent = {
        name: odd.encode("utf-8", "surrogatepass")
        for name in ("reason", "rule", "own-1", "own-evidence-1", "phrase", "again", "out-entry")
    }
    for act in ("supplement", "refuse", "grant", "accept", "retry"):
        answer = await client.post(f"/desk/tasks/{victim.task}/{act}", data={**sent, "fence": b"7"})
        assert answer.status_code in {400, 409, 413, 422}, act
    for query in ({"q": odd}, {"service": odd}, {"after": odd}, {"number": odd}):
        answer = await client.get("/desk/queue", params=_sayable(query))
        assert answer.status_code < 500
    answer = await client.get("/desk/search", params=_sayable({"q": odd}))
    assert answer.status_code < 500


def _sayable(query: dict[str, str]) -> dict[str, str]:
    return {name: value.encode("utf-8", "replace").decode()[:3000] for name, value in query.items()}
