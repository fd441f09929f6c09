"""The sandbox's own book on disk: what was asked, how often, what was done, what is to be sent."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import orjson

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_TABLES = """
CREATE TABLE IF NOT EXISTS asked (
    key TEXT PRIMARY KEY, authority TEXT NOT NULL, service TEXT NOT NULL, case_number TEXT NOT NULL,
    step TEXT NOT NULL, effect_id TEXT NOT NULL, round INTEGER NOT NULL, digest TEXT NOT NULL,
    times INTEGER NOT NULL, first_at REAL NOT NULL, reply TEXT, final TEXT, final_at REAL);
CREATE TABLE IF NOT EXISTS effects (
    number INTEGER PRIMARY KEY AUTOINCREMENT, effect_id TEXT NOT NULL UNIQUE,
    authority TEXT NOT NULL, service TEXT NOT NULL, case_number TEXT NOT NULL, step TEXT NOT NULL,
    reference TEXT NOT NULL, output TEXT NOT NULL, done_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS effects_of_case ON effects (case_number, step);
CREATE TABLE IF NOT EXISTS callbacks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, authority TEXT NOT NULL,
    key TEXT NOT NULL, url TEXT NOT NULL, body TEXT, due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', status INTEGER);
CREATE INDEX IF NOT EXISTS callbacks_due ON callbacks (due_at) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS look_ups (
    authority TEXT NOT NULL, register TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (authority, register));
CREATE TABLE IF NOT EXISTS faults_played (
    authority TEXT NOT NULL, kind TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (authority, kind));
CREATE TABLE IF NOT EXISTS controls (authority TEXT PRIMARY KEY, settings TEXT NOT NULL);
"""
_EMPTIED = ("asked", "effects", "callbacks", "look_ups", "faults_played", "controls")


class Ledger:
    """A SQLite file with one writer thread. What is awaited is on disk when it returns.

    Pieces of work that arrive while the disk is busy are committed together.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._connection = self._thread.submit(_opened, path).result()
        self._waiting: list[tuple[Work[Any], asyncio.Future[Any]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def write(self, work: Work[T]) -> T:
        """Run `work` on its own, durably; raises what it raises, with nothing of it kept."""
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, outcome))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await outcome

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            together = self._thread.submit(_all_of, self._connection, [work for work, _ in batch])
            try:
                results = await asyncio.wrap_future(together)
            except sqlite3.Error as error:
                results = [error] * len(batch)
            for (_, outcome), result in zip(batch, results, strict=True):
                if outcome.cancelled():
                    continue
                if isinstance(result, Exception):
                    outcome.set_exception(result)
                else:
                    outcome.set_result(result)

    def close(self) -> None:
        """Close the file once what is under way is done."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_TABLES)
    path.chmod(0o600)
    return connection


def _all_of(connection: sqlite3.Connection, works: list[Work[Any]]) -> list[Any]:
    results: list[Any] = []
    connection.execute("BEGIN IMMEDIATE")
    try:
        for work in works:
            connection.execute("SAVEPOINT one")
            try:
                results.append(work(connection))
            except Exception as refused:
                connection.execute("ROLLBACK TO one")
                results.append(refused)
            connection.execute("RELEASE one")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return results


def count(connection: sqlite3.Connection, table: str, authority: str, what: str) -> None:
    """One more look-up or fault of an authority; `table` is look_ups or faults_played."""
    statements = {
        "look_ups": "INSERT INTO look_ups (authority, register, times) VALUES (?, ?, 1)"
        " ON CONFLICT (authority, register) DO UPDATE SET times = times + 1",
        "faults_played": "INSERT INTO faults_played (authority, kind, times) VALUES (?, ?, 1)"
        " ON CONFLICT (authority, kind) DO UPDATE SET times = times + 1",
    }
    connection.execute(statements[table], (authority, what))


def emptied(connection: sqlite3.Connection) -> None:
    """Forget everything, settings included."""
    for table in _EMPTIED:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own list


def schedule(
    connection: sqlite3.Connection,
    message_id: str,
    authority: str,
    url: str,
    body: Mapping[str, Any],
    due_at: float,
) -> int:
    """Put a callback where a restart finds it; returns its row."""
    row = connection.execute(
        "INSERT INTO callbacks (message_id, authority, key, url, body, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (message_id, authority, body["key"], url, orjson.dumps(body).decode(), due_at),
    ).fetchone()
    return int(row["id"])


def account(connection: sqlite3.Connection, case_number: str | None = None) -> dict[str, Any]:
    """What happened so far, of one case or of all: no contents, only who, what and how often.

    `effects` counts how often each step of each case took effect: more than 1 is a fault of the
    portal (it must repeat a step under the same key).
    """
    chosen = "WHERE case_number = :case" if case_number else ""
    values = {"case": case_number}
    steps = [
        {
            "case": row["case_number"],
            "step": row["step"],
            "authority": row["authority"],
            "service": row["service"],
            "keys": row["keys"],
            "asked": row["asked"],
            "effects": row["effects"],
        }
        for row in connection.execute(
            "SELECT case_number, step, authority, service, count(*) AS keys, sum(times) AS asked,"  # noqa: S608 - fixed text
            " (SELECT count(*) FROM effects WHERE effects.case_number = asked.case_number"
            "  AND effects.step = asked.step AND effects.service = asked.service) AS effects"
            f" FROM asked {chosen} GROUP BY case_number, step, authority, service"
            " ORDER BY case_number, min(first_at) LIMIT 100000",
            values,
        )
    ]
    callbacks = {
        row["state"]: row["n"]
        for row in connection.execute("SELECT state, count(*) AS n FROM callbacks GROUP BY state")
    }
    sent = connection.execute("SELECT coalesce(sum(attempts), 0) AS n FROM callbacks").fetchone()
    return {
        "steps": steps,
        "asked": sum(step["asked"] for step in steps),
        "effects": sum(step["effects"] for step in steps),
        "effects_twice": [step for step in steps if step["effects"] > 1],
        "callbacks": {**callbacks, "attempts": sent["n"]},
        "look_ups": _rows(connection, "SELECT authority, register, times FROM look_ups"),
        "faults": _rows(connection, "SELECT authority, kind, times FROM faults_played"),
        "at": time.time(),
    }


def _rows(connection: sqlite3.Connection, statement: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement)]
