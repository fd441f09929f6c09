"""What newer editions changed for one draft, kept with it until it is submitted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class News:
    """What its resident has to know before submitting; ids only, never what was answered.

    `questions` says of questions on pages that they are new, changed or moved there; `guidance` are
    questions before the form and `registers` those newly asked, to be looked at again. Of a
    `dropped` answer the label is kept where the form has no such question any more. `papers` and
    `steps` are new or changed, `ended` are services that are not joined any more.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    guidance: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    dropped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "News":
        """As it was kept."""
        held: dict[str, Any] = {
            name: tuple(told) if isinstance(told, list) else told for name, told in kept.items()
        }
        return cls(**held)

    def as_kept(self) -> dict[str, Any]:
        """As JSON holds it; what there is nothing of is left out."""
        return {name: held for name, held in asdict(self).items() if held}
