"""A submitted case as its page tells it: what is done, what waits for whom, until when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.cases.case_store import Progress, StepView
from app.cases.data_reads import purpose_words
from app.cases.portal import CITY_TIME, Portal
from app.cases.titles import life_event_title
from app.catalogue import Catalogue
from app.residents.facts import field_lines
from app.residents.grants_view import GrantLine, grant_lines
from app.residents.when import short_day, short_moment
from app.vocabulary.case_states import CASE_WORDS, CaseState, Happening, StepState
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import PublicService
from app.wording import Words
from app.workflow.deadlines import last_day_of

S = StepState
LOOKS: Mapping[StepState, str] = {
    S.WAITING: "waiting",
    S.READY: "now",
    S.WITH_DEPARTMENT: "now",
    S.AT_DESK: "now",
    S.STUCK: "now",
    S.SUPPLEMENT: "act",
    S.DONE: "done",
    S.REFUSED: "failed",
    S.NOT_POSSIBLE: "failed",
    S.NOT_NEEDED: "waiting",
    S.WITHDRAWN: "failed",
}
SUBMITTED = Words("提交申请", "Submitted")
RECEIVED = Words("已收到您的申请。", "We have received your application.")
SENDING = Words(
    "正在送到部门，不用您操作。", "On its way to the department; nothing for you to do."
)
NO_REPLY = Words(
    "部门系统暂时没有回应，我们会自动再送，不用您重新提交。",
    "The department's system does not answer yet; we send it again by ourselves.",
)
IN_HAND = Words("部门已经受理，正在办理。", "The department has it and is working on it.")
AT_DESK = Words("工作人员正在审核。", "An officer is reviewing it.")
ACCEPTED = Words(
    "工作人员已于 {at}受理，正在审核。", "An officer accepted it on {at} and is reviewing it."
)
STUCK = Words(
    "送到部门时遇到问题，工作人员正在处理，不用您操作。",
    "There was a problem reaching the department; staff are on it, nothing for you to do.",
)
YOUR_TURN = Words("需要您补正后才能继续。", "It goes on once you have mended it.")
PAUSED = Words("等您补正期间，不计入办理时限", "the days until you answer are not counted")
AFTER = Words("“{title}”办好后自动开始，您不用操作。", "Starts by itself after “{title}”.")
ALL_AT_ONCE = Words(
    "报名截止、各项核验都有结果后统一分配，早报晚报都一样。您不用操作。",
    "Given to all at once when sign-up has closed and all is checked; being early is no advantage.",
)
DONE = Words("已经办好。", "Done.")
REFUSED = Words("没有办成，请看原因和可以怎么办。", "Refused; see why and what you can do.")
IMPOSSIBLE = Words("它要等的事项没有办成，所以这一项不能办。", "What it waits for was not granted.")
NOT_NEEDED = Words("因为别的事项办好了，这一项不用再办。", "Another step made it needless.")
WITHDRAWN = Words("已按您的要求撤回。", "Withdrawn as you asked.")
EXPECTED = Words("办理中，预计 {day}办好", "In progress, expected by {day}")
BY_THE_HOUR = Words("最晚 {at}前办好", "By {at} at the latest")
NOT_STARTED = Words("尚未开始", "Not started yet")
OVERDUE = Words(
    "已超过承诺的 {day}，我们很抱歉。{name}电话：{phone}。",
    "Past the promised {day}; we are sorry. {name}: telephone {phone}.",
)
SEE_RESULT = Words("查看结果", "See the result")
SEE_REASON = Words("查看原因和救济办法", "See why, and how to object")
MEND_NOW = Words("现在补正（{day}前）", "Mend it now (by {day})")


@dataclass(frozen=True, slots=True)
class EnteredRound:
    """The round of a case: its page, and each entry's number with what became of it."""

    href: str
    title: Words
    closes: Words
    entries: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Everything the page shows. `act` holds what the person must do now."""

    title: Words
    headline: Words
    current: tuple[Words, ...]
    act: tuple[Mapping[str, Any], ...]
    steps: tuple[Mapping[str, Any], ...]
    reads: tuple[Mapping[str, Any], ...]
    in_charge: tuple[Mapping[str, Any], ...]
    done: int
    total: int
    may_be_withdrawn: bool
    last_change: datetime
    grants: tuple[GrantLine, ...]
    entered: EnteredRound | None = None


def progress_view(
    portal: Portal, case: Progress, entered: EnteredRound | None = None
) -> ProgressView:
    """The page of a case, as on today, in the words of the edition it was submitted under.

    `entered` is the round that it waits for or waited for.
    """
    catalogue, today = portal.catalogue, portal.today()
    event = catalogue.in_words_of(case.life_event, case.definition)
    titles = {step.key: step_title(catalogue, event, case, step) for step in case.steps}
    running = [step for step in case.steps if LOOKS[step.state] in {"now", "act"}]
    return ProgressView(
        title=life_event_title(portal, case.life_event, case.definition),
        headline=_headline(catalogue, case, titles, today),
        current=tuple(titles[step.key] for step in running),
        act=_acts(catalogue, case, titles),
        steps=(
            _submitted(case),
            *(
                {**_line(catalogue, case, s, titles, today), **_held(entered, s)}
                for s in case.steps
            ),
        ),
        entered=entered,
        reads=tuple(_read(catalogue, line) for line in case.reads),
        in_charge=_in_charge(catalogue, running, titles),
        done=case.done,
        total=case.total,
        may_be_withdrawn=case.state is CaseState.RUNNING and not case.withdrawal_asked,
        last_change=case.timeline[-1].at if case.timeline else case.submitted_at,
        grants=grant_lines(catalogue, case.grants),
    )


def step_title(
    catalogue: Catalogue, event: LifeEvent | None, case: Progress, step: StepView
) -> Words:
    """The title of the service, with the item it is about where there are several."""
    title = catalogue.services[step.service_id].title
    siblings = [other for other in case.steps if other.service_id == step.service_id]
    declared = None if event is None else event.step_of(step.service_id)
    each = None if declared is None else declared.each
    if step.subject is None or len(siblings) == 1 or each is None:
        return title
    item = each.label.filled(n=step.subject + 1)
    return Words(f"{title.zh}（{item.zh}）", f"{title.en} ({item.en})")


def _headline(
    catalogue: Catalogue, case: Progress, titles: Mapping[str, Words], today: date
) -> Words:
    total, done = case.total, case.done
    if case.state is not CaseState.RUNNING:
        state = CASE_WORDS[case.state]
        return Words(
            f"{state.zh}：{total} 件事办好了 {done} 件",
            f"{state.en}: {done} of {total} things done",
        )
    head = Words(f"{total} 件事中已办好 {done} 件", f"{done} of {total} things done")
    if case.promised_on is None:
        return head
    day = short_day(case.promised_on)
    if case.promised_on < today:
        return Words(f"{head.zh}，已超过预计的 {day.zh}", f"{head.en}, later than {day.en}")
    told = Words(f"{head.zh}，预计 {day.zh}全部办结", f"{head.en}, all expected by {day.en}")
    open_end = [
        titles[step.key]
        for step in case.steps
        if not step.state.is_final and is_open_end(catalogue.services[step.service_id])
    ]
    if not open_end:
        return told
    zh = "、".join(f"“{title.zh}”" for title in open_end)
    en = ", ".join(title.en for title in open_end)
    return Words(f"{told.zh}；{zh}所需时间另算", f"{told.en}, not counting the time of: {en}")


def is_open_end(service: PublicService[Any, Any]) -> bool:
    """Whether its time does not count and nobody knows it beforehand."""
    return service.excluded is not None and service.not_before is None


def _not_counted(service: PublicService[Any, Any], step: StepView) -> Words | None:
    """That a special procedure's time does not count, why, and how long it lasts if known."""
    if service.excluded is None:
        return None
    rule = service.excluded.rule
    why = Words(
        f"{service.excluded.why.zh}（依据：{rule.title.zh}{rule.reference}）",
        f"{service.excluded.why.en} (rule: {rule.title.en} {rule.reference})",
    )
    if service.not_before is None or step.opened_at is None:
        return why
    last = short_day(last_day_of(service.not_before, city_day(step.opened_at)))
    what = service.not_before.what
    return Words(f"{what.zh}到 {last.zh}为止。{why.zh}", f"{what.en} until {last.en}. {why.en}")


