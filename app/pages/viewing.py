"""How this visitor wants pages shown: language, elder mode, text size and colour theme."""

from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

Language = Literal["zh", "en"]

CHOICES: dict[str, tuple[str, ...]] = {
    "lang": ("zh", "en"),
    "mode": ("standard", "elder"),
    "size": ("normal", "max"),
    "theme": ("auto", "light", "dark"),
}
LANG_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
ONE_YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class View:
    """The four choices; the first of each list in CHOICES is the default."""

    lang: Language = "zh"
    mode: str = "standard"
    size: str = "normal"
    theme: str = "auto"

    @property
    def lang_tag(self) -> str:
        """The language tag for HTML and for the Content-Language header."""
        return LANG_TAGS[self.lang]

    @property
    def is_elder(self) -> bool:
        """Whether the elder version (长者版) is on."""
        return self.mode == "elder"


def view_of(request: Request) -> View:
    """Read the visitor's choices: the address (`?lang=en`) wins over the cookie."""
    chosen = {name: _choice(request, name) for name in CHOICES}
    return View(
        lang=cast("Language", chosen["lang"]),
        mode=chosen["mode"],
        size=chosen["size"],
        theme=chosen["theme"],
    )


def remember_view(request: Request, response: Response) -> None:
    """Keep what the address asked for in first-party cookies for a year."""
    for name, allowed in CHOICES.items():
        asked = request.query_params.get(name)
        if asked in allowed and request.cookies.get(name) != asked:
            response.set_cookie(
                name,
                asked,
                max_age=ONE_YEAR_SECONDS,
                path="/",
                samesite="lax",
                httponly=True,
                secure=request.url.scheme == "https",
            )


def address_with(request: Request, **choices: str) -> str:
    """The path and query of this page with other view choices, for the links in the header.

    A browser reads `//host`, `/\\host` and `/<tab>/host` as another site, so one slash begins it.
    """
    changed = request.url.include_query_params(**choices)
    path = quote(request.url.path, safe="/%:@!$&'()*+,;=~", errors="replace")
    return f"/{path.lstrip('/')}?{changed.query}"


def _choice(request: Request, name: str) -> str:
    allowed = CHOICES[name]
    for offered in (request.query_params.get(name), request.cookies.get(name)):
        if offered in allowed:
            return offered
    return allowed[0]
