"""Reads the Idempotency-Key of a call and gives the same answer to the same call."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.idempotent_calls import GivenAnswer, recall, remember
from app.cases.portal import Portal
from app.errors import PortalError
from app.identity.principals import PartnerPrincipal
from app.wording import Words

REPLAYED: Final = "idempotency-replayed"
HEADER_NAME: Final = "Idempotency-Key"
HEADER: Final = {
    "name": HEADER_NAME,
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[!-~]{8,128}$"},
    "description": "Chosen by the app, new for every new call and the same when it is sent again; "
    "remembered for 24 hours.",
}
_KEY: Final = re.compile(r"[\x21-\x7e]{8,128}")


class KeyMissing(PortalError):
    """A call that changes something came without a usable Idempotency-Key."""

    status = 400
    code = "idempotency-key-needed"
    todo = Words(
        "请为每个新请求生成一个随机的 Idempotency-Key（8–128个可见字符），重发时保持不变。",
        "Make a random Idempotency-Key (8–128 visible characters) for each new call; keep it when "
        "sending the call again.",
    )

    def __init__(self) -> None:
        super().__init__(Words("缺少 Idempotency-Key。", "There is no usable Idempotency-Key."))


async def idempotency_key(request: Request) -> str:
    """The key of this call. Raises KeyMissing."""
    sent = request.headers.getlist(HEADER_NAME)
    if len(sent) != 1 or not _KEY.fullmatch(sent[0]):
        raise KeyMissing
    return sent[0]


IdempotencyKey = Annotated[str, Depends(idempotency_key)]


async def once(
    session: AsyncSession,
    portal: Portal,
    app: PartnerPrincipal,
    key: str,
    call: Mapping[str, Any],
    do: Callable[[], Awaitable[GivenAnswer]],
) -> Response:
    """Do the call, or give the answer again that it was given before.

    `call` says what is asked for, as JSON; its canonical form is the fingerprint. A call that is
    refused leaves nothing behind: its key may be used again.
    """
    fingerprint = sha256(json.dumps(call, sort_keys=True).encode()).digest()
    before = await recall(session, portal, app.app_id, key, fingerprint)
    if before is not None:
        return _response(before, {REPLAYED: "true"})
    answer = await do()
    await remember(session, portal, app.app_id, key, fingerprint, answer)
    return _response(answer, {})


def _response(answer: GivenAnswer, more: Mapping[str, str]) -> JSONResponse:
    headers = {"cache-control": "no-store", **answer.headers, **more}
    return JSONResponse(answer.body, answer.status, headers)
