"""What can I get: a few facts, no sign-in, every benefit with its reasons."""

import re
from collections.abc import Mapping

import httpx
import pytest

from app.cases.portal import Portal
from app.catalogue import load
from app.forms.answers import Answer, Answers
from app.integration.field_cipher import FieldCipher
from app.residents.benefit_words import MOST_A_PAGE, course
from app.settings import Settings
from app.workflow.entitlement import fact_questions
from tests.page_reader import Page, Reader

CITY = load()
FACTS = fact_questions(CITY.benefits.values())
Told = Mapping[str, str | list[str]]
POOR: Told = {
    "home_county": "331002",
    "young_child": "no",
    "age_years": "40",
    "disability_grade": "1",
    "disability_class": "limb",
    "relief_status": "none",
    "income_per_head": "500",
    "income_own": "0",
    "people": "3",
    "self_care": "total",
    "cared_at": "home",
    "without_support": "no",
    "hardship": "none",
    "work_now": "employed",
    "graduated_within": "no",
    "new_certificate": "4",
}
COMFORTABLE: Told = {
    **POOR,
    "disability_grade": "none",
    "income_per_head": "9000",
}


@pytest.fixture
def portal(settings: Settings) -> Portal:
    """The whole city, for its benefits are meant."""
    return Portal(CITY, FieldCipher(settings.field_key_bytes()), settings)


async def tell(reader: Reader, told: Told) -> Page:
    """Answer page after page as they are asked; out: the result."""
    page = await reader.open("/benefits")
    for _ in FACTS:
        if page.address == "/benefits":
            return page
        asked = {*(name for name, _ in page.form("继续").fields), *page.form("继续").choices}
        page = await reader.send(
            "继续", **{name: value for name, value in told.items() if name in asked}
        )
    return page


async def test_the_home_page_leads_there_and_nobody_signs_in(client: httpx.AsyncClient) -> None:
    home = await Reader(client).open("/")
    assert home.links()["看看能领哪些补贴和待遇"] == "/benefits"
    page = await Reader(client).open("/benefits")
    assert page.address == "/benefits/questions/1"
    assert page.title == "我能领什么"


async def test_the_result_tells_amount_reasons_sources_and_what_would_change_it(
    client: httpx.AsyncClient,
) -> None:
    page = await tell(Reader(client), POOR)
    sure, _, no = page.text.partition("现在不符合的")
    living = sure.partition("困难残疾人生活补贴")[2]
    assert "金额：" in living
    assert "您的回答：家里人均每月收入多少？ 500" in living
    assert "来源：" in living
    assert "依据：浙江省困难残疾人生活补贴制度" in living
    assert "就不再符合" in living
    assert "高龄津贴" in no
    assert re.search("就可以申请|不符合：", no)


async def test_a_rate_that_is_not_confirmed_promises_nothing(client: httpx.AsyncClient) -> None:
    page = await tell(Reader(client), POOR)
    nursing = page.text.partition("重度残疾人护理补贴 ")[2]
    assert "金额：待主管部门确认" in nursing


async def test_every_benefit_is_told_whatever_the_answers(client: httpx.AsyncClient) -> None:
    for told in (POOR, COMFORTABLE):
        client.cookies.clear()
        page = await tell(Reader(client), told)
        heads = [re.sub(r"\s", "", "".join(head.itertext())) for head in page.find("h3")]
        assert sorted(heads) == sorted(one.title.zh for one in CITY.benefits.values())


async def test_nothing_that_was_told_stands_in_an_address(client: httpx.AsyncClient) -> None:
    reader = Reader(client)
    page = await tell(reader, POOR)
    assert page.address == "/benefits"
    assert not [link for link in page.links().values() if "500" in link or "331002" in link]


@pytest.mark.parametrize("age", ["abc", "-1", "999", ""])
async def test_a_wrong_answer_is_asked_again_and_the_rest_is_not_lost(
    client: httpx.AsyncClient, age: str
) -> None:
    reader = Reader(client)
    await reader.open("/benefits")
    page = await reader.send(
        "继续", status=422, home_county="331002", young_child="no", age_years=age,
        disability_grade="2", relief_status="none",
    )  # fmt: skip
    assert len(page.errors()) == 1
    assert dict(page.form("继续").fields)["home_county"] == "331002"
    assert dict(page.form("继续").fields)["disability_grade"] == "2"


async def test_made_up_choices_and_pages_are_refused(client: httpx.AsyncClient) -> None:
    reader = Reader(client)
    await reader.open("/benefits")
    page = await reader.send(
        "继续", status=422, home_county="999999", young_child="perhaps", age_years="40",
        disability_grade=["1", "2"], relief_status="rich",
    )  # fmt: skip
    assert len(page.errors()) >= 3
    for address in ("/benefits/questions/0", "/benefits/questions/9", "/benefits/questions/99"):
        assert (await client.get(address)).status_code == 404
    unknown = await client.post("/benefits/gold/start", data=dict(page.form("继续").fields))
    assert unknown.status_code == 404


async def test_a_changed_answer_turns_the_result_and_clearing_asks_again(
    client: httpx.AsyncClient,
) -> None:
    reader = Reader(client)
    await tell(reader, POOR)
    await reader.open("/benefits/questions/1")
    page = await reader.send("继续", disability_grade="none")
    while page.address != "/benefits":
        page = await reader.send("继续")
    assert "重度残疾人护理补贴" in page.text.partition("现在不符合的")[2]
    assert "是哪类残疾？" not in page.text.partition("看看或修改刚才的回答")[2]
    page = await reader.send("清除回答")
    assert page.address == "/benefits/questions/1"
    assert dict(page.form("继续").fields)["age_years"] == ""


async def test_starting_leads_into_the_life_event_with_its_presets(
    client: httpx.AsyncClient,
) -> None:
    reader = Reader(client)
    await tell(reader, POOR)
    page = await reader.send("去申请：困难残疾人生活补贴")
    assert page.address.startswith("/things/disability-aid/")


@pytest.mark.parametrize("benefit", CITY.benefits.values(), ids=lambda one: one.id)
async def test_every_benefit_leads_to_where_it_is_applied_for(
    client: httpx.AsyncClient, benefit: object
) -> None:
    chosen = next(one for one in CITY.benefits.values() if one is benefit)
    reader = Reader(client)
    token = dict((await reader.open("/benefits")).form("继续").fields)["csrf_token"]
    page = await reader.post(f"/benefits/{chosen.id}/start", [("csrf_token", token)])
    assert page.address.startswith(f"/things/{chosen.starts}/")


async def test_it_reads_in_english(client: httpx.AsyncClient) -> None:
    reader = Reader(client)
    await tell(reader, POOR)
    page = await reader.open("/benefits?lang=en")
    assert page.title == "What can I get"
    assert "Met: " in page.text


def test_a_page_asks_at_most_five_facts_and_none_before_what_it_hangs_on() -> None:
    answers: dict[str, Answer] = {
        **{name: value if isinstance(value, str) else [] for name, value in POOR.items()},
        "age_years": 40,
        "income_per_head": 500,
        "income_own": 0,
        "people": 3,
        "paid_already": [],
        "troubles": [],
    }
    taken = course(FACTS, Answers(answers))
    assert taken.complete
    before: set[str] = set()
    for page in taken.pages:
        assert 1 <= len(page) <= MOST_A_PAGE
        for one in page:
            assert one.applies.questions & {fact.id for fact in FACTS} <= before
        before |= {one.id for one in page}
