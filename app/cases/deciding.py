"""What an officer does with a task: accept, ask, grant, refuse, try again; each once only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.claiming import Taken
from app.cases.desks import IS_OWN, OF_DESK, Desk, of_desk
from app.cases.locked import LockedCase, lock_case_of_task
from app.cases.moving import Move, move, note
from app.cases.outputs import read_output
from app.cases.portal import CITY_TIME, Portal
from app.cases.supplementing import ask
from app.cases.tables import Decision, Task, TimelineEntry
from app.errors import AlreadyDecided, Conflict, NotComplete, NotFound, PortalError, StaleForm
from app.forms.moments import day_in_words
from app.vocabulary.case_states import Happening, TaskState
from app.vocabulary.public_service import NotBefore, SupplementPoint
from app.wording import Words
from app.workflow.deadlines import first_day_after, last_day_of
from app.workflow.transitions import next_state

GRANTED: Final = "granted"
REFUSED: Final = "refused"
SHORTEST_REASON: Final = 4
LONGEST_REASON: Final = 2000


class TooEarly(Conflict):
    """A public notice, or another time that has to pass, is not over."""

    code = "too-early"


# Everything that can be refused is refused before the first write, so that a page may be shown
# again in the same transaction.


async def accept(
    session: AsyncSession, portal: Portal, desk: Desk, task_id: UUID, fence: int
) -> None:
    """Accept an application (受理): the resident sees that it is complete and being decided.

    Rule: 行政许可法 Art. 32, acceptance with its day. Raises as `grant`; Conflict the second time.
    """
    case, step = await lock_case_of_task(session, task_id)
    await _make_sure(session, desk, task_id, fence)
    accepted = await session.scalar(
        select(TimelineEntry.seq).where(
            TimelineEntry.case_id == case.id,
            TimelineEntry.step_key == step.key,
            TimelineEntry.kind == Happening.ACCEPTED,
        )
    )
    if accepted is not None:
        raise Conflict(Words("这一项已经受理过了。", "This was accepted already."))
    await note(session, portal, case, Happening.ACCEPTED, _actor(desk), step.key)


async def grant(
    session: AsyncSession,
    portal: Portal,
    desk: Desk,
    task_id: UUID,
    fence: int,
    typed: Mapping[str, str],
) -> None:
    """Grant: the typed output is checked, kept, and feeds the steps that wait for it.

    Four statements, and one for the calls that become due. Raises NotFound for the work of others,
    AlreadyDecided, Taken or StaleForm where somebody was faster, OutputNotRight with corrections,
    TooEarly while a notice still lasts.
    """
    case, step = await lock_case_of_task(session, task_id)
    service = portal.catalogue.services[step.service_id]
    if service.not_before is not None:
        await _make_sure(session, desk, task_id, fence)
        _make_sure_it_lasted(service.not_before, step.opened_at, portal.today())
    output = read_output(service.produces.fields, typed)
    rule = service.rules[0] if service.rules else None
    ground = f"{rule.title.zh}{rule.reference}" if rule else ""
    if next_state(step.now, Happening.GRANTED) is None:
        raise await _what_happened(session, desk, task_id)
    await _decide(session, portal, desk, task_id, fence, case, GRANTED, "", ground)
    granted = Move(step.key, Happening.GRANTED, _actor(desk), {"output": output})
    await move(session, portal, case, granted)


async def refuse(
    session: AsyncSession,
    portal: Portal,
    desk: Desk,
    task_id: UUID,
    fence: int,
    reason: str,
    rule: str,
) -> None:
    """Refuse, with a reason in words and the rule it follows.

    Rule: 行政许可法 Art. 38: in writing, with reasons and the right to object. Four statements.
    Raises as `grant`, NotComplete without reason or rule.
    """
    reason, rule = reason.strip(), rule.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise NotComplete(
            Words(
                f"请写明不予办理的理由（{SHORTEST_REASON} 到 {LONGEST_REASON} 字）。",
                "Say why it is refused, in the applicant's words.",
            )
        )
    if not rule:
        raise NotComplete(Words("请写明依据的条款。", "Name the rule that it follows."))
    case, step = await lock_case_of_task(session, task_id)
    if next_state(step.now, Happening.DENIED) is None:
        raise await _what_happened(session, desk, task_id)
    await _decide(session, portal, desk, task_id, fence, case, REFUSED, reason, rule)
    outcome = {"reason": reason, "rule": rule[:LONGEST_REASON]}
    await move(session, portal, case, Move(step.key, Happening.DENIED, _actor(desk), outcome))


async def ask_applicant(
    session: AsyncSession,
    portal: Portal,
    desk: Desk,
    task_id: UUID,
    fence: int,
    points: Sequence[SupplementPoint],
    reason: str = "",
) -> UUID:
    """Ask the applicant to mend all these points; out: the request's id.

    Raises as `grant`, and what supplementing.ask raises.
    """
    case, step = await lock_case_of_task(session, task_id)
    await _make_sure(session, desk, task_id, fence)
    return await ask(session, portal, case, step, _actor(desk), points, reason.strip())


async def try_again(
    session: AsyncSession, portal: Portal, desk: Desk, task_id: UUID, fence: int
) -> None:
    """Send a stuck step to its department once more. Raises as `grant`, Conflict if not stuck."""
    case, step = await lock_case_of_task(session, task_id)
    await _make_sure(session, desk, task_id, fence)
    await move(session, portal, case, Move(step.key, Happening.TRIED_AGAIN, _actor(desk)))


def _make_sure_it_lasted(wait: NotBefore, opened_at: datetime | None, today: date) -> None:
    """A notice has to last its days before anybody can say that nobody objected."""
    if opened_at is None:
        return
    opened_on = opened_at.astimezone(CITY_TIME).date()
    first = first_day_after(wait, opened_on)
    if today < first:
        last, day = (day_in_words(one) for one in (last_day_of(wait, opened_on), first))
        raise TooEarly(
            Words(
                f"{wait.what.zh}到{last.zh}才满，现在还不能办结。",
                f"{wait.what.en} lasts until {last.en}; it cannot be finished yet.",
            ),
            Words(
                f"您填的内容还在；最早{day.zh}可以办结。有异议的，现在就可以不予办理。",
                f"What you typed is still here; it can be finished from {day.en}. "
                "If somebody objected it can be refused now.",
            ),
        )


def _actor(desk: Desk) -> str:
    return f"officer:{desk.officer_id}"


def _seen(desk: Desk, task_id: UUID, fence: int) -> dict[str, Any]:
    """What _HELD asks for."""
    return {**desk.values, "task": task_id, "fence": fence}


async def _make_sure(session: AsyncSession, desk: Desk, task_id: UUID, fence: int) -> None:
    if await session.scalar(_MAKE_SURE, _seen(desk, task_id, fence)) is None:
        raise await _what_happened(session, desk, task_id)


async def _decide(
    session: AsyncSession,
    portal: Portal,
    desk: Desk,
    task_id: UUID,
    fence: int,
    case: LockedCase,
    outcome: str,
    reason: str,
    rule: str,
) -> None:
    """Write the decision, if the task is still this officer's and nothing was decided."""
    values = {
        **_seen(desk, task_id, fence),
        "outcome": outcome,
        "rule": rule[:LONGEST_REASON],
        "sealed_reason": portal.cipher.seal({"reason": reason}, f"reason:{case.id}"),
    }
    if await session.scalar(_DECIDE, values) is None:
        raise await _what_happened(session, desk, task_id)


