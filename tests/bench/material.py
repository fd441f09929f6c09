"""What the benches work on: residents with sessions, complete drafts, submitted cases.

One complete draft is made by the portal's own functions; its copies get their own ids, numbers
and sealed fields, so that each costs what a real one costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases import drafting
from app.cases.applying import submit
from app.cases.case_store import find_or_add_resident
from app.cases.drafts import LoadedDraft, RegisterView, load_draft
from app.cases.form_state import FormState, form_state, shared_value
from app.cases.ids import new_case_number, new_id
from app.cases.portal import CITY_TIME, Portal
from app.database import connect
from app.demo_city import RESIDENTS
from app.forms.answers import Answers
from app.forms.questions import Tick
from app.forms.specimen import specimen
from app.identity.people import ResidentPrincipal
from app.identity.seeding import seed_people
from app.identity.sessions import find_officer, open_session
from app.vocabulary.case_file import Person
from tests.bench.stage import Stage

MOTHER: Final = RESIDENTS[0]
SITUATION: Final = {
    "for_whom": "mother",
    "birth_place": "zhejiang",
    "certificate_issued": "no",
    "special": "none",
    "parents": "married",
    "household": "family",
    "mother_insurance": "employee",
    "wanted": ["subsidy", "place"],
    "number_of_children": "1",
    "concern": "none",
}
STEPS: Final = 12
SPECIMEN_NAME: Final = "王小样".encode()
# With nobody at a desk a case runs through by itself.
NO_DESKS: Final = {"register-newborn": "system", "claim-childcare-subsidy": "system"}


@dataclass(frozen=True, slots=True)
class Browser:
    """A signed-in person: the headers that their browser sends."""

    resident_id: UUID
    token: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        """For reading and writing."""
        return {"cookie": f"session={self.token}", "sec_fetch_site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Officer:
    """A signed-in officer: the headers that their browser sends."""

    token: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        """For reading and writing."""
        return {"cookie": f"desk={self.token}", "sec_fetch_site": "same-origin"}


@dataclass(frozen=True, slots=True)
class ReadyDraft:
    """A complete draft: only its declarations are left to be ticked."""

    case_id: UUID
    number: str


def city_today() -> date:
    """The day in the city."""
    return datetime.now(CITY_TIME).date()


async def sign_in(stage: Stage) -> Browser:
    """The demo's first mother, signed in."""
    person = Person(MOTHER.name, MOTHER.id_number, MOTHER.mobile)
    async with stage.database.transaction() as session:
        resident_id = await find_or_add_resident(session, stage.portal, person)
        principal = ResidentPrincipal(resident_id, person.name)
        token, visit = await open_session(session, stage.portal, principal)
    return Browser(resident_id, token, visit.csrf)


async def sign_in_officer(stage: Stage, officer_id: str) -> Officer:
    """One of the demo's officers, signed in."""
    async with stage.database.transaction() as session:
        await seed_people(session, stage.portal)
        officer = await find_officer(session, officer_id)
        assert officer is not None
        token, visit = await open_session(session, stage.portal, officer)
    return Officer(token, visit.csrf)


async def complete_draft(stage: Stage, browser: Browser) -> LoadedDraft:
    """A birth of twelve steps, filled in, its registers asked, its papers given."""
    portal = stage.portal
    async with stage.database.transaction() as session:
        event = portal.catalogue.life_events["birth"]
        answers = specimen(event, portal.today(), _situation(portal))
        # The specimen's person is our mother: accounts are hers, the child has her surname.
        own = orjson.loads(
            orjson.dumps(dict(answers.values)).replace(SPECIMEN_NAME, MOTHER.name.encode())
        )
        declarations = {question.id for question in event.declarations}
        undeclared = {name: value for name, value in own.items() if name not in declarations}
        number = await drafting.start_draft(
            session, portal, browser.resident_id, event.id, undeclared, "mother"
        )
        draft = await load_draft(session, portal, number, browser.resident_id)
        draft = await _registers_answered(session, portal, draft)
        draft = await _everything_given(session, portal, draft)
    refused = [item for page in form_state(draft).pages for item in page.corrections]
    if refused or not form_state(draft).is_ready:
        raise AssertionError(f"The specimen of a birth is not complete: {refused}")
    return draft


def declared(draft: LoadedDraft) -> dict[str, str]:
    """The ticks that the last page sends."""
    return {
        question.id: "yes"
        for question in draft.life_event.declarations
        if isinstance(question.kind, Tick)
    }


def declared_state(draft: LoadedDraft) -> FormState:
    """The draft as it stands when the declarations are ticked, as the last page hands it on."""
    state = form_state(draft)
    ticked = state.answers.with_values(dict.fromkeys(declared(draft), True))
    return replace(state, answers=ticked)


async def copies(stage: Stage, draft: LoadedDraft, count: int) -> list[ReadyDraft]:
    """`count` more drafts like this one, of the same resident."""
    made = [ReadyDraft(new_id(), new_case_number()) for _ in range(count)]
    tables = ("cases", "drafts", "register_answers", "evidence_files")
    async with stage.database.transaction() as session:
        for table in tables:
            key = "id" if table == "cases" else "case_id"
            rows = await rows_of(session, table, key, draft.case_id)
            mine = [_own(stage.portal, draft, table, row, one) for one in made for row in rows]
            await insert_rows(session, table, mine)
    return made


