"""`python -m app.main` serves the portal with as many processes as the settings say."""

import os
import shutil
import sys

import uvicorn

from app.errors import Misdeclared
from app.main import lasting_app
from app.main.patience import ImpatientProtocol
from app.settings import Settings, UnusableSettings, load_settings
from app.telemetry import configure_logging

MOST_CONNECTIONS = 4000
GOODBYE_SECONDS = 8


def main() -> int:
    """Serve until told to stop; out: the exit code, EX_CONFIG where nothing may start."""
    try:
        settings = load_settings()
    except UnusableSettings as refusal:
        print("\n".join(refusal.reasons), file=sys.stderr)  # noqa: T201 - for the operator
        return os.EX_CONFIG
    configure_logging(settings.log_level, settings.log_format)
    try:
        serve(settings)
    except Misdeclared as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - for the operator
        return os.EX_CONFIG
    return 0


def serve(settings: Settings) -> None:
    """Run uvicorn in this process, or in several that share the port."""
    several = settings.web_processes > 1
    if several:
        _measure_together(settings)
    uvicorn.run(
        "app.main:web_app" if several else lasting_app(settings),
        factory=several,
        workers=settings.web_processes if several else None,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=ImpatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )


def _measure_together(settings: Settings) -> None:
    """Let the processes keep their measures where any of them can add them up."""
    folder = settings.var_folder / "measures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


if __name__ == "__main__":
    sys.exit(main())
