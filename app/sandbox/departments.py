"""What a department does with a request: once per step, the same answer for the same key."""

import hashlib
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import orjson
from pydantic import ValidationError

from app.demo_city import RESIDENTS
from app.sandbox.faults import Control, Drawn
from app.sandbox.ledger import count, schedule
from app.vocabulary.public_service import (
    Message,
    PublicService,
    SharedRegister,
    StandInRefusal,
    Ticket,
)
from app.workflow.deadlines import first_day_after

CHINA = timezone(timedelta(hours=8))
# A day of a public notice passes in the sandbox within two seconds.
DAY_SECONDS = 2.0
Service = PublicService[Any, Any]
Register = SharedRegister[Any, Any]


class Unreadable(Exception):
    """The request is not what the wire contract says; the message names fields, never values."""


class KeyReused(Exception):
    """The same key came with another request: nothing was done."""


@dataclass(frozen=True, slots=True)
class Intake:
    """One step request as it arrived. `effect_id` is the step's own id, without the round."""

    service: Service
    key: str
    effect_id: str
    round: int
    case_number: str
    step: str
    callback: str
    request: Message
    digest: str


@dataclass(frozen=True, slots=True)
class Handled:
    """The answer, and the callbacks (rows of the ledger) that belong to it."""

    reply: Mapping[str, Any]
    callbacks: tuple[int, ...] = ()


def read_intake(service: Service, key: str, body: bytes) -> Intake:
    """A step request from its body. Raises Unreadable."""
    envelope = read_object(body)
    effect_id, _, round_text = key.rpartition(".")
    if not effect_id or not round_text.isdigit():
        raise Unreadable("the Idempotency-Key is not <step uuid>.<round>")
    told = ("request", "evidence", "supplement")
    said = orjson.dumps([envelope.get(name) for name in told], option=orjson.OPT_SORT_KEYS)
    try:
        return Intake(
            service=service,
            key=key,
            effect_id=effect_id,
            round=int(round_text),
            case_number=str(envelope["case"]),
            step=str(envelope["step"]),
            callback=str(envelope["callback"]),
            request=read_request(service.request, envelope),
            digest=hashlib.sha256(said).hexdigest(),
        )
    except KeyError as missing:
        raise Unreadable(f"the field {missing} is missing") from None


def read_object(body: bytes) -> Mapping[str, Any]:
    """The JSON object of a body. Raises Unreadable."""
    try:
        envelope = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unreadable("the body is not JSON") from None
    if not isinstance(envelope, dict):
        raise Unreadable("the body is not a JSON object")
    return envelope


def read_request(kind: type[Message], envelope: Mapping[str, Any]) -> Message:
    """The typed request of an envelope. Raises Unreadable with the fields that do not fit."""
    try:
        return kind.model_validate(envelope.get("request"))
    except ValidationError as refused:
        raise _unreadable("these fields do not fit", refused) from None


def _unreadable(what: str, refused: ValidationError) -> Unreadable:
    """Names the fields; their values stay out of answers and logs."""
    wrong = {".".join(str(part) for part in error["loc"]) for error in refused.errors()}
    return Unreadable(f"{what}: {', '.join(sorted(wrong))}")


def times_asked(connection: sqlite3.Connection, key: str) -> int:
    """How often this key was asked before."""
    row = connection.execute("SELECT times FROM asked WHERE key = ?", (key,)).fetchone()
    return int(row["times"]) if row else 0


def note_asked(connection: sqlite3.Connection, intake: Intake) -> None:
    """Count one more request under this key. Raises KeyReused where it is another request."""
    row = connection.execute(
        "INSERT INTO asked (key, authority, service, case_number, step, effect_id, round, digest,"
        " times, first_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"
        " ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING digest",
        (
            intake.key,
            intake.service.authority.id,
            intake.service.id,
            intake.case_number,
            intake.step,
            intake.effect_id,
            intake.round,
            intake.digest,
            time.time(),
        ),
    ).fetchone()
    if row["digest"] != intake.digest:
        raise KeyReused


def handle(
    connection: sqlite3.Connection, intake: Intake, control: Control, drawn: Drawn, speed: float
) -> Handled:
    """Do what is asked unless it was done, and keep the answer before it is given.

    Waits are seconds divided by `speed`; 0 means no waits. A public notice lasts its days, each of
    them DAY_SECONDS here, so it is never answered at once. Asked again after its callback was due,
    a department answers with the result itself.
    """
    kept = connection.execute(
        "SELECT reply, final, final_at FROM asked WHERE key = ?", (intake.key,)
    ).fetchone()
    if kept["reply"] is not None:
        is_over = kept["final"] is not None and kept["final_at"] <= time.time()
        return Handled(orjson.loads(kept["final"] if is_over else kept["reply"]))

    mode = control.mode
    if mode == "declared":
        mode = "at-once" if intake.service.answers == "at-once" else "later"
    if mode == "supplement":
        result = _asks_for_more(connection, intake) or _result(connection, intake)
        mode = "later" if result["status"] == "supplement" else "at-once"
    else:
        result = _result(connection, intake)
    notice_seconds = _seconds_of_notice(intake.service)
    if drawn.callbacks or (notice_seconds and result["status"] == "completed"):
        mode = "later"
    if mode == "at-once":
        return _answered(connection, intake, result)

    late = drawn.plays("late-callback")
    seconds = control.callback_seconds + (late.seconds if late else 0) + notice_seconds
    due_at = time.time() + (seconds / speed if speed else 0)
    return _by_callback(connection, intake, result, drawn, due_at)


