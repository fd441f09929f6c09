"""The plan, guidance, rules and requests of a retirement, situation by situation."""

from datetime import date
from typing import Any

import pytest

from app.demo_city import OFFICERS, RESIDENTS, demo_credit_code, demo_id
from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.fields import read_value
from app.forms.reading import complete
from app.forms.specimen import specimen
from app.forms.suggesting import not_the_applicants
from app.lifeevents.retirement import RETIREMENT
from app.vocabulary.case_file import CaseFile, Person
from app.workflow.deadlines import absolute_deadlines
from app.workflow.eligibility import outcome, verdicts
from app.workflow.evidence import papers
from app.workflow.plan import plan, planned_services
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
BORN = "1966-05-18"  # a man: old month 2026-05, 5 months later, so October 2026
MAN = demo_id("331002", BORN.replace("-", ""), 117)
WOMAN = demo_id("331002", "19711218", 226)
NAME = "周国强"
OWN = {"holder": NAME, "bank": "演示银行", "number": "100000000000001"}
BASE: dict[str, Answer] = {
    "for_whom": "self",
    "insured_county": "331002",
    "payer": "flexible",
    "sex": "1",
    "born_on": BORN,
    "kind": "normal",
    "assessed": "yes",
    "post": "none",
    "flexible": "no",
    "years_enough": "yes",
    "elsewhere": "no",
    "background": [],
    "medical_enough": "yes",
    "wanted": [],
    "person_name": NAME,
    "person_id": MAN,
    "file_agrees": "yes",
    "pension_years": 21,
    "pension_months": 4,
    "medical_years": 21,
    "medical_months": 4,
    "paid_from": "2000-01",
    "pension_account": OWN,
    "fund_card": OWN,
    "fund_card_class": "one",
    "file_handling": "keep",
    "has_kin": "yes",
    "employer_code": demo_credit_code("91331002MA2DEM001"),
    "employer_arrears": "no",
}
ALWAYS = {
    "confirm-household-register",
    "confirm-pension-right",
    "compute-pension",
    "activate-pension-account",
    "change-medical-to-retiree",
    "handle-retirees-file",
    "hand-over-to-community",
}


WOMAN_OF_54: dict[str, Answer] = {"sex": "2", "base_age": "50", "born_on": "1972-03-01"}


def woman(base_age: str, born_on: str) -> dict[str, Answer]:
    return {"sex": "2", "base_age": base_age, "born_on": born_on}


def made_answers(**chosen: Answer) -> Answers:
    return specimen(RETIREMENT, TODAY, {**BASE, **chosen})


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("TZ-TEST", Person(NAME, MAN, "13800000000"), answers, TODAY)


def planned(answers: Answers) -> dict[str, Any]:
    steps = plan(RETIREMENT, case_of(answers), "331002", lambda *_: "system")
    return {step.key: step for step in steps}


def told(answers: Answers) -> list[str]:
    return [found.outcome for found in outcome(RETIREMENT, answers).told]


def reckoned(answers: Answers) -> dict[str, str]:
    found = outcome(RETIREMENT, answers).reckoned
    return {one.reckoning.id: one.words.zh for one in found}


def wrong(answers: Answers) -> set[str]:
    return {item.question for item in complete(RETIREMENT, answers)}


def test_a_plain_retirement_is_complete_and_has_seven_steps():
    answers = made_answers()
    assert wrong(answers) == set()
    assert planned(answers).keys() == ALWAYS
    assert told(answers) == []


