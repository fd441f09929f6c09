"""The tables of identity: sessions, officers and partner apps; only `app.identity` uses them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Table

NOW = func.now()


class SessionRow(Table):
    """One browser's session. The cookie holds a random token, the row only its hash.

    `kind`: visitor, resident, officer. `kept` holds what a visitor answered before signing in.
    """

    __tablename__ = "sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    kind: Mapped[str]
    resident_id: Mapped[UUID | None] = mapped_column(index=True)
    officer_id: Mapped[str | None]
    csrf: Mapped[str]
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    kept: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    provider_session: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    seen_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class OfficerRow(Table):
    """A department officer: one authority, one county ("" for the whole city)."""

    __tablename__ = "officers"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    authority_id: Mapped[str]
    county: Mapped[str] = mapped_column(server_default="")
    title_zh: Mapped[str] = mapped_column(server_default="")
    title_en: Mapped[str] = mapped_column(server_default="")
    active: Mapped[bool] = mapped_column(server_default="true")


class PartnerAppRow(Table):
    """A third-party app with its key (hash only) and scopes."""

    __tablename__ = "partner_apps"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
