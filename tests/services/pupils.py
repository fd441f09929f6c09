"""Children for the tests of school entry: what was stated, and what the checks found."""

from datetime import date
from typing import Any

from app.forms.answers import Answers
from app.services.schooling import schools
from app.services.schooling.basis import PRIMARY
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.intake import Entrant, Place, RoundFacts
from app.wording import Words

YEAR = 2027
TODAY = date(2027, 6, 20)
SEED = "5eed" * 16
COUNTY = "331002"
TOWNSHIP, OTHER_TOWNSHIP = "331002001", "331002009"
CHECKED = {"checked_on": "2027-06-10"}


def registered(since: str, township: str = TOWNSHIP) -> dict[str, Any]:
    """The register found the child here."""
    return {
        "check-household-register": {
            **CHECKED,
            "found": True,
            "county": township[:6],
            "township": township,
            "since": since,
        }
    }


def home(since: str, township: str = TOWNSHIP, **more: Any) -> dict[str, Any]:
    """The real-estate register found a home."""
    found = {"owner": "parents", "use": "dwelling", "share": 100, **more}
    return {
        "check-real-estate": {
            **CHECKED,
            **found,
            "found": True,
            "county": township[:6],
            "township": township,
            "since": since,
        }
    }


def insured(months: int, county: str = COUNTY) -> dict[str, Any]:
    """The insurance found so many months."""
    return {
        "check-social-insurance": {**CHECKED, "found": True, "county": county, "months": months}
    }


def entrant(
    key: str,
    *checks: dict[str, Any],
    undecided: tuple[str, ...] = (),
    bound_to: str = "",
    township: str = TOWNSHIP,
    **answers: Any,
) -> Entrant:
    """One entry: `checks` are outputs of services, `answers` what was stated."""
    said = {
        "study_county": COUNTY,
        "stage": PRIMARY,
        "child_name": "林小满",
        "home_address": {"county": COUNTY, "township": township, "detail": "样例路1号"},
        "accept_elsewhere": "yes",
        **answers,
    }
    outputs = {service: found for check in checks for service, found in check.items()}
    case = CaseFile(
        "TZ-TEST",
        Person("王小样", "331002199003070020"),
        Answers(said, TODAY),
        TODAY,
        outputs=outputs,
    )
    return Entrant(key, case, frozenset(undecided), bound_to or key)


def public(code: str, total: int, *townships: str) -> Place:
    """A public school with so many places for these townships."""
    detail = {"kind": schools.PUBLIC, "townships": list(townships)}
    return Place(code, Words(f"公办{code}", f"Public {code}"), total, detail)


def private(code: str, total: int) -> Place:
    """A private school with so many places."""
    return Place(code, Words(f"民办{code}", f"Private {code}"), total, {"kind": schools.PRIVATE})


def round_of(*places: Place, seed: str = SEED, county: str = COUNTY) -> RoundFacts:
    """A round of grade 1 with these schools."""
    return RoundFacts(county, PRIMARY, YEAR, 1, date(2027, 6, 15), seed, places)