def _submitted(case: Progress) -> Mapping[str, Any]:
    return {
        "title": SUBMITTED,
        "state": "done",
        "when": short_moment(case.submitted_at),
        "text": RECEIVED,
    }


def _line(
    catalogue: Catalogue,
    case: Progress,
    step: StepView,
    titles: Mapping[str, Words],
    today: date,
) -> Mapping[str, Any]:
    service = catalogue.services[step.service_id]
    line: dict[str, Any] = {
        "title": titles[step.key],
        "state": LOOKS[step.state],
        "when": _when(step),
        "by": None if step.state is S.WAITING else service.authority.name,
        "text": _text(case, step, titles),
    }
    late = step.promised_on is not None and step.promised_on < today
    if step.promised_at is not None:
        late = step.promised_at < datetime.now(CITY_TIME)
    if late and LOOKS[step.state] == "now" and step.promised_on is not None:
        day = short_day(step.promised_on)
        authority = service.authority
        line["text"] = Words(
            OVERDUE.zh.format(day=day.zh, name=authority.name.zh, phone=authority.phone),
            OVERDUE.en.format(day=day.en, name=authority.name.en, phone=authority.phone),
        )
    elif LOOKS[step.state] == "now":
        line["paused"] = _not_counted(service, step)
    if step.state is S.DONE:
        line["text"] = _done(service, step)
    if step.state is S.SUPPLEMENT:
        line["paused"] = PAUSED
        line |= _mend(case, step)
    if step.state in {S.DONE, S.REFUSED, S.NOT_POSSIBLE}:
        line["href"] = f"/cases/{case.number}/results/{step.key}"
        line["action"] = SEE_RESULT if step.state is S.DONE else SEE_REASON
    return line


