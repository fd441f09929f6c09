"""What there is to apply for, as apps read it."""

from jsonschema_rs import Draft202012Validator

from tests.partner_api.conftest import App
from tests.partner_api.moving import ANSWERS


async def test_the_list_names_every_life_event(family_app: App):
    (event,) = (await family_app.call("GET", "/life-events")).json()["life_events"]
    assert (event["id"], event["title"]["zh"], event["items"]) == ("moving-house", "搬家一件事", 2)


async def test_the_detail_tells_who_does_what_by_when(family_app: App):
    event = (await family_app.call("GET", "/life-events/moving-house")).json()
    move, room = event["joined"]
    assert move["authority"]["id"] == "test-police"
    assert move["promised"] == {
        "working_days": 3,
        "hours": None,
        "confirmed": True,
        "source": "承诺",
    }
    assert [paper["id"] for paper in move["evidence"]][:2] == ["lease", "photo"]
    assert move["evidence"][1]["may_follow_within_working_days"] == 10
    assert (room["requires"], room["repeated_for"]) == (["move-household"], "room")
    assert [register["id"] for register in event["registers"]] == ["test-people", "test-children"]
    assert event["deadlines"][0]["months"] == 1


async def test_the_form_is_a_schema_that_a_right_application_meets(family_app: App):
    answer = await family_app.call("GET", "/life-events/moving-house/form")
    assert answer.headers["content-type"] == "application/schema+json"
    schema = answer.json()
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(ANSWERS)) == []
    assert not validator.is_valid({**ANSWERS, "mover_id": 7})


async def test_an_unchanged_form_is_not_sent_again(family_app: App):
    path = "/life-events/moving-house/form"
    first = await family_app.call("GET", path)
    same = await family_app.call("GET", path, headers={"if-none-match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


async def test_an_unknown_life_event_is_not_found(family_app: App):
    for name in ("nothing", "a" * 80):
        assert (await family_app.call("GET", f"/life-events/{name}")).status_code == 404
        assert (await family_app.call("GET", f"/life-events/{name}/form")).status_code == 404
