"""What a person would probably answer, and whether they answer for themselves where they must."""

from collections.abc import Mapping

from app.forms.answers import Answer, Answers
from app.forms.asking import Form, correction_at, places
from app.forms.corrections import Correction
from app.forms.questions import (
    BankAccount,
    ByRule,
    IdentityDocument,
    Number,
    OfApplicant,
    Question,
    ResidentId,
    SameAs,
    YearOf,
)

RESIDENT_ID = "resident-id"


def suggested_answer(
    question: Question, answers: Answers, applicant: Mapping[str, str]
) -> Answer | None:
    """The first declared suggestion that holds something; of an account only the holder.

    `applicant` is what is known of the person signed in: name, id_number, mobile.
    """
    for suggestion in question.suggested:
        if not suggestion.applies.holds(answers):
            continue
        match suggestion:
            case OfApplicant(fact):
                held = applicant.get(fact, "")
            case SameAs(other):
                held = answers.text(other)
            case YearOf(other):
                held = str(answers.date(other).year) if answers.has(other) else ""
            case ByRule(needed, reckon):
                held = reckon(answers) if all(map(answers.has, needed)) else ""
        if held:
            return _as_kind(question, held)
    return None


def _as_kind(question: Question, held: str) -> Answer:
    match question.kind:
        case IdentityDocument():
            return {"type": RESIDENT_ID, "number": held}
        case BankAccount():
            return {"holder": held}
        case Number():
            return int(held)
    return held


def _resident_number(question: Question, answers: Answers) -> str:
    """The resident ID number that was answered; empty where none, or another document, was."""
    if isinstance(question.kind, ResidentId):
        return answers.text(question.id)
    document = answers.parts(question.id)
    return document.get("number", "") if document.get("type") == RESIDENT_ID else ""


def not_the_applicants(
    form: Form, answers: Answers, applicant: Mapping[str, str]
) -> tuple[Correction, ...]:
    """Answers about the person signed in that are about somebody else; in the order of the form.

    Only a resident ID number can tell; who gives another document is left to the officer.
    """
    found: list[Correction] = []
    for place in places(form, answers):
        for question in place.questions:
            held, given = applicant.get("id_number", ""), _resident_number(question, place.answers)
            if not given or not held or given.upper() == held.upper():
                continue
            part = "" if isinstance(question.kind, ResidentId) else "number"
            found.extend(
                correction_at(place, question, suggestion.must, part)
                for suggestion in question.suggested
                if isinstance(suggestion, OfApplicant)
                and suggestion.must
                and suggestion.applies.holds(place.answers)
            )
    return tuple(found)