@pytest.mark.parametrize(
    ("chosen", "more", "less"),
    [
        ({"kind": "special"}, {"approve-special-work-retirement"}, {"confirm-pension-right"}),
        ({"kind": "ability"}, {"approve-lost-ability-retirement"}, {"confirm-pension-right"}),
        ({"kind": "injury"}, {"approve-lost-ability-retirement"}, {"confirm-pension-right"}),
        ({"kind": "officer"}, set(), set()),
        ({"flexible": "late"}, {"register-flexible-retirement"}, set()),
        ({"elsewhere": "open"}, {"transfer-pension-account"}, set()),
        ({"elsewhere": "merged"}, set(), set()),
        ({"background": ["service"]}, {"recognise-deemed-years"}, set()),
        ({"background": ["army"]}, {"recognise-deemed-years"}, set()),
        ({"background": ["land"]}, {"move-land-scheme-to-pension"}, set()),
        ({"medical_enough": "no"}, {"pay-missing-medical-years"}, set()),
        ({"years_enough": "no", "if_short": "pay"}, {"pay-missing-pension-years"}, set()),
        (
            {"wanted": ["fund"], "fund_place": "taizhou", "fund_sealed": "yes"},
            {"withdraw-housing-fund"},
            set(),
        ),
        (
            {"wanted": ["fund"], "fund_place": "taizhou", "fund_sealed": "no"},
            {"withdraw-housing-fund", "seal-housing-fund-account"},
            set(),
        ),
        ({"wanted": ["fund"], "fund_place": "elsewhere"}, set(), set()),
        ({"wanted": ["reward"]}, {"pay-one-child-reward"}, set()),
        ({"wanted": ["extra"]}, {"confirm-extra-rights"}, set()),
        ({"wanted": ["care"]}, {"offer-old-age-services"}, set()),
        ({"payer": "benefit"}, {"end-unemployment-benefit"}, set()),
        ({"file_handling": "none"}, set(), {"handle-retirees-file"}),
        (
            {"years_enough": "no", "if_short": "resident"},
            {"claim-resident-pension"},
            ALWAYS - {"confirm-household-register"},
        ),
    ],
)
def test_each_situation_adds_and_leaves_out_its_services(
    chosen: dict[str, Answer], more: set[str], less: set[str]
):
    assert planned(made_answers(**chosen)).keys() == (ALWAYS | more) - less


def test_the_right_comes_first_then_years_and_pension_then_the_rest():
    steps = planned(
        made_answers(
            flexible="early",
            elsewhere="open",
            background=["service", "land"],
            wanted=["fund", "reward", "extra", "care"],
            fund_place="taizhou",
            fund_sealed="no",
            medical_enough="no",
        )
    )
    needs = {key: set(step.requires) for key, step in steps.items()}
    assert needs["confirm-household-register"] == set()
    assert needs["confirm-pension-right"] == {
        "register-flexible-retirement",
        "transfer-pension-account",
        "move-land-scheme-to-pension",
    }
    assert needs["recognise-deemed-years"] == {"confirm-pension-right"}
    assert needs["compute-pension"] == {
        "confirm-pension-right",
        "recognise-deemed-years",
        "confirm-extra-rights",
    }
    assert needs["change-medical-to-retiree"] == {
        "confirm-pension-right",
        "pay-missing-medical-years",
    }
    assert needs["withdraw-housing-fund"] == {"confirm-pension-right", "seal-housing-fund-account"}
    for after in (
        "pay-one-child-reward",
        "handle-retirees-file",
        "hand-over-to-community",
        "offer-old-age-services",
        "activate-pension-account",
    ):
        assert needs[after] == {"compute-pension"}


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ({"insured_county": "other"}, ["stop"]),
        ({"born_on": "1976-09-01"}, ["stop"]),
        ({"sex": "2", "base_age": "55", "born_on": "1976-09-01"}, ["stop"]),
        ({"sex": "2", "base_age": "50", "born_on": "1976-09-01"}, []),
        ({"born_on": "1976-09-01", "kind": "officer"}, ["stop"]),
        # The first month of choice is 7 months away, the statutory one 15.
        ({"born_on": "1967-06-18"}, ["stop"]),
        ({"born_on": "1967-06-18", "flexible": "early"}, ["note"]),
        ({"born_on": "1976-09-01", "kind": "special"}, ["note"]),
        ({"kind": "ability"}, ["note"]),
        ({"kind": "injury", "assessed": "no"}, ["stop", "note"]),
        ({"elsewhere": "drawn"}, ["stop"]),
        ({"years_enough": "no", "if_short": "later"}, ["stop"]),
        ({"years_enough": "no", "if_short": "resident"}, ["partly"]),
        (
            {"years_enough": "no", "if_short": "resident", **WOMAN_OF_54},
            ["stop", "partly"],
        ),
        ({"years_enough": "no", "if_short": "pay", "flexible": "early"}, ["stop", "note"]),
        ({"wanted": ["fund"], "fund_place": "elsewhere"}, ["partly"]),
        ({"payer": "employed"}, ["note"]),
        ({"payer": "employed", "for_whom": "employer"}, []),
        ({"elsewhere": "open"}, ["note"]),
        ({"flexible": "early"}, ["note"]),
        ({"flexible": "late", "payer": "employed"}, ["note", "note"]),
        ({"flexible": "late", "for_whom": "employer"}, ["note"]),
        ({"flexible": "late"}, ["stop", "note"]),
        ({"years_enough": "unknown"}, ["note"]),
        ({"payer": "benefit"}, ["note"]),
    ],
)
def test_each_situation_is_told_where_it_leads(chosen: dict[str, Answer], kinds: list[str]):
    assert told(made_answers(**chosen)) == kinds


