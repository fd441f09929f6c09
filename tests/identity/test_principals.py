"""Every route says who it is for, and apps are known by their keys."""

from dataclasses import replace
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.demo_city import OFFICERS, PARTNER_APPS, officers_for
from app.identity.partner_keys import PartnerApp, key_hash, new_key
from app.identity.principals import PartnerPrincipal, declared_principals
from app.identity.seeding import seed_people

api = APIRouter()


@api.get("/api/v1/reading")
def reading(app: Annotated[PartnerPrincipal, PartnerApp("cases:read")]) -> str:
    return app.app_id


@api.get("/api/v1/writing")
def writing(app: Annotated[PartnerPrincipal, PartnerApp("cases:write")]) -> str:
    return app.app_id


@pytest.fixture
async def caller(app: FastAPI, browser: httpx.AsyncClient) -> httpx.AsyncClient:
    app.include_router(api)
    return browser


async def test_an_app_is_known_by_its_key_with_one_statement(
    caller: httpx.AsyncClient, statements: list[str]
):
    statements.clear()
    for app in PARTNER_APPS:
        headers = {"authorization": f"Bearer {app.key}"}
        assert (await caller.get("/api/v1/reading", headers=headers)).json() == app.id
    assert len(statements) == len(PARTNER_APPS)


async def test_a_key_without_the_scope_is_refused(caller: httpx.AsyncClient):
    board = next(app for app in PARTNER_APPS if "cases:write" not in app.scopes)
    answer = await caller.get("/api/v1/writing", headers={"authorization": f"Bearer {board.key}"})
    assert answer.status_code == 403
    assert "cases:write" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer nope"},
        {"authorization": "Basic eDp5"},
        {"authorization": "Bearer"},
    ],
)
async def test_without_a_key_nothing_is_told(caller: httpx.AsyncClient, headers: dict[str, str]):
    answer = await caller.get("/api/v1/reading", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_new_keys_are_long_and_never_the_same():
    assert len({new_key() for _ in range(50)}) == 50
    assert len(new_key()) > 40
    assert len(key_hash(new_key())) == 32


def test_each_route_of_identity_declares_its_principal(app: FastAPI):
    app.include_router(api)
    declared = {
        f"{min(route.methods)} {route.path}": declared_principals(route.dependant)
        for route in iter_route_contexts(app.routes)
        if route.endpoint is not None
    }
    assert len(declared) > 15
    assert all(declared.values()), [path for path, who in declared.items() if not who]
    assert declared["GET /mine"] == {"resident"}
    assert declared["GET /desk/mine"] == {"officer"}
    assert declared["GET /api/v1/writing"] == {"app with cases:write"}


def test_a_route_that_forgot_its_principal_is_found(app: FastAPI):
    app.add_api_route("/forgotten", lambda: "oops")
    routes = {route.path: route for route in iter_route_contexts(app.routes)}
    assert declared_principals(routes["/forgotten"].dependant) == set()


async def test_seeding_again_adds_nothing(portal: Portal, database: Database):
    counted = text("SELECT (SELECT count(*) FROM officers), (SELECT count(*) FROM partner_apps)")
    for _ in range(2):
        async with database.transaction() as session:
            await seed_people(session, portal)
            assert tuple((await session.execute(counted)).one()) == (
                len(officers_for(portal.catalogue.services.values())),
                len(PARTNER_APPS),
            )


def test_every_desk_has_a_demo_officer_though_nobody_named_one(portal: Portal):
    """A service that is added brings its authority along; the first in the list stay first."""
    services = portal.catalogue.services.values()
    officers = officers_for(services)
    whole_city = {officer.authority for officer in officers if officer.county is None}
    assert {service.authority.id for service in services} <= whole_city
    assert officers[: len(OFFICERS)] == OFFICERS
    assert len({officer.id for officer in officers}) == len(officers)


async def test_production_gets_no_demo_people(portal: Portal, database: Database):
    production = replace(portal, settings=portal.settings.model_copy(update={"mode": "production"}))
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM officers"))
        await seed_people(session, production)
        assert await session.scalar(text("SELECT count(*) FROM officers")) == 0
