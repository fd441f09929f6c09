"""Read cases for the people they belong to; every permission is part of the query."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.grant_views import GRANTS_PART, GrantView, grant_from
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.errors import NotFound
from app.vocabulary.case_file import Person
from app.vocabulary.case_states import CaseState, Happening, StepState


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of "my cases". `cursor` continues the list after it."""

    cursor: UUID
    number: str
    life_event: str
    state: CaseState
    created_at: datetime
    submitted_at: datetime | None
    promised_on: date | None
    closed_at: datetime | None
    done: int
    total: int
    needs_you: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as its resident sees it. `outcome`: {"output": …} or {"reason", "rule"}."""

    key: str
    service_id: str
    subject: int | None
    state: StepState
    channel: str
    requires: tuple[str, ...]
    reference: str | None
    opened_at: datetime | None
    promised_on: date | None
    statutory_on: date | None
    promised_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    outcome: Mapping[str, Any]
    decided_by: str | None
    held: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the history."""

    seq: int
    at: datetime
    kind: str
    step_key: str | None
    actor: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """An open request to the resident; its points are read on its own page."""

    id: UUID
    step_key: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Who read this case's data, what for, when."""

    reader: str
    authority_id: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """A submitted case with everything its page shows. `version` changes with every event.

    `definition` is the edition of its life event under which it was submitted.
    """

    id: UUID
    number: str
    life_event: str
    definition: str
    state: CaseState
    version: int
    submitted_at: datetime
    promised_on: date | None
    closed_at: datetime | None
    withdrawal_asked: bool
    channel: str
    partner_app: str | None
    steps: tuple[StepView, ...]
    timeline: tuple[EntryView, ...]
    supplements: tuple[SupplementLine, ...]
    reads: tuple[ReadLine, ...]
    grants: tuple[GrantView, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state is StepState.DONE for step in self.steps)

    @property
    def total(self) -> int:
        """How many steps count: those that are not needed any more do not."""
        return sum(step.state is not StepState.NOT_NEEDED for step in self.steps)

    def step(self, key: str) -> StepView:
        """The step of that key. Raises NotFound."""
        for step in self.steps:
            if step.key == key:
                return step
        raise NotFound

    def last_entry(self, key: str) -> EntryView | None:
        """The newest line of history of one step."""
        own = [entry for entry in self.timeline if entry.step_key == key]
        return own[-1] if own else None


async def find_or_add_resident(session: AsyncSession, portal: Portal, person: Person) -> UUID:
    """The resident with this ID number; added, or brought up to date, in one statement."""
    identity = {"name": person.name, "id_number": person.id_number, "mobile": person.mobile}
    found = await session.scalar(
        _RESIDENT,
        {
            "id": new_id(),
            "index": portal.cipher.index(person.id_number.upper()),
            "identity": portal.cipher.seal(identity, "resident"),
        },
    )
    assert isinstance(found, UUID)
    return found


async def person_of(session: AsyncSession, portal: Portal, resident_id: UUID) -> Person:
    """Who a resident is. Raises NotFound."""
    sealed = await session.scalar(
        text("SELECT sealed_identity FROM residents WHERE id = :id"), {"id": resident_id}
    )
    if sealed is None:
        raise NotFound
    return Person(**portal.cipher.open(sealed, "resident"))


async def my_cases(
    session: AsyncSession, resident_id: UUID, before: UUID | None = None, limit: int = 20
) -> list[CaseLine]:
    """This resident's drafts and cases, newest first, in one statement.

    `before` is the cursor of the last line already shown.
    """
    rows = await session.execute(_MINE, {"resident": resident_id, "before": before, "limit": limit})
    return [
        CaseLine(
            cursor=row.id,
            number=row.number,
            life_event=row.life_event,
            state=CaseState(row.state),
            created_at=row.created_at,
            submitted_at=row.submitted_at,
            promised_on=row.promised_on,
            closed_at=row.closed_at,
            done=row.done,
            total=row.total,
            needs_you=row.needs_you,
        )
        for row in rows
    ]


