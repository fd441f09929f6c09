"""Leaves out of a form what nobody would use: a question is asked where something needs its answer.

A life event says which services it joins and in which situations; from that follows in which
situations an answer serves anything. A question that is declared for everybody is then asked only
of those for whom it does. What is not known yet when a question comes up is taken to need it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from app.forms.asking import whole_form
from app.forms.conditions import ALWAYS, All, AnyOf, Condition, Not
from app.forms.corrections import DECLARATIONS, GUIDANCE, WHO_FOR
from app.forms.questions import OfApplicant, Page, Question, Tick
from app.vocabulary.life_event import Ask, LifeEvent, Step
from app.vocabulary.requests import Asked, Filled
from app.workflow.uses import looked_at

# A page judges every question of its form; longer needs than this would be felt.
LONGEST_NEED = 180

# Which services a step waits for, so that their outputs are there when it starts.
Steps = Mapping[str, Step[Any]]


def asking_only_what_is_used(event: LifeEvent) -> LifeEvent:
    """The same life event, with every question asked only where its answer serves something.

    What was `declared` stays with it, for the digests: a change of the plan alone changes when
    something is asked, but not the words of what was answered. The rule of an intake may look at
    any answer: such an event is left as it is.
    """
    if event.intake is not None:
        return event
    form = _Places(event)
    needs = _needs(event, form)
    guidance = tuple(_fitted(one, None, needs) for one in event.guidance)
    pages = tuple(_fitted_page(page, form, needs) for page in event.pages)
    if (guidance, pages) == (event.guidance, event.pages):
        return event
    return replace(event, guidance=guidance, pages=pages, declared=event)


class _Places:
    """Where each question stands, so that a condition can be cut down to what is known before."""

    def __init__(self, event: LifeEvent) -> None:
        self.names: list[str] = []
        self._place: dict[str, int] = {}
        self._group: dict[str, str | None] = {}
        place = 0
        for page in whole_form(event):
            for question in page.questions:
                self.names.append(question.id)
                self._place[question.id] = place
                self._group[question.id] = page.each.id if page.each else None
                # The first questions come one a page, the others in pages of several.
                place += page.id in {WHO_FOR, GUIDANCE}
            place += 1
        self.known = set(self.names)

    def at_most(self, condition: Condition, question: str) -> Condition | bool:
        """An upper bound of a condition, by answers that are known before `question` is asked."""
        before, group = self._place[question], self._group[question]
        known = {
            name
            for name in condition.questions
            if self._place.get(name, before) < before and self._group[name] in {None, group}
        }
        return _bound(condition, known, upper=True)


def _bound(condition: Condition, known: set[str], *, upper: bool) -> Condition | bool:
    """The condition where it is known; else what it can be at most, or at least."""
    if condition == ALWAYS:
        return True
    if condition.questions <= known:
        return condition
    match condition:
        case Not():
            return _negated(_bound(condition.part, known, upper=not upper))
        case All():
            return _all(_bound(part, known, upper=upper) for part in condition.parts)
        case AnyOf():
            return _any(_bound(part, known, upper=upper) for part in condition.parts)
    return upper


def _negated(condition: Condition | bool) -> Condition | bool:
    if isinstance(condition, bool):
        return not condition
    return condition.part if isinstance(condition, Not) else Not(condition)


def _all(parts: Iterable[Condition | bool]) -> Condition | bool:
    found: dict[Condition, None] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            assert not isinstance(part, bool)
            found |= dict.fromkeys(part.parts if isinstance(part, All) else (part,))
    return All(tuple(found)) if len(found) > 1 else next(iter(found), True)


def _any(parts: Iterable[Condition | bool]) -> Condition | bool:
    found: dict[Condition, None] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            assert not isinstance(part, bool)
            found |= dict.fromkeys(part.parts if isinstance(part, AnyOf) else (part,))
    if len(found) <= 1:
        return next(iter(found), False)
    # What says more than another adds nothing beside it.
    said = {one: frozenset(_parts(one)) for one in found}
    least = [one for one, own in said.items() if not any(other < own for other in said.values())]
    return AnyOf(tuple(least)) if len(least) > 1 else next(iter(least), False)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else (condition,)


@lru_cache(maxsize=4096)
def _deciding(condition: Condition, question: str) -> Condition | bool:
    """When the answer to a question decides a condition: when its other parts leave it open."""
    match condition:
        case Not():
            return _deciding(condition.part, question)
        case All() | AnyOf():
            hangs = [part for part in condition.parts if question in part.questions]
            others = [part for part in condition.parts if question not in part.questions]
            left = others if isinstance(condition, All) else [_negated(part) for part in others]
            return _any(_all((_deciding(part, question), *left)) for part in hangs)
    return question in condition.questions


_Need = tuple[str, Condition | bool]


def _needs(event: LifeEvent, form: _Places) -> dict[str, Condition | bool]:
    """When each question serves something."""
    found: dict[str, dict[Condition | bool, None]] = {}
    for name, need in (
        *_of_steps(event, form),
        *_of_look_ups(event, form),
        *_of_the_form(event),
        *_beforehand(event),
    ):
        found.setdefault(name, {})[need] = None
    needs = {
        name: True in raw or _together(_cut(form, need, name) for need in raw)
        for name, raw in found.items()
        if name in form.known
    }
    _add_checks(event, form, needs)
    _add_openers(event, form, needs)
    return needs


def _cut(form: _Places, need: Condition | bool, question: str) -> Condition | bool:
    """What of a need is known before the question is asked; one too long to judge is not cut."""
    if isinstance(need, bool) or _length(need) > LONGEST_NEED:
        return bool(need)
    return form.at_most(need, question)


def _together(needs: Iterable[Condition | bool]) -> Condition | bool:
    """Any of several needs, as long as that can be judged quickly on every page."""
    found = _any(needs)
    if isinstance(found, bool):
        return found
    return True if _length(found) > LONGEST_NEED else found


@lru_cache(maxsize=4096)
def _length(condition: Condition) -> int:
    match condition:
        case All() | AnyOf():
            return sum(_length(part) for part in condition.parts)
        case Not():
            return _length(condition.part)
    return 1


def _add_openers(event: LifeEvent, form: _Places, needs: dict[str, Condition | bool]) -> None:
    """What decides whether others are asked serves what those serve; from the last to the first.

    What serves nothing anywhere is left as it was declared, and so is what decides whether it is
    asked: leaving that out would turn conditions that say "unless".
    """

    def add(opener: Condition, names: Collection[str], opened: Condition | bool) -> None:
        for name in names:
            need = _cut(form, _all((_deciding(opener, name), opened)), name)
            needs[name] = _together((needs.get(name, False), need))

    for page in reversed(tuple(whole_form(event))):
        for question in reversed(page.questions):
            needs[question.id] = needs.get(question.id, False) or True
            if openers := question.applies.questions & form.known:
                opened = _all((_bare(page.applies), needs[question.id]))
                add(question.applies, openers, opened)
        if openers := page.applies.questions & form.known:
            opened = _together(needs[question.id] for question in page.questions)
            add(page.applies, openers, opened)


def _add_checks(event: LifeEvent, form: _Places, needs: dict[str, Condition | bool]) -> None:
    """A rule across questions needs what it looks at wherever what it guards is needed.

    On its own page that may be anything.
    """
    for page in event.pages:
        for check in page.checks:
            on_page = {question.id for question in page.questions}
            for name in on_page | looked_at(event, check.holds):
                guarded = _cut(form, needs.get(check.question, False), name)
                needs[name] = _together((needs.get(name, False), guarded))


def _of_steps(event: LifeEvent, form: _Places) -> Iterator[_Need]:
    """Answers that are sent, and those that decide whether a service or a paper is needed."""
    steps = {step.service.id: step for step in event.steps}
    for step in event.steps:
        yield from ((name, _deciding(step.applies, name)) for name in step.applies.questions)
        for paper in step.service.evidence:
            for name in paper.applies.questions:
                yield name, _all((step.applies, _deciding(paper.applies, name)))
        if not isinstance(step.request, Filled):
            yield from ((name, _bare(step.applies)) for name in form.names)
            continue
        for source in step.request.sources.values():
            for asked in source.answers:
                yield (
                    asked.question,
                    _all((step.applies, asked.when, _not_made(asked, step, steps))),
                )
            for condition, _ in source.decides:
                for name in condition.questions:
                    yield name, _all((step.applies, _deciding(condition, name)))


def _bare(condition: Condition) -> Condition | bool:
    return True if condition == ALWAYS else condition


def _not_made(asked: Asked, step: Step[Any], steps: Steps) -> Condition | bool:
    """That no sibling step which must be done first makes what would stand for the answer."""
    required = _required(step, steps)
    made = [
        _bare(steps[service.id].applies) for service in asked.instead_of if service.id in required
    ]
    return _negated(_any(made))


def _required(step: Step[Any], steps: Steps) -> set[str]:
    """The services that are done before a step can start."""
    found: set[str] = set()
    left = [step]
    while left:
        for service in left.pop().requires:
            if service.id in steps and service.id not in found:
                found.add(service.id)
                left.append(steps[service.id])
    return found


def _of_look_ups(event: LifeEvent, form: _Places) -> Iterator[_Need]:
    for ask in event.asks:
        yield from ((name, _deciding(ask.applies, name)) for name in ask.applies.questions)
        for name in _sent(ask, form):
            yield name, _bare(ask.applies)


def _sent(ask: Ask[Any], form: _Places) -> Iterable[str]:
    return ask.request.questions if isinstance(ask.request, Filled) else form.names


def _of_the_form(event: LifeEvent) -> Iterator[_Need]:
    """What is ticked, who it is for, and who must be the person signed in."""
    for page in whole_form(event):
        for question in page.questions:
            if isinstance(question.kind, Tick) or page.id in {WHO_FOR, DECLARATIONS}:
                yield question.id, True
            for suggestion in question.suggested:
                if isinstance(suggestion, OfApplicant) and suggestion.must:
                    yield question.id, _bare(suggestion.applies)


def _beforehand(event: LifeEvent) -> Iterator[_Need]:
    """What is told or reckoned before submitting, and whose desks it comes to."""
    yield event.county, True
    for group in event.groups:
        yield group.count, True
    for requirement in event.requirements:
        # What is not answered in full is not judged, and what may not hold has to be.
        ways = requirement.condition
        for name in ways.questions:
            yield name, _deciding(ways, name) if isinstance(ways, AnyOf) else True
    for guidance in event.outcomes:
        yield from ((name, _deciding(guidance.when, name)) for name in guidance.when.questions)
    for reckoning in event.reckonings:
        read = reckoning.questions | looked_at(event, reckoning.reckon)
        yield from ((name, True) for name in read)
    for deadline in event.deadlines:
        yield deadline.counted_from, _bare(deadline.applies)
        for name in deadline.applies.questions:
            yield name, _deciding(deadline.applies, name)


def _fitted(
    question: Question, page: Page | None, needs: Mapping[str, Condition | bool]
) -> Question:
    """The question, asked only where it serves; one that never does stays as it was declared."""
    declared = [question.applies, *([page.applies] if page else [])]
    need = _beyond(needs.get(question.id, True), declared)
    if isinstance(need, bool):
        return question
    applies = _all((_bare(question.applies), need))
    assert not isinstance(applies, bool)
    return replace(question, applies=applies)


def _beyond(need: Condition | bool, declared: Iterable[Condition]) -> Condition | bool:
    """What a need says beyond the conditions under which something is asked anyway."""
    if isinstance(need, bool):
        return True
    said = {part for condition in declared for part in _parts(condition)}
    ways = need.parts if isinstance(need, AnyOf) else (need,)
    return _any(_all(part for part in _parts(way) if part not in said) for way in ways)


def _fitted_page(page: Page, form: _Places, needs: Mapping[str, Condition | bool]) -> Page:
    """The page with its questions fitted, left out where none of them would be asked."""
    questions = tuple(_fitted(question, page, needs) for question in page.questions)
    if questions == page.questions:
        return page
    asked = _together(_cut(form, question.applies, question.id) for question in questions)
    need = _beyond(asked, (page.applies,))
    applies = page.applies if isinstance(need, bool) else _all((_bare(page.applies), need))
    assert not isinstance(applies, bool)
    return replace(page, questions=questions, applies=applies)
