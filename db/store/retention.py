"""What retention rules let go: which rows and captures are old, and deleting rows of the logs."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from db.times import to_text
from schemas.captures import ArchiveRef

#: the last request of an address says how it stands; the last of a capture has the validators for the next request
_OLD_LOG = """
FROM fetch_log WHERE time < :before
AND id NOT IN (SELECT max(id) FROM fetch_log GROUP BY url)
AND id NOT IN (SELECT max(id) FROM fetch_log WHERE capture_id IS NOT NULL GROUP BY url, capture_id)
"""
_OLD_ERRORS = """
FROM run_errors WHERE run_id IN (SELECT id FROM runs WHERE started < :before AND fingerprint <> :fingerprint)
"""
_FURNITURE = """
SELECT id, segment, offset, length FROM (
  SELECT id, segment, offset, length, time, row_number() OVER (PARTITION BY url ORDER BY time DESC) AS place
  FROM captures WHERE kind = :kind)
WHERE place > :keep AND (:before IS NULL OR time < :before) ORDER BY time, id
"""
_PAGES = """
SELECT id, segment, offset, length FROM captures
WHERE kind = 'page' AND source = :source AND time < :before ORDER BY time, id
"""


def count_old_log(db: Database, before: datetime) -> int:
    """How many rows of the fetch log may go."""
    return int(db.conn.execute(f"SELECT count(*) {_OLD_LOG}", {"before": to_text(before)}).fetchone()[0])


def delete_old_log(db: Database, before: datetime) -> int:
    """Delete them, inside the caller's transaction; their revisit records in the archive stay."""
    return db.conn.execute(f"DELETE {_OLD_LOG}", {"before": to_text(before)}).rowcount


def count_old_errors(db: Database, before: datetime, fingerprint: str) -> int:
    """How many faults may go: a fault of the present extractor stays, or its page would be read again and again."""
    values = {"before": to_text(before), "fingerprint": fingerprint}
    return int(db.conn.execute(f"SELECT count(*) {_OLD_ERRORS}", values).fetchone()[0])


def delete_old_errors(db: Database, before: datetime, fingerprint: str) -> int:
    """Delete them, inside the caller's transaction."""
    values = {"before": to_text(before), "fingerprint": fingerprint}
    return db.conn.execute(f"DELETE {_OLD_ERRORS}", values).rowcount


def old_furniture(db: Database, kind: str, keep_last: int, before: datetime | None) -> list[tuple[str, ArchiveRef]]:
    """Captures of lists, feeds, sitemaps or robots.txt that are neither among an address's last nor young."""
    values = {"kind": kind, "keep": keep_last, "before": to_text(before) if before else None}
    return [(row[0], ArchiveRef(*tuple(row)[1:])) for row in db.conn.execute(_FURNITURE, values)]


def old_pages(db: Database, source: str, before: datetime) -> list[tuple[str, ArchiveRef]]:
    """A source's captures of pages from before a time."""
    values = {"source": source, "before": to_text(before)}
    return [(row[0], ArchiveRef(*tuple(row)[1:])) for row in db.conn.execute(_PAGES, values)]
