"""Runs the sandbox that plays every department: `python -m app.sandbox`."""

import os
import sys

import uvicorn

from app.errors import Misdeclared
from app.sandbox.server import make_sandbox
from app.settings import UnusableSettings, load_settings


def main() -> int:
    """Serve until stopped; 1 where the settings do not allow it."""
    try:
        settings = load_settings()
    except UnusableSettings as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    if not settings.is_demo:
        sys.stderr.write("The sandbox plays departments in demo mode only.\n")
        return 1
    try:
        departments = make_sandbox(settings)
    except Misdeclared as refusal:
        sys.stderr.write(f"{refusal}\n")
        return os.EX_CONFIG
    uvicorn.run(
        departments,
        host=settings.sandbox_host,
        port=settings.sandbox_port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
