"""Editions of the small life event: the one that cases were made under, and what came after."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.forms import questions as kinds
from app.forms.questions import Page, Question
from app.vocabulary.life_event import LifeEvent, Step
from app.wording import Words
from tests.residents.moving_house import MOVE, MOVING, ROOMS, MoveRequest, request_room

OLD = replace(MOVING, superseded=True)
FLOOR = Question("floor", Words("住几楼？", "Which floor?"), kinds.Number(0, 99))


def request_by_floor(case: Any) -> MoveRequest:
    """The newer edition sends the floor where the older one sent the county."""
    return MoveRequest(name=case.answers.text("mover_name"), county=case.answers.text("floor"))


def with_question(event: LifeEvent, page_id: str, name: str, **changes: Any) -> LifeEvent:
    """The event with one question of one page changed."""
    return with_page(
        event,
        page_id,
        lambda page: replace(
            page,
            questions=tuple(
                replace(one, **changes) if one.id == name else one for one in page.questions
            ),
        ),
    )


def with_page(event: LifeEvent, page_id: str, change: Callable[[Page], Page]) -> LifeEvent:
    """The event with one page changed."""
    pages = tuple(change(page) if page.id == page_id else page for page in event.pages)
    return replace(event, pages=pages)


# The rooms come first, only then the household moves; a floor is asked.
NEW = replace(
    with_page(MOVING, "home", lambda page: replace(page, questions=(*page.questions, FLOOR))),
    version="2",
    title=Words("搬新家一件事", "Moving to a new house"),
    steps=(
        Step(ROOMS, request_room, each=MOVING.groups[0]),
        Step(MOVE, request_by_floor, requires=(ROOMS,)),
    ),
)
