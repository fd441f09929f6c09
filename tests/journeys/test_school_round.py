"""A whole round of school entry: families sign up, departments check, places go to all at once."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from app.cases import drafting
from app.cases.applying import submit
from app.cases.drafts import load_draft
from app.cases.rounds import announce_missing, change_round, rounds_of
from app.forms.answers import Answer
from app.forms.specimen import specimen
from app.identity.cookies import cookie_name
from app.identity.people import OfficerPrincipal
from app.identity.seeding import seed_people
from app.identity.sessions import open_session
from app.vocabulary.case_file import Person
from app.wording import Words
from tests.cases.summer_camp import id_of
from tests.database_template import drop_database, make_database
from tests.faults.city import City, two_free_ports
from tests.journeys.test_work_and_retirement import walked_to_receipt
from tests.journeys.to_the_end import case_of, states_of, to_the_end
from tests.page_reader import Reader
from tests.residents.people import add_resident

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("school-city")]

NEAR, FAR = "331002001", "331002004"  # townships of the first and the second demo school
FIRST, SECOND, PRIVATE = "P331002-1", "P331002-2", "P331002-M1"


@pytest.fixture(scope="module")
async def city(
    tmp_path_factory: pytest.TempPathFactory, server_url: str, database_template: str
) -> AsyncIterator[City]:
    folder: Path = tmp_path_factory.mktemp("school-city")
    database = await make_database(server_url, database_template, "school")
    environment = {"PORTAL_ROUNDS_SECONDS": "0.5"}
    async with City(folder, database, two_free_ports(), environment) as city:
        city.open("app.worker")
        yield city
    await drop_database(server_url, database)


@asynccontextmanager
async def browser(city: City) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=city.settings.base_url,
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
        trust_env=False,
        timeout=30,
    ) as client:
        yield client


async def announced(city: City, event_id: str, kind: str, **totals: int) -> UUID:
    """A round in Jiaojiang that is open now, with these places."""
    event = city.portal.catalogue.life_events[event_id]
    now = city.portal.now()
    async with city.database.transaction() as session:
        await announce_missing(
            session, city.portal, event, now - timedelta(days=1), now + timedelta(days=9), "test"
        )
        (found,) = await rounds_of(session, [event_id], now, "331002", kind)
        places = {place.code: totals.get(place.code, 0) for place in found.places}
        await change_round(
            session, city.portal, found, "test", Words("名额", "places"), totals=places
        )
    return found.id


def child(city: City, number: int) -> dict[str, Answer]:
    """Who a child is; in the answers of one child each question may stand alone."""
    return {
        "child_name": f"林小{'一二三四五六七八九'[number]}",
        "child_document": {"type": "resident-id", "number": id_of(200 + number)},
        "moved_in_on": f"{city.portal.today().year - 3}-03-01",
    }


def family(city: City, number: int, **chosen: Answer) -> dict[str, Answer]:
    """A family registered in the first school's catchment, with one child of six."""
    year = city.portal.today().year + (city.portal.today().month > 8)
    born = f"{year - 7}-09-{10 + number}"
    return {
        "for_whom": "parent",
        "study_county": "331002",
        "stage": "primary",
        "number_of_children": "1",
        "born_on": born,
        "register_status": "here",
        "home_status": "none",
        "guardianship": "on-register",
        "parents": "married",
        "special": [],
        "accept_elsewhere": "yes",
        "register_address": {"county": "331002", "township": NEAR, "detail": "解放路1号"},
        **child(city, number),
        **chosen,
    }


async def sent(
    city: City,
    event_id: str,
    number: int,
    answers: dict[str, Answer],
    *children: dict[str, Answer],
) -> str:
    """A submitted application of a family of its own; `children` where there are several."""
    event = city.portal.catalogue.life_events[event_id]
    today = city.portal.today()
    parent = Person("林满", id_of(4000 + number), "13800000001")
    whole = specimen(event, today, answers)
    for index, own in enumerate(children or ({},)):
        whole = whole.with_item("child", index, own)
        # Nobody of these families contests the category that the rules propose.
        whole.values["child"][index].pop("contest_reason", None)
    async with city.database.transaction() as session:
        held = {"name": parent.name, "id_number": parent.id_number, "mobile": parent.mobile}
        resident = await add_resident(session, city.portal, held)
        case = await drafting.start_draft(
            session, city.portal, resident, event_id, whole.values, "parent"
        )
        draft = await load_draft(session, city.portal, case, resident)
        return await submit(session, city.portal, draft, draft.case_file(today), 0)


async def close(city: City, round_id: UUID) -> None:
    """An officer of education ends the window at the desk."""
    async with city.database.transaction() as session:
        await seed_people(session, city.portal)
        officer = OfficerPrincipal("bao-jie", "鲍洁", "education", "", Words("教育", "Education"))
        token, _ = await open_session(session, city.portal, officer)
    async with browser(city) as client:
        client.cookies.set(cookie_name(city.settings, "officer"), token)
        reader = Reader(client)
        await reader.open(f"/desk/rounds/{round_id}")
        page = await reader.send("现在截止")
        assert "正在报名" not in page.text


