"""Submit a draft as one transaction, and withdraw a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.job_queue import Job, enqueue
from app.cases.limits import GENERAL_LIMIT_DAYS, day_for_a_desk, limits_of
from app.cases.locked import lock_case
from app.cases.moving import withdraw_case
from app.cases.portal import Portal
from app.cases.round_entries import enter, enterable_round, leave
from app.cases.rounds import Round
from app.cases.timeline import Chain, Entry
from app.errors import Conflict, NotFound, StaleForm
from app.forms.showing import masked_name
from app.telemetry import correlation_id
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import CaseHappening, CaseState, Happening, StepState, TaskKind
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.deadlines import add_working_days
from app.workflow.plan import PlannedStep, longest_path_days, plan


class Submittable(Protocol):
    """What submitting needs of a draft (`cases.drafting.LoadedDraft`)."""

    @property
    def case_id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def resident_id(self) -> UUID: ...
    @property
    def life_event(self) -> LifeEvent: ...
    @property
    def applicant(self) -> Person: ...
    @property
    def evidence(self) -> Mapping[str, Any]: ...
    @property
    def for_whom(self) -> str: ...


async def submit(
    session: AsyncSession,
    portal: Portal,
    draft: Submittable,
    case_file: CaseFile,
    revision: int,
    *,
    channel: str = "web",
    partner_app: str | None = None,
    actor: str | None = None,
) -> str:
    """Submit a complete draft: snapshot, plan as steps, history and jobs, in two statements.

    `case_file` holds the pruned answers and confirmed facts that were checked by the caller;
    `revision` is the draft's as it was shown. Returns the case number, also when the same draft
    was submitted before. Raises StaleForm where the draft was changed since, NotFound where it is
    gone.
    """
    actor = actor or f"resident:{draft.resident_id}"
    event = draft.life_event
    county = event.county_of(case_file.answers)
    planned = plan(event, case_file, county, portal.settings.channel_override)
    if not planned:
        raise Conflict(
            Words("按您的回答，没有要办的事项。", "Going by your answers there is nothing to do."),
            Words("请核对情形问题，或拨打12345。", "Check your first answers, or call 12345."),
        )
    entering = tuple(dict.fromkeys(step.subject for step in planned if step.held))
    round_ = None
    if entering:
        try:
            round_ = await enterable_round(session, portal, event, case_file.answers)
        except Conflict:
            # Sent again after the window closed: the first time counts.
            if await _was_sent(session, draft):
                return draft.number
            raise
    rows = [_step_row(portal, position, step) for position, step in enumerate(planned)]
    chain, entries = _first_entries(portal, draft.case_id, planned, actor)
    days = longest_path_days(planned, GENERAL_LIMIT_DAYS)
    written = await session.scalar(
        _SUBMIT,
        {
            "case_id": draft.case_id,
            "revision": revision,
            "definition": event.version,
            "county": county,
            "hint": masked_name(draft.applicant.name),
            "promised_on": add_working_days(_counted_from(portal, round_), days),
            "channel": channel,
            "partner_app": partner_app,
            "correlation": correlation_id(),
            "version": chain.length,
            "chain": chain.last,
            "content": portal.cipher.seal(
                _snapshot(draft, case_file), f"submission:{draft.case_id}"
            ),
            "evidence": orjson.dumps(dict(draft.evidence)).decode(),
            "steps": orjson.dumps(rows).decode(),
            "tasks": orjson.dumps(_desk_tasks(planned, rows, county)).decode(),
            "entries": orjson.dumps(entries).decode(),
        },
    )
    if written is None:
        return await _submitted_before(session, draft)
    if round_ and event.intake:
        case_id = draft.case_id
        await enter(session, portal, event.intake, round_, case_id, case_file, entering)
    await enqueue(
        session,
        [
            Job.step(UUID(row["id"]), row["authority_id"], 0)
            for row in rows
            if row["state"] == StepState.READY
        ],
    )
    return draft.number


async def withdraw(session: AsyncSession, portal: Portal, number: str, resident_id: UUID) -> None:
    """Withdraw a running case of this resident.

    Raises NotFound where it is not theirs, Conflict where it has ended or was withdrawn already.
    """
    case_id = await session.scalar(
        text("SELECT id FROM cases WHERE number = :number AND resident_id = :resident"),
        {"number": number, "resident": resident_id},
    )
    if case_id is None:
        raise NotFound
    case = await lock_case(session, case_id)
    if case.state is not CaseState.RUNNING or case.withdrawal_asked:
        raise Conflict(
            Words("这件事已经结束或已经撤回。", "This case has ended or was withdrawn already."),
            Words("请看办理进度。", "See how it stands on its page."),
        )
    await withdraw_case(session, portal, case, f"resident:{resident_id}")
    await leave(session, case_id)


def _counted_from(portal: Portal, round_: Round | None) -> date:
    """What waits for a round is promised from the day on which its window closes."""
    return portal.today() if round_ is None else round_.facts("").closes_on


def _snapshot(draft: Submittable, case_file: CaseFile) -> dict[str, Any]:
    applicant = draft.applicant
    return {
        "answers": dict(case_file.answers.values),
        "facts": {register: dict(facts) for register, facts in case_file.facts.items()},
        "applicant": {
            "name": applicant.name,
            "id_number": applicant.id_number,
            "mobile": applicant.mobile,
        },
        "for_whom": draft.for_whom,
    }


def _step_row(portal: Portal, position: int, planned: PlannedStep) -> dict[str, Any]:
    service = planned.step.service
    opened = planned.state is not StepState.WAITING
    limits = limits_of(service, portal.now()) if opened else None
    return {
        "id": str(new_id()),
        "key": planned.key,
        "service_id": service.id,
        "authority_id": service.authority.id,
        "subject": planned.subject,
        "position": position,
        "channel": planned.channel,
        "state": planned.state.value,
        "requires": list(planned.requires),
        "uses": list(planned.uses),
        "unless": list(planned.unless),
        "held": planned.held,
        "opened": opened,
        "promised_on": limits.promised_on if limits else None,
        "statutory_on": limits.statutory_on if limits else None,
        "promised_at": limits.promised_at if limits else None,
        "desk_on": day_for_a_desk(limits, portal.today()) if limits else None,
    }


def _desk_tasks(
    planned: tuple[PlannedStep, ...], rows: list[dict[str, Any]], county: str
) -> list[dict[str, Any]]:
    return [
        {
            "id": str(new_id()),
            "step_id": row["id"],
            "kind": TaskKind.DECIDE.value,
            "authority_id": row["authority_id"],
            "county": "" if step.step.service.authority.level == "city" else county,
            "service_id": row["service_id"],
            "promised_on": row["desk_on"],
            "promised_at": row["promised_at"],
        }
        for step, row in zip(planned, rows, strict=True)
        if step.state is StepState.AT_DESK
    ]


def _first_entries(
    portal: Portal, case_id: UUID, planned: tuple[PlannedStep, ...], actor: str
) -> tuple[Chain, list[dict[str, Any]]]:
    first = Entry(CaseHappening.SUBMITTED, actor, None, {"steps": len(planned)})
    openings = {
        StepState.READY: Happening.OPENED,
        StepState.AT_DESK: Happening.OPENED_AT_DESK,
        StepState.WAITING: Happening.PLANNED,
    }
    steps = [
        Entry(openings[step.state], "portal", step.key, {"to": step.state.value})
        for step in planned
    ]
    return Chain(case_id, 0, b"").add([first, *steps], portal.now())


async def _was_sent(session: AsyncSession, draft: Submittable) -> bool:
    state = await session.scalar(
        text("SELECT state FROM cases WHERE id = :id"), {"id": draft.case_id}
    )
    return state not in {None, CaseState.DRAFT}


async def _submitted_before(session: AsyncSession, draft: Submittable) -> str:
    state = await session.scalar(
        text("SELECT state FROM cases WHERE id = :id"), {"id": draft.case_id}
    )
    if state is None:
        raise NotFound
    if state != CaseState.DRAFT:
        return draft.number
    raise StaleForm(
        Words("您提交前，这份草稿刚被修改过。", "This draft was changed before you sent it.")
    )


_SUBMIT = text("""
    WITH seen AS (
        DELETE FROM drafts WHERE case_id = :case_id AND revision = :revision RETURNING case_id
    ), submitted AS (
        UPDATE cases SET
            state = 'running', definition = :definition, county = :county,
            applicant_hint = :hint, promised_on = :promised_on, channel = :channel,
            partner_app = :partner_app, correlation = :correlation, version = :version,
            chain = :chain, submitted_at = now()
        FROM seen WHERE cases.id = seen.case_id AND cases.state = 'draft'
        RETURNING cases.id, cases.number, cases.life_event
    ), snapshot AS (
        INSERT INTO submissions (case_id, definition, sealed_content, evidence)
        SELECT id, :definition, :content, CAST(:evidence AS jsonb) FROM submitted
    ), planned AS (
        INSERT INTO steps (id, case_id, key, service_id, authority_id, subject, position, channel,
                           state, requires, uses, "unless", held, due_at, opened_at, promised_on,
                           statutory_on, promised_at)
        SELECT row.id, submitted.id, row.key, row.service_id, row.authority_id, row.subject,
               row.position, row.channel, row.state, row.requires, row.uses, row.unless, row.held,
               CASE WHEN row.state = 'ready' THEN now() END,
               CASE WHEN row.opened THEN now() END, row.promised_on, row.statutory_on,
               row.promised_at
        FROM submitted, jsonb_to_recordset(CAST(:steps AS jsonb)) AS row(
            id uuid, key text, service_id text, authority_id text, subject smallint,
            position smallint, channel text, state text, requires text[], uses text[],
            "unless" text[], held boolean, opened boolean, promised_on date, statutory_on date,
            promised_at timestamptz)
    ), desk AS (
        INSERT INTO tasks (id, case_id, step_id, kind, state, authority_id, county, case_number,
                           life_event, service_id, applicant_hint, promised_on, promised_at)
        SELECT row.id, submitted.id, row.step_id, row.kind, 'open', row.authority_id, row.county,
               submitted.number, submitted.life_event, row.service_id, :hint, row.promised_on,
               row.promised_at
        FROM submitted, jsonb_to_recordset(CAST(:tasks AS jsonb)) AS row(
            id uuid, step_id uuid, kind text, authority_id text, county text, service_id text,
            promised_on date, promised_at timestamptz)
    ), history AS (
        INSERT INTO timeline (case_id, seq, at, kind, step_key, actor, detail, hash)
        SELECT submitted.id, row.seq, row.at, row.kind, row.step_key, row.actor, row.detail,
               decode(row.hash, 'hex')
        FROM submitted, jsonb_to_recordset(CAST(:entries AS jsonb)) AS row(
            seq bigint, at timestamptz, kind text, step_key text, actor text, detail jsonb,
            hash text)
    )
    SELECT id FROM submitted
""")
