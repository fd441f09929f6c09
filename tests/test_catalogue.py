from dataclasses import replace
from itertools import count
from types import ModuleType

import pytest

from app import catalogue
from app.catalogue import CatalogueError, build, load, modules_of
from app.forms.conditions import Is
from app.forms.questions import (
    YES_NO,
    Check,
    Choice,
    Number,
    Option,
    Page,
    Repeated,
    SharedFrom,
    Text,
)
from app.vocabulary.public_service import Limit, Message
from app.wording import Words
from tests.workflow.declared import (
    AUTHORITY,
    CHILD,
    REGISTER,
    Step,
    ask_question,
    child_asked,
    make_event,
    make_paper,
    make_service,
    name_asked,
)

numbers = count(1)
FIRST = make_service("first")
SECOND = make_service("second")


def module_of(name, *declared):
    module = ModuleType(name)
    for value in declared:
        setattr(module, f"DECLARED_{next(numbers)}", value)
    return module


def catalogue_of(event, *services):
    return build(
        [module_of("app.lifeevents.moving", event)],
        [module_of("app.services.town_hall", *services, REGISTER)],
    )


def faults_of(event, *services):
    with pytest.raises(CatalogueError) as refused:
        catalogue_of(event, *services)
    return refused.value.faults


def event_with(page=None, **details):
    event = make_event(Step(FIRST, name_asked), **details)
    return replace(event, pages=(*event.pages, page)) if page else event


def page_with(*questions, **details):
    return Page("extra", Words("其他", "More"), questions, **details)


def test_the_city_s_own_declarations_fit():
    city = load()
    assert city.life_events
    assert city.services
    assert load() is city


def test_everything_is_found_by_id_and_by_what_it_belongs_to():
    event = make_event(Step(FIRST, name_asked))
    city = catalogue_of(event, FIRST, SECOND)
    assert set(city.services) == {"first", "second"}
    assert city.registers == {"people-register": REGISTER}
    assert city.authorities == {"town-hall": AUTHORITY}
    assert city.stages == (event.stage,)
    assert city.events_at(event.stage) == (event,)
    assert city.services_of("town-hall") == (FIRST, SECOND)
    assert city.events_with("first") == (event,)
    assert city.events_with("second") == ()
    assert city.declared_in["moving"] == "app/lifeevents/moving.py"


def test_superseded_editions_stand_beside_the_one_that_is_offered():
    current = make_event(Step(FIRST, name_asked), version="3")
    old = replace(current, version="2", superseded=True, title=Words("旧", "Old"))
    city = build(
        [
            module_of("app.lifeevents.moving", old, current),
            module_of("app.lifeevents.moving_1", replace(old, version="1")),
        ],
        [module_of("app.services.town_hall", FIRST, REGISTER)],
    )
    assert city.life_events == {"moving": current}
    assert city.events_at(current.stage) == (current,)
    assert city.events_with("first") == (current,)
    assert {event.version for event in city.editions} == {"1", "2", "3"}
    assert city.edition("moving", "2") is old
    assert city.edition("moving", "9") is None
    assert city.in_words_of("moving", "2") is old
    assert city.in_words_of("moving", "9") is current
    assert [city.is_ahead("moving", version) for version in ("2", "3", "4", "10")] == [
        False,
        False,
        True,
        True,
    ]
    assert not city.is_ahead("moving", "3-beta")
    assert not city.is_ahead("unheard-of", "4")
    assert city.declared_in["moving"] == "app/lifeevents/moving.py"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            [{"version": "1", "superseded": True}],
            "app/lifeevents/m0.py: life event 'moving' is superseded, but no edition of it",
        ),
        (
            [{"version": "1"}, {"version": "2"}],
            "app/lifeevents/m1.py: life event 'moving' is declared in app/lifeevents/m0.py already",
        ),
        (
            [{"version": "2"}, {"version": "2", "superseded": True}],
            "app/lifeevents/m1.py: version '2' of 'moving' is declared in app/lifeevents/m0.py too",
        ),
        (
            [{"version": "2"}, {"version": "1", "superseded": True, "county": "nowhere"}],
            "app/lifeevents/m1.py: county: 'nowhere' is not the id of a question",
        ),
    ],
)
def test_editions_that_do_not_fit_are_told_by_file(changes, fault):
    event = make_event(Step(FIRST, name_asked))
    modules = [
        module_of(f"app.lifeevents.m{n}", replace(event, **change))
        for n, change in enumerate(changes)
    ]
    with pytest.raises(CatalogueError) as refused:
        build(modules, [module_of("app.services.town_hall", FIRST, REGISTER)])
    assert any(told.startswith(fault) for told in refused.value.faults)


