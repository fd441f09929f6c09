"""Reads what a browser or an app sent into answers and corrections, and judges whole forms."""

from collections.abc import Collection, Mapping
from typing import Any

from app.forms.answers import Answer, Answers
from app.forms.asking import (
    KEEP,
    Form,
    Keep,
    Place,
    copied,
    failed_checks,
    gather,
    walk,
    whole_form,
)
from app.forms.corrections import Correction, Reading
from app.forms.fields import FIELDS, input_name, input_names, read_field, read_value
from app.forms.parts import Outcome, Problem
from app.forms.questions import Page, Question, Repeated
from app.wording import Words

_MOST_UNKNOWN = 20
_LONGEST_NAME_TOLD = 60

_UNKNOWN = Words(
    "表单里没有这一项，请删掉它，或核对字段名。",
    "The form has no such field; remove it, or check its name.",
)
_HIDDEN = Words(
    "按其他答案，这一项不用填，请删掉它。",
    "With the other answers this is not asked; remove it.",
)
_LOCKED = Words(
    "这一项来自部门共享数据，不能在这里修改；有误请拨打12345。",
    "This comes from a department's register; if it is wrong, call 12345 to have it mended.",
)
_NOT_AN_OBJECT = Words(
    "请发送一个JSON对象，字段名是问题编号。", "Send a JSON object with question ids as names."
)
_NOT_A_LIST = Words(
    "这一组要用JSON数组填写，每个元素是一个对象。", "Send this group as an array of objects."
)
_TOO_MANY = Words(
    "这一组的个数比前面填的数量多，请核对。", "There are more of these than the number answered."
)


def read_page(
    page: Page,
    sent: Mapping[str, str | list[str]],
    answers: Answers,
    locked: Collection[str] = (),
) -> Reading:
    """Read one submitted page.

    `sent` is by input name (`fields.input_names`), `answers` what is held so far; for a page that
    repeats, pass `answers.item(group, index)`, and the values are those of that item. `locked` are
    the questions that a register answered and nobody may change here: what was sent for them is
    ignored. Questions that do not apply with the merged answers are dropped, unknown names
    ignored. Never raises for anything that was sent.
    """
    own = dict(answers.values)
    view = Answers(own, answers.today)

    def read(question: Question) -> Outcome | Keep:
        if question.id in locked:
            return KEEP
        parts = {}
        for part in FIELDS[type(question.kind)].parts:
            name = input_name(question.id, part)
            if name in sent:
                parts[part] = sent[name]
        return read_field(question, parts, answers.today)

    place = Place(page, view, own)
    values, corrections = gather(place, read)
    corrections += failed_checks(place, corrections, final=False)
    dropped = frozenset(
        question.id
        for question in page.questions
        if question.id in answers.values and question.id not in own
    )
    known = {name for question in page.questions for name in input_names(question)}
    typed = {name: sent[name] for name in sent if name in known}
    return Reading(values, tuple(corrections), dropped, typed)


def pruned(form: Form, answers: Answers) -> Answers:
    """The answers that still apply; whatever belongs to no question that is asked is gone."""
    own = copied(answers)
    asked: set[str] = set()
    for place in walk(form, own, answers.today):
        if place.group:
            asked.add(place.group)
        for question in place.page.questions:
            if question.applies.holds(place.answers):
                asked.add(question.id)
            else:
                place.own.pop(question.id, None)
    groups = {group.id for group in form.groups} & asked
    for group in groups:
        held = own[group]
        assert isinstance(held, list)
        own[group] = [_only(item, asked) for item in held if isinstance(item, dict)]
    return Answers(_only(own, asked), answers.today)


def _only(values: Mapping[str, Any], asked: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in asked}


def complete(form: Form, answers: Answers, locked: Collection[str] = ()) -> tuple[Correction, ...]:
    """Everything that is missing or no longer right, in the order of the form; empty: complete.

    Every kept answer is read again, so a draft that waited is judged by today and today's rules;
    only what a register answered (`locked`) is taken as it stands.
    """
    corrections: list[Correction] = []
    for place in walk(form, copied(answers), answers.today):

        def read(question: Question, own: Mapping[str, Answer] = place.own) -> Outcome | Keep:
            if question.id in locked and question.id in own:
                return KEEP
            return read_value(question, own.get(question.id), answers.today)

        _, found = gather(place, read)
        corrections += found
        corrections += failed_checks(place, corrections, final=True)
    return tuple(corrections)


