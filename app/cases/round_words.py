"""A round in words: which one it is, where it stands, when it opens and closes."""

from datetime import datetime

from app.cases.portal import Portal
from app.cases.rounds import Round, moment_words
from app.cases.titles import life_event_title
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

NOT_OPEN_YET = Words("还没有开始", "Not open yet")
OPEN = Words("正在报名", "Open")
CHECKING = Words("已截止，正在核验", "Closed, being checked")
ALLOTTED = Words("已分配，正在通知", "Allotted, being told")
GIVEN = Words("已公布", "Published")
SUPPLEMENTARY = Words("补录", "supplementary")


def kind_words(event: LifeEvent | None, kind: str) -> Words:
    """The answer that divides rounds, as people read it."""
    kinds = event.intake_kinds() if event else ()
    for option in kinds:
        if option.value == kind:
            return option.label
    return Words(kind, kind)


def round_title(portal: Portal, round_: Round) -> Words:
    """For example 椒江区 2027年 小学一年级."""
    place = round_.place
    kind = kind_words(portal.catalogue.life_events.get(round_.life_event), round_.kind)
    more = SUPPLEMENTARY if round_.wave > 1 else Words("", "")
    return Words(
        f"{place.zh}{round_.year}年{kind.zh}{more.zh}",
        " ".join(filter(None, (place.en, str(round_.year), kind.en, more.en))),
    )


def whole_title(portal: Portal, round_: Round) -> Words:
    """The title with the life event before it."""
    event, own = life_event_title(portal, round_.life_event), round_title(portal, round_)
    return Words(f"{event.zh}：{own.zh}", f"{event.en}: {own.en}")


def state_words(round_: Round, now: datetime) -> tuple[Words, str]:
    """Where it stands, and the colour of that (`components/status_tag.html`)."""
    if round_.state == "open" and now < round_.opens_at:
        return NOT_OPEN_YET, "grey"
    if round_.is_open(now):
        return OPEN, "green"
    if round_.state in {"open", "closed"}:
        return CHECKING, "blue"
    return (ALLOTTED, "blue") if round_.state == "allotted" else (GIVEN, "grey")


def window_words(round_: Round) -> Words:
    """From when to when, on the clock of the city."""
    opens, closes = moment_words(round_.opens_at), moment_words(round_.closes_at)
    return Words(f"{opens.zh}至{closes.zh}", f"{opens.en} to {closes.en}")


def history(round_: Round) -> list[dict[str, Words | str]]:
    """Who changed what and when, without who: a public account."""
    return [
        {
            "at": moment_words(datetime.fromisoformat(line["at"])).en,
            "what": Words(line["zh"], line["en"]),
        }
        for line in round_.history
    ]
