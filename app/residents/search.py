"""Finds life events by what people type: title, keywords and summary, best first."""

from app.forms.tidying import in_ascii
from app.vocabulary.life_event import LifeEvent

LONGEST_QUERY = 60
TITLE, KEYWORD, SUMMARY = 6, 4, 2


def found(events: tuple[LifeEvent, ...], query: str) -> tuple[LifeEvent, ...]:
    """The events that a query names, best first; empty where none does."""
    words = _words(query)
    scored = [(_score(event, words), event) for event in events]
    hits = [(score, event) for score, event in scored if score]
    return tuple(event for _, event in sorted(hits, key=lambda hit: -hit[0]))


def _words(query: str) -> tuple[str, ...]:
    return tuple(in_ascii(query[:LONGEST_QUERY]).lower().split())


def _score(event: LifeEvent, words: tuple[str, ...]) -> int:
    return sum(_weight(event, word) for word in words)


def _weight(event: LifeEvent, word: str) -> int:
    titles = f"{event.title.zh} {event.title.en}".lower()
    if word in titles or event.title.zh.removesuffix("一件事") in word:
        return TITLE
    if any(word in keyword.lower() or keyword.lower() in word for keyword in event.keywords):
        return KEYWORD
    return SUMMARY if word in _everything(event) else 0


def _everything(event: LifeEvent) -> str:
    texts = (event.title, event.summary, event.result, event.audience)
    services = (step.service.title for step in event.steps)
    return " ".join(f"{text.zh} {text.en}" for text in (*texts, *services)).lower()
