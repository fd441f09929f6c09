"""The form of an app's draft changed: the app is told what, and nothing unseen is submitted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.cases import drafting
from app.cases.drafts import load_draft
from app.cases.portal import Portal
from app.database import Database
from app.vocabulary.life_event import LifeEvent, Step
from app.wording import Words
from tests.partner_api.conftest import App
from tests.partner_api.test_cases import draft_of, give_papers, submitted
from tests.residents.editions import NEW, with_question
from tests.residents.moving_house import MOVE, MOVING, catalogue, request_move

LABEL = Words("您的电话", "Your phone")


@pytest.fixture
def publish(app: FastAPI) -> Callable[..., None]:
    """A newer edition goes out; the older one is kept for the cases under way."""

    def do(event: LifeEvent) -> None:
        before: Portal = app.state.portal
        offered = catalogue(replace(event, version="2"), replace(MOVING, superseded=True))
        app.state.portal = replace(before, catalogue=offered)

    return do


async def ready(app: App, reference: str) -> str:
    number = str((await draft_of(app, reference))["number"])
    await give_papers(app, number)
    return number


async def looked_at(database: Database, portal: Portal, number: str, resident: Any) -> None:
    """The resident saves the changed page on the portal."""
    async with database.transaction() as session:
        draft = await load_draft(session, portal, number, resident)
        await drafting.save_page(
            session, portal, draft, draft.revision, "home", draft.answers, "done"
        )


async def test_a_change_is_told_and_not_submitted_before_somebody_looked(
    family_app: App,
    reference: str,
    mother: Any,
    publish: Callable[..., None],
    app: FastAPI,
    database: Database,
) -> None:
    number = await ready(family_app, reference)
    publish(with_question(MOVING, "home", "phone", label=LABEL))
    refused = await family_app.call("POST", f"/cases/{number}/submission")
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"].endswith("form-changed")
    assert [fault["pointer"] for fault in problem["errors"]] == ["/answers/phone"]
    assert problem["errors"][0]["detail"] == "“您的电话”有变化。"

    draft = (await family_app.call("GET", f"/cases/{number}")).json()
    assert draft["definition"] == "2"
    assert draft["missing"] == []
    assert draft["changes"] == [
        {
            "pointer": "/answers/phone",
            "kind": "changed",
            "detail": {"zh": "“您的电话”有变化。", "en": "“Your phone” has changed."},
            "unseen": True,
        }
    ]
    again = await family_app.call("POST", f"/cases/{number}/submission")
    assert again.status_code == 409

    await looked_at(database, app.state.portal, number, mother)
    sent = await family_app.call("POST", f"/cases/{number}/submission")
    assert sent.status_code == 201, sent.text
    assert (sent.json()["definition"], sent.json()["changes"]) == ("2", [])


async def test_what_is_only_told_can_be_sent_once_it_was_told(
    family_app: App, reference: str, publish: Callable[..., None], database: Database
) -> None:
    """Another department receives data, or one less: whoever submits has to have heard of it."""
    number = await ready(family_app, reference)
    publish(replace(MOVING, steps=(Step(MOVE, request_move),)))
    blind = await family_app.call("POST", f"/cases/{number}/submission")
    assert blind.status_code == 409
    assert blind.json()["errors"][0]["pointer"] == "/services/register-room"
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT definition FROM cases")) == "1"
    draft = (await family_app.call("GET", f"/cases/{number}")).json()
    assert [(part["kind"], part["unseen"]) for part in draft["changes"]] == [("ended", False)]
    assert (await family_app.call("POST", f"/cases/{number}/submission")).status_code == 201


async def test_a_new_question_is_told_and_missing(
    family_app: App, reference: str, publish: Callable[..., None]
) -> None:
    number = await ready(family_app, reference)
    publish(NEW)
    draft = (await family_app.call("GET", f"/cases/{number}")).json()
    assert [part["pointer"] for part in draft["changes"]] == ["/answers/floor"]
    assert [fault["pointer"] for fault in draft["missing"]] == ["/answers/floor"]
    assert draft["changes"][0]["kind"] == "new"


async def test_changes_of_an_item_are_told_at_the_item(
    family_app: App, reference: str, publish: Callable[..., None]
) -> None:
    number = await ready(family_app, reference)
    publish(with_question(MOVING, "room", "beds", label=Words("床", "Beds")))
    draft = (await family_app.call("GET", f"/cases/{number}")).json()
    pointers = [part["pointer"] for part in draft["changes"]]
    assert pointers == ["/answers/room/0/beds", "/answers/room/1/beds"]


async def test_a_case_that_was_sent_keeps_its_definition(
    family_app: App, reference: str, publish: Callable[..., None]
) -> None:
    case = await submitted(family_app, reference)
    publish(NEW)
    seen = (await family_app.call("GET", f"/cases/{case['number']}")).json()
    assert (seen["definition"], seen["changes"]) == ("1", [])
    assert [step["key"] for step in seen["steps"]] == [step["key"] for step in case["steps"]]
    assert (await family_app.call("GET", "/life-events")).json()["life_events"][0]["version"] == "2"
