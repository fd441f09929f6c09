"""Where departments send their answers: the signature is checked, the message kept, then thanked.

Nothing is decided here. Duplicates, early, late and unknown answers are all kept; a job makes sense
of them (`cases.inbox`).
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal, Self

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator
from standardwebhooks import Webhook, WebhookVerificationError

from app.cases.inbox import keep, read_step_key
from app.cases.portal import Portal, ThePortal
from app.database import Transaction
from app.errors import Invalid, PortalError
from app.identity.principals import declares_principal
from app.partner_api.callers import json_only
from app.partner_api.openapi_words import refusals
from app.settings import UnusableSettings
from app.telemetry import log
from app.wording import Words

MOST_BYTES: Final = 64 * 1024
LONGEST_MESSAGE_ID: Final = 200
SIGNED_HEADERS: Final = ("webhook-id", "webhook-timestamp", "webhook-signature")
NO_CONTROL: Final = r"^[^\u0000-\u001f\u007f]*$"

router = APIRouter(prefix="/api/departments", tags=["departments"])
log_ = log("app.partner_api.callbacks")

Line = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_CONTROL)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]


class UnknownSender(PortalError):
    """The message is not provably from a department: unknown, wrongly signed, or out of time."""

    status = 401
    code = "unknown-sender"
    todo = Words(
        "请用与平台共享的密钥按 Standard Webhooks 签名后重新发送。",
        "Sign it with the key shared with the portal (Standard Webhooks) and send it again.",
    )

    def __init__(self) -> None:
        super().__init__(
            Words(
                "无法确认这条消息来自一个部门。",
                "We could not make sure that this message comes from a department.",
            )
        )


class Point(BaseModel):
    """One thing the department wants mended."""

    model_config = ConfigDict(strict=True, extra="ignore")

    text: Text
    evidence: Annotated[
        Line | None, Field(description="id of the evidence type it is about, where it is about one")
    ] = None


class Answer(BaseModel):
    """A department's answer to a step that it had accepted."""

    model_config = ConfigDict(strict=True, extra="ignore", title="DepartmentAnswer")

    key: Annotated[
        str,
        Field(
            max_length=64,
            pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9]{1,4}$",
            description="the Idempotency-Key of the request that this answers",
        ),
    ]
    reference: Annotated[Line | None, Field(description="the department's own number")] = None
    status: Literal["completed", "refused", "supplement"]
    output: Annotated[
        dict[str, JsonValue] | None, Field(description="of a completed step: the result's fields")
    ] = None
    reason: Annotated[Text | None, Field(description="of a refusal: why, in plain words")] = None
    rule: Annotated[Text | None, Field(description="of a refusal: the rule it follows")] = None
    points: Annotated[
        list[Point] | None,
        Field(min_length=1, max_length=50, description="of a supplement: everything, at once"),
    ] = None

    @model_validator(mode="after")
    def says_what_its_status_needs(self) -> Self:
        """Raises ValueError where the status comes without what it means."""
        needed = {
            "completed": ("reference", "output"),
            "refused": ("reason",),
            "supplement": ("points",),
        }[self.status]
        if any(getattr(self, name) is None for name in needed):
            raise ValueError("a field that this status needs is missing")
        return self


class Kept(BaseModel):
    """The message is safe with us; whether it was new does not matter to the sender."""

    status: Literal["kept"] = "kept"


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message whose signature was right. `body` is as it came."""

    authority_id: str
    message_id: str
    body: bytes


@declares_principal("department")
async def signed_by_department(request: Request, portal: ThePortal) -> SignedMessage:
    """The message, if an authority of ours signed it within the last five minutes.

    Raises UnknownSender with the same words for every reason.
    """
    body = await request.body()
    sender = _only(request, "x-authority")
    signed = {name: _only(request, name) for name in SIGNED_HEADERS}
    key = _key_of(portal, sender)
    if key is None or not all(signed.values()):
        log_.warning("callback.refused", reason="unknown sender or unsigned")
        raise UnknownSender
    try:
        Webhook(key).verify(body, signed, json_parse=False)
    except (WebhookVerificationError, ValueError):
        log_.warning("callback.refused", authority=sender, reason="signature or time")
        raise UnknownSender from None
    return SignedMessage(sender, signed["webhook-id"], body)


@router.post(
    "/callbacks",
    status_code=202,
    max_body_size=MOST_BYTES,
    operation_id="receiveDepartmentAnswer",
    summary="部门回传办理结果 · A department answers a step",
    responses=refusals(400, 401, 413, 415, 422, 503),
    openapi_extra={
        "security": [{"DepartmentSignature": []}],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "schema": {"type": "string"},
                "description": described,
            }
            for name, described in (
                ("x-authority", "id of the authority that sends"),
                ("webhook-id", "the sender's id of this message; the same id counts once"),
                ("webhook-timestamp", "seconds since 1970, at most five minutes off"),
                ("webhook-signature", "v1,… over id, timestamp and body (Standard Webhooks)"),
            )
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/DepartmentAnswer"}}
            },
        },
    },
)
async def receive_answer(
    request: Request,
    message: Annotated[SignedMessage, Depends(signed_by_department)],
    transaction: Transaction,
    portal: ThePortal,
) -> Kept:
    """Keep a department's answer. The same message again is thanked again and changes nothing."""
    await json_only(request)
    answer = read_answer(message.body)
    is_new = await keep(
        transaction, portal, message.authority_id, message.message_id, answer.model_dump()
    )
    log_.info(
        "callback.kept",
        authority=message.authority_id,
        state=answer.status,
        kind="new" if is_new else "again",
    )
    return Kept()


def read_answer(body: bytes) -> Answer:
    """The body as an answer. Raises RequestValidationError or Invalid, never with its values."""
    if b"\\u0000" in body:
        raise Invalid(_NUL)
    try:
        answer = Answer.model_validate_json(body)
    except ValidationError as refusal:
        raise RequestValidationError(refusal.errors(include_input=False)) from None
    assert read_step_key(answer.key)
    return answer


def _only(request: Request, header: str) -> str:
    """The one value of a header; "" where it is missing, repeated or too long to be meant."""
    values = request.headers.getlist(header)
    is_sound = len(values) == 1 and len(values[0]) <= LONGEST_MESSAGE_ID * 5
    return values[0] if is_sound and values[0].isprintable() else ""


def _key_of(portal: Portal, sender: str) -> str | None:
    if sender not in portal.catalogue.authorities:
        return None
    try:
        return portal.settings.department_key(sender)
    except UnusableSettings:
        return None


_NUL = Words("内容里有空字符。", "It holds a null character.")
