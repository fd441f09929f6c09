"""The plan, guidance, rules and requests of work in its four flows."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.demo_city import OFFICERS, demo_credit_code, demo_id
from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.reading import complete
from app.forms.specimen import specimen
from app.lifeevents.employment import EMPLOYMENT
from app.services.employment.hiring import most_probation
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.public_service import Ticket
from app.vocabulary.work_rates import longest_benefit
from app.workflow.deadlines import absolute_deadlines
from app.workflow.eligibility import outcome
from app.workflow.evidence import papers
from app.workflow.plan import plan, planned_services
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
BORN = "2003-06-09"
NUMBER = demo_id("331002", "20030609", 226)
NAME = "孔令仪"
OWN = {"holder": NAME, "bank": "演示银行", "number": "100000000000001"}
CODE = demo_credit_code("91331002MA2DEM001")
BASE: dict[str, Answer] = {
    "for_whom": "self",
    "work_county": "331002",
    "sex": "2",
    "born_on": BORN,
    "origin": "taizhou",
    "old_cover": "none",
    "status": [],
    "flexible_wants": [],
    "graduate_wants": [],
    "hire_wants": [],
    "wanted": [],
    "person_name": NAME,
    "person_id": NUMBER,
    "insurances": ["pension", "medical"],
    "first_month": "2026-12",
    "debit_account": OWN,
    "payee_account": OWN,
    "employer_code": CODE,
    "startup_code": CODE,
    "monthly_wage": 5200.0,
    "contract_kind": "fixed",
    "contract_from": "2026-11-20",
    "contract_to": "2029-11-19",
    "probation": 6,
    "graduated_on": "2026-06-30",
    "subsidy_from": "2026-12",
    "subsidy_to": "2026-12",
    "clerk_authorised": True,
    "seeks_work": True,
    "carried_months": 0,
    "skill_issued_on": "2026-05-01",
    "unemployment_months": 30,
    "skill_before": "no",
    "owns_home": "no",
    "has_voucher": "no",
    "selected": "no",
    "spouse_claims": "no",
    "had_rent_grant": "no",
    "voucher_from": "2026-07-01",
    "voucher_to": "2029-06-30",
    "file_place": "school",
    "startup_firm": [],
    "degree": "bachelor",
    "loan_yuan": 100_000,
}
FLEXIBLE: dict[str, Answer] = {"flow": "flexible", "work_type": "own", "degree_within": "no"}
AGAIN: dict[str, Answer] = {**FLEXIBLE, "registered_before": "yes", "subsidy_from": "2026-08"}
GRADUATE: dict[str, Answer] = {"flow": "graduate", "graduated": "two-years"}
UNEMPLOYED: dict[str, Answer] = {
    "flow": "unemployed",
    "left_reason": "ended",
    "insured_years": "1-5",
}
HIRED: dict[str, Answer] = {"for_whom": "employer"}
EMPLOYED_GRADUATE: dict[str, Answer] = {"graduate_wants": ["job-subsidy"], "firm": ["small"]}
HARD_UP: dict[str, Answer] = {"flexible_wants": ["subsidy"], "status": ["disabled"]}
COUPLE: dict[str, Answer] = {"graduate_wants": ["rent"], "spouse_claims": "yes"}
VOUCHER: dict[str, Answer] = {
    "graduate_wants": ["rent"],
    "rent_or_voucher": "voucher",
    "work_county": "331082",
}
F_STEPS = {
    "register-employment",
    "enrol-flexible-pension",
    "enrol-employee-medical",
    "pay-social-contributions",
}
H_STEPS = {"register-employment", "insure-hired-employee", "enrol-employee-medical"}
U_STEPS = {"register-unemployment", "pay-unemployment-benefit"}
G_STEPS = {"check-graduate-destination"}


def man_of(day: str) -> dict[str, Answer]:
    """A man born on a day (eight digits)."""
    born_on = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return {"sex": "1", "born_on": born_on, "person_id": demo_id("331002", day, 117)}


def born(years: int, days: int = 0) -> str:
    return str(TODAY.replace(year=TODAY.year - years) + timedelta(days=days))


def made_answers(*flows: dict[str, Answer], **chosen: Answer) -> Answers:
    whole = dict(BASE)
    for flow in flows:
        whole |= flow
    return specimen(EMPLOYMENT, TODAY, {**whole, **chosen})


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("TZ-TEST", Person("毛丽娜", NUMBER, "13800000000"), answers, TODAY)


def planned(answers: Answers) -> dict[str, Any]:
    steps = plan(EMPLOYMENT, case_of(answers), "331002", lambda *_: "system")
    return {step.key: step for step in steps}


def needs(answers: Answers) -> dict[str, set[str]]:
    return {key: set(step.requires) for key, step in planned(answers).items()}


def told(answers: Answers) -> list[str]:
    return [found.outcome for found in outcome(EMPLOYMENT, answers).told]


def wrong(answers: Answers) -> set[str]:
    return {item.question for item in complete(EMPLOYMENT, answers)}


@pytest.mark.parametrize(
    ("flow", "chosen", "services"),
    [
        (FLEXIBLE, {}, F_STEPS),
        (FLEXIBLE, {"insurances": ["medical"]}, F_STEPS - {"enrol-flexible-pension"}),
        (FLEXIBLE, {"insurances": ["pension"]}, F_STEPS - {"enrol-employee-medical"}),
        (FLEXIBLE, {"old_cover": "employer"}, F_STEPS | {"close-old-cover"}),
        (FLEXIBLE, {"old_cover": "resident"}, F_STEPS | {"close-old-cover"}),
        (FLEXIBLE, {"old_cover": "benefit"}, F_STEPS | {"end-unemployment-benefit"}),
        (FLEXIBLE, {"flexible_wants": ["fund"]}, F_STEPS | {"open-housing-fund-account"}),
        (FLEXIBLE, {"flexible_wants": ["subsidy"]}, F_STEPS),
        (
            FLEXIBLE,
            {"flexible_wants": ["subsidy"], "degree_within": "two-years"},
            F_STEPS | {"flexible-insurance-subsidy", "check-graduate-destination"},
        ),
        (
            FLEXIBLE,
            {"flexible_wants": ["subsidy"], "status": ["disabled"]},
            F_STEPS | {"flexible-insurance-subsidy", "recognise-hardship"},
        ),
        (
            FLEXIBLE,
            {"work_type": "with-employees", "wanted": ["start-up", "loan"]},
            {"start-up-grants", "start-up-loan"},
        ),
        (GRADUATE, {}, G_STEPS),
        (
            GRADUATE,
            {"graduate_wants": ["file", "household", "trainee"]},
            G_STEPS | {"receive-personnel-file", "move-graduates-household", "find-traineeship"},
        ),
        (
            GRADUATE,
            {"graduate_wants": ["job-subsidy"], "firm": ["small"]},
            G_STEPS | {"graduate-job-subsidy"},
        ),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "firm": []}, G_STEPS),
        (
            GRADUATE,
            {"graduate_wants": ["job-subsidy"], "firm": ["small"], "graduate_work": "waiting"},
            G_STEPS,
        ),
        (
            GRADUATE,
            {"graduated": "five-years", "graduate_wants": ["job-subsidy"], "firm": ["small"]},
            G_STEPS,
        ),
        (
            GRADUATE,
            {"graduated": "five-years", "graduate_wants": ["job-subsidy"], "firm": ["care"]},
            G_STEPS | {"graduate-job-subsidy"},
        ),
        (GRADUATE, {"graduate_wants": ["trainee"], "has_work": "yes"}, G_STEPS),
        (GRADUATE, {"graduate_wants": ["trainee"], "graduated": "five-years"}, G_STEPS),
        (GRADUATE, {"graduate_wants": ["file"], "file_place": "none"}, G_STEPS),
        (
            GRADUATE,
            {"graduate_wants": ["rent"], "newcomer": "yes"},
            G_STEPS | {"graduate-rent-grant"},
        ),
        (GRADUATE, {"graduate_wants": ["rent"], "newcomer": "no"}, G_STEPS),
        (GRADUATE, {"graduate_wants": ["rent"], "owns_home": "yes"}, G_STEPS),
        (GRADUATE, {"graduate_wants": ["rent"], "graduate_work": "none"}, G_STEPS),
        (
            GRADUATE,
            {"graduate_wants": ["rent"], "rent_or_voucher": "voucher"},
            G_STEPS | {"housing-voucher"},
        ),
        (
            GRADUATE,
            {"graduate_wants": ["rent"], "graduate_work": "own"},
            G_STEPS | {"graduate-rent-grant", "register-employment"},
        ),
        (
            GRADUATE,
            {"graduated": "not-yet", "student_hardship": "none", "wanted": ["start-up"]},
            {"start-up-grants"},
        ),
        (
            GRADUATE,
            {"graduated": "not-yet", "student_hardship": "loan", "graduated_on": "2027-06-30"},
            {"job-search-grant"},
        ),
        (HIRED, {}, H_STEPS),
        (
            HIRED,
            {"hire_wants": ["file", "card"], "old_cover": "employer"},
            H_STEPS
            | {"receive-personnel-file", "issue-adult-social-security-card", "close-old-cover"},
        ),
        (UNEMPLOYED, {}, U_STEPS),
        (UNEMPLOYED, {"left_reason": "own-will"}, U_STEPS - {"pay-unemployment-benefit"}),
        (UNEMPLOYED, {"insured_years": "0"}, U_STEPS - {"pay-unemployment-benefit"}),
        (UNEMPLOYED, {"status": ["long-term"]}, U_STEPS | {"recognise-hardship"}),
        (
            UNEMPLOYED,
            {"wanted": ["skill", "rental", "card"]},
            U_STEPS | {"skill-subsidy", "public-rental-home", "issue-adult-social-security-card"},
        ),
        (
            FLEXIBLE,
            {"origin": "china", "permit": "yes"},
            F_STEPS | {"issue-residence-permit"},
        ),
        (FLEXIBLE, {"origin": "china", "permit": "no"}, F_STEPS),
        (FLEXIBLE, {"flexible_wants": ["file"]}, F_STEPS | {"receive-personnel-file"}),
        (FLEXIBLE, {"flexible_wants": ["file"], "file_place": "none"}, F_STEPS),
        (
            AGAIN,
            {"flexible_wants": ["subsidy", "fund"], "status": ["disabled"]},
            {
                "recognise-hardship",
                "flexible-insurance-subsidy",
                "open-housing-fund-account",
            },
        ),
        ({"flow": "hired"}, {"wanted": ["skill"]}, {"skill-subsidy"}),
    ],
)
def test_each_flow_has_its_services(
    flow: dict[str, Answer], chosen: dict[str, Answer], services: set[str]
):
    assert planned(made_answers(flow, **chosen)).keys() == services


def test_the_old_cover_is_closed_before_work_is_registered_and_insured():
    found = needs(
        made_answers(
            FLEXIBLE,
            old_cover="employer",
            flexible_wants=["subsidy", "fund"],
            status=["disabled"],
        )
    )
    assert found["close-old-cover"] == set()
    assert found["register-employment"] == {"close-old-cover"}
    for insured in ("enrol-flexible-pension", "enrol-employee-medical"):
        assert found[insured] == {"close-old-cover", "register-employment"}
    assert found["pay-social-contributions"] == {
        "enrol-flexible-pension",
        "enrol-employee-medical",
    }
    assert found["flexible-insurance-subsidy"] == {
        "register-employment",
        "pay-social-contributions",
        "recognise-hardship",
    }
    assert found["open-housing-fund-account"] == {"register-employment"}


def test_the_other_flows_go_in_their_order():
    hired = needs(made_answers(HIRED, hire_wants=["file", "card"]))
    assert hired["insure-hired-employee"] == {"register-employment"}
    assert hired["enrol-employee-medical"] == {"register-employment", "insure-hired-employee"}
    assert hired["issue-adult-social-security-card"] == {"insure-hired-employee"}
    assert hired["receive-personnel-file"] == set(), "the contract is enough"
    graduate = needs(made_answers(GRADUATE, graduate_wants=["file", "household"]))
    assert graduate["move-graduates-household"] == {"check-graduate-destination"}
    assert graduate["receive-personnel-file"] == {"check-graduate-destination"}
    alone = needs(made_answers(GRADUATE, graduate_wants=["rent"], graduate_work="own"))
    assert alone["graduate-rent-grant"] == {"check-graduate-destination", "register-employment"}
    takes_work = needs(made_answers(FLEXIBLE, old_cover="benefit"))
    assert takes_work["end-unemployment-benefit"] == {"register-employment"}
    lost = needs(made_answers(UNEMPLOYED, status=["long-term"]))
    assert lost["pay-unemployment-benefit"] == {"register-unemployment"}
    assert lost["recognise-hardship"] == {"register-unemployment"}


@pytest.mark.parametrize(
    ("flow", "chosen", "kinds"),
    [
        (FLEXIBLE, {}, []),
        (FLEXIBLE, {"work_county": "other"}, ["stop"]),
        (FLEXIBLE, {"born_on": born(16, 1)}, ["stop"]),
        (FLEXIBLE, {"born_on": born(16)}, []),
        (FLEXIBLE, {"born_on": born(57)}, ["stop"]),
        (FLEXIBLE, {"born_on": born(57), "sex": "1"}, []),
        (FLEXIBLE, {"born_on": born(61), "sex": "1"}, ["stop"]),
        (FLEXIBLE, {"old_cover": "pension"}, ["stop"]),
        (FLEXIBLE, {"old_cover": "employer"}, ["note"]),
        (FLEXIBLE, {"old_cover": "resident"}, ["note"]),
        (FLEXIBLE, {"old_cover": "benefit"}, ["note"]),
        (FLEXIBLE, {"born_on": born(52)}, ["note"]),
        (FLEXIBLE, {"work_type": "part-time"}, ["note"]),
        (FLEXIBLE, {"origin": "china"}, ["note"]),
        (FLEXIBLE, {"origin": "hmt"}, ["note", "note"]),
        (FLEXIBLE, {"work_type": "with-employees"}, ["stop", "partly"]),
        (
            FLEXIBLE,
            {"work_type": "with-employees", "wanted": ["start-up"]},
            ["partly", "note"],
        ),
        (FLEXIBLE, {"flexible_wants": ["subsidy"]}, ["partly"]),
        (FLEXIBLE, {"flexible_wants": ["subsidy"], "status": ["disabled"]}, []),
        (FLEXIBLE, {"flexible_wants": ["file"], "file_place": "none"}, ["partly"]),
        (AGAIN, {}, ["stop"]),
        (AGAIN, {"flexible_wants": ["fund"]}, []),
        (AGAIN, {"flexible_wants": ["subsidy"]}, ["stop", "partly"]),
        (AGAIN, {"flexible_wants": ["subsidy"], "degree_within": "two-years"}, []),
        ({"flow": "hired"}, {}, ["stop", "partly"]),
        ({"flow": "hired"}, {"wanted": ["skill"]}, ["partly"]),
        (GRADUATE, {}, []),
        (GRADUATE, {"graduated": "never"}, ["stop"]),
        (GRADUATE, {"graduated": "not-yet", "student_hardship": "none"}, ["stop"]),
        (GRADUATE, {"graduated": "not-yet", "student_hardship": "loan"}, []),
        (
            GRADUATE,
            {"graduated": "not-yet", "student_hardship": "none", "wanted": ["start-up"]},
            ["note"],
        ),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "firm": ["small"]}, []),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "firm": []}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "graduate_work": "waiting"}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "graduate_work": "own"}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["rent"], "graduate_work": "none"}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["rent"], "newcomer": "no"}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["rent"], "owns_home": "yes"}, ["partly"]),
        (GRADUATE, {"graduate_wants": ["rent"], "rent_or_voucher": "voucher"}, ["note"]),
        (
            GRADUATE,
            {
                "graduate_wants": ["rent"],
                "rent_or_voucher": "voucher",
                "work_county": "331082",
            },
            [],
        ),
        (GRADUATE, {"graduate_wants": ["trainee"], "has_work": "yes"}, ["partly"]),
        (HIRED, {}, []),
        (HIRED, {"old_cover": "employer"}, ["note"]),
        (UNEMPLOYED, {}, []),
        (UNEMPLOYED, {"born_on": born(61), "sex": "1"}, ["stop"]),
        (UNEMPLOYED, {"left_reason": "own-will"}, ["partly"]),
        (UNEMPLOYED, {"insured_years": "0"}, ["partly"]),
        (UNEMPLOYED, {"wanted": ["start-up"]}, ["partly"]),
    ],
)
def test_each_situation_is_told_where_it_leads(
    flow: dict[str, Answer], chosen: dict[str, Answer], kinds: list[str]
):
    assert told(made_answers(flow, **chosen)) == kinds


@pytest.mark.parametrize(
    ("flow", "chosen", "at"),
    [
        (FLEXIBLE, {}, set()),
        (FLEXIBLE, {"first_month": "2026-11"}, set()),
        (FLEXIBLE, {"first_month": "2026-10"}, {"first_month"}),
        (FLEXIBLE, {"base_percent": 59}, {"base_percent"}),
        (FLEXIBLE, {"base_percent": 300}, set()),
        (FLEXIBLE, {"base_percent": 301}, {"base_percent"}),
        (FLEXIBLE, {"weekly_hours": 0}, {"weekly_hours"}),
        (FLEXIBLE, {"weekly_hours": 169}, {"weekly_hours"}),
        (FLEXIBLE, {"started_on": "2026-11-24"}, {"started_on"}),
        (FLEXIBLE, {"debit_account": {**OWN, "holder": "别人"}}, {"debit_account"}),
        (FLEXIBLE, {"person_id": demo_id("331002", "20030609", 117)}, {"person_id"}),
        (HIRED, {}, set()),
        (HIRED, {"contract_to": "2026-11-20", "probation": 0}, {"contract_to"}),
        (HIRED, {"contract_to": "2027-11-19", "probation": 3}, {"probation"}),
        (HIRED, {"contract_kind": "open", "probation": 6}, set()),
        (HIRED, {"contract_kind": "task", "probation": 1}, {"probation"}),
        (HIRED, {"monthly_wage": 2009.99}, {"monthly_wage"}),
        (HIRED, {"monthly_wage": 2010.0}, set()),
        (
            GRADUATE,
            {**EMPLOYED_GRADUATE, "contract_to": "2027-11-18", "probation": 1},
            {"contract_to"},
        ),
        (GRADUATE, {**EMPLOYED_GRADUATE, "contract_to": "2027-11-19", "probation": 1}, set()),
        (GRADUATE, {**EMPLOYED_GRADUATE, "contract_kind": "open"}, set()),
        (
            GRADUATE,
            {**EMPLOYED_GRADUATE, "contract_kind": "task", "probation": 0},
            {"contract_kind"},
        ),
        (GRADUATE, {**EMPLOYED_GRADUATE, "monthly_wage": 2009.0}, {"monthly_wage"}),
        (GRADUATE, {**EMPLOYED_GRADUATE, "subsidy_to": "2029-11"}, set()),
        (GRADUATE, {**EMPLOYED_GRADUATE, "subsidy_to": "2029-12"}, {"subsidy_to"}),
        (GRADUATE, {"graduated_on": "2024-11-22"}, {"graduated_on"}),
        (GRADUATE, {"graduated_on": "2024-11-23"}, set()),
        (FLEXIBLE, {**HARD_UP, "subsidy_from": "2026-11"}, {"subsidy_from"}),
        (AGAIN, {**HARD_UP, "subsidy_from": "2025-11", "subsidy_to": "2026-10"}, set()),
        (AGAIN, {**HARD_UP, "subsidy_to": "2029-07"}, set()),
        (AGAIN, {**HARD_UP, "subsidy_to": "2029-08"}, {"subsidy_to"}),
        # Nearer to retirement than five years it is paid until then: May 2029 and February 2031.
        (AGAIN, {**HARD_UP, **man_of("19680609"), "subsidy_to": "2029-04"}, set()),
        (AGAIN, {**HARD_UP, **man_of("19680609"), "subsidy_to": "2029-05"}, {"subsidy_to"}),
        (AGAIN, {**HARD_UP, **man_of("19691109"), "subsidy_to": "2031-01"}, set()),
        (AGAIN, {**HARD_UP, **man_of("19691109"), "subsidy_to": "2031-02"}, {"subsidy_to"}),
        (UNEMPLOYED, {"wanted": ["skill"]}, set()),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_issued_on": "2025-11-22"}, {"skill_issued_on"}),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_issued_on": "2025-11-23"}, set()),
        (UNEMPLOYED, {"wanted": ["skill"], "unemployment_months": 11}, {"unemployment_months"}),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_before": "training"}, {"skill_before"}),
        (GRADUATE, {"graduate_wants": ["rent"]}, set()),
        (GRADUATE, {"graduate_wants": ["rent"], "has_voucher": "yes"}, {"has_voucher"}),
        (GRADUATE, {**COUPLE, "spouse_degree": "bachelor"}, set()),
        (GRADUATE, {**COUPLE, "spouse_degree": "master"}, {"spouse_degree"}),
        (GRADUATE, {**COUPLE, "spouse_degree": "paid"}, {"spouse_degree"}),
        (GRADUATE, {**VOUCHER}, set()),
        (GRADUATE, {**VOUCHER, "voucher_to": "2029-06-29"}, {"voucher_to"}),
        (GRADUATE, {**VOUCHER, "work_county": "331002", "voucher_to": "2027-06-30"}, set()),
        (GRADUATE, {**VOUCHER, "had_rent_grant": "yes"}, {"had_rent_grant"}),
        (UNEMPLOYED, {}, set()),
        (UNEMPLOYED, {"payee_account": {**OWN, "holder": "别人"}}, {"payee_account"}),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(
    flow: dict[str, Answer], chosen: dict[str, Answer], at: set[str]
):
    assert wrong(made_answers(flow, **chosen)) == at


# Art. 19 of the Labour Contract Law: none, one, two or six months.
@pytest.mark.parametrize(
    ("kind", "last", "months"),
    [
        ("fixed", "2027-03-30", 0),
        ("fixed", "2027-03-31", 1),
        ("fixed", "2027-12-30", 1),
        ("fixed", "2027-12-31", 2),
        ("fixed", "2029-12-30", 2),
        ("fixed", "2029-12-31", 6),
        ("open", None, 6),
        ("task", None, 0),
    ],
)
def test_probation_is_bounded_by_the_length_of_the_contract(
    kind: str, last: str | None, months: int
):
    until = date.fromisoformat(last) if last else None
    assert most_probation(kind, date(2027, 1, 1), until) == months


# Art. 17 of the regulation: 12, 18, 24 months; what was not used before is added, up to 24.
@pytest.mark.parametrize(
    ("years", "carried", "months"),
    [
        ("0", 0, None),
        ("1-5", 0, 12),
        ("1-5", 5, 17),
        ("1-5", 12, 24),
        ("5-10", 0, 18),
        ("5-10", 7, 24),
        ("10", 0, 24),
        ("10", 6, 24),
    ],
)
def test_the_benefit_lasts_by_the_years_paid_and_what_was_not_used(
    years: str, carried: int, months: int | None
):
    assert longest_benefit(years, TODAY, carried) == months
    told = outcome(
        EMPLOYMENT, made_answers(UNEMPLOYED, insured_years=years, carried_months=carried)
    ).reckoned
    assert [one.words.zh for one in told[:1]] == ([f"{months}个月"] if months else [])
    assert all("待主管部门确认" in one.words.zh for one in told[1:])


def test_nobody_who_left_by_own_will_is_promised_a_benefit():
    assert outcome(EMPLOYMENT, made_answers(UNEMPLOYED, left_reason="own-will")).reckoned == ()


@pytest.mark.parametrize(
    ("flow", "chosen", "title", "words"),
    [
        (GRADUATE, {**EMPLOYED_GRADUATE, "firm": ["care", "small"]}, "高校毕业生就业补贴",
         "待主管部门确认；参考每年10000元，最长3年"),
        (GRADUATE, EMPLOYED_GRADUATE, "高校毕业生就业补贴",
         "待主管部门确认（由各县、市、区定，最长3年）"),
        (GRADUATE, {"graduate_wants": ["rent"], "degree": "doctor"}, "人才租房补贴",
         "待主管部门确认；参考每年12000元，最长3年"),
        (GRADUATE, {"graduate_wants": ["rent"], "degree": "master", "selected": "yes"},
         "人才租房补贴", "待主管部门确认；参考每年18000元，最长3年"),
        (GRADUATE, {"graduate_wants": ["rent"], "degree": "college", "school_in_taizhou": "yes"},
         "人才租房补贴", "待主管部门确认；参考每年6000元，最长3年"),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_grade": "3"}, "技能提升补贴",
         "待主管部门确认；参考2000元"),
        (FLEXIBLE, {"wanted": ["start-up"], "startup_wants": ["hires"], "startup_hires": 5},
         "创业补贴", "台州标准待主管部门确认（外地例子，不是承诺：嘉兴带动就业每年4000元）"),
    ],
)  # fmt: skip
def test_an_amount_is_reckoned_and_told_but_not_promised(
    flow: dict[str, Answer], chosen: dict[str, Answer], title: str, words: str
):
    told = outcome(EMPLOYMENT, made_answers(flow, **chosen)).reckoned
    assert {one.reckoning.title.zh: one.words.zh for one in told} | {title: words} == {
        one.reckoning.title.zh: one.words.zh for one in told
    }


def days(answers: Answers) -> dict[str, str]:
    found = absolute_deadlines(EMPLOYMENT, answers)
    return {one.deadline.id: str(one.day) for one in found}


@pytest.mark.parametrize(
    ("flow", "chosen", "expected"),
    [
        (HIRED, {}, {"insure-hire": "2026-12-20"}),
        (FLEXIBLE, {}, {}),
        (
            FLEXIBLE,
            {"flexible_wants": ["subsidy"], "status": ["disabled"]},
            {"flexible-subsidy": "2027-12-31"},
        ),
        (AGAIN, {**HARD_UP, "subsidy_from": "2025-03"}, {"flexible-subsidy": "2026-12-31"}),
        (
            GRADUATE,
            {"graduate_wants": ["job-subsidy"], "firm": ["small"]},
            {"job-subsidy": "2028-06-30"},
        ),
        (
            GRADUATE,
            {"graduate_wants": ["job-subsidy"], "firm": ["small", "farming"]},
            {"job-subsidy-care": "2031-06-30"},
        ),
        (
            GRADUATE,
            {"graduated": "not-yet", "student_hardship": "loan", "graduated_on": "2027-06-30"},
            {"search-grant": "2027-06-29"},
        ),
        (UNEMPLOYED, {"wanted": ["skill"]}, {"skill": "2027-05-01"}),
    ],
)
def test_each_subsidy_has_its_day(
    flow: dict[str, Answer], chosen: dict[str, Answer], expected: dict[str, str]
):
    assert days(made_answers(flow, **chosen)) == expected


EVERYTHING = [
    (FLEXIBLE, {"old_cover": "employer", "flexible_wants": ["subsidy", "fund"],
                "status": ["disabled"], "wanted": ["card", "skill", "start-up", "loan", "rental"]}),
    (FLEXIBLE, {"work_type": "platform", "origin": "foreign", "permit": "yes"}),
    (FLEXIBLE, {"degree_within": "two-years", "flexible_wants": ["subsidy"],
                "old_cover": "benefit"}),
    (GRADUATE, {"graduate_wants": ["file", "household", "job-subsidy", "trainee", "rent"],
                "firm": ["small"], "has_work": "no"}),
    (GRADUATE, VOUCHER),
    (GRADUATE, {"graduate_wants": ["rent"], "graduate_work": "own"}),
    (AGAIN, {**HARD_UP, "subsidy_from": "2026-08"}),
    (GRADUATE, {"graduated": "not-yet", "student_hardship": "loan",
                "graduated_on": "2027-06-30"}),
    (HIRED, {"hire_wants": ["file", "card"], "old_cover": "resident"}),
    (HIRED, {"origin": "hmt", "contract_kind": "open"}),
    (UNEMPLOYED, {"status": ["long-term"], "wanted": ["skill", "rental", "card"]}),
]  # fmt: skip


@pytest.mark.parametrize(("flow", "chosen"), EVERYTHING)
def test_each_flow_completes_against_the_stand_ins(
    flow: dict[str, Answer], chosen: dict[str, Answer]
):
    answers = made_answers(flow, **chosen)
    played = list(rehearse(EMPLOYMENT, answers, TODAY))
    assert [(step.step.service.id, step.problem) for step in played if step.problem] == []
    assert [(step.step.service.id, step.refusal) for step in played if step.refusal] == []
    assert len(played) == len(planned(answers))


@pytest.mark.parametrize(("flow", "chosen"), EVERYTHING)
def test_money_that_was_not_confirmed_is_not_promised(
    flow: dict[str, Answer], chosen: dict[str, Answer]
):
    for step in rehearse(EMPLOYMENT, made_answers(flow, **chosen), TODAY):
        output = step.step.service.produces.fields.model_fields
        assert not {"amount_yuan", "monthly_yuan"} & output.keys() or all(
            amount is None
            for name, amount in made_output(step).items()
            if name in {"amount_yuan", "monthly_yuan"}
        )


def made_output(step: Any) -> dict[str, Any]:
    made = step.step.service.stand_in(step.request, Ticket("key", TODAY, 7))
    return dict(made.model_dump())


@pytest.mark.parametrize(
    ("flow", "chosen", "refused"),
    [
        (GRADUATE, {"graduate_wants": ["rent"], "newcomer": "yes", "has_voucher": "yes"},
         "graduate-rent-grant"),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_issued_on": "2025-11-01"}, "skill-subsidy"),
        (UNEMPLOYED, {"wanted": ["skill"], "unemployment_months": 11}, "skill-subsidy"),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_before": "grade"}, "skill-subsidy"),
        (UNEMPLOYED, {"wanted": ["skill"], "skill_before": "training"}, "skill-subsidy"),
        (GRADUATE, {**COUPLE, "spouse_degree": "doctor"}, "graduate-rent-grant"),
        (GRADUATE, {"graduate_wants": ["rent"], "degree": "college", "school_in_taizhou": "no"},
         "graduate-rent-grant"),
        (GRADUATE, {**VOUCHER, "voucher_to": "2028-06-30"}, "housing-voucher"),
        (GRADUATE, {**VOUCHER, "had_rent_grant": "yes"}, "housing-voucher"),
        (AGAIN, {**HARD_UP, "subsidy_from": "2024-11"}, "flexible-insurance-subsidy"),
        (FLEXIBLE, {"wanted": ["start-up"], "status": []}, "start-up-grants"),
        (FLEXIBLE, {"wanted": ["start-up"], "status": ["disabled"],
                    "startup_wants": ["insurance"], "startup_insured": 11}, "start-up-grants"),
        (GRADUATE, {**EMPLOYED_GRADUATE, "contract_to": "2027-01-01"}, "graduate-job-subsidy"),
        (HIRED, {"clerk_authorised": False}, "insure-hired-employee"),
        (FLEXIBLE, man_of("19630101"), "register-employment"),
        (FLEXIBLE, {"born_on": born(16, 1)}, "register-employment"),
        (GRADUATE, {"graduated": "not-yet", "student_hardship": "loan",
                    "graduated_on": "2026-11-01"}, "job-search-grant"),
        (GRADUATE, {"graduate_wants": ["job-subsidy"], "firm": ["small"],
                    "graduated_on": "2024-06-30"}, "graduate-job-subsidy"),
        (HIRED, {"monthly_wage": 1500.0}, "insure-hired-employee"),
        (FLEXIBLE, {"first_month": "2026-10"}, "enrol-flexible-pension"),
    ],
)  # fmt: skip
def test_what_the_rules_exclude_is_refused_with_its_reason(
    flow: dict[str, Answer], chosen: dict[str, Answer], refused: str
):
    played = rehearse(EMPLOYMENT, made_answers(flow, **chosen), TODAY)
    found = {step.step.service.id: step.refusal for step in played}
    assert found[refused] is not None
    assert found[refused].reason


def uploads(answers: Answers) -> set[str]:
    case = case_of(answers)
    needed = papers(EMPLOYMENT, case, planned_services(EMPLOYMENT, case), (), {})
    return {paper.id for paper in needed if paper.must_be_given}


@pytest.mark.parametrize(
    ("flow", "chosen", "wanted"),
    [
        (FLEXIBLE, {}, {"description-of-work"}),
        (
            FLEXIBLE,
            {"origin": "hmt"},
            {"description-of-work", "permit-of-residence-and-work"},
        ),
        (HIRED, {}, {"labour-contract"}),
        (UNEMPLOYED, {}, {"end-of-contract"}),
        (GRADUATE, {"graduate_wants": ["household"]}, set()),
        (GRADUATE, {"graduate_wants": ["rent"], "newcomer": "yes"}, {"lease-of-home"}),
        (
            FLEXIBLE,
            {"wanted": ["start-up"], "startup_wants": ["rent"]},
            {"description-of-work", "business-lease"},
        ),
    ],
)
def test_each_flow_asks_for_few_papers(
    flow: dict[str, Answer], chosen: dict[str, Answer], wanted: set[str]
):
    assert uploads(made_answers(flow, **chosen)) == wanted


def test_the_clerk_files_and_the_employer_comes_from_the_clerks_record():
    answers = made_answers(HIRED)
    played = {step.step.service.id: step for step in rehearse(EMPLOYMENT, answers, TODAY)}
    hire = played["insure-hired-employee"].request
    assert hire is not None
    sent = hire.model_dump(mode="json")
    assert (sent["person_name"], sent["contract_from"]) == (NAME, "2026-11-20")
    assert sent["clerk_name"] != NAME
    asked = {ask.register.id for ask in EMPLOYMENT.asks if ask.applies.holds(answers)}
    assert asked == {"social-insurance-record"}


def test_each_flow_is_asked_only_its_own_pages():
    pages = {
        name: {place.page.id for place in places(EMPLOYMENT, made_answers(flow))}
        for name, flow in (("F", FLEXIBLE), ("G", GRADUATE), ("H", HIRED), ("U", UNEMPLOYED))
    }
    assert pages["F"] == {"worker", "homes", "work", "cover", "base", "debit"}
    assert pages["G"] == {"worker", "homes", "education", "graduation", "destination"}
    assert pages["H"] == {"employer", "contract", "contract-terms", "worker", "homes"}
    assert pages["U"] == {"worker", "homes", "former-job", "wish", "payee"}


def test_every_authority_of_the_plan_has_an_officer():
    needed = {step.service.authority.id for step in EMPLOYMENT.steps}
    assert needed <= {officer.authority for officer in OFFICERS if officer.county is None}
