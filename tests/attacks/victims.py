"""Cases of one resident at every stage, as targets: a draft, one asked to mend, one at a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting, evidence_intake, supplementing
from app.cases.applying import submit
from app.cases.claiming import claim
from app.cases.desks import Desk
from app.cases.drafts import LoadedDraft, load_draft
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.partner_consents import give_partner_consent
from app.cases.portal import Portal
from app.database import Database
from app.vocabulary.case_states import Happening
from app.vocabulary.public_service import SupplementPoint
from tests.cases.moving_cases import ANSWERS
from tests.residents.people import MOTHER, add_resident

ANNA = Desk("anna", "test-schools", "331002")
POINTS = (SupplementPoint("合同第二页不清楚。", "lease"), SupplementPoint("请说明原因。"))


@dataclass(frozen=True)
class Victim:
    """What belongs to one resident, by the names that addresses use."""

    resident_id: UUID
    draft: str
    mending: str
    at_desk: str
    by_app: str
    draft_file: UUID
    case_file: UUID
    mending_file: UUID
    supplement: UUID
    task: UUID
    fence: int


async def make_victim(
    database: Database, portal: Portal, app_id: str, person: dict[str, Any] | None = None
) -> Victim:
    """Everything at once; the task is held by Anna."""
    async with database.transaction() as session:
        resident = await add_resident(session, portal, person or MOTHER)
        await give_partner_consent(session, resident, app_id)
        draft = await _draft(session, portal, resident)
        draft_file = await _paper(session, portal, draft.case_id)
        await session.execute(
            text(
                "INSERT INTO register_answers (case_id, register_id, authority_id, state,"
                " sealed_facts) VALUES (:case, 'test-people', 'test-police', 'found', :facts)"
            ),
            {
                "case": draft.case_id,
                "facts": portal.cipher.seal({"full_name": "林满"}, f"facts:{draft.case_id}"),
            },
        )
        mending = await _submitted(session, portal, resident)
        case_file = await _paper(session, portal, mending.case_id)
        supplement = await _asked(session, portal, mending)
        mending_file = await _paper(session, portal, mending.case_id, supplement)
        at_desk = await _submitted(session, portal, resident)
        task, fence = await _at_desk(session, portal, at_desk)
        by_app = await _draft(session, portal, resident, app_id)
    return Victim(
        resident,
        *(draft.number, mending.number, at_desk.number, by_app.number),
        *(draft_file, case_file, mending_file),
        supplement,
        task,
        fence,
    )


async def fingerprints(database: Database, tables: Sequence[str]) -> dict[str, str]:
    """What tables hold, so that a test can say that nothing has changed."""
    async with database.transaction() as session:
        return {
            table: str(
                await session.scalar(
                    # Names of tables come from the tests.
                    text(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t")  # noqa: S608
                )
            )
            for table in tables
        }


async def _draft(
    session: AsyncSession, portal: Portal, resident: UUID, app_id: str | None = None
) -> LoadedDraft:
    number = await drafting.start_draft(
        session,
        portal,
        resident,
        "moving-house",
        ANSWERS,
        "self",
        channel="api" if app_id else "web",
        partner_app=app_id,
    )
    return await load_draft(session, portal, number, resident)


async def _submitted(session: AsyncSession, portal: Portal, resident: UUID) -> LoadedDraft:
    draft = await _draft(session, portal, resident)
    await submit(session, portal, draft, draft.case_file(portal.today()), draft.revision)
    return draft


async def _paper(
    session: AsyncSession, portal: Portal, case_id: UUID, supplement: UUID | None = None
) -> UUID:
    """A kept paper whose bytes lie where the store looks for them."""
    key = "lease" if supplement is None else "point-1"
    upload = await evidence_intake.open_upload(
        session, portal, case_id, key, "合同.jpg", 4, supplement
    )
    await session.execute(
        text(
            "UPDATE evidence_files SET state = 'kept', media_type = 'image/jpeg', received = 4"
            " WHERE id = :id"
        ),
        {"id": upload.id},
    )
    path = portal.settings.var_folder / "files" / "kept" / upload.blob[:2] / upload.blob
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8\xff\xd9")
    return upload.id


async def _asked(session: AsyncSession, portal: Portal, draft: LoadedDraft) -> UUID:
    case = await lock_case(session, draft.case_id)
    return await supplementing.ask(
        session, portal, case, case.step("move-household"), "department:test-police", POINTS
    )


async def _at_desk(session: AsyncSession, portal: Portal, draft: LoadedDraft) -> tuple[UUID, int]:
    case = await lock_case(session, draft.case_id)
    done = Move(
        "move-household",
        Happening.COMPLETED,
        "department:test-police",
        {"output": {"entry": "M1"}},
    )
    await move(session, portal, case, done)
    task = await session.scalar(
        text("SELECT id FROM tasks WHERE case_id = :case ORDER BY id LIMIT 1"),
        {"case": draft.case_id},
    )
    assert isinstance(task, UUID)
    return task, (await claim(session, ANNA, task)).fence
