"""The two how-tos are followed to the letter: two new files, and everything has heard of them."""

import asyncio
import inspect
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket
from types import ModuleType

import httpx
import pytest
import uvicorn
from jsonschema_rs import Draft202012Validator
from sqlalchemy import text

import app.lifeevents
import app.services
from app.cases.desks import Desk
from app.cases.portal import Portal, open_portal
from app.cases.queues import Wanted, queue_page
from app.catalogue import Catalogue, load
from app.database import Database
from app.integration.department_client import DepartmentClients
from app.main import create_app
from app.sandbox.server import make_sandbox
from app.settings import PROJECT_FOLDER, Settings
from app.worker.step_runner import StepRunner
from tests.lifeevents import test_every_life_event
from tests.page_reader import Page, Reader
from tests.partner_api.conftest import register
from tests.residents.people import sign_in
from tests.services import test_every_service

HOW_TOS = ("adding-a-department-service", "adding-a-life-event")
A_FILE = re.compile(r"`(app/[\w/]+\.py)`:\n\n```python\n(.*?)```", re.DOTALL)
DESK = Desk("paul", "public-security", "331002")
ANSWERS = {
    "for_whom": "self",
    "home": "rented",
    "slip": "yes",
    "mover_name": "林满",
    "mover_document": {"type": "resident-id", "number": "331002199003070022"},
    "new_home": {"county": "331002", "township": "331002001", "detail": "东山社区2幢"},
    "moved_on": "2026-03-27",
    "declare_truth": True,
    "declare_query": True,
}


def example_files() -> dict[str, str]:
    """Path and content of every file that the how-tos show whole."""
    pages = [(PROJECT_FOLDER / "docs" / f"{name}.md").read_text("utf-8") for name in HOW_TOS]
    return {path: code for page in pages for path, code in A_FILE.findall(page)}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The city's catalogue after somebody followed the how-tos."""
    folder = tmp_path_factory.mktemp("followed")
    for path, code in example_files().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, "utf-8")
    before = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        for package in (app.lifeevents, app.services):
            added = folder / package.__name__.replace(".", "/")
            patch.setattr(package, "__path__", [*package.__path__, str(added)])
        load.cache_clear()
        yield load()
    for path in example_files():
        name = path.removesuffix(".py").replace("/", ".")
        if name in sys.modules and name not in before:
            package, _, module = name.rpartition(".")
            delattr(sys.modules[package], module)
            del sys.modules[name]
    load.cache_clear()


@pytest.fixture
def portal(city: Catalogue, settings: Settings) -> Portal:
    return open_portal(settings)


