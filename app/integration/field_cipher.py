"""Sensitive fields at rest: sealed with an authenticated cipher, found by a keyed index."""

import hashlib
import hmac
import os
from typing import Any, Protocol

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
INDEX_BYTES = 16


class Cipher(Protocol):
    """An authenticated cipher such as AES-256-GCM."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The sealed bytes with their tag."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The bytes again; raises InvalidTag where anything was changed."""
        ...


class FieldCipher:
    """Seals JSON values for one column each.

    `key` is 32 bytes; the cipher's and the index's own keys are derived from it. A value sealed
    for one purpose cannot be opened as another: the purpose is authenticated with it.
    """

    VERSION = b"\x01"

    def __init__(self, key: bytes) -> None:
        self._cipher: Cipher = AESGCM(_derived(key, b"seal"))
        self._index_key = _derived(key, b"index")

    def seal(self, value: Any, purpose: str) -> bytes:
        """`value` (anything JSON can say) as version, nonce and sealed bytes."""
        nonce = os.urandom(NONCE_BYTES)
        return (
            self.VERSION
            + nonce
            + self._cipher.encrypt(nonce, orjson.dumps(value), purpose.encode())
        )

    def open(self, sealed: bytes, purpose: str) -> Any:
        """The value again. Raises InvalidTag for another purpose or changed bytes."""
        nonce, data = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return orjson.loads(self._cipher.decrypt(nonce, data, purpose.encode()))

    def index(self, text: str) -> bytes:
        """16 bytes by which equal texts are found again without keeping the text."""
        return hmac.digest(self._index_key, text.encode(), hashlib.sha256)[:INDEX_BYTES]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"one-thing-portal " + purpose, hashlib.sha256)
