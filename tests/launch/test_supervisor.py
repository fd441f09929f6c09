"""The programs run together, come back after a crash, and none outlives the supervisor."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.launch import supervisor as module
from app.launch.supervisor import Program, Supervisor
from app.settings import PROJECT_FOLDER

HERE = "tests.launch.programs"
STEADY = Program("steady", f"{HERE}.steady")
STUBBORN = Program("stubborn", f"{HERE}.stubborn")
REFUSING = Program("refusing", f"{HERE}.refusing")


async def until(is_so, seconds: float = 15) -> None:
    limit = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < limit, "it took too long"
        await asyncio.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture(autouse=True)
def no_head_start(monkeypatch):
    monkeypatch.setattr(module, "HEAD_START_SECONDS", 0.1)


@pytest.fixture
def environment() -> dict[str, str]:
    return dict(os.environ)


async def test_a_killed_program_is_started_again(environment, capfd):
    supervisor = Supervisor([STEADY], environment)
    running = asyncio.create_task(supervisor.run())
    await until(lambda: supervisor.process_id("steady"))
    first = supervisor.process_id("steady")
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor.process_id("steady") not in {None, first})
    second = supervisor.process_id("steady")
    supervisor.stopping.set()
    assert await running == 0
    assert not is_alive(second)
    assert "steady │ ended by signal SIGKILL; starting again in 0.5 s" in capfd.readouterr().out


async def test_programs_stop_in_the_order_they_are_listed(environment, monkeypatch):
    other = Program("other", f"{HERE}.steady")
    supervisor = Supervisor([STEADY, other], environment)
    running = asyncio.create_task(supervisor.run())
    await until(lambda: supervisor.process_id("steady") and supervisor.process_id("other"))
    await asyncio.sleep(0.5)  # both have said how they want to be stopped
    ended = []
    original = Supervisor._end

    async def noted(self, program):
        ended.append((program.name, self.process_id("other") is not None))
        await original(self, program)

    monkeypatch.setattr(Supervisor, "_end", noted)
    supervisor.stopping.set()
    await running
    assert ended == [("steady", True), ("other", True)]


async def test_a_program_that_refuses_its_settings_stops_everything(environment, capfd):
    assert await Supervisor([STEADY, REFUSING], environment).run() == 1
    assert "refusing │ PORTAL_SECRET_KEY is too short." in capfd.readouterr().out


async def test_a_program_that_will_not_stop_is_ended(environment, monkeypatch, capfd):
    monkeypatch.setattr(module, "STOP_PATIENCE_SECONDS", 0.5)
    supervisor = Supervisor([STUBBORN], environment)
    running = asyncio.create_task(supervisor.run())
    await until(lambda: supervisor.process_id("stubborn"))
    process = supervisor.process_id("stubborn")
    await asyncio.sleep(1)
    supervisor.stopping.set()
    await running
    assert not is_alive(process)
    assert "did not stop within 0.5 s" in capfd.readouterr().out


def start_supervised(environment) -> tuple["subprocess.Popen[str]", int]:
    supervised = subprocess.Popen(
        [sys.executable, "-m", f"{HERE}.supervised"],
        cwd=PROJECT_FOLDER,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "steady is running" in supervised.stdout.readline()
    children = Path(f"/proc/{supervised.pid}/task/{supervised.pid}/children").read_text()
    return supervised, int(re.findall(r"\d+", children)[0])


def test_no_program_outlives_a_supervisor_that_was_killed(environment):
    supervised, child = start_supervised(environment)
    with supervised:
        supervised.kill()
    until_gone = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < until_gone:
        time.sleep(0.05)
    assert not is_alive(child)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_in_order(environment, kind):
    supervised, child = start_supervised(environment)
    with supervised:
        supervised.send_signal(kind)
        said = supervised.stdout.read()
    assert supervised.returncode == 0
    assert "stopped in order" in said
    assert not is_alive(child)


async def test_the_first_program_has_a_head_start(environment, monkeypatch):
    monkeypatch.setattr(module, "HEAD_START_SECONDS", 60)
    supervisor = Supervisor([STEADY, Program("other", f"{HERE}.steady")], environment)
    running = asyncio.create_task(supervisor.run())
    await until(lambda: supervisor.process_id("steady"))
    await asyncio.sleep(0.3)
    assert supervisor.process_id("other") is None
    supervisor.first_is_up.set()
    await until(lambda: supervisor.process_id("other"))
    supervisor.stopping.set()
    assert await running == 0
