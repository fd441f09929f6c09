"""For the machines that run the portal: is it alive, is it ready, how does the work stand."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from app.cases.portal import Portal, ThePortal
from app.cases.watching import MOST_COUNTED, Standing, migrated_to, standing
from app.database import Database
from app.errors import NotFound
from app.identity.principals import Public
from app.settings import PROJECT_FOLDER
from app.telemetry import describe_error, log, measures

PATIENCE_SECONDS: Final = 2
FRESH_SECONDS: Final = 5
# While templates are being compiled ahead, a page waits for its own ones only.
WORKING: Final = frozenset({"ready", "warming"})
MEASURES_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter(include_in_schema=False, dependencies=[Public])
log_ = log("app.partner_api.operations")


@router.get("/health/live")
async def live() -> dict[str, str]:
    """This process answers; nothing else is asked of it."""
    return {"status": "alive"}


@router.get("/health/ready")
async def ready(request: Request, portal: ThePortal) -> JSONResponse:
    """Whether this process can do its work, and otherwise which part is missing."""
    parts = await readiness(request.app.state.database, portal)
    parts["pages"] = getattr(request.app.state, "pages", "ready")
    is_ready = all(state in WORKING for state in parts.values())
    return JSONResponse(
        {"status": "ready" if is_ready else "not-ready", "parts": parts},
        status_code=200 if is_ready else 503,
        headers={"cache-control": "no-store"} | ({} if is_ready else {"retry-after": "5"}),
    )


async def asked_from_nearby(request: Request) -> None:
    """Only this machine and private networks see measures: there is nobody's data in them, but
    they tell a stranger how busy we are. Raises NotFound for everybody else.
    """
    try:
        is_far = request.client is None or ip_address(request.client.host).is_global
    except ValueError:
        is_far = True
    if is_far:
        raise NotFound


@router.get("/metrics")
async def metrics(request: Request, _near: Annotated[None, Depends(asked_from_nearby)]) -> Response:
    """All measures of this process and how the work stands, for Prometheus."""
    state = request.app.state
    if not hasattr(state, "gauges"):
        state.gauges = LastReading()
    gauges = await state.gauges.now(state.database)
    return Response(measures(gauges), media_type=MEASURES_TYPE)


async def readiness(database: Database, portal: Portal) -> dict[str, str]:
    """The state of each part: "ready", or in a word what is wrong with it."""
    parts = {
        "database": "away",
        "migrations": "unknown",
        "catalogue": "ready" if portal.catalogue.life_events else "empty",
    }
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database.transaction() as session:
            revision = await migrated_to(session)
    except Exception as error:
        log_.warning("not-ready", part="database", **describe_error(error))
        return parts
    is_newest = revision == newest_migration()
    return parts | {"database": "ready", "migrations": "ready" if is_newest else "behind"}


@cache
def newest_migration() -> str:
    """The last revision among the migrations of this code."""
    made, followed = set(), set()
    for file in (PROJECT_FOLDER / "migrations" / "versions").glob("*.py"):
        script = file.read_text(encoding="utf-8")
        made |= set(re.findall(r'^revision\b.*= "(\w+)"', script, re.MULTILINE))
        followed |= set(re.findall(r'^down_revision\b.*= "(\w+)"', script, re.MULTILINE))
    return max(made - followed, default="")


Gauges = Mapping[str, tuple[str, Mapping[tuple[str, ...], float], tuple[str, ...]]]


@dataclass
class LastReading:
    """What the last scrape read; many scrapers cost the database no more than one."""

    read_at: float = 0
    last: Gauges | None = None

    async def now(self, database: Database) -> Gauges:
        """How the work stands, at most FRESH_SECONDS old."""
        if self.last is None or time.monotonic() - self.read_at > FRESH_SECONDS:
            self.last = await self._read(database)
            self.read_at = time.monotonic()
        return self.last

    async def _read(self, database: Database) -> Gauges:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), database.transaction() as session:
                return {**_as_gauges(await standing(session)), **_reachable(True)}
        except Exception as error:
            log_.warning("measures.missing", part="database", **describe_error(error))
            return _reachable(False)


def _reachable(is_reachable: bool) -> Gauges:
    sentence = "Whether the database answered this scrape"
    return {"portal_database_reachable": (sentence, {(): float(is_reachable)}, ())}


def _as_gauges(now: Standing) -> Gauges:
    def by_authority(values: Mapping[str, float]) -> Mapping[tuple[str, ...], float]:
        return {(authority,): value for authority, value in values.items()}

    one = ("authority",)
    return {
        "portal_steps_undelivered": (
            "Steps that no department has taken yet",
            by_authority(now.undelivered),
            one,
        ),
        "portal_oldest_undelivered_step_age_seconds": (
            "Age of the oldest step that no department has taken yet",
            by_authority(now.oldest_undelivered),
            one,
        ),
        "portal_steps_with_department": (
            "Steps a department has taken and not answered",
            by_authority(now.with_department),
            one,
        ),
        "portal_newest_steps": (
            f"How the newest {MOST_COUNTED} steps stand",
            dict(now.newest_steps.items()),
            ("service", "state"),
        ),
        "portal_tasks": ("Tasks on desks", dict(now.tasks.items()), ("authority", "state")),
        "portal_queue_depth": ("Jobs in the queue", dict(now.jobs.items()), ("queue", "status")),
        "portal_inbox_new": ("Messages not handled yet", {(): float(now.messages)}, ()),
        "portal_oldest_message_age_seconds": (
            "Age of the oldest message not handled yet",
            {(): now.oldest_message},
            (),
        ),
        "portal_grants": (
            "Running grants that wait to be reckoned again, and that a person has to look at",
            {(state,): float(number) for state, number in now.grants.items()},
            ("state",),
        ),
        "portal_breaker_open": (
            "Authorities that are not called for a while",
            {(authority,): 1.0 for authority in now.breakers_open},
            one,
        ),
    }
