"""Claim a due step, and record what the department answered: two moments, never one transaction."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_files import OUTPUTS_PART, case_file_from, opened_outputs
from app.cases.job_queue import Job, enqueue
from app.cases.locked import LockedStep, lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal
from app.integration.department_client import Errand
from app.vocabulary.case_file import CaseFile
from app.vocabulary.case_states import Happening, StepState
from app.vocabulary.life_event import Step
from app.vocabulary.public_service import Accepted, Completed, Delivery, Refused, Unavailable
from app.vocabulary.requirement import EvidenceType
from app.workflow.retries import rest_after, wait_before_next

# Tell the resident on the first failed try, and when the waits turn from seconds into minutes.
_TOLD_ATTEMPTS = frozenset({1, 4})


@dataclass(frozen=True, slots=True)
class ClaimedStep:
    """A step that this worker may call for, until another claim raises the fence.

    `step` is how the edition under which the case was submitted declares it; None where that
    edition is not in the catalogue any more, or not yet (`is_ahead`).
    """

    id: UUID
    case_id: UUID
    key: str
    service_id: str
    step: Step[Any] | None
    is_ahead: bool
    authority_id: str
    state: StepState
    fence: int
    attempts: int
    had_failures: bool
    case_file: CaseFile
    errand: Errand


_CLAIM = text(f"""
    WITH claimed AS (
        UPDATE steps SET fence = fence + 1, attempts = attempts + 1,
                         due_at = now() + make_interval(secs => :lease)
        FROM cases
        WHERE steps.id = :id AND cases.id = steps.case_id
          AND steps.state IN ('ready', 'with-department') AND steps.due_at <= now()
          AND cases.state = 'running'
          AND NOT EXISTS (SELECT FROM authority_health AS health
                          WHERE health.authority_id = steps.authority_id
                            AND health.open_until > now())
        RETURNING steps.id, steps.case_id, steps.key, steps.service_id, steps.authority_id,
                  steps.state, steps.fence, steps.round, steps.attempts, steps.subject,
                  cases.number, cases.life_event, cases.definition, cases.correlation
    )
    SELECT claimed.*, submissions.sealed_content, submissions.evidence,
        coalesce(health.failures, 0) > 0 AS had_failures,
        {OUTPUTS_PART.format(case_id="claimed.case_id")},
        (SELECT jsonb_agg(jsonb_build_object('id', files.id, 'sha256', files.sha256))
         FROM evidence_files AS files
         WHERE files.case_id = claimed.case_id AND files.state = 'kept') AS files,
        (SELECT jsonb_agg(encode(answered.sealed_answers, 'base64') ORDER BY answered.round)
         FROM supplements AS answered
         WHERE answered.step_id = claimed.id AND answered.state = 'answered') AS supplements
    FROM claimed
    JOIN submissions ON submissions.case_id = claimed.case_id
    LEFT JOIN authority_health AS health ON health.authority_id = claimed.authority_id
