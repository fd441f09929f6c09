"""Fills in any life event over HTTP, page by page, from the answers of one situation."""

from app.cases.portal import Portal
from app.database import Database
from app.forms.answers import Answers
from app.forms.asking import FOR_WHOM, Place, places
from app.forms.fields import typed_from
from app.forms.questions import Question
from app.vocabulary.life_event import LifeEvent
from app.workflow.evidence import NeededPaper
from tests.page_reader import Page, Reader
from tests.residents.people import sign_in
from tests.residents.steps import upload


async def to_the_outcome(reader: Reader, event: LifeEvent, answers: Answers) -> Page:
    """From "for whom" through the guidance questions, each answered as in the situation."""
    page = await reader.open(f"/things/{event.id}/for")
    page = await reader.send("继续", for_whom=answers.text(FOR_WHOM))
    while "/can-i/" in page.address:
        question = event.guidance[int(page.address.rsplit("/", 1)[1]) - 1]
        page = await press(reader, "继续", typed(question, answers))
    return page


async def to_the_hub(
    reader: Reader,
    database: Database,
    portal: Portal,
    event: LifeEvent,
    person: dict[str, str] | None = None,
) -> tuple[str, Page]:
    """Sign in, start, and let no register be asked; out: the draft's address, and the hub."""
    await sign_in(reader.client, database, portal, person, keep_visit=True)
    await reader.open(f"/things/{event.id}/outcome")
    page = await reader.send("开始填写")
    here = "/".join(page.address.split("/")[:3])
    if page.address.endswith("/consent"):
        form = page.form("保存并继续")
        await reader.send(
            "保存并继续", **{name: "no" for name in form.choices if "register-" in name}
        )
    return here, await reader.open(here)


async def fill(reader: Reader, here: str, event: LifeEvent, answers: Answers) -> None:
    """Every page that applies. Raises AssertionError with what a page did not take."""
    for place in places(event, answers):
        page = await reader.open(f"{here}/pages/{address_of(place)}")
        sent = {
            name: value
            for question in place.questions
            for name, value in typed(question, place.answers).items()
        }
        page = await press(reader, "保存并继续", sent)
        assert page.errors() == [], (place.page.id, page.errors())


async def give(reader: Reader, here: str, papers: list[NeededPaper]) -> None:
    """Upload whatever has to be given."""
    for paper in papers:
        await upload(reader, here, paper.id)


async def submit(reader: Reader, here: str, event: LifeEvent) -> Page:
    """Tick the declarations and send; out: the receipt."""
    await reader.open(f"{here}/check")
    ticks = {question.id: "yes" for question in event.declarations}
    return await reader.send("确认并提交", **ticks)


async def press(reader: Reader, button: str, sent: dict[str, str | list[str] | None]) -> Page:
    """Fill fields in, whatever they are called, and press a button."""
    assert reader.page is not None
    form = reader.page.form(button)
    named = [(name, value) for words, name, value in form.buttons if button in words and name]
    return await reader.post(form.action, [*form.filled(**sent), *named[:1]], 200)


def address_of(place: Place) -> str:
    """The last part of the address of a page of questions."""
    return place.page.id if place.item is None else f"{place.page.id}/{place.item + 1}"


def typed(question: Question, answers: Answers) -> dict[str, str | list[str] | None]:
    """What is typed for a question; None takes away what stands there."""
    found = typed_from(question, answers.get(question.id))
    return {**found} if found else {question.id: None}
