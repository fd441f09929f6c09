"""Shows every migration's SQL to squawk, which knows what locks a busy table or loses data."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory

from app.launch.migrating import as_sql
from app.settings import PROJECT_FOLDER

SQUAWK: Final = Path(sys.executable).with_name("squawk")
WRITTEN_BY_OTHERS: Final = frozenset({"0001"})
"""The job engine's installer: its statements are its own."""
NOT_OURS: Final = (
    "prefer-robust-stmts",  # a migration runs in a transaction: it happens as a whole or not
    "prefer-bigint-over-smallint",  # a count of children or of rounds stays small
)


def main() -> int:
    """Review all revisions; out: 0, or 1 after squawk has printed what it objects to."""
    scripts = ScriptDirectory.from_config(Config(PROJECT_FOLDER / "alembic.ini"))
    worst = 0
    for script in reversed(list(scripts.walk_revisions())):
        if script.revision in WRITTEN_BY_OTHERS:
            continue
        sql = _without_transaction(as_sql(str(script.down_revision), script.revision))
        worst = max(worst, _review(script.revision, sql))
    return 1 if worst else 0


def _without_transaction(sql: str) -> str:
    """The statements alone: Alembic says BEGIN and COMMIT, squawk is told that there is one."""
    return "\n".join(line for line in sql.splitlines() if line not in {"BEGIN;", "COMMIT;"})


def _review(name: str, sql: str) -> int:
    excluded = [f"--exclude={','.join(NOT_OURS)}"]
    return subprocess.run(  # noqa: S603 - a tool of ours on a text of ours
        [str(SQUAWK), "--assume-in-transaction", f"--stdin-filepath={name}.sql", *excluded],
        input=sql,
        text=True,
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
