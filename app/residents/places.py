"""Where the parts of a draft are filled in, and what they are called there."""

from app.cases.drafts import LoadedDraft
from app.cases.form_state import FilledPage
from app.wording import Words
from app.workflow.evidence import NeededPaper


def is_asked_for(paper: NeededPaper, draft: LoadedDraft) -> bool:
    """Whether the person can do something about a paper: nobody else supplies it."""
    return paper.supply in {"upload", "awaited"} or paper.id in draft.evidence


def page_title(page: FilledPage) -> Words:
    """The page's title; with the item it is about where there are several."""
    place = page.place
    each = place.page.each
    if each is None or place.item is None or each.how_many(place.answers) == 1:
        return place.page.title
    item = each.label.filled(n=place.item + 1)
    title = place.page.title
    return Words(f"{title.zh}（{item.zh}）", f"{title.en} ({item.en})")


def page_address(here: str, page: FilledPage) -> str:
    """Where a page of questions is filled in."""
    place = page.place
    item = "" if place.item is None else f"/{place.item + 1}"
    return f"{here}/pages/{place.page.id}{item}"
