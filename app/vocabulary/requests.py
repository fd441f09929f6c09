"""What departments are sent, said field by field: a request fills itself from the case file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Generic, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.forms import divisions
from app.forms.answers import as_day
from app.forms.conditions import ALWAYS, All, Answered, Condition, Not
from app.forms.questions import Repeated
from app.vocabulary.case_file import CaseFile, Person
from app.vocabulary.life_event import Reckoning
from app.vocabulary.public_service import Message, PublicService, R, SharedRegister

Service = PublicService[Any, Any]
Register = SharedRegister[Any, Any]

PERSON = tuple(part.name for part in fields(Person))


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer that becomes a value: the question, the part of it, the group it is asked in.

    It does `when` that holds, and where none of the services `instead_of` it has produced a value.
    """

    question: str
    part: str | None = None
    group: str | None = None
    when: Condition = ALWAYS
    instead_of: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from, and all that is looked at to find it, so that it can be checked.

    `answers` become the value; `decides` are conditions (with the group they look into) that only
    decide which; `outputs` are fields of what sibling services produce, `facts` of what registers
    hold, `constants` are said in the declaration.
    """

    read: Callable[[CaseFile], Any]
    answers: tuple[Asked, ...] = ()
    decides: tuple[tuple[Condition, str | None], ...] = ()
    outputs: tuple[tuple[Service, str], ...] = ()
    facts: tuple[tuple[Register, str], ...] = ()
    constants: tuple[str, ...] = ()

    @property
    def questions(self) -> frozenset[str]:
        """Ids of every question it looks at."""
        looked_at = (condition.questions for condition, _ in self.decides)
        return frozenset(asked.question for asked in self.answers).union(*looked_at)


Sources = Mapping[str, Source]


def answer(question: str, part: str | None = None) -> Source:
    """The answer to `question`, or one part of it such as the `county` of an address."""

    def read(case: CaseFile) -> Any:
        value = case.answers.get(question)
        if part is None:
            return value
        return value.get(part) if isinstance(value, dict) else None

    return Source(read, (Asked(question, part),))


def account(question: str) -> Sources:
    """The three usual fields of an account that is paid to, from one question."""
    return {f"account_{part}": answer(question, part) for part in ("holder", "bank", "number")}


def applicant(name: str) -> Source:
    """What is known of the person signed in: one of PERSON."""
    return Source(lambda case: getattr(case.applicant, name))


def produced(service: Service, name: str) -> Source:
    """A field of what a sibling service produced, for this item where there is one."""
    return Source(
        lambda case: getattr(case.output(service), name, None), outputs=((service, name),)
    )


def fact(register: Register, name: str) -> Source:
    """A fact that a shared register told."""
    return Source(lambda case: case.fact(register.id, name), facts=((register, name),))


def allotted(name: str) -> Source:
    """What the round of an intake gives: a field of the entry's allotment."""
    return Source(lambda case: case.allotted.get(name))


def holds(condition: Condition) -> Source:
    """Whether a condition holds, as yes or no."""
    return Source(lambda case: condition.holds(case.answers), decides=((condition, None),))


def said(text: str) -> Source:
    """A text that stands for itself: what the life event knows without asking."""
    return _source(text)


def when(condition: Condition, then: Source | str, otherwise: Source | str) -> Source:
    """`then` where the condition holds, else `otherwise`; a text stands for itself."""
    yes, no = _source(then), _source(otherwise)
    return _joined(
        lambda case: (yes if condition.holds(case.answers) else no).read(case),
        (_only(yes, condition), _only(no, Not(condition))),
        ((condition, None),),
    )


def first_of(*sources: Source) -> Source:
    """The first of these that holds something."""

    def read(case: CaseFile) -> Any:
        values = (source.read(case) for source in sources)
        return next((value for value in values if not is_empty(value)), None)

    return _joined(read, tuple(_behind(sources)))


def reckoned(reckoning: Reckoning) -> Source:
    """What a rule makes of the answers, as the life event tells it."""
    needed = All(tuple(Answered(question) for question in sorted(reckoning.questions)))
    return Source(lambda case: reckoning.of(case.answers), decides=((needed, None),))


def rows(group: Repeated, row: type[Message], **single: Source) -> Source:
    """A list with one `row` for each item of a group, each filled like a request of its own.

    Raises ValueError for a name that is no field of the row.
    """
    each = filled(row, **single)

    def read(case: CaseFile) -> list[dict[str, Any]]:
        count = group.how_many(case.answers)
        return [each(case.about(group.id, index)).model_dump() for index in range(count)]

    # Sorted, so that a declaration reads the same in every process (forms.fingerprints).
    asked = sorted(each.questions)
    return Source(read, decides=tuple((Answered(question), group.id) for question in asked))


def of_first(group: Repeated, source: Source) -> Source:
    """What `source` holds for the first item of a group, in a request about the whole case."""
    seen = _joined(lambda case: source.read(case.about(group.id, 0)), (source,))
    return replace(
        seen,
        answers=tuple(replace(asked, group=group.id) for asked in seen.answers),
        decides=tuple((condition, group.id) for condition, _ in seen.decides),
    )


def _only(source: Source, condition: Condition) -> Source:
    """The same source, looked at only where a condition holds."""
    answers = (replace(one, when=All((condition, one.when))) for one in source.answers)
    decides = ((All((condition, one)), group) for one, group in source.decides)
    return replace(source, answers=tuple(answers), decides=tuple(decides))


