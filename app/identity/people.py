"""Who may be on the other side of a request, and the session that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from app.forms.showing import masked_name
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has not signed in."""


@dataclass(frozen=True, slots=True)
class ResidentPrincipal:
    """A resident who has signed in; the ID number is not carried around."""

    resident_id: UUID
    name: str

    @property
    def actor(self) -> str:
        """How the timeline names them: an opaque id."""
        return f"resident:{self.resident_id}"

    @property
    def masked(self) -> str:
        """The name as screens show it: 林*满."""
        return masked_name(self.name)


@dataclass(frozen=True, slots=True)
class OfficerPrincipal:
    """An officer of one authority; `county` is a six-digit code, or "" for the whole city."""

    id: str
    name: str
    authority_id: str
    county: str
    title: Words

    @property
    def actor(self) -> str:
        """How the timeline names them."""
        return f"officer:{self.id}"


@dataclass(frozen=True, slots=True)
class PartnerPrincipal:
    """A third-party app with the scopes of its key."""

    app_id: str
    name: str
    scopes: frozenset[str]

    @property
    def actor(self) -> str:
        """How the timeline names it."""
        return f"app:{self.app_id}"


SomeBody = Visitor | ResidentPrincipal | OfficerPrincipal
P_co = TypeVar("P_co", bound=SomeBody, covariant=True)


@dataclass(frozen=True, slots=True)
class Session(Generic[P_co]):
    """One browser's visit. `kept` is what a visitor answered before signing in.

    `id` is the hash of the cookie's token; empty where the browser has no session yet.
    """

    id: bytes
    principal: P_co
    csrf: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict)

    @property
    def csrf_token(self) -> str:
        """What every form sends back in the field of this name."""
        return self.csrf

    @property
    def signed_in_as(self) -> str | None:
        """The name for the page's header."""
        match self.principal:
            case ResidentPrincipal() as resident:
                return resident.masked
            case OfficerPrincipal() as officer:
                return officer.name
        return None
