"""How far a draft is: what is filled, by whom, what is open next. Pure: no database, no HTTP."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.cases.drafts import LoadedDraft, RegisterView
from app.forms.answers import Answer, Answers
from app.forms.asking import Place, places
from app.forms.corrections import DECLARATIONS, GUIDANCE, WHO_FOR, Correction
from app.forms.fields import read_value
from app.forms.parts import Problem
from app.forms.questions import Question
from app.forms.reading import complete, pruned
from app.forms.suggesting import not_the_applicants
from app.vocabulary.case_file import CaseFile, step_key
from app.workflow.evidence import NeededPaper, papers
from app.workflow.plan import planned_services

# Kept of a page that a newer edition changed, until it is saved again.
CHANGED = "changed"
BEFORE_THE_FORM = frozenset({GUIDANCE, WHO_FOR})


@dataclass(frozen=True, slots=True)
class FilledPage:
    """One page of the form in this draft. `state`: done, doing, todo, problem or changed.

    `from_registers` says that departments answered all that must be answered, `is_begun` that there
    is an answer of the person's own.
    """

    place: Place
    state: str
    corrections: tuple[Correction, ...]
    from_registers: bool
    is_begun: bool = False

    @property
    def key(self) -> str:
        """The page's key within the draft: its id, and the item counted from 1."""
        return step_key(self.place.page.id, self.place.item)


@dataclass(frozen=True, slots=True)
class FormState:
    """A draft with everything that follows from it.

    `answers` are pruned and filled from registers; `situation` are corrections of the first
    questions, `declarations` those of the last.
    """

    draft: LoadedDraft
    answers: Answers
    pages: tuple[FilledPage, ...]
    papers: tuple[NeededPaper, ...]
    situation: tuple[Correction, ...]
    declarations: tuple[Correction, ...]

    @property
    def case(self) -> CaseFile:
        """The case file that would be submitted now."""
        draft = self.draft
        return CaseFile(
            draft.number, draft.applicant, self.answers, self.answers.today, draft.facts
        )

    @property
    def open_papers(self) -> tuple[NeededPaper, ...]:
        """Papers that must be given and are not, or that a register may yet make needless."""
        return tuple(
            paper
            for paper in self.papers
            if (paper.must_be_given or (paper.supply == "awaited" and not paper.optional))
            and paper.id not in self.draft.evidence
        )

    @property
    def is_ready(self) -> bool:
        """Whether only the declarations are left before submitting."""
        unfilled = any(page.corrections for page in self.pages)
        return not (unfilled or self.situation or self.open_papers or self.has_unseen)

    @property
    def has_unseen(self) -> bool:
        """Whether a newer edition changed something that has to be looked at first."""
        pages = any(page.state == CHANGED for page in self.pages)
        return pages or bool(self.unseen_guidance or self.unseen_registers)

    @property
    def unseen_guidance(self) -> tuple[str, ...]:
        """Ids of changed questions before the form that nobody has looked at again."""
        return tuple(
            question.id
            for question in self.draft.life_event.guidance
            if question.id in self.draft.news.guidance and question.applies.holds(self.answers)
        )

    @property
    def unseen_registers(self) -> tuple[str, ...]:
        """Ids of registers that are newly asked and that nobody has agreed or refused to ask."""
        return tuple(
            ask.register.id
            for ask in self.draft.life_event.asks
            if ask.register.id in self.draft.news.registers
            and ask.register.id not in self.draft.registers
            and ask.applies.holds(self.draft.answers)
        )

    @property
    def awaited(self) -> tuple[RegisterView, ...]:
        """Registers that have yet to answer."""
        return tuple(view for view in self.draft.registers.values() if view.is_pending)

    @property
    def evidence(self) -> dict[str, Any]:
        """How every paper is given: shared, produced on the way, uploaded, promised, to follow."""
        supplied = {
            paper.id: {"how": paper.supply}
            for paper in self.papers
            if paper.supply in {"shared", "produced"}
        }
        needed = {paper.id for paper in self.papers}
        given = {key: dict(how) for key, how in self.draft.evidence.items() if key in needed}
        return {**supplied, **given}

    def page(self, page_id: str, item: int | None) -> FilledPage | None:
        """The page of that id and item (from 0), or None where it is not asked."""
        for filled in self.pages:
            if filled.place.page.id == page_id and filled.place.item == item:
                return filled
        return None


