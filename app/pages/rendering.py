"""Turn a template and its words into an answer, in Chinese or in English."""

import gzip
import io
import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    nodes,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.forms.divisions import counties
from app.pages.formats import Sayable, filters, say
from app.pages.static_files import static_url
from app.pages.viewing import LANG_TAGS, Language, address_with, remember_view, view_of

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "templates"
CATALOGUE = PROJECT / "locale" / "en" / "LC_MESSAGES" / "portal.po"
GZIP_FROM_BYTES = 1000
GZIP_LEVEL = 5
_NEEDS_ESCAPING = re.compile("[&<>\"']").search

GOVUK_MACROS = {
    "govukButton": "button",
    "govukCharacterCount": "character-count",
    "govukCheckboxes": "checkboxes",
    "govukDateInput": "date-input",
    "govukDetails": "details",
    "govukErrorSummary": "error-summary",
    "govukFieldset": "fieldset",
    "govukFileUpload": "file-upload",
    "govukInput": "input",
    "govukNotificationBanner": "notification-banner",
    "govukPagination": "pagination",
    "govukPanel": "panel",
    "govukRadios": "radios",
    "govukSelect": "select",
    "govukSummaryList": "summary-list",
    "govukTabs": "tabs",
    "govukTaskList": "task-list",
    "govukTextarea": "textarea",
}


def page(
    request: Request,
    template: str | Template,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Render a template for this visitor; the answer is personal and is never kept by a cache.

    In: the request, the template's name, the HTTP status, extra headers, the template's words.
    A `session` in the context (anything with a `csrf_token`) gives the templates `csrf_token`.
    Raises jinja2.UndefinedError when the template uses a word that nobody gave.
    """
    view = view_of(request)
    known = _context(request, context)
    body = environment(view.lang).get_template(template).render(known).encode()
    sent_headers = {
        "cache-control": "no-store",
        "content-language": view.lang_tag,
        "vary": "Accept-Encoding, Cookie, HX-Request",
        **(headers or {}),
    }
    if len(body) >= GZIP_FROM_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        sent_headers["content-encoding"] = "gzip"
    response = HTMLResponse(body, status_code=status, headers=sent_headers)
    remember_view(request, response)
    return response


def fragment(
    request: Request,
    template: str | Template,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Render a part of a page (`_name.html`), the same file that the whole page includes."""
    return page(request, template, status=status, headers=headers, **context)


def piece(lang: Language, template: str, **words: Any) -> Markup:
    """A part of a page that depends on its words only, not on who asks; the caller may keep it."""
    return Markup(environment(lang).get_template(template).render(words))  # noqa: S704 - rendered


def warm_up() -> None:
    """Compile every template in both languages, so that a broken one stops the start."""
    for lang in LANG_TAGS:
        env = environment(lang)
        for name in env.list_templates(extensions=["html"]):
            env.get_template(name)


class PageCode(CodeGenerator):
    """Compiles templates so that values are escaped by `Pages.escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Pages(Environment):
    """An environment for many small values and many components.

    Its globals never change once it is built. They are one plain dictionary: Jinja's chain of two
    is searched slowly, and each import of a component compares them with those of the page.
    """

    code_generator_class = PageCode

    @staticmethod
    def escaped(value: Any) -> str:
        """As markupsafe's `escape`, but most values hold nothing to escape and stay as they are."""
        if type(value) is Markup or (type(value) is str and not _NEEDS_ESCAPING(value)):
            return value
        return escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}


class SharedCode(BytecodeCache):
    """Templates that were compiled for one language serve the other one too."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same text."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


_SHARED_CODE = SharedCode()


@cache
def environment(lang: Language) -> Environment:
    """The Jinja environment of one language, built once per process."""
    env = Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_SHARED_CODE,
    )
    # Added by the i18n extension at run time, hence unknown to the type checker.
    install = vars(env)["install_gettext_translations"]
    install(_translations(lang), newstyle=True)
    env.filters.update({name: _at_run_time(found) for name, found in filters(lang).items()})
    env.globals.update(_govuk_macros())
    env.globals.update(
        _=_texts(lang),
        lang=lang,
        lang_tag=LANG_TAGS[lang],
        static=static_url,
        part=_part_maker(lang),
        counties=counties(),
    )
    return env


def _context(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    session = given.get("session", getattr(request.state, "session", None))
    settings = getattr(request.app.state, "settings", None)
    return {
        "view": view_of(request),
        "path": request.url.path,
        "address_with": lambda **choices: address_with(request, **choices),
        "csrf_token": getattr(session, "csrf_token", ""),
        "signed_in_as": getattr(session, "signed_in_as", None),
        "acting_for": None,
        "errors": (),
        "demo_mode": getattr(settings, "mode", "") == "demo",
        **given,
        "session": session,
    }


def _at_run_time(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that the compiler does not apply to constants: its result is of one language, what
    is compiled is shared by both.
    """

    @pass_context
    def filtered(_context: Context, *args: Any, **choices: Any) -> Any:
        return filter_(*args, **choices)

    return filtered


def _texts(lang: Language) -> Callable[..., Markup]:
    """The `_` of templates: a text in this language, each looked up once in the catalogue.

    As Jinja's own `_` it takes `%(name)s` places, escapes what comes into them, and wants a
    per cent sign doubled.
    """
    translations = _translations(lang)

    @cache
    def translated(original: str) -> Markup:
        return Markup(translations.gettext(original))  # noqa: S704 - our own texts

    @cache
    def plain(original: str) -> Markup:
        return translated(original) % {}

    def say_text(original: str, **values: Any) -> Markup:
        return translated(original) % values if values else plain(original)

    return say_text


def _part_maker(lang: Language) -> Any:
    def part(value: Sayable, **more: Any) -> dict[str, Any] | None:
        return {"text": say(lang, value), **more} if value else None

    return part


@cache
def _govuk_macros() -> dict[str, Any]:
    """The design system's macros, rendered in an environment of their own.

    They rely on absent parameters being quietly empty, which our own templates must not.
    """
    env = Pages(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    folder = "govuk_frontend_jinja/components"
    return {
        macro: getattr(env.get_template(f"{folder}/{name}/macro.html").module, macro)
        for macro, name in GOVUK_MACROS.items()
    }


def _translations(lang: Language) -> NullTranslations:
    if lang == "zh":
        return NullTranslations()
    with CATALOGUE.open("rb") as catalogue_file:
        catalogue = read_po(catalogue_file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(fp=compiled)
