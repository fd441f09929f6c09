"""The one place that moves the steps of a case: the table of transitions, written once."""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.granting import DoneStep, goes_on, keep_grants
from app.cases.ids import new_id
from app.cases.job_queue import Job, enqueue
from app.cases.limits import (
    Limits,
    day_for_a_desk,
    limits_of,
    moved_by_excluded,
    moved_by_pause,
)
from app.cases.locked import LockedCase, LockedStep
from app.cases.portal import CITY_TIME, Portal
from app.cases.timeline import Entry
from app.errors import AlreadyDecided, Conflict, NotFound
from app.vocabulary.case_states import (
    CaseHappening,
    CaseState,
    Happening,
    StepState,
    TaskKind,
    TaskState,
)
from app.wording import Words
from app.workflow.transitions import Change, case_state, change, settle, withdraw


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happened to one step.

    `outcome` (output, or reason and rule) is sealed; `detail` goes into the timeline and holds
    nothing personal. `retry_after` in seconds is when a step that stays ready is due again.
    """

    key: str
    happening: Happening
    actor: str
    outcome: Mapping[str, Any] | None = None
    reference: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    retry_after: float = 0


async def move(
    session: AsyncSession, portal: Portal, case: LockedCase, *moves: Move
) -> tuple[Change, ...]:
    """Apply what happened, and all that follows from it, to a locked case.

    Writes steps, tasks, timeline and the case with one statement and enqueues the calls that
    became due with a second. Raises AlreadyDecided where a step has ended, Conflict where it
    cannot happen.
    """
    writing = _Writing(portal, case)
    for happened in moves:
        writing.apply(happened)
    await writing.save(session)
    return tuple(writing.changes)


async def withdraw_case(
    session: AsyncSession, portal: Portal, case: LockedCase, actor: str
) -> tuple[Change, ...]:
    """Withdraw what no department has yet; what one has runs to its end and is told."""
    writing = _Writing(portal, case)
    writing.entries.append(Entry(CaseHappening.WITHDRAWAL_ASKED, actor))
    writing.withdrawal_asked = True
    for changed in withdraw([step.now for step in case.steps]):
        writing.take(changed, Move(changed.key, changed.happening, actor))
    await writing.save(session)
    return tuple(writing.changes)


async def start_held(
    session: AsyncSession,
    portal: Portal,
    case: LockedCase,
    subjects: Collection[int | None],
    by_hand: Collection[int | None],
) -> tuple[Change, ...]:
    """Start the steps of these items that waited for their round, now that it is allotted.

    What concludes an item of `by_hand` opens at a desk, whatever its usual way.
    """
    writing = _Writing(portal, case)
    held = {step.key: step for step in case.steps if step.held and step.subject in subjects}
    needed = {key for step in held.values() for key in step.requires}
    desk = {key for key, step in held.items() if step.subject in by_hand and key not in needed}
    await session.execute(_LIFT, {"held": [s.id for s in held.values()], "desk": sorted(desk)})
    for key, step in held.items():
        channel = "desk" if key in desk else step.channel
        writing.steps[key] = replace(step, held=False, channel=channel)
    writing.entries.append(Entry(CaseHappening.ALLOTTED, "portal"))
    for changed in settle({step.key: step.now for step in writing.steps.values()}):
        writing.take(changed, Move(changed.key, changed.happening, "portal"))
    await writing.save(session)
    return tuple(writing.changes)


async def note(
    session: AsyncSession,
    portal: Portal,
    case: LockedCase,
    kind: str,
    actor: str,
    step_key: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write a timeline entry that moves nothing."""
    writing = _Writing(portal, case)
    writing.entries.append(Entry(kind, actor, step_key, detail or {}))
    await writing.save(session)


