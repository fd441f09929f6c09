"""Asking the resident to mend something: everything at once, one open request per step."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.locked import LockedCase, LockedStep, lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal
from app.errors import Conflict, NotComplete, NotFound
from app.vocabulary.case_states import Happening, StepState
from app.vocabulary.public_service import SupplementPoint
from app.wording import Words
from app.workflow.deadlines import add_working_days

# No figure for the resident's time was found in the law; this follows the office's own five
# working days for asking (行政许可法 Art. 32), and the sandbox city may change it here.
ANSWER_WORKING_DAYS: Final = 5
MOST_POINTS: Final = 20
LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True)
class OpenSupplement:
    """A request that waits for the resident, with all its points."""

    id: UUID
    case_id: UUID
    case_number: str
    step_key: str
    service_id: str
    round: int
    asked_on: date
    due_on: date
    points: tuple[SupplementPoint, ...]


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """What the resident says and sends on one point, in the order of the points."""

    words: str = ""
    files: tuple[UUID, ...] = ()


async def ask(
    session: AsyncSession,
    portal: Portal,
    case: LockedCase,
    step: LockedStep,
    actor: str,
    points: Sequence[SupplementPoint],
    reason: str = "",
) -> UUID:
    """Ask for everything that is missing in one step of a locked case; its clock stands still.

    `reason` is why an office asks a second time (行政许可法 Art. 32: once, listing everything).
    Raises NotComplete without points or that reason, Conflict where a request is open already.
    """
    if not points or len(points) > MOST_POINTS:
        raise NotComplete(
            Words(f"请写明要补正的内容（1 到 {MOST_POINTS} 条）。", "Say what has to be mended.")
        )
    if step.round > 0 and not reason and not actor.startswith("department:"):
        raise NotComplete(
            Words(
                "这一项已经补正过一次；再次要求补正，请写明理由。",
                "This was mended once already: say why it has to be mended again.",
            )
        )
    supplement_id = new_id()
    due_on = add_working_days(portal.today(), ANSWER_WORKING_DAYS)
    detail = {
        "supplement": str(supplement_id),
        "due_on": due_on.isoformat(),
        "points": len(points),
    }
    asked = Move(step.key, Happening.SUPPLEMENT_ASKED, actor, detail=detail)
    await move(session, portal, case, asked)
    await session.execute(
        _ASK,
        {
            "id": supplement_id,
            "case_id": case.id,
            "step_id": step.id,
            "round": step.round,
            "actor": actor,
            "points": portal.cipher.seal(
                [asdict(point) for point in points], f"supplement:{case.id}"
            ),
            "reason": reason[:LONGEST_TEXT],
            "due_on": due_on,
        },
    )
    return supplement_id


async def open_supplement(
    session: AsyncSession, portal: Portal, number: str, resident_id: UUID, supplement_id: UUID
) -> OpenSupplement:
    """The open request of a resident's own case, with one statement.

    Raises NotFound where it is not theirs, Conflict where it was answered or is over.
    """
    row = (
        (
            await session.execute(
                _OPEN, {"id": supplement_id, "number": number, "resident": resident_id}
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    if row["state"] != "open" or row["step_state"] != StepState.SUPPLEMENT:
        raise _over(row["state"])
    return _opened(portal, row)


async def answer_supplement(
    session: AsyncSession,
    portal: Portal,
    asked: OpenSupplement,
    resident_id: UUID,
    answers: Sequence[PointAnswer],
) -> None:
    """Answer a request on all its points; the step goes on and its days are moved by the pause.

    Files must have been sent for this request. Raises NotComplete naming the first point without
    words or file, NotFound for a strange file, Conflict where it was answered or is over.
    """
    for number, (point, said) in enumerate(zip(asked.points, answers, strict=True), start=1):
        if not said.words.strip() and not said.files:
            raise NotComplete(
                Words(
                    f"第 {number} 条还没有补正：请上传材料或写明情况。",
                    f"Point {number} is not mended yet: send a file or explain.",
                ),
                Words(point.text, point.text),
            )
    case = await lock_case(session, asked.case_id)
    if case.resident_id != resident_id:
        raise NotFound
    files = [file for said in answers for file in said.files]
    content = [
        {
            "text": point.text,
            "answer": said.words.strip()[:LONGEST_TEXT],
            "files": [str(file) for file in said.files],
        }
        for point, said in zip(asked.points, answers, strict=True)
    ]
    answered = await session.scalar(
        _ANSWER,
        {
            "id": asked.id,
            "answers": portal.cipher.seal(content, f"supplement:{asked.case_id}"),
            "files": files,
            "count": len(set(files)),
        },
    )
    if answered is None:
        state = await session.scalar(_STATE, {"id": asked.id})
        raise NotFound if state == "open" else _over(str(state))
    actor = f"resident:{resident_id}"
    detail = {"supplement": str(asked.id), "files": len(files)}
    went_on = Move(asked.step_key, Happening.SUPPLEMENT_ANSWERED, actor, detail=detail)
    await move(session, portal, case, went_on)


async def lapse(session: AsyncSession, portal: Portal, supplement_id: UUID) -> None:
    """End a request whose last day has passed without an answer; the office goes on without it.

    A request of a step that has moved on meanwhile is only closed. Running it again does nothing.
    """
    case_id = await session.scalar(_CASE_OF, {"id": supplement_id})
    if case_id is None:
        return
    case = await lock_case(session, case_id)
    step_id = await session.scalar(_LAPSE, {"id": supplement_id, "today": portal.today()})
    if step_id is None:
        return
    step = case.step_by_id(step_id)
    if step.state is StepState.SUPPLEMENT:
        detail = {"supplement": str(supplement_id)}
        lapsed = Move(step.key, Happening.SUPPLEMENT_LAPSED, "portal", detail=detail)
        await move(session, portal, case, lapsed)


def points_of(portal: Portal, case_id: UUID, sealed: bytes) -> tuple[SupplementPoint, ...]:
    """The points of a stored request."""
    opened = portal.cipher.open(sealed, f"supplement:{case_id}")
    return tuple(SupplementPoint(point["text"], point.get("evidence")) for point in opened)


def answers_of(portal: Portal, case_id: UUID, sealed: bytes | None) -> list[Mapping[str, Any]]:
    """What was answered, point by point: text, answer and ids of files; empty before that."""
    if sealed is None:
        return []
    opened: list[Mapping[str, Any]] = portal.cipher.open(sealed, f"supplement:{case_id}")
    return opened


def _opened(portal: Portal, row: RowMapping) -> OpenSupplement:
    return OpenSupplement(
        id=row["id"],
        case_id=row["case_id"],
        case_number=row["number"],
        step_key=row["key"],
        service_id=row["service_id"],
        round=row["round"],
        asked_on=row["asked_on"],
        due_on=row["due_on"],
        points=points_of(portal, row["case_id"], row["sealed_points"]),
    )


def _over(state: str) -> Conflict:
    if state == "answered":
        return Conflict(
            Words("这次补正您已经提交过了。", "You have answered this already."),
            Words("请看办件进度。", "See where your case stands."),
        )
    return Conflict(
        Words("这次补正已经结束，不能再提交。", "This request is over and takes no answer."),
        Words("请看办件进度，或拨打 12345。", "See where your case stands, or call 12345."),
    )


_ASK = text("""
    INSERT INTO supplements (id, case_id, step_id, round, state, asked_by, sealed_points, reason,
                             due_on)
    VALUES (:id, :case_id, :step_id, :round, 'open', :actor, :points, :reason, :due_on)