@pytest.fixture
async def client(portal: Portal, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, or an app's client, before the whole web app."""
    transport = httpx.ASGITransport(app=create_app(portal.settings, database))
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://portal.test",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        yield client


async def submitted(client: httpx.AsyncClient, database: Database, portal: Portal) -> Page:
    """From the first question to the receipt, on the pages a resident sees."""
    reader = Reader(client)
    await reader.open("/things/moving-house/can-i")
    await reader.send("继续", for_whom="self")
    await reader.send("继续", home="rented")
    outcome = await reader.send("继续", slip="yes")
    assert "租房要带合同" in outcome.text
    await sign_in(client, database, portal, keep_visit=True)
    await reader.open("/things/moving-house/outcome")
    hub = await reader.send("开始填写")
    here = "/".join(hub.address.split("/")[:3])
    await reader.open(f"{here}/pages/mover")
    document = {"mover_document-type": "resident-id", "mover_document-number": "331002199003070022"}
    await reader.send("保存并继续", mover_name="林满", **document)
    today = portal.today()
    moved_on = {"year": str(today.year), "month": str(today.month), "day": str(today.day)}
    home = {"county": "331002", "township": "331002001", "detail": "东山社区2幢"}
    await reader.send(
        "保存并继续",
        **{f"new_home-{part}": value for part, value in home.items()},
        **{f"moved_on-{part}": value for part, value in moved_on.items()},
    )
    await reader.open(f"{here}/papers/proof-of-home")
    await reader.send("保存并继续", how="deferred")
    check = await reader.open(f"{here}/check")
    assert "东山社区2幢" in check.text
    assert "出具居住证明" in check.text
    receipt = await reader.send("确认并提交", declare_truth="yes", declare_query="yes")
    assert receipt.title == "已提交"
    return await reader.open(f"/cases/{here.rsplit('/', 1)[1]}")


class Sandbox(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@asynccontextmanager
async def departments(settings: Settings, port: int) -> AsyncIterator[Settings]:
    """The sandbox, serving on a port of this machine; out: settings that lead to it."""
    there = settings.model_copy(update={"sandbox_port": port})
    config = uvicorn.Config(make_sandbox(there), port=port, log_config=None, ws="none")
    server = Sandbox(config)
    serving = asyncio.create_task(server.serve())
    await server.listens.wait()
    yield there
    server.should_exit = True
    await serving


async def deliver(database: Database, portal: Portal) -> list[str]:
    """Do the worker's part until no step is ready; out: the state of each step."""
    clients = DepartmentClients(portal.settings)
    runner = StepRunner(portal, database, clients)
    while True:
        async with database.transaction() as session:
            rows = (
                await session.execute(text("SELECT id, state FROM steps ORDER BY position"))
            ).all()
        ready = [str(row.id) for row in rows if row.state == "ready"]
        if not ready:
            await clients.close()
            return [row.state for row in rows]
        for step in ready:
            await runner.run(("step", step))


def test_two_files_are_all_that_was_added():
    assert set(example_files()) == {"app/services/moving.py", "app/lifeevents/moving_house.py"}


@pytest.mark.parametrize("path", example_files())
@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_the_examples_are_written_as_we_write(path: str, command: list[str]):
    ruff = Path(sys.executable).parent / "ruff"
    ended = subprocess.run(
        [ruff, *command, "--no-cache", "--stdin-filename", path, "-"],
        input=example_files()[path].encode(),
        cwd=PROJECT_FOLDER,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()


def test_the_catalogue_has_them_beside_the_others(city: Catalogue):
    assert {"birth", "moving-house"} <= city.life_events.keys()
    assert {"record-move", "issue-address-slip"} <= city.services.keys()
    assert city.declared_in["moving-house"] == "app/lifeevents/moving_house.py"
    (event,) = city.events_with("record-move")
    assert event in city.events_at(event.stage)


async def test_the_tests_of_every_life_event_and_service_hold_for_them(
    city: Catalogue, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(test_every_service, "CITY", city)
    await hold(test_every_life_event, "event", city.life_events["moving-house"])
    for name in ("record-move", "issue-address-slip"):
        await hold(test_every_service, "service", city.services[name])


async def hold(module: ModuleType, name: str, declared: object) -> None:
    """Run every test of a module that takes just one declaration of this kind."""
    ran = 0
    for test in vars(module).values():
        if inspect.isfunction(test) and list(inspect.signature(test).parameters) == [name]:
            outcome = test(declared)
            ran += 1
            if inspect.isawaitable(outcome):
                await outcome
    assert ran


async def test_the_home_page_shows_and_finds_it(client: httpx.AsyncClient):
    reader = Reader(client)
    home = await reader.open("/")
    assert "安家" in home.text
    found = await reader.open("/?q=换地址")
    intro = await reader.open(found.links()["搬家一件事"])
    assert "租房合同或房产证" in intro.text
    assert "公安机关" in intro.text


async def test_apps_read_it_in_the_catalogue_and_as_a_schema(
    client: httpx.AsyncClient, database: Database
):
    reading = await register(database, client, "reader", "life-events:read")
    listed = (await reading.call("GET", "/life-events")).json()["life_events"]
    assert "moving-house" in {event["id"] for event in listed}
    detail = (await reading.call("GET", "/life-events/moving-house")).json()
    assert [item["service"] for item in detail["joined"]] == ["record-move", "issue-address-slip"]
    schema = (await reading.call("GET", "/life-events/moving-house/form")).json()
    assert list(Draft202012Validator(schema).iter_errors(ANSWERS)) == []
    assert not Draft202012Validator(schema).is_valid({**ANSWERS, "home": "a tent"})


async def test_its_plan_reaches_the_desk_of_its_authority(
    client: httpx.AsyncClient, database: Database, portal: Portal, free_port: Callable[[], int]
):
    progress = await submitted(client, database, portal)
    assert "2 件事中已办好 0 件" in progress.text
    async with departments(portal.settings, free_port()) as settings:
        assert await deliver(database, open_portal(settings)) == ["done", "at-desk"]
    async with database.transaction() as session:
        chosen = Wanted(life_event="moving-house", service="issue-address-slip")
        (row,) = (await queue_page(session, portal, DESK, chosen)).rows
        assert row.service.zh == "出具居住证明"
        assert (await queue_page(session, portal, DESK, Wanted(life_event="birth"))).rows == ()


async def test_it_completes_against_the_sandbox(
    client: httpx.AsyncClient,
    database: Database,
    portal: Portal,
    free_port: Callable[[], int],
):
    portal.settings.desk_services["issue-address-slip"] = "system"
    progress = await submitted(client, database, portal)
    async with departments(portal.settings, free_port()) as settings:
        assert await deliver(database, open_portal(settings)) == ["done", "done"]
    ended = await Reader(client).open(progress.address)
    assert "全部办结" in ended.text
