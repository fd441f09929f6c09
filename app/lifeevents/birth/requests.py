"""What each service of a birth is sent, built from the case file."""

from typing import Any

from app.forms import divisions
from app.lifeevents.birth.situations import FATHER
from app.services.birth_certificate import (
    ISSUE_BIRTH_CERTIFICATE,
    BirthCertificateRequest,
    BirthRecordQuery,
    FertilityRegistration,
)
from app.services.child_health import GuidanceRegistration, ImmunisationRequest
from app.services.childcare import PlaceWish, SubsidyClaim
from app.services.civil_affairs import MarriageQuery, Referral
from app.services.household_register import REGISTER_NEWBORN, FamilyQuery, NewbornRegistration
from app.services.maternity_insurance import AllowanceClaim, ExpenseClaim, InsuranceQuery
from app.services.medical_insurance import ENROL_MEDICAL_INSURANCE, Enrolment
from app.services.social_security import CardApplication
from app.services.tax_payment import Contribution
from app.vocabulary.case_file import CaseFile

# Parts that several requests share; pydantic checks their names and types when they are joined.
Parts = dict[str, Any]


def address(parts: dict[str, str]) -> str:
    """An address in one line, in Chinese; outside Taizhou only its detail."""
    county = divisions.county(parts.get("county", ""))
    township = divisions.township(parts.get("township", ""))
    names = (county.name.zh if county else "", township.name if township else "")
    return "".join((*names, parts.get("detail", "")))


def parents(case: CaseFile) -> Parts:
    answers = case.answers
    father = FATHER.holds(answers)
    return {
        "mother_name": answers.text("mother_name"),
        "mother_document": answers.parts("mother_document").get("number", ""),
        "father_name": answers.text("father_name") if father else "",
        "father_document": answers.parts("father_document").get("number", "") if father else "",
    }


def newborn(case: CaseFile) -> Parts:
    return {
        "child_name": case.answers.text("child_name"),
        "sex": case.answers.text("sex"),
        "born_at": case.answers.moment("birth_time"),
    }


def citizen(case: CaseFile) -> Parts:
    entry = case.output(REGISTER_NEWBORN)
    return {
        "child_name": case.answers.text("child_name"),
        "citizen_id": entry.citizen_id if entry else "",
    }


def guardian(case: CaseFile) -> Parts:
    """The parent who applies; for an agent the mother."""
    role = "father" if case.answers.text("for_whom") == "father" else "mother"
    return {
        "guardian_name": case.answers.text(f"{role}_name"),
        "guardian_mobile": case.answers.text(f"{role}_mobile"),
    }


def home(case: CaseFile, parent: str) -> str:
    answers = case.answers
    return address(answers.parts(f"{parent}_home") or answers.parts(f"{parent}_register"))


def place(case: CaseFile) -> Parts:
    parts = case.answers.parts("child_address")
    return {"county": parts.get("county", ""), "township": parts.get("township", "")}


def account(case: CaseFile, question: str) -> Parts:
    parts = case.answers.parts(question)
    return {f"account_{name}": parts.get(name, "") for name in ("holder", "bank", "number")}


def certificate_number(case: CaseFile) -> str:
    issued = case.output(ISSUE_BIRTH_CERTIFICATE)
    return issued.certificate_number if issued else case.answers.text("certificate_number")


def post_address(case: CaseFile) -> str:
    if case.answers.text("collection") == "post":
        return address(case.answers.parts("post_address"))
    return ""


def fertility(case: CaseFile) -> FertilityRegistration:
    return FertilityRegistration(
        **parents(case),
        married=case.answers.text("parents") == "married",
        birth_order=int(case.answers.number("birth_order")),
        marriage_number=case.answers.text("marriage_number"),
        address=home(case, "mother"),
        father_address=home(case, "father"),
    )


def certificate(case: CaseFile) -> BirthCertificateRequest:
    return BirthCertificateRequest(
        **newborn(case),
        **parents(case),
        institution=case.answers.text("institution"),
        weeks=int(case.answers.number("weeks")),
        weight_g=int(case.answers.number("weight")),
        length_cm=int(case.answers.number("length")),
        agent_relation=case.answers.text("agent_relation"),
        post_to=post_address(case),
    )


def immunisation(case: CaseFile) -> ImmunisationRequest:
    return ImmunisationRequest(
        **newborn(case), **guardian(case), address=address(case.answers.parts("child_address"))
    )


