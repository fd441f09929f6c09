"""What a newer edition of a life event changed for an app's draft, as the interface tells it."""

from collections.abc import Iterator, Sequence

from app.cases.form_changes import FormChange, form_changes
from app.cases.form_state import FormState
from app.catalogue import Catalogue
from app.errors import Conflict
from app.partner_api.problems import Fault
from app.partner_api.schemas import ChangedPart, InBoth
from app.wording import Words

TEXTS = {
    "new": Words("“{title}”是新增的。", "“{title}” is new."),
    "changed": Words("“{title}”有变化。", "“{title}” has changed."),
    "moved": Words("“{title}”移到了另一页。", "“{title}” has moved to another page."),
    "page": Words(
        "“{title}”这一页的说明或核对规则有变化。", "The page “{title}” or its rules have changed."
    ),
    "dropped": Words("“{title}”的回答不再适用，已去掉。", "The answer to “{title}” was removed."),
    "dropped-unknown": Words("有一项回答不再需要，已去掉。", "An answer was removed."),
    "register": Words("新增查询“{title}”。", "The register “{title}” may be asked now."),
    "paper": Words("材料“{title}”是新增的，或有变化。", "The paper “{title}” is new or changed."),
    "service": Words("新增办理“{title}”。", "The service “{title}” was added."),
    "ended": Words("不再办理“{title}”。", "The service “{title}” was taken out."),
}


class FormChanged(Conflict):
    """The form has changed, and nobody has looked at what changed; `faults` say where."""

    code = "form-changed"
    todo = Words(
        "请让居民打开 url 再看一遍有变化的地方，然后再提交；GET /api/v1/cases/{number} 列出变化。",
        "Ask the resident to look at what changed on the page under `url`, then submit again; "
        "GET /api/v1/cases/{number} lists it.",
    )

    def __init__(self, parts: Sequence[ChangedPart]) -> None:
        super().__init__(
            Words(
                f"表单有更新，有 {len(parts)} 处变化，还没有提交。",
                f"The form has changed in {len(parts)} places; nothing was submitted.",
            )
        )
        self.faults = tuple(
            Fault(pointer=part.pointer, detail=part.detail.zh, detail_en=part.detail.en)
            for part in parts
        )


def changed_parts(catalogue: Catalogue, state: FormState) -> list[ChangedPart]:
    """Everything that is otherwise for this draft, one thing each."""
    return [part for change in form_changes(catalogue, state) for part in _parts(change)]


def _parts(change: FormChange) -> Iterator[ChangedPart]:
    match change.kind:
        case "page" if change.parts:
            for how, question, label in change.parts:
                yield _part(change, _at(change, question), how, label)
        case "page" if change.page is not None:
            first = change.page.place.page.questions[0].id
            yield _part(change, _at(change, first), "page", change.about)
        case "situation":
            yield _part(change, f"/answers/{change.id}", "changed", change.about)
        case "dropped":
            text = "dropped" if change.about.zh else "dropped-unknown"
            yield _part(change, _at(change, change.id), "dropped", change.about, text)
        case "register":
            yield _part(change, f"/registers/{change.id}", "register", change.about)
        case "paper":
            yield _part(change, f"/evidence/{change.id}", "paper", change.about)
        case _:
            yield _part(change, f"/services/{change.id}", change.kind, change.about)


def _at(change: FormChange, question: str) -> str:
    place = change.page.place if change.page else None
    item = f"/{place.group}/{place.item}" if place and place.group else ""
    return f"/answers{item}/{question}"


def _part(change: FormChange, pointer: str, kind: str, title: Words, text: str = "") -> ChangedPart:
    words = TEXTS[text or kind]
    told = Words(words.zh.format(title=title.zh), words.en.format(title=title.en))
    return ChangedPart(pointer=pointer, kind=kind, detail=InBoth.of(told), unseen=change.is_unseen)
