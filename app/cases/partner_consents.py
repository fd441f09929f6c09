"""A resident lets a third-party app act for them, or no longer; every use asks this first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.side_tables import Consent

KIND = "partner"
# Changes whenever what the resident is told on agreeing does.
TEXT_VERSION = "partner-1"


@dataclass(frozen=True, slots=True)
class PartnerConsent:
    """A standing consent. The app names the resident by its `reference`, never by an ID number."""

    reference: UUID
    app_id: str
    given_at: datetime


async def partner_consents(session: AsyncSession, resident_id: UUID) -> list[PartnerConsent]:
    """The consents of this resident that stand, oldest first; one statement."""
    rows = await session.execute(
        select(Consent.id, Consent.subject, Consent.given_at)
        .where(
            Consent.resident_id == resident_id, Consent.kind == KIND, Consent.revoked_at.is_(None)
        )
        .order_by(Consent.id)
    )
    return [PartnerConsent(row.id, row.subject, row.given_at) for row in rows]


async def give_partner_consent(
    session: AsyncSession, resident_id: UUID, app_id: str, channel: str = "web"
) -> UUID:
    """Let the app act for this resident. Out: the reference; the same one while it stands."""
    found = await session.scalar(
        _GIVE,
        {
            "id": new_id(),
            "resident": resident_id,
            "app": app_id,
            "version": TEXT_VERSION,
            "channel": channel,
        },
    )
    assert isinstance(found, UUID)
    return found


async def revoke_partner_consent(session: AsyncSession, resident_id: UUID, app_id: str) -> None:
    """From the end of this transaction on the app reads and does nothing for this resident."""
    await session.execute(
        update(Consent)
        .where(
            Consent.resident_id == resident_id,
            Consent.kind == KIND,
            Consent.subject == app_id,
            Consent.revoked_at.is_(None),
        )
        .values(revoked_at=func.now())
    )


async def resident_behind(session: AsyncSession, reference: UUID, app_id: str) -> UUID | None:
    """The resident who gave this app the consent `reference`; None where none stands.

    It cannot be revoked before this transaction ends.
    """
    found: UUID | None = await session.scalar(
        select(Consent.resident_id)
        .where(
            Consent.id == reference,
            Consent.kind == KIND,
            Consent.subject == app_id,
            Consent.revoked_at.is_(None),
        )
        .with_for_update(read=True)
    )
    return found


# Two clicks at once take turns on the resident's own row.
_GIVE = text("""
    WITH resident AS (SELECT id FROM residents WHERE id = :resident FOR UPDATE),
    standing AS (
        SELECT consents.id FROM consents, resident
        WHERE kind = 'partner' AND subject = :app AND resident_id = resident.id
          AND revoked_at IS NULL
        ORDER BY consents.id LIMIT 1
    ), given AS (
        INSERT INTO consents (id, resident_id, kind, subject, text_version, channel)
        SELECT :id, resident.id, 'partner', :app, :version, :channel FROM resident
        WHERE NOT EXISTS (SELECT FROM standing)
        RETURNING id
    )
    SELECT id FROM standing UNION ALL SELECT id FROM given
""")
