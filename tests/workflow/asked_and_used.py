"""What is asked in one very situation, and whether it can be of use there: the measure of a form.

Written apart from the machinery that leaves questions out, by trying answers instead of reckoning
with conditions, so that the one can be held against the other.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress

from app.forms.answers import Answers
from app.forms.asking import FOR_WHOM, Place, copied, walk
from app.forms.conditions import All, AnyOf, Condition, Not
from app.forms.corrections import DECLARATIONS, GUIDANCE, WHO_FOR
from app.forms.noticing import watched
from app.forms.questions import OfApplicant, Question, Tick
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import PublicService
from app.vocabulary.requests import Filled
from app.workflow.uses import looked_at


def truth(condition: Condition, answers: Answers, unknown: Collection[str]) -> bool | None:
    """What a condition says while some answers are not known; None: it hangs on them."""
    match condition:
        case Not():
            inner = truth(condition.part, answers, unknown)
            return None if inner is None else not inner
        case All() | AnyOf():
            ends = isinstance(condition, AnyOf)
            parts = [truth(part, answers, unknown) for part in condition.parts]
            return ends if ends in parts else None if None in parts else not ends
    return None if condition.questions & set(unknown) else condition.holds(answers)


class Situation:
    """One life event in one situation: what is asked, in which order."""

    def __init__(self, event: LifeEvent, answers: Answers) -> None:
        self.event = event
        self.places = [
            place
            for place in walk(event, copied(answers), answers.today)
            if place.page.id not in {WHO_FOR, DECLARATIONS}
        ]

    def idle(self) -> set[str]:
        """Questions that are asked though no answer to them could matter any more."""
        found = set()
        for place in self.places:
            asked = [one for one in place.questions if not isinstance(one.kind, Tick)]
            for question in asked:
                if question.id != FOR_WHOM and not self._serves(place, question):
                    found.add(question.id)
        return found

    def _later(self, place: Place, question: Question) -> set[str]:
        """What is not known when a question comes up: itself, its page, all that follows."""
        pages = [*self.event.pages]
        if place.page.id == GUIDANCE:
            ids = [one.id for one in self.event.guidance]
            left = set(ids[ids.index(question.id) :])
        else:
            own = next(number for number, page in enumerate(pages) if page.id == place.page.id)
            pages, left = pages[own:], set()
        return left | {one.id for page in pages for one in page.questions}

    def _serves(self, place: Place, question: Question) -> bool:
        later = self._later(place, question)
        return (
            self._is_sent(place, question.id, later)
            or any(
                self._decides(place, question.id, later, *conditions)
                for conditions in self._deciding()
            )
            or self._is_told(place, question, later)
            or self._is_guarded(place, question.id)
        )

    def _possible(self, place: Place, condition: Condition, later: set[str]) -> bool:
        return truth(condition, place.answers, later) is not False

    def _is_sent(self, place: Place, name: str, later: set[str]) -> bool:
        """Whether a step that may yet come sends it, and no sibling makes it first."""
        for step in self.event.steps:
            if not self._possible(place, step.applies, later):
                continue
            if not isinstance(step.request, Filled):
                return True
            done_before = self._done_before(place, step.service, later)
            for source in step.request.sources.values():
                for asked in source.answers:
                    made = any(service.id in done_before for service in asked.instead_of)
                    when = self._possible(place, asked.when, later)
                    if asked.question == name and when and not made:
                        return True
                if any(
                    name in condition.questions and self._decides(place, name, later, condition)
                    for condition, _ in source.decides
                ):
                    return True
        return any(
            name in ask.request.questions and self._possible(place, ask.applies, later)
            for ask in self.event.asks
            if isinstance(ask.request, Filled)
        )

    def _done_before(self, place: Place, service: PublicService, later: set[str]) -> set[str]:
        """The services that will surely have been done when this one starts."""
        steps = {step.service.id: step for step in self.event.steps}
        found: set[str] = set()
        left = [steps[service.id]]
        while left:
            for needed in left.pop().requires:
                if needed.id in steps and needed.id not in found:
                    left.append(steps[needed.id])
                    if truth(steps[needed.id].applies, place.answers, later) is True:
                        found.add(needed.id)
        return found

    def _deciding(self) -> Iterator[tuple[Condition, ...]]:
        """Conditions that decide something, each behind those under which it is looked at."""
        event = self.event
        for step in event.steps:
            yield (step.applies,)
            yield from ((step.applies, paper.applies) for paper in step.service.evidence)
        for page in event.pages:
            yield (page.applies,)
            yield from ((page.applies, one.applies) for one in page.questions)
        yield from ((one.applies,) for one in event.guidance)
        yield from ((one.when,) for one in event.outcomes)
        yield from ((one.condition,) for one in event.requirements)
        yield from ((one.applies,) for one in event.deadlines)
        yield from ((one.applies,) for one in event.asks)

    def _decides(self, place: Place, name: str, later: set[str], *conditions: Condition) -> bool:
        *before, last = conditions
        if name not in last.questions or not all(
            self._possible(place, one, later) for one in before
        ):
            return False
        return truth(last, place.answers, later) is None

    def _is_told(self, place: Place, question: Question, later: set[str]) -> bool:
        """A day, a reckoning, a whole requirement, the county, how many, who it is."""
        event, name = self.event, question.id
        return (
            name == event.county
            or any(group.count == name for group in event.groups)
            or any(name in looked_at(event, one.of) for one in event.reckonings)
            or any(name in one.condition.questions for one in event.requirements)
            or any(
                name == one.counted_from and self._possible(place, one.applies, later)
                for one in event.deadlines
            )
            or any(
                isinstance(one, OfApplicant) and one.must and one.applies.holds(place.answers)
                for one in question.suggested
            )
        )

    def _is_guarded(self, place: Place, name: str) -> bool:
        """Whether a rule across questions looks at it, or it stands beside what one guards."""
        for other in self.places:
            for check in other.page.checks:
                seen, notes = watched(other.answers)
                with suppress(LookupError, ValueError):  # an answer is missing
                    check.holds(seen)
                if name in notes.noticed or (other.page.id == place.page.id):
                    return True
        return False
