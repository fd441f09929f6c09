"""Reads the answers made of several inputs: addresses, identity documents, bank accounts."""

from datetime import date

from app.forms import divisions, identifiers
from app.forms.parts import Outcome, Parts, Problem, length_problem, name_from, text_of
from app.forms.questions import Address, BankAccount, IdentityDocument
from app.forms.tidying import compact, tidied
from app.wording import Words

ADDRESS_PARTS = ("county", "township", "detail")
DOCUMENT_PARTS = ("type", "number")
ACCOUNT_PARTS = ("holder", "bank", "number")
LONGEST_ADDRESS = 100
LONGEST_BANK = 60


def read_address(kind: Address, parts: Parts, _today: date) -> Outcome:
    """An address by division and detail (V-DIV), a Problem, or None where all is empty."""
    county = text_of(parts, "county").strip()
    township = text_of(parts, "township").strip()
    detail = tidied(text_of(parts, "detail"))
    if not county and not township and not detail:
        return None
    elsewhere = kind.elsewhere and county == divisions.ELSEWHERE
    problem = _division_problem(county, township) if not elsewhere else None
    problem = problem or _detail_problem(detail, elsewhere=elsewhere)
    if problem or isinstance(detail, Words):
        return problem
    return {"county": county, "township": "" if elsewhere else township, "detail": detail}


def _division_problem(county: str, township: str) -> Problem | None:
    if divisions.county(county) is None:
        return Problem(
            Words("请选择县（市、区）。", "Choose a county, city or district."), "county"
        )
    found = divisions.township(township)
    if found is None or found.county != county:
        return Problem(
            Words(
                "请选择该县（市、区）的乡镇、街道。", "Choose a township or street of that county."
            ),
            "township",
        )
    return None


def _detail_problem(detail: str | Words, *, elsewhere: bool) -> Problem | None:
    if isinstance(detail, Words):
        return Problem(detail, "detail")
    if detail:
        return length_problem(detail, LONGEST_ADDRESS, part="detail")
    if elsewhere:
        message = Words(
            "请填写详细地址，从省、市写起。", "Enter the full address, beginning with the province."
        )
    else:
        message = Words(
            "请填写详细地址，例如村、路和门牌号。",
            "Enter the rest of the address, for example village, road and number.",
        )
    return Problem(message, "detail")


def read_identity_document(_kind: IdentityDocument, parts: Parts, today: date) -> Outcome:
    """An identity document (V-ID, V-DOC), a Problem, or None where all is empty."""
    document = text_of(parts, "type").strip()
    text = tidied(text_of(parts, "number"))
    if isinstance(text, Words):
        return Problem(text, "number")
    number = compact(text)
    if not document and not number:
        return None
    if document not in identifiers.DOCUMENT_TYPES:
        return Problem(Words("请选择证件类型。", "Choose the kind of document."), "type")
    if not number:
        return Problem(Words("请填写证件号码。", "Enter the number of the document."), "number")
    wrong = identifiers.document_problem(document, number, today)
    return Problem(wrong, "number") if wrong else {"type": document, "number": number}


def read_account(_kind: BankAccount, parts: Parts, _today: date) -> Outcome:
    """A bank account (V-BANK), a Problem, or None where all is empty."""
    holder = name_from(text_of(parts, "holder"), "holder")
    bank = tidied(text_of(parts, "bank"))
    digits = tidied(text_of(parts, "number"))
    if not holder and not bank and not digits:
        return None
    if holder is None:
        return Problem(Words("请填写户名。", "Enter the account holder's name."), "holder")
    if isinstance(holder, Problem):
        return holder
    return (
        _bank_problem(bank)
        or _account(digits)
        or {
            "holder": holder,
            "bank": str(bank),
            "number": compact(str(digits)),
        }
    )


def _bank_problem(bank: str | Words) -> Problem | None:
    if isinstance(bank, Words):
        return Problem(bank, "bank")
    if not bank:
        return Problem(Words("请填写开户银行。", "Enter the bank of the account."), "bank")
    return length_problem(bank, LONGEST_BANK, 2, "bank")


def _account(digits: str | Words) -> Problem | None:
    if isinstance(digits, Words):
        return Problem(digits, "number")
    if not digits:
        return Problem(Words("请填写银行账号。", "Enter the account number."), "number")
    wrong = identifiers.account_problem(compact(digits))
    return Problem(wrong, "number") if wrong else None
