"""Residents for tests, with a portal on the small life event."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_store import find_or_add_resident
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.tables import Resident
from app.database import Database
from app.identity.cookies import cookie_name
from app.identity.people import ResidentPrincipal
from app.identity.sessions import look_up, open_session
from app.integration.field_cipher import FieldCipher
from app.settings import Settings
from app.vocabulary.case_file import Person
from app.vocabulary.life_event import LifeEvent
from tests.residents.moving_house import catalogue

MOTHER = {"name": "林满", "id_number": "331002199003070022", "mobile": "13800000001"}
NEIGHBOUR = {"name": "王大力", "id_number": "331002198811110016", "mobile": "13800000002"}


def make_portal(settings: Settings, *editions: LifeEvent, **offered: Any) -> Portal:
    """A portal that knows the small life event only, in these editions of it."""
    return Portal(
        catalogue(*editions, **offered), FieldCipher(settings.field_key_bytes()), settings
    )


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
    *,
    keep_visit: bool = False,
) -> UUID:
    """Give this browser a resident's session; out: the resident's id.

    With `keep_visit` what the visitor answered before goes on, as it does when people sign in.
    """
    held = person or MOTHER
    name = cookie_name(portal.settings)
    async with database.transaction() as session:
        resident_id = await find_or_add_resident(session, portal, Person(**held))
        before = client.cookies.get(name) if keep_visit else None
        found = await look_up(session, portal, before) if before else None
        token, _ = await open_session(
            session,
            portal,
            ResidentPrincipal(resident_id, held["name"]),
            kept=found.session.kept if found else None,
        )
    client.cookies.delete(name) if name in client.cookies else None
    client.cookies.set(name, token)
    return resident_id
