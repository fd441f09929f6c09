"""One task on one screen: only what its step needs, with a note that it was read."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import RowMapping, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.case_files import case_file_from
from app.cases.claiming import LEASE
from app.cases.data_reads import Purpose, purpose_of
from app.cases.desks import Desk, of_desk
from app.cases.ids import new_id
from app.cases.portal import Portal
from app.cases.register_differences import as_registered
from app.cases.request_facts import Fact, facts_of, request_of
from app.cases.step_papers import (
    GivenEvidence,
    Paper,
    SupplementRound,
    evidence_of,
    papers_of,
    round_of,
)
from app.cases.tables import Task
from app.cases.titles import life_event_title
from app.errors import NotFound
from app.vocabulary.case_file import CaseFile
from app.vocabulary.case_states import StepState, TaskKind, TaskState
from app.vocabulary.public_service import Message, PublicService
from app.wording import Words

Holder = Literal["nobody", "me", "somebody", "resident", "done"]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the case's history that concerns this step."""

    at: datetime
    kind: str
    actor: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with what its step needs: the request, and its fields as they are shown.

    Both are None where the request cannot be built.
    """

    id: UUID
    case_id: UUID
    case_number: str
    fence: int
    kind: TaskKind
    holder: Holder
    officer_id: str | None
    claimed_until: datetime | None
    life_event: Words
    service: PublicService[Any, Any]
    step_state: StepState
    round: int
    subject: int | None
    applicant_hint: str
    county: str
    submitted_at: datetime
    promised_on: date
    statutory_on: date | None
    promised_at: datetime | None
    opened_at: datetime
    paused_at: datetime | None
    accepted: bool
    request: Message | None
    facts: tuple[Fact, ...] | None
    evidence: tuple[GivenEvidence, ...]
    supplements: tuple[SupplementRound, ...]
    history: tuple[HistoryLine, ...]
    outcome: Mapping[str, Any]

    @property
    def is_mine(self) -> bool:
        """Whether the officer who looks holds it."""
        return self.holder == "me"

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper on this screen."""
        given = [paper for evidence in self.evidence for paper in evidence.papers]
        sent = [
            paper for asked in self.supplements for point in asked.points for paper in point.papers
        ]
        return (*given, *sent)


