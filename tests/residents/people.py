"""Residents for tests, with a portal on the small life event."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.tables import Resident
from app.database import Database
from app.identity.cookies import cookie_name
from app.identity.people import ResidentPrincipal
from app.identity.sessions import open_session
from app.integration.field_cipher import FieldCipher
from app.settings import Settings
from tests.residents.moving_house import catalogue

MOTHER = {"name": "林满", "id_number": "331002199003070021", "mobile": "13800000001"}
NEIGHBOUR = {"name": "王大力", "id_number": "331002198811110016", "mobile": "13800000002"}


def make_portal(settings: Settings) -> Portal:
    """A portal that knows the small life event only."""
    return Portal(catalogue(), FieldCipher(settings.field_key_bytes()), settings)


async def add_resident(
    session: AsyncSession, portal: Portal, person: dict[str, Any] | None = None
) -> UUID:
    """A resident who has signed in before."""
    held = person or MOTHER
    resident_id = new_id()
    session.add(
        Resident(
            id=resident_id,
            identity_index=portal.cipher.index(held["id_number"]),
            sealed_identity=portal.cipher.seal(held, "resident"),
            created_at=portal.now(),
        )
    )
    await session.flush()
    return resident_id


async def sign_in(
    client: httpx.AsyncClient,
    database: Database,
    portal: Portal,
    person: dict[str, Any] | None = None,
) -> UUID:
    """Give this browser a resident's session; out: the resident's id."""
    held = person or MOTHER
    async with database.transaction() as session:
        resident_id = await add_resident(session, portal, held)
        token, visit = await open_session(
            session, portal, ResidentPrincipal(resident_id, held["name"])
        )
    client.cookies.set(cookie_name(portal.settings), token)
    client.headers["x-csrf-token"] = visit.csrf
    return resident_id
