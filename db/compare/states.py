"""What a side of a comparison says of each bulletin: what people see now, or what a run read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from db.identity import document_id
from schemas.nearest import meant

CURRENT = "current"


class RunError(Exception):
    """A run that is not there, or is no run that could be compared; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A bulletin on both sides: version and run of each; None where a side has none. ``error``: why ``new`` is None."""

    document: str
    old: tuple[str, str] | None
    new: tuple[str, str] | None
    error: str | None = None


# What a side read of each capture.
_CANDIDATE = """
SELECT coalesce(b.document_id, document_of(c.url)) AS document, k.bulletin_id AS version, k.result_run AS result,
  k.error, c.id AS capture, c.time
FROM candidates k JOIN captures c ON c.id = k.capture_id LEFT JOIN bulletins b ON b.id = k.bulletin_id
WHERE k.run_id = :run"""
_READ = """
SELECT b.document_id AS document, g.bulletin_id AS version, g.result_run AS result, NULL AS error, c.id AS capture,
  c.time
FROM readings g JOIN captures c ON c.id = g.capture_id JOIN bulletins b ON b.id = g.bulletin_id
WHERE g.run_id = :run"""
_CURRENT = """
SELECT u.document_id AS document, u.bulletin_id AS version, u.run_id AS result, NULL AS error, c.id AS capture, c.time
FROM current_runs u JOIN captures c ON c.id = u.capture_id"""

_LATEST = """
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY document ORDER BY version IS NULL, time DESC, capture DESC) AS nth
  FROM ({side}))
WHERE nth = 1"""

# Of each bulletin what would take the place of the old one, as promotion decides it: the latest capture that could be
# read, unless the old side knows a later one; and of that one only whether it cannot be read any more.
_PAIRS = """
WITH old AS MATERIALIZED ({old}), new AS ({new})
SELECT document, old_version, old_result, version, result, error FROM (
  SELECT n.document, o.version AS old_version, o.result AS old_result, n.version, n.result, n.error,
    row_number() OVER (PARTITION BY n.document ORDER BY n.version IS NULL, n.time DESC, n.capture DESC) AS nth
  FROM new n LEFT JOIN old o ON o.document = n.document
  WHERE CASE
    WHEN o.document IS NULL THEN :alone AND n.version IS NOT NULL
    WHEN n.version IS NULL THEN n.capture = o.capture
    ELSE n.time >= o.time OR n.version = o.version OR o.version IS NULL END)
WHERE nth = 1 AND (version, result) IS NOT (old_version, old_result) ORDER BY document"""


def check_run(db: Database, run_id: str) -> None:
    """Raise RunError unless ``run_id`` is "current" or a run that read something."""
    if run_id == CURRENT:
        return
    found = db.conn.execute("SELECT status FROM runs WHERE id = ?", (run_id,)).fetchone()
    if found is None:
        runs = [row[0] for row in db.conn.execute("SELECT id FROM runs ORDER BY started DESC")]
        have = ", ".join(runs[:5]) or "none"
        raise RunError(f"no run {run_id}{meant(run_id, runs)}; the latest are {have} (bantin runs list shows all)")
    if found[0] == "pruned":
        raise RunError(
            f"the results of run {run_id} were pruned; expected one that bantin runs list shows with results"
        )


def pairs(db: Database, old: str, new: str) -> Iterator[Pair]:
    """Every bulletin of ``new`` that is not the same in ``old``, in order of its id. Raises RunError.

    Bulletins that only ``old`` has are not of the scope of ``new`` and are left out, and so are those that ``old``, a
    re-extraction, did not cover. A capture older than what ``old`` says is no comparison either: promotion moves
    nothing back.
    """
    for side in (old, new):
        check_run(db, side)
    db.conn.create_function("document_of", 1, document_id, deterministic=True)
    before = _side(db, old, "old")
    sql = _PAIRS.format(
        old=before if old == CURRENT else _LATEST.format(side=before),
        new=_side(db, new, "new"),
    )
    values = {"old": old, "new": new, "alone": not _is_candidate(db, old)}
    for document, old_version, old_run, new_version, new_run, error in db.conn.execute(sql, values):
        yield Pair(
            document,
            (old_version, old_run) if old_version else None,
            (new_version, new_run) if new_version else None,
            error,
        )


def _side(db: Database, run_id: str, name: str) -> str:
    if run_id == CURRENT:
        return _CURRENT
    return (_CANDIDATE if _is_candidate(db, run_id) else _READ).replace(":run", f":{name}")


def _is_candidate(db: Database, run_id: str) -> bool:
    return db.conn.execute("SELECT 1 FROM candidates WHERE run_id = ? LIMIT 1", (run_id,)).fetchone() is not None
