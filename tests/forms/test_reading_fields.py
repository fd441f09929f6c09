import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.answers import Answers
from app.forms.fields import input_names, read_value, typed_from
from app.forms.parts import Problem
from app.forms.questions import Page
from app.forms.reading import read_page
from app.forms.specimen import specimen_answer
from tests.forms.questionnaire import KINDS, TODAY, make_question, no_answers, words


def read_one(kind, sent, *, optional=False):
    page = Page("page", words("页"), (make_question(kind, optional=optional),))
    reading = read_page(page, sent, no_answers())
    return reading.corrections[0] if reading.corrections else reading.values.get(kind)


DAY = {"day-year": "2026", "day-month": "3", "day-day": "27"}
HOME = {"home-county": "331002", "home-township": "331002001", "home-detail": "中山路1号"}
ACCOUNT = {
    "account-holder": "张三",
    "account-bank": "台州银行",
    "account-number": "6222 0212 3456 7890 128",
}


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("text", {"text": "  样例 😀 "}, "样例 😀"),
        ("text", {"text": "cafe\u0301"}, "caf\u00e9"),
        ("text", {"text": "a\u200bb\ufeff"}, "ab"),
        ("story", {"story": "一\r\n二\r三"}, "一\n二\n三"),
        ("name", {"name": " 买买提•艾力 "}, "买买提·艾力"),
        ("id_number", {"id_number": "１１０１０５１９４９１２３１００２ｘ"}, "11010519491231002X"),
        ("id_number", {"id_number": "110105 19491231 002x"}, "11010519491231002X"),
        ("company", {"company": "91350100m000100y43"}, "91350100M000100Y43"),
        ("mobile", {"mobile": "+86 138 0000 0001"}, "13800000001"),
        ("phone", {"phone": "0576 8888 0000"}, "0576-88880000"),
        ("certificate", {"certificate": "a123456789"}, "A123456789"),
        ("day", DAY, "2026-03-27"),
        ("day", DAY | {"day-month": "３月", "day-day": "27日"}, "2026-03-27"),
        ("weeks", {"weeks": "３９"}, 39),
        ("weeks", {"weeks": "39.0"}, 39),
        ("length", {"length": "50.5"}, 50.5),
        ("colour", {"colour": "red"}, "red"),
        ("colours", {"colours": ["blue", "red", "red"]}, ["red", "blue"]),
        ("colours", {"colours": "blue"}, ["blue"]),
        ("truth", {"truth": "on"}, True),
        ("home", HOME, {"county": "331002", "township": "331002001", "detail": "中山路1号"}),
        (
            "anywhere",
            {"anywhere-county": "other", "anywhere-township": "x", "anywhere-detail": "上海市"},
            {"county": "other", "township": "", "detail": "上海市"},
        ),
        (
            "account",
            ACCOUNT,
            {"holder": "张三", "bank": "台州银行", "number": "6222021234567890128"},
        ),
        (
            "document",
            {"document-type": "passport", "document-number": "e 1234 5678"},
            {"type": "passport", "number": "E12345678"},
        ),
        (
            "moment",
            {
                "moment-year": "2026",
                "moment-month": "03",
                "moment-day": "27",
                "moment-hour": "8",
                "moment-minute": "5",
            },
            "2026-03-27T08:05",
        ),
        ("month", {"month-year": "2026", "month-month": "3月"}, "2026-03"),
        ("month", {"month-year": "2024", "month-month": "11"}, "2024-11"),
    ],
)
def test_what_people_type_is_kept_in_one_way(kind, sent, kept):
    assert read_one(kind, sent) == kept


