"""A real browser for tests: open it, serve an app to it, and say what is wrong with a page."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from starlette.types import ASGIApp

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 10


@dataclass
class Console:
    """What a page complained about: errors in its console, and requests that failed."""

    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Collect everything from now on."""
        page.on("console", self._on_message)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _on_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.errors.append(message.text)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium for the length of the block; skips the test where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(
    browser: Browser, viewport: dict[str, int] | None = None, **options: Any
) -> Iterator[tuple[Page, Console]]:
    """A fresh page (own cookies) with its console watched; options as of `browser.new_context`."""
    context: BrowserContext = browser.new_context(
        viewport=viewport or PHONE,  # type: ignore[arg-type]  # a TypedDict of the same shape
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )
    page, console = context.new_page(), Console()
    console.watch(page)
    try:
        yield page, console
    finally:
        context.close()


@contextmanager
def serve(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free loopback port; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="auto"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        give_up = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < give_up:
            time.sleep(0.02)
        assert server.started, "the test server did not start"
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds wrong (WCAG 2.0–2.2 A and AA, best practice), one line per element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS
    )
    return [
        f"{fault['id']}: {fault['help']} — {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def check_accessible(page: Page) -> None:
    """Fail with every fault that axe-core finds on the page as it stands."""
    faults = accessibility_faults(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def assert_no_console_errors(console: Console) -> None:
    """Fail when the page logged an error or the content security policy stopped something."""
    assert not console.errors, "\n".join(console.errors)


def horizontal_overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 is right."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


SMALL_TARGETS = """least => [...document.querySelectorAll(
  'a[href], button, select, summary, input:not([type=hidden]):not([type=file])')]
  .filter(e => e.getClientRects().length && !e.closest('.govuk-skip-link, [aria-hidden=true]'))
  .filter(e => !(e.matches('p a, dd a, li a') && getComputedStyle(e).display === 'inline'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.height < least - 0.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.height)}`)
"""


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Links (outside running text), buttons and inputs that are lower than `least` pixels."""
    return list(page.evaluate(SMALL_TARGETS, least))


SMALL_TEXT = """least => {
  const small = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    const text = walker.currentNode.textContent.trim()
    if (!text || !parent.getClientRects().length) continue
    if (parent.closest('[aria-hidden=true], noscript')) continue
    const size = parseFloat(getComputedStyle(parent).fontSize)
    if (size < least - 0.01) small.add(`${size} ${parent.tagName} ${parent.className}`)
  }
  return [...small]
}"""


def small_text(page: Page, least: float) -> list[str]:
    """Text smaller than `least` pixels."""
    return list(page.evaluate(SMALL_TEXT, least))
