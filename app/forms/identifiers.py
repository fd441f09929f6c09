"""Numbers, codes and names that follow a standard: what is wrong with one, in a sentence.

Every `…_problem` takes text that was tidied and compacted already (`app.forms.tidying`) and gives
None where it is right. The standards' numbers stand beside each rule.
"""

import re
from datetime import date

from app.wording import Words

# GB 11643-1999: weights of the first 17 digits and the check characters by remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
# First two digits of GB/T 2260. Lower digits are not compared: divisions come and go, people's
# numbers stay.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for code in range(first, last + 1)
)
_HMT_PREFIXES = frozenset({"81", "82", "83"})
_FIRST_YEAR = 1800

# GB 32100-2015: 31 symbols (no I O S V Z), weights 3^i mod 31.
_CREDIT_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_CREDIT_SHAPE = re.compile(f"[{_CREDIT_SYMBOLS}]{{18}}")

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_PREFIX = re.compile(r"(?:\+|00)?86(?=1[0-9]{10}$)")
_LANDLINE = re.compile(r"0[0-9]{9,11}")
_BIRTH_CERTIFICATE = re.compile(r"[A-Z][0-9]{9}")
_ACCOUNT = re.compile(r"[0-9]{12,19}")
# Bank cards (ISO/IEC 7812) end in a Luhn digit: UnionPay 62 with 16-19 digits, Visa 4 and
# Mastercard 51-55 with 16. Passbook accounts of the same length have none.
_CARD = re.compile(r"62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}")

# Han with every extension (planes 2 and 3), the compatibility blocks and the numeral zero.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_HAN_NAME = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)*")
_ANY_NAME = re.compile(f"[{_HAN}{_LATIN}]+(?:(?:[ ·'-]|\\. ?)[{_HAN}{_LATIN}]+)*\\.?")
_DIGIT = re.compile("[0-9０-９]")
_DOTS = str.maketrans(dict.fromkeys("‧•・∙⋅･", "·") | {"’": "'", "‘": "'", "＇": "'"})
SHORTEST_NAME = 2
LONGEST_NAME = 30
# A passport's machine-readable line has 39 places for a name (ICAO Doc 9303).
LONGEST_LATIN_NAME = 39

_PASSPORT = re.compile(r"[A-Z0-9]{5,12}")
_HK_MACAU = re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")
_TAIWAN = re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?")
_FOREIGN_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")

_ID_LENGTH = Words(
    "身份证号码是18位，最后一位可以是X，请核对后重新填写。",
    "An ID number has 18 characters, the last may be X; check it and type it again.",
)
_ID_PLACE = Words(
    "身份证号码的前两位不是省级代码，请对照身份证重新填写。",
    "The first two digits are not a province; compare with the ID card and type it again.",
)
_ID_IS_HMT = Words(
    "这是港澳台居民居住证的号码，请选择对应的证件类型，或拨打12345。",
    "This is the number of a residence permit for Hong Kong, Macao or Taiwan residents; choose "
    "that kind of document, or call 12345.",
)
_ID_DATE = Words(
    "身份证号码中的出生日期不对，请对照身份证核对第7到14位。",
    "The date of birth in the ID number is not right; check characters 7 to 14 against the card.",
)
_ID_CHECK = Words(
    "身份证号码的最后一位对不上，可能有一位写错了，请逐位核对。",
    "The last character does not fit, so one of them may be mistyped; check them one by one.",
)


def id_check_character(first_17: str) -> str:
    """The check character of an ID number from its first 17 digits (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def _numbered_person_problem(text: str, today: date) -> Words | None:
    """What is wrong with the date of birth or check character of an 18-character number."""
    try:
        born = birthday_of(text)
    except ValueError:
        return _ID_DATE
    if born.year < _FIRST_YEAR or born > today:
        return _ID_DATE
    return None if id_check_character(text[:17]) == text[17] else _ID_CHECK


def resident_id_problem(text: str, today: date) -> Words | None:
    """What is wrong with a resident ID number (18 characters, X upper-case) on `today`; V-ID.

    Codes of abolished divisions are right: the number is for life. Rule: GB 11643-1999.
    """
    if not _ID_SHAPE.fullmatch(text):
        return _ID_LENGTH
    if text[:2] in _HMT_PREFIXES:
        return _ID_IS_HMT
    if text[:2] not in _PROVINCES:
        return _ID_PLACE
    return _numbered_person_problem(text, today)


def birthday_of(id_number: str) -> date:
    """Date of birth in an 18-character ID number. Raises ValueError where it is none."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def age_on(id_number: str, day: date) -> int:
    """Full years of age on a day, from a resident ID number that is valid."""
    return age_from(birthday_of(id_number), day)


