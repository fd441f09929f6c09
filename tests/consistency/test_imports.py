"""Imports point down, as the contracts in pyproject.toml say."""

import subprocess
import sys

from app.settings import PROJECT_FOLDER

COMMAND = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_every_import_contract_is_kept():
    checked = subprocess.run(
        [sys.executable, "-c", COMMAND, "--no-cache"],
        cwd=PROJECT_FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-1000:]
    assert "0 broken" in checked.stdout
