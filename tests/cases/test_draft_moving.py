"""A draft moves to the edition offered now: what fits stays, what changed is looked at again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.draft_moving import current_draft, has_to_move, moved
from app.cases.drafts import LoadedDraft, load_draft
from app.cases.form_state import FormState, form_state
from app.cases.portal import Portal
from app.database import Database
from app.errors import StaleForm
from app.forms import questions as kinds
from app.forms.conditions import Is
from app.forms.fields import read_value
from app.forms.parts import Problem
from app.forms.questions import Check, Choice, Page, Question
from app.settings import Settings
from app.vocabulary.life_event import LifeEvent, Step
from app.wording import Words
from tests.cases.moving_cases import ANSWERS
from tests.residents.editions import FLOOR, NEW, OLD, with_page, with_question
from tests.residents.moving_house import CHILDREN, MOVE, MOVING, ROOMS, request_move
from tests.residents.people import add_resident, make_portal

EVERY_PAGE = {"mover": "done", "home": "done", "room:1": "done", "room:2": "done"}
Statements = list[str]


async def a_draft(
    session: AsyncSession, portal: Portal, answers: dict[str, Any] | None = None
) -> LoadedDraft:
    """A draft whose pages were all filled in, on the edition that this portal offers."""
    resident = await add_resident(session, portal)
    given = answers or {**ANSWERS, "for_whom": "self"}
    number = await drafting.start_draft(session, portal, resident, "moving-house", given, "self")
    draft = await load_draft(session, portal, number, resident)
    for key, state in EVERY_PAGE.items():
        draft = await drafting.save_page(
            session, portal, draft, draft.revision, key, draft.answers, state
        )
    return draft


async def opened(session: AsyncSession, portal: Portal, draft: LoadedDraft) -> FormState:
    found = await current_draft(session, portal, draft.number, draft.resident_id)
    return form_state(found)


def states(state: FormState) -> dict[str, str]:
    return {page.key: page.state for page in state.pages}


@pytest.fixture
def before(settings: Settings) -> Portal:
    return make_portal(settings)


@pytest.fixture
def offering(settings: Settings) -> Callable[..., Portal]:
    """The city that offers another edition; with `keep` the older one is still declared."""

    def offer(event: LifeEvent, *, keep: bool = False, version: str = "2") -> Portal:
        newer = replace(event, version=version)
        return make_portal(settings, newer, *([OLD] if keep else []))

    return offer


async def test_an_unchanged_definition_changes_nothing(
    session: AsyncSession, before: Portal, statements: Statements
) -> None:
    draft = await a_draft(session, before)
    statements.clear()
    again = await current_draft(session, before, draft.number, draft.resident_id)
    assert len(statements) == 1
    assert (again.revision, again.pages, again.answers.values) == (
        draft.revision,
        draft.pages,
        draft.answers.values,
    )
    assert not again.has_just_moved


async def test_another_version_of_the_same_form_asks_nothing_again(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    state = await opened(session, offering(MOVING), draft)
    assert states(state) == EVERY_PAGE
    assert state.draft.definition == "2"
    assert state.draft.answers.values == draft.answers.values
    assert not state.has_unseen
    assert await session.scalar(text("SELECT definition FROM cases")) == "2"


async def test_only_the_page_that_changed_is_looked_at_again(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    label = Words("您的电话", "Your phone")
    portal = offering(with_question(MOVING, "home", "phone", label=label))
    state = await opened(session, portal, draft)
    assert states(state) == {**EVERY_PAGE, "home": "changed"}
    assert state.draft.news.questions == {"phone": "changed"}
    assert state.answers.values == draft.answers.values
    assert state.has_unseen
    assert not state.is_ready
    saved = await drafting.save_page(
        session, portal, state.draft, state.draft.revision, "home", state.draft.answers, "done"
    )
    assert not form_state(saved).has_unseen


async def test_it_is_moved_once_and_asked_nothing_twice(
    session: AsyncSession,
    before: Portal,
    offering: Callable[..., Portal],
    statements: Statements,
) -> None:
    draft = await a_draft(session, before)
    portal = offering(NEW)
    statements.clear()
    first = await current_draft(session, portal, draft.number, draft.resident_id)
    assert len(statements) == 2
    assert first.has_just_moved
    assert first.revision == draft.revision + 1
    statements.clear()
    second = await current_draft(session, portal, draft.number, draft.resident_id)
    assert len(statements) == 1
    assert not second.has_just_moved
    assert (second.pages, second.news) == (first.pages, first.news)


async def test_a_new_question_and_a_new_step_are_told(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    small = replace(MOVING, steps=(Step(MOVE, request_move),))
    old = offering(small, version="1")
    draft = await a_draft(session, old)
    state = await opened(session, offering(NEW), draft)
    assert state.draft.news.questions == {"floor": "new"}
    assert state.draft.news.steps == ("register-room",)
    assert states(state)["home"] == "changed"
    assert [found.question for page in state.pages for found in page.corrections] == ["floor"]


async def test_an_option_that_is_gone_takes_its_answer_along(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    (home, rooms) = MOVING.guidance
    assert isinstance(home.kind, Choice)
    fewer = replace(home, kind=Choice(tuple(o for o in home.kind.options if o.value != "rented")))
    state = await opened(
        session, offering(replace(MOVING, guidance=(fewer, rooms), outcomes=())), draft
    )
    assert "home" not in state.draft.answers.values
    assert state.draft.news.dropped == {"home": {}}
    assert state.unseen_guidance == ("home",)
    assert [found.question for found in state.situation] == ["home"]
    assert states(state) == EVERY_PAGE


async def test_a_changed_question_before_the_form_is_looked_at_again(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    (home, rooms) = MOVING.guidance
    clearer = replace(rooms, label=Words("有几间卧室？", "How many bedrooms?"))
    portal = offering(replace(MOVING, guidance=(home, clearer)))
    state = await opened(session, portal, draft)
    assert state.draft.answers.text("rooms") == "2"
    assert state.unseen_guidance == ("rooms",)
    assert not state.is_ready
    saved = await drafting.save_page(
        session, portal, state.draft, state.draft.revision, "", state.draft.answers, "done", "rooms"
    )
    assert form_state(saved).unseen_guidance == ()
    read = await current_draft(session, portal, draft.number, draft.resident_id)
    assert form_state(read).unseen_guidance == ()


@pytest.mark.parametrize("keep", [True, False])
async def test_a_question_that_is_gone_is_told_with_its_words_where_they_are_known(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal], keep: bool
) -> None:
    answers = {**ANSWERS, "room": [{"room_use": "睡觉", "beds": 2}, {"room_use": "做饭"}]}
    draft = await a_draft(session, before, answers)
    without = with_page(MOVING, "room", lambda page: replace(page, questions=page.questions[:1]))
    state = await opened(session, offering(without, keep=keep), draft)
    assert state.draft.answers.values["room"] == [{"room_use": "睡觉"}, {"room_use": "做饭"}]
    told = {"zh": "几张床？", "en": "How many beds?"} if keep else {"zh": "", "en": ""}
    assert state.draft.news.dropped == {"beds": told}
    assert states(state) == EVERY_PAGE


async def test_a_page_that_was_split_keeps_its_answers_and_shows_the_new_half(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    mover, home, room = MOVING.pages
    first = replace(home, questions=home.questions[:2], checks=())
    reach = Page("reach", Words("怎么找到您", "How to reach you"), home.questions[2:])
    state = await opened(
        session, offering(replace(MOVING, pages=(mover, first, reach, room))), draft
    )
    assert state.answers.text("phone") == "13800000001"
    assert states(state) == {**EVERY_PAGE, "home": "changed", "reach": "changed"}
    assert state.draft.news.questions == {"phone": "moved", "note": "moved"}
    assert state.draft.news.dropped == {}


async def test_what_was_declared_is_declared_anew_in_other_words(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    truth = Question("truth", Words("以上属实，我负责。", "True, I answer for it."), kinds.Tick())
    state = await opened(session, offering(replace(MOVING, declarations=(truth,))), draft)
    assert not state.answers.has("truth")
    assert [found.question for found in state.declarations] == ["truth"]
    assert state.draft.news.dropped == {}


async def test_a_register_newly_asked_needs_a_consent_of_its_own(
    session: AsyncSession, offering: Callable[..., Portal]
) -> None:
    old = offering(replace(MOVING, asks=MOVING.asks[:1]), version="1")
    draft = await a_draft(session, old)
    draft = await drafting.give_consents(session, old, draft, {"test-people": False})
    portal = offering(MOVING)
    state = await opened(session, portal, draft)
    assert state.unseen_registers == ("test-children",)
    assert state.draft.registers["test-people"].state == "declined"
    assert not state.is_ready
    given = await drafting.give_consents(
        session, portal, state.draft, {"test-people": False, "test-children": True}, ["child"]
    )
    assert form_state(given).unseen_registers == ()
    rows = await session.execute(
        text("SELECT subject, text_version FROM consents WHERE kind = 'register'")
    )
    assert rows.all() == [("test-children", "2")]


async def test_a_register_that_is_asked_no_more_loses_consent_and_facts(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    agreed = {"test-people": True, "test-children": True}
    draft = await drafting.give_consents(session, before, draft, agreed, ["sensitive", "child"])
    mover, home, room = MOVING.pages
    own = replace(mover, questions=tuple(replace(q, shared=None) for q in mover.questions))
    only = tuple(ask for ask in MOVING.asks if ask.register is CHILDREN)
    papers_aside = replace(MOVING, pages=(own, home, room), asks=only)
    state = await opened(session, offering(papers_aside), draft)
    assert set(state.draft.registers) == {"test-children"}
    rows = await session.execute(
        text("SELECT subject, revoked_at IS NULL FROM consents WHERE kind = 'register' ORDER BY 1")
    )
    assert rows.all() == [("test-children", True), ("test-people", False)]
    kept = await session.scalars(text("SELECT register_id FROM register_answers"))
    assert list(kept) == ["test-children"]


async def test_the_way_a_paper_was_promised_goes_where_it_is_not_open_any_more(
    session: AsyncSession, before: Portal, settings: Settings
) -> None:
    draft = await a_draft(session, before)
    later = {"how": "deferred", "due": "2026-12-24", "files": []}
    draft = await drafting.set_evidence(session, before, draft, "photo", later)
    draft = await drafting.set_evidence(session, before, draft, "no-debts", {"how": "commitment"})
    evidence = tuple(
        replace(one, defer_working_days=None) if one.id == "photo" else one for one in MOVE.evidence
    )
    move = replace(MOVE, evidence=evidence)
    steps = (Step(move, request_move), replace(MOVING.steps[1], requires=(move,)))
    after = make_portal(settings, replace(MOVING, steps=steps), services=(move, ROOMS))
    state = await opened(session, after, draft)
    assert set(state.draft.evidence) == {"no-debts"}
    assert state.draft.news.papers == ("photo",)
    assert "photo" in [paper.id for paper in state.open_papers]


async def test_a_draft_from_before_all_this_shows_everything_once(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    await session.execute(text("UPDATE drafts SET marks = '{}'"))
    assert not has_to_move(await load_draft(session, before, draft.number, draft.resident_id))
    state = await opened(session, offering(NEW), draft)
    assert set(states(state).values()) == {"changed"}
    assert state.unseen_guidance == ("home", "rooms")
    assert state.answers.text("phone") == "13800000001"


async def test_the_older_edition_tells_what_a_draft_without_marks_stood_on(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    await session.execute(text("UPDATE drafts SET marks = '{}'"))
    state = await opened(session, offering(NEW, keep=True), draft)
    assert states(state) == {**EVERY_PAGE, "home": "changed"}


async def test_a_change_without_a_new_version_is_noticed_all_the_same(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    state = await opened(session, offering(NEW, version="1"), draft)
    assert states(state)["home"] == "changed"


async def test_two_moves_in_a_row_tell_both(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    await opened(session, offering(NEW), draft)
    third = with_question(NEW, "room", "room_use", label=Words("用途", "Use"))
    state = await opened(session, offering(third, version="3"), draft)
    assert states(state) == {
        "mover": "done",
        "home": "changed",
        "room:1": "changed",
        "room:2": "changed",
    }
    assert state.draft.news.questions == {"floor": "new", "room_use": "changed"}
    assert state.draft.news.steps == ()


async def test_who_opens_it_twice_at_once_moves_it_once(
    database: Database, before: Portal, offering: Callable[..., Portal]
) -> None:
    async with database.transaction() as session:
        draft = await a_draft(session, before)
    portal = offering(NEW)

    async def look() -> LoadedDraft:
        async with database.transaction() as session:
            return await current_draft(session, portal, draft.number, draft.resident_id)

    found = await asyncio.gather(*(look() for _ in range(8)))
    assert {one.revision for one in found} == {draft.revision + 1}
    assert len({str(one.news) for one in found}) == 1
    assert sum(one.has_just_moved for one in found) == 1


async def test_what_is_saved_while_it_moves_is_not_lost(
    database: Database, before: Portal, offering: Callable[..., Portal]
) -> None:
    """A process of the older version saves between reading and moving; its answer is moved too."""
    async with database.transaction() as session:
        draft = await a_draft(session, before)
    portal = offering(NEW)
    async with database.transaction() as older:
        answers = draft.answers.with_values({"note": "三楼"})
        await drafting.save_page(older, before, draft, draft.revision, "home", answers, "done")
        async with database.transaction() as newer:
            looking = asyncio.create_task(
                current_draft(newer, portal, draft.number, draft.resident_id)
            )
            await asyncio.sleep(0.2)
            assert not looking.done()
            await older.commit()
            found = await looking
    assert found.answers.text("note") == "三楼"
    assert found.pages["home"] == "changed"


async def test_a_process_of_the_older_version_does_not_move_it_back(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    """While a version goes out, both serve; the newer answers outlive a visit to the older one."""
    draft = await a_draft(session, before)
    newer = offering(NEW)
    state = await opened(session, newer, draft)
    answers = state.draft.answers.with_values({"floor": 3})
    await drafting.save_page(
        session, newer, state.draft, state.draft.revision, "home", answers, "done"
    )
    seen = await current_draft(session, before, draft.number, draft.resident_id)
    assert (seen.definition, seen.has_just_moved) == ("2", False)
    await drafting.save_page(session, before, seen, seen.revision, "mover", seen.answers, "done")
    again = await opened(session, newer, draft)
    assert again.answers.number("floor") == 3
    assert not again.has_unseen


async def test_a_form_from_before_the_move_saves_nothing(
    session: AsyncSession, before: Portal, offering: Callable[..., Portal]
) -> None:
    draft = await a_draft(session, before)
    portal = offering(NEW)
    await opened(session, portal, draft)
    with pytest.raises(StaleForm):
        await drafting.save_page(
            session, before, draft, draft.revision, "home", draft.answers, "done"
        )


# Random editions ---------------------------------------------------------------------------------

NEW_QUESTIONS = (
    FLOOR,
    Question("garden", Words("有花园吗？", "A garden?"), kinds.YES_NO, optional=True),
    Question(
        "pets", Words("宠物", "Pets"), kinds.Text(), optional=True, applies=Is("home", "bought")
    ),
)


def relabelled(question: Question) -> Question:
    return replace(question, label=Words(question.label.zh + "（新）", question.label.en + " new"))


def narrowed(question: Question) -> Question:
    """One that takes less than before."""
    match question.kind:
        case Choice(options):
            return replace(question, kind=Choice(options[:1]))
        case kinds.Text():
            return replace(question, kind=kinds.Text(longest=1))
        case kinds.Date():
            return replace(question, kind=kinds.Date(past_days=0))
    return replace(question, kind=kinds.Text())


NEVER_DROPPED = frozenset({MOVING.county, "moved_on", "mover_name", "room_use"})


@dataclass(frozen=True)
class Edited:
    """An edition that somebody has worked on, said shortly."""

    event: LifeEvent

    def __repr__(self) -> str:
        pages = {page.id: [q.label.zh for q in page.questions] for page in self.event.pages}
        return f"{[q.label.zh for q in self.event.guidance]} {pages} {len(self.event.steps)}"


@st.composite
def editions(draw: st.DrawFn) -> Edited:
    """The event after somebody has worked on it: anything may have been touched, or nothing."""
    pages: list[Page] = []
    extra = list(draw(st.permutations(NEW_QUESTIONS)))
    for declared in MOVING.pages:
        page = draw(
            st.sampled_from([declared, declared, declared, replace(declared, title=NEW.title)])
        )
        questions = [draw(edits(question)) for question in page.questions]
        kept = [question for question in questions if question is not None]
        if page.each is None and len(kept) < 5 and draw(st.booleans()):
            kept.append(extra.pop())
        checks = tuple(rule for rule in page.checks if rule.question in {q.id for q in kept})
        if checks and draw(st.booleans()):
            checks = (Check(checks[0].question, lambda answers: True, Words("新规则", "New rule")),)
        if len(kept) > 1 and page.each is None and draw(st.booleans()):
            pages.append(replace(page, questions=tuple(kept[:1]), checks=()))
            pages.append(Page(f"{page.id}-two", Words("又一页", "One more"), tuple(kept[1:])))
        else:
            pages.append(replace(page, questions=tuple(kept), checks=checks))
    guidance = tuple(
        draw(st.sampled_from([question, question, relabelled(question), narrowed(question)]))
        for question in MOVING.guidance
    )
    event = replace(
        MOVING,
        pages=tuple(pages),
        guidance=guidance,
        steps=MOVING.steps if draw(st.booleans()) else MOVING.steps[:1],
        outcomes=MOVING.outcomes if guidance[0].kind == MOVING.guidance[0].kind else (),
    )
    return Edited(event)


def edits(question: Question) -> st.SearchStrategy[Question | None]:
    """The question as it is (mostly), in other words, taking less, or gone."""
    ways: list[Question | None] = [question, question, question, relabelled(question)]
    if question.id not in NEVER_DROPPED:
        ways.append(None)
    if question.id != MOVING.county and not question.shared:
        ways.append(narrowed(question))
    return st.sampled_from(ways)


def answers_of(draft: LoadedDraft) -> dict[tuple[str, int | None], Any]:
    """Every answer by question and item."""
    found: dict[tuple[str, int | None], Any] = {}
    for key, value in draft.answers.values.items():
        if key == "room" and isinstance(value, list):
            for item, own in enumerate(value):
                assert isinstance(own, dict)
                found |= {(name, item): answer for name, answer in own.items()}
        else:
            found[key, None] = value
    return found


@hypothesis.settings(
    max_examples=300, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@given(edition=editions(), home=st.sampled_from(["rented", "bought"]), kept=st.booleans())
def test_whatever_changes_no_fitting_answer_is_lost_and_nothing_new_goes_unseen(
    edition: Edited, home: str, kept: bool, settled: Callable[..., tuple[Portal, LoadedDraft]]
) -> None:
    newer = replace(edition.event, version="2")
    portal, base = settled(newer, *([OLD] if kept else []))
    old = replace(
        base,
        life_event=newer,
        answers=base.answers.with_values({"home": home, "note": "朝南"}),
    )
    assert has_to_move(old)
    after = moved(portal, old)
    state = form_state(after)
    asked = {question.id: question for question in newer.questions}
    now_asked = {
        (question.id, page.place.item): question
        for page in state.pages
        for question in page.place.questions
    } | {(q.id, None): q for q in newer.guidance if q.applies.holds(state.answers)}

    # No answer that fits is lost; what does not fit is told.
    for (name, item), value in answers_of(old).items():
        question = now_asked.get((name, item))
        if question is None or isinstance(question.kind, kinds.Tick):
            continue
        fits = not isinstance(read_value(question, value, old.answers.today), Problem)
        assert ((name, item) in answers_of(after)) == fits
        assert fits or name in after.news.dropped
    for name in {name for name, _ in answers_of(old)} - {"for_whom", "truth"}:
        assert name in asked or name in after.news.dropped

    # Nothing that is new or reads otherwise is taken as seen.
    flagged = {page.place.page.id for page in state.pages if page.state == "changed"}
    for page in state.pages:
        same = [p for p in MOVING.pages if p.id == page.place.page.id]
        before = {question for p in same for question in p.questions}
        is_retitled = page.place.page.title not in [p.title for p in same]
        reads_otherwise = is_retitled or any(q not in before for q in page.place.questions)
        if reads_otherwise:
            assert page.state == "changed" or page.corrections
        elif page.place.page in MOVING.pages:
            assert page.place.page.id not in flagged
            assert page.state in {"done", "problem"}
    for question in newer.guidance:
        changed = question not in MOVING.guidance
        assert (question.id in after.news.guidance) == changed

    # Moving again changes nothing.
    assert not has_to_move(after)
    assert moved(portal, after).answers.values == after.answers.values


@pytest.fixture
async def settled(
    session: AsyncSession, settings: Settings
) -> Callable[..., tuple[Portal, LoadedDraft]]:
    """A complete draft on the first edition, and the city as it is later."""
    draft = await a_draft(session, make_portal(settings))

    def later(*offered: LifeEvent) -> tuple[Portal, LoadedDraft]:
        return make_portal(settings, *offered), draft

    return later