def age_from(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_male(id_number: str) -> bool:
    """Whether the sequence in an 18-character ID number is odd, which means male."""
    return int(id_number[16]) % 2 == 1


def credit_code_check(first_17: str) -> str:
    """The check character of a unified social credit code (GB 32100-2015)."""
    total = sum(
        _CREDIT_SYMBOLS.index(symbol) * weight
        for symbol, weight in zip(first_17, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_SYMBOLS[(31 - total % 31) % 31]


def credit_code_problem(text: str) -> Words | None:
    """What is wrong with a unified social credit code; V-USCC, GB 32100-2015."""
    if not _CREDIT_SHAPE.fullmatch(text):
        return Words(
            "统一社会信用代码是18位数字和大写字母（没有I、O、S、V、Z），请核对营业执照。",
            "A credit code has 18 digits and capital letters (no I, O, S, V, Z); check it.",
        )
    if credit_code_check(text[:17]) != text[17]:
        return Words(
            "统一社会信用代码的最后一位对不上，请逐位核对营业执照。",
            "The last character of the credit code does not fit; check it one by one.",
        )
    return None


def plain_phone(text: str) -> str:
    """A phone number without +86, brackets and spaces; a fixed line as `0576-88880000`."""
    digits = _MOBILE_PREFIX.sub("", re.sub(r"[()（）]", "", text))
    if not _LANDLINE.fullmatch(digits):
        return digits
    area = 3 if digits[1] in "12" else 4
    return f"{digits[:area]}-{digits[area:]}"


def phone_problem(text: str, *, landline: bool = False) -> Words | None:
    """What is wrong with a mobile number (or fixed line with its area code); V-MOB."""
    if _MOBILE.fullmatch(text):
        return None
    if landline and re.fullmatch(r"0[12][0-9]-[0-9]{8}|0[3-9][0-9]{2}-[0-9]{7,8}", text):
        return None
    if landline:
        return Words(
            "请填写11位手机号码，或带区号的固定电话，例如0576-88880000。",
            "Enter a mobile number of 11 digits, or a fixed line with its area code, for example "
            "0576-88880000.",
        )
    return Words(
        "手机号码是11位数字，以1开头，请核对后重新填写。",
        "A mobile number has 11 digits and begins with 1; check it and type it again.",
    )


def birth_certificate_problem(text: str) -> Words | None:
    """What is wrong with a birth certificate number: one letter and nine digits; V-BC."""
    if _BIRTH_CERTIFICATE.fullmatch(text):
        return None
    return Words(
        "出生医学证明编号是1个字母加9位数字，例如A123456789，请对照证明填写。",
        "A birth certificate number is one letter and nine digits, for example A123456789.",
    )


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def account_problem(text: str) -> Words | None:
    """What is wrong with an account number: 12-19 digits, cards with their Luhn digit; V-BANK."""
    if not _ACCOUNT.fullmatch(text):
        return Words(
            "银行账号是12到19位数字，请对照银行卡或存折填写。",
            "An account number has 12 to 19 digits; copy it from the card or passbook.",
        )
    if _CARD.fullmatch(text) and not luhn_holds(text):
        return Words(
            "银行卡号有一位可能写错了，请对照银行卡逐位核对。",
            "One digit of the card number may be mistyped; compare it with the card.",
        )
    return None


def plain_name(text: str) -> str:
    """A name with one kind of middle dot, one kind of apostrophe and single spaces."""
    return text if text.isalpha() else " ".join(text.translate(_DOTS).split())


def name_problem(text: str) -> Words | None:
    """What is wrong with a person's name; V-NAME.

    2-30 characters: Han of every extension, the middle dot between parts, Latin letters as in a
    passport (then up to 39). No digits, no emoji, no other signs.
    """
    if len(text) < SHORTEST_NAME:
        return Words(
            "姓名至少2个字，请填写全名。",
            "A name has at least 2 characters; enter the full name.",
        )
    longest = LONGEST_NAME if _HAN_NAME.fullmatch(text) else LONGEST_LATIN_NAME
    if len(text) > longest or (len(text) > LONGEST_NAME and re.search(f"[{_HAN}]", text)):
        return Words(
            "姓名最多30个字，请按证件上的写法填写。",
            "A name has at most 30 characters; write it as on the document.",
        )
    if _ANY_NAME.fullmatch(text):
        return None
    if _DIGIT.search(text):
        return Words(
            "姓名里不能有数字，请按证件上的写法填写。",
            "A name has no digits; write it as on the document.",
        )
    return Words(
        "姓名只能用汉字、间隔号“·”或证件上的拉丁字母，请按证件上的写法填写。",
        "A name has Chinese characters, the middle dot “·” or Latin letters; write it as on the "
        "document.",
    )


def _hmt_permit_problem(text: str, today: date) -> Words | None:
    if _ID_SHAPE.fullmatch(text) and text[:2] in _HMT_PREFIXES:
        return _numbered_person_problem(text, today)
    return Words(
        "港澳台居民居住证号码是18位，以81、82或83开头，请对照证件填写。",
        "The permit number has 18 characters and begins with 81, 82 or 83; copy it from there.",
    )


def _foreign_permanent_problem(text: str, today: date) -> Words | None:
    if _ID_SHAPE.fullmatch(text) and text[0] == "9":
        return _numbered_person_problem(text, today)
    if _FOREIGN_OLD.fullmatch(text):
        return None
    return Words(
        "永久居留身份证号码是18位（以9开头），旧证是3个字母加12位数字，请对照证件填写。",
        "The number has 18 characters beginning with 9, or on older cards 3 letters and 12 digits; "
        "copy it from the card.",
    )


_SHAPES = {
    "passport": (
        _PASSPORT,
        Words(
            "护照号码是5到12位字母和数字，请对照护照填写。",
            "A passport number has 5 to 12 letters and digits; copy it from the passport.",
        ),
    ),
    "hk-macau-permit": (
        _HK_MACAU,
        Words(
            "通行证号码是H或M加8位或10位数字，请对照证件填写。",
            "The permit number is H or M and 8 or 10 digits; copy it from the permit.",
        ),
    ),
    "taiwan-permit": (
        _TAIWAN,
        Words(
            "通行证号码是8位数字，旧证是10位数字，请对照证件填写。",
            "The permit number has 8 digits, on older permits 10; copy it from the permit.",
        ),
    ),
}
_NUMBERED = {
    "resident-id": resident_id_problem,
    "hmt-residence-permit": _hmt_permit_problem,
    "foreign-permanent-residence": _foreign_permanent_problem,
}

# Kinds of identity document (V-DOC) in the order in which they are offered.
DOCUMENT_TYPES: dict[str, Words] = {
    "resident-id": Words("居民身份证", "Resident ID card"),
    "hmt-residence-permit": Words(
        "港澳台居民居住证", "Residence permit for Hong Kong, Macao and Taiwan residents"
    ),
    "hk-macau-permit": Words(
        "港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents"
    ),
    "taiwan-permit": Words("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
    "foreign-permanent-residence": Words(
        "外国人永久居留身份证", "Foreign permanent resident ID card"
    ),
    "passport": Words("护照", "Passport"),
}


def document_problem(kind: str, number: str, today: date) -> Words | None:
    """What is wrong with the number of an identity document of one of DOCUMENT_TYPES; V-DOC.

    Raises KeyError where `kind` is none of them.
    """
    if kind in _NUMBERED:
        return _NUMBERED[kind](number, today)
    shape, problem = _SHAPES[kind]
    return None if shape.fullmatch(number) else problem
