"""Makes an uploaded paper harmless, in a process of its own: `python -m … <from> <to>`.

A file that was built to eat memory or time takes this process with it and nothing else. The parent
reads one word from standard output: the media type that was kept, or why nothing was.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps

MEGABYTE = 1_000_000
MOST_MEMORY_BYTES = 1_500 * MEGABYTE
MOST_CPU_SECONDS = 20
# A phone takes up to 108 megapixels; what is kept needs far fewer to be read.
MOST_PIXELS = 120_000_000
LONGEST_SIDE = 3_200
JPEG_QUALITY = 86
MOST_PAGES = 50
MOST_OBJECTS = 100_000
HEAD_BYTES = 16

# How each kind of file begins; that it really is one shows when it is decoded.
BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}

# What a paper never needs and a harmful PDF does (ISO 32000: actions, embedded files, XFA).
HARMFUL_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie"}
)
HARMFUL_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"})

# The words in which this process answers.
UNKNOWN, BROKEN, TOO_BIG, HARMFUL, LOCKED, TOO_MANY_PAGES = (
    *("unknown-type", "broken", "too-many-pixels", "harmful", "locked"),
    "too-many-pages",
)
REFUSALS = frozenset({UNKNOWN, BROKEN, TOO_BIG, HARMFUL, LOCKED, TOO_MANY_PAGES})


class NotKept(Exception):
    """Why a file is not kept: one of REFUSALS."""


def clean(source: Path, target: Path) -> str:
    """Write a harmless copy of `source` to `target`; gives its media type.

    Pictures are decoded and encoded again, turned upright, without EXIF (it may say where somebody
    lives). PDFs are checked and written anew. Raises NotKept.
    """
    media_type = type_of(source)
    if media_type == "application/pdf":
        _clean_pdf(source, target)
    else:
        _clean_picture(source, target, media_type)
    return media_type


def type_of(source: Path) -> str:
    """The media type by content, whatever the name says. Raises NotKept for any other type."""
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for beginning, media_type in BEGINNINGS.items():
        if head.startswith(beginning):
            return media_type
    raise NotKept(UNKNOWN)


def _clean_picture(source: Path, target: Path, media_type: str) -> None:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    kind = "JPEG" if media_type == "image/jpeg" else "PNG"
    try:
        with Image.open(source, formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotKept(TOO_BIG)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, MemoryError):
        raise NotKept(BROKEN) from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind == "JPEG":
        upright.convert("RGB").save(target, "JPEG", quality=JPEG_QUALITY)
    else:
        mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        bare = Image.new(mode, upright.size)
        bare.paste(upright.convert(mode))
        bare.save(target, "PNG", compress_level=6)


def _clean_pdf(source: Path, target: Path) -> None:
    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted:
                raise NotKept(LOCKED)
            if len(pdf.objects) > MOST_OBJECTS or not 1 <= len(pdf.pages) <= MOST_PAGES:
                raise NotKept(TOO_MANY_PAGES if len(pdf.pages) else BROKEN)
            if any(_is_harmful(item) for item in _dictionaries(pdf)):
                raise NotKept(HARMFUL)
            for key in ("/OpenAction", "/AA", "/Metadata"):
                if key in pdf.Root:
                    del pdf.Root[key]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            pdf.save(target, fix_metadata_version=False, deterministic_id=True)
    except pikepdf.PasswordError:
        raise NotKept(LOCKED) from None
    except (pikepdf.PdfError, ValueError, RecursionError, MemoryError):
        raise NotKept(BROKEN) from None


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside others too."""
    seen = 0
    waiting: list[pikepdf.Object] = list(pdf.objects)
    while waiting:
        seen += 1
        if seen > MOST_OBJECTS:
            raise NotKept(TOO_MANY_PAGES)
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += [inner for inner in item if _is_inside(inner)]
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            waiting += [inner for _, inner in item.items() if _is_inside(inner)]


def _is_inside(item: object) -> bool:
    held = isinstance(item, pikepdf.Array | pikepdf.Dictionary)
    return held and isinstance(item, pikepdf.Object) and not item.is_indirect


def _is_harmful(item: pikepdf.Object) -> bool:
    keys = set(item.keys())
    return bool(keys & HARMFUL_KEYS) or str(item.get("/S", "")) in HARMFUL_ACTIONS


def main(source: str, target: str) -> None:
    """Answer with the media type, or with the word for why nothing was kept."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    try:
        answer = clean(Path(source), Path(target))
    except NotKept as refusal:
        answer = str(refusal)
    sys.stdout.write(answer)


if __name__ == "__main__":
    main(*sys.argv[1:3])
