"""A program that runs until it is asked to stop and says so."""

import signal
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("steady is running", flush=True)
while True:
    time.sleep(0.05)
