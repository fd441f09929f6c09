"""The loopback ports of a run."""

from typing import Final

WEB_PORT: Final = 8220
FLOOR_PORT: Final = 8221
DEPARTMENT_PORT: Final = 8222
