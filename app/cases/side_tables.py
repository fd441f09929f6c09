"""Tables beside the case itself: messages, papers, consents, who read what, the engine's notes.

Only `app.cases` reads and writes them. Columns named `sealed_…` hold values encrypted by the
application (`integration.field_cipher`).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.ids import new_id
from app.database import Table

NOW = func.now()


class InboxMessage(Table):
    """A message from a department, kept before anything is made of it. `state`: new, done, odd."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_new", "due_at", postgresql_where=text("state = 'new'")),)

    sender: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    step_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(SmallInteger)
    sealed_body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(server_default="new")
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime] = mapped_column(server_default=NOW)
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)
    handled_at: Mapped[datetime | None]


class EvidenceFile(Table):
    """One uploaded paper. `state`: receiving, kept, refused. `evidence` is the evidence key."""

    __tablename__ = "evidence_files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    supplement_id: Mapped[UUID | None] = mapped_column(ForeignKey("supplements.id"))
    evidence: Mapped[str]
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    state: Mapped[str]
    size: Mapped[int]
    received: Mapped[int] = mapped_column(server_default="0")
    sha256: Mapped[str] = mapped_column(server_default="")
    blob: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class Consent(Table):
    """A consent that a resident gave, with the version of the text that was shown.

    `kind`: register (subject is its id), sensitive, child, partner (subject is the app's id).
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "ix_consents_partner",
            "subject",
            "resident_id",
            postgresql_where=text("kind = 'partner'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("residents.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    text_version: Mapped[str]
    channel: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(server_default=NOW)
    revoked_at: Mapped[datetime | None]


class DataRead(Table):
    """Somebody in an office or an app read a resident's data: who, what for, when."""

    __tablename__ = "data_reads"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    reader: Mapped[str]
    authority_id: Mapped[str]
    purpose: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class Reminder(Table):
    """A deadline reminder that was made, so that running the watch twice makes it once."""

    __tablename__ = "reminders"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)


class AuthorityHealth(Table):
    """The breaker of one authority, shared by all workers."""

    __tablename__ = "authority_health"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(server_default="0")
    open_until: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=NOW)


class IdempotentCall(Table):
    """An answer we gave a partner app, to be given again for the same key."""

    __tablename__ = "idempotent_calls"

    app_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=NOW, index=True)
