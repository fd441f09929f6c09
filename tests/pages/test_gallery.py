"""Every component in a real browser: accessible and large enough, in every version."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import (
    DESK,
    NARROW,
    PHONE,
    assert_no_console_errors,
    check_accessible,
    horizontal_overflow,
    open_browser,
    open_page,
    serve,
    small_targets,
    small_text,
)
from tests.pages.gallery_app import gallery_app

TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the gallery is served."""
    with serve(gallery_app()) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module; every test opens its own page."""
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("view", "text_px", "target_px"),
    [
        ("lang=zh", 18, 44),
        ("lang=en", 18, 44),
        ("theme=dark", 18, 44),
        ("mode=elder", 22, 60),
        ("mode=elder&size=max&lang=en&theme=dark", 30, 60),
    ],
)
def test_every_component_is_accessible(
    address: str,
    browser: Browser,
    viewport: dict[str, int],
    view: str,
    text_px: float,
    target_px: int,
) -> None:
    with open_page(browser, viewport) as (page, console):
        page.goto(f"{address}/gallery?errors=1&proxy=1&{view}")
        page.wait_for_load_state("load")
        expect(page.locator("body.js-enabled")).to_have_count(1)
        check_accessible(page)
        assert small_text(page, text_px) == []
        assert small_targets(page, target_px) == []
        assert horizontal_overflow(page) == 0
        assert_no_console_errors(console)


@pytest.mark.parametrize("view", ["lang=zh", "lang=en", "mode=elder", "mode=elder&size=max"])
def test_pages_reflow_at_320_pixels_with_wide_text_spacing(
    address: str, browser: Browser, view: str
) -> None:
    with open_page(browser, NARROW, bypass_csp=True) as (page, _):
        page.goto(f"{address}/gallery?errors=1&{view}")
        assert horizontal_overflow(page) == 0
        page.add_style_tag(content=TEXT_SPACING)
        assert horizontal_overflow(page) == 0


def test_the_systems_dark_setting_is_followed_unless_light_is_chosen(
    address: str, browser: Browser
) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with open_page(browser, color_scheme="dark") as (page, _):
        page.goto(f"{address}/gallery")
        assert page.evaluate(background) == "rgb(17, 24, 29)"
        page.goto(f"{address}/gallery?theme=light")
        assert page.evaluate(background) == "rgb(242, 247, 250)"
        page.goto(f"{address}/gallery?theme=dark")
        page.emulate_media(media="print")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        )
        assert not page.locator(".tz-foot").is_visible()


def test_focus_goes_to_the_error_summary_and_on_to_the_field(
    address: str, browser: Browser
) -> None:
    with open_page(browser) as (page, _):
        page.goto(f"{address}/gallery?errors=1")
        assert page.title().startswith("错误：")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        page.get_by_role("link", name="2月没有 30日").click()
        expect(page.locator("#born-day")).to_be_focused()


def test_without_scripts_the_form_and_the_address_list_still_work(
    address: str, browser: Browser
) -> None:
    with open_page(browser, java_script_enabled=False) as (page, _):
        page.goto(f"{address}/gallery")
        assert page.get_by_role("button", name="更新乡镇、街道列表").is_visible()
        assert page.get_by_role("button", name="上传所选文件").is_visible()
        assert page.locator("#home-township option").count() == 13
        page.fill("#name", "林小满")
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_url("**/errors/404**")
