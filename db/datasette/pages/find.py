"""The search page: one box over bulletins and figures, with or without accents, "phrases" and prefix*."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import Request
from sqlite_utils import Database

from db.search import SearchResult, search

_LIMIT = 30
_LONGEST = 200


def find(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """What the words of the box find."""
    asked = (request.args.get("q") or "")[:_LONGEST].strip()
    found = search(Database(connection), asked, _LIMIT) if asked else SearchResult([], [])
    return {"asked": asked, "found": found, "query": asked}