def test_a_file_that_cannot_be_imported_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "some_services"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "broken.py").write_text("import nothing_of_that_name")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(
        CatalogueError, match=r"some_services/broken\.py, line 1: cannot be imported"
    ):
        modules_of("some_services")


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (page_with(), "asks 0 questions"),
        (page_with(*(ask_question(f"q{n}", YES_NO) for n in range(6))), "asks 6 questions"),
        (page_with(ask_question("mother", YES_NO)), "question 'mother': the id is used twice"),
        (page_with(ask_question("home-county", YES_NO)), "input 'home-county' has the name"),
        (page_with(ask_question("Bad", YES_NO)), "question 'Bad': the id is not"),
        (page_with(replace(ask_question("q", YES_NO), label=Words("问", ""))), "English text is"),
        (page_with(replace(ask_question("q", YES_NO), label=Words("", "Ask"))), "Chinese text is"),
        (page_with(replace(ask_question("q", YES_NO), hint=Words("<b>", "b"))), "markup"),
        (
            page_with(replace(ask_question("q", YES_NO), label=Words("问" * 41, "Ask"))),
            "the label has 41 characters",
        ),
        (page_with(ask_question("q", Choice(()))), "its choices are missing"),
        (
            page_with(ask_question("q", Choice((Option("a", Words("甲", "A")),) * 2))),
            "used twice",
        ),
        (page_with(ask_question("q", Number(5, 4))), "no number fits"),
        (page_with(ask_question("q", Text(longest=1, shortest=2))), "no text fits"),
        (page_with(ask_question("q", YES_NO, applies=Is("nobody", "x"))), "looks at 'nobody'"),
        (page_with(ask_question("q", YES_NO, applies=Is("truth", "yes"))), "not asked before"),
        (page_with(ask_question("q", YES_NO, applies=Is("here", "maybe"))), "no choice 'maybe'"),
        (
            page_with(ask_question("q", YES_NO, applies=~(Is("here", "yes") & Is("here", "x")))),
            "no choice 'x'",
        ),
        (
            page_with(ask_question("q", YES_NO, applies=Is("child_name", "x"))),
            "which is asked once per child",
        ),
        (page_with(ask_question("q", YES_NO), applies=Is("nobody", "x")), "page 'extra': looks at"),
        (
            page_with(
                ask_question("q", YES_NO),
                each=Repeated("pets", "how_many", Words("第{n}只", "Pet {n}")),
            ),
            "repeats 'pets'",
        ),
        (
            page_with(
                ask_question("q", YES_NO),
                checks=(Check("mother", lambda answers: True, Words("不对", "Wrong")),),
            ),
            "a check stands at 'mother'",
        ),
        (
            page_with(ask_question("q", YES_NO, shared=SharedFrom("nobody", "number"))),
            "register 'nobody' is not asked",
        ),
        (
            page_with(ask_question("q", YES_NO, shared=SharedFrom("people-register", "size"))),
            "does not tell 'size'",
        ),
    ],
)
def test_a_page_that_does_not_fit_is_refused_with_its_file_and_reason(page, fault):
    found = faults_of(event_with(page), FIRST)
    assert all(line.startswith("app/lifeevents/moving.py: ") for line in found)
    assert any(fault in line for line in found), found


