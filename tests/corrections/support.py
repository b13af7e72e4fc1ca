"""The text of a correction against the made-up bulletin of the database's tests."""

from __future__ import annotations

import json
from typing import Any

from tests.db.support import URL

ENTRY: dict[str, Any] = {
    "url": URL,
    "quote": "300",
    "context": "quận có 300 mô hình",
    "expect": {"value": "300", "unit": "mô hình"},
    "set": {"value": "301"},
    "reason": "Báo cáo gốc ghi 301",
    "author": "Nguyễn Văn A",
    "date": "2023-10-01",
}


def entry(*without: str, **fields: Any) -> str:
    """One [[correction]]: ENTRY with some fields changed and some left out."""
    made = {key: value for key, value in (ENTRY | fields).items() if key not in without}
    return "[[correction]]\n" + "".join(f"{key} = {_toml(key, value)}\n" for key, value in made.items())


def _toml(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(name, item)}" for name, item in value.items()) + " }"
    if key == "date" and isinstance(value, str) and len(value) == 10:
        return value
    return json.dumps(value, ensure_ascii=False)
