"""Identifiers: keys that sort by time, and case numbers that nobody can guess or mistype."""

import os
import secrets
import time
from uuid import UUID

# The 31 symbols of GB 32100: no I, O, S, V or Z, and a prime number of them, so that one check
# character finds every single wrong character and every swap of neighbours.
SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RANDOM_SYMBOLS = 11
ENTRY_SYMBOLS = 7
_VALUE = {symbol: value for value, symbol in enumerate(SYMBOLS)}


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds first, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF << 76) | 0x7 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def new_case_number() -> str:
    """A public case number such as TZ-7K3M-9QX2-4HRC: 54 random bits and a check character."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(RANDOM_SYMBOLS))
    return _grouped(body + _check_symbol(body))


def new_entry_key() -> str:
    """A public entry number such as 7K3M-9QX2: 35 random bits and a check character."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(ENTRY_SYMBOLS))
    whole = body + _check_symbol(body)
    return f"{whole[:4]}-{whole[4:]}"


def read_case_number(text: str) -> str | None:
    """The number as we write it, from however it was typed; None where it cannot be one."""
    symbols = "".join(text.upper().split()).replace("-", "").removeprefix("TZ")
    if len(symbols) != RANDOM_SYMBOLS + 1 or any(symbol not in _VALUE for symbol in symbols):
        return None
    return _grouped(symbols) if _check_symbol(symbols[:-1]) == symbols[-1] else None


def _check_symbol(body: str) -> str:
    total = sum((place + 2) * _VALUE[symbol] for place, symbol in enumerate(body))
    return SYMBOLS[total % len(SYMBOLS)]


def _grouped(symbols: str) -> str:
    return "-".join(("TZ", symbols[:4], symbols[4:8], symbols[8:]))
