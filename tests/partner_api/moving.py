"""What an app sends to apply for moving house, the life event of the tests."""

import io
from typing import Any

from PIL import Image

ANSWERS: dict[str, Any] = {
    "for_whom": "self",
    "home": "bought",
    "rooms": "2",
    "mover_name": "林满",
    "mover_id": "331002199003070022",
    "new_home": {"county": "331002", "township": "331002001", "detail": "中山路1号"},
    "moved_on": "2026-11-01",
    "phone": "13800000001",
    "room": [{"room_use": "卧室", "beds": 2}, {"room_use": "书房"}],
    "truth": True,
}
EVIDENCE = {"photo": {"how": "deferred"}, "no-debts": {"how": "commitment"}}


def new_case(reference: str, **changes: Any) -> dict[str, Any]:
    """A whole application; without the papers that have to be uploaded, a draft."""
    sent = {
        "life_event": "moving-house",
        "resident_reference": reference,
        "answers": ANSWERS,
        "evidence": EVIDENCE,
        "submit": False,
    }
    return {**sent, **changes}


def photo(width: int = 60) -> bytes:
    """A small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (width, 40), "white").save(file, "JPEG")
    return file.getvalue()
