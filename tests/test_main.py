"""The web app as a whole: every failure has words, none shows what was typed or how we are made."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Form, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy import text

from app import main
from app.database import Database, Transaction, make_engine
from app.errors import AlreadyDecided, NotAllowed, TooMany
from app.main import create_app
from app.main.envelope import Guard
from app.partner_api.problems import Problem
from app.settings import Settings
from app.telemetry import REQUEST_SECONDS
from app.wording import Words
from tests.residents.moving_house import catalogue

ID_NUMBER = "331002199003070022"
PARTS = ("app.identity", "app.partner_api")


RAISED = {
    "bug": ValueError(f"林满 {ID_NUMBER}"),
    "decided": AlreadyDecided(Words("昨天已经决定。", "It was decided yesterday.")),
    "forbidden": NotAllowed(Words("不行。", "No.")),
    "often": TooMany(Words("太频繁。", "Too often.")),
}
GIVEN = text("SELECT CAST(:x AS text)")
STATEMENTS = {
    "nul": (GIVEN.bindparams(x="a\0b"),),
    "half": (GIVEN.bindparams(x="a\ud83d"),),
    "slow": (text("SET LOCAL statement_timeout = 20"), text("SELECT pg_sleep(1)")),
    "database": (text("SELECT 1"),),
    "sql": (text("SELECT nothing FROM nowhere"),),
}


class Body(BaseModel):
    """What the test's own operation takes."""

    number: int
    name: str = ""


def troubles() -> APIRouter:
    """Routes that go wrong in every way."""
    router = APIRouter()

    @router.get("/trouble/{kind}")
    @router.get("/api/trouble/{kind}")
    async def trouble(kind: str, session: Transaction) -> str:
        if kind in RAISED:
            raise RAISED[kind]
        for statement in STATEMENTS.get(kind, ()):
            await session.execute(statement)
        return kind

    @router.post("/form")
    async def form(name: Annotated[str, Form()]) -> str:
        return name

    @router.post("/api/body")
    async def body(sent: Body) -> Body:
        return sent

    @router.get("/wait")
    async def wait(request: Request) -> str:
        await request.app.state.gate.wait()
        return "done"

    @router.get("/stream")
    async def stream(request: Request) -> StreamingResponse:
        async def events() -> AsyncIterator[bytes]:
            yield b"data: 1\n\n"
            await request.app.state.gate.wait()

        return StreamingResponse(events(), media_type="text/event-stream")

    return router


@pytest.fixture
def app(settings: Settings, database: Database):
    app = create_app(settings, database, PARTS, catalogue())
    app.include_router(troubles())
    app.state.routers += (troubles(),)
    app.state.gate = asyncio.Event()
    return app


@pytest.fixture
async def client(app) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=("127.0.0.1", 1)), base_url="http://portal.test"
    ) as client:
        yield client


@pytest.mark.parametrize("area", ["", "/api"])
@pytest.mark.parametrize(
    ("kind", "status", "zh", "en"),
    [
        ("decided", 409, "昨天已经决定。", "It was decided yesterday."),
        ("forbidden", 403, "不行。", "No."),
        ("often", 429, "太频繁。", "Too often."),
        ("bug", 500, "我们的系统出错了", "our system failed"),
        ("sql", 500, "我们的系统出错了", "our system failed"),
        ("nul", 422, "不能保存的字符", "cannot be kept"),
        ("half", 422, "不能保存的字符", "cannot be kept"),
        ("slow", 503, "太忙", "busy"),
    ],
)
async def test_every_failure_is_told_in_both_languages(
    client: httpx.AsyncClient, area: str, kind: str, status: int, zh: str, en: str
):
    chinese = await client.get(f"{area}/trouble/{kind}")
    english = await client.get(f"{area}/trouble/{kind}?lang=en")
    assert (chinese.status_code, english.status_code) == (status, status)
    assert zh in chinese.text
    assert en in english.text
    assert ("application/problem+json" if area else "text/html") in chinese.headers["content-type"]
    for secret in (ID_NUMBER, "林满", "Traceback", "ValueError", "SELECT", ".py"):
        assert secret not in chinese.text


async def test_a_problem_has_the_shape_that_is_described(client: httpx.AsyncClient):
    for path in ("/api/nothing", "/api/trouble/bug", "/api/trouble/decided"):
        answer = await client.get(path, headers={"x-correlation-id": "caller-0001"})
        problem = Problem.model_validate(answer.json())
        assert problem.status == answer.status_code
        assert problem.instance.endswith(":caller-0001")


