"""Finds what of a life event nobody could ever reach, and cases that no desk would handle."""

from collections.abc import Callable, Iterator

from app.forms.asking import FOR_WHOM
from app.forms.conditions import ALWAYS, All, Condition, Is
from app.forms.divisions import ELSEWHERE
from app.forms.questions import Address, Choice, Question
from app.forms.soundness import Known
from app.vocabulary.life_event import LifeEvent

# What every form of the portal sends beside the answers.
RESERVED = frozenset({"csrf_token", FOR_WHOM})

Wanted = dict[str, frozenset[str]]


def reach_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """What can never happen in a life event, or has no desk; one sentence each."""
    yield from _name_faults(event)
    yield from _never_faults(event, known)
    yield from _county_faults(event, known)
    if not event.version.isdecimal():
        yield f"version {event.version!r}: has to be a whole number, for the next is one more"
    if event.minutes < 1:
        yield f"minutes: {event.minutes} is no time to fill in a form"


def _name_faults(event: LifeEvent) -> Iterator[str]:
    for question in event.questions:
        if question.id in RESERVED:
            yield f"question {question.id!r}: the name is taken by the portal; choose another"
    for what, named in (
        ("group", [group.id for group in event.groups]),
        ("requirement", [requirement.id for requirement in event.requirements]),
        ("deadline", [deadline.id for deadline in event.deadlines]),
        ("reckoning", [reckoning.id for reckoning in event.reckonings]),
        ("look-up", [ask.register.id for ask in event.asks]),
    ):
        for name in sorted({name for name in named if named.count(name) > 1}):
            yield f"{what} {name!r}: stands twice"


def _never_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """Conditions that contradict themselves, or hold only where the guidance has said stop.

    Only what stands in one `&` of plain choices is looked at; the tests of every life event play
    whole situations.
    """
    offered = _offered_by(known)
    ended: Wanted = {}
    for outcome in event.outcomes:
        when = outcome.when
        if outcome.outcome == "stop" and isinstance(when, Is) and offered(when.question):
            ended[when.question] = ended.get(when.question, frozenset()) | set(when.values)
    places = [
        *((f"page {page.id!r}", page.applies) for page in event.pages),
        *((f"question {question.id!r}", question.applies) for question in event.questions),
        *((f"step {step.service.id!r}", step.applies) for step in event.steps),
    ]
    for where, condition in places:
        for name, values in _wanted(condition, offered).items():
            if not values:
                yield f"{where}: never applies, for {name!r} has only one answer"
            elif values <= ended.get(name, frozenset()) and not where.startswith("question"):
                yield f"{where}: never applies, for the guidance stops where {name!r} is so"


def _offered_by(known: Known) -> Callable[[str], bool]:
    """Whether a question has just one of some choices as its answer."""

    def offered(name: str) -> bool:
        question = known.questions.get(name)
        return question is not None and isinstance(question.kind, Choice)

    return offered


def _wanted(condition: Condition, offered: Callable[[str], bool]) -> Wanted:
    """Which choices of each question a condition needs, as far as all of its parts say."""
    if isinstance(condition, Is) and offered(condition.question):
        return {condition.question: frozenset(condition.values)}
    found: Wanted = {}
    for part in condition.parts if isinstance(condition, All) else ():
        for name, values in _wanted(part, offered).items():
            found[name] = found.get(name, values) & values
    return found


def _county_faults(event: LifeEvent, known: Known) -> Iterator[str]:
    """A county that some cases would not have: then no desk is theirs."""
    question = known.questions.get(event.county)
    if question is None:
        return
    where = f"county: {event.county!r}"
    page = next((page for page in event.pages if question in page.questions), None)
    if page is not None and page.each is not None:
        yield f"{where} is asked once per {page.each.id}; the case needs one county for its desks"
    sometimes = question.optional or question.applies != ALWAYS
    if sometimes or (page is not None and page.applies != ALWAYS):
        yield f"{where} is not asked of everybody, so that some cases would have no desk"
    stops = (one for one in event.outcomes if one.outcome == "stop")
    if _offers_elsewhere(question) and not any(event.county in one.when.questions for one in stops):
        yield (
            f"{where} may lie elsewhere, where there is no desk; ask for a place here, or add "
            f"stop(Is({event.county!r}, {ELSEWHERE!r}), …) to the outcomes"
        )


def _offers_elsewhere(question: Question) -> bool:
    kind = question.kind
    if isinstance(kind, Address):
        return kind.elsewhere
    return isinstance(kind, Choice) and ELSEWHERE in {option.value for option in kind.options}
