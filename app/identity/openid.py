"""Signing in at a service that speaks OpenID Connect: code with PKCE, nonce and state."""

import asyncio
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.cases.portal import Portal, portal_of
from app.database import Database
from app.identity.cookies import Kind, give_token
from app.identity.principals import the_session
from app.identity.sessions import keep
from app.identity.sign_in import (
    PLACES,
    SIGNING_IN,
    Identified,
    Pending,
    SignInFailed,
    SignInProvider,
    admit,
)
from app.settings import Settings
from app.vocabulary.case_file import Person
from app.wording import Words

if TYPE_CHECKING:
    from joserfc.jwk import KeySetSerialization

DEADLINE_SECONDS: Final = 10
LEEWAY_SECONDS: Final = 60
# Only signatures by public key: an answer "signed" with a shared or no key is nobody's.
ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]
UNREACHABLE = Words(
    "登录服务暂时没有回应，请过几分钟再登录。",
    "The sign-in service does not answer right now; try again in a few minutes.",
)


@dataclass(frozen=True, slots=True)
class OpenIdConnect:
    """A sign-in service, known by its issuer. `id_claim` holds a resident's ID number.

    An officer is known by `sub`, which is the id of their row. Requests end after ten seconds.
    """

    issuer: str
    client_id: str
    client_secret: str
    callback: str
    id_claim: str

    async def address(self, pending: Pending) -> str:
        """The service's page, with everything that ties its answer to this browser."""
        metadata = await self._fetched(f"{self.issuer}/.well-known/openid-configuration")
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.callback,
            "scope": "openid profile",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": _challenge(pending.verifier),
            "code_challenge_method": "S256",
        }
        return f"{metadata['authorization_endpoint']}?{urlencode(asked)}"

    async def identify(self, sent: Mapping[str, str], pending: Pending) -> Identified:
        """Who came back with a code. Raises SignInFailed for whatever does not fit."""
        if not pending.state or not hmac.compare_digest(
            sent.get("state", "").encode(), pending.state.encode()
        ):
            raise SignInFailed
        if not sent.get("code"):
            raise SignInFailed
        metadata = await self._fetched(f"{self.issuer}/.well-known/openid-configuration")
        tokens = await self._exchanged(metadata["token_endpoint"], sent["code"], pending.verifier)
        keys = cast("KeySetSerialization", await self._fetched(metadata["jwks_uri"]))
        return _whom(self._claims(tokens, keys, pending.nonce), pending.kind, self.id_claim)

    def _claims(
        self, tokens: Mapping[str, Any], keys: "KeySetSerialization", nonce: str
    ) -> Mapping[str, Any]:
        # Here, as httpx below: a tenth of a process's start, needed when somebody signs in.
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        try:
            token = jwt.decode(
                tokens["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS
            )
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, KeyError, TypeError, ValueError) as wrong:
            raise SignInFailed from wrong
        return dict(token.claims)

    async def _exchanged(self, endpoint: str, code: str, verifier: str) -> Mapping[str, Any]:
        return await self._asked(
            "POST",
            endpoint,
            auth=(self.client_id, self.client_secret),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.callback,
                "code_verifier": verifier,
            },
        )

    async def _fetched(self, url: str) -> Mapping[str, Any]:
        return await self._asked("GET", url)

    async def _asked(self, method: str, url: str, **content: Any) -> Mapping[str, Any]:
        import httpx  # noqa: PLC0415 - see above

        try:
            async with asyncio.timeout(DEADLINE_SECONDS), httpx.AsyncClient() as client:
                answer = await client.request(method, url, **content)
                answer.raise_for_status()
                read = answer.json()
        except httpx.HTTPStatusError as refused:
            raise SignInFailed from refused
        except (httpx.HTTPError, TimeoutError, ValueError) as silent:
            raise SignInFailed(UNREACHABLE) from silent
        if not isinstance(read, dict):
            raise SignInFailed
        return read


def _challenge(verifier: str) -> str:
    """What stands for a verifier until it is shown: RFC 7636, method S256."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def uses_provider(portal: Portal) -> bool:
    """Whether people sign in at a service of their own instead of from the demo list."""
    return bool(portal.settings.oidc_issuer)


async def start_with_provider(request: Request, begun: Pending) -> Response:
    """Send the browser to the sign-in service; what ties its answer to us is kept in the visit."""
    portal = portal_of(request)
    pending = Pending(begun.kind, begun.next_path, *(secrets.token_urlsafe(32) for _ in range(3)))
    address = await provider_of(portal.settings, pending.kind).address(pending)
    response = RedirectResponse(address, 303)
    async with database_of(request).transaction() as session:
        visit = await the_session(request, session, portal)
        token, _ = await keep(session, portal, visit, **{SIGNING_IN: asdict(pending)})
    if token:
        give_token(response, portal.settings, pending.kind, token)
    return response


async def finish_with_provider(request: Request) -> Response:
    """Admit who comes back, to where they were about to go. Raises SignInFailed.

    No transaction is open while the service is asked.
    """
    portal, database = portal_of(request), database_of(request)
    async with database.transaction() as session:
        visit = await the_session(request, session, portal)
    begun = visit.kept.get(SIGNING_IN)
    if not begun or not uses_provider(portal):
        raise SignInFailed
    pending = Pending(**begun)
    provider = provider_of(portal.settings, pending.kind)
    known = await provider.identify(dict(request.query_params), pending)
    async with database.transaction() as session:
        return await admit(session, portal, request, visit, known, pending.next_path)


def database_of(request: Request) -> Database:
    """The database behind this request's app."""
    database: Database = request.app.state.database
    return database


@lru_cache(maxsize=4)
def _provider(
    issuer: str, client_id: str, client_secret: str, callback: str, id_claim: str
) -> SignInProvider:
    return OpenIdConnect(issuer, client_id, client_secret, callback, id_claim)


def provider_of(settings: Settings, kind: Kind) -> SignInProvider:
    """The sign-in service of the settings."""
    return _provider(
        settings.oidc_issuer.rstrip("/"),
        settings.oidc_client_id,
        settings.oidc_client_secret,
        f"{settings.base_url}{PLACES[kind]}/back",
        settings.oidc_id_claim,
    )


def _whom(claims: Mapping[str, Any], kind: Kind, id_claim: str) -> Identified:
    provider_session = claims.get("sid")
    if kind == "officer":
        return Identified(officer_id=str(claims["sub"]), provider_session=provider_session)
    name, id_number = claims.get("name"), claims.get(id_claim)
    if not isinstance(name, str) or not isinstance(id_number, str):
        raise SignInFailed(
            Words(
                "登录服务没有给出姓名和证件号码，请先完成实名认证。",
                "The sign-in service gave no name and ID number; verify your identity there first.",
            )
        )
    mobile = claims.get("phone_number")
    return Identified(
        person=Person(name, id_number.upper(), mobile if isinstance(mobile, str) else ""),
        provider_session=provider_session,
    )