def read_document(
    form: Form, document: object, answers: Answers, locked: Collection[str] = ()
) -> Reading:
    """Read a JSON document of answers as an app sends it.

    A field that is absent keeps what `answers` hold, null lets it go, a repeated group is a list
    of objects that replaces the list. Unknown fields and fields that are not asked with the other
    answers get a correction. What is still missing is for `complete` to say. Never raises for
    anything that JSON can hold.
    """
    if not isinstance(document, dict):
        return Reading({}, (Correction("", "", _NOT_AN_OBJECT),))
    own = copied(answers)
    groups = {page.each.id: page.each for page in form.pages if page.each}
    corrections, sources = _sources(document, groups, own)
    was_read: set[tuple[str | None, int | None, str]] = set()
    for place in walk(form, own, answers.today):
        source = sources.get((place.group, place.item), {})

        def read(
            question: Question, place: Place = place, source: Mapping[str, Any] = source
        ) -> Outcome | Keep:
            if question.id not in source:
                return KEEP
            was_read.add((place.group, place.item, question.id))
            value = source[question.id]
            if question.id in locked:
                same = value == place.answers.get(question.id)
                return KEEP if same else Problem(_LOCKED)
            return None if value is None else read_value(question, value, answers.today)

        _, found = gather(place, read, locked)
        corrections += found
        if not source.keys().isdisjoint(question.id for question in place.page.questions):
            corrections += failed_checks(place, corrections, final=False)
    corrections += _extra_items(own, sources)
    corrections += _not_read(form, sources, was_read)
    values = {
        key: value
        for key, value in own.items()
        if (key in groups and key in document) or (None, None, key) in was_read
    }
    dropped = frozenset(key for key in answers.values if key not in own)
    return Reading(values, tuple(corrections), dropped)


_Sources = dict[tuple[str | None, int | None], dict[str, Any]]


def _sources(
    document: dict[str, Any], groups: Mapping[str, Repeated], own: dict[str, Answer]
) -> tuple[list[Correction], _Sources]:
    """The document's own fields and those of each item; the items replace the ones in `own`."""
    corrections = []
    sources: _Sources = {
        (None, None): {key: value for key, value in document.items() if key not in groups}
    }
    for name in groups.keys() & document.keys():
        sent = document[name]
        items = [] if sent is None else sent
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            corrections.append(Correction(name, name, _NOT_A_LIST, group=name, pointer=f"/{name}"))
            continue
        if len(items) > groups[name].most:
            corrections.append(Correction(name, name, _TOO_MANY, group=name, pointer=f"/{name}"))
            continue
        empty: list[dict[str, Any]] = [{} for _ in items]
        own[name] = empty
        sources |= {(name, index): item for index, item in enumerate(items)}
    return corrections, sources


def _extra_items(own: Mapping[str, Answer], sources: _Sources) -> list[Correction]:
    """Corrections for more items than the answers say there are; those items are taken out."""
    extra = [
        (group, item)
        for group, item in sources
        if group and item is not None and item >= len(_list(own.get(group)))
    ]
    for place in extra:
        del sources[place]
    return [
        Correction(group, group, _TOO_MANY, group=group, pointer=f"/{group}")
        for group in sorted({group for group, _ in extra if group})
    ]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _not_read(
    form: Form, sources: _Sources, was_read: set[tuple[str | None, int | None, str]]
) -> list[Correction]:
    """Corrections for what was sent and not asked: unknown names, hidden fields, extra items."""
    asked: dict[str | None, set[str]] = {None: set()}
    for page in whole_form(form):
        group = page.each.id if page.each else None
        asked.setdefault(group, set()).update(question.id for question in page.questions)
    corrections = []
    for (group, item), source in sources.items():
        for name in source:
            if (group, item, name) in was_read:
                continue
            message = _HIDDEN if name in asked[group] else _UNKNOWN
            told = _told(name)
            pointer = f"/{group}/{item}/{told}" if group else f"/{told}"
            corrections.append(Correction(told, told, message, "", group, item, pointer))
    return corrections[:_MOST_UNKNOWN]


def _told(name: str) -> str:
    """A sent name as it may stand in an answer: short, plain, escaped for a JSON pointer."""
    plain = name[:_LONGEST_NAME_TOLD].encode("ascii", "backslashreplace").decode("ascii")
    return plain.replace("~", "~0").replace("/", "~1")