async def version(session: AsyncSession, number: str, resident_id: UUID) -> int:
    """The version of a submitted case of this resident. Raises NotFound."""
    found = await session.scalar(
        text("""
            SELECT version FROM cases
            WHERE number = :number AND resident_id = :resident AND state <> 'draft'
        """),
        {"number": number, "resident": resident_id},
    )
    if found is None:
        raise NotFound
    return int(found)


async def progress(
    session: AsyncSession, portal: Portal, number: str, resident_id: UUID
) -> Progress:
    """A submitted case of this resident in one statement. Raises NotFound."""
    return await _progress(session, portal, _PROGRESS, {"number": number, "resident": resident_id})


async def progress_for_app(
    session: AsyncSession, portal: Portal, number: str, app_id: str
) -> Progress:
    """A case that this app submitted, while its resident's consent stands. Raises NotFound."""
    return await _progress(session, portal, _PROGRESS_FOR_APP, {"number": number, "app": app_id})


async def _progress(
    session: AsyncSession, portal: Portal, statement: Any, whose: Mapping[str, Any]
) -> Progress:
    row = (await session.execute(statement, dict(whose))).one_or_none()
    if row is None:
        raise NotFound
    return Progress(
        id=row.id,
        number=row.number,
        life_event=row.life_event,
        definition=row.definition,
        state=CaseState(row.state),
        version=row.version,
        submitted_at=row.submitted_at,
        promised_on=row.promised_on,
        closed_at=row.closed_at,
        withdrawal_asked=row.withdrawal_asked,
        channel=row.channel,
        partner_app=row.partner_app,
        steps=tuple(_step(portal, row.id, step, row.timeline or []) for step in row.steps or []),
        timeline=tuple(_entry(entry) for entry in row.timeline or []),
        supplements=tuple(
            SupplementLine(UUID(s["id"]), s["step_key"], date.fromisoformat(s["due_on"]))
            for s in row.supplements or []
        ),
        reads=tuple(
            ReadLine(r["reader"], r["authority_id"], r["purpose"], datetime.fromisoformat(r["at"]))
            for r in row.reads or []
        ),
        grants=tuple(grant_from(kept) for kept in row.grants or []),
    )


def _step(
    portal: Portal, case_id: UUID, step: Mapping[str, Any], timeline: list[dict[str, Any]]
) -> StepView:
    sealed = step["sealed_outcome"]
    outcome = portal.cipher.open(base64.b64decode(sealed), f"outcome:{case_id}") if sealed else {}
    decided = [
        entry["actor"]
        for entry in timeline
        if entry["step_key"] == step["key"]
        and entry["kind"] in {Happening.GRANTED, Happening.DENIED}
    ]
    return StepView(
        key=step["key"],
        service_id=step["service_id"],
        subject=step["subject"],
        state=StepState(step["state"]),
        channel=step["channel"],
        requires=tuple(step["requires"]),
        reference=step["reference"],
        opened_at=_moment(step["opened_at"]),
        promised_on=_day(step["promised_on"]),
        statutory_on=_day(step["statutory_on"]),
        promised_at=_moment(step["promised_at"]),
        paused_at=_moment(step["paused_at"]),
        ended_at=_moment(step["ended_at"]),
        outcome=outcome,
        decided_by=decided[-1] if decided else None,
        held=step["held"],
    )


def _entry(entry: Mapping[str, Any]) -> EntryView:
    at = datetime.fromisoformat(entry["at"])
    return EntryView(
        entry["seq"], at, entry["kind"], entry["step_key"], entry["actor"], entry["detail"]
    )


def _moment(text_: str | None) -> datetime | None:
    return None if text_ is None else datetime.fromisoformat(text_)


def _day(text_: str | None) -> date | None:
    return None if text_ is None else date.fromisoformat(text_)


