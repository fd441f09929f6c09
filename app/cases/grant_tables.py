"""Tables of what runs on after a case is done: grants, and their reckoning again.

Only `app.cases` reads and writes them. `person` is the keyed index of an ID number, as residents
have one; columns named `sealed_…` hold values encrypted by the application.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.ids import new_id
from app.database import Table

NOW = func.now()
MONEY = Numeric(12, 2)


class GrantRow(Table):
    """A benefit that a service granted and that goes on. `state`: running, in-question, stopped.

    `amount` is what is granted, `to_confirm` what it would be by a value that is not confirmed,
    `rates` the values that it was last reckoned with, `why` what a person has to look at or what
    ended it.
    """

    __tablename__ = "grants"
    __table_args__ = (
        Index("ix_grants_person", "person"),
        Index("ix_grants_case", "case_id"),
        Index(
            "ix_grants_in_question",
            "service_id",
            "county",
            postgresql_where=text("state = 'in-question'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    step_id: Mapped[UUID] = mapped_column(ForeignKey("steps.id"), unique=True)
    step_key: Mapped[str]
    service_id: Mapped[str]
    benefit_id: Mapped[str]
    person: Mapped[bytes] = mapped_column(LargeBinary)
    county: Mapped[str]
    sealed_facts: Mapped[bytes] = mapped_column(LargeBinary)
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    to_confirm: Mapped[Decimal | None] = mapped_column(MONEY)
    state: Mapped[str]
    why: Mapped[str] = mapped_column(server_default="")
    since: Mapped[date]
    reckoned_on: Mapped[date]
    rates: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    granted_at: Mapped[datetime] = mapped_column(server_default=NOW)


class Recomputation(Table):
    """Reckoning a fixed set of grants again. Always: processed + failed + pending = total.

    `cause` is `parameter:<id>`, `month:<month>`, `service:<id>:<step>` or `desk:<officer>:<id>`;
    `told` is the value that changed, in words.
    """

    __tablename__ = "recomputations"
    __table_args__ = (
        CheckConstraint(
            "processed >= 0 AND failed >= 0 AND processed + failed <= total", name="counts"
        ),
        Index(
            "uq_recomputations_open",
            "cause",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_recomputations_cause", "cause"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause: Mapped[str]
    told: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    day: Mapped[date]
    total: Mapped[int] = mapped_column(server_default="0")
    processed: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
    pending: Mapped[int] = mapped_column(Computed("total - processed - failed", persisted=True))
    opened_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ended_at: Mapped[datetime | None]


class ReckoningRow(Table):
    """One grant in one recomputation: `state` pending, done or failed, and what came of it.

    `explanation` names cause, rule and values with their dates and sources; nothing personal.
    """

    __tablename__ = "reckonings"
    __table_args__ = (
        Index(
            "ix_reckonings_pending",
            "recomputation_id",
            "grant_id",
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_reckonings_grant", "grant_id", postgresql_where=text("changed")),
    )

    recomputation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recomputations.id"), primary_key=True
    )
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grants.id"), primary_key=True)
    state: Mapped[str] = mapped_column(server_default="pending")
    ends: Mapped[bool] = mapped_column(server_default="false")
    changed: Mapped[bool] = mapped_column(server_default="false")
    before: Mapped[Decimal | None] = mapped_column(MONEY)
    after: Mapped[Decimal | None] = mapped_column(MONEY)
    explanation: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    reckoned_at: Mapped[datetime | None]
