"""The interface is what its stored description says, whatever is sent to it."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import asyncpg
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from app.identity.partner_keys import key_hash, new_key
from app.partner_api.openapi import STORED, as_text, description
from app.settings import PROJECT_FOLDER
from tests.database_template import drop_database, make_database

EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))
READY_SECONDS = 90
# Not ours to promise: what a well-formed but made-up body leads to is told by 422, 404 or 409.
NOT_CHECKED = {
    "positive_data_acceptance",
    "negative_data_rejection",
    "max_response_time",
    "use_after_free",
}


def test_the_stored_description_is_that_of_the_code():
    assert STORED.read_text(encoding="utf-8") == as_text(), (
        "run python -m app.partner_api.openapi --write and look at the difference"
    )


def test_only_the_interface_is_described():
    paths = description()["paths"]
    assert all(path.startswith(("/api/v1/", "/api/departments/")) for path in paths)


def test_every_operation_tells_its_refusals():
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            told = set(operation["responses"])
            assert {"400", "401", "500", "503"} <= told, (method, path)
            problems = [
                answer for status, answer in operation["responses"].items() if status >= "4"
            ]
            assert all("application/problem+json" in answer["content"] for answer in problems)


@pytest.fixture(scope="module")
def api_key() -> str:
    return new_key()


@pytest.fixture(scope="module")
def served(
    server_url: str,
    database_template: str,
    api_key: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The real web process on a database of its own."""
    database = asyncio.run(make_database(server_url, database_template, "api"))
    asyncio.run(add_app(database, api_key))
    folder = tmp_path_factory.mktemp("web")
    port = free_port()
    choices = {
        "DATABASE_URL": database,
        "PORTAL_PORT": str(port),
        "PORTAL_VAR_FOLDER": str(folder),
        "PORTAL_PARTNER_CALLS_PER_MINUTE": "1000000",
    }
    with (folder / "web.log").open("w") as log:
        web = subprocess.Popen(
            [sys.executable, "-m", "app.main"],
            cwd=PROJECT_FOLDER,
            env={**os.environ, **choices},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        web.terminate()
        web.wait(20)
        asyncio.run(drop_database(server_url, database))
    assert "request.failed" not in (folder / "web.log").read_text()


schema = schemathesis.openapi.from_dict(description())
checks = [check for check in CHECKS.get_all() if check.__name__ not in NOT_CHECKED]


@pytest.mark.filterwarnings("ignore:Skipped test cases with unsupported payload")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_whatever_is_sent_is_answered_as_described(case, served: str, api_key: str):
    case.call_and_validate(
        base_url=served, headers={"Authorization": f"Bearer {api_key}"}, checks=checks
    )


async def add_app(database: str, key: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(
            "INSERT INTO partner_apps (id, name, key_hash, scopes) VALUES ($1, $1, $2, $3)",
            "fuzzer",
            key_hash(key),
            ["life-events:read", "cases:read", "cases:write"],
        )
    finally:
        await connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urlopen(f"{address}/health/ready", timeout=2) as answer:  # noqa: S310 - our own
                assert answer.status == 200
                return
        except (URLError, OSError):
            assert time.monotonic() < until, "the web process did not become ready"
            time.sleep(0.1)