_RESIDENT = text("""
    INSERT INTO residents (id, identity_index, sealed_identity) VALUES (:id, :index, :identity)
    ON CONFLICT (identity_index) DO UPDATE SET sealed_identity = excluded.sealed_identity
    RETURNING id
""")

_MINE = text("""
    SELECT cases.id, cases.number, cases.life_event, cases.state, cases.created_at,
           cases.submitted_at, cases.promised_on, cases.closed_at,
           count(steps.id) FILTER (WHERE steps.state = 'done') AS done,
           count(steps.id) FILTER (WHERE steps.state <> 'not-needed') AS total,
           coalesce(bool_or(steps.state = 'supplement'), false) AS needs_you
    FROM (SELECT * FROM cases
          WHERE resident_id = :resident AND (CAST(:before AS uuid) IS NULL OR id < :before)
          ORDER BY id DESC LIMIT :limit) AS cases
    LEFT JOIN steps ON steps.case_id = cases.id
    GROUP BY cases.id, cases.number, cases.life_event, cases.state, cases.created_at,
             cases.submitted_at, cases.promised_on, cases.closed_at
    ORDER BY cases.id DESC
""")

_PROGRESS_PARTS = """
    SELECT cases.id, cases.number, cases.life_event, cases.definition, cases.state, cases.version,
        cases.submitted_at, cases.promised_on, cases.closed_at, cases.withdrawal_asked,
        cases.channel, cases.partner_app,
        (SELECT jsonb_agg(jsonb_build_object(
            'key', key, 'service_id', service_id, 'subject', subject, 'state', state,
            'channel', channel, 'requires', requires, 'reference', reference, 'held', held,
            'opened_at', opened_at, 'promised_on', promised_on, 'statutory_on', statutory_on,
            'promised_at', promised_at,
            'paused_at', paused_at, 'ended_at', ended_at,
            'sealed_outcome', encode(sealed_outcome, 'base64')) ORDER BY position)
         FROM steps WHERE steps.case_id = cases.id) AS steps,
        (SELECT jsonb_agg(jsonb_build_object(
            'seq', seq, 'at', at, 'kind', kind, 'step_key', step_key, 'actor', actor,
            'detail', detail) ORDER BY seq)
         FROM timeline WHERE timeline.case_id = cases.id) AS timeline,
        (SELECT jsonb_agg(jsonb_build_object(
            'id', supplements.id, 'step_key', steps.key, 'due_on', due_on))
         FROM supplements JOIN steps ON steps.id = supplements.step_id
         WHERE supplements.case_id = cases.id AND supplements.state = 'open') AS supplements,
        (SELECT jsonb_agg(jsonb_build_object(
            'reader', reader, 'authority_id', authority_id, 'purpose', purpose, 'at', at)
            ORDER BY id DESC)
         FROM (SELECT * FROM data_reads WHERE data_reads.case_id = cases.id
               ORDER BY id DESC LIMIT 50) AS recent) AS reads,
"""
_JSON_PARTS = dict.fromkeys(("steps", "timeline", "supplements", "reads", "grants"), JSONB)
_PROGRESS_OF = f"{_PROGRESS_PARTS} {GRANTS_PART} FROM cases "
_PROGRESS = text(
    _PROGRESS_OF
    + "WHERE cases.number = :number AND cases.resident_id = :resident AND cases.state <> 'draft'"
).columns(**_JSON_PARTS)
_PROGRESS_FOR_APP = text(
    _PROGRESS_OF
    + """
    WHERE cases.number = :number AND cases.state <> 'draft' AND cases.partner_app = :app
      AND EXISTS (SELECT FROM consents
                  WHERE consents.kind = 'partner' AND consents.subject = :app
                    AND consents.resident_id = cases.resident_id
                    AND consents.revoked_at IS NULL)
    """
).columns(**_JSON_PARTS)
