"""Turns whatever went wrong into an answer: a page for people, a problem for apps, no trace."""

from typing import Final

import asyncpg
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.database import is_outage
from app.errors import PortalError, SignInNeeded, TooMany
from app.identity.sign_in import ask_to_sign_in
from app.pages import error_page
from app.partner_api.problems import Fault, problem, problem_of
from app.telemetry import correlation_id, describe_error, log
from app.wording import Words

AWAY_SECONDS: Final = 5
BUSY_SECONDS: Final = 1
BUSY_STATES: Final = frozenset({"55P03", "57014", "40001", "40P01", "25P03", "53300"})
UNSTORABLE_STATES: Final = frozenset({"22021", "22P05"})
MOST_FAULTS: Final = 50

log_ = log("app.main.refusals")


def tell_refusals(app: FastAPI) -> None:
    """Answer every error of the app in our own words."""
    app.add_exception_handler(PortalError, on_refusal)
    app.add_exception_handler(RequestValidationError, on_unreadable)
    app.add_exception_handler(HTTPException, on_http_error)
    for away in (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        app.add_exception_handler(away, on_database_error)
    app.add_exception_handler(Exception, on_failure)


def is_for_an_app(request: Request) -> bool:
    """Whether a program asked, so that it is answered in JSON."""
    return request.url.path.startswith(("/api/", "/health/", "/metrics"))


def tell(
    request: Request,
    status: int,
    *,
    what: Words | None = None,
    todo: Words | None = None,
    retry_after_seconds: int | None = None,
) -> Response:
    """The answer of a status, in the form that whoever asked can read."""
    if is_for_an_app(request):
        wait = retry_after_seconds
        headers = {} if wait is None else {"retry-after": str(wait)}
        return problem(status, what=what, todo=todo, headers=headers)
    return error_page(
        request,
        status,
        what=what,
        todo=todo,
        reference=correlation_id()[:12],
        retry_after_seconds=retry_after_seconds,
    )


async def on_refusal(request: Request, error: Exception) -> Response:
    """A refusal with its own words."""
    assert isinstance(error, PortalError)
    wait = getattr(error, "retry_after_seconds", 1 if isinstance(error, TooMany) else None)
    headers = {} if wait is None else {"retry-after": str(wait)}
    if is_for_an_app(request):
        if error.status == _UNKNOWN_CALLER:
            headers["www-authenticate"] = "Bearer"
        return problem_of(error, headers)
    if isinstance(error, SignInNeeded):
        return await ask_to_sign_in(request)
    answer = tell(request, error.status, what=error.what, todo=error.todo)
    answer.headers.update(headers)
    return answer


async def on_unreadable(request: Request, error: Exception) -> Response:
    """What was sent does not have the shape that was asked for; its values are not repeated."""
    assert isinstance(error, RequestValidationError)
    if not is_for_an_app(request):
        return tell(request, 400)
    problems = error.errors()
    if any(found["type"] == "json_invalid" for found in problems):
        return problem(400, what=_NOT_JSON)
    if any(found["loc"][:1] == ("header",) for found in problems):
        return problem(400, faults=[_fault(found) for found in problems[:MOST_FAULTS]])
    return problem(422, faults=[_fault(found) for found in problems[:MOST_FAULTS]])


async def on_http_error(request: Request, error: Exception) -> Response:
    """A refusal by the framework: no such address, wrong method, too large."""
    assert isinstance(error, HTTPException)
    answer = tell(request, error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == _WRONG_METHOD and (possible := possible_methods(request)):
        answer.headers["allow"] = ", ".join(possible)
    return answer


async def on_database_error(request: Request, error: Exception) -> Response:
    """The database is away or busy: come back soon. Anything else is a failure of ours."""
    state = sqlstate_of(error)
    if is_outage(error):
        log_.warning("database.away", **describe_error(error))
        return tell(request, 503, retry_after_seconds=AWAY_SECONDS)
    if state in BUSY_STATES:
        log_.warning("database.busy", reason=state, **describe_error(error))
        return tell(request, 503, retry_after_seconds=BUSY_SECONDS)
    if state in UNSTORABLE_STATES or _holds_half_a_character(error):
        return tell(request, 422, what=_UNSTORABLE)
    raise error


async def on_failure(request: Request, error: Exception) -> Response:
    """Our own mistake, unless the database went away while we told of something else.

    `app.main.envelope` writes it down.
    """
    return (
        tell(request, 503, retry_after_seconds=AWAY_SECONDS)
        if is_outage(error)
        else tell(request, 500)
    )


def possible_methods(request: Request) -> list[str]:
    """Every method that some route takes at this address; the framework names one route's only."""
    possible: set[str] = set()
    for router in request.app.state.routers:
        for route in router.routes:
            if isinstance(route, Route) and route.path_regex.match(request.url.path):
                possible |= route.methods or set()
    return sorted(possible | ({"HEAD"} if "GET" in possible else set()))


def sqlstate_of(error: BaseException) -> str:
    """PostgreSQL's five-letter state of an error, "" where it has none."""
    found: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(found, "sqlstate", None) or "")


def _holds_half_a_character(error: BaseException | None) -> bool:
    """Whether the driver could not encode a lone surrogate."""
    while error is not None:
        if isinstance(error, UnicodeEncodeError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _told(name: str) -> str:
    """A name as it may stand in a JSON pointer: short and plain, whatever a caller called it."""
    plain = name[:_LONGEST_NAME_TOLD].encode("ascii", "backslashreplace").decode("ascii")
    return plain.replace("~", "~0").replace("/", "~1")


def _fault(found: ErrorDetails) -> Fault:
    place = [str(part) for part in found["loc"] if part != "body"]
    pointer = "".join("/" + _told(part) for part in place)
    words = _FAULTS.get(found["type"], _FAULTS["other"])
    return Fault(pointer=pointer, detail=words.zh, detail_en=words.en)


_LONGEST_NAME_TOLD: Final = 60
_UNKNOWN_CALLER: Final = 401
_WRONG_METHOD: Final = 405
_NOT_JSON = Words("发来的内容不是 JSON。", "What was sent is not JSON.")
_UNSTORABLE = Words(
    "内容里有不能保存的字符（例如半个表情符号或空字符）。",
    "It holds a character that cannot be kept, such as half an emoji or a null character.",
)
_FAULTS: Final = {
    "missing": Words("缺少这一项，请补上。", "This is missing; add it."),
    "extra_forbidden": Words("没有这一项，请去掉。", "There is no such field; leave it out."),
    "string_too_long": Words("太长，请缩短。", "This is too long; shorten it."),
    "string_too_short": Words("太短，请补充。", "This is too short; add to it."),
    "string_pattern_mismatch": Words("格式不对，请核对。", "The form is not right; check it."),
    "bool_type": Words("请用 true 或 false。", "Use true or false."),
    "string_type": Words("请用字符串。", "Use a string."),
    "int_parsing": Words("请用整数。", "Use a whole number."),
    "greater_than_equal": Words("太小，请改大。", "This is too small."),
    "less_than_equal": Words("太大，请改小。", "This is too large."),
    "uuid_parsing": Words("不是有效的编号，请核对。", "This is not an identifier; check it."),
    "other": Words("这一项不对，请按接口说明修改。", "This is not right; see the interface."),
}
