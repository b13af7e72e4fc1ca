"""The extraction contract: one JSON object a document and line."""

from __future__ import annotations

import json
from typing import TextIO

from flows.show.result import Result


class JsonLines:
    """Writes results as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def open(self) -> None:
        """Nothing stands before the first line."""

    def add(self, result: Result) -> None:
        """One line."""
        made = result.to_json()
        line = json.dumps(made, ensure_ascii=False)
        if not _encodable(line):  # half of a surrogate pair, as a cut text holds it
            line = json.dumps(made)
        self._out.write(line + "\n")

    def close(self) -> None:
        """Nothing stands behind the last line."""


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