def _held(entered: EnteredRound | None, step: StepView) -> Mapping[str, Any]:
    """What is said of a step that waits for its round, in place of the usual words."""
    if entered is None or not step.held or step.state is not S.WAITING:
        return {}
    return {"text": ALL_AT_ONCE, "when": entered.closes}


def _done(service: PublicService[Any, Any], step: StepView) -> Words:
    """That it is done, and what of the result matters at once."""
    output = step.outcome.get("output", {})
    shown = {name: output.get(name) for name in service.produces.at_a_glance}
    zh, en = DONE.zh, DONE.en
    for title, value in field_lines(service.produces.fields, shown):
        zh += f"{title.zh}：{value.zh}。"
        en += f" {title.en}: {value.en}."
    return Words(zh, en)


def _when(step: StepView) -> Words:
    if step.ended_at is not None:
        return short_moment(step.ended_at)
    if step.state is S.WAITING:
        return NOT_STARTED
    if step.promised_on is None or step.state is S.SUPPLEMENT:
        return short_moment(step.paused_at or step.opened_at) if step.opened_at else NOT_STARTED
    if step.promised_at is not None:
        at = short_moment(step.promised_at)
        return Words(BY_THE_HOUR.zh.format(at=at.zh), BY_THE_HOUR.en.format(at=at.en))
    day = short_day(step.promised_on)
    return Words(EXPECTED.zh.format(day=day.zh), EXPECTED.en.format(day=day.en))


def _text(case: Progress, step: StepView, titles: Mapping[str, Words]) -> Words:
    if step.state is S.WAITING:
        needed = [titles[key] for key in step.requires if key in titles]
        open_ones = [
            titles[key]
            for key in step.requires
            if key in titles and not case.step(key).state.is_final
        ]
        title = (open_ones or needed or [SUBMITTED])[0]
        return Words(AFTER.zh.format(title=title.zh), AFTER.en.format(title=title.en))
    if step.state is S.READY:
        last = case.last_entry(step.key)
        waits = last is not None and last.kind == Happening.UNAVAILABLE
        return NO_REPLY if waits else SENDING
    if step.state is S.WITH_DEPARTMENT and step.reference:
        number = step.reference
        return Words(f"{IN_HAND.zh}受理号 {number}。", f"{IN_HAND.en} Its number: {number}.")
    if step.state is S.AT_DESK:
        for entry in reversed(case.timeline):
            if entry.step_key == step.key and entry.kind == Happening.ACCEPTED:
                at = short_moment(entry.at)
                return Words(ACCEPTED.zh.format(at=at.zh), ACCEPTED.en.format(at=at.en))
    return _TEXTS[step.state]


_TEXTS: Mapping[StepState, Words] = {
    S.WITH_DEPARTMENT: IN_HAND,
    S.AT_DESK: AT_DESK,
    S.STUCK: STUCK,
    S.SUPPLEMENT: YOUR_TURN,
    S.DONE: DONE,
    S.REFUSED: REFUSED,
    S.NOT_POSSIBLE: IMPOSSIBLE,
    S.NOT_NEEDED: NOT_NEEDED,
    S.WITHDRAWN: WITHDRAWN,
}


def _mend(case: Progress, step: StepView) -> Mapping[str, Any]:
    for asked in case.supplements:
        if asked.step_key == step.key:
            day = short_day(asked.due_on)
            return {
                "href": f"/cases/{case.number}/supplements/{asked.id}",
                "action": Words(MEND_NOW.zh.format(day=day.zh), MEND_NOW.en.format(day=day.en)),
            }
    return {}


def _acts(
    catalogue: Catalogue, case: Progress, titles: Mapping[str, Words]
) -> tuple[Mapping[str, Any], ...]:
    """One red box for each request that waits for the person."""
    found = []
    for asked in case.supplements:
        title = titles[asked.step_key]
        by = catalogue.services[case.step(asked.step_key).service_id].authority.name
        found.append(
            {
                "title": Words(f"{title.zh}：需要您补正", f"{title.en}: please mend something"),
                "by": by,
                **_mend(case, case.step(asked.step_key)),
            }
        )
    return tuple(found)


def _in_charge(
    catalogue: Catalogue, running: list[StepView], titles: Mapping[str, Words]
) -> tuple[Mapping[str, Any], ...]:
    """Who is at work now, on what, until when, and their telephone."""
    rows: dict[str, dict[str, Any]] = {}
    for step in running:
        authority = catalogue.services[step.service_id].authority
        row = rows.setdefault(
            authority.id, {"name": authority.name, "phone": authority.phone, "titles": []}
        )
        row["titles"].append(titles[step.key])
    return tuple(rows.values())


def _read(catalogue: Catalogue, line: Any) -> Mapping[str, Any]:
    # Any: a line of case_store.reads.
    authority = catalogue.authorities.get(line.authority_id)
    return {
        "by": authority.name if authority else Words(line.authority_id, line.authority_id),
        "purpose": purpose_words(catalogue, line.purpose),
        "at": short_moment(line.at),
    }


def city_day(moment: datetime) -> date:
    """The day of a moment on the clock of the city."""
    return moment.astimezone(CITY_TIME).date()
