"""The tables of cases; only `app.cases` reads and writes them.

Columns named `sealed_…` hold values encrypted by the application (`integration.field_cipher`).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.ids import new_id
from app.database import Table

NOW = func.now()
OPEN_TASK = text("state in ('open', 'claimed', 'paused')")
RUNNING_TASK = text("state in ('open', 'claimed')")
HOURS_TASK = text("state in ('open', 'claimed', 'paused') AND promised_at IS NOT NULL")
WAITING_TASK = text("state = 'paused'")


class Resident(Table):
    """A person who has signed in; found by a keyed index of the ID number, never by the number."""

    __tablename__ = "residents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    identity_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sealed_identity: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class Case(Table):
    """One application for one life event, from draft to its end.

    `version` counts its timeline entries and `chain` is the hash of the last one.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_resident", "resident_id", "id"),
        Index(
            "ix_cases_partner",
            "partner_app",
            "id",
            postgresql_where=text("partner_app IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    life_event: Mapped[str]
    definition: Mapped[str]
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("residents.id"))
    state: Mapped[str]
    county: Mapped[str] = mapped_column(server_default="")
    applicant_hint: Mapped[str] = mapped_column(server_default="")
    channel: Mapped[str] = mapped_column(server_default="web")
    partner_app: Mapped[str | None]
    correlation: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int] = mapped_column(server_default="0")
    chain: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("''::bytea"))
    withdrawal_asked: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    submitted_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]


class Draft(Table):
    """What was filled in so far. `revision` rises with every save; a form names the one it saw.

    `pages` maps page keys to "done", "started" or "changed" (by a newer edition, to be looked at
    again), `evidence` evidence keys to how each is given. `marks` are the digests of the questions
    it stands on (`workflow.editions`), `news` what newer editions changed (`cases.news`).
    """

    __tablename__ = "drafts"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(server_default="0")
    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)
    pages: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    evidence: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    for_whom: Mapped[str] = mapped_column(server_default="")
    marks: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    news: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    updated_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RegisterAnswer(Table):
    """What a shared register said for one case: a wait like any other until it has answered.

    `state`: consented, asked, found, none, unavailable, declined. `verdict`: right, wrong.
    """

    __tablename__ = "register_answers"
    __table_args__ = (
        Index(
            "ix_register_answers_due",
            "due_at",
            postgresql_where=text("state in ('consented', 'asked')"),
        ),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    register_id: Mapped[str] = mapped_column(primary_key=True)
    authority_id: Mapped[str]
    state: Mapped[str]
    fence: Mapped[int] = mapped_column(server_default="0")
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime | None]
    sealed_facts: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)


class Submission(Table):
    """What was submitted, as it was: answers, facts and evidence under the definition's version."""

    __tablename__ = "submissions"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    definition: Mapped[str]
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
    evidence: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime] = mapped_column(server_default=NOW)


class StepRow(Table):
    """One service of a submitted case. A wait is this row with `due_at`, not a job.

    `fence` rises with every claim: who writes with an old one changes nothing. `round` counts
    supplements, and with the id makes the idempotency key that the department sees. `held` waits
    for the barrier of its round.
    """

    __tablename__ = "steps"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        Index(
            "ix_steps_due",
            "due_at",
            postgresql_where=text("state in ('ready', 'with-department')"),
        ),
        Index(
            "ix_steps_running",
            "promised_on",
            postgresql_where=text(
                "state not in ('waiting', 'done', 'refused', 'not-possible', 'withdrawn')"
            ),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    key: Mapped[str]
    service_id: Mapped[str]
    authority_id: Mapped[str]
    subject: Mapped[int | None] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[str]
    state: Mapped[str]
    requires: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    uses: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    unless: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    held: Mapped[bool] = mapped_column(server_default="false")
    fence: Mapped[int] = mapped_column(server_default="0")
    round: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime | None]
    reference: Mapped[str | None]
    sealed_outcome: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    statutory_on: Mapped[date | None]
    promised_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Task(Table):
    """Work for a person at one authority's desk in one county ("" for the whole city).

    What a queue shows stands in the row itself, so that a page of it is one indexed query. What is
    promised by the hour has `promised_at` and goes before everything else.
    `fence` rises with every claim, release and decision.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index(
            "ix_tasks_queue",
            "authority_id",
            "county",
            "promised_on",
            "id",
            postgresql_where=OPEN_TASK,
        ),
        Index(
            "ix_tasks_city",
            "authority_id",
            "promised_on",
            "id",
            postgresql_where=OPEN_TASK,
        ),
        Index(
            "ix_tasks_running",
            "authority_id",
            "county",
            "promised_on",
            "id",
            postgresql_where=RUNNING_TASK,
        ),
        Index(
            "ix_tasks_waiting",
            "authority_id",
            "promised_on",
            "id",
            postgresql_where=WAITING_TASK,
        ),
        Index(
            "ix_tasks_service",
            "authority_id",
            "service_id",
            "promised_on",
            "id",
            postgresql_where=OPEN_TASK,
        ),
        Index(
            "ix_tasks_event",
            "authority_id",
            "life_event",
            "promised_on",
            "id",
            postgresql_where=OPEN_TASK,
        ),
        Index("ix_tasks_officer", "officer_id", "promised_on", "id", postgresql_where=OPEN_TASK),
        Index(
            "ix_tasks_hours",
            "authority_id",
            "promised_at",
            "id",
            postgresql_where=HOURS_TASK,
        ),
        Index("uq_tasks_open_step", "step_id", unique=True, postgresql_where=OPEN_TASK),
        Index("ix_tasks_number", "case_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"))
    kind: Mapped[str]
    state: Mapped[str]
    authority_id: Mapped[str]
    county: Mapped[str]
    case_number: Mapped[str]
    life_event: Mapped[str]
    service_id: Mapped[str]
    applicant_hint: Mapped[str]
    promised_on: Mapped[date]
    promised_at: Mapped[datetime | None]
    officer_id: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(server_default="0")
    opened_at: Mapped[datetime] = mapped_column(server_default=NOW)
    done_at: Mapped[datetime | None]


class Supplement(Table):
    """Everything that one authority wants mended in one step, asked once and answered once."""

    __tablename__ = "supplements"
    __table_args__ = (
        Index(
            "uq_supplements_open",
            "step_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_supplements_due", "due_on", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"))
    round: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    asked_by: Mapped[str]
    sealed_points: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_answers: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[datetime] = mapped_column(server_default=NOW)
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]


class Decision(Table):
    """A person's final decision on one step: outcome, reason and rule; never changed."""

    __tablename__ = "decisions"

    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    outcome: Mapped[str]
    rule: Mapped[str]
    sealed_reason: Mapped[bytes] = mapped_column(LargeBinary)
    officer_id: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(server_default=NOW)


class TimelineEntry(Table):
    """One thing that happened to a case. `hash` covers it and the entry before it.

    `detail` never holds personal data: states, references, days, ids of officers.
    """

    __tablename__ = "timeline"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    step_key: Mapped[str | None]
    actor: Mapped[str]
    detail: Mapped[dict[str, Any]]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
