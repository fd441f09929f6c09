"""Cleans what people type before anything else looks at it, or says what cannot be taken."""

import re
import unicodedata

from app.wording import Words

# More than any question asks for; longer text is refused before it is worked on.
MOST_CHARACTERS = 20_000

# NUL and other controls, lone surrogates, direction overrides, line separators, non-characters.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINE_ENDS = re.compile("\r\n?")

# Full-width letters, digits and signs, the ideographic space and the many dashes become ASCII.
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TO_ASCII |= {0x3000: 0x20, 0xA0: 0x20}
_TO_ASCII |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212), 0x2D)

UNREADABLE = Words(
    "这里有无法识别的字符，请删掉后重新输入。",
    "There are characters that cannot be read here; delete them and type the text again.",
)
TOO_LONG = Words(
    "内容太长了，请精简后再保存。",
    "This is too long; shorten it and save again.",
)


def tidied(raw: str, *, lines: bool = False) -> str | Words:
    """Text as we keep it (NFC, no invisible characters, no outer spaces), or why it is refused.

    With `lines`, line breaks are allowed and become `\\n`.
    """
    if len(raw) > MOST_CHARACTERS:
        return TOO_LONG
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    if _REFUSED.search(raw):
        return UNREADABLE
    text = _LINE_ENDS.sub("\n", raw).strip() if lines else raw.replace("\t", " ").strip()
    if not lines and ("\n" in text or "\r" in text):
        return UNREADABLE
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def in_ascii(text: str) -> str:
    """Text with full-width letters, digits, signs and dashes as ASCII."""
    return text if text.isascii() else text.translate(_TO_ASCII)


def compact(text: str) -> str:
    """A number or code as it is kept: ASCII, capital letters, no spaces and no hyphens."""
    return in_ascii(text).replace(" ", "").replace("-", "").upper()
