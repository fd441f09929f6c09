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
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_id
from app.cases.portal import CITY_TIME, Portal
from app.errors import Conflict, NotFound
from app.forms.answers import Answers
from app.forms.divisions import counties, name_of
from app.vocabulary.intake import Place, RoundFacts
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.draw import commitment

SECRET_BYTES = 32
OPENED = Words("公布了这一轮", "Announced")


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


def moment_words(moment: datetime) -> Words:
    """A moment to the minute, on the clock of the city."""
    local = moment.astimezone(CITY_TIME)
    zh = f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"
    return Words(zh, f"{local:%Y-%m-%d %H:%M}")


COLUMNS = """id, life_event, county, kind, year, wave, state, opens_at, closes_at, places,
    commitment, notary_digits, secret, seed, history"""
_JSON = {"places": JSONB, "history": JSONB}
_ONE = text(f"SELECT {COLUMNS} FROM rounds WHERE id = :id").columns(**_JSON)  # noqa: S608 - fixed
_OF_EVENT = text(f"""
    SELECT {COLUMNS} FROM rounds
    WHERE life_event = ANY(:events)
      AND (CAST(:county AS text) IS NULL OR county = :county)
      AND (CAST(:kind AS text) IS NULL OR kind = :kind)
      AND (CAST(:since AS timestamptz) IS NULL OR closes_at > :since)
    ORDER BY closes_at DESC, county, kind LIMIT :most
""").columns(**_JSON)  # noqa: S608 - fixed columns
# A round that takes applications now goes first, then the next, then the last.
_MEANT = f"""
    SELECT {COLUMNS} FROM rounds
    WHERE life_event = :event AND county = :county AND kind = :kind AND year = :year
    ORDER BY (state = 'open' AND opens_at <= :now AND :now < closes_at) DESC,
             (opens_at > :now) DESC, wave DESC
    LIMIT 1
"""  # noqa: S608 - fixed columns
_SEEN = text(_MEANT).columns(**_JSON)
# Held until the end of the transaction, so that nobody closes it before we commit.
_ENTERED = text(f"{_MEANT} FOR SHARE").columns(**_JSON)
MOST = 1000


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
            "history": orjson.dumps([_line(portal, by, OPENED)]).decode(),
        },
    )
    if made is None:
        raise Conflict(
            Words("这一年的这一轮报名已经有了。", "This round of this year is there already."),
            Words("请在列表里打开它修改，或者新开补录。", "Open it from the list to change it."),
        )
    return id_


async def announce_missing(
    session: AsyncSession,
    portal: Portal,
    event: LifeEvent,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
) -> int:
    """Announce a round wherever there are places and none takes applications now; out: how many.

    For demos and tests.
    """
    if event.intake is None:
        return 0
    year = event.intake.year_of(portal.today())
    known = await rounds_of(session, [event.id])
    made = 0
    for county in counties():
        for kind in event.intake_kinds():
            if not event.intake.places(county.code, kind.value, year):
                continue
            own = [one for one in known if (one.county, one.kind) == (county.code, kind.value)]
            if any(one.is_open(portal.now()) for one in own):
                continue
            wave = max((one.wave for one in own if one.year == year), default=0) + 1
            await open_round(
                session,
                portal,
                event,
                county.code,
                kind.value,
                year,
                opens_at,
                closes_at,
                by,
                wave,
            )
            made += 1
    return made


async def change_round(
    session: AsyncSession,
    portal: Portal,
    round_: Round,
    by: str,
    what: Words,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    totals: Mapping[str, int] | None = None,
    notary_digits: str | None = None,
) -> None:
    """Change an open round and say so in its history; what is None stays.

    Raises Conflict where its window has closed, for the list is fixed from then on, and where an
    announced window would become shorter once it has opened (a demo may).
    """
    now = portal.now()
    shorter = closes_at is not None and closes_at < round_.closes_at and round_.opens_at <= now
    if shorter and not portal.settings.is_demo:
        raise Conflict(
            Words(
                "报名已经开始，截止时间只能往后改。",
                "Sign-up has begun, so its end can only be moved to later.",
            ),
            Words("请填一个更晚的时间。", "Give a later moment."),
        )
    places = None
    if totals is not None:
        places = places_json(
            [replace(one, total=totals.get(one.code, one.total)) for one in round_.places]
        )
    changed = await session.scalar(
        _CHANGE,
        {
            "id": round_.id,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "places": places,
            "digits": notary_digits,
            "line": orjson.dumps([_line(portal, by, what)]).decode(),
        },
    )
    if changed is None:
        raise Conflict(
            Words("这一轮已经截止，不能再改。", "This round has closed; it cannot be changed."),
            Words("需要的话请新开一轮补录。", "Open a supplementary round if one is needed."),
        )


def _line(portal: Portal, by: str, what: Words) -> dict[str, str]:
    at = portal.now().isoformat(timespec="seconds")
    return {"at": at, "by": by, "zh": what.zh, "en": what.en}


async def find_round(session: AsyncSession, round_id: UUID) -> Round:
    """The round of that id. Raises NotFound."""
    row = (await session.execute(_ONE, {"id": round_id})).one_or_none()
    if row is None:
        raise NotFound
    return round_from(row)


async def rounds_of(
    session: AsyncSession,
    events: Sequence[str],
    since: datetime | None = None,
    county: str | None = None,
    kind: str | None = None,
) -> tuple[Round, ...]:
    """Rounds of these events, or those that close after `since`, the latest first; at most MOST."""
    rows = await session.execute(
        _OF_EVENT,
        {"events": list(events), "county": county, "kind": kind, "since": since, "most": MOST},
    )
    return tuple(round_from(row) for row in rows)


async def meant_round(
    session: AsyncSession,
    portal: Portal,
    event: LifeEvent,
    answers: Answers,
    *,
    entering: bool = False,
) -> Round | None:
    """The round that these answers are about, open or not.

    For whoever is `entering` it cannot close before they commit; pages that only tell of it hold
    nothing, for many look in the last hour of a window.
    """
    intake = event.intake
    assert intake is not None
    row = (
        await session.execute(
            _ENTERED if entering else _SEEN,
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


_OPEN = text("""
    INSERT INTO rounds (id, life_event, county, kind, year, wave, opens_at, closes_at, places,
                        commitment, sealed_secret, history)
    VALUES (:id, :event, :county, :kind, :year, :wave, :opens_at, :closes_at,
            CAST(:places AS jsonb), :commitment, :secret, CAST(:history AS jsonb))
    ON CONFLICT DO NOTHING RETURNING id
""")
# What is not named keeps what another officer may have written in the meantime.
_CHANGE = text("""
    UPDATE rounds SET
        opens_at = coalesce(CAST(:opens_at AS timestamptz), opens_at),
        closes_at = coalesce(CAST(:closes_at AS timestamptz), closes_at),
        places = coalesce(CAST(:places AS jsonb), places),
        notary_digits = coalesce(CAST(:digits AS text), notary_digits),
        history = history || CAST(:line AS jsonb)
    WHERE id = :id AND state = 'open' AND closes_at > now() RETURNING id
""")