class _Writing:
    """Everything one transaction changes in one case, gathered and then written at once."""

    def __init__(self, portal: Portal, case: LockedCase) -> None:
        self.portal = portal
        self.case = case
        self.at = portal.now()
        self.today = self.at.astimezone(CITY_TIME).date()
        self.steps = {step.key: step for step in case.steps}
        self.changes: list[Change] = []
        self.entries: list[Entry] = []
        self.rows: dict[str, dict[str, Any]] = {}
        self.new_tasks: list[dict[str, Any]] = []
        self.task_states: dict[str, str] = {}
        self.jobs: list[Job] = []
        self.granting: list[DoneStep] = []
        self.withdrawal_asked = case.withdrawal_asked
        self.promised_on = case.promised_on

    def apply(self, happened: Move) -> None:
        """The step's own move and those it sets off."""
        step = self.steps.get(happened.key)
        if step is None:
            raise NotFound
        changes = change([s.now for s in self.steps.values()], happened.key, happened.happening)
        if not changes:
            raise _cannot(step)
        for changed in changes:
            own = changed.key == happened.key and changed is changes[0]
            self.take(changed, happened if own else Move(changed.key, changed.happening, "portal"))

    def take(self, changed: Change, happened: Move) -> None:
        """One step's new state with everything that hangs on it."""
        step = self.steps[changed.key]
        row = self._row_after(step, changed, happened)
        self.rows[step.key] = row
        self.steps[step.key] = replace(step, state=changed.after, fence=row["fence"])
        self.changes.append(changed)
        detail = {"to": changed.after.value, **happened.detail}
        self.entries.append(Entry(changed.happening, happened.actor, step.key, detail))
        self._keep_tasks(step, changed, row)
        self._move_the_case(step, changed)
        if changed.after is StepState.DONE and goes_on(self.portal, step.service_id):
            self.granting.append(DoneStep(step, (happened.outcome or {}).get("output", {})))
        if changed.after is StepState.READY:
            self.jobs.append(
                Job.step(step.id, step.authority_id, row["fence"], happened.retry_after)
            )

    def _row_after(self, step: LockedStep, changed: Change, happened: Move) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": str(step.id),
            "state": changed.after.value,
            "fence": step.fence + 1,
            "round": step.round,
            "attempts": step.attempts,
            "due_at": None,
            "reference": happened.reference or step.reference,
            "sealed_outcome": self._sealed(happened.outcome),
            "promised_on": step.promised_on,
            "statutory_on": step.statutory_on,
            "promised_at": step.promised_at,
            "paused_at": None,
            "opened_at": None,
            "ended_at": self.at if changed.after.is_final else None,
        }
        if changed.happening in {Happening.OPENED, Happening.OPENED_AT_DESK}:
            service = self.portal.catalogue.services[step.service_id]
            row |= limits_of(service, self.at).columns | {"opened_at": self.at}
        if changed.after is StepState.READY:
            row["due_at"] = self.at + timedelta(seconds=happened.retry_after)
        if changed.after is StepState.WITH_DEPARTMENT:
            row["attempts"] = 0
            wait = self.portal.settings.callback_wait_seconds
            row["due_at"] = self.at + timedelta(seconds=wait)
        if changed.after is StepState.SUPPLEMENT:
            row["paused_at"] = self.at
        if changed.before is StepState.SUPPLEMENT and step.paused_at is not None:
            paused_on = step.paused_at.astimezone(CITY_TIME).date()
            row["promised_on"] = moved_by_pause(step.promised_on, paused_on, self.today)
            row["statutory_on"] = moved_by_pause(step.statutory_on, paused_on, self.today)
            if step.promised_at is not None:
                row["promised_at"] = step.promised_at + (self.at - step.paused_at)
                row["promised_on"] = row["promised_at"].astimezone(CITY_TIME).date()
        if changed.happening in {Happening.SUPPLEMENT_ANSWERED, Happening.SUPPLEMENT_LAPSED}:
            row |= {"round": step.round + 1, "attempts": 0}
        if changed.happening is Happening.TRIED_AGAIN:
            row["attempts"] = 0
        return row

    def _keep_tasks(self, step: LockedStep, changed: Change, row: Mapping[str, Any]) -> None:
        """A person's task follows the state of its step."""
        if changed.after is StepState.AT_DESK and changed.before is StepState.WAITING:
            self.new_tasks.append(self._task(step, TaskKind.DECIDE, row))
        elif changed.after is StepState.AT_DESK:
            self.task_states[str(step.id)] = TaskState.OPEN
        elif changed.after is StepState.STUCK:
            self.new_tasks.append(self._task(step, TaskKind.UNBLOCK, row))
        elif changed.after is StepState.SUPPLEMENT and changed.before is StepState.AT_DESK:
            self.task_states[str(step.id)] = TaskState.PAUSED
        elif changed.before in {StepState.AT_DESK, StepState.STUCK, StepState.SUPPLEMENT}:
            self.task_states[str(step.id)] = TaskState.DONE

    def _move_the_case(self, step: LockedStep, changed: Change) -> None:
        """Time that no limit counts moves the day of the whole case, once it is known."""
        service = self.portal.catalogue.services.get(step.service_id)
        if service is None or not changed.after.is_final or step.opened_at is None:
            return
        opened_on = step.opened_at.astimezone(CITY_TIME).date()
        self.promised_on = moved_by_excluded(self.promised_on, service, opened_on, self.today)

    def _task(self, step: LockedStep, kind: TaskKind, row: Mapping[str, Any]) -> dict[str, Any]:
        authority = self.portal.catalogue.services[step.service_id].authority
        return {
            "id": str(new_id()),
            "step_id": str(step.id),
            "kind": kind.value,
            "authority_id": step.authority_id,
            "county": "" if authority.level == "city" else self.case.county,
            "service_id": step.service_id,
            "promised_on": self._day_at_the_desk(kind, row),
            "promised_at": row["promised_at"],
        }

    def _day_at_the_desk(self, kind: TaskKind, row: Mapping[str, Any]) -> date:
        """By which a queue is ordered; what cannot be delivered is for today."""
        if kind is TaskKind.UNBLOCK:
            return row["promised_on"] or self.today
        return day_for_a_desk(Limits(row["promised_on"], row["statutory_on"]), self.today)

    def _sealed(self, outcome: Mapping[str, Any] | None) -> str | None:
        if outcome is None:
            return None
        sealed = self.portal.cipher.seal(dict(outcome), f"outcome:{self.case.id}")
        return base64.b64encode(sealed).decode()

    async def save(self, session: AsyncSession) -> None:
        """Write all of it, then enqueue; what goes on after the case is kept beside it."""
        before = self.case.state
        after = case_state(step.state for step in self.steps.values())
        if self.withdrawal_asked and after in {CaseState.REFUSED, CaseState.WITHDRAWN}:
            after = CaseState.WITHDRAWN
        closes = after.is_final and not before.is_final
        if closes:
            self.entries.append(Entry(CaseHappening.CLOSED, "portal", None, {"to": after.value}))
        chain, entries = self.case.chain.add(self.entries, self.at)
        await session.execute(
            _WRITE,
            {
                "case_id": self.case.id,
                "state": after.value if closes else before.value,
                "closed_at": self.at if closes else None,
                "withdrawal_asked": self.withdrawal_asked,
                "promised_on": self.promised_on,
                "version": chain.length,
                "chain": chain.last,
                "steps": _json(list(self.rows.values())),
                "tasks": _json(self.new_tasks),
                "task_states": _json(
                    [{"step_id": key, "state": state} for key, state in self.task_states.items()]
                ),
                "entries": _json(entries),
            },
        )
        await enqueue(session, self.jobs)
        if self.granting:
            await keep_grants(session, self.portal, self.case, self.granting)


