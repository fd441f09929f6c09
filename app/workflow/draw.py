"""A draw that nobody can steer and anybody can do again with `sha256sum`."""

from collections.abc import Iterable
from hashlib import sha256


def commitment(secret: str) -> str:
    """What is published when a round is opened: it fixes the secret without telling it."""
    return sha256(secret.encode()).hexdigest()


def entries_text(keys: Iterable[str]) -> str:
    """The closed list of entries as it goes into the seed: sorted, with commas between."""
    return ",".join(sorted(keys))


def seed(secret: str, notary_digits: str, keys: Iterable[str]) -> str:
    """64 hexadecimal digits from three things, none of which alone decides.

    The secret was fixed before anybody entered, the list when the window closed, and the digits (""
    where there are none) by a notary.
    """
    return sha256(f"{secret}|{notary_digits}|{entries_text(keys)}".encode()).hexdigest()


def ticket(seed_: str, place: str, key: str) -> str:
    """The lot of one entry for one place; the smallest comes first."""
    return sha256(f"{seed_}:{place}:{key}".encode()).hexdigest()
