"""What becomes of a figure's id when another result takes the place of the one that it stands in."""

from __future__ import annotations

from typing import Literal

from sqlite_utils import Database

from db.compare.align import Mention, align

Result = tuple[str, str]

_MENTIONS = "SELECT id, start, end, quote, sentence FROM figures WHERE bulletin_id = ? AND run_id = ? ORDER BY position"


def mentions(db: Database, result: Result) -> list[Mention]:
    """The figures of a result (version and run), in text order."""
    return [Mention(*row) for row in db.conn.execute(_MENTIONS, result)]


def follow(db: Database, run_id: str, old: Result, new: Result, *, reason: Literal["version", "result"]) -> None:
    """Write which id follows each id of ``old`` that ``new`` has not; NULL where nothing does.

    ``reason``: the text is another "version", or the same text gave another "result". An id that is back has no
    successor any more, so that following them from any id ends.
    """
    before, after = mentions(db, old), mentions(db, new)
    kept = {mention.id for mention in after}
    rows = [
        (one.id, other.id if other is not None else None, run_id, reason)
        for one, other in align(before, after)
        if one is not None and one.id not in kept
    ]
    db.conn.executemany("DELETE FROM successors WHERE old_id = ?", [(mention.id,) for mention in after])
    db.conn.executemany(
        "INSERT INTO successors (old_id, new_id, run_id, reason) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (old_id, run_id) DO UPDATE SET new_id = excluded.new_id, reason = excluded.reason",
        rows,
    )


def successor_of(db: Database, figure_id: str) -> str | None:
    """The id that people see today in the place of ``figure_id``: itself, its last successor, or None where it is gone.

    >>> from db.store import open_database
    >>> successor_of(open_database(":memory:"), "unknown") is None
    True
    """
    seen = set()
    at: str | None = figure_id
    while at is not None and at not in seen:
        seen.add(at)
        shown = db.conn.execute(
            "SELECT 1 FROM figures f JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id"
            " WHERE f.id = ?",
            (at,),
        ).fetchone()
        if shown:
            return at
        found = db.conn.execute(
            "SELECT s.new_id FROM successors s JOIN runs r ON r.id = s.run_id WHERE s.old_id = ?"
            " ORDER BY r.started DESC, r.id DESC LIMIT 1",
            (at,),
        ).fetchone()
        at = found[0] if found else None
    return None
