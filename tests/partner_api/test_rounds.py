"""Rounds as apps read them: windows and places, and no secret before its time."""

import pytest
from fastapi import FastAPI

from app.database import Database
from app.main import create_app
from app.settings import Settings
from tests.cases.summer_camp import a_round, camp_portal, close_now, signed_up
from tests.cases.test_rounds import checked, to_its_end
from tests.partner_api.conftest import PARTS, App


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    return create_app(settings, database, PARTS, camp_portal(settings).catalogue)


async def test_windows_are_told_and_the_secret_only_after_places_are_given(
    family_app: App, app: FastAPI, database: Database
):
    portal = app.state.portal
    assert (await family_app.call("GET", "/life-events/summer-camp/rounds")).json() == {
        "rounds": []
    }
    async with database.transaction() as session:
        round_ = await a_round(session, portal)
        case = await signed_up(session, portal, ("陈一", 1))
        await checked(session, portal, case, False)
    (told,) = (await family_app.call("GET", "/life-events/summer-camp/rounds")).json()["rounds"]
    assert (told["county"], told["kind"], told["open"]) == ("331002", "small", True)
    assert (told["secret"], told["seed"]) == ("", "")
    assert told["places"][0]["total"] == 2
    async with database.transaction() as session:
        await close_now(session, round_)
    async with database.transaction() as session:
        await to_its_end(session, portal)
    (told,) = (await family_app.call("GET", "/life-events/summer-camp/rounds")).json()["rounds"]
    assert len(told["seed"]) == 64
    assert not told["open"]


async def test_an_unknown_life_event_has_no_rounds(family_app: App):
    assert (await family_app.call("GET", "/life-events/none/rounds")).status_code == 404
