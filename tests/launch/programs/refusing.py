"""A program that will not run with these settings."""

import os
import sys

print("PORTAL_SECRET_KEY is too short.", flush=True)
sys.exit(os.EX_CONFIG)
