from datetime import date

import pytest

from app.forms import identifiers
from app.forms.fields import read_value
from app.forms.parts import Problem
from app.forms.questions import CreditCode, ResidentId
from app.forms.tidying import compact
from tests.workflow.declared import ask_question

TODAY = date(2026, 11, 23)


def with_check(first_17: str) -> str:
    return first_17 + identifiers.id_check_character(first_17)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_textbook_id_numbers_are_right(number):
    assert identifiers.resident_id_problem(number, TODAY) is None


def test_an_id_number_of_an_abolished_county_is_right():
    # 332601 was the city of Jiaojiang until 1994.
    assert identifiers.resident_id_problem(with_check("33260119700101001"), TODAY) is None


@pytest.mark.parametrize("division", ["331021", "332621", "332623", "332625", "332626", "332602"])
def test_an_id_number_outlives_its_division(division):
    """Yuhuan county (331021) became a city in 2017; the prefecture 3326 became Taizhou in 1994."""
    assert identifiers.resident_id_problem(with_check(f"{division}19700101001"), TODAY) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("110105 19491231 002ｘ", "11010519491231002X"),
        ("440524-18800101-0014", "440524188001010014"),
        ("\u200b440524188001010014\ufeff", "440524188001010014"),
    ],
)
def test_an_id_number_is_taken_as_people_type_it(typed, kept):
    assert read_value(ask_question("who", ResidentId()), typed, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("１１０１０５１９４９１２３１００２１", "最后一位"),
        ("110105490101002", "18位"),  # the numbers of 15 digits ended in 2013
        (with_check("11010519000229001"), "出生日期"),  # 1900 was no leap year
        (with_check("11010519491331002"), "出生日期"),
        (with_check("11010519490431002"), "出生日期"),
        (with_check("11010519490100002"), "出生日期"),
        (with_check("00010519491231002"), "省级代码"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "18位"),  # digits, but not these
        ("11010519491231Ⅻ02X", "18位"),
    ],
)
def test_a_wrong_id_number_is_told_as_typed(typed, about):
    found = read_value(ask_question("who", ResidentId()), typed, TODAY)
    assert isinstance(found, Problem)
    assert about in found.message.zh


def test_the_29th_of_february_of_a_leap_year_is_a_birthday():
    assert identifiers.resident_id_problem(with_check("33100220000229001"), TODAY) is None


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_a_residence_permit_has_the_same_check_and_its_own_kind(prefix):
    """81 is Hong Kong, 82 Macao, 83 Taiwan; the number is no resident ID."""
    number = with_check(f"{prefix}19900101001")
    other = number[:17] + ("0" if number[17] != "0" else "1")
    assert identifiers.document_problem("hmt-residence-permit", number, TODAY) is None
    assert identifiers.document_problem("hmt-residence-permit", other, TODAY) is not None
    future = with_check(f"{prefix}20261124001")
    assert identifiers.document_problem("hmt-residence-permit", future, TODAY) is not None
    told = identifiers.document_problem("resident-id", number, TODAY)
    assert told is not None
    assert "港澳台居民居住证" in told.zh


def test_a_child_born_today_can_have_an_id_number():
    assert identifiers.resident_id_problem(with_check("33100220261123001"), TODAY) is None


@pytest.mark.parametrize(
    ("number", "about"),
    [
        ("", "18位"),
        ("11010519491231002", "18位"),
        ("11010519491231002x", "18位"),
        ("1101051949123100２X", "18位"),
        ("11010519491231002X1", "18位"),
        ("110105194912310021", "最后一位"),
        (with_check("11010519490229001"), "出生日期"),
        (with_check("11010517991231001"), "出生日期"),
        (with_check("33100220261124001"), "出生日期"),
        (with_check("99010519491231002"), "省级代码"),
        (with_check("81000019900101001"), "港澳台居民居住证"),
    ],
)
def test_an_id_number_that_is_wrong_says_where_to_look(number, about):
    problem = identifiers.resident_id_problem(number, TODAY)
    assert problem is not None
    assert about in problem.zh


@pytest.mark.parametrize("place", range(17))
def test_one_mistyped_digit_of_an_id_number_is_always_found(place):
    number = "11010519491231002X"
    for digit in "0123456789":
        wrong = number[:place] + digit + number[place + 1 :]
        assert (identifiers.resident_id_problem(wrong, TODAY) is None) == (wrong == number)


