"""The task list of a draft: what is filled, what is next; and the answers given before it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from app.cases import drafting
from app.cases.drafts import LoadedDraft
from app.cases.form_state import CHANGED, FilledPage, FormState, form_state
from app.cases.portal import ThePortal
from app.database import Transaction
from app.forms.asking import FOR_WHOM
from app.forms.reading import pruned
from app.identity.principals import SignedInResident
from app.integration.file_storage import FileStore
from app.pages import view_of
from app.residents import guidance
from app.residents.at_hand import OpenDraft, unsent
from app.residents.controls import summary
from app.residents.news_lines import news_of
from app.residents.places import is_asked_for, page_address, page_title
from app.residents.showing import ASKED, SentForm, see, show, text_of, texts
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.editions import question_mark
from app.workflow.eligibility import next_guidance_question, outcome
from app.workflow.evidence import NeededPaper

router = APIRouter(prefix="/drafts/{number}", include_in_schema=False)

GROUPS = {
    "check": Words("先核对我们已有的信息", "Check what we already know"),
    "fill": Words("补充需要您填写的", "Fill in what only you know"),
    "papers": Words("上传材料", "Papers"),
    "send": Words("确认并提交", "Check and submit"),
}
NUMBERS = "一二三四"
SITUATION = Words("您的情况", "Your situation")
USE_OF_DATA = Words("同意使用哪些数据", "Which data we may use")
KNOWN_FACTS = Words("部门带出的信息", "What departments know")
CHECK = Words("提交前请核对", "Check before you submit")
OPEN = frozenset({"todo", "doing", "problem", CHANGED})
FROM_REGISTERS = Words("已由部门共享数据带出", "Taken from departments' data")
ALL_FIRST = Words("前面都完成后可以核对", "When all of the above is done")
ASKING = Words("正在查询，可以先做别的", "Being looked up; do something else first")
LATER_WORDS = Words("以后补交", "To follow later")
PROMISED = Words("已作书面承诺", "A written promise given")
OPTIONAL_PAPER = Words("有就上传，没有也可以提交", "Upload it if you have it")
MAY_FOLLOW = Words("可以先提交，以后补交", "May follow after you submit")
ASKED_OF_REGISTER = Words(
    "正在向部门查询，查到就不用上传", "If the department has it, no upload needed"
)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list. `state`: done, doing, asking, todo, blocked, problem, changed.

    What is `optional` is never what to do next, and counts only once it is done.
    """

    title: Words
    state: str
    href: str
    hint: Words | None = None
    why: Words | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Hub:
    """Everything the list shows; `next` is what the main button leads to."""

    groups: tuple[tuple[str, Words, tuple[Task, ...]], ...]
    done: int
    total: int
    minutes: int
    next: Task
    is_ready: bool


@router.get("")
async def show_hub(
    request: Request, visit: SignedInResident, draft: OpenDraft, portal: ThePortal
) -> Response:
    """The list."""
    state = form_state(draft)
    return show(
        request,
        visit,
        "hub.html",
        draft=draft,
        event=draft.life_event,
        hub=hub(state),
        reached=outcome(draft.life_event, draft.answers),
        news=news_of(portal, state),
        unsent=unsent(draft),
    )


@router.get("/delete")
async def ask_delete(request: Request, visit: SignedInResident, draft: OpenDraft) -> Response:
    """Make sure."""
    return show(request, visit, "delete.html", draft=draft, unsent=unsent(draft))


@router.post("/delete")
async def delete(draft: OpenDraft, portal: ThePortal, session: Transaction) -> Response:
    """Delete the draft, then its papers."""
    blobs = await drafting.delete_draft(session, draft)
    store = FileStore.of(portal.settings)

    async def remove_papers() -> None:
        for blob in blobs:
            await store.remove(blob)

    response = see("/")
    response.background = BackgroundTask(remove_papers)
    return response


@router.get("/situation")
async def situation(request: Request, visit: SignedInResident, draft: OpenDraft) -> Response:
    """The answers given before the form."""
    event = draft.life_event
    return show(
        request,
        visit,
        "situation.html",
        draft=draft,
        event=event,
        answered=guidance.asked_before(event, draft.answers, view_of(request).lang),
        whom=for_whom_words(event, draft.answers.text(FOR_WHOM)),
        reached=outcome(event, draft.answers),
        unseen=form_state(draft).unseen_guidance,
        back_to=back_to(request),
        unsent=unsent(draft),
    )


@router.get("/situation/{place}")
async def ask_situation(
    request: Request, place: int, visit: SignedInResident, draft: OpenDraft
) -> Response:
    """One of them again."""
    guidance.question_at(draft.life_event, place, draft.answers)
    return _situation_page(request, visit, draft, place)


