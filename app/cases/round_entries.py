"""Entering a round with a submitted case, leaving it, and what its own family may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.ids import new_entry_key
from app.cases.portal import Portal
from app.cases.rounds import Round, find_round, meant_round, moment_words
from app.errors import Conflict
from app.forms.answers import Answers
from app.forms.divisions import name_of
from app.vocabulary.case_file import CaseFile
from app.vocabulary.intake import Intake
from app.vocabulary.life_event import LifeEvent
from app.wording import Words

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


async def enterable_round(
    session: AsyncSession, portal: Portal, event: LifeEvent, answers: Answers
) -> Round:
    """The round that a case enters when it is submitted now. Raises Conflict outside a window."""
    found = await meant_round(session, portal, event, answers, entering=True)
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


async def enter(
    session: AsyncSession,
    portal: Portal,
    intake: Intake,
    round_: Round,
    case_id: UUID,
    case_file: CaseFile,
    subjects: Sequence[int | None],
) -> None:
    """Enter these items of a submitted case.

    Raises Conflict where one has entered this round already, or another one of the same life event
    and year, in whichever county, whose places are not given yet.
    """
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
    indexes = sorted(str(row["index"]) for row in rows)
    await session.execute(_ONE_AT_A_TIME, {"indexes": indexes})
    elsewhere = {
        "indexes": [bytes.fromhex(index) for index in indexes],
        "case_id": case_id,
        "event": round_.life_event,
        "year": round_.year,
    }
    if await session.scalar(_ELSEWHERE, elsewhere):
        raise Conflict(ENTERED_ALREADY, SEE_THE_OTHER)
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


def _at(sentence: Words, name: str, moment: datetime) -> Words:
    said = moment_words(moment)
    return Words(sentence.zh.format(**{name: said.zh}), sentence.en.format(**{name: said.en}))


# Two counties at the same moment: whoever comes second sees the first.
_ONE_AT_A_TIME = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(one, 0))
    FROM unnest(CAST(:indexes AS text[])) AS one
""")
_ELSEWHERE = text("""
    SELECT true FROM rounds
    JOIN round_entries AS entry ON entry.round_id = rounds.id
    WHERE rounds.life_event = :event AND rounds.year = :year AND rounds.state <> 'given'
      AND entry.identity_index = ANY(:indexes) AND entry.state <> 'withdrawn'
      AND entry.case_id <> :case_id
    LIMIT 1
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
