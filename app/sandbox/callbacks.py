"""Sends what departments answer later: signed, repeated until it arrived, across restarts."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import httpx
from standardwebhooks import Webhook

from app.sandbox.ledger import Ledger
from app.settings import Settings

AT_ONCE = 16
LONGEST_WAIT_SECONDS = 60.0
MOST_ATTEMPTS = 200
IDLE_SECONDS = 1.0


class CallbackSender:
    """One task that sends what is due. `wake` tells it that something new is waiting."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._settings = settings
        self._ledger = ledger
        self._news = asyncio.Event()
        self._client = httpx.AsyncClient(timeout=10, follow_redirects=False, trust_env=False)

    def wake(self) -> None:
        """Something was scheduled."""
        self._news.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            self._news.clear()
            rows = await self._ledger.write(_due)
            if rows:
                await asyncio.gather(*(self._send(row) for row in rows))
                continue
            wait = await self._ledger.write(_seconds_until_next)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(wait, IDLE_SECONDS))

    async def send_now(self, rows: Sequence[int]) -> None:
        """Send these before anything else happens, due or not."""
        for row in rows:
            found = await self._ledger.write(partial(_one, row=row))
            if found:
                await self._send(found)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _send(self, row: sqlite3.Row) -> None:
        body: str = row["body"]
        now = datetime.now(UTC)
        signature = Webhook(self._settings.department_key(row["authority"])).sign(
            row["message_id"], now, body
        )
        headers = {
            "content-type": "application/json",
            "x-authority": row["authority"],
            "webhook-id": row["message_id"],
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        try:
            reply = await self._client.post(row["url"], content=body.encode(), headers=headers)
            status, arrived = reply.status_code, reply.is_success
        except (httpx.HTTPError, httpx.InvalidURL):
            status, arrived = 0, False
        await self._ledger.write(
            lambda connection: _record(connection, row, status, arrived=arrived)
        )


def _due(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT * FROM callbacks WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?",
        (time.time(), AT_ONCE),
    ).fetchall()


def _one(connection: sqlite3.Connection, row: int) -> sqlite3.Row | None:
    found: sqlite3.Row | None = connection.execute(
        "SELECT * FROM callbacks WHERE id = ? AND state = 'waiting'", (row,)
    ).fetchone()
    return found


def _seconds_until_next(connection: sqlite3.Connection) -> float:
    row = connection.execute(
        "SELECT min(due_at) AS due_at FROM callbacks WHERE state = 'waiting'"
    ).fetchone()
    if row["due_at"] is None:
        return IDLE_SECONDS
    return max(0.01, float(row["due_at"]) - time.time())


def _record(
    connection: sqlite3.Connection, row: sqlite3.Row, status: int, *, arrived: bool
) -> None:
    """Note what came of one attempt; the contents are forgotten once they have arrived."""
    attempts = int(row["attempts"]) + 1
    if arrived:
        connection.execute(
            "UPDATE callbacks SET state = 'arrived', attempts = ?, status = ?, body = NULL"
            " WHERE id = ?",
            (attempts, status, row["id"]),
        )
        return
    state = "given-up" if attempts >= MOST_ATTEMPTS else "waiting"
    wait = min(LONGEST_WAIT_SECONDS, 0.25 * 2 ** min(attempts, 12))
    connection.execute(
        "UPDATE callbacks SET state = ?, attempts = ?, status = ?, due_at = ? WHERE id = ?",
        (state, attempts, status, time.time() + wait, row["id"]),
    )
