"""What a reading gives: values to keep, values to let go, and what to mend where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.forms.answers import Answer, Answers
from app.wording import Words

# Page ids of the questions that stand before and after a life event's own pages.
WHO_FOR = "who-for"
GUIDANCE = "guidance"
DECLARATIONS = "declarations"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to mend: the question, its first bad input, and a sentence of what to do.

    `page`, `group` and `item` (counted from 0) say where it is asked; `pointer` is the JSON pointer
    (RFC 6901) of the value within an API document.
    """

    question: str
    input: str
    message: Words
    page: str = ""
    group: str | None = None
    item: int | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `values` to keep, `dropped` ids to let go, `corrections` to show.

    A field that needs a correction is in `dropped` and never in `values`; all others are kept, so
    that a half-filled page loses nothing. `typed` is what to show again, by input name.
    """

    values: dict[str, Answer]
    corrections: tuple[Correction, ...] = ()
    dropped: frozenset[str] = frozenset()
    typed: Mapping[str, str | list[str]] = field(default_factory=dict)

    def onto(self, answers: Answers, group: str | None = None, index: int = 0) -> Answers:
        """The case's answers after this reading (of item `index` of `group`, where given)."""
        if group is None:
            kept = {key: value for key, value in answers.values.items() if key not in self.dropped}
            return Answers({**kept, **self.values}, answers.today)
        grown = answers.with_item(group, index, self.values)
        items = grown.values[group]
        assert isinstance(items, list)
        for key in self.dropped:
            item = items[index]
            assert isinstance(item, dict)
            item.pop(key, None)
        return grown
