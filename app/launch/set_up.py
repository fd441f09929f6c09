"""Installs the locked packages into .venv with nothing but a Python and its pip.

Run by `make setup` with the system's Python, before anything is installed: only the standard
library, and no syntax that an old Python could not read far enough to say that it is too old.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = VENV / "tools"
LOCK = PROJECT / "requirements-dev.lock"
UV = "uv==0.13.9"
OLDEST = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
NEEDS_SHARED_LIBRARIES = "asyncpg, cryptography.fernet, lxml.etree, orjson, pikepdf, PIL.Image"
LIBRARY_PACKAGES = {
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
}


class CannotSetUp(Exception):
    """What is missing and the command that installs it."""


def main() -> int:
    """Make or renew .venv; out: 0, or 1 after a sentence that says what to install."""
    try:
        use_a_new_enough_python()
        make_environment()
        install_packages()
        check_shared_libraries()
    except CannotSetUp as refusal:
        print(f"\n{refusal}\n", file=sys.stderr)
        return 1
    return 0


def use_a_new_enough_python() -> None:
    """Go on as a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 - a Python of this machine
    raise CannotSetUp(
        f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. On Debian 12:\n"
        "    sudo apt-get install -y python3 python3-venv\n"
        "or name another Python:  make setup PYTHON=/path/to/python3.11"
    )


def make_environment() -> None:
    """Make .venv, unless it is there and its Python runs."""
    if succeeds(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    if not succeeds(sys.executable, "-c", "import venv"):
        raise CannotSetUp(
            "This Python cannot make environments. Install what is missing:\n"
            "    sudo apt-get install -y python3-venv"
        )
    # Without pip: Debian keeps that part in a package of its own, and ours is not needed.
    made = run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
    if made.returncode != 0:
        raise CannotSetUp(f"{VENV} cannot be made: {last_line(made)}")


def install_packages() -> None:
    """Install exactly what the lock file says, each package checked against its hash."""
    pip = pip_command()
    uv = TOOLS / "bin" / "uv"
    if not (uv.exists() and UV.endswith(f"=={uv_version(uv)}")):
        got = run(*pip, "install", "--quiet", "--upgrade", "--target", str(TOOLS), UV)
        if got.returncode != 0:
            raise CannotSetUp(f"The installer uv could not be downloaded by pip: {last_line(got)}")
    synced = run(
        str(uv),
        # Compiled once here and not by every process: a web process starts in a third of the time
        # where PYTHONDONTWRITEBYTECODE is set or the packages belong to another user.
        *("pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes"),
        *("--python", str(PYTHON), str(LOCK)),
        environment=like_pip(pip),
        show=True,
    )
    if synced.returncode != 0:
        raise CannotSetUp(
            "The packages could not be installed, for the reason above. If this machine reaches "
            "the internet through a mirror or a proxy, set PIP_INDEX_URL or HTTPS_PROXY and try "
            "again."
        )


def pip_command() -> list[str]:
    """How to call a pip: that of this Python, else the one that Python brings with it."""
    if succeeds(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    if succeeds(PYTHON, "-m", "pip", "--version") or succeeds(PYTHON, "-m", "ensurepip"):
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    raise CannotSetUp(
        "This Python has no pip. Install it:\n    sudo apt-get install -y python3-pip"
    )


def uv_version(uv: Path) -> str:
    """The version of a uv, or nothing when it does not run here."""
    words = run(str(uv), "--version").stdout.split()
    return words[1] if len(words) > 1 else ""


def like_pip(pip: list[str]) -> dict[str, str]:
    """An environment that sends uv where pip is configured to go: uv reads no pip settings."""
    environment = dict(os.environ)
    index = os.environ.get("PIP_INDEX_URL") or configured(pip, "global.index-url")
    certificates = os.environ.get("PIP_CERT") or configured(pip, "global.cert")
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    if certificates:
        environment.setdefault("SSL_CERT_FILE", certificates)
    return environment


def configured(pip: list[str], name: str) -> str:
    """A setting of pip; nothing when it is not set."""
    found = run(*pip, "config", "get", name)
    return found.stdout.strip().strip("'\"") if found.returncode == 0 else ""


def check_shared_libraries() -> None:
    """Name the system package behind every library that an installed package misses."""
    tried = run(str(PYTHON), "-c", f"import {NEEDS_SHARED_LIBRARIES}")
    if tried.returncode == 0:
        return
    missing = re.search(r"(lib[^\s:/]+\.so[.\d]*): cannot open shared object", tried.stderr)
    if not missing:
        raise CannotSetUp(f"The installed packages do not work here: {last_line(tried)}")
    library = missing.group(1)
    package = LIBRARY_PACKAGES.get(library)
    raise CannotSetUp(
        f"The system library {library} is missing. Install it:\n    "
        + (f"sudo apt-get install -y {package}" if package else f"apt-file search {library}")
    )


def run(
    *command: str, environment: dict[str, str] | None = None, show: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says, or let the person at the keyboard `show`n it."""
    try:
        return subprocess.run(  # noqa: S603 - fixed programs of this machine
            command, env=environment, capture_output=not show, text=True, check=False
        )
    except OSError as failure:
        return subprocess.CompletedProcess(command, 127, "", str(failure))


def succeeds(program: str | Path, *arguments: str) -> bool:
    """Whether a program exists and ends well."""
    return run(str(program), *arguments).returncode == 0


def last_line(ended: subprocess.CompletedProcess[str]) -> str:
    """The last thing a program said before it failed."""
    lines = [line for line in ended.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"it ended with code {ended.returncode}"


if __name__ == "__main__":
    sys.exit(main())
