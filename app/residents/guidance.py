"""The questions before the form: asked one a page, without signing in, and changed in a draft."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag

from app.cases.portal import Portal
from app.errors import NotFound
from app.forms.answers import Answer, Answers
from app.forms.corrections import Correction, Reading
from app.forms.fields import typed_from
from app.forms.questions import Page, Question
from app.forms.reading import read_page
from app.forms.showing import display
from app.residents.controls import Control, control
from app.residents.explaining import reasons
from app.residents.showing import Sent
from app.vocabulary.life_event import LifeEvent
from app.workflow.editions import question_mark
from app.workflow.uses import why

KEPT = "can_i"


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """One guidance question with its answer as it reads; `number` counts from 1."""

    number: int
    question: Question
    answer: str


def event_of(portal: Portal, event_id: str) -> LifeEvent:
    """The life event of that id. Raises NotFound."""
    event = portal.catalogue.life_events.get(event_id)
    if event is None:
        raise NotFound
    return event


def kept_answers(portal: Portal, kept: Mapping[str, Any], event: LifeEvent) -> Answers:
    """What this visit has answered so far; nothing where it cannot be read any more.

    A question that reads otherwise since is asked again.
    """
    sealed = kept.get(KEPT, {}).get(event.id)
    try:
        held = portal.cipher.open(base64.b64decode(sealed), KEPT) if sealed else {}
    except (InvalidTag, ValueError):
        held = {}
    asked = held.get("asked", {})
    answers = {
        name: value
        for name, value in held.get("answers", {}).items()
        if asked.get(name) == question_mark(event, name)
    }
    return Answers(answers, portal.today())


def sealed_answers(
    portal: Portal, kept: Mapping[str, Any], event: LifeEvent, answers: Mapping[str, Answer]
) -> dict[str, Any]:
    """What to keep in the visit: sealed, for the questions are about people."""
    asked = {name: question_mark(event, name) for name in answers}
    held = {"answers": dict(answers), "asked": asked}
    sealed = base64.b64encode(portal.cipher.seal(held, KEPT)).decode()
    return {KEPT: {**kept.get(KEPT, {}), event.id: sealed}}


def question_at(event: LifeEvent, number: int, answers: Answers) -> Question:
    """The guidance question of that number (from 1), if it applies. Raises NotFound."""
    if not 1 <= number <= len(event.guidance):
        raise NotFound
    question = event.guidance[number - 1]
    if not question.applies.holds(answers):
        raise NotFound
    return question


def number_of(event: LifeEvent, question: Question) -> int:
    """The number of a guidance question, counted from 1."""
    return event.guidance.index(question) + 1


def before(event: LifeEvent, number: int, answers: Answers) -> int | None:
    """The number of the question asked before this one, or None for the first."""
    earlier = [
        place
        for place, question in enumerate(event.guidance[: number - 1], start=1)
        if question.applies.holds(answers)
    ]
    return earlier[-1] if earlier else None


def read_one(question: Question, sent: Sent, answers: Answers) -> Reading:
    """Read the answer to one guidance question."""
    page = Page(question.id, question.label, (question,))
    reading = read_page(page, sent, answers)
    if question.optional and question.id not in reading.values and not reading.corrections:
        # Answered with nothing, which is an answer to a question of several choices.
        return Reading({question.id: []}, (), frozenset(), reading.typed)
    return reading


def as_control(
    event: LifeEvent, question: Question, answers: Answers, reading: Reading | None = None
) -> tuple[Control, tuple[Correction, ...]]:
    """The question to draw, with what was typed or kept, and why it is asked."""
    because = reasons(why(event, question.id))
    if reading is not None:
        shown = control(question, reading.typed, reading.corrections, why=because)
        return shown, reading.corrections
    return control(question, typed_from(question, answers.get(question.id)), why=because), ()


def asked_before(event: LifeEvent, answers: Answers, language: str) -> tuple[AskedBefore, ...]:
    """The questions that apply, with their answers."""
    return tuple(
        AskedBefore(number, question, display(question, answers, language))
        for number, question in enumerate(event.guidance, start=1)
        if question.applies.holds(answers)
    )
