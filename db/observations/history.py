"""What was known when: of the reports of one fact, each is the latest known until the next one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlite_utils import Database


def date_facts(db: Database, pairs: Iterable[tuple[str, str]]) -> None:
    """Set until when every observation of these (indicator, area) pairs was the latest known.

    Within a bulletin its own versions have settled it (``valid_to`` is set, or the last one is open); between
    bulletins the later publication supersedes.
    """
    for pair in sorted(set(pairs)):
        rows = db.conn.execute(
            "SELECT series_id, time_period, id, valid_from, valid_to, superseded_by, document_id"
            " FROM observations_history WHERE indicator = ? AND ref_area = ?"
            " ORDER BY series_id, time_period, valid_from, document_id, id",
            pair,
        ).fetchall()
        for _, told in groupby(rows, key=lambda row: row[:2]):
            _date(db, list(told))


def _date(db: Database, told: list[tuple[str, ...]]) -> None:
    for index, (_, _, id, _, valid_to, superseded_by, document) in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        own = next((row for row in told if row[2] == superseded_by and row[6] == document), None)
        dropped = valid_to is not None and superseded_by is None
        if own is not None or dropped:
            continue  # the bulletin itself was revised
        new = (following[3], following[2]) if following is not None else (None, None)
        if (valid_to, superseded_by) != new:
            db.conn.execute("UPDATE observations_history SET valid_to = ?, superseded_by = ? WHERE id = ?", (*new, id))
