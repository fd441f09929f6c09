"""School entry, situation by situation: what is asked, planned, checked, given and told."""

from datetime import date
from typing import Any

import pytest

from app.demo_city import RESIDENTS
from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.reading import complete, pruned, read_document
from app.forms.schema import json_schema
from app.forms.specimen import specimen
from app.forms.suggesting import suggested_answer
from app.lifeevents.school_entry import SCHOOL_ENTRY
from app.services.schooling.checks import HomeCheck, home_checked
from app.services.schooling.choosing import from_guidance
from app.services.schooling.registers import PupilQuery, pupils_of
from app.services.schooling.schools import of_county
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import StepState
from app.vocabulary.public_service import Ticket
from app.workflow.eligibility import blocking, outcome
from app.workflow.evidence import papers
from app.workflow.plan import plan, planned_services
from app.workflow.rehearsal import rehearse

TODAY = date(2027, 6, 10)
YE = next(person for person in RESIDENTS if person.id == "ye-mingxuan")
TAO = next(person for person in RESIDENTS if person.id == "tao-yan")
BASE: dict[str, Answer] = {
    "for_whom": "parent",
    "study_county": "331002",
    "stage": "primary",
    "number_of_children": "1",
    "born_on": "2021-03-12",
    "register_status": "here",
    "home_status": "none",
    "guardianship": "on-register",
    "parents": "married",
    "special": [],
}
ALWAYS = {
    "sign-up-pupil",
    "check-household-register",
    "allocate-school-place",
    "issue-admission-notice",
    "check-pupil-immunisation",
}
WORKING = {"register_status": "elsewhere", "home_status": "none"}


def made(**chosen: Answer) -> Answers:
    return specimen(SCHOOL_ENTRY, TODAY, {**BASE, **chosen})


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("TZ-TEST", Person("叶明轩", YE.id_number), answers, TODAY)


def planned(answers: Answers) -> dict[str, Any]:
    steps = plan(SCHOOL_ENTRY, case_of(answers), "331002", lambda *_: None)
    return {step.key: step for step in steps}


def services(**chosen: Answer) -> set[str]:
    return {step.service.id for step, _ in planned_services(SCHOOL_ENTRY, case_of(made(**chosen)))}


def asked(**chosen: Answer) -> set[str]:
    return {
        question.id
        for place in places(SCHOOL_ENTRY, made(**chosen))
        for question in place.questions
    }


def notes(**chosen: Answer) -> str:
    return " ".join(told.what.zh for told in outcome(SCHOOL_ENTRY, made(**chosen)).told)


@pytest.mark.parametrize(
    ("chosen", "more"),
    [
        ({}, set()),
        ({"home_status": "own"}, {"check-real-estate"}),
        ({"home_status": "untitled"}, {"verify-home-papers"}),
        ({"home_status": "shared"}, {"verify-home-papers"}),
        ({**WORKING, "work_route": ["permit"]}, {"check-residence-permit"}),
        ({**WORKING, "work_route": ["apply-permit"]}, {"issue-residence-permit"}),
        (
            {**WORKING, "work_route": ["insurance", "business"], "insured_from": "2025-09"},
            {"check-social-insurance", "check-business-or-contract"},
        ),
        (
            {
                **WORKING,
                "study_county": "331081",
                "work_route": ["permit"],
                "points_state": "apply",
            },
            {"check-residence-permit", "approve-entry-points"},
        ),
        ({"parents": "divorced"}, {"check-guardians-marriage"}),
        (
            {"guardianship": "not-on-register"},
            {"check-guardians-marriage", "check-parent-child-relation"},
        ),
        ({"guardianship": "court"}, {"check-parent-child-relation"}),
        ({"special": ["disabled"]}, {"place-disabled-pupil"}),
        ({"special": ["preference"]}, {"recognise-preference"}),
        ({"special": ["private"]}, {"draw-private-school"}),
        ({"special": ["sibling"]}, {"check-parent-child-relation"}),
        ({"special": ["delay"]}, {"delay-school-entry"}),
        ({"special": ["insurance", "aid"]}, {"enrol-pupil-insurance", "claim-student-aid"}),
        ({"special": ["help"]}, {"refer-child-to-hotline"}),
    ],
)
def test_only_the_checks_that_a_situation_needs_are_planned(chosen, more):
    assert services(**chosen) == ALWAYS | more


