"""`python -m tests.bench.floors`: the least that could do the same work, to be compared with.

A bare FastAPI app with asyncpg: no session, no rules, no components, no log. The same server
program and the same number of connections as the portal.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson
import uvicorn
from fastapi import FastAPI, Response
from jinja2 import Environment
from pydantic import BaseModel
from starlette.responses import HTMLResponse

from tests.bench.ports import FLOOR_PORT

CONNECTIONS: Final = 8
GZIP_LEVEL: Final = 5

# The rows of one submission, as the client sends them, with one statement.
SUBMIT: Final = """
    WITH new_case AS (
        INSERT INTO cases SELECT * FROM jsonb_populate_record(NULL::cases, $1::jsonb -> 'case')
    ), snapshot AS (
        INSERT INTO submissions
        SELECT * FROM jsonb_populate_record(NULL::submissions, $1::jsonb -> 'submission')
    ), new_steps AS (
        INSERT INTO steps SELECT * FROM jsonb_populate_recordset(NULL::steps, $1::jsonb -> 'steps')
    ), new_tasks AS (
        INSERT INTO tasks SELECT * FROM jsonb_populate_recordset(NULL::tasks, $1::jsonb -> 'tasks')
    ), history AS (
        INSERT INTO timeline
        SELECT * FROM jsonb_populate_recordset(NULL::timeline, $1::jsonb -> 'timeline')
    ), jobs AS (
        INSERT INTO pgqueuer (priority, entrypoint, payload, execute_after, dedupe_key, status)
        SELECT 0, job.entrypoint, convert_to(job.payload, 'UTF8'), now(), job.dedupe_key, 'queued'
        FROM jsonb_to_recordset($1::jsonb -> 'jobs')
            AS job(entrypoint text, payload text, dedupe_key text)
        RETURNING id, entrypoint, priority
    )
    INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)
    SELECT id, 'queued', entrypoint, priority FROM jobs
"""
PROGRESS: Final = """
    SELECT number, version, state, promised_on,
        (SELECT jsonb_agg(to_jsonb(steps) - 'sealed_outcome' ORDER BY position)
         FROM steps WHERE case_id = cases.id) AS steps,
        (SELECT jsonb_agg(to_jsonb(timeline) - 'hash' ORDER BY seq)
         FROM timeline WHERE case_id = cases.id) AS timeline
    FROM cases WHERE number = $1
"""
VERSION: Final = "SELECT version FROM cases WHERE number = $1"
QUEUE: Final = """
    SELECT id, case_number, applicant_hint, life_event, service_id, kind, state, county,
           promised_on, officer_id
    FROM tasks
    WHERE authority_id = $1 AND county = $2 AND state IN ('open', 'claimed', 'paused')
    ORDER BY promised_on, id LIMIT 50
"""
CLAIM: Final = """
    UPDATE tasks SET state = 'claimed', officer_id = $2, fence = fence + 1,
                     claimed_until = now() + interval '10 minutes'
    WHERE id = $1 AND state = 'open' RETURNING fence
"""
PAGES: Final = Environment(autoescape=True, auto_reload=False)
PROGRESS_PAGE: Final = PAGES.from_string("""<!doctype html><html lang="zh-CN"><body>
<h1>{{ case.number }}</h1><p>{{ case.state }} {{ case.promised_on }}</p>
<ol>{% for step in steps %}
<li class="step"><h2>{{ step.service_id }}</h2><p class="state">{{ step.state }}</p>
<dl><dt>开始</dt><dd>{{ step.opened_at }}</dd><dt>预计</dt><dd>{{ step.promised_on }}</dd>
<dt>最迟</dt><dd>{{ step.statutory_on }}</dd><dt>编号</dt><dd>{{ step.reference }}</dd></dl></li>
{% endfor %}</ol><ul>{% for entry in timeline %}
<li class="entry"><time datetime="{{ entry.at }}">{{ entry.at }}</time>
<p>{{ entry.kind }} {{ entry.step_key }} {{ entry.actor }}</p></li>{% endfor %}</ul>
""")
# Fifty rows with the values and the markup of the portal's own; nothing around them.
QUEUE_PAGE: Final = PAGES.from_string("""<!doctype html><html lang="zh-CN"><body><table>
{% for row in rows %}<tr><td data-label="选择">{% if row.state == "open" %}
<span class="govuk-checkboxes govuk-checkboxes--small"><span class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="t{{ loop.index }}" type="checkbox" name="task"
value="{{ row.id }}"><label class="govuk-label govuk-checkboxes__label" for="t{{ loop.index }}">
<span class="govuk-visually-hidden">选择 {{ row.case_number }}</span></label></span></span>
{% endif %}</td>
<td data-label="编号"><a href="/desk/tasks/{{ row.id }}">{{ row.case_number }}</a></td>
<td data-label="申请人">{{ row.applicant_hint }}</td>
<td data-label="一件事">{{ row.life_event }}</td>
<td data-label="当前环节">{{ row.service_id }}</td>
<td data-label="剩余时限"><strong class="govuk-tag govuk-tag--{{ row.state }}">
{{ row.promised_on }}</strong></td>
<td data-label="经办人">{{ row.officer_id }}</td><td data-label="辖区">{{ row.county }}</td></tr>
{% endfor %}</table>
""")


class Submission(BaseModel):
    """The rows of a submission."""

    case: dict[str, Any]
    submission: dict[str, Any]
    steps: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    jobs: list[dict[str, Any]]


class Taking(BaseModel):
    """Which task, and for whom."""

    task_id: UUID
    officer: str


@asynccontextmanager
async def _connected(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"],
        min_size=CONNECTIONS,
        max_size=CONNECTIONS,
        init=_with_json,
    ) as pool:
        app.state.pool = pool
        yield


async def _with_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
    )


app = FastAPI(lifespan=_connected)


@app.get("/health/live")
async def live() -> dict[str, str]:
    """It answers."""
    return {"state": "live"}


@app.post("/submit")
async def submit(rows: Submission) -> dict[str, str]:
    """One durable statement."""
    await app.state.pool.execute(SUBMIT, rows.model_dump())
    return {"number": rows.case["number"]}


@app.get("/progress/{number}")
async def progress(number: str, size: int) -> HTMLResponse:
    """One statement and one page of `size` bytes."""
    row = await app.state.pool.fetchrow(PROGRESS, number)
    html = PROGRESS_PAGE.render(case=row, steps=row["steps"], timeline=row["timeline"])
    return _page(html, size)


@app.get("/version/{number}")
async def version(number: str) -> Response:
    """One statement, and that nothing has changed."""
    found = await app.state.pool.fetchval(VERSION, number)
    return Response(status_code=304, headers={"etag": f'"{found}"'})


@app.get("/queue/{authority}/{county}")
async def queue(authority: str, county: str, size: int) -> HTMLResponse:
    """One statement and one page of `size` bytes with 50 rows."""
    rows = await app.state.pool.fetch(QUEUE, authority, county)
    return _page(QUEUE_PAGE.render(rows=rows), size)


@app.post("/claim")
async def claim(taking: Taking) -> Response:
    """One guarded, durable update."""
    fence = await app.state.pool.fetchval(CLAIM, taking.task_id, taking.officer)
    return Response(status_code=409 if fence is None else 200)


def _page(html: str, size: int) -> HTMLResponse:
    body = html.encode()
    return HTMLResponse(body + b" " * max(0, size - len(body)))


def main() -> None:
    """Serve on loopback as the portal is served."""
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=FLOOR_PORT,
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
