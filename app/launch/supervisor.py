"""Runs the portal's programs side by side, starts a crashed one again and ends all in order."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from app.settings import PROJECT_FOLDER

STOP_PATIENCE_SECONDS: Final = 12
FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 10
STEADY_SECONDS: Final = 30
HEAD_START_SECONDS: Final = 8
REFUSES_ITS_SETTINGS: Final = frozenset({2, os.EX_CONFIG})
"""A program that ends with one of these said why on its way out; starting it again cannot help."""


@dataclass(frozen=True)
class Program:
    """A module that runs until it is told to stop."""

    name: str
    module: str


@dataclass
class Supervisor:
    """The programs, in the order they are stopped in; `environment` is given to each of them.

    The first one starts alone, because somebody is waiting for it: the others follow when
    `first_is_up` is set, or after a while.
    """

    programs: Sequence[Program]
    environment: Mapping[str, str]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    first_is_up: asyncio.Event = field(default_factory=asyncio.Event)
    failed: bool = False
    _running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def run(self) -> int:
        """Keep all programs running until `stopping` is set; out: 0, or 1 if one refused to run."""
        keepers = [asyncio.create_task(self._keep(program)) for program in self.programs]
        await self.stopping.wait()
        for program in self.programs:
            await self._end(program)
        await asyncio.gather(*keepers)
        return 1 if self.failed else 0

    def stop_on_signals(self) -> None:
        """Stop in order on Ctrl-C or SIGTERM; a second one ends the programs at once."""
        loop = asyncio.get_running_loop()
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(kind, self._asked_to_stop)

    async def wait_for_signal(self) -> None:
        """Do nothing until Ctrl-C or SIGTERM."""
        self.stop_on_signals()
        await self.stopping.wait()

    def process_id(self, name: str) -> int | None:
        """The process that runs a program now; None between two lives."""
        process = self._running.get(name)
        return process.pid if process else None

    def _asked_to_stop(self) -> None:
        if self.stopping.is_set():
            for process in self._running.values():
                with suppress(ProcessLookupError):
                    process.kill()
        else:
            say("portal", "Stopping.")
        self.stopping.set()

    async def _keep(self, program: Program) -> None:
        pause = FIRST_PAUSE_SECONDS
        if program != self.programs[0]:
            await self._wait_for_the_first()
        while not self.stopping.is_set():
            started = time.monotonic()
            code = await self._live(program)
            if self.stopping.is_set():
                return
            if code in REFUSES_ITS_SETTINGS:
                self.failed = True
                self.stopping.set()
                return
            if time.monotonic() - started > STEADY_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            say(program.name, f"ended {_how(code)}; starting again in {pause:g} s")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _wait_for_the_first(self) -> None:
        events = (self.first_is_up, self.stopping)
        waits = [asyncio.create_task(event.wait()) for event in events]
        await asyncio.wait(waits, timeout=HEAD_START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _live(self, program: Program) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "app.launch.child",
            program.module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=PROJECT_FOLDER,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        self._running[program.name] = process
        try:
            await _relay(program.name, process)
            return await process.wait()
        finally:
            del self._running[program.name]

    async def _end(self, program: Program) -> None:
        process = self._running.get(program.name)
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_PATIENCE_SECONDS)
        except TimeoutError:
            say(program.name, f"did not stop within {STOP_PATIENCE_SECONDS} s and is ended now")
            with suppress(ProcessLookupError):
                process.kill()


def say(name: str, words: str) -> None:
    """One line on the terminal, with the name of who says it."""
    print(f"{name:>8} │ {words}", flush=True)


async def _relay(name: str, process: asyncio.subprocess.Process) -> None:
    output = process.stdout
    assert output is not None
    while True:
        try:
            line = await output.readline()
        except ValueError:  # longer than a reader keeps: that part is dropped, the rest follows
            continue
        if not line:
            return
        say(name, line.decode(errors="replace").rstrip())


def _how(code: int) -> str:
    if code >= 0:
        return f"with code {code}"
    return f"by signal {signal.Signals(-code).name}"
