"""The record of published editions: a life event that changed has to have another version.

`docs/editions.json` holds a digest for every version of every life event. `make check` compares it
with the declarations; `make editions` writes down what is new.
"""

import os
import re
import sys
from collections.abc import Collection, Mapping
from typing import Final

from app.catalogue import load
from app.errors import Misdeclared
from app.settings import PROJECT_FOLDER
from app.vocabulary.life_event import LifeEvent
from app.workflow.editions import digest_of

RECORD: Final = PROJECT_FOLDER / "docs" / "editions.json"
_LINE = re.compile(r'\s*"(?P<edition>[a-z0-9-]+ [^"]+)": "(?P<digest>[0-9a-f]+)",?')

# By "id version"; two digests where two branches recorded the same version (a merge conflict).
Record = Mapping[str, frozenset[str]]


def main() -> int:
    """Write what is new; `again=ID` (or `all`) writes a version anew that nobody has published.

    With `--check` nothing is written. Out: 0, or 1 after saying what to do.
    """
    words = sys.argv[1:]
    try:
        events = load().editions
    except Misdeclared as refusal:
        print(refusal, file=sys.stderr)
        return os.EX_CONFIG
    recorded = read(RECORD.read_text("utf-8") if RECORD.exists() else "")
    again = {word.removeprefix("again=") for word in words if word.startswith("again=")}
    faults = (
        unrecorded(events, recorded) if "--check" in words else changed(events, recorded, again)
    )
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults and "--check" not in words:
        RECORD.write_text(written(events, recorded), "utf-8")
    return 1 if faults else 0


def read(text: str) -> Record:
    """The record; lines of a merge conflict count, whichever side they are from."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if told := _LINE.fullmatch(line):
            found.setdefault(told["edition"], set()).add(told["digest"])
    return {edition: frozenset(digests) for edition, digests in found.items()}


def written(events: Collection[LifeEvent], recorded: Record) -> str:
    """The record with these editions in it, one a line; others stay, for a version is used once."""
    digests = {edition: min(known) for edition, known in recorded.items()}
    digests |= {_name(event): digest_of(event) for event in events}
    lines = [f'  "{edition}": "{digest}"' for edition, digest in sorted(digests.items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def changed(
    events: Collection[LifeEvent], recorded: Record, again: Collection[str] = ()
) -> list[str]:
    """A sentence for each edition that is not what was recorded under its version."""
    return [
        f"{event.id}: version {event.version!r} is recorded and has changed since. If it was "
        f"published, give it another version (and keep the old one as a superseded edition while "
        f"cases run under it); if not, run: make editions again={event.id}"
        for event in events
        if recorded.get(_name(event), {digest_of(event)}) != {digest_of(event)}
        and not {event.id, "all"} & set(again)
    ]


def unrecorded(events: Collection[LifeEvent], recorded: Record) -> list[str]:
    """The same, and a sentence for each new version that is not in the record.

    A life event of which no version was recorded has not been published: it may change freely.
    """
    published = {name.partition(" ")[0] for name in recorded}
    return [
        *changed(events, recorded),
        *(
            f"{event.id}: docs/editions.json does not know version {event.version!r} yet; "
            "run: make editions"
            for event in events
            if event.id in published and _name(event) not in recorded
        ),
    ]


def _name(event: LifeEvent) -> str:
    return f"{event.id} {event.version}"


if __name__ == "__main__":
    sys.exit(main())
