import pytest

from app.forms.answers import Answers
from app.forms.showing import display, masked_name, masked_number
from tests.forms.questionnaire import TODAY, make_question

ID = "331002199003070022"


def shown(kind, answer, language="zh", *, masked=True):
    return display(make_question(kind), Answers({kind: answer}, TODAY), language, masked=masked)


@pytest.mark.parametrize(
    ("kind", "answer", "zh", "en"),
    [
        ("name", "张三", "张三", "张三"),
        ("day", "2026-03-27", "2026年3月27日", "27 March 2026"),
        ("month", "2026-03", "2026年3月", "March 2026"),
        ("moment", "2026-03-27T08:05", "2026年3月27日 08:05", "27 March 2026 08:05"),
        ("weeks", 39, "39 周", "39 weeks"),
        ("length", 50.5, "50.5 厘米", "50.5 cm"),
        ("colour", "red", "红", "Red"),
        ("colours", ["red", "blue"], "红、蓝", "Red, Blue"),
        ("truth", True, "已勾选", "Ticked"),
        ("id_number", ID, "331002********0022", "331002********0022"),
        ("mobile", "13800000001", "138****0001", "138****0001"),
        (
            "home",
            {"county": "331002", "township": "331002001", "detail": "中山路1号"},
            "台州市椒江区海门街道中山路1号",
            "中山路1号, 海门街道, Jiaojiang District, Taizhou",
        ),
        (
            "anywhere",
            {"county": "other", "township": "", "detail": "上海市"},
            "上海市",
            "上海市",
        ),
        (
            "document",
            {"type": "passport", "number": "E12345678"},
            "护照 E*******8",
            "Passport E*******8",
        ),
        (
            "account",
            {"holder": "张三", "bank": "台州银行", "number": "6222021234567890128"},
            "张三，台州银行，6222***********0128",
            "张三, 台州银行, 6222***********0128",
        ),
    ],
)
def test_answers_read_as_people_write_them(kind, answer, zh, en):
    assert shown(kind, answer) == zh
    assert shown(kind, answer, "en") == en


def test_numbers_are_whole_only_where_that_is_wanted():
    assert shown("id_number", ID, masked=False) == ID
    assert ID in shown("document", {"type": "resident-id", "number": ID}, masked=False)


def test_nothing_is_shown_for_what_was_not_answered():
    assert display(make_question("home"), Answers({}, TODAY), "zh") == ""


@pytest.mark.parametrize("kind", ["day", "home", "weeks", "account", "document"])
def test_an_answer_of_another_shape_is_shown_as_it_is(kind):
    assert shown(kind, "样例") == "样例"


def test_masks_hide_the_middle():
    assert masked_number("123456789012") == "1234****9012"
    assert masked_number("12") == "**"
    assert [masked_name(name) for name in ("张三", "张三丰", "欧阳小娜", "张")] == [
        "张*",
        "张*丰",
        "欧**娜",
        "张",
    ]
