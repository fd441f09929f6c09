"""Why something is asked: who uses each question, paper and register, what for, under which rule.

Found by reading the conditions and where requests take their fields from; nothing is declared a
second time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from app.forms.answers import Answer, Answers
from app.forms.asking import FOR_WHOM, whole_form
from app.forms.noticing import watched
from app.forms.questions import Choice, Question, Tick
from app.forms.specimen import situations, specimen, specimen_answer
from app.vocabulary.benefit import Benefit
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import Ask, LifeEvent
from app.vocabulary.public_service import PublicService
from app.vocabulary.requests import Filled
from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.rehearsal import rehearse

Purpose = Literal[
    "request",
    "decision",
    "paper",
    "questions",
    "look-up",
    "deadline",
    "reckoning",
    "requirement",
    "outcome",
    "benefit",
    "county",
    "whom",
    "declaration",
]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an answer, a paper or a register's facts.

    By a `service`: "request": it is sent to the authority; "decision": it decides whether the
    service, one of its papers or how many of it are needed; "paper": the service needs this paper;
    "questions": it decides which further questions are asked for it. The others serve no single
    service: a "look-up", a "deadline", a "reckoning" and a "benefit" have a `title`, a
    "requirement" and an "outcome" only rules. `rules` are those under which it is needed.
    """

    purpose: Purpose
    rules: tuple[Rule, ...]
    service: PublicService[Any, Any] | None = None
    title: Words | None = None


Uses = tuple[Use, ...]


def why(event: LifeEvent, asked: str) -> Uses:
    """Who uses the question or paper `asked`, and what for; empty where nobody does."""
    return _all_uses(_Held(event)).get(asked, ())


def why_looked_up(event: LifeEvent, register: str) -> Uses:
    """Which services are served by what a register tells: each once."""
    found: dict[str, Use] = {}
    for question in event.questions:
        if question.shared and question.shared.register == register:
            for use in why(event, question.id):
                if use.service:
                    found.setdefault(use.service.id, use)
    for step in event.steps:
        service = step.service
        told = isinstance(step.request, Filled) and any(
            held.id == register
            for source in step.request.sources.values()
            for held, _ in source.facts
        )
        if told:
            found[service.id] = Use("request", service.rules, service)
        if any(paper.register == register for paper in service.evidence):
            found.setdefault(service.id, Use("paper", service.rules, service))
    return tuple(found.values())


def why_benefits_ask(benefits: Iterable[Benefit], question: str) -> Uses:
    """Which benefits look at a fact, and under which rules."""
    return tuple(
        Use("benefit", benefit.rules, title=benefit.title)
        for benefit in benefits
        if any(asked.id == question for asked in benefit.questions)
    )


def in_plan(uses: Uses, services: Collection[str]) -> Uses:
    """The uses that matter where only `services` are planned; what decides on others still does."""
    return (
        tuple(
            use
            for use in uses
            if use.service is None or use.purpose == "decision" or use.service.id in services
        )
        or uses
    )


def looked_at(event: LifeEvent, look: Callable[[Answers], Any]) -> frozenset[str]:
    """The questions that a function looks at where everything is answered, this way or that."""
    asked, given = _everything(_Held(event))
    found: set[str] = set()
    # Some things are first reckoned from the guidance alone, before the pages tell more.
    left = [dict(given), {one.id: given[one.id] for one in event.guidance}]
    while left:
        answers = left.pop()
        seen, notes = watched(Answers(answers, REHEARSED_ON))
        with suppress(LookupError, ValueError):  # as far as it comes
            look(seen)
        for name in (notes.noticed - found) & asked.keys():
            kind = asked[name].kind
            options = kind.options if isinstance(kind, Choice) else ()
            left += [{**answers, name: option.value} for option in options]
        found |= notes.noticed
    return frozenset(found & asked.keys())


class _Held:
    """A life event as a key of the cache: equal by identity, for declarations are never changed."""

    def __init__(self, event: LifeEvent) -> None:
        self.event = event

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.event is self.event

    def __hash__(self) -> int:
        return id(self.event)


# Requests do not depend on the day beyond its being after the dates answered.
REHEARSED_ON = date(2026, 1, 15)
_SOMEBODY = Person("王小样", "331002199003070020", "13800000000")


@lru_cache(maxsize=64)
def _everything(held: _Held) -> tuple[Mapping[str, Question], Mapping[str, Answer]]:
    """Every question, and an answer to it."""
    asked = {question.id: question for question in held.event.questions}
    return asked, {name: specimen_answer(one, REHEARSED_ON) for name, one in asked.items()}


