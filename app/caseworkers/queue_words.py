"""A queue in words: rows, filters, links of its pages, numbers of the workbench."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from app.cases.desks import Desk
from app.cases.portal import CITY_TIME, Portal
from app.cases.queues import COUNTED_UP_TO, Counts, QueuePage, QueueRow, Wanted
from app.forms.divisions import name_of
from app.forms.moments import day_in_words
from app.pages.formats import say_plainly
from app.pages.viewing import Language
from app.vocabulary.case_states import TaskKind
from app.wording import Words

QUEUE: Final = "/desk/queue"

STANDINGS: Final = (
    ("", Words("全部", "All")),
    ("open", Words("未领取", "Free")),
    ("mine", Words("我的", "Mine")),
    ("waiting", Words("等申请人", "Waiting for the applicant")),
)
RISKS: Final = (
    ("", Words("全部", "All")),
    ("overdue", Words("已超期", "Overdue")),
    ("today", Words("今天到期", "Due today")),
    ("soon", Words("两个工作日内到期", "Due within two working days")),
)
ALL: Final = Words("全部", "All")
HOLDERS: Final[Mapping[str, Words]] = {
    "nobody": Words("未领取", "Free"),
    "me": Words("我", "Me"),
    "somebody": Words("同事", "A colleague"),
    "resident": Words("等申请人", "Applicant"),
}
COLOURS: Final = {"overdue": "red", "today": "orange", "soon": "yellow", "fine": "green"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of a filter."""

    value: str
    label: Words


def options(pairs: Any) -> tuple[Chosen, ...]:
    """Pairs of value and words as the options of a filter."""
    return tuple(Chosen(value, label) for value, label in pairs)


class FilterOptions(NamedTuple):
    """What each filter of a queue offers."""

    events: tuple[Chosen, ...]
    services: tuple[Chosen, ...]
    standings: tuple[Chosen, ...]
    risks: tuple[Chosen, ...]


def filter_options(portal: Portal, desk: Desk) -> FilterOptions:
    """What the filters of this desk offer: only its authority's services and their events."""
    services = sorted(portal.catalogue.services_of(desk.authority_id), key=lambda one: one.id)
    events = {
        event.id: event.title
        for service in services
        for event in portal.catalogue.events_with(service.id)
    }
    return FilterOptions(
        events=options([("", ALL), *events.items()]),
        services=options([("", ALL), *((one.id, one.title) for one in services)]),
        standings=options(STANDINGS),
        risks=options(RISKS),
    )


class RowWords(NamedTuple):
    """One row as it is shown, in the visitor's language: a page has fifty, so nothing is left to
    the template but to put it into its cells. `colour` is of the time left.
    """

    id: str
    number: str
    applicant: str
    event: str
    service: str
    colour: str
    left: str
    holder: str
    place: str
    can_take: bool


def row_words(row: QueueRow, lang: Language) -> RowWords:
    """One row in words, with the colour of its risk."""
    left, colour = _left(row)
    place = name_of(row.county) if row.county else None
    service = say_plainly(lang, row.service)
    if row.kind is TaskKind.UNBLOCK:
        service += say_plainly(lang, _STUCK)
    return RowWords(
        id=str(row.task_id),
        number=row.case_number,
        applicant=row.applicant_hint,
        event=say_plainly(lang, row.life_event),
        service=service,
        colour=colour,
        left=say_plainly(lang, left),
        holder=say_plainly(lang, HOLDERS[row.holder]),
        place=say_plainly(lang, place or _CITY),
        can_take=row.holder == "nobody",
    )


def queue_words(page: QueuePage, wanted: Wanted, lang: Language) -> Mapping[str, Any]:
    """A page of the queue with the links around it."""
    start = replace(wanted, after="", before="")
    return {
        "rows": [row_words(row, lang) for row in page.rows],
        "here": address(wanted),
        "sort_href": address(replace(start, newest_first=not wanted.newest_first)),
        "sort_order": "descending" if wanted.newest_first else "ascending",
        "previous_url": address(replace(start, before=page.previous)) if page.previous else None,
        "next_url": address(replace(start, after=page.next)) if page.next else None,
        "is_filtered": start != Wanted(newest_first=wanted.newest_first),
    }


def address(wanted: Wanted) -> str:
    """The address of a queue page; it holds all that was chosen and nothing about persons."""
    chosen = {
        "event": wanted.life_event,
        "service": wanted.service,
        "who": wanted.standing,
        "risk": wanted.risk,
        "number": wanted.number,
        "order": "latest" if wanted.newest_first else "",
        "after": wanted.after,
        "before": wanted.before,
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{QUEUE}?{query}" if query else QUEUE


def count_cards(counts: Counts) -> list[Mapping[str, Any]]:
    """The numbers of the workbench, each with the queue it counts."""
    cards = (
        (Words("已超期", "Overdue"), counts.overdue, Wanted(risk="overdue")),
        (Words("今天到期", "Due today"), counts.today, Wanted(risk="today")),
        (
            Words("两个工作日内到期", "Due within two working days"),
            counts.soon,
            Wanted(risk="soon"),
        ),
        (Words("待领取", "Free to take"), counts.open, Wanted(standing="open")),
        (Words("我手上的", "In my hands"), counts.mine, Wanted(standing="mine")),
        (
            Words("等申请人", "Waiting for the applicant"),
            counts.waiting,
            Wanted(standing="waiting"),
        ),
    )
    return [
        {"title": title, "number": counted(number), "href": address(wanted), "any": number > 0}
        for title, number, wanted in cards
    ]


def counted(number: int) -> str:
    """A count in words: beyond a thousand only that it is more."""
    return f"{COUNTED_UP_TO}+" if number > COUNTED_UP_TO else str(number)


_STUCK = Words("（送达不成，需要处理）", " (not delivered, needs a person)")
_CITY = Words("全市", "Whole city")


def _left(row: QueueRow) -> tuple[Words, str]:
    """How much time is left, and in which colour."""
    if row.holder == "resident":
        return Words("等待申请人补正", "Waiting for the applicant"), "grey"
    if row.promised_at is not None:
        return by_the_hour_words(row.promised_at), COLOURS[row.risk]
    if row.is_excluded and row.days_left > 0:
        return excluded_words(row.promised_on), "grey"
    return days_left_words(row.days_left), COLOURS[row.risk]


def by_the_hour_words(by: datetime) -> Words:
    """Until which moment it is promised."""
    here = by.astimezone(CITY_TIME)
    day = day_in_words(here.date())
    return Words(f"紧急：{day.zh} {here:%H:%M}前", f"Urgent: by {here:%H:%M}, {day.en}")


def excluded_words(until: date) -> Words:
    """From when on something can be done; until then no limit runs."""
    day = day_in_words(until)
    return Words(f"不计时，{day.zh}到期", f"Not counted, due {day.en}")


def days_left_words(days: int) -> Words:
    """How many days are left until the promised one."""
    if days < 0:
        return Words(f"已超期 {-days} 天", f"{-days} days over")
    if days == 0:
        return Words("今天到期", "Due today")
    return Words(f"剩 {days} 天", f"{days} days left")
