"""States of cases, steps and tasks, with the words people see and the published status codes."""

from enum import StrEnum

from app.wording import Words


class CaseState(StrEnum):
    """Where one application stands."""

    DRAFT = "draft"
    RUNNING = "running"
    COMPLETED = "completed"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        """Nothing more will happen."""
        return self not in {CaseState.DRAFT, CaseState.RUNNING}


class StepState(StrEnum):
    """Where one service inside a case stands."""

    WAITING = "waiting"
    READY = "ready"
    WITH_DEPARTMENT = "with-department"
    AT_DESK = "at-desk"
    SUPPLEMENT = "supplement"
    STUCK = "stuck"
    DONE = "done"
    REFUSED = "refused"
    NOT_POSSIBLE = "not-possible"
    NOT_NEEDED = "not-needed"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        """Nothing more will happen to this step."""
        return self in FINAL_STEP_STATES


FINAL_STEP_STATES = frozenset(
    {
        StepState.DONE,
        StepState.REFUSED,
        StepState.NOT_POSSIBLE,
        StepState.NOT_NEEDED,
        StepState.WITHDRAWN,
    }
)


class Happening(StrEnum):
    """What can happen to a step; each is one kind of line in the timeline."""

    PLANNED = "planned"
    OPENED = "opened"
    OPENED_AT_DESK = "opened-at-desk"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    GAVE_UP = "gave-up"
    SUPPLEMENT_ASKED = "supplement-asked"
    SUPPLEMENT_ANSWERED = "supplement-answered"
    SUPPLEMENT_LAPSED = "supplement-lapsed"
    TRIED_AGAIN = "tried-again"
    GRANTED = "granted"
    DENIED = "denied"
    BLOCKED = "blocked"
    SPARED = "spared"
    WITHDRAWN = "withdrawn"


class CaseHappening(StrEnum):
    """What can happen to a case as a whole."""

    SUBMITTED = "case-submitted"
    WITHDRAWAL_ASKED = "case-withdrawal-asked"
    CLOSED = "case-closed"
    ALLOTTED = "round-allotted"
    CLAIMED = "task-claimed"
    RELEASED = "task-released"
    DEADLINE_NEAR = "deadline-near"
    DEADLINE_PASSED = "deadline-passed"
    LATE_MESSAGE = "late-message"
    GRANT_RECKONED = "grant-reckoned"
    GRANT_KEPT = "grant-kept"


class TaskKind(StrEnum):
    """Why a person is asked to do something."""

    DECIDE = "decide"
    UNBLOCK = "unblock"


class TaskState(StrEnum):
    """Where a person's task stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    PAUSED = "paused"
    DONE = "done"


CASE_WORDS: dict[CaseState, Words] = {
    CaseState.DRAFT: Words("尚未提交", "Not submitted yet"),
    CaseState.RUNNING: Words("办理中", "In progress"),
    CaseState.COMPLETED: Words("全部办结", "All done"),
    CaseState.PARTLY: Words("部分办结", "Partly done"),
    CaseState.REFUSED: Words("未办成", "Not granted"),
    CaseState.WITHDRAWN: Words("已撤回", "Withdrawn"),
}

STEP_WORDS: dict[StepState, Words] = {
    StepState.WAITING: Words("尚未开始", "Not started yet"),
    StepState.READY: Words("正在送达部门", "On its way to the department"),
    StepState.WITH_DEPARTMENT: Words("部门办理中", "With the department"),
    StepState.AT_DESK: Words("工作人员审核中", "Being reviewed"),
    StepState.SUPPLEMENT: Words("等您补正", "Waiting for you"),
    StepState.STUCK: Words("工作人员正在联系部门", "Staff are contacting the department"),
    StepState.DONE: Words("已办好", "Done"),
    StepState.REFUSED: Words("不予办理", "Refused"),
    StepState.NOT_POSSIBLE: Words("无法办理", "Cannot be done"),
    StepState.NOT_NEEDED: Words("不用再办", "No longer needed"),
    StepState.WITHDRAWN: Words("已撤回", "Withdrawn"),
}

# A step whose time no limit counts: an assessment, a notice (特别程序).
EXCLUDED_WORDS = Words("特别程序中，不计时", "In a special procedure, not counted")
EXCLUDED_CODE = 41

# Status codes of the published stage chain (收件、受理、补正、审查、办结、不予、撤回).
STATUS_CODES: dict[StepState, int] = {
    StepState.WAITING: 20,
    StepState.READY: 20,
    StepState.WITH_DEPARTMENT: 30,
    StepState.AT_DESK: 40,
    StepState.SUPPLEMENT: 21,
    StepState.STUCK: 41,
    StepState.DONE: 50,
    StepState.REFUSED: 51,
    StepState.NOT_POSSIBLE: 71,
    StepState.NOT_NEEDED: 71,
    StepState.WITHDRAWN: 70,
}
