"""A submitted case, and departments that do something with it."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from app.cases import supplementing
from app.cases.locked import lock_case
from app.cases.moving import Move, move
from app.cases.portal import Portal
from app.database import Database
from app.vocabulary.case_states import Happening
from app.vocabulary.public_service import SupplementPoint
from tests.page_reader import Reader
from tests.residents.steps import fill_form, give_papers, ready_draft

BOOK = SupplementPoint("合同第二页不清楚，请重拍。", "lease")
WHY = SupplementPoint("请说明为什么晚搬。")


async def submitted_case(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> tuple[Reader, str]:
    """A case that was just submitted; out: the reader on its receipt, its number."""
    reader, here = await ready_draft(client, database, portal)
    await fill_form(reader, portal)
    await give_papers(reader)
    await reader.open(f"{here}/check")
    await reader.send("确认并提交", truth="yes")
    return reader, here.rsplit("/", 1)[1]


async def happens(
    database: Database,
    portal: Portal,
    key: str,
    happening: Happening,
    outcome: dict[str, Any] | None = None,
) -> None:
    """Something happens to a step of the newest case."""
    async with database.transaction() as session:
        case = await lock_case(session, await newest_case(database))
        done = Move(key, happening, "department:test-police", outcome, reference="R-1")
        await move(session, portal, case, done)


async def ask_to_mend(database: Database, portal: Portal, key: str = "move-household") -> UUID:
    """An authority asks for two things at once."""
    async with database.transaction() as session:
        case = await lock_case(session, await newest_case(database))
        return await supplementing.ask(
            session, portal, case, case.step(key), "department:test-police", [BOOK, WHY]
        )


async def newest_case(database: Database) -> UUID:
    """The id of the case that was opened last."""
    async with database.transaction() as session:
        found = await session.scalar(text("SELECT id FROM cases ORDER BY id DESC LIMIT 1"))
        assert isinstance(found, UUID)
        return found