async def submitted(
    stage: Stage, browser: Browser, drafts: Sequence[ReadyDraft], portal: Portal | None = None
) -> None:
    """Submit drafts by the portal's own function, as the last page does."""
    known = portal or stage.portal
    for ready in drafts:
        async with stage.database.transaction() as session:
            draft = await load_draft(session, known, ready.number, browser.resident_id)
            state = declared_state(draft)
            whole = replace(draft, evidence=state.evidence)
            await submit(session, known, whole, state.case, draft.revision)


def without_desks(stage: Stage) -> Portal:
    """The portal of an operator who lets the departments' systems do everything."""
    settings = stage.settings.model_copy(update={"desk_services": NO_DESKS})
    return replace(stage.portal, settings=settings)


async def rows_of(session: AsyncSession, table: str, key: str, value: UUID) -> list[dict[str, Any]]:
    """The rows of a table as JSON tells them."""
    found = await session.scalars(
        text(f"SELECT to_jsonb(t)::text FROM {table} t WHERE {key} = :value"),  # noqa: S608
        {"value": value},
    )
    return [orjson.loads(row) for row in found]


async def insert_rows(session: AsyncSession, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows into a table as JSON tells them."""
    await session.execute(
        text(
            f"INSERT INTO {table} SELECT * FROM"  # noqa: S608
            f" jsonb_populate_recordset(NULL::{table}, CAST(:rows AS jsonb))"
        ),
        {"rows": orjson.dumps(rows).decode()},
    )


async def settle(stage: Stage) -> None:
    """Let the database do now what it would do during the next bench."""
    connection = await connect(stage.settings.database_url)
    try:
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


_SEALED: Final = {
    "sealed_answers": "draft",
    "sealed_facts": "facts",
    "sealed_note": "facts",
    "sealed_name": "file",
}


def _own(
    portal: Portal, draft: LoadedDraft, table: str, row: dict[str, Any], ready: ReadyDraft
) -> dict[str, Any]:
    """A row of the template as a row of another case."""
    mine = {**row, "case_id": str(ready.case_id)}
    if table == "cases":
        mine |= {"id": str(ready.case_id), "number": ready.number}
    elif "id" in row:
        mine["id"] = str(uuid4())
    for column, purpose in _SEALED.items():
        if sealed := row.get(column):
            value = portal.cipher.open(bytes.fromhex(sealed[2:]), f"{purpose}:{draft.case_id}")
            again = portal.cipher.seal(value, f"{purpose}:{ready.case_id}")
            mine[column] = "\\x" + again.hex()
    return mine


def _situation(portal: Portal) -> dict[str, Any]:
    """The first answers, fitting what the hospital's record says of the birth."""
    born = MOTHER.records_on(portal.today())["birth-record"]["birth_time"][0]
    return {**SITUATION, "born_on": born[:10], "insurance_year": int(born[:4])}


async def _registers_answered(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> LoadedDraft:
    """Every register asked, answered from the demo person's records, and confirmed."""
    records = MOTHER.records_on(portal.today())
    rows, views = [], {}
    for ask in drafting.lookups(draft):
        register = ask.register
        request = ask.request(draft.case_file(portal.today()))
        facts = register.stand_in(request, records.get(register.id, {}))
        if facts is None:
            continue
        told = facts.model_dump(mode="json")
        sealed = portal.cipher.seal(told, f"facts:{draft.case_id}")
        rows.append(
            {
                "case_id": str(draft.case_id),
                "register_id": register.id,
                "authority_id": register.authority.id,
                "state": "found",
                "fence": 1,
                "attempts": 1,
                "sealed_facts": "\\x" + sealed.hex(),
                "answered_at": portal.now().isoformat(),
                "verdict": "right",
            }
        )
        views[register.id] = RegisterView(register.id, "found", told, portal.now(), "right")
    await insert_rows(session, "register_answers", rows)
    return replace(draft, registers=views)


def _left_to_registers(draft: LoadedDraft) -> Answers:
    """The answers without those that a register has given."""
    values, today = dict(draft.answers.values), draft.answers.today
    for page in draft.life_event.pages:
        for question in page.questions:
            if page.each is None:
                if shared_value(question, draft.registers, None, today) is not None:
                    values.pop(question.id, None)
                continue
            items = values.get(page.each.id)
            assert isinstance(items, list)
            values[page.each.id] = [
                {name: value for name, value in item.items() if name != question.id}
                if shared_value(question, draft.registers, number, today) is not None
                else item
                for number, item in enumerate(items)
            ]
    return Answers(values, today)


async def _everything_given(
    session: AsyncSession, portal: Portal, draft: LoadedDraft
) -> LoadedDraft:
    """All pages done, every paper uploaded that must be given."""
    answers = _left_to_registers(draft)
    for filled in form_state(draft).pages:
        draft = await drafting.save_page(
            session, portal, draft, draft.revision, filled.key, answers, "done"
        )
    files = []
    for paper in form_state(draft).open_papers:
        file_id = str(new_id())
        files.append(
            {
                "id": file_id,
                "case_id": str(draft.case_id),
                "evidence": paper.id,
                "sealed_name": "\\x"
                + portal.cipher.seal("paper.jpg", f"file:{draft.case_id}").hex(),
                "media_type": "image/jpeg",
                "state": "kept",
                "size": 1000,
                "received": 1000,
                "sha256": "0" * 64,
                "blob": file_id,
                "created_at": portal.now().isoformat(),
            }
        )
        how = {"how": "file", "files": [file_id]}
        draft = await drafting.set_evidence(session, portal, draft, paper.id, how)
    await insert_rows(session, "evidence_files", files)
    return await load_draft(session, portal, draft.number, draft.resident_id)
