"""Every route of the portal says who it is for, and nothing that changes anything is public."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.identity.principals import declared_principals
from app.main import PARTS, create_app
from app.settings import Settings

# Writes that need nobody signed in: signing in and out, and what a visitor answers before it.
VISITORS_WRITE = (
    *("/sign-in", "/sign-out", "/desk/sign-in", "/desk/sign-out"),
    *("/things/", "/benefits", "/screenings/"),
)


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The whole app; no request is made."""
    return create_app(settings)


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    for router in app.state.routers:
        for route in router.routes:
            assert isinstance(route, APIRoute), f"{route} is no plain route"
            yield route


def name_of(route: APIRoute) -> str:
    return f"{'/'.join(sorted(route.methods or ()))} {route.path}"


def test_every_route_names_its_principal(app: FastAPI):
    unnamed = [name_of(route) for route in routes_of(app) if not principals_of(app, route)]
    assert unnamed == []


def test_every_route_names_one_principal_only(app: FastAPI):
    named = {name_of(route): principals_of(app, route) for route in routes_of(app)}
    assert {route: who for route, who in named.items() if len(who) > 1} == {}


def test_only_visitors_without_a_session_may_write_where_it_is_meant(app: FastAPI):
    open_writes = [
        name_of(route)
        for route in routes_of(app)
        if (route.methods or set()) - {"GET", "HEAD"}
        and principals_of(app, route) <= {"visitor", "public"}
        and not route.path.startswith(VISITORS_WRITE)
    ]
    assert open_writes == []


def test_each_area_is_for_its_own_people(app: FastAPI):
    wrong = []
    for route in routes_of(app):
        for who in principals_of(app, route):
            if route.path.startswith("/api/v1/") and who != "public":
                is_right = who.startswith("app with ")
            elif route.path.startswith("/api/departments/"):
                is_right = who == "department"
            elif route.path.startswith("/desk") and "sign" not in route.path:
                is_right = who == "officer"
            elif route.path.startswith(("/drafts/", "/cases", "/me/")):
                is_right = who == "resident"
            else:
                is_right = (
                    who in {"public", "visitor", "resident", "officer"} or "/api/" in route.path
                )
            if not is_right:
                wrong.append((name_of(route), who))
    assert wrong == []


def test_no_two_routes_answer_the_same(app: FastAPI):
    seen = [name_of(route) for route in routes_of(app)]
    assert len(seen) == len(set(seen))


def test_no_address_has_room_for_an_id_number(app: FastAPI):
    names = {name for route in routes_of(app) for name in route.param_convertors}
    asked = {field.alias for route in routes_of(app) for field in route.dependant.query_params}
    for word in ("id_number", "name", "mobile", "phone", "identity", "account", "birth"):
        assert not any(word in name for name in names | asked), word


def test_every_part_of_the_app_has_routes(app: FastAPI):
    served = {route.endpoint.__module__.rpartition(".")[0] for route in routes_of(app)}
    assert served <= set(PARTS)
    assert {"app.identity", "app.residents", "app.partner_api"} <= served


def principals_of(app: FastAPI, route: APIRoute) -> set[str]:
    """Also those declared for the whole router."""
    found: set[str] = declared_principals(route.dependant)
    for router in app.state.routers:
        if route in router.routes:
            for dependency in router.dependencies:
                found |= declared_principals(_Leaf(dependency.dependency))
    return found


class _Leaf:
    """A dependency with nothing below it, as `declared_principals` walks it."""

    def __init__(self, call: Any) -> None:
        self.call = call
        self.dependencies: list[Any] = []
