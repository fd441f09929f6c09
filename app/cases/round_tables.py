"""Tables of rounds: windows with their places, and who entered; only `app.cases` touches them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.ids import new_id
from app.database import Table

NOW = func.now()


class RoundRow(Table):
    """One window of one life event in one county for one kind and year.

    `state`: open (also before it opens), closed (the list of entries is fixed), allotted (what each
    gets is written), given (every step behind the barrier was started). `secret` is told with the
    result; until then only `commitment`, its SHA-256, is public. `places` may be changed while it
    is open. `history` holds who changed what.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("life_event", "county", "kind", "year", "wave"),
        Index("ix_rounds_due", "closes_at", postgresql_where=text("state <> 'given'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    life_event: Mapped[str]
    county: Mapped[str]
    kind: Mapped[str]
    year: Mapped[int] = mapped_column(SmallInteger)
    wave: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    state: Mapped[str] = mapped_column(server_default="open")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    commitment: Mapped[str]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    notary_digits: Mapped[str] = mapped_column(server_default="")
    secret: Mapped[str] = mapped_column(server_default="")
    seed: Mapped[str] = mapped_column(server_default="")
    history: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    allotted_at: Mapped[datetime | None]
    given_at: Mapped[datetime | None]


class RoundEntry(Table):
    """One item of a case that entered a round. `key` is public, random and no counter.

    `state`: entered, allotted (what it gets is written), given (its steps were started),
    withdrawn. `sealed_given` holds what it gets, `listed` its masked row of the public list.
    `identity_index` keeps a second entry of the same person out.
    """

    __tablename__ = "round_entries"
    __table_args__ = (
        UniqueConstraint("case_id", "subject", postgresql_nulls_not_distinct=True),
        Index(
            "uq_round_entries_person",
            "round_id",
            "identity_index",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    subject: Mapped[int | None] = mapped_column(SmallInteger)
    identity_index: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(server_default="entered")
    by_hand: Mapped[bool] = mapped_column(server_default="false")
    sealed_given: Mapped[bytes | None] = mapped_column(LargeBinary)
    listed: Mapped[list[str] | None] = mapped_column(JSONB)
    entered_at: Mapped[datetime] = mapped_column(server_default=NOW)
