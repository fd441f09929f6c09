"""A life event that changed has another version, and whoever starts is told what cases need."""

import json
from dataclasses import replace

import pytest

from app.catalogue import load
from app.launch.editions import RECORD, changed, read, unrecorded, written
from app.launch.needed_editions import note, sentences
from app.workflow.editions import digest_of
from tests.cases.moving_cases import a_case
from tests.residents.editions import NEW, OLD, with_question
from tests.residents.moving_house import MOVING, catalogue
from tests.residents.people import make_portal

RECORDED = read(written([MOVING], {}))
OTHER_WORDS = with_question(MOVING, "home", "phone", optional=True)


def test_the_record_is_that_of_the_declarations():
    faults = unrecorded(load().editions, read(RECORD.read_text("utf-8")))
    assert faults == [], "\n".join(faults)
    assert json.loads(RECORD.read_text("utf-8"))


def test_what_did_not_change_needs_nothing():
    assert unrecorded([MOVING], RECORDED) == []
    assert unrecorded([replace(MOVING, superseded=True)], RECORDED) == []


@pytest.mark.parametrize(
    "event",
    [
        OTHER_WORDS,
        replace(MOVING, steps=MOVING.steps[:1]),
        replace(MOVING, steps=(replace(MOVING.steps[0], request=NEW.steps[1].request),)),
        replace(MOVING, summary=NEW.title),
        replace(MOVING, guidance=MOVING.guidance[:1]),
        replace(MOVING, minutes=9),
    ],
    ids=["question", "step", "request", "text", "guidance", "minutes"],
)
def test_a_change_under_the_same_version_is_told_with_what_to_do(event):
    (fault,) = unrecorded([event], RECORDED)
    assert fault.startswith("moving-house: version '1' is recorded and has changed since.")
    assert fault.endswith("make editions again=moving-house")
    assert changed([event], RECORDED, {"moving-house"}) == []
    assert changed([event], RECORDED, {"birth"}) == [fault]


def test_a_new_version_is_recorded_beside_the_old_one():
    (fault,) = unrecorded([NEW], RECORDED)
    assert fault.endswith("run: make editions")
    record = read(written([NEW], RECORDED))
    assert unrecorded([NEW, OLD], record) == []


def test_a_life_event_that_was_never_recorded_may_change_freely():
    assert unrecorded([replace(OTHER_WORDS, id="another-event")], RECORDED) == []


def test_a_version_is_not_used_again_for_something_else():
    record = read(written([NEW], RECORDED))
    assert changed([replace(OTHER_WORDS, version="1")], record)


def test_a_merge_of_two_changes_is_told_and_solved_by_the_command():
    """Both lines stay in the file; what the merged declaration is, neither branch has recorded."""
    lines = written([MOVING], {}).splitlines()
    theirs = written([OTHER_WORDS], {}).splitlines()
    conflict = ["{", "<<<<<<< HEAD", lines[1], "=======", theirs[1], ">>>>>>> theirs", "}"]
    record = read("\n".join(conflict))
    assert len(record["moving-house 1"]) == 2
    assert changed([MOVING], record)
    assert changed([MOVING], record, {"all"}) == []
    text = written([MOVING], record)
    assert json.loads(text) == {"moving-house 1": digest_of(MOVING)}


def test_what_cases_need_is_one_sentence_and_what_is_missing_another():
    city = catalogue(NEW, OLD)
    assert sentences(city, {("moving-house", "2"): 5}) == ""
    told = sentences(city, {("moving-house", "1"): 3, ("moving-house", "0"): 2, ("gone", "7"): 1})
    needed, missing = told.splitlines()
    assert needed == "Cases still run under superseded editions, keep them: moving-house 1 (3)."
    assert "moving-house 0 (2), gone 7 (1)" in missing
    assert "next steps go to staff" in missing


async def test_the_cases_of_a_database_are_counted(settings, database):
    assert await note(settings) == ""
    async with database.transaction() as session:
        await a_case(session, make_portal(settings))
    assert "moving-house 1 (1)" in await note(settings)
