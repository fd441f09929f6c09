import json

import jsonschema_rs

from app.forms.conditions import ALWAYS, Answered, Between, DaysSince, Holds, Is
from app.forms.fields import read_value
from app.forms.parts import Problem
from app.forms.schema import in_words_of_json, json_schema
from app.forms.specimen import specimen_answer
from tests.forms.questionnaire import (
    KINDS,
    TODAY,
    SmallForm,
    birth_form,
    complete_values,
    make_question,
    words,
)

SCHEMA = json_schema(birth_form(), words("出生"))


def validator(schema):
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.Draft202012Validator(schema)


def test_the_schema_takes_a_complete_form_and_is_plain_json():
    assert validator(SCHEMA).is_valid(complete_values())
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_only_what_everybody_is_asked_is_required():
    assert SCHEMA["required"] == ["married", "how_many", "mother", "home", "truth"]
    assert SCHEMA["properties"]["child"]["items"]["required"] == ["child_name", "born"]


def test_conditions_name_the_questions_they_look_at():
    wedding = SCHEMA["properties"]["wedding"]
    assert wedding["x-applies-to"] == {"question": "married", "is": ["yes"]}


def test_unknown_fields_and_wrong_shapes_are_refused_by_the_schema():
    check = validator(SCHEMA)
    for wrong in (
        {"stray": 1},
        {"home": "x"},
        {"truth": False},
        {"child": [{}] * 5},
        {"married": "maybe"},
        {"child": [{"child_name": "陈一", "born": 5}]},
    ):
        assert not check.is_valid(complete_values() | wrong)


def test_the_schema_takes_whatever_the_reading_keeps():
    questions = tuple(make_question(kind) for kind in KINDS)
    check = validator(json_schema(SmallForm(guidance=questions)))
    kept = {
        question.id: read_value(question, specimen_answer(question, TODAY), TODAY)
        for question in questions
    }
    assert not any(isinstance(answer, Problem) for answer in kept.values())
    assert check.is_valid(kept)


def test_every_condition_can_be_said():
    condition = (Is("a", "x") & ~Answered("b")) | Between("c", at_least=1) | DaysSince("d", 2, 3)
    assert in_words_of_json(condition) == {
        "any": [
            {
                "any": [
                    {
                        "all": [
                            {"question": "a", "is": ["x"]},
                            {"not": {"question": "b", "answered": True}},
                        ]
                    },
                    {"question": "c", "between": {"at-least": 1}},
                ]
            },
            {"question": "d", "days-since": {"at-least": 2, "at-most": 3}},
        ]
    }
    named = Holds(frozenset({"f", "e"}), lambda answers: True)
    assert in_words_of_json(named) == {"depends-on": ["e", "f"]}
    assert in_words_of_json(ALWAYS) == {"depends-on": []}
