"""Papers are received in pieces, made harmless, or refused with a sentence."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.errors import Invalid, PortalError, TooLarge, WrongType
from app.integration import file_cleaning, file_storage
from app.integration.file_storage import CleanFile, FileStore, read_piece


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", exif: bool = True) -> bytes:
    picture = Image.new("RGB", size, "teal")
    held = Image.Exif()
    if exif:
        held[0x010F] = "phone maker"
        held[0x0112] = 6  # taken upright: shown by turning it
        held.get_ifd(0x8825)[1] = "N"  # where it was taken
    written = io.BytesIO()
    picture.save(written, kind, exif=held)
    return written.getvalue()


def paper(pages: int = 1, **root: object) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def paper_with(action: pikepdf.Dictionary) -> bytes:
    return paper(OpenAction=action)


def locked_paper() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    written = io.BytesIO()
    pdf.save(written, encryption=pikepdf.Encryption(owner="a", user="b"))
    return written.getvalue()


def with_attachment() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["x.exe"] = b"MZ"
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


async def sent(store: FileStore, content: bytes) -> tuple[str, CleanFile]:
    blob = store.new_name()
    await store.write(blob, 0, content)
    return blob, await store.make_harmless(blob)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def left_behind(store: FileStore) -> list[str]:
    return [path.name for path in store.folder.rglob("*") if path.is_file()]


async def test_a_photo_loses_where_it_was_taken_and_is_turned_upright(store: FileStore) -> None:
    blob, kept = await sent(store, photo((400, 300)))
    assert kept.media_type == "image/jpeg"
    with Image.open(store.path(blob)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (300, 400)
    assert kept.size == store.path(blob).stat().st_size
    assert left_behind(store) == [blob]


async def test_a_huge_photo_is_made_smaller(store: FileStore) -> None:
    blob, _ = await sent(store, photo((5000, 4000), exif=False))
    with Image.open(store.path(blob)) as picture:
        assert max(picture.size) == 3200


async def test_a_png_stays_a_png(store: FileStore) -> None:
    blob, kept = await sent(store, photo(kind="PNG"))
    assert kept.media_type == "image/png"
    with Image.open(store.path(blob)) as picture:
        assert dict(picture.getexif()) == {}


async def test_a_pdf_is_kept_without_what_it_says_about_its_maker(store: FileStore) -> None:
    blob, kept = await sent(store, paper(pages=2))
    assert kept.media_type == "application/pdf"
    with pikepdf.open(store.path(blob)) as pdf:
        assert len(pdf.pages) == 2
        assert "/Info" not in pdf.trailer


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script></html>", WrongType),
        (b"", WrongType),
        (b"GIF89a" + bytes(40), WrongType),
        (b"MZ" + bytes(400), WrongType),
        (photo()[:2000], Invalid),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<html>not a picture</html>", Invalid),
        (b"%PDF-1.7\n<html>not a paper</html>", Invalid),
        (locked_paper(), Invalid),
        (with_attachment(), Invalid),
        (paper(pages=51), Invalid),
        (paper_with(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")), Invalid),
        (paper_with(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")), Invalid),
        (paper(AcroForm=pikepdf.Dictionary(XFA="<xdp/>")), Invalid),
    ],
)
async def test_what_is_not_a_plain_paper_is_refused_and_gone(
    store: FileStore, content: bytes, refusal: type[PortalError]
) -> None:
    blob = store.new_name()
    await store.write(blob, 0, content)
    with pytest.raises(refusal) as told:
        await store.make_harmless(blob)
    assert told.value.what.zh
    assert told.value.todo.zh
    assert left_behind(store) == []


async def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(
    store: FileStore,
) -> None:
    bomb = io.BytesIO()
    Image.new("1", (16000, 16000)).save(bomb, "PNG")
    blob = store.new_name()
    await store.write(blob, 0, bomb.getvalue())
    with pytest.raises(Invalid, match="pixels"):
        await store.make_harmless(blob)


async def test_pieces_may_come_twice(store: FileStore) -> None:
    content = photo(exif=False)
    blob = store.new_name()
    await store.write(blob, 0, content[:1000])
    await store.write(blob, 1000, content[1000:])
    await store.write(blob, 1000, content[1000:])
    assert (await store.make_harmless(blob)).media_type == "image/jpeg"


async def test_only_the_owner_of_the_process_can_read_the_papers(store: FileStore) -> None:
    blob, _ = await sent(store, photo())
    assert store.path(blob).stat().st_mode & 0o077 == 0
    assert store.path(blob).parent.stat().st_mode & 0o077 == 0


async def test_reading_stops_at_the_limit() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(100)

    with pytest.raises(TooLarge):
        await read_piece(endless(), most=1000)
    assert taken == 11


def test_every_answer_of_the_cleaning_process_has_its_sentence() -> None:
    assert file_storage.REFUSALS.keys() == file_cleaning.REFUSALS
    assert set(file_storage.EXTENSIONS) == set(file_cleaning.BEGINNINGS.values())
    assert file_cleaning.__name__ == file_storage.CLEANING
