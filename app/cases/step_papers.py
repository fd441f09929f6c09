"""The papers of one step: its evidence and what was mended, nothing of other departments."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.cases.portal import Portal
from app.cases.request_facts import group_of
from app.vocabulary.case_file import CaseFile
from app.vocabulary.requirement import EvidenceType
from app.wording import Words


@dataclass(frozen=True, slots=True)
class Paper:
    """One uploaded paper that this step may look at; size in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    blob: str


@dataclass(frozen=True, slots=True)
class GivenEvidence:
    """One kind of evidence of this step and how it was given: shared, produced, file, …"""

    title: Words
    how: str
    due: date | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """One point of a supplement with what the resident said and sent."""

    text: str
    answer: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class SupplementRound:
    """One request to the resident. `state`: open, answered, lapsed."""

    round: int
    state: str
    due_on: date
    reason: str
    points: tuple[AnsweredPoint, ...]


def papers_of(portal: Portal, row: RowMapping) -> dict[UUID, Paper]:
    """The kept papers of a case by id; who shows one checks that its step needs it."""
    papers = [
        Paper(
            UUID(file["id"]),
            portal.cipher.open(base64.b64decode(file["sealed_name"]), f"file:{row['case_id']}"),
            file["media_type"],
            file["size"],
            file["blob"],
        )
        for file in row["files"] or ()
    ]
    return {paper.id: paper for paper in papers}


def evidence_of(
    portal: Portal, row: RowMapping, case: CaseFile, papers: Mapping[UUID, Paper]
) -> tuple[GivenEvidence, ...]:
    """The evidence of this step only; that of other departments stays with them."""
    event = portal.catalogue.edition(row["life_event"], row["definition"])
    group = None if event is None else group_of(event, row["service_id"])
    each = group is not None and row["subject"] is not None
    answers = case.answers.item(str(group), row["subject"]) if each else case.answers
    found = []
    for kind in portal.catalogue.services[row["service_id"]].evidence:
        given = _given(row["evidence"], kind, row["subject"])
        if given is None and not kind.applies.holds(answers):
            continue
        given = given or {"how": _supplied(kind, case)}
        own = [papers[UUID(file)] for file in given.get("files", ()) if UUID(file) in papers]
        due = given.get("due")
        found.append(
            GivenEvidence(
                kind.title, given["how"], date.fromisoformat(due) if due else None, tuple(own)
            )
        )
    return tuple(found)


def _supplied(kind: EvidenceType, case: CaseFile) -> str:
    """Where a paper that nobody uploaded comes from."""
    made = {key.partition(":")[0] for key in case.outputs}
    if kind.output and kind.output in made:
        return "produced"
    if kind.register and kind.register in case.facts:
        return "shared"
    return "optional" if kind.optional else "none"


def _given(
    given: Mapping[str, Any], kind: EvidenceType, subject: int | None
) -> Mapping[str, Any] | None:
    own = None if subject is None else given.get(f"{kind.id}:{subject + 1}")
    return own or given.get(kind.id)


def round_of(
    portal: Portal, row: RowMapping, asked: Mapping[str, Any], papers: Mapping[UUID, Paper]
) -> SupplementRound:
    """One request to mend, with the answers once they are there."""
    seal = f"supplement:{row['case_id']}"
    points = portal.cipher.open(base64.b64decode(asked["sealed_points"]), seal)
    if asked["sealed_answers"]:
        points = portal.cipher.open(base64.b64decode(asked["sealed_answers"]), seal)
    return SupplementRound(
        round=asked["round"],
        state=asked["state"],
        due_on=date.fromisoformat(asked["due_on"]),
        reason=asked["reason"],
        points=tuple(
            AnsweredPoint(
                point["text"],
                point.get("answer", ""),
                tuple(papers[UUID(f)] for f in point.get("files", ()) if UUID(f) in papers),
            )
            for point in points
        ),
    )
