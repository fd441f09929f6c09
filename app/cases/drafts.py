"""A draft as it is read: everything filled in so far, with one statement."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.news import News
from app.cases.portal import Portal
from app.errors import NotFound
from app.forms.answers import Answer, Answers
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import CaseState
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

# WCAG 2.2.6 asks for 20 hours; people come back after weeks.
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RegisterView:
    """What one shared register said. `state`: consented, asked, found, none, unavailable, declined.

    `facts` is empty unless something was found; `verdict` is "right", "wrong" or None.
    """

    register_id: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    answered_at: datetime | None = None
    verdict: str | None = None
    note: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether the register has yet to answer."""
        return self.state in {"consented", "asked"}

    @property
    def is_used(self) -> bool:
        """Whether its facts stand in for answers: found, and nobody said they are wrong."""
        return self.state == "found" and self.verdict != "wrong"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One uploaded paper; `size` and `received` in bytes. `state`: receiving or kept."""

    id: UUID
    evidence: str
    name: str
    media_type: str
    state: str
    size: int
    received: int
    sha256: str
    blob: str


@dataclass(frozen=True, slots=True)
class LoadedDraft:
    """A draft at one moment. `revision` rises with every save.

    Once the case is submitted, `state` says so and nothing here can be saved any more. `life_event`
    is the edition that is offered, `definition` the version of the one that the draft stands on;
    `has_just_moved` says that it was brought to this one in this request (`draft_moving`).
    """

    case_id: UUID
    number: str
    resident_id: UUID
    life_event: LifeEvent
    definition: str
    state: CaseState
    revision: int
    answers: Answers
    pages: Mapping[str, str]
    evidence: Mapping[str, Mapping[str, Any]]
    for_whom: str
    updated_at: datetime
    expires_at: datetime
    registers: Mapping[str, RegisterView]
    files: tuple[DraftFile, ...]
    applicant: Person
    marks: Mapping[str, Any]
    news: News
    has_just_moved: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed and submitted."""
        return self.state is CaseState.DRAFT

    @property
    def facts(self) -> dict[str, Mapping[str, Any]]:
        """What the registers hold, by register id, as far as nobody said that it is wrong."""
        return {view.register_id: view.facts for view in self.registers.values() if view.is_used}

    def case_file(self, today: date) -> CaseFile:
        """The draft as the pure rules see it on that day."""
        answers = Answers(self.answers.values, today)
        return CaseFile(self.number, self.applicant, answers, today, self.facts)

    def files_of(self, evidence_key: str) -> tuple[DraftFile, ...]:
        """The papers uploaded for one piece of evidence, in the order of arrival."""
        return tuple(file for file in self.files if file.evidence == evidence_key)


_LOAD = text("""
    SELECT c.id, c.number, c.resident_id, c.life_event, c.definition, c.state,
           coalesce(d.revision, 0) AS revision, d.sealed_answers,
           coalesce(d.pages, '{}') AS pages, coalesce(d.evidence, '{}') AS evidence,
           coalesce(d.for_whom, '') AS for_whom,
           coalesce(d.marks, '{}') AS marks, coalesce(d.news, '{}') AS news,
           coalesce(d.updated_at, c.created_at) AS updated_at,
           coalesce(d.expires_at, 'infinity') AS expires_at,
           d.expires_at < now() AND c.state = 'draft' AS is_over, r.sealed_identity,
           (SELECT jsonb_agg(jsonb_build_object(
                'register_id', a.register_id, 'state', a.state, 'verdict', a.verdict,
                'facts', encode(a.sealed_facts, 'base64'), 'note', encode(a.sealed_note, 'base64'),
                'answered_at', a.answered_at))
            FROM register_answers a WHERE a.case_id = c.id) AS registers,
           (SELECT jsonb_agg(jsonb_build_object(
                'id', f.id, 'evidence', f.evidence, 'name', encode(f.sealed_name, 'base64'),
                'media_type', f.media_type, 'state', f.state, 'size', f.size,
                'received', f.received, 'sha256', f.sha256, 'blob', f.blob) ORDER BY f.id)
            FROM evidence_files f
            WHERE f.case_id = c.id AND f.supplement_id IS NULL AND f.state <> 'refused') AS files
    FROM cases c
    JOIN residents r ON r.id = c.resident_id
    LEFT JOIN drafts d ON d.case_id = c.id
    WHERE c.number = :number AND c.resident_id = :resident_id
""").columns(pages=JSONB, evidence=JSONB, marks=JSONB, news=JSONB, registers=JSONB, files=JSONB)


async def load_draft(
    session: AsyncSession, portal: Portal, number: str, resident_id: UUID
) -> LoadedDraft:
    """The draft of that number, if it is this resident's; one statement.

    A submitted case is given too, for who presses twice or goes back. Raises NotFound, also for a
    draft whose thirty days are over.
    """
    row = (
        await session.execute(_LOAD, {"number": number, "resident_id": resident_id})
    ).one_or_none()
    if row is None or row.is_over or row.life_event not in portal.catalogue.life_events:
        raise NotFound(
            Words(
                "没有找到这份申请。草稿保存30天，过期会自动删除。",
                "We could not find this application. A draft is kept for 30 days.",
            )
        )
    return LoadedDraft(
        case_id=row.id,
        number=row.number,
        resident_id=row.resident_id,
        life_event=portal.catalogue.life_events[row.life_event],
        definition=row.definition,
        state=CaseState(row.state),
        revision=row.revision,
        answers=Answers(_answers(portal, row), portal.today()),
        pages=row.pages,
        evidence=row.evidence,
        for_whom=row.for_whom,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        registers={
            one["register_id"]: _register(portal, row.id, one) for one in row.registers or ()
        },
        files=tuple(_file(portal, row.id, one) for one in row.files or ()),
        applicant=Person(**portal.cipher.open(row.sealed_identity, "resident")),
        marks=row.marks,
        news=News.read(row.news),
    )


def sealed_draft(portal: Portal, case_id: UUID, answers: Mapping[str, Answer]) -> bytes:
    """The answers of a draft as they are kept."""
    return portal.cipher.seal({"answers": dict(answers)}, f"draft:{case_id}")


def _answers(portal: Portal, row: Any) -> Mapping[str, Answer]:
    # Any: a row of the driver.
    if row.sealed_answers is None:
        return {}
    held: Mapping[str, Answer] = portal.cipher.open(row.sealed_answers, f"draft:{row.id}")[
        "answers"
    ]
    return held


def _register(portal: Portal, case_id: UUID, held: Mapping[str, Any]) -> RegisterView:
    purpose = f"facts:{case_id}"
    return RegisterView(
        register_id=held["register_id"],
        state=held["state"],
        facts=_opened(portal, held["facts"], purpose) or {},
        answered_at=(datetime.fromisoformat(held["answered_at"]) if held["answered_at"] else None),
        verdict=held["verdict"],
        note=_opened(portal, held["note"], purpose) or "",
    )


def _file(portal: Portal, case_id: UUID, held: Mapping[str, Any]) -> DraftFile:
    return DraftFile(
        id=UUID(held["id"]),
        evidence=held["evidence"],
        name=_opened(portal, held["name"], f"file:{case_id}"),
        media_type=held["media_type"],
        state=held["state"],
        size=held["size"],
        received=held["received"],
        sha256=held["sha256"],
        blob=held["blob"],
    )


def _opened(portal: Portal, encoded: str | None, purpose: str) -> Any:
    # Any: what was sealed is JSON of any shape.
    return portal.cipher.open(base64.b64decode(encoded), purpose) if encoded else None
