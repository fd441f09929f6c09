"""What apps send and get: the shapes of the interface, version 1."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.partner_api.problems import Fault
from app.wording import Words

Identifier = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]


class Sent(BaseModel):
    """What is sent holds nothing beyond its fields."""

    model_config = ConfigDict(extra="forbid")


class InBoth(BaseModel):
    """A text in Chinese and in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words) -> "InBoth":
        """The same text as the interface shows it."""
        return cls(zh=words.zh, en=words.en)


class Authority(BaseModel):
    """A body that decides."""

    id: str
    name: InBoth
    level: Literal["city", "county", "township"]
    phone: str


class TimeLimit(BaseModel):
    """Working days; null where no published figure was found, 0 for at once.

    `hours` instead where it is counted by the clock.
    """

    working_days: Annotated[int | None, Field(ge=0)]
    hours: Annotated[int | None, Field(ge=1)] = None
    confirmed: Annotated[bool, Field(description="whether the source is official")]
    source: str


class Duration(BaseModel):
    """Days that something lasts at least: working days or days of the calendar."""

    days: Annotated[int, Field(ge=1)]
    working: bool


class CitedRule(BaseModel):
    """A published text that something follows."""

    id: str
    title: InBoth
    reference: str
    confirmed: bool
    in_force_from: date | None


class Paper(BaseModel):
    """A kind of evidence, and what can stand for it."""

    id: str
    title: InBoth
    why: InBoth
    register_id: Annotated[
        str | None, Field(description="the shared register whose facts replace the paper")
    ]
    produced_by: Annotated[
        str | None, Field(description="the sibling service whose result replaces the paper")
    ]
    may_follow_within_working_days: int | None
    commitment_possible: bool
    optional: bool


class Item(BaseModel):
    """One service joined by the life event (事项)."""

    service: str
    title: InBoth
    summary: InBoth
    authority: Authority
    requires: Annotated[list[str], Field(description="services that must be done before")]
    repeated_for: Annotated[str | None, Field(description="the group it is done once for each of")]
    promised: TimeLimit
    statutory: TimeLimit
    excluded: Annotated[
        InBoth | None, Field(description="why no limit counts its time, such as a public notice")
    ] = None
    lasts_at_least: Annotated[
        Duration | None, Field(description="before these days are over nobody grants it")
    ] = None
    fee: InBoth
    produces: InBoth
    evidence: list[Paper]
    rules: list[CitedRule]


class Register(BaseModel):
    """A shared register that may be asked instead of the resident, if they consent."""

    id: str
    title: InBoth
    authority: Authority
    purpose: InBoth
    sensitive: bool
    about_child: bool


class FixedDeadline(BaseModel):
    """A day fixed by law, counted from an answer, and what follows from missing it."""

    id: str
    title: InBoth
    counted_from: Annotated[str, Field(description="the question whose date it is counted from")]
    months: int
    days: int
    consequence: InBoth
    rule: CitedRule


class LifeEventLine(BaseModel):
    """A life event (一件事) in the list."""

    id: str
    version: Annotated[str, Field(description="changes whenever its form, items or texts do")]
    title: InBoth
    summary: InBoth
    stage: str
    lead: Authority
    items: Annotated[int, Field(description="how many services it joins")]
    minutes: Annotated[int, Field(description="how long filling it in takes")]


class LifeEvents(BaseModel):
    """All life events."""

    life_events: list[LifeEventLine]


class LifeEventDetail(LifeEventLine):
    """A life event with everything to know before starting."""

    audience: InBoth
    result: InBoth
    joined: list[Item]
    registers: list[Register]
    deadlines: list[FixedDeadline]
    rules: list[CitedRule]
    other_ways: list[InBoth]


class GivenEvidence(Sent):
    """How a paper is given when it is not uploaded."""

    how: Annotated[
        Literal["deferred", "commitment"],
        Field(description="it follows by the day the portal names, or a promise stands for it"),
    ]