async def given(city: City, round_id: UUID, seconds: float = 60) -> None:
    """Wait until the worker has given every place."""
    until = time.monotonic() + seconds
    state = ""
    while time.monotonic() < until:
        async with city.database.transaction() as session:
            state = str(
                await session.scalar(
                    text("SELECT state FROM rounds WHERE id = :id"), {"id": round_id}
                )
            )
        if state == "given":
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{state}\n{city.lines()[-3000:]}")


async def schools(city: City, number: str) -> list[str]:
    """Where the children of a case were placed, as the department was told."""
    case_id = await case_of(city, number)
    async with city.database.transaction() as session:
        rows = await session.scalars(
            text("SELECT listed ->> 3 FROM round_entries WHERE case_id = :id ORDER BY subject"),
            {"id": case_id},
        )
        return list(rows)


async def test_places_go_by_category_to_all_at_once_and_the_draw_can_be_done_again(
    city: City,
) -> None:
    round_id = await announced(city, "school-entry", "primary", **{FIRST: 1, SECOND: 5, PRIVATE: 1})
    work = {
        "register_status": "elsewhere",
        "work_route": ["insurance"],
        "insured_from": "2020-01",
        "register_address": {"county": "other", "detail": "贵州省遵义市红花岗区1号"},
    }
    async with browser(city) as client:
        receipt = await walked_to_receipt(
            client, city.database, city.portal, "school-entry", family(city, 1, **work)
        )
    early = receipt.address.split("/")[2]
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.text)
    drawing = {"special": ["private"], "private_wish_1": PRIVATE, "private_wish_2": PRIVATE}
    drawn = [
        await sent(city, "school-entry", number, family(city, number, **drawing))
        for number in (2, 3)
    ]
    late = await sent(city, "school-entry", 4, family(city, 4))
    both = {"number_of_children": "2", "bind": "yes"}
    together = await sent(
        city, "school-entry", 5, family(city, 5, **both), child(city, 5), child(city, 6)
    )
    await asyncio.sleep(1)
    for number in (early, late, together):
        states = await states_of(city, await case_of(city, number))
        assert states.get("allocate-school-place:1") == "waiting", states
    await close(city, round_id)
    await given(city, round_id)

    for number in (early, late, together, *drawn):
        ended = await to_the_end(city, number)
        assert ended["issue-admission-notice:1"] == "done", ended
        assert ended["check-pupil-immunisation:1"] == "done", ended
    placed = {number: await schools(city, number) for number in (early, late, together, *drawn)}
    twin_schools = placed[together]
    assert twin_schools[0] == twin_schools[1], placed
    by_private = [number for number in drawn if "启航民办" in placed[number][0]]
    assert len(by_private) == 1, placed
    first = [school for found in placed.values() for school in found if "第一小学" in school]
    assert len(first) == 1, placed
    assert "第一小学" not in placed[early][0], "the register class comes before who filed first"

    async with browser(city) as client:
        page = await Reader(client).open(f"/rounds/{round_id}")
        assert "林小" not in page.text
        entries = (await client.get(f"/rounds/{round_id}/entries.txt")).text
    secret = re.search(r"密数 ([0-9a-f]{64})", page.text)
    seed = re.search(r"种子 ([0-9a-f]{64})", page.text)
    assert secret is not None
    assert seed is not None
    assert sha256(f"{secret[1]}||{entries}".encode()).hexdigest() == seed[1]
    keys = {}
    for number in drawn:
        async with city.database.transaction() as session:
            keys[number] = await session.scalar(
                text("SELECT key FROM round_entries WHERE case_id = :id"),
                {"id": await case_of(city, number)},
            )
    lots = {
        number: sha256(f"{seed[1]}:{PRIVATE}:{key}".encode()).hexdigest()
        for number, key in keys.items()
    }
    assert min(lots, key=lots.__getitem__) == by_private[0]


async def test_kindergarten_is_the_same_by_declaration(city: City) -> None:
    year = city.portal.today().year + (city.portal.today().month > 8)
    small = {"stage": "kindergarten", "born_on": f"{year - 4}-10-01"}
    event = city.portal.catalogue.life_events["kindergarten-entry"]
    assert event.intake is not None
    code = event.intake.places("331002", "kindergarten", year)[0].code
    round_id = await announced(city, "kindergarten-entry", "kindergarten", **{code: 2})
    whole = family(city, 7, **small)
    del whole["guardianship"], whole["parents"], whole["special"]
    async with browser(city) as client:
        receipt = await walked_to_receipt(
            client, city.database, city.portal, "kindergarten-entry", whole
        )
    number = receipt.address.split("/")[2]
    await close(city, round_id)
    await given(city, round_id)
    ended = await to_the_end(city, number)
    assert set(ended.values()) == {"done"}, ended
