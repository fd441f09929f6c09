"""Rounds of an intake: opening and changing one, entering it with a case, and leaving it again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_entry_key, new_id
from app.cases.portal import CITY_TIME, Portal
from app.errors import Conflict, NotFound
from app.forms.answers import Answers
from app.forms.divisions import name_of
from app.vocabulary.case_file import CaseFile
from app.vocabulary.intake import Intake, Place, RoundFacts
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.draw import commitment

SECRET_BYTES = 32
ONCE_PER_ROUND = "uq_round_entries_person"
ENTERED_ALREADY = Words(
    "这个证件号码已经报过名，不能重复报名。",
    "Somebody with this identity number has signed up already.",
)
SEE_THE_OTHER = Words(
    "请在“我的办件”里看已有的报名；要改的，先撤回原来的再报。",
    "See “my cases” for it; to change it withdraw it and apply again.",
)
KEPT = Words("您填的内容都保存着。", "What you filled in is kept.")
NOT_ANNOUNCED = Words(
    "{place}这一年的报名时间还没有公布，现在不能提交。",
    "{place} has not announced this year's sign-up yet, so it cannot be sent now.",
)
NOT_YET = Words(
    "报名从{opens}开始，现在还不能提交。", "Sign-up begins on {opens}; it cannot be sent yet."
)
OVER = Words(
    "报名已在{closes}结束，不能再网上提交。",
    "Sign-up ended on {closes}; it cannot be sent online any more.",
)
ASK_FOR_MORE = Words(
    "错过报名的孩子仍会安排，请拨打12345或联系教育部门参加补录。",
    "Who missed it is still placed: call 12345 or the authority about the supplementary round.",
)


@dataclass(frozen=True, slots=True)
class Round:
    """One window as anybody may see it. `secret` and `seed` are "" until it is allotted."""

    id: UUID
    life_event: str
    county: str
    kind: str
    year: int
    wave: int
    state: str
    opens_at: datetime
    closes_at: datetime
    places: tuple[Place, ...]
    commitment: str
    notary_digits: str
    secret: str
    seed: str
    history: tuple[Mapping[str, Any], ...]

    def is_open(self, now: datetime) -> bool:
        """Whether applications are taken at this moment."""
        return self.state == "open" and self.opens_at <= now < self.closes_at

    def facts(self, seed: str) -> RoundFacts:
        """The round as the rule sees it."""
        closes_on = self.closes_at.astimezone(CITY_TIME).date()
        return RoundFacts(
            self.county, self.kind, self.year, self.wave, closes_on, seed, self.places
        )

    @property
    def place(self) -> Words:
        """The county in words."""
        return name_of(self.county) or Words(self.county, self.county)


COLUMNS = """id, life_event, county, kind, year, wave, state, opens_at, closes_at, places,
    commitment, notary_digits, secret, seed, history"""
_JSON = {"places": JSONB, "history": JSONB}
_ONE = text(f"SELECT {COLUMNS} FROM rounds WHERE id = :id").columns(**_JSON)  # noqa: S608 - fixed
_OF_EVENT = text(f"""
    SELECT {COLUMNS} FROM rounds
    WHERE life_event = ANY(:events)
      AND (CAST(:county AS text) IS NULL OR county = :county)
      AND (CAST(:kind AS text) IS NULL OR kind = :kind)
      AND closes_at > :since
    ORDER BY closes_at DESC, county, kind LIMIT :most
""").columns(**_JSON)  # noqa: S608 - fixed columns
# A round that takes applications now goes first, then the next, then the last.
_MEANT = text(f"""
    SELECT {COLUMNS} FROM rounds
    WHERE life_event = :event AND county = :county AND kind = :kind AND year = :year
    ORDER BY (state = 'open' AND opens_at <= :now AND :now < closes_at) DESC,
             (opens_at > :now) DESC, wave DESC
    LIMIT 1
    FOR SHARE
