"""Refusals as apps read them: problem details of RFC 9457, in Chinese and in English."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from app.errors import PortalError
from app.pages.error_pages import BY_STATUS, ErrorWords
from app.telemetry import correlation_id
from app.wording import Words

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:one-thing-portal:problem:"
CODES: Mapping[int, str] = {
    400: "unreadable",
    401: "unknown-caller",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    408: "too-slow",
    409: "conflict",
    413: "too-large",
    415: "wrong-type",
    422: "invalid",
    429: "too-many",
    500: "our-failure",
    503: "away",
}
_FIRST_SERVER_ERROR = 500


class Fault(BaseModel):
    """One thing that is wrong with what was sent."""

    pointer: Annotated[str, Field(description="JSON Pointer (RFC 6901) to the value in the body")]
    detail: Annotated[str, Field(description="What to do about it, in Chinese")]
    detail_en: Annotated[str, Field(description="The same in English")]


class Problem(BaseModel):
    """What happened and what to do (RFC 9457). No value that was sent is repeated."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": True})

    type: Annotated[
        str, Field(description="Which kind of problem; the words may change, this does not")
    ]
    title: str
    title_en: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    detail_en: str
    todo: Annotated[str, Field(description="What to do next, in Chinese")]
    todo_en: Annotated[str, Field(description="What to do next, in English")]
    instance: Annotated[str, Field(description="The number to quote; it stands in our log as well")]
    errors: list[Fault] = []


def problem(
    status: int,
    *,
    code: str | None = None,
    what: Words | None = None,
    todo: Words | None = None,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The problem of a status; what is not given reads as the status usually does."""
    usual = _usual(status)
    body = Problem(
        type=TYPE_PREFIX + (code or CODES.get(status, "refused")),
        title=usual.title.zh,
        title_en=usual.title.en,
        status=status,
        detail=(what or usual.what).zh,
        detail_en=(what or usual.what).en,
        todo=(todo or usual.todo).zh,
        todo_en=(todo or usual.todo).en,
        instance=f"urn:one-thing-portal:request:{correlation_id()}",
        errors=list(faults),
    )
    return JSONResponse(
        body.model_dump(mode="json"),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"cache-control": "no-store", **(headers or {})},
    )


def problem_of(refusal: PortalError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem that tells of a refusal."""
    return problem(
        refusal.status,
        code=refusal.code,
        what=refusal.what,
        todo=refusal.todo,
        faults=getattr(refusal, "faults", ()),
        headers=headers,
    )


def _usual(status: int) -> ErrorWords:
    found = _API_WORDS.get(status) or BY_STATUS.get(status)
    return found or BY_STATUS[500 if status >= _FIRST_SERVER_ERROR else 400]


_API_WORDS: Mapping[int, ErrorWords] = {
    401: ErrorWords(
        Words("不知道是谁在请求", "We do not know who is asking"),
        Words("没有密钥，或密钥不对。", "The key is missing or wrong."),
        Words(
            "请在 Authorization 中以 Bearer 方式给出应用的密钥。",
            "Give the app's key as a Bearer token in Authorization.",
        ),
    ),
    403: ErrorWords(
        Words("应用没有这个权限", "The app may not do this"),
        Words("密钥有效，但不包含这项权限。", "The key is right but does not hold this scope."),
        Words("请向平台申请这项权限。", "Ask the portal for the scope."),
    ),
    404: ErrorWords(
        Words("没有找到", "Not found"),
        Words(
            "没有这个地址，或它不属于这个应用。",
            "There is nothing here, or it is not this app's to see.",
        ),
        Words("请核对地址和编号。", "Check the address and the number."),
    ),
    405: ErrorWords(
        Words("不能用这种方法", "This method is not possible here"),
        Words("这个地址不接受这种请求方法。", "This address does not take this method."),
        Words("可用的方法见 Allow。", "The possible methods are in Allow."),
    ),
    415: ErrorWords(
        Words("不能接收这种内容", "We cannot take this kind of content"),
        Words("这里只接收 JSON。", "Only JSON is taken here."),
        Words("请以 application/json 发送。", "Send it as application/json."),
    ),
    422: ErrorWords(
        Words("内容需要修改", "Something needs changing"),
        Words("发来的内容有一处或几处不对。", "One or more things that were sent are not right."),
        Words("请按 errors 逐项修改后再发。", "Mend what errors lists and send it again."),
    ),
}
