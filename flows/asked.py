"""What the database knows of the addresses that were asked before: what stands, what changed, what was left."""

from __future__ import annotations

import json
from typing import Literal

from sqlite_utils import Database

from db.store import last_capture
from db.store.removals import is_removed
from flows.times import local_time

Standing = Literal["new", "asked", "archived", "removed"]


def standing(db: Database, url: str) -> Standing:
    """Whether an address (or where it led) is archived, was only asked for, or neither; or was removed for good."""
    last = db.conn.execute("SELECT outcome FROM fetch_log WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)).fetchone()
    if (last is not None and last[0] == "removed") or is_removed(db, url=url, sha256=None):
        return "removed"
    found = db.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM captures WHERE url = :url)"
        " OR EXISTS (SELECT 1 FROM fetch_log WHERE url = :url AND capture_id IS NOT NULL),"
        " EXISTS (SELECT 1 FROM fetch_log WHERE url = :url)",
        {"url": url},
    ).fetchone()
    return "archived" if found[0] else "asked" if found[1] else "new"


def changed_since(db: Database, url: str, modified: str) -> bool:
    """Whether ``modified`` (local time, a day or finer) lies after the last capture of an address."""
    last = last_capture(db, url)
    return last is not None and modified > local_time(last.time).isoformat()[: len(modified)]


def longest_unasked(db: Database, source: str, most: int) -> list[str]:
    """Addresses of bulletins, the one that was asked for longest ago first.

    Also those that brought nothing yet (a server that was down): they get another chance.
    """
    rows = db.conn.execute(
        "SELECT url FROM fetch_log WHERE source = :source AND url IN ("
        " SELECT f.url FROM fetch_log f JOIN captures c ON c.id = f.capture_id"
        " WHERE f.source = :source AND c.kind = 'page'"
        " UNION SELECT url FROM run_errors WHERE source = :source AND stage = 'fetch')"
        " GROUP BY url ORDER BY max(id) LIMIT :most",
        {"source": source, "most": most},
    )
    return [str(url) for (url,) in rows]


def walked_through(db: Database, source: str, run_id: str) -> bool:
    """Whether the last run before ``run_id`` that asked this source got through its lists (a killed one did not)."""
    found = db.conn.execute(
        "SELECT r.counts FROM fetch_log f JOIN runs r ON r.id = f.run_id"
        " WHERE f.source = ? AND f.run_id != ? ORDER BY f.id DESC LIMIT 1",
        (source, run_id),
    ).fetchone()
    if found is None or found[0] is None:
        return False
    return bool(json.loads(found[0]).get("sources", {}).get(source, {}).get("complete"))
