"""From home to the receipt without scripts, on a life event that no code has heard of."""

import httpx
from sqlalchemy import text

from app.cases.portal import Portal
from app.database import Database
from tests.page_reader import Reader
from tests.residents.people import sign_in
from tests.residents.steps import answer_questions, fill_form, give_papers, start_draft


async def test_from_home_to_the_receipt(
    client: httpx.AsyncClient, database: Database, portal: Portal
) -> None:
    reader = Reader(client)
    home = await reader.open("/?q=搬家")
    assert "找到 1 件" in home.text
    intro = await reader.open(home.links()["搬家一件事"])
    assert "租房合同" in intro.text
    assert "约 8 分钟" in intro.text
    await answer_questions(reader)
    assert reader.page is not None
    assert reader.page.title == "可以在网上一次办"
    assert "租房要带合同" in reader.page.text
    assert "登录并开始填写" in reader.page.links()

    await sign_in(client, database, portal, keep_visit=True)
    await start_draft(reader)
    assert reader.page.title == "同意使用哪些数据"
    hub = await reader.send(
        "保存并继续", **{"register-test-people": "no", "register-test-children": "no"}
    )
    assert "尚未提交" in hub.text
    assert "暂不能办理" in hub.text
    await fill_form(reader, portal)
    await give_papers(reader)
    check = await reader.open(f"{hub.address}/check")
    assert "请在" in check.text
    assert "超过一个月要说明原因" in check.text
    assert "搬家公安" in check.text
    refused = await reader.send("确认并提交", status=422)
    assert refused.errors() == ["请阅读并勾选：以上内容属实。"]
    receipt = await reader.send("确认并提交", truth="yes")
    assert receipt.title == "已提交"
    number = hub.address.rsplit("/", 1)[1]
    assert number in receipt.text
    progress = await reader.open(f"/cases/{number}")
    assert "3 件事中已办好 0 件" in progress.text
    assert "登记房间（第2间房）" in progress.text
    back = await reader.open(f"/drafts/{number}")
    assert back.address == f"/cases/{number}"
    async with database.transaction() as session:
        steps = (await session.execute(text("SELECT key FROM steps ORDER BY position"))).scalars()
        assert list(steps) == ["move-household", "register-room:1", "register-room:2"]
