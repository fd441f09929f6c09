"""A web app with the pages of identity and one page and one form of each kind to protect."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import PlainTextResponse

from app.cases.portal import Portal
from app.database import Database
from app.identity.principals import AnyVisitor, Public, SignedInOfficer, SignedInResident
from app.identity.seeding import seed_people
from app.main import create_app
from app.settings import Settings

router = APIRouter()


@router.get("/mine")
def mine(visit: SignedInResident) -> PlainTextResponse:
    return PlainTextResponse(visit.principal.name)


@router.post("/mine")
async def change_mine(request: Request, visit: SignedInResident) -> PlainTextResponse:
    form = await request.form()
    told = "&".join(f"{name}={value}" for name, value in form.multi_items() if name != "csrf_token")
    return PlainTextResponse(f"{visit.principal.name}: {told}")


@router.get("/desk/mine")
def desk_mine(visit: SignedInOfficer) -> PlainTextResponse:
    return PlainTextResponse(f"{visit.principal.name} {visit.principal.authority_id}")


@router.post("/desk/mine")
def change_desk(visit: SignedInOfficer) -> PlainTextResponse:
    return PlainTextResponse(visit.principal.id)


@router.get("/anybody")
def anybody(visit: AnyVisitor) -> PlainTextResponse:
    return PlainTextResponse(visit.csrf)


@router.get("/open", dependencies=[Public])
def open_to_all() -> PlainTextResponse:
    return PlainTextResponse("open")


@pytest.fixture
async def app(settings: Settings, database: Database) -> FastAPI:
    built = create_app(settings, database, parts=("app.identity",))
    built.include_router(router)
    async with database.transaction() as session:
        await seed_people(session, built.state.portal)
    return built


@pytest.fixture
def portal(app: FastAPI) -> Portal:
    held: Portal = app.state.portal
    return held


@asynccontextmanager
async def open_browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of its own: it sends where its writes come from, as browsers do."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://127.0.0.1:8000",
        headers={"sec-fetch-site": "same-origin"},
    ) as client:
        yield client


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with open_browser(app) as client:
        yield client


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """Every statement that was sent since the test began."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def sign_in(browser: httpx.AsyncClient, who: str, desk: bool = False) -> httpx.Response:
    place = "/desk/sign-in" if desk else "/sign-in"
    return await browser.post(place, data={"who": who, "next": "/desk/mine" if desk else "/mine"})


async def form_token(browser: httpx.AsyncClient) -> str:
    return (await browser.get("/anybody")).text
