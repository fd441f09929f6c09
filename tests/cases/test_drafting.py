"""Drafts: one statement to read, one guarded statement to save, nothing lost, nothing of others."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.cases import drafting
from app.cases.drafts import LoadedDraft
from app.cases.portal import Portal
from app.errors import Conflict, NotFound, StaleForm
from app.settings import Settings
from tests.residents.people import NEIGHBOUR, add_resident, make_portal

ANSWERS = {"home": "rented", "rooms": "2", "for_whom": "self"}


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


@pytest.fixture
async def resident(session: AsyncSession, portal: Portal) -> UUID:
    return await add_resident(session, portal)


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """Every statement that was sent since the test began."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def make_draft(session: AsyncSession, portal: Portal, resident: UUID) -> LoadedDraft:
    number = await drafting.start_draft(session, portal, resident, "moving-house", ANSWERS, "self")
    return await drafting.load_draft(session, portal, number, resident)


async def test_a_draft_begins_with_what_was_answered_before(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    assert draft.is_open
    assert draft.revision == 0
    assert dict(draft.answers.values) == ANSWERS
    assert draft.applicant.name == "林满"
    assert draft.for_whom == "self"
    assert (draft.expires_at - portal.now()).days in {29, 30}
    assert draft.case_file(portal.today()).answers.today == portal.today()


async def test_reading_and_saving_are_one_statement_each(
    session: AsyncSession, portal: Portal, resident: UUID, statements: list[str]
) -> None:
    number = await drafting.start_draft(session, portal, resident, "moving-house", ANSWERS, "self")
    assert len(statements) == 1
    draft = await drafting.load_draft(session, portal, number, resident)
    assert len(statements) == 2
    answers = draft.answers.with_values({"mover_name": "林满"})
    await drafting.save_page(session, portal, draft, 0, "mover", answers, "started")
    assert len(statements) == 3


async def test_nothing_of_what_was_typed_lies_open_in_the_database(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    answers = draft.answers.with_values({"mover_name": "不能被看见"})
    await drafting.save_page(session, portal, draft, 0, "mover", answers, "done")
    row = (await session.execute(text("SELECT drafts::text FROM drafts"))).scalar_one()
    assert "不能被看见" not in row
    assert "不能被看见".encode().hex() not in row


async def test_a_save_is_read_again(session: AsyncSession, portal: Portal, resident: UUID) -> None:
    draft = await make_draft(session, portal, resident)
    answers = draft.answers.with_values({"mover_name": "𬱖·买买提"})
    saved = await drafting.save_page(session, portal, draft, 0, "mover", answers, "done")
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert (saved.revision, read.revision) == (1, 1)
    assert read.answers.text("mover_name") == "𬱖·买买提"
    assert read.pages == {"mover": "done"}


async def test_who_saw_an_older_draft_overwrites_nothing(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    first = await make_draft(session, portal, resident)
    second = await drafting.load_draft(session, portal, first.number, resident)
    await drafting.save_page(
        session, portal, first, 0, "mover", first.answers.with_values({"a": "1"}), "done"
    )
    with pytest.raises(StaleForm):
        await drafting.save_page(
            session, portal, second, 0, "mover", second.answers.with_values({"a": "2"}), "done"
        )
    read = await drafting.load_draft(session, portal, first.number, resident)
    assert read.answers.text("a") == "1"
    with pytest.raises(StaleForm):
        await drafting.save_page(session, portal, read, 0, "mover", read.answers, "done")


@pytest.mark.parametrize("number", ["TZ-0000-0000-0000", "", "'; drop table cases; --"])
async def test_an_unknown_number_is_not_found(
    session: AsyncSession, portal: Portal, resident: UUID, number: str
) -> None:
    with pytest.raises(NotFound):
        await drafting.load_draft(session, portal, number, resident)


async def test_another_residents_draft_is_not_found(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    neighbour = await add_resident(session, portal, NEIGHBOUR)
    with pytest.raises(NotFound):
        await drafting.load_draft(session, portal, draft.number, neighbour)


async def test_a_draft_is_over_after_thirty_days(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    await session.execute(text("UPDATE drafts SET expires_at = now() - interval '1 second'"))
    with pytest.raises(NotFound):
        await drafting.load_draft(session, portal, draft.number, resident)


async def test_an_event_that_does_not_exist_cannot_be_started(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    with pytest.raises(NotFound):
        await drafting.start_draft(session, portal, resident, "flying", {}, "")


async def test_consents_are_recorded_and_only_agreed_registers_are_asked(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    saved = await drafting.give_consents(
        session, portal, draft, {"test-people": True, "test-children": False}, ["sensitive"]
    )
    assert {view.state for view in saved.registers.values()} == {"consented", "declined"}
    consents = (
        await session.execute(text("SELECT kind, subject, text_version FROM consents"))
    ).all()
    assert sorted(map(tuple, consents)) == [
        ("register", "test-people", "1"),
        ("sensitive", "", "1"),
    ]
    jobs = (await session.execute(text("SELECT entrypoint FROM pgqueuer"))).scalars().all()
    assert jobs == ["authority:test-police"]


async def test_a_consent_can_be_taken_back_and_the_facts_go(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await with_facts(session, portal, resident)
    assert draft.facts == {"test-people": {"full_name": "林满"}}
    await drafting.give_consents(session, portal, draft, {"test-people": False})
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert read.registers["test-people"].state == "declined"
    assert read.facts == {}
    left = await session.scalar(text("SELECT count(*) FROM consents WHERE revoked_at IS NULL"))
    assert left == 0


async def test_agreeing_twice_asks_once(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await with_facts(session, portal, resident)
    again = await drafting.give_consents(session, portal, draft, {"test-people": True})
    assert again.registers["test-people"].state == "found"
    assert await session.scalar(text("SELECT count(*) FROM pgqueuer")) == 1


async def with_facts(session: AsyncSession, portal: Portal, resident: UUID) -> LoadedDraft:
    draft = await make_draft(session, portal, resident)
    await drafting.give_consents(session, portal, draft, {"test-people": True})
    await session.execute(
        text(
            "UPDATE register_answers SET state = 'found', sealed_facts = :facts,"
            " answered_at = now()"
        ),
        {"facts": portal.cipher.seal({"full_name": "林满"}, f"facts:{draft.case_id}")},
    )
    return await drafting.load_draft(session, portal, draft.number, resident)


async def test_facts_said_to_be_wrong_are_not_used_and_stop_nobody(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await with_facts(session, portal, resident)
    await drafting.answer_register_verdict(
        session, portal, draft, "test-people", "wrong", "名字错了"
    )
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert read.facts == {}
    assert read.registers["test-people"].note == "名字错了"
    with pytest.raises(NotFound):
        await drafting.answer_register_verdict(session, portal, read, "test-children", "right")


async def test_how_a_paper_is_given_can_be_changed_and_forgotten(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    later = await drafting.set_evidence(
        session, portal, draft, "photo", {"how": "deferred", "due": "2026-12-01"}
    )
    assert later.evidence == {"photo": {"how": "deferred", "due": "2026-12-01"}}
    gone = await drafting.set_evidence(session, portal, later, "photo", None)
    assert gone.evidence == {}


async def test_a_deleted_draft_leaves_nothing_behind(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await with_facts(session, portal, resident)
    assert await drafting.delete_draft(session, draft) == []
    for table in ("cases", "drafts", "register_answers", "consents", "evidence_files"):
        assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608


async def test_what_was_submitted_cannot_be_saved_or_deleted(
    session: AsyncSession, portal: Portal, resident: UUID
) -> None:
    draft = await make_draft(session, portal, resident)
    await session.execute(text("UPDATE cases SET state = 'running'"))
    with pytest.raises(StaleForm):
        await drafting.save_page(session, portal, draft, 0, "mover", draft.answers, "done")
    with pytest.raises(Conflict):
        await drafting.delete_draft(session, draft)
    read = await drafting.load_draft(session, portal, draft.number, resident)
    with pytest.raises(Conflict):
        await drafting.save_page(session, portal, read, 0, "mover", read.answers, "done")
