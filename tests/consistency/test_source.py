"""Rules of the house that no linter knows: size of modules, words in both languages, log lines."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import PROJECT_FOLDER
from app.telemetry import FIELDS

APP = PROJECT_FOLDER / "app"
MODULES = sorted(APP.rglob("*.py"))
SOURCES = [
    path
    for folder in ("app", "tests", "templates", "static/js", "theme", "docs", "migrations", "bench")
    for path in sorted((PROJECT_FOLDER / folder).rglob("*"))
    if path.suffix in {".py", ".html", ".js", ".md", ".scss", ".toml", ".yml"}
]
HAN = re.compile(r"[\u4e00-\u9fff]")
MOST_LINES = 400
LOG_METHODS = {"debug", "info", "warning", "error", "critical", "exception"}


def short(path: Path) -> str:
    return path.relative_to(PROJECT_FOLDER).as_posix()


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_module_is_longer_than_a_noun(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_the_first_line_says_what_a_module_is_for(path: Path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said
    first = said.splitlines()[0]
    assert first.endswith("."), first


def literal(node: ast.expr) -> str | None:
    """The text of a literal, f-strings with their fixed parts; None for anything computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def test_every_text_is_in_both_languages():
    faults, read = [], 0
    for path in MODULES:
        for call in calls(path):
            if not (isinstance(call.func, ast.Name) and call.func.id == "Words"):
                continue
            texts = [literal(argument) for argument in call.args]
            if len(texts) != 2 or None in texts:
                continue
            read += 1
            chinese, english = texts
            is_sign = not re.search(r"[A-Za-z\u4e00-\u9fff]", f"{chinese}{english}")
            says_both = bool(chinese and english) and not HAN.search(english or "")
            if not is_sign and not says_both:
                faults.append(f"{short(path)}:{call.lineno}: {chinese!r} / {english!r}")
    assert read > 500
    assert faults == []


def log_calls(path: Path) -> Iterator[ast.Call]:
    """Calls such as `log_.info("event", field=…)`."""
    for call in calls(path):
        function = call.func
        if (
            isinstance(function, ast.Attribute)
            and function.attr in LOG_METHODS
            and isinstance(function.value, ast.Name)
            and re.fullmatch(r"_?(?:log|logger|LOG|LOGGER|log_)", function.value.id)
        ):
            yield call


def test_log_lines_are_constants_with_known_fields():
    faults, read = [], 0
    for path in MODULES:
        for call in log_calls(path):
            read += 1
            where = f"{short(path)}:{call.lineno}"
            if len(call.args) != 1 or not isinstance(call.args[0], ast.Constant):
                faults.append(f"{where}: the event must be one constant")
            faults += [
                f"{where}: {keyword.arg} is not among telemetry.FIELDS and would be dropped"
                for keyword in call.keywords
                if keyword.arg is not None and keyword.arg not in {*FIELDS, "exc_info"}
            ]
    assert read > 5
    assert faults == []


def test_only_telemetry_logs_and_nothing_prints():
    allowed = {"app/telemetry.py"}
    faults = []
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        if short(path) not in allowed and re.search(
            r"^\s*(?:import logging|from logging)", source, re.MULTILINE
        ):
            faults.append(f"{short(path)}: uses logging; use app.telemetry.log")
    assert faults == []


# Spelled in pieces, so that this file is not its own first find.
ELSEWHERE = (
    "/work/" + "shared",
    "/work/" + "main",
    "/tm" + "p/brief",
    "TO" + "DO:",
    "FIX" + "ME",
    "XX" + "X ",
    "lorem " + "ipsum",
)


def test_nothing_is_left_to_do_and_no_path_of_a_machine_is_named():
    found = [
        f"{short(path)}: {word}"
        for path in SOURCES
        for word in ELSEWHERE
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_markup_is_made_by_templates():
    faults = []
    for path in MODULES:
        for call in calls(path):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            attribute = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            computed = bool(call.args) and literal(call.args[0]) is None
            if name == "Markup" and computed and short(path) not in MAY_MARK_UP:
                faults.append(f"{short(path)}:{call.lineno}: Markup of something computed")
            if attribute == "from_string":
                faults.append(f"{short(path)}:{call.lineno}: a template made from a string")
    assert faults == []


# Where Markup wraps what a library or a component drew: a QR code, a rendered component.
MAY_MARK_UP = {"app/residents/my_cases.py", "app/pages/formats.py", "app/pages/rendering.py"}
