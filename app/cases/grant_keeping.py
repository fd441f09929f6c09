"""An officer has looked at a grant in question and says that it goes on as it was decided."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.desks import Desk
from app.cases.grant_views import OF_DESK, granting_services
from app.cases.locked import lock_case
from app.cases.moving import note
from app.cases.portal import Portal
from app.errors import Conflict, NotFound
from app.vocabulary.case_states import CaseHappening
from app.wording import Words
from app.workflow.reckoning import KEPT


async def keep_grant(session: AsyncSession, portal: Portal, desk: Desk, grant_id: UUID) -> None:
    """It runs on, until a value behind it changes; then a person looks again.

    Raises NotFound for the grants of other desks, Conflict where it is not in question any more.
    """
    values = {
        "id": grant_id,
        "services": granting_services(portal, desk),
        "county": desk.county,
        "kept": KEPT,
    }
    # The case first, as everybody locks who changes both.
    case_id = await session.scalar(_CASE, values)
    if case_id is None:
        raise NotFound
    case = await lock_case(session, case_id)
    row = (await session.execute(_KEEP, values)).one_or_none()
    if row is None:
        raise Conflict(
            Words("这份待遇已经核对过了。", "This grant was checked already."),
            Words("请刷新页面，看最新情况。", "Reload the page to see where it stands."),
        )
    actor, detail = f"officer:{desk.officer_id}", {"benefit": row.benefit_id, "to": "running"}
    await note(session, portal, case, CaseHappening.GRANT_KEPT, actor, row.step_key, detail)


_CASE = text(f"SELECT case_id FROM grants WHERE id = :id AND {OF_DESK}")  # noqa: S608 - ours
_KEEP = text("""
    UPDATE grants SET state = 'running', why = :kept
    WHERE id = :id AND state = 'in-question' RETURNING benefit_id, step_key
""")
