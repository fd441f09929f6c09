"""Asks the web process of this container whether it is alive; the exit code is the answer."""

import os
import sys
from http.client import HTTPConnection, HTTPException
from typing import Final

PATIENCE_SECONDS: Final = 2
ALIVE: Final = 200


def main() -> int:
    """Out: 0 when the web process answers, else 1. Knows the port only: it must start fast."""
    connection = HTTPConnection(
        "127.0.0.1", int(os.environ.get("PORTAL_PORT", "8000")), timeout=PATIENCE_SECONDS
    )
    try:
        connection.request("GET", "/health/live")
        return 0 if connection.getresponse().status == ALIVE else 1
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
