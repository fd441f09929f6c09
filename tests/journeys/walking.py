"""Walks a life event in a real browser the way a parent would, with and without scripts."""

from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page

Look = Callable[[Page, str], None]
Answers = Mapping[str, str]


def press(page: Page, words: str) -> None:
    """Press a button, or a link that looks like one, and wait for the answer."""
    main = page.locator("main")
    button = main.get_by_role("button", name=words, exact=False)
    target = button.or_(main.get_by_role("link", name=words, exact=False))
    target.first.wait_for()
    if button.count():
        target = button
    with page.expect_navigation():
        target.first.click()


def sign_in(page: Page, name: str) -> None:
    """Be a demo resident."""
    press(page, f"用{name}登录")


def answer_guidance(page: Page, base: str, event: str, answers: Answers, look: Look) -> None:
    """From the introduction to the outcome."""
    page.goto(f"{base}/things/{event}")
    look(page, "r1-introduction")
    press(page, "开始办理")
    seen = 0
    while "/outcome" not in page.url:
        seen += 1
        look(page, f"r3-question-{seen}")
        fill(page, answers)
        press(page, "继续")
    look(page, "r3-outcome")


def consent(page: Page, look: Look, *, agree: bool) -> None:
    """Answer every register alike and tick what is asked for."""
    page.get_by_role("button", name="保存并继续").wait_for()
    look(page, "r5-consent")
    for choice in page.locator(f"main input[type=radio][value={'yes' if agree else 'no'}]").all():
        choice.check()
    if agree:
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
    press(page, "保存并继续")


def fill_pages(page: Page, hub: str, answers: Answers, look: Look, most: int = 40) -> set[str]:
    """Every open page of questions, in the order in which the list leads; out: which were asked."""
    asked: set[str] = set()
    for _ in range(most):
        page.goto(hub)
        todo = page.locator("#fill-title ~ ul a")
        open_ones = [
            link
            for link in todo.all()
            if "已完成" not in (link.locator("xpath=ancestor::li[1]").inner_text())
        ]
        if not open_ones:
            return asked
        with page.expect_navigation():
            open_ones[0].click()
        name = page.url.split("/pages/")[-1].replace("/", "-")
        asked.add(name)
        look(page, f"r8-{name}")
        fill(page, answers)
        press(page, "保存并继续")
        if page.locator(".govuk-error-summary").count():
            look(page, f"r8-{name}-errors")
            raise AssertionError(page.locator(".govuk-error-summary").inner_text())
    raise AssertionError(f"still not filled after {most} pages: {sorted(asked)}")


def fill(page: Page, answers: Answers) -> None:
    """Fill whatever the page asks with the answers by input name; what is filled stays."""
    for field in page.locator("main form input, main form select, main form textarea").all():
        name = field.get_attribute("name") or ""
        kind = field.get_attribute("type") or "text"
        if name.startswith("_") or name == "csrf_token" or kind in {"hidden", "file", "submit"}:
            continue
        _fill_one(page, field, name, kind, answers)


def _fill_one(page: Page, field: Locator, name: str, kind: str, answers: Answers) -> None:
    wanted = answers.get(name)
    if kind in {"radio", "checkbox"}:
        if wanted is not None and field.get_attribute("value") in wanted.split(","):
            field.check()
        return
    if wanted is None or field.input_value():
        return
    if field.evaluate("element => element.tagName") == "SELECT":
        if field.locator(f"option[value='{wanted}']").count() == 0:
            press(page, "更新乡镇、街道列表")
            field = page.locator(f"select[name='{name}']")
        field.select_option(wanted)
    else:
        field.fill(wanted)


def upload(page: Page, photo: Path, look: Look, name: str, *, scripts: bool) -> None:
    """Send one photo as the only paper of this page."""
    page.locator("input[type=file]").first.set_input_files(str(photo))
    if scripts:
        page.locator(".tz-upload__file--ready").first.wait_for(timeout=20_000)
        look(page, f"r9-{name}")
        press(page, "保存并继续")
    else:
        press(page, "上传所选文件")
        look(page, f"r9-{name}")
        press(page, "保存并继续")


def give_papers(
    page: Page, hub: str, photo: Path, look: Look, *, scripts: bool, most: int = 20
) -> None:
    """Every paper that the list asks for, up to `most`."""
    page.goto(hub)
    links = page.locator("#papers-title ~ ul a").all()
    for address in [link.get_attribute("href") or "" for link in links[:most]]:
        page.goto(hub.split("/drafts/", maxsplit=1)[0] + address)
        upload(page, photo, look, address.rsplit("/", 1)[1], scripts=scripts)
