"""A small real app that shows every component, for the tests in a browser."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from app.pages import SecurityHeaders, error_page, page, static_folder, view_of
from app.pages.rendering import environment
from app.wording import Words

GALLERY = Path(__file__).with_name("gallery.html").read_text(encoding="utf-8")
ERRORS = [
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
        child_name=Words("孩子的姓名", "The child's name"),
        moment=datetime(2026, 11, 23, 2, 32, tzinfo=UTC),
        amount=Decimal("1234.5"),
        rows=[
            [Markup('<a href="#r{}">TZ-26110{}</a>').format(n, n), "林**", "剩 2 天", str(n)]
            for n in range(5)
        ],
    )


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
            Route("/gallery", show_gallery, methods=["GET", "POST"]),
            Route("/errors/{status:int}", show_error),
            Mount("/static", static_folder()),
        ],
        exception_handlers={HTTPException: on_http_error},
    )
    app.state.settings = SimpleNamespace(mode="demo")
    app.add_middleware(SecurityHeaders)
    return app
