"""What processes cost, read from /proc: CPU seconds of trees, the whole machine, private memory."""

import os
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
CORES = len(os.sched_getaffinity(0))
MIB = 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds so far: of the app's processes, of PostgreSQL, of us, of everybody; and when."""

    app: float
    database: float
    own: float
    everybody: float
    at: float

    @property
    def foreign(self) -> float:
        """Of a difference of two readings: the share of all cores that others used meanwhile."""
        others = self.everybody - self.app - self.database - self.own
        return max(0.0, others / (self.at * CORES))

    def as_app(self) -> "Spent":
        """The same where this process did the app's work itself."""
        return Spent(self.own, self.database, 0.0, self.everybody, self.at)

    def since(self, before: "Spent") -> "Spent":
        """What was spent between two readings."""
        return Spent(
            self.app - before.app,
            self.database - before.database,
            self.own - before.own,
            self.everybody - before.everybody,
            self.at - before.at,
        )


def spent(app: Iterable[int], postmaster: int, helpers: Iterable[int] = ()) -> Spent:
    """CPU seconds used so far; `app` are the ids of the app's first processes, `helpers` ours."""
    parents = _parents()
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(
        app=sum(_cpu_seconds(process) for first in app for process in tree(first, parents)),
        database=sum(_cpu_seconds(process) for process in tree(postmaster, parents)),
        own=own.ru_utime
        + own.ru_stime
        + ended.ru_utime
        + ended.ru_stime
        + sum(_cpu_seconds(helper) for helper in helpers),
        everybody=_machine_seconds(),
        at=time.perf_counter(),
    )


def tree(first: int, parents: dict[int, int] | None = None) -> list[int]:
    """A process and all that descend from it."""
    known = parents or _parents()
    found = [first]
    for process in found:
        found += [child for child, parent in known.items() if parent == process]
    return found


def private_mib(process: int) -> float:
    """Memory of a process that it shares with nobody, in MiB."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    kib = sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_"))
    return kib / MIB


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields:
                found[int(entry.name)] = int(fields[1])
    return found


def _stat(process: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on; empty where the process is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_seconds(process: int) -> float:
    """User and system time of a process and of its children that have ended."""
    fields = _stat(process)
    return sum(int(field) for field in fields[11:15]) / TICKS_PER_SECOND if fields else 0.0


def _machine_seconds() -> float:
    """Busy time of all cores."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = (
        int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND
