"""Ask shared registers for a draft: claim what is due, and record what they hold."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.job_queue import Job, enqueue
from app.cases.portal import Portal
from app.forms.answers import Answers
from app.integration.department_client import Errand, Found, NothingHeld
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import Ask
from app.vocabulary.public_service import Unavailable
from app.workflow.retries import wait_before_next

# A resident is waiting before the page: after these waits we stop asking and let them fill it in.
LOOK_UP_WAITS: tuple[float, ...] = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class ClaimedLookUp:
    """One question to one register that this worker may ask now."""

    case_id: UUID
    fence: int
    attempts: int
    ask: Ask[Any]
    case_file: CaseFile
    errand: Errand


_CLAIM = text("""
    WITH claimed AS (
        UPDATE register_answers AS asked
        SET state = 'asked', fence = fence + 1, attempts = attempts + 1,
            due_at = now() + make_interval(secs => :lease)
        WHERE asked.case_id = :case_id AND asked.register_id = :register_id
          AND asked.state IN ('consented', 'asked') AND asked.due_at <= now()
        RETURNING asked.case_id, asked.fence, asked.attempts
    )
    SELECT claimed.*, cases.number, cases.life_event, cases.definition, cases.correlation,
           drafts.sealed_answers, residents.sealed_identity
    FROM claimed
    JOIN cases ON cases.id = claimed.case_id AND cases.state = 'draft'
    JOIN drafts ON drafts.case_id = cases.id
    JOIN residents ON residents.id = cases.resident_id
""")


async def claim_look_up(
    session: AsyncSession, portal: Portal, case_id: UUID, register_id: str
) -> ClaimedLookUp | None:
    """Claim one look-up that is due; None where there is nothing to ask any more."""
    lease = portal.settings.call_deadline_seconds + portal.settings.lease_margin_seconds
    found = await session.execute(
        _CLAIM, {"case_id": case_id, "register_id": register_id, "lease": lease}
    )
    row = found.one_or_none()
    if row is None:
        return None
    # A draft that nobody has opened since its edition was superseded is still of that edition.
    event = portal.catalogue.in_words_of(row.life_event, row.definition)
    asks = [ask for ask in event.asks if ask.register.id == register_id] if event else []
    if not asks:
        await session.execute(_NOT_ASKED, {"case_id": case_id, "register_id": register_id})
        return None
    answers = portal.cipher.open(row.sealed_answers, f"draft:{case_id}")["answers"]
    person = Person(**portal.cipher.open(row.sealed_identity, "resident"))
    today = portal.today()
    return ClaimedLookUp(
        case_id=case_id,
        fence=row.fence,
        attempts=row.attempts,
        ask=asks[0],
        case_file=CaseFile(row.number, person, Answers(answers, today), today),
        errand=Errand(
            case_number=row.number,
            step_key=f"look-up:{register_id}",
            idempotency_key=f"{case_id}.{register_id}",
            attempt=row.attempts,
            correlation=row.correlation,
        ),
    )


_NOT_ASKED = text("""
    UPDATE register_answers SET state = 'unavailable', due_at = NULL
    WHERE case_id = :case_id AND register_id = :register_id AND state = 'asked'
""")


async def record_look_up(
    session: AsyncSession,
    portal: Portal,
    claimed: ClaimedLookUp,
    answer: Found | NothingHeld | Unavailable,
) -> None:
    """Write down what a register said. After a few failures the person fills it in instead."""
    register = claimed.ask.register
    state, facts, wait = "none", None, None
    match answer:
        case Found(held):
            state = "found"
            facts = portal.cipher.seal(dict(held), f"facts:{claimed.case_id}")
        case Unavailable(_, retry_after, permanent):
            state = "unavailable"
            chance = secrets.randbelow(1000) / 1000
            if not permanent:
                wait = wait_before_next(claimed.attempts, chance, retry_after, LOOK_UP_WAITS)
    if wait is not None:
        state = "asked"
    kept = await session.execute(
        _RECORD,
        {
            "case_id": claimed.case_id,
            "register_id": register.id,
            "fence": claimed.fence,
            "state": state,
            "facts": facts,
            "wait": wait,
        },
    )
    if wait is not None and kept.first() is not None:
        authority = register.authority.id
        job = Job.register(claimed.case_id, register.id, authority, claimed.fence, wait)
        await enqueue(session, [job])


_RECORD = text("""
    UPDATE register_answers
    SET state = CAST(:state AS varchar), sealed_facts = :facts,
        due_at = now() + make_interval(secs => CAST(:wait AS double precision)),
        answered_at = CASE WHEN CAST(:state AS varchar) <> 'asked' THEN now() END
    WHERE case_id = :case_id AND register_id = :register_id AND fence = :fence AND state = 'asked'
    RETURNING case_id
""")
