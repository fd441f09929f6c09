"""The table of transitions: nothing goes backwards, nobody waits for what can never come."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.vocabulary.case_states import CaseState, Happening, StepState
from app.workflow.transitions import (
    TRANSITIONS,
    Change,
    StepNow,
    case_state,
    change,
    next_state,
    settle,
    withdraw,
)

S, H = StepState, Happening


def step(key: str, state: StepState, *requires: str, channel: str = "system") -> StepNow:
    return StepNow(key, state, channel, requires)


def after(steps: Sequence[StepNow], changes: Sequence[Change]) -> list[StepNow]:
    moved = {one.key: one.after for one in changes}
    return [
        StepNow(s.key, moved.get(s.key, s.state), s.channel, s.requires, s.reached) for s in steps
    ]


def test_a_result_opens_what_waited_for_it_alone() -> None:
    steps = [
        step("certificate", S.READY),
        step("household", S.WAITING, "certificate", channel="desk"),
        step("card", S.WAITING, "household"),
        step("both", S.WAITING, "certificate", "card"),
    ]
    changes = change(steps, "certificate", H.COMPLETED)
    assert [(c.key, c.after) for c in changes] == [
        ("certificate", S.DONE),
        ("household", S.AT_DESK),
    ]


def test_a_refusal_makes_everything_behind_it_impossible() -> None:
    steps = [
        step("certificate", S.WITH_DEPARTMENT),
        step("household", S.WAITING, "certificate"),
        step("card", S.WAITING, "household"),
        step("guidance", S.READY),
    ]
    changes = change(steps, "certificate", H.REFUSED)
    assert {c.key: c.after for c in changes} == {
        "certificate": S.REFUSED,
        "household": S.NOT_POSSIBLE,
        "card": S.NOT_POSSIBLE,
    }


def test_an_answer_to_a_supplement_goes_back_to_whoever_asked() -> None:
    desk = step("household", S.SUPPLEMENT, channel="desk")
    system = step("card", S.SUPPLEMENT)
    assert next_state(desk, H.SUPPLEMENT_ANSWERED) is S.AT_DESK
    assert next_state(system, H.SUPPLEMENT_ANSWERED) is S.READY
    assert next_state(desk, H.SUPPLEMENT_LAPSED) is S.AT_DESK


def test_withdrawing_leaves_what_a_department_already_has() -> None:
    steps = [
        step("done", S.DONE),
        step("theirs", S.WITH_DEPARTMENT),
        StepNow("called", S.READY, "system", (), reached=True),
        step("not-sent", S.READY),
        step("desk", S.AT_DESK, channel="desk"),
        step("later", S.WAITING, "theirs"),
    ]
    changes = {c.key: c.after for c in withdraw(steps)}
    assert changes == {"not-sent": S.WITHDRAWN, "desk": S.WITHDRAWN, "later": S.WITHDRAWN}
    assert case_state(s.state for s in after(steps, withdraw(steps))) is CaseState.RUNNING


def test_the_state_of_a_case_follows_from_its_steps() -> None:
    assert case_state([S.DONE, S.DONE]) is CaseState.COMPLETED
    assert case_state([S.DONE, S.REFUSED]) is CaseState.PARTLY
    assert case_state([S.REFUSED, S.NOT_POSSIBLE]) is CaseState.REFUSED
    assert case_state([S.WITHDRAWN, S.NOT_POSSIBLE]) is CaseState.WITHDRAWN
    assert case_state([S.DONE, S.READY]) is CaseState.RUNNING


def test_no_final_state_is_ever_left() -> None:
    assert not [move for move in TRANSITIONS if move[0].is_final]
    for state in S:
        if state.is_final:
            for happening in H:
                assert next_state(step("any", state), happening) is None


@st.composite
def plans(draw: st.DrawFn) -> list[StepNow]:
    """Plans of up to eight steps that may wait for any earlier ones."""
    size = draw(st.integers(1, 8))
    steps = [
        StepNow(
            str(number),
            S.WAITING,
            draw(st.sampled_from(["system", "desk"])),
            tuple(draw(st.sets(st.sampled_from([str(n) for n in range(number)]), max_size=3)))
            if number
            else (),
        )
        for number in range(size)
    ]
    return after(steps, settle({s.key: s for s in steps}))


@given(plans(), st.lists(st.tuples(st.integers(0, 7), st.sampled_from(list(H))), max_size=40))
def test_whatever_happens_every_step_is_somebodys(
    steps: list[StepNow], happenings: list[tuple[int, Happening]]
) -> None:
    for number, happening in happenings:
        before = {s.key: s.state for s in steps}
        key = str(number % len(steps))
        steps = after(steps, change(steps, key, happening))
        by_key = {s.key: s for s in steps}
        for one in steps:
            if before[one.key].is_final:
                assert one.state is before[one.key]
            needed = [by_key[name].state for name in one.requires]
            if one.state is S.WAITING:
                assert any(not state.is_final for state in needed)
            if one.state in {S.READY, S.AT_DESK, S.DONE, S.WITH_DEPARTMENT}:
                assert all(state is S.DONE for state in needed)


@given(plans())
def test_a_plan_whose_steps_all_succeed_completes(steps: list[StepNow]) -> None:
    for _ in range(len(steps) * 2):
        for one in steps:
            if one.state is S.READY:
                steps = after(steps, change(steps, one.key, H.COMPLETED))
            elif one.state is S.AT_DESK:
                steps = after(steps, change(steps, one.key, H.GRANTED))
    assert case_state(s.state for s in steps) is CaseState.COMPLETED