@pytest.mark.parametrize(
    ("chosen", "month", "age", "years"),
    [
        ({}, "2026年10月", "60周岁零5个月", "15年"),
        ({"born_on": "1965-01-15"}, "2025年2月", "60周岁零1个月", "15年"),
        ({"born_on": "1976-09-01"}, "2039年9月", "63周岁", "20年"),
        (woman("55", "1981-09-01"), "2039年9月", "58周岁", "20年"),
        (woman("50", "1975-01-01"), "2025年2月", "50周岁零1个月", "15年"),
        (woman("50", "1984-11-01"), "2039年11月", "55周岁", "20年"),
    ],
)
def test_the_statutory_month_is_told_and_never_asked(
    chosen: dict[str, Answer], month: str, age: str, years: str
):
    found = reckoned(made_answers(**chosen))
    assert found["statutory-month"] == month
    assert found["statutory-age"] == age
    assert found["least-years"] == years


def test_years_short_are_told_in_months_with_what_would_make_them_enough():
    """160 months of 180 for October 2026; paying on from November it is enough in July 2028."""
    found = reckoned(made_answers(pension_years=13, pension_months=4, years_enough="unknown"))
    assert found["years-short"] == "1年8个月（最低要15年，已缴13年4个月）"
    assert found["soonest-by-paying-on"] == "2028年7月"
    assert found["resident-pension-from"] == "2026年5月"


def test_who_pays_on_into_the_years_of_the_rise_needs_the_least_time_of_that_year():
    """100 months now; in July 2037 it is 228, the least time of 2037."""
    found = reckoned(made_answers(pension_years=8, pension_months=4, years_enough="unknown"))
    assert found["soonest-by-paying-on"] == "2037年7月"


def test_an_estimate_before_signing_in_tells_what_is_missing_already():
    said = {"sex": "1", "born_on": BORN, "kind": "normal", "years_enough": "no", "paid_about": 13}
    assert reckoned(Answers(said, TODAY))["years-short"] == "2年（最低要15年，已缴13年）"
    filled = Answers({**said, "pension_years": 13, "pension_months": 6}, TODAY)
    assert reckoned(filled)["years-short"].startswith("1年6个月")


def test_who_has_paid_enough_is_told_of_nothing_missing():
    missing = {"years-short", "soonest-by-paying-on", "resident-pension-from"}
    assert not missing & reckoned(made_answers()).keys()


def test_months_paid_up_count_when_the_right_is_confirmed():
    short = made_answers(years_enough="no", if_short="pay", pension_years=14)
    assert sent(short, "pay-missing-pension-years")["pension_gap"] == 8
    assert sent(short, "confirm-pension-right")["paid_up_months"] == 8


@pytest.mark.parametrize(("said", "told_of"), [("yes", False), ("no", True), ("unknown", True)])
def test_taizhous_years_of_medical_cover_are_not_invented(said: str, told_of: bool):
    found = reckoned(made_answers(medical_enough=said))
    assert found.get("least-medical-years") == ("待主管部门确认" if told_of else None)


def test_medical_months_by_place_reach_the_medical_insurance():
    answers = made_answers(elsewhere="open", places="2", place_medical=24)
    sent_places = sent(answers, "change-medical-to-retiree")["places"]
    assert [one["place_medical"] for one in sent_places] == [24, 24]
    assert sent(made_answers(), "change-medical-to-retiree")["places"] == []


@pytest.mark.parametrize(
    ("detail", "book"), [("江西省南昌市", True), ("浙江省杭州市", False), ("杭州市", True)]
)
def test_the_household_book_is_asked_of_who_is_registered_in_another_province(
    detail: str, book: bool
):
    register = {"county": "other", "township": "", "detail": detail}
    answers = made_answers(person_register=register)
    assert ("own-household-page" in paper_ids(answers)) is book


