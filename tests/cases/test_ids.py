"""Case numbers cannot be guessed, and no slip of the finger turns one into another."""

from app.cases.ids import SYMBOLS, new_case_number, new_id, read_case_number


def test_a_number_is_read_however_it_was_typed() -> None:
    number = new_case_number()
    assert number.startswith("TZ-")
    assert read_case_number(number) == number
    assert read_case_number(number.lower().replace("-", " ")) == number
    assert read_case_number(number.removeprefix("TZ-")) == number


def test_every_single_wrong_character_and_every_swap_of_neighbours_is_found() -> None:
    number = new_case_number()
    body = number.removeprefix("TZ-").replace("-", "")
    for place, right in enumerate(body):
        for wrong in SYMBOLS.replace(right, ""):
            assert read_case_number(body[:place] + wrong + body[place + 1 :]) is None
    for place in range(len(body) - 2):
        swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
        assert swapped == body or read_case_number(swapped) is None


def test_what_is_not_a_number_is_none() -> None:
    for text in ("", "TZ-", "TZ-0000-0000-00O0", "1" * 40, "林小满", "TZ-7K3M-9QX2"):
        assert read_case_number(text) is None


def test_numbers_and_keys_do_not_repeat_and_keys_sort_by_time() -> None:
    assert len({new_case_number() for _ in range(20_000)}) == 20_000
    first = new_id()
    keys = [new_id() for _ in range(1000)]
    assert len(set(keys)) == 1000
    assert all(key.version == 7 for key in keys)
    assert first.int >> 80 <= keys[-1].int >> 80
