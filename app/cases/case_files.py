"""A submitted case as the pure rules see it, from its sealed snapshot."""

import base64
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.portal import Portal
from app.errors import NotFound
from app.forms.answers import Answers
from app.vocabulary.case_file import CaseFile, Person

_LOAD = text("""
    SELECT cases.id, cases.number, submissions.sealed_content,
        (SELECT jsonb_object_agg(made.key, encode(made.sealed, 'base64'))
         FROM (SELECT key, sealed_outcome FROM steps
               WHERE steps.case_id = cases.id AND steps.state = 'done'
               UNION ALL
               SELECT '@round' || coalesce(':' || subject + 1, ''), sealed_given
               FROM round_entries WHERE round_entries.case_id = cases.id
              ) AS made(key, sealed)) AS outputs
    FROM cases JOIN submissions ON submissions.case_id = cases.id
    WHERE cases.id = ANY(:ids)
""").columns(outputs=JSONB)


def case_file_from(
    number: str,
    content: Mapping[str, Any],
    outputs: Mapping[str, Mapping[str, Any]],
    today: date,
) -> CaseFile:
    """The case file of a snapshot: {"answers", "facts", "applicant"}."""
    return CaseFile(
        number=number,
        applicant=Person(**content["applicant"]),
        answers=Answers(content["answers"], today),
        today=today,
        facts=content.get("facts", {}),
        outputs=outputs,
    )


async def load_case_file(session: AsyncSession, portal: Portal, case_id: UUID) -> CaseFile:
    """The case file of a submitted case, in one statement. Raises NotFound."""
    found = await load_case_files(session, portal, [case_id])
    if case_id not in found:
        raise NotFound
    return found[case_id]


async def load_case_files(
    session: AsyncSession, portal: Portal, case_ids: Sequence[UUID]
) -> dict[UUID, CaseFile]:
    """The case files of several submitted cases by id, in one statement."""
    rows = await session.execute(_LOAD, {"ids": list(case_ids)})
    return {row.id: _opened(portal, row) for row in rows}


def _opened(portal: Portal, row: Any) -> CaseFile:
    # Any: a row of the driver.
    seal = f"outcome:{row.id}"
    outputs = {
        key: portal.cipher.open(base64.b64decode(sealed), seal).get("output", {})
        for key, sealed in (row.outputs or {}).items()
        if sealed
    }
    content = portal.cipher.open(row.sealed_content, f"submission:{row.id}")
    return case_file_from(row.number, content, outputs, portal.today())