def test_a_womans_month_is_told_once_her_post_is_known():
    asked = {"sex": "2", "born_on": "1975-01-01", "kind": "normal"}
    assert reckoned(Answers(asked, TODAY)) == {}
    assert "statutory-month" in reckoned(Answers({**asked, "base_age": "50"}, TODAY))


@pytest.mark.parametrize("kind", ["special", "ability", "injury"])
def test_who_goes_for_another_reason_has_no_statutory_month(kind: str):
    assert reckoned(made_answers(kind=kind)) == {}


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"early_month": "2027-02", "notice_on": "2026-11-01"}, set()),
        ({"early_month": "2027-02", "notice_on": "2026-11-23"}, set()),
        ({"early_month": "2027-01", "notice_on": "2026-11-01"}, {"notice_on"}),
        ({"early_month": "2027-05", "notice_on": "2026-11-01"}, {"early_month"}),
        ({"early_month": "2026-10", "notice_on": "2026-07-01"}, {"early_month"}),
        (
            {
                "early_month": "2027-02",
                "notice_on": "2026-11-01",
                "pension_years": 14,
                "years_enough": "unknown",
            },
            {"early_month"},
        ),
    ],
)
def test_earlier_needs_a_month_within_three_years_notice_and_the_years(
    chosen: dict[str, Answer], at: set[str]
):
    """Born in November 1966: 60 in November 2026, statutory month May 2027."""
    number = demo_id("331002", "19661118", 117)
    answers = made_answers(flexible="early", born_on="1966-11-18", person_id=number, **chosen)
    assert wrong(answers) == at


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"late_month": "2027-10", "agreed_on": "2026-09-01"}, set()),
        ({"late_month": "2029-10", "agreed_on": "2026-09-01"}, set()),
        ({"late_month": "2029-11", "agreed_on": "2026-09-01"}, {"late_month"}),
        ({"late_month": "2026-10", "agreed_on": "2026-09-01"}, {"late_month"}),
        ({"late_month": "2026-11", "agreed_on": "2026-11-01"}, {"agreed_on"}),
        ({"late_month": "2027-10", "agreed_on": "2026-10-01"}, {"agreed_on"}),
    ],
)
def test_later_is_at_most_three_years_and_agreed_a_month_before(
    chosen: dict[str, Answer], at: set[str]
):
    assert wrong(made_answers(flexible="late", **chosen)) == at


def test_days_of_notice_are_counted_back_from_the_month():
    answers = made_answers(flexible="early", early_month="2027-02", notice_on="2026-12-01")
    assert [
        (found.deadline.id, found.day) for found in absolute_deadlines(RETIREMENT, answers)
    ] == [("notice-early", date(2026, 11, 30))]


def test_who_has_given_notice_in_time_is_not_told_to():
    in_time = made_answers(flexible="early", early_month="2027-02", notice_on="2026-11-23")
    assert absolute_deadlines(RETIREMENT, in_time) == ()


def test_an_agreement_is_to_be_signed_before_the_statutory_month():
    answers = made_answers(flexible="late", payer="employed")
    assert reckoned(answers)["agreed-by"] == "2026年9月"
    assert "agreed-by" not in reckoned(made_answers())


@pytest.mark.parametrize(
    ("chosen", "at"),
    [
        ({"person_id": WOMAN}, {"person_id"}),
        ({"born_on": "1966-05-19"}, {"person_id"}),
        ({"pension_years": 14}, {"pension_years"}),
        ({"pension_years": 14, "years_enough": "unknown"}, set()),
        ({"pension_years": 14, "years_enough": "no", "if_short": "pay"}, set()),
        ({"pension_years": 15, "years_enough": "no", "if_short": "pay"}, {"pension_years"}),
        ({"pension_account": {**OWN, "holder": "别人"}}, {"pension_account"}),
        (
            {
                "wanted": ["fund"],
                "fund_place": "taizhou",
                "fund_card": {**OWN, "holder": "别人"},
            },
            {"fund_card"},
        ),
        (
            {"background": ["service"], "period_from": "1990-01", "period_to": "1999-12"},
            set(),
        ),
        (
            {
                "background": ["service"],
                "period_basis": "work",
                "period_from": "1990-01",
                "period_to": "2001-12",
            },
            {"period_to"},
        ),
        (
            {
                "background": ["service"],
                "period_basis": "work",
                "period_from": "1990-01",
                "period_to": "2000-01",
            },
            {"period_to"},
        ),
        (
            {"wanted": ["fund"], "fund_place": "taizhou", "fund_card_class": "other"},
            {"fund_card_class"},
        ),
        (
            {
                "background": ["army"],
                "period_basis": "army",
                "period_from": "2000-01",
                "period_to": "2003-12",
            },
            set(),
        ),
        (
            {"background": ["army"], "period_from": "1999-01", "period_to": "1998-12"},
            {"period_to"},
        ),
    ],
)
def test_what_does_not_fit_together_is_said_where_it_stands(
    chosen: dict[str, Answer], at: set[str]
):
    assert wrong(made_answers(**chosen)) == at