def registration(case: CaseFile) -> NewbornRegistration:
    answers = case.answers
    return NewbornRegistration(
        **newborn(case),
        **parents(case),
        **place(case),
        certificate_number=certificate_number(case),
        ethnicity=answers.text("child_ethnicity"),
        native_place=answers.text("native_place"),
        married=answers.text("parents") == "married",
        marriage_number=answers.text("marriage_number"),
        mother_register=address(answers.parts("mother_register")),
        father_register=address(answers.parts("father_register")),
        follows="father" if answers.text("follows") == "father" else "mother",
        address=address(answers.parts("child_address")),
        household_kind="collective" if answers.text("household") == "collective" else "family",
        household_head=answers.text("household_head"),
        household_number=answers.text("household_number"),
        relation_to_head=answers.text("relation_to_head"),
    )


def enrolment(case: CaseFile) -> Enrolment:
    return Enrolment(
        **citizen(case),
        **guardian(case),
        county=place(case)["county"],
        year=int(case.answers.number("insurance_year")),
    )


def contribution(case: CaseFile) -> Contribution:
    enrolled = case.output(ENROL_MEDICAL_INSURANCE)
    return Contribution.model_validate(
        {
            **citizen(case),
            "insured_number": enrolled.insured_number if enrolled else "",
            "county": place(case)["county"],
            "year": int(case.answers.number("insurance_year")),
            "hardship": case.answers.text("hardship"),
        }
    )


def card(case: CaseFile) -> CardApplication:
    role = "father" if case.answers.text("for_whom") == "father" else "mother"
    return CardApplication(
        **citizen(case),
        **guardian(case),
        guardian_document=parents(case)[f"{role}_document"],
        bank=case.answers.text("card_bank"),
        post_to=post_address(case) or home(case, "mother"),
    )


def expenses(case: CaseFile) -> ExpenseClaim:
    own = parents(case)
    kind = case.answers.text("mother_insurance")
    return ExpenseClaim.model_validate(
        {
            **account(case, "mother_account"),
            "mother_name": own["mother_name"],
            "mother_document": own["mother_document"],
            "insured": "mother" if kind == "employee" else kind,
            "insured_name": own["father_name" if kind == "father" else "mother_name"],
            "birth_certificate_number": certificate_number(case.about("child", 0)),
            "born_on": case.answers.date("born_on"),
        }
    )


def allowance(case: CaseFile) -> AllowanceClaim:
    answers, own = case.answers, parents(case)
    return AllowanceClaim(
        **account(case, "mother_account"),
        mother_name=own["mother_name"],
        mother_document=own["mother_document"],
        employer=answers.text("employer"),
        employer_code=answers.text("employer_code"),
        born_on=answers.date("born_on"),
        birth_order=int(answers.number("birth_order")),
        children=int(answers.number("number_of_children")),
        difficult_birth=answers.ticked("difficult_birth"),
    )


def subsidy(case: CaseFile) -> SubsidyClaim:
    claimant = "father" if case.answers.text("claimant") == "father" else "mother"
    own = parents(case)
    return SubsidyClaim.model_validate(
        {
            **citizen(case),
            **place(case),
            **account(case, "subsidy_account"),
            "born_on": case.answers.date("birth_time"),
            "claimant_name": own[f"{claimant}_name"],
            "claimant_document": own[f"{claimant}_document"],
            "relation": claimant,
        }
    )


def guidance(case: CaseFile) -> GuidanceRegistration:
    return GuidanceRegistration(
        **guardian(case),
        child_name=case.answers.text("child_name"),
        born_at=case.answers.moment("birth_time"),
        certificate_number=certificate_number(case),
        address=address(case.answers.parts("child_address")),
    )


def childcare_place(case: CaseFile) -> PlaceWish:
    return PlaceWish.model_validate(
        {
            **place(case),
            **guardian(case),
            "child_name": case.answers.text("child_name"),
            "born_on": case.answers.date("birth_time"),
            "care": case.answers.text("care"),
            "from_month_of_age": int(case.answers.number("from_month")),
        }
    )


def referral(case: CaseFile) -> Referral:
    return Referral.model_validate(
        {
            **place(case),
            **guardian(case),
            "child_name": case.answers.text("child_name"),
            "born_on": case.answers.date("birth_time"),
            "concern": case.answers.text("concern"),
        }
    )


def family_query(case: CaseFile) -> FamilyQuery:
    role = case.answers.text("for_whom")
    return FamilyQuery(
        id_number=case.applicant.id_number, applicant="father" if role == "father" else "mother"
    )


def birth_record_query(case: CaseFile) -> BirthRecordQuery:
    return BirthRecordQuery(id_number=case.applicant.id_number)


def marriage_query(case: CaseFile) -> MarriageQuery:
    return MarriageQuery(id_number=case.applicant.id_number)


def insurance_query(case: CaseFile) -> InsuranceQuery:
    return InsuranceQuery(id_number=case.applicant.id_number)