""").columns(**_JSON)  # noqa: S608 - fixed columns
MOST = 200


def round_from(row: Row[Any]) -> Round:
    """A round from the columns of COLUMNS."""
    places = tuple(
        Place(one["code"], Words(*one["name"]), one["total"], one["detail"]) for one in row.places
    )
    given = {name: getattr(row, name) for name in Round.__slots__ if hasattr(row, name)}
    return Round(**{**given, "places": places, "history": tuple(row.history)})


def places_json(places: Sequence[Place]) -> str:
    """Places as they are kept."""
    return orjson.dumps(
        [
            {
                "code": place.code,
                "name": [place.name.zh, place.name.en],
                "total": place.total,
                "detail": dict(place.detail),
            }
            for place in places
        ]
    ).decode()


async def open_round(
    session: AsyncSession,
    portal: Portal,
    event: LifeEvent,
    county: str,
    kind: str,
    year: int,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
    wave: int = 1,
) -> UUID:
    """A new round; its secret is made now, and only its commitment told.

    Raises NotFound where the event has no intake, Conflict where there is such a round already.
    """
    if event.intake is None:
        raise NotFound
    secret = secrets.token_hex(SECRET_BYTES)
    id_ = new_id()
    made = await session.scalar(
        _OPEN,
        {
            "id": id_,
            "event": event.id,
            "county": county,
            "kind": kind,
            "year": year,
            "wave": wave,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "places": places_json(event.intake.places(county, kind, year)),
            "commitment": commitment(secret),
            "secret": portal.cipher.seal(secret, f"round:{id_}"),
            "history": orjson.dumps([_line(portal, by, "opened")]).decode(),
        },
    )
    if made is None:
        raise Conflict(
            Words("这一年的这一轮报名已经有了。", "This round of this year is there already."),
            Words("请在列表里打开它修改，或者新开补录。", "Open it from the list to change it."),
        )
    return id_


async def change_round(
    session: AsyncSession,
    portal: Portal,
    round_: Round,
    by: str,
    what: str,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    totals: Mapping[str, int] | None = None,
    notary_digits: str | None = None,
) -> None:
    """Change an open round and say so in its history; what is None stays.

    Raises Conflict where its window has closed: the list is fixed from then on.
    """
    places = [
        replace(place, total=(totals or {}).get(place.code, place.total)) for place in round_.places
    ]
    changed = await session.scalar(
        _CHANGE,
        {
            "id": round_.id,
            "opens_at": opens_at or round_.opens_at,
            "closes_at": closes_at or round_.closes_at,
            "places": places_json(places),
            "digits": round_.notary_digits if notary_digits is None else notary_digits,
            "line": orjson.dumps([_line(portal, by, what)]).decode(),
        },
    )
    if changed is None:
        raise Conflict(
            Words("这一轮已经截止，不能再改。", "This round has closed; it cannot be changed."),
            Words("需要的话请新开一轮补录。", "Open a supplementary round if one is needed."),
        )


def _line(portal: Portal, by: str, what: str) -> dict[str, str]:
    return {"at": portal.now().isoformat(timespec="seconds"), "by": by, "what": what}


async def find_round(session: AsyncSession, round_id: UUID) -> Round:
    """The round of that id. Raises NotFound."""
    row = (await session.execute(_ONE, {"id": round_id})).one_or_none()
    if row is None:
        raise NotFound
    return round_from(row)


async def rounds_of(
    session: AsyncSession,
    events: Sequence[str],
    since: datetime,
    county: str | None = None,
    kind: str | None = None,
) -> tuple[Round, ...]:
    """Rounds of these events that close after `since`, the latest first, at most MOST."""
    rows = await session.execute(
        _OF_EVENT,
        {"events": list(events), "county": county, "kind": kind, "since": since, "most": MOST},
    )
    return tuple(round_from(row) for row in rows)


async def meant_round(
    session: AsyncSession, portal: Portal, event: LifeEvent, answers: Answers
) -> Round | None:
    """The round that these answers are about, open or not; it cannot close before we commit."""
    intake = event.intake
    assert intake is not None
    row = (
        await session.execute(
            _MEANT,
            {
                "event": event.id,
                "county": event.county_of(answers),
                "kind": answers.text(intake.divided_by),
                "year": intake.year_of(answers.today),
                "now": portal.now(),
            },
        )
    ).one_or_none()
    return None if row is None else round_from(row)


async def enterable_round(
    session: AsyncSession, portal: Portal, event: LifeEvent, answers: Answers
) -> Round:
    """The round that a case enters when it is submitted now. Raises Conflict outside a window."""
    found = await meant_round(session, portal, event, answers)
    if found and found.is_open(portal.now()):
        return found
    raise closed_now(portal, event.county_of(answers), found)


def closed_now(portal: Portal, county: str, found: Round | None) -> Conflict:
    """Why nobody can enter now, and what to do: not announced, not begun, or over."""
    if found is None:
        place = name_of(county) or Words(county, county)
        said = Words(
            NOT_ANNOUNCED.zh.format(place=place.zh), NOT_ANNOUNCED.en.format(place=place.en)
        )
        return Conflict(said, KEPT)
    if found.state == "open" and portal.now() < found.opens_at:
        return Conflict(_at(NOT_YET, "opens", found.opens_at), KEPT)
    return Conflict(_at(OVER, "closes", found.closes_at), ASK_FOR_MORE)


def _at(sentence: Words, name: str, moment: datetime) -> Words:
    local = moment.astimezone(CITY_TIME)
    zh = f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"
    return Words(
        sentence.zh.format(**{name: zh}), sentence.en.format(**{name: f"{local:%Y-%m-%d %H:%M}"})
    )


async def enter(
    session: AsyncSession,
    portal: Portal,
    intake: Intake,
    round_: Round,
    case_id: UUID,
    case_file: CaseFile,
    subjects: Sequence[int | None],
) -> None:
    """Enter these items of a submitted case. Raises Conflict where one has entered already."""
    rows = []
    for subject in subjects:
        seen = case_file
        if subject is not None and intake.entry is not None:
            seen = case_file.about(intake.entry.id, subject)
        document = seen.answers.get(intake.identity)
        number = document.get("number", "") if isinstance(document, dict) else str(document or "")
        rows.append(
            {
                "key": new_entry_key(),
                "subject": subject,
                "index": portal.cipher.index(f"entry:{number.upper()}").hex(),
            }
        )
    try:
        async with session.begin_nested():
            await session.execute(
                _ENTER,
                {
                    "round_id": round_.id,
                    "case_id": case_id,
                    "rows": orjson.dumps(rows).decode(),
                },
            )
    except IntegrityError as twice:
        if ONCE_PER_ROUND not in str(twice.orig):
            raise
        raise Conflict(ENTERED_ALREADY, SEE_THE_OTHER) from None


async def leave(session: AsyncSession, case_id: UUID) -> None:
    """Take the entries of a withdrawn case out, as long as nothing was allotted to them."""
    await session.execute(
        text("""
            UPDATE round_entries SET state = 'withdrawn'
            WHERE case_id = :case_id AND state = 'entered'
        """),
        {"case_id": case_id},
    )


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry as its own family sees it. `why` is None before the round is allotted."""

    key: str
    subject: int | None
    state: str
    by_hand: bool
    why: Words | None


