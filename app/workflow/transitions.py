"""The one table of transitions of a step, and what one change means for the steps behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.vocabulary.case_states import CaseState, Happening, StepState

S, H = StepState, Happening

_OPEN_TO_ANSWERS = (S.READY, S.WITH_DEPARTMENT, S.STUCK)

# What may happen in which state, and where it leads. Nothing that is not here can happen.
TRANSITIONS: Mapping[tuple[StepState, Happening], StepState] = {
    (S.WAITING, H.OPENED): S.READY,
    (S.WAITING, H.OPENED_AT_DESK): S.AT_DESK,
    (S.WAITING, H.BLOCKED): S.NOT_POSSIBLE,
    (S.WAITING, H.SPARED): S.NOT_NEEDED,
    (S.READY, H.UNAVAILABLE): S.READY,
    (S.READY, H.ACCEPTED): S.WITH_DEPARTMENT,
    (S.READY, H.GAVE_UP): S.STUCK,
    (S.WITH_DEPARTMENT, H.GAVE_UP): S.STUCK,
    **{(state, H.COMPLETED): S.DONE for state in _OPEN_TO_ANSWERS},
    **{(state, H.REFUSED): S.REFUSED for state in _OPEN_TO_ANSWERS},
    **{(state, H.SUPPLEMENT_ASKED): S.SUPPLEMENT for state in (*_OPEN_TO_ANSWERS, S.AT_DESK)},
    (S.STUCK, H.TRIED_AGAIN): S.READY,
    (S.STUCK, H.GRANTED): S.DONE,
    (S.STUCK, H.DENIED): S.REFUSED,
    (S.AT_DESK, H.GRANTED): S.DONE,
    (S.AT_DESK, H.DENIED): S.REFUSED,
    **{
        (state, H.WITHDRAWN): S.WITHDRAWN
        for state in (S.WAITING, S.READY, S.AT_DESK, S.SUPPLEMENT, S.STUCK)
    },
}

# These follow from the results of other steps; nobody can bring them about.
_SET_OFF = frozenset({H.PLANNED, H.OPENED, H.OPENED_AT_DESK, H.BLOCKED, H.SPARED})

_ENDED_BADLY = frozenset({S.REFUSED, S.NOT_POSSIBLE, S.WITHDRAWN})

# After an answer to a supplement a step goes back to whoever asked.
_BACK_TO: Mapping[str, StepState] = {"desk": S.AT_DESK, "system": S.READY}


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as the rules see it. `requires` holds the keys of steps that must be done first.

    `reached`: its department may know of it already, because it was called. `unless` are steps that
    make it needless once done; `held` waits for the barrier of its round.
    """

    key: str
    state: StepState
    channel: str
    requires: tuple[str, ...] = ()
    reached: bool = False
    unless: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One step moved: from where, to where, by what."""

    key: str
    before: StepState
    after: StepState
    happening: Happening


def next_state(step: StepNow, happening: Happening) -> StepState | None:
    """Where `happening` leads, or None where it cannot happen in this state."""
    if step.state is S.SUPPLEMENT and happening in {H.SUPPLEMENT_ANSWERED, H.SUPPLEMENT_LAPSED}:
        return _BACK_TO[step.channel]
    return TRANSITIONS.get((step.state, happening))


def change(steps: Sequence[StepNow], key: str, happening: Happening) -> tuple[Change, ...]:
    """What happens when `happening` meets the step `key`: its own move, then those it sets off.

    A step that is done opens the steps that waited for it alone; one that ends otherwise makes
    those that need it impossible, and so on. Empty where the move is not in the table.
    """
    by_key = {step.key: step for step in steps}
    moved = next_state(by_key[key], happening)
    if moved is None or happening in _SET_OFF:
        return ()
    changes = [Change(key, by_key[key].state, moved, happening)]
    by_key[key] = replace(by_key[key], state=moved)
    return (*changes, *settle(by_key))


def withdraw(steps: Sequence[StepNow]) -> tuple[Change, ...]:
    """Withdraw whatever has not reached a department; what has, runs to its end."""
    by_key = {step.key: step for step in steps}
    changes = []
    for step in steps:
        moved = next_state(step, H.WITHDRAWN)
        under_way = step.state is S.READY and step.reached
        if moved is not None and not under_way:
            changes.append(Change(step.key, step.state, moved, H.WITHDRAWN))
            by_key[step.key] = replace(step, state=moved)
    return (*changes, *settle(by_key))


def settle(by_key: dict[str, StepNow]) -> tuple[Change, ...]:
    """Open every waiting step whose requirements are done; block those that can never be.

    What needs something that is not needed any more is not needed either.
    """
    changes: list[Change] = []
    unsettled = True
    while unsettled:
        unsettled = False
        for step in list(by_key.values()):
            happening = _wakes(step, by_key)
            if happening is None:
                continue
            after = TRANSITIONS[step.state, happening]
            changes.append(Change(step.key, step.state, after, happening))
            by_key[step.key] = replace(step, state=after)
            unsettled = True
    return tuple(changes)


def _wakes(step: StepNow, by_key: Mapping[str, StepNow]) -> Happening | None:
    if step.state is not S.WAITING:
        return None
    needed = {by_key[key].state for key in step.requires}
    sparing = {by_key[key].state for key in step.unless}
    if needed & _ENDED_BADLY:
        return H.BLOCKED
    if S.NOT_NEEDED in needed or S.DONE in sparing:
        return H.SPARED
    if step.held or not all(state.is_final for state in sparing) or needed - {S.DONE}:
        return None
    return H.OPENED_AT_DESK if step.channel == "desk" else H.OPENED


def case_state(states: Iterable[StepState]) -> CaseState:
    """The state of the whole case from those of its steps; partly done is a normal end.

    What is not needed any more does not count.
    """
    ended = [state for state in states if state is not S.NOT_NEEDED]
    if not all(state.is_final for state in ended):
        return CaseState.RUNNING
    done = sum(state is S.DONE for state in ended)
    if done == len(ended):
        return CaseState.COMPLETED
    if done:
        return CaseState.PARTLY
    if any(state is S.REFUSED for state in ended):
        return CaseState.REFUSED
    return CaseState.WITHDRAWN
