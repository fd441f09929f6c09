"""Samples, their medians and ratios, and the lines that a run prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.machine import Spent

REPEATS = 3
LARGEST_SPREAD = 0.25
# Up to this share of the cores in others' hands, the wall clock can be believed.
QUIET = 0.13


@dataclass(frozen=True, slots=True)
class Sample:
    """One timed repeat: how many operations in how many seconds, and what they cost.

    `milliseconds` are the latencies in order of size; empty where only the total is known.
    """

    operations: int
    seconds: float
    spent: Spent
    milliseconds: tuple[float, ...] = ()

    @property
    def rate(self) -> float:
        """Operations per second."""
        return self.operations / self.seconds

    @property
    def cpu(self) -> float:
        """CPU milliseconds of app and database per operation."""
        return (self.spent.app + self.spent.database) * 1000 / self.operations

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that `share` of the operations stayed within."""
        return percentile(self.milliseconds, share)


@dataclass(frozen=True, slots=True)
class Measured:
    """The repeats of one thing."""

    samples: tuple[Sample, ...]

    @property
    def rate(self) -> float:
        """Median of operations per second."""
        return median(sample.rate for sample in self.samples)

    @property
    def cpu(self) -> float:
        """Median of CPU milliseconds per operation, app and database."""
        return median(sample.cpu for sample in self.samples)

    @property
    def app_cpu(self) -> float:
        """Median of CPU milliseconds per operation of the app alone."""
        return median(s.spent.app * 1000 / s.operations for s in self.samples)

    @property
    def foreign(self) -> float:
        """Median of the share of the cores that others used."""
        return median(sample.spent.foreign for sample in self.samples)

    def percentile(self, share: float) -> float:
        """Median of the repeats' percentiles, in milliseconds."""
        return median(sample.percentile(share) for sample in self.samples)

    @property
    def text(self) -> str:
        """Rate, latency and cost in one line."""
        latency = (
            f", p50 {self.percentile(0.5):.1f} p95 {self.percentile(0.95):.1f}"
            f" p99 {self.percentile(0.99):.1f} ms"
            if self.samples[0].milliseconds
            else ""
        )
        database = self.cpu - self.app_cpu
        return f"{self.rate:,.0f}/s{latency}, CPU {self.app_cpu:.2f}+{database:.2f} ms"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. `met` is None where there is no bar or no honest figure."""

    name: str
    ours: str
    floor: str = ""
    ratio: float | None = None
    bar: str = ""
    met: bool | None = None
    note: str = ""
    foreign: float | None = None

    @property
    def verdict(self) -> str:
        """The bar and whether it was met."""
        if not self.bar:
            return ""
        return f"{self.bar}: {'not reported' if self.met is None else _YES_NO[self.met]}"


_YES_NO = {True: "met", False: "NOT MET"}


def against_floor(name: str, ours: Measured, floor: Measured, bar: float) -> Line:
    """Compare what an operation costs in CPU and, on a quiet machine, how many there are a second.

    The smaller ratio is judged. Wall clock says nothing while others use the machine or the
    floor's own repeats lie apart; where its CPU does too, nothing is reported.
    """
    by_rate, by_cpu = ours.rate / floor.rate, floor.cpu / ours.cpu
    rates, costs = spread([s.rate for s in floor.samples]), spread([s.cpu for s in floor.samples])
    busy = max(ours.foreign, floor.foreign) > QUIET
    ratio: float | None = min(by_rate, by_cpu)
    note = f"by rate {by_rate:.2f}, by CPU {by_cpu:.2f}"
    if busy or rates > LARGEST_SPREAD:
        ratio = by_cpu
        why = "others were busy" if busy else f"the floor's rates spread {rates:.0%}"
        note = f"{note}; judged by CPU: {why}"
    if costs > LARGEST_SPREAD:
        ratio = None
        note = f"{note}; too unsteady to report: the floor's CPU spread {costs:.0%}"
    return Line(
        name,
        ours.text,
        floor.text,
        ratio,
        f">= {bar:.2f} of the floor",
        None if ratio is None else ratio >= bar,
        note,
        max(ours.foreign, floor.foreign),
    )


def at_most(name: str, value: float, bar: float, unit: str, note: str = "") -> Line:
    """A figure with an upper limit."""
    return Line(name, f"{value:,.2f} {unit}", bar=f"<= {bar:g} {unit}", met=value <= bar, note=note)


def at_least(name: str, value: float, bar: float, unit: str, note: str = "") -> Line:
    """A figure with a lower limit."""
    return Line(name, f"{value:,.0f} {unit}", bar=f">= {bar:g} {unit}", met=value >= bar, note=note)


def spread(values: Sequence[float]) -> float:
    """How far the repeats lie apart, as a share of their median."""
    return (max(values) - min(values)) / median(values)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the ordered values do not exceed."""
    return ordered[max(0, min(len(ordered) - 1, int(len(ordered) * share + 0.999999) - 1))]


def written(lines: Sequence[Line]) -> str:
    """The report as text, one block for each line."""
    return "\n".join(_block(line) for line in lines)


def _block(line: Line) -> str:
    ratio = "" if line.ratio is None else f"ratio {line.ratio:.2f}   "
    parts = [f"{line.name:<34} {ratio}{line.verdict}".rstrip(), f"    ours   {line.ours}"]
    if line.floor:
        parts.append(f"    floor  {line.floor}")
    others = "" if line.foreign is None else f"others used {line.foreign:.0%} of the cores"
    if note := "; ".join(part for part in (line.note, others) if part):
        parts.append(f"    {note}")
    return "\n".join(parts)
