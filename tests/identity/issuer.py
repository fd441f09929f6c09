"""A small OpenID Connect service on this machine that can also lie, for tests of signing in."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


@dataclass
class Issuer:
    """What it was asked, whom it vouches for, and how it lies: claims to change, key to sign with.

    A code is good for one exchange and only with the verifier whose hash came with the request.
    """

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048))
    signs_with: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    is_down: bool = False

    def code_for(self, address: str) -> tuple[str, str]:
        """The resident agreed on the page at `address`; out: code and state for the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return code, asked["state"]

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/jwks", self._keys),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _metadata(self, _request: Request) -> JSONResponse:
        if self.is_down:
            return JSONResponse(["down"])
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
            }
        )

    async def _keys(self, _request: Request) -> JSONResponse:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: Request) -> JSONResponse:
        sent = await request.form()
        asked = self.codes.pop(str(sent["code"]), None)
        hashed = hashlib.sha256(str(sent["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": asked["client_id"],
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            **self.claims,
            **self.lies,
        }
        token = jwt.encode({"alg": "RS256"}, claims, self.signs_with or self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token})


@contextmanager
def running_issuer(port: int) -> Iterator[Issuer]:
    """The service on a port of this machine, in a thread of its own."""
    issuer = Issuer(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(
        uvicorn.Config(issuer.app(), "127.0.0.1", port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield issuer
    server.should_exit = True
    thread.join(10)
