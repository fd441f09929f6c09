"""A task in words: clock, facts, papers, history, and the forms an officer fills in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.cases.data_reads import Purpose
from app.cases.outputs import OutputCorrection, OutputField, output_fields
from app.cases.portal import CITY_TIME, Portal
from app.cases.reviewing import TaskView
from app.cases.step_papers import Paper
from app.caseworkers.clock_words import clock, colour, left, moment_words, too_early
from app.caseworkers.suggesting import suggestions
from app.errors import PortalError
from app.forms.divisions import CITY, name_of
from app.vocabulary.case_states import STEP_WORDS, StepState, TaskKind
from app.vocabulary.public_service import PublicService
from app.wording import Words

FREE_POINTS: Final = 2
HOW: Final[Mapping[str, Words]] = {
    "shared": Words("由共享数据核对，不用提交", "Checked from shared data"),
    "produced": Words("由同一件事里的部门出具", "Made by a department in the same case"),
    "file": Words("已上传", "Uploaded"),
    "deferred": Words("容缺后补", "To follow later"),
    "commitment": Words("书面承诺", "Promised in writing"),
    "optional": Words("没有提交（不是必须的）", "Not given (it is optional)"),
    "none": Words("没有提交", "Not given"),
}
HAPPENED: Final[Mapping[str, Words]] = {
    "case-submitted": Words("申请人提交", "Submitted"),
    "case-closed": Words("整件事办结", "The whole case ended"),
    "planned": Words("列入办理计划", "Planned"),
    "opened": Words("转给部门系统", "Passed to the department's system"),
    "opened-at-desk": Words("转到窗口审核", "Passed to the desk"),
    "accepted": Words("已受理", "Accepted"),
    "completed": Words("部门办好", "Done by the department"),
    "refused": Words("部门不予办理", "Refused by the department"),
    "unavailable": Words("部门系统暂时不通", "The department's system did not answer"),
    "gave-up": Words("多次没有送到，转人工处理", "Could not be delivered, a person takes over"),
    "supplement-asked": Words("要求补正", "Asked to mend"),
    "supplement-answered": Words("申请人补正", "Mended by the applicant"),
    "supplement-lapsed": Words("补正期满没有回复", "Not mended in time"),
    "tried-again": Words("重新送部门", "Sent to the department again"),
    "granted": Words("准予办理", "Granted"),
    "denied": Words("不予办理", "Refused"),
    "blocked": Words("因前面的事项没有办成而停止", "Stopped: an earlier item was not done"),
    "withdrawn": Words("申请人撤回", "Withdrawn"),
    "deadline-near": Words("临近承诺期限", "The promised day is near"),
    "deadline-passed": Words("超过承诺期限", "The promised day has passed"),
    "late-message": Words("部门迟到的消息", "A late message of the department"),
    "grant-kept": Words("待遇核对后照旧发放", "A grant was checked and goes on"),
    "grant-reckoned": Words("待遇重新核定", "What was granted was reckoned again"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a list."""

    value: str
    label: Words
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer had typed when a form could not be taken, and why."""

    values: Mapping[str, str] = field(default_factory=dict)
    ticked: Sequence[str] = ()
    corrections: tuple[OutputCorrection, ...] = ()
    refusal: PortalError | None = None


def task_words(portal: Portal, view: TaskView, purpose: Purpose, typed: Typed) -> Mapping[str, Any]:
    """Everything the page of one task says."""
    service = view.service
    today = portal.today()
    suggested = suggestions(portal, view)
    can_act = view.is_mine and view.step_state in {StepState.AT_DESK, StepState.STUCK}
    return {
        "id": str(view.id),
        "href": f"/desk/tasks/{view.id}",
        "number": view.case_number,
        "fence": view.fence,
        "event": view.life_event,
        "service": service.title,
        "child": None if view.subject is None else view.subject + 1,
        "state": STEP_WORDS[view.step_state],
        "is_stuck": view.kind is TaskKind.UNBLOCK,
        "can_act": can_act,
        "can_take": view.holder == "nobody",
        "is_mine": view.is_mine,
        "holder": view.holder,
        "until": _until(view),
        "accepted": view.accepted,
        "about": _about(view),
        "clock": clock(view, today, running=_is_running(view)),
        "left": left(view, today) if _is_running(view) else None,
        "clock_colour": colour(view, today),
        "too_early": too_early(view, today),
        "facts": None if view.facts is None else [_fact(fact) for fact in view.facts],
        "is_masked": purpose != "reveal" and any(fact.sensitive for fact in view.facts or ()),
        "evidence": [
            {
                "title": given.title,
                "how": HOW.get(given.how, Words(given.how, given.how)),
                "due": given.due,
                "papers": [_paper(view, paper) for paper in given.papers],
            }
            for given in view.evidence
        ],
        "rounds": [_round(view, asked) for asked in view.supplements],
        "history": [
            {
                "title": HAPPENED.get(line.kind, Words(line.kind, line.kind)),
                "when": moment_words(line.at),
                "by": _actor(line.actor),
            }
            for line in view.history
        ],
        "outcome": _outcome(service, view.outcome),
        "checklist": [Option(str(number), point) for number, point in enumerate(service.checklist)],
        "output": [
            _output_field(one, typed.values or suggested)
            | {"error": _error(typed.corrections, one.name)}
            for one in output_fields(service.produces.fields)
        ],
        "is_suggested": bool(suggested) and not typed.values,
        "supplement_reasons": [
            {"id": reason.id, "text": reason.text, "rule": _rule(reason.rule)}
            for reason in service.supplement_reasons
        ],
        "free_points": list(range(1, FREE_POINTS + 1)),
        "evidence_types": [
            Option("", Words("不针对某份材料", "No paper in particular")),
            *(Option(kind.id, kind.title) for kind in service.evidence),
        ],
        "needs_reason": view.round > 0,
        "refusal_reasons": [
            Option(reason.id, reason.text, _rule(reason.rule)) for reason in service.refusal_reasons
        ],
        "rules": [f"{rule.title.zh}{rule.reference}" for rule in service.rules],
        "open_act": _open_act(typed) or _first_act(view),
        "typed": typed.values,
        "ticked": typed.ticked,
        "errors": _errors(service, typed),
        "refusal": typed.refusal,
    }


def _errors(service: PublicService[Any, Any], typed: Typed) -> list[Mapping[str, Any]]:
    kinds = {one.name: one.kind for one in output_fields(service.produces.fields)}
    return [
        {"href": _input(kinds, correction), "message": correction.message}
        for correction in typed.corrections
    ]


def _input(kinds: Mapping[str, str], correction: OutputCorrection) -> str:
    """The input to mend; of a date the year, and "check" is the list of checks."""
    kind = kinds.get(correction.name)
    if kind is None:
        return f"#{correction.name}"
    return f"#out-{correction.name}{'-year' if kind in {'date', 'datetime'} else ''}"


def _open_act(typed: Typed) -> str:
    """The form that was sent and not taken, so that it stands open."""
    if "reason" in typed.values:
        return "refuse"
    if "own-1" in typed.values:
        return "supplement"
    return "grant" if any(name.startswith("out-") for name in typed.values) else ""


def _first_act(view: TaskView) -> str:
    """What is usually done next."""
    if view.kind is TaskKind.UNBLOCK:
        return "retry"
    return "grant" if view.accepted else "accept"


def _is_running(view: TaskView) -> bool:
    """Whether the promised time still runs."""
    return view.holder != "done" and view.paused_at is None


def _about(view: TaskView) -> list[Mapping[str, Any]]:
    place = (name_of(view.county) if view.county else None) or CITY
    return [
        {"key": Words("申请人", "Applicant"), "value": view.applicant_hint},
        {"key": Words("一件事", "Life event"), "value": view.life_event},
        {"key": Words("辖区", "Area"), "value": place},
        {"key": Words("提交时间", "Submitted"), "value": moment_words(view.submitted_at)},
    ]


def _fact(fact: Any) -> Mapping[str, Any]:
    """A fact; where a register says something else, that stands beside it."""
    other = fact.registered
    differs = other and Words(f"登记为：{other.zh}", f"The register says: {other.en}")
    return {"key": fact.title, "value": fact.value, "differs": differs}


def _paper(view: TaskView, paper: Paper) -> Mapping[str, Any]:
    return {
        "href": f"/desk/tasks/{view.id}/papers/{paper.id}",
        "name": paper.name,
        "size": paper.size,
    }


def _round(view: TaskView, asked: Any) -> Mapping[str, Any]:
    states = {
        "open": Words("等申请人补正", "Waiting for the applicant"),
        "answered": Words("已补正", "Mended"),
        "lapsed": Words("期满没有回复", "Not mended in time"),
    }
    return {
        "number": asked.round + 1,
        "state": states.get(asked.state, Words(asked.state, asked.state)),
        "due_on": asked.due_on,
        "reason": asked.reason,
        "points": [
            {
                "text": point.text,
                "answer": point.answer,
                "papers": [_paper(view, paper) for paper in point.papers],
            }
            for point in asked.points
        ],
    }


def _error(corrections: Sequence[OutputCorrection], name: str) -> Words | None:
    return next((wrong.message for wrong in corrections if wrong.name == name), None)


def _output_field(one: OutputField, values: Mapping[str, str]) -> dict[str, Any]:
    parts = ("year", "month", "day", "hour", "minute")
    name = f"out-{one.name}"
    value: Any = values.get(name, "")
    if one.kind in {"date", "datetime"}:
        value = {part: values.get(f"{name}-{part}", "") for part in parts}
    return {
        "id": name,
        "name": name,
        "title": one.title,
        "kind": one.kind,
        "optional": one.optional,
        "options": [Option(value, Words(value, value)) for value in one.options],
        "value": value,
    }


def _outcome(service: PublicService[Any, Any], outcome: Mapping[str, Any]) -> list[Any] | None:
    """The result of a decided step, without what is sensitive."""
    if "reason" in outcome:
        return [
            {"key": Words("理由", "Reason"), "value": outcome["reason"]},
            {"key": Words("依据", "Rule"), "value": outcome.get("rule", "")},
        ]
    output = outcome.get("output")
    if not output:
        return None
    return [
        {"key": one.title, "value": str(output[one.name])}
        for one in output_fields(service.produces.fields)
        if output.get(one.name) not in {None, ""} and not one.sensitive
    ]


def _rule(rule: Any) -> Words | None:
    return (
        None
        if rule is None
        else Words(
            f"依据：{rule.title.zh}{rule.reference}", f"Rule: {rule.title.en} {rule.reference}"
        )
    )


def _until(view: TaskView) -> str:
    if view.claimed_until is None:
        return ""
    return f"{view.claimed_until.astimezone(CITY_TIME):%H:%M}"


def _actor(actor: str) -> Words:
    kind, _, _name = actor.partition(":")
    return {
        "resident": Words("申请人", "Applicant"),
        "officer": Words("经办人员", "Officer"),
        "department": Words("部门系统", "Department's system"),
        "app": Words("合作应用", "Partner app"),
    }.get(kind, Words("平台", "Portal"))