class NewCase(Sent):
    """An application that an app makes for a resident who lets it."""

    life_event: Identifier
    resident_reference: Annotated[
        UUID,
        Field(description="shown to the resident on “My apps” when they let this app act for them"),
    ]
    answers: Annotated[
        dict[str, JsonValue],
        Field(
            description="by question id, as GET /life-events/{id}/form describes; never ID numbers "
            "of others than the form asks for"
        ),
    ]
    evidence: Annotated[dict[Identifier, GivenEvidence], Field(max_length=100)] = {}
    registers: Annotated[
        list[Identifier],
        Field(
            max_length=50,
            description="shared registers that the resident agreed, in this app, to have asked",
        ),
    ] = []
    submit: Annotated[
        bool,
        Field(description="false keeps a draft, which the resident can finish on the portal"),
    ] = True


class StepStatus(BaseModel):
    """Where one service of the case stands."""

    key: str
    service: str
    title: InBoth
    authority: Authority
    state: str
    state_words: InBoth
    status_code: Annotated[int, Field(description="code of the published stage chain, such as 50")]
    paused: Annotated[
        bool,
        Field(
            description="the clock stands still: the resident has to act, or a special procedure "
            "runs whose time no limit counts (status_code 41)"
        ),
    ]
    reference: Annotated[str | None, Field(description="the department's number")]
    promised_on: date | None
    statutory_on: date | None
    promised_at: Annotated[
        datetime | None, Field(description="the hour, where it is promised by the hour")
    ]
    ended_at: datetime | None


class SupplementDue(BaseModel):
    """A department asked the resident to mend something; what, they read on the portal."""

    step: str
    due_on: date


class RegisterStatus(BaseModel):
    """What became of asking a register, for a draft."""

    id: str
    state: Literal["consented", "asked", "found", "none", "unavailable", "declined"]


class CaseLine(BaseModel):
    """A case in the list."""

    number: str
    life_event: str
    state: str
    state_words: InBoth
    version: int
    created_at: datetime
    submitted_at: datetime | None
    promised_on: date | None
    closed_at: datetime | None


class Cases(BaseModel):
    """A page of cases, newest first."""

    cases: list[CaseLine]
    next: Annotated[
        UUID | None, Field(description="give this as `after` for the next page; null at the end")
    ]


class ChangedPart(BaseModel):
    """Something that a newer edition of the life event changed for a draft."""

    pointer: Annotated[
        str, Field(description="where: below /answers, /registers, /evidence or /services")
    ]
    kind: Annotated[
        str,
        Field(
            description="new, changed, moved (questions), page, dropped (an answer), register, "
            "paper, service (added), ended (a service)"
        ),
    ]
    detail: InBoth
    unseen: Annotated[
        bool, Field(description="the resident has to look at it on `url` before it can be sent")
    ]


class CaseStatus(CaseLine):
    """Where a case stands, without anything the resident or a department wrote."""

    url: Annotated[str, Field(description="the resident's own page of it")]
    definition: Annotated[
        str,
        Field(
            description="version of the life event: of a case the one it runs under, of a draft "
            "the one it stands on"
        ),
    ]
    withdrawal_asked: bool
    steps: list[StepStatus]
    supplements: list[SupplementDue]
    missing: Annotated[list[Fault], Field(description="of a draft: what keeps it from being sent")]
    changes: Annotated[
        list[ChangedPart],
        Field(description="of a draft: what newer versions of the life event changed for it"),
    ]
    registers: list[RegisterStatus]


class TimelineEntry(BaseModel):
    """One thing that happened."""

    seq: int
    at: datetime
    kind: str
    step: str | None
    by: Annotated[
        Literal["resident", "officer", "department", "app", "portal"],
        Field(description="what kind of actor did it; never who"),
    ]
    state: Annotated[str | None, Field(description="the state it led to")]


class Timeline(BaseModel):
    """The history of a case, oldest first."""

    entries: list[TimelineEntry]
    next: Annotated[int | None, Field(description="give this as `after`; null at the end")]


class KeptPaper(BaseModel):
    """A paper as it is kept, after it was made harmless."""

    paper: str
    media_type: str
    size: Annotated[int, Field(description="bytes")]
    sha256: str
