"""A case whose row is locked until the transaction ends, with all its steps."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.timeline import Chain
from app.errors import NotFound
from app.vocabulary.case_states import CaseState, StepState
from app.workflow.transitions import StepNow


@dataclass(frozen=True, slots=True)
class LockedStep:
    """A step as it stands while its case is locked."""

    id: UUID
    key: str
    service_id: str
    authority_id: str
    subject: int | None
    channel: str
    state: StepState
    requires: tuple[str, ...]
    fence: int
    round: int
    attempts: int
    promised_on: date | None
    statutory_on: date | None
    promised_at: datetime | None
    opened_at: datetime | None
    paused_at: datetime | None
    reference: str | None
    unless: tuple[str, ...] = ()
    held: bool = False

    @property
    def now(self) -> StepNow:
        """The step as the rules see it."""
        return StepNow(
            self.key,
            self.state,
            self.channel,
            self.requires,
            self.attempts > 0,
            self.unless,
            self.held,
        )


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case whose row is locked until the transaction ends, with all its steps."""

    id: UUID
    number: str
    life_event: str
    definition: str
    state: CaseState
    county: str
    resident_id: UUID
    applicant_hint: str
    withdrawal_asked: bool
    promised_on: date | None
    chain: Chain
    steps: tuple[LockedStep, ...]

    def step(self, key: str) -> LockedStep:
        """The step of that key. Raises NotFound."""
        for step in self.steps:
            if step.key == key:
                return step
        raise NotFound

    def step_by_id(self, step_id: UUID) -> LockedStep:
        """The step of that id. Raises NotFound."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise NotFound


_LOCK = text("""
    SELECT id, number, life_event, definition, state, county, resident_id, applicant_hint,
           withdrawal_asked, promised_on, version, chain
    FROM cases WHERE id = :id FOR UPDATE
""")
_LOCK_OF_TASK = text("""
    SELECT id, number, life_event, definition, state, county, resident_id, applicant_hint,
           withdrawal_asked, promised_on, version, chain,
           (SELECT step_id FROM tasks WHERE tasks.id = :id) AS step_id
    FROM cases WHERE id = (SELECT case_id FROM tasks WHERE tasks.id = :id) FOR UPDATE
""")
_STEPS = text("""
    SELECT id, key, service_id, authority_id, subject, channel, state, requires, fence, round,
           attempts, promised_on, statutory_on, promised_at, opened_at, paused_at, reference,
           unless, held
    FROM steps WHERE case_id = :id ORDER BY position FOR UPDATE
""")


async def lock_case(session: AsyncSession, case_id: UUID) -> LockedCase:
    """Lock one case until the transaction ends and read its steps. Raises NotFound.

    Two statements: the steps are read and locked after the case is, so nobody moves or claims
    them under us.
    """
    row = await _lock(session, _LOCK, case_id)
    return await _with_steps(session, row)


async def lock_case_of_task(session: AsyncSession, task_id: UUID) -> tuple[LockedCase, LockedStep]:
    """As lock_case, for the case and step of a task. Who may see the task is not asked here."""
    row = await _lock(session, _LOCK_OF_TASK, task_id)
    case = await _with_steps(session, row)
    return case, case.step_by_id(row.step_id)


async def _lock(session: AsyncSession, lock: TextClause, id_: UUID) -> Row[Any]:
    row = (await session.execute(lock, {"id": id_})).one_or_none()
    if row is None:
        raise NotFound
    return row


async def _with_steps(session: AsyncSession, row: Row[Any]) -> LockedCase:
    steps = (await session.execute(_STEPS, {"id": row.id})).all()
    return LockedCase(
        id=row.id,
        number=row.number,
        life_event=row.life_event,
        definition=row.definition,
        state=CaseState(row.state),
        county=row.county,
        resident_id=row.resident_id,
        applicant_hint=row.applicant_hint,
        withdrawal_asked=row.withdrawal_asked,
        promised_on=row.promised_on,
        chain=Chain(row.id, row.version, bytes(row.chain)),
        steps=tuple(
            LockedStep(
                id=step.id,
                key=step.key,
                service_id=step.service_id,
                authority_id=step.authority_id,
                subject=step.subject,
                channel=step.channel,
                state=StepState(step.state),
                requires=tuple(step.requires),
                fence=step.fence,
                round=step.round,
                attempts=step.attempts,
                promised_on=step.promised_on,
                statutory_on=step.statutory_on,
                promised_at=step.promised_at,
                opened_at=step.opened_at,
                paused_at=step.paused_at,
                reference=step.reference,
                unless=tuple(step.unless),
                held=step.held,
            )
            for step in steps
        ),
    )
