"""The pure rules: what judging a draft and making its plan cost."""

import time
from collections.abc import Callable
from statistics import median

from app.cases.form_state import form_state
from app.workflow.plan import plan
from tests.bench.material import STEPS, complete_draft, declared_state, sign_in
from tests.bench.measuring import REPEATS, Line
from tests.bench.stage import Stage

TIMES = 200


async def rules(stage: Stage) -> list[Line]:
    """Milliseconds of CPU for a birth of twelve steps."""
    draft = await complete_draft(stage, await sign_in(stage))
    case = declared_state(draft).case
    planned = plan(draft.life_event, case, "331002", stage.settings.channel_override)
    assert len(planned) == STEPS, [step.key for step in planned]
    figures = {
        "the plan": lambda: plan(draft.life_event, case, "331002", stage.settings.channel_override),
        "how far the draft is": lambda: form_state(draft),
    }
    told = ", ".join(f"{name} {_milliseconds(act):.2f} ms" for name, act in figures.items())
    return [Line("pure rules of a birth", told)]


def _milliseconds(act: Callable[[], object]) -> float:
    took = []
    for _ in range(REPEATS):
        started = time.process_time()
        for _ in range(TIMES):
            act()
        took.append((time.process_time() - started) * 1000 / TIMES)
    return median(took)