async def open_task(
    session: AsyncSession,
    portal: Portal,
    desk: Desk,
    task_id: UUID,
    purpose: Purpose = "review",
) -> TaskView:
    """A task of this desk with its case, in one statement that also notes who read it.

    The officer who holds it goes on holding it. "reveal" shows sensitive values in full. Raises
    NotFound for the work of others.
    """
    row = (
        (
            await session.execute(
                _OPEN,
                {
                    "id": task_id,
                    "authority": desk.authority_id,
                    "county": desk.county,
                    "officer": desk.officer_id,
                    "lease": LEASE.total_seconds(),
                    "read_id": new_id(),
                    "reader": f"officer:{desk.officer_id}",
                    "purpose": purpose_of(purpose, ""),
                },
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return _view(portal, desk, row, revealed=purpose == "reveal")


async def service_of(
    session: AsyncSession, portal: Portal, desk: Desk, task_id: UUID
) -> PublicService[Any, Any]:
    """The service that a task of this desk is about. Raises NotFound for the work of others."""
    service_id = await session.scalar(
        select(Task.service_id).where(*of_desk(desk), Task.id == task_id)
    )
    if service_id is None:
        raise NotFound
    return portal.catalogue.services[service_id]


def _view(portal: Portal, desk: Desk, row: RowMapping, *, revealed: bool) -> TaskView:
    service = portal.catalogue.services[row["service_id"]]
    papers = papers_of(portal, row)
    case = _case_file(portal, row)
    outcome = row["sealed_outcome"]
    request, facts = _facts(portal, row, case, revealed=revealed)
    return TaskView(
        id=row["id"],
        case_id=row["case_id"],
        case_number=row["case_number"],
        fence=row["fence"],
        kind=TaskKind(row["kind"]),
        holder=_holder(desk, row),
        officer_id=row["officer_id"],
        claimed_until=row["extended_until"] or row["claimed_until"],
        life_event=life_event_title(portal, row["life_event"], row["definition"]),
        service=service,
        step_state=StepState(row["step_state"]),
        round=row["round"],
        subject=row["subject"],
        applicant_hint=row["applicant_hint"],
        county=row["county"],
        submitted_at=row["submitted_at"],
        promised_on=row["promised_on"],
        statutory_on=row["statutory_on"],
        promised_at=row["promised_at"],
        opened_at=row["step_opened_at"] or row["opened_at"],
        paused_at=row["paused_at"],
        accepted=any(entry["kind"] == "accepted" for entry in row["history"] or ()),
        request=request,
        facts=facts,
        evidence=evidence_of(portal, row, case, papers),
        supplements=tuple(round_of(portal, row, asked, papers) for asked in row["asked"] or ()),
        history=tuple(
            HistoryLine(
                datetime.fromisoformat(entry["at"]), entry["kind"], entry["actor"], entry["detail"]
            )
            for entry in row["history"] or ()
        ),
        outcome=portal.cipher.open(outcome, f"outcome:{row['case_id']}") if outcome else {},
    )


def _holder(desk: Desk, row: RowMapping) -> Holder:
    match row["state"]:
        case TaskState.DONE:
            return "done"
        case TaskState.PAUSED:
            return "resident"
        case TaskState.OPEN:
            return "nobody"
    if row["officer_id"] == desk.officer_id:
        return "me"
    return "somebody" if row["claimed_until"] > row["now"] else "nobody"


def _case_file(portal: Portal, row: RowMapping) -> CaseFile:
    """The submitted case as the rules see it; it is not shown, only what is built from it."""
    seal = f"outcome:{row['case_id']}"
    outputs = {
        key: portal.cipher.open(base64.b64decode(sealed), seal).get("output", {})
        for key, sealed in (row["outputs"] or {}).items()
        if sealed
    }
    content = portal.cipher.open(row["sealed_content"], f"submission:{row['case_id']}")
    return case_file_from(row["case_number"], content, outputs, portal.today())


def _facts(
    portal: Portal, row: RowMapping, case: CaseFile, *, revealed: bool
) -> tuple[Message | None, tuple[Fact, ...] | None]:
    """What the step needs, and how it reads beside what shared registers told."""
    event = portal.catalogue.edition(row["life_event"], row["definition"])
    if event is None:
        return None, None
    request = request_of(event, row["service_id"], case, row["subject"])
    if request is None:
        return None, None
    told = as_registered(event, case)
    registered = None
    if told is not None:
        registered = request_of(event, row["service_id"], told, row["subject"])
    return request, facts_of(event, request, registered, revealed=revealed)


_OPEN = text("""
    WITH task AS (
        SELECT * FROM tasks
        WHERE id = :id AND authority_id = :authority
          AND (CAST(:county AS text) = '' OR county = :county)
    ), held AS (
        UPDATE tasks SET claimed_until = now() + make_interval(secs => :lease)
        WHERE id = (SELECT id FROM task) AND state = 'claimed' AND officer_id = :officer
        RETURNING claimed_until
    ), noted AS (
        INSERT INTO data_reads (id, case_id, reader, authority_id, purpose)
        SELECT :read_id, task.case_id, CAST(:reader AS text), :authority,
               CAST(:purpose AS text) || task.service_id
        FROM task
        WHERE NOT EXISTS (
            SELECT FROM data_reads AS earlier
            WHERE earlier.case_id = task.case_id AND earlier.reader = :reader
              AND earlier.purpose = CAST(:purpose AS text) || task.service_id
              AND earlier.at > now() - interval '10 minutes')
    )
    SELECT task.*, now() AS now, (SELECT claimed_until FROM held) AS extended_until,
        steps.state AS step_state, steps.opened_at AS step_opened_at, steps.round, steps.subject,
        steps.statutory_on, steps.paused_at, steps.sealed_outcome, submissions.sealed_content,
        submissions.evidence,
        submissions.submitted_at, submissions.definition,
        (SELECT jsonb_object_agg(done.key, encode(done.sealed_outcome, 'base64'))
         FROM steps AS done
         WHERE done.case_id = task.case_id AND done.state = 'done' AND done.id <> task.step_id
        ) AS outputs,
        (SELECT jsonb_agg(jsonb_build_object(
            'round', round, 'state', supplements.state, 'due_on', due_on, 'reason', reason,
            'sealed_points', encode(sealed_points, 'base64'),
            'sealed_answers', encode(sealed_answers, 'base64')) ORDER BY round)
         FROM supplements WHERE supplements.step_id = task.step_id) AS asked,
        (SELECT jsonb_agg(jsonb_build_object(
            'at', at, 'kind', timeline.kind, 'actor', actor, 'detail', detail) ORDER BY seq)
         FROM timeline
         WHERE timeline.case_id = task.case_id
           AND (step_key = steps.key OR timeline.kind IN ('case-submitted', 'case-closed'))
        ) AS history,
        (SELECT jsonb_agg(jsonb_build_object(
            'id', files.id, 'sealed_name', encode(files.sealed_name, 'base64'),
            'media_type', media_type, 'size', size, 'blob', blob) ORDER BY files.id)
         FROM evidence_files AS files
         WHERE files.case_id = task.case_id AND files.state = 'kept') AS files
    FROM task
    JOIN steps ON steps.id = task.step_id
    JOIN submissions ON submissions.case_id = task.case_id
""").columns(outputs=JSONB, asked=JSONB, history=JSONB, files=JSONB, evidence=JSONB)
