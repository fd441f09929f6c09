"""A life event: what it asks, which services it joins in which order, what must be told before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, Condition
from app.forms.questions import Choice, Option, Page, Question, Repeated
from app.vocabulary.case_file import CaseFile
from app.vocabulary.intake import Intake
from app.vocabulary.public_service import CompetentAuthority, PublicService, R, SharedRegister
from app.vocabulary.requirement import Requirement, Rule
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Step(Generic[R]):
    """One service inside a life event.

    `requires` must be done first, `uses` is taken if ready and never blocks, `applies` says in
    which situation, `request` builds the typed request from the case file, `each` repeats it per
    item. With one of `unless` done it is not needed any more; it waits until they have ended.
    With a `barrier` it starts when the window of its round is closed and these services are final,
    or with a person, in every entry of the round (`LifeEvent.intake`).
    """

    service: PublicService[R, Any]
    request: Callable[[CaseFile], R]
    requires: tuple[PublicService[Any, Any], ...] = ()
    uses: tuple[PublicService[Any, Any], ...] = ()
    applies: Condition = ALWAYS
    each: Repeated | None = None
    unless: tuple[PublicService[Any, Any], ...] = ()
    barrier: tuple[PublicService[Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Ask(Generic[R]):
    """One look-up in a shared register, with the request built from who is asking."""

    register: SharedRegister[R, Any]
    request: Callable[[CaseFile], R]
    applies: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Guidance:
    """What follows from the guidance answers: online as a whole, in part, or elsewhere.

    "stop" ends the online path and says where to go; "partly" takes some services out; "note" only
    tells something that matters before starting.
    """

    when: Condition
    outcome: Literal["stop", "partly", "note"]
    what: Words
    todo: Words
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a rule makes of some answers: a month, an age, an amount. It is told, never asked.

    `reckon` is called once all of `questions` are answered and gives None where the rule says
    nothing; `says` puts a value in words.
    """

    id: str
    title: Words
    questions: frozenset[str]
    reckon: Callable[[Answers], Any]
    says: Callable[[Any], Words]
    rule: Rule

    def of(self, answers: Answers) -> Any | None:
        """The value for these answers, or None."""
        if not all(answers.has(question) for question in self.questions):
            return None
        return self.reckon(answers)


@dataclass(frozen=True, slots=True)
class AbsoluteDeadline:
    """A day fixed by law, counted from an answered date; its consequence is told beforehand.

    Below zero, months or days are counted back: a notice that has to be given before a day.
    `year_end` moves it to the last day of the year that lies so many years later. It is told where
    `applies` holds.
    """

    id: str
    title: Words
    services: tuple[PublicService[Any, Any], ...]
    counted_from: str
    rule: Rule
    consequence: Words
    months: int = 0
    days: int = 0
    year_end: int | None = None
    applies: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of life under which events are grouped on the home page, in order."""

    id: str
    title: Words
    order: int


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One edition of one thing (一件事), declared; a change of it comes with a new `version`.

    One edition of an id is offered. Those that cases still run under stay beside it, `superseded`.
    `county` is the id of the question whose county handles the case's desks: an address, or a
    choice of county codes. `reckonings` are told with the outcome of the guidance. With an
    `intake` it is taken in within windows, and places are given to all at once. `declared` is what
    stands in the file, where the catalogue left questions out that nobody would use.
    """

    id: str
    version: str
    title: Words
    summary: Words
    result: Words
    stage: Stage
    lead: CompetentAuthority
    audience: Words
    for_whom: tuple[tuple[str, Words, Words], ...]
    guidance: tuple[Question, ...]
    outcomes: tuple[Guidance, ...]
    asks: tuple[Ask[Any], ...]
    pages: tuple[Page, ...]
    steps: tuple[Step[Any], ...]
    county: str
    declarations: tuple[Question, ...]
    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...] = ()
    deadlines: tuple[AbsoluteDeadline, ...] = ()
    other_ways: tuple[Words, ...] = ()
    keywords: tuple[str, ...] = ()
    minutes: int = 10
    reckonings: tuple[Reckoning, ...] = ()
    groups: tuple[Repeated, ...] = field(default=())
    intake: Intake | None = None
    superseded: bool = False
    declared: "LifeEvent | None" = field(default=None, repr=False, compare=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question it can ask, in order: guidance, pages, declarations."""
        asked = tuple(question for page in self.pages for question in page.questions)
        return self.guidance + asked + self.declarations

    def intake_kinds(self) -> tuple[Option, ...]:
        """The kinds of its rounds: the choices of the question that divides them."""
        for question in self.questions:
            if self.intake and question.id == self.intake.divided_by:
                return question.kind.options if isinstance(question.kind, Choice) else ()
        return ()

    def county_of(self, answers: Answers) -> str:
        """The six-digit code of the county whose desks handle a case; empty where none is said."""
        return answers.parts(self.county).get("county", "") or answers.text(self.county)

    def step_of(self, service_id: str) -> Step[Any] | None:
        """The step that does this service, or None where the plan has none."""
        return next((step for step in self.steps if step.service.id == service_id), None)
