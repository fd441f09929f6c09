"""Papers: in pieces over a lost line, as one plain file, later, promised, removed, handed out."""

import hashlib

import httpx
import pytest
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from app.integration import file_storage
from tests.integration.test_file_storage import photo
from tests.page_reader import Reader
from tests.residents.people import NEIGHBOUR, sign_in
from tests.residents.steps import ready_draft, upload


@pytest.fixture
async def draft(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    return await ready_draft(client, database, portal)


async def token_of(reader: Reader, here: str) -> dict[str, str]:
    """What a script sends with each request: the token of the page."""
    page = await reader.open(f"{here}/papers/lease")
    meta = page.html.partition('name="csrf-token" content="')[2].partition('"')[0]
    return {"x-csrf-token": meta, "accept": "application/json"}


async def test_a_photo_arrives_in_pieces_and_goes_on_after_a_lost_line(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    client, content = reader.client, photo((1600, 1200))
    head = await token_of(reader, here)
    made = await client.post(
        f"{here}/papers/lease/uploads",
        json={"name": "合同.jpg", "size": len(content), "type": "image/jpeg"},
        headers=head,
    )
    assert made.status_code == 201
    address = made.json()["url"]
    cut = len(content) // 2
    piece = await client.patch(
        address, content=content[:cut], headers={**head, "upload-offset": "0"}
    )
    assert piece.json() == {"offset": cut, "done": False}
    lost = await client.patch(
        address, content=content[:cut], headers={**head, "upload-offset": "0"}
    )
    assert lost.status_code == 409
    far = await client.head(address)
    assert far.headers["upload-offset"] == str(cut)
    last = await client.patch(
        address, content=content[cut:], headers={**head, "upload-offset": str(cut)}
    )
    assert last.json() == {"offset": len(content), "done": True}
    page = await reader.open(f"{here}/papers/lease")
    assert "合同.jpg" in page.text
    hub = await reader.open(here)
    assert "租房合同 已完成" in hub.text


async def test_html_in_a_photos_clothes_is_refused_with_a_sentence_and_gone(
    draft: tuple[Reader, str], database: Database
) -> None:
    reader, here = draft
    page = await upload(reader, here, "lease", b"<html><script>alert(1)</script></html>", 415)
    assert page.errors()[0].startswith("这个文件不是照片，也不是 PDF。")
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM evidence_files")) == 0
    head = await token_of(reader, here)
    made = await reader.client.post(
        f"{here}/papers/lease/uploads", json={"name": "a.jpg", "size": 6, "type": ""}, headers=head
    )
    answer = await reader.client.patch(
        made.json()["url"], content=b"<html>", headers={**head, "upload-offset": "0"}
    )
    assert answer.status_code == 415
    assert "请拍照" in answer.json()["detail"]


async def test_25_megabytes_are_refused_before_they_are_read(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    head = await token_of(reader, here)
    made = await reader.client.post(
        f"{here}/papers/lease/uploads",
        json={"name": "a.jpg", "size": 25_000_000, "type": "image/jpeg"},
        headers=head,
    )
    assert made.status_code == 413
    assert "20 MB" in made.json()["detail"]
    assert reader.page is not None
    form = reader.page.form("上传所选文件")
    answer = await reader.client.post(
        form.action, data=dict(form.fields), files={"paper": ("a.jpg", bytes(25_000_000))}
    )
    assert answer.status_code == 413
    assert "文件" in answer.text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"name": 1, "size": 2}', b'{"name": "a", "size": true}', b"null"]
)
async def test_an_announcement_that_cannot_be_read_is_said_to_be_so(
    draft: tuple[Reader, str], body: bytes
) -> None:
    reader, here = draft
    head = await token_of(reader, here)
    answer = await reader.client.post(f"{here}/papers/lease/uploads", content=body, headers=head)
    assert answer.status_code == 422
    assert answer.json()["detail"]


async def test_a_form_where_pieces_go_is_refused(draft: tuple[Reader, str]) -> None:
    reader, here = draft
    answer = await reader.client.post(f"{here}/papers/lease/uploads", data={"name": "a.jpg"})
    assert answer.status_code == 415


@pytest.mark.parametrize("offset", ["", "-1", "9" * 40, "x", "٣"])
async def test_an_offset_that_is_none_is_a_conflict(draft: tuple[Reader, str], offset: str) -> None:
    reader, here = draft
    head = await token_of(reader, here)
    made = await reader.client.post(
        f"{here}/papers/lease/uploads", json={"name": "a.jpg", "size": 9, "type": ""}, headers=head
    )
    answer = await reader.client.patch(
        made.json()["url"],
        content=b"123",
        headers={**head, b"upload-offset": offset.encode()},  # type: ignore[dict-item]
    )
    assert answer.status_code == 409


async def test_without_scripts_one_file_is_sent_removed_and_sent_again(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    page = await upload(reader, here, "lease")
    assert "照片.jpg" in page.text
    page = await reader.send("删除 照片.jpg")
    assert "照片.jpg" not in page.text
    missing = await reader.send("保存并继续", 422)
    assert missing.errors() == ["请上传这份材料，或选择其他办法。"]
    empty = await reader.send("上传所选文件", 422)
    assert empty.errors() == ["请先拍照或选择文件，再上传。"]


async def test_a_paper_may_follow_later_or_be_promised_only_where_the_rules_allow_it(
    draft: tuple[Reader, str],
) -> None:
    reader, here = draft
    await reader.open(f"{here}/papers/photo")
    hub = await reader.send("保存并继续", how="deferred")
    assert "一寸照片 以后补交 已完成" in hub.text
    await reader.open(f"{here}/papers/no-debts")
    hub = await reader.send("保存并继续", how="commitment")
    assert "水电费结清证明 已作书面承诺 已完成" in hub.text
    await reader.open(f"{here}/papers/lease")
    await reader.send("保存并继续", 422, how="commitment")


async def test_a_paper_is_handed_out_to_its_owner_only_as_a_download(
    draft: tuple[Reader, str], client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader, here = draft
    page = await upload(reader, here, "lease")
    address = page.links()["照片.jpg"]
    answer = await client.get(address)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    async with database.transaction() as session:
        kept = await session.scalar(text("SELECT sha256 FROM evidence_files"))
    assert hashlib.sha256(answer.content).hexdigest() == kept
    await sign_in(client, database, portal, NEIGHBOUR)
    assert (await client.get(address)).status_code == 404


async def test_a_paper_of_a_deleted_draft_is_gone_from_the_disk(
    draft: tuple[Reader, str], portal: Portal
) -> None:
    reader, here = draft
    await upload(reader, here, "lease")
    folder = portal.settings.var_folder / "files"
    assert [path for path in folder.rglob("*") if path.is_file()]
    await reader.open(f"{here}/delete")
    await reader.send("删除草稿")
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_no_connection_is_held_while_a_picture_is_made_harmless(
    draft: tuple[Reader, str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, here = draft
    held: list[int] = []
    real = file_storage._cleaned

    async def watched(*paths: object) -> str:
        held.append(database.engine.pool.checkedout())  # type: ignore[attr-defined]
        return await real(*paths)  # type: ignore[arg-type]

    monkeypatch.setattr(file_storage, "_cleaned", watched)
    await upload(reader, here, "lease")
    assert held == [0]
