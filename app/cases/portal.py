"""What every use of a case needs beside the database: the catalogue, the cipher, the settings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from app.catalogue import Catalogue, load
from app.integration.field_cipher import FieldCipher
from app.settings import Settings

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

    Raises CatalogueError for a declaration that does not fit.
    """
    return Portal(catalogue or load(), FieldCipher(settings.field_key_bytes()), settings)


def portal_of(request: Request) -> Portal:
    """The portal that answers this request."""
    portal: Portal = request.app.state.portal
    return portal


ThePortal = Annotated[Portal, Depends(portal_of)]
