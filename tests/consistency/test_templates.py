"""Templates: each is used, none carries inline code, none lets raw text through."""

import re
from pathlib import Path

import pytest

from app.settings import PROJECT_FOLDER

TEMPLATES = PROJECT_FOLDER / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def short(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def markup(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_every_template_is_used():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (PROJECT_FOLDER / "app").rglob("*.py")
    )
    gallery = PROJECT_FOLDER / "tests" / "pages" / "gallery.html"
    everything = code + "\n".join(markup(path) for path in (*FILES, gallery))
    unused = [
        short(path)
        for path in FILES
        if not re.search(rf'["/]{re.escape(path.name)}["\']', everything)
    ]
    assert unused == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_no_inline_code(path: Path):
    text = markup(path)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text.lower()
    assert not re.search(r"hx-(?:on|vals=.js:)", text)


@pytest.mark.parametrize("path", FILES, ids=short)
def test_nothing_is_shown_unescaped(path: Path):
    text = markup(path)
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape false" not in text


@pytest.mark.parametrize("path", FILES, ids=short)
def test_nothing_comes_from_elsewhere(path: Path):
    addresses = re.findall(r"(?:src|href|action)\s*=\s*[\"'](https?://[^\"']*)", markup(path))
    assert addresses == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_every_form_that_changes_something_carries_the_token(path: Path):
    text = markup(path)
    blocks = re.findall(r"{%-? set (\w+) -?%}(.*?){%-? endset", text, re.DOTALL)
    carriers = "|".join(["csrf", *(name for name, block in blocks if "csrf" in block)])
    forms = re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.DOTALL | re.IGNORECASE
    )
    for form in forms:
        assert re.search(rf"(?:csrf|\b(?:{carriers})\b)", form), (
            f"a form without csrf(csrf_token): {form}"
        )
