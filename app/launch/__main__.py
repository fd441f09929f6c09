"""`python -m app.launch run` starts the whole portal on this machine; see `--help` for parts."""

import argparse
import asyncio
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import asyncpg

from app.errors import Misdeclared
from app.launch import embedded_postgres
from app.launch.postgres_files import PostgresDidNotStart
from app.launch.schema_version import is_current
from app.launch.supervisor import Program, Supervisor, say
from app.launch.welcome import welcome
from app.settings import PROJECT_FOLDER, Settings, UnusableSettings, load_settings

WEB: Final = Program("web", "app.main")
WORKER: Final = Program("worker", "app.worker")
SANDBOX: Final = Program("sandbox", "app.sandbox")
READY_SECONDS: Final = 90
REGISTERS: Final = ("officer", "app")
RECOMPUTE: Final = "recompute"


class CannotStart(Exception):
    """The portal cannot start; the message is for the person at the keyboard."""


def main() -> int:
    """Do what the command line asks; out: the exit code."""
    if sys.argv[1:2] and sys.argv[1] in REGISTERS:
        return _told(lambda: register(load_settings(), sys.argv[1], sys.argv[2:]))
    if sys.argv[1:2] == [RECOMPUTE]:
        return _told(lambda: recompute(load_settings(), sys.argv[2:]))
    commands: dict[str, Callable[[Settings, str], int]] = {
        "run": run,
        "prepare": prepare,
        "migrate": migrate,
        "seed": seed,
        "database": keep_database,
        "migration": write_migration,
    }
    parser = argparse.ArgumentParser(prog="python -m app.launch", description=__doc__)
    parser.add_argument(
        "command",
        choices=commands,
        help="run: everything; migrate: bring the tables up to date; seed: add the demo people; "
        "prepare: both; database: only the embedded PostgreSQL, until Ctrl-C; "
        "migration: write the next one from the tables; beside these, officer and app add those "
        "who may sign in at desks and call the API (officer --help, app --help), and recompute "
        "reckons grants again (recompute --help)",
    )
    parser.add_argument("message", nargs="?", default="", help="what a new migration changes")
    asked = parser.parse_args()
    return _told(lambda: commands[asked.command](load_settings(), asked.message))


def _told(command: Callable[[], int]) -> int:
    """Do it; what cannot be done is a sentence and an exit code."""
    try:
        return command()
    except (CannotStart, PostgresDidNotStart) as refusal:
        print(refusal, file=sys.stderr)
    except (ConnectionError, FileNotFoundError, socket.gaierror, asyncpg.PostgresError) as failure:
        print(f"The database does not answer: {failure}. Check DATABASE_URL.", file=sys.stderr)
    except UnusableSettings as refusal:
        print("\n".join(refusal.reasons), file=sys.stderr)
        return os.EX_CONFIG
    except Misdeclared as refusal:
        print(refusal, file=sys.stderr)
        return os.EX_CONFIG
    except KeyboardInterrupt:
        return 130
    return 1


def run(settings: Settings, _message: str = "") -> int:
    """Start the database, prepare it, and run web, worker and (in a demo) the sandbox."""
    refuse_taken_ports(settings)
    with database_of(settings) as located:
        return asyncio.run(_run_on(located))


async def _run_on(settings: Settings) -> int:
    environment = {**quiet_in_a_demo(settings), **os.environ}
    environment["DATABASE_URL"] = settings.database_url
    if not await is_current(settings.database_url) and (code := await _do("migrate", environment)):
        return code
    programs = [WEB, WORKER, SANDBOX] if settings.is_demo else [WEB, WORKER]
    supervisor = Supervisor(programs, environment)
    supervisor.stop_on_signals()
    opening = asyncio.create_task(_open(settings, supervisor))
    try:
        return await supervisor.run()
    finally:
        opening.cancel()
        with suppress(asyncio.CancelledError):
            await opening
        say("portal", "Stopped.")


def quiet_in_a_demo(settings: Settings) -> dict[str, str]:
    """In a demo only warnings, so that the list of its people stays on the screen."""
    return {"PORTAL_LOG_LEVEL": "warning"} if settings.is_demo else {}


async def _open(settings: Settings, supervisor: Supervisor) -> None:
    """Wait for the web server, add the demo's people, and say that the portal is open."""
    if not await _answers_in_time(settings):
        say("portal", f"The web server has not answered for {READY_SECONDS} s: see above.")
    supervisor.first_is_up.set()
    if await _do("seed", dict(supervisor.environment)):
        say("portal", "The demo's people could not be added: see above, then try make seed.")
    print(welcome(settings), flush=True)


