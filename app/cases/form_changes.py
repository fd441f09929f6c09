"""What newer editions changed for a draft, as its resident or an app has to know it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.cases.drafts import LoadedDraft
from app.cases.form_state import CHANGED, FilledPage, FormState
from app.catalogue import Catalogue
from app.forms.asking import FOR_WHOM, FOR_WHOM_LABEL
from app.wording import Words
from app.workflow.plan import planned_services

Kind = Literal["situation", "page", "register", "dropped", "paper", "service", "ended"]


@dataclass(frozen=True, slots=True)
class FormChange:
    """One thing that is otherwise. `is_unseen`: it has to be looked at before submitting.

    `about` is the title or label of what has the `id`; of a dropped answer it is empty where the
    words of its question are not known any more. `page` is where it is asked; `parts` say of the
    questions there which are "new", "changed" or "moved".
    """

    kind: Kind
    id: str
    about: Words
    is_unseen: bool = False
    page: FilledPage | None = None
    parts: tuple[tuple[str, str, Words], ...] = ()


def form_changes(catalogue: Catalogue, state: FormState) -> tuple[FormChange, ...]:
    """Everything that is otherwise for this draft and not settled yet, in the order of the form."""
    return (
        *_situation(state),
        *(page_change(state.draft, filled) for filled in state.pages if filled.state == CHANGED),
        *_registers(state),
        *_dropped(state),
        *_papers(state),
        *_services(catalogue, state),
    )


def _situation(state: FormState) -> Iterator[FormChange]:
    labels = {question.id: question.label for question in state.draft.life_event.guidance}
    for name in state.unseen_guidance:
        yield FormChange("situation", name, labels[name], is_unseen=True)


def page_change(draft: LoadedDraft, filled: FilledPage) -> FormChange:
    """What of a changed page is otherwise."""
    told = draft.news.questions
    parts = tuple(
        (told[question.id], question.id, question.label)
        for question in filled.place.questions
        if question.id in told
    )
    page = filled.place.page
    return FormChange("page", page.id, page.title, is_unseen=True, page=filled, parts=parts)


def _registers(state: FormState) -> Iterator[FormChange]:
    titles = {ask.register.id: ask.register.title for ask in state.draft.life_event.asks}
    for name in state.unseen_registers:
        yield FormChange("register", name, titles[name], is_unseen=True)


def _dropped(state: FormState) -> Iterator[FormChange]:
    """Answers that went, unless they were given anew since."""
    event = state.draft.life_event
    labels = {FOR_WHOM: FOR_WHOM_LABEL, **{one.id: one.label for one in event.questions}}
    before_the_form = {question.id for question in event.guidance}
    for name, known in state.draft.news.dropped.items():
        label = labels.get(name) or Words(known.get("zh", ""), known.get("en", ""))
        asked = [
            filled
            for filled in state.pages
            if any(question.id == name for question in filled.place.questions)
        ]
        is_open = [
            filled
            for filled in asked
            if filled.state == CHANGED or not filled.place.answers.has(name)
        ]
        if asked and not is_open:
            continue
        if name in before_the_form and name not in state.draft.news.guidance:
            continue
        yield FormChange("dropped", name, label, page=is_open[0] if is_open else None)


def _papers(state: FormState) -> Iterator[FormChange]:
    for paper in state.papers:
        if paper.id in state.draft.news.papers:
            yield FormChange("paper", paper.id, paper.evidence.title)


def _services(catalogue: Catalogue, state: FormState) -> Iterator[FormChange]:
    news = state.draft.news
    planned = planned_services(state.draft.life_event, state.case)
    for service in dict.fromkeys(step.service.id for step, _ in planned):
        if service in news.steps:
            yield FormChange("service", service, catalogue.services[service].title)
    for service in news.ended:
        known = catalogue.services.get(service)
        yield FormChange("ended", service, known.title if known else Words(service, service))