# The task as its officer saw it: still theirs, nobody in between.
_HELD: Final = (
    f"tasks.id = :task AND {OF_DESK} AND {IS_OWN}"
    " AND tasks.state = 'claimed' AND tasks.fence = :fence"
)
_MAKE_SURE = text(f"SELECT id FROM tasks WHERE {_HELD} FOR UPDATE")  # noqa: S608 - our constants
_DECIDE = text(f"""
    INSERT INTO decisions (step_id, case_id, outcome, rule, sealed_reason, officer_id)
    SELECT step_id, case_id, CAST(:outcome AS text), CAST(:rule AS text),
           CAST(:sealed_reason AS bytea), officer_id
    FROM tasks WHERE {_HELD} FOR UPDATE
    RETURNING step_id
""")  # noqa: S608 - our constants


async def _what_happened(session: AsyncSession, desk: Desk, task_id: UUID) -> PortalError:
    """Why an officer's task is not as they saw it."""
    row = (
        await session.execute(
            select(Task.state, Task.officer_id, Decision.outcome, Decision.decided_at)
            .outerjoin(Decision, Decision.step_id == Task.step_id)
            .where(*of_desk(desk), Task.id == task_id)
        )
    ).one_or_none()
    if row is None:
        return NotFound()
    if row.outcome is not None:
        return AlreadyDecided(_decided(row.outcome, row.decided_at), _SEE_HISTORY)
    if row.state == TaskState.DONE:
        return AlreadyDecided(
            Words("这一件已经不用办了，例如申请人撤回。", "This needs no decision any more."),
            _SEE_HISTORY,
        )
    if row.state == TaskState.CLAIMED and row.officer_id != desk.officer_id:
        return Taken(Words("这一件已由同事接手。", "A colleague has taken this over."))
    return StaleForm(
        Words("您打开页面之后，这一件有了变化。", "This has changed since you opened the page."),
        Words("请刷新页面，看最新情况后再办。", "Reload the page and look again before deciding."),
    )


_SEE_HISTORY = Words("请看办理经过，不用再办。", "See its history; there is nothing left to do.")
_OUTCOMES: Final[Mapping[str, Words]] = {
    GRANTED: Words("准予办理", "granted"),
    REFUSED: Words("不予办理", "refused"),
}


def _decided(outcome: str, at: datetime) -> Words:
    here = at.astimezone(CITY_TIME)
    day, said = day_in_words(here.date()), _OUTCOMES.get(outcome, Words(outcome, outcome))
    return Words(
        f"这一件已于{day.zh} {here:%H:%M} 决定：{said.zh}。",
        f"This was {said.en} on {day.en}, {here:%H:%M}.",
    )
