"""Submitting a birth of twelve steps: the whole product, against its rows by one statement."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.drafts import LoadedDraft
from app.cases.ids import new_case_number
from tests.bench import counting
from tests.bench.loading import Order, get, post_form, post_json, put_load
from tests.bench.material import (
    Browser,
    ReadyDraft,
    complete_draft,
    copies,
    declared,
    rows_of,
    settle,
    sign_in,
    submitted,
)
from tests.bench.measuring import REPEATS, Line, Measured, against_floor, at_most
from tests.bench.stage import Stage

BAR, NEXT_BAR, MOST_STATEMENTS = 0.20, 0.35, 4
IN_A_REPEAT = 200
WARMING = 60


async def submit(stage: Stage) -> list[Line]:
    """Rate and cost of submitting over HTTP, eight at a time."""
    browser = await sign_in(stage)
    draft = await complete_draft(stage, browser)
    model, *ready = await copies(stage, draft, 3 + WARMING + REPEATS * IN_A_REPEAT)
    first, second = (sending(browser, draft, ready.pop()) for _ in range(2))
    counted = await counting.statements(stage, first, second)
    await submitted(stage, browser, [model])
    bare = await _bare_requests(stage, model)
    await settle(stage)
    ours, floors = [], []
    waiting = iter(ready)
    async with stage.web() as web, stage.floor() as floor:
        for repeat in range(REPEATS + 1):
            count = IN_A_REPEAT if repeat else WARMING
            chosen = [sending(browser, draft, one) for one in islice(waiting, count)]
            order = Order(chosen, 303, seconds=60, repeat=False)
            floor_order = Order(list(islice(bare, 2 * count)), 200, seconds=60, repeat=False)
            at_floor = await put_load(floor, stage.postmaster, floor_order)
            answered = await put_load(web, stage.postmaster, order)
            if repeat:  # the first round only warms up
                floors.append(at_floor.sample)
                ours.append(answered.sample)
    line = against_floor(
        "submit, 8 in parallel", Measured(tuple(ours)), Measured(tuple(floors)), BAR
    )
    return [
        replace(line, note=f"{line.note}; the next bar is {NEXT_BAR}"),
        at_most(
            "submit, statements",
            len(counted.work),
            MOST_STATEMENTS,
            "besides begin and commit",
            f"all that was sent: {counted.summary}",
        ),
    ]


def sending(browser: Browser, draft: LoadedDraft, ready: ReadyDraft) -> bytes:
    """The form of the last page of a draft."""
    fields = {**declared(draft), "_revision": str(draft.revision), "csrf_token": browser.csrf}
    return post_form(f"/drafts/{ready.number}/check", fields, **browser.headers)


def looking(browser: Browser, path: str, **headers: str) -> bytes:
    """A page that a resident opens."""
    return get(path, **browser.headers, **headers)


async def _bare_requests(stage: Stage, model: ReadyDraft) -> Iterator[bytes]:
    """The same rows for ever new cases, as the floor takes them."""
    async with stage.database.transaction() as session:
        rows = await _rows(session, model.case_id)
    return _renamed(rows, model)


async def _rows(session: AsyncSession, case_id: UUID) -> dict[str, Any]:
    (case,) = await rows_of(session, "cases", "id", case_id)
    (submission,) = await rows_of(session, "submissions", "case_id", case_id)
    steps = await rows_of(session, "steps", "case_id", case_id)
    ready = [step for step in steps if step["state"] == "ready"]
    return {
        "case": case,
        "submission": submission,
        "steps": steps,
        "tasks": await rows_of(session, "tasks", "case_id", case_id),
        "timeline": await rows_of(session, "timeline", "case_id", case_id),
        "jobs": [
            {
                "entrypoint": f"authority:{step['authority_id']}",
                "payload": orjson.dumps(["step", step["id"]]).decode(),
                "dedupe_key": f"step:{step['id']}:0",
            }
            for step in ready
        ],
    }


def _renamed(rows: dict[str, Any], model: ReadyDraft) -> Iterator[bytes]:
    written = orjson.dumps(rows).decode()
    names = [model.case_id, *(row["id"] for table in ("steps", "tasks") for row in rows[table])]
    while True:
        other = written.replace(model.number, new_case_number())
        for name in names:
            other = other.replace(str(name), str(uuid4()))
        yield post_json("/submit", orjson.loads(other))
