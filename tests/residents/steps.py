"""Steps of a journey through the small life event, so that each test says only its own part."""

from typing import Any

import httpx
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.integration.test_file_storage import photo
from tests.page_reader import Page, Reader
from tests.residents.people import sign_in

HOME = {
    "new_home-county": "331002",
    "new_home-township": "331002001",
    "new_home-detail": "东山社区 2 幢",
    "phone": "13800000001",
}
TODAY_PARTS = ("moved_on-year", "moved_on-month", "moved_on-day")


async def answer_questions(reader: Reader, home: str = "rented", rooms: str = "2") -> Page:
    """The questions before signing in."""
    await reader.open("/things/moving-house/can-i")
    await reader.send("继续", for_whom="self")
    await reader.send("继续", home=home)
    return await reader.send("继续", rooms=rooms)


async def start_draft(reader: Reader) -> Page:
    """From the outcome to the consents."""
    await reader.open("/things/moving-house/outcome")
    return await reader.send("开始填写")


async def ready_draft(
    client: httpx.AsyncClient, database: Database, portal: Portal, **consents: str
) -> tuple[Reader, str]:
    """A signed-in resident with a draft, nothing filled in; out: the reader on it, its address."""
    reader = Reader(client)
    await sign_in(client, database, portal)
    await answer_questions(reader)
    await start_draft(reader)
    given = {"register-test-people": "no", "register-test-children": "no", **consents}
    page = await reader.send("保存并继续", **given)
    here = "/".join(page.address.split("/")[:3])
    return reader, here


def today_fields(portal: Portal) -> dict[str, str]:
    """Today as the three fields of the moving day."""
    today = portal.today()
    parts = (today.year, today.month, today.day)
    return {name: str(part) for name, part in zip(TODAY_PARTS, parts, strict=True)}


async def fill_form(reader: Reader, portal: Portal) -> Page:
    """Every page of questions, from the hub on."""
    assert reader.page is not None
    here = "/".join(reader.page.address.split("/")[:3])
    await reader.open(f"{here}/pages/mover")
    await reader.send("保存并继续", mover_name="林满", mover_id="331002199003070022")
    assert reader.page.title == "新家"
    await reader.send("保存并继续", **{**HOME, **today_fields(portal)})
    assert reader.page.title == "房间（第1间房）"
    await reader.send("保存并继续", room_use="卧室")
    return await reader.send("保存并继续", room_use="书房", beds="2")


async def give_papers(reader: Reader) -> Page:
    """Upload the lease, promise the rest."""
    assert reader.page is not None
    here = "/".join(reader.page.address.split("/")[:3])
    await upload(reader, here, "lease")
    await reader.open(f"{here}/papers/photo")
    await reader.send("保存并继续", how="deferred")
    await reader.open(f"{here}/papers/no-debts")
    await reader.send("保存并继续", how="commitment")
    await upload(reader, here, "id-card")
    return await reader.open(here)


async def upload(
    reader: Reader, here: str, paper: str, content: bytes | None = None, status: int = 200
) -> Page:
    """One file by the plain form."""
    page = await reader.open(f"{here}/papers/{paper}")
    form = page.form("上传所选文件")
    data = {name: value for name, value in form.fields if name != "how"}
    file = ("照片.jpg", photo() if content is None else content, "image/jpeg")
    answer = await reader.client.post(
        form.action, data=data, files={"paper": file}, follow_redirects=True
    )
    return reader.read(answer, status)


async def found(database: Database, portal: Portal, register: str, facts: dict[str, Any]) -> None:
    """The register answers."""
    async with database.transaction() as session:
        case_id = await session.scalar(text("SELECT id FROM cases ORDER BY id DESC LIMIT 1"))
        await session.execute(
            text(
                "UPDATE register_answers SET state = 'found', sealed_facts = :facts,"
                " answered_at = now() WHERE register_id = :register AND case_id = :case_id"
            ),
            {
                "facts": portal.cipher.seal(facts, f"facts:{case_id}"),
                "register": register,
                "case_id": case_id,
            },
        )