async def test_the_page_quotes_the_number_that_the_log_has(client: httpx.AsyncClient):
    answer = await client.get("/trouble/bug")
    assert answer.headers["x-correlation-id"][:12] in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/trouble/bug", "/static/nothing", "/form"])
async def test_failures_carry_the_safety_headers(client: httpx.AsyncClient, path: str):
    answer = await client.get(path)
    assert answer.status_code >= 400
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_log_line_names_the_route_and_never_the_address(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
):
    await client.get(f"/trouble/bug?id={ID_NUMBER}")
    await client.get(f"/cases/{ID_NUMBER}/nothing/{ID_NUMBER}")
    await client.get("/api/trouble/林满")
    written = "".join(capfd.readouterr())
    assert "/trouble/{kind}" in written
    assert ID_NUMBER not in written
    assert "林满" not in written


async def test_measures_count_routes_not_addresses(client: httpx.AsyncClient):
    for number in range(5):
        await client.get(f"/trouble/fine-{number}")
        await client.get(f"/nothing-{number}")
        await client.request(f"ODD{number}", "/form")
    routes = {
        (sample.labels["method"], sample.labels["route"])
        for family in REQUEST_SECONDS.collect()
        for sample in family.samples
    }
    assert ("GET", "/trouble/{kind}") in routes
    assert ("GET", "(none)") in routes
    assert ("OTHER", "/form") in routes
    assert not any(re.search(r"fine|nothing-|ODD", name) for pair in routes for name in pair)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"number": ' + b"9" * 5000 + b"}", 400),
        (b'{"number": 1e999}', 422),
        (b'{"number": NaN}', 422),
        (b'{"number": {}}', 422),
        (b'{"number": "331002199003070022x"}', 422),
        (b'{"name": "x"}', 422),
        (b"null", 422),
    ],
)
async def test_no_json_is_too_odd(client: httpx.AsyncClient, content: bytes, status: int):
    answer = await client.post(
        "/api/body", content=content, headers={"content-type": "application/json"}
    )
    assert answer.status_code == status
    assert Problem.model_validate(answer.json()).detail
    assert ID_NUMBER not in answer.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"name", "application/x-www-form-urlencoded"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
        (b"name=%FF%FE", "text/plain"),
        (b"{}", "application/json"),
    ],
)
async def test_no_form_is_too_odd(client: httpx.AsyncClient, content: bytes, kind: str):
    answer = await client.post("/form", content=content, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "<h1" in answer.text


@pytest.mark.parametrize("path", ["/form", "/api/body"])
async def test_a_large_body_is_refused_before_it_is_read(client: httpx.AsyncClient, path: str):
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(400):
            read += 50_000
            yield b"x" * 50_000

    is_form = path == "/form"
    kind = {"content-type": f"application/{'x-www-form-urlencoded' if is_form else 'json'}"}
    chunked = await client.post(path, content=endless(), headers=kind)
    announced = await client.post(
        path, content=b"x", headers={**kind, "content-length": "2000000000"}
    )
    # A form ends at its first field that is too long, which is earlier still.
    assert (chunked.status_code, announced.status_code) == (400 if is_form else 413, 413)
    assert read < 1_200_000
    assert "太大" in announced.text
    for answer in (chunked, announced):
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/%00", "/trouble/%00", "/trouble/a%0Ab", "/?q=%00", "/api/x%7F", "/api/v1/cases?after=%00"],
)
async def test_control_characters_in_an_address_are_refused(client: httpx.AsyncClient, path: str):
    assert (await client.get(path)).status_code == 400


async def test_the_wrong_method_is_told_the_right_ones(client: httpx.AsyncClient):
    answer = await client.delete("/api/v1/cases")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert (await client.get("/form")).headers["allow"] == "POST"
    assert (await client.post("/static/css/portal.css")).status_code == 405


