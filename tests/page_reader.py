"""Reads our pages as a careful person without scripts would: forms, labels, summaries, links.

Every page that is read is also checked: one h1, every input labelled, a token in every form that
writes, error summaries that link to something, no inline script or style.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx

FIELD_TAGS = ("input", "select", "textarea")
SEEN_TYPES_ONLY = frozenset({"hidden", "submit", "button", "image", "reset"})


class Fault(AssertionError):
    """A page that a person could stumble over."""


@dataclass
class Page:
    """One HTML answer."""

    address: str
    status: int
    root: Element
    html: str

    @property
    def title(self) -> str:
        """The h1."""
        return text_of(self.find("h1")[0])

    @property
    def text(self) -> str:
        """All words in the main part, spaces made single."""
        main = self.find("main")
        return text_of(main[0] if main else self.root)

    def find(self, tag: str) -> list[Element]:
        """Every element of that tag."""
        return list(self.root.iter(tag))

    def links(self) -> dict[str, str]:
        """Addresses by the words of their links."""
        return {text_of(link): link.get("href", "") for link in self.find("a")}

    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return [
            text_of(link)
            for box in self.root.iter("div")
            if "govuk-error-summary" in box.get("class", "").split()
            for link in box.iter("a")
        ]

    def form(self, button: str = "") -> "Form":
        """The form in the main part that has a button of those words (the first one otherwise)."""
        forms = [Form.read(form, self.address) for form in self.find("form")]
        writing = [form for form in forms if form.method == "post" and form.action != "/sign-out"]
        for form in writing:
            if not button or any(button in words for words, _, _ in form.buttons):
                return form
        raise Fault(f"{self.address}: no form with a button {button!r}")


@dataclass
class Form:
    """A form with what is filled in."""

    action: str
    method: str
    fields: list[tuple[str, str]]
    buttons: list[tuple[str, str, str]]
    choices: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, form: Element, address: str) -> "Form":
        made = cls(form.get("action") or address, form.get("method", "get").lower(), [], [])
        for element in form.iter():
            name = element.get("name", "")
            if element.tag == "button":
                made.buttons.append((text_of(element), name, element.get("value", "")))
            elif name and element.tag in FIELD_TAGS:
                made._add(element, name)
        return made

    def _add(self, element: Element, name: str) -> None:
        kind = element.get("type", "text")
        if element.tag == "textarea":
            self.fields.append((name, element.text or ""))
        elif element.tag == "select":
            options = list(element.iter("option"))
            self.choices[name] = [option.get("value", "") for option in options]
            chosen = [option for option in options if option.get("selected") is not None]
            value = (chosen or options[:1])[0].get("value", "") if options else ""
            self.fields.append((name, value))
        elif kind in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(element.get("value", ""))
            if element.get("checked") is not None:
                self.fields.append((name, element.get("value", "")))
        elif kind not in {"submit", "button", "file"}:
            self.fields.append((name, element.get("value", "")))

    def filled(self, **changes: str | list[str] | None) -> list[tuple[str, str]]:
        """The fields as they would be sent, with changes (`a__b` for a field named a-b)."""
        sent = list(self.fields)
        for key, value in changes.items():
            name = key.replace("__", "-")
            sent = [(known, old) for known, old in sent if known != name]
            values = [] if value is None else [value] if isinstance(value, str) else value
            sent += [(name, one) for one in values]
        return sent


class Reader:
    """Walks the site with a client, one page at a time, scripts off."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page: Page | None = None

    async def open(self, address: str, status: int = 200, **options: Any) -> Page:
        """Go to an address, follow redirects, and check the page."""
        return self.read(await self.client.get(address, follow_redirects=True, **options), status)

    async def send(
        self, button: str = "", status: int = 200, **changes: str | list[str] | None
    ) -> Page:
        """Press a button of the page's form after filling fields in."""
        assert self.page is not None
        form = self.page.form(button)
        sent = form.filled(**changes)
        for words, name, value in form.buttons:
            if button and button in words and name:
                sent.append((name, value))
                break
        return await self.post(form.action, sent, status)

    async def post(
        self, address: str, sent: list[tuple[str, str]], status: int = 200, **options: Any
    ) -> Page:
        """Send fields as they are given."""
        data: dict[str, Any] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        answer = await self.client.post(address, data=data, follow_redirects=True, **options)
        return self.read(answer, status)

    def read(self, answer: httpx.Response, status: int) -> Page:
        address = str(answer.url.raw_path.decode())
        if answer.status_code != status:
            raise Fault(
                f"{address}: {answer.status_code} instead of {status}: {answer.text[:3000]}"
            )
        self.page = read_page(answer)
        return self.page


def read_page(answer: httpx.Response) -> Page:
    """The page of an answer. Raises Fault for what a person could stumble over."""
    root = html5lib.parse(answer.text, namespaceHTMLElements=False)
    page = Page(answer.url.raw_path.decode(), answer.status_code, root, answer.text)
    for check in (_one_h1, _labels, _tokens, _summary, _nothing_inline, _unique_ids, _language):
        check(page)
    return page


def text_of(element: Element) -> str:
    """The words of an element in reading order, spaces made single."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _one_h1(page: Page) -> None:
    if len(page.find("h1")) != 1:
        raise Fault(f"{page.address}: {len(page.find('h1'))} h1")


def _labels(page: Page) -> None:
    labelled = {label.get("for") for label in page.find("label")}
    for tag in FIELD_TAGS:
        for element in page.find(tag):
            if element.get("type") in SEEN_TYPES_ONLY:
                continue
            if element.get("id") not in labelled and not element.get("aria-label"):
                raise Fault(f"{page.address}: {element.get('name')} has no label")


def _tokens(page: Page) -> None:
    for form in page.find("form"):
        if form.get("method", "get").lower() == "post" and not any(
            element.get("name") == "csrf_token" for element in form.iter("input")
        ):
            raise Fault(f"{page.address}: a form without its token")


def _summary(page: Page) -> None:
    ids = {element.get("id") for element in page.root.iter()}
    for box in page.root.iter("div"):
        if "govuk-error-summary" not in box.get("class", "").split():
            continue
        for link in box.iter("a"):
            target = link.get("href", "")
            if target.startswith("#") and target[1:] not in ids:
                raise Fault(f"{page.address}: the error summary links to {target}, not there")


def _nothing_inline(page: Page) -> None:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") or element.tag == "style":
            raise Fault(f"{page.address}: inline style at {element.tag}")
        if any(name.startswith("on") for name in element.attrib):
            raise Fault(f"{page.address}: inline script at {element.tag}")
        if element.tag == "script" and (element.text or "").strip():
            raise Fault(f"{page.address}: inline script")


def _unique_ids(page: Page) -> None:
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise Fault(f"{page.address}: ids stand twice: {sorted(twice)}")


def _language(page: Page) -> None:
    if not page.root.get("lang"):
        raise Fault(f"{page.address}: no language")
