"""Why somebody in an office read a resident's data, as it is kept and as the resident is told."""

from typing import Final, Literal

from app.catalogue import Catalogue
from app.wording import Words

Purpose = Literal["review", "reveal", "paper"]

_SAID: Final[dict[str, Words]] = {
    "review": Words("审核“{service}”", "To review “{service}”"),
    "reveal": Words(
        "核对完整证件信息，办理“{service}”", "To check numbers in full for “{service}”"
    ),
    "paper": Words("查看材料，办理“{service}”", "To look at a paper for “{service}”"),
}


def purpose_of(purpose: Purpose, service_id: str) -> str:
    """As it is kept: what for, and for which service."""
    return f"{purpose}:{service_id}"


def purpose_words(catalogue: Catalogue, kept: str) -> Words:
    """As the resident reads it; what is not ours to read stays as it was written."""
    purpose, _, service_id = kept.partition(":")
    said = _SAID.get(purpose)
    if said is None:
        return Words(kept, kept)
    service = catalogue.services.get(service_id)
    title = service.title if service else Words(service_id, service_id)
    return Words(said.zh.format(service=title.zh), said.en.format(service=title.en))
