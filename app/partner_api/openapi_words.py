"""How the refusals of an operation are written in the interface description."""

from typing import Any, Final

from app.pages.error_pages import BY_STATUS
from app.partner_api.problems import MEDIA_TYPE, Problem

MEANINGS: Final = {
    400: "What was sent cannot be read: no JSON, or a header is missing.",
    401: "Nobody we know: the key or the signature is missing or wrong.",
    403: "The key is right but does not hold the scope.",
    404: "There is no such thing, or it is not this app's to see.",
    409: "The state does not allow it, or the same call is still running.",
    412: "It has changed since the version that If-Match names.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "The content has to be changed; `errors` says where.",
    429: "Too many requests; Retry-After says when to come back.",
    500: "Our failure; quote `instance`.",
    503: "We are away for a moment; Retry-After says when to come back.",
}
WAITS: Final = frozenset({429, 503})


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation for these statuses; each is a Problem."""
    return {status: _refusal(status) for status in sorted({*statuses, 400, 500})}


def _refusal(status: int) -> dict[str, Any]:
    usual = BY_STATUS.get(status)
    chinese = f"{usual.title.zh} · " if usual else ""
    described: dict[str, Any] = {
        "description": chinese + MEANINGS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
    }
    if status in WAITS:
        described["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}
        }
    return described
