"""What is suggested in an input, and who says that they are somebody else."""

from datetime import date

import pytest

from app.catalogue import load
from app.forms.answers import Answer, Answers
from app.forms.suggesting import not_the_applicants, suggested_answer

TODAY = date(2026, 11, 23)
BIRTH = load().life_events["birth"]
QUESTIONS = {question.id: question for question in BIRTH.questions}
YUTONG = {"name": "陈雨桐", "id_number": "33100219940101002X", "mobile": "13800000001"}


def suggested(question: str, **answers: Answer) -> Answer | None:
    return suggested_answer(QUESTIONS[question], Answers(answers, TODAY), YUTONG)


def test_what_is_asked_about_the_person_signed_in_is_suggested_and_nobody_elses_is():
    assert suggested("mother_mobile", for_whom="mother") == "13800000001"
    assert suggested("mother_name", for_whom="mother") == "陈雨桐"
    assert suggested("mother_mobile", for_whom="father") is None
    assert suggested("mother_mobile", for_whom="agent") is None
    assert suggested("father_mobile", for_whom="father") == "13800000001"


def test_an_account_is_suggested_to_be_whose_it_must_be():
    names = {"mother_name": "陈雨桐", "father_name": "林浩然"}
    assert suggested("mother_account", **names) == {"holder": "陈雨桐"}
    assert suggested("subsidy_account", **names) == {"holder": "陈雨桐"}
    assert suggested("subsidy_account", for_whom="father", **names) == {"holder": "林浩然"}
    assert suggested("subsidy_account", claimant="father", **names) == {"holder": "林浩然"}
    claimed = suggested("subsidy_account", for_whom="father", claimant="mother", **names)
    assert claimed == {"holder": "陈雨桐"}


def test_the_year_of_cover_is_suggested_to_be_that_of_the_birth():
    assert suggested("insurance_year", born_on="2025-12-30") == 2025
    assert suggested("insurance_year") is None


@pytest.mark.parametrize(
    ("for_whom", "document", "is_wrong"),
    [
        ("mother", {"type": "resident-id", "number": "33100219940101002x"}, False),
        ("mother", {"type": "resident-id", "number": "331002199202020036"}, True),
        ("mother", {"type": "passport", "number": "E12345678"}, False),
        ("father", {"type": "resident-id", "number": "331002199202020036"}, False),
        ("agent", {"type": "resident-id", "number": "331002199202020036"}, False),
    ],
)
def test_who_says_they_are_the_mother_gives_their_own_number(
    for_whom: str, document: dict[str, str], is_wrong: bool
):
    answers = Answers({"for_whom": for_whom, "mother_document": document}, TODAY)
    found = not_the_applicants(BIRTH, answers, YUTONG)
    assert [one.pointer for one in found] == ["/mother_document/number"] * is_wrong
    assert not_the_applicants(BIRTH, answers, {"name": "陈雨桐"}) == ()
