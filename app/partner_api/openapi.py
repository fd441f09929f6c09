"""The description of the interface (OpenAPI 3.1), written down so that every change is seen.

`python -m app.partner_api.openapi --check` compares it with the code, `--write` writes it.
"""

import argparse
import difflib
import json
import sys
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse

from app.identity.principals import Public
from app.partner_api import callbacks, cases, life_events, papers, rounds
from app.partner_api.callbacks import Answer
from app.partner_api.problems import Problem
from app.settings import PROJECT_FOLDER

STORED: Final = PROJECT_FOLDER / "docs" / "openapi.json"
VERSION: Final = "1.0.0"
TITLE: Final = "One-Thing portal 台州一件事"
DESCRIPTION: Final = """
One application for a life event (一件事), done by every department it concerns.

- An app names a resident by the `resident_reference` that the resident gets on “My apps” when they
  let the app act for them; revoking it ends every access at once.
- Every POST carries an `Idempotency-Key`; the same call again is answered the same and done once.
- Refusals are problems (RFC 9457) in Chinese and English; `type` does not change, words may.
- Dates are days in the city (Asia/Shanghai), times are UTC.
""".strip()

router = APIRouter(include_in_schema=False, dependencies=[Public])


@router.get("/api/v1/openapi.json")
async def tell_description() -> JSONResponse:
    """The description of this interface."""
    return JSONResponse(description(), headers={"cache-control": "public, max-age=300"})


@cache
def description() -> dict[str, Any]:
    """The description as JSON: only the interface for apps and the callbacks of departments."""
    described = FastAPI(title=TITLE, version=VERSION, description=DESCRIPTION, openapi_url=None)
    for part in (life_events, rounds, cases, papers, callbacks):
        described.include_router(part.router)
    found = described.openapi()
    components = found.setdefault("components", {})
    for model in (Problem, Answer):
        name = model.model_config.get("title") or model.__name__
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        components["schemas"] |= schema.pop("$defs", {})
        components["schemas"][name] = schema
    components["securitySchemes"]["DepartmentSignature"] = {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "Standard Webhooks: HMAC-SHA256 over id, timestamp and body with the key "
        "that the portal shares with the authority named in x-authority",
    }
    found["tags"] = [
        {"name": "life events", "description": "What there is to apply for"},
        {"name": "cases", "description": "Applying for residents, and where it stands"},
        {"name": "departments", "description": "Answers of departments' own systems"},
    ]
    return dict(found)


def as_text() -> str:
    """The description as the stored file holds it."""
    return json.dumps(description(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """Check or write the stored description; out: 1 where it differs from the code."""
    parser = argparse.ArgumentParser(prog="python -m app.partner_api.openapi")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="compare; 1 where it differs")
    choice.add_argument("--write", action="store_true", help="write it")
    now = as_text()
    if parser.parse_args().write:
        STORED.write_text(now, encoding="utf-8")
        return 0
    stored = STORED.read_text(encoding="utf-8") if STORED.exists() else ""
    changes = difflib.unified_diff(
        stored.splitlines(), now.splitlines(), "stored", "code", lineterm="", n=2
    )
    differences = list(changes)
    sys.stdout.write("\n".join(differences) + ("\n" if differences else ""))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
