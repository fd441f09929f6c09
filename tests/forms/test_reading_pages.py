from app.forms.answers import Answers
from app.forms.conditions import Is
from app.forms.questions import Check, Page, PersonName, Question, Text
from app.forms.reading import read_page
from tests.forms.questionnaire import TODAY, birth_form, complete_values, make_question, words

FATHER_DECLARED = Page(
    "parents",
    words("父母"),
    (
        make_question("colour"),
        Question("father", words("父亲姓名"), PersonName(), applies=Is("colour", "red")),
        Question("note", words("说明"), Text(), optional=True),
    ),
)


def read(sent, **held):
    return read_page(FATHER_DECLARED, sent, Answers(held, TODAY))


def test_what_is_right_is_kept_though_something_else_is_wrong():
    reading = read({"colour": "red", "father": "张3", "note": "你好"})
    assert reading.values == {"colour": "red", "note": "你好"}
    assert [item.input for item in reading.corrections] == ["father"]
    assert reading.typed == {"colour": "red", "father": "张3", "note": "你好"}


def test_a_question_that_does_not_apply_is_ignored_and_let_go():
    reading = read({"colour": "blue", "father": "张三"}, colour="red", father="李四", note="x")
    assert reading.values == {"colour": "blue"}
    assert reading.dropped == {"father", "note"}
    assert reading.corrections == ()


def test_conditions_are_judged_with_what_is_on_the_same_page():
    assert [item.question for item in read({"colour": "red"}, colour="blue").corrections] == [
        "father"
    ]


def test_unknown_names_are_ignored_on_a_page():
    reading = read({"colour": "blue", "is_admin": "yes"})
    assert reading.values == {"colour": "blue"}
    assert "is_admin" not in reading.typed


def test_a_wrong_answer_does_not_leave_the_old_one_behind():
    reading = read({"colour": "red", "father": "张3"}, colour="red", father="张三")
    after = reading.onto(Answers({"colour": "red", "father": "张三"}, TODAY))
    assert after.values == {"colour": "red"}


def test_what_a_register_answered_cannot_be_changed():
    held = Answers({"colour": "red", "father": "张三"}, TODAY)
    sent = {"colour": "red", "father": "李四"}
    reading = read_page(FATHER_DECLARED, sent, held, locked={"father"})
    assert reading.corrections == ()
    assert reading.onto(held).values == {"colour": "red", "father": "张三"}


def test_reading_a_childs_page_changes_that_child_alone():
    page = birth_form().pages[1]
    held = Answers(complete_values(), TODAY)
    sent = {"child_name": "林三", "born-year": "2026", "born-month": "11", "born-day": "40"}
    reading = read_page(page, sent, held.item("child", 1))
    after = reading.onto(held, "child", 1)
    assert reading.corrections[0].input == "born-day"
    assert after.values["child"] == [
        {"child_name": "陈一", "born": "2026-11-10"},
        {"child_name": "林三"},
    ]
    assert held.values["child"][1]["child_name"] == "林二"


def check_page(holds):
    page_questions = (make_question("name"), make_question("text", optional=True))
    return Page("p", words("p"), page_questions, checks=(Check("name", holds, words("不对")),))


def test_a_rule_across_questions_is_told_at_its_question():
    page = check_page(lambda given: given.text("name") != given.text("mother"))
    held = Answers({"mother": "张三"}, TODAY)
    assert [item.input for item in read_page(page, {"name": "张三"}, held).corrections] == ["name"]
    assert read_page(page, {"name": "张三"}, held).values == {"name": "张三"}
    assert read_page(page, {"name": "李四"}, held).corrections == ()


def test_a_rule_waits_for_answers_of_other_pages():
    page = check_page(lambda given: given.text("name")[0] == given.text("mother")[0])
    assert read_page(page, {"name": "张三"}, Answers({}, TODAY)).corrections == ()


def test_a_rule_that_needs_an_empty_answer_of_its_own_page_is_told():
    page = check_page(lambda given: given.has("text"))
    assert len(read_page(page, {"name": "张三"}, Answers({}, TODAY)).corrections) == 1


def test_a_rule_says_nothing_about_an_answer_that_is_wrong_already():
    page = check_page(lambda given: False)
    corrections = read_page(page, {"name": "张3"}, Answers({}, TODAY)).corrections
    assert len(corrections) == 1
    assert corrections[0].message != words("不对")