def test_who_files_for_themselves_gives_their_own_number():
    applicant = {"name": NAME, "id_number": MAN, "mobile": "13800000000"}
    other = {**applicant, "id_number": WOMAN}
    assert not_the_applicants(RETIREMENT, made_answers(), applicant) == ()
    (found,) = not_the_applicants(RETIREMENT, made_answers(), other)
    assert (found.question, "不是您本人" in found.message.zh) == ("person_id", True)
    assert not_the_applicants(RETIREMENT, made_answers(for_whom="agent"), other) == ()


def test_who_lives_where_they_are_registered_need_not_say_it_twice():
    register = {"county": "331082", "township": "331082001", "detail": "演示弄 21 号"}
    answers = made_answers(person_register=register, person_home={})
    request = sent(answers, "hand-over-to-community")
    assert request["home"] == request["household"]
    assert request["township"] == "331082001"
    elsewhere = {"county": "other", "township": "", "detail": "上海市演示路 1 号"}
    request = sent(
        made_answers(person_register=register, person_home=elsewhere), "hand-over-to-community"
    )
    assert (request["home"], request["township"]) == ("上海市演示路 1 号", "")


def paper_ids(answers: Answers, found: tuple[str, ...] = ()) -> set[str]:
    case = case_of(answers)
    states = dict.fromkeys(found, "found")
    needed = papers(RETIREMENT, case, planned_services(RETIREMENT, case), states, states)
    return {paper.id for paper in needed if paper.supply == "upload" and not paper.optional}


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, set()),
        ({"background": ["service"]}, {"personnel-file"}),
        ({"file_agrees": "no"}, {"personnel-file"}),
        ({"kind": "officer"}, {"former-officer-papers"}),
        ({"kind": "special"}, {"personnel-file", "special-work-notice", "special-work-record"}),
        ({"kind": "ability"}, {"ability-assessment"}),
        ({"flexible": "early"}, set()),
        ({"flexible": "early", "payer": "employed"}, {"early-retirement-notice"}),
        ({"flexible": "late"}, {"late-retirement-agreement"}),
        ({"sex": "2", "base_age": "55", "post": "worker"}, {"post-proof"}),
        ({"sex": "2", "base_age": "50", "post": "worker"}, set()),
        ({"wanted": ["extra"]}, {"honour-certificate"}),
        ({"for_whom": "employer"}, {"employee-consent"}),
        ({"for_whom": "agent"}, {"power-of-attorney"}),
    ],
)
def test_papers_are_only_asked_for_where_no_register_holds_them(
    chosen: dict[str, Answer], wanted: set[str]
):
    held = ("person-register", "social-insurance-record")
    assert paper_ids(made_answers(**chosen), held) == wanted


def test_without_registers_identity_and_record_are_uploaded():
    assert paper_ids(made_answers()) == {"resident-identity-card", "contribution-record"}


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"for_whom": "employer", "payer": "employed", "kind": "officer"},
        {"for_whom": "agent"},
        {"kind": "special", "special_jobs": "3", "special_published": "yes"},
        {"kind": "ability"},
        {"kind": "injury"},
        {"flexible": "late", "late_month": "2027-10", "agreed_on": "2026-08-01"},
        {"elsewhere": "open", "places": "2"},
        {"background": ["service", "army", "land"], "periods": "2"},
        {"years_enough": "no", "if_short": "pay", "pension_years": 14},
        {"years_enough": "no", "if_short": "resident"},
        {"medical_enough": "no"},
        {"wanted": ["fund", "reward", "extra", "care"], "fund_place": "taizhou"},
        {"payer": "benefit"},
    ],
)
def test_each_kind_of_retirement_completes_against_the_stand_ins(chosen: dict[str, Answer]):
    answers = made_answers(**chosen)
    played = list(rehearse(RETIREMENT, answers, TODAY))
    assert [(step.step.service.id, step.problem) for step in played if step.problem] == []
    assert [step.refusal for step in played if step.refusal] == []
    assert {step.step.service.id for step in played} == planned(answers).keys()


