"""Finds values of a parameter of which nobody could say which is in force."""

from collections.abc import Iterator

from app.vocabulary.requirement import Amount, Parameter
from app.workflow.soundness import id_faults


def parameter_faults(parameter: Parameter) -> Iterator[str]:
    """What is wrong with a dated parameter, one sentence each.

    A later line goes before an earlier one that has no end; two that begin on one day, or a line
    that begins before the end that the other names, contradict each other.
    """
    where = f"parameter {parameter.id!r}"
    yield from id_faults(parameter.id, "parameter")
    if not parameter.amounts:
        yield f"{where}: has no line; one with the value None says that it was not found"
    earlier: dict[str, Amount] = {}
    for amount in sorted(parameter.amounts, key=lambda one: (one.area, one.from_day)):
        if amount.to_day is not None and amount.to_day < amount.from_day:
            yield f"{where}: the line of {amount.from_day} ends before it begins"
        before = earlier.get(amount.area)
        if before is not None and before.from_day == amount.from_day:
            yield f"{where}: two lines for {amount.area} begin on {amount.from_day}"
        elif before is not None and before.to_day and before.to_day >= amount.from_day:
            yield (
                f"{where}: the line of {before.from_day} for {amount.area} ends on "
                f"{before.to_day}, when that of {amount.from_day} has begun"
            )
        earlier[amount.area] = amount
