"""The sandbox as a process, and a portal that receives its callbacks, for tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from standardwebhooks import Webhook

from app.integration.department_client import Errand
from app.services.birth_certificate import (
    FertilityRegistration,
)
from app.services.social_security import CardApplication
from app.settings import Settings

HEALTH = "health-commission"
CARDS = "human-resources"
REQUEST = FertilityRegistration(
    mother_name="陈雨桐",
    mother_document="331002199404122264",
    father_name="林浩然",
    father_document="",
    married=True,
    birth_order=1,
    address="演示路18号",
)
CARD = CardApplication(
    child_name="林小雨",
    citizen_id="331002202611150027",
    guardian_name="陈雨桐",
    guardian_document="331002199404122264",
    guardian_mobile="13800576001",
    bank="icbc",
    post_to="演示路18号",
)


@dataclass
class Portal:
    """Receives callbacks as the portal would; `answers` are given in turn, then 202."""

    url: str = ""
    received: list[tuple[dict[str, str], dict[str, Any], bytes, float]] = field(
        default_factory=list
    )
    answers: list[int] = field(default_factory=list)

    def wait_for(self, key: str, count: int, seconds: float = 15) -> list[dict[str, Any]]:
        """The bodies of `count` callbacks about `key`; fails when they do not come in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.about(key)
            if len(found) >= count:
                return [body for _, body, _, _ in found]
            time.sleep(0.02)
        pytest.fail(f"{len(self.about(key))} of {count} callbacks came")

    def about(self, key: str) -> list[tuple[dict[str, str], dict[str, Any], bytes, float]]:
        return [one for one in self.received if one[1]["key"] == key]


class Running:
    """The sandbox as a process of its own; `restart` kills it as a power cut would."""

    def __init__(self, folder: Path, portal: Portal) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.settings = Settings(
            var_folder=folder,
            secret_key="a secret of the tests that is long enough",
            sandbox_port=port,
            public_url=portal.url,
            call_deadline_seconds=2.0,
        )
        self.url = self.settings.sandbox_base_url
        self.errors = folder / "errors.txt"
        self._start()

    def _start(self) -> None:
        chosen = {
            "PORTAL_VAR_FOLDER": str(self.settings.var_folder),
            "PORTAL_SECRET_KEY": self.settings.secret_key,
            "PORTAL_SANDBOX_PORT": str(self.settings.sandbox_port),
            "PORTAL_PUBLIC_URL": self.settings.public_url,
        }
        kept = {name: value for name, value in os.environ.items() if "PORTAL_" not in name}
        with self.errors.open("a") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.sandbox"], env={**kept, **chosen}, stderr=errors
            )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/health", trust_env=False).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        pytest.fail(f"the sandbox did not start: {self.errors.read_text()}")

    def restart(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def set(self, authority: str, **control: Any) -> None:
        reply = httpx.put(
            f"{self.url}/control/authorities/{authority}", json=control, trust_env=False
        )
        assert reply.status_code == 200, reply.text

    def control(self, authority: str) -> dict[str, Any]:
        found = httpx.get(f"{self.url}/control/authorities/{authority}", trust_env=False)
        content: dict[str, Any] = found.json()
        return content

    def reset(self) -> None:
        httpx.post(f"{self.url}/control/reset", json={}, trust_env=False).raise_for_status()

    def play(self, authority: str, kind: str, **fault: Any) -> None:
        self.set(authority, callback_seconds=0.1, faults=[{"kind": kind, "next": 1, **fault}])

    def ledger(self, case: str) -> dict[str, Any]:
        found = httpx.get(f"{self.url}/control/ledger", params={"case": case}, trust_env=False)
        content: dict[str, Any] = found.json()
        return content

    def effects(self, case: str) -> int:
        return int(self.ledger(case)["effects"])


def errand(**changed: Any) -> Errand:
    step = uuid4()
    return Errand(
        **{
            "case_number": f"TZ-{step}",
            "step_key": "register-fertility",
            "idempotency_key": f"{step}.0",
            "attempt": 1,
            "correlation": "test-correlation",
            **changed,
        }
    )


def post(sandbox: Running, path: str, body: bytes, **headers: str) -> httpx.Response:
    return httpx.post(f"{sandbox.url}{path}", content=body, headers=headers, trust_env=False)


def signed(sandbox: Running, authority: str, body: bytes, key: str) -> dict[str, str]:
    now = datetime.now(UTC)
    signature = Webhook(sandbox.settings.department_key(authority)).sign("m1", now, body.decode())
    return {
        "idempotency-key": key,
        "webhook-id": "m1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