def form_state(draft: LoadedDraft) -> FormState:
    """Judge a draft by today's rules."""
    event = draft.life_event
    answers = pruned(event, filled_answers(draft))
    locked = locked_questions(draft)
    found = complete(event, answers, locked)
    missing = {(item.question, item.group, item.item) for item in found}
    corrections = found + tuple(
        item
        for item in not_the_applicants(event, answers, asdict(draft.applicant))
        if (item.question, item.group, item.item) not in missing
    )
    by_page: dict[tuple[str, int | None], list[Correction]] = {}
    for correction in corrections:
        by_page.setdefault((correction.page, correction.item), []).append(correction)
    pages = tuple(
        _filled_page(draft, place, tuple(by_page.get((place.page.id, place.item), ())))
        for place in places(event, answers)
    )
    case = CaseFile(draft.number, draft.applicant, answers, answers.today, draft.facts)
    return FormState(
        draft=draft,
        answers=answers,
        pages=pages,
        papers=_papers(draft, case),
        situation=tuple(item for item in corrections if item.page in BEFORE_THE_FORM),
        declarations=tuple(item for item in corrections if item.page == DECLARATIONS),
    )


def shared_value(
    question: Question, registers: Mapping[str, RegisterView], item: int | None, today: Any
) -> Answer | None:
    """What a register answers to a question (of one item), if it is a sensible answer to it."""
    # Any: a date, named so only where it is used.
    shared = question.shared
    view = registers.get(shared.register) if shared else None
    if shared is None or view is None or not view.is_used:
        return None
    fact = view.facts.get(shared.fact)
    if isinstance(fact, list) and item is not None:
        fact = fact[item] if item < len(fact) else None
    if fact in (None, "", [], {}):
        return None
    value = read_value(question, fact, today)
    return None if isinstance(value, Problem) else value


def locked_questions(draft: LoadedDraft) -> frozenset[str]:
    """Questions that a register has answered and that cannot be changed here."""
    return frozenset(
        question.id
        for page in draft.life_event.pages
        for question in page.questions
        if question.shared
        and not question.shared.confirm
        and all(
            shared_value(question, draft.registers, item, draft.answers.today) is not None
            for item in _items_of(draft, page.each)
        )
    )


def filled_answers(draft: LoadedDraft) -> Answers:
    """The answers with what registers hold: always where locked, else where nothing is typed.

    What may be corrected is only taken once the person said that the register is right.
    """
    answers = draft.answers
    for page in draft.life_event.pages:
        for item in _items_of(draft, page.each):
            group = page.each.id if page.each else None
            own = answers.item(group, item) if group and item is not None else answers
            found = _from_registers(draft, page.questions, own, item)
            if not found:
                continue
            if group and item is not None:
                answers = answers.with_item(group, item, found)
            else:
                answers = answers.with_values(found)
    return answers


def _from_registers(
    draft: LoadedDraft, questions: Iterable[Question], own: Answers, item: int | None
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for question in questions:
        value = shared_value(question, draft.registers, item, own.today)
        if value is None or question.shared is None:
            continue
        confirmed = draft.registers[question.shared.register].verdict == "right"
        if not question.shared.confirm or (confirmed and not own.has(question.id)):
            found[question.id] = value
    return found


def _items_of(draft: LoadedDraft, each: Any) -> Iterable[int | None]:
    # Any: Repeated or None.
    return (None,) if each is None else range(each.how_many(draft.answers))


def _filled_page(
    draft: LoadedDraft, place: Place, corrections: tuple[Correction, ...]
) -> FilledPage:
    key = step_key(place.page.id, place.item)
    kept = draft.pages.get(key)
    own = _own_typed(draft, place)
    from_registers = (
        not corrections
        and kept is None
        and all(
            question.id not in own
            and (question.optional or (question.shared and place.answers.has(question.id)))
            for question in place.questions
        )
        and any(place.answers.has(question.id) for question in place.questions)
    )
    if kept == CHANGED:
        state = CHANGED
    elif from_registers or (kept == "done" and not corrections):
        state = "done"
    elif kept == "done":
        state = "problem"
    elif kept:
        state = "doing"
    else:
        state = "todo"
    begun = any(question.id in own for question in place.page.questions)
    return FilledPage(place, state, corrections, from_registers, begun)


def _own_typed(draft: LoadedDraft, place: Place) -> Mapping[str, Any]:
    """What the person typed on a page, without what registers filled in."""
    if place.group is None or place.item is None:
        return draft.answers.values
    kept = draft.answers.values.get(place.group)
    items = kept if isinstance(kept, list) else []
    item = items[place.item] if place.item < len(items) else {}
    return item if isinstance(item, dict) else {}


def _papers(draft: LoadedDraft, case: CaseFile) -> tuple[NeededPaper, ...]:
    event = draft.life_event
    states = {
        view.register_id: "none" if view.verdict == "wrong" else view.state
        for view in draft.registers.values()
    }
    consented = [view.register_id for view in draft.registers.values() if view.state != "declined"]
    return papers(event, case, planned_services(event, case), consented, states)