def sent(answers: Answers, service: str) -> dict[str, Any]:
    played = {step.step.service.id: step for step in rehearse(RETIREMENT, answers, TODAY)}
    request = played[service].request
    assert request is not None
    return request.model_dump(mode="json")


def test_departments_are_sent_tables_the_month_and_who_files():
    request = sent(made_answers(for_whom="employer"), "confirm-pension-right")
    assert request["statutory_month"] == request["retires_in"] == "2026-10-01"
    assert (request["filed_by"], request["county"], request["arrears"]) == (
        "employer",
        "331002",
        False,
    )
    assert request["clerk_name"]
    assert request["base_age"] == ""
    jobs = sent(made_answers(kind="special", special_jobs="2"), "approve-special-work-retirement")
    assert len(jobs["jobs"]) == 2
    own = sent(made_answers(), "confirm-pension-right")
    assert (own["filed_by"], own["clerk_name"], own["agent_name"]) == ("person", "", "")


@pytest.mark.parametrize(
    ("chosen", "refused"),
    [
        ({"pension_years": 14, "years_enough": "unknown"}, "confirm-pension-right"),
        ({"for_whom": "employer", "employer_arrears": "yes"}, "confirm-pension-right"),
        ({"kind": "special", "special_published": "no"}, "approve-special-work-retirement"),
    ],
)
def test_a_right_that_is_refused_stops_what_hangs_on_it(chosen: dict[str, Answer], refused: str):
    answers = made_answers(**chosen)
    played = {step.step.service.id: step for step in rehearse(RETIREMENT, answers, TODAY)}
    assert played[refused].refusal
    assert played.keys() == {"confirm-household-register", refused}


def test_missing_years_arrears_and_notice_are_warned_of_with_what_would_change_it():
    answers = made_answers(
        for_whom="employer",
        employer_arrears="yes",
        pension_years=14,
        kind="special",
        special_published="no",
    )
    failing = {one.requirement.id for one in verdicts(RETIREMENT, answers) if not one.holds}
    assert failing == {"no-arrears", "made-public"}
    failing = {
        one.requirement.id
        for one in verdicts(RETIREMENT, made_answers(pension_years=14))
        if not one.holds
    }
    assert failing == {"years-paid"}


def test_who_takes_the_residents_pension_is_not_asked_for_the_employees_one():
    answers = made_answers(years_enough="no", if_short="resident", background=["service"])
    asked = {place.page.id for place in places(RETIREMENT, answers)}
    assert not asked & {"employer", "record", "period", "file", "kin", "flexible", "fund"}
    assert not {"background", "medical_enough", "file_agrees"} & answers.values.keys()


@pytest.mark.parametrize(
    "person",
    [person for person in RESIDENTS if "social-insurance-record" in person.records],
    ids=lambda person: person.id,
)
def test_registers_answer_in_the_words_of_the_form(person: Any):
    case = CaseFile("N", Person(person.name, person.id_number), made_answers(), TODAY)
    asks = {ask.register.id: ask for ask in RETIREMENT.asks}
    read = 0
    for question in RETIREMENT.questions:
        if question.shared is None or question.shared.register not in person.records:
            continue
        ask = asks[question.shared.register]
        facts = ask.register.stand_in(ask.request(case), person.records[ask.register.id])
        value = facts.model_dump(mode="json")[question.shared.fact]
        if value is not None:
            read += 1
            assert read_value(question, value, TODAY) == value, question.id
    assert read >= 6


def test_every_authority_of_the_plan_has_an_officer():
    needed = {step.service.authority.id for step in RETIREMENT.steps}
    assert needed <= {officer.authority for officer in OFFICERS if officer.county is None}
