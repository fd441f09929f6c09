"""Where a child stands: what checks found, or what was stated while a person still decides."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.services.schooling.basis import year_of
from app.services.schooling.categories import Classified, classify, evidence, table_for
from app.services.schooling.checks import (
    CHECK_HOUSEHOLD,
    CHECK_INSURANCE,
    CHECK_PERMIT,
    CHECK_REAL_ESTATE,
    insured_months,
)
from app.services.schooling.signing_up import SIGN_UP_PUPIL
from app.services.schooling.special import APPROVE_POINTS
from app.services.schooling.verifying import CHECK_WORK, RECOGNISE_PREFERENCE, VERIFY_HOME_PAPERS
from app.vocabulary.case_file import CaseFile
from app.vocabulary.public_service import PublicService

# Without a figure of its own, an application for points that is open counts as enough (Yongkang).
POINTS_AS_IF = 100
_TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Known:
    """Facts by name, and the township of each address by its kind."""

    facts: Mapping[str, Any]
    townships: Mapping[str, str]


def stated(answers: Answers, year: int) -> dict[str, dict[str, Any]]:
    """What the family states, by the check that would prove it; facts and townships together."""
    register, home = answers.parts("register_address"), answers.parts("home_place")
    work = answers.parts("work_place")
    first, last = _day(answers, "insured_from"), _day(answers, "insured_until")
    title = {
        "home_county": home.get("county"),
        "home_township": home.get(_TOWNSHIP),
        "home_owner": answers.text("home_owner"),
        "home_use": answers.text("home_use") or "dwelling",
        "home_share": int(answers.number("home_share")) if answers.has("home_share") else 100,
    }
    return {
        CHECK_HOUSEHOLD.id: {
            "register_county": register.get("county"),
            "register_township": register.get(_TOWNSHIP),
            "register_since": _day(answers, "moved_in_on"),
        },
        CHECK_REAL_ESTATE.id: {**title, "home_since": _day(answers, "home_since")},
        VERIFY_HOME_PAPERS.id: {
            **title,
            "home_since": _day(answers, "untitled_on") or _day(answers, "home_since"),
        },
        CHECK_PERMIT.id: {
            "permit_since": _day(answers, "permit_issued"),
            "permit_until": _day(answers, "permit_until"),
        },
        CHECK_INSURANCE.id: {
            "insured_county": answers.text("insured_county"),
            "insured_months": insured_months(first, last, year) if first else None,
        },
        CHECK_WORK.id: {
            "work_county": work.get("county"),
            "work_since": _day(answers, "work_since"),
        },
        SIGN_UP_PUPIL.id: {"school_county": answers.text("former_county")},
        RECOGNISE_PREFERENCE.id: {"preference": answers.has("preference_kind") or None},
        APPROVE_POINTS.id: {
            "points": int(answers.number("points_told"))
            if answers.has("points_told")
            else POINTS_AS_IF
        },
    }


def _day(answers: Answers, question: str) -> date | None:
    return answers.date(question) if answers.has(question) else None


def _household(made: Any) -> dict[str, Any]:
    return {
        "register_county": made.county,
        "register_township": made.township,
        "register_since": made.since,
    }


def _home(made: Any) -> dict[str, Any]:
    return {
        "home_county": made.county,
        "home_township": made.township,
        "home_owner": made.owner,
        "home_use": made.use,
        "home_share": made.share,
        "home_since": made.since,
    }


# What each check's output says, by the names of the facts. `Any`: each is only ever given the
# output of the service under which it stands.
_READ: tuple[tuple[PublicService[Any, Any], Callable[[Any], dict[str, Any]]], ...] = (
    (CHECK_HOUSEHOLD, _household),
    (CHECK_REAL_ESTATE, _home),
    (VERIFY_HOME_PAPERS, _home),
    (CHECK_PERMIT, lambda made: {"permit_since": made.since, "permit_until": made.until}),
    (CHECK_INSURANCE, lambda made: {"insured_county": made.county, "insured_months": made.months}),
    (CHECK_WORK, lambda made: {"work_county": made.county, "work_since": made.since}),
    (SIGN_UP_PUPIL, lambda made: {"school_county": made.school_county}),
    (RECOGNISE_PREFERENCE, lambda _made: {"preference": True}),
    (APPROVE_POINTS, lambda made: {"points": made.points}),
)


def proven(case: CaseFile, undecided: Collection[str], year: int) -> Known:
    """What the checks found; where one is with a person, what was stated counts as if proven."""
    claims = stated(case.answers, year) if undecided else {}
    facts: dict[str, Any] = {}
    for service, says in _READ:
        made = case.output(service)
        if made is not None and getattr(made, "found", True):
            facts.update(says(made))
        elif made is None and service.id in undecided:
            facts.update(claims[service.id])
    return _known(facts, case.answers)


def claimed(answers: Answers, year: int) -> Known:
    """What would be known if everything were found as stated."""
    facts: dict[str, Any] = {}
    for claim in stated(answers, year).values():
        facts.update({name: value for name, value in claim.items() if value})
    if not answers.has("points_told") and not answers.has("points_for"):
        facts.pop("points", None)
    return _known(facts, answers)


def _known(found: Mapping[str, Any], answers: Answers) -> Known:
    facts = {name: value for name, value in found.items() if value not in (None, "")}
    townships = {
        "register": str(facts.pop("register_township", "")),
        "home": str(facts.pop("home_township", "")),
        "residence": answers.parts("home_address").get(_TOWNSHIP, ""),
    }
    if townships["register"] and townships["register"] == townships["home"]:
        facts["home_agrees"] = True
    return Known(facts, townships)


def catchment(known: Known, addresses: Collection[str], county: str) -> str:
    """The township that decides the school: the first of these addresses within the county."""
    within = (known.townships.get(address, "") for address in addresses)
    return next((township for township in within if township.startswith(county)), "")


def stated_category(answers: Answers) -> Classified | None:
    """The category that follows from the whole form as stated; None where no table is known."""
    table = table_for(answers.text("study_county"), answers.text("stage"))
    if table is None:
        return None
    year = year_of(answers.today)
    return classify(table, claimed(answers, year).facts, year)


def proving_services() -> frozenset[str]:
    """Ids of every service that the tables name as evidence."""
    return frozenset(service for services in evidence().values() for service in services)
