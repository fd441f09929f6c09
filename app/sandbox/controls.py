"""Setting the sandbox: a small API for tests and a small page for people."""

import sqlite3
from functools import partial
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app.sandbox.faults import Control, FaultKind, Mode, control_of, set_control
from app.sandbox.ledger import Ledger, account, emptied

LARGEST_FORM_BYTES = 64 * 1024
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}
STYLE = """
:root { color-scheme: light dark; font: 18px/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
fieldset { border: 1px solid; border-radius: .5rem; margin: 0 0 1rem; }
label { display: inline-block; margin: 0 1rem .5rem 0; }
input, select, button { font: inherit; min-height: 2.4rem; }
input[type=number] { width: 6rem; }
"""
_PAGES = Environment(
    loader=PackageLoader("app.sandbox", "."), autoescape=True, undefined=StrictUndefined
)


def routes() -> list[Route]:
    """The addresses of the controls."""
    return [
        Route("/", page),
        Route("/style.css", style),
        Route("/controls/{authority}", save, methods=["POST"]),
        Route("/control/authorities", all_controls),
        Route("/control/authorities/{authority}", one_control, methods=["GET", "PUT"]),
        Route("/control/ledger", ledger),
        Route("/control/reset", reset, methods=["POST"]),
    ]


async def all_controls(request: Request) -> Response:
    """How every authority behaves."""
    return JSONResponse({name: dump(control) for name, control in await _controls(request)})


async def one_control(request: Request) -> Response:
    """How one authority behaves; PUT sets it as a whole."""
    authority = _authority(request)
    if request.method == "GET":
        control = await _ledger(request).write(partial(control_of, authority=authority))
        return JSONResponse(dump(control))
    _only_json(request)
    try:
        control = Control.model_validate_json(await _small_body(request))
    except ValidationError as refused:
        problems = [{"field": e["loc"], "problem": e["msg"]} for e in refused.errors()]
        return JSONResponse({"problems": problems}, 422)
    await _ledger(request).write(partial(set_control, authority=authority, control=control))
    return JSONResponse(dump(control))


async def ledger(request: Request) -> Response:
    """What was asked and done so far, of all cases or of `?case=`."""
    case = request.query_params.get("case")
    return JSONResponse(await _ledger(request).write(partial(account, case_number=case)))


async def reset(request: Request) -> Response:
    """Forget everything."""
    _only_json(request)
    await _ledger(request).write(emptied)
    return JSONResponse({"status": "empty"})


async def page(request: Request) -> Response:
    """The controls as a page."""
    content = _PAGES.get_template("controls.html").render(
        authorities=request.app.state.authorities,
        controls=dict(await _controls(request)),
        modes=get_args(Mode),
        kinds=get_args(FaultKind),
        account=await _ledger(request).write(account),
    )
    return HTMLResponse(content, headers=PAGE_HEADERS)


async def style(_request: Request) -> Response:
    """The page's style sheet."""
    return Response(STYLE, media_type="text/css", headers={"x-content-type-options": "nosniff"})


async def save(request: Request) -> Response:
    """Set one authority from the page's form."""
    authority = _authority(request)
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "this form was not sent from the sandbox's own page")
    form = {name: values[-1] for name, values in _form(await _small_body(request)).items()}
    try:
        control = Control.model_validate(
            {
                "mode": form.get("mode", "declared"),
                "callback_seconds": form.get("callback_seconds") or 2,
                "seed": form.get("seed", ""),
                "faults": _fault_of(form),
            }
        )
    except ValidationError as refused:
        fields = ", ".join(sorted({str(error["loc"][-1]) for error in refused.errors()}))
        raise HTTPException(422, f"Please go back and correct: {fields}") from None
    await _ledger(request).write(partial(set_control, authority=authority, control=control))
    return RedirectResponse("/", 303)


def dump(control: Control) -> dict[str, Any]:
    """A control as JSON."""
    return control.model_dump(mode="json")


def _fault_of(form: dict[str, str]) -> list[dict[str, Any]]:
    """The one fault that the page's form can set; the API can set several."""
    if not form.get("kind"):
        return []
    return [
        {
            "kind": form["kind"],
            "probability": form.get("probability") or 1,
            "next": form.get("next") or None,
            "seconds": form.get("seconds") or 2,
        }
    ]


async def _controls(request: Request) -> list[tuple[str, Control]]:
    def read(connection: sqlite3.Connection) -> list[tuple[str, Control]]:
        return [(name, control_of(connection, name)) for name in request.app.state.authorities]

    return await _ledger(request).write(read)


def _ledger(request: Request) -> Ledger:
    found: Ledger = request.app.state.sandbox.ledger
    return found


def _authority(request: Request) -> str:
    authority: str = request.path_params["authority"]
    if authority not in request.app.state.authorities:
        raise HTTPException(404, "there is no such authority")
    return authority


def _only_json(request: Request) -> None:
    """Another site's page cannot send JSON here without being asked first; a form it could."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(415, "send application/json")


def _form(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(body.decode(), max_num_fields=40)
    except (UnicodeDecodeError, ValueError):
        raise HTTPException(422, "the form cannot be read") from None


async def _small_body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM_BYTES:
            raise HTTPException(413, "the request is larger than 64 KiB")
    return bytes(body)