@pytest.mark.parametrize(
    ("details", "fault"),
    [
        ({"id": "Moving House"}, "the id is not kebab-case"),
        ({"id": "a" * 61}, "the id is not kebab-case"),
        ({"title": Words("搬家 ", "Moving")}, "outer spaces"),
        ({"county": "mother"}, "'mother' is not the id of a question for an address"),
        ({"groups": ()}, "which is not one of the event's groups"),
        ({"groups": (CHILD, Repeated("x", "mother", Words("{n}", "{n}")))}, "no question for a"),
        ({"groups": (CHILD, Repeated("x", "how_many", Words("个", "one")))}, "has no {n} place"),
        ({"asks": ()}, None),
    ],
)
def test_a_life_event_that_does_not_fit_is_refused(details, fault):
    event = event_with(**details)
    if fault is None:
        assert catalogue_of(event, FIRST).life_events == {"moving": event}
        return
    found = faults_of(event, FIRST)
    assert any(fault in line for line in found), found


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((), "steps: there are none"),
        ((Step(FIRST, name_asked), Step(FIRST, name_asked)), "stands twice in the plan"),
        ((Step(FIRST, name_asked, requires=(SECOND,)),), "needs 'second', which is not in"),
        (
            (
                Step(FIRST, name_asked, requires=(SECOND,)),
                Step(SECOND, name_asked, requires=(FIRST,)),
            ),
            "these wait for each other: first, second",
        ),
        ((Step(FIRST, name_asked, applies=Is("nobody", "x")),), "looks at 'nobody'"),
        ((Step(FIRST, name_asked, applies=Is("child_name", "x")),), "asked once per child"),
        ((Step(FIRST, None),), "its request cannot be called"),
        ((Step(make_service("third"), name_asked),), "is not declared in app/services"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(steps, fault):
    found = faults_of(make_event(*steps), FIRST, SECOND)
    assert any(fault in line for line in found), found


def test_a_step_per_child_may_look_at_the_child():
    step = Step(FIRST, child_asked, applies=Is("child_name", "陈一"), each=CHILD)
    assert catalogue_of(make_event(step), FIRST).services == {"first": FIRST}


class Untold(Message):
    """A request whose field has no title."""

    name: str


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (make_service("first", id="First_One"), "the id is not kebab-case"),
        (make_service("first", path="first"), "the path does not begin with /"),
        (make_service("first", request=Untold), "field 'name' has no title in both languages"),
        (make_service("first", request=dict), "dict is not a Message"),
        (make_service("first", promised=Limit(30)), "promises 30 working days where the law"),
        (make_service("first", promised=Limit(None, confirmed=True)), "cannot be confirmed"),
        (make_service("first", make_paper("a"), make_paper("a")), "a paper stands twice"),
        (make_service("first", make_paper("a", register="x")), "there is no register 'x'"),
        (make_service("first", make_paper("a", output="x")), "there is no service 'x'"),
        (
            make_service("first", make_paper("a", applies=Is("zodiac", "x"))),
            "looks at ['zodiac'], which no life event with it asks",
        ),
        (make_service("first", summary=Words("办", "")), "the English text is missing"),
    ],
)
def test_a_service_that_does_not_fit_is_refused_with_its_file(service, fault):
    found = faults_of(make_event(Step(service, name_asked)), service)
    assert any(line.startswith("app/services/town_hall.py: ") and fault in line for line in found)


def test_two_services_may_not_share_an_id_or_a_path():
    event = make_event(Step(FIRST, name_asked))
    twice = faults_of(event, FIRST, make_service("first", path="/other"))
    assert any("service 'first' is declared in" in line for line in twice)
    paths = faults_of(event, FIRST, make_service("other", path="/first"))
    assert any("'other' has the path of 'first'" in line for line in paths)


def test_one_authority_is_declared_once():
    other = make_service("other", authority=replace(AUTHORITY, phone="110"))
    found = faults_of(make_event(Step(FIRST, name_asked)), FIRST, other)
    assert any("authority 'town-hall' is declared differently in app" in line for line in found)


def test_papers_of_one_id_are_one_paper():
    other = make_service("other", replace(make_paper("a"), title=Words("别的", "Other")))
    first = make_service("first", make_paper("a"))
    found = faults_of(make_event(Step(first, name_asked)), first, other)
    assert any("paper 'a' has another title" in line for line in found)


def test_all_faults_are_told_at_once():
    event = make_event(Step(FIRST, name_asked, requires=(SECOND,)), county="nowhere")
    assert len(faults_of(event, FIRST)) >= 2
    assert catalogue.CatalogueError(["one", "two"]).args == ("one\ntwo",)
