"""Kindergarten entry: the same declarations as school entry, with fewer checks and no draw."""

from datetime import date

from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.specimen import specimen
from app.lifeevents.kindergarten_entry import KINDERGARTEN_ENTRY
from app.lifeevents.school_entry import SCHOOL_ENTRY
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.eligibility import outcome
from app.workflow.plan import planned_services
from app.workflow.rehearsal import rehearse

TODAY = date(2027, 5, 10)
BASE: dict[str, Answer] = {
    "for_whom": "parent",
    "study_county": "331082",
    "stage": "kindergarten",
    "number_of_children": "1",
    "born_on": "2024-05-20",
    "register_status": "here",
    "home_status": "own",
}


def made(**chosen: Answer) -> Answers:
    return specimen(KINDERGARTEN_ENTRY, TODAY, {**BASE, **chosen})


def services(**chosen: Answer) -> set[str]:
    case = CaseFile("TZ-TEST", Person("王小样", "331002199003070020"), made(**chosen), TODAY)
    return {step.service.id for step, _ in planned_services(KINDERGARTEN_ENTRY, case)}


def test_it_joins_e1_to_e3_the_places_and_the_notice():
    assert services() == {
        "sign-up-pupil",
        "check-household-register",
        "check-real-estate",
        "allocate-school-place",
        "issue-admission-notice",
    }
    assert "verify-home-papers" in services(home_status="untitled")


def test_every_service_and_every_page_is_one_of_school_entry():
    theirs = {step.service.id for step in SCHOOL_ENTRY.steps}
    assert {step.service.id for step in KINDERGARTEN_ENTRY.steps} <= theirs
    assert {page.id for page in KINDERGARTEN_ENTRY.pages} <= {
        page.id for page in SCHOOL_ENTRY.pages
    }


def test_a_child_who_is_not_three_by_31_august_comes_back_later():
    assert outcome(KINDERGARTEN_ENTRY, made(born_on="2024-09-01")).kind == "stop"
    assert outcome(KINDERGARTEN_ENTRY, made(born_on="2024-08-31")).kind == "online"


def test_joining_a_later_year_is_for_the_kindergarten_itself():
    found = outcome(KINDERGARTEN_ENTRY, made(stage="later"))
    assert found.kind == "stop"
    assert "插班" in found.told[-1].what.zh


def test_april_to_june_is_told_and_that_speed_does_not_matter():
    told = " ".join(one.what.zh for one in outcome(KINDERGARTEN_ENTRY, made()).told)
    assert "4月至6月" in told
    assert "报名早晚不影响结果" in told


def test_no_category_of_schools_and_no_draw_is_offered():
    questions = {
        question.id: question
        for place in places(KINDERGARTEN_ENTRY, made())
        for question in place.questions
    }
    assert "private_wish_1" not in questions
    offered = {option.value for option in questions["category"].kind.options}  # type: ignore[union-attr]
    assert "resident" in offered
    assert "work" not in offered


def test_a_child_with_register_and_home_gets_a_place_in_its_catchment():
    home = {"county": "331082", "township": "331082002", "detail": "样例路1号"}
    answers = made(
        register_address=home,
        home_place=home,
        home_share=100,
        home_since="2019-01-01",
        moved_in_on="2024-06-01",
    )
    played = {one.step.service.id: one for one in rehearse(KINDERGARTEN_ENTRY, answers, TODAY)}
    given = played["allocate-school-place"].request
    assert given.school_name.startswith("临海演示第一幼儿园")  # type: ignore[union-attr]
    assert given.category == "home-register"  # type: ignore[union-attr]
    assert played["issue-admission-notice"].problem is None


def test_no_place_is_listed_that_the_round_cannot_give():
    assert KINDERGARTEN_ENTRY.intake is not None
    listed = KINDERGARTEN_ENTRY.intake.places("331002", "kindergarten", 2027)
    assert listed
    assert {place.detail["kind"] for place in listed} == {"public"}