def test_a_child_without_a_mainland_register_has_no_household_to_check():
    assert "check-household-register" not in services(register_status="none", work_route=["none"])


def test_checks_run_beside_each_other_and_places_wait_for_the_round_with_all_of_them():
    steps = planned(
        made(
            **WORKING,
            study_county="331081",
            work_route=["permit", "insurance"],
            insured_from="2025-01",
            points_state="apply",
            special=["private", "insurance", "aid"],
        )
    )
    needs = {step.step.service.id: set(step.requires) for step in steps.values()}
    for check in ("check-household-register", "check-residence-permit", "check-social-insurance"):
        assert needs[check] == {"sign-up-pupil:1"}
    assert needs["approve-entry-points"] == {"check-residence-permit", "check-social-insurance"}
    assert needs["draw-private-school"] == {"allocate-school-place:1"}
    assert needs["issue-admission-notice"] == {"allocate-school-place:1", "draw-private-school:1"}
    for follows in ("check-pupil-immunisation", "enrol-pupil-insurance", "claim-student-aid"):
        assert needs[follows] == {"issue-admission-notice:1"}
    place = steps["allocate-school-place:1"]
    assert place.held
    assert place.state is StepState.WAITING
    barrier = {service.id for service in place.step.barrier}
    assert {
        "check-household-register",
        "check-real-estate",
        "verify-home-papers",
        "check-residence-permit",
        "check-social-insurance",
        "check-business-or-contract",
        "check-guardians-marriage",
        "check-parent-child-relation",
        "recognise-preference",
        "approve-entry-points",
        "place-disabled-pupil",
    } == barrier


def test_a_granted_delay_takes_the_child_out_of_the_round_but_not_its_twin():
    answers = made(number_of_children="2", special=["delay"])
    answers = answers.with_item("child", 0, {"child_delayed": "yes", "delay_reason": "illness"})
    answers = answers.with_item("child", 1, {"child_delayed": "no"})
    steps = planned(answers)
    assert "delay-school-entry:1" in steps
    assert "delay-school-entry:2" not in steps
    assert steps["allocate-school-place:1"].unless == ("delay-school-entry:1",)
    assert steps["allocate-school-place:2"].unless == ()
    done = {
        f"{one.step.service.id}:{(one.subject or 0) + 1}"
        for one in rehearse(SCHOOL_ENTRY, answers, TODAY)
    }
    assert "allocate-school-place:2" in done
    assert "allocate-school-place:1" not in done
    assert "issue-admission-notice:1" not in done


def test_an_under_age_child_is_refused_with_a_sentence():
    found = outcome(SCHOOL_ENTRY, made(born_on="2021-09-01"))
    assert found.kind == "stop"
    assert "不到年龄" in found.told[0].what.zh
    assert [one.id for one in blocking(SCHOOL_ENTRY, made(born_on="2021-09-01"))] == ["of-age"]
    assert outcome(SCHOOL_ENTRY, made(born_on="2021-08-31")).kind == "online"
    assert outcome(SCHOOL_ENTRY, made(born_on="2021-09-01", stage="junior")).kind == "online"


def test_another_city_is_told_where_to_go():
    found = outcome(SCHOOL_ENTRY, made(study_county="other"))
    assert found.kind == "stop"
    assert "请到就读地报名" in found.told[0].what.zh


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "预防接种证不是报名条件"),
        ({}, "报名早晚不影响结果"),
        ({"register_status": "here-late"}, "统筹安排"),
        ({"home_status": "shared"}, "由工作人员看材料核定"),
        ({"parents": "divorced"}, "抚养权"),
        ({"special": ["disabled"]}, "不会因为残疾拒绝"),
        ({"special": ["private"]}, "不再保留公办学位"),
        ({"number_of_children": "2"}, "可以捆绑"),
        ({"special": ["help"]}, "12349"),
        ({**WORKING, "study_county": "331083", "work_route": ["permit"]}, "积分"),
    ],
)
def test_each_answer_of_the_guidance_is_told_what_follows(chosen, words):
    assert words in notes(**chosen)


