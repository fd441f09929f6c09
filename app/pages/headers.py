"""The safety headers on every answer: no inline code, no third party, no framing, no sniffing."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "geolocation=(), microphone=(), payment=(), usb=()",
    # What may be kept says so itself.
    "cache-control": "no-store",
}
_OVER_TLS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


class SecurityHeaders:
    """Pure ASGI middleware; a header that the answer sets itself is left as it is.

    `over_tls` (production) adds HSTS and `upgrade-insecure-requests`. Streams are not buffered.
    """

    def __init__(self, app: ASGIApp, *, over_tls: bool = False) -> None:
        policy = CONTENT_SECURITY_POLICY + ("; upgrade-insecure-requests" if over_tls else "")
        self.app = app
        self.headers = {
            "content-security-policy": policy,
            **_ALWAYS,
            **(_OVER_TLS if over_tls else {}),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