async def entries_of_case(
    session: AsyncSession, portal: Portal, case_id: UUID
) -> tuple[Round | None, tuple[OwnEntry, ...]]:
    """The round that a case entered, with its own entries in order; (None, ()) where none."""
    rows = (await session.execute(_OWN, {"case_id": case_id})).all()
    if not rows:
        return None, ()
    own = []
    for row in rows:
        sealed = row.sealed_given
        held = portal.cipher.open(bytes(sealed), f"outcome:{case_id}") if sealed else {}
        why = Words(*held["why"]) if "why" in held else None
        own.append(OwnEntry(row.key, row.subject, row.state, row.by_hand, why))
    return await find_round(session, rows[0].round_id), tuple(own)


_OPEN = text("""
    INSERT INTO rounds (id, life_event, county, kind, year, wave, opens_at, closes_at, places,
                        commitment, sealed_secret, history)
    VALUES (:id, :event, :county, :kind, :year, :wave, :opens_at, :closes_at,
            CAST(:places AS jsonb), :commitment, :secret, CAST(:history AS jsonb))
    ON CONFLICT DO NOTHING RETURNING id
""")
_CHANGE = text("""
    UPDATE rounds SET opens_at = :opens_at, closes_at = :closes_at,
        places = CAST(:places AS jsonb), notary_digits = :digits,
        history = history || CAST(:line AS jsonb)
    WHERE id = :id AND state = 'open' AND closes_at > now() RETURNING id
""")
_ENTER = text("""
    INSERT INTO round_entries (round_id, key, case_id, subject, identity_index)
    SELECT :round_id, row.key, :case_id, row.subject, decode(row.index, 'hex')
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(key text, subject smallint, index text)
""")
_OWN = text("""
    SELECT round_id, key, subject, state, by_hand, sealed_given FROM round_entries
    WHERE case_id = :case_id ORDER BY subject
""")
