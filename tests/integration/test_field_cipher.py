"""Sealed fields open only for their purpose and only unchanged."""

import pytest
from cryptography.exceptions import InvalidTag

from app.integration.field_cipher import FieldCipher

KEY = bytes(range(32))
SECRET = {"name": "林小满", "id_number": "11010519491231002X"}


def test_a_value_comes_back_and_its_sealed_form_says_nothing() -> None:
    cipher = FieldCipher(KEY)
    sealed = cipher.seal(SECRET, "resident")
    assert cipher.open(sealed, "resident") == SECRET
    assert b"11010519491231002X" not in sealed
    assert cipher.seal(SECRET, "resident") != sealed


def test_another_purpose_another_key_or_a_changed_byte_opens_nothing() -> None:
    cipher = FieldCipher(KEY)
    sealed = cipher.seal(SECRET, "draft:1")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for attempt in (
        lambda: cipher.open(sealed, "draft:2"),
        lambda: cipher.open(changed, "draft:1"),
        lambda: FieldCipher(bytes(32)).open(sealed, "draft:1"),
    ):
        with pytest.raises(InvalidTag):
            attempt()


def test_equal_texts_are_found_again_and_the_index_needs_the_key() -> None:
    cipher = FieldCipher(KEY)
    assert cipher.index("11010519491231002X") == cipher.index("11010519491231002X")
    assert cipher.index("11010519491231002X") != cipher.index("110105194912310021")
    assert cipher.index("11010519491231002X") != FieldCipher(bytes(32)).index("11010519491231002X")
