"""The stage of a run: a durable database of its own, and the portal's processes on it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg

from app.cases.portal import Portal, open_portal
from app.database import Database, open_database
from app.launch import embedded_postgres
from app.settings import PROJECT_FOLDER, Settings, with_demo_keys
from tests.bench.ports import FLOOR_PORT, WEB_PORT
from tests.database_template import drop_database, make_database, migrated_template

VAR: Final = PROJECT_FOLDER / "var" / "bench"
PATIENCE_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A process of the run and the port it answers on."""

    pid: int
    port: int
    process: asyncio.subprocess.Process = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A migrated, empty database and what talks to it in this process."""

    settings: Settings
    portal: Portal
    database: Database
    postmaster: int

    @asynccontextmanager
    async def web(self, **choices: str) -> AsyncIterator[Server]:
        """The portal's web process."""
        async with self.program("app.main", WEB_PORT, PORTAL_PORT=str(WEB_PORT), **choices) as web:
            yield web

    @asynccontextmanager
    async def floor(self) -> AsyncIterator[Server]:
        """The bare app that everything is compared with."""
        async with self.program("tests.bench.floors", FLOOR_PORT) as floor:
            yield floor

    @asynccontextmanager
    async def program(
        self,
        module: str,
        port: int = 0,
        ready_path: str = "/health/live",
        log_name: str = "",
        **choices: str,
    ) -> AsyncIterator[Server]:
        """`python -m module` on this database until the block ends; its output goes to a log.

        With a port it is waited for until `ready_path` answers.
        """
        log = VAR / f"{log_name or module}.log"
        with log.open("wb") as kept:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                module,
                cwd=PROJECT_FOLDER,
                env=self.environment(choices),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=kept,
                stderr=kept,
            )
        try:
            if port:
                await _started(module, process, port, ready_path)
            yield Server(process.pid, port, process)
        finally:
            await _end(process)

    def environment(self, choices: Mapping[str, str]) -> dict[str, str]:
        """What a process of the run is started with; none of the caller's own PORTAL_ settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        ours = {"DATABASE_URL": self.settings.database_url, "PORTAL_VAR_FOLDER": str(VAR)}
        return {**kept, **ours, **choices}


@contextmanager
def postgres() -> Iterator[embedded_postgres.Server]:
    """The run's own server, durable like that of a real installation."""
    VAR.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.start(PROJECT_FOLDER / "var", "bench")
    try:
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def stage(server: embedded_postgres.Server, label: str) -> AsyncIterator[Stage]:
    """An empty database for one bench, dropped after it."""
    template = await asyncio.to_thread(migrated_template, server.url)
    url = await make_database(server.url, template, f"bench_{label}")
    settings = with_demo_keys(Settings(database_url=url, var_folder=VAR))
    database = open_database(settings, "bench")
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    try:
        yield Stage(settings, open_portal(settings), database, postmaster)
    finally:
        await database.close()
        await drop_database(server.url, url)


async def durability(url: str) -> dict[str, str]:
    """What the server says of itself; the floor and we run on the same."""
    connection = await asyncpg.connect(url)
    try:
        names = ("server_version", "synchronous_commit", "fsync", "shared_buffers")
        return {name: await connection.fetchval(f"SHOW {name}") for name in names}
    finally:
        await connection.close()


class DidNotStart(Exception):
    """A process of the run ended before it answered; the message is the end of its log."""


async def _started(
    module: str, process: asyncio.subprocess.Process, port: int, ready_path: str
) -> None:
    answering = asyncio.create_task(answers(port, ready_path))
    ended = asyncio.create_task(process.wait())
    await asyncio.wait([answering, ended], return_when=asyncio.FIRST_COMPLETED)
    over = ended.done()
    for waiting in (answering, ended):
        waiting.cancel()
    if over:
        raise DidNotStart(f"{module}:\n{last_lines(module)}")


async def answers(port: int, path: str) -> None:
    """Wait until a GET is answered with 200. Raises TimeoutError after a minute."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE_SECONDS
    while not await _is_answered(port, path):
        if loop.time() > until:
            raise TimeoutError(f"Nobody answers {path} on port {port}.")
        await asyncio.sleep(0.005)


async def _is_answered(port: int, path: str) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), 15)
    except TimeoutError:
        process.kill()
        await process.wait()


def last_lines(module: str, count: int = 20) -> str:
    """The end of what a process said, for the person at the keyboard."""
    log = VAR / f"{module}.log"
    return "\n".join(Path(log).read_text(errors="replace").splitlines()[-count:])
