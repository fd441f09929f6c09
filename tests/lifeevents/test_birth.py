"""The plan, guidance and requests of a birth, situation by situation."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.demo_city import OFFICERS, RESIDENTS
from app.forms.answers import Answer, Answers
from app.forms.asking import walk
from app.forms.fields import read_value
from app.forms.identifiers import (
    birthday_of,
    credit_code_problem,
    name_problem,
    phone_problem,
    resident_id_problem,
)
from app.forms.specimen import specimen
from app.lifeevents.birth import BIRTH
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.case_states import StepState
from app.vocabulary.requests import one_line
from app.workflow.plan import plan
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
HERE = {
    "for_whom": "mother",
    "birth_place": "zhejiang",
    "certificate_issued": "no",
    "special": "none",
    "parents": "married",
    "household": "family",
    "mother_insurance": "employee",
    "wanted": ["subsidy", "place"],
    "number_of_children": "1",
    "concern": "none",
}
TWELVE = {
    "register-fertility",
    "issue-birth-certificate",
    "issue-immunisation-certificate",
    "register-newborn",
    "enrol-medical-insurance",
    "pay-medical-contribution",
    "issue-social-security-card",
    "reimburse-maternity-expenses",
    "pay-maternity-allowance",
    "claim-childcare-subsidy",
    "register-parenting-guidance",
    "request-childcare-place",
}
FOLLOW_REGISTRATION = {
    "register-newborn",
    "enrol-medical-insurance",
    "pay-medical-contribution",
    "issue-social-security-card",
    "claim-childcare-subsidy",
}
PER_CHILD = TWELVE - {
    "register-fertility",
    "reimburse-maternity-expenses",
    "pay-maternity-allowance",
}


def made_answers(**chosen: Answer) -> Answers:
    return specimen(BIRTH, TODAY, {**HERE, **chosen})


def planned(answers: Answers) -> dict[str, Any]:
    case = CaseFile("TZ-TEST", Person("王小样", "331002199003070020"), answers, TODAY)
    steps = plan(BIRTH, case, "331002", lambda *_: "system")
    return {step.key: step for step in steps}


def services(answers: Answers) -> set[str]:
    return {key.split(":")[0] for key in planned(answers)}


def outcomes(**chosen: Answer) -> list[str]:
    answers = made_answers(**chosen)
    return [found.outcome for found in BIRTH.outcomes if found.when.holds(answers)]


def test_a_normal_birth_with_everything_wanted_has_twelve_steps():
    assert services(made_answers()) == TWELVE
    assert len(planned(made_answers())) == 12


def test_nothing_optional_is_planned_unasked():
    answers = made_answers(wanted=[], mother_insurance="none")
    assert TWELVE - services(answers) == {
        "claim-childcare-subsidy",
        "request-childcare-place",
        "reimburse-maternity-expenses",
        "pay-maternity-allowance",
    }


@pytest.mark.parametrize(
    ("chosen", "missing"),
    [
        ({"certificate_issued": "yes"}, {"issue-birth-certificate"}),
        ({"birth_place": "delta"}, {"issue-birth-certificate"}),
        ({"birth_place": "elsewhere"}, {"issue-birth-certificate"}),
        ({"household": "outside"}, FOLLOW_REGISTRATION),
        ({"special": "foreign"}, FOLLOW_REGISTRATION),
        ({"parents": "unmarried-father"}, FOLLOW_REGISTRATION),
        ({"mother_insurance": "father"}, {"pay-maternity-allowance"}),
        ({"mother_insurance": "resident"}, {"pay-maternity-allowance"}),
        ({"parents": "unmarried-mother"}, set()),
        ({"parents": "father-not-declared"}, set()),
        ({"household": "collective"}, set()),
        ({"for_whom": "agent"}, set()),
    ],
)
def test_each_situation_leaves_out_what_is_done_elsewhere(
    chosen: dict[str, Answer], missing: set[str]
):
    assert TWELVE - services(made_answers(**chosen)) == missing


def test_twins_get_a_step_each_and_the_mother_claims_once():
    steps = planned(made_answers(number_of_children="2"))
    for service in PER_CHILD:
        assert {f"{service}:1", f"{service}:2"} <= steps.keys()
    assert {"register-fertility", "reimburse-maternity-expenses", "pay-maternity-allowance"} < set(
        steps
    )
    assert len(steps) == 2 * len(PER_CHILD) + 3
    assert steps["register-newborn:2"].requires == ("issue-birth-certificate:2",)
    assert set(steps["pay-maternity-allowance"].requires) == {
        "issue-birth-certificate:1",
        "issue-birth-certificate:2",
    }


def test_a_child_at_risk_is_referred_only_with_consent():
    asked = {"concern": "hearing"}
    answers = made_answers(**asked, referral_consent="yes")
    assert "refer-child-at-risk" in services(answers)
    assert "refer-child-at-risk" not in services(made_answers(**asked, referral_consent="no"))


def test_the_order_is_that_of_the_law():
    steps = planned(made_answers())
    needs = {key.removesuffix(":1"): step.requires for key, step in steps.items()}
    assert needs["register-newborn"] == ("issue-birth-certificate:1",)
    assert needs["enrol-medical-insurance"] == ("register-newborn:1",)
    assert needs["pay-medical-contribution"] == ("enrol-medical-insurance:1",)
    assert needs["issue-social-security-card"] == ("register-newborn:1",)
    assert needs["claim-childcare-subsidy"] == ("register-newborn:1",)
    assert needs["issue-immunisation-certificate"] == ()
    assert steps["pay-maternity-allowance"].uses == ("register-fertility",)
    ready = {key for key, step in steps.items() if step.state != StepState.WAITING}
    assert ready == {
        "register-fertility",
        "issue-birth-certificate:1",
        "issue-immunisation-certificate:1",
    }


def test_a_certificate_from_elsewhere_is_asked_for_and_used():
    answers = made_answers(birth_place="delta")
    asked = {question.id for place in walk(BIRTH, dict(answers.values), TODAY)
             for question in place.questions}  # fmt: skip
    assert "certificate_number" in asked
    assert not {"weeks", "institution", "certificate_issued"} & asked
    played = {step.step.service.id: step for step in rehearse(BIRTH, answers, TODAY)}
    registration = played["register-newborn"].request
    assert registration is not None
    assert registration.model_dump()["certificate_number"] == "A123456789"


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ({}, []),
        ({"for_whom": "guardian"}, ["stop"]),
        ({"birth_place": "home"}, ["stop"]),
        ({"birth_place": "abroad"}, ["stop"]),
        ({"special": "deceased"}, ["stop"]),
        ({"special": "adopted"}, ["stop"]),
        ({"special": "surname"}, ["stop"]),
        ({"special": "surname", "certificate_issued": "yes"}, ["note"]),
        ({"special": "foreign"}, ["partly"]),
        ({"household": "soldiers"}, ["stop"]),
        ({"household": "outside"}, ["partly"]),
        ({"parents": "unmarried-father"}, ["partly"]),
        ({"parents": "unmarried-mother"}, ["note"]),
        ({"born_on": str(TODAY - timedelta(days=30))}, []),
        ({"born_on": str(TODAY - timedelta(days=40))}, ["note"]),
        ({"born_on": str(TODAY - timedelta(days=90))}, ["note"]),
        ({"born_on": str(TODAY - timedelta(days=91))}, ["note"]),
        ({"born_on": str(TODAY - timedelta(days=365))}, ["note"]),
        ({"born_on": str(TODAY - timedelta(days=366))}, ["stop"]),
    ],
)
def test_each_situation_is_told_where_it_leads(chosen: dict[str, Answer], kinds: list[str]):
    assert outcomes(**chosen) == kinds


@pytest.mark.parametrize("children", ["1", "2", "3"])
@pytest.mark.parametrize("parents", ["married", "unmarried-mother", "father-not-declared"])
@pytest.mark.parametrize("for_whom", ["mother", "father", "agent"])
def test_the_whole_birth_completes_against_the_stand_ins(
    children: str, parents: str, for_whom: str
):
    answers = made_answers(number_of_children=children, parents=parents, for_whom=for_whom)
    played = list(rehearse(BIRTH, answers, TODAY))
    assert [step.problem for step in played if step.problem] == []
    assert [step.refusal for step in played if step.refusal] == []
    assert len(played) == len(planned(answers))


def test_a_child_address_is_written_out_for_departments():
    parts = {"county": "331082", "township": "331082001", "detail": "演示巷7号"}
    assert one_line(parts) == "临海市古城街道演示巷7号"
    assert one_line({"county": "other", "township": "", "detail": "杭州"}) == "杭州"


def answered(**values: Answer) -> Answers:
    return Answers(values, TODAY)


def accepted(question: str, answers: Answers) -> bool:
    """Whether the rule across questions that stands at `question` holds."""
    (check,) = (c for page in BIRTH.pages for c in page.checks if c.question == question)
    return check.holds(answers)


@pytest.mark.parametrize(
    ("child", "mother", "father", "fits"),
    [
        ("林小雨", "陈雨桐", "林浩然", True),
        ("陈小雨", "陈雨桐", "林浩然", True),
        ("王小雨", "陈雨桐", "林浩然", False),
        ("徐小雨", "徐静怡", "", True),
        ("阿迪力·买买提", "古丽娜尔·阿不都拉", "李㛃𬱖", True),
        ("欧阳小雨", "欧阳静", "林浩然", True),
    ],
)
def test_the_surname_is_a_parents(child: str, mother: str, father: str, fits: bool):
    answers = answered(child_name=child, mother_name=mother, father_name=father)
    assert accepted("child_name", answers) is fits


def test_twins_may_be_born_around_midnight_but_not_another_week():
    near = answered(born_on="2026-11-11", birth_time="2026-11-12T00:04")
    assert accepted("birth_time", near)
    assert not accepted("birth_time", near.with_values({"birth_time": "2026-11-19T00:04"}))


def test_cover_is_for_the_year_of_birth_or_the_next_where_ninety_days_reach_it():
    assert accepted("insurance_year", answered(born_on="2026-03-01", insurance_year=2026))
    assert not accepted("insurance_year", answered(born_on="2026-03-01", insurance_year=2027))
    assert accepted("insurance_year", answered(born_on="2026-11-01", insurance_year=2027))


def test_the_child_has_a_parents_ethnicity():
    answers = answered(mother_ethnicity="05", father_ethnicity="01", child_ethnicity="05")
    assert accepted("child_ethnicity", answers)
    assert not accepted("child_ethnicity", answers.with_values({"child_ethnicity": "11"}))


def test_the_subsidy_goes_to_the_claimant_or_an_only_child():
    answers = answered(
        claimant="father",
        mother_name="陈雨桐",
        father_name="林浩然",
        child=[{"child_name": "林小雨"}],
        subsidy_account={"holder": "林浩然"},
    )
    assert accepted("subsidy_account", answers)
    assert accepted(
        "subsidy_account", answers.with_values({"subsidy_account": {"holder": "林小雨"}})
    )
    assert not accepted(
        "subsidy_account", answers.with_values({"subsidy_account": {"holder": "陈雨桐"}})
    )


def test_maternity_benefits_go_to_the_mothers_own_account():
    answers = answered(mother_name="陈雨桐", mother_account={"holder": "陈雨桐"})
    assert accepted("mother_account", answers)
    assert not accepted("mother_account", answers.with_values({"mother_name": "林浩然"}))


def test_deadlines_are_a_month_and_ninety_days():
    spans = {deadline.id: (deadline.months, deadline.days) for deadline in BIRTH.deadlines}
    assert spans == {"immunisation": (1, 0), "household": (1, 0), "insurance": (0, 90)}


@pytest.mark.parametrize("person", RESIDENTS, ids=lambda person: person.id)
def test_demo_people_have_valid_numbers(person: Any):
    assert resident_id_problem(person.id_number, TODAY) is None
    assert phone_problem(person.mobile) is None
    assert name_problem(person.name) is None
    assert birthday_of(person.id_number) < TODAY
    employer = person.records.get("maternity-insurance")
    assert employer is None or credit_code_problem(employer["employer_code"]) is None


def test_demo_people_are_told_apart():
    assert len({person.id for person in RESIDENTS}) == len(RESIDENTS)
    assert len({person.id_number for person in RESIDENTS}) == len(RESIDENTS)
    assert len({officer.id for officer in OFFICERS}) == len(OFFICERS)


def test_every_authority_of_the_plan_has_an_officer():
    needed = {step.service.authority.id for step in BIRTH.steps}
    assert needed <= {officer.authority for officer in OFFICERS if officer.county is None}


@pytest.mark.parametrize("person", RESIDENTS, ids=lambda person: person.id)
def test_registers_answer_with_what_questions_can_take(person: Any):
    """Every fact that is held fits the kind of the question it answers."""
    role = "father" if is_father(person) else "mother"
    case = CaseFile("TZ", Person(person.name, person.id_number), answered(for_whom=role), TODAY)
    asks = {ask.register.id: ask for ask in BIRTH.asks}
    for question in BIRTH.questions:
        if question.shared is None or question.shared.register not in person.records:
            continue
        ask = asks[question.shared.register]
        record = person.records_on(TODAY)[ask.register.id]
        facts = ask.register.stand_in(ask.request(case), record).model_dump(mode="json")
        fact = facts[question.shared.fact]
        for value in fact if isinstance(fact, list) else [fact]:
            if value is not None:
                assert read_value(question, value, TODAY) == value, question.id


def is_father(person: Any) -> bool:
    return int(person.id_number[16]) % 2 == 1


def test_a_father_and_a_mother_see_the_same_parents():
    by_id = {person.id: person for person in RESIDENTS}
    ask = next(ask for ask in BIRTH.asks if ask.register.id == "family-register")
    seen = []
    for name, role in (("chen-yutong", "mother"), ("lin-haoran", "father")):
        person = by_id[name]
        case = CaseFile("TZ", Person(person.name, person.id_number), answered(for_whom=role), TODAY)
        record = person.records_on(TODAY)["family-register"]
        seen.append(ask.register.stand_in(ask.request(case), record))
    assert seen[0] == seen[1]
    assert seen[0].mother_name == "陈雨桐"