""").columns(  # noqa: S608 - our constant
    outputs=JSONB, files=JSONB, supplements=JSONB, evidence=JSONB
)


async def claim_step(session: AsyncSession, portal: Portal, step_id: UUID) -> ClaimedStep | None:
    """Claim a step that is due, with all that its request is built from, in one statement.

    None where there is nothing to do: already claimed, moved on, withdrawn, or the department is
    being left alone. The attempt is counted here, before it is made.
    """
    lease = portal.settings.call_deadline_seconds + portal.settings.lease_margin_seconds
    row = (await session.execute(_CLAIM, {"id": step_id, "lease": lease})).one_or_none()
    if row is None:
        return None
    outputs = opened_outputs(portal, row.case_id, row.outputs)
    content = portal.cipher.open(row.sealed_content, f"submission:{row.case_id}")
    case_file = case_file_from(row.number, content, outputs, portal.today())
    event = portal.catalogue.edition(row.life_event, row.definition)
    step = None if event is None else event.step_of(row.service_id)
    service = portal.catalogue.services[row.service_id]
    if row.subject is not None and step is not None and step.each is not None:
        case_file = case_file.about(step.each.id, row.subject)
    answered = [
        portal.cipher.open(base64.b64decode(sealed), f"supplement:{row.case_id}")
        for sealed in row.supplements or []
    ]
    hashes = {file["id"]: file["sha256"] for file in row.files or []}
    return ClaimedStep(
        id=row.id,
        case_id=row.case_id,
        key=row.key,
        service_id=row.service_id,
        step=step,
        is_ahead=portal.catalogue.is_ahead(row.life_event, row.definition),
        authority_id=row.authority_id,
        state=StepState(row.state),
        fence=row.fence,
        attempts=row.attempts,
        had_failures=row.had_failures,
        case_file=case_file,
        errand=Errand(
            case_number=row.number,
            step_key=row.key,
            idempotency_key=f"{row.id}.{row.round}",
            attempt=row.attempts,
            correlation=row.correlation,
            round=row.round,
            evidence=_evidence_sent(service.evidence, row.evidence, row.subject, hashes),
            supplement=[_with_hashes(point, hashes) for round_ in answered for point in round_],
        ),
    )


async def record(
    session: AsyncSession, portal: Portal, claimed: ClaimedStep, delivery: Delivery
) -> bool:
    """Write down a department's answer. False where the claim is not ours: nothing changes."""
    case = await lock_case(session, claimed.case_id)
    step = case.step(claimed.key)
    if step.fence != claimed.fence:
        return False
    actor = f"department:{claimed.authority_id}"
    match delivery:
        case Completed(reference, output):
            outcome = {"output": dict(output)}
            done = Move(step.key, Happening.COMPLETED, actor, outcome, reference)
            await move(session, portal, case, done)
        case Refused(reason, rule):
            refused = Move(step.key, Happening.REFUSED, actor, {"reason": reason, "rule": rule})
            await move(session, portal, case, refused)
        case Accepted(reference) if step.state is StepState.READY:
            accepted = Move(step.key, Happening.ACCEPTED, actor, reference=reference)
            await move(session, portal, case, accepted)
        case Accepted():
            await _wait(session, step, portal.settings.callback_wait_seconds, answered=True)
        case Unavailable(why, retry_after, permanent):
            wait = None
            if not permanent:
                chance = secrets.randbelow(1000) / 1000
                schedule = portal.settings.retry_seconds
                wait = wait_before_next(claimed.attempts, chance, retry_after, schedule)
            detail = {"why": why, "attempt": claimed.attempts}
            if wait is None:
                gave_up = Move(step.key, Happening.GAVE_UP, "portal", detail=detail)
                await move(session, portal, case, gave_up)
            elif step.state is StepState.READY and claimed.attempts in _TOLD_ATTEMPTS:
                later = Move(
                    step.key, Happening.UNAVAILABLE, "portal", detail=detail, retry_after=wait
                )
                await move(session, portal, case, later)
            else:
                await _wait(session, step, wait)
    await _note_health(session, portal, claimed, delivery)
    return True


async def _wait(
    session: AsyncSession, step: LockedStep, seconds: float, *, answered: bool = False
) -> None:
    """The step stays as it is and is due again later; a short wait also becomes a deferred job."""
    await session.execute(
        text("""
            UPDATE steps SET due_at = now() + make_interval(secs => :wait),
                             attempts = CASE WHEN :answered THEN 0 ELSE attempts END
            WHERE id = :id
        """),
        {"id": step.id, "wait": seconds, "answered": answered},
    )
    if seconds <= timedelta(minutes=1).total_seconds():
        await enqueue(session, [Job.step(step.id, step.authority_id, step.fence, seconds)])


async def _note_health(
    session: AsyncSession, portal: Portal, claimed: ClaimedStep, delivery: Delivery
) -> None:
    """Count failures in a row per authority; enough of them and nobody calls it for a while."""
    if not isinstance(delivery, Unavailable):
        if claimed.had_failures:
            await session.execute(_HEALTHY, {"authority": claimed.authority_id})
        return
    failures = await session.scalar(_FAILED, {"authority": claimed.authority_id})
    rest = rest_after(int(failures or 0), portal.settings.longest_rest_seconds)
    if rest:
        await session.execute(_LEAVE_ALONE, {"authority": claimed.authority_id, "rest": rest})


_HEALTHY = text("""
    UPDATE authority_health SET failures = 0, open_until = NULL, changed_at = now()
    WHERE authority_id = :authority AND failures > 0
""")
_FAILED = text("""
    INSERT INTO authority_health (authority_id, failures) VALUES (:authority, 1)
    ON CONFLICT (authority_id) DO UPDATE
    SET failures = authority_health.failures + 1, changed_at = now()
    RETURNING failures
""")
_LEAVE_ALONE = text("""
    UPDATE authority_health SET open_until = now() + make_interval(secs => :rest)
    WHERE authority_id = :authority
""")


def _evidence_sent(
    types: Sequence[EvidenceType],
    given: Mapping[str, Any],
    subject: int | None,
    hashes: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The evidence of this service only, as the department is told of it."""
    sent = []
    for evidence in types:
        item_key = evidence.id if subject is None else f"{evidence.id}:{subject + 1}"
        how = given.get(item_key) or given.get(evidence.id)
        if how is None:
            continue
        for sha256 in [hashes.get(str(file)) for file in how.get("files", [])] or [None]:
            entry = {"type": evidence.id, "how": how["how"]}
            sent.append(entry | ({"sha256": sha256} if sha256 else {}))
    return sent


def _with_hashes(point: Mapping[str, Any], hashes: Mapping[str, str]) -> dict[str, Any]:
    files = [hashes[str(file)] for file in point.get("files", []) if str(file) in hashes]
    return {"text": point.get("text", ""), "answer": point.get("answer", ""), "files": files}
