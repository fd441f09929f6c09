"""Runs one program of the portal and ends it when the supervisor is gone, however it went.

`python -m app.launch.child app.worker` is `python -m app.worker` that watches its standard input:
the supervisor holds the other end and never writes, so an end of file means that it died.
"""

import os
import runpy
import signal
import sys
import threading
import time
from typing import Final

PATIENCE_SECONDS: Final = 10


def end_with_the_supervisor() -> None:
    """Ask this process to end when standard input closes, and insist a little later."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)


def main() -> None:
    module = sys.argv[1]
    threading.Thread(target=end_with_the_supervisor, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
