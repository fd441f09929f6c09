"""Write what the address fields read, static/data/taizhou-divisions.json, from the one list."""

import json
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "app" / "forms" / "data" / "taizhou_divisions.json"
TARGET = PROJECT / "static" / "data" / "taizhou-divisions.json"


def townships_by_county() -> str:
    """County code to its townships as [code, name] pairs, as compact JSON."""
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    table = {
        county["code"]: [[item["code"], item["name"]] for item in county["townships"]]
        for county in data["counties"]
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.write_text(townships_by_county(), encoding="utf-8")
