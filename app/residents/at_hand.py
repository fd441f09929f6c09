"""The draft that an address names, if it is this resident's; what is submitted is shown instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException

from app.cases.draft_moving import current_draft
from app.cases.drafts import LoadedDraft
from app.cases.portal import ThePortal
from app.database import Transaction
from app.identity.principals import SignedInResident

SEE_OTHER = 303


async def any_draft(
    number: str, visit: SignedInResident, portal: ThePortal, session: Transaction
) -> LoadedDraft:
    """The draft on the edition offered now, or what became of it. Raises NotFound for others'."""
    return await current_draft(session, portal, number, visit.principal.resident_id)


async def open_draft(draft: Annotated[LoadedDraft, Depends(any_draft)]) -> LoadedDraft:
    """The draft as long as it is one; after submitting, its progress is the answer."""
    if not draft.is_open:
        raise HTTPException(SEE_OTHER, headers={"location": f"/cases/{draft.number}"})
    return draft


AnyDraft = Annotated[LoadedDraft, Depends(any_draft)]
OpenDraft = Annotated[LoadedDraft, Depends(open_draft)]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the band 尚未提交 shows."""

    number: str
    saved_at: datetime | None


def unsent(draft: LoadedDraft) -> Unsent:
    """The band of a draft."""
    return Unsent(draft.number, draft.updated_at)
