"""Every flow of work, from the first question over the receipt to the last department's answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.forms.answers import Answer
from tests.database_template import drop_database, make_database
from tests.faults.city import City, two_free_ports
from tests.journeys.test_work_and_retirement import near_today, walked_to_receipt
from tests.journeys.to_the_end import to_the_end
from tests.lifeevents import test_employment as work
from tests.page_reader import Reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("work-city")]


@pytest.fixture(scope="module")
async def city(
    tmp_path_factory: pytest.TempPathFactory, server_url: str, database_template: str
) -> AsyncIterator[City]:
    folder: Path = tmp_path_factory.mktemp("work-city")
    database = await make_database(server_url, database_template, "work")
    async with City(folder, database, two_free_ports()) as city:
        city.open("app.worker")
        yield city
    await drop_database(server_url, database)


@pytest.fixture
async def client(city: City) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=city.settings.base_url,
        headers={"sec-fetch-site": "same-origin", "accept-encoding": "identity"},
        trust_env=False,
        timeout=30,
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("chosen", "services", "result", "told"),
    [
        (
            {**work.FLEXIBLE, "old_cover": "employer", "flexible_wants": ["subsidy", "fund"],
             "status": ["disabled"], "left_reason": "ended"},
            work.F_STEPS | {"close-old-cover", "recognise-hardship",
                            "flexible-insurance-subsidy", "open-housing-fund-account"},
            "flexible-insurance-subsidy",
            "核定编号",
        ),
        (
            {**work.FLEXIBLE, "old_cover": "benefit"},
            work.F_STEPS | {"end-unemployment-benefit"},
            "end-unemployment-benefit",
            "停发日期",
        ),
        (
            {**work.GRADUATE, "graduate_wants": ["file", "household", "job-subsidy", "rent"],
             "firm": ["care"]},
            work.G_STEPS | {"receive-personnel-file", "move-graduates-household",
                            "graduate-job-subsidy", "graduate-rent-grant"},
            "graduate-rent-grant",
            "核定编号",
        ),
        (
            {**work.HIRED, "hire_wants": ["file", "card"], "old_cover": "employer"},
            work.H_STEPS | {"close-old-cover", "receive-personnel-file",
                            "issue-adult-social-security-card"},
            "insure-hired-employee",
            "登记编号",
        ),
        (
            {**work.UNEMPLOYED, "wanted": ["skill"], "status": ["long-term"],
             "carried_months": 3},
            work.U_STEPS | {"skill-subsidy", "recognise-hardship"},
            "pay-unemployment-benefit",
            "最多领取月数15",
        ),
    ],
    ids=["flexible", "off-benefit", "graduate", "hired", "unemployed"],
)  # fmt: skip
async def test_each_flow_comes_to_its_end(
    city: City,
    client: httpx.AsyncClient,
    chosen: dict[str, Answer],
    services: set[str],
    result: str,
    told: str,
) -> None:
    whole = {**work.BASE, **near_today(city.portal.today()), **chosen}
    receipt = await walked_to_receipt(client, city.database, city.portal, "employment", whole)
    number = receipt.address.split("/")[2]
    assert await to_the_end(city, number) == dict.fromkeys(services, "done")
    page = await Reader(client).open(f"/cases/{number}/results/{result}")
    assert told in page.text
    assert "（元）" not in page.text, "no amount that nobody confirmed"