@lru_cache(maxsize=64)
def _all_uses(held: _Held) -> dict[str, Uses]:
    event = held.event
    found: dict[str, dict[tuple[str, str], Use]] = {}
    for name, use in (
        *_uses_of_services(event),
        *_watched_uses(event),
        *_uses_beforehand(event),
        *_uses_of_look_ups(event),
    ):
        key = use.service.id if use.service else use.title.zh if use.title else ""
        kept = found.setdefault(name, {}).setdefault((key, use.purpose), use)
        if not use.service:
            rules = {rule.id: rule for rule in (*kept.rules, *use.rules)}
            found[name][key, use.purpose] = Use(
                kept.purpose, tuple(rules.values()), title=kept.title
            )
    uses = {name: tuple(by_key.values()) for name, by_key in found.items()}
    uses |= _with_questions(event, uses)
    return uses | _declared(event, uses)


def _uses_of_services(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What papers, conditions and the sources of requests say."""
    for step in event.steps:
        service = step.service
        for paper in service.evidence:
            yield paper.id, Use("paper", service.rules, service)
        deciding = [
            step.applies.questions,
            *(paper.applies.questions for paper in service.evidence),
        ]
        if step.each:
            deciding.append(frozenset({step.each.count}))
        for name in frozenset().union(*deciding):
            yield name, Use("decision", service.rules, service)
        if isinstance(step.request, Filled):
            for name in step.request.questions:
                yield name, Use("request", service.rules, service)


def _watched_uses(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What requests look at that a function builds, in every situation that choices can make."""
    if all(isinstance(step.request, Filled) for step in event.steps):
        return
    for answers in situations(event, REHEARSED_ON):
        for played in rehearse(event, answers, REHEARSED_ON):
            service = played.step.service
            for name in played.noticed:
                yield name, Use("request", service.rules, service)


def _uses_beforehand(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What is told before submitting, who decides, and what is declared."""
    for guidance in event.outcomes:
        rules = (guidance.rule,) if guidance.rule else ()
        for name in guidance.when.questions:
            yield name, Use("outcome", rules or event.rules[:1])
    for requirement in event.requirements:
        for name in requirement.condition.questions:
            yield name, Use("requirement", (requirement.rule,))
    for deadline in event.deadlines:
        for name in {deadline.counted_from} | deadline.applies.questions:
            yield name, Use("deadline", (deadline.rule,), title=deadline.title)
    for reckoning in event.reckonings:
        for name in reckoning.questions | looked_at(event, reckoning.reckon):
            yield name, Use("reckoning", (reckoning.rule,), title=reckoning.title)
    yield event.county, Use("county", event.rules)
    if event.for_whom:
        yield FOR_WHOM, Use("whom", event.rules)


def _uses_of_look_ups(event: LifeEvent) -> Iterator[tuple[str, Use]]:
    """What registers are asked with, and what decides whether they are."""
    for ask in event.asks:
        use = Use("look-up", (ask.register.rule,), title=ask.register.title)
        yield from ((name, use) for name in ask.applies.questions | _sent(event, ask))


def _sent(event: LifeEvent, ask: Ask[Any]) -> frozenset[str]:
    if isinstance(ask.request, Filled):
        return ask.request.questions
    seen, notes = watched(specimen(event, REHEARSED_ON))
    try:
        ask.request(CaseFile("REHEARSAL", _SOMEBODY, seen, REHEARSED_ON))
    except (LookupError, ValueError, TypeError, AttributeError):
        return frozenset(notes.noticed)  # as far as it came
    return frozenset(notes.noticed)


def _with_questions(event: LifeEvent, uses: Mapping[str, Uses]) -> dict[str, Uses]:
    """The uses of questions that decide which others are asked, with what those are for."""
    hanging: dict[str, set[str]] = {}
    for page in whole_form(event):
        on_page = page.applies.questions | ({page.each.count} if page.each else frozenset())
        for question in page.questions:
            for name in on_page | question.applies.questions:
                hanging.setdefault(name, set()).add(question.id)

    def served(name: str, seen: frozenset[str]) -> dict[str, PublicService[Any, Any]]:
        direct = [use.service for use in uses.get(name, ()) if use.service]
        found = {service.id: service for service in direct}
        for other in sorted(hanging.get(name, set()) - seen):
            found |= served(other, seen | {name})
        return found

    told = {}
    for name in hanging:
        own = uses.get(name, ())
        known = {use.service.id for use in own if use.service}
        told[name] = own + tuple(
            Use("questions", service.rules, service)
            for service in served(name, frozenset()).values()
            if service.id not in known
        )
    return told


def _declared(event: LifeEvent, uses: Mapping[str, Uses]) -> dict[str, Uses]:
    """What is ticked and read by nobody: a promise for what its page is asked for, else for all."""
    found = {}
    for page in whole_form(event):
        beside = [use for question in page.questions for use in uses.get(question.id, ())]
        services = {use.service.id: use.service for use in beside if use.service}
        of_page = tuple(Use("declaration", one.rules, one) for one in services.values())
        for question in page.questions:
            if isinstance(question.kind, Tick) and question.id not in uses:
                found[question.id] = of_page or (Use("declaration", event.rules),)
    return found
