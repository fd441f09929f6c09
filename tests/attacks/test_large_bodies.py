"""Nobody fills our disk or memory without being known first."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.identity.people import ResidentPrincipal, Visitor
from tests.attacks.victims import Victim, make_victim
from tests.attacks.visits import signed_in

MEGABYTE = 1024 * 1024
BOUNDARY = {"content-type": "multipart/form-data; boundary=a"}
FILE = b'--a\r\ncontent-disposition: form-data; name="paper"; filename="a.jpg"\r\n\r\n'


class Endless:
    """A body of 20 MB that counts how much of it was taken."""

    def __init__(self) -> None:
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield FILE
        for _ in range(20):
            self.taken += MEGABYTE
            yield b"x" * MEGABYTE


@pytest.fixture
async def victim(database: Database, portal: Portal) -> Victim:
    return await make_victim(database, portal, "family-app")


def places(victim: Victim) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Where large bodies are taken."""
    mending = f"/cases/{victim.mending}/supplements/{victim.supplement}"
    yield "POST", f"/drafts/{victim.draft}/papers/lease", BOUNDARY
    yield "POST", mending, BOUNDARY
    yield "PATCH", f"/drafts/{victim.draft}/uploads/{victim.draft_file}", {}
    yield "PATCH", f"{mending}/uploads/{victim.mending_file}", {}
    yield "PUT", f"/api/v1/cases/{victim.by_app}/papers/lease", {}


@pytest.mark.parametrize("length", [None, "4000000"])
@pytest.mark.parametrize("who", ["nobody", "made-up", "visitor"])
async def test_large_bodies_of_nobody_are_not_read(
    client: httpx.AsyncClient,
    database: Database,
    portal: Portal,
    victim: Victim,
    who: str,
    length: str | None,
):
    if who == "visitor":
        await signed_in(client, database, portal, Visitor())
    if who == "made-up":
        client.cookies.set("session", "A" * 43, domain="127.0.0.1")
    for method, address, kind in places(victim):
        sent = Endless()
        headers = {**kind, "authorization": "Bearer otp_nothing"}
        if length is not None:
            headers["content-length"] = length
        answer = await client.request(method, address, content=sent, headers=headers)
        assert answer.status_code == 401, address
        assert sent.taken <= MEGABYTE, address


async def test_a_large_form_of_an_ended_session_comes_back_without_its_file(
    client: httpx.AsyncClient, database: Database, portal: Portal, victim: Victim
):
    await signed_in(client, database, portal, ResidentPrincipal(victim.resident_id, "林满"))
    async with database.transaction() as session:
        await session.execute(text("UPDATE sessions SET seen_at = now() - interval '1 hour'"))
    address = f"/cases/{victim.mending}/supplements/{victim.supplement}"
    answer = await client.post(
        address,
        data={"words-1": "已经重拍", "csrf_token": client.headers["x-csrf-token"]},
        files={"file-1": ("a.jpg", b"x" * 2 * MEGABYTE, "image/jpeg")},
    )
    assert answer.status_code == 401
    async with database.transaction() as session:
        kept = await session.scalar(text("SELECT kept FROM sessions"))
    assert "unsent" in kept