async def _do(command: str, environment: dict[str, str]) -> int:
    """Another command of this module in a process of its own, whose memory it takes with it."""
    words = (sys.executable, "-m", "app.launch", command)
    process = await asyncio.create_subprocess_exec(*words, cwd=PROJECT_FOLDER, env=environment)
    try:
        return await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        raise


async def _answers_in_time(settings: Settings) -> bool:
    for _ in range(READY_SECONDS * 10):
        if await _answers(settings.host, settings.port):
            return True
        await asyncio.sleep(0.1)
    return False


async def _answers(host: str, port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    try:
        writer.write(b"GET /health/ready HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n")
        return b" 200 " in await asyncio.wait_for(reader.readline(), 5)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()


def prepare(settings: Settings, _message: str = "") -> int:
    """Bring the tables up to date and add what is missing of the demo."""
    return migrate(settings) or seed(settings)


def migrate(settings: Settings, _message: str = "") -> int:
    """Bring the tables up to date."""
    from app.launch import migrating  # noqa: PLC0415 - keeps Alembic out of the supervisor's memory

    with database_of(settings) as located:
        migrating.migrate(located.database_url)
        _tell_needed_editions(located)
    return 0


def seed(settings: Settings, _message: str = "") -> int:
    """Add what is missing of the demo."""
    from app.launch import demo_seed  # noqa: PLC0415 - keeps the portal out of the supervisor

    with database_of(settings) as located:
        asyncio.run(demo_seed.seed(located))
        _tell_needed_editions(located)
    return 0


def _tell_needed_editions(settings: Settings) -> None:
    from app.launch import needed_editions  # noqa: PLC0415 - keeps the portal out of the supervisor

    if note := asyncio.run(needed_editions.note(settings)):
        print(note, flush=True)


def register(settings: Settings, what: str, words: Sequence[str]) -> int:
    """Add or change an officer or a partner app of this installation."""
    from app.launch import registering  # noqa: PLC0415 - keeps the portal out of the supervisor

    keep = {"officer": registering.officer, "app": registering.app}[what]
    with database_of(settings) as located:
        try:
            print(asyncio.run(keep(located, words)))
        except registering.Unknown as refusal:
            raise CannotStart(str(refusal)) from None
    return 0


def recompute(settings: Settings, words: Sequence[str]) -> int:
    """Reckon all grants again that hang on a parameter, and say how that went."""
    from app.launch import recomputing  # noqa: PLC0415 - keeps the portal out of the supervisor

    with database_of(settings) as located:
        try:
            asyncio.run(recomputing.recompute(located, words, print))
        except recomputing.NotPossible as refusal:
            raise CannotStart(str(refusal)) from None
    return 0


def write_migration(settings: Settings, message: str) -> int:
    """Compare the tables with an up-to-date database and write what differs as a migration."""
    from app.launch import migrating  # noqa: PLC0415 - keeps Alembic out of the supervisor's memory

    with database_of(settings) as located:
        migrating.migrate(located.database_url)
        migrating.write(located.database_url, message)
    return 0


def keep_database(settings: Settings, _message: str = "") -> int:
    """Print the address of the database and keep it running until Ctrl-C."""
    with database_of(settings) as located:
        print(located.database_url, flush=True)
        asyncio.run(Supervisor([], {}).wait_for_signal())
    return 0


@contextmanager
def database_of(settings: Settings) -> Iterator[Settings]:
    """The settings with an address in them: the operator's, or that of the embedded server."""
    if settings.database_url:
        yield settings
        return
    server = embedded_postgres.start(settings.var_folder)
    try:
        yield settings.model_copy(update={"database_url": server.url})
    finally:
        server.stop()


def refuse_taken_ports(settings: Settings) -> None:
    """Raise CannotStart when a port that we need belongs to another program."""
    needed = [(settings.host, settings.port, "PORTAL_PORT")]
    if settings.is_demo:
        needed.append((settings.sandbox_host, settings.sandbox_port, "PORTAL_SANDBOX_PORT"))
    for host, port, variable in needed:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as refusal:
                raise CannotStart(_why_not(refusal, port, variable)) from None


def _why_not(refusal: OSError, port: int, variable: str) -> str:
    if refusal.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program. Stop that program, or choose another "
            f"port: {variable}={port + 10} make run"
        )
    return f"Port {port} cannot be used ({refusal.strerror}). Choose another: {variable}=…"


if __name__ == "__main__":
    sys.exit(main())
