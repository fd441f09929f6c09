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

# A part of a statement that knows the case as `case_id`: what departments and its round have given,
# sealed, by the keys of `CaseFile.outputs`.
OUTPUTS_PART = """
    (SELECT jsonb_object_agg(made.key, encode(made.sealed, 'base64'))
     FROM (SELECT key, sealed_outcome FROM steps
           WHERE steps.case_id = {case_id} AND steps.state = 'done'
           UNION ALL
           SELECT '@round' || coalesce(':' || subject + 1, ''), sealed_given
           FROM round_entries WHERE round_entries.case_id = {case_id}
          ) AS made(key, sealed)) AS outputs
"""
_LOAD = text(f"""
    SELECT cases.id, cases.number, submissions.sealed_content,
        {OUTPUTS_PART.format(case_id="cases.id")}
    FROM cases JOIN submissions ON submissions.case_id = cases.id
    WHERE cases.id = ANY(:ids)
""").columns(outputs=JSONB)  # noqa: S608 - our constant


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


def opened_outputs(
    portal: Portal, case_id: UUID, sealed: Mapping[str, str | None] | None
) -> dict[str, Mapping[str, Any]]:
    """The outputs that OUTPUTS_PART reads; an entry of a round has none before it is allotted."""
    seal = f"outcome:{case_id}"
    return {
        key: portal.cipher.open(base64.b64decode(kept), seal).get("output", {})
        for key, kept in (sealed or {}).items()
        if kept
    }


def _opened(portal: Portal, row: Any) -> CaseFile:
    # Any: a row of the driver.
    outputs = opened_outputs(portal, row.id, row.outputs)
    content = portal.cipher.open(row.sealed_content, f"submission:{row.id}")
    return case_file_from(row.number, content, outputs, portal.today())
