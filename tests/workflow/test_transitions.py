"""The table of transitions: nothing goes backwards, nobody waits for what can never come."""

from collections.abc import Sequence
from dataclasses import replace

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
    return [replace(s, state=moved.get(s.key, s.state)) for s in steps]


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


def test_what_another_step_makes_needless_is_not_counted_against_the_case() -> None:
    delay = step("delay", S.AT_DESK, channel="desk")
    place = replace(step("place", S.WAITING), unless=("delay",))
    steps = [delay, place, step("notice", S.WAITING, "place")]
    assert settle({s.key: s for s in steps}) == ()
    granted = change(steps, "delay", H.GRANTED)
    assert {c.key: c.after for c in granted} == {
        "delay": S.DONE,
        "place": S.NOT_NEEDED,
        "notice": S.NOT_NEEDED,
    }
    assert case_state(s.state for s in after(steps, granted)) is CaseState.COMPLETED
    refused = change(steps, "delay", H.DENIED)
    assert {c.key: c.after for c in refused}["place"] is S.READY


def test_a_step_held_by_its_round_waits_even_when_everything_is_done() -> None:
    held = replace(step("place", S.WAITING, "sign-up"), held=True)
    signed = step("sign-up", S.READY)
    assert [c.key for c in change([signed, held], "sign-up", H.COMPLETED)] == ["sign-up"]
    done = replace(signed, state=S.DONE)
    opened = settle({s.key: s for s in (done, replace(held, held=False))})
    assert [(c.key, c.after) for c in opened] == [("place", S.READY)]
    refused = change([signed, held], "sign-up", H.REFUSED)
    assert {c.key: c.after for c in refused}["place"] is S.NOT_POSSIBLE


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
def plans(draw: st.DrawFn, *, sparing: bool = True) -> list[StepNow]:
    """Plans of up to eight steps that may wait for, or be made needless by, any earlier ones."""
    size = draw(st.integers(1, 8))
    earlier = [[str(n) for n in range(number)] for number in range(size)]
    some = [
        st.sets(st.sampled_from(names), max_size=3) if names else st.just(()) for names in earlier
    ]
    steps = [
        StepNow(
            str(number),
            S.WAITING,
            draw(st.sampled_from(["system", "desk"])),
            tuple(draw(some[number])),
            unless=tuple(draw(some[number])) if sparing and draw(st.booleans()) else (),
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
            sparing = [by_key[name].state for name in one.unless]
            if one.state is S.WAITING:
                assert any(not state.is_final for state in (*needed, *sparing))
            if one.state is S.NOT_NEEDED:
                assert S.NOT_NEEDED in needed or S.DONE in sparing
            if one.state in {S.READY, S.AT_DESK, S.DONE, S.WITH_DEPARTMENT}:
                assert all(state is S.DONE for state in needed)


@given(plans(sparing=False))
def test_a_plan_whose_steps_all_succeed_completes(steps: list[StepNow]) -> None:
    for _ in range(len(steps) * 2):
        for one in steps:
            if one.state is S.READY:
                steps = after(steps, change(steps, one.key, H.COMPLETED))
            elif one.state is S.AT_DESK:
                steps = after(steps, change(steps, one.key, H.GRANTED))
    assert case_state(s.state for s in steps) is CaseState.COMPLETED