@pytest.mark.parametrize(
    ("kind", "sent", "first_bad_input", "about"),
    [
        ("text", {"text": "字" * 21}, "text", "最多20个字"),
        ("text", {"text": "a\x00b"}, "text", "无法识别"),
        ("text", {"text": "a\ud800b"}, "text", "无法识别"),
        ("text", {"text": "a\u202eb"}, "text", "无法识别"),
        ("text", {"text": "a\nb"}, "text", "无法识别"),
        ("text", {"text": "x" * 30_000}, "text", "太长"),
        ("name", {"name": "张😀"}, "name", "姓名只能"),
        ("month", {"month-year": "2026", "month-month": "13"}, "month-month", "没有这一天"),
        ("month", {"month-year": "2026", "month-month": "12"}, "month-year", "2026年11月或之前"),
        ("month", {"month-year": "2024", "month-month": "10"}, "month-year", "2024年11月或之后"),
        ("day", {}, "day-year", "请填写"),
        ("day", DAY | {"day-month": ""}, "day-month", "还缺"),
        ("day", DAY | {"day-month": "13"}, "day-month", "没有这一天"),
        ("day", DAY | {"day-month": "2", "day-day": "30"}, "day-day", "没有这一天"),
        ("day", DAY | {"day-year": "26"}, "day-year", "四位"),
        ("day", DAY | {"day-day": "3\x00"}, "day-day", "数字"),
        ("day", DAY | {"day-year": "2027"}, "day-year", "不能晚于今天"),
        ("day", DAY | {"day-year": "2020"}, "day-year", "之后"),
        ("weeks", {"weeks": "46"}, "weeks", "20到45周"),
        ("weeks", {"weeks": "39.5"}, "weeks", "整数"),
        ("weeks", {"weeks": "1e999"}, "weeks", "20到45周"),
        ("weeks", {"weeks": "NaN"}, "weeks", "20到45周"),
        ("weeks", {"weeks": "9" * 5000}, "weeks", "20到45周"),
        ("length", {"length": "50.55"}, "length", "1位小数"),
        ("colour", {"colour": "green"}, "colour", "选一个"),
        ("colours", {"colours": ["red", "green"]}, "colours", "列出的选项"),
        ("truth", {}, "truth", "勾选"),
        ("home", HOME | {"home-county": "330100"}, "home-county", "县"),
        ("home", HOME | {"home-county": "other"}, "home-county", "县"),
        ("home", HOME | {"home-township": "331003001"}, "home-township", "乡镇"),
        ("home", HOME | {"home-detail": " "}, "home-detail", "详细地址"),
        ("account", ACCOUNT | {"account-holder": ""}, "account-holder", "户名"),
        ("account", ACCOUNT | {"account-bank": ""}, "account-bank", "银行"),
        ("account", ACCOUNT | {"account-number": "12"}, "account-number", "12到19位"),
        ("document", {"document-number": "E12345678"}, "document-type", "证件类型"),
        ("document", {"document-type": "passport"}, "document-number", "证件号码"),
        ("document", {"document-type": "magic", "document-number": "1"}, "document-type", "类型"),
    ],
)
def test_what_is_wrong_gets_a_sentence_at_its_input(kind, sent, first_bad_input, about):
    correction = read_one(kind, sent)
    assert (correction.question, correction.input) == (kind, first_bad_input)
    assert about in correction.message.zh
    assert correction.message.en


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_answer_is_fine_only_where_it_is_optional(kind):
    assert read_one(kind, {}, optional=True) is None
    assert read_one(kind, {}).question == kind
    assert read_one(kind, {"unrelated": "x"}).input == input_names(make_question(kind))[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_specimen_is_an_answer_and_goes_back_into_its_inputs(kind):
    question = make_question(kind)
    kept = read_value(question, specimen_answer(question, TODAY), TODAY)
    assert kept is not None
    assert not isinstance(kept, Problem)
    page = Page("page", words("页"), (question,))
    assert read_page(page, typed_from(question, kept), no_answers()).values == {kind: kept}


rough_text = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(), max_size=20),
    st.text(alphabet="0123456789Xx.-+ ０１２年月日", max_size=20),
    st.sampled_from(
        [
            "\x00",
            "\ud800",
            "😀",
            "1e999",
            "NaN",
            "-0",
            "0",
            "9" * 400,
            "331002",
            "331002001",
            "2026",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_a_browser_sends_is_read_and_what_is_kept_is_kept_again(kind, data):
    question = make_question(kind, optional=True)
    page = Page("page", words("页"), (question,))
    one = st.one_of(rough_text, st.lists(rough_text, max_size=3))
    sent = {name: data.draw(one) for name in input_names(question)}
    reading = read_page(page, sent, no_answers())
    if kind in reading.values:
        kept = reading.values[kind]
        json.dumps(kept, ensure_ascii=False).encode()
        assert read_value(question, kept, TODAY) == kept
        assert read_page(page, typed_from(question, kept), no_answers()).values == {kind: kept}


rough_json = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        rough_text,
        st.just(10**4000),
        st.just(math.inf),
        st.just(math.nan),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["county", "township", "detail", "type", "number", "holder", "x"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(KINDS)), rough_json)
def test_whatever_json_holds_is_read_and_what_is_kept_is_kept_again(kind, value):
    question = make_question(kind)
    kept = read_value(question, value, TODAY)
    assert kept is not None
    if not isinstance(kept, Problem):
        json.dumps(kept, ensure_ascii=False, allow_nan=False).encode()
        assert read_value(question, kept, TODAY) == kept


@pytest.mark.parametrize("value", [True, 0, "39", [39], {"weeks": 39}, math.nan, 10**4000])
def test_a_number_must_come_as_a_number(value):
    assert isinstance(read_value(make_question("weeks"), value, TODAY), Problem)


def test_a_number_too_long_to_be_written_is_a_problem():
    assert isinstance(read_value(make_question("weeks"), 10**5000, TODAY), Problem)


def test_a_question_may_say_itself_what_to_do():
    question = make_question("name")
    asked = type(question)(question.id, question.label, question.kind, error=words("写上姓名。"))
    page = Page("page", words("页"), (asked,))
    assert read_page(page, {}, Answers({}, TODAY)).corrections[0].message == words("写上姓名。")