async def test_head_is_get_without_a_body(client: httpx.AsyncClient):
    answer = await client.head("/health/live")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_trailing_slash_does_not_send_anybody_elsewhere(client: httpx.AsyncClient):
    answer = await client.get("/form/", headers={"host": "evil.test"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
async def test_no_documentation_page_is_served(client: httpx.AsyncClient, path: str):
    assert (await client.get(path)).status_code == 404


async def test_the_crowd_is_told_to_come_back(app, client: httpx.AsyncClient, settings: Settings):
    app.state.settings = settings.model_copy(update={"requests_at_once": 3})
    inside = [asyncio.create_task(client.get("/wait")) for _ in range(3)]
    await asyncio.sleep(0.05)
    page, api = await client.get("/wait"), await client.get("/api/trouble/fine")
    assert (page.status_code, api.status_code) == (503, 503)
    assert page.headers["retry-after"] == "2"
    assert "办事的人很多" in page.text
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/static/css/portal.css")).status_code == 200
    app.state.gate.set()
    assert {answer.status_code for answer in await asyncio.gather(*inside)} == {200}
    assert (await client.get("/wait")).status_code == 200


async def test_open_streams_leave_room_for_others(app, settings: Settings):
    app.state.settings = settings.model_copy(update={"requests_at_once": 2})
    statuses: asyncio.Queue[int] = asyncio.Queue()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.put_nowait(message["status"])

    listening = []
    for _ in range(10):
        call = app(scope_of("/stream"), asyncio.Event().wait, send)
        listening.append(asyncio.create_task(call))
        assert await statuses.get() == 200
    assert guard_of(app).running == 0
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://portal.test"
    ) as client:
        assert (await client.get("/trouble/fine")).status_code == 200
    app.state.gate.set()
    await asyncio.gather(*listening)
    assert guard_of(app).running == 0


def scope_of(path: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"host", b"portal.test")],
        "client": ("127.0.0.1", 1),
        "server": ("portal.test", 80),
        "state": {},
    }


def guard_of(app: Any) -> Guard:
    inner = app.middleware_stack
    while not isinstance(inner, Guard):
        inner = inner.app
    return inner


async def test_who_hangs_up_leaves_no_connection_behind(app, engine):
    for _ in range(50):
        call = asyncio.create_task(
            app(scope_of("/trouble/slow"), asyncio.Event().wait, lambda _: asyncio.sleep(0))
        )
        await asyncio.sleep(0.005)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
    assert engine.pool.checkedout() == 0
    assert guard_of(app).running == 0


async def test_without_a_database_people_are_asked_to_come_back(settings: Settings):
    nowhere = make_engine("postgresql://nobody@127.0.0.1:1/none", patience_seconds=0)
    app = create_app(settings, Database.of(nowhere), PARTS, catalogue())
    app.include_router(troubles())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://portal.test"
    ) as client:
        page, api = await client.get("/trouble/database"), await client.get("/api/trouble/database")
        assert (page.status_code, api.status_code) == (503, 503)
        assert (page.headers["retry-after"], api.headers["retry-after"]) == ("5", "5")
        assert (await client.get("/health/live")).status_code == 200
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["parts"]["database"]) == (503, "away")
        shown = await client.get("/metrics")
        assert (shown.status_code, "portal_database_reachable 0.0" in shown.text) == (200, True)


async def test_ready_means_that_every_part_is(app, client, database: Database):
    parts = ("database", "migrations", "catalogue", "pages")
    async with app.router.lifespan_context(app):
        for _ in range(300):
            warm = await client.get("/health/ready")
            if warm.json()["parts"]["pages"] != "warming":
                break
            await asyncio.sleep(0.1)
    assert warm.json() == {"status": "ready", "parts": dict.fromkeys(parts, "ready")}
    async with database.transaction() as session:
        before = await session.scalar(text("SELECT version_num FROM alembic_version"))
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        behind = await client.get("/health/ready")
        assert (behind.status_code, behind.json()["parts"]["migrations"]) == (503, "behind")
    finally:
        async with database.transaction() as session:
            await session.execute(
                text("UPDATE alembic_version SET version_num = :before"), {"before": before}
            )


async def test_a_broken_template_is_not_ready(app, client: httpx.AsyncClient):
    app.state.pages = "broken"
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["pages"]) == (503, "broken")


async def test_measures_are_not_for_strangers(app):
    for address, status in (
        ("127.0.0.1", 200),
        ("10.0.0.7", 200),
        ("8.8.8.8", 404),
        ("not-an-address", 404),
    ):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://portal.test"
        ) as client:
            assert (await client.get("/metrics")).status_code == status


def test_every_module_with_a_router_is_served():
    found = {
        router.prefix or router.routes[0].path for router in main.routers(("app.partner_api",))
    }
    assert found >= {"/api/v1/cases", "/api/v1/life-events", "/api/departments", "/health/live"}
