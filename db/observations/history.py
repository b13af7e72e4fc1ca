"""What was known when: of the reports of one fact, each is the latest known until the next one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from db.observations.store import Fact


def date_facts(db: Database, facts: Iterable[Fact]) -> None:
    """Set until when every observation of these facts was the latest known.

    Within a bulletin its own versions have settled it (``valid_to`` is set, or the last one is open); between
    bulletins the later publication supersedes.
    """
    for series, period in sorted({fact[2:] for fact in facts}):
        told = db.conn.execute(
            "SELECT id, valid_from, valid_to, superseded_by, document_id FROM observations_history"
            " WHERE series_id = ? AND time_period = ? ORDER BY valid_from, document_id, id",
            (series, period),
        ).fetchall()
        _date(db, told)


def _date(db: Database, told: list[tuple[str, ...]]) -> None:
    documents = {row[0]: row[4] for row in told}
    for index, (id, _, valid_to, superseded_by, document) in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        own = documents.get(superseded_by) == document
        dropped = valid_to is not None and superseded_by is None
        if own or dropped:
            continue  # the bulletin itself was revised
        new = (following[1], following[0]) if following is not None else (None, None)
        if (valid_to, superseded_by) != new:
            db.conn.execute("UPDATE observations_history SET valid_to = ?, superseded_by = ? WHERE id = ?", (*new, id))