_LIFT = text("""
    UPDATE steps SET held = false, channel = CASE WHEN key = ANY(:desk) THEN 'desk' ELSE channel END
    WHERE id = ANY(:held)
""")
_WRITE = text("""
    WITH moved AS (
        UPDATE steps SET
            state = row.state, fence = row.fence, round = row.round, attempts = row.attempts,
            due_at = row.due_at, reference = row.reference, promised_on = row.promised_on,
            statutory_on = row.statutory_on, promised_at = row.promised_at,
            paused_at = row.paused_at,
            opened_at = coalesce(row.opened_at, steps.opened_at), ended_at = row.ended_at,
            sealed_outcome = coalesce(decode(row.sealed_outcome, 'base64'), steps.sealed_outcome)
        FROM jsonb_to_recordset(CAST(:steps AS jsonb)) AS row(
            id uuid, state text, fence bigint, round smallint, attempts bigint, due_at timestamptz,
            reference text, promised_on date, statutory_on date, promised_at timestamptz,
            paused_at timestamptz,
            opened_at timestamptz, ended_at timestamptz, sealed_outcome text)
        WHERE steps.id = row.id
    ), kept_tasks AS (
        UPDATE tasks SET
            state = row.state, fence = tasks.fence + 1,
            officer_id = CASE WHEN row.state = 'open' THEN NULL ELSE tasks.officer_id END,
            claimed_until = NULL,
            promised_on = coalesce(moved_step.promised_on, tasks.promised_on),
            promised_at = coalesce(moved_step.promised_at, tasks.promised_at),
            done_at = CASE WHEN row.state = 'done' THEN now() END
        FROM jsonb_to_recordset(CAST(:task_states AS jsonb)) AS row(step_id uuid, state text)
        LEFT JOIN jsonb_to_recordset(CAST(:steps AS jsonb))
            AS moved_step(id uuid, promised_on date, promised_at timestamptz)
            ON moved_step.id = row.step_id
        WHERE tasks.step_id = row.step_id AND tasks.state IN ('open', 'claimed', 'paused')
    ), opened_tasks AS (
        INSERT INTO tasks (id, case_id, step_id, kind, state, authority_id, county, case_number,
                           life_event, service_id, applicant_hint, promised_on, promised_at)
        SELECT row.id, cases.id, row.step_id, row.kind, 'open', row.authority_id, row.county,
               cases.number, cases.life_event, row.service_id, cases.applicant_hint,
               row.promised_on, row.promised_at
        FROM jsonb_to_recordset(CAST(:tasks AS jsonb)) AS row(
            id uuid, step_id uuid, kind text, authority_id text, county text, service_id text,
            promised_on date, promised_at timestamptz), cases
        WHERE cases.id = :case_id
    ), history AS (
        INSERT INTO timeline (case_id, seq, at, kind, step_key, actor, detail, hash)
        SELECT :case_id, row.seq, row.at, row.kind, row.step_key, row.actor, row.detail,
               decode(row.hash, 'hex')
        FROM jsonb_to_recordset(CAST(:entries AS jsonb)) AS row(
            seq bigint, at timestamptz, kind text, step_key text, actor text, detail jsonb,
            hash text)
    )
    UPDATE cases SET
        state = :state, version = :version, chain = :chain,
        withdrawal_asked = :withdrawal_asked, promised_on = :promised_on,
        closed_at = coalesce(:closed_at, closed_at)
    WHERE id = :case_id
""")


def _json(rows: list[dict[str, Any]]) -> str:
    return orjson.dumps(rows).decode()


def _cannot(step: LockedStep) -> Conflict:
    if step.state.is_final:
        return AlreadyDecided(
            Words("这一项已经有结果了。", "This item already has a result."),
            Words(
                "请看办理经过；如有异议，可按结果页的办法提出。", "See its history; you may object."
            ),
        )
    return Conflict(
        Words("这一项的状态已经变了。", "The state of this item has changed."),
        Words("请刷新页面，看最新情况。", "Reload the page to see where it stands."),
    )
