"""Walks a form as one case is asked it: pages in order, once per item, rules across questions."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from app.forms.answers import Answer, Answers
from app.forms.composites import ACCOUNT_PARTS, ADDRESS_PARTS, DOCUMENT_PARTS
from app.forms.corrections import DECLARATIONS, GUIDANCE, WHO_FOR, Correction
from app.forms.fields import FIELDS, input_name
from app.forms.noticing import watched
from app.forms.parts import Outcome, Problem
from app.forms.questions import Check, Choice, Option, Page, Question, Repeated
from app.wording import Words

# The id under which the answer to "for whom" is kept; its choices are the event's `for_whom`.
FOR_WHOM = "for_whom"
FOR_WHOM_LABEL = Words("您为谁办理？", "For whom is this?")
_KEPT_AS_PARTS = (ADDRESS_PARTS, DOCUMENT_PARTS, ACCOUNT_PARTS)


class Form(Protocol):
    """What a life event asks, as far as reading is concerned.

    `for_whom` holds value, label and hint of each answer to "for whom", asked first; it is not
    asked where it is empty or where the guidance has a question of that id.
    """

    @property
    def for_whom(self) -> tuple[tuple[str, Words, Words], ...]: ...
    @property
    def guidance(self) -> tuple[Question, ...]: ...
    @property
    def pages(self) -> tuple[Page, ...]: ...
    @property
    def declarations(self) -> tuple[Question, ...]: ...
    @property
    def groups(self) -> tuple[Repeated, ...]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """One page as it is asked in one case: of the case, or of one item (counted from 0).

    `answers` is what its conditions see: the item's answers on top of the case's.
    """

    page: Page
    answers: Answers
    own: dict[str, Answer]
    group: str | None = None
    item: int | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that apply here with the choices offered, as answered so far."""
        return tuple(
            question.offered(self.answers)
            for question in self.page.questions
            if question.applies.holds(self.answers)
        )


class Keep:
    """Nothing was sent for a question: what is held stays."""


KEEP: Final = Keep()


def gather(
    place: Place, read: Callable[[Question], Outcome | Keep], locked: Collection[str] = ()
) -> tuple[dict[str, Answer], list[Correction]]:
    """Read each question that applies, in order, so that later conditions see earlier answers.

    What is read goes into `place.own`, what is not right or not asked goes out of it, except
    `locked` answers.
    """
    values: dict[str, Answer] = {}
    corrections: list[Correction] = []
    for question in place.page.questions:
        if not question.applies.holds(place.answers):
            place.own.pop(question.id, None)
            continue
        outcome = read(question.offered(place.answers))
        if isinstance(outcome, Keep):
            continue
        if outcome is None or isinstance(outcome, Problem):
            if question.id not in locked:
                place.own.pop(question.id, None)
            if outcome:
                corrections.append(correction_at(place, question, outcome.message, outcome.part))
        else:
            place.own[question.id] = values[question.id] = outcome
    return values, corrections


def correction_at(place: Place, question: Question, message: Words, part: str = "") -> Correction:
    """What to mend in the answer to a question as it is asked at `place`, or in one part of it."""
    parts = FIELDS[type(question.kind)].parts
    pointer = "/".join(
        [
            *([f"/{place.group}/{place.item}"] if place.group else [""]),
            question.id,
            *([part] if part and parts in _KEPT_AS_PARTS else []),
        ]
    )
    return Correction(
        question.id,
        input_name(question.id, part or parts[0]),
        message,
        place.page.id,
        place.group,
        place.item,
        pointer,
    )


def failed_checks(place: Place, found: Iterable[Correction], *, final: bool) -> list[Correction]:
    """Rules across questions that do not hold, given what was `found` wrong so far.

    One that looks at an answer still to come is left for later: on a page everything asked
    elsewhere may come, at the end (`final`) only what is being corrected.
    """
    here = {question.id: question for question in place.page.questions}
    seen_from_here = {(None, None), (place.group, place.item)}
    corrected = {item.question for item in found if (item.group, item.item) in seen_from_here}
    failed = []
    for check in place.page.checks:
        if check.question in corrected or not place.answers.has(check.question):
            continue
        holds, missing = _judge(check, place.answers)
        awaited = missing & corrected if final else (missing - here.keys()) | (missing & corrected)
        if not holds and not awaited:
            failed.append(correction_at(place, here[check.question], check.message))
    return failed


def _judge(check: Check, answers: Answers) -> tuple[bool, set[str]]:
    """Whether a check holds, and the unanswered questions that it looked at."""
    seen, notes = watched(answers)
    try:
        holds = check.holds(seen)
    except (LookupError, ValueError):
        holds = False
        if all(answers.has(question) for question in notes.noticed):
            raise
    return holds, {question for question in notes.noticed if not answers.has(question)}


def whole_form(form: Form) -> Iterator[Page]:
    """For whom, guidance, pages and declarations as pages, in the order in which they are asked."""
    if form.for_whom and all(question.id != FOR_WHOM for question in form.guidance):
        choices = tuple(Option(value, label, hint) for value, label, hint in form.for_whom)
        # Optional: who fills the form in for themselves need not say so.
        asked = Question(FOR_WHOM, FOR_WHOM_LABEL, Choice(choices), optional=True)
        yield Page(WHO_FOR, FOR_WHOM_LABEL, (asked,))
    yield Page(GUIDANCE, Words("先回答几个问题", "A few questions first"), form.guidance)
    yield from form.pages
    yield Page(DECLARATIONS, Words("承诺与授权", "Declarations"), form.declarations)


def walk(form: Form, own: dict[str, Answer], today: date) -> Iterator[Place]:
    """Every page that applies, once per item, over `own`, from which the others' answers go."""
    for page in whole_form(form):
        case = Answers(own, today)
        places = (
            [Place(page, case, own)] if page.each is None else _items(page, page.each, case, own)
        )
        for place in places:
            if page.applies.holds(place.answers):
                yield place
            else:
                for question in page.questions:
                    place.own.pop(question.id, None)


def _items(page: Page, group: Repeated, case: Answers, own: dict[str, Answer]) -> Iterable[Place]:
    held = own.get(group.id)
    kept: list[dict[str, Any]] = [
        item if isinstance(item, dict) else {} for item in (held if isinstance(held, list) else [])
    ]
    count = group.how_many(case)
    kept = kept[:count] + [{} for _ in range(count - len(kept))]
    own[group.id] = kept
    for index, item in enumerate(kept):
        view = Answers(ChainMap(item, own), case.today)
        yield Place(page, view, item, group.id, index)


def copied(answers: Answers) -> dict[str, Answer]:
    """The answers' values in dictionaries of our own, two levels deep."""
    own = dict(answers.values)
    for key, value in own.items():
        if isinstance(value, list):
            items: Any = [dict(item) if isinstance(item, dict) else item for item in value]
            own[key] = items
    return own


def places(form: Form, answers: Answers) -> tuple[Place, ...]:
    """The form's pages that apply to these answers, once per item, in order."""
    own = copied(answers)
    return tuple(
        place
        for place in walk(form, own, answers.today)
        if place.page.id not in {WHO_FOR, GUIDANCE, DECLARATIONS}
    )
