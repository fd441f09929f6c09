import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.answers import Answers
from app.forms.asking import places
from app.forms.reading import complete, pruned, read_document
from app.forms.specimen import situations, specimen
from tests.forms.questionnaire import TODAY, birth_form, complete_values, no_answers

FORM = birth_form()


def answers_with(**changes):
    return Answers({**complete_values(), **changes}, TODAY)


def pointers(corrections):
    return [item.pointer for item in corrections]


def test_a_complete_form_needs_nothing():
    assert complete(FORM, answers_with()) == ()


def test_an_empty_form_names_everything_that_everybody_is_asked():
    missing = complete(FORM, no_answers())
    assert pointers(missing) == [
        "/married",
        "/how_many",
        "/mother",
        "/home",
        "/child/0/child_name",
        "/child/0/born",
        "/truth",
    ]
    assert [item.page for item in missing[-3:]] == ["child", "child", "declarations"]
    assert {item.item for item in missing if item.group == "child"} == {0}


def test_a_second_child_is_asked_for_by_name():
    children = [{"child_name": "陈一", "born": "2026-11-10"}]
    missing = complete(FORM, answers_with(child=children))
    assert pointers(missing) == ["/child/1/child_name", "/child/1/born"]


def test_a_draft_that_waited_is_judged_by_today():
    old = Answers(complete_values(), TODAY.replace(year=2027))
    assert pointers(complete(FORM, old)) == ["/child/0/born", "/child/1/born"]


@pytest.mark.parametrize(
    "broken", [{"mother": 5}, {"mother": "张3"}, {"home": "x"}, {"truth": "x"}]
)
def test_a_kept_answer_that_is_not_right_is_found_before_submitting(broken):
    assert [item.question for item in complete(FORM, answers_with(**broken))] == list(broken)


def test_what_a_register_said_is_taken_as_it_stands():
    assert complete(FORM, answers_with(mother="林"), locked={"mother"}) == ()


def test_rules_across_pages_are_judged_at_the_end():
    wrong = [
        {"child_name": "王一", "born": "2026-11-10"},
        {"child_name": "林二", "born": "2026-11-10"},
    ]
    found = complete(FORM, answers_with(child=wrong))
    assert pointers(found) == ["/child/0/child_name"]
    assert found[0].message.en == "The child has a parent's surname."


def test_a_rule_that_looks_at_a_question_nobody_asks_is_still_judged():
    alone = answers_with(married="no", child=[{"child_name": "王一", "born": "2026-11-10"}] * 2)
    found = complete(FORM, pruned(FORM, alone))
    assert pointers(found) == ["/child/0/child_name", "/child/1/child_name"]


def test_answers_that_no_longer_apply_are_pruned():
    kept = pruned(FORM, answers_with(married="no", how_many="1", stray="x"))
    assert "father" not in kept.values
    assert "wedding" not in kept.values
    assert "stray" not in kept.values
    assert kept.values["child"] == [{"child_name": "陈一", "born": "2026-11-10"}]


def test_pruning_changes_nothing_that_applies_and_not_what_it_was_given():
    before = answers_with(how_many="1")
    copy = json.loads(json.dumps(before.values))
    once = pruned(FORM, before)
    assert pruned(FORM, once).values == once.values
    assert before.values == copy


def test_pages_stand_once_per_child():
    found = [(place.page.id, place.item) for place in places(FORM, answers_with())]
    assert found == [("parents", None), ("child", 0), ("child", 1), ("wedding", None)]
    asked = places(FORM, answers_with(married="no"))[0].questions
    assert [question.id for question in asked] == ["mother", "home"]


def test_a_whole_document_is_read():
    reading = read_document(FORM, complete_values(), no_answers())
    assert reading.corrections == ()
    assert reading.values == complete_values()


def test_a_later_document_changes_what_it_names_and_null_lets_go():
    held = answers_with()
    reading = read_document(FORM, {"mother": "林小红", "wedding": None}, held)
    assert reading.values == {"mother": "林小红"}
    after = reading.onto(held)
    assert "wedding" not in after.values
    assert after.values["child"] == complete_values()["child"]


@pytest.mark.parametrize(
    ("document", "pointer", "about"),
    [
        ([], "", "JSON对象"),
        ("x", "", "JSON对象"),
        ({"nobody": 1}, "/nobody", "没有这一项"),
        ({"a/b~\ud800": 1}, "/a~1b~0\\ud800", "没有这一项"),
        ({"child_name": "陈一"}, "/child_name", "没有这一项"),
        ({"married": "no", "father": "陈大海"}, "/father", "不用填"),
        ({"married": True}, "/married", "格式"),
        (
            {"home": {"county": "331002", "township": "331003001", "detail": "x"}},
            "/home/township",
            "乡镇",
        ),
        ({"home": {"county": "331002", "more": "x"}}, "/home", "格式"),
        ({"child": {}}, "/child", "数组"),
        ({"child": [1]}, "/child", "数组"),
        ({"child": [{}] * 9}, "/child", "数量多"),
        ({"how_many": "1", "child": [{}, {}]}, "/child", "数量多"),
        ({"child": [{"nobody": 1}]}, "/child/0/nobody", "没有这一项"),
        ({"child": [{"born": "2026-02-30"}]}, "/child/0/born", "没有这一天"),
        ({"child": [{"born": "2026-11-10T00:00:00Z"}]}, "/child/0/born", "格式"),
    ],
)
def test_a_document_that_is_not_right_says_where(document, pointer, about):
    reading = read_document(FORM, document, no_answers())
    assert pointers(reading.corrections) == [pointer]
    assert about in reading.corrections[0].message.zh


def test_what_is_right_in_a_wrong_document_is_kept():
    reading = read_document(FORM, {"mother": "林小青", "home": 5}, no_answers())
    assert reading.values == {"mother": "林小青"}


def test_a_register_s_answer_in_a_document_must_be_the_same():
    held = answers_with()
    same = read_document(FORM, {"mother": "林小青"}, held, locked={"mother"})
    other = read_document(FORM, {"mother": "林小红"}, held, locked={"mother"})
    assert same.corrections == ()
    assert pointers(other.corrections) == ["/mother"]
    assert other.onto(held).values["mother"] == "林小青"


def test_a_flood_of_unknown_fields_gets_a_short_answer():
    reading = read_document(FORM, {f"x{number}" * 50: 1 for number in range(1000)}, no_answers())
    assert 1 <= len(reading.corrections) <= 20
    assert all(len(item.pointer) < 100 for item in reading.corrections)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)
IDS = sorted(complete_values())


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*IDS, "father", "zzz"]), anything, max_size=5))
def test_no_document_breaks_the_reading_and_what_is_kept_is_kept_again(changes):
    reading = read_document(FORM, complete_values() | changes, no_answers())
    again = read_document(FORM, reading.values, no_answers())
    assert again.values == reading.values
    complete(FORM, reading.onto(no_answers()))


def test_a_specimen_answers_all_that_is_asked():
    surname = FORM.pages[1].checks[0].message
    for answers in situations(FORM, TODAY):
        assert {item.message for item in complete(FORM, answers)} <= {surname}
    assert complete(FORM, specimen(FORM, TODAY)) == ()
    assert {answers.text("married") for answers in situations(FORM, TODAY)} == {"yes", "no"}
    assert len(specimen(FORM, TODAY, {"how_many": "3"}).values["child"]) == 3
