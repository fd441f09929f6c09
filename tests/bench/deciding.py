"""Claiming and deciding tasks: each once only, and what that costs."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import text

from app.cases import claiming
from app.cases.claiming import Taken, claim
from app.cases.deciding import grant
from app.cases.desks import Desk
from app.forms.specimen import specimen
from app.vocabulary.public_service import StandInRefusal, Ticket
from app.workflow.rehearsal import rehearse
from tests.bench.loading import Order, post_form, post_json, put_load
from tests.bench.machine import spent
from tests.bench.material import (
    SITUATION,
    Officer,
    complete_draft,
    copies,
    settle,
    sign_in,
    sign_in_officer,
    submitted,
)
from tests.bench.measuring import REPEATS, Line, Measured, Sample, against_floor
from tests.bench.progress import until_at_desk
from tests.bench.stage import Stage
from tests.cases.many_tasks import fill_desks

BAR = 0.20
IN_A_REPEAT = 160
AT_ONCE = 8
FOUGHT_FOR = 200
CASES = 160
AUTHORITY, COUNTY = "public-security", "331002"
DESK = Desk("zhang-min", AUTHORITY, COUNTY)
RAW_CLAIM = """
    UPDATE tasks SET state = 'claimed', officer_id = $2, fence = fence + 1,
                     claimed_until = now() + interval '10 minutes'
    WHERE id = $1 AND authority_id = $3 AND county = $4 AND state = 'open' RETURNING fence
"""
RAW_DECIDE = """
    UPDATE tasks SET state = 'done', done_at = now(), fence = fence + 1
    WHERE id = $1 AND officer_id = $2 AND authority_id = $3 AND county = $4 AND state = 'claimed'
    RETURNING fence
"""


async def claim_and_decide(stage: Stage) -> list[Line]:
    """The portal's functions against a raw update, its route against a bare route."""
    officer = await sign_in_officer(stage, DESK.officer_id)
    wanted = 5 * IN_A_REPEAT * (REPEATS + 1) + FOUGHT_FOR
    async with stage.database.transaction() as session:
        await fill_desks(session, AUTHORITY, wanted * 2 + 100, (COUNTY,))
    await settle(stage)
    tasks = iter(await _open_tasks(stage))
    return [
        await _claims(stage, tasks),
        await _claims_by_route(stage, officer, tasks),
        await _fights(stage, [next(tasks) for _ in range(FOUGHT_FOR)]),
        await _decisions(stage, tasks),
    ]


async def _claims(stage: Stage, tasks: Any) -> Line:
    ours, floors = [], []
    async with _raw(stage) as pool:

        async def raw(task_id: UUID) -> None:
            got = await pool.fetchval(RAW_CLAIM, task_id, DESK.officer_id, AUTHORITY, COUNTY)
            assert got is not None

        async def taken(task_id: UUID) -> None:
            async with stage.database.transaction() as session:
                await claim(session, DESK, task_id)

        for repeat in range(REPEATS + 1):
            at_floor = await _timed(stage, raw, [next(tasks) for _ in range(IN_A_REPEAT)])
            done = await _timed(stage, taken, [next(tasks) for _ in range(IN_A_REPEAT)])
            if repeat:
                floors.append(at_floor)
                ours.append(done)
    return against_floor(
        "claim, against a raw update", Measured(tuple(ours)), Measured(tuple(floors)), BAR
    )


async def _claims_by_route(stage: Stage, officer: Officer, tasks: Any) -> Line:
    ours, floors = [], []
    async with stage.web() as web, stage.floor() as floor:
        for repeat in range(REPEATS + 1):
            bare = [
                post_json("/claim", {"task_id": str(next(tasks)), "officer": DESK.officer_id})
                for _ in range(IN_A_REPEAT)
            ]
            pressed = [
                post_form(
                    f"/desk/tasks/{next(tasks)}/claim",
                    {"csrf_token": officer.csrf},
                    **officer.headers,
                )
                for _ in range(IN_A_REPEAT)
            ]
            bare_order = Order(bare, 200, seconds=60, repeat=False)
            at_floor = await put_load(floor, stage.postmaster, bare_order)
            order = Order(pressed, 303, seconds=60, repeat=False)
            done = await put_load(web, stage.postmaster, order)
            if repeat:
                floors.append(at_floor.sample)
                ours.append(done.sample)
    return against_floor("claim, by the route", Measured(tuple(ours)), Measured(tuple(floors)), BAR)


