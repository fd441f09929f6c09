"""Short digests of declared values: equal in every process for what reads and works the same.

A field that holds its default counts for nothing, so that declarations stay the same when the
vocabulary learns a new word. A function of a declaration counts by its code, not by its name,
comments and layout; one of the machinery by its name, with the values that it was made with.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from types import CodeType, FunctionType, MethodType
from typing import Any

_LENGTH = 12
_MACHINERY = re.compile(r"app\.(forms|workflow|vocabulary)\.(?!common_)")
_Function = ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef


def fingerprint(
    value: object, named: tuple[type, ...] = (), without: frozenset[str] = frozenset()
) -> str:
    """The digest of a declared value.

    Values of the `named` types count by their id only; `without` are fields of `value` itself that
    do not count.
    """
    told = _Telling(named).told(value, without)
    return sha256(repr(told).encode()).hexdigest()[:_LENGTH]


class _Telling:
    """Tells a value as nested tuples of texts and numbers, whatever a declaration may hold."""

    def __init__(self, named: tuple[type, ...]) -> None:
        self.named = named
        self._above: list[int] = []
        self._ways: tuple[tuple[type | tuple[type, ...], Callable[[Any], object]], ...] = (
            (named, lambda value: (type(value).__name__, value.id)),
            (Enum, lambda value: (type(value).__name__, value.name)),
            (type, lambda value: value.__name__),
            ((list, tuple), lambda value: tuple(map(self.told, value))),
            ((set, frozenset), lambda value: tuple(sorted(repr(self.told(x)) for x in value))),
            (Mapping, self._pairs),
            (partial, lambda value: self.told((value.func, value.args, value.keywords))),
            (MethodType, lambda value: self.told((value.__self__, value.__func__))),
            (FunctionType, self._function),
        )

    def told(self, value: Any, without: frozenset[str] = frozenset()) -> object:
        """One value; what holds itself ends there."""
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if id(value) in self._above:
            return "itself"
        self._above.append(id(value))
        try:
            for kinds, tell in self._ways:
                if isinstance(value, kinds):
                    return tell(value)
            if is_dataclass(value):
                return type(value).__name__, self._fields(value, without)
            return type(value).__name__, str(value) if _says_what_it_is(value) else ""
        finally:
            self._above.pop()

    def _fields(self, value: Any, without: frozenset[str]) -> object:
        return tuple(
            (part.name, self.told(getattr(value, part.name)))
            for part in fields(value)
            if part.init
            and part.name not in without
            and not _is_default(part, getattr(value, part.name))
        )

    def _pairs(self, value: Mapping[Any, Any]) -> object:
        pairs = ((repr(self.told(key)), repr(self.told(part))) for key, part in value.items())
        return tuple(sorted(pairs))

    def _function(self, value: FunctionType) -> object:
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        is_ours = _MACHINERY.match(value.__module__ or "")
        return value.__qualname__ if is_ours else _code(value.__code__), self.told(
            (cells, value.__defaults__ or (), value.__kwdefaults__ or {})
        )


def _is_default(part: Field[Any], value: Any) -> bool:
    if part.default is not MISSING:
        return bool(part.default is value or part.default == value)
    return part.default_factory is not MISSING and bool(part.default_factory() == value)


def _says_what_it_is(value: object) -> bool:
    """Whether its text is its value (a date, an amount) and not its place in memory."""
    return type(value).__str__ is not object.__str__ and " object at 0x" not in str(value)


@cache
def _code(code: CodeType) -> str:
    """The text of a function; its names and constants where there is no source."""
    nodes = _functions_of(code.co_filename).get((code.co_firstlineno, code.co_name))
    if nodes:
        return "\n".join(_code_alone(node) for node in nodes)
    constants = [part for part in code.co_consts if isinstance(part, str | int | float)]
    inner = [_code(part) for part in code.co_consts if isinstance(part, CodeType)]
    return repr((code.co_names, constants, inner))


# Declarations are read file by file, so few trees have to be kept.
@lru_cache(maxsize=4)
def _functions_of(file: str) -> dict[tuple[int, str], list[_Function]]:
    """Every function of a source file by first line and name; lambdas may share a line."""
    try:
        tree = ast.parse(Path(file).read_text("utf-8"))
    except (OSError, ValueError, SyntaxError):
        return {}
    found: dict[tuple[int, str], list[_Function]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda):
            found.setdefault((node.lineno, "<lambda>"), []).append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(part.lineno for part in node.decorator_list)])
            found.setdefault((first, node.name), []).append(node)
    return found


def _code_alone(node: _Function) -> str:
    """A function's text without its name and its own docstring."""
    if isinstance(node, ast.Lambda):
        return ast.unparse(node)
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return "\n".join(ast.unparse(part) for part in (node.args, *body))
