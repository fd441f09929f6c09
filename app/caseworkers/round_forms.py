"""What an officer types about a round: a new one, its window, its places, the notary's digits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from starlette.datastructures import FormData

from app.cases.portal import CITY_TIME, Portal
from app.cases.rounds import Round
from app.caseworkers.posts import text_of
from app.errors import Invalid
from app.forms.answers import Answers
from app.forms.corrections import Correction, Reading
from app.forms.divisions import counties
from app.forms.fields import typed_from
from app.forms.questions import Choice, DateTime, Option, Page, Question
from app.forms.reading import read_page
from app.vocabulary.declaring import ask, check, number, page
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

MOST_AHEAD_DAYS = 500
MOST_BACK_DAYS = 30
MOST_PLACES = 100_000
MOST_DIGITS = 40
BETWEEN = "/"  # between the id of a life event and a kind, in the value of one option
OPENS = ask(
    "opens",
    "报名从什么时候开始？",
    "When does sign-up begin?",
    DateTime(MOST_BACK_DAYS, MOST_AHEAD_DAYS),
)
CLOSES = ask(
    "closes", "报名到什么时候截止？", "When does it end?", DateTime(MOST_BACK_DAYS, MOST_AHEAD_DAYS)
)
IN_ORDER = check("closes", lambda answers: answers.text("closes") > answers.text("opens")).says(
    "截止时间要晚于开始时间，请核对。", "It has to end after it begins; please check."
)
TOTAL_WRONG = Words("名额请填0到100000之间的整数。", "Places are a whole number from 0 to 100000.")
DIGITS_WRONG = Words(
    "公证数字请只填数字，最多40位。", "The notary's digits are digits only, at most 40."
)


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to be announced, as it was typed."""

    life_event: str
    kind: str
    county: str
    year: int
    opens_at: datetime
    closes_at: datetime


def new_round_page(events: Iterable[LifeEvent], county: str, today: date) -> Page:
    """The questions about a new round; an officer of one county is not asked for it."""
    kinds = tuple(
        Option(
            f"{event.id}{BETWEEN}{option.value}",
            Words(f"{event.title.zh}：{option.label.zh}", f"{event.title.en}: {option.label.en}"),
        )
        for event in events
        for option in event.intake_kinds()
        if _has_places(event, option.value, today.year)
    )
    places = tuple(Option(one.code, one.name) for one in counties() if county in {"", one.code})
    return page("round", "公布新的一轮", "Announce a round").asks(
        ask("what", "哪一类报名？", "Which sign-up?", Choice(kinds, as_list=True)),
        ask("county", "哪个县（市、区）？", "Which county?", Choice(places, as_list=True)),
        ask("year", "哪一年？", "Which year?", number(today.year - 1, today.year + 2)),
        OPENS,
        CLOSES,
        IN_ORDER,
    )


def _has_places(event: LifeEvent, kind: str, year: int) -> bool:
    """Whether anything is given at all for this answer, this year or the next."""
    intake = event.intake
    return intake is not None and any(
        intake.places(county.code, kind, one) for county in counties() for one in (year, year + 1)
    )


def window_page() -> Page:
    """The two moments of a round that is announced already."""
    return page("window", "报名时间", "Sign-up").asks(OPENS, CLOSES, IN_ORDER)


def read(asked: Page, form: FormData, today: date) -> Reading:
    """What was sent for a page of questions."""
    sent = {name: text_of(form, name) for name in form}
    return read_page(asked, sent, Answers({}, today))


def new_round(reading: Reading) -> NewRound:
    """The round of a reading that needs no correction."""
    answers = Answers(reading.values, date.min)
    event, _, kind = answers.text("what").partition(BETWEEN)
    return NewRound(
        event,
        kind,
        answers.text("county"),
        int(answers.number("year")),
        moment_of(answers.text("opens")),
        moment_of(answers.text("closes")),
    )


def moment_of(answer: str) -> datetime:
    """An answered moment on the clock of the city."""
    return datetime.fromisoformat(answer).replace(tzinfo=CITY_TIME)


def controls(
    asked: Page, typed: Mapping[str, str | list[str]], corrections: Iterable[Correction] = ()
) -> list[dict[str, object]]:
    """The questions as the template draws them: what is typed, what is wrong."""
    wrong = {item.question: item.message for item in corrections}
    return [
        {
            "id": question.id,
            "label": question.label,
            "kind": "datetime" if isinstance(question.kind, DateTime) else _look(question),
            "options": question.kind.options if isinstance(question.kind, Choice) else (),
            "value": _value(question, typed),
            "error": wrong.get(question.id),
        }
        for question in asked.questions
    ]


def _look(question: Question) -> str:
    return "list" if isinstance(question.kind, Choice) else "number"


def _value(question: Question, typed: Mapping[str, str | list[str]]) -> object:
    if not isinstance(question.kind, DateTime):
        return typed.get(question.id, "")
    before = f"{question.id}-"
    return {
        name.removeprefix(before): value for name, value in typed.items() if name.startswith(before)
    }


def typed_window(round_: Round) -> dict[str, str | list[str]]:
    """The window of a round as it would be typed."""
    found: dict[str, str | list[str]] = {}
    for question, moment in ((OPENS, round_.opens_at), (CLOSES, round_.closes_at)):
        local = moment.astimezone(CITY_TIME).replace(tzinfo=None)
        found |= typed_from(question, local.isoformat(timespec="minutes"))
    return found


def read_totals(form: FormData, round_: Round) -> dict[str, int]:
    """Places by code as they were typed; what was not sent stays. Raises Invalid."""
    totals = {}
    for place in round_.places:
        sent = text_of(form, f"total-{place.code}").strip()
        if not sent:
            continue
        if not (sent.isascii() and sent.isdigit() and int(sent) <= MOST_PLACES):
            raise Invalid(TOTAL_WRONG)
        totals[place.code] = int(sent)
    return totals


def read_digits(form: FormData) -> str:
    """The notary's digits, spaces left out. Raises Invalid."""
    sent = "".join(text_of(form, "digits").split())
    if len(sent) > MOST_DIGITS or not (sent == "" or (sent.isascii() and sent.isdigit())):
        raise Invalid(DIGITS_WRONG)
    return sent


def has_intake(portal: Portal, authority: str) -> tuple[LifeEvent, ...]:
    """The life events with rounds that this authority leads."""
    return tuple(
        event
        for event in portal.catalogue.life_events.values()
        if event.intake and event.lead.id == authority
    )