async def _fights(stage: Stage, tasks: Sequence[UUID]) -> Line:
    """Eight officers press for the same task at the same moment, again and again."""
    won: list[str] = []

    async def press(task_id: UUID, officer_id: str) -> None:
        try:
            async with stage.database.transaction() as session:
                await claim(session, Desk(officer_id, AUTHORITY, COUNTY), task_id)
        except Taken:
            return
        won.append(officer_id)

    doubled = 0
    for task_id in tasks:
        del won[:]
        await asyncio.gather(*(press(task_id, f"officer-{n}") for n in range(AT_ONCE)))
        doubled += len(won) != 1
    return Line(
        "claim, eight want the same task",
        f"{doubled} of {len(tasks)} without exactly one winner",
        bar="0",
        met=not doubled,
        note=f"{len(tasks) * AT_ONCE:,} attempts",
    )


async def _decisions(stage: Stage, tasks: Any) -> Line:
    """Granting a newborn's registration: the output is checked, kept, and opens four steps."""
    browser = await sign_in(stage)
    draft = await complete_draft(stage, browser)
    await submitted(stage, browser, await copies(stage, draft, CASES))
    await until_at_desk(stage)
    typed = _typed_output(stage)
    waiting = iter(await _claimed(stage, await _desk_tasks(stage)))
    raw_tasks = iter(await _claimed(stage, [next(tasks) for _ in range(IN_A_REPEAT * 4)]))
    await settle(stage)
    ours, floors = [], []
    async with _raw(stage) as pool:

        async def raw(task: tuple[UUID, int]) -> None:
            got = await pool.fetchval(RAW_DECIDE, task[0], DESK.officer_id, AUTHORITY, COUNTY)
            assert got is not None

        async def granted(task: tuple[UUID, int]) -> None:
            async with stage.database.transaction() as session:
                await grant(session, stage.portal, DESK, task[0], task[1], typed)

        each = CASES // (REPEATS + 1)
        for repeat in range(REPEATS + 1):
            at_floor = await _timed(stage, raw, [next(raw_tasks) for _ in range(IN_A_REPEAT)])
            done = await _timed(stage, granted, [next(waiting) for _ in range(each)])
            if repeat:
                floors.append(at_floor)
                ours.append(done)
    return against_floor(
        "decide, against a raw update", Measured(tuple(ours)), Measured(tuple(floors)), BAR
    )


def _raw(stage: Stage) -> asyncpg.Pool:
    return asyncpg.create_pool(stage.settings.database_url, min_size=AT_ONCE, max_size=AT_ONCE)


async def _timed(
    stage: Stage, act: Callable[[Any], Awaitable[None]], subjects: Sequence[Any]
) -> Sample:
    """Do something for each subject in this process, eight at a time."""
    left, milliseconds = iter(subjects), []

    async def go_on() -> None:
        for subject in left:
            began = time.perf_counter()
            await act(subject)
            milliseconds.append((time.perf_counter() - began) * 1000)

    before, started = spent([], stage.postmaster), time.perf_counter()
    await asyncio.gather(*(go_on() for _ in range(AT_ONCE)))
    seconds = time.perf_counter() - started
    used = spent([], stage.postmaster).since(before).as_app()
    return Sample(len(subjects), seconds, used, tuple(sorted(milliseconds)))


async def _open_tasks(stage: Stage) -> list[UUID]:
    async with stage.database.transaction() as session:
        return list(await session.scalars(text("SELECT id FROM tasks WHERE state = 'open'")))


async def _desk_tasks(stage: Stage) -> list[UUID]:
    """The open tasks of real cases."""
    async with stage.database.transaction() as session:
        return list(
            await session.scalars(
                text("""
                    SELECT tasks.id FROM tasks JOIN submissions USING (case_id)
                    WHERE tasks.state = 'open' AND tasks.service_id = 'register-newborn'
                """)
            )
        )


async def _claimed(stage: Stage, tasks: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """Tasks with the fence under which our officer holds them."""
    found = []
    for first in range(0, len(tasks), claiming.MOST_AT_ONCE):
        async with stage.database.transaction() as session:
            part = tasks[first : first + claiming.MOST_AT_ONCE]
            await claiming.claim_many(session, DESK, part)
            rows = await session.execute(
                text("SELECT id, fence FROM tasks WHERE id = ANY(:ids)"), {"ids": list(part)}
            )
            found += [(row.id, row.fence) for row in rows]
    return found


def _typed_output(stage: Stage) -> dict[str, str]:
    """What an officer types as the result of the registration."""
    event, today = stage.portal.catalogue.life_events["birth"], stage.portal.today()
    for played in rehearse(event, specimen(event, today, SITUATION), today):
        if played.step.service.id == "register-newborn":
            assert played.request is not None
            made = played.step.service.stand_in(played.request, Ticket("bench.0", today, 1))
            assert not isinstance(made, StandInRefusal)
            typed: dict[str, str] = {}
            for name, value in made.model_dump().items():
                if isinstance(value, date):
                    parts = {"year": value.year, "month": value.month, "day": value.day}
                    typed |= {f"{name}-{part}": str(number) for part, number in parts.items()}
                else:
                    typed[name] = str(value)
            return typed
    raise AssertionError("A birth registers the newborn.")