@router.post("/situation/{place}")
async def change_situation(
    form: SentForm,
    request: Request,
    place: int,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep the changed answer; what no longer applies goes, what is new is asked next."""
    event = draft.life_event
    question = guidance.question_at(event, place, draft.answers)
    reading = guidance.read_one(question, texts(form), draft.answers)
    is_newer = text_of(form, ASKED) not in {"", question_mark(event, question.id)}
    if reading.corrections or is_newer:
        return _situation_page(request, visit, draft, place, reading, is_newer=is_newer)
    answers = pruned(event, reading.onto(draft.answers))
    await drafting.save_page(
        session, portal, draft, draft.revision, "", answers, "done", seen=question.id
    )
    following = next_guidance_question(event, answers)
    if following is None:
        return see(f"/drafts/{draft.number}/situation")
    return see(f"/drafts/{draft.number}/situation/{guidance.number_of(event, following)}")


def hub(state: FormState) -> Hub:
    """The list of a draft."""
    draft = state.draft
    here = f"/drafts/{draft.number}"
    check = _checking_tasks(state, here)
    fill = tuple(page_task(page, here) for page in state.pages)
    papers = tuple(
        paper_task(paper, draft, here) for paper in state.papers if is_asked_for(paper, draft)
    )
    send = Task(
        CHECK,
        "todo" if state.is_ready else "blocked",
        f"{here}/check",
        why=None if state.is_ready else ALL_FIRST,
    )
    before = (*check, *fill, *papers)
    counted = [task for task in before if not task.optional or task.state == "done"]
    done = sum(task.state == "done" for task in counted)
    open_tasks = [task for task in counted if task.state in OPEN]
    groups = (("check", check), ("fill", fill), ("papers", papers), ("send", (send,)))
    return Hub(
        groups=tuple(
            (name, _numbered(place, GROUPS[name]), tasks)
            for place, (name, tasks) in enumerate((one for one in groups if one[1]), start=1)
        ),
        done=done,
        total=len(counted),
        minutes=_minutes_left(state, papers),
        next=send if state.is_ready or not open_tasks else open_tasks[0],
        is_ready=state.is_ready,
    )


def _minutes_left(state: FormState, papers: tuple[Task, ...]) -> int:
    """The open part of the minutes that the introduction speaks of."""
    pages = [(page.place.page.minutes, page.state == "done") for page in state.pages]
    parts = pages + [(1, task.state == "done") for task in papers if task.state != "asking"]
    left = sum(minutes for minutes, is_done in parts if not is_done)
    whole = sum(minutes for minutes, _ in parts)
    return ceil(state.draft.life_event.minutes * left / whole) if whole else 0


def _numbered(place: int, title: Words) -> Words:
    return Words(f"{NUMBERS[place - 1]}、{title.zh}", f"{place}. {title.en}")


def page_task(page: FilledPage, here: str) -> Task:
    """One page of questions as a line."""
    place = page.place
    title = page_title(page)
    hint = FROM_REGISTERS if page.from_registers else None
    if hint is None and page.state != "done":
        labels = [question.label for question in place.questions][:3]
        hint = Words(
            "、".join(_short(label.zh) for label in labels),
            ", ".join(_short(label.en) for label in labels),
        )
    return Task(title, page.state, page_address(here, page), hint)


def paper_task(paper: NeededPaper, draft: LoadedDraft, here: str) -> Task:
    """One paper as a line."""
    how = draft.evidence.get(paper.id, {}).get("how")
    hints = {"deferred": LATER_WORDS, "commitment": PROMISED}
    hint: Words | None = hints.get(how or "")
    if how is None:
        hint = paper.evidence.why
        if paper.supply == "awaited":
            hint = ASKED_OF_REGISTER
        elif paper.optional:
            hint = OPTIONAL_PAPER
        elif paper.defer_until:
            hint = MAY_FOLLOW
    state = "asking" if paper.supply == "awaited" else "todo"
    href = f"{here}/papers/{paper.id}"
    return Task(paper.evidence.title, "done" if how else state, href, hint, optional=paper.optional)


def for_whom_words(event: LifeEvent, chosen: str) -> Words | None:
    """The words of the answer to "for whom", where it is not one of the guidance questions."""
    if any(question.id == FOR_WHOM for question in event.guidance):
        return None
    return next((label for value, label, _ in event.for_whom if value == chosen), None)


def back_to(request: Request) -> str:
    """`?back=check` where somebody came from the last page and wants to return there."""
    return "check" if request.query_params.get("back") == "check" else ""


def _checking_tasks(state: FormState, here: str) -> tuple[Task, ...]:
    draft = state.draft
    situation = "todo" if state.situation else CHANGED if state.unseen_guidance else "done"
    tasks = [Task(SITUATION, situation, f"{here}/situation")]
    asks = drafting.lookups(draft)
    if asks:
        answered = all(ask.register.id in draft.registers for ask in asks)
        tasks.append(Task(USE_OF_DATA, "done" if answered else "todo", f"{here}/consent"))
    told = [view for view in draft.registers.values() if view.state != "declined"]
    if told:
        unseen = any(view.state == "found" and view.verdict is None for view in told)
        facts = Task(KNOWN_FACTS, "todo" if unseen else "done", f"{here}/facts")
        if any(view.is_pending for view in told):
            facts = replace(facts, state="doing", hint=ASKING)
        tasks.append(facts)
    return tuple(tasks)


def _short(label: str) -> str:
    return label.rstrip("？?：: ")


def _situation_page(
    request: Request,
    visit: Any,
    draft: LoadedDraft,
    place: int,
    reading: Any = None,
    *,
    is_newer: bool = False,
) -> Response:
    # Any: a visit of a resident, a reading of one question.
    question = draft.life_event.guidance[place - 1]
    asked, corrections = guidance.as_control(draft.life_event, question, draft.answers, reading)
    return show(
        request,
        visit,
        "question.html",
        status=409 if is_newer else 422 if corrections else 200,
        event=draft.life_event,
        asked=asked,
        asked_as=question_mark(draft.life_event, question.id),
        is_newer_form=is_newer,
        error=asked.error,
        errors=summary(corrections),
        caption=SITUATION,
        back=f"/drafts/{draft.number}/situation",
        action=f"/drafts/{draft.number}/situation/{place}",
        unsent=unsent(draft),
    )


def open_tasks_of(groups: Iterable[tuple[str, Words, tuple[Task, ...]]]) -> tuple[Task, ...]:
    """What is left to do before submitting."""
    return tuple(
        task
        for name, _, tasks in groups
        if name != "send"
        for task in tasks
        if task.state != "done"
    )