def _seconds_of_notice(service: Service) -> float:
    """How long the service lasts at least, in the time of the sandbox."""
    wait = service.not_before
    if wait is None:
        return 0
    today = datetime.now(CHINA).date()
    return (first_day_after(wait, today) - today).days * DAY_SECONDS


def _asks_for_more(connection: sqlite3.Connection, intake: Intake) -> dict[str, Any] | None:
    """What the first round of a step lacks; nothing once it was handed in or is done."""
    if intake.round > 0 or _effect(connection, intake):
        return None
    reasons = intake.service.supplement_reasons
    points = [{"text": reason.text.zh, "evidence": reason.evidence} for reason in reasons[:1]]
    return {
        "status": "supplement",
        "reference": _reference(intake),
        "points": points or [{"text": "请补充说明申请情况。"}],
    }


def _result(connection: sqlite3.Connection, intake: Intake) -> dict[str, Any]:
    """The completed or refused outcome; the effect happens here, once per step."""
    done = _effect(connection, intake)
    if done is None:
        row = connection.execute(
            "SELECT coalesce(max(number), 0) + 1 AS number FROM effects"
        ).fetchone()
        today = datetime.now(CHINA).date()
        records = _records(intake.request, today)
        ticket = Ticket(intake.key, today, row["number"], records)
        try:
            made = intake.service.stand_in(intake.request, ticket)
        except ValidationError as refused:
            raise _unreadable("the stand-in's output does not fit", refused) from None
        if isinstance(made, StandInRefusal):
            return {"status": "refused", "reason": made.reason, "rule": made.rule}
        connection.execute(
            "INSERT INTO effects (effect_id, authority, service, case_number, step, reference,"
            " output, done_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                intake.effect_id,
                intake.service.authority.id,
                intake.service.id,
                intake.case_number,
                intake.step,
                _reference(intake),
                made.model_dump_json(),
                time.time(),
            ),
        )
        done = _effect(connection, intake)
        assert done is not None
    output = orjson.loads(done["output"])
    return {"status": "completed", "reference": done["reference"], "output": output}


def _effect(connection: sqlite3.Connection, intake: Intake) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT reference, output FROM effects WHERE effect_id = ?", (intake.effect_id,)
    ).fetchone()
    return row


def _reference(intake: Intake) -> str:
    """The department's own number of a step, the same in every round."""
    short = hashlib.sha256(intake.effect_id.encode()).hexdigest()[:10].upper()
    return f"{intake.service.authority.id[:2].upper()}-{short}"


def _answered(connection: sqlite3.Connection, intake: Intake, reply: Mapping[str, Any]) -> Handled:
    connection.execute(
        "UPDATE asked SET reply = ? WHERE key = ?", (orjson.dumps(reply).decode(), intake.key)
    )
    return Handled(reply)


def _by_callback(
    connection: sqlite3.Connection,
    intake: Intake,
    result: Mapping[str, Any],
    drawn: Drawn,
    due_at: float,
) -> Handled:
    reply = {"status": "accepted", "reference": _reference(intake)}
    body = {"key": intake.key, "reference": _reference(intake), **result}
    message_ids = [f"msg_{uuid4().hex}"]
    if drawn.plays("duplicate-callbacks"):
        message_ids += [message_ids[0], f"msg_{uuid4().hex}"]
    rows = tuple(
        schedule(connection, message_id, intake.service.authority.id, intake.callback, body, due_at)
        for message_id in message_ids
    )
    _answered(connection, intake, reply)
    if result["status"] != "supplement":
        connection.execute(
            "UPDATE asked SET final = ?, final_at = ? WHERE key = ?",
            (orjson.dumps(result).decode(), due_at, intake.key),
        )
    return Handled(reply, rows)


def look_up(connection: sqlite3.Connection, register: Register, request: Message) -> dict[str, Any]:
    """What a register holds about the demo person whose ID number the request names."""
    count(connection, "look_ups", register.authority.id, register.id)
    records = _records(request, datetime.now(CHINA).date())
    facts = register.stand_in(request, records.get(register.id, {}))
    if facts is None:
        return {"status": "none"}
    return {"status": "found", "facts": facts.model_dump(mode="json")}


def _records(request: Message, today: date) -> Mapping[str, Mapping[str, Any]]:
    """What the registers hold of the demo person whose ID number the request names."""
    named = {value for value in request.model_dump().values() if isinstance(value, str)}
    person = next((person for person in RESIDENTS if person.id_number in named), None)
    return person.records_on(today) if person else {}
