"""One answer as the separate texts of its inputs, and what is wrong with one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.forms import identifiers
from app.forms.answers import Answer
from app.forms.tidying import tidied
from app.wording import Words

# The texts of one question's inputs by part; a question with a single input has the part "".
Parts = Mapping[str, str | list[str]]

GONE_WRONG = Words(
    "这一项的格式不对，请按表单说明重新填写。",
    "This is not in the form that was asked for; fill it in again as described.",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken and what to do; `part` is its input, "" the whole."""

    message: Words
    part: str = ""


def text_of(parts: Parts, part: str = "") -> str:
    """The text of one input; of several texts under one name the last, empty where none."""
    value = parts.get(part, "")
    if isinstance(value, str):
        return value
    return value[-1] if value and isinstance(value[-1], str) else ""


def several_of(parts: Parts, part: str = "") -> list[str]:
    """Every text that is not empty under one name."""
    value = parts.get(part, "")
    return [value] if isinstance(value, str) and value else [item for item in value if item]


def is_wrong_shape(parts: Parts) -> bool:
    """Whether something else than text arrived, for example a file."""
    for value in parts.values():
        if isinstance(value, str):
            continue
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return True
    return False


Outcome = Answer | Problem | None


def length_problem(text: str, longest: int, shortest: int = 1, part: str = "") -> Problem | None:
    """What is wrong with the number of characters of a text, or None."""
    if len(text) > longest:
        message = Words(
            f"最多{longest}个字，现在有{len(text)}个，请精简一下。",
            f"At most {longest} characters fit; there are {len(text)}. Please shorten it.",
        )
        return Problem(message, part)
    if len(text) < shortest:
        message = Words(
            f"至少要写{shortest}个字，请再写详细一些。",
            f"Write at least {shortest} characters; please say a little more.",
        )
        return Problem(message, part)
    return None


def name_from(raw: str, part: str = "") -> str | Problem | None:
    """A person's name as it is kept, what is wrong with it, or None where nothing was typed."""
    text = tidied(raw)
    if isinstance(text, Words):
        return Problem(text, part)
    name = identifiers.plain_name(text)
    if not name:
        return None
    wrong = identifiers.name_problem(name)
    return Problem(wrong, part) if wrong else name
