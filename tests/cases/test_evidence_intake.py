"""Papers of a draft: announced, received in pieces, kept, counted, removed."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting, evidence_intake
from app.cases.drafts import LoadedDraft
from app.cases.evidence_intake import Upload, WrongOffset
from app.cases.portal import Portal
from app.errors import Invalid, NotFound, TooLarge, TooMany
from app.integration.file_storage import CleanFile, FileStore
from app.settings import Settings
from tests.integration.test_file_storage import photo
from tests.residents.people import add_resident, make_portal


@pytest.fixture
def portal(settings: Settings) -> Portal:
    return make_portal(settings)


@pytest.fixture
async def resident(session: AsyncSession, portal: Portal) -> UUID:
    return await add_resident(session, portal)


@pytest.fixture
async def draft(session: AsyncSession, portal: Portal, resident: UUID) -> LoadedDraft:
    number = await drafting.start_draft(session, portal, resident, "moving-house", {}, "self")
    return await drafting.load_draft(session, portal, number, resident)


async def send(
    session: AsyncSession, portal: Portal, draft: LoadedDraft, name: str = "合同.jpg"
) -> Upload:
    content = photo()
    store = FileStore.of(portal.settings)
    opened = await evidence_intake.open_upload(
        session, portal, draft.case_id, "lease", name, len(content)
    )
    upload = await evidence_intake.receive(session, portal, draft.case_id, opened.id, 0, content)
    assert upload.is_whole
    await evidence_intake.keep(session, portal, upload, await store.make_harmless(upload.blob))
    return upload


async def test_a_paper_stands_in_the_draft_once_it_is_kept(
    session: AsyncSession, portal: Portal, draft: LoadedDraft, resident: UUID
) -> None:
    upload = await send(session, portal, draft)
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert read.evidence == {"lease": {"how": "file", "files": [str(upload.id)]}}
    assert [(file.name, file.state) for file in read.files_of("lease")] == [("合同.jpg", "kept")]
    assert read.revision > draft.revision
    paper = await evidence_intake.kept_paper(session, portal, draft.case_id, upload.id)
    assert paper.name == "合同.jpg"
    assert paper.media_type == "image/jpeg"
    assert len(paper.sha256) == 64


async def test_removing_the_last_paper_makes_it_missing_again(
    session: AsyncSession, portal: Portal, draft: LoadedDraft, resident: UUID
) -> None:
    upload = await send(session, portal, draft)
    blob = await evidence_intake.remove(session, portal, draft.case_id, upload.id)
    assert blob == upload.blob
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert read.evidence == {}
    assert read.files == ()
    with pytest.raises(NotFound):
        await evidence_intake.kept_paper(session, portal, draft.case_id, upload.id)


async def test_a_promise_to_send_it_later_survives_a_removed_paper(
    session: AsyncSession, portal: Portal, draft: LoadedDraft, resident: UUID
) -> None:
    upload = await evidence_intake.open_upload(session, portal, draft.case_id, "photo", "a.jpg", 10)
    await drafting.set_evidence(session, portal, draft, "photo", {"how": "deferred"})
    await evidence_intake.remove(session, portal, draft.case_id, upload.id)
    read = await drafting.load_draft(session, portal, draft.number, resident)
    assert read.evidence == {"photo": {"how": "deferred"}}


async def test_a_lost_line_goes_on_where_it_broke(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    content = photo()
    case = draft.case_id
    opened = await evidence_intake.open_upload(session, portal, case, "lease", "a", len(content))
    await evidence_intake.receive(session, portal, case, opened.id, 0, content[:700])
    with pytest.raises(WrongOffset) as told:
        await evidence_intake.receive(session, portal, case, opened.id, 0, content[:700])
    assert told.value.offset == 700
    found = await evidence_intake.find_upload(session, case, opened.id)
    assert (found.received, found.is_whole) == (700, False)
    whole = await evidence_intake.receive(session, portal, case, opened.id, 700, content[700:])
    assert whole.is_whole
    clean = await FileStore.of(portal.settings).make_harmless(whole.blob)
    assert isinstance(clean, CleanFile)


async def test_what_cannot_be_taken_is_said_before_a_byte_is_sent(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    with pytest.raises(TooLarge):
        await evidence_intake.open_upload(
            session, portal, draft.case_id, "lease", "a.jpg", 25_000_000
        )
    with pytest.raises(Invalid):
        await evidence_intake.open_upload(session, portal, draft.case_id, "lease", "a.jpg", 0)


async def test_more_bytes_than_announced_are_refused(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    opened = await evidence_intake.open_upload(session, portal, draft.case_id, "lease", "a", 3)
    with pytest.raises(TooLarge):
        await evidence_intake.receive(session, portal, draft.case_id, opened.id, 0, b"1234")


async def test_a_paper_has_at_most_five_files(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    for number in range(5):
        upload = await evidence_intake.open_upload(
            session, portal, draft.case_id, "lease", f"{number}.jpg", 3
        )
        clean = CleanFile("image/jpeg", 3, "0" * 64)
        await evidence_intake.keep(session, portal, upload, clean)
    with pytest.raises(TooMany):
        await evidence_intake.open_upload(session, portal, draft.case_id, "lease", "6.jpg", 3)


async def test_unfinished_uploads_do_not_fill_a_case_for_ever(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    for number in range(evidence_intake.MOST_FILES_PER_CASE):
        await evidence_intake.open_upload(
            session, portal, draft.case_id, "lease", f"{number}.jpg", 3
        )
    with pytest.raises(TooMany):
        await evidence_intake.open_upload(session, portal, draft.case_id, "lease", "n.jpg", 3)


async def test_another_cases_paper_is_not_found(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    upload = await send(session, portal, draft)
    with pytest.raises(NotFound):
        await evidence_intake.find_upload(session, uuid4(), upload.id)
    with pytest.raises(NotFound):
        await evidence_intake.kept_paper(session, portal, uuid4(), upload.id)


async def test_names_of_files_are_sealed_and_plain(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> None:
    upload = await send(session, portal, draft, "C:\\照片\\林满的身份证.jpg")
    paper = await evidence_intake.kept_paper(session, portal, draft.case_id, upload.id)
    assert paper.name == "林满的身份证.jpg"
    row = await session.scalar(text("SELECT evidence_files::text FROM evidence_files"))
    assert "林满" not in row
    assert "林满".encode().hex() not in row


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a.jpg", "a.jpg"),
        ("../../etc/passwd", "passwd"),
        ("", "文件"),
        ("\x00\x01", "文件"),
        ("长" * 400 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(sent: str, kept: str) -> None:
    assert evidence_intake.plain_name(sent) == kept
