"""Finds life events and benefits by what people type: title, keywords, summary, best first."""

from app.forms.tidying import in_ascii
from app.vocabulary.benefit import Benefit
from app.vocabulary.life_event import LifeEvent

LONGEST_QUERY = 60
TITLE, KEYWORD, SUMMARY = 6, 4, 2


def found(events: tuple[LifeEvent, ...], query: str) -> tuple[LifeEvent, ...]:
    """The events that a query names, best first; empty where none does."""
    words = _words(query)
    scored = [(_score(event, words), event) for event in events]
    hits = [(score, event) for score, event in scored if score]
    return tuple(event for _, event in sorted(hits, key=lambda hit: -hit[0]))


def found_benefits(benefits: tuple[Benefit, ...], query: str) -> tuple[Benefit, ...]:
    """What can be applied for alone and is named by the query, best first."""
    words = _words(query)
    scored = [(sum(_benefit_weight(one, word) for word in words), one) for one in benefits]
    hits = [(score, one) for score, one in scored if score]
    return tuple(one for _, one in sorted(hits, key=lambda hit: -hit[0]))


def _benefit_weight(benefit: Benefit, word: str) -> int:
    """By title or keyword only: a summary tells of too many things."""
    if word in f"{benefit.title.zh} {benefit.title.en}".lower() or benefit.title.zh in word:
        return TITLE
    return KEYWORD if _is_named(benefit.keywords, word) else 0


def _is_named(keywords: tuple[str, ...], word: str) -> bool:
    return any(word in keyword.lower() or keyword.lower() in word for keyword in keywords)


def _words(query: str) -> tuple[str, ...]:
    return tuple(in_ascii(query[:LONGEST_QUERY]).lower().split())


def _score(event: LifeEvent, words: tuple[str, ...]) -> int:
    return sum(_weight(event, word) for word in words)


def _weight(event: LifeEvent, word: str) -> int:
    titles = f"{event.title.zh} {event.title.en}".lower()
    if word in titles or event.title.zh.removesuffix("一件事") in word:
        return TITLE
    if _is_named(event.keywords, word):
        return KEYWORD
    return SUMMARY if word in _everything(event) else 0


def _everything(event: LifeEvent) -> str:
    texts = (event.title, event.summary, event.result, event.audience)
    services = (step.service.title for step in event.steps)
    return " ".join(f"{text.zh} {text.en}" for text in (*texts, *services)).lower()
