"""What every use of a case needs beside the database: the catalogue, the cipher, the settings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from app.catalogue import Catalogue, load
from app.integration.field_cipher import FieldCipher
from app.settings import Settings, UnusableSettings

CITY_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Portal:
    """One installation: made once per process, the same for every request and job."""

    catalogue: Catalogue
    cipher: FieldCipher
    settings: Settings

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day in the city, by which limits and ages are counted."""
        return datetime.now(CITY_TIME).date()


def open_portal(settings: Settings, catalogue: Catalogue | None = None) -> Portal:
    """The portal of these settings, by default with the city's catalogue.

    Raises CatalogueError for a declaration that does not fit, UnusableSettings where production
    does not know how to reach an authority that it has to call.
    """
    found = catalogue or load()
    if not settings.is_demo:
        _refuse_unreachable(settings, found)
    return Portal(found, FieldCipher(settings.field_key_bytes()), settings)


def _refuse_unreachable(settings: Settings, catalogue: Catalogue) -> None:
    """Raise UnusableSettings with a sentence for every authority without an address."""
    called = {register.authority.id for register in catalogue.registers.values()}
    called |= {
        service.authority.id
        for service in catalogue.services.values()
        if (settings.channel_override(service.id, "") or service.channel) == "system"
    }
    if missing := sorted(called - settings.department_urls.keys()):
        raise UnusableSettings(
            [
                f"PORTAL_DEPARTMENT_URLS has no address for {authority}: add it, or have its "
                "services done at a desk (PORTAL_DESK_SERVICES)."
                for authority in missing
            ]
        )


def portal_of(request: Request) -> Portal:
    """The portal that answers this request."""
    portal: Portal = request.app.state.portal
    return portal


async def _the_portal(request: Request) -> Portal:
    """A coroutine, because FastAPI runs a plain function in a thread, which costs more than it."""
    return portal_of(request)


ThePortal = Annotated[Portal, Depends(_the_portal)]