def test_the_months_still_missing_at_the_cut_off_are_told_before_signing_in():
    answers = made(**WORKING, work_route=["insurance"], insured_from="2026-12")
    (proposed,) = [
        one
        for one in outcome(SCHOOL_ENTRY, answers).reckoned
        if one.reckoning.id == "proposed-category"
    ]
    assert "9个月，需要12个月，还差3个月" in proposed.words.zh
    assert "待主管部门确认" in proposed.words.zh
    assert "参保不满12个月" in notes(**WORKING, work_route=["insurance"], insured_from="2026-12")


def test_the_class_that_is_proposed_follows_the_county_and_the_stage():
    def proposed(**chosen: Answer) -> str:
        found = from_guidance(made(**chosen))
        assert found
        assert found.category
        return found.category.code

    assert proposed() == "register"
    assert proposed(register_status="here-late") == "arranged"
    assert proposed(register_status="elsewhere", home_status="own", work_route=["none"]) == (
        "property"
    )
    assert proposed(**WORKING, work_route=["permit"]) == "work"
    junior = {**WORKING, "stage": "junior", "former_county": "331002", "work_route": ["none"]}
    assert proposed(**junior) == "school-roll"


def test_private_schools_and_categories_are_those_of_the_county_and_stage():
    def offered(question: str, **chosen: Answer) -> set[str]:
        return {
            option.value
            for place in places(SCHOOL_ENTRY, made(special=["private"], **chosen))
            for one in place.questions
            if one.id == question
            for option in one.kind.options  # type: ignore[union-attr]
        }

    for county in ("331002", "331023"):
        expected = {one.code for one in of_county(county, "primary") if one.kind == "private"}
        assert offered("private_wish_1", study_county=county) == expected
    assert "home-register" not in offered("category")
    assert "home-register" in offered("category", study_county="331082")
    assert "school-roll" in offered("category", stage="junior")
    elsewhere = read_document(
        SCHOOL_ENTRY, {"private_wish_1": "P331081-M1"}, made(special=["private"])
    )
    assert [one.question for one in elsewhere.corrections] == ["private_wish_1"]
    schema = json_schema(SCHOOL_ENTRY)["properties"]["private_wish_1"]
    assert all("x-applies-to" in option for option in schema["x-options"])


def test_the_school_of_the_catchment_is_known_and_not_chosen():
    home = {"county": "331002", "township": "331002005", "detail": "某路1号"}
    answers = made(register_address=home)
    (question,) = [
        one
        for place in places(SCHOOL_ENTRY, answers)
        for one in place.questions
        if one.id == "public_school"
    ]
    assert [option.label.zh for option in question.kind.options] == ["椒江演示第二小学"]  # type: ignore[union-attr]
    assert suggested_answer(question, answers, {}) == "P331002-2"
    away = {"county": "331003", "township": "331003001", "detail": "某路1号"}
    nowhere = made(**WORKING, work_route=["none"], home_address=away)
    assert "public_school" not in {
        one.id for place in places(SCHOOL_ENTRY, nowhere) for one in place.questions
    }


def ye_answers(**more: Answer) -> Answers:
    """The demo family as its registers fill the form in."""
    record = YE.records_on(TODAY)
    facts = pupils_of(
        PupilQuery(id_number=YE.id_number, stage="primary"), record["school-age-register"]
    )
    assert facts
    told = facts.model_dump(mode="json")
    lists = {key: told.pop(key) for key in list(told) if isinstance(told[key], list)}
    children = [
        dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)
    ]
    stated = {
        "number_of_children": "2",
        "home_status": "own",
        "second_guardian": "yes",
        "guardian_mobile": YE.mobile,
        "second_mobile": "13800576042",
        "second_signature": "潘晓琳",
        "home_address": told["register_address"],
        "bind": "yes",
    }
    answers = made(**{**stated, **record["real-estate-register"], **told, **more})
    for index, child in enumerate(children):
        answers = answers.with_item("child", index, {**child, "category": "register"})
    return pruned(SCHOOL_ENTRY, answers)


def test_the_demo_familys_form_is_complete_as_the_registers_fill_it_in():
    assert complete(SCHOOL_ENTRY, ye_answers()) == ()


