"""The theme is small, ours, versioned and up to date with its sources."""

import gzip
import json

import pytest
from httpx import ASGITransport, AsyncClient

from app.pages.static_files import STATIC, static_folder, static_url
from tests.pages.gallery_app import gallery_app
from theme.divisions import TARGET, townships_by_county

FIRST_PAGE = (
    "css/portal.css",
    "js/boot.js",
    "js/components.js",
    "vendor/govuk-frontend-6.3.0.min.js",
    "vendor/htmx-2.0.11.min.js",
)
MOST_BYTES = 60_000


def client() -> AsyncClient:
    """A client of the gallery's static files."""
    return AsyncClient(transport=ASGITransport(gallery_app()), base_url="http://portal")


async def test_versioned_addresses_are_kept_for_ever_and_others_briefly() -> None:
    address = static_url("css/portal.css")
    async with client() as visitor:
        versioned = await visitor.get(address)
        stale = await visitor.get("/static/css/portal.css?v=old")
        known = await visitor.get(address, headers={"if-none-match": versioned.headers["etag"]})
    assert "immutable" in versioned.headers["cache-control"]
    assert versioned.headers["content-encoding"] == "gzip"
    assert versioned.headers["content-type"].startswith("text/css")
    assert "immutable" not in stale.headers["cache-control"]
    assert known.status_code == 304
    assert known.content == b""


@pytest.mark.parametrize("path", ["../pyproject.toml", "%2e%2e/pyproject.toml", "css", ""])
async def test_nothing_outside_the_folder_is_served(path: str) -> None:
    async with client() as visitor:
        answer = await visitor.get(f"/static/{path}")
    assert answer.status_code == 404


async def test_static_files_are_only_read() -> None:
    async with client() as visitor:
        answer = await visitor.post("/static/css/portal.css")
    assert answer.status_code == 405


async def test_the_first_page_is_light_enough_for_a_phone() -> None:
    async with client() as visitor:
        page = await visitor.get("/gallery")
    page_bytes = len(gzip.compress(page.content, 5))
    files = (static_folder().files[name].gzipped for name in FIRST_PAGE)
    total = page_bytes + sum(len(file) for file in files if file)
    assert total <= MOST_BYTES, f"{total} bytes over the wire"


def test_the_theme_carries_no_foreign_brand_and_fetches_nothing() -> None:
    theme = (STATIC / "css" / "portal.css").read_text(encoding="utf-8")
    for foreign in ("GDS Transport", "crest", "url(", "@import", "@font-face"):
        assert foreign not in theme


def test_every_vendored_script_has_its_licence_beside_it() -> None:
    scripts = list((STATIC / "vendor").glob("*.min.js"))
    assert scripts
    for script in scripts:
        licence = script.name.replace(".min.js", ".LICENSE.txt")
        assert (script.parent / licence).is_file(), licence


def test_the_townships_of_the_address_fields_are_those_of_the_one_list() -> None:
    assert TARGET.read_text(encoding="utf-8") == townships_by_county()
    counts = [len(townships) for townships in json.loads(townships_by_county()).values()]
    assert counts == [12, 19, 12, 10, 15, 20, 17, 19, 12]
