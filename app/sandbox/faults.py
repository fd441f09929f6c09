"""What can be set per authority of the sandbox: how it answers, and which faults it plays."""

import hashlib
import sqlite3
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.sandbox.ledger import count

Mode = Literal["declared", "at-once", "later", "supplement"]
FaultKind = Literal[
    "slow",
    "error-500",
    "effect-then-500",
    "hang",
    "drip",
    "garbage",
    "down",
    "closed",
    "rate-limit",
    "duplicate-callbacks",
    "early-callback",
    "late-callback",
]
# These change what is sent back later; an authority that plays one answers by callback.
CALLBACK_FAULTS = frozenset({"duplicate-callbacks", "early-callback", "late-callback"})
# These answer before anything is done.
WITHOUT_EFFECT = frozenset({"error-500", "down", "closed", "rate-limit"})


class Fault(BaseModel):
    """One fault: for the `next` so many requests, or else with `probability`.

    `seconds` is the delay of slow, drip (between bytes), late-callback and rate-limit's
    Retry-After; `service` (an id of a service or register) limits it to one.
    """

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    probability: float = Field(default=1.0, ge=0, le=1)
    next: int | None = Field(default=None, ge=0, le=1_000_000)
    seconds: float = Field(default=2.0, ge=0, le=3600)
    service: str | None = None


class Control(BaseModel):
    """How one authority behaves. "declared": each service answers as its file says."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode = "declared"
    callback_seconds: float = Field(default=2.0, ge=0, le=86_400)
    seed: str = Field(default="", max_length=40)
    faults: list[Fault] = Field(default_factory=list, max_length=20)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The faults that one request meets: at most one for the answer, any for callbacks."""

    answer: Fault | None = None
    callbacks: tuple[Fault, ...] = ()

    def plays(self, kind: FaultKind) -> Fault | None:
        """The callback fault of this kind, if it was drawn."""
        return next((fault for fault in self.callbacks if fault.kind == kind), None)


def control_of(connection: sqlite3.Connection, authority: str) -> Control:
    """How an authority behaves now."""
    row = connection.execute(
        "SELECT settings FROM controls WHERE authority = ?", (authority,)
    ).fetchone()
    return Control.model_validate_json(row["settings"]) if row else Control()


def set_control(connection: sqlite3.Connection, authority: str, control: Control) -> None:
    """From now on an authority behaves like this; survives a restart."""
    connection.execute(
        "INSERT INTO controls (authority, settings) VALUES (?, ?)"
        " ON CONFLICT (authority) DO UPDATE SET settings = excluded.settings",
        (authority, control.model_dump_json()),
    )


def draw(
    connection: sqlite3.Connection, authority: str, target: str, key: str, times: int
) -> Drawn:
    """The faults of one request, used up where they are counted.

    `times` is how often this key was asked before: a repeated request draws again, and the same
    run with the same seed draws the same.
    """
    control = control_of(connection, authority)
    answer: Fault | None = None
    callbacks: list[Fault] = []
    used = False
    for fault in control.faults:
        if fault.service not in {None, target} or (answer and fault.kind not in CALLBACK_FAULTS):
            continue
        if fault.next is not None:
            if fault.next == 0:
                continue
            fault.next -= 1
            used = True
        elif not _happens(fault, f"{control.seed}:{fault.kind}:{key}:{times}"):
            continue
        count(connection, "faults_played", authority, fault.kind)
        if fault.kind in CALLBACK_FAULTS:
            callbacks.append(fault)
        else:
            answer = fault
    if used:
        set_control(connection, authority, control)
    return Drawn(answer, tuple(callbacks))


def _happens(fault: Fault, seed: str) -> bool:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    return number / 2**64 < fault.probability