def test_the_category_is_suggested_from_the_form_and_who_contests_it_says_why():
    answers = ye_answers()
    (place,) = [
        one for one in places(SCHOOL_ENTRY, answers) if one.page.id == "category" and one.item == 0
    ]
    question = place.questions[0]
    assert suggested_answer(question, place.answers, {}) == "register"
    assert "contest_reason" not in {one.id for one in place.questions}
    contested = answers.with_item("child", 0, {"category": "property"})
    found = complete(SCHOOL_ENTRY, contested)
    assert [(one.question, one.item) for one in found] == [("contest_reason", 0)]


def test_the_twins_get_one_school_and_a_notice_each():
    steps = rehearse(SCHOOL_ENTRY, ye_answers(), TODAY)
    played = {(one.step.service.id, one.subject): one for one in steps}
    notices = [played["issue-admission-notice", child] for child in (0, 1)]
    names = {one.request.school_name for one in notices if one.request}  # type: ignore[attr-defined]
    assert names == {"椒江演示第一小学"}
    assert all(one.problem is None and one.refusal is None for one in played.values())


AWAY = {"county": "331082", "township": "331082001", "detail": "某路1号"}
CHILDS_OWN = {"type": "resident-id", "number": "331002202103123114"}


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("second_signature", "别人"),
        ("guardian_document", CHILDS_OWN),
        ("register_address", AWAY),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_question(question: str, wrong: Answer):
    found = complete(SCHOOL_ENTRY, ye_answers(**{question: wrong}))
    assert question in {one.question for one in found}


def test_the_same_child_cannot_stand_twice():
    answers = ye_answers()
    document = answers.item("child", 0).parts("child_document")
    twice = answers.with_item("child", 1, {"child_document": document})
    assert {one.question for one in complete(SCHOOL_ENTRY, twice)} == {"child_document"}


def test_each_guardian_consents_and_ticks_stand_apart():
    assert {"second_signature", "second_consent"} <= asked(second_guardian="yes")
    ticks = {question.id for question in SCHOOL_ENTRY.declarations}
    assert ticks == {"declare_truth", "declare_query", "declare_minor", "declare_health"}


def test_nothing_is_asked_about_vaccination_and_no_paper_of_it_is_offered():
    everything = made(number_of_children="2", special=["private", "aid", "insurance"])
    needed = papers(
        SCHOOL_ENTRY,
        case_of(everything),
        planned_services(SCHOOL_ENTRY, case_of(everything)),
        (),
        {},
    )
    assert not any("接种" in one.evidence.title.zh for one in needed)
    (step,) = [one for one in SCHOOL_ENTRY.steps if one.service.id == "check-pupil-immunisation"]
    assert step.service.refusal_reasons == ()
    assert [one.id for one in step.requires] == ["issue-admission-notice"]
    assert not any("接种" in question.label.zh for question in SCHOOL_ENTRY.questions)


def test_a_family_with_registers_uploads_nothing():
    everything = ye_answers()
    found = {ask.register.id: "found" for ask in SCHOOL_ENTRY.asks}
    needed = papers(
        SCHOOL_ENTRY,
        case_of(everything),
        planned_services(SCHOOL_ENTRY, case_of(everything)),
        found,
        found,
    )
    assert [one.id for one in needed if one.must_be_given] == []


def test_a_check_in_the_sandbox_can_find_something_else_than_was_typed():
    request = HomeCheck(
        guardian_name="叶明轩",
        guardian_document=YE.id_number,
        county="331002",
        year=2027,
        title_number="浙（2020）别人的第0000001号",
        home_since=date(2018, 6, 11),
        home_county="331002",
    )
    known = Ticket("key", TODAY, 7, YE.records_on(TODAY))
    assert not home_checked(request, known).found
    assert home_checked(request, Ticket("key", TODAY, 7)).found


def test_how_places_are_given_is_told_and_speed_is_not_part_of_it():
    assert SCHOOL_ENTRY.intake
    told = "".join(words.zh for words in SCHOOL_ENTRY.intake.how)
    assert "报名不分先后" in told
    assert "SHA-256" in told
    assert "预防接种证不是" in told
