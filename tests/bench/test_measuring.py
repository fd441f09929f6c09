"""The bench's own arithmetic: medians, refusals to judge, and what a process costs."""

import os

import pytest

from tests.bench.load import Run
from tests.bench.machine import Spent, private_mib, spent, tree
from tests.bench.measuring import Measured, Sample, against_floor, percentile, written


def measured(*pairs: tuple[float, float], foreign: float = 0.0) -> Measured:
    """Repeats of a second each, from operations and CPU milliseconds per operation."""
    return Measured(
        tuple(
            Sample(round(rate), 1.0, Spent(rate * cpu / 1000, 0, 0, rate * cpu / 1000 + foreign, 1))
            for rate, cpu in pairs
        )
    )


STEADY = measured((1000, 1.0), (1010, 1.0), (990, 1.0))


def test_the_smaller_of_both_ratios_is_judged_on_a_quiet_machine() -> None:
    line = against_floor("x", measured((400, 3.0), (410, 3.0), (390, 3.0)), STEADY, 0.35)
    assert line.ratio == pytest.approx(1 / 3)
    assert line.met is False
    assert "NOT MET" in written([line])


def test_while_others_work_the_clock_is_not_believed() -> None:
    ours = measured((100, 2.0), (100, 2.0), (100, 2.0), foreign=1.5)
    line = against_floor("x", ours, STEADY, 0.35)
    assert line.ratio == pytest.approx(0.5)
    assert line.met is True
    assert "others were busy" in line.note


def test_an_unsteady_floor_is_not_reported() -> None:
    wild = measured((1000, 1.0), (1000, 1.5), (1000, 1.0))
    line = against_floor("x", STEADY, wild, 0.35)
    assert line.ratio is None
    assert line.met is None
    assert "not reported" in line.verdict


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_one_of_the_values(share: float, value: int) -> None:
    assert percentile(range(1, 101), share) == value


def test_our_own_cpu_is_seen() -> None:
    before = spent([], os.getpid())
    sum(number * number for number in range(1_000_000))
    used = spent([], os.getpid()).since(before)
    assert 0 < used.own <= used.at + 0.1
    assert os.getpid() in tree(os.getpid())
    assert private_mib(os.getpid()) > 1


def test_requests_are_sent_once_or_again_and_again() -> None:
    once = Run([b"a", b"b"], repeat=False, most=0, seconds=60)
    assert [once.next(), once.next(), once.next()] == [b"a", b"b", None]
    again = Run([b"a", b"b"], repeat=True, most=3, seconds=60)
    assert [again.next() for _ in range(4)] == [b"a", b"b", b"a", None]
    assert Run([b"a"], repeat=True, most=0, seconds=-1).next() is None
