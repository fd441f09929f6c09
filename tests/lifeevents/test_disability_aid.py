"""The plan, guidance and requests of disability aid, situation by situation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.forms.answers import Answer, Answers
from app.forms.asking import places
from app.forms.specimen import specimen
from app.lifeevents.disability_aid import DISABILITY_AID
from app.services.disability.assessment import (
    ASSESS_DISABILITY,
    PUBLISH_ASSESSMENT,
    AppointmentRequest,
    NoticeRequest,
    appointed,
    published,
)
from app.services.disability.card import Renewal, card_printed
from app.services.disability.certificate import certificate_number, certificate_of
from app.services.disability.review import Review, reviewed
from app.services.disability.subsidies import (
    LivingClaim,
    NursingClaim,
    living_checked,
    nursing_checked,
)
from app.services.disability.support import PensionAid, pension_granted
from app.services.family_income import FamilyMember, IncomeCheck, income_checked
from app.services.person_register import PersonQuery, person_of
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.public_service import StandInRefusal, Ticket
from app.workflow.deadlines import first_day_after, last_day_of
from app.workflow.eligibility import outcome
from app.workflow.evidence import papers
from app.workflow.plan import plan, planned_services
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
ID = "331002199003070020"
TICKET = Ticket("key", TODAY, 7)
NEW = {"certificate": "none", "can_come": "yes"}
HELD = {"certificate": "valid", "certificate_item": "keep", "grade": "1"}
BASE: dict[str, Answer] = {
    "for_whom": "self",
    "age": "18-59",
    "classes": ["limb"],
    "register": "here",
    "wanted": [],
    "relief": "minimum",
    "other_benefits": [],
    "receiving": [],
    "care_place": "home",
    "care_level": "total",
    "child_wanted": [],
    "enrolled": "both",
}
# Township and federation look at a claim before civil affairs decides.
CHECKED = {"check-disability-subsidy-claim", "review-disability-subsidy-claim"}
CERTIFICATE_CHAIN = {
    "book-disability-assessment",
    "assess-disability",
    "publish-assessment",
    "issue-disability-certificate",
}


def made_answers(**chosen: Answer) -> Answers:
    return specimen(DISABILITY_AID, TODAY, {**BASE, **chosen})


def case_of(answers: Answers) -> CaseFile:
    return CaseFile("TZ-TEST", Person("王小样", ID), answers, TODAY)


def planned(answers: Answers) -> dict[str, Any]:
    steps = plan(DISABILITY_AID, case_of(answers), "331002", lambda *_: "system")
    return {step.key: step for step in steps}


def services(**chosen: Answer) -> set[str]:
    return set(planned(made_answers(**chosen)))


def told(**chosen: Answer) -> list[str]:
    return [found.outcome for found in outcome(DISABILITY_AID, made_answers(**chosen)).told]


def asked(**chosen: Answer) -> set[str]:
    return {
        question.id
        for place in places(DISABILITY_AID, made_answers(**chosen))
        for question in place.questions
    }


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (NEW, CERTIFICATE_CHAIN),
        ({**NEW, "age": "under-18"}, CERTIFICATE_CHAIN - {"publish-assessment"}),
        ({**NEW, "register": "lives-here"}, CERTIFICATE_CHAIN),
        (
            {"certificate": "valid", "certificate_item": "change", "can_come": "no"},
            CERTIFICATE_CHAIN - {"issue-disability-certificate"}
            | {"change-disability-certificate"},
        ),
        ({"certificate": "expired", "grade": "2"}, {"renew-disability-certificate"}),
        ({"certificate": "lost", "grade": "2"}, {"replace-disability-certificate"}),
        ({**HELD, "certificate_item": "move"}, {"move-disability-certificate"}),
        (
            {"certificate": "expired", "grade": "2", "register": "lives-here"},
            {"renew-disability-certificate"},
        ),
        (
            {"certificate": "lost", "grade": "2", "register": "lives-here"},
            {"replace-disability-certificate"},
        ),
        (
            {"certificate": "valid", "register": "lives-here", "cross_item": "move"},
            {"move-disability-certificate"},
        ),
        (
            {"certificate": "valid", "register": "lives-here", "cross_item": "cancel"},
            {"cancel-disability-certificate"},
        ),
        (
            {
                "certificate": "valid",
                "register": "lives-here",
                "cross_item": "change",
                "can_come": "no",
            },
            CERTIFICATE_CHAIN - {"issue-disability-certificate"}
            | {"change-disability-certificate"},
        ),
        ({**HELD, "certificate_item": "cancel"}, {"cancel-disability-certificate"}),
        (
            {**HELD, "certificate_item": "cancel", "receiving": ["living"]},
            {"cancel-disability-certificate", "review-disability-benefits"},
        ),
        (
            {**HELD, "certificate_item": "move", "receiving": ["nursing"]},
            {"move-disability-certificate", "review-disability-benefits"},
        ),
        ({**HELD, "wanted": ["living"]}, CHECKED | {"claim-disability-living-subsidy"}),
        (
            {**HELD, "wanted": ["living"], "relief": "none", "income_level": "family"},
            CHECKED | {"claim-disability-living-subsidy", "check-family-income"},
        ),
        ({**HELD, "wanted": ["nursing"]}, CHECKED | {"claim-disability-nursing-subsidy"}),
        (
            {**HELD, "wanted": ["nursing"], "grade": "4", "classes": ["mental"]},
            CHECKED | {"claim-disability-nursing-subsidy"},
        ),
        (
            {**HELD, "wanted": ["work", "pension", "medical"]},
            {
                "help-disabled-into-work",
                "pay-disabled-pension-contribution",
                "pay-disabled-medical-contribution",
            },
        ),
        (
            {**HELD, "wanted": ["pension", "medical"], "grade": "3"},
            {"pay-disabled-medical-contribution"},
        ),
        (
            {**HELD, "wanted": ["device", "home", "care", "small", "relief"]},
            {
                "claim-assistive-device",
                "request-home-access-works",
                "request-disability-care-place",
                "claim-small-disability-benefits",
                "refer-to-relief",
            },
        ),
        (
            {**HELD, "age": "under-18", "child_wanted": ["rehabilitation", "school"]},
            {"claim-child-rehabilitation", "refer-disabled-pupil"},
        ),
        (
            {**HELD, "wanted": ["report"], "receiving": ["living"]},
            {"review-disability-benefits"},
        ),
    ],
)
def test_each_situation_has_its_services(chosen: dict[str, Answer], expected: set[str]):
    assert services(**chosen) == expected


@pytest.mark.parametrize(
    "chosen",
    [
        {"wanted": ["living"], "relief": "destitute"},
        {"wanted": ["living"], "relief": "orphan"},
        {"wanted": ["living"], "other_benefits": ["injury"]},
        {"wanted": ["living"], "relief": "none", "income_level": "above"},
        {
            "wanted": ["living"],
            "relief": "none",
            "income_level": "own",
            "age": "60-or-more",
        },
        {"wanted": ["pension", "medical"], "enrolled": "none"},
        {"wanted": ["nursing"], "other_benefits": ["injury"]},
        {"wanted": ["nursing"], "grade": "3"},
        {"wanted": ["pension"], "grade": "4"},
        {"wanted": ["work"], "age": "60-or-more"},
    ],
)
def test_what_is_excluded_is_not_planned_and_said_before(chosen: dict[str, Answer]):
    answers = made_answers(**{**HELD, **chosen})
    assert planned(answers) == {}
    found = outcome(DISABILITY_AID, answers)
    assert found.kind == "stop"


def test_exclusions_are_noted_beside_what_can_be_had():
    assert told(**HELD, wanted=["living", "device"], relief="destitute") == ["note"]
    assert told(**HELD, wanted=["nursing", "device"], other_benefits=["injury"]) == ["note"]
    assert told(**HELD, wanted=["nursing"], other_benefits=["elderly"]) == ["note"]


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        (NEW, []),
        ({**NEW, "register": "neither"}, ["stop"]),
        ({"certificate": "cancelled"}, ["stop"]),
        ({**NEW, "register": "lives-here"}, ["partly"]),
        ({**NEW, "register": "away"}, []),
        ({**NEW, "age": "under-18"}, ["note", "note"]),
        ({**NEW, "age": "under-18", "for_whom": "guardian"}, ["note"]),
        ({**NEW, "classes": ["mental"]}, ["note"]),
        ({**NEW, "can_come": "no"}, ["note"]),
        (HELD, ["stop"]),
    ],
)
def test_each_situation_is_told_where_it_leads(chosen: dict[str, Answer], kinds: list[str]):
    assert told(**chosen) == kinds


def test_what_falls_away_silently_would_be_missed_so_it_is_said():
    assert told(**HELD, wanted=["work", "device"], age="60-or-more") == ["note"]
    assert told(**{**HELD, "grade": "3"}, wanted=["pension", "device"]) == ["note"]
    assert told(**HELD, wanted=["medical", "device"], enrolled="pension") == ["note"]
    own = {"wanted": ["living", "device"], "relief": "none", "income_level": "own"}
    assert told(**HELD, **own) == []
    assert told(**HELD, **own, age="under-18", for_whom="guardian") == ["note"]


def checks(**changes: Answer) -> list[str]:
    """What the page of the certificate objects to."""
    (held,) = (page for page in DISABILITY_AID.pages if page.id == "certificate")
    answers = Answers({"person_id": ID, "certificate_number": ID + "41", **changes}, TODAY)
    return [
        check.question
        for check in held.checks
        if answers.has(check.question) and not check.holds(answers)
    ]


def test_a_certificate_that_is_over_is_renewed_first_and_the_dead_apply_for_nothing():
    assert checks(certificate="valid", valid_until="2026-11-22") == ["valid_until"]
    assert checks(certificate="valid", valid_until="2026-11-23") == []
    assert checks(certificate="expired", valid_until="2026-01-01") == []
    assert checks(cancel_reason="death", for_whom="self") == ["cancel_reason"]
    assert checks(cancel_reason="death", for_whom="guardian") == []
    over = {**CLAIM, "relief": "minimum", "valid_until": "2026-11-22"}
    living = LivingClaim.model_validate({**over, "working_age": True})
    assert isinstance(living_checked(living, TICKET), StandInRefusal)
    care = {"grade": "1", "classes": ["limb"], "care_level": "total", "care_place": "home"}
    nursing = NursingClaim.model_validate({**over, **care})
    assert isinstance(nursing_checked(nursing, TICKET), StandInRefusal)


def test_assessment_and_notice_are_excluded_time_with_a_reason_and_the_notice_lasts():
    """行政许可法 Art. 45; five working days of notice."""
    for service in (ASSESS_DISABILITY, PUBLISH_ASSESSMENT):
        assert service.excluded is not None
        assert "第四十五条" in service.excluded.rule.reference
    notice = PUBLISH_ASSESSMENT.not_before
    assert notice is not None
    assert (notice.days, notice.working) == (5, True)
    # Friday: five working days end on the next Friday, so that Saturday is the first day.
    assert last_day_of(notice, date(2026, 11, 27)) == date(2026, 12, 4)
    assert first_day_after(notice, date(2026, 11, 27)) == date(2026, 12, 5)


def test_the_cover_is_red_for_sight_and_green_for_the_others():
    assert certificate_of(ID, ["sight"], "1", TODAY).cover == "红色"
    assert certificate_of(ID, ["sight", "limb"], "1", TODAY).cover == "绿色"


def test_the_order_is_appointment_assessment_notice_certificate_benefit():
    steps = planned(made_answers(**NEW, wanted=["living", "nursing"]))
    needs = {key: set(step.requires) for key, step in steps.items()}
    assert needs["assess-disability"] == {"book-disability-assessment"}
    assert needs["publish-assessment"] == {"assess-disability"}
    assert needs["issue-disability-certificate"] == {"assess-disability", "publish-assessment"}
    first, second = "check-disability-subsidy-claim", "review-disability-subsidy-claim"
    assert needs[first] == {"issue-disability-certificate"}
    assert needs[second] == {"issue-disability-certificate", first}
    for claim in ("claim-disability-living-subsidy", "claim-disability-nursing-subsidy"):
        assert needs[claim] == {"issue-disability-certificate", second}
    days = [steps[key].step.service.promised.working_days for key in (first, second)]
    assert days == [10, 10]


def test_a_minor_is_never_published_nor_asked_about_it():
    assert "notice_consent" in asked(**NEW)
    assert "notice_consent" not in asked(**NEW, age="under-18")
    for item in ("change", "keep"):
        chosen = {**HELD, "certificate_item": item, "age": "under-18", "can_come": "yes"}
        assert "publish-assessment" not in services(**chosen)


@pytest.mark.parametrize(
    ("chosen", "guarded"),
    [
        ({}, False),
        ({"age": "under-18"}, True),
        ({"classes": ["intellectual"]}, True),
        ({"classes": ["limb", "mental"]}, True),
        ({"for_whom": "guardian"}, True),
        ({"for_whom": "helper"}, False),
        ({"age": "60-or-more"}, False),
    ],
)
def test_a_guardian_is_asked_for_minors_and_disability_of_mind(
    chosen: dict[str, Answer], guarded: bool
):
    assert ("guardian_name" in asked(**{**NEW, **chosen})) == guarded
    answers = made_answers(**{**NEW, **chosen})
    case = case_of(answers)
    needed = papers(DISABILITY_AID, case, planned_services(DISABILITY_AID, case), (), {})
    assert ("ward-guardianship-proof" in {paper.id for paper in needed}) == guarded


def test_fields_are_asked_when_the_item_needs_them():
    new = asked(**NEW)
    assert {"marriage", "cause", "disabled_since", "wish_day", "assess_county"} <= new
    assert not {"certificate_number", "own_income", "care_level", "benefit_account"} & new
    held = asked(**HELD, wanted=["nursing"], care_place="institution")
    assert {"certificate_number", "care_level", "institution_code", "contract_to"} <= held
    assert not {"cause", "wish_day", "notice_consent", "person_ethnicity"} & held
    poor = asked(**HELD, wanted=["living"], relief="none", income_level="own")
    assert {"own_income", "member_income", "member_consent", "benefit_account"} <= poor
    assert "residence_permit" in asked(**NEW, register="lives-here")
    assert "residence_permit" not in new
    assert {"moved_from", "moved_on"} <= asked(**{**HELD, "certificate_item": "move"})


def test_the_whole_thing_completes_for_a_new_certificate_with_everything():
    wanted = ["living", "nursing", "work", "pension", "medical", "device", "relief"]
    for for_whom in ("self", "guardian", "helper"):
        answers = made_answers(**NEW, wanted=wanted, for_whom=for_whom)
        played = list(rehearse(DISABILITY_AID, answers, TODAY))
        assert [step.problem for step in played if step.problem] == []
        assert [step.refusal for step in played if step.refusal] == []
        assert len(played) == len(planned(answers)) == 13


def test_benefits_take_number_and_grade_from_the_new_certificate():
    answers = made_answers(**NEW, wanted=["nursing"])
    sent = {step.step.service.id: step.request for step in rehearse(DISABILITY_AID, answers, TODAY)}
    claim = sent["claim-disability-nursing-subsidy"]
    assert isinstance(claim, NursingClaim)
    assert claim.certificate_number == certificate_number(answers.text("person_id"), ["limb"], "2")
    assert (claim.grade, claim.valid_until) == ("2", date(2036, 11, 22))


def test_a_family_is_checked_once_with_all_its_members():
    chosen = {**HELD, "wanted": ["living"], "relief": "none", "income_level": "family"}
    answers = made_answers(**chosen, number_of_members="3", own_income=600.0)
    answers = answers.with_item("member", 0, {"member_income": 900.0})
    played = {step.step.service.id: step for step in rehearse(DISABILITY_AID, answers, TODAY)}
    check = played["check-family-income"].request
    assert isinstance(check, IncomeCheck)
    assert [member.member_income for member in check.members] == [900, 0, 0]
    claim = played["claim-disability-living-subsidy"].request
    assert isinstance(claim, LivingClaim)
    assert claim.per_head == Decimal("375.00")


def test_who_lives_alone_names_no_members():
    chosen = {**HELD, "wanted": ["living"], "relief": "none", "income_level": "family"}
    answers = made_answers(**chosen, lives_with_family="no")
    played = {step.step.service.id: step for step in rehearse(DISABILITY_AID, answers, TODAY)}
    check = played["check-family-income"].request
    assert isinstance(check, IncomeCheck)
    assert check.members == []


def test_childrens_own_income_counts_but_they_authorise_nothing():
    chosen = {**HELD, "wanted": ["living"], "relief": "none", "income_level": "family"}
    answers = made_answers(**chosen).with_item("member", 0, {"member_id": "331002201503070028"})
    found = [place.page.id for place in places(DISABILITY_AID, answers)]
    assert "member" in found
    assert "member-consent" not in found


HOLDER = {
    "person_name": "王小样",
    "person_id": ID,
    "contact_name": "王小样",
    "contact_phone": "13800000000",
    "county": "331002",
}
CLAIM = {
    **HOLDER,
    "certificate_number": ID + "41",
    "township": "331002001",
    "relief": "none",
    "account_holder": "王小样",
    "account_bank": "样例银行",
    "account_number": "100000000001",
}


@pytest.mark.parametrize(
    ("changes", "monthly"),
    [
        ({"relief": "minimum"}, "312.30"),
        ({"relief": "near"}, "312.30"),
        ({"per_head": "1561.49"}, "312.30"),
        ({"per_head": "1561.50"}, None),
        ({"per_head": "2000", "own_income": "1000"}, "312.30"),
        ({"per_head": "2000", "own_income": "1000", "working_age": False}, None),
        ({"relief": "destitute"}, None),
        ({"relief": "orphan"}, None),
        ({"relief": "minimum", "other_benefits": ["injury"]}, None),
        ({}, None),
    ],
)
def test_the_living_subsidy_is_thirty_percent_of_the_line(
    changes: dict[str, Any], monthly: str | None
):
    claim = LivingClaim.model_validate({**CLAIM, "working_age": True, **changes})
    made = living_checked(claim, TICKET)
    if monthly is None:
        assert isinstance(made, StandInRefusal)
    else:
        assert not isinstance(made, StandInRefusal)
        assert made.monthly_yuan == Decimal(monthly)


@pytest.mark.parametrize(
    ("changes", "monthly"),
    [
        ({"care_level": "total"}, "500"),
        ({"care_level": "basic"}, "250"),
        ({"care_level": "partly"}, "125"),
        ({"care_level": "total", "care_place": "institution"}, "750"),
        ({"care_level": "basic", "care_place": "institution"}, "375"),
        ({"care_level": "partly", "care_place": "institution"}, "187.50"),
        ({"care_level": "able"}, None),
        ({"grade": "3"}, None),
        ({"grade": "3", "classes": ["mental"]}, "500"),
        ({"other_benefits": ["injury"]}, None),
    ],
)
def test_the_nursing_subsidy_has_three_steps(changes: dict[str, Any], monthly: str | None):
    usual = {"grade": "1", "classes": ["limb"], "care_level": "total", "care_place": "home"}
    made = nursing_checked(NursingClaim.model_validate({**CLAIM, **usual, **changes}), TICKET)
    if monthly is None:
        assert isinstance(made, StandInRefusal)
    else:
        assert not isinstance(made, StandInRefusal)
        assert made.monthly_yuan == Decimal(monthly)


@pytest.mark.parametrize(
    ("cause", "stopped"),
    [("grade", []), ("move", []), ("income", []), ("cancel", ["living"]), ("death", ["living"])],
)
def test_a_change_reckons_again_and_an_end_stops(cause: str, stopped: list[str]):
    review = Review.model_validate(
        {**HOLDER, "certificate_number": ID + "41", "cause": cause, "receiving": ["living"]}
    )
    made = reviewed(review, TICKET)
    assert made.stopped == stopped
    assert made.continued == ([] if stopped else ["living"])


def test_an_appointment_is_on_a_working_day_and_a_notice_lasts_five():
    saturday = date(2026, 11, 28)
    request = AppointmentRequest.model_validate(
        {
            **HOLDER,
            "classes": ["limb"],
            "assess_county": "331002",
            "wish_day": saturday,
            "half_day": "morning",
            "home_visit": True,
        }
    )
    made = appointed(request, TICKET)
    assert made.appointed_at == datetime(2026, 11, 30, 9)  # noqa: DTZ001 local time
    assert made.at_home
    notice = NoticeRequest.model_validate(
        {
            **HOLDER,
            "classes": ["limb"],
            "grade": "2",
            "assessment_number": "PJ0000001",
            "township": "331002001",
            "notice_consent": True,
        }
    )
    assert published(notice, TICKET).ends_on == date(2026, 11, 30)
    assert ASSESS_DISABILITY.answers == "later"


def test_a_renewed_card_keeps_number_and_grade():
    request = Renewal.model_validate(
        {
            **HOLDER,
            "certificate_number": ID + "43",
            "expires_on": TODAY,
            "classes": ["limb"],
        }
    )
    made = card_printed(request, TICKET)
    assert not isinstance(made, StandInRefusal)
    assert (made.certificate_number, made.grade) == (ID + "43", "3")


def test_the_pension_contribution_is_for_severe_disability():
    aid = {
        **HOLDER,
        "certificate_number": ID + "41",
        "grade": "1",
        "insured_county": "331002",
        "pension_step": 100,
    }
    granted = PensionAid.model_validate(aid)
    assert not isinstance(pension_granted(granted, TICKET), StandInRefusal)
    lighter = granted.model_copy(update={"grade": "3"})
    assert isinstance(pension_granted(lighter, TICKET), StandInRefusal)


def test_income_is_counted_per_head():
    member = FamilyMember(
        member_name="李小样",
        member_id="331002196003070028",
        member_relation="parent",
        member_work="retired",
        member_income=Decimal(2000),
    )
    check = IncomeCheck(
        person_name="王小样",
        person_id=ID,
        own_income=Decimal(1001),
        members=[member],
        county="331002",
        township="331002001",
    )
    assert income_checked(check, TICKET).per_head == Decimal("1500.50")


def test_the_register_tells_a_guardian_about_the_ward_only_if_there_is_one():
    own = {"name": "王小样", "id_number": ID, "ethnicity": "01"}
    ward = {"name": "王小小", "id_number": "331002201503070028", "ethnicity": "01"}
    record = {"own": own, "ward": ward, "relation": "parent"}
    as_self = person_of(PersonQuery(id_number=ID, asking_as="self"), record)
    assert as_self is not None
    assert (as_self.person_name, as_self.guardian_name) == ("王小样", None)
    as_guardian = person_of(PersonQuery(id_number=ID, asking_as="guardian"), record)
    assert as_guardian is not None
    assert (as_guardian.person_name, as_guardian.guardian_name) == ("王小小", "王小样")
    assert as_guardian.guardian_relation == "parent"
    assert person_of(PersonQuery(id_number=ID, asking_as="guardian"), {"own": own}) is None
    assert person_of(PersonQuery(id_number=ID, asking_as="self"), {}) is None


def answered(**values: Answer) -> Answers:
    return Answers(values, TODAY)


def accepted(question: str, answers: Answers) -> bool:
    (check,) = (c for page in DISABILITY_AID.pages for c in page.checks if c.question == question)
    return check.holds(answers)


@pytest.mark.parametrize(
    ("age", "fits"), [("18-59", True), ("under-18", False), ("60-or-more", False)]
)
def test_the_age_in_the_number_fits_the_age_chosen(age: str, fits: bool):
    assert accepted("person_id", answered(age=age, person_id=ID)) is fits


def test_numbers_accounts_contracts_and_days_are_checked_against_each_other():
    number = {"person_id": ID, "certificate_number": ID + "41"}
    assert accepted("certificate_number", answered(**number))
    assert not accepted("certificate_number", answered(**{**number, "person_id": ID[:-1] + "X"}))
    account: dict[str, str] = {"holder": "王小样", "bank": "样例银行", "number": "1"}
    names: dict[str, Answer] = {"person_name": "王小样", "guardian_name": "王大样"}
    assert accepted("benefit_account", answered(**names, benefit_account=account))
    given = answered(**names, benefit_account=account, account_of="guardian")
    assert not accepted("benefit_account", given)
    assert accepted("contract_to", answered(contract_from="2026-01-01", contract_to="2026-12-31"))
    assert not accepted(
        "contract_to", answered(contract_from="2026-12-31", contract_to="2026-01-01")
    )
    assert accepted("wish_day", answered(wish_day="2026-11-27"))
    assert not accepted("wish_day", answered(wish_day="2026-11-28"))
    assert not accepted("member_id", answered(person_id=ID, member_id=ID))


def test_papers_that_registers_hold_are_not_asked():
    answers = made_answers(**HELD, wanted=["living", "nursing"])
    case = case_of(answers)
    steps = planned_services(DISABILITY_AID, case)
    found = {ask.register.id: "found" for ask in DISABILITY_AID.asks}
    needed = papers(DISABILITY_AID, case, steps, found, found)
    assert [paper.id for paper in needed if paper.must_be_given] == []
    nothing = papers(DISABILITY_AID, case, steps, (), {})
    must_give = {paper.id for paper in nothing if paper.must_be_given}
    assert {"disability-certificate", "resident-identity-card"} <= must_give


def test_the_county_of_the_address_in_taizhou_decides():
    address = {"county": "331082", "township": "331082001", "detail": "演示巷7号"}
    answers = made_answers(**NEW, local_address=address)
    assert DISABILITY_AID.county_of(answers) == "331082"
