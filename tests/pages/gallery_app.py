"""A small real app that shows every component, for the tests in a browser."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from app.pages import SecurityHeaders, error_page, page, static_folder, view_of
from app.pages.rendering import environment
from app.wording import Words

GALLERY = Path(__file__).with_name("gallery.html").read_text(encoding="utf-8")
FRAGMENT = (
    '<p id="live" role="status" hx-get="/fragment" hx-trigger="tz:changed from:body, every 60s" '
    'hx-swap="outerHTML">版本 {{ version }}</p>'
)
ERRORS: list[dict[str, Any]] = [
    {"href": "#name", "message": Words("请填写孩子的姓名", "Enter the child's name")},
    {"href": "#born-day", "message": Words("2月没有 30日", "February has no 30th day")},
    {"href": "#home-township", "message": Words("请选择乡镇或街道", "Choose the township")},
    {"href": "#book", "message": Words("照片不清晰，请重拍", "The photo is not readable")},
]


def show_gallery(request: Request) -> Response:
    """All components; `?errors=1` with errors, `?proxy=1` while acting for somebody."""
    errors = ERRORS if request.query_params.get("errors") else []
    message = {error["href"].split("-")[0].lstrip("#"): error["message"] for error in errors}
    acting_for = SimpleNamespace(
        name="李*英", relation="母亲", until=date(2026, 12, 31), change_url="/acting"
    )
    return page(
        request,
        environment(view_of(request).lang).from_string(GALLERY),
        session=SimpleNamespace(csrf_token="tok-en"),
        errors=errors,
        wrong={name: message.get(name) for name in ("name", "born", "home", "book")},
        acting_for=acting_for if request.query_params.get("proxy") else None,
        signed_in_as="林*满",
        fragment=environment("zh").from_string(FRAGMENT),
        child_name=Words("孩子的姓名", "The child's name"),
        moment=datetime(2026, 11, 23, 2, 32, tzinfo=UTC),
        amount=Decimal("1234.5"),
        rows=[
            [Markup('<a href="#r{}">TZ-26110{}</a>').format(n, n), "林**", "剩 2 天", str(n)]
            for n in range(5)
        ],
    )


@dataclass
class Received:
    """What reached the server, and how often the line is to break."""

    forms: list[dict[str, str]] = field(default_factory=list)
    uploads: dict[str, tuple[int, bytearray]] = field(default_factory=dict)
    breaks: int = 0
    version: int = 1
    fragments: int = 0
    answer_after_seconds: float = 0


async def take_form(request: Request) -> Response:
    """Keep the fields, then send the browser on, as a real page does."""
    received: Received = request.app.state.received
    await asyncio.sleep(received.answer_after_seconds)
    async with request.form() as form:
        received.forms.append({name: str(value) for name, value in form.items()})
    return RedirectResponse("/errors/404?thanks=1", status_code=303)


async def create_upload(request: Request) -> Response:
    """First act of the offset protocol: name, size and type, answered with an address."""
    received: Received = request.app.state.received
    if request.headers.get("x-csrf-token") != "tok-en":
        return JSONResponse({"detail": "token"}, 403)
    wanted = await request.json()
    name = f"file-{len(received.uploads) + 1}"
    received.uploads[name] = (wanted["size"], bytearray())
    return JSONResponse({"id": name, "offset": 0, "url": f"/uploads/{name}"}, 201)


async def add_to_upload(request: Request) -> Response:
    """HEAD tells the offset; PATCH adds bytes there, unless the line is to break half-way."""
    received: Received = request.app.state.received
    size, content = received.uploads[request.path_params["name"]]
    if request.method == "HEAD":
        return Response(headers={"upload-offset": str(len(content))})
    offset = int(request.headers["upload-offset"])
    if offset != len(content):
        return JSONResponse({"detail": "offset"}, 409)
    body = await request.body()
    if received.breaks and offset:
        received.breaks -= 1
        content.extend(body[: len(body) // 2])
        return JSONResponse({"detail": "busy"}, 503)
    content.extend(body)
    return JSONResponse({"offset": len(content), "done": len(content) >= size})


async def stream_versions(request: Request) -> Response:
    """The live stream: the version now, and again whenever it changes."""
    received: Received = request.app.state.received

    async def versions() -> AsyncIterator[str]:
        told = 0
        while not await request.is_disconnected() and received.version:
            if told != received.version:
                told = received.version
                yield f"data: {told}\n\n"
            await asyncio.sleep(0.05)

    return StreamingResponse(versions(), media_type="text/event-stream")


def show_fragment(request: Request) -> Response:
    """The part of the page that the live signal makes new."""
    received: Received = request.app.state.received
    received.fragments += 1
    return page(request, environment("zh").from_string(FRAGMENT), version=received.version)


def show_error(request: Request) -> Response:
    """The error page of the status in the address."""
    return error_page(request, int(request.path_params["status"]), reference="AB12-CD34")


async def on_http_error(request: Request, error: Exception) -> Response:
    """Refusals by the framework itself are shown on the same page."""
    return error_page(request, error.status_code if isinstance(error, HTTPException) else 500)


def gallery_app() -> Starlette:
    """The app; the demo note is on."""
    app = Starlette(
        routes=[
            Route("/gallery", show_gallery),
            Route("/gallery", take_form, methods=["POST"]),
            Route("/gallery/uploads", create_upload, methods=["POST"]),
            Route("/uploads/{name}", add_to_upload, methods=["HEAD", "PATCH"]),
            Route("/live", stream_versions),
            Route("/fragment", show_fragment),
            Route("/errors/{status:int}", show_error),
            Mount("/static", static_folder()),
        ],
        exception_handlers={HTTPException: on_http_error},
    )
    app.state.received = Received()
    app.state.settings = SimpleNamespace(mode="demo")
    app.add_middleware(SecurityHeaders)
    return app
