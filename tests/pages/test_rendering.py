"""Pages speak both languages, keep the visitor's choices and never leak into a cache."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.pages import CONTENT_SECURITY_POLICY, page, warm_up
from app.pages.error_pages import BY_STATUS
from app.pages.formats import filters
from app.pages.rendering import TEMPLATES, environment
from app.wording import Words
from tests.pages.gallery_app import gallery_app


def client(app: Starlette | None = None) -> AsyncClient:
    """A client that keeps cookies, talking to the gallery or to an app of the test."""
    return AsyncClient(transport=ASGITransport(app or gallery_app()), base_url="http://portal")


def app_with(template: str, **context: Any) -> Starlette:
    """An app whose one page is this template text."""

    def show(request: Request) -> Response:
        return page(request, environment("zh").from_string(template), **context)

    return Starlette(routes=[Route("/", show)])


def test_every_template_compiles_in_both_languages() -> None:
    warm_up()


async def test_english_is_asked_for_once_and_then_remembered() -> None:
    async with client() as visitor:
        first = await visitor.get("/gallery")
        asked = await visitor.get("/gallery?lang=en")
        later = await visitor.get("/gallery")
    assert '<html lang="zh-CN"' in first.text
    assert "<h2" in first.text
    assert "Skip to main content" not in first.text
    for answer in (asked, later):
        assert '<html lang="en"' in answer.text
        assert "Skip to main content" in answer.text
        assert answer.headers["content-language"] == "en"


async def test_elder_version_is_one_attribute_set_by_the_server() -> None:
    async with client() as visitor:
        await visitor.get("/gallery?mode=elder&size=max")
        later = await visitor.get("/gallery")
    assert 'data-mode="elder" data-size="max"' in later.text
    assert "标准版" in later.text
    assert "tel:12345" in later.text


async def test_an_unknown_choice_in_the_address_changes_nothing() -> None:
    async with client() as visitor:
        answer = await visitor.get("/gallery?lang=xx&mode=<script>")
        assert '<html lang="zh-CN"' in answer.text
        assert 'data-mode="standard"' in answer.text
        assert "<script>&" not in answer.text
        assert not visitor.cookies


async def test_pages_are_personal_and_forbid_everything_that_is_not_ours() -> None:
    async with client() as visitor:
        answer = await visitor.get("/gallery")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert " style=" not in answer.text
    assert " on" + "click=" not in answer.text
    assert "<style" not in answer.text
    scripts = answer.text.count("<script")
    assert scripts == answer.text.count("<script src=")


async def test_pages_are_compressed_only_for_those_who_can_read_it() -> None:
    async with client() as visitor:
        packed = await visitor.get("/gallery")
        plain = await visitor.get("/gallery", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


async def test_no_english_default_of_the_design_system_is_left_on_a_chinese_page() -> None:
    async with client() as visitor:
        text = (await visitor.get("/gallery?errors=1&proxy=1")).text
    for english in ("Error", "There is a problem", "Next", "Previous", "Contents", "Day", "Choose"):
        assert f">{english}" not in text, english
    assert "govuk-header" not in text
    assert "crest" not in text


async def test_markup_typed_by_people_is_shown_as_text() -> None:
    typed = '<img src=x onerror="alert(1)">'
    template = (
        '{% from "components/field.html" import field %}'
        '{{ field("a", "a", typed, typed, typed, typed) }}{{ typed|words }}'
    )
    async with client(app_with(template, typed=typed)) as visitor:
        text = (await visitor.get("/")).text
    assert "<img" not in text
    assert text.count("&lt;img") == 5


async def test_a_word_that_nobody_gave_is_an_error_and_not_a_gap() -> None:
    async with client(app_with("{{ surname }}")) as visitor:
        with pytest.raises(UndefinedError):
            await visitor.get("/")


async def test_the_form_token_of_the_session_reaches_the_page() -> None:
    session = SimpleNamespace(csrf_token="s3cret")
    async with client(app_with("{{ csrf_token }}", session=session)) as visitor:
        assert (await visitor.get("/")).text == "s3cret"


@pytest.mark.parametrize("status", sorted(BY_STATUS))
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_error_pages_say_what_happened_what_is_safe_and_what_to_do(
    status: int, lang: str
) -> None:
    words = BY_STATUS[status]
    async with client() as visitor:
        answer = await visitor.get(f"/errors/{status}?lang={lang}")
    assert answer.status_code == status
    for part in (words.title, words.what, words.todo):
        assert part.in_language(lang).replace("'", "&#39;") in answer.text
    assert "AB12-CD34" in answer.text
    assert "12345" in answer.text
    assert ("不会丢失" if lang == "zh" else "nothing is lost") in answer.text


async def test_an_unknown_address_is_answered_with_the_same_page() -> None:
    async with client() as visitor:
        answer = await visitor.get("/static/nothing.css")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.text


def test_a_missing_english_text_is_the_chinese_one_and_says_so() -> None:
    english = filters("en")
    assert english["words"](Words("出生", "Birth")) == "Birth"
    assert english["words"](Words("出生<", "")) == '<span lang="zh-CN">出生&lt;</span>'
    assert english["plain"](Words("出生", "")) == "出生"
    assert filters("zh")["words"](None) == ""


def test_dates_and_amounts_read_as_people_write_them() -> None:
    chinese, english = filters("zh"), filters("en")
    moment = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
    assert chinese["date"](date(2026, 11, 3)) == "2026年11月3日"
    assert english["date"](date(2026, 11, 3)) == "3 November 2026"
    assert chinese["day"](date(2026, 11, 3)) == "11月3日"
    assert chinese["moment"](moment) == "2026年11月23日 00:05"
    assert english["moment"](moment) == "23 November 2026, 00:05"
    assert chinese["date"](moment) == "2026年11月23日"
    assert chinese["time"](moment) == "00:05"
    assert chinese["money"](Decimal("1234.5")) == "¥1,234.50"
    assert english["money"](Decimal("1234.5")) == "CN¥1,234.50"
    assert chinese["number"](12345) == "12,345"
    assert chinese["filesize"](14_200_000) == "14.2 MB"
    assert chinese["filesize"](300) == "1 kB"
    assert chinese["date"](None) == chinese["money"](None) == ""


def test_a_time_of_midnight_stays_in_its_fields() -> None:
    template = environment("zh").from_string(
        '{% from "components/datetime_field.html" import datetime_field %}'
        '{{ datetime_field("at", "at", "时间", value=value) }}'
    )
    text = template.render(value=datetime(2026, 1, 2, 0, 0))  # noqa: DTZ001 local as typed
    assert 'name="at-hour" type="text" inputmode="numeric" value="0"' in text
    assert 'name="at-minute" type="text" inputmode="numeric" value="0"' in text
    assert text.index("at-year") < text.index("at-month") < text.index("at-day")


def test_the_list_of_components_is_complete() -> None:
    listed = (TEMPLATES / "components" / "README.md").read_text(encoding="utf-8")
    for file in (TEMPLATES / "components").glob("[a-z]*.html"):
        first_line = file.read_text(encoding="utf-8").splitlines()[0]
        signature = first_line.removeprefix("{# ").removesuffix(" #}")
        assert file.stem in first_line
        assert signature.split(":")[0] in listed, f"{file.name} is not in components/README.md"
