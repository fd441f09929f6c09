"""Puts the parts together into one web app."""

import asyncio
import gc
import pkgutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from app.cases.portal import Portal, open_portal
from app.catalogue import Catalogue
from app.database import Database, is_outage, open_database
from app.main.envelope import Envelope, Guard
from app.main.refusals import tell_refusals
from app.pages import SecurityHeaders, static_folder, warm_up
from app.settings import Settings, load_settings
from app.telemetry import configure_logging, describe_error, log
from app.workflow.editions import marks_of

PARTS: Final = ("app.identity", "app.residents", "app.caseworkers", "app.partner_api")
MOST_BODY_BYTES: Final = 1024 * 1024
FIRST_CONNECTIONS: Final = 2
FIRST_ANSWERS_SECONDS: Final = 1

log_ = log("app.main")


class PortalApp(FastAPI):
    """A FastAPI whose envelope, headers and guard lie outside everything, its own errors too."""

    def build_middleware_stack(self) -> ASGIApp:
        """The usual stack inside ours."""
        settings: Settings = self.state.settings
        guarded = Guard(super().build_middleware_stack(), settings.requests_at_once)
        return Envelope(SecurityHeaders(guarded, over_tls=not settings.is_demo))


def create_app(
    settings: Settings,
    database: Database | None = None,
    parts: Sequence[str] = PARTS,
    catalogue: Catalogue | None = None,
) -> FastAPI:
    """The whole web app on these settings; usable with or without its lifespan.

    In: a database to use instead of opening that of the settings (whoever opened it closes it), the
    packages to serve, and a catalogue other than the city's. Every module of these packages that
    has a `router` is served. A body is at most 1 MiB unless its route says otherwise.
    """
    own_database = database is None
    kept = database or open_database(settings, "portal-web")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        preparing = asyncio.create_task(_prepare_pages(app))
        await _connect(kept)
        yield
        preparing.cancel()
        if own_database:
            await kept.close()

    app = PortalApp(
        title="One-Thing portal",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        max_body_size=MOST_BODY_BYTES,
        form_limits={"max_fields": 1000, "max_files": 10, "max_part_size": 256 * 1024},
    )
    app.state.settings = settings
    app.state.database = kept
    app.state.portal = open_portal(settings, catalogue)
    tell_refusals(app)
    app.mount("/static", static_folder())
    app.state.routers = tuple(routers(parts))
    for router in app.state.routers:
        app.include_router(router)
    return app


def routers(parts: Sequence[str] = PARTS) -> Iterator[APIRouter]:
    """The router of every module that has one, part by part, in the order of their names."""
    for part in parts:
        for module in sorted(
            found.name for found in pkgutil.iter_modules(import_module(part).__path__)
        ):
            router = getattr(import_module(f"{part}.{module}"), "router", None)
            if isinstance(router, APIRouter):
                yield router


def web_app() -> FastAPI:
    """What a web process serves, from its environment. Raises UnusableSettings."""
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    return lasting_app(settings)


def lasting_app(settings: Settings) -> FastAPI:
    """The app of a process that serves nothing else.

    What is there from the start stays to the end, so the garbage collector need not look through
    it: not while it is made, not later.
    """
    gc.disable()
    app = create_app(settings)
    gc.freeze()
    gc.enable()
    return app


async def _prepare_pages(app: FastAPI) -> None:
    """Compile the templates beside the first requests; the process is not ready if one is broken.

    The digests that every new draft keeps are made here too: that takes longer than a request may.

    Whoever comes earlier waits for the templates of their own page only, and for the first second
    has the processor to themselves.
    """
    app.state.pages = "warming"
    await asyncio.sleep(FIRST_ANSWERS_SECONDS)
    try:
        await asyncio.to_thread(warm_up)
        portal: Portal = app.state.portal
        for event in portal.catalogue.life_events.values():
            await asyncio.to_thread(marks_of, event)
    except Exception:
        app.state.pages = "broken"
        log_.exception("pages.broken")
    else:
        app.state.pages = "ready"


async def _connect(database: Database) -> None:
    """Open the first connections; a database that is away is told to whoever asks, not to us."""
    try:
        await database.warm(FIRST_CONNECTIONS)
    except Exception as error:
        if not is_outage(error):
            raise
        log_.warning("database.away", **describe_error(error))
