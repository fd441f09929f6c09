"""A draft is gone when its days are over, with every paper; a case never is."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.forgetting import forget_drafts
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.side_tables import EvidenceFile
from app.integration.file_storage import FileStore
from app.settings import Settings
from tests.cases.moving_cases import a_case, a_draft
from tests.residents.people import NEIGHBOUR, add_resident, make_portal


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


def papers(files: FileStore) -> int:
    """How many papers lie in the store."""
    return sum(path.is_file() for path in files.folder.rglob("*"))


async def test_only_what_is_over_is_forgotten_and_its_papers_with_it(
    session: AsyncSession, portal: Portal, tmp_path: Path
) -> None:
    files = FileStore(tmp_path / "files")
    draft = await a_draft(session, portal)
    blob = files.new_name()
    await files.write(blob, 0, b"a paper")
    session.add(
        EvidenceFile(
            id=new_id(),
            case_id=draft.case_id,
            evidence="lease",
            sealed_name=b"",
            media_type="image/jpeg",
            state="receiving",
            size=7,
            blob=blob,
        )
    )
    await session.flush()
    assert await forget_drafts(session, files) == 0
    assert papers(files) == 1
    await session.execute(text("UPDATE drafts SET expires_at = now() - interval '1 second'"))
    assert await forget_drafts(session, files) == 1
    assert papers(files) == 0
    left = await session.scalar(
        text("SELECT count(*) FROM cases, drafts, evidence_files WHERE cases.id IS NOT NULL")
    )
    assert left == 0
    assert await session.scalar(text("SELECT count(*) FROM cases")) == 0
    assert await forget_drafts(session, files) == 0


async def test_a_submitted_case_is_never_forgotten(
    session: AsyncSession, portal: Portal, tmp_path: Path
) -> None:
    case = await a_case(session, portal)
    await add_resident(session, portal, NEIGHBOUR)
    assert await forget_drafts(session, FileStore(tmp_path)) == 0
    assert await session.scalar(text("SELECT id FROM cases")) == case.case_id