def _behind(sources: tuple[Source, ...]) -> Iterator[Source]:
    """Sources of which each is only looked at where those before it hold nothing."""
    made: tuple[Service, ...] = ()
    without: list[Condition] = []
    for source in sources:
        behind = _only(source, All(tuple(without))) if without else source
        answers = (replace(one, instead_of=one.instead_of + made) for one in behind.answers)
        yield replace(behind, answers=tuple(answers))
        match source:
            case Source(answers=(Asked(question, part=None, group=None),), decides=()):
                without.append(Not(Answered(question)))
            case Source(answers=(), decides=(), outputs=((service, name),)):
                held = service.produces.fields.model_fields.get(name)
                made += (service,) if held and held.is_required() else ()


def _source(given: Source | str) -> Source:
    return Source(lambda _case: given, constants=(given,)) if isinstance(given, str) else given


def _joined(
    read: Callable[[CaseFile], Any],
    parts: tuple[Source, ...],
    decides: tuple[tuple[Condition, str | None], ...] = (),
) -> Source:
    return Source(
        read,
        tuple(asked for part in parts for asked in part.answers),
        (*decides, *(decided for part in parts for decided in part.decides)),
        tuple(output for part in parts for output in part.outputs),
        tuple(held for part in parts for held in part.facts),
        tuple(text for part in parts for text in part.constants),
    )


@dataclass(frozen=True, slots=True)
class Filled(Generic[R]):
    """Builds one kind of request from a case file.

    A field that `given` does not name is read from the question of the same name; where there is no
    value, a field keeps its default. Raises ValueError where a number or a day has neither, and
    where a value does not fit.
    """

    message: type[R]
    given: Sources

    def __call__(self, case: CaseFile) -> R:
        read = {name: source.read(case) for name, source in self.sources.items()}
        fields = self.message.model_fields
        return self.message.model_validate(
            {
                name: as_wanted(value, fields[name], name)
                for name, value in read.items()
                if fields[name].is_required() or not is_empty(value)
            }
        )

    @property
    def sources(self) -> dict[str, Source]:
        """Where every field comes from."""
        return {name: self.given.get(name) or answer(name) for name in self.message.model_fields}

    @property
    def questions(self) -> frozenset[str]:
        """Ids of every question that it looks at."""
        return frozenset().union(*(source.questions for source in self.sources.values()))

    def with_usual(self, usual: Sources) -> "Filled[R]":
        """The same, with `usual` sources for fields that have none of their own."""
        fitting = {name: usual[name] for name in usual.keys() & self.message.model_fields.keys()}
        return Filled(self.message, {**fitting, **self.given})


def filled(message: type[R], *groups: Sources, **single: Source) -> Filled[R]:
    """How a request of this type is filled; a field not named is the question of the same name.

    Raises ValueError for a name that is no field of the request.
    """
    given = {name: source for group in (*groups, single) for name, source in group.items()}
    if unknown := sorted(given.keys() - message.model_fields.keys()):
        raise ValueError(f"{message.__name__} has no field {', '.join(unknown)}")
    return Filled(message, given)


def about_applicant(message: type[R], **single: Source) -> Filled[R]:
    """How the request of a look-up is filled: who asks is the person signed in.

    Raises ValueError for a name that is no field of the request.
    """
    asking = {name: applicant(name) for name in PERSON if name in message.model_fields}
    return filled(message, asking, **single)


def wanted_types(field: FieldInfo) -> Iterator[Any]:
    """The types that a request's field takes, without None."""
    kind = field.annotation
    parts = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    yield from (part for part in parts if part is not NoneType)


def as_wanted(value: Any, field: FieldInfo, name: str) -> Any:
    """An answer, fact or output as the type that a field asks for; nothing is an empty text."""
    wanted = next(wanted_types(field))
    if is_empty(value) and wanted is not bool:
        if NoneType in get_args(field.annotation):
            return None
        if wanted in _AS:
            raise ValueError(f"there is no value for {name}")
        return [] if get_origin(wanted) is list else ""
    if get_origin(wanted) is list:
        return value
    convert: Callable[[Any], Any] = _AS.get(wanted, _as_text)
    return convert(value)


def is_empty(value: Any) -> bool:
    """Whether there is no answer, fact or output."""
    return value in (None, "", [], {})


def _as_text(value: Any) -> str:
    """A text; an address in one line in Chinese, a document or an account by its number."""
    if not isinstance(value, Mapping):
        return str(value)
    return str(value["number"]) if "number" in value else one_line(value)


def one_line(address: Mapping[str, str]) -> str:
    """An address in one line, in Chinese; outside Taizhou only its detail."""
    county = divisions.county(address.get("county", ""))
    township = divisions.township(address.get("township", ""))
    names = (county.name.zh if county else "", township.name if township else "")
    return "".join((*names, address.get("detail", "")))


# How an answer is kept and a fact or an output is held, as each type wants it.
_AS: Mapping[Any, Callable[[Any], Any]] = {
    bool: lambda value: value in (True, "yes"),
    int: lambda value: int(float(value)),
    float: float,
    Decimal: lambda value: Decimal(str(value)),
    date: as_day,
    datetime: lambda value: datetime.fromisoformat(str(value)),
}
