"""A program that hears the request to stop and goes on."""

import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("stubborn is running", flush=True)
while True:
    time.sleep(0.05)
