"""What can be applied for alone is found by its name, and the eight kinds of relief in one go."""

import re

import httpx
import pytest

from app.cases.portal import Portal
from app.catalogue import load
from app.integration.field_cipher import FieldCipher
from app.settings import Settings
from tests.page_reader import Reader

CITY = load()
# What people call it, and the first question that is not answered by choosing it.
BY_NAME = (
    ("高龄津贴", "old-age-allowance"),
    ("养老服务补贴", "elderly-care-subsidy"),
    ("消费券", "care-voucher"),
    ("低保", "minimum-living"),
    ("特困", "destitute-support"),
    ("临时救助", "temporary-relief"),
    ("困难残疾人生活补贴", "disability-living-subsidy"),
    ("重度残疾人护理补贴", "disability-nursing-subsidy"),
    ("育儿补贴", "childcare-subsidy"),
    ("托育", "childcare-place"),
)


@pytest.fixture
def portal(settings: Settings) -> Portal:
    """The whole city, for its benefits are meant."""
    return Portal(CITY, FieldCipher(settings.field_key_bytes()), settings)


@pytest.mark.parametrize(("name", "benefit"), BY_NAME)
async def test_each_is_on_the_home_page_found_by_name_and_begins_there(
    client: httpx.AsyncClient, name: str, benefit: str
) -> None:
    reader = Reader(client)
    home = await reader.open("/")
    assert f"/benefits/{benefit}" in home.links().values()
    found = await reader.open(f"/?q={name}")
    first = [link for link in found.links().values() if link.startswith("/benefits/")]
    assert benefit in {link.rsplit("/", 1)[1] for link in first[:3]}
    item = await reader.open(f"/benefits/{benefit}")
    declared = CITY.benefits[benefit]
    assert item.title.startswith(declared.title.zh)
    begun = await reader.send("开始办理")
    assert begun.address.startswith(f"/things/{declared.starts}/")
    event = CITY.life_events[declared.starts]
    page = await reader.send("继续", for_whom=event.for_whom[0][0])
    asked = event.guidance[int(page.address.rsplit("/", 1)[1]) - 1].id
    assert asked not in declared.presets


async def test_an_unknown_item_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/benefits/nothing")).status_code == 404
    assert (await client.get("/screenings/nothing")).status_code == 404


async def test_a_few_answers_screen_all_eight_kinds_of_relief(client: httpx.AsyncClient) -> None:
    told = {
        "home_county": "331002",
        "age_years": "40",
        "disability_grade": "none",
        "relief_status": "none",
        "income_per_head": "500",
        "people": "3",
        "without_support": "no",
        "hardship": "illness",
        "troubles": ["medical", "disaster"],
    }
    reader = Reader(client)
    home = await reader.open("/")
    assert home.links()["八项社会救助一次问清"] == "/screenings/relief"
    page = await reader.open("/screenings/relief")
    pages = 0
    while page.address != "/screenings/relief":
        pages += 1
        asked = {*(name for name, _ in page.form("继续").fields), *page.form("继续").choices}
        sent = {name: value for name, value in told.items() if name in asked}
        page = await reader.send("继续", **sent)
    assert pages <= 3
    heads = [re.sub(r"\s", "", "".join(head.itertext())) for head in page.find("h3")]
    kinds = [one.title.zh for one in CITY.screenings["relief"].benefits]
    assert sorted(heads) == sorted(kinds)
    assert "由民政等主管部门决定" in page.text
    assert "12349" in page.text
    sure, _, rest = page.text.partition("可能可以申请的")
    assert all(kind in sure for kind in ("最低生活保障", "临时救助", "受灾人员救助"))
    maybe, _, no = rest.partition("现在不符合的")
    assert "医疗救助" in maybe
    assert all(kind in no for kind in ("特困人员救助供养", "教育救助", "住房救助", "就业救助"))
    begun = await reader.send("仍要申请：教育救助")
    assert begun.address.startswith("/things/relief-and-care/")
