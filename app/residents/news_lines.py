"""What newer editions changed, in the words and with the links that a resident reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.cases.drafts import LoadedDraft
from app.cases.form_changes import FormChange, Kind, form_changes, page_change
from app.cases.form_state import CHANGED, FilledPage, FormState
from app.cases.portal import Portal
from app.residents.guidance import number_of
from app.residents.places import is_asked_for, page_address, page_title
from app.wording import Words

PARTS = {
    "new": Words("新增“{label}”", "“{label}” is new"),
    "changed": Words("“{label}”有变化", "“{label}” has changed"),
    "moved": Words("“{label}”移到了这一页", "“{label}” is asked here now"),
}
WHOLE_PAGE = Words("说明或核对规则有变化", "its text or its rules have changed")
PAGE = Words("{title}：{parts}", "{title}: {parts}")
SITUATION = Words("您的情况：“{title}”有变化", "Your situation: “{title}” has changed")
REGISTER = Words("新增查询“{title}”，请选择是否同意", "“{title}” may be asked now: do you agree?")
ANEW = Words(
    "“{title}”：以前的回答不适用了，已去掉，请重新填写",
    "“{title}”: your earlier answer does not fit any more and was removed; please answer again",
)
GONE = Words(
    "“{title}”：不再需要填写，以前的回答已去掉",
    "“{title}” is not asked any more; your earlier answer was removed",
)
GONE_UNKNOWN = Words(
    "有 {count} 项以前填的内容不再需要，已去掉",
    "{count} of your earlier answers are not needed any more and were removed",
)
PAPER = Words("材料“{title}”是新增的，或要求有变化", "The paper “{title}” is new or has changed")
SERVICE = Words("新增办理“{title}”", "“{title}” is part of it now")
ENDED = Words("不再一起办理“{title}”", "“{title}” is not part of it any more")


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line of the notice; `href` leads to where it is looked at, None where it is only told."""

    words: Words
    href: str | None = None
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """The notice: what has to be looked at again, and what is told beside it."""

    to_see: tuple[NewsLine, ...]
    told: tuple[NewsLine, ...]

    def __bool__(self) -> bool:
        return bool(self.to_see or self.told)


def news_of(portal: Portal, state: FormState) -> News:
    """The notice of a draft."""
    lines = tuple(_lines(state, form_changes(portal.catalogue, state)))
    return News(
        tuple(line for line in lines if line.is_unseen),
        tuple(line for line in lines if not line.is_unseen),
    )


def page_news(draft: LoadedDraft, filled: FilledPage) -> Words | None:
    """What changed of a page, while it has not been saved again."""
    return _parts(page_change(draft, filled)) if filled.state == CHANGED else None


def _lines(state: FormState, changes: Iterable[FormChange]) -> Iterator[NewsLine]:
    unknown = 0
    for change in changes:
        if change.kind == "dropped" and not change.about.zh:
            unknown += 1
        else:
            yield _line(state, change)
    if unknown:
        yield NewsLine(GONE_UNKNOWN.filled(count=unknown))


def _line(state: FormState, change: FormChange) -> NewsLine:
    here = f"/drafts/{state.draft.number}"
    words = _titled(_WORDS[change.kind], change.about)
    href = None
    match change.kind:
        case "page" if change.page is not None:
            title, parts = page_title(change.page), _parts(change)
            words = Words(
                PAGE.zh.format(title=title.zh, parts=parts.zh),
                PAGE.en.format(title=title.en, parts=parts.en),
            )
            href = page_address(here, change.page)
        case "situation":
            href = _situation_address(state, change.id)
        case "register":
            href = f"{here}/consent"
        case "paper":
            href = _paper_address(state, change.id)
        case "dropped":
            page = change.page
            href = page_address(here, page) if page else _situation_address(state, change.id)
            words = _titled(ANEW if href else GONE, change.about)
    return NewsLine(words, href, change.is_unseen)


_WORDS: Mapping[Kind, Words] = {
    "page": Words("{title}", "{title}"),
    "situation": SITUATION,
    "register": REGISTER,
    "dropped": GONE,
    "paper": PAPER,
    "service": SERVICE,
    "ended": ENDED,
}


def _situation_address(state: FormState, question_id: str) -> str | None:
    event = state.draft.life_event
    for question in event.guidance:
        if question.id == question_id:
            return f"/drafts/{state.draft.number}/situation/{number_of(event, question)}"
    return None


def _titled(words: Words, title: Words) -> Words:
    return Words(words.zh.format(title=title.zh), words.en.format(title=title.en))


def _parts(change: FormChange) -> Words:
    told = [(PARTS[how], label) for how, _, label in change.parts]
    if not told:
        return WHOLE_PAGE
    return Words(
        "，".join(words.zh.format(label=label.zh) for words, label in told),
        ", ".join(words.en.format(label=label.en) for words, label in told),
    )


def _paper_address(state: FormState, paper_id: str) -> str | None:
    for paper in state.papers:
        if paper.id == paper_id and is_asked_for(paper, state.draft):
            return f"/drafts/{state.draft.number}/papers/{paper_id}"
    return None
