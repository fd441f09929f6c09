"""A submitted case as the pure rules see it, from its sealed snapshot."""

import base64
from collections.abc import Mapping
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
        (SELECT jsonb_object_agg(done.key, encode(done.sealed_outcome, 'base64'))
         FROM steps AS done WHERE done.case_id = cases.id AND done.state = 'done') AS outputs
    FROM cases JOIN submissions ON submissions.case_id = cases.id
    WHERE cases.id = :id
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
    row = (await session.execute(_LOAD, {"id": case_id})).one_or_none()
    if row is None:
        raise NotFound
    seal = f"outcome:{case_id}"
    outputs = {
        key: portal.cipher.open(base64.b64decode(sealed), seal).get("output", {})
        for key, sealed in (row.outputs or {}).items()
        if sealed
    }
    content = portal.cipher.open(row.sealed_content, f"submission:{case_id}")
    return case_file_from(row.number, content, outputs, portal.today())
