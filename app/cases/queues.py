"""The queue of a desk: one page of it at a time, filtered, by risk of missing the promise."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.desks import (
    BY_THE_HOUR,
    FREE,
    RUNNING,
    UNDONE,
    WAITING,
    Desk,
    has_hours,
    is_own,
    of_desk,
)
from app.cases.ids import read_case_number
from app.cases.portal import Portal
from app.cases.tables import Task
from app.cases.titles import life_event_title, service_title
from app.errors import Invalid
from app.vocabulary.case_states import TaskKind, TaskState
from app.wording import Words
from app.workflow.deadlines import SOON_WORKING_DAYS, Risk, add_working_days, risk

PAGE_ROWS: Final = 50
COUNTED_UP_TO: Final = 1000

Standing = Literal["", "open", "mine", "waiting"]
RiskFilter = Literal["", "overdue", "today", "soon"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a queue page shows: filters, order, and where it starts.

    `number` finds one case by its exact number. `after` and `before` are cursors of a page's last
    and first row.
    """

    life_event: str = ""
    service: str = ""
    standing: Standing = ""
    risk: RiskFilter = ""
    number: str = ""
    newest_first: bool = False
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of a queue, ready to be shown. `holder`: nobody, me, somebody, or the resident."""

    task_id: UUID
    case_number: str
    applicant_hint: str
    life_event: Words
    service: Words
    kind: TaskKind
    county: str
    promised_on: date
    promised_at: datetime | None
    days_left: int
    risk: Risk
    is_excluded: bool
    holder: Literal["nobody", "me", "somebody", "resident"]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Up to 50 rows with the cursors of the pages around them; None where there is none."""

    rows: tuple[QueueRow, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each kind, counted up to 1000 (1001 means more)."""

    overdue: int
    today: int
    soon: int
    open: int
    mine: int
    waiting: int


async def queue_page(
    session: AsyncSession, portal: Portal, desk: Desk, wanted: Wanted
) -> QueuePage:
    """One page of the queue, with one statement. Raises Invalid for a cursor that is not ours.

    The permission is part of the question: tasks of other authorities and counties do not exist.
    Where the desk promises anything by the hour, a second one puts that before the first page; on
    later pages it stands in its own place.
    """
    today = portal.today()
    first = await _by_the_hour(session, portal, desk, wanted, today)
    backwards = bool(wanted.before)
    descending = wanted.newest_first != backwards
    query = _in_order(_LINES.where(*_chosen(desk, wanted, today)), descending)
    if cursor := wanted.before or wanted.after:
        query = query.where(_beyond(_read_cursor(cursor), descending))
    if first:
        query = query.where(Task.id.not_in([row.task_id for row in first]))
    found = (await session.execute(query.limit(PAGE_ROWS + 1))).all()
    rows = [_row(portal, desk, today, row) for row in found[:PAGE_ROWS]]
    more = len(found) > PAGE_ROWS
    if backwards:
        rows.reverse()
    ends = (_cursor(rows[0]), _cursor(rows[-1])) if rows else (None, None)
    return QueuePage(
        (*first, *rows),
        previous=ends[0] if (more if backwards else bool(wanted.after)) else None,
        next=ends[1] if (True if backwards else more) else None,
    )


async def _by_the_hour(
    session: AsyncSession, portal: Portal, desk: Desk, wanted: Wanted, today: date
) -> tuple[QueueRow, ...]:
    """What is promised by the hour, the nearest first, for the first page."""
    if wanted.after or wanted.before or not has_hours(portal, desk):
        return ()
    chosen = _LINES.where(*_chosen(desk, wanted, today), BY_THE_HOUR)
    query = chosen.order_by(Task.promised_at, Task.id).limit(PAGE_ROWS)
    return tuple(_row(portal, desk, today, row) for row in await session.execute(query))


async def count_work(session: AsyncSession, portal: Portal, desk: Desk) -> Counts:
    """The numbers of the workbench, with one statement that never counts far."""
    today = portal.today()
    kinds = {
        "overdue": Wanted(risk="overdue"),
        "today": Wanted(risk="today"),
        "soon": Wanted(risk="soon"),
        "open": Wanted(standing="open"),
        "mine": Wanted(standing="mine"),
        "waiting": Wanted(standing="waiting"),
    }
    counted = [
        select(func.count())
        .select_from(
            # In the queue's order, so that an index ends the count and not a scan of the table.
            _in_order(select(Task.id).where(*_chosen(desk, wanted, today)), descending=False)
            .limit(COUNTED_UP_TO + 1)
            .subquery()
        )
        .scalar_subquery()
        .label(name)
        for name, wanted in kinds.items()
    ]
    row = (await session.execute(select(*counted))).one()
    return Counts(**row._asdict())


_risk = lru_cache(maxsize=1024)(risk)

_LINES: Select[*tuple[Any, ...]] = select(
    Task.id,
    Task.case_number,
    Task.applicant_hint,
    Task.life_event,
    Task.service_id,
    Task.kind,
    Task.state,
    Task.county,
    Task.promised_on,
    Task.promised_at,
    Task.officer_id,
    Task.claimed_until,
    func.now().label("now"),
)


def _chosen(desk: Desk, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """The rows of this desk that fit the filters."""
    conditions = of_desk(desk)
    if wanted.number:
        return [*conditions, UNDONE, Task.case_number == (read_case_number(wanted.number) or "")]
    if wanted.life_event:
        conditions.append(Task.life_event == wanted.life_event)
    if wanted.service:
        conditions.append(Task.service_id == wanted.service)
    match wanted.standing:
        case "open":
            conditions += [RUNNING, FREE]
        case "mine":
            conditions += [UNDONE, is_own(desk)]
        case "waiting":
            conditions.append(WAITING)
        case _:
            conditions.append(UNDONE)
    match wanted.risk:
        case "overdue":
            conditions += [RUNNING, Task.promised_on < today]
        case "today":
            conditions += [RUNNING, Task.promised_on == today]
        case "soon":
            last = add_working_days(today, SOON_WORKING_DAYS)
            conditions += [RUNNING, Task.promised_on > today, Task.promised_on <= last]
    return conditions


def _in_order(query: Select[*tuple[Any, ...]], descending: bool) -> Select[*tuple[Any, ...]]:
    if descending:
        return query.order_by(Task.promised_on.desc(), Task.id.desc())
    return query.order_by(Task.promised_on, Task.id)


def _beyond(cursor: tuple[date, UUID], descending: bool) -> ColumnElement[bool]:
    place, there = tuple_(Task.promised_on, Task.id), tuple_(*cursor)
    return place < there if descending else place > there


def _cursor(row: QueueRow) -> str:
    return f"{row.promised_on.isoformat()}_{row.task_id.hex}"


def _read_cursor(text_: str) -> tuple[date, UUID]:
    day, _, task_id = text_.partition("_")
    try:
        return date.fromisoformat(day), UUID(hex=task_id)
    except ValueError:
        raise Invalid(
            Words("这个翻页地址不完整。", "This page address is not complete."),
            Words("请从队列第一页开始。", "Start from the first page of the queue."),
        ) from None


def _row(portal: Portal, desk: Desk, today: date, row: Row[Any]) -> QueueRow:
    return QueueRow(
        task_id=row.id,
        case_number=row.case_number,
        applicant_hint=row.applicant_hint,
        life_event=life_event_title(portal, row.life_event),
        service=service_title(portal, row.service_id),
        kind=TaskKind(row.kind),
        county=row.county,
        promised_on=row.promised_on,
        promised_at=row.promised_at,
        days_left=(row.promised_on - today).days,
        risk=_risk_of(row, today),
        is_excluded=_is_excluded(portal, row.service_id),
        holder=_holder(desk, row),
    )


def _risk_of(row: Row[Any], today: date) -> Risk:
    """By the hour where that is promised; what is promised so is always for today."""
    if row.promised_at is None:
        return _risk(row.promised_on, today)
    return "overdue" if row.promised_at < row.now else "today"


def _is_excluded(portal: Portal, service_id: str) -> bool:
    service = portal.catalogue.services.get(service_id)
    return service is not None and service.excluded is not None


def _holder(desk: Desk, row: Row[Any]) -> Literal["nobody", "me", "somebody", "resident"]:
    if row.state == TaskState.PAUSED:
        return "resident"
    if row.state == TaskState.OPEN:
        return "nobody"
    if row.officer_id == desk.officer_id:
        return "me"
    return "somebody" if row.claimed_until > row.now else "nobody"
