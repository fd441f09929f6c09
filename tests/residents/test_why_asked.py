"""Why do you ask this: on every question, paper, register and declaration, scripts off."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.cases.drafting import load_draft, save_page
from app.cases.portal import Portal
from app.catalogue import load
from app.database import Database
from app.forms.asking import FOR_WHOM, places
from app.forms.specimen import situations, specimen
from app.integration.field_cipher import FieldCipher
from app.main import create_app
from app.settings import Settings
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.eligibility import outcome
from app.workflow.evidence import papers
from app.workflow.plan import planned_services
from tests.journeys.whole_forms import address_of, press, typed
from tests.page_reader import Page, Reader, text_of
from tests.residents.people import sign_in

CITY = load()


@pytest.fixture
def portal(settings: Settings) -> Portal:
    """The whole city: what it really asks is meant."""
    return Portal(CITY, FieldCipher(settings.field_key_bytes()), settings)


@pytest.fixture
def app(settings: Settings, database: Database, portal: Portal) -> FastAPI:
    made = create_app(settings, database, parts=("app.identity", "app.residents"))
    made.state.portal = portal
    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://portal.test",
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
    ) as client:
        yield client


def explained(page: Page) -> dict[str, str]:
    """What is folded under "why do you ask this", by what it is about."""
    found = {}
    for folded in page.find("details"):
        if "tz-why" in folded.get("class", "").split():
            (summary,) = list(folded.iter("summary"))
            (about,) = [
                span
                for span in summary.iter("span")
                if span.get("class") == "govuk-visually-hidden"
            ]
            found[text_of(about)] = text_of(folded)
    return found


def assert_explained(page: Page, labels: set[str], rule: str = "依据：") -> None:
    told = explained(page)
    assert told.keys() >= labels, labels - told.keys()
    assert all(rule in text for text in told.values())


@pytest.mark.parametrize("event", CITY.life_events.values(), ids=lambda event: event.id)
async def test_every_page_of_every_life_event_says_why_it_asks(
    event, client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    today = portal.today()
    answers = next(one for one in situations(event, today) if outcome(event, one).kind != "stop")
    reader = Reader(client)
    if event.for_whom and FOR_WHOM not in {question.id for question in event.guidance}:
        page = await reader.open(f"/things/{event.id}/for")
        assert explained(page)
        page = await reader.send("继续", for_whom=answers.text(FOR_WHOM))
    else:
        page = await reader.open(f"/things/{event.id}/can-i")
    while "/can-i/" in page.address:
        question = event.guidance[int(page.address.rsplit("/", 1)[1]) - 1]
        assert_explained(page, {question.label.zh})
        page = await press(reader, "继续", typed(question, answers))
    resident = await sign_in(client, database, portal, keep_visit=True)
    await reader.open(f"/things/{event.id}/outcome")
    page = await reader.send("开始填写")
    here = "/".join(page.address.split("/")[:3])
    async with database.transaction() as session:
        draft = await load_draft(session, portal, here.rsplit("/", 1)[1], resident)
        await save_page(session, portal, draft, draft.revision, "filled", answers, "started")
    if page.address.endswith("/consent"):
        asked = [ask.register for ask in event.asks if ask.applies.holds(answers)]
        assert_explained(page, {register.title.zh for register in asked})
        assert all(register.rule.title.zh in page.text for register in asked)
    for place in places(event, answers):
        page = await reader.open(f"{here}/pages/{address_of(place)}")
        assert_explained(page, {question.label.zh for question in place.questions})
    case = CaseFile("N", Person("林满", "331002199003070022"), answers, today)
    for paper in papers(event, case, planned_services(event, case), (), {}):
        if paper.supply == "upload":
            page = await reader.open(f"{here}/papers/{paper.id}")
            assert_explained(page, {paper.evidence.title.zh})
    page = await reader.open(f"{here}/check")
    assert_explained(
        page, {one.label.zh for one in event.declarations if one.applies.holds(answers)}
    )


async def test_the_reasons_are_those_of_this_draft_and_in_the_language_of_the_page(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    """Whoever wants no childcare place is not told that the place needs the address."""
    event = CITY.life_events["birth"]
    reader = Reader(client)
    answers = specimen(event, portal.today(), {"wanted": ["subsidy"]})
    page = await reader.open(f"/things/{event.id}/for")
    page = await reader.send("继续", for_whom=answers.text(FOR_WHOM))
    while "/can-i/" in page.address:
        question = event.guidance[int(page.address.rsplit("/", 1)[1]) - 1]
        page = await press(reader, "继续", typed(question, answers))
    await sign_in(client, database, portal, keep_visit=True)
    await reader.open(f"/things/{event.id}/outcome")
    page = await reader.send("开始填写")
    here = "/".join(page.address.split("/")[:3])
    page = await reader.open(f"{here}/pages/household-address")
    told = " ".join(explained(page).values())
    assert "出生登记" in told
    assert "中华人民共和国户口登记条例" in told
    assert "入托" not in told
    page = await reader.open(f"{here}/pages/household-address?lang=en")
    told = " ".join(explained(page).values())
    assert "needs it for: " in told
    assert "Rule: " in told
    assert "（待主管部门确认）" not in told


async def test_what_can_i_get_says_which_benefits_ask(client: httpx.AsyncClient) -> None:
    page = await Reader(client).open("/benefits")
    told = explained(page)
    asked = {*page.form("继续").choices, *(name for name, _ in page.form("继续").fields)}
    assert len(told) >= len(asked - {"csrf_token"}) > 0
    assert all("判断能不能领" in text and "依据：" in text for text in told.values())
