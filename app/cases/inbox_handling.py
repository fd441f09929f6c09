"""Make something of a message in the inbox: duplicates, early and late ones are normal."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.locked import LockedCase, LockedStep, lock_case
from app.cases.moving import Move, move, note
from app.cases.portal import Portal
from app.cases.supplementing import ask
from app.vocabulary.case_states import CaseHappening, Happening, StepState
from app.vocabulary.public_service import SupplementPoint
from app.workflow.transitions import next_state

# done: applied · again: said before · late: no longer possible, noted · odd: makes no sense to us
Outcome = Literal["done", "again", "late", "odd", "gone"]

_TAKE = text("""
    SELECT step_id, round, sealed_body FROM inbox
    WHERE sender = :sender AND message_id = :message AND state = 'new'
    FOR UPDATE SKIP LOCKED
""")
_FINISH = text("""
    UPDATE inbox SET state = :state, handled_at = now(), attempts = attempts + 1
    WHERE sender = :sender AND message_id = :message
""")
_CASE_OF_STEP = text("SELECT case_id FROM steps WHERE id = :step AND authority_id = :sender")


async def handle_message(
    session: AsyncSession, portal: Portal, sender: str, message_id: str
) -> Outcome:
    """Apply one kept message to its step, once. What was made of it is returned and kept."""
    named = {"sender": sender, "message": message_id}
    kept = (await session.execute(_TAKE, named)).one_or_none()
    if kept is None:
        return "gone"
    body = portal.cipher.open(kept.sealed_body, "inbox")
    outcome = await _apply(session, portal, sender, kept.step_id, kept.round, body)
    await session.execute(_FINISH, {**named, "state": "odd" if outcome == "odd" else "done"})
    return outcome


async def _apply(
    session: AsyncSession,
    portal: Portal,
    sender: str,
    step_id: UUID,
    round_: int,
    body: Mapping[str, Any],
) -> Outcome:
    case_id = await session.scalar(_CASE_OF_STEP, {"step": step_id, "sender": sender})
    happening = _HAPPENINGS.get(str(body.get("status")))
    if case_id is None or happening is None:
        return "odd"
    case = await lock_case(session, case_id)
    step = case.step_by_id(step_id)
    standing = _standing(step, happening, round_)
    if standing == "late":
        detail = {"status": happening.value, "state": step.state.value}
        actor = f"department:{sender}"
        await note(session, portal, case, CaseHappening.LATE_MESSAGE, actor, step.key, detail)
    if standing != "done":
        return standing
    if happening is Happening.SUPPLEMENT_ASKED:
        return await _ask(session, portal, case, step, sender, body)
    outcome = _outcome(portal, step, happening, body)
    if outcome is None:
        return "odd"
    reference = str(body.get("reference") or step.reference or "")
    answered = Move(step.key, happening, f"department:{sender}", outcome, reference)
    await move(session, portal, case, answered)
    return "done"


_HAPPENINGS = {
    "completed": Happening.COMPLETED,
    "refused": Happening.REFUSED,
    "supplement": Happening.SUPPLEMENT_ASKED,
}
_ENDS = {Happening.COMPLETED: StepState.DONE, Happening.REFUSED: StepState.REFUSED}


def _standing(step: LockedStep, happening: Happening, round_: int) -> Outcome:
    """Whether a message can still be applied ("done"), or what else it is to this step."""
    if round_ > step.round:
        return "odd"
    if happening is Happening.SUPPLEMENT_ASKED:
        said = step.state is StepState.SUPPLEMENT or step.round > round_
    else:
        said = step.state is _ENDS[happening]
    if said:
        return "again"
    possible = next_state(step.now, happening) is not None and round_ == step.round
    return "done" if possible else "late"


def _outcome(
    portal: Portal, step: LockedStep, happening: Happening, body: Mapping[str, Any]
) -> dict[str, Any] | None:
    """What is kept of the answer; None where the output cannot be read as the service's."""
    if happening is Happening.REFUSED:
        return {"reason": str(body.get("reason") or ""), "rule": str(body.get("rule") or "")}
    fields = portal.catalogue.services[step.service_id].produces.fields
    try:
        return {"output": fields.model_validate(body.get("output")).model_dump(mode="json")}
    except ValueError:
        return None


async def _ask(
    session: AsyncSession,
    portal: Portal,
    case: LockedCase,
    step: LockedStep,
    sender: str,
    body: Mapping[str, Any],
) -> Outcome:
    points = tuple(
        SupplementPoint(str(point["text"]), point.get("evidence"))
        for point in body.get("points") or ()
        if isinstance(point, Mapping) and point.get("text")
    )
    if not points:
        return "odd"
    await ask(session, portal, case, step, f"department:{sender}", points)
    return "done"