""")
_OPEN = text("""
    SELECT supplements.id, supplements.case_id, supplements.round, supplements.state,
           supplements.sealed_points, supplements.due_on,
           (supplements.asked_at AT TIME ZONE 'Asia/Shanghai')::date AS asked_on,
           cases.number, steps.key, steps.service_id, steps.state AS step_state
    FROM supplements
    JOIN cases ON cases.id = supplements.case_id
    JOIN steps ON steps.id = supplements.step_id
    WHERE supplements.id = :id AND cases.number = :number AND cases.resident_id = :resident
""")
_ANSWER = text("""
    UPDATE supplements SET state = 'answered', sealed_answers = :answers, answered_at = now()
    WHERE id = :id AND state = 'open'
      AND :count = (SELECT count(*) FROM evidence_files
                    WHERE evidence_files.id = ANY(:files) AND supplement_id = :id
                      AND evidence_files.state = 'kept')
    RETURNING id
""")
_STATE = text("SELECT state FROM supplements WHERE id = :id")
_CASE_OF = text("SELECT case_id FROM supplements WHERE id = :id AND state = 'open'")
_LAPSE = text("""
    UPDATE supplements SET state = 'lapsed'
    WHERE id = :id AND state = 'open' AND due_on < :today
    RETURNING step_id
""")
