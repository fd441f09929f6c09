"""Public services of competent authorities, and the four ways in which a department can answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.vocabulary.granting import Grant, Touches
from app.vocabulary.requirement import EvidenceType, Parameter, Rule
from app.wording import Words

LONGEST_REFERENCE = 200
LONGEST_REASON = 4000


def told(
    zh: str,
    en: str,
    *,
    sensitive: bool = False,
    codes: Mapping[str, Words] | None = None,
    **limits: Any,
) -> Any:
    """A field of a request or output with its title in both languages.

    Sensitive fields are masked on screens and never logged. `codes` are the words of coded values.
    """
    extra: dict[str, JsonValue] = {"en": en, "sensitive": sensitive}
    if codes:
        extra["codes"] = {code: [words.zh, words.en] for code, words in codes.items()}
    return Field(title=zh, json_schema_extra=extra, **limits)


class Message(BaseModel):
    """What is sent to a department or comes back from one: fixed fields, nothing extra."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Result(BaseModel):
    """The fields of a service's output; a department may send more than we know."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


R = TypeVar("R", bound=Message)
F = TypeVar("F", bound=Result)


@dataclass(frozen=True, slots=True)
class CompetentAuthority:
    """A body that decides. `level` says whose desk: the city's, a county's or a township's."""

    id: str
    name: Words
    level: Literal["city", "county", "township"] = "county"
    phone: str = "12345"


@dataclass(frozen=True, slots=True)
class Completed:
    """Done. `output` holds the result's fields as the service's output type reads them."""

    reference: str
    output: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Accepted:
    """Taken in; the answer comes later by callback under this reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good: the reason in the department's words and the rule it cites."""

    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No usable answer this time. `retry_after` in seconds where the department said so.

    `permanent`: asking again would not help (it does not understand us), a person has to.
    """

    why: str
    retry_after: float | None = None
    permanent: bool = False


Delivery = Completed | Accepted | Refused | Unavailable


@dataclass(frozen=True, slots=True)
class SupplementPoint:
    """One thing that a department wants mended: a piece of evidence (its id) or words alone."""

    text: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """Only by callback: everything that is missing, at once."""

    points: tuple[SupplementPoint, ...]


class Department(Protocol):
    """A department's system as a service's file sees it. Transport is not its business."""

    async def post(self, path: str, request: Message) -> Mapping[str, Any]:
        """Send `request`; returns the reply's JSON object.

        Deadline, idempotency key, signature and limits are added by the transport, which also turns
        every failure into Refused or Unavailable around the caller.
        """
        ...


@dataclass(frozen=True, slots=True)
class Output(Generic[F]):
    """What a service produces (CPSV-AP Output): a licence, an entry, a payment.

    `at_a_glance` are fields that matter so much that the progress page tells them at once, such as
    the day of an appointment; none of them may be sensitive.
    """

    id: str
    title: Words
    fields: type[F]
    at_a_glance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit in working days; 0 means at once, None that no figure was found.

    `hours` instead of days run by the clock, through nights, weekends and holidays.
    """

    working_days: int | None
    source: str = ""
    confirmed: bool = False
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class ExcludedTime:
    """Time that no limit counts: a hearing, an assessment by experts, a public notice.

    Rule: 行政许可法 Art. 45; the applicant is told why, and how long it takes where that is known.
    """

    why: Words
    rule: Rule


@dataclass(frozen=True, slots=True)
class NotBefore:
    """How long a service lasts at least, such as a public notice: granted only after these days.

    Working days, or days of the calendar; counted from the day after the step was opened. `what`
    names what lasts so long.
    """

    what: Words
    days: int
    working: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A typical reason an officer may give, editable before it is sent."""

    id: str
    text: Words
    rule: Rule | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a stand-in knows beside the request: the day, and a number to build ids from.

    `records` is what the made-up city's registers (by id) hold of the demo person whom the request
    names; nothing where it names none.
    """

    key: str
    today: date
    number: int
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandInRefusal:
    """A stand-in that refuses, with reason and rule."""

    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PublicService(Generic[R, F]):
    """One service of one authority: everything that is particular to it stands in its file.

    `path` is where the authority's system takes requests, below its base address. `call` sends a
    request and reads the reply; the same reading serves callbacks (`app.services` files write
    `call=post_to(path, output)` unless a department is odd). `stand_in` plays the department in the
    sandbox: request and ticket in, the output's fields or a refusal out. `channel` is the default
    way it is done; configuration may change it per authority and county. `excluded` makes it a
    special procedure whose time does not count; before `not_before` is over nobody can grant it.
    `grants` makes its result a running benefit, `touches` stops running ones of the same person or
    has them reckoned again.
    """

    id: str
    title: Words
    summary: Words
    authority: CompetentAuthority
    request: type[R]
    produces: Output[F]
    path: str
    call: Callable[[R, Department], Awaitable[Delivery]]
    stand_in: Callable[[R, Ticket], F | StandInRefusal]
    promised: Limit
    statutory: Limit
    rules: tuple[Rule, ...]
    evidence: tuple[EvidenceType, ...] = ()
    fee: Words = field(default=Words("不收费", "No fee"))
    fee_amount: Parameter | None = None
    channel: Literal["system", "desk"] = "system"
    supplement_reasons: tuple[Reason, ...] = ()
    refusal_reasons: tuple[Reason, ...] = ()
    checklist: tuple[Words, ...] = ()
    answers: Literal["at-once", "later"] = "at-once"
    excluded: ExcludedTime | None = None
    not_before: NotBefore | None = None
    demo: bool = False
    grants: Grant | None = None
    touches: Touches | None = None


@dataclass(frozen=True, slots=True)
class SharedRegister(Generic[R, F]):
    """A register that may be asked instead of the resident: who keeps it and what it tells.

    It is asked over the same transport as a service. `facts` is the type of its answer; `stand_in`
    answers in the sandbox from a demo person's record (None: nothing held).
    """

    id: str
    title: Words
    authority: CompetentAuthority
    request: type[R]
    facts: type[F]
    path: str
    stand_in: Callable[[R, Mapping[str, Any]], F | None]
    purpose: Words
    rule: Rule
    sensitive: bool = False
    about_child: bool = False


def read_reply(reply: Mapping[str, Any], output: type[F]) -> Delivery:
    """Read the common reply shape of the city's departments.

    `{"status": "completed"|"accepted"|"refused", "reference": …, "output": {…}, "reason": …,
    "rule": …}`. A reason is cut where nobody would read on. Raises ValueError (pydantic's included)
    where it cannot be read; the transport turns that into Unavailable.
    """
    match reply.get("status"):
        case "completed":
            read = output.model_validate(reply.get("output"))
            return Completed(_reference(reply["reference"]), read.model_dump(mode="json"))
        case "accepted":
            return Accepted(_reference(reply["reference"]))
        case "refused":
            reason, rule = str(reply["reason"]), str(reply.get("rule", ""))
            return Refused(reason[:LONGEST_REASON], rule[:LONGEST_REASON])
        case _:
            raise ValueError("the reply has no status we know")


def _reference(told: object) -> str:
    """A department's own number: one short line, for it is kept and shown as it came."""
    reference = str(told)
    if len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise ValueError("a reference that is no line of text")
    return reference


def post_to(path: str, output: type[F]) -> Callable[[R, Department], Awaitable[Delivery]]:
    """The usual call: post the request to `path` and read the common reply shape."""

    async def call(request: R, department: Department) -> Delivery:
        return read_reply(await department.post(path, request), output)

    return call
