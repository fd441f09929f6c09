"""Keeps uploaded papers in a folder: received in pieces, made harmless, then kept under a new name.

Names are random and say nothing; nothing is served from here but through a route that has checked
whose paper it is.
"""

import asyncio
import hashlib
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.errors import Invalid, PortalError, TooLarge, WrongType
from app.settings import PROJECT_FOLDER, Settings
from app.wording import Words

# The limit said on the page; the sizes of phones' photos and scanned papers stay below it.
MOST_BYTES = 20_000_000
# One piece of an upload is read before a transaction opens, so it must fit into memory.
MOST_PIECE_BYTES = 4_000_000
CLEANING_SECONDS = 60
CLEANERS = 2
# Started by name: its libraries stay out of this process.
CLEANING = "app.integration.file_cleaning"
BROKEN = "broken"

EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}

_cleaners = asyncio.Semaphore(CLEANERS)

_PHOTO = Words(
    "请拍照，或另存为 JPG、PNG 或 PDF 后再上传。", "Take a photo, or save as JPG, PNG or PDF."
)
REFUSALS: dict[str, tuple[type[PortalError], Words, Words]] = {
    "unknown-type": (
        WrongType,
        Words("这个文件不是照片，也不是 PDF。", "This file is neither a picture nor a PDF."),
        _PHOTO,
    ),
    "broken": (
        Invalid,
        Words("这个文件打不开，可能已经损坏。", "This file cannot be opened; it may be damaged."),
        _PHOTO,
    ),
    "too-many-pixels": (
        Invalid,
        Words("这张图片的尺寸太大。", "This picture has too many pixels."),
        Words("请用手机重新拍一张再上传。", "Take a new photo with a phone and send that."),
    ),
    "harmful": (
        Invalid,
        Words(
            "这份 PDF 里带有程序或附件，不能接收。",
            "This PDF carries a program or attachments, so it cannot be taken.",
        ),
        Words("请把它打印成新的 PDF，或拍照上传。", "Print it to a new PDF, or take photos of it."),
    ),
    "locked": (
        Invalid,
        Words("这份 PDF 有密码，我们打不开。", "This PDF has a password; we cannot open it."),
        Words("请去掉密码，或拍照上传。", "Remove the password, or take photos of it."),
    ),
    "too-many-pages": (
        Invalid,
        Words("这份 PDF 太长，最多 50 页。", "This PDF is too long; at most 50 pages."),
        Words("请只上传需要的那几页。", "Send only the pages that are needed."),
    ),
}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A paper made harmless: what it is, its size in bytes and the SHA-256 of what is kept."""

    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of papers. `receiving` holds what is on its way, `kept` what was made harmless."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> "FileStore":
        """The store of an installation, under its var folder."""
        return cls(settings.var_folder / "files")

    def new_name(self) -> str:
        """A name that nobody can guess and that says nothing."""
        return secrets.token_hex(20)

    async def write(self, blob: str, offset: int, piece: bytes) -> None:
        """Put a piece at its place; writing the same piece again changes nothing."""
        await asyncio.to_thread(self._write, blob, offset, piece)

    async def make_harmless(self, blob: str) -> CleanFile:
        """Clean what was received and keep the result under the same name.

        Raises WrongType or Invalid with the sentence for the person who sent it; then nothing is
        left of the file.
        """
        received = self._receiving(blob)
        draft = received.with_suffix(".clean")
        async with _cleaners:
            word = await _cleaned(received, draft)
        try:
            if word not in EXTENSIONS:
                kind, what, todo = REFUSALS[word]
                raise kind(what, todo)
            return await asyncio.to_thread(self._keep, blob, draft, word)
        finally:
            await asyncio.to_thread(_forget, received, draft)

    def path(self, blob: str) -> Path:
        """Where a kept paper lies."""
        return self.folder / "kept" / blob[:2] / blob

    async def remove(self, blob: str) -> None:
        """Delete a paper in whatever state it is; one that is not there is fine."""
        await asyncio.to_thread(_forget, self.path(blob), self._receiving(blob))

    def _receiving(self, blob: str) -> Path:
        return self.folder / "receiving" / blob

    def _write(self, blob: str, offset: int, piece: bytes) -> None:
        path = self._receiving(blob)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(piece)
            file.truncate()

    def _keep(self, blob: str, draft: Path, media_type: str) -> CleanFile:
        content = draft.read_bytes()
        target = self.path(blob)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.chmod(0o600)
        draft.replace(target)
        return CleanFile(media_type, len(content), hashlib.sha256(content).hexdigest())


async def read_piece(chunks: AsyncIterator[bytes], most: int = MOST_PIECE_BYTES) -> bytes:
    """The bytes of one piece. Raises TooLarge as soon as there are more than `most`."""
    read = bytearray()
    async for chunk in chunks:
        read += chunk
        if len(read) > most:
            raise too_large()
    return bytes(read)


def too_large() -> TooLarge:
    """The sentence for a file above the limit."""
    return TooLarge(
        Words("文件太大，每个文件不能超过 20 MB。", "The file is too large; at most 20 MB each."),
        Words(
            "请压缩后再上传，或用手机重新拍照。",
            "Make it smaller, or take a new photo with a phone.",
        ),
    )


async def _cleaned(source: Path, target: Path) -> str:
    """The answer of the cleaning process; whatever kills it means that the file is broken."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", CLEANING, str(source), str(target)),
        cwd=PROJECT_FOLDER,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(CLEANING_SECONDS):
            answer, _ = await process.communicate()
    except TimeoutError:
        return BROKEN
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    word = answer.decode(errors="replace")
    known = word in EXTENSIONS or word in REFUSALS
    return word if process.returncode == 0 and known else BROKEN


def _forget(*paths: Path) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()
