"""Moves a draft to the edition that is offered now: what still fits stays, what changed is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.drafting import CHANGED_MEANWHILE, lookups
from app.cases.drafts import LoadedDraft, load_draft, sealed_draft
from app.cases.form_state import CHANGED, FilledPage, FormState, form_state
from app.cases.news import News
from app.cases.portal import Portal
from app.errors import StaleForm
from app.forms.answers import Answers
from app.forms.asking import FOR_WHOM
from app.forms.refitting import refitted
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.editions import Difference, Marks, difference, marks_of
from app.workflow.plan import planned_services

# Whoever saves at the same moment wins; then what they saved is moved.
_TRIES = 5


async def current_draft(
    session: AsyncSession, portal: Portal, number: str, resident_id: UUID
) -> LoadedDraft:
    """As `load_draft`; a draft of an older edition is moved to the one that is offered first.

    One that a newer process has moved already is left as it is: moving it back would lose answers.
    One statement more in that one case. Raises StaleForm where others keep saving it.
    """
    for _ in range(_TRIES):
        draft = await load_draft(session, portal, number, resident_id)
        if not has_to_move(draft) or portal.catalogue.is_ahead(
            draft.life_event.id, draft.definition
        ):
            return draft
        after = moved(portal, draft)
        if await _keep(session, portal, draft, after):
            return replace(after, revision=draft.revision + 1)
    raise StaleForm(CHANGED_MEANWHILE)


def has_to_move(draft: LoadedDraft) -> bool:
    """Whether the draft stands on another edition, or on this one before somebody edited it."""
    event = draft.life_event
    is_other = draft.definition != event.version or (
        bool(draft.marks) and draft.marks != marks_of(event)
    )
    return draft.is_open and is_other


def moved(portal: Portal, draft: LoadedDraft) -> LoadedDraft:
    """The draft as it stands on the edition that is offered."""
    event = draft.life_event
    old = portal.catalogue.edition(event.id, draft.definition)
    old = None if old is event else old
    before: Marks = draft.marks or (marks_of(old) if old else {})
    changed = difference(before, event)
    answers, unfit = refitted(event, draft.answers, changed.questions)
    lost = [*unfit]
    asked_of = frozenset(ask.register.id for ask in event.asks)
    after = replace(
        draft,
        definition=event.version,
        marks=marks_of(event),
        answers=answers,
        registers={name: view for name, view in draft.registers.items() if name in asked_of},
        for_whom="" if FOR_WHOM in lost else draft.for_whom,
        has_just_moved=True,
    )
    state = form_state(after)
    after = replace(after, answers=_asked_only(state, changed, lost))
    state = form_state(after)
    after = replace(after, pages=_pages(state, changed), evidence=_evidence(state, before))
    return replace(after, news=_news(_Moved(draft, after, state, old, before, changed), lost))


def _asked_only(state: FormState, changed: Difference, lost: list[str]) -> Answers:
    """Without answers to changed questions that are not asked: nobody has seen these questions."""
    draft = state.draft
    asked = {
        (filled.place.group, filled.place.item, question.id)
        for filled in state.pages
        for question in filled.place.questions
    }
    event = draft.life_event
    asked |= {
        (None, None, question.id)
        for question in (*event.guidance, *event.declarations)
        if question.applies.holds(state.answers)
    }
    asked.add((None, None, FOR_WHOM))

    def only(own: Mapping[str, Any], group: str | None, item: int | None) -> dict[str, Any]:
        gone = {
            name for name in own if name in changed.questions and (group, item, name) not in asked
        }
        lost.extend(gone)
        return {name: value for name, value in own.items() if name not in gone}

    values = only(draft.answers.values, None, None)
    for group in {page.each.id for page in event.pages if page.each} & values.keys():
        items = values[group]
        values[group] = [only(own, group, item) for item, own in enumerate(items)]
    return Answers(values, draft.answers.today)


def _pages(state: FormState, changed: Difference) -> dict[str, str]:
    """How far each page is: what changed has to be looked at again, what did not stays done."""
    draft = state.draft
    declared = {page.id: page for page in draft.life_event.pages}
    kept = {}
    for key, how in draft.pages.items():
        page = declared.get(key.partition(":")[0])
        if page is not None and not changed.touches(page, page.questions):
            kept[key] = how
    for filled in state.pages:
        place = filled.place
        if not changed.touches(place.page, place.questions):
            if filled.key in draft.pages:
                kept[filled.key] = draft.pages[filled.key]
        elif filled.key in draft.pages or filled.is_begun or not filled.corrections:
            kept[filled.key] = CHANGED
    return kept


def _evidence(state: FormState, before: Marks) -> dict[str, Mapping[str, Any]]:
    """How papers are given, without the ways that are not open any more."""
    kept = dict(state.draft.evidence)
    for paper in state.papers:
        how = kept.get(paper.id, {}).get("how")
        closed = (how == "deferred" and paper.defer_until is None) or (
            how == "commitment" and not paper.commitment
        )
        if closed and before.get("papers", {}).get(paper.id) != _paper_mark(state, paper.id):
            del kept[paper.id]
    return kept


def _paper_mark(state: FormState, paper_id: str) -> str:
    return str(marks_of(state.draft.life_event)["papers"][paper_id])


@dataclass(frozen=True, slots=True)
class _Moved:
    """A draft before and after, with what the news are made of."""

    draft: LoadedDraft
    after: LoadedDraft
    state: FormState
    old: LifeEvent | None
    before: Marks
    changed: Difference

    @property
    def questions(self) -> dict[str, str]:
        """What changed of the questions on pages that have to be looked at."""
        flagged = [page for page in self.state.pages if self._is_flagged(page)]
        asked = [question.id for page in flagged for question in page.place.questions]
        known = {**self.draft.news.questions, **self.changed.questions}
        return {name: known[name] for name in asked if name in known}

    def _is_flagged(self, page: FilledPage) -> bool:
        return self.after.pages.get(page.key) == CHANGED

    @property
    def guidance(self) -> tuple[str, ...]:
        """Questions before the form that have to be looked at."""
        return tuple(
            question.id
            for question in self.after.life_event.guidance
            if question.applies.holds(self.state.answers)
            and (question.id in self.changed.questions or question.id in self.draft.news.guidance)
        )

    @property
    def registers(self) -> tuple[str, ...]:
        """Registers that nobody could have been asked about before."""
        known = {*self.before.get("registers", ()), *self.draft.registers}
        found = [ask.register.id for ask in lookups(self.after)]
        return tuple(
            name for name in found if name not in known or name in self.draft.news.registers
        )

    @property
    def papers(self) -> tuple[str, ...]:
        """Papers that are new, or of which something else is wanted."""
        earlier = self.before.get("papers")
        if earlier is None:
            return ()
        needed = [paper.id for paper in self.state.papers]
        told = [name for name in needed if earlier.get(name) != _paper_mark(self.state, name)]
        return _with(self.draft.news.papers, told)

    @property
    def steps(self) -> tuple[str, ...]:
        """Services that are joined now and were not."""
        earlier = self.before.get("steps")
        if earlier is None:
            return ()
        planned = planned_services(self.after.life_event, self.state.case)
        told = [step.service.id for step, _ in planned if step.service.id not in earlier]
        return _with(self.draft.news.steps, told)

    @property
    def ended(self) -> tuple[str, ...]:
        """Services that were joined and are not any more."""
        joined = marks_of(self.after.life_event)["steps"]
        gone = [name for name in self.before.get("steps", ()) if name not in joined]
        if self.old is not None:
            case = self.draft.case_file(self.draft.answers.today)
            planned = {step.service.id for step, _ in planned_services(self.old, case)}
            gone = [name for name in gone if name in planned]
        return _with(self.draft.news.ended, gone)

    def label(self, question_id: str) -> dict[str, str]:
        """The words of a question that the form has no more, where they are still known."""
        asked = self.after.life_event.questions
        if question_id == FOR_WHOM or any(one.id == question_id for one in asked):
            return {}
        known = self.old.questions if self.old else ()
        found = next((one.label for one in known if one.id == question_id), Words("", ""))
        return {"zh": found.zh, "en": found.en}


def _with(earlier: tuple[str, ...], told: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*earlier, *told)))


def _news(found: _Moved, lost: list[str]) -> News:
    """What its resident has to know."""
    ticks = {question.id for question in found.after.life_event.declarations}
    dropped = {name: found.label(name) for name in lost if name not in ticks}
    return News(
        questions=found.questions,
        guidance=found.guidance,
        registers=found.registers,
        dropped={**found.draft.news.dropped, **dropped},
        papers=found.papers,
        steps=found.steps,
        ended=found.ended,
    )


async def _keep(
    session: AsyncSession, portal: Portal, draft: LoadedDraft, after: LoadedDraft
) -> bool:
    """Write the moved draft over the revision that was read; False where that is not the newest."""
    gone = sorted(draft.registers.keys() - after.registers.keys())
    written = await session.execute(
        _MOVE,
        {
            "case_id": draft.case_id,
            "revision": draft.revision,
            "definition": after.definition,
            "sealed_answers": sealed_draft(portal, draft.case_id, after.answers.values),
            "pages": orjson.dumps(after.pages).decode(),
            "evidence": orjson.dumps(after.evidence).decode(),
            "marks": orjson.dumps(after.marks).decode(),
            "news": orjson.dumps(after.news.as_kept()).decode(),
            "for_whom": after.for_whom,
            "gone": gone,
            "now": portal.now(),
        },
    )
    return written.first() is not None


# What a register told for a purpose that is no more is not kept, and nobody is asked for it again.
_MOVE = text("""
    WITH moved AS (
        UPDATE drafts SET
            revision = revision + 1, sealed_answers = :sealed_answers,
            pages = CAST(:pages AS jsonb), evidence = CAST(:evidence AS jsonb),
            marks = CAST(:marks AS jsonb), news = CAST(:news AS jsonb), for_whom = :for_whom
        FROM cases
        WHERE case_id = :case_id AND revision = :revision
          AND cases.id = case_id AND cases.state = 'draft'
        RETURNING case_id
    ), not_asked AS (
        DELETE FROM register_answers USING moved
        WHERE register_answers.case_id = moved.case_id AND register_id = ANY(:gone)
    ), revoked AS (
        UPDATE consents SET revoked_at = :now FROM moved
        WHERE consents.case_id = moved.case_id AND kind = 'register' AND subject = ANY(:gone)
          AND revoked_at IS NULL
    )
    UPDATE cases SET definition = :definition FROM moved WHERE cases.id = moved.case_id
    RETURNING cases.id
""")
