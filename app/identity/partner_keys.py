"""Third-party apps show a key; each route names the scope that the key must have."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Transaction
from app.errors import NotAllowed, SignInNeeded
from app.identity.people import PartnerPrincipal
from app.identity.principals import declares_principal
from app.identity.tables import PartnerAppRow
from app.wording import Words

KEY_PREFIX: Final = "otp_"
KEY_BYTES: Final = 32
bearer = HTTPBearer(
    scheme_name="AppKey",
    bearerFormat="opaque key",
    description="The key of the app, as it was shown once when the app was registered.",
    auto_error=False,
)


class KeyNeeded(SignInNeeded):
    """No key came with the request, or not one that we gave; answered with WWW-Authenticate."""

    code = "key-needed"
    todo = Words(
        "请在 Authorization 里以 Bearer 方式带上应用密钥。",
        "Send the app's key as a bearer token in the Authorization header.",
    )

    def __init__(self) -> None:
        super().__init__(
            Words("没有应用密钥，或密钥无效。", "There is no app key, or it is not valid.")
        )


@dataclass(frozen=True, slots=True)
class KeyWithScope:
    """The dependency behind PartnerApp: finds the app by its key with one statement."""

    scope: str

    async def __call__(
        self,
        transaction: Transaction,
        shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> PartnerPrincipal:
        """The app. Raises KeyNeeded, or NotAllowed where its key has not the scope."""
        row = shown and await transaction.scalar(
            select(PartnerAppRow).where(
                PartnerAppRow.key_hash == key_hash(shown.credentials), PartnerAppRow.active
            )
        )
        if not row:
            raise KeyNeeded
        if self.scope not in row.scopes:
            raise NotAllowed(
                Words(
                    f"这个应用没有 {self.scope} 权限。",
                    f"This app does not have the scope {self.scope}.",
                ),
                Words("请向平台申请这项权限。", "Ask the portal's operator for this scope."),
            )
        return PartnerPrincipal(row.id, row.name, frozenset(row.scopes))


def PartnerApp(scope: str) -> Any:  # noqa: N802 - reads as the declaration that it is
    """A route's third-party app: `app: Annotated[PartnerPrincipal, PartnerApp("cases:read")]`."""
    return Depends(declares_principal(f"app with {scope}")(KeyWithScope(scope)))


def new_key() -> str:
    """A new key for an app; shown once, only its hash is kept."""
    return KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)


def key_hash(key: str) -> bytes:
    """What is stored of a key: its SHA-256."""
    return hashlib.sha256(key.encode(errors="replace")).digest()


async def registered_apps(session: AsyncSession) -> list[PartnerPrincipal]:
    """Every app with a key that works, by name; for residents who choose whom to let act."""
    rows = await session.scalars(
        select(PartnerAppRow).where(PartnerAppRow.active).order_by(PartnerAppRow.name)
    )
    return [PartnerPrincipal(row.id, row.name, frozenset(row.scopes)) for row in rows]