def test_birthday_and_sex_stand_in_the_number():
    assert identifiers.birthday_of("440524188001010014") == date(1880, 1, 1)
    assert identifiers.is_male("440524188001010014")
    assert not identifiers.is_male("11010519491231002X")


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100M000100YI3", False),
        ("91350100m000100y43", False),
    ],
)
def test_credit_codes_end_in_their_check_character(code, right):
    assert (identifiers.credit_code_problem(code) is None) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("91350100m000100y43", True),
        ("９１３５０１００Ｍ０００１００Ｙ４３", True),
        ("91350100 M000100Y 43", True),
        ("91350100M000100Y4O", False),
        ("9135０100M000100Y44", False),
    ],
)
def test_a_credit_code_is_taken_as_people_type_it(typed, right):
    found = read_value(ask_question("code", CreditCode()), typed, TODAY)
    assert found == "91350100M000100Y43" if right else isinstance(found, Problem)


@pytest.mark.parametrize("place", range(17))
def test_one_mistyped_character_of_a_credit_code_is_always_found(place):
    code = "91350100M000100Y43"
    for symbol in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        wrong = code[:place] + symbol + code[place + 1 :]
        assert (identifiers.credit_code_problem(wrong) is None) == (wrong == code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800000001", "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("１３８０００００００１", "13800000001"),
        ("0576-88880000", "0576-88880000"),
        ("（0576）88880000", "0576-88880000"),
        ("01088880000", "010-88880000"),
    ],
)
def test_phones_are_kept_in_one_way(typed, kept):
    assert identifiers.plain_phone(compact(typed)) == kept
    assert identifiers.phone_problem(kept, landline=True) is None


@pytest.mark.parametrize("number", ["12800000001", "1380000000", "138000000011", "", "abc"])
def test_a_number_that_is_no_mobile_is_refused(number):
    assert identifiers.phone_problem(number) is not None


def test_a_fixed_line_is_only_taken_where_it_is_asked_for():
    assert identifiers.phone_problem("0576-88880000") is not None
    assert identifiers.phone_problem("88880000", landline=True) is not None


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("6222021234567890128", True),  # UnionPay, 19 digits, with its Luhn digit
        ("6222021234567890129", False),
        ("4111111111111111", True),
        ("4111111111111112", False),
        ("1207020123456789012", True),  # a passbook account has no check digit
        ("100000000001", True),
        ("10000000001", False),
        ("12345678901234567890", False),
        ("62220212345678901A", False),
    ],
)
def test_only_card_numbers_carry_a_check_digit(number, right):
    assert (identifiers.account_problem(number) is None) == right


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三", "张三"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("张𬱖", "张𬱖"),  # extension E
        ("㛃𰻝", "㛃𰻝"),  # extensions A and G
        ("﨑一", "﨑一"),  # among the compatibility characters
        ("〇一", "〇一"),
        ("Jean-Luc  J. Müller", "Jean-Luc J. Müller"),
        ("O’Brien", "O'Brien"),
        ("阿卜杜拉·A", "阿卜杜拉·A"),
        ("汉" * 30, "汉" * 30),
    ],
)
def test_names_as_people_have_them_are_taken(typed, kept):
    name = identifiers.plain_name(typed)
    assert name == kept
    assert identifiers.name_problem(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "张",
        "张3",
        "张３",
        "张😀",
        "·张三",
        "张三·",
        "张·",
        "张··三",
        "张_三",
        "张<b>",
        "汉" * 31,
        "A" * 40,
        "张\ue000",
    ],
)
def test_what_is_no_name_is_refused(name):
    assert identifiers.name_problem(identifiers.plain_name(name)) is not None


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("resident-id", "11010519491231002X", True),
        ("resident-id", "E12345678", False),
        ("passport", "E12345678", True),
        ("passport", "E1", False),
        ("hk-macau-permit", "H12345678", True),
        ("hk-macau-permit", "M1234567801", True),
        ("hk-macau-permit", "X12345678", False),
        ("taiwan-permit", "12345678", True),
        ("taiwan-permit", "1234567", False),
        ("hmt-residence-permit", with_check("83000019900101001"), True),
        ("hmt-residence-permit", "11010519491231002X", False),
        ("foreign-permanent-residence", "CAN310081123456", True),
        ("foreign-permanent-residence", with_check("93133119900101001"), True),
        ("foreign-permanent-residence", "12345", False),
    ],
)
def test_every_kind_of_document_has_its_own_number(kind, number, right):
    assert (identifiers.document_problem(kind, number, TODAY) is None) == right


@pytest.mark.parametrize(
    ("number", "right"), [("A123456789", True), ("1234567890", False), ("AB12345678", False)]
)
def test_birth_certificates_have_a_letter_and_nine_digits(number, right):
    assert (identifiers.birth_certificate_problem(number) is None) == right
