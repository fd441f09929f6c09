"""A whole city in processes of its own, to be killed, frozen and counted."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
from sqlalchemy import text

from app.cases import drafting
from app.cases.applying import submit
from app.cases.case_store import find_or_add_resident
from app.cases.drafts import load_draft
from app.cases.portal import Portal, open_portal
from app.cases.timeline import first_break
from app.database import Database, open_database
from app.forms.specimen import specimen
from app.settings import Settings, with_demo_keys
from app.vocabulary.case_file import Person

SECRET = "a secret of the tests that is long enough"
# A database of somebody else; and starting is slow where nothing compiled is kept.
_NOT_OURS = frozenset({"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"})
FINAL = frozenset({"done", "refused", "not-possible", "not-needed", "withdrawn"})
# Everything by the departments' systems, so that a case completes without an officer.
NO_DESKS = '{"register-newborn": "system", "claim-childcare-subsidy": "system"}'
# The birth with everything: twelve steps for one child.
EVERYTHING = {
    "certificate_issued": "no",
    "wanted": ["subsidy", "place"],
    "mother_insurance": "employee",
    "concern": "hearing",
    "referral_consent": True,
}


@dataclass
class City:
    """Web, workers and sandbox of one test on one database.

    Everything waits less than in life: the sweep, retries, leases and callbacks.
    """

    folder: Path
    database_url: str
    ports: tuple[int, int]
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chosen = {
            "DATABASE_URL": self.database_url,
            "PORTAL_VAR_FOLDER": str(self.folder),
            "PORTAL_SECRET_KEY": SECRET,
            "PORTAL_PORT": str(self.ports[0]),
            "PORTAL_SANDBOX_PORT": str(self.ports[1]),
            "PORTAL_DESK_SERVICES": NO_DESKS,
            "PORTAL_SANDBOX_SPEED": "20",
            "PORTAL_SWEEP_SECONDS": "0.5",
            "PORTAL_SWEEP_OVERDUE_SECONDS": "0.5",
            "PORTAL_CALL_DEADLINE_SECONDS": "1.5",
            "PORTAL_LEASE_MARGIN_SECONDS": "1.5",
            "PORTAL_CALLBACK_WAIT_SECONDS": "4",
            "PORTAL_RETRY_SECONDS": "[0.2,0.3,0.5,0.5,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
            "PORTAL_LONGEST_REST_SECONDS": "1",
            **self.environment,
        }
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PORTAL_") and name not in _NOT_OURS
        }
        self._environment = kept | chosen
        self.settings = with_demo_keys(
            Settings(
                database_url=self.database_url,
                var_folder=self.folder,
                secret_key=SECRET,
                port=self.ports[0],
                sandbox_port=self.ports[1],
                desk_services={"register-newborn": "system", "claim-childcare-subsidy": "system"},
            )
        )
        self.portal: Portal = open_portal(self.settings)
        self.database: Database = open_database(self.settings, "test")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        await self.database.close()

    def start(self, module: str) -> subprocess.Popen[bytes]:
        """Start `app.main`, `app.worker` or `app.sandbox`."""
        with (self.folder / f"{module}.log").open("ab") as lines:
            process = subprocess.Popen(
                [sys.executable, "-m", module],
                env=self._environment,
                stdout=lines,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def open(self, *more: str) -> None:
        """Start the departments, the web process and `more`; wait until both answer."""
        for module in ("app.sandbox", "app.main", *more):
            self.start(module)
        self.wait_for(f"{self.settings.sandbox_base_url}/health")
        self.wait_for(f"{self.settings.base_url}/health/live")

    def start_web(self) -> subprocess.Popen[bytes]:
        """Start the web process and wait until it answers."""
        process = self.start("app.main")
        self.wait_for(f"{self.settings.base_url}/health/live")
        return process

    def wait_for(self, url: str, seconds: float = 40) -> None:
        """Wait until something answers 200 there."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                if httpx.get(url, trust_env=False, timeout=2).is_success:
                    return
            time.sleep(0.05)
        raise AssertionError(f"nothing answers at {url}: {self.lines()[-3000:]}")

    def lines(self) -> str:
        """What the processes wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("app.*.log")))

    def fault(self, authority: str, **control: Any) -> None:
        """Set an authority's mode and faults in the sandbox."""
        url = f"{self.settings.sandbox_base_url}/control/authorities/{authority}"
        httpx.put(url, json=control, trust_env=False).raise_for_status()

    def fault_everywhere(self, *faults: dict[str, Any], **control: Any) -> None:
        """The same for every authority."""
        for authority in self.portal.catalogue.authorities:
            self.fault(authority, faults=list(faults), **control)

    def ledger(self) -> dict[str, Any]:
        """What the departments say that they were asked and did."""
        url = f"{self.settings.sandbox_base_url}/control/ledger"
        answer: dict[str, Any] = httpx.get(url, trust_env=False, timeout=20).json()
        return answer

    async def submit_births(self, count: int) -> list[str]:
        """Submit births of as many mothers; each in one transaction."""
        event = self.portal.catalogue.life_events["birth"]
        today = self.portal.today()
        answers = specimen(event, today, EVERYTHING)
        numbers = []
        for number in range(count):
            person = Person(f"林满{number}", f"TEST-{time.time_ns()}-{number}", "13800000001")
            async with self.database.transaction() as session:
                resident = await find_or_add_resident(session, self.portal, person)
                case = await drafting.start_draft(
                    session, self.portal, resident, "birth", answers.values, "mother"
                )
                draft = await load_draft(session, self.portal, case, resident)
                case_file = draft.case_file(today)
                numbers.append(await submit(session, self.portal, draft, case_file, 0))
        return numbers

    async def states(self) -> Counter[str]:
        """How many steps stand in which state."""
        async with self.database.transaction() as session:
            rows = await session.execute(
                text("SELECT state, count(*) AS number FROM steps GROUP BY state")
            )
            return Counter({row.state: row.number for row in rows})

    async def settle(self, seconds: float = 60) -> Counter[str]:
        """Wait until every step has ended; fails when that takes longer."""
        until = time.monotonic() + seconds
        states: Counter[str] = Counter()
        while time.monotonic() < until:
            with suppress(Exception):
                states = await self.states()
                if states and not set(states) - FINAL:
                    return states
            await asyncio.sleep(0.2)
        raise AssertionError(f"after {seconds} s: {dict(states)}\n{self.lines()[-4000:]}")

    async def check_invariants(self, cases: int) -> None:
        """Every acknowledged case is there once with all its steps; each effect happened once;
        every history is whole; the departments' ledger says the same as our tables.
        """
        async with self.database.transaction() as session:
            assert await session.scalar(text("SELECT count(*) FROM submissions")) == cases
            assert (
                await session.scalar(
                    text("SELECT count(*) FROM cases WHERE state NOT IN ('completed', 'partly')")
                )
                == 0
            )
            for case_id in await session.scalars(text("SELECT id FROM cases")):
                assert await first_break(session, case_id) is None
            moved_twice = await session.scalar(
                text(
                    "SELECT count(*) FROM (SELECT case_id, step_key FROM timeline"
                    " WHERE kind = 'completed' GROUP BY 1, 2 HAVING count(*) > 1) AS twice"
                )
            )
            assert moved_twice == 0
            done = {
                (row.number, row.key)
                for row in await session.execute(
                    text(
                        "SELECT cases.number, steps.key FROM steps"
                        " JOIN cases ON cases.id = steps.case_id WHERE steps.state = 'done'"
                    )
                )
            }
        ledger = self.ledger()
        assert ledger["effects_twice"] == []
        effects = {(one["case"], one["step"]): one["effects"] for one in ledger["steps"]}
        assert {step: effects.get(step) for step in done} == dict.fromkeys(done, 1)
        assert {step for step, count in effects.items() if count} == done


def two_free_ports() -> tuple[int, int]:
    """Two ports of this machine that nobody uses."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
